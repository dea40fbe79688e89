// The search of every page, for Streamlit components v2. What is found are links; the arrow keys go
// from one to the next, and what is written meanwhile goes on in the field.
import { make, mount, onPress } from "./component.js";
import { matching, plain, rank } from "./search.js";

/**
 * As `finder.py` says it: an id, a name, what else is said, an address.
 * @typedef {[string, string, string, string]} Hit
 * @typedef {{label: string, href: string, found: Hit[]}} Group
 * @typedef {{language: string, groups: Group[], words: Record<string, string>}} Data
 */

const MOST = 6; // of a kind, else one kind hides the others
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

const isOpening = (/** @type {KeyboardEvent} */ event) => !event.altKey && !event.shiftKey
  && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";

export default mount((send) => {
  let data = /** @type {Data} */ ({});
  let entries = /** @type {{group: Group, hit: Hit, text: string}[]} */ ([]);
  const word = make("span"), shortcut = make("kbd", { "aria-hidden": "true" }, isMac ? "⌘ K" : "Ctrl K");
  const button = make("button", { type: "button", class: "opens", "aria-keyshortcuts": "Control+K Meta+K" }, word, shortcut);
  const field = make("input", {
    type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = make("button", { type: "button", class: "close" }, make("span", { "aria-hidden": "true" }, "×"));
  const count = make("p", { role: "status", class: "count" });
  const hits = make("div", { class: "hits" });
  const keys = make("p", { class: "keys" });
  const dialog = make("dialog", {}, make("div", {}, make("div", { class: "field" }, field, close), count, hits, keys));
  const root = make("div", { class: "finder" }, button, dialog);
  const links = () => [...hits.querySelectorAll("a")];

  const link = (/** @type {Group} */ group, /** @type {Hit} */ [id, name, said, href]) => {
    const address = href || group.href.replace(/\bID\b/, encodeURIComponent(id));
    const found = make("a", { href: address }, make("span", {}, name), ...said ? [make("small", {}, said)] : []);
    onPress(found, () => {
      dialog.close();
      send("opened", `${group.label}\n${id}`);
    });
    return make("li", {}, found);
  };

  const draw = () => {
    const { words, groups, language } = data, query = field.value.trim();
    const found = query ? matching(entries, query, language) : entries.filter(({ group }) => group === groups.at(-1));
    const ranked = found.map((entry) => ({ ...entry, at: query ? rank(entry.hit[1], query, language) : 0 }))
      .sort((a, b) => a.at - b.at);
    // What is nearest to what is asked for stands first, and its kind.
    const drawn = Map.groupBy(ranked, ({ group }) => group);
    hits.replaceChildren(...[...drawn].map(([group, own]) => make("section", {},
      make("h2", {}, group.label),
      make("ul", {}, ...(query ? own.slice(0, MOST) : own).map(({ hit }) => link(group, hit))),
      ...query && own.length > MOST ? [make("p", {}, words.more.replace("{n}", String(own.length - MOST)))] : [])));
    hits.querySelector("a")?.classList.toggle("first", Boolean(query));
    count.textContent = !query ? "" : found.length
      ? words.count.replace("{n}", found.length.toLocaleString(language)) : words.none.replace("{query}", query);
    count.classList.toggle("none", Boolean(query) && !found.length);
  };

  const open = () => {
    draw();
    dialog.showModal();
    field.select();
  };
  button.addEventListener("click", open);
  field.addEventListener("input", draw);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close(); // beside what is in it
  });
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the framework has keys of its own
    const stops = [field, ...links()], at = stops.findIndex((stop) => stop.matches(":focus"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpening(event)) {
      event.preventDefault(); // else it is the browser's
      field.select();
    } else if (step) {
      event.preventDefault();
      stops[(Math.max(at, 0) + step + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      stops[1]?.click();
    } else if (at > 0 && (event.key.length === 1 || event.key === "Backspace") && !event.ctrlKey && !event.metaKey && event.key !== " ") {
      field.focus(); // what is typed goes on there
    }
  });

  const listen = (/** @type {KeyboardEvent} */ event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", listen);
    if (dialog.open || !isOpening(event)) return;
    event.preventDefault();
    open();
  };
  document.addEventListener("keydown", listen);

  const update = (/** @type {Data} */ given) => {
    data = given;
    const { words, groups, language } = data;
    entries = groups.flatMap((group) => group.found.map((hit) => ({
      group, hit, text: plain(`${hit[1]}\n${hit[2]}`, language),
    })));
    root.lang = language;
    word.textContent = words.title;
    dialog.ariaLabel = words.title;
    field.placeholder = field.ariaLabel = words.field;
    close.ariaLabel = close.title = words.close;
    keys.textContent = words.keys;
    if (dialog.open) draw();
  };
  return { root, update };
});
