/* Sharing from the phone page: the question only. */

function offerSharing({ card, q }) {
  const place = card.querySelector(".actions");
  if (!place) return;
  const button = element("button", words.share, "plain-button share");
  button.type = "button";
  button.addEventListener("click", () => share(q, button));
  place.append(button);
}

async function share(question, button) {
  const url = new URL(root + "/m", location.origin);
  url.searchParams.set("q", question);
  try {
    if (navigator.share) {
      await navigator.share({ title: question, url: url.href });
    } else {
      await navigator.clipboard.writeText(url.href);
      button.textContent = words.shared;
      announce(words.shared, true);
      setTimeout(() => { button.textContent = words.share; }, 3000);
    }
  } catch (error) {
    if (error.name !== "AbortError") showLink(url, button); // otherwise the person thought again
  }
}

function showLink(url, button) {
  const line = element("p", words.share_link + " ", "local link");
  const link = element("a", url.href);
  link.href = url.href;
  line.append(link);
  button.replaceWith(line);
  link.focus();
}
