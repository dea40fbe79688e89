"""`python -m bench.screens [keep]` takes pictures of all pages and shows what has become another.

Each page, and a story of each kind, whole, at five widths: Norwegian and light, English and dark.
They lie in bench/out/screens/now/, and `keep` makes them those to compare with. Where some are
kept, bench/out/screens/index.html has every one that differs: before, now, and the difference. The
shipped data is published anew with a key that never changes and shown to staff on a fixed day, so
that nothing but code, words and data makes a difference.
"""

import shutil
import sys
from collections.abc import Iterator
from html import escape
from typing import Literal

from PIL import Image, ImageChops
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bench.common import OUT
from tests.browser.conftest import BROWSERS, QUIET, opened, settled
from tests.browser.test_access import ADDRESSES
from tests.server import Server, serve

FOLDER = OUT / "screens"
NOW, KEPT = FOLDER / "now", FOLDER / "kept"
DAY = "2026-11-23"
WIDTHS = (320, 390, 768, 1280, 1920)
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("nb", "light"), ("en", "dark"))
HEIGHTS = (900, 9000)  # pixels: of a window at first, and at most


def taken(browser: Browser, server: Server) -> Iterator[tuple[str, bytes]]:
    """Every picture with the name of its file."""
    for language, theme in LOOKS:
        for width in WIDTHS:
            context = browser.new_context(color_scheme=theme, reduced_motion="reduce")
            page = context.new_page()
            for name, address in ADDRESSES.items():
                page.set_viewport_size(ViewportSize(width=width, height=HEIGHTS[0]))
                link = "&" if "?" in address else "?"
                opened(page, f"{server.url}/{address}{link}lang={language}")
                tall = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
                height = min(max(tall, HEIGHTS[0]), HEIGHTS[1])
                page.set_viewport_size(ViewportSize(width=width, height=height))
                yield f"{name}-{width}-{language}-{theme}.png", settled(page).screenshot()
            context.close()


def take() -> None:
    """Put the pictures in NOW, in place of those taken before."""
    shutil.rmtree(NOW, ignore_errors=True)
    NOW.mkdir(parents=True)
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with serve(as_of=DAY) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, picture in taken(browser, server):
            (NOW / name).write_bytes(picture)
        browser.close()


def difference(name: str) -> tuple[float, Image.Image] | None:
    """The share of a picture's pixels that are others than those kept, and where; None if none."""
    before, now = (Image.open(folder / name).convert("RGB") for folder in (KEPT, NOW))
    size = max(before.width, now.width), max(before.height, now.height)
    both = [Image.new("RGB", size) for _ in range(2)]
    for whole, image in zip(both, (before, now), strict=True):
        whole.paste(image)
    marked = ImageChops.difference(*both).convert("L").point(lambda value: 255 if value > 8 else 0)
    share = marked.histogram()[255] / (size[0] * size[1])
    return (share, marked) if share else None


def compare() -> list[str]:
    """Write a page with all that differ; a line about each."""
    said, rows = [], []
    for name in sorted(path.name for path in NOW.iterdir()):
        if not (KEPT / name).exists():
            said.append(f"{name}: new")
        elif found := difference(name):
            said.append(f"{name}: {found[0]:.2%} differ")
            found[1].save(FOLDER / f"difference-{name}")
            images = "".join(
                f'<a href="{path}"><img src="{path}" alt=""></a>'
                for path in (f"kept/{name}", f"now/{name}", f"difference-{name}")
            )
            rows.append(f"<h2>{escape(said[-1])}</h2><div>{images}</div>")
    said += [
        f"{path.name}: gone" for path in sorted(KEPT.iterdir()) if not (NOW / path.name).exists()
    ]
    style = "div{display:flex;gap:8px;align-items:start}a{flex:1}img{width:100%}"
    page = f'<!doctype html><meta charset="utf-8"><title>Screens</title><style>{style}</style>'
    (FOLDER / "index.html").write_text(page + "".join(rows), encoding="utf-8")
    return said


def main(asked: list[str]) -> None:
    if asked == ["keep"]:
        shutil.rmtree(KEPT, ignore_errors=True)
        shutil.copytree(NOW, KEPT)
        print(f"kept: {len(list(KEPT.iterdir()))}")
        return
    for old in FOLDER.glob("difference-*"):
        old.unlink()
    take()
    print(f"{NOW}: {len(list(NOW.iterdir()))} pictures")
    if KEPT.exists():
        print("\n".join(compare()) or "none differs")
        print(FOLDER / "index.html")


if __name__ == "__main__":
    main(sys.argv[1:])
