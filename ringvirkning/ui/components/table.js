// Tables that are sorted by their headings: up, and pressed again down.
import { make } from "./component.js";

/** @typedef {string | number | null} Value null where it is missing */
/** @typedef {Record<string, string | number>} Attributes */

/**
 * The number that a text shows before what stands in brackets, null where there is none: 1 234,5 in
 * Norwegian, 1,234.5 in English.
 */
export function numberIn(/** @type {string} */ text, /** @type {string} */ language) {
  const mark = language === "en" ? "." : ",";
  const bare = text.replace(/ \(.*\)$/, "").replace("−", "-");
  const digits = bare.replace(new RegExp(`[^\\d${mark}-]`, "g"), "");
  return /\d/.test(digits) ? Number(digits.replace(mark, ".")) : null;
}

/**
 * Rows by their values: numbers before texts, what is missing last, up as well as down.
 * @template Row
 * @param {Row[]} rows
 * @param {(row: Row) => Value} value
 * @param {string} language
 * @param {boolean} isDown
 */
export function inOrder(rows, value, language, isDown) {
  const collator = new Intl.Collator(language, { numeric: true });
  const compare = (/** @type {Value} */ a, /** @type {Value} */ b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number" || typeof b === "number") return typeof a === "number" ? -1 : 1;
    return collator.compare(a ?? "", b ?? "");
  };
  return rows.map((row) => ({ row, value: value(row) })).sort(({ value: a }, { value: b }) =>
    a === null || b === null ? Number(a === null) - Number(b === null)
      : compare(a, b) * (isDown ? -1 : 1)).map(({ row }) => row);
}

/**
 * Headings whose buttons call `sort` with their place and whether it goes down.
 * @param {{label: string, cell?: Attributes, button?: Attributes}[]} columns
 * @param {(place: number, isDown: boolean) => void} sort
 */
export const headings = (columns, sort) => columns.map(({ label, cell, button }, place) => {
  const pressed = make("button", { type: "button", ...button }, label);
  const heading = make("th", { scope: "col", "aria-sort": "none", ...cell }, pressed);
  pressed.addEventListener("click", () => sort(place, heading.ariaSort === "ascending"));
  return heading;
});

/** Show by which heading a table is sorted; by none where `place` is -1. */
export const mark = (/** @type {HTMLElement[]} */ cells, /** @type {number} */ place, /** @type {boolean} */ isDown) =>
  cells.forEach((cell, at) => {
    cell.ariaSort = at !== place ? "none" : isDown ? "descending" : "ascending";
  });

/**
 * The numbers of a figure as rows that a screen reader can walk; the first is the heading.
 * @param {string[][]} all
 * @param {{title: string, language: string, words: Record<string, string>, numeric: boolean[],
 *   has_total: boolean}} menu
 */
export function table([heading, ...rows], { title, language, words, numeric, has_total: hasTotal }) {
  const total = hasTotal ? rows.pop() : undefined;
  const style = (/** @type {number} */ place) =>
    /** @type {Attributes} */ (numeric[place] ? { class: "number" } : {});
  const drawn = (/** @type {string[]} */ row) => make("tr", {}, ...row.map((text, place) =>
    make(place ? "td" : "th", place ? style(place) : { scope: "row" }, text)));
  const body = make("tbody", {}, ...rows.map(drawn));
  const head = headings(
    heading.map((label, place) => ({ label, cell: style(place), button: { title: words.sort } })),
    (place, isDown) => {
      mark(head, place, isDown);
      const value = (/** @type {string[]} */ row) =>
        !numeric[place] ? row[place]
          : row[place].endsWith(words.same) ? 0 : numberIn(row[place], language);
      body.replaceChildren(...inOrder(rows, value, language, isDown).map(drawn));
    },
  );
  return make("table", {},
    make("caption", {}, title), make("thead", {}, make("tr", {}, ...head)), body,
    ...total ? [make("tfoot", {}, drawn(total))] : []);
}
