// The show: one slide at a time, by keys or touch. Without this script all stand below one another.
const root = document.documentElement;
const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".slide")]);
const black = /** @type {HTMLElement} */ (document.querySelector(".black"));
const SECONDS = 15; // of a slide that turns by itself
let at = 0, typed = "", turning = 0, touched = 0;
/** @type {Window | null} */
let speaker = null;

const inShow = () => root.classList.contains("show");

function go(/** @type {number} */ to) {
  at = Math.min(Math.max(to, 0), slides.length - 1);
  for (const slide of slides) slide.classList.toggle("now", slide === slides[at]);
  history.replaceState(null, "", `#${at + 1}`);
  black.hidden = true;
  speak();
}

function start() {
  root.classList.add("show");
  go(at);
  if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
}

function end() {
  root.classList.remove("show");
  stop();
  black.hidden = true;
  if (document.fullscreenElement) document.exitFullscreen();
  slides[at].scrollIntoView();
}

function stop() {
  clearInterval(turning);
  turning = 0;
}

function turn() {
  if (turning) return stop();
  turning = setInterval(() => go(at === slides.length - 1 ? 0 : at + 1), 1000 * SECONDS);
}

// What is said to a slide, in a window of its own for who speaks.
function speak(open = false) {
  if (open) {
    speaker = window.open("", "speaker", "width=900,height=700");
    if (!speaker) return;
    speaker.document.title = document.title;
    speaker.document.head.replaceChildren(
      /** @type {HTMLTemplateElement} */ (document.querySelector(".speaker")).content.cloneNode(true));
    speaker.document.addEventListener("keydown", pressed);
  }
  if (!speaker || speaker.closed) return;
  const page = speaker.document, slide = slides[at], next = slides[at + 1];
  const heading = page.createElement("h1");
  heading.textContent = `${at + 1} / ${slides.length}  ${title(slide)}`;
  /** @type {HTMLElement[]} */
  const parts = [heading];
  for (const name of [".foot", ".notes"]) {
    const found = /** @type {HTMLElement | null} */ (slide.querySelector(name));
    if (found) parts.push(page.importNode(found, true));
  }
  if (next) {
    const after = page.createElement("p");
    after.className = "next";
    after.textContent = `→ ${title(next)}`;
    parts.push(after);
  }
  page.body.replaceChildren(...parts);
}

const title = (/** @type {HTMLElement} */ slide) => slide.querySelector("h1")?.textContent;

function live() {
  const base = root.dataset.live, place = slides[at].dataset.live;
  if (base && place) location.href = base + place;
}

/** @type {Record<string, () => void>} */
const keys = {
  ArrowRight: () => go(at + 1), ArrowDown: () => go(at + 1), PageDown: () => go(at + 1),
  " ": () => go(at + 1),
  ArrowLeft: () => go(at - 1), ArrowUp: () => go(at - 1), PageUp: () => go(at - 1),
  Home: () => go(0), End: () => go(slides.length - 1),
  Escape: end, f5: start, F5: start, f: start, b: () => { black.hidden = !black.hidden; },
  ".": () => { black.hidden = !black.hidden; },
  a: turn, n: () => speak(true), l: live,
};

function pressed(/** @type {KeyboardEvent} */ event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!inShow() && !["f", "F5", "n"].includes(key)) return;
  if (/^\d$/.test(key)) { typed += key; return; }
  if (key === "Enter" && typed) { go(Number(typed) - 1); typed = ""; return; }
  typed = "";
  if (!keys[key]) return;
  event.preventDefault();
  if (key !== "a") stop();
  keys[key]();
}

document.addEventListener("keydown", pressed);
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key]"))) {
  button.hidden = false;
  button.addEventListener("click", () => keys[String(button.dataset.key)]());
}
document.addEventListener("touchstart", (event) => { touched = event.changedTouches[0].clientX; },
  { passive: true });
document.addEventListener("touchend", (event) => {
  const moved = event.changedTouches[0].clientX - touched;
  if (inShow() && Math.abs(moved) > 40) go(at + (moved < 0 ? 1 : -1));
});
document.addEventListener("click", (event) => {
  if (!inShow() || /** @type {Element} */ (event.target).closest("a, button, summary")) return;
  if (document.fullscreenElement || !root.requestFullscreen) go(at + 1);
  else root.requestFullscreen().catch(() => go(at + 1));
});
addEventListener("hashchange", () => inShow() && go(Number(location.hash.slice(1)) - 1));

at = Math.min(Math.max(Number(location.hash.slice(1)) - 1 || 0, 0), slides.length - 1);
if ("show" in root.dataset) { root.classList.add("show"); go(at); }
if (new URLSearchParams(location.search).has("turn")) turn();
