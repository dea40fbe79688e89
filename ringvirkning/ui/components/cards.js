// Key figures for Streamlit components v2. Every visible word comes from data, and is set with
// textContent: names come from files we do not trust.
import { make, mount } from "./component.js";
import { createMenu } from "./menu.js";
import { asAddress, FAMILY, lines, safe, sites } from "./picture.js";

/**
 * As `cards.py` says it; `values` are those of the years, null where nothing is known.
 * @typedef {{label: string, number: string, change: string, note: string, example: string,
 *   asks: string, values: (number | null)[]}} Card
 * @typedef {import("./menu.js").Menu} Menu
 */

const WIDTH = 150, HEIGHT = 34, MARGIN = 4; // of a spark line, pixels
const FEWEST = 4; // values that make a line; fewer are dots

const draw = (/** @type {string} */ tag, /** @type {Record<string, string | number>} */ attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
};

// The line of the values; from zero, the last one marked.
export function spark(/** @type {(number | null)[]} */ values) {
  const top = Math.max(...values.map(Number), 0) || 1;
  const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
  const dots = values.flatMap((value, i) => value === null ? [] : [
    [MARGIN + i * step, HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN)],
  ]);
  const line = dots.length < FEWEST ? [] : [draw("polyline", { points: dots.join(" ") })];
  const shown = line.length ? dots.slice(-1) : dots;
  return [...line, ...shown.map(([cx, cy], i) =>
    draw("circle", { cx, cy, r: i === shown.length - 1 ? 3.2 : 2 }))];
}

const PICTURE = 700, LETTERS = 96, LINE = 16; // pixels wide, letters and pixels of a line

/** The key figure as a picture of its own, with all that it rests on below; in the page's colours. */
function picture(/** @type {Card} */ card, /** @type {Menu} */ menu, /** @type {string} */ ground, /** @type {string} */ ink) {
  const { label, number, change, note, example, values } = card;
  const foot = menu.notes.flatMap(([name, text]) => lines(`${name}: ${sites(text)}`, LETTERS));
  const height = 190 + foot.length * LINE;
  const written = (/** @type {string} */ text, /** @type {number} */ y, size = 12, weight = 400) =>
    `<text x="24" y="${y}" font-size="${size}" font-weight="${weight}">${safe(text)}</text>`;
  const line = spark(values).map((part) => part.outerHTML).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE}" height="${height}"`
    + ` viewBox="0 0 ${PICTURE} ${height}" font-family="${FAMILY}" fill="${ink}">`
    + `<rect width="100%" height="100%" fill="${ground}"/>`
    + written(label, 36, 18, 700) + written(number, 88, 44, 700)
    + written([change, note, example].filter(Boolean).join(" · "), 114, 14)
    + `<g transform="translate(20 122)" stroke="${ink}" fill="none" stroke-width="1.8">${line}</g>`
    + foot.map((text, i) => written(text, 186 + i * LINE)).join("") + "</svg>";
}

function createCard(/** @type {import("./component.js").Send} */ send) {
  let shown = /** @type {Card} */ ({}), told = /** @type {Menu} */ ({});
  const label = make("span"), badge = make("span", { class: "badge" });
  const ask = make("button", { type: "button", class: "label" },
    label, make("span", { class: "mark", "aria-hidden": "true" }, "?"));
  const drawn = () => {
    const style = getComputedStyle(root);
    return picture(shown, told, style.getPropertyValue("--st-background-color"), style.color);
  };
  const menu = createMenu(send, ask, "h2",
    { png: () => asAddress(drawn(), "png"), svg: () => asAddress(drawn(), "svg") });
  const number = make("p", { class: "number" }), change = make("p", { class: "quiet" });
  const note = make("p", { class: "quiet" });
  const line = draw("svg", {
    width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true",
  });
  const root = make("li", { class: "card" },
    ask, menu.root, number, change, line, note, badge);

  const update = (/** @type {Card} */ card, /** @type {Menu} */ itsMenu) => {
    [shown, told] = [card, itsMenu];
    label.textContent = card.label;
    ask.setAttribute("aria-label", card.asks);
    menu.update(told);
    number.textContent = card.number;
    change.textContent = card.change;
    line.replaceChildren(...spark(card.values));
    note.textContent = card.note;
    badge.textContent = card.example;
    badge.hidden = !card.example;
  };
  return { root, update };
}

export default mount((send) => {
  /** @type {ReturnType<typeof createCard>[]} */
  let views = [];
  const root = make("ul", { class: "cards" });
  const update = (/** @type {{language: string, cards: Card[], menus: Menu[]}} */ { language, cards, menus }) => {
    if (views.length !== cards.length) {
      views = cards.map(() => createCard(send));
      root.replaceChildren(...views.map((view) => view.root));
    }
    root.lang = language;
    for (const [i, view] of views.entries()) view.update(cards[i], menus[i]);
  };
  return { root, update };
});
