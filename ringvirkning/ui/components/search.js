// What is found by what is written in a field to search in.

/** "12 345" and "12345" find each other, whichever space the number is grouped with. */
export const plain = (/** @type {string} */ text, /** @type {string} */ language) =>
  text.normalize("NFC").toLocaleLowerCase(language).replace(/\s+/g, " ").trim()
    .replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(" ", ""));

/**
 * The entries in whose text every word of a query is found.
 * @template {{text: string}} Entry
 * @param {Entry[]} entries
 * @param {string} query
 * @param {string} language
 */
export function matching(entries, query, language) {
  const terms = plain(query, language).split(" ").filter(Boolean);
  return entries.filter(({ text }) => terms.every((term) => text.includes(term)));
}
