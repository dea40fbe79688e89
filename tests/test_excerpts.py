"""What was found, beside the rows it is in: on a page, and in a copy of the file."""

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from queries.contract import workbench
from ringvirkning import ROOT
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake.checks import excerpts, report
from ringvirkning.intake.checks.report import groups
from ringvirkning.intake.sheets import Read, reading
from ringvirkning.intake.uploads import looking
from ringvirkning.intake.uploads.remarks import MARKED, copy_with_remarks
from ringvirkning.texts import LANGUAGES, words

SHIPPED = ROOT / "data"
AS_OF = date(2026, 11, 23)
TITLES = ["Våre partnere", None], [None, None], ["Navn", "Partner\ntype", "Org.nr."]
ROWS = [[f"Bedrift {n}", "Kommune", None] for n in range(1, 31)]


def book(folder: Path) -> Path:
    """Row 4 is Bedrift 1; rows 8 and 30 have words for a partner type that are none."""
    made = openpyxl.Workbook()
    made.active.title = "Ark «1»"
    for row in [*TITLES, *ROWS]:
        made.active.append(row)
    made.active["B8"] = made.active["B30"] = "=SUM(1)"
    made.active["C5"] = "Hele raden"
    made.save(folder / "partnere.xlsx")
    return folder / "partnere.xlsx"


def finding(row: int | None, column: str | None = None, file: str = "partnere.xlsx") -> Finding:
    return Finding("required", file, row, column, sheet="Ark «1»")


def test_rows_beside_a_finding_and_the_headings_are_shown(tmp_path: Path):
    read = reading.read_file(book(tmp_path))
    found = groups([finding(8, "Partner type"), finding(30)])
    (excerpt,) = excerpts.of_uploaded([read], found)
    assert [number for number, _ in excerpt.rows] == [3, 6, 7, 8, 9, 10, 28, 29, 30, 31, 32]
    assert excerpt.places["Partner type"] == 1
    assert dict(excerpt.rows)[9] == ("Bedrift 6", "Kommune")
    assert excerpts.of_uploaded([read], groups([finding(None)])) == []


def test_a_column_with_two_headings_is_found_by_both(tmp_path: Path):
    """So that a cell in it can be corrected beside what was found."""
    text = "Arrangement;Deltakere;\n;Påmeldt;Møtt\nKurs;9;noen\n"
    (tmp_path / "aktiviteter.csv").write_text(text, encoding="utf-8")
    read = reading.read_file(tmp_path / "aktiviteter.csv", names=None)
    (excerpt,) = excerpts.of_uploaded([read], groups(read.findings))
    (wrong,) = read.findings
    assert excerpt.places[wrong.column or ""] == 2


def test_no_more_rows_are_shown_than_a_page_can_hold(tmp_path: Path):
    path = tmp_path / "partners.csv"
    path.write_text("name\n" + f"{'x' * 999}\n" * 5000, encoding="utf-8")
    many = groups(Finding(f"rule_{n}", "partners.csv", 10 * n) for n in range(1, 400))
    (excerpt,) = excerpts.of_folder(tmp_path, many)
    assert excerpts.MOST < len(excerpt.rows) < excerpts.MOST + 10
    assert {len(text) for _, cells in excerpt.rows for text in cells} == {4, excerpts.LONGEST}


def test_of_refused_and_unreadable_files_nothing_is_shown(tmp_path: Path):
    read = reading.read_file(book(tmp_path))
    found = groups([finding(8), Finding("personal_email", "other.csv", 3)])
    assert excerpts.of_uploaded([read], found) == []
    (tmp_path / "partners.csv").write_bytes(b"name\n\xe6\n")
    assert excerpts.of_folder(tmp_path, groups([Finding("not_utf8", "partners.csv", 2)])) == []


def test_a_published_folder_is_shown_as_its_files_are():
    found = groups(report.findings_of(SHIPPED, None, AS_OF))
    shown = {excerpt.file: excerpt for excerpt in excerpts.of_folder(SHIPPED, found)}
    assert shown.keys() == {group.file for group in found if group.findings[0].row}
    for group in found:
        excerpt = shown[group.file]
        for one in group.findings:
            (cells,) = (cells for number, cells in excerpt.rows if number == one.row)
            if one.found is not None and one.column:
                assert one.found[:80] in cells[excerpt.places[one.column]]


# A copy with remarks


def copy(path: Path, found: list[Finding], language: str = "nb"):
    content = copy_with_remarks(path, reading.read_file(path), found, words(language))
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_workbook_is_marked_and_has_remarks_in_its_rows(tmp_path: Path):
    path, w = book(tmp_path), words("nb")
    sheet = copy(path, [finding(8, "Partner type"), finding(30), finding(8, "Navn"), finding(None)])
    assert sheet["D3"].value == w("report.remarks")
    said = w("finding.rule.required")
    assert sheet["D8"].value == f"Partner type: {said} · Navn: {said}"
    assert sheet["D30"].value == said
    assert {cell.coordinate for row in sheet for cell in row if cell.fill == MARKED} == {"A8", "B8"}
    # What stood there stands there, and what we say is no formula.
    assert sheet["B8"].value == "=SUM(1)" and sheet["C5"].value == "Hele raden"
    assert {sheet.cell(number, 4).data_type for number in (3, 8, 30)} == {"s"}


def test_a_remark_that_begins_as_a_formula_is_text(tmp_path: Path):
    sheet = copy(book(tmp_path), [finding(8, "=1+1")])
    assert sheet["D8"].data_type == "s"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_that_is_corrected_is_read_as_the_file_was(tmp_path: Path, language: str):
    path = tmp_path / "partnere.csv"
    path.write_bytes("Liste\n\nNavn;Partnertype\nÉn; 2 ;\nTre;Kommune\n".encode("cp1252"))
    first = reading.read_file(path)
    found = [Finding("unknown_code", "partnere.csv", 4, "Partnertype", "2")]
    again = tmp_path / "again.csv"
    again.write_bytes(copy_with_remarks(path, first, found, words(language)))
    assert words(language)("report.remarks") in again.read_text(encoding="utf-8-sig")
    second = reading.read_file(again)
    assert second.parts == first.parts
    assert [c.about for c in second.choices if c.kind == "column"] == ["A", "B"]


@pytest.mark.slow
def test_a_look_has_as_many_groups_as_a_page_can_hold(published: Path, tmp_path: Path):
    var = shutil.copytree(published, tmp_path / "var")
    path = tmp_path / "partnere.csv"
    path.write_text("Navn;Partnertype\n" + "".join(f"N{n};Kommune\n" for n in range(3000)))
    (tmp_path / "whole").mkdir()
    with workbench() as connection:
        nothing, whole = looking.Asked(), tmp_path / "whole"
        seen = looking.look(connection, [path], var, None, whole, AS_OF, nothing)
    (group,) = (g for g in groups(seen.findings) if g.rule == "no_organisation_number")
    assert (group.count, group.of, len(group.findings)) == (3000, 3000, MOST_SHOWN)
    assert isinstance(seen.reads[0], Read) and seen.reads[0].grids
