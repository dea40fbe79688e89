// For another website's page, which has a page of ours in a frame: it is as high as what is in it.
addEventListener("message", (event) => {
  const frames = document.querySelectorAll("iframe[data-ringvirkning]");
  for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (frames)) {
    const height = event.data?.ringvirkning;
    if (event.source === frame.contentWindow && height > 0 && height < 50000) {
      frame.style.height = `${Math.ceil(height)}px`;
    }
  }
});
