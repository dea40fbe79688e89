"""A real Chromium against the real server, and an eye on what no test may let pass."""

import csv
import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

import pages
from ringvirkning import ROOT
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.texts import LANGUAGE_NAMES, entries
from tests.server import published, serve, staff_cookies

# In this order; the Makefile looks for the same. None of them: Playwright's own. The first has no
# window to draw: a page takes it three quarters of what it takes the next.
BROWSERS = (
    "chromium-headless-shell", "chromium", "google-chrome", "microsoft-edge", "chromium-browser",
)  # fmt: skip
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one context share what has compiled Streamlit's eight megabytes of script.
    "--process-per-site",
    # No page lives as long as it takes to win back what it costs to compile its scripts twice more,
    # and what is left of each is looked through less often: an eighth of what a page takes.
    "--js-flags=--no-opt --no-maglev --min-semi-space-size=32",
]
# No name is looked up: what asks for the internet fails in the same way everywhere.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
LOCAL = {"127.0.0.1", "localhost"}
# Opened by the address of a page, Streamlit asks for these beside the page first, then at the root.
OWN = re.compile(rf"/({'|'.join(pages.MENU[1:])})/_stcore/(health|host-config)$")
DONE = ".st-key-deed"  # what says what was published, until one goes elsewhere
PATIENCE = 120_000  # ms: where three workers share two slow cores, publishing takes half a minute
expect.set_options(timeout=PATIENCE)
FAILURES = Path(__file__).with_name("failures")
FAILED = pytest.StashKey[bool]()


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

    @contextmanager
    def following(self, context: BrowserContext) -> Iterator[None]:
        """Listen to every page of this context, windows that it opens among them."""
        listeners: dict[Any, Callable[..., None]] = {
            "console": self._console,
            "weberror": lambda error: self._note("page error", str(error.error)),
            "request": lambda request: self._leaves(request.url),
            "page": lambda page: page.on("websocket", lambda socket: self._leaves(socket.url)),
        }
        for event, listener in listeners.items():
            context.on(event, listener)
        yield
        for event, listener in listeners.items():
            context.remove_listener(event, listener)

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


@pytest.fixture(scope="session")
def readers(browser, server):
    """One context for all tests of a worker, with a page that stays open, so that what it is made
    of is read and compiled once: later ones take half of its time.

    A page of its own is a session of its own, and knows nothing of the pages before it.
    """
    with browser.new_context(locale="nb-NO") as context:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(ASKED)
        opened(context.new_page(), server.url)
        yield context


@pytest.fixture
def visit(readers, new_page, server, request):
    """Go to an address of `server` in the page that stays open, as wide and as dark as asked for.

    That takes a fourth of what a new page takes. It has been on other pages before: what was chosen
    there is let go of, but not where the keyboard is, what was searched for, or what was uploaded.
    `page` is for tests that begin with these, or with a first visit.
    """

    def go(address="", width=1440, height=900, color_scheme="light") -> Page:
        page = readers.pages[0]
        if page.evaluate("window.isLost ?? !document.querySelector('[data-testid=stApp]')"):
            opened(page, server.url)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme, forced_colors="none")
        page.keyboard.press("Escape")
        turned(page, FORGETS)
        page.locator(".filters details[open] summary").evaluate_all("all => all[0]?.click()")
        # An address says it on a first visit only.
        language = "en" if "lang=en" in address else "nb"
        if page.evaluate("document.documentElement.lang") != language:
            page.locator(".st-key-language button", has_text=LANGUAGE_NAMES[language]).click()
            settled(page)
        return turned(page, address)

    yield go
    page = readers.pages[0]
    page.unroute_all()
    if request.node.stash.get(FAILED, False):
        page.evaluate("window.isLost = true")


@pytest.fixture
def new_page(readers, watch, request):
    """Make pages, watched, as wide and as dark as asked for; one of a failed test is kept."""

    def make(width=1440, height=900, color_scheme="light") -> Page:
        page = readers.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        return page

    with watch.following(readers):
        yield make
    # No longer listened to: a server that has ended with its test is no error of the page's.
    for number, page in enumerate(readers.pages):
        if request.node.stash.get(FAILED, False):
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=FAILURES / f"{name}-{number}.png")
        if number:
            page.close()


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"executable_path": found, "args": [*QUIET, OFFLINE]} | browser_type_launch_args


