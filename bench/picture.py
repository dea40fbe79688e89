"""`python -m bench.picture` takes README's picture from the running app: docs/overview.png.

The shipped data is published anew and shown to staff on a fixed day. The menu's words go into the
picture too, so that a test can tell when the menu has become another.
"""

import shutil
from io import BytesIO

from PIL import Image, PngImagePlugin
from playwright.sync_api import ViewportSize, sync_playwright

from ringvirkning import ROOT
from tests.browser.conftest import BROWSERS, QUIET, opened
from tests.server import serve

FILE = ROOT / "docs" / "overview.png"
DAY = "2026-11-23"
SIZE = ViewportSize(width=1440, height=1120)
COLOURS = 128  # as many as flat charts need; the file is a third of what it would be


def main() -> None:
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with serve(as_of=DAY) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")
        opened(page, f"{server.url}/?lang=en")
        menu = page.get_by_test_id("stTopNavLink").all_inner_texts()
        image = Image.open(BytesIO(page.screenshot()))
        browser.close()
    notes = PngImagePlugin.PngInfo()
    notes.add_text("menu", "\n".join(menu))
    image.convert("RGB").quantize(COLOURS).save(FILE, optimize=True, pnginfo=notes)
    print(f"{FILE}: {FILE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
