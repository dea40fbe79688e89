"""The page for everyone in a browser: with a script and without, alone and embedded."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ringvirkning.export import site
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import write_site
from ringvirkning.export.site.chosen import may_be_chosen
from ringvirkning.figures.catalogue import seen
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.browser.conftest import axe
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


@pytest.fixture
def address(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the pages are, on a server that knows nothing of them."""
    var, into = Path(shutil.copytree(published, tmp_path / "var")), tmp_path / "site"
    latest, day = versions.current(var), date.fromisoformat(AS_OF)
    assert latest
    shown = seen(words("nb"), latest, latest.protected(var), day, "")
    chosen = [one for one in may_be_chosen(shown) if one.code == "municipality"]
    monkeypatch.setattr(site, "may_be_chosen", lambda shown: chosen)
    write_site(latest, var, day, lambda _: Identity("IG"), into)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(into))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def refuse_script(of: Route) -> None:
    """What a script asks for is nothing that it could show."""
    if of.request.resource_type == "fetch":
        of.fulfill(body="", content_type="text/plain")
    else:
        of.fallback()


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
    page.route("**", refuse_script)
    page.get_by_role("link", name="Vis alle", exact=True).click()
    page.wait_for_function("window.isSame === undefined")
    expect(page.locator(".chosen")).to_have_count(0)
    page.unroute_all()
    # Names are searched for; what does not fit is left out.
    page.goto(address + "partners.html")
    page.get_by_role("searchbox").fill("NAV dram")
    expect(page.locator("tr[data-name]:visible")).to_have_count(1)
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
        bare.goto(address + "partners.html")
        assert bare.locator("tr[data-name]").count() > 40
        expect(bare.get_by_role("searchbox")).to_be_hidden()
