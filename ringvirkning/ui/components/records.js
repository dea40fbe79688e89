// A table of records for Streamlit components v2. Every visible word comes from data.words,
// and every text from the rows is set with textContent: rows come from files we do not trust.
import { make, mount, onPress } from "./component.js";
import { matching, plain } from "./search.js";
import { headings, mark, inOrder } from "./table.js";

/**
 * As `records.py` says it; `sort` has what a cell is sorted by, by its place, where it isn't its text.
 * @typedef {{id: string, href: string, cells: string[], sort: Record<number, string | number | null>}} Row
 * @typedef {{name: string, label: string, numeric: boolean, wide: boolean}} Column
 * @typedef {{key: string, rows: Row[], columns: Column[], words: Record<string, string>,
 *   caption: string, opens: string | null}} Data
 * @typedef {{query: string, sort: string | null, isDown: boolean, page: number}} State
 */

const PER_PAGE = 25;
const SEARCHED_FROM = 8; // fewer rows are seen at a glance
/** @type {Map<string, State>} */
const MEMORY = new Map(); // by data.key: survives leaving the page and coming back

const put = (/** @type {HTMLElement} */ element, /** @type {string} */ text) => {
  if (element.textContent !== text) element.textContent = text; // live regions: only real changes
};

/** A pattern with its places filled: {page} of {pages}. */
export const fill = (/** @type {string} */ pattern, /** @type {Record<string, string>} */ values) =>
  pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** What a row is sorted by in a column; null where it is missing. */
export const sortValue = (/** @type {Row} */ { cells, sort }, /** @type {number} */ place) =>
  place in sort ? sort[place] : cells[place].trim() || null;

