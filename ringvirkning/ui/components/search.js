// What is found by what is written in a field to search in.
const MAY_BE_MISSPELT = /^\p{L}{4,}$/u; // shorter ones are near to too much

// "12 345" and "12345" find each other, whichever space the number is grouped with; and so do æ and ae,
// ø, o and oe, å, a and aa.
export const plain = (/** @type {string} */ text, /** @type {string} */ language) =>
  text.toLocaleLowerCase(language).replace(/\s+/g, " ").trim()
    .replace(/(?<!\d)\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(" ", ""))
    .normalize("NFD").replace(/\p{M}/gu, "").replace(/æ/g, "ae").replace(/oe|ø/g, "o").replaceAll("aa", "a");

/** Whether a word begins as another one but for a letter: another, one more, one less, or two that changed places. */
export function isNear(/** @type {string} */ written, /** @type {string} */ word) {
  let at = 0;
  while (at < written.length && written[at] === word[at]) at++;
  const [rest, there] = [written.slice(at), word.slice(at)];
  return there.startsWith(rest.slice(1)) || there.slice(1).startsWith(rest) || there.slice(1).startsWith(rest.slice(1))
    || (rest.length > 1 && there.startsWith(rest[1] + rest[0] + rest.slice(2)));
}

/**
 * The entries in whose text every word of a query is found; where there is none, those that have them
 * but for a letter of each.
 * @template {{text: string}} Entry
 * @param {Entry[]} entries
 * @param {string} query
 * @param {string} language
 */
export function matching(entries, query, language) {
  const terms = plain(query, language).split(" ").filter(Boolean);
  const found = entries.filter(({ text }) => terms.every((term) => text.includes(term)));
  if (found.length || !terms.some((term) => MAY_BE_MISSPELT.test(term))) return found;
  return entries.filter(({ text }) => {
    const words = text.split(/[^\p{L}\d]+/u);
    return terms.every((term) => text.includes(term)
      || (MAY_BE_MISSPELT.test(term) && words.some((word) => isNear(term, word))));
  });
}

/**
 * How well a name answers a query: 0 where it begins so, 1 where words of it do, 2 where they stand
 * in it, 3 where they stand elsewhere or are misspelt.
 */
export function rank(/** @type {string} */ name, /** @type {string} */ query, /** @type {string} */ language) {
  const [said, asked] = [plain(name, language), plain(query, language)];
  if (said.startsWith(asked)) return 0;
  const terms = asked.split(" ");
  if (terms.every((term) => ` ${said}`.includes(` ${term}`))) return 1;
  return terms.every((term) => said.includes(term)) ? 2 : 3;
}
