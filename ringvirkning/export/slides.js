// The show: one slide at a time, by keys or touch. Without this script all stand below one another.
const root = document.documentElement;
const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".slide")]);
const black = /** @type {HTMLElement} */ (document.querySelector(".black"));
const SECONDS = 15; // of a slide that turns by itself
let at = 0, typed = "", turning = 0, touched = 0, telling = 0, began = Date.now();
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
  began = Date.now();
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

// What is said to a slide and what comes after it, in a window of its own for who speaks.
function speak(open = false) {
  if (open) openSpeaker();
  if (!speaker || speaker.closed) return;
  const page = speaker.document, slide = slides[at], next = slides[at + 1];
  const place = (/** @type {string} */ name) => /** @type {HTMLElement} */ (page.querySelector(name));
  place(".place").textContent = `${at + 1} / ${slides.length}`;
  place(".said h1").textContent = title(slide);
  const said = slide.querySelectorAll(".notes > *");
  place(".said dl").replaceChildren(...[...said].map((one) => page.importNode(one, true)));
  for (const one of place(".said dl").querySelectorAll("dd")) one.textContent = sites(one.textContent);
  const follows = place(".follows");
  follows.textContent = next ? title(next) : String(follows.dataset.end);
  place(".thumbnail").replaceChildren(...(next ? [thumbnail(page, next)] : []));
  tell();
}

function openSpeaker() {
  speaker = window.open("", "speaker", "width=1100,height=760");
  if (!speaker) return;
  const page = speaker.document;
  const copied = (/** @type {Node} */ node) => page.importNode(node, true);
  page.documentElement.lang = root.lang;
  page.head.replaceChildren(copied(/** @type {Node} */ (document.querySelector("style"))));
  page.title = document.title;
  page.body.className = "talk";
  page.body.replaceChildren(copied(
    /** @type {HTMLTemplateElement} */ (document.querySelector(".speaker")).content));
  page.addEventListener("keydown", pressed);
  page.body.tabIndex = -1;
  clearInterval(telling);
  telling = setInterval(tell, 1000);
}

// The slide as it will be, without its notes; it is said in words beside it.
function thumbnail(/** @type {Document} */ page, /** @type {HTMLElement} */ slide) {
  const small = /** @type {HTMLElement} */ (page.importNode(slide, true));
  small.querySelector(".more")?.remove();
  small.removeAttribute("id");
  small.setAttribute("aria-hidden", "true");
  return small;
}

// The time, and how long it is since the show began.
function tell() {
  if (!speaker || speaker.closed) return clearInterval(telling);
  const now = new Date(), minutes = Math.floor((now.getTime() - began) / 60000);
  const seconds = Math.floor((now.getTime() - began) / 1000) % 60;
  const place = (/** @type {string} */ name) => speaker?.document.querySelector(name);
  const [clock, elapsed] = [place(".clock"), place(".elapsed")];
  const of = (/** @type {number} */ n) => String(n).padStart(2, "0");
  if (clock) clock.textContent = `${of(now.getHours())}:${of(now.getMinutes())}`;
  if (elapsed) elapsed.textContent = `${minutes}:${of(seconds)}`;
}

// Who speaks names the site of a source; its address stands in the table below the slide.
const sites = (/** @type {string} */ said) => [...new Set(said.split(" | ").map((one) => one
  .replace(/\(https?:\/\/(?:www\.)?([^/?#\s)]+)\S*\)/g, "($1)")
  .replace(/https?:\/\/(?:www\.)?([^/?#\s]+)\S*/g, "$1")))].join(" | ");

const title = (/** @type {HTMLElement} */ slide) => slide.querySelector("h1")?.textContent ?? "";

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
// A phone held upright has no room for a slide: there they are read one below the other.
const isUpright = matchMedia("(max-width: 640px) and (orientation: portrait)").matches;
if ("show" in root.dataset && !isUpright) { root.classList.add("show"); go(at); }
if (new URLSearchParams(location.search).has("turn")) turn();
