"""Every page opens by its address, also as the first thing that a server is asked."""

import os
from urllib.parse import parse_qs, urlsplit

import pages
from ringvirkning.texts import words
from tests.browser.conftest import opened, settled, words_of
from tests.habits import named
from tests.server import serve, staff_cookies

# The first of the menu, which has no address, one that asks the most, one that begins a child, and
# the last: the others take the same way. `HYPOTHESIS=long` opens all of them at once.
FEW = (pages.MENU[0], "partnerships", "data", pages.MENU[-1])
OPENED = pages.MENU if os.environ.get("HYPOTHESIS") == "long" else FEW
PLACES = {page: "" if page == pages.MENU[0] else page for page in OPENED}


def menu(page):
    return page.get_by_test_id("stTopNavLink").all_inner_texts()


def test_pages_open_by_their_addresses_at_once_on_a_fresh_server(new_page, watch):
    """Each by a reader of its own, none of whom finds that another has been there before."""
    w = words("nb")
    with serve(is_cold=True) as server:
        readers = {name: new_page() for name in OPENED}
        readers["overview"].context.add_cookies(staff_cookies(server.url))
        for name, page in readers.items():
            page.goto(f"{server.url}/{PLACES[name]}", wait_until="commit")
        for name, page in readers.items():
            page.locator("h1").first.wait_for()
            settled(page)
            assert menu(page) == [w(f"menu.{entry}") for entry in pages.MENU]
            here = page.get_by_test_id("stTopNav").locator("[aria-current=page]")
            assert here.inner_text() == w(f"menu.{name}")
            assert page.locator(".st-key-filters").is_visible()
            assert page.get_by_test_id("stAlert").count() == 0, name
            assert page.get_by_test_id("stException").count() == 0, name
            assert page.evaluate("document.documentElement.lang") == "nb"
        assert "Traceback" not in server.log()
    places = [f"/{place}/_stcore/" for place in PLACES.values() if place]
    own = sorted(place + asked for place in places for asked in ("health", "host-config"))
    assert sorted(urlsplit(url).path for url in watch.streamlits_own) == own


def test_a_cold_address_keeps_what_it_asks_for_while_the_files_are_published(new_page, data):
    with serve(data, is_cold=True) as server:
        address = f"{server.url}/partnerships?partner_type=county&lang=en"
        page = opened(new_page(), address)
        assert page.url == address
        assert named("en").code("partner_type", "county") in words_of(page)
        assert menu(page)[0] == words("en")("menu.overview")


def test_the_first_entry_of_the_menu_has_an_address_too(page, server, watch):
    watch.allow(r"status of 404")  # Streamlit first looks for itself below the address
    opened(page, f"{server.url}/{pages.MENU[0]}?partner_type=county&partner_type=company")
    assert page.get_by_role("dialog").count() == 0
    assert page.locator("[aria-current=page]").inner_text() == words("nb")("menu.overview")
    assert parse_qs(urlsplit(page.url).query) == {"partner_type": ["county", "company"]}
