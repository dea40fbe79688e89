"""A session keeps the version it began with; it is told of a newer one, and a link may pin one."""

from playwright.sync_api import expect

from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.browser.conftest import changed, opened, settled, words_of
from tests.server import serve

nb = words("nb")


def one_more(rows):
    row = next(r for r in rows if r["programme"] == "WorkOP" and r["start_date"] > "2025")
    row["attended_count"] = str(int(row["attended_count"]) + 100)


def attendances(page):
    return int(page.locator(".st-key-example_cards .card .number").nth(1).inner_text())


def test_an_open_session_is_told_of_newer_data(page, data, var):
    with serve(data, var=var) as server:
        opened(page, server.url)
        before = attendances(page)
        assert page.get_by_test_id("stAlert").count() == 0
        changed(data, "activities.csv", one_more)
        page.get_by_role("link", name=nb("menu.about")).click()
        settled(page)
        page.get_by_role("link", name=nb("menu.overview")).click()
        settled(page)
        assert attendances(page) == before
        assert page.get_by_test_id("stAlert").count() == 1
        page.get_by_role("button", name=nb("version.show_latest")).click()
        settled(page)
        assert attendances(page) == before + 100
        assert page.get_by_test_id("stAlert").count() == 0
        assert "Traceback" not in server.log()


def test_a_link_pins_a_version(page, new_page, data, var):
    first = versions.history(var)[0].name
    changed(data, "activities.csv", one_more)
    assert not must_fix(publishing.publish(data, var))
    with serve(data, var=var) as server:
        opened(page, server.url)
        now = attendances(page)
        pinned = opened(new_page(), f"{server.url}/?version={first}")
        assert attendances(pinned) == now - 100
        assert f"version={first}" in pinned.url
        pinned.get_by_role("link", name=nb("menu.about")).click()
        settled(pinned)
        assert first in words_of(pinned)
        assert f"version={first}" in pinned.url
        pinned.get_by_role("button", name=nb("version.show_latest")).click()
        settled(pinned)
        assert "version=" not in pinned.url
        unknown = opened(new_page(), f"{server.url}/?version=nobody")
        assert attendances(unknown) == now
        assert "nobody" in unknown.get_by_test_id("stAlert").inner_text()
        assert "Traceback" not in server.log()


def test_an_editor_withdraws_what_was_published_by_mistake(page, new_page, data, var):
    """Personal data in a note, say: for good, with its files, and whoever has the link is told.

    The page for everyone is written anew by the same command: tests/test_withdrawal.py.
    """
    changed(data, "activities.csv", one_more)
    assert not must_fix(publishing.publish(data, var))
    first, second = versions.history(var)
    with serve(data, var=var) as server:
        link = f"{server.url}/about?version={second.name}"
        reader = opened(new_page(), link)
        assert second.name in words_of(reader)
        opened(page, f"{server.url}/data")
        date = nb.moment(second.published_at)
        what_changed = page.get_by_text(nb("publication.changed", date=date))
        for address in (f"since={first.name}", ""):  # a link to what is open, at once
            what_changed.click()
            settled(page)
            assert page.url.partition("?")[2] == address
        page.get_by_role("button", name=nb("publication.withdraw"), exact=True).click()
        page.get_by_text(nb("publication.destroy"), exact=True).click()
        now = page.get_by_role("button", name=nb("publication.destroy_now"))
        now.click()
        expect(page.get_by_text(nb("publication.why_needed"))).to_be_visible()
        page.get_by_label(nb("publication.why")).fill("Feil fil")
        now.click()
        expect(page.get_by_text(nb("version.out_of_reach"))).to_be_visible()
        settled(page)
        assert not second.folder(var).exists()
        assert versions.history_lines(var)[-1].note == "Feil fil"
        gone = nb("version.withdrawn", date=nb.day(versions.history_lines(var)[-1].current_at))
        opened(reader, link)
        assert gone in words_of(reader)
        assert first.name in words_of(reader)
        assert "Traceback" not in server.log()
