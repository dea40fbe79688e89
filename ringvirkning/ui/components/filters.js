// The filters for Streamlit components v2: every choice is a checkbox. What is chosen is sent as the
// parameters of an address, by codes; every word comes from data, and is set with textContent.
import { drawAhead, make, mount, settle } from "./component.js";
import { keepPlace } from "./scroll.js";
import { matching, plain } from "./search.js";

/**
 * As `filters.py` says it; `number` is that of the choice which the server has answered.
 * @typedef {{code: string, said: string, is_left: boolean, count: string, counted: string, is_chosen: boolean}} Choice
 * @typedef {{name: string, label: string, acts: boolean, choices: Choice[]}} List
 * @typedef {{language: string, selection: string, is_whole: boolean, lists: List[], span: [number, number],
 *   years: [number, number], illustrative: boolean, events: boolean, number: number, ahead: string,
 *   words: Record<string, string>, page: string, story: string, wrong: string}} Data
 * @typedef {ReturnType<typeof checkbox>} Box
 */

const MOST_AT_A_GLANCE = 30; // choices: where there are more, they can be searched

function checkbox(/** @type {() => void} */ changed) {
  const input = make("input", { type: "checkbox" }), text = make("span");
  input.addEventListener("change", changed);
  return { root: make("label", {}, input, text), input, text };
}

const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });

/**
 * One stop for the Tab key in a place with many that can be pressed; arrows go from one to the next.
 * What it gives is called when there are others.
 */
function oneStop(/** @type {HTMLElement} */ place, /** @type {string} */ pressed) {
  const all = () => /** @type {HTMLElement[]} */ ([...place.querySelectorAll(pressed)])
    .filter((each) => !each.closest("[hidden]"));
  const keep = (/** @type {HTMLElement | undefined} */ one) => {
    const each = all(), stop = one ?? each.find(({ tabIndex }) => tabIndex === 0) ?? each[0];
    for (const other of each) other.tabIndex = other === stop ? 0 : -1;
  };
  place.addEventListener("focusin", ({ target }) => keep(/** @type {HTMLElement} */ (target)));
  place.addEventListener("keydown", (event) => {
    const step = STEPS[event.key], each = all();
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    each.at((each.indexOf(/** @type {HTMLElement} */ (event.target)) + step) % each.length)?.focus();
  });
  return () => keep(undefined);
}

