// A form takes the place of the page that its link stood on, and the link is gone: the framework
// leaves the keyboard at the top, before the menu. It goes on from the heading of what came instead
// (WCAG 2.4.3).

const HEADING = '[data-testid="stMain"] h1';

const heading = () => /** @type {HTMLElement | null} */ (document.querySelector(HEADING));

/** What had the focus last, and the heading that stood above it then. */
let last = { element: /** @type {Element | null} */ (null), under: "" };

document.addEventListener("focusin", ({ target }) => {
  last = { element: /** @type {Element} */ (target), under: heading()?.textContent ?? "" };
});

new MutationObserver(() => {
  if (!last.element || last.element.isConnected || document.activeElement !== document.body) return;
  const now = heading();
  if (!now || now.textContent === last.under) return;
  now.tabIndex = -1;
  now.focus();
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
