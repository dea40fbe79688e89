// A figure for Streamlit components v2: head, chart, foot and menu in one element, whose chart is
// changed and not made anew. Every word is set with textContent: names come from files we do not
// trust; those within the chart are made safe where it is drawn.
const GAP = 8; // between the menu's button and the menu

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

const isNumber = (text) => /^[\d\s.,%−–-]*$/.test(text);
const numberIn = (text) => Number(text.replace(/[^\d,.−-]/g, "").replace("−", "-").replace(",", "."));

// The same numbers as rows that a screen reader can walk; the first is the heading. A heading
// pressed sorts, up and then down.
function table([heading, ...rows], { title, language, words }) {
  const numeric = heading.map((_, place) =>
    place > 0 && rows.every((row) => isNumber(row[place])));
  const row = (cells) => make("tr", {}, ...cells.map((cell, place) => make(
    place ? "td" : "th", { ...(!place && { scope: "row" }), ...(numeric[place] && { class: "number" }) },
    cell)));
  const body = make("tbody", {}, ...rows.map(row));
  const collator = new Intl.Collator(language, { numeric: true });
  const headings = heading.map((label, place) => {
    const button = make("button", { type: "button", title: words.sort }, label);
    const cell = make("th", { scope: "col", "aria-sort": "none", ...(numeric[place] && { class: "number" }) },
      button);
    button.addEventListener("click", () => {
      const down = cell.ariaSort === "ascending";
      for (const other of headings) other.ariaSort = "none";
      cell.ariaSort = down ? "descending" : "ascending";
      const compare = ([a, b]) => numeric[place] ? numberIn(a) - numberIn(b) : collator.compare(a, b);
      body.replaceChildren(...rows
        .toSorted((a, b) => compare([a[place], b[place]]) * (down ? -1 : 1)).map(row));
    });
    return cell;
  });
  return make("table", {},
    make("caption", {}, title), make("thead", {}, make("tr", {}, ...headings)), body);
}

const about = ({ notes, rows, sql }, data) => [
  make("dl", {}, ...notes.filter(([, text]) => text)
    .flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, text)])),
  make("h3", {}, data.words.table),
  table(rows, data),
  ...sql.flatMap(({ name, text }) => [
    make("h3", {}, `${data.words.sql} queries/${name}.sql`),
    make("pre", { tabindex: "0" }, make("code", {}, text)),
  ]),
];

const save = (name, content) => {
  const link = make("a", { href: content, download: name });
  link.click();
  if (content.startsWith("blob:")) URL.revokeObjectURL(content);
};

// Text within a picture: Plotly takes markup for such.
const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const WIDTH = 1000, PER_LINE = 130, LINE = 17;
const lines = (text) => text.match(new RegExp(`.{1,${PER_LINE}}(?:\\s|$)|\\S+`, "g")) ?? [];

// The chart as a picture of its own, with title, legend and all that it rests on.
async function picture(library, { figure, title, legend, about: { notes } }, format, ground) {
  const { data, layout, config } = JSON.parse(figure);
  const told = new Set(legend.map(({ label }) => safe(label)));
  const named = data.map((trace) => ({ ...trace, showlegend: told.delete(trace.name) }));
  const foot = notes.filter(([, text]) => text)
    .flatMap(([label, text], place) => lines(place ? `${label}: ${text}` : text)).map(safe);
  const top = 96, bottom = layout.margin.b + foot.length * LINE + 24;
  const said = {
    ...layout,
    font: { ...layout.font, family: "Arial, sans-serif" }, // a picture has no font of the page's
    width: WIDTH,
    height: layout.height + top + bottom - layout.margin.b,
    margin: { ...layout.margin, l: layout.margin.l + 24, r: layout.margin.r + 24, t: layout.margin.t + top, b: bottom },
    paper_bgcolor: ground,
    title: { text: `<b>${lines(title).map(safe).join("<br>")}</b>`, x: 0.02, y: 1, yanchor: "top", pad: { t: 20 }, font: { size: 20 } },
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
  const ask = make("button", { type: "button", "aria-expanded": "false" });
  const said = make("div");
  const tools = make("p", { class: "tools" });
  const copied = make("span", { role: "status" });
  const menu = make("div", { class: "menu", popover: "auto" }, tools, said);
  const root = make("section", { class: "figure" },
    make("hgroup", {}, title, subtitle), legend, chart, failed, foot, ask, menu);
  const view = { root };

  ask.addEventListener("pointerdown", (event) => event.preventDefault()); // else it closes first
  ask.addEventListener("click", () => menu.togglePopover());
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") fill();
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

  const fill = () => {
    copied.textContent = "";
    said.replaceChildren(...about(view.data.about, view.data));
  };

  const tool = (label, act) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  };
  const drawTools = ({ words, name }) => tools.replaceChildren(
    words.download,
    tool("CSV", () => view.trigger("wanted", "csv")),
    tool("Excel", () => view.trigger("wanted", "xlsx")),
    ...["PNG", "SVG"].map((format) => tool(format, async () => {
      const ground = getComputedStyle(root).getPropertyValue("--st-background-color");
      const kind = format.toLowerCase();
      save(`${name}.${kind}`, await picture(await plotly(view.data.library), view.data, kind, ground));
    })),
    tool(words.copy_link, copyLink),
    copied,
  );

  // With the version, so that who follows it sees the same numbers.
  const copyLink = async () => {
    const link = new URL(window.location.href);
    link.searchParams.set("version", view.data.version);
    try {
      await navigator.clipboard.writeText(link.href);
      copied.textContent = view.data.words.copied;
    } catch {
      copied.textContent = link.href; // no clipboard without HTTPS: to be marked by hand
    }
  };

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
    const told = JSON.stringify([data.about, data.words]);
    if (told !== view.told) {
      view.told = told;
      drawTools(data);
      if (menu.matches(":popover-open")) fill();
    }
    if (data.file && data.file.turn !== view.saved) {
      view.saved = data.file.turn;
      save(`${data.name}.${data.file.kind}`, `data:application/octet-stream;base64,${data.file.content}`);
    }
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
