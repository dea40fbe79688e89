// Where a page stands in its window, and where the keyboard is on it: a story or a form opens at its
// top, and the way back leads to where the reader was. The framework leaves the window where it is,
// in the middle of what comes instead, and the keyboard at the top of the whole page.
const FOLLOWS = 3000; // milliseconds in which charts are drawn and what is above them grows
const DRAWN = 10_000, LOOKS = 100; // in which what was opened is drawn; between two looks for it

let page = "", story = "", pressed = 0, left = 0, isBack = false, looks = 0;
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

/** Told at every run which page is shown and which story or form is open on it, "" for none. */
export function keepPlace(/** @type {string} */ shown, /** @type {string} */ opened) {
  const place = scroller();
  if (!place) return;
  const isSame = shown === page, before = story;
  const isReturn = isBack || (isSame && !opened);
  if (page && !(isSame && opened === before)) {
    keepKeyboard(place, isReturn ? pressedAt.get(`${shown} ${opened}`) : null);
  }
  [page, story, isBack] = [shown, opened, false];
  if (!isSame) uncover();
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
  const end = () => follow.disconnect();
  go();
  for (const part of place.children) follow.observe(part);
  untilElsewhere(end, FOLLOWS);
}

function untilElsewhere(/** @type {() => void} */ end, /** @type {number} */ longest) {
  for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(deed, end, { once: true, passive: true, capture: true });
  }
  setTimeout(end, longest);
}

/**
 * When what had the keyboard is gone, it comes to what was pressed of this name before, or to the
 * heading, which is also read out.
 */
function keepKeyboard(/** @type {Element} */ place, /** @type {string | null | undefined} */ name) {
  const look = () => {
    // The framework may make the heading of what comes of the one before.
    if (!document.activeElement?.matches("body, h1")) return;
    const found = name ? acting(place).find((one) => nameOf(one) === name) : undefined;
    const next = found ?? place.querySelector("h1");
    if (!(next instanceof HTMLElement) || next === document.activeElement) return;
    if (found) end();
    else next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
  clearInterval(looks); // for what was opened before
  const own = setInterval(look, LOOKS);
  const end = () => clearInterval(own);
  looks = own;
  untilElsewhere(end, DRAWN);
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
