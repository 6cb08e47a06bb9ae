/* The phone page. Without this script the form is posted and whole pages come back. */

const by = (id) => document.getElementById(id);
const root = document.body.dataset.rot;
const words = JSON.parse(by("ord").dataset.ord);
const form = by("skjema"), field = by("sporsmal"), carried = by("historikk");
const talk = by("samtale"), recent = by("siste");
const asked = new URLSearchParams(location.search).get("q") || "";
// The finished and half finished exchanges of the conversation; see below for what each holds.
const exchanges = [];
let number = 0;
// The question of the link that the conversation began with.
let began = "";
let edition = document.body.dataset.utgave;
let apart = !navigator.onLine || "hentet" in document.body.dataset;
let running = null;
let announcing = 0;

/* Says what is going on; whatever passes within half a second is not worth interrupting for. */
function announce(text, atOnce = false) {
  clearTimeout(announcing);
  announcing = setTimeout(() => { by("status").textContent = text; }, atOnce ? 50 : 500);
}

function setApart(value) {
  apart = value;
  by("frakoblet").hidden = !value;
  document.querySelectorAll(".example").forEach((each) => { each.hidden = value; });
}

/* --- Asking ---------------------------------------------------------------------------------- */

function waiting(question) {
  number += 1;
  const card = element("article", "", "exchange");
  const heading = element("h2", "", "question");
  heading.append(element("span", words.you_asked + " ", "only-read"), question);
  heading.id = "question-" + number;
  heading.tabIndex = -1;
  card.setAttribute("aria-labelledby", heading.id);
  card.append(heading, element("p", words.status_sending, "searching"));
  return card;
}

/* Add a card at the end, and let it have the whole screen above the field. */
function begin(card) {
  by("start").hidden = recent.hidden = true;
  by("i-samtale").hidden = by("ny").hidden = false;
  talk.append(card);
  talk.querySelector(".newest")?.classList.remove("newest");
  card.classList.add("newest");
}

function show(card) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function tell(card, text) {
  announce(text);
  const line = card.querySelector(".searching") || card.appendChild(element("p", "", "searching"));
  line.textContent = text;
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const kind = /^event: (.+)$/m.exec(part), data = /^data: (.+)$/m.exec(part);
      if (kind && data) yield [kind[1], JSON.parse(data[1])];
    }
  }
}

async function send(question, signal) {
  const body = new URLSearchParams({ sporsmal: question, samtale: carried.value, nummer: number });
  const headers = { Accept: "text/event-stream" };
  let response;
  try {
    response = await fetch(root + "/m/svar", { method: "POST", body, signal, headers });
  } catch (error) {
    setApart(true);
    throw error;
  }
  setApart(false);
  if (response.ok) return response;
  // The session is over; the page itself leads to signing in.
  if (response.status === 401) location.assign(root + "/m");
  throw new Trouble(response.status === 503 ? await response.text() : coded(response));
}

/* What is said of a failure, with the code by which its lines in the log are found. */
function coded(response) {
  const code = response.headers.get("X-Forespoersel-Id");
  return words.failed + (code ? " " + words.quote_code.replace("{code}", code) : "");
}

class Trouble extends Error {}

/* Ask, and show what comes; `card` is one that the server has begun to fill. */
async function ask(question, card = null) {
  if (running) running.abort();
  const mine = running = new AbortController();
  clearTimeout(announcing);
  by("status").textContent = "";
  let entry = card && exchanges.at(-1);
  if (!card) {
    card = waiting(question);
    begin(card);
    if (field.value.trim() === question) writeIn("");
    // A phone's keyboard gives way to the answer; with any other the next question can be typed.
    if (document.activeElement !== field || matchMedia("(pointer: coarse)").matches) {
      card.firstElementChild.focus({ preventScroll: true });
    }
    show(card);
    announce(words.status_sending);
  }
  try {
    for await (const [kind, data] of events(await send(question, mine.signal))) {
      if (mine.signal.aborted) break;
      if (kind === "status") tell(card, data.tekst);
      else if (kind === "feil") throw new Trouble(data.tekst);
      else if (kind === "kort" || kind === "ferdig") {
        replace(card, data.html);
        entry = noted(card, data, entry);
        if (kind === "ferdig") return finish(entry, data);
      }
    }
    throw new Error("the stream ended early");
  } catch (error) {
    if (mine.signal.aborted) replaced(card);
    else failed(card, question, error);
  } finally {
    if (running === mine) running = null;
  }
}

/* What is known of an exchange: its card, the question as it may be asked again, the edition and
   its day, when it was answered, and whether it is whole. */
function noted(card, data, entry) {
  if (!data.sporsmal) return null;
  const now = { card, q: data.sporsmal, edition: data.utgave, day: data.utgavedag, when: Date.now(), whole: "historikk" in data };
  if (entry) return Object.assign(entry, now);
  exchanges.push(now);
  return now;
}

function finish(entry, data) {
  carried.value = data.historikk;
  if (data.utgave) edition = data.utgave;
  announce(words.status_done, true);
  if (!entry) return;
  offerSharing(entry);
  if (data.lagres) keepRecent(stored(entry));
  remember();
}

function stop(card, text) {
  card.querySelector(".searching")?.remove();
  const line = element("p", text, "notice local");
  card.append(line);
  return line;
}

function replaced(card) {
  stop(card, words.status_replaced);
  remember();
}

function failed(card, question, error) {
  const reason = error instanceof Trouble ? error.message : words.failed_network;
  const half = card.querySelector(".answer");
  stop(card, half ? words.status_stopped : reason).setAttribute("role", "alert");
  clearTimeout(announcing);
  offerAgain(card, question, words.try_again);
  // Half an answer is there to be read; without any the question is there to be sent again.
  if (!half && !field.value) writeIn(question);
  remember();
}

function offerAgain(card, question, text) {
  const again = element("button", text, "side-button local");
  again.type = "button";
  again.addEventListener("click", () => {
    const place = exchanges.findIndex((each) => each.card === card);
    if (place >= 0) exchanges.splice(place, 1);
    card.remove();
    ask(question);
  });
  card.append(again);
}

function writeIn(text) {
  field.value = text;
  grow();
}

function grow() {
  field.style.height = "auto";
  field.style.height = Math.min(field.scrollHeight + 4, innerHeight * 0.35) + "px";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (question) ask(question);
  else { field.focus(); announce(words.status_empty, true); }
});
field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
talk.addEventListener("submit", (event) => {
  if (!event.target.matches(".resend")) return;
  event.preventDefault();
  ask(event.target.elements.sporsmal.value);
});
by("innhold").addEventListener("click", (event) => {
  const link = event.target.closest("a.ask, a.edit, a.mark");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches(".ask")) {
    ask(link.dataset.question);
  } else if (link.matches(".edit")) {
    writeIn(link.dataset.question);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  } else {
    const source = by(link.hash.slice(1));
    if (!source) return;
    const fold = source.closest("details");
    if (fold) fold.open = true;
    source.scrollIntoView({ block: "nearest" });
    source.focus({ preventScroll: true });
  }
});
