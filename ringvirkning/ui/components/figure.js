// A figure for Streamlit components v2: head, chart, foot and menu in one element, whose chart is
// changed and not made anew. Every word is set with textContent: names come from files we do not
// trust; those within the chart are made safe where it is drawn.
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

const WIDTH = 1000, PER_LINE = 130, LINE = 17;

// The chart as a picture of its own, with title, legend and all that it rests on.
async function picture(library, { figure, title, legend, menu: { notes } }, format, ground) {
  const { data, layout, config } = JSON.parse(figure);
  const told = new Set(legend.map(({ label }) => safe(label)));
  const named = data.map((trace) => ({ ...trace, showlegend: told.delete(trace.name) }));
  const foot = notes.filter(([, text]) => text)
    .flatMap(([label, text], place) => lines(place ? `${label}: ${text}` : text, PER_LINE)).map(safe);
  const top = 96, bottom = layout.margin.b + foot.length * LINE + 24;
  const said = {
    ...layout,
    font: { ...layout.font, family: "Arial, sans-serif" }, // a picture has no font of the page's
    width: WIDTH,
    height: layout.height + top + bottom - layout.margin.b,
    margin: { ...layout.margin, l: layout.margin.l + 24, r: layout.margin.r + 24, t: layout.margin.t + top, b: bottom },
    paper_bgcolor: ground,
    title: { text: `<b>${lines(title, PER_LINE).map(safe).join("<br>")}</b>`, x: 0.02, y: 1, yanchor: "top", pad: { t: 20 }, font: { size: 20 } },
    showlegend: legend.length > 0,
    legend: { orientation: "h", traceorder: "normal", x: 0, y: 1, yanchor: "bottom" },
    annotations: [...(layout.annotations ?? []), {
      text: foot.join("<br>"), xref: "paper", yref: "paper", x: 0, y: 0, yshift: -layout.margin.b - 12,
      xanchor: "left", yanchor: "top", align: "left", showarrow: false, font: { size: 12 },
    }],
  };
  return library.toImage({ data: named, layout: said, config }, { format, width: WIDTH, height: said.height, scale: 2 });
}

function create() {
  const title = make("h2"), subtitle = make("p"), legend = make("ul"), plot = make("div");
  const chart = make("div", { role: "img", class: "chart" }, plot), foot = make("p", { class: "foot" });
  const failed = make("p", { role: "alert", hidden: "" });
  const ask = make("button", { type: "button" }), beneath = make("div", { class: "beneath" });
  const view = {};
  const drawn = async (format) => {
    const ground = getComputedStyle(root).getPropertyValue("--st-background-color");
    return picture(await plotly(view.data.library), view.data, format, ground);
  };
  const menu = createMenu(view, ask, "h3", { png: () => drawn("png"), svg: () => drawn("svg") });
  const root = make("section", { class: "figure" },
    make("hgroup", {}, title, subtitle), legend, chart, failed, foot, ask, menu.root, beneath);
  view.root = root;

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
      say(view.data.failed);
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
    title.hidden = !data.is_titled;
    subtitle.textContent = data.subtitle;
    legend.hidden = !data.legend.length;
    legend.replaceChildren(...data.legend.map(legendEntry));
    chart.setAttribute("aria-label", data.alt);
    chart.classList.toggle("opens", data.opens);
    foot.textContent = data.foot;
    ask.textContent = data.menu.words.menu;
    menu.update(data.menu);
    if (data.beneath) beneath.replaceChildren(table(data.menu.rows, data.menu));
    chart.hidden = !data.figure;
    if (view.figure === data.figure) return;
    view.figure = data.figure;
    if (data.figure) draw();
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
