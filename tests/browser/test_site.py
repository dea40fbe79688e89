"""The page for everyone in a browser: with a script and without, alone and embedded."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ringvirkning.export import site
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import find, lists, write_site
from ringvirkning.export.site.chosen import may_be_chosen
from ringvirkning.figures.catalogue import seen
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.browser.conftest import Watch, axe
from tests.site_files import leave_out_pictures, site_files
from tests.test_deck import AS_OF

PAGES = (
    "index.html", "outcomes.html", "partners.html", "partners/nav.html", "about.html",
    "figures/overview-active.html", "en/by/partner-type/municipality/index.html",
    "by/partner-type/municipality/figures/overview-active.html", "agreements/ig-nav.html",
    "questions.html", "en/questions/network.html", "find.html", "agreements.html",
)  # fmt: skip
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Where the pages are, on a server that knows nothing of them."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, with one type of partner that can be chosen."""
    place = tmp_path_factory.mktemp("site")
    var, into = Path(shutil.copytree(published, place / "var")), place / "site"
    latest, day = versions.current(var), date.fromisoformat(AS_OF)
    assert latest
    shown = seen(words("nb"), latest, latest.protected(var), day, "")
    chosen = [one for one in may_be_chosen(shown) if one.code == "municipality"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "may_be_chosen", lambda shown: chosen)
        patch.setattr(lists, "ROWS_ON_PAGE", 30)  # so that partners are on two pages
        patch.setattr(find, "MOST_FOUND", 40)
        leave_out_pictures(patch)
        write_site(latest, var, day, lambda _: Identity("IG"), into)
    return into


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder) as there:
        yield there


def refuse_script(of: Route) -> None:
    """What a script asks for is nothing that it could show."""
    if of.request.resource_type == "fetch":
        of.fulfill(body="", content_type="text/plain")
    else:
        of.fallback()


# What of a figure's words lies outside of it, where it is cut, by more than a pixel.
CUT = """() => [...document.querySelectorAll('svg[role=img] text')].filter(words => {
  const own = words.getBoundingClientRect(), all = words.closest('svg').getBoundingClientRect();
  return own.width && (own.left < all.left - 1 || own.right > all.right + 1);
}).map(words => words.textContent)"""


@pytest.mark.parametrize("width", [320, 1440])
def test_no_word_of_a_figure_is_cut_at_its_edge(page: Page, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    for name in (
        "index",
        "partnerships",
        "activities",
        "outcomes",
        "en/activities",
        "partners/nav",
    ):
        page.goto(f"{address}{name}.html")
        assert page.locator("svg[role=img] text >> visible=true").count() > 9
        assert page.evaluate(CUT) == [], name


def test_anybody_can_read_it(page: Page, browser: Browser, address: str):
    page.set_viewport_size({"width": 320, "height": 700})
    for name in PAGES:
        answer = page.goto(address + name)
        assert answer and answer.ok, name
        assert axe(page) == [], name
        assert page.evaluate(WIDER) == 0, name
    # A filter and a page by the keyboard alone.
    page.goto(address + "index.html")
    page.get_by_text("Partnertype", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen")).to_contain_text("Kommune")
    # From there to another in place, with its title, address and focus; and back.
    page.evaluate("window.isSame = true")
    here, title = page.url, page.title()
    page.get_by_role("link", name="Vis alle", exact=True).click()
    expect(page.locator(".chosen")).to_have_count(0)
    assert page.url != here and page.title() != title and page.evaluate("window.isSame")
    expect(page.locator("h1")).to_be_focused()
    assert axe(page) == []
    page.go_back()
    expect(page.locator(".chosen")).to_contain_text("Kommune")
    assert (page.url, page.title()) == (here, title) and page.evaluate("window.isSame")
    # What can't be had so is gone to.
    with browser.new_context(service_workers="block") as context:
        alone = context.new_page()
        alone.goto(here)
        alone.evaluate("window.isSame = true")
        alone.route("**", refuse_script)
        alone.get_by_role("link", name="Vis alle", exact=True).click()
        alone.wait_for_function("window.isSame === undefined")
        expect(alone.locator(".filters")).to_be_visible()
        expect(alone.locator(".chosen")).to_have_count(0)
    # Names are searched for; what does not fit is left out.
    page.goto(address + "partners.html")
    page.get_by_role("searchbox").fill("NAV dram")
    expect(page.locator("tr[data-name]:visible")).to_have_count(1)
    page.get_by_role("searchbox").fill("øvre eiker")  # on another page of the list
    expect(page.locator("tr[data-name]:visible")).to_have_count(2)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("tr[data-name]:visible")).to_have_count(30)
    page.goto(address + "en/find.html")
    page.get_by_role("searchbox").fill("NAV dram")
    expect(page.locator("li[data-name]:visible").first).to_contain_text("NAV Drammen")
    expect(page.locator("h2:visible")).to_have_count(2)
    # One line puts a figure, and nothing else, on another page.
    page.goto(address + "figures/overview-active.html")
    line = page.locator("[data-embed]").inner_text()
    assert address + "figures/overview-active.html" in line
    page.set_content(line)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    for hidden in ("nav", "main > section", "footer"):
        expect(frame.locator(hidden).first).to_be_hidden()
    # Without a script: all names, and no field that would do nothing.
    with browser.new_context(java_script_enabled=False) as still:
        bare = still.new_page()
        first = bare.goto(address + "partners.html")
        assert first and first.ok and bare.locator("tr[data-name]").count() == 30
        expect(bare.get_by_role("searchbox")).to_be_hidden()
        bare.locator("[rel=next]").click()
        assert bare.locator("tr[data-name]").count() > 10


KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const {url} of await cache.keys()) {
      found[new URL(url).pathname] = [name, await (await cache.match(url)).text()];
    }
  }
  return found;
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


