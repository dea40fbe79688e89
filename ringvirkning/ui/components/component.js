// What every component is made of. Texts are appended or set with textContent, never as markup.

/** @typedef {(name: string, value: unknown) => void} Send tells the server what was done here */

/**
 * An element with its attributes and what stands in it.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * What a component is given that may be drawn ahead of its run: its key on the page, the number
 * of the choice in the filters that the run answers, and whether it goes where an answer lacks it.
 * @typedef {{key?: string, number?: number, goes?: boolean}} Named
 * @typedef {{trigger: Send, latest: string, root: HTMLElement, said: Named, show: (data: Named) => void}} View
 */

const page = document.documentElement;
// ms: until the run is asked without an answer, which it would take as long for; until a run is given up.
const LONGEST = 10_000, RUN = 30_000;
/** @type {Map<string, View>} */
const named = new Map();
let first = ""; // of those that were drawn ahead; what stands above it has come before
let newest = 0; // the choice that was drawn ahead of its run
let asking = new AbortController(), patience = 0;

/** The run has said it all, or says nothing any more. */
export function settle() {
  clearTimeout(patience);
  if (page.dataset.ahead !== "drawn") return;
  delete page.dataset.ahead;
  for (const view of named.values()) view.show(view.said);
}

/**
 * Ask for what a choice changes, and draw it ahead of the run that settles the page. A newer choice
 * takes the place of one that is not answered; where there is no answer, the run will say it all.
 */
export async function drawAhead(/** @type {string} */ address, /** @type {number} */ number) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  page.dataset.ahead ??= "asked"; // what was drawn for a choice before is still on its way
  try {
    const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]) });
    const found = /** @type {Record<string, Named>} */ (answer.status === 200 ? await answer.json() : {});
    const here = Object.keys(found).filter((key) => named.get(key)?.root.isConnected);
    if (signal.aborted || !here.length) return; // nothing is left, or another page was gone to
    newest = number;
    [first] = here;
    clearTimeout(patience);
    patience = setTimeout(settle, RUN);
    page.dataset.ahead = "drawn";
    for (const [key, { root, said, show }] of named) {
      root.toggleAttribute("data-new", here.includes(key));
      if (here.includes(key)) show(found[key]);
      else if (said.goes) root.hidden = true;
    }
  } catch {
    // the run says it
  } finally {
    if (!signal.aborted && page.dataset.ahead === "asked") delete page.dataset.ahead;
  }
}

/**
 * What Streamlit calls at every run: the view of a place is made once, and told what is new.
 * @template Data
 * @param {(send: Send) => {root: HTMLElement, update: (data: Data) => void}} create
 */
export function mount(create) {
  /** @type {WeakMap<Node, View>} */
  const views = new WeakMap(); // by their place: they survive reruns
  const made = (/** @type {Node} */ place) => {
    const { root, update } = create((name, value) => view.trigger(name, value));
    place.appendChild(root);
    /** @type {View} */
    const view = {
      trigger: () => {}, latest: "", root, said: {},
      show: (data) => {
        if (data.goes) root.hidden = false;
        const news = JSON.stringify(data.key ? { ...data, number: 0 } : data);
        if (news === view.latest) return; // keeps place and focus
        view.latest = news;
        update(/** @type {Data} */ (/** @type {unknown} */ (data)));
      },
    };
    views.set(place, view);
    return view;
  };
  return (/** @type {{data: [Data], parentElement: Node, setTriggerValue: Send}} */ run) => {
    const { data: [data], parentElement, setTriggerValue } = run;
    const view = views.get(parentElement) ?? made(parentElement);
    view.trigger = setTriggerValue;
    view.said = /** @type {Named} */ (data);
    const { key, number } = view.said;
    if (key !== undefined && number !== undefined) {
      named.set(key, view);
      // What answers a choice of before is not drawn over what was drawn ahead for a newer one.
      if (page.dataset.ahead === "drawn" && number < newest) return;
    }
    view.show(view.said);
    if (key === first && page.dataset.ahead === "drawn") {
      clearTimeout(patience);
      delete page.dataset.ahead;
    }
  };
}

/** Let a link act here; opened elsewhere (Ctrl, the wheel …) it is the browser's. */
export function onPress(/** @type {HTMLElement} */ link, /** @type {() => void} */ act) {
  link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
