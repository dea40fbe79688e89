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

function createCard(view) {
  const label = make("span"), badge = make("span", { class: "badge" });
  const ask = make("button", { type: "button", class: "label" },
    label, make("span", { class: "mark", "aria-hidden": "true" }, "?"));
  const menu = createMenu(view, ask, "h2");
  const number = make("p", { class: "number" }), change = make("p", { class: "quiet" });
  const note = make("p", { class: "quiet" });
  const line = draw("svg", { width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
  const root = make("li", { class: "card" },
    ask, menu.root, number, change, line, note, badge);

  const update = (card) => {
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
