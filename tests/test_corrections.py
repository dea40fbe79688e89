"""Cells that are corrected on the page: read so, taken back, and known when they come back."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from queries.contract import workbench
from ringvirkning.child import ASSOCIATIONS, as_json
from ringvirkning.intake.changes import differences
from ringvirkning.intake.sheets import Choice, Read, memory
from ringvirkning.intake.sheets.corrections import CORRECTION, key_of_cell
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.uploads import looking
from ringvirkning.store import versions
from tests.command import run

HEAD = "Tittel;Aktivitetstype;Startdato;Deltakere\n"
ROWS = (
    "Frokost;Konferanse;12.03.2026;mange\nMesse;Konferanse;;12\nKafé;Konferanse;12.03.2026;mange\n"
)
WRONG = HEAD + ROWS
ALL = key_of_cell("", "not_whole_number", 3, 2, "mange")
ALONE = key_of_cell("", "required", 2, 3, "")


def saved(folder: Path, text: str = WRONG, name: str = "aktiviteter.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, asked: Mapping[str, str] = {}, known: dict[str, dict[str, str]] | None = None):
    return read_file(path, asked, remembered=known, names=None)


def wrong(found: Read) -> list[tuple[str, int | None, str | None]]:
    return [(f.rule, f.row, f.found) for f in found.findings if not f.rule.startswith("ask_")]


def cells(found: Read, name: str) -> list[str]:
    return [row.get(name, "") for part in found.parts for row in part.rows]


def corrections(found: Read) -> list[Choice]:
    return [choice for choice in found.choices if choice.kind == CORRECTION]


def test_one_correction_is_for_all_cells_that_are_wrong_alike(tmp_path: Path):
    path = saved(tmp_path)
    assert wrong(read(path)) == [("not_whole_number", r, "mange") for r in (2, 4)]
    found = read(path, {ALL: "30"})
    assert (wrong(found), cells(found, "attended_count")) == ([], ["30", "12", "30"])
    (choice,) = corrections(found)
    assert (choice.column, choice.found, choice.value, len(choice.marks)) == (
        *("Deltakere", "mange", "30"),
        2,
    )
    # What is wrong in its row alone is corrected there alone; what is still wrong is said again.
    found = read(path, {ALONE: "13.03.2026", ALL: "flere"})
    assert cells(found, "start_date") == ["2026-03-12", "2026-03-13", "2026-03-12"]
    assert wrong(found) == [("not_whole_number", r, "flere") for r in (2, 4)]


def test_a_correction_is_taken_back_by_what_stood_there(tmp_path: Path):
    found = read(saved(tmp_path), {ALL: "mange", ALONE: "13.03.2026"})
    assert wrong(found) == [("not_whole_number", r, "mange") for r in (2, 4)]
    kept = [key for said in memory.readings([found]).values() for key in said if "cell/" in key]
    assert {key.split("/")[1] for key in kept} == {"C"}, "nothing of what was taken back"


def test_headings_are_no_cells(tmp_path: Path):
    text = WRONG.replace("Deltakere", "mange").replace("mange\n", "Deltakere\n", 1)
    found = read(saved(tmp_path, text), {"/cell/A//Tittel": "Frokost"})
    assert corrections(found) == [] and cells(found, "title")[0] == "Frokost"


def test_a_row_that_is_shorter_than_its_headings(tmp_path: Path):
    found = read(saved(tmp_path, WRONG + "Tur;Konferanse\n"), {"/cell/D/5/": "7", ALL: "30"})
    assert cells(found, "attended_count") == ["30", "12", "30", "7"]


def test_of_several_sheets_each_has_its_own(tmp_path: Path):
    book = openpyxl.Workbook()
    for title in ("Aktiviteter", "Aktiviteter 2025"):
        sheet = book.active if title == "Aktiviteter" else book.create_sheet()
        sheet.title = title
        for row in WRONG.splitlines():
            sheet.append(row.split(";"))
    book.save(path := tmp_path / "a.xlsx")
    key = key_of_cell("Aktiviteter 2025", "not_whole_number", 3, 2, "mange")
    found = read(path, {key: "30"})
    assert [(f.sheet, f.row) for f in found.findings if f.rule == "not_whole_number"] == [
        ("Aktiviteter", 2),
        ("Aktiviteter", 4),
    ]


def test_a_file_that_comes_back_is_corrected_as_before(tmp_path: Path):
    """Also when other cells were mended meanwhile, and rows came in between; but not another row,
    nor a cell that says something else now."""
    known = memory.readings([read(saved(tmp_path), {ALL: "30", ALONE: "13.03.2026"})])
    again = HEAD + "Ny;Konferanse;01.02.2026;3\n" + ROWS.replace("Kafé;", "Tur;")
    found = read(saved(tmp_path, again, "b.csv"), known=known)
    assert {choice.by for choice in corrections(found)} == {"remembered"}
    assert cells(found, "attended_count") == ["3", "30", "12", "mange"]
    assert cells(found, "start_date") == ["2026-02-01", "2026-03-12", "2026-03-13", "2026-03-12"]
    # An empty cell is known by the whole of its row.
    other = WRONG.replace("Messe;Konferanse;;12", "Messe;Konferanse;;14")
    assert cells(read(saved(tmp_path, other), known=known), "start_date")[1] == ""
    # Taken back, it is forgotten.
    (key,) = [c.key for c in corrections(found) if c.found == "mange"]
    assert wrong(read(tmp_path / "b.csv", {key: "mange"}, known))[0] == (
        *("not_whole_number", 3),
        "mange",
    )


def test_what_may_be_a_person_is_neither_hidden_nor_remembered(tmp_path: Path):
    number = "01017000027"
    path = saved(tmp_path, WRONG.replace("Messe;", f"{number};"))
    asked = {f"/cell/A//{number}": "Messe", ALL: "30"}
    found = read(path, asked)
    refused = looking.without_personal(found)
    assert refused
    assert [f.rule for f in refused.findings] == ["personal_national_id"]
    for value in ("Kari Nordmann", "ola@nord.no", "901 23 456"):
        found = read(saved(tmp_path), {"/cell/A//Messe": value, ALL: "30"})
        said = str(memory.readings([found]))
        assert value not in said and "30" in said
        assert "mange" not in said, "nor what stood there"


@pytest.mark.slow
def test_what_was_said_of_an_upload_holds_for_its_next_version(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """At once, not only once it is published; and not for editors of another association."""
    var = Path(shutil.copytree(published, tmp_path / "var"))
    mended = WRONG.replace("12.03.2026;mange\nMesse", "12.03.2026;31\nMesse")
    first, second = saved(tmp_path, WRONG), saved(tmp_path, mended, "aktiviteter (2).csv")
    said = {"/every_row/association:": "Innovasjon Gardermoen", ALONE: "14.03.2026"}
    said |= {"/every_row/evidence:evidence": "register", ALL: "30"}
    asked = looking.Asked({first.name: said})
    run("look", first, "--json", var=var, place=tmp_path, answers=as_json(asked))
    whole = tmp_path / "whole"
    whole.mkdir()
    with workbench() as connection:
        seen = looking.look(
            *(connection, [second], var, versions.current(var), whole, date(2026, 11, 23)),
            looking.Asked(),
        )
    assert seen.whole and seen.reads[0].questions == []
    (difference,) = differences(seen.before, seen.whole)
    assert dict(difference.counts) == {"added": 3}
    assert cells(seen.reads[0], "attended_count") == ["31", "12", "30"]
    monkeypatch.setenv(ASSOCIATIONS, '["Innovasjon Gardermoen"]')
    assert memory.remembered_readings(var) == {}
    memory.remember_readings(var, {"headings": {"table/": "partners"}})
    assert memory.remembered_readings(var).keys() == {"headings"}
    monkeypatch.delenv(ASSOCIATIONS)
    assert "headings" not in memory.remembered_readings(var)


def test_whose_rows_are_is_said_by_the_file_before_what_was_said_of_another(tmp_path: Path):
    names = {"association": ["Nord", "Sør"]}
    text = "Tittel;Aktivitetstype;Startdato\nFrokost;Konferanse;2025\n"
    key = "/every_row/association:"
    first = read_file(saved(tmp_path, text), {key: "Nord"}, names=names)
    known = memory.readings([first])
    for name, whose, by in (("a.csv", "Nord", "remembered"), ("Sør.csv", "Sør", "found")):
        again = read_file(saved(tmp_path, text, name), remembered=known, names=names)
        (choice,) = (c for c in again.choices if c.key == key)
        assert (choice.value, choice.by) == (whose, by)
