// The menu of a figure or a key figure, the same for all: what it means and rests on, its table, its
// query, and all of it as files and as a link. Every word is set with textContent.
import { make } from "./component.js";
import { table } from "./table.js";

/**
 * What stands in a menu, as `menu.py` says it; most of it once it was opened, when it `is_told`.
 * @typedef {{key: string, language: string, is_told: boolean, title: string, notes: [string, string][],
 *   rows: string[][], numeric: boolean[], has_total: boolean, sql: {name: string, text: string}[], behind: string,
 *   words: Record<string, string>, name: string, version: string,
 *   file: {kind: string, turn: number, content: string} | null}} Menu
 */

const GAP = 8; // between the menu's button and the menu
const LEAST = 240; // pixels high, wherever it stands

// Addresses are links wherever they stand.
export const linked = (/** @type {string} */ text) =>
  text.split(/(https?:\/\/[^\s|]+)/).map((part, place) => place % 2
  ? make("a", { href: part, rel: "noopener noreferrer nofollow", target: "_blank" }, part) : part);

const about = (/** @type {Menu} */ data, /** @type {"h2" | "h3"} */ heading) => [
  make("dl", {}, ...data.notes
    .flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, ...linked(text))])),
  ...data.behind ? [make("p", {}, make("a", { href: data.behind }, data.words.behind))] : [],
  make(heading, {}, data.words.table),
  table(data.rows, data),
  ...data.sql.flatMap(({ name, text }) => [
    make(heading, {}, `${data.words.sql} queries/${name}.sql`),
    make("pre", { tabindex: "0" }, make("code", {}, text)),
  ]),
];

const save = (/** @type {string} */ name, /** @type {string} */ content) =>
  make("a", { href: content, download: name }).click();

/**
 * A menu that `ask` opens; its headings are of the level after what it belongs to. `pictures` are
 * kinds of files that the browser makes itself: a name, and what gives the address of one.
 * @param {import("./component.js").Send} send
 * @param {HTMLElement} ask
 * @param {"h2" | "h3"} heading
 * @param {Record<string, () => string | Promise<string>>} pictures
 */
export function createMenu(send, ask, heading, pictures) {
  const tools = make("p", { class: "tools" }), said = make("div");
  const copied = make("span", { role: "status" }), failed = make("p", { role: "alert" });
  const menu = make("div", { class: "menu", popover: "auto", tabindex: "-1" }, tools, failed, said);
  let shown = /** @type {Menu} */ ({});
  let latest = "", turn = 0;

  ask.setAttribute("aria-expanded", "false");
  ask.addEventListener("pointerdown", (event) => event.preventDefault()); // else it closes first
  ask.addEventListener("click", () => menu.togglePopover());
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return; // back to where it came from
    menu.hidePopover();
    ask.focus();
  });
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") fill();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    ask.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") return;
    place();
    if (!shown.is_told) send("wanted", `${shown.key} menu`);
  });

  const place = () => {
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
  };

  const fill = () => {
    copied.textContent = failed.textContent = "";
    menu.ariaBusy = String(!shown.is_told);
    said.replaceChildren(...shown.is_told ? about(shown, heading) : []);
  };
  const tool = (/** @type {string} */ label, /** @type {() => void} */ act) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => {
      failed.textContent = "";
      act();
    });
    return button;
  };
  const drawTools = (/** @type {Menu} */ { words, name }) => tools.replaceChildren(
    words.download,
    tool("CSV", () => send("wanted", `${shown.key} csv`)),
    tool("Excel", () => send("wanted", `${shown.key} xlsx`)),
    ...Object.entries(pictures).map(([kind, drawn]) =>
      tool(kind.toUpperCase(), async () => keep(`${name}.${kind}`, await address(drawn)))),
    tool(words.copy_link, copyLink),
    copied,
  );

  const keep = (/** @type {string} */ name, /** @type {string} */ content) => {
    if (content) save(name, content);
    else failed.textContent = shown.words.failed;
  };
  const address = async (/** @type {() => string | Promise<string>} */ drawn) => {
    try {
      return await drawn();
    } catch {
      return ""; // a typeface did not come, or the picture is too large
    }
  };

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

  const update = (/** @type {Menu} */ data) => {
    shown = data;
    const news = JSON.stringify({ ...data, file: null });
    if (news !== latest) {
      latest = news;
      if (data.is_told) drawTools(data);
      else tools.replaceChildren();
      if (menu.matches(":popover-open")) {
        fill();
        place();
      }
    }
    if (data.file && data.file.turn !== turn) {
      turn = data.file.turn;
      const { kind, content } = data.file;
      keep(`${data.name}.${kind}`, content && `data:application/octet-stream;base64,${content}`);
    }
  };
  return { root: menu, update };
}

