// A table of records for Streamlit components v2. Every visible word comes from data.words,
// and every text from the rows is set with textContent: rows come from files we do not trust.
const PER_PAGE = 25;
const MEMORY = new Map(); // data.key -> state: survives leaving the page and coming back

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text; // live regions: only real changes
};
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// The language as the browser knows it; an unknown tag falls back to the browser's own.
const known = (language) => {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
};

// "12 345" and "12345" find each other, whichever space the number is grouped with.
const plain = (text, language) =>
  text.normalize("NFC").toLocaleLowerCase(language).replace(/\s+/g, " ").trim()
    .replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(" ", ""));

function createView(parent) {
  const id = "r" + Math.random().toString(36).slice(2);
  const view = {};
  const label = make("label", { for: id, class: "hidden" });
  const input = make("input", {
    id, type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    enterkeyhint: "search", "data-focus": "search",
  });
  const clear = make("button", { type: "button", class: "clear", "data-focus": "clear" });
  const search = make("div", { class: "search", role: "search" }, label, input, clear);
  const count = make("p", { class: "count", role: "status", "aria-live": "polite" });
  const head = make("tr", { role: "row" });
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { role: "table" },
    make("thead", { role: "rowgroup" }, head), body);
  const none = make("p", { class: "none" });
  const previous = make("button", { type: "button", "data-focus": "previous" });
  const next = make("button", { type: "button", "data-focus": "next" });
  const place = make("span", { role: "status", "aria-live": "polite" });
  const pager = make("nav", { class: "pager" }, previous, place, next);
  const root = make("div", { class: "records" },
    make("div", { class: "bar" }, search, count), table, none, pager);
  parent.append(root);

  let data, state, language, collator, number, entries;

  const matching = () => {
    const terms = plain(state.query, language).split(" ").filter(Boolean);
    const found = entries.filter((entry) => terms.every((term) => entry.text.includes(term)));
    const column = data.columns.findIndex(({ name }) => name === state.sort);
    if (column < 0) return found;
    const value = ({ row }) => {
      const given = String(column) in row.sort;
      const raw = given ? row.sort[column] : row.cells[column];
      const text = raw === null ? "" : String(raw).trim();
      if (typeof raw === "number" || text === "") return text === "" ? null : raw;
      return given && data.columns[column].numeric && Number.isFinite(+text) ? +text : text;
    };
    const compare = (a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b
        : typeof a !== typeof b ? (typeof a === "number" ? -1 : 1) : collator.compare(a, b);
    return found.map((entry) => [value(entry), entry]).sort(([a], [b]) =>
      a === null || b === null ? (a === null) - (b === null) // missing is last, both ways
        : compare(a, b) * (state.descending ? -1 : 1)).map(([, entry]) => entry);
  };

  const opener = (row, text) => {
    if (!row.id) return text;
    const link = row.href.startsWith("?")
      ? make("a", { href: row.href }) : make("button", { type: "button" });
    link.className = "link";
    link.dataset.focus = "row " + row.id;
    link.textContent = text || row.id;
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      view.open("opened", row.id);
    });
    return link;
  };

  const bodyRow = ({ row }) => make("tr", { role: "row" }, ...data.columns.map((column, at) => {
    const opens = column.name === data.opens;
    const cell = opens ? make("th", { role: "rowheader", scope: "row" })
      : make("td", { role: "cell" });
    cell.className = kind(column);
    cell.dataset.label = column.label;
    cell.append(opens ? opener(row, row.cells[at]) : row.cells[at]);
    return cell;
  }));
  const kind = ({ numeric, wide }) => (numeric ? "numeric" : "") + (wide ? " wide" : "");

  // What has the focus is found again by its name after the rows are drawn anew.
  const keepingFocus = (draw) => {
    const active = parent.getRootNode().activeElement;
    const name = root.contains(active) ? active.dataset.focus : undefined;
    draw();
    if (name === undefined || active.isConnected) return;
    [...root.querySelectorAll("[data-focus]")].find((element) => element.dataset.focus === name)
      ?.focus({ preventScroll: true });
  };

  const draw = () => keepingFocus(() => {
    const { words } = data;
    const found = matching();
    const total = entries.length;
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const start = state.page * PER_PAGE;
    body.replaceChildren(...found.slice(start, start + PER_PAGE).map(bodyRow));
    if (input.value !== state.query) input.value = state.query;
    search.hidden = total < 2 && !state.query;
    clear.hidden = !state.query;
    count.hidden = total === 0;
    put(count, fill(words.rows,
      { shown: number.format(found.length), total: number.format(total) }));
    put(none, found.length ? "" : total ? words.none : words.empty ?? words.none);
    none.hidden = found.length > 0;
    pager.hidden = pages < 2;
    put(place, fill(words.page,
      { page: number.format(state.page + 1), pages: number.format(pages) }));
    // aria-disabled, not disabled: the button one just pressed keeps the focus on the last page.
    previous.setAttribute("aria-disabled", String(state.page === 0));
    next.setAttribute("aria-disabled", String(state.page === pages - 1));
    for (const cell of head.children) {
      cell.setAttribute("aria-sort", cell.dataset.name !== state.sort ? "none"
        : state.descending ? "descending" : "ascending");
    }
  });

  const heading = (column) => {
    const button = make("button", {
      type: "button", "data-focus": "sort " + column.name,
      "aria-label": fill(data.words.sort_by, { column: column.label }),
    });
    button.textContent = column.label;
    button.addEventListener("click", () => {
      state.descending = state.sort === column.name && !state.descending;
      state.sort = column.name;
      state.page = 0;
      draw();
    });
    // The heading's own name stays the plain label: it is read out with every cell.
    const cell = make("th", { role: "columnheader", scope: "col", "aria-label": column.label },
      button);
    cell.className = kind(column);
    cell.dataset.name = column.name;
    return cell;
  };

  // The room a table needs depends on its columns; with less than that, rows become blocks.
  const fit = () => {
    const room = data.columns.reduce((sum, { name, numeric, wide }) =>
      sum + (name === data.opens || wide ? 11 : numeric ? 5 : 6.5), 0) * parseFloat(getComputedStyle(root).fontSize);
    if (root.clientWidth) root.classList.toggle("stacked", root.clientWidth < room);
  };
  new ResizeObserver(() => fit()).observe(root);

  const find = (query) => {
    state.query = query;
    state.page = 0;
    draw();
  };
  const turn = (button, step) => button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    state.page += step;
    draw();
    if (root.getBoundingClientRect().top < 0) root.scrollIntoView({ block: "start" });
  });
  turn(previous, -1);
  turn(next, 1);
  input.addEventListener("input", () => find(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.query) {
      event.preventDefault();
      find("");
    }
  });
  clear.addEventListener("click", () => {
    find("");
    input.focus();
  });

  view.update = (given) => {
    data = given;
    const { words } = data;
    state = MEMORY.get(data.key);
    if (!state) {
      state = { query: "", sort: null, descending: false, page: 0 };
      MEMORY.set(data.key, state);
    }
    language = known(words.language);
    collator = new Intl.Collator(language, { numeric: true });
    number = new Intl.NumberFormat(language);
    entries = data.rows.map((row) => ({
      row, text: row.cells.map((cell) => plain(cell, language)).join("\n"),
    }));
    root.lang = words.language ?? "";
    put(label, words.search);
    input.placeholder = words.search;
    put(clear, words.clear);
    table.setAttribute("aria-label", data.caption);
    put(previous, words.previous);
    put(next, words.next);
    for (const landmark of [search, pager]) landmark.setAttribute("aria-label", data.caption);
    keepingFocus(() => {
      head.replaceChildren(...data.columns.map(heading));
      draw();
    });
    fit();
  };
  return view;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let view = VIEWS.get(parentElement);
  if (!view) VIEWS.set(parentElement, (view = createView(parentElement)));
  view.open = setTriggerValue;
  view.update(data);
}
