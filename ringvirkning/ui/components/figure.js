// A figure for Streamlit components v2: head, chart, foot and menu in one element, whose chart is
// changed and not made anew. Every word is set with textContent: names come from files we do not
// trust; those within the chart are made safe where it is drawn.
import { make, mount } from "./component.js";
import { createMenu } from "./menu.js";
import { asAddress, FAMILY, faces, lines, safe, sites } from "./picture.js";
import { table } from "./table.js";

/**
 * As `figure.py` says it; `figure` is what Plotly draws, in JSON.
 * @typedef {{label: string, colour: string, kinds: string[]}} Entry of a legend
 * @typedef {{language: string, title: string, is_titled: boolean, subtitle: string,
 *   legend: Entry[], library: string, figure: string, alt: string, told: string[], foot: string, opens: boolean,
 *   beneath: boolean, failed: string, menu: import("./menu.js").Menu}} Data
 * @typedef {{data: any[], layout: any, config: any}} Drawing
 */

// Plotly.js, once for all figures.
/** @type {Promise<any> | undefined} */
let loading;
const plotly = (/** @type {string} */ name) => loading ??= new Promise((resolve, reject) => {
  const script = make("script", { src: new URL(name, document.baseURI).href });
  script.addEventListener("load", () => resolve(/** @type {any} */ (window).Plotly));
  script.addEventListener("error", reject);
  document.head.append(script);
});

const legendEntry = (/** @type {Entry} */ { label, colour, kinds }) => make("li", {},
  ...kinds.map((kind) => make("b", { class: kind, style: `color: ${colour}` })), " ", label);

// Of a picture: pixels, and letters of a line.
const WIDTH = 1000, LINE = 17, TITLE_PER_LINE = 86, PER_LINE = 130, FOOT_PER_LINE = 155;
const APART = 3; // pixels between words along a chart
const SMALLEST = 11; // pixels: letters that are still read
const SHEET = 690; // pixels across A4 between its margins

// No observer is told of how wide a sheet of paper is.
/** @type {Set<any>} */
const plots = new Set();
const fit = (/** @type {number | null} */ width) => {
  for (const plot of plots) {
    if (!plot.isConnected) plots.delete(plot);
    else /** @type {any} */ (window).Plotly.relayout(plot, { width, autosize: !width });
  }
};
addEventListener("beforeprint", () => fit(SHEET));
addEventListener("afterprint", () => fit(null));

/**
 * The chart as a picture of its own, with title, subtitle, legend and all that it rests on.
 * @param {Data} shown
 * @param {string} format
 * @param {string} ground the colour behind it
 */
async function picture({ library, figure, title, legend, menu: { notes } }, format, ground) {
  const { data, layout, config } = /** @type {Drawing} */ (JSON.parse(figure));
  const left = new Set(legend.map(({ label }) => safe(label)));
  const named = data.map((trace) => ({ ...trace, showlegend: left.delete(trace.name) }));
  const [[, subtitle], ...more] = notes;
  const foot = more.flatMap(([label, text]) => lines(`${label}: ${sites(text)}`, FOOT_PER_LINE)).map(safe);
  const above = lines(title, TITLE_PER_LINE).map(safe), below = lines(subtitle, PER_LINE).map(safe);
  const head = 20 + above.length * 26 + below.length * LINE;
  const top = head + 44, bottom = layout.margin.b + foot.length * LINE + 24;
  const whole = {
    ...layout,
    font: { ...layout.font, family: FAMILY },
    width: WIDTH,
    height: layout.height + top + bottom - layout.margin.b,
    margin: { ...layout.margin, l: layout.margin.l + 24, r: layout.margin.r + 24, t: layout.margin.t + top, b: bottom },
    paper_bgcolor: ground,
    title: {
      text: `<b>${above.join("<br>")}</b>`, x: 0.02, y: 1, yanchor: "top", pad: { t: 20 }, font: { size: 20 },
      subtitle: { text: below.join("<br>"), font: { size: 14 } },
    },
    showlegend: legend.length > 0,
    legend: { orientation: "h", traceorder: "normal", x: 0, y: 1, yanchor: "bottom" },
    annotations: [...(layout.annotations ?? []), {
      text: foot.join("<br>"), xref: "paper", yref: "paper", x: 0, y: 0, yshift: -layout.margin.b - 12,
      xanchor: "left", yanchor: "top", align: "left", showarrow: false, font: { size: 12 },
    }],
  };
  await faces();
  const drawn = await (await plotly(library)).toImage(
    { data: named, layout: whole, config }, { format: "svg", width: WIDTH, height: whole.height });
  return asAddress(decodeURIComponent(drawn.slice(drawn.indexOf(",") + 1)), format);
}

// A name that a narrow chart has no room for is shortened, of several the longest first.
const shorten = (/** @type {SVGTextElement} */ text, /** @type {number} */ right) => {
  const names = (text.textContent ?? "").split(" · ");
  while (text.getBoundingClientRect().right > right && names.some((name) => name.length > 4)) {
    const longest = names.reduce((at, { length }, i) => length > names[at].length ? i : at, 0);
    names[longest] = `${names[longest].replace(/…$/, "").slice(0, -1).trimEnd()}…`;
    text.textContent = names.join(" · ");
  }
};

// Of the words along a chart those that stand apart, the last always.
const spread = (/** @type {SVGTextElement[]} */ words) => {
  let left = Infinity; // Plotly keeps them in an order of its own
  const placed = words.filter(text => text.textContent).map(text => ({ text, box: text.getBoundingClientRect() })).sort((a, b) => b.box.left - a.box.left);
  for (const { text, box } of placed) {
    const isApart = box.right + APART <= left;
    text.style.visibility = isApart ? "" : "hidden";
    if (isApart) left = box.left;
  }
};

