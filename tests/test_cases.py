"""Signs of awkward files, each beside what is right: what came in wrong is worse than a refusal.

A case is a small file as somebody's program wrote it; beside it stands its neighbour, which looks
much like it and must still be read.
"""

from functools import partial
from pathlib import Path

import pytest

from ringvirkning.intake.sheets import Choice, Read, reading
from tests.habits import LISTED, workbook

read_file = partial(reading.read_file, listed=LISTED)
read = partial(read_file, names=None)  # what goes for all rows of a sheet is not asked
PARTNERS = "Navn;Partnertype;Org.nr.;Merknad\n"
ACTIVITIES = "Arrangement;Dato;Type;Arrangør;Program;Deltakere\n"


def saved(folder: Path, text: str, name: str = "aktiviteter.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def rows_of(found: Read, table: str) -> list[dict[str, str]]:
    return [row for part in found.parts if part.table == table for row in part.rows]


def told(found: Read, level: str = "must_fix") -> list[tuple[str, int | None]]:
    return [(f.rule, f.row) for f in found.findings if f.level == level]


def of_kind(found: Read, kind: str) -> list[Choice]:
    return [choice for choice in found.choices if choice.kind == kind]


# Error words and empty words


@pytest.mark.parametrize(
    "shown",
    [
        *("#REF!", "#NAVN?", "#NAMN?", "#NAME?", "#VERDI!", "#VALUE!", "#DIV/0!", "#NUM!"),
        *("#NULL!", "#OVERFLYT!", "#SPILL!", "#ERROR!", "#BEREGN!", "#ref!", "Err:508"),
        *("Laster inn …", "Laster inn...", "Lastar inn…", "Loading...", "########", "###"),
    ],
)
def test_an_error_word_is_no_name(tmp_path: Path, shown: str):
    """In every column of text and in every kind of file."""
    text = ACTIVITIES + f"{shown};2024-03-12;Kurs;Foreningen;WorkOP;5\n"
    text += f"Kurs;2024-03-12;Kurs;{shown};{shown};5\n"
    assert told(read(saved(tmp_path, text))) == [("cell_error", row) for row in (2, 3, 3)]
    cells = [line.split(";") for line in (PARTNERS + f"{shown};Bedrift;;{shown}\n").splitlines()]
    workbook({"Partnere": cells}).save(tmp_path / "partnere.xlsx")
    assert told(read(tmp_path / "partnere.xlsx")) == [("cell_error", 2)] * 2


def test_an_error_in_a_list_is_an_error(tmp_path: Path):
    text = "Arrangement;Partnere\nKurs;NAV | #REF!\nMesse;NAV"
    assert told(read(saved(tmp_path, text))) == [("cell_error", 2)]


@pytest.mark.parametrize(
    "name", ["#VI VIL", "#JOBBNÅ!", "Navn?", "Loading Bar AS", "Laster AS", "Spill!", "# 3", "##"]
)
def test_a_name_that_is_much_like_an_error_word_is_a_name(tmp_path: Path, name: str):
    found = read(saved(tmp_path, PARTNERS + f"{name};Bedrift;;x\n", "partnere.csv"))
    assert [row["name"] for row in rows_of(found, "partners")] == [name]
    assert found.findings == ()


@pytest.mark.parametrize("shown", ["(Tom)", "(tom)", "(blank)", "(Blank)", "(BLANKS)", "<NA>"])
def test_an_empty_word_is_an_empty_cell(tmp_path: Path, shown: str):
    text = ACTIVITIES + f"Kurs;2024-03-12;{shown};{shown};{shown};{shown}\n"
    found = read(saved(tmp_path, text))
    assert rows_of(found, "activities") == [{"title": "Kurs", "start_date": "2024-03-12"}]
    assert [choice.found for choice in of_kind(found, "markers")] == [shown], "it is said"
    workbook({"Partnere": [["Navn", "Merknad"], ["NAV", shown]]}).save(tmp_path / "partnere.xlsx")
    assert rows_of(read(tmp_path / "partnere.xlsx"), "partners") == [{"name": "NAV"}]


@pytest.mark.parametrize("name", ["Tom", "Blank AS", "Tom (Oslo)", "(tom) rom", "Null"])
def test_a_name_that_is_much_like_an_empty_word_is_a_name(tmp_path: Path, name: str):
    found = read(saved(tmp_path, PARTNERS + f"{name};Bedrift;;x\n", "partnere.csv"))
    assert [row["name"] for row in rows_of(found, "partners")] == [name]


@pytest.mark.parametrize("yes, no", [("SANN", "USANN"), ("Sant", "usant"), ("TRUE", "FALSE")])
def test_the_logical_values_of_spreadsheets_are_yes_and_no(tmp_path: Path, yes: str, no: str):
    found = read(saved(tmp_path, f"Arrangement;Avlyst\nMesse;{no}\nKurs;{yes}\n"))
    assert [row["cancelled"] for row in rows_of(found, "activities")] == ["no", "yes"]
    assert not found.questions
