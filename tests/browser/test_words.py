"""Nothing on a page in Norwegian is in English, also where a browser is English itself."""

import re

import pytest
from playwright.sync_api import expect

from ringvirkning.texts import LANGUAGES, entries, words
from tests.browser.conftest import english_in, opened, read, settled

nb = words("nb")
UNKNOWN = "Navn;Dato;Påmeldt\nMøte;løpende;12\nKurs;2024-02-03;3\n"


@pytest.fixture
def page(browser, watch):
    """As wide as leaves no room for the whole menu."""
    size = {"width": 820, "height": 900}
    with browser.new_context(locale="en-US", viewport=size) as context, watch.following(context):
        yield context.new_page()


def test_what_is_opened_is_in_norwegian(page, server):
    opened(page, f"{server.url}/data")
    page.get_by_test_id("stTopNav").get_by_text(re.compile(r"^\d+ til$")).click()
    page.get_by_role("menuitem").first.wait_for()
    assert english_in(page) == []
    page.keyboard.press("Escape")
    page.get_by_test_id("stTooltipIcon").first.hover()
    page.get_by_test_id("stTooltipContent").wait_for()
    assert english_in(page) == []
    # What screen readers are told of a list.
    box = page.get_by_test_id("stSelectbox").get_by_role("combobox").first
    box.click()
    told = entries("nb")["framework.options_there"].removeprefix("{n}")
    expect(page.get_by_role("log").first).to_contain_text(told)
    box.press("Escape")
    csv = {"name": "a.csv", "mimeType": "text/csv", "buffer": UNKNOWN.encode()}
    page.locator("input[type=file]").set_input_files(csv)
    page.locator(".questions select").nth(1).wait_for()
    settled(page)
    assert english_in(page) == []
    # Streamlit 1.67 reads out a label's Markdown, with what keeps words of the file from being any.
    assert page.locator("[aria-label*='\\\\']").count() == 0
    # On a phone, too.
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    assert english_in(page) == []
    page.get_by_role("button", name=nb("framework.open_menu")).click()
    page.get_by_role("button", name=nb("framework.close_menu")).wait_for()
    assert english_in(page) == []


def test_a_wrong_address_is_answered_in_its_language(new_page, server, watch):
    watch.allow("status of 404")
    page, homes = new_page(), set()
    for language in LANGUAGES:
        w = words(language)
        for place in ("nothing", "partnerships/here"):
            response = page.goto(f"{server.url}/{place}?lang={language}")
            assert response.status == 404
            assert read(page.locator("h1")) == w("no_page.title")
            assert page.evaluate("document.documentElement.lang") == language
            assert f"/{place}" in page.locator("main").inner_text()
            home = page.get_by_role("link", name=w("no_page.home"))
            homes.add(home.evaluate("link => link.href"))
    assert len(homes) == len(LANGUAGES)
    home.click()
    settled(page)
    assert page.locator("[aria-current=page]").inner_text() == w("menu.overview")