// What is said after a bar, where a narrow chart has no room for it: in smaller letters, then without its last parts,
// which the table has.
const lessen = (/** @type {SVGTextElement} */ text, /** @type {number} */ right) => {
  const words = /** @type {SVGTSpanElement} */ (text.querySelector("tspan"));
  const { left, width } = text.getBoundingClientRect();
  if (left + width <= right) return;
  text.style.fontSize = `${Math.max(SMALLEST, parseFloat(getComputedStyle(text).fontSize) * (right - left) / width)}px`;
  for (let parts = (words.textContent ?? "").split(" · "); parts.length > 1 && text.getBoundingClientRect().right > right;) {
    parts = parts.slice(0, -1);
    words.textContent = parts.join(" · ");
  }
};

// Of the words above columns those that touch no other, the last always.
const apart = (/** @type {SVGTextElement[]} */ words) => {
  const kept = /** @type {DOMRect[]} */ ([]);
  for (const text of words.reverse()) {
    const box = text.getBoundingClientRect();
    const isFree = kept.every(({ left, right, top, bottom }) =>
      box.right < left || box.left > right || box.bottom < top || box.top > bottom);
    text.style.visibility = isFree ? "" : "hidden";
    if (isFree) kept.push(box);
  }
};

/** The chart itself, or that it cannot be drawn; `open` is told what a mark that is clicked stands for. */
function createChart(/** @type {(key: string) => void} */ open) {
  const plot = /** @type {any} */ (make("div")); // Plotly makes more of it
  const root = make("div", { role: "img", class: "chart" }, plot);
  const failed = make("p", { role: "alert", hidden: "" });
  let drawn = "", width = 0, isWatched = false;

  const watch = (/** @type {any} */ library) => {
    isWatched = true;
    plots.add(plot);
    new ResizeObserver(() => {
      if (plot.clientWidth === width || !plot.clientWidth) return;
      width = plot.clientWidth;
      library.Plots.resize(plot);
    }).observe(plot);
    plot.on("plotly_afterplot", makeRoom);
    plot.on("plotly_click", (/** @type {any} */ { points: [{ customdata }] }) => {
      if (customdata !== undefined) open(String(customdata));
    });
  };

  const makeRoom = () => {
    spread([...plot.querySelectorAll(".xtick text")]);
    const { right } = plot.getBoundingClientRect();
    for (const text of plot.querySelectorAll(".annotation-text")) (text.children.length ? lessen : shorten)(text, right);
    for (const layer of plot.querySelectorAll(".scatterlayer .text")) apart([...layer.querySelectorAll("text")]);
    for (const text of plot.querySelectorAll(".bartext")) {
      text.style.visibility = text.getBoundingClientRect().height < SMALLEST ? "hidden" : "";
    }
  };

  const draw = async (/** @type {Data} */ { figure, library: name, failed: words }) => {
    const { data, layout, config } = /** @type {Drawing} */ (JSON.parse(figure));
    plot.style.height = `${layout.height}px`; // what is below stays where it is
    root.ariaBusy = "true";
    let fault = "";
    try {
      const library = await plotly(name);
      if (figure !== drawn) return; // overtaken
      width = plot.clientWidth;
      await library.react(plot, data, layout, config);
      if (!isWatched) watch(library);
      makeRoom();
    } catch {
      fault = words;
    }
    failed.textContent = fault;
    failed.hidden = !fault;
    root.hidden = Boolean(fault);
    if (figure === drawn) root.ariaBusy = "false";
  };

  const update = (/** @type {Data} */ data) => {
    root.setAttribute("aria-label", data.alt);
    root.classList.toggle("opens", data.opens);
    root.hidden = !data.figure;
    if (drawn === data.figure) return;
    drawn = data.figure;
    if (drawn) draw(data);
  };
  return { parts: [root, failed], update };
}

export default mount((send) => {
  const title = make("h2"), subtitle = make("p"), legend = make("ul"), told = make("ul", { class: "happened" }), foot = make("p", { class: "foot" });
  const ask = make("button", { type: "button" }), beneath = make("div", { class: "beneath" });
  let shown = /** @type {Data} */ ({});
  const chart = createChart((key) => shown.opens && send("opened", key));
  const drawn = (/** @type {string} */ format) =>
    picture(shown, format, getComputedStyle(root).getPropertyValue("--st-background-color"));
  const menu = createMenu(send, ask, "h3", { png: () => drawn("png"), svg: () => drawn("svg") });
  const root = make("section", { class: "figure" },
    make("hgroup", {}, title, subtitle), legend, ...chart.parts, told, foot, ask, menu.root, beneath);

  const update = (/** @type {Data} */ data) => {
    shown = data;
    root.lang = data.language;
    title.textContent = data.title;
    title.hidden = !data.is_titled;
    subtitle.textContent = data.subtitle;
    legend.hidden = !data.legend.length;
    legend.replaceChildren(...data.legend.map(legendEntry));
    chart.update(data);
    told.hidden = !data.told.length;
    told.replaceChildren(...data.told.map((words) => make("li", {}, words)));
    foot.textContent = data.foot;
    ask.textContent = data.menu.words.menu;
    menu.update(data.menu);
    if (data.beneath) beneath.replaceChildren(table(data.menu.rows, data.menu));
  };
  return { root, update };
});
