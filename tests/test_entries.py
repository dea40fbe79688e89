"""What is typed in a form: read as people write, kept whole, published by the same door."""

import csv
import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.drafts import all_kills
from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.child import as_json, from_json
from ringvirkning.intake import former
from ringvirkning.intake.checks.guard import NAMELESS, is_free_text
from ringvirkning.intake.forms import drafts, offers
from ringvirkning.intake.forms.entries import (
    Entry,
    can_be_typed,
    changed_meanwhile,
    fields_of,
    is_asked_first,
    personal_in_row,
    sheets_of,
    typed_columns,
    understood,
    withdrawn_in,
)
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.intake.uploads.looking import Asked
from ringvirkning.store import backup, numbered
from ringvirkning.texts import words
from ringvirkning.ui.editor.grid import with_draft

LISTED = former.listed_in(None)
TODAY = date(2026, 11, 23)
DATA = ROOT / "data"


def read(table: str, column: str, typed: str, language: str = "nb"):
    of = table_named(table)
    return understood(of, *fields_of(of, LISTED)[column], typed, words(language), TODAY)


@pytest.mark.parametrize(
    "table, column, typed, text",
    [
        ("activities", "start_date", "12. mars", "2026-03-12"),
        ("activities", "start_date", "14/1", "2026-01-14"),
        ("activities", "start_date", "12.3.2025", "2025-03-12"),
        ("activities", "start_date", "mai 2024", "2024-05"),
        ("activities", "start_date", "2024", "2024"),
        ("activities", "attended_count", " 1 234 ", "1234"),
        ("outcomes", "value", "37,5 %", "0.375"),
        ("outcomes", "value", "1,234", "1.234"),
        ("outcomes", "year", "2025/26", "2025-08/2026-07"),
        ("outcomes", "source", "", ""),
        ("associations", "municipalities", "3301; 3228", "3301|3228"),
    ],
)
def test_what_is_typed_is_read_as_people_write_it(table, column, typed, text):
    assert read(table, column, typed)[::2] == (text, None)


def test_a_point_is_the_decimal_sign_in_english():
    assert read("outcomes", "value", "1.234", "en").text == "1.234"
    assert read("outcomes", "value", "1.234").text == "1234"


def test_how_sure_a_number_is_may_stand_before_it():
    assert read("activities", "attended_count", "ca. 80")[:2] == ("80", "about")


@pytest.mark.parametrize(
    "table, column, typed, rule",
    [
        ("activities", "title", " ", "required"),
        ("activities", "start_date", "31. februar", "is_partial_date"),
        ("activities", "attended_count", "tolv", "not_whole_number"),
        ("outcomes", "value", "<5", "hidden_number"),
        ("activities", "note", "ring 91 23 45 67", "personal_phone"),
        ("activities", "source", "kari@example.no", "personal_email"),
        ("work_streams", "own_role", "Kari Nordmann", "personal_name"),
    ],
)
def test_what_is_wrong_is_of_its_column(table, column, typed, rule):
    found = read(table, column, typed)
    assert found.text == ""
    assert (found.wrong.rule, found.wrong.column) == (rule, column)


PERSONAL = {
    "personal_national_id": "født 13097248022",
    "personal_phone": "ring 91 23 45 67",
    "personal_email": "kari@example.no",
}


def test_no_words_of_any_form_hold_numbers_or_addresses_of_persons():
    """Those of what happened and of remarks are such words, like notes, quotes and purposes. What
    a person is called can't be told from other words: a name is refused where a role should
    stand."""
    free = [
        (table, column)
        for table in can_be_typed()
        for column in typed_columns(table)
        if is_free_text(table, column) and not column.codes and not column.type_table
    ]
    told = {(table.name, column.name) for table, column in free}
    assert told >= {("events", "title_nb"), ("events", "source"), ("remarks", "text_nb")}
    for table, column in free:
        for rule, text in PERSONAL.items():
            found = read(table.name, column.name, text)
            assert (found.text, found.wrong and found.wrong.rule) == ("", rule), column
            # Neither by a way that reads no field, as what an address says is known.
            assert personal_in_row(table, {column.name: text}, ())[column.name].rule == rule
        said = read(table.name, column.name, "Kari Nordmann sluttet").wrong
        expected = "personal_name" if column.name.endswith(NAMELESS) else None
        assert (said and said.rule) == expected, column


def test_what_an_organisation_is_called_is_no_persons_name():
    known = offers.organisations_known(DATA)
    assert {"Næringsforeningen i Drammensregionen", "NAV"} <= {*known}
    table, named = table_named("partnerships"), "Hansen Olsen"
    of = fields_of(table, LISTED)["confirmed_source"]
    assert understood(table, *of, named, words("nb"), TODAY, known).wrong
    assert not understood(table, *of, named, words("nb"), TODAY, (named,)).wrong


