// Questions that are ready, each a link with its answer, for Streamlit components v2.
import { make, mount, onPress } from "../components/component.js";

/** @typedef {{name: string, question: string, answer: string, href: string}} Ready
 *   as `answered.py` says it; without a name it leads to another page */

export default mount((send) => {
  const title = make("h2"), list = make("ul");
  const root = make("section", { class: "answered" }, title, list);

  const card = (/** @type {Ready} */ { name, question, answer, href }) => {
    const link = make("a", { href },
      make("span", { class: "question" }, question), make("span", { class: "answer" }, answer));
    if (name) onPress(link, () => send("chosen", name));
    return make("li", {}, link);
  };

  const update = (/** @type {{language: string, title: string, questions: Ready[]}} */ data) => {
    root.lang = data.language;
    title.textContent = data.title;
    root.ariaLabel = data.title;
    root.ariaBusy = String(data.questions.some(({ answer }) => !answer));
    list.replaceChildren(...data.questions.map(card));
  };
  return { root, update };
});
