"""Two processes behind the documented proxy: a page of one that is killed goes on at the other."""

import re
import shutil

from playwright.sync_api import Page, expect

from ringvirkning import ROOT
from ringvirkning.texts import words
from tests.browser.conftest import PATIENCE, headline, opened, settled
from tests.proxies import before_several, nginx
from tests.server import Server, published
from tests.test_processes import several

W = words("nb")


def owner(page: Page, running: list[Server]) -> Server:
    """Whose files the page offers."""
    address = page.locator("a.file").first.get_attribute("href") or ""
    return next(one for one in running if f"/{one.port}~" in address)


def taken(page: Page) -> str:
    with page.expect_download() as file:
        page.get_by_text(W("figure.whole")).click()
    return file.value.suggested_filename


def test_a_page_goes_on_at_another_process(browser, watch, tmp_path, token="t" * 43):
    watch.allow("WebSocket|Failed to load resource|ERR_")
    var = shutil.copytree(published(), tmp_path / "var")
    with (
        several(ROOT / "dashboard.py", var, token) as running,
        nginx(before_several([one.port for one in running])) as port,
        browser.new_context(ignore_https_errors=True, locale="nb-NO") as context,
        watch.following(context),
    ):
        context.set_default_timeout(PATIENCE)
        page, url = context.new_page(), f"https://127.0.0.1:{port}"
        page.goto(f"{url}/?token={token}")
        page.goto(f"{url}/data")
        # A file that is chosen comes to its session, whichever process takes it.
        page.locator("input[type=file]").first.set_input_files(ROOT / "data" / "partners.csv")
        expect(page.get_by_text(W("upload.same"))).to_be_visible()

        opened(page, f"{url}/partnerships?programme=WorkOP")
        before, of = headline(page), owner(page, running)
        assert taken(page).endswith(".xlsx")
        of.process.kill()
        of.process.wait()
        # The other one draws it anew, with what was chosen and for whom it was.
        (other,) = (one for one in running if one is not of)
        expect(page.locator(f'a.file[href*="/{other.port}~"]').first).to_be_visible()
        settled(page)
        assert headline(page) == before
        assert taken(page).endswith(".xlsx")
        assert page.get_by_text(W("surface.as_public"), exact=True).is_visible(), "still staff"
        page.get_by_role("link", name=W("menu.outcomes"), exact=True).first.click()
        expect(page).to_have_url(re.compile("/outcomes.*programme=WorkOP"))
        settled(page)
        assert owner(page, running) is other
