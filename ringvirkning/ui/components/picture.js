// What figures and key figures share where each becomes a picture of its own.

/** Text within a picture, which takes markup for such. */
export const safe = (/** @type {string} */ text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A text in lines of so many letters; a word that is longer has one of its own. */
export const lines = (/** @type {string} */ text, /** @type {number} */ letters) =>
  text.match(new RegExp(`.{1,${letters}}(?:\\s|$)|\\S+`, "g")) ?? [];
