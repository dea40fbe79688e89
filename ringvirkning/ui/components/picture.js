// What figures and key figures share where each becomes a picture of its own.
import { make } from "./component.js";

/** The pages' typeface as `charts/fonts` has it. A picture has no font but what is in it. */
export const FAMILY = "Ringvirkning Sans";
const WEIGHTS = { Regular: "400", Bold: "700" };

/** Text within a picture, which takes markup for such. */
export const safe = (/** @type {string} */ text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A text in lines of so many letters; a word that is longer has one of its own. */
export const lines = (/** @type {string} */ text, /** @type {number} */ letters) =>
  text.match(new RegExp(`.{1,${letters}}(?:\\s|$)|\\S+`, "g")) ?? [];

/** Sources as a picture names them, in which no address can be followed: each site once. */
export const sites = (/** @type {string} */ text) => [...new Set(text.split(" | ").map((one) =>
  one.replace(/^https?:\/\/(?:www\.)?([^/?#]+).*$/s, "$1")
    .replace(/https?:\/\/(?:www\.)?([^/?#\s)]+)[^\s)]*/g, "$1")))].join(" | ");

/** The rules that bring the typeface; it is the page's too from then on, to measure words by.
 * @type {Promise<string> | undefined} */
let loading;
export const faces = () => loading ??= Promise.all(
  Object.entries(WEIGHTS).map(async ([name, weight]) => {
    const answer = await fetch(new URL(`../../charts/fonts/${name}.woff2`, import.meta.url));
    const read = new Uint8Array(await answer.arrayBuffer());
    document.fonts.add(await new FontFace(FAMILY, read, { weight }).load());
    const letters = btoa(Array.from(read, (byte) => String.fromCharCode(byte)).join(""));
    return `@font-face{font-family:"${FAMILY}";font-weight:${weight};src:url(data:font/woff2;base64,${letters})}`;
  }),
).then((rules) => rules.join("")).catch((error) => {
  loading = undefined; // it may come the next time
  throw error;
});

/** A drawing as an address of itself, with the typeface in it; of the format `svg` or `png`. */
export async function asAddress(/** @type {string} */ svg, /** @type {string} */ format) {
  const style = `<style>${await faces()}</style>`;
  const whole = svg.replace(/<svg[^>]*>/, (root) => root + style);
  const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`;
  if (format === "svg") return address;
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = make("canvas", { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}
