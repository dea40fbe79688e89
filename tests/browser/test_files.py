"""Files that are made when they are asked for: what keeps one from that is said on the page."""

import io
import shutil

import openpyxl
import pytest
from playwright.sync_api import expect

from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.browser.conftest import opened
from tests.command import run
from tests.server import published, serve


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server whose folder may be taken from it."""
    var = shutil.copytree(published(), tmp_path_factory.mktemp("house") / "var")
    with serve(var=var) as server:
        yield server


def test_a_file_that_can_not_be_made_is_told_beside_its_link(page, house, watch):
    watch.allow("500")  # the browser's word for the answer
    w, away = words("nb"), house.var.with_name("away")
    opened(page, house.url)
    link = page.get_by_role("link", name=w("figure.whole"))
    told = page.get_by_role("alert").filter(has_text=w("file.failed"))
    house.var.rename(away)  # what libraries lay aside has no place
    house.var.write_text("no folder")
    link.click()
    expect(told).to_be_visible()
    house.var.unlink()
    away.rename(house.var)
    with page.expect_download() as download:
        link.click()
    expect(told).to_have_count(0)
    assert download.value.suggested_filename.endswith(".xlsx")
    assert openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).sheetnames


def test_a_picture_whose_typeface_does_not_come_is_told_in_its_menu(page, house, watch):
    watch.allow("woff2|ERR_FAILED|Failed to fetch")
    w = words("en")
    opened(page, f"{house.url}/?lang=en")
    page.route("**/fonts/*.woff2", lambda route: route.abort())
    figure = page.locator(".figure").first
    figure.get_by_role("button", name=w("figure.menu")).click()
    menu = figure.locator(".menu")
    menu.get_by_role("button", name="PNG", exact=True).click()
    expect(menu.get_by_role("alert")).to_have_text(w("file.failed"))
    page.unroute("**/fonts/*.woff2")
    with page.expect_download() as download:
        menu.get_by_role("button", name="PNG", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    expect(menu.get_by_role("alert")).to_have_text("")


def test_a_file_of_what_was_withdrawn_is_told_to_be_gone(page, house, watch):
    """The last test here: nothing is current afterwards."""
    watch.allow("404")
    opened(page, f"{house.url}/about")
    current = versions.current(house.var)
    assert current
    run("withdraw", current.name, var=house.var, why="a test")
    page.get_by_role("link", name=words("nb")("about.download")).click()
    expect(page.get_by_role("alert").filter(has_text=words("nb")("file.gone"))).to_be_visible()