def test_every_table_but_the_lists_has_a_form_that_asks_first_what_must_be_there():
    assert {t.name for t in can_be_typed()} == {t.name for t in tables()} - {*LISTED}
    for table in can_be_typed():
        fields = fields_of(table, LISTED)
        asked = {n for n, (column, of) in fields.items() if is_asked_first(table, column, of)}
        assert asked >= {n for n, (column, _) in fields.items() if column.required}
        assert not {column.name for column in table.columns if column.name.endswith("_id")} & {
            n for n, (column, _) in fields.items() if column.is_key
        }


def test_a_partners_number_is_asked_before_from_when_to_when_it_was_there():
    for name, first, later in (
        ("partners", {"organisation_number"}, {"valid_from", "valid_to"}),
        ("successions", {"date"}, {"place"}),
        ("partnerships", {"start_date", "end_date"}, {"asked_date"}),
    ):
        table = table_named(name)
        fields = fields_of(table, LISTED)
        asked = {n for n, (column, of) in fields.items() if is_asked_first(table, column, of)}
        assert (asked & first, asked & later) == (first, set())


def test_of_a_result_of_an_activity_is_asked_what_that_does_not_tell():
    table = table_named("outcomes")
    fields = fields_of(table, LISTED)
    alone, of_round = (
        {n for n, (column, of) in fields.items() if is_asked_first(table, column, of, known)}
        for known in ({}, {"activity_id": "a"})
    )
    told = {"programme", "association", "year", "partnership_id", "partner_id"}
    assert (alone - of_round, of_round - alone) == (told, {"measured_at"})


def test_a_row_that_is_called_by_the_id_of_another_is_told_by_its_name():
    successions, partners = table_named("successions"), table_named("partners")
    for table, title, told in (
        (successions, "buskerud_2019", "Buskerud fylkeskommune (til 2019)"),
        (successions, "Ny partner", "Ny partner"),  # waits itself
        (partners, "buskerud_2019", "buskerud_2019"),
    ):
        assert offers.named_title(DATA, table, title) == told


def rows(sheet) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(sheet.text))]


def test_what_several_say_of_a_row_is_one_row():
    first, second = (
        Entry(id, "partnerships", {"partnership_id": "a", **more}, was={n: "" for n in more})
        for id, more in (("1", {"note": "x", "title": "A"}), ("2", {"note": "y"}))
    )
    (sheet,) = sheets_of([first, second])
    assert rows(sheet) == [{"partnership_id": "a", "title": "A", "note": "y"}]
    assert sheet.ids == ("2",)


def test_new_rows_of_a_table_are_in_one_sheet_for_each_set_of_columns():
    entries = [
        Entry("1", "outcomes", {"measure": "placement_permanent", "value": "1.234"}),
        Entry("2", "outcomes", {"measure": "placement_permanent", "value": "2"}),
        Entry("3", "partners", {"name": "Hansen, Olsen og Co", "partner_type": "firm"}),
    ]
    sheets = sheets_of(entries)
    assert [(s.table, s.ids) for s in sheets] == [("outcomes", ("1", "2")), ("partners", ("3",))]
    assert rows(sheets[0])[0]["value"] == "1,234000"  # which nobody reads as thousands


def activity(**more: str) -> dict[str, str]:
    said = {"association": "Innovasjon Gardermoen", "activity_type": "course"}
    return said | {"title": "Kurs", "start_date": "2026-03-12", "evidence": "register"} | more


