// The framework has words of its own, in English alone. Where one of them appears it is said in the
// page's language, before it is painted: an observer is told of a change earlier than that. And what
// it gives to be read out is made readable.

/** @typedef {Record<string, Record<string, string>>} Words by language and key */

const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
const LONGEST = 200; // letters
// What we say, and what data say, which may happen to be one of its words.
const COMPONENT = 'svg, [data-testid^="stBidiComponent"], [data-testid="stHtml"]';
const OUR_TEXT = `:is([data-testid="stMain"], [data-testid="stPopoverBody"])
  [data-testid="stMarkdownContainer"]:not([data-testid="stFileUploaderDropzone"] *)`;

const escaped = (/** @type {string} */ text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const WHAT = /\{(\w+)\}/; // what is put in: {n} is digits

/**
 * What says a text in a language; undefined where it is none of these words in another one.
 * @returns {(text: string) => string | undefined}
 */
export function speaker(/** @type {Words} */ words, /** @type {string} */ language) {
  const wanted = words[language] ?? {};
  /** @type {Map<string, string>} */
  const whole = new Map();
  /** @type {[RegExp, string][]} */
  const patterns = [];
  /** @type {string[]} */
  const all = [];
  for (const [code, known] of Object.entries(words)) {
    if (code === language) continue;
    for (const [key, said] of Object.entries(known)) {
      const parts = said.split(WHAT);
      if (parts.length === 1) whole.set(said, wanted[key]);
      else {
        const pattern = parts.map((part, place) => place % 2
          ? `(?<${part}>${part === "n" ? "\\d+" : ".+"})` : escaped(part)).join("");
        patterns.push([new RegExp(`^${pattern}$`), wanted[key]]);
        all.push(pattern.replace(/\?<\w+>/g, ""));
      }
    }
  }
  const any = new RegExp(`^(?:${all.join("|")})$`); // most texts are none, which is seen at once
  return (text) => {
    if (whole.has(text)) return whole.get(text);
    if (text.length > LONGEST || !any.test(text)) return undefined;
    for (const [pattern, said] of patterns) {
      const found = pattern.exec(text)?.groups;
      if (found) return said.split(WHAT).map((part, place) => place % 2 ? found[part] : part).join("");
    }
    return undefined;
  };
}

/** A label as it is read out: the framework gives the Markdown of one, with its colours, and with
 * what keeps it from being markup. */
export const spoken = (/** @type {string} */ label) => label
  .replace(/:red\[((?:\\.|[^\]\\])*)\]/g, "$1").replace(/\\([!-/:-@[-`{-~])/g, "$1");

function follow(/** @type {Words} */ words) {
  const page = document.documentElement;
  let say = speaker(words, page.lang);
  const isWithin = (/** @type {Node} */ node, /** @type {string} */ place) =>
    Boolean((node instanceof Element ? node : node.parentElement)?.closest(place));
  const text = (/** @type {Node} */ node) => {
    const said = say(node.nodeValue ?? "");
    if (said !== undefined && said !== node.nodeValue && !isWithin(node, OUR_TEXT)) node.nodeValue = said;
  };
  const attribute = (/** @type {Element} */ element, /** @type {string} */ name) => {
    const before = element.getAttribute(name), said = before && (say(before) ?? spoken(before));
    if (said && said !== before) element.setAttribute(name, said);
  };
  const every = (/** @type {Node} */ node) => {
    if (node instanceof Element && node.matches(COMPONENT)) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (here) =>
      here instanceof Element && here.matches(COMPONENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let here = /** @type {Node | null} */ (node); here; here = walker.nextNode()) {
      if (here instanceof Element) for (const name of ATTRIBUTES) attribute(here, name);
      else text(here);
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (isWithin(target, COMPONENT)) continue;
      if (type === "childList") for (const node of addedNodes) every(node);
      else if (type === "characterData") text(target);
      else if (attributeName !== "lang") attribute(/** @type {Element} */ (target), attributeName ?? "");
      else if (target === page) {
        say = speaker(words, page.lang);
        every(page);
      }
    }
  }).observe(page, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "lang"],
  });
  every(page);
}

const told = document.getElementById("framework-words")?.textContent;
if (told) follow(JSON.parse(told));
