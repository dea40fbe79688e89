"""An editor types rows in: found again in a new session, told what is wrong beside its field,
published as one version and taken back."""

import csv
import json
import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from ringvirkning.store import versions
from tests.browser.conftest import axe, changed, english_in, opened, settled, sideways
from tests.browser.test_upload import current
from tests.command import run
from tests.habits import named

nb = named("nb")
KEEP = nb("enter.keep")
TITLE = "Frokostmøte om rekruttering"


def field_of(page, column: str):
    name = re.compile(f"^{re.escape(nb(f'column.{column}'))}( |$)")
    return page.get_by_role("textbox", name=name).or_(page.get_by_role("combobox", name=name)).first


def choose(page, column: str, option: str):
    box = field_of(page, column)
    box.focus()
    box.press("ArrowDown")  # opens it; so does a press of its arrow
    page.get_by_role("option", name=option, exact=True).click()


def press(page, name: str):
    page.get_by_role("button", name=name, exact=True).click()
    return settled(page)


def rows_of(desk, table: str) -> list[dict[str, str]]:
    file = current(desk.var).files(desk.var) / f"{table}.csv"
    with file.open(encoding="utf-8") as source:
        return [*csv.DictReader(source)]


def on_the_disk(desk) -> str:
    return "".join(f.read_text(encoding="utf-8") for f in desk.var.glob("drafts/*/*.json"))


def test_what_is_typed_in_is_still_there_in_a_new_session_that_publishes_it(new_page, desk):
    page = opened(new_page(390), f"{desk.url}/data?entry=activities")
    assert english_in(page) == []
    assert axe(page) == []
    assert not sideways(page)
    field_of(page, "title").fill(TITLE)
    field_of(page, "start_date").fill("31. februar")
    field_of(page, "attended_count").fill("ca. 1 234")
    press(page, KEEP)
    # Beside its field, and in its name for who hears the page.
    wrong = page.get_by_role("textbox", name=f"– {nb('enter.wrong.is_partial_date')}")
    expect(wrong).to_have_value("31. februar")
    required = page.get_by_role("combobox", name=f"– {nb('enter.wrong.required')}")
    expect(required).to_have_count(3)
    expect(required.first).to_be_focused()
    assert axe(page) == []
    assert on_the_disk(desk) == "", "nothing is kept that can't be read"
    choose(page, "association", "Innovasjon Gardermoen")
    choose(page, "activity_type", nb.code("activity_type", "conference"))
    choose(page, "evidence", "Register")
    wrong.fill("12. mars")
    # A rule that only the whole table can be held against.
    field_of(page, "end_date").fill("1. mars")
    press(page, KEEP)
    too_early = page.get_by_role("textbox", name=nb("finding.rule.is_not_before"))
    expect(too_early).to_have_value("1. mars")
    expect(too_early).to_be_focused()
    assert TITLE in on_the_disk(desk), "it is a draft already"
    field_of(page, "end_date").fill("")
    press(page, KEEP)
    page.get_by_role("heading", level=1, name=nb("enter.waiting")).wait_for()
    expect(page.get_by_text("Gjennomførte aktiviteter: 47 → 48")).to_be_visible()
    assert english_in(page) == []
    assert axe(page) == []
    assert not sideways(page)
    # Another session, as after a crash of the browser. The worklist there opens just the form for
    # what is missing.
    page = opened(new_page(), desk.url)
    expect(page.get_by_role("link", name=nb("enter.waits", n=1))).to_be_visible()
    page.get_by_text(f"{nb('attention.not_followed_up.title')}: ").click()
    settled(page)
    point = nb.code("measuring_point", "12_months")
    page.get_by_role("link", name=f"{nb('enter.fill_in')} {point}").click()
    settled(page)
    known = f"{nb('enter.label.activity_id')}: WorkOP høsten 2024 (10. september 2024) · "
    expect(page.get_by_text(known)).to_contain_text(f"{nb('column.measured_at')}: Etter 12 måneder")
    shown = page.locator(".st-key-entry-form").get_by_role("textbox").filter(visible=True)
    assert shown.count() == 4, "the number, of how many, the source and its day"
    field_of(page, "value").fill("7")
    field_of(page, "followed_up_count").fill("9")
    choose(page, "evidence", nb.code("evidence", "illustrative").capitalize())
    press(page, KEEP)
    page.get_by_role("heading", level=1, name=nb("enter.waiting")).wait_for()
    expect(page.get_by_text("Gjennomførte aktiviteter: 47 → 48")).to_be_visible()
    press(page, nb("upload.publish"))
    expect(page.get_by_text(nb("enter.nothing_waits"))).to_be_visible()
    (row,) = [row for row in rows_of(desk, "activities") if row["title"] == TITLE]
    said = [row[n] for n in ("start_date", "attended_count", "count_qualifier", "evidence")]
    assert said == ["2026-03-12", "1234", "about", "register"]
    found = [
        row
        for row in rows_of(desk, "outcomes")
        if row["activity_id"] == "ig_workop_2024_host" and row["measured_at"] == "12_months"
    ]
    assert [(row["measure"], row["value"], row["followed_up_count"]) for row in found] == [
        ("in_work_or_education", "7", "9")
    ]
    assert current(desk.var).note == nb("enter.note", n=2)
    assert on_the_disk(desk) == ""
    page.get_by_role("link", name=nb("menu.overview"), exact=True).first.click()
    settled(page)
    assert "alle målinger" in page.get_by_test_id("stMain").inner_text()


