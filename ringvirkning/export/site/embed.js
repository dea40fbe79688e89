// In an iframe the page tells its height; in the page around it, the frame takes it. A line that
// embeds a figure gets the address that the page is at. The page reads as well without.
if (parent !== window) {
  const tell = () => parent.postMessage({ ringvirkning: document.body.scrollHeight + 20 }, "*");
  new ResizeObserver(tell).observe(document.body);
} else {
  addEventListener("message", (event) => {
    const frames = document.querySelectorAll("iframe[data-ringvirkning]");
    for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (frames)) {
      const height = event.data?.ringvirkning;
      if (event.source === frame.contentWindow && height > 0 && height < 50000) {
        frame.style.height = `${Math.ceil(height)}px`;
      }
    }
  });
  for (const line of document.querySelectorAll("[data-embed]")) {
    const from = /src="([^"#]*)/;
    line.textContent = (line.textContent ?? "").replace(
      from,
      (_, address) => `src="${new URL(address, location.href)}`,
    );
  }
}
// A list of names is narrowed to those that have what is written; without a script it is a list.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll("[data-search]")
)) {
  const around = field.closest("p");
  const said = around?.querySelector("output");
  const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-name]"));
  const kinds = document.querySelectorAll("section:has([data-name])");
  const narrow = () => {
    const wanted = field.value.toLowerCase().split(/\s+/);
    let left = 0;
    for (const row of rows) {
      const name = (row.dataset.name || (row.textContent ?? "")).toLowerCase();
      row.hidden = !wanted.every((part) => name.includes(part));
      left += row.hidden ? 0 : 1;
    }
    for (const kind of /** @type {NodeListOf<HTMLElement>} */ (kinds)) {
      kind.hidden = !kind.querySelector("[data-name]:not([hidden])");
    }
    if (said) said.textContent = `${left} / ${rows.length}`;
  };
  field.addEventListener("input", narrow);
  if (around) around.hidden = false;
}
