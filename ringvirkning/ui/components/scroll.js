// Where a page stands in its window: a story opens at its top, and the way back leads to where the
// reader was. The framework leaves the window where it is, in the middle of what comes instead.
const FOLLOWS = 3000; // milliseconds in which charts are drawn and what is above them grows

let page = "", story = "", pressed = 0, left = 0;

const scroller = () => document.querySelector('[data-testid="stMain"]');

// Where the reader was when something was pressed: before what comes instead is drawn, shorter.
addEventListener("click", () => { pressed = scroller()?.scrollTop ?? 0; }, { capture: true });

/** Told at every run which page is shown and which story is open on it, "" for none. */
export function keepPlace(/** @type {string} */ shown, /** @type {string} */ opened) {
  const place = scroller();
  if (!place) return;
  const isSame = shown === page, before = story;
  [page, story] = [shown, opened];
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
  for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(deed, end, { once: true, passive: true, capture: true });
  }
  setTimeout(end, FOLLOWS);
}

/** On a phone the framework's menu lies over the page, and stays there when a page was chosen. */
function uncover() {
  const close = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  const isOpen = !document.querySelector('[data-testid="stExpandSidebarButton"]');
  if (isOpen && close instanceof HTMLElement && matchMedia("(max-width: 768px)").matches) close.click();
}
