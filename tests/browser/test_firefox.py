"""What Chromium's tests look at, once more in Firefox: every page, and a presentation."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import playwright
import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import ASKED, CALM, FAILURES, PATIENCE, TURN
from tests.browser.test_access import ADDRESSES, FEW_FIGURES
from tests.server import serve, staff_cookies, with_deck

FIREFOXES = ("firefox", "firefox-esr")  # in this order; the Makefile looks for the same
NODE = Path(playwright.__file__).parent / "driver" / "node"
SCRIPT = Path(__file__).with_name("firefox.mjs")
# How the page stands after a press of Tab, and what keeps anyone out.
LOOK = """async rules => {
  const all = (selector, of) => [...document.querySelectorAll(selector)].map(of);
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const { violations } = await axe.run(rules);
  return {
    headings: all('h1', e => e.innerText),
    title: document.title,
    wider: Math.max(...all('html, [data-testid=stMain]', e => e.scrollWidth - e.clientWidth)),
    charts: all('.figure .chart', e => e.checkVisibility() && e.querySelectorAll('svg').length)
      .filter(drawn => drawn !== false),
    stop: at === document.body ? null : at.innerText,
    outline: parseFloat(getComputedStyle(at).outlineWidth),
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    faults: violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target }) => [id, impact, target.flat().join(' ')])),
  };
}"""
# The next press of Tab goes to the first stop of the page.
FROM_TOP = (
    "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
)
# Streamlit 1.67 tries WebAssembly for its long numbers and does without: Firefox tells of each try.
TRIED = "settings blocked WebAssembly"


@pytest.fixture(scope="module")
def stage():
    """A server with a presentation; its address, and the presentation's."""
    with serve() as server:
        yield server.url, f"show/{with_deck(server.var)}"


# What is light is so on every page: of three it is looked at, in English.
@pytest.mark.parametrize(
    ("language", "dark", "places"),
    [("en", False, ["overview", "data"]), ("nb", True, [*ADDRESSES])],
    ids=["light", "dark"],
)
def test_every_page_stands_in_firefox_as_it_does_elsewhere(language, dark, places, stage, tmp_path):
    url, show = stage
    # First of all, what is loaded once.
    asked = {"": ""} | {name: ADDRESSES[name] for name in places}
    asked |= {"show": show}
    asked = {n: f"{a}{'&' if '?' in a else '?'}lang={language}" for n, a in asked.items()}
    # All rules at one width: what else it is that axe looks at depends on none.
    every: dict[str, Any] = {"resultTypes": ["violations"]}
    rules = {1440: every, 390: every | {"runOnly": ["color-contrast"]}}
    views = {name: [*rules] if name else [1440] for name in asked}
    pages = [
        {
            "address": f"{url}/{address}",
            "turn": f"({TURN})({json.dumps(address)})" if name in ADDRESSES else None,
            "app": name != "show",
            "charts": 0 if name in ("", *FEW_FIGURES, "show") else 2,  # at least
            "keys": ["Tab"],
            "views": [
                {
                    "width": width,
                    "rules": rules[width],
                    "picture": str(FAILURES / f"firefox-{name}-{width}.png"),
                }
                for width in views[name]
            ],
        }
        for name, address in asked.items()
    ]
    cookies = [
        {"name": one["name"], "value": one["value"], "domain": urlsplit(url).hostname, "path": "/"}
        for one in staff_cookies(url)
    ]
    order = {
        "firefox": next(filter(None, map(shutil.which, FIREFOXES))),
        "dark": dark, "height": 900, "patience": PATIENCE, "calm": CALM, "asked": ASKED,
        "axe": AXE_SCRIPT, "look": LOOK, "top": FROM_TOP, "cookies": cookies, "pages": pages,
    }  # fmt: skip
    path = tmp_path / "order.json"
    path.write_text(json.dumps(order), encoding="utf-8")
    FAILURES.mkdir(exist_ok=True)
    done = subprocess.run([NODE, SCRIPT, path], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    seen = [(name, width) for name in asked for width in views[name]]
    found = dict(zip(seen, map(json.loads, done.stdout.splitlines()), strict=True))
    found = {at: page for at, page in found.items() if at[0]}
    assert {at: faults for at, page in found.items() if (faults := faults_of(at[0], page))} == {}
    assert {page["dark"] for page in found.values()} == {dark}
    assert len({page["title"] for page in found.values()}) >= len(places)  # one of two rows


def faults_of(name: str, page: dict[str, Any]) -> list[str]:
    """What would make it worse than in Chromium."""
    faults = [line for line in page["seen"] if TRIED not in line]
    faults += [
        f"{rule} ({impact}): {target}"
        for rule, impact, target in page["faults"]
        if impact in ("serious", "critical")
    ]
    if name != "show" and len(page["headings"]) != 1:
        faults.append(f"headings: {page['headings']}")
    if page["wider"] > 0:
        faults.append(f"wider than the window by {page['wider']} px")
    if not all(page["charts"]):
        faults.append(f"charts drawn: {page['charts']}")
    if name != "show" and not (page["stop"] and page["outline"] >= 2):
        faults.append(f"nothing seen of the keyboard: {page['stop']} {page['outline']}")
    return faults
