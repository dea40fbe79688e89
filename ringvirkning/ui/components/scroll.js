// Where a page stands in its window, and where the keyboard is on it: a story or a form opens at its
// top, and the way back leads to where the reader was. The framework leaves the window where it is,
// in the middle of what comes instead, and the keyboard at the top of the whole page.
const FOLLOWS = 3000; // milliseconds in which charts are drawn and what is above them grows
const DRAWN = 10_000, LOOKS = 100; // in which what was opened is drawn; between two looks for it

let page = "", story = "", field = "", pressed = 0, left = 0, isBack = false, looks = 0;
let release = () => {}; // the window from where it stands
/** @type {Map<string, string | null>} */
const pressedAt = new Map(); // what was pressed last, by page and story

const scroller = () => document.querySelector('[data-testid="stMain"]');
const nameOf = (/** @type {Element} */ acting) => acting.getAttribute("href") ?? acting.textContent;

// Where the reader was when something was pressed: before what comes instead is drawn, shorter.
addEventListener("click", (event) => {
  pressed = scroller()?.scrollTop ?? 0;
  const [inmost] = event.composedPath();
  const acting = inmost instanceof Element && inmost.closest("a, button");
  if (acting) pressedAt.set(`${page} ${story}`, nameOf(acting));
}, { capture: true });
addEventListener("popstate", () => { isBack = true; });

/**
 * Told at every run which page is shown, which story or form is open on it, "" for none, and which
 * field of it must be mended, as how often one was asked for and its key.
 */
export function keepPlace(/** @type {string} */ shown, /** @type {string} */ opened, /** @type {string} */ wrong) {
  const place = scroller();
  if (!place) return;
  const isSame = shown === page, before = story;
  const isReturn = isBack || (isSame && !opened);
  const isWrong = wrong !== field && wrong !== "";
  if (isWrong) {
    release();
    const [, key] = wrong.split(" ");
    keepKeyboard("*", () => place.querySelector(`.st-key-${CSS.escape(key)} :is(input, textarea)`));
  } else if (page && !(isSame && opened === before)) {
    const name = isReturn && pressedAt.get(`${shown} ${opened}`);
    // The framework may make the heading of what comes of the one before.
    keepKeyboard("body, h1", () =>
      (name ? acting(place).find((one) => nameOf(one) === name) : null) ?? place.querySelector("h1"));
  }
  [page, story, field, isBack] = [shown, opened, wrong, false];
  if (!isSame) uncover();
  if (isWrong) return;
  if (opened && !(isSame && opened === before)) {
    if (!isSame) left = 0;
    else if (!before) left = pressed;
    stand(place, 0);
  } else if (isSame && before && !opened) stand(place, left);
}

/** Stand there, and stay while the page grows, unless the reader goes elsewhere. */
function stand(/** @type {Element} */ place, /** @type {number} */ top) {
  const go = () => { place.scrollTop = top; };
  const follow = new ResizeObserver(go);
  release = () => follow.disconnect();
  go();
  for (const part of place.children) follow.observe(part);
  untilElsewhere(release, FOLLOWS);
}

function untilElsewhere(/** @type {() => void} */ end, /** @type {number} */ longest) {
  for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(deed, end, { once: true, passive: true, capture: true });
  }
  setTimeout(end, longest);
}

/** Bring the keyboard from one of these to what is found, until it is all drawn. */
function keepKeyboard(/** @type {string} */ from, /** @type {() => Element | null} */ find) {
  const look = () => {
    if (!document.activeElement?.matches(from)) return;
    const found = find();
    if (!(found instanceof HTMLElement) || found === document.activeElement) return;
    if (found.matches("h1")) found.tabIndex = -1;
    found.focus({ preventScroll: found.matches("h1, a, button") });
  };
  clearInterval(looks); // for what was opened before
  const own = setInterval(look, LOOKS);
  looks = own;
  untilElsewhere(() => clearInterval(own), DRAWN);
}

/** What can be pressed, in components of ours, too. */
const acting = (/** @type {Element} */ place) => [...place.querySelectorAll("*")].flatMap((one) =>
  [...one.shadowRoot?.querySelectorAll("a, button") ?? [], ...one.matches("a, button") ? [one] : []]);

/** On a phone the framework's menu lies over the page, and stays there when a page was chosen. */
function uncover() {
  const close = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  const isOpen = !document.querySelector('[data-testid="stExpandSidebarButton"]');
  if (isOpen && close instanceof HTMLElement && matchMedia("(max-width: 768px)").matches) close.click();
}
