// A figure for Streamlit components v2: head, chart, foot and menu in one element, whose chart is
// changed and not made anew. Every word is set with textContent: names come from files we do not
// trust; those within the chart are made safe where it is drawn.
const VIEWS = new WeakMap(); // parentElement -> view: survives reruns
const GAP = 8; // between the menu's button and the menu

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// Plotly.js, once for all figures.
let loading;
const plotly = (name) => loading ??= new Promise((resolve, reject) => {
  const script = make("script", { src: new URL(name, document.baseURI) });
  script.addEventListener("load", () => resolve(window.Plotly));
  script.addEventListener("error", reject);
  document.head.append(script);
});

const legendEntry = ({ label, colour, kinds }) => make("li", {},
  ...kinds.map((kind) => make("b", { class: kind, style: `color: ${colour}` })), " ", label);

// The same numbers as rows that a screen reader can walk; the first is the heading.
function table([heading, ...rows], caption) {
  const numeric = heading.map((_, place) =>
    place > 0 && rows.every((row) => /^[\d\s.,%−–-]*$/.test(row[place])));
  const row = (cells, tag, rest) => make("tr", {}, ...cells.map((cell, place) => make(
    place || tag === "th" ? tag : "th",
    { scope: tag === "th" ? "col" : "row", ...rest, ...(numeric[place] && { class: "number" }) },
    cell)));
  return make("table", {},
    make("caption", {}, caption),
    make("thead", {}, row(heading, "th")),
    make("tbody", {}, ...rows.map((cells) => row(cells, "td"))));
}

const about = ({ measures, rows, sql }, { title, words }) => [
  ...measures.map(({ name, definition }) => make("p", {}, make("strong", {}, name), `: ${definition}`)),
  make("h3", {}, words.table),
  table(rows, title),
  ...sql.flatMap(({ name, text }) => [
    make("h3", {}, `${words.sql} queries/${name}.sql`),
    make("pre", { tabindex: "0" }, make("code", {}, text)),
  ]),
];

function create() {
  const title = make("h2"), subtitle = make("p"), legend = make("ul"), plot = make("div");
  const chart = make("div", { role: "img", class: "chart" }, plot), foot = make("p", { class: "foot" });
  const failed = make("p", { role: "alert", hidden: "" });
  const ask = make("button", { type: "button", "aria-expanded": "false" });
  const menu = make("div", { class: "menu", popover: "auto" });
  const root = make("section", { class: "figure" },
    make("hgroup", {}, title, subtitle), legend, chart, failed, foot, ask, menu);
  const view = { root };

  ask.addEventListener("pointerdown", (event) => event.preventDefault()); // else it closes first
  ask.addEventListener("click", () => menu.togglePopover());
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") menu.replaceChildren(...about(view.data.about, view.data));
  });
  menu.addEventListener("toggle", ({ newState }) => {
    ask.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") return;
    const at = ask.getBoundingClientRect(), size = menu.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const above = at.bottom + GAP + size.height > clientHeight;
    menu.style.left = `${Math.max(Math.min(at.left, clientWidth - size.width - GAP), GAP)}px`;
    menu.style.top = `${Math.max(above ? at.top - GAP - size.height : at.bottom + GAP, GAP)}px`;
  });

  const say = (words) => {
    failed.textContent = words;
    failed.hidden = !words;
    chart.hidden = Boolean(words);
  };

  const draw = async () => {
    const { figure } = view, { data, layout, config } = JSON.parse(figure);
    plot.style.height = `${layout.height}px`; // what is below stays where it is
    chart.ariaBusy = "true";
    try {
      const library = await plotly(view.data.library);
      if (figure !== view.figure) return; // overtaken
      view.width = plot.clientWidth;
      await library.react(plot, data, layout, config);
      if (!view.watched) watch(library);
      say("");
    } catch {
      say(view.data.words.failed);
    }
    if (figure === view.figure) chart.ariaBusy = "false";
  };

  const watch = (library) => {
    view.watched = new ResizeObserver(() => {
      if (plot.clientWidth === view.width || !plot.clientWidth) return;
      view.width = plot.clientWidth;
      library.Plots.resize(plot);
    });
    view.watched.observe(plot);
    plot.on("plotly_click", ({ points: [{ customdata }] }) => {
      if (view.data.opens && customdata !== undefined) view.trigger("opened", String(customdata));
    });
  };

  view.update = (data) => {
    view.data = data;
    root.lang = data.language;
    title.textContent = data.title;
    subtitle.textContent = data.subtitle;
    legend.hidden = !data.legend.length;
    legend.replaceChildren(...data.legend.map(legendEntry));
    chart.setAttribute("aria-label", data.alt);
    chart.classList.toggle("opens", data.opens);
    foot.textContent = data.foot;
    ask.textContent = data.words.menu;
    if (menu.matches(":popover-open")) menu.replaceChildren(...about(data.about, data));
    if (view.figure === data.figure) return;
    view.figure = data.figure;
    draw();
  };
  return view;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let view = VIEWS.get(parentElement);
  if (!view) {
    view = create();
    parentElement.append(view.root);
    VIEWS.set(parentElement, view);
  }
  view.trigger = setTriggerValue;
  view.update(data);
}
