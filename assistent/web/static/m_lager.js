/* What stays on the device: the latest answers, and the conversation of this tab. Only what the
   server has returned is kept, which is free of personal data; never what somebody typed. */

const RECENT = "assistent.siste";
const TALK = "assistent.samtale";
const MOST_RECENT = 8;
const MOST_IN_TALK = 20;
const DAYS = 30;
const LONGEST_CARD = 200000;

function read(store, key) {
  try { return JSON.parse(store().getItem(key)); } catch { return null; }
}

function write(store, key, value) {
  // The store may be full or forbidden; then nothing is kept.
  try { store().setItem(key, JSON.stringify(value)); } catch { forget(store, key); }
}

function forget(store, key) {
  try { store().removeItem(key); } catch { /* forbidden: then nothing is there */ }
}

const device = () => localStorage;
const tab = () => sessionStorage;

const isText = (value) => typeof value === "string" && value.length < LONGEST_CARD;
const isEntry = (value) =>
  value && isText(value.q) && isText(value.html) && isText(value.edition) && isText(value.day) &&
  Number.isFinite(value.when);
const entries = (value) => (Array.isArray(value) ? value.filter(isEntry) : []);

function recentAnswers() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  return entries(read(device, RECENT)).filter((each) => each.when > oldest).slice(0, MOST_RECENT);
}

function keepRecent(entry) {
  const others = recentAnswers().filter((each) => each.q !== entry.q);
  write(device, RECENT, [entry, ...others].slice(0, MOST_RECENT));
}

function forgetRecent() {
  forget(device, RECENT);
}

/* The conversation: the question of the link it began with, and what was said. */
function readTalk() {
  const talk = read(tab, TALK);
  const found = entries(talk && talk.exchanges);
  if (!found.length) return null;
  return {
    asked: isText(talk.asked) ? talk.asked : "",
    history: isText(talk.history) ? talk.history : "",
    y: Number.isFinite(talk.y) ? talk.y : 0,
    exchanges: found,
  };
}

function writeTalk(asked, history, exchanges) {
  if (!exchanges.length) forget(tab, TALK);
  else write(tab, TALK, { asked, history, y: scrollY, exchanges: exchanges.slice(-MOST_IN_TALK) });
}
