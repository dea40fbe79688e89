"""Results with a column for each measure, on a sheet for each year, as an office keeps them."""

from pathlib import Path

import pytest

from ringvirkning.intake.sheets import LEAVE_OUT, Read
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.words import choices
from ringvirkning.texts import LANGUAGES, Words
from tests.habits import LISTED, MEASURES, workbook

HEADINGS: list[object] = [
    "Runde",
    "Fast jobb",
    "Praksisplass",
    "I jobb etter 6 mnd",
    "Andel",
]
ROUNDS: dict[str, list[list[object]]] = {
    "2023": [
        ["WorkOP våren 2023", 6, 4, 3, 0.18],
        ["WorkOP høsten 2023", 7, "-", 4],
    ],
    "2024": [["WorkOP våren 2024", "ca. 8", 3, 5, 0.2]],
}
ASKED = {
    "2023/every_row/evidence:evidence": "register",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sheets: dict[str, list[list[object]]] = {
        year: [[f"WorkOP – resultater {year}"], [], HEADINGS, *rows, ["Sum", 13]]
        for year, rows in ROUNDS.items()
    }
    path = tmp_path / "WorkOP.xlsx"
    workbook(sheets).save(path)
    return path


def columns(found: Read, sheet: str) -> dict[str | None, str | None]:
    return {c.column: c.value for c in found.choices if c.kind == "column" and c.sheet == sheet}


def test_columns_are_known_to_be_measures_and_shown_as_such(path: Path):
    found = read_file(path, listed=LISTED)
    assert columns(found, "2023") == {
        "Runde": "activity_id",
        "Fast jobb": "measure:placement_permanent",
        "Praksisplass": "measure:work_training",
        "I jobb etter 6 mnd": "measure:in_work_or_education:6_months",
        "Andel": LEAVE_OUT,
    }
    (asked,) = (c for c in found.choices if c.key == "2023/column/D")
    assert "measure:in_work_or_education:6_months" in asked.options
    assert "measure:in_work_or_education" not in asked.options, "the heading says when"


def test_each_figure_is_a_row_of_results(path: Path):
    found = read_file(path, ASKED, listed=LISTED)
    # The sheet with the same headings is meant the same way.
    assert not found.questions
    assert columns(found, "2024") == columns(found, "2023")
    rows = [row for part in found.parts for row in part.rows]
    figures = {(r["activity_id"], r["measure"], r.get("measured_at")): r["value"] for r in rows}
    assert figures == {
        ("WorkOP våren 2023", "placement_permanent", None): "6",
        ("WorkOP våren 2023", "work_training", None): "4",
        ("WorkOP våren 2023", "in_work_or_education", "6_months"): "3",
        ("WorkOP høsten 2023", "placement_permanent", None): "7",
        ("WorkOP høsten 2023", "in_work_or_education", "6_months"): "4",
        ("WorkOP våren 2024", "placement_permanent", None): "8",
        ("WorkOP våren 2024", "work_training", None): "3",
        ("WorkOP våren 2024", "in_work_or_education", "6_months"): "5",
    }
    assert len(rows) == len(figures)
    assert [row["value_qualifier"] for row in rows if "value_qualifier" in row] == ["about"]
    jobs = found.parts[0]
    assert (jobs.headings["value"], jobs.numbers) == ("Fast jobb", [4, 5])
    assert {f.rule for f in found.findings if f.level == "must_fix"} == set()


def test_it_can_be_corrected(path: Path):
    other = "measure:placement_temporary"
    found = read_file(
        path,
        ASKED | {"2023/column/B": other, "2023/column/C": LEAVE_OUT},
        listed=LISTED,
    )
    assert {row["measure"] for row in found.parts[0].rows} == {"placement_temporary"}
    assert columns(found, "2024")["Fast jobb"] == other
    found = read_file(path, ASKED | {"2023/column/B": "value"}, listed=LISTED)
    assert "repeated_column" in {f.rule for f in found.findings}


def test_a_share_is_no_count(tmp_path: Path):
    cells: list[list[object]] = [["Runde", "Fast jobb", "Praksis"], ["A", "18 %", 2]]
    workbook({"Ark1": cells}).save(path := tmp_path / "a.xlsx")
    found = read_file(path, {"Ark1/every_row/evidence:evidence": "register"}, listed=LISTED)
    assert [(f.rule, f.column) for f in found.findings] == [("percent_of_count", "Fast jobb")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_words(path: Path, language: str):
    w = Words(language, {m["measure"]: {"name": m[f"name_{language}"]} for m in MEASURES})
    found = read_file(path, listed=LISTED)
    choice = next(c for c in found.choices if c.column == "I jobb etter 6 mnd")
    said = choices.answer_words(w, choice, "measure:in_work_or_education:6_months")
    assert w.measures["in_work_or_education"]["name"] in said
    assert w.code("measuring_point", "6_months") in said


MONTHS = ["jan", "feb", "mars", "april", "mai", "juni", "juli", "aug", "sept", "okt", "nov", "des"]
SAID_OF_ALL = {"every_row/programme": "WorkOP", "every_row/association": "Næringsforeningen",
               "every_row/evidence:evidence": "register"}  # fmt: skip


def by_time(found: Read) -> dict[str, list[str | None]]:
    assert {part.table for part in found.parts} == {"outcomes"}
    return {row["year"]: [r.get("value") for r in part.rows] for part in found.parts
            for row in part.rows[:1]}  # fmt: skip


@pytest.mark.parametrize(
    "sheet, headings, expected",
    [
        ("Tall", [*MONTHS, "Sum 2024"], [f"2024-{n:02}" for n in range(1, 13)]),
        ("Tall 2024", [*MONTHS, "2024"], [f"2024-{n:02}" for n in range(1, 13)]),
        ("2024", ["jan", "feb", "mars", "1. kvartal"], ["2024-01", "2024-02", "2024-03"]),
        ("2024", ["Q1", "Q2", "1. halvår"], ["2024-Q1", "2024-Q2"]),
        ("2024", ["1. halvår", "2. halvår"], ["2024-01/2024-06", "2024-07/2024-12"]),
    ],
)
def test_parts_of_a_year_across_are_of_the_year_that_the_sheet_says(
    tmp_path: Path, sheet: str, headings: list[str], expected: list[str]
):
    """A whole beside its parts counts nothing twice."""
    path = tmp_path / "Resultater.xlsx"
    rows = [["Indikator", *headings], ["Fast jobb", *range(1, len(headings) + 1)]]
    workbook({sheet: rows}).save(path)
    said = {f"{sheet}/{key}": text for key, text in SAID_OF_ALL.items()}
    found = by_time(read_file(path, said, listed=LISTED))
    assert found == {time: [f"{n}"] for n, time in enumerate(expected, 1)}


def test_of_which_year_months_across_are_is_asked_where_nothing_says_it(tmp_path: Path):
    path = tmp_path / "Resultater.xlsx"
    rows = [["Indikator", *MONTHS, "Sum"], ["Fast jobb", *range(12), 66]]
    workbook({"Tall": rows}).save(path)
    (asked,) = (c for c in read_file(path, listed=LISTED).choices if c.value is None)
    assert asked.key == "Tall/year/"
    said = {f"Tall/{key}": text for key, text in SAID_OF_ALL.items()} | {"Tall/year/": "2023"}
    assert [*by_time(read_file(path, said, listed=LISTED))][::11] == ["2023-01", "2023-12"]
