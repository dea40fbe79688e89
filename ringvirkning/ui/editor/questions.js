// Questions about files in tables, each answered by the browser's own list. Texts come from files
// we do not trust: textContent only.
import { make, mount } from "../components/component.js";

/**
 * As `questions.py` says it. `options` are codes with their words, the likeliest first; of many
 * that are chosen `value` has a line each. `leave` is the code that leaves it out, if one does.
 * @typedef {{file: string, key: string, said: string, question: string, found: string, by: string,
 *   options: [string, string][], value: string | null, is_guessed: boolean,
 *   may_be_all: boolean, leave: string, written: string, search: string, undo: string, was: string}} Row
 * @typedef {{label: string, options: [string, string][], take: string}} Rest
 * @typedef {{title: string, file: string, heads: string[], accept: string, leave: string,
 *   rest: Rest | null, rows: Row[]}} Group
 * @typedef {{language: string, title: string, groups: Group[], words: Record<string, string>}} Data
 */

const WRITE = "\0"; // no answer of a file's
const PAUSE = 700; // ms in which arrow keys may pass over answers that are not meant
const FEW = 12; // choices that are seen at a glance

const named = (/** @type {Row} */ { file, key }) => `${file}\n${key}`;

export default mount((send) => {
  const title = make("h3", { tabindex: -1 }), tables = make("div");
  const root = make("div", { class: "questions" }, title, tables);
  /** @type {Record<string, Record<string, string>>} */
  let given = {}; // what was answered since the server answered last, by file and key
  /** @type {Map<string, {text: string, line: HTMLTableRowElement}>} */
  let lines = new Map();
  let later = 0;

  const answer = (/** @type {Row[]} */ rows, /** @type {(row: Row) => string} */ of) => {
    for (const row of rows) {
      given[row.file] ??= {};
      given[row.file][row.key] = of(row);
    }
    clearTimeout(later);
    send("answered", given);
  };

  const button = (/** @type {string} */ said, /** @type {() => void} */ act) => {
    const made = make("button", { type: "button" }, said);
    made.addEventListener("click", act);
    return made;
  };

  const writing = (/** @type {Row} */ row) => {
    const input = make("input", { type: "text", "aria-label": row.written, maxlength: 200 });
    input.addEventListener("change", () => input.value.trim() && answer([row], () => input.value));
    return input;
  };

  const correcting = (/** @type {Row} */ row) => {
    const input = make("input", { type: "text", "aria-label": row.question, maxlength: 200, value: row.value ?? "" });
    input.addEventListener("change", () => answer([row], () => input.value));
    const undo = button(row.undo, () => answer([row], ({ was }) => was));
    undo.ariaLabel = `${row.undo}: ${row.question}`;
    undo.hidden = row.value === row.was;
    return make("div", { class: "correcting" }, input, undo);
  };

  const fieldsOf = (/** @type {Row} */ row, /** @type {Data} */ { words }) => {
    if (row.undo) return correcting(row);
    return row.search ? choosingMany(row) : choosing(row, words);
  };

  const choosing = (/** @type {Row} */ row, /** @type {Record<string, string>} */ words) => {
    const select = make("select", { "aria-label": row.question });
    const options = row.options.map(([code, said]) => new Option(said, code));
    const isOpen = row.value === null;
    if (isOpen) select.append(new Option(words.open, ""));
    if (isOpen && row.is_guessed && options.length > 1) {
      select.append(make("optgroup", { label: words.likely }, options[0]),
        make("optgroup", { label: words.others }, ...options.slice(1)));
    } else select.append(...options);
    if (row.written) select.append(new Option(words.write, WRITE));
    select.value = row.value ?? "";
    const box = make("div", {}, select);
    let byKey = false;
    const take = () => select.value && answer([row], () => select.value);
    select.addEventListener("pointerdown", () => { byKey = false; });
    select.addEventListener("keydown", ({ key }) => {
      byKey = key !== "Enter";
      if (key === "Enter" && select.value !== WRITE && select.value !== (row.value ?? "")) take();
    });
    select.addEventListener("blur", () => {
      if (byKey && select.value !== WRITE && select.value !== (row.value ?? "")) take();
      byKey = false;
    });
    select.addEventListener("change", () => {
      clearTimeout(later);
      box.querySelector("input")?.remove();
      if (select.value === WRITE) {
        box.append(writing(row));
        if (!byKey) box.querySelector("input")?.focus();
      } else if (byKey) later = setTimeout(take, PAUSE);
      else take();
    });
    return box;
  };

  const choosingMany = (/** @type {Row} */ row) => {
    const chosen = new Set(row.value?.split("\n"));
    const boxes = row.options.map(([code, said]) => {
      const box = make("input", { type: "checkbox", value: code });
      box.checked = chosen.has(code);
      return make("label", {}, box, said);
    });
    const list = make("div", { class: "many", role: "group", "aria-label": row.question }, ...boxes);
    list.addEventListener("change", () => {
      const now = [...list.querySelectorAll("input")].filter((box) => box.checked);
      answer([row], () => now.map((box) => box.value).join("\n"));
    });
    if (boxes.length <= FEW) return list;
    const search = make("input", { type: "search", "aria-label": row.search });
    search.addEventListener("input", () => {
      const sought = search.value.toLowerCase();
      for (const box of boxes) box.hidden = !box.textContent?.toLowerCase().includes(sought);
    });
    return make("div", {}, search, list);
  };

  const lineOf = (/** @type {Row} */ row, /** @type {Group} */ { heads }, /** @type {Data} */ data) => {
    const text = JSON.stringify([row, heads, data.words]);
    const before = lines.get(named(row));
    if (before?.text === text) return before.line;
    const cells = [make("th", { scope: "row" }, row.said), make("td", { class: "found" }, row.found)];
    const by = make("span", { class: "by" }, row.by);
    const last = make("td", {}, fieldsOf(row, data), by);
    const line = make("tr", { class: row.value === null ? "open" : "done" }, ...cells, last);
    line.dataset.name = named(row);
    lines.set(named(row), { text, line });
    return line;
  };

  const tableOf = (/** @type {Group} */ group, /** @type {Data} */ data) => {
    const open = group.rows.filter(({ value }) => value === null);
    const hasFound = group.rows.some(({ found }) => found);
    const heads = group.heads.map((head) => make("th", { scope: "col" }, head));
    const table = make("table", hasFound ? {} : { class: "bare" },
      make("caption", {}, make("b", {}, group.title), " ", make("span", {}, group.file)),
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...group.rows.map((row) => lineOf(row, group, data))));
    const acts = make("p", { class: "acts" });
    if (group.accept) {
      acts.append(button(group.accept, () => {
        answer(open.filter(({ is_guessed }) => is_guessed), ({ options }) => options[0][0]);
      }));
    }
    if (group.leave) {
      acts.append(button(group.leave, () => answer(open.filter(({ leave }) => leave), ({ leave }) => leave)));
    }
    if (group.rest) acts.append(...answeringAll(group.rest, open.filter((row) => row.may_be_all)));
    return make("section", {}, table, ...(acts.childNodes.length ? [acts] : []));
  };

  const answeringAll = (/** @type {Rest} */ { label, options, take }, /** @type {Row[]} */ open) => {
    const select = make("select", {}, ...options.map(([code, said]) => new Option(said, code)));
    return [make("label", {}, label, " ", select), button(take, () => select.value && answer(open, () => select.value))];
  };

  const update = (/** @type {Data} */ data) => {
    root.lang = data.language;
    title.textContent = data.title;
    title.hidden = !data.title;
    const rows = data.groups.flatMap((group) => group.rows);
    given = {};
    const focused = document.activeElement?.closest?.("tr")?.dataset.name;
    tables.replaceChildren(...data.groups.map((group) => tableOf(group, data)));
    const there = new Set(rows.map(named));
    lines = new Map([...lines].filter(([name]) => there.has(name)));
    const line = focused && lines.get(focused)?.line;
    const field = /** @type {HTMLElement | null} */ (line ? line.querySelector("select, input") : null);
    field?.focus({ preventScroll: true });
    for (const field of tables.querySelectorAll("[id]")) field.removeAttribute("id");
    tables.querySelector(".open select, .open input")?.setAttribute("id", "first-question");
  };
  return { root, update };
});
