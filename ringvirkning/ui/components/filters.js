// The filters for Streamlit components v2: every choice is a checkbox. What is chosen is sent as the
// parameters of an address, by codes; every word comes from data, and is set with textContent.

function checkbox(changed) {
  const input = make("input", { type: "checkbox" }), text = make("span");
  input.addEventListener("change", changed);
  return { root: make("label", {}, input, text), input, text };
}

function create() {
  const view = { lists: [], sent: 0 };
  const word = make("strong"), selection = make("span");
  const first = make("select"), last = make("select"), years = make("legend");
  const help = make("p"), reset = make("button", { type: "button" });
  const lists = make("div", { class: "lists" });

  const send = (chosen) => view.trigger("chosen", { ...chosen, number: ++view.sent });
  const changed = () => send({
    ...Object.fromEntries(view.lists.map(({ name, boxes }) =>
      [name, [...boxes].filter(([, { input }]) => input.checked).map(([code]) => code)])),
    years: [`${first.value}-${last.value}`],
    examples: examples.input.checked ? [] : ["no"],
  });
  const examples = checkbox(changed);
  first.addEventListener("change", () => {
    last.value = Math.max(first.value, last.value);
    changed();
  });
  last.addEventListener("change", () => {
    first.value = Math.min(first.value, last.value);
    changed();
  });
  reset.addEventListener("click", () => send({}));
  const chips = make("ul");
  view.root = make("div", { class: "filters" },
    make("details", {},
      make("summary", {}, word, " ", selection),
      lists,
      make("div", { class: "rest" },
        make("fieldset", {}, years, first, " – ", last),
        make("div", {}, examples.root, help),
        reset)),
    chips);

  // What is chosen, each to be let go of without opening the filters.
  const chip = (said, letGo) => {
    const button = make("button", { type: "button" }, said, make("span", { "aria-hidden": "true" }, " ×"));
    button.ariaLabel = view.words.remove.replace("{name}", said);
    button.addEventListener("click", () => {
      letGo();
      changed();
    });
    return make("li", {}, button);
  };
  const drawChips = ({ lists: all, span: [begin, end], years: [from, to], illustrative, words }) => {
    view.words = words;
    const shown = all.flatMap(({ choices }, i) => choices.filter(({ is_chosen }) => is_chosen)
      .map(({ code, said }) => chip(said, () => { view.lists[i].boxes.get(code).input.checked = false; })));
    if (from !== begin || to !== end) {
      shown.push(chip(from === to ? `${from}` : `${from}–${to}`, () => {
        first.value = begin;
        last.value = end;
      }));
    }
    if (!illustrative) shown.push(chip(words.without_examples, () => { examples.input.checked = true; }));
    chips.replaceChildren(...shown);
    chips.hidden = !shown.length;
  };

  // The choices of a list, made anew only when there are others.
  const list = ({ name, label, choices }) => {
    const legend = make("legend"), boxes = new Map(choices.map(({ code }) => [code, checkbox(changed)]));
    const place = make("div", { class: "choices" }, ...[...boxes.values()].map(({ root }) => root));
    legend.textContent = label;
    return { name, legend, boxes, root: make("fieldset", { name }, legend, place) };
  };
  const codes = (all) => JSON.stringify(all.map(({ name, choices, boxes }) =>
    [name, choices ? choices.map(({ code }) => code) : [...boxes.keys()]]));

  view.update = (data) => {
    view.root.lang = data.language;
    word.textContent = data.words.title;
    selection.textContent = data.selection;
    if (codes(view.lists) !== codes(data.lists)) {
      view.lists = data.lists.map(list);
      lists.replaceChildren(...view.lists.map(({ root }) => root));
    }
    // What the reader has chosen since is not taken back by an answer to what was chosen before.
    const overtaken = data.number < view.sent;
    data.lists.forEach(({ label, choices }, i) => {
      view.lists[i].legend.textContent = label;
      for (const { code, said, is_left, is_chosen } of choices) {
        const { root, input, text } = view.lists[i].boxes.get(code);
        text.textContent = is_left ? said : `${said} – ${data.words.no_data}`;
        root.classList.toggle("without", !is_left);
        if (!overtaken) input.checked = is_chosen;
      }
    });
    years.textContent = data.words.years;
    first.ariaLabel = data.words.from_year;
    last.ariaLabel = data.words.to_year;
    const { span: [begin, end], years: [from, to] } = data;
    if (first.length !== end - begin + 1 || Number(first.options[0].value) !== begin) {
      for (const select of [first, last]) {
        select.replaceChildren();
        for (let year = begin; year <= end; year++) select.add(new Option(year));
      }
    }
    if (!overtaken) {
      first.value = from;
      last.value = to;
      examples.input.checked = data.illustrative;
    }
    examples.text.textContent = data.words.illustrative;
    help.textContent = data.words.illustrative_help;
    reset.textContent = data.words.reset;
    drawChips(data);
  };
  return view;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let view = VIEWS.get(parentElement);
  if (!view) {
    view = create();
    view.sent = data.number;
    parentElement.append(view.root);
    VIEWS.set(parentElement, view);
  }
  view.trigger = setTriggerValue;
  view.update(data);
}
