// Where a question is put, for Streamlit components v2: lists of the browser's own, and links to
// questions that are ready. What is chosen is sent as its list and code; words are textContent.
import { make, mount, onPress } from "../components/component.js";

/**
 * As `asking.py` says it.
 * @typedef {{code: string, said: string}} Choice
 * @typedef {{label: string, choices: Choice[]}} Group of choices; one without a label stands alone
 * @typedef {{name: string, label: string, groups: Group[], chosen: string}} List
 * @typedef {{name: string, said: string, href: string}} Ready a question; without a name a link
 */

const PAIR = ["first", "second"];
const option = (/** @type {Choice} */ { code, said }) => new Option(said, code);

/** @type {(list: List, choose: (name: string, code: string) => void) => Element} */
const list = ({ name, label, groups, chosen }, choose) => {
  const select = make("select", { name });
  for (const { label: title, choices } of groups) {
    select.append(...(title
      ? [make("optgroup", { label: title }, ...choices.map(option))] : choices.map(option)));
  }
  select.value = chosen;
  select.addEventListener("change", () => choose(name, select.value));
  return make("label", {}, make("span", {}, label), select);
};

export default mount((send) => {
  const lists = make("div", { class: "lists", role: "group" });
  const ready = make("ul"), title = make("summary");
  const folded = make("details", {}, title, ready), heading = make("h2");
  const root = make("div", { class: "asking" }, folded, heading, lists);

  // Two that are compared are sent together, since either alone says nothing.
  const named = (/** @type {string} */ name) =>
    /** @type {HTMLSelectElement | null} */ (lists.querySelector(`[name="${name}"]`));
  const choose = (/** @type {string} */ name, /** @type {string} */ code) => {
    const two = PAIR.map((one) => named(one)?.value);
    send("chosen", `${name} ${PAIR.includes(name) ? two.join("\n") : code}`);
  };

  const link = (/** @type {Ready} */ { name, said, href }) => {
    const anchor = make("a", { href }, said);
    if (name) onPress(anchor, () => send("chosen", `ready ${name}`));
    return make("li", {}, anchor);
  };

  /** @param {{language: string, lists: List[], ready: Ready[], words: Record<string, string>}} data */
  const update = (data) => {
    root.lang = data.language;
    title.textContent = data.words.ready;
    lists.ariaLabel = data.words.ask;
    folded.hidden = !data.ready.length;
    heading.hidden = !folded.hidden; // where ready questions stand above, with a heading of theirs
    heading.textContent = data.words.ask;
    ready.replaceChildren(...data.ready.map(link));
    const focused = document.activeElement?.getAttribute("name");
    lists.replaceChildren(...data.lists.map((one) => list(one, choose)));
    if (focused) named(focused)?.focus({ preventScroll: true });
  };
  return { root, update };
});