def test_a_name_is_refused_and_nothing_of_it_kept(page, desk):
    opened(page, f"{desk.url}/data?entry=work_streams%3Fpartnership_id%3Dnfdr_helsehub")
    field_of(page, "title").fill("Samling")
    choose(page, "work_status", "Planlagt")
    choose(page, "evidence", "Register")
    page.get_by_text(nb("enter.more"), exact=True).click()
    field_of(page, "own_role").fill("Kari Nordmann")
    press(page, KEEP)
    refused = page.get_by_role("textbox", name=nb("enter.wrong.personal_name"))
    expect(refused).to_have_value("")
    expect(field_of(page, "title")).to_have_value("Samling")
    assert on_the_disk(desk) == ""
    refused.fill("daglig leder")
    press(page, KEEP)
    assert "daglig leder" in on_the_disk(desk)
    press(page, nb("enter.drop"))
    expect(page.get_by_text(nb("enter.nothing_waits"))).to_be_visible()
    assert on_the_disk(desk) == ""


def test_what_is_unlikely_is_told_before_it_is_published_by_keyboard(page, desk):
    opened(page, f"{desk.url}/data?entry=partners")
    field_of(page, "name").fill("Nordby Bakeri AS")
    choose(page, "partner_type", nb.code("partner_type", "company"))
    field_of(page, "organisation_number").fill("123 456 785")
    press(page, KEEP)
    advice = page.get_by_text(nb("finding.rule.organisation_number_not_given"))
    expect(advice).to_contain_text(nb("column.organisation_number"))
    assert axe(page) == []
    button = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(nb("enter.nothing_waits"))).to_be_visible()
    assert "123456785" in [row["organisation_number"] for row in rows_of(desk, "partners")]


def test_the_next_of_a_series_needs_its_day_and_how_many_came(page, desk):
    title = "Frokost i HelseHub"
    opened(page, f"{desk.url}/data?entry=activities%3Fpartnership_ids%3Dnfdr_helsehub")
    field_of(page, "title").fill(title)
    choose(page, "association", "Næringsforeningen i Drammensregionen")
    choose(page, "activity_type", nb.code("activity_type", "conference"))
    choose(page, "evidence", "Register")
    field_of(page, "start_date").fill("14.1.2026")
    field_of(page, "attended_count").fill("23")
    press(page, KEEP)
    for day, count in (("11.2.2026", "31"), ("11.3.2026", "28")):
        page.get_by_role("link", name=nb("enter.like_it", name=title), exact=True).click()
        settled(page)
        field_of(page, "start_date").fill(day)
        field_of(page, "attended_count").fill(count)
        press(page, KEEP)
    changes = page.get_by_text(re.compile(r"^Gjennomførte aktiviteter: \d+ → \d+$")).inner_text()
    before, after = map(int, re.findall(r"\d+", changes))
    assert after == before + 3
    kept = [json.loads(f.read_text())["row"] for f in desk.var.glob("drafts/*/*.json")]
    each = ("start_date", "attended_count")
    found = sorted(tuple(row.pop(name) for name in each) for row in kept)
    assert found == [("2026-01-14", "23"), ("2026-02-11", "31"), ("2026-03-11", "28")]
    assert kept[0] == kept[1] == kept[2]
    assert (kept[0]["title"], kept[0]["partnership_ids"]) == (title, "nfdr_helsehub")
    press(page, nb("upload.publish"))
    assert on_the_disk(desk) == ""


def said_in_conversation(desk) -> set[str]:
    source = nb("in_force.conversation")
    return {r["title"] for r in rows_of(desk, "partnerships") if r["confirmed_source"] == source}