/** The field to search in, which calls `find` with what is written there. */
function createSearch(/** @type {(query: string) => void} */ find) {
  const id = `r${Math.random().toString(36).slice(2)}`;
  const label = make("label", { for: id, class: "hidden" });
  const input = make("input", {
    id, type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const clear = make("button", { type: "button", class: "clear" });
  const root = make("div", { class: "search", role: "search" }, label, input, clear);
  input.addEventListener("input", () => find(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    find("");
  });
  clear.addEventListener("click", () => {
    find("");
    input.focus();
  });
  const name = (/** @type {Data} */ { words, caption }) => {
    put(label, words.search);
    input.placeholder = words.search;
    put(clear, words.clear);
    root.ariaLabel = caption;
  };
  const show = (/** @type {string} */ query, /** @type {boolean} */ isWanted) => {
    if (input.value !== query) input.value = query;
    root.hidden = !isWanted && !query;
    clear.hidden = !query;
  };
  return { root, name, show };
}

/** The way through the pages, which calls `turn` with the step wanted. */
function createPager(/** @type {(step: number) => void} */ turn) {
  const place = make("span", { role: "status", "aria-live": "polite" });
  const [previous, next] = [-1, 1].map((step) => {
    const button = make("button", { type: "button" });
    button.addEventListener("click", () => {
      if (button.ariaDisabled !== "true") turn(step);
    });
    return button;
  });
  const root = make("nav", { class: "pager" }, previous, place, next);
  const name = (/** @type {Data} */ { words, caption }) => {
    put(previous, words.previous);
    put(next, words.next);
    root.ariaLabel = caption;
  };
  const show = (/** @type {string} */ text, /** @type {number} */ page, /** @type {number} */ pages) => {
    root.hidden = pages < 2;
    put(place, text);
    // aria-disabled, not disabled: the button one just pressed keeps the focus on the last page.
    previous.ariaDisabled = String(page === 0);
    next.ariaDisabled = String(page === pages - 1);
  };
  return { root, name, show };
}

export default mount((send) => {
  const count = make("p", { class: "count", role: "status", "aria-live": "polite" });
  const head = make("tr", { role: "row" });
  let heads = /** @type {HTMLElement[]} */ ([]);
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { role: "table" }, make("thead", { role: "rowgroup" }, head), body);
  const none = make("p", { class: "none" });
  let data = /** @type {Data} */ ({});
  let state = /** @type {State} */ ({});
  let entries = /** @type {{row: Row, text: string}[]} */ ([]);

  const change = (/** @type {Partial<State>} */ news) => {
    Object.assign(state, { page: 0 }, news);
    draw();
  };
  const search = createSearch((query) => change({ query }));
  const pager = createPager((step) => {
    change({ page: state.page + step });
    if (root.getBoundingClientRect().top < 0) root.scrollIntoView({ block: "start" });
  });
  const root = make("div", { class: "records" },
    make("div", { class: "bar" }, search.root, count), table, none, pager.root);

  const kind = (/** @type {Column} */ { numeric, wide }) => (numeric ? "numeric" : "") + (wide ? " wide" : "");

  const opener = (/** @type {Row} */ row, /** @type {string} */ text) => {
    if (!row.id) return text;
    const link = /^(\.\/\w+)?\?/.test(row.href)
      ? make("a", { href: row.href }) : make("button", { type: "button" });
    link.className = "link";
    link.dataset.focus = `row ${row.id}`;
    link.textContent = text || row.id;
    onPress(link, () => send("opened", row.id));
    return link;
  };

  const bodyRow = (/** @type {Row} */ row) => make("tr", { role: "row" }, ...data.columns.map((column, at) => {
    const attributes = { class: kind(column), "data-label": column.label };
    return column.name === data.opens
      ? make("th", { role: "rowheader", scope: "row", ...attributes }, opener(row, row.cells[at]))
      : make("td", { role: "cell", ...attributes }, row.cells[at]);
  }));

  // What has the focus is found again by its name after it is drawn anew.
  const keepingFocus = (/** @type {() => void} */ draw) => {
    const place = /** @type {Document | ShadowRoot} */ (root.getRootNode());
    const active = /** @type {HTMLElement | null} */ (place.activeElement);
    const name = active && root.contains(active) ? active.dataset.focus : undefined;
    draw();
    if (name === undefined || active?.isConnected) return;
    const named = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-focus]"));
    [...named].find((element) => element.dataset.focus === name)?.focus({ preventScroll: true });
  };

  const draw = () => keepingFocus(() => {
    const { columns, rows, words } = data;
    const column = columns.findIndex(({ name }) => name === state.sort);
    const found = matching(entries, state.query, words.language);
    const shown = column < 0 ? found : inOrder(
      found, ({ row }) => sortValue(row, column), words.language, state.isDown);
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const start = state.page * PER_PAGE;
    body.replaceChildren(...shown.slice(start, start + PER_PAGE).map(({ row }) => bodyRow(row)));
    const number = (/** @type {number} */ value) => value.toLocaleString(words.language);
    const isLong = rows.length > SEARCHED_FROM;
    search.show(state.query, isLong);
    count.hidden = !isLong && !state.query;
    put(count, fill(words.rows, { shown: number(found.length), total: number(rows.length) }));
    put(none, found.length ? "" : rows.length ? words.none : words.empty ?? words.none);
    none.hidden = found.length > 0;
    pager.show(fill(words.page, { page: number(state.page + 1), pages: number(pages) }), state.page, pages);
    mark(heads, column, state.isDown);
  });

  // The room a table needs depends on its columns; with less than that, rows become blocks.
  const fit = () => {
    const room = data.columns.reduce((sum, { name, numeric, wide }) =>
      sum + (name === data.opens || wide ? 12 : numeric ? 5 : 9), 0) * parseFloat(getComputedStyle(root).fontSize);
    if (root.clientWidth) root.classList.toggle("stacked", root.clientWidth < room);
  };
  new ResizeObserver(fit).observe(root);

  const update = (/** @type {Data} */ given) => {
    data = given;
    state = MEMORY.get(data.key) ?? { query: "", sort: null, isDown: false, page: 0 };
    MEMORY.set(data.key, state);
    entries = data.rows.map((row) => ({
      row, text: row.cells.map((cell) => plain(cell, data.words.language)).join("\n"),
    }));
    root.lang = data.words.language;
    table.ariaLabel = data.caption;
    search.name(data);
    pager.name(data);
    keepingFocus(() => {
      // The heading's own name stays the plain label: it is read out with every cell.
      heads = headings(data.columns.map((column) => ({
        label: column.label,
        cell: { role: "columnheader", "aria-label": column.label, class: kind(column) },
        button: {
          "data-focus": `sort ${column.name}`,
          "aria-label": fill(data.words.sort_by, { column: column.label }),
        },
      })), (place, isDown) => change({ sort: data.columns[place].name, isDown }));
      head.replaceChildren(...heads);
      draw();
    });
    fit();
  };
  return { root, update };
});
