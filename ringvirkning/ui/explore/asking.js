// Where a question is put, for Streamlit components v2: lists of the browser's own, and links to
// questions that are ready. What is chosen is sent as its list and code; words are textContent.

const PAIR = ["first", "second"];
const option = ({ code, said }) => new Option(said, code);

function list({ name, label, groups, chosen }, send) {
  const select = make("select", { name });
  for (const { label: title, choices } of groups) {
    select.append(...(title
      ? [make("optgroup", { label: title }, ...choices.map(option))] : choices.map(option)));
  }
  select.value = chosen;
  select.addEventListener("change", () => send(name, select.value));
  return make("label", {}, make("span", {}, label), select);
}

function create() {
  const view = {};
  const lists = make("div", { class: "lists", role: "group" });
  const ready = make("ul"), title = make("summary");
  view.root = make("div", { class: "asking" }, make("details", {}, title, ready), lists);

  // Two that are compared are sent together, since either alone says nothing.
  const send = (name, code) => {
    const two = PAIR.map((one) => lists.querySelector(`[name="${one}"]`)?.value);
    view.trigger("chosen", `${name} ${PAIR.includes(name) ? two.join("\n") : code}`);
  };

  const link = ({ name, said, href }) => {
    const anchor = make("a", { href }, said);
    if (name) anchor.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      view.trigger("chosen", `ready ${name}`);
    });
    return make("li", {}, anchor);
  };

  view.update = (data) => {
    view.root.lang = data.language;
    title.textContent = data.words.ready;
    lists.ariaLabel = data.words.ask;
    ready.replaceChildren(...data.ready.map(link));
    const focused = view.root.getRootNode().activeElement?.name;
    lists.replaceChildren(...data.lists.map((one) => list(one, send)));
    if (focused) lists.querySelector(`[name="${focused}"]`)?.focus({ preventScroll: true });
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
  const told = JSON.stringify(data);
  if (told !== view.told) view.update(data);
  view.told = told;
}
