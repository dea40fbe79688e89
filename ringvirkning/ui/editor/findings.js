// Findings beside the sheets they are in. Texts come from files we do not trust: textContent only.

// Columns as spreadsheets call them, from 0: A, B, … Z, AA.
const letters = (place) =>
  (place < 26 ? "" : letters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

function createView(parent) {
  const list = make("div", { class: "list" });
  const title = make("p", { class: "title", "aria-hidden": "true" });
  const table = make("table");
  const pane = make("div", { class: "pane", role: "region", tabindex: "0" }, table);
  const sheet = make("div", { class: "sheet" }, title, pane);
  const root = make("div", { class: "findings" }, list, sheet);
  parent.append(root);
  const opened = new Map(); // by summary, whether a group was opened or closed
  let data, marks, drawn;

  // The texts about each cell of each sheet; of a row as a whole under the column -1.
  const marked = () => {
    const found = new Map();
    for (const { level, groups } of data.levels) {
      for (const { summary, places } of groups) {
        for (const { sheet, row, column } of places) {
          if (sheet === null) continue;
          const at = `${sheet} ${row} ${column ?? -1}`;
          const mark = found.get(at) ?? { level, texts: [] };
          mark.texts.push(summary);
          found.set(at, mark);
        }
      }
    }
    return found;
  };

  const cell = (tag, text, at) => {
    const made = make(tag, tag === "th" ? { scope: "row" } : {});
    made.textContent = text;
    const mark = marks.get(at);
    if (mark) {
      made.className = "marked " + mark.level;
      made.title = mark.texts.join("\n");
      const said = make("span", { class: "hidden" });
      said.textContent = ` (${data.mark}: ${mark.texts.join(" ")})`;
      made.append(said);
    } else if (text.length > 30) made.title = text;
    return made;
  };

  const drawSheet = (number) => {
    drawn = number;
    const { title: name, rows } = data.sheets[number];
    const width = Math.max(...rows.map(([, cells]) => cells.length));
    title.textContent = name;
    pane.setAttribute("aria-label", name);
    table.setAttribute("aria-label", name);
    const head = make("tr", {}, make("td"));
    for (let place = 0; place < width; place++) {
      const letter = make("th", { scope: "col" });
      letter.textContent = letters(place);
      head.append(letter);
    }
    const body = make("tbody");
    let before = 0;
    for (const [row, cells] of rows) {
      if (before && row > before + 1) {
        body.append(make("tr", { class: "gap", "aria-hidden": "true" },
          make("th", {}, "⋮"), make("td", { colspan: width })));
      }
      before = row;
      const line = make("tr", { "data-row": row }, cell("th", String(row), `${number} ${row} -1`));
      for (let place = 0; place < width; place++) {
        line.append(cell("td", cells[place] ?? "", `${number} ${row} ${place}`));
      }
      body.append(line);
    }
    table.replaceChildren(make("thead", {}, head), body);
  };

  const show = ({ sheet, row, column }) => {
    if (sheet === null) return;
    if (sheet !== drawn) drawSheet(sheet);
    table.querySelector(".current")?.classList.remove("current");
    const line = table.querySelector(`tr[data-row="${row}"]`);
    const there = line?.children[column === null ? 0 : column + 1];
    if (!there) return;
    there.classList.add("current");
    const right = there.offsetLeft + there.offsetWidth;
    const isSeen = there.offsetLeft > pane.scrollLeft && right < pane.scrollLeft + pane.clientWidth;
    pane.scrollTo({
      top: line.offsetTop - pane.clientHeight / 3,
      left: isSeen ? pane.scrollLeft : there.offsetLeft - pane.clientWidth / 3,
    });
  };

  const placeItem = (place) => {
    const item = make("li");
    if (place.sheet === null) item.textContent = place.text;
    else {
      const button = make("button", { type: "button" });
      button.textContent = place.text;
      button.addEventListener("click", () => {
        show(place);
        pane.scrollIntoView({ block: "nearest" });
      });
      item.append(button);
    }
    return item;
  };

  // What must be fixed stands open at first.
  const isOpen = (level, summary) => opened.get(summary) ?? level === "must_fix";

  const groupItem = (level, { summary, places, more }) => {
    const heading = make("summary");
    heading.textContent = summary;
    const rest = make("li");
    rest.textContent = more;
    const items = make("ul", {}, ...places.map(placeItem), ...(more ? [rest] : []));
    const group = make("details", isOpen(level, summary) ? { open: "" } : {}, heading, items);
    heading.addEventListener("click", () => {
      opened.set(summary, !group.open); // it opens or closes after this
      const first = places.find(({ sheet }) => sheet !== null);
      if (!group.open && first) show(first);
    });
    return group;
  };

  const levelPart = ({ level, heading, none, groups }) => {
    const words = make("h3");
    words.textContent = heading;
    const nothing = make("p");
    nothing.textContent = none;
    return make("section", { class: level }, words,
      ...(none ? [nothing] : groups.map((group) => groupItem(level, group))));
  };

  return {
    update(given) {
      if (JSON.stringify(given) === JSON.stringify(data)) return; // keeps place and focus
      data = given;
      marks = marked();
      drawn = undefined;
      list.replaceChildren(...data.levels.map(levelPart));
      const first = data.levels.flatMap(({ groups }) => groups.flatMap(({ places }) => places))
        .find(({ sheet }) => sheet !== null);
      sheet.hidden = !first;
      root.classList.toggle("alone", !first);
      if (first) show(first);
    },
  };
}

export default function ({ data, parentElement }) {
  let view = VIEWS.get(parentElement);
  if (!view) VIEWS.set(parentElement, (view = createView(parentElement)));
  view.update(data);
}
