// Key figures for Streamlit components v2. Every visible word comes from data, and is set with
// textContent: names come from files we do not trust.
const WIDTH = 150, HEIGHT = 34, MARGIN = 4; // of a spark line, pixels
const FEWEST = 4; // values that make a line; fewer are dots

const draw = (tag, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

// The values by year, null where nothing is known; from zero, the last one marked.
function spark(values) {
  const top = Math.max(...values, 0) || 1;
  const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
  const dots = values.flatMap((value, i) => value === null ? [] : [
    [MARGIN + i * step, HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN)],
  ]);
  const line = dots.length < FEWEST ? [] : [draw("polyline", { points: dots.join(" ") })];
  const shown = line.length ? dots.slice(-1) : dots;
  return [...line, ...shown.map(([cx, cy], i) =>
    draw("circle", { cx, cy, r: i === shown.length - 1 ? 3.2 : 2 }))];
}

// The key figure as a picture of its own, with all that it rests on below.
const PICTURE = 700, LETTERS = 96, LINE = 16; // pixels wide, letters and pixels of a line
function pictured({ label, number, change, note, example, values, menu }, ground, ink) {
  const foot = menu.notes.filter(([, text]) => text)
    .flatMap(([name, text]) => lines(`${name}: ${text}`, LETTERS));
  const height = 190 + foot.length * LINE;
  const written = (text, y, size, weight = 400) =>
    `<text x="24" y="${y}" font-size="${size}" font-weight="${weight}">${safe(text)}</text>`;
  const line = spark(values).map((part) => part.outerHTML).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE}" height="${height}"`
    + ` viewBox="0 0 ${PICTURE} ${height}" font-family="Arial, sans-serif" fill="${ink}">`
    + `<rect width="100%" height="100%" fill="${ground}"/>`
    + written(label, 36, 18, 700) + written(number, 88, 44, 700)
    + written([change, note, example].filter(Boolean).join(" · "), 114, 14)
    + `<g transform="translate(20 122)" stroke="${ink}" fill="none" stroke-width="1.8">${line}</g>`
    + foot.map((text, i) => written(text, 186 + i * LINE, 12)).join("") + "</svg>";
}

const asAddress = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

async function asPng(svg) {
  const image = new Image();
  image.src = asAddress(svg);
  await image.decode();
  const canvas = make("canvas", { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function createCard(view) {
  let shown;
  const label = make("span"), badge = make("span", { class: "badge" });
  const ask = make("button", { type: "button", class: "label" },
    label, make("span", { class: "mark", "aria-hidden": "true" }, "?"));
  const drawn = () => {
    const style = getComputedStyle(root);
    return pictured(shown, style.getPropertyValue("--st-background-color"), style.color);
  };
  const menu = createMenu(view, ask, "h2",
    { png: () => asPng(drawn()), svg: () => asAddress(drawn()) });
  const number = make("p", { class: "number" }), change = make("p", { class: "quiet" });
  const note = make("p", { class: "quiet" });
  const line = draw("svg", { width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
  const root = make("li", { class: "card" },
    ask, menu.root, number, change, line, note, badge);

  const update = (card) => {
    shown = card;
    label.textContent = card.label;
    ask.setAttribute("aria-label", card.asks);
    menu.update(card.menu);
    number.textContent = card.number;
    change.textContent = card.change;
    line.replaceChildren(...spark(card.values));
    note.textContent = card.note;
    badge.textContent = card.example;
    badge.hidden = !card.example;
  };
  return { root, update };
}

export default function ({ data, parentElement, setTriggerValue }) {
  let view = VIEWS.get(parentElement);
  if (view?.cards.length !== data.cards.length) {
    view?.list.remove();
    view = {};
    view.cards = data.cards.map(() => createCard(view));
    view.list = make("ul", { class: "cards" }, ...view.cards.map((card) => card.root));
    parentElement.append(view.list);
    VIEWS.set(parentElement, view);
  }
  view.trigger = setTriggerValue;
  view.list.lang = data.language;
  view.cards.forEach((card, i) => card.update(data.cards[i]));
}
