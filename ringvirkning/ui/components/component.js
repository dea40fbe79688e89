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
 * What Streamlit calls at every run: the view of a place is made once, and told what is new.
 * @template Data
 * @param {(send: Send) => {root: Node, update: (data: Data) => void}} create
 */
export function mount(create) {
  /** @type {WeakMap<Node, {trigger: Send, latest: string, update: (data: Data) => void}>} */
  const views = new WeakMap(); // by their place: they survive reruns
  return (/** @type {{data: Data, parentElement: Node, setTriggerValue: Send}} */ run) => {
    let view = views.get(run.parentElement);
    if (!view) {
      const made = create((name, value) => view?.trigger(name, value));
      view = { trigger: run.setTriggerValue, latest: "", update: made.update };
      views.set(run.parentElement, view);
      run.parentElement.appendChild(made.root);
    }
    view.trigger = run.setTriggerValue;
    const news = JSON.stringify(run.data);
    if (news === view.latest) return; // keeps place and focus
    view.latest = news;
    view.update(run.data);
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
