/* What can be done with an answer, on the wide page and on the phone. */
(function () {
  "use strict";

  const line = (node) => node.textContent.replace(/\s+/g, " ").trim();

  /* The answer and its sources as plain text, for an e-mail or a document. */
  function plainText(answer) {
    const claims = [...answer.querySelectorAll(".claim, .claims li")].map((claim) => {
      const copy = claim.cloneNode(true);
      copy.querySelectorAll(".badge").forEach((badge) => badge.remove());
      copy.querySelectorAll("a.mark").forEach((mark) => mark.replaceWith(" [" + mark.textContent + "]"));
      return (claim.matches("li") ? "• " : "") + line(copy);
    });
    const sources = [...answer.querySelectorAll(".source")].map((source) => {
      const title = source.querySelector(".title").cloneNode(true);
      title.querySelectorAll(".only-read, .symbol").forEach((part) => part.remove());
      const place = source.querySelector(".place");
      const link = source.querySelector("a.open");
      const where = [line(title), place && line(place)].filter(Boolean).join(", ");
      return "[" + line(source.querySelector(".number")) + "] " + where + "\n" + link.href;
    });
    return [...claims, "", ...sources].join("\n");
  }

  function addCopying(place) {
    if (place.querySelector(".copy") || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy plain-button";
    button.textContent = place.dataset.copy;
    place.prepend(button);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("button.copy");
    if (!button) return;
    const place = button.closest(".actions");
    await navigator.clipboard.writeText(plainText(button.closest(".answer")));
    button.textContent = place.dataset.copied;
    const status = document.getElementById("status");
    if (status) status.textContent = place.dataset.copied;
    setTimeout(() => { button.textContent = place.dataset.copy; }, 3000);
  });

  /* Feedback goes without leaving the answer. What was said for it stays when the card is drawn
     anew, for as long as the page is open. */
  const thanked = new Map();

  function thank(place) {
    const text = thanked.get(place.querySelector("input[name=svar]")?.value);
    if (text) place.replaceChildren(said(text));
  }

  function said(text) {
    const line = document.createElement("p");
    line.className = "said";
    line.tabIndex = -1;
    line.textContent = text;
    return line;
  }

  function complain(form, text) {
    form.querySelector(".notice")?.remove();
    const line = said(text);
    line.className = "notice";
    form.append(line);
    line.focus();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target, place = form.closest(".feedback");
    if (!place) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const reference = body.get("svar");
    let response, answer;
    try {
      response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      answer = await response.json();
    } catch {
      complain(form, place.dataset.failed);
      return;
    }
    if (!response.ok) {
      if (answer.rest) form.elements.tekst.value = answer.rest;
      complain(form, answer.tekst || place.dataset.failed);
      return;
    }
    thanked.set(reference, answer.tekst);
    thank(place);
    place.firstElementChild.focus();
  });

  const look = () => {
    document.querySelectorAll(".actions").forEach(addCopying);
    document.querySelectorAll(".feedback").forEach(thank);
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
