// What every component begins with. Texts are appended or set with textContent, never as markup.
const VIEWS = new WeakMap(); // parentElement -> view: survives reruns

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

