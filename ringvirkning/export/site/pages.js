// What the pages do with a script; they read as well without. In a frame, a page tells how high it
// is (embed.js), and a line that embeds a figure gets the address that the page is at.
if (parent !== window) {
  const tell = () => parent.postMessage({ ringvirkning: document.body.scrollHeight + 20 }, "*");
  new ResizeObserver(tell).observe(document.body);
}
for (const line of document.querySelectorAll("[data-embed]")) {
  line.textContent = (line.textContent ?? "").replace(
    /src="([^"#]*)/,
    (_, address) => `src="${new URL(address, location.href)}`,
  );
}

// A list of names is narrowed to those that have what is written.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll("[data-search]")
)) {
  const around = field.closest("p");
  const said = around?.querySelector("output");
  const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-name]"));
  const kinds = document.querySelectorAll("section:has([data-name])");
  // Of a table, what stands in its first two columns; of a list, all of it.
  const names = [...rows].map((row) => {
    const parts = row instanceof HTMLTableRowElement ? [...row.cells].slice(0, 2) : [row];
    return parts.map((part) => part.textContent).join(" ").toLowerCase();
  });
  const narrow = () => {
    const wanted = field.value.toLowerCase().split(/\s+/);
    let left = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((part) => names[at]?.includes(part));
      left += row.hidden ? 0 : 1;
    });
    for (const kind of /** @type {NodeListOf<HTMLElement>} */ (kinds)) {
      kind.hidden = !kind.querySelector("[data-name]:not([hidden])");
    }
    if (said) said.textContent = `${left} / ${rows.length}`;
  };
  field.addEventListener("input", narrow);
  if (around) around.hidden = false;
}

// From one choice to another in place: one request, where a page of its own asks for its style,
// script and letters again. What can't be had so is gone to.
const CHOICES = ".filters a, main > .chosen a";
// A browser looks for it anew, from where the page is then.
const icon = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
icon?.setAttribute("href", icon.href);
let shown = location.pathname;
let asked = 0;

/** @param {string} address */
const pageAt = async (address) => {
  const answer = await fetch(address);
  const kind = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !kind.startsWith("text/html")) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

/** @param {string} address @param {number | null} y where it was, where it is gone back to */
const turn = async (address, y) => {
  asked += 1;
  const mine = asked;
  try {
    const page = await pageAt(address);
    const main = page.querySelector("main");
    if (!main?.querySelector(".filters")) throw new Error("no choice");
    if (mine !== asked) return;
    if (y === null) {
      history.replaceState({ y: scrollY }, "");
      history.pushState({ y: 0 }, "", address); // before links within it are resolved
    }
    shown = location.pathname;
    document.title = page.title;
    for (const part of ["header", "main", "footer", "link[rel=canonical]"]) {
      const [old, now] = [document, page].map((one) => one.querySelector(part));
      if (old && now) old.replaceWith(now);
    }
    const heading = document.querySelector("h1");
    if (heading) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
    scrollTo(0, y ?? 0);
  } catch {
    if (mine === asked) location.assign(address);
  }
};

addEventListener("click", (event) => {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
  const link = target instanceof Element ? target.closest("a") : null;
  const isOther = button || altKey || ctrlKey || metaKey || shiftKey || defaultPrevented;
  if (!link?.matches(CHOICES) || isOther || parent !== window) return;
  event.preventDefault();
  turn(link.href, null);
});
addEventListener("popstate", (event) => {
  if (location.pathname !== shown) turn(location.href, event.state?.y ?? 0);
});

// For when there is no network (sw.js). When all is there and nothing else to do, the page with what
// it needs is kept, and what can be chosen on it, unless the reader saves data. Where that can't be
// had, such as in a file or without encryption, nothing is other than it was.
const { worker } = document.documentElement.dataset;
const address = worker && new URL(worker, location.href); // before the page is at another
const keepPages = async () => {
  try {
    if (!address || parent !== window || !navigator.serviceWorker) return;
    const folder = new URL(".", address).href;
    const needed = performance.getEntriesByType("resource").map((one) => one.name);
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (
      document.querySelectorAll(".filters a, header nav a:not(.other)")
    );
    const own = [location.href, icon?.href ?? "", ...needed].filter((one) => one.startsWith(folder));
    const { connection } = /** @type {{connection?: {saveData: boolean}}} */ (navigator);
    const next = connection?.saveData ? [] : [...links].map((link) => link.href);
    await navigator.serviceWorker.register(address);
    const { active } = await navigator.serviceWorker.ready;
    if (active?.scriptURL === address.href) active.postMessage({ needed: own, next });
  } catch {
    // A browser that keeps nothing, by its settings or its reader's.
  }
};
addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(keepPages));
