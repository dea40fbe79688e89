// A link to a file that the server makes is followed here: a browser would save what keeps the file
// from being made as the file, or say so in words of its own. It is said beside the link instead.

const KEPT = 60_000; // ms that a file is there for the browser to save

/** What the server says of it in the page's language: a line for each that it names. */
function said(/** @type {Response} */ answer, /** @type {string} */ text) {
  const languages = (answer.headers.get("content-language") ?? "").split(", ");
  const place = languages.indexOf(document.documentElement.lang);
  return place < 0 ? "" : text.split("\n")[place];
}

function save(/** @type {Blob} */ file, /** @type {Response} */ answer) {
  const [, name = ""] = /filename\*=UTF-8''(.*)$/.exec(answer.headers.get("content-disposition") ?? "") ?? [];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = decodeURIComponent(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** @returns {Promise<string>} what kept the file from coming, "" where nothing did */
async function take(/** @type {HTMLAnchorElement} */ link) {
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) return said(answer, await answer.text()) || link.dataset.failed || "";
    save(await answer.blob(), answer);
    return "";
  } catch { // no network, or it broke off on the way
    return link.dataset.failed ?? "";
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target instanceof Element && event.target.closest("a.file");
  if (!(link instanceof HTMLAnchorElement)) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return; // it is being made
  link.ariaBusy = "true";
  if (link.nextElementSibling?.role === "alert") link.nextElementSibling.remove();
  const why = await take(link);
  link.ariaBusy = "false";
  if (!why) return;
  const told = document.createElement("p");
  told.role = "alert";
  told.textContent = why;
  link.after(told);
});