def becomes(page: Page, script: str) -> None:
    """Wait for what the browser has kept: the framework's own waiting takes a promise for true."""
    again = "await new Promise((done) => setTimeout(done, 50))"
    asked = f"for (let n = 0; n < 1200; n++) {{ if (await ({script})()) return true; {again}; }}"
    assert page.evaluate(f"async () => {{ {asked} }}"), script


def test_with_the_network_gone_there_is_what_was_seen_and_nothing_older_once_it_is_back(
    browser: Browser, watch: Watch, folder: Path, tmp_path: Path
):
    watch.allow("ERR_CONNECTION_REFUSED|404")
    w, of_type, out = words("nb"), "by/partner-type/municipality/index.html", ".out"
    said = w("website.out")
    own = tmp_path / "site"
    shutil.copytree(folder, own)
    beside = own / "innovasjon"  # another's, below it
    beside.mkdir()
    for name in ("index.html", "other.html"):
        (beside / name).write_text("<!doctype html><html lang=nb><p>another's</p>", "utf-8")
    with browser.new_context(locale="nb-NO") as context, watch.following(context):
        page = context.new_page()
        with served(own) as address:
            page.goto(address)
            becomes(page, f"async () => '/find.html' in await ({KEPT})()")
            assert page.locator(out).is_hidden()
            page.goto(f"{address}innovasjon/index.html")
            kept = page.evaluate(KEPT)
            assert {"/", "/site.css", "/pages.js", "/Regular.woff2"} <= {*kept}
            assert not [path for path in kept if path.startswith(("/innovasjon", "/en/", "/data"))]
            page.goto(address)
        # Gone: another filter, in place and by its address, with its number, and told so.
        page.get_by_text(w("filter.partner_type"), exact=True).click()
        page.locator(".filters a").click()
        title = re.search("<h1>(.*?)</h1>", (own / of_type).read_text("utf-8"))
        assert title
        for again in (False, True):
            if again:
                page.reload()
            expect(page.locator("h1")).to_have_text(title[1])
            expect(page.locator(out)).to_contain_text(said)
            expect(page.locator(out)).to_contain_text(re.compile(r"\d{4} kl\. \d\d:\d\d\.$"))
        assert axe(page) == []
        # Back with another edition: it is shown, and nothing of the one before stays.
        for file in site_files(own, ".html"):
            text = file.read_text("utf-8").replace(title[1], "Nye tall")
            file.unlink()  # another name of the same file is the first site's
            file.write_text(text.replace('data-edition="', 'data-edition="new '), "utf-8")
        with served(own, int(address.rpartition(":")[2].strip("/"))):
            page.reload()
            expect(page.locator("h1")).to_have_text("Nye tall")
            expect(page.locator(out)).to_be_hidden()
            becomes(page, f"async () => '/find.html' in await ({KEPT})()")
            kept = page.evaluate(KEPT)
            assert all(" new " in name for name, _ in kept.values())
            assert kept[f"/{of_type.removesuffix('index.html')}"][1].count("Nye tall")
            # A site that has no such worker any more leaves nothing behind.
            for file in (own / "sw.js", own / of_type):
                file.unlink()
            page.reload()
            becomes(page, f"async () => !await ({WORKERS})()")
            assert page.evaluate(KEPT) == {}
