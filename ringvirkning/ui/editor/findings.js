// Findings beside the sheets they are in. Texts come from files we do not trust: textContent only.
import { make, mount } from "../components/component.js";

/**
 * As `findings.py` says it. A place is a cell, by row and column; without a column the row, without
 * a sheet the file. What stands in it, `value`, can be corrected under a key of its file, to one of the words if
 * there are any.
 * @typedef {{file: string, key: string, value: string, label: string, shared: string,
 *   words: string[]}} Fix
 * @typedef {{text: string, sheet: number | null, row: number, column: number | null,
 *   fix?: Fix | null}} Place
 * @typedef {{summary: string, more: string, places: Place[]}} Group
 * @typedef {{level: string, heading: string, none: string, groups: Group[]}} Level
 * @typedef {{levels: Level[], sheets: {title: string, rows: [number, string[]][]}[], mark: string,
 *   correct: string, choose: string, longest: number}} Data
 */

// Columns as spreadsheets call them, from 0: A, B, … Z, AA.
/** @type {(place: number) => string} */
export const letters = (place) =>
  (place < 26 ? "" : letters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

/** The texts about each cell of each sheet; of a row as a whole under the column -1. */
export function marksByCell(/** @type {Level[]} */ levels) {
  /** @type {Map<string, {level: string, texts: string[]}>} */
  const found = new Map();
  for (const { level, groups } of levels) {
    for (const { summary, places } of groups) {
      for (const { sheet, row, column } of places) {
        if (sheet === null) continue;
        const at = `${sheet} ${row} ${column ?? -1}`;
        const mark = found.get(at) ?? { level, texts: [] };
        mark.texts.push(summary);
        found.set(at, mark);
      }
    }
  }
  return found;
}

/** A part of a sheet as a spreadsheet shows it, with its cells marked. */
function createSheet() {
  const title = make("p", { class: "title", "aria-hidden": "true" });
  const table = make("table");
  const pane = make("div", { class: "pane", role: "region", tabindex: "0" }, table);
  const root = make("div", { class: "sheet" }, title, pane);
  let data = /** @type {Data} */ ({});
  let marks = marksByCell([]);
  /** @type {number | undefined} */
  let drawn;

  const cell = (/** @type {"th" | "td"} */ tag, /** @type {string} */ text, /** @type {string} */ at) => {
    const made = make(tag, tag === "th" ? { scope: "row" } : {}, text);
    const mark = marks.get(at);
    if (mark) {
      made.className = `marked ${mark.level}`;
      made.title = mark.texts.join("\n");
      made.append(make("span", { class: "hidden" }, ` (${data.mark}: ${mark.texts.join(" ")})`));
    } else if (text.length > 30) made.title = text;
    return made;
  };

  const draw = (/** @type {number} */ number) => {
    drawn = number;
    const { title: name, rows } = data.sheets[number];
    const width = Math.max(...rows.map(([, cells]) => cells.length));
    title.textContent = name;
    // The same sheet stands beside what must be fixed and beside the rest.
    pane.setAttribute("aria-label", [name, ...data.levels.map(({ heading }) => heading)].join(", "));
    table.setAttribute("aria-label", name);
    const places = [...Array(width).keys()];
    const head = make("tr", {}, make("td"),
      ...places.map((place) => make("th", { scope: "col" }, letters(place))));
    const body = make("tbody");
    let before = 0;
    for (const [row, cells] of rows) {
      if (before && row > before + 1) {
        body.append(make("tr", { class: "gap", "aria-hidden": "true" },
          make("th", {}, "⋮"), make("td", { colspan: width })));
      }
      before = row;
      body.append(make("tr", { "data-row": row }, cell("th", String(row), `${number} ${row} -1`),
        ...places.map((place) => cell("td", cells[place] ?? "", `${number} ${row} ${place}`))));
    }
    table.replaceChildren(make("thead", {}, head), body);
  };

  const show = (/** @type {Place} */ { sheet, row, column }) => {
    if (sheet === null) return;
    if (sheet !== drawn) draw(sheet);
    table.querySelector(".current")?.classList.remove("current");
    const line = table.querySelector(`tr[data-row="${row}"]`);
    const there = line?.children[column === null ? 0 : column + 1];
    if (!(line instanceof HTMLElement && there instanceof HTMLElement)) return;
    there.classList.add("current");
    const right = there.offsetLeft + there.offsetWidth;
    const isSeen = there.offsetLeft > pane.scrollLeft && right < pane.scrollLeft + pane.clientWidth;
    pane.scrollTo({
      top: line.offsetTop - pane.clientHeight / 3,
      left: isSeen ? pane.scrollLeft : there.offsetLeft - pane.clientWidth / 3,
    });
  };

  const update = (/** @type {Data} */ given) => {
    data = given;
    marks = marksByCell(data.levels);
    drawn = undefined;
  };
  const reveal = () => pane.scrollIntoView({ block: "nearest" });
  return { root, update, show, reveal };
}

export default mount((send) => {
  const sheet = createSheet(), list = make("div", { class: "list" });
  const root = make("div", { class: "findings" }, make("div", {}, list, sheet.root));
  /** @type {Map<string, boolean>} */
  const opened = new Map(); // by summary, whether a group was opened or closed

  /** @type {Map<string, string>} */
  const written = new Map(); // in fields, and not sent yet
  const named = (/** @type {Fix} */ { file, key }) => `${file}\n${key}`;
  const fields = () => /** @type {NodeListOf<HTMLElement & { value: string }>} */ (list.querySelectorAll("li :is(input, select)"));

  // All that was written is sent by any of the buttons, or by Enter.
  const correct = (/** @type {Data} */ data) => {
    /** @type {Record<string, Record<string, string>>} */
    const given = {};
    for (const { fix } of data.levels.flatMap(({ groups }) => groups.flatMap(({ places }) => places))) {
      const text = fix && written.get(named(fix));
      if (fix && text !== undefined && text !== null && text !== fix.value) {
        given[fix.file] ??= {};
        given[fix.file][fix.key] = text;
      }
    }
    if (Object.keys(given).length) send("answered", given);
  };

  const choosing = (/** @type {Fix} */ { label, words }, /** @type {string} */ value, /** @type {Data} */ { choose }) => {
    const options = [...new Set([value, ...words])].map((word) => new Option(word || choose, word));
    const select = make("select", { "aria-label": label }, ...options);
    select.value = value;
    return select;
  };

  const fixForm = (/** @type {Place} */ place, /** @type {Fix} */ fix, /** @type {Data} */ data) => {
    const value = written.get(named(fix)) ?? fix.value;
    /** @type {HTMLElement & { value: string }} */
    const input = fix.words.length
      ? choosing(fix, value, data)
      : make("input", { type: "text", "aria-label": fix.label, maxlength: data.longest, value });
    input.dataset.name = named(fix);
    input.addEventListener("input", () => written.set(named(fix), input.value));
    input.addEventListener("focus", () => sheet.show(place));
    // A column that was copied fills the fields below.
    input.addEventListener("paste", (event) => {
      const lines = event.clipboardData?.getData("text").trimEnd().split(/\r?\n/) ?? [];
      if (lines.length < 2) return;
      event.preventDefault();
      const below = [...fields()];
      below.splice(0, below.indexOf(input));
      for (const [at, text] of lines.slice(0, below.length).entries()) {
        below[at].value = text.slice(0, data.longest);
        written.set(below[at].dataset.name ?? "", below[at].value);
      }
    });
    const form = make("form", {}, make("span", {}, fix.shared), input, make("button", {}, data.correct));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      written.set(named(fix), input.value);
      correct(data);
    });
    return form;
  };

  const placeItem = (/** @type {Place} */ place, /** @type {Data} */ data) => {
    const more = place.fix ? [fixForm(place, place.fix, data)] : [];
    if (place.sheet === null) return make("li", {}, place.text, ...more);
    const button = make("button", { type: "button" }, place.text);
    button.addEventListener("click", () => {
      sheet.show(place);
      sheet.reveal();
    });
    return make("li", {}, button, ...more);
  };

  // What must be fixed stands open at first.
  const isOpen = (/** @type {string} */ level, /** @type {string} */ summary) =>
    opened.get(summary) ?? level === "must_fix";

  const groupItem = (
    /** @type {string} */ level, /** @type {Group} */ { summary, places, more }, /** @type {Data} */ data,
  ) => {
    const heading = make("summary", {}, summary);
    const items = make("ul", {}, ...places.map((place) => placeItem(place, data)), ...(more ? [make("li", {}, more)] : []));
    const group = make("details", isOpen(level, summary) ? { open: "" } : {}, heading, items);
    heading.addEventListener("click", () => {
      opened.set(summary, !group.open); // it opens or closes after this
      const first = places.find(({ sheet }) => sheet !== null);
      if (!group.open && first) sheet.show(first);
    });
    return group;
  };

  const levelPart = (/** @type {Level} */ { level, heading, none, groups }, /** @type {Data} */ data) =>
    make("section", { class: level }, make("h3", {}, heading),
      ...(none ? [make("p", {}, none)] : groups.map((group) => groupItem(level, group, data))));

  const update = (/** @type {Data} */ data) => {
    sheet.update(data);
    const focused = document.activeElement instanceof HTMLElement
      ? document.activeElement.dataset.name : undefined;
    list.replaceChildren(...data.levels.map((level) => levelPart(level, data)));
    const there = [...fields()];
    const names = new Set(there.map((field) => field.dataset.name));
    for (const name of written.keys()) if (!names.has(name)) written.delete(name);
    there.find((field) => focused && field.dataset.name === focused)?.focus({ preventScroll: true });
    const first = data.levels.flatMap(({ groups }) => groups.flatMap(({ places }) => places))
      .find((place) => place.sheet !== null);
    sheet.root.hidden = !first;
    root.classList.toggle("alone", !first);
    if (first) sheet.show(first);
    const firstError = list.querySelector(".must_fix :is(input, select)") ?? list.querySelector(".must_fix summary");
    firstError?.setAttribute("id", "first-error");
  };
  return { root, update };
});