def looked_at(var: Path, entries: list[Entry], tmp_path: Path):
    """What the child process says of entries, as the page asks it."""
    paths = []
    for number, sheet in enumerate(sheets_of(entries), 1):
        paths.append(tmp_path / f"{sheet.table} {number}.csv")
        paths[-1].write_text(sheet.text, encoding="utf-8")
    asked = as_json(Asked(withdrawn=withdrawn_in(entries)))
    command = [sys.executable, "-m", "ringvirkning", "look", *map(str, paths), "--var", str(var)]
    place = tmp_path / "place"
    place.mkdir(exist_ok=True)
    said = subprocess.run(
        [*command, "--place", str(place), "--answers", asked],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    from ringvirkning.intake.answers import UploadAnswer

    return from_json(said.stdout.splitlines()[-1], UploadAnswer)


@pytest.mark.slow
def test_new_corrected_and_withdrawn_rows_are_one_version(published: Path, tmp_path: Path):
    kept = offers.published_row(DATA, table_named("outcomes"), {"outcome_id": first_outcome()})
    entries = [
        Entry("1", "activities", activity()),
        Entry(
            "2",
            "partnerships",
            {"partnership_id": "nfdr_helsehub", "note": "Rettet."},
            was={"note": ""},
        ),
        Entry("3", "outcomes", {"outcome_id": kept["outcome_id"]}, is_withdrawn=True, why="Feil"),
    ]
    said = looked_at(published, entries, tmp_path)
    counts = {d.table: dict(d.counts) for d in said.changes.differences}
    assert counts == {
        "activities": {"added": 1},
        "partnerships": {"changed": 1},
        "outcomes": {"removed": 1},
    }
    assert said.whole
    # Also where nothing is said but that a row goes.
    alone = looked_at(published, entries[2:], tmp_path)
    assert [d.table for d in alone.changes.differences] == ["outcomes"]


def test_rows_are_offered_by_name_and_those_with_a_day_the_latest_first():
    assert offers.names_of_rows(DATA, "partners")["nav"] == ("NAV", "")
    held = offers.names_of_rows(DATA, "activities")
    assert held["ig_workop_2024_host"] == ("WorkOP høsten 2024", "2024-09-10")
    days = [day for _, day in held.values()]
    assert days == sorted(days, reverse=True)


def test_what_is_of_a_row_alone_goes_with_it():
    found = [*offers.rows_that_name(DATA, table_named("activities"), "ig_workop_2024_host")]
    assert {table.name for table, _ in found} == {"outcomes"}
    assert all(row["activity_id"] == "ig_workop_2024_host" for _, row in found)
    points = offers.points_known(DATA, "in_work_or_education")
    assert ("ig_workop_2024_host", "6_months") in points
    assert ("ig_workop_2024_host", "12_months") not in points


def first_outcome() -> str:
    return next(iter(offers.names_of_rows(DATA, "outcomes")))


@pytest.mark.slow
def test_what_breaks_a_rule_is_told_by_row_and_column(published: Path, tmp_path: Path):
    wrong = [
        Entry("1", "activities", activity(end_date="2026-01-01")),
        Entry("2", "activities", activity(title="Annet kurs", end_date="2026-04-01")),
    ]
    (group,) = [
        g for g in looked_at(published, wrong, tmp_path).found.groups if g.level == "must_fix"
    ]
    assert group.rule == "is_not_before"
    assert (group.findings[0].row, group.findings[0].column) == (2, "end_date")


def test_what_somebody_else_changed_meanwhile_is_told():
    entry = Entry(
        "1", "partnerships", {"note": "min", "title": "T"}, was={"note": "", "title": "S"}
    )
    assert [*changed_meanwhile(entry, {"note": "annens", "title": "T"})] == [("note", "", "annens")]


def test_drafts_are_each_persons_own_and_say_not_whose(tmp_path: Path):
    ours, theirs = (drafts.folder_of(tmp_path, who) for who in ("https://id.no kari", ""))
    numbered.keep_numbered(ours, Entry("a" * 12, "activities", activity(), at="1"))
    assert drafts.kept_entries(theirs) == []
    assert [e.row["title"] for e in drafts.kept_entries(ours)] == ["Kurs"]
    assert "kari" not in "".join(str(p) for p in tmp_path.rglob("*"))


def test_a_grid_is_kept_beside_entries_and_in_a_backup(tmp_path: Path):
    """One for each table, as it was written."""
    folder = drafts.folder_of(tmp_path, drafts.GRID)
    id, changed, added = drafts.grid_id("partners"), {3: ("a", "b")}, (("", "c"),)
    draft = drafts.GridDraft(id, "partners", "v", ("id", "name"), changed, added)
    numbered.keep_numbered(folder, draft)
    numbered.keep_numbered(folder, replace(draft, added=()))
    assert numbered.all_numbered(folder, drafts.GridDraft) == [replace(draft, added=())]
    assert drafts.kept_entries(drafts.folder_of(tmp_path, "")) == []
    assert [one for kind in backup.KEPT_FILES for one in tmp_path.glob(kind)] == [
        folder / f"{draft.id}.json"
    ]
    assert [*with_draft([["x", "y"]] * 5, draft)][3:] == [("a", "b"), ["x", "y"], ("", "c")]


def test_of_two_tabs_the_later_word_stays(tmp_path: Path):
    seen = Entry("a" * 12, "activities", activity(), at="1")
    numbered.keep_numbered(tmp_path, seen)
    newer = Entry("a" * 12, "activities", activity(note="to"), at="1")
    numbered.keep_numbered(tmp_path, newer)
    drafts.drop_entries(tmp_path, [seen])  # published as it was in the other tab
    assert drafts.kept_entries(tmp_path) == [newer]
    drafts.drop_entries(tmp_path, [newer])
    assert drafts.kept_entries(tmp_path) == []


@pytest.mark.slow
def test_no_kill_loses_a_draft_that_was_said_to_be_kept():
    """A few of the two hundred of `bench.drafts`."""
    kept, lost = all_kills(8)
    assert kept
    assert not lost
