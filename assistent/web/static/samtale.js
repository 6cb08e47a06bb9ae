/* Runs before Gradio. Keeps the page Norwegian, announces answers, and keeps focus sensible. */
(function () {
  "use strict";

  // Gradio chooses its language from the browser, and writes it into <html lang>.
  Object.defineProperty(navigator, "language", { get: () => "nb", configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => ["nb"], configurable: true });

  const texts = JSON.parse(document.querySelector("meta[name=assistent-texts]").content);

  // The code of the latest question, by which its lines in the log are found.
  let code = "";
  // The session is over: the page itself leads to signing in.
  const fetchPlainly = window.fetch;
  window.fetch = async (...given) => {
    const asked = String(given[0]).includes("/queue/join") ? leave(given[1]) : "";
    let response;
    try {
      response = await fetchPlainly(...given);
    } catch (error) {
      giveBack(asked);
      throw error;
    }
    if (!response.ok) giveBack(asked);
    if (response.status === 401) location.reload();
    if (response.url.includes("/queue/join")) code = response.headers.get("X-Forespoersel-Id") || "";
    return response;
  };

  // What is asked leaves the field as it is sent: cleared later, the next question would be lost
  // that is already being written.
  function leave(request) {
    const [asked] = JSON.parse(request.body).data;
    if (typeof asked !== "string" || !asked.trim() || asked !== field().value) return "";
    write("");
    return asked;
  }
  function giveBack(asked) {
    if (asked && !field().value) write(asked);
  }

  let announced = "";
  let fromExample = false;
  let dealtWith = "";
  // What was sent last, until something comes of it: a second press means the same.
  let sent = null;

  const field = () => document.querySelector("#question textarea");
  function write(text) {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    set.call(field(), text);
    field().dispatchEvent(new Event("input", { bubbles: true }));
  }
  const announce = (text) => { document.getElementById("status").textContent = text; };

  function showNewest(newest) {
    const question = document.getElementById("question-" + newest);
    if (!question) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    question.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    if (fromExample) {
      // The button that had the focus is gone.
      question.focus({ preventScroll: true });
      fromExample = false;
    }
  }

  // Says above the composer what becomes of what is sent.
  function hint(text) {
    const composer = document.getElementById("composer");
    if (!composer || (composer.dataset.hint || "") === text) return;
    composer.dataset.hint = text;
    if (text) announce(text);
  }

  // Gradio keeps back what is sent during an answer, and sends the field when the answer stands.
  function onSending(event) {
    const text = field().value;
    if (sent && (text === sent || !text)) { drop(event); return; }
    sent = text.trim() ? text : null;
    if (!sent) hint(texts.writeFirst);
    else hint(document.querySelector("#conversation .searching:not([hidden])") ? texts.waits : "");
  }

  function onConversation() {
    const root = document.querySelector("#conversation .conversation");
    const state = root ? root.dataset.newest + root.dataset.status : "";
    if (state === announced) return;
    if (root) announce(root.dataset.status);
    else if (announced) { announce(texts.restarted); if (field()) field().focus(); }
    announced = state;
    sent = null;
    hint("");
    document.getElementById("trouble").textContent = "";
    if (root) showNewest(root.dataset.newest);
  }

  const gradioSays = () => {
    const toast = document.querySelector(".toast-wrap .toast-body.error");
    return toast ? toast.textContent : "";
  };

  function showTrouble() {
    const message = gradioSays();
    if (message === dealtWith) return;
    dealtWith = message;
    sent = null;
    if (!message) return;
    const known = Object.keys(texts.troubles).find((words) => message.includes(words));
    const failed = texts.failed + (code ? " " + texts.quoteCode.replace("{code}", code) : "");
    document.getElementById("trouble").textContent = known ? texts.troubles[known] : failed;
    document.querySelectorAll("#conversation .searching").forEach((each) => { each.hidden = true; });
    hint("");
  }

  const drop = (event) => { event.preventDefault(); event.stopPropagation(); };
  document.addEventListener("keydown", (event) => {
    if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (event.repeat) drop(event);
    else onSending(event);
  }, true);
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("#send, button.example");
    if (!pressed) return;
    // A double click is meant as one.
    if (event.detail > 1) drop(event);
    else if (pressed.id === "send") onSending(event);
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target === field() && document.getElementById("composer").dataset.hint === texts.writeFirst) hint("");
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    // A tool opens beside a conversation, which would be gone otherwise.
    const tool = event.target.closest(".tools a");
    if (tool) tool.target = document.querySelector(".exchange") ? "_blank" : "_self";
    const again = event.target.closest("#conversation a.ask, #conversation a.edit, #conversation .resend button, button.example");
    if (again && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const form = again.closest(".resend");
      write(form ? form.elements.sporsmal.value : again.dataset.question || again.textContent.trim());
      if (again.matches(".edit")) { field().focus(); return; }
      fromExample = true;
      // Gradio takes the text over before the click reaches it.
      setTimeout(() => document.getElementById("send").click(), 50);
      return;
    }
    const link = event.target.closest("a[href*='#']");
    if (!link) return;
    if (link.matches(".skip")) {
      event.preventDefault();
      if (field()) field().focus();
    } else if (link.matches("#conversation a.mark")) {
      event.preventDefault();
      const source = document.getElementById(link.hash.slice(1));
      if (!source) return;
      const fold = source.closest("details");
      if (fold) fold.open = true;
      source.scrollIntoView({ block: "nearest" });
      source.focus({ preventScroll: true });
    }
  });

  new MutationObserver(() => {
    onConversation();
    showTrouble();
    if (field() && document.getElementById("send")) document.body.classList.add("ready");
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-status"] });
})();