def test_corrections_answers_and_a_withdrawal_are_one_version_and_all_come_back(page, desk):
    said_before = said_in_conversation(desk)
    before = {name: rows_of(desk, name) for name in ("partnerships", "outcomes", "activities")}
    opened(page, f"{desk.url}/partnerships?partnership=nfdr_helsehub")
    page.get_by_role("link", name=nb("enter.correct_it"), exact=True).click()
    page.get_by_role("heading", level=1, name=nb("enter.correct", name="HelseHub")).wait_for()
    settled(page)
    field_of(page, "start_date").fill("mai 2019")
    press(page, KEEP)
    expect(page.get_by_text(f"{nb('column.start_date')}: 2019 → mai 2019").first).to_be_visible()
    # An activity with all that came of it.
    gone = "ig_workop_2023_var"
    opened(page, f"{desk.url}/data?entry=activities%3Factivity_id%3D{gone}%26withdraw%3D1")
    results = [row for row in before["outcomes"] if row["activity_id"] == gone]
    expect(page.get_by_text(nb("enter.withdraw_more", n=len(results)))).to_be_visible()
    press(page, nb("enter.withdraw_keep"))
    expect(page.get_by_text(nb("enter.no_why"))).to_be_visible()
    page.get_by_role("textbox", name=nb("enter.why")).fill("Holdt av en annen forening")
    press(page, nb("enter.withdraw_keep"))
    page.get_by_role("heading", level=1, name=nb("enter.waiting")).wait_for()
    settled(page)
    # Answers for several agreements wait with what else was typed.
    page.get_by_role("link", name=nb("menu.partnerships"), exact=True).first.click()
    settled(page)
    titles = ("Arbeidslivsmentor", "Lederkurs")
    for title in titles:
        box = page.get_by_role("combobox", name=nb("in_force.several"))
        box.focus()
        page.keyboard.type(title)
        page.get_by_role("option", name=title, exact=True).click()
        page.keyboard.press("Escape")  # while its list is open nothing else is there to be heard
        settled(page)
    for title in titles:
        group = page.get_by_role("radiogroup", name=f"{nb('in_force.ask')} {title}", exact=True)
        group.get_by_role("radio", name=nb("in_force.in_force")).click()
        settled(page)
    page.get_by_role("button", name=nb("enter.keep_for_later"), exact=True).click()
    page.get_by_role("heading", level=1, name=nb("enter.waiting")).wait_for()
    settled(page)
    said = f"{nb('column.confirmed_date')}: 2017 → 23. november 2026"
    expect(page.get_by_text(said).first).to_be_visible()
    assert page.get_by_role("button", name=nb("enter.drop"), exact=True).count() == 4 + len(results)
    press(page, nb("upload.publish"))
    expect(page.get_by_text(nb("enter.nothing_waits"))).to_be_visible()
    (row,) = [r for r in rows_of(desk, "partnerships") if r["partnership_id"] == "nfdr_helsehub"]
    assert row["start_date"] == "2019-05"
    assert gone not in {row["activity_id"] for row in rows_of(desk, "activities")}
    assert len(rows_of(desk, "outcomes")) == len(before["outcomes"]) - len(results)
    note = current(desk.var).note or ""
    assert "Holdt av en annen forening" in note
    assert nb("enter.note", n=4 + len(results)) in note
    assert said_in_conversation(desk) - said_before == {*titles}
    opened(page, f"{desk.url}/data")
    press(page, nb("publication.back"))
    press(page, nb("publication.back_now"))
    assert {name: rows_of(desk, name) for name in before} == before
    assert len(versions.history(desk.var)) >= 2


def confirmed_meanwhile(desk, title: str, note: str) -> None:
    """Somebody else publishes that an agreement is still in force."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(shutil.copytree(current(desk.var).files(desk.var), Path(place, "data")))

        def confirmed(rows):
            row = next(row for row in rows if row["title"] == title)
            row.update(confirmed_date="2026-11-23", confirmed_source="samtale")

        changed(data, "partnerships.csv", confirmed)
        run("publish", data, var=desk.var, note=note)


def test_what_another_publishes_meanwhile_is_told_and_the_draft_stays(page, desk):
    opened(page, f"{desk.url}/data?entry=partnerships%3Fpartnership_id%3Dnfdr_helsehub")
    page.get_by_text(nb("enter.more"), exact=True).click()
    field_of(page, "purpose").fill("Det jeg skrev")
    press(page, KEEP)
    confirmed_meanwhile(desk, "HelseHub", "Sagt av rådmannen")
    press(page, nb("upload.publish"))
    expect(page.get_by_text("Sagt av rådmannen").first).to_be_visible()
    press(page, nb("upload.publish"))
    expect(page.get_by_text(nb("enter.nothing_waits"))).to_be_visible()
    (row,) = [r for r in rows_of(desk, "partnerships") if r["partnership_id"] == "nfdr_helsehub"]
    assert (row["purpose"], row["confirmed_date"]) == ("Det jeg skrev", "2026-11-23")


def test_nobody_types_in_the_public_edition(page, desk):
    opened(page, f"{desk.url}/data?entry=activities&surface=public")
    expect(page.get_by_text(nb("enter.no_role"))).to_be_visible()
    assert page.get_by_role("button", name=KEEP).count() == 0
