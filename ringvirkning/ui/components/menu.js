// The menu of a figure or a key figure, the same for all: what it means and rests on, its table, its
// query, and all of it as files and as a link. Every word is set with textContent.
const GAP = 8; // between the menu's button and the menu
const LEAST = 240; // pixels high, wherever it stands

const isNumber = (text) => /^[\d\s.,%+−–-]*$/.test(text);
const numberIn = (text) => Number(text.replace(/[^\d,.−-]/g, "").replace("−", "-").replace(",", "."));

// The same numbers as rows that a screen reader can walk; the first is the heading. A heading
// pressed sorts, up and then down.
function table([heading, ...rows], { title, language, words, has_total: hasTotal }) {
  const total = hasTotal ? rows.pop() : undefined;
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
    make("caption", {}, title), make("thead", {}, make("tr", {}, ...headings)), body,
    ...total ? [make("tfoot", {}, row(total))] : []);
}

// Addresses are links wherever they stand.
const linked = (text) => text.split(/(https?:\/\/[^\s|]+)/).map((part, place) => place % 2
  ? make("a", { href: part, rel: "noopener noreferrer nofollow", target: "_blank" }, part) : part);

const about = (data, heading) => [
  make("dl", {}, ...data.notes.filter(([, text]) => text)
    .flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, ...linked(text))])),
  ...data.behind ? [make("p", {}, make("a", { href: data.behind }, data.words.behind))] : [],
  make(heading, {}, data.words.table),
  table(data.rows, data),
  ...data.sql.flatMap(({ name, text }) => [
    make(heading, {}, `${data.words.sql} queries/${name}.sql`),
    make("pre", { tabindex: "0" }, make("code", {}, text)),
  ]),
];

const save = (name, content) => {
  const link = make("a", { href: content, download: name });
  link.click();
  if (content.startsWith("blob:")) URL.revokeObjectURL(content);
};

// Text within a picture, which takes markup for such; and in lines that fit.
const safe = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const lines = (text, letters) => text.match(new RegExp(`.{1,${letters}}(?:\\s|$)|\\S+`, "g")) ?? [];

// Opened by `ask`; its headings are of the level after what it belongs to. `pictures` are kinds of
// files that the browser makes itself: a name and a function.
function createMenu(view, ask, heading, pictures = {}) {
  const tools = make("p", { class: "tools" }), said = make("div");
  const copied = make("span", { role: "status" });
  const menu = make("div", { class: "menu", popover: "auto" }, tools, said);
  let shown, told, saved;

  ask.setAttribute("aria-expanded", "false");
  ask.addEventListener("pointerdown", (event) => event.preventDefault()); // else it closes first
  ask.addEventListener("click", () => menu.togglePopover());
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") fill();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    ask.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") return;
    // Where there is more room, and no larger than that: what it tells of stays in sight.
    menu.style.maxHeight = "";
    const at = ask.getBoundingClientRect(), size = menu.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = clientHeight - at.bottom - 2 * GAP, above = at.top - 2 * GAP;
    const isAbove = below < size.height && above > below;
    const room = Math.max(isAbove ? above : below, LEAST);
    menu.style.maxHeight = `${Math.min(size.height, room)}px`;
    menu.style.left = `${Math.max(Math.min(at.left, clientWidth - size.width - GAP), GAP)}px`;
    const top = isAbove ? at.top - GAP - Math.min(size.height, room) : at.bottom + GAP;
    menu.style.top = `${Math.max(Math.min(top, clientHeight - GAP - Math.min(size.height, room)), GAP)}px`;
  });

  const fill = () => {
    copied.textContent = "";
    said.replaceChildren(...about(shown, heading));
  };
  const tool = (label, act) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  };
  const drawTools = ({ words, name }) => tools.replaceChildren(
    words.download,
    tool("CSV", () => view.trigger("wanted", `${shown.key} csv`)),
    tool("Excel", () => view.trigger("wanted", `${shown.key} xlsx`)),
    ...Object.entries(pictures).map(([kind, drawn]) =>
      tool(kind.toUpperCase(), async () => save(`${name}.${kind}`, await drawn()))),
    tool(words.copy_link, copyLink),
    copied,
  );

  // With the version, so that who follows it sees the same numbers.
  const copyLink = async () => {
    const link = new URL(window.location.href);
    link.searchParams.set("version", shown.version);
    try {
      await navigator.clipboard.writeText(link.href);
      copied.textContent = shown.words.copied;
    } catch {
      copied.textContent = link.href; // no clipboard without HTTPS: to be marked by hand
    }
  };

  const update = (data) => {
    shown = data;
    const news = JSON.stringify({ ...data, file: null });
    if (news !== told) {
      told = news;
      drawTools(data);
      if (menu.matches(":popover-open")) fill();
    }
    if (data.file && data.file.turn !== saved) {
      saved = data.file.turn;
      save(`${data.name}.${data.file.kind}`, `data:application/octet-stream;base64,${data.file.content}`);
    }
  };
  return { root: menu, update };
}

