"""The search that is opened from every page, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from ringvirkning.texts import LANGUAGES, words
from tests.browser.conftest import axe, changed, headline, in_place, opened, settled
from tests.browser.test_view import asked, place
from tests.server import serve

nb = words("nb")
both_languages = pytest.mark.parametrize("language", LANGUAGES)
MANY = 1000


def found(page: Page) -> list[str]:
    return page.locator(".finder a span").all_inner_texts()


def search(page: Page, written: str) -> list[str]:
    """What is found by it, from wherever the focus is."""
    page.keyboard.press("Control+k")
    page.keyboard.type(written)
    return found(page)


@both_languages
def test_a_page_of_each_kind_is_opened_by_keyboard_with_what_is_chosen(visit, language):
    w = words(language)
    said = {} if language == "nb" else {"lang": ["en"]}
    page = visit(f"activities?years=2018-2026&lang={language}")
    for written, at, named, address in (
        ("nav buskerud", "partners", "NAV Buskerud", {"partner": ["nav_buskerud"]}),
        ("styring", "partnerships", None, {}),
        ("helsehub", "partnerships", "HelseHub", None),
        (w("explore.ready.network")[:-1], "explore", None, None),
        (w("menu.about"), "about", None, {}),
    ):
        search(page, written)
        first = found(page)[0]
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{at}?**")
        settled(page)
        expect(page.locator(".finder dialog")).to_be_hidden()
        assert place(page) == at
        if named:
            assert (first, headline(page)) == (named, named)
        if address:
            assert asked(page) == address | said | {"years": ["2018-2026"]}
        assert asked(page)["years"] == ["2018-2026"]


@both_languages
def test_it_opens_by_keyboard_is_walked_by_arrows_and_closes_by_escape(language, page, server):
    w = words(language)
    opened(page, f"{server.url}/partners?lang={language}")
    button, field = page.locator(".finder .opens"), page.locator(".finder input")
    button.focus()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    assert found(page) == [w(f"menu.{name}") for name in w_menu(page)]
    page.keyboard.type("drammen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".finder a").nth(1)).to_be_focused()
    assert not axe(page, "color-contrast", "list", "link-name", "label", "heading-order")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")  # goes on in the field
    expect(field).to_have_value("drammenx")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(button).to_be_focused()
    assert search(page, "xyzzy") == []
    assert w("search.none", query="xyzzy") in page.locator(".finder dialog").inner_text()


def w_menu(page: Page) -> list[str]:
    """The names of the pages in the menu, by their addresses."""
    links = page.get_by_test_id("stTopNav").get_by_role("link").all()
    return [str(one.get_attribute("href")).rpartition("/")[2] or "overview" for one in links]


def test_it_finds_what_is_misspelt_and_former_names_of_the_chosen_associations(visit):
    page = visit("about")
    usn = "Universitetet i Sørøst-Norge (USN)"
    for written in ("sorost", "SØRØST", "soeroest", "univrsitetet sørøst", "høgskolen i sørøst"):
        assert search(page, written)[0] == usn
    assert search(page, "håndballklub")[0] == search(page, "handballklubb")[0]
    link = page.locator(".finder a").first
    href = str(link.get_attribute("href"))
    page = visit(href)
    assert headline(page) == "Drammen Håndballklubb"
    page = visit("about?association=Innovasjon+Gardermoen")
    assert search(page, "håndballklubb") == []
    assert search(page, "viken fylkeskommune")[0] == "Akershus fylkeskommune"


def test_of_a_thousand_partners_those_that_are_nearest_are_told(page, data):
    def many(rows):
        names = ("Nord", "Sør", "Øst", "Vest", "Fjell", "Havn", "Skog", "Bygg", "Kraft", "Reise")
        for n in range(MANY):
            name = f"{names[n % 10]}{names[n // 10 % 10].lower()} {names[n // 100]} {n} AS"
            rows.append(dict.fromkeys(rows[0], "") | {
                "partner_id": f"made_{n}", "name": name, "partner_type": "company"})  # fmt: skip

    def agreed(rows):
        rows[0]["partner_ids"] += "".join(f"|made_{n}" for n in range(MANY))

    changed(data, "partners.csv", many)
    changed(data, "partnerships.csv", agreed)
    with serve(data, var=in_place(data)) as server:
        opened(page, f"{server.url}/about")
        assert [name.split()[0] for name in search(page, "nordsør")[:-1]] == ["Nordsør"] * 6
        assert nb("search.more", n=4) in page.locator(".finder dialog").inner_text()
        assert search(page, "nordsør øst")[0] == "Nordsør Øst 210 AS"
