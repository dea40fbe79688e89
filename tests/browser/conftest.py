"""A real Chromium against the real server, and an eye on what no test may let pass."""

import csv
import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

from tests.server import ROOT, serve

# In this order; the Makefile looks for the same. None of them: Playwright's own.
BROWSERS = ("chromium", "google-chrome", "microsoft-edge", "chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# No name is looked up: what asks for the internet fails in the same way everywhere.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
LOCAL = {"127.0.0.1", "localhost"}
# Opened by the address of a page, Streamlit asks for these beside the page first, then at the root.
OWN = re.compile(r"/(partnerships|activities|outcomes|about)/_stcore/(health|host-config)$")
CONTEXT = {"locale": "nb-NO", "viewport": {"width": 1440, "height": 900}}


class Watch:
    """What went wrong in a test's pages: errors, and requests that leave the machine."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.streamlits_own: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let pass what matches this regular expression, in this test only."""
        self._allowed.append(pattern)

    def problems(self) -> list[str]:
        """All that was seen and not allowed."""
        return [s for s in self.seen if not any(re.search(p, s) for p in self._allowed)]

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of this context, windows that it opens among them."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("page error", str(error.error)))
        context.on("request", lambda request: self._leaves(request.url))
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._leaves(socket.url))

    def _console(self, line: ConsoleMessage) -> None:
        if line.type == "error" and OWN.search(line.location["url"]) and "404" in line.text:
            self.streamlits_own.append(line.location["url"])
        elif line.type == "error":
            self._note("console", line.text)

    def _leaves(self, url: str) -> None:
        host = urlsplit(url).hostname  # none in data: and blob:
        if host and host not in LOCAL:
            self._note("request", url)

    def _note(self, kind: str, text: str) -> None:
        self.seen.append(f"{kind}: {text}")


@pytest.fixture
def watch():
    """Fails the test at its end if a page of it had an error or asked another machine."""
    watch = Watch()
    yield watch
    if problems := watch.problems():
        pytest.fail("Seen in the browser:\n" + "\n".join(problems), pytrace=False)


@pytest.fixture
def new_context(new_context, watch):
    """Every context is watched; `page` and `context` of pytest-playwright come from here.

    Another width or language: `new_context(viewport={"width": 360, "height": 740}).new_page()`.
    """

    def make(**options):
        context = new_context(**(CONTEXT | options))
        watch.follow(context)
        return context

    return make


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"executable_path": found, "args": [*QUIET, OFFLINE]} | browser_type_launch_args


@pytest.fixture(scope="session")
def server():
    """One server with the shipped data for all tests of a worker."""
    with serve() as server:
        yield server


# The run is over, nothing on the page is left from the run before, and no chart is on its way.
CALM = """([call, quiet]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const calm = app
    && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"], [data-testid$="Skeleton"]');
  const now = performance.now();
  if (!calm || window.calm?.call !== call) window.calm = {call, since: now};
  return calm && now - window.calm.since >= quiet;
}"""
calls = itertools.count()


def settled(page: Page, quiet: int = 300, timeout: int = 30_000) -> Page:
    """Wait until the app has been at rest for `quiet` milliseconds.

    The rest must last, because a click is answered by a new run only a moment later.
    """
    page.wait_for_function(CALM, arg=[next(calls), quiet], polling=50, timeout=timeout)
    return page


def opened(page: Page, address: str) -> Page:
    """Go to an address and wait until all is drawn."""
    page.goto(address)
    return settled(page)


def headline(page: Page) -> str:
    return read(page.locator("h1"))


def read(place: Locator) -> str:
    """What is read there, without the word joiners that keep a text from becoming a link."""
    return place.inner_text().replace("\N{WORD JOINER}", "")


def words_of(page: Page) -> str:
    """All that is to be read on the page, also in our own components."""
    tables = page.locator(".records, .cards").all_inner_texts()  # not in the page's own text
    return "\n".join([read(page.get_by_test_id("stMain")), *tables])


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(e => e.scrollWidth - e.clientWidth))"
    )


def changed(folder: Path, file: str, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Rewrite a CSV file of a data folder after `change` has been let at its rows."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        names, rows = list(reader.fieldnames or []), list(reader)
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def axe(page: Page) -> list[str]:
    """The accessibility rules of axe-core that this page breaks, a line for each place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found
        for node in rule["nodes"]
    ]
