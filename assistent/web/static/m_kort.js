/* Cards on the phone page: built from the server's HTML, and put in each other's place. */

/* A card may come from the device's store, where anybody who has had the device can have written.
   It is therefore built anew from a closed list of elements and attributes. */
const ELEMENTS = new Set(
  ("a article blockquote button details div fieldset form h2 h3 input label legend li ol option p " +
    "select span strong summary textarea ul").split(" "),
);
const ANCHOR = /^(question|source)-\d+(-\d+)?$/;
const ATTRIBUTES = {
  "aria-hidden": /^true$/,
  "aria-label": /./,
  "aria-labelledby": ANCHOR,
  class: /^[a-z -]*$/,
  "data-copied": /./,
  "data-copy": /./,
  "data-failed": /./,
  "data-question": /./,
  id: ANCHOR,
  lang: /^[a-z]{2}$/,
  open: /^$/,
  role: /^list$/,
  tabindex: /^-1$/,
};
const OWN_PAGE = /^\/(m|kanal|beslutning|om)$|^\/kilde\/./;
// Where the forms of a card lead, and the fields they have.
const FORMS = { resend: "/m", thumb: "/tilbakemelding", opinion: "/tilbakemelding" };
const FIELDS = new Set("sporsmal svar nyttig setning arsak tekst epost".split(" "));
const KINDS = new Set("hidden radio checkbox email".split(" "));

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function address(link) {
  const url = new URL(link, location.origin + root + "/m");
  const own = url.origin === location.origin && url.pathname.startsWith(root + "/");
  return own && OWN_PAGE.test(url.pathname.slice(root.length)) ? link : null;
}

function copied(original, withForms) {
  const made = document.createElement(original.localName);
  for (const { name, value } of original.attributes) {
    if (name in ATTRIBUTES && ATTRIBUTES[name].test(value)) made.setAttribute(name, value);
  }
  if (made.localName === "a" && original.hasAttribute("href")) {
    const link = address(original.getAttribute("href"));
    if (link) made.setAttribute("href", link);
  } else if (made.localName === "form") {
    if (!withForms || !Object.hasOwn(FORMS, made.className)) return null;
    made.method = "post";
    made.action = root + FORMS[made.className];
  } else if (made.matches("input, select, textarea")) {
    if (!FIELDS.has(original.name) || (made.localName === "input" && !KINDS.has(original.type))) return null;
    for (const name of ["type", "name", "value", "maxlength", "rows", "checked", "autocomplete"]) {
      if (original.hasAttribute(name)) made.setAttribute(name, original.getAttribute(name));
    }
  } else if (made.localName === "option") {
    made.setAttribute("value", original.getAttribute("value") || "");
  } else if (made.className === "feedback" && !withForms) {
    return null;
  }
  // What the script has put there does not come along.
  if (!made.classList.contains("actions")) fill(made, original, withForms);
  return made;
}

function fill(made, original, withForms) {
  for (const node of original.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) made.append(node.data);
    else if (ELEMENTS.has(node.localName) && !node.classList.contains("local")) {
      made.append(copied(node, withForms) || "");
    }
  }
}

/* The card in a piece of HTML, or null if there is none. */
function built(html, withForms = true) {
  const original = new DOMParser().parseFromString(html, "text/html").querySelector("article.exchange");
  const made = original && copied(original, withForms);
  return made && made.querySelector("h2.question") ? made : null;
}

/* The counterpart of an element in another version of the same card: the one at the same place among
   its kind, counted within the source it belongs to or else within the card. */
function counterpart(original, card, fresh) {
  if (original.id) return fresh.querySelector("#" + original.id);
  if (original.localName === "summary") {
    const fold = counterpart(original.parentNode, card, fresh);
    return fold && fold.firstElementChild;
  }
  const source = original.closest(".source");
  const within = source ? fresh.querySelector("#" + source.id) : fresh;
  const kind = original.localName + (original.classList[0] ? "." + original.classList[0] : "");
  const place = [...(source || card).querySelectorAll(kind)].indexOf(original);
  return within && within.querySelectorAll(kind)[place];
}

/* Put a later version of a card in its place; nobody who reads or types may notice more than
   that the words are others. The heading stays the same element, for it may have the focus. */
function replace(card, html) {
  const fresh = built(html);
  if (!fresh) return;
  for (const fold of card.querySelectorAll("details[open]")) {
    const same = counterpart(fold, card, fresh);
    if (same) same.open = true;
  }
  const heading = card.firstElementChild;
  const focused = card.contains(document.activeElement) ? document.activeElement : null;
  const inside = focused && focused !== heading;
  const toFocus = inside && counterpart(focused, card, fresh);
  const seen = inside ? focused : beingRead(card);
  const standing = seen && counterpart(seen, card, fresh);
  const before = seen && seen.getBoundingClientRect().top;

  if (fresh.lang) card.lang = fresh.lang;
  heading.replaceChildren(...fresh.firstElementChild.childNodes);
  while (heading.nextSibling) heading.nextSibling.remove();
  card.append(...[...fresh.childNodes].slice(1));

  if (standing) scrollBy(0, standing.getBoundingClientRect().top - before);
  if (inside) (toFocus || heading).focus({ preventScroll: true });
}

/* What is most likely being read, unless the beginning of the card can be seen: that stays anyway. */
function beingRead(card) {
  if (card.getBoundingClientRect().top >= 0) return null;
  const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
  const block = seen && seen.closest("p, li, summary, h3");
  return block && card.contains(block) ? block : null;
}
