/* What was said before on this device comes back: the conversation of the tab, and single answers.
   At last, what the page does when it opens. */

function stored({ card, q, edition, day, when, whole, old }) {
  const copy = card.cloneNode(true);
  copy.classList.remove("newest");
  copy.querySelectorAll(".local, .searching").forEach((each) => each.remove());
  copy.querySelectorAll(".actions").forEach((each) => each.replaceChildren());
  return { q, html: copy.outerHTML, edition, day, when, whole, old };
}

function remember() {
  writeTalk(began, carried.value, exchanges.map(stored));
}

/* Put a stored exchange back; it says how old it is where that is not plain. */
function bring(entry, old) {
  const card = built(entry.html, false);
  if (!card) return;
  number += 1;
  renumber(card);
  begin(card);
  const brought = { ...entry, card, old };
  exchanges.push(brought);
  const other = entry.edition !== edition;
  if (entry.edition && (old || other || apart)) {
    const when = new Date(entry.when).toLocaleString("nb-NO", { dateStyle: "long", timeStyle: "short" });
    const kept = words.recent_kept.replace("{when}", when).replace("{edition}", entry.day);
    const doubt = apart ? words.recent_unsure : other ? words.recent_other_edition : "";
    const notice = element("p", kept + " " + doubt, "notice local");
    const again = element("a", words.ask_again, "ask side-button local");
    again.href = root + "/m?" + new URLSearchParams({ q: entry.q });
    again.dataset.question = entry.q;
    card.firstElementChild.after(notice, again);
  } else if (entry.whole === false) {
    stop(card, words.status_stopped);
    offerAgain(card, entry.q, words.ask_again);
  }
  offerSharing(brought);
  return card;
}

/* The same answer may be on the page already: its anchors must be its own. */
function renumber(card) {
  const change = (text) => text.replace(/^(#?(?:question|source)-)\d+/, "$1" + number);
  for (const each of [card, ...card.querySelectorAll("[id], [aria-labelledby], a.mark")]) {
    for (const name of ["id", "aria-labelledby", "href"]) {
      if (each.hasAttribute(name)) each.setAttribute(name, change(each.getAttribute(name)));
    }
  }
}

function showRecent() {
  const list = recentAnswers();
  recent.hidden = list.length === 0 || talk.children.length > 0;
  recent.open = apart;
  recent.querySelector("ul").replaceChildren(...list.map((entry) => {
    const item = element("li");
    const button = element("button", entry.q);
    button.type = "button";
    button.addEventListener("click", () => showStored(entry));
    item.append(button);
    return item;
  }));
}

function showStored(entry) {
  const card = bring(entry, true);
  if (!card) return;
  card.firstElementChild.focus({ preventScroll: true });
  show(card);
  remember();
}

by("slett").addEventListener("click", () => {
  forgetRecent();
  navigator.serviceWorker?.controller?.postMessage("slett");
  showRecent();
  announce(words.recent_deleted, true);
  field.focus();
});
by("ny").addEventListener("click", () => { exchanges.length = 0; });
addEventListener("pagehide", remember);
document.addEventListener("visibilitychange", () => { if (document.hidden) remember(); });
addEventListener("online", () => setApart(false));
addEventListener("offline", () => setApart(true));

/* --- Opening the page ------------------------------------------------------------------------ */

function open() {
  setApart(apart);
  by("ny").hidden = true;
  const card = talk.firstElementChild;
  const before = readTalk();
  if (before && (asked ? before.asked === asked : !card)) {
    talk.replaceChildren();
    before.exchanges.forEach((each) => bring(each, each.old));
    began = before.asked;
    carried.value = before.history;
    scrollTo(0, before.y);
  } else if (card) {
    take(card, JSON.parse(talk.dataset.svar));
  } else if (asked) {
    const known = recentAnswers().find((each) => each.q === asked);
    if (known) showStored(known);
    else writeIn(asked);
  }
  showRecent();
  grow();
}

/* Go on from what the server has answered in the page itself. */
function take(card, data) {
  number = Number(card.firstElementChild.id.split("-")[1]);
  began = asked;
  begin(card);
  const entry = noted(card, data, null);
  if ("historikk" in data) {
    finish(entry, data);
  } else {
    carried.value = ""; // what stands there is for going on without a script
    ask(asked, card);
  }
  // A question with personal data must not be shared by its address either.
  if (!data.sporsmal) history.replaceState(null, "", root + "/m");
}

new ResizeObserver(() => {
  document.documentElement.style.setProperty("--composer", form.offsetHeight + "px");
}).observe(form);
open();
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(root + "/sw.js", { scope: root + "/" }));
}
