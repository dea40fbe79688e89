"""An editor says which agreements are still in force, in three clicks, and takes it back."""

import csv

from playwright.sync_api import expect

from ringvirkning.store import versions
from tests.browser.conftest import axe, english_in, opened, settled, sideways
from tests.browser.test_upload import UPLOADERS_OWN, current
from tests.habits import named

nb = named("nb")
FIRST = "Samarbeid med Nannestad kommune"


def standing_of(page, title: str, answer: str):
    group = page.get_by_role("radiogroup", name=f"{nb('in_force.ask')} {title}", exact=True)
    return group.get_by_role("radio", name=nb(f"in_force.{answer}"))


def worklist(page):
    return page.get_by_text(f"{nb('attention.unconfirmed.title')}: ")


def row_of(desk, title: str) -> dict[str, str]:
    with (current(desk.var).files(desk.var) / "partnerships.csv").open(encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["title"] == title)


def test_what_is_still_in_force_is_said_in_three_clicks(new_page, desk):
    page = opened(new_page(390), desk.url)
    before = current(desk.var)
    assert "19 partnerskap" in worklist(page).inner_text()
    worklist(page).click()
    settled(page)
    standing_of(page, FIRST, "in_force").click()
    settled(page)
    expect(page.get_by_text("Aktive partnerskap: 1 → 2")).to_be_visible()
    # Of several at once, by the keyboard; that it is not known is kept.
    for other in ("Arbeidslivsmentor", "HelseHub"):
        standing_of(page, other, "unknown").focus()
        page.keyboard.press("Space")
        settled(page)
    assert current(desk.var) == before, "nothing is published before it is said"
    assert english_in(page) == []
    assert axe(page) == []
    assert not sideways(page)
    page.get_by_role("button", name=nb("upload.publish"), exact=True).click()
    expect(worklist(page)).to_contain_text("18 partnerskap")
    settled(page)
    row = row_of(desk, FIRST)
    assert (row["confirmed_date"], row["confirmed_source"]) == ("2026-11-23", "samtale")
    row = row_of(desk, "HelseHub")
    assert (row["asked_date"], row["confirmed_source"]) == ("2026-11-23", "")
    assert current(desk.var).note == nb("in_force.note", n=3)
    # In its story, too, and there it can be said of it alone.
    page.get_by_role("link", name="Lederkurs").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lederkurs")
    standing_of(page, "Lederkurs", "ended").click()
    page.get_by_role("textbox", name=nb("in_force.role")).fill("Kari Nordmann")
    page.keyboard.press("Enter")
    page.get_by_text(nb("enter.wrong.personal_name")).wait_for()
    page.get_by_role("textbox", name=nb("in_force.role")).fill("kursleder")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name=nb("upload.publish"), exact=True).click()
    expect(page.get_by_text("kursleder")).to_be_visible()
    settled(page)
    assert page.get_by_role("radiogroup", name=nb("in_force.ask")).count() == 0, "it has ended"
    assert len(versions.history(desk.var)) == 3


def test_nobody_is_asked_in_the_public_edition_or_of_an_older_version(new_page, desk):
    page = opened(new_page(), f"{desk.url}/partnerships?partnership=nfdr_helsehub&surface=public")
    assert page.get_by_role("radiogroup", name=nb("in_force.ask")).count() == 0
    first = versions.history(desk.var)[0].name
    opened(page, f"{desk.url}/partnerships?partnership=nfdr_helsehub&version={first}")
    assert page.get_by_role("radiogroup", name=nb("in_force.ask")).count() == (
        first == current(desk.var).name
    )


def test_ten_minutes_a_month_open_what_is_due_and_count_what_is_done(new_page, desk):
    page = opened(new_page(390), f"{desk.url}/data")
    so_far = page.get_by_text("avtaler er bekreftet det siste året")
    done, _, of = so_far.inner_text().split()[:3]
    page.get_by_text(nb("upkeep.title.confirmed")).click()
    settled(page)
    title = "Kontor hos Business Jessheim"
    standing_of(page, title, "in_force").click()
    settled(page)
    assert english_in(page) == []
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    assert not sideways(page)
    page.get_by_role("button", name=nb("upload.publish"), exact=True).first.click()
    expect(so_far).to_contain_text(f"{int(done) + 1} av {of} ")
    public = opened(new_page(), f"{desk.url}/data?surface=public")
    expect(public.get_by_role("heading", level=1)).to_be_visible()
    assert public.get_by_text(nb("month.title")).count() == 0