/** The field to search the choices of a list in; those that don't match are hidden. */
function createSearch(/** @type {Box[]} */ boxes, /** @type {() => void} */ changed) {
  const input = make("input", {
    type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const none = make("p", { role: "status" });
  let words = /** @type {Record<string, string>} */ ({}), language = "";
  const find = () => {
    const entries = boxes.map(({ root, text }) => ({ root, text: plain(text.textContent ?? "", language) }));
    const found = new Set(matching(entries, input.value, language));
    for (const entry of entries) entry.root.hidden = !found.has(entry);
    none.textContent = found.size ? "" : words.none;
    changed();
  };
  input.addEventListener("input", find);
  const name = (/** @type {Data} */ data) => {
    ({ words, language } = data);
    input.placeholder = input.ariaLabel = words.search;
    find();
  };
  return { parts: [input, none], name };
}

export default mount((send) => {
  /** @type {{name: string, legend: HTMLElement, boxes: Map<string, Box>, root: HTMLElement,
   *   search: ReturnType<typeof createSearch> | null, keepStop: () => void}[]} */
  let shown = [];
  let words = /** @type {Record<string, string>} */ ({});
  let sent = -1, ahead = ""; // the number of the last choice; where what it changes is asked for
  const word = make("strong"), selection = make("span");
  const first = make("select"), last = make("select"), years = make("legend");
  const help = make("p"), reset = make("button", { type: "button" });
  const lists = make("div", { class: "lists" });

  // First what the page has drawn ahead of its run, then the run: of several choices of the last one.
  const choose = async (/** @type {Record<string, string[]>} */ chosen) => {
    const number = ++sent;
    const pairs = Object.entries(chosen).flatMap(([name, codes]) => codes.map((code) => [name, code]));
    if (ahead) await drawAhead(`${ahead}&${new URLSearchParams(pairs)}`, number);
    if (number === sent) send("chosen", { ...chosen, number });
  };
  const changed = () => choose({
    ...Object.fromEntries(shown.map(({ name, boxes }) =>
      [name, [...boxes].filter(([, { input }]) => input.checked).map(([code]) => code)])),
    // All years are no filter: another association may have others.
    years: first.selectedIndex || last.selectedIndex < last.length - 1 ? [`${first.value}-${last.value}`] : [],
    examples: examples.input.checked ? [] : ["no"],
    events: events.input.checked ? [] : ["no"],
  });
  const examples = checkbox(changed), events = checkbox(changed);
  first.addEventListener("change", () => {
    if (first.selectedIndex > last.selectedIndex) last.selectedIndex = first.selectedIndex;
    changed();
  });
  last.addEventListener("change", () => {
    if (first.selectedIndex > last.selectedIndex) first.selectedIndex = last.selectedIndex;
    changed();
  });
  reset.addEventListener("click", () => choose({}));
  const chips = make("ul"), keepChip = oneStop(chips, "button");
  const rest = make("div", { class: "rest" },
    make("fieldset", {}, years, first, " – ", last),
    make("div", {}, examples.root, help, events.root),
    reset);
  const root = make("div", { class: "filters" },
    make("details", {},
      make("summary", {}, word, " ", selection),
      lists,
      rest),
    chips);

  // What is chosen, each to be let go of without opening the filters.
  const chip = (/** @type {string} */ said, /** @type {() => void} */ letGo) => {
    const button = make("button", { type: "button" }, said, make("span", { "aria-hidden": "true" }, " ×"));
    button.ariaLabel = words.remove.replace("{name}", said);
    button.addEventListener("click", () => {
      letGo();
      changed();
    });
    return make("li", {}, button);
  };
  const box = (/** @type {number} */ list, /** @type {string} */ code) =>
    /** @type {Box} */ (shown[list].boxes.get(code));
  const drawChips = (/** @type {Data} */ { lists: all, span: [begin, end], years: [from, to], illustrative, events: happened, is_whole }) => {
    const kept = all.flatMap(({ choices, acts }, i) => choices.filter(({ is_chosen }) => acts && is_chosen)
      .map(({ code, said }) => chip(said, () => { box(i, code).input.checked = false; })));
    if (is_whole && (from !== begin || to !== end)) {
      kept.push(chip(from === to ? `${from}` : `${from}–${to}`, () => {
        first.value = String(begin);
        last.value = String(end);
      }));
    }
    if (is_whole && !illustrative) kept.push(chip(words.without_examples, () => { examples.input.checked = true; }));
    if (is_whole && !happened) kept.push(chip(words.without_events, () => { events.input.checked = true; }));
    chips.replaceChildren(...kept);
    chips.hidden = !kept.length;
    keepChip();
  };

  // The choices of a list, made anew only when there are others.
  const list = (/** @type {List} */ { name, label, choices }) => {
    const legend = make("legend"), boxes = new Map(choices.map(({ code }) => [code, checkbox(changed)]));
    const place = make("div", { class: "choices" }, ...[...boxes.values()].map(({ root }) => root));
    const keepStop = oneStop(place, "input");
    const search = boxes.size > MOST_AT_A_GLANCE ? createSearch([...boxes.values()], keepStop) : null;
    legend.textContent = label;
    return { name, legend, boxes, search, keepStop, root: make("fieldset", { name }, legend, ...search?.parts ?? [], place) };
  };

  const update = (/** @type {Data} */ data) => {
    if (data.ahead !== ahead) settle(); // another page
    ({ words, ahead } = data);
    if (sent < 0) sent = data.number;
    root.lang = data.language;
    keepPlace(data.page, data.story, data.wrong);
    word.textContent = words.title;
    selection.textContent = data.selection;
    const drawn = shown.map(({ name, boxes }) => [name, ...boxes.keys()]);
    const wanted = data.lists.map(({ name, choices }) => [name, ...choices.map(({ code }) => code)]);
    if (JSON.stringify(drawn) !== JSON.stringify(wanted)) {
      shown = data.lists.map(list);
      lists.replaceChildren(...shown.map(({ root }) => root));
    }
    // What the reader has chosen since is not taken back by an answer to what was chosen before.
    const overtaken = data.number < sent;
    rest.hidden = !data.is_whole;
    data.lists.forEach(({ label, choices, acts }, i) => {
      shown[i].legend.textContent = label;
      /** @type {HTMLElement} */ (shown[i].legend.parentElement).hidden = !acts;
      for (const { code, said, is_left, count, counted, is_chosen } of choices) {
        const { root, input, text } = box(i, code);
        text.textContent = is_left ? said : `${said} – ${words.no_data}`;
        root.dataset.count = count; // which is drawn after it
        root.title = input.ariaDescription = counted;
        root.classList.toggle("without", !is_left);
        if (!overtaken) input.checked = is_chosen;
      }
      shown[i].search?.name(data);
      shown[i].keepStop();
    });
    years.textContent = words.years;
    first.ariaLabel = words.from_year;
    last.ariaLabel = words.to_year;
    const { span: [begin, end], years: [from, to] } = data;
    if (first.length !== end - begin + 1 || Number(first.options[0].value) !== begin) {
      for (const select of [first, last]) {
        const before = Number(select.value) || begin;
        select.replaceChildren();
        for (let year = begin; year <= end; year++) select.add(new Option(String(year)));
        select.value = String(Math.min(Math.max(before, begin), end));
      }
    }
    if (!overtaken) {
      first.value = String(from);
      last.value = String(to);
      examples.input.checked = data.illustrative;
      events.input.checked = data.events;
    }
    examples.text.textContent = words.illustrative;
    help.textContent = words.illustrative_help;
    events.text.textContent = words.events;
    reset.textContent = words.reset;
    drawChips(data);
  };
  askAgain(root, changed);
  return { root, update };
});

/**
 * The server's process that knew the page may have ended, and another one knows it by its address
 * alone; the framework asks for nothing when it has a connection again, and what a menu leads to
 * would be of all that there is.
 */
function askAgain(/** @type {Node} */ place, /** @type {() => void} */ ask) {
  const app = document.querySelector('[data-testid="stApp"]'), state = "data-test-connection-state";
  const watching = new MutationObserver(() => {
    if (!place.isConnected) watching.disconnect();
    else if (app?.getAttribute(state) === "CONNECTED") ask();
  });
  if (app) watching.observe(app, { attributeFilter: [state] });
}
