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

// A list of names is narrowed to those that have what is written; what stands on other pages of the
// list is asked for when somebody begins to write.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll("[data-search]")
)) {
  const around = field.closest("p");
  const said = around?.querySelector("output");
  const kinds = document.querySelectorAll("section:has([data-name], [data-part])");
  const parts = document.querySelectorAll("section [data-part]"); // whose names are here, once had
  let hasAll = false;
  const names = /** @type {{row: HTMLElement, name: string, isOther: boolean}[]} */ ([]);
  /** @param {Element} row @param {boolean} isOther */
  const add = (row, isOther) => {
    // Of a table, what stands in its first two columns; of a list, all of it.
    const parts = row instanceof HTMLTableRowElement ? [...row.cells].slice(0, 2) : [row];
    const name = parts.map((part) => part.textContent).join(" ").toLowerCase();
    names.push({ row: /** @type {HTMLElement} */ (row), name, isOther });
  };
  for (const row of document.querySelectorAll("[data-name]")) add(row, false);
  const narrow = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { row, name, isOther } of names) {
      row.hidden = wanted.length ? !wanted.every((part) => name.includes(part)) : isOther;
      left += row.hidden ? 0 : 1;
    }
    for (const { parentElement: item } of parts) {
      if (item) item.hidden = hasAll && wanted.length > 0;
    }
    for (const kind of /** @type {NodeListOf<HTMLElement>} */ (kinds)) {
      kind.hidden = !kind.querySelector("li:not([hidden]), tr:not([hidden])");
    }
    if (said) said.textContent = `${left} / ${names.length}`;
  };
  const others = async () => {
    for (const link of document.querySelectorAll("a[data-part]")) {
      const page = await pageAt(/** @type {HTMLAnchorElement} */ (link).href);
      for (const found of page.querySelectorAll("tr[data-name]")) {
        const row = document.importNode(/** @type {HTMLTableRowElement} */ (found), true);
        const table = document.querySelector("table:has([data-name]) tbody");
        const item = table ? row : itemOf(row);
        (table ?? link.closest("ul"))?.append(item);
        add(item, true);
      }
    }
    hasAll = true;
    narrow();
  };
  field.addEventListener("input", narrow);
  field.addEventListener("input", () => others().catch(() => {}), { once: true });
  if (around) around.hidden = false;
}

/** A row of a table as one of a list of names. @param {HTMLTableRowElement} row */
function itemOf(row) {
  const [item, note] = [document.createElement("li"), document.createElement("span")];
  note.className = "note";
  item.dataset.name = "";
  note.append(...(row.cells[1]?.childNodes ?? []));
  item.append(...row.cells[0].childNodes, " ", note);
  return item;
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
// Where nothing is drawn a browser may never say that it is idle.
const soon = window.requestIdleCallback ?? setTimeout;
addEventListener("load", () => soon(keepPages, { timeout: 2000 }));