@pytest.fixture(scope="session")
def server():
    """One server with the shipped data for all tests of a worker."""
    with serve() as server:
        yield server


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A server of its own for all who publish in a file of tests, one after the other."""
    var = shutil.copytree(published(), tmp_path_factory.mktemp("desk") / "var")
    with serve(var=var) as server:
        yield server


# When the page last asked its server for something, until the server answers.
ASKED = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...sent) {
  this.onAnswer ??= this.addEventListener('message', () => { window.asked = null; }) ?? true;
  window.asked = performance.now();
  return send.apply(this, sent);
};
"""
# What was sent is answered, the run is over, nothing on the page is left from the run before, no
# component of ours still waits for its script, and no chart is on its way.
CALM = """([call, quiet]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const now = performance.now();
  const calm = app
    && !(window.asked && now - window.asked < 5000)  // some of it gets no answer
    && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector(
      '[data-stale="true"], [data-testid$="Skeleton"], .figure [aria-busy=true], :root[data-ahead]')
    && [...document.querySelectorAll('[data-testid^="stBidiComponent"]')]
      .every(place => (place.shadowRoot ?? place).querySelector('[class]'));
  if (!calm || window.calm?.call !== call) window.calm = {call, since: now};
  return calm && now - window.calm.since >= quiet;
}"""
calls = itertools.count()


def settled(page: Page, quiet: int = 300, timeout: int = PATIENCE) -> Page:
    """Wait until the app has been at rest for `quiet` milliseconds.

    The rest must last, because a click is answered by a new run only a moment later.
    """
    page.wait_for_function(CALM, arg=[next(calls), quiet], polling=50, timeout=timeout)
    return page


def opened(page: Page, address: str) -> Page:
    """Go to an address, as whoever started its server, and wait until all is drawn."""
    page.context.add_cookies(staff_cookies(address))
    page.goto(address, wait_until="commit")
    page.locator("h1").first.wait_for()  # each page has one, and nothing has it before its run
    return settled(page)


# What lets go of all that is chosen, and of what is asked in Explore.
FORGETS = "explore?lang=nb"
TURN = """address => {
  history.pushState({}, '', `/${address}`);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


def turned(page: Page, address: str) -> Page:
    """Go to an address within the page, as the browser's back does, and wait until all is drawn."""
    page.evaluate(TURN, address)
    page.locator("h1").first.wait_for()
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


# All that is read or heard on a page, but for queries and the names of pictures in letters.
SAID = """() => {
  const said = new Set();
  const walk = root => {
    const skipped = 'script, noscript, style, pre, pre *, [translate=no]';
    for (const e of root.querySelectorAll(`:not(${skipped})`)) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        said.add(e.getAttribute(name));
      for (const node of e.childNodes) if (node.nodeType === 3) said.add(node.nodeValue.trim());
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  walk(document);
  return [...said].filter(Boolean);
}"""
# What the framework says is a literal after one of these, or either of two.
LITERAL = re.compile(
    r"(?:\"aria-label\"|title|placeholder|children|label|alt):(?:[^,`{}]{0,40}\?)?`([^`]+)`(?::`([^`]+)`)?"
)
PUT_IN = r"\$?\{[^}]*\}"
# Norwegian has none of these, nor has a name in the shipped data.
ENGLISH = re.compile(
    r"\b(the|with|your|this|please|click|press|choose|select|help)\b", re.IGNORECASE
)


@cache
def frameworks_words() -> re.Pattern[str]:
    """All that Streamlit's own scripts may say, with anything in the places of what is put in."""
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("[A-Zi]*.js")
    found = {
        text
        for script in scripts
        if script.stat().st_size < 600_000  # larger ones draw charts and maps that we have none of
        for literal in LITERAL.findall(script.read_text(encoding="utf-8"))
        for text in literal
        if re.search(r"[A-Za-z]{3}", re.sub(PUT_IN, "", text))
    }
    found |= {text for key, text in entries("en").items() if key.startswith("framework.")}
    return re.compile("|".join(".+".join(map(re.escape, re.split(PUT_IN, t))) for t in found))


def english_in(page: Page) -> list[str]:
    """What is in English on a page in Norwegian: a word of the framework's, or one that Norwegian
    has not, or what we say in English otherwise."""
    ours = set(entries("nb").values())
    otherwise = {text for text in entries("en").values() if " " in text} - ours
    return [
        said
        for said in page.evaluate(SAID)
        if said not in ours | set(LANGUAGE_NAMES.values())
        and (said in otherwise or frameworks_words().fullmatch(said) or ENGLISH.search(said))
    ]


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


@pytest.fixture
def var(published: Path, tmp_path: Path) -> Path:
    """Where a test publishes more than the shipped files, which are current there."""
    return Path(shutil.copytree(published, tmp_path / "var"))


def in_place(data: Path) -> Path:
    """A var/ beside a data folder that is current in it, which a server need not publish."""
    var = data.parent / "var"
    assert not must_fix(publishing.publish(data, var))
    return var


def axe(page: Page, *rules: str) -> list[str]:
    """The accessibility rules of axe-core that this page breaks, a line for each place: of these
    rules only, or of all."""
    # Of the other results only the first of each rule is worked out.
    options: dict[str, Any] = {"resultTypes": ["violations"]} | (
        {"runOnly": list(rules)} if rules else {}
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found
        for node in rule["nodes"]
    ]
