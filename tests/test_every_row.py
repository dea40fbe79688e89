"""What stands in no column because it goes for all rows: asked once, and kept for the next file."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from queries.contract import workbench
from ringvirkning import ROOT
from ringvirkning.intake.changes import differences
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, Read
from ringvirkning.intake.sheets.memory import readings, remember_readings, remembered_readings
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.uploads import looking
from ringvirkning.intake.words import choices
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests.habits import LISTED, workbook

SHIPPED = ROOT / "data"
ASSOCIATION, EVIDENCE = "/every_row/association:", "/every_row/evidence:evidence"
EVENTS = (
    '"Arrangement";"Dato";"Kategori";"Påmeldte";"Oppmøtte";"Status"\r\n'
    '"Frokostmøte";"ons. 12. mars 2025 kl. 09:00 - 10:30";"Frokostmøte";"64";"ca. 51";"Gjennomført"'
    '\r\n"Kurs i\r\narbeidsrett";"20. mai 2025";"Kurs";"8";"-";"Avlyst"\r\n'
)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "arrangementer.csv"
    path.write_bytes(EVENTS.encode("cp1252"))
    return path


def asked(found: Read) -> dict[str, Choice]:
    return {question.key: question for question in found.questions}


def rows_of(found: Read) -> list[dict[str, str]]:
    return [row for part in found.parts for row in part.rows]


def test_an_export_of_events_is_asked_two_things(events: Path):
    known = ("Innovasjon Gardermoen", "Vik næringsforening")
    found = read_file(events, names={"association": known})
    questions = asked(found)
    assert questions.keys() == {ASSOCIATION, EVIDENCE}
    assert questions[ASSOCIATION].options == (*known, LEAVE_OUT)
    assert {f.rule for f in found.findings if f.level == "must_fix"} == {"ask_every_row"}
    # An association that is not known yet is written; a code is one of those there are.
    found = read_file(events, {ASSOCIATION: " Ny forening ", EVIDENCE: "gjettet"})
    assert asked(found).keys() == {EVIDENCE}
    found = read_file(events, {ASSOCIATION: " Ny forening ", EVIDENCE: "register"})
    assert not found.questions
    (part,) = found.parts
    assert {row["association"] for row in part.rows} == {"Ny forening"}
    assert {row["evidence"] for row in part.rows} == {"register"}
    assert [row.get("cancelled") for row in part.rows] == ["no", "yes"]


def test_the_only_association_there_is_is_not_asked_about(events: Path):
    """It is shown, and can be another."""
    known = {"association": ["Innovasjon Gardermoen"]}
    found = read_file(events, {EVIDENCE: "register"}, names=known)
    assert not found.questions
    assert {row["association"] for row in rows_of(found)} == {"Innovasjon Gardermoen"}
    (shown,) = (choice for choice in found.choices if choice.key == ASSOCIATION)
    assert (shown.value, shown.by) == ("Innovasjon Gardermoen", "found")
    found = read_file(events, {EVIDENCE: "register", ASSOCIATION: "Vik"}, names=known)
    assert {row["association"] for row in rows_of(found)} == {"Vik"}


def test_what_was_said_is_remembered_for_the_same_headings(events: Path, tmp_path: Path):
    said = {ASSOCIATION: "Ny forening", EVIDENCE: "register"}
    remember_readings(tmp_path / "var", readings([read_file(events, said)]))
    again = read_file(events, remembered=remembered_readings(tmp_path / "var"))
    assert not again.questions
    assert rows_of(again)[0]["association"] == "Ny forening"
    # What was written is one of the answers now, so that it is seen.
    (choice,) = (c for c in again.choices if c.key == ASSOCIATION)
    assert choice.options == ("Ny forening", LEAVE_OUT)


@pytest.mark.parametrize(
    "text, columns",
    [
        ("Navn\nNAV\n", {"partner_type"}),
        ("Id;Navn\nnav;NAV\n", set()),  # known by its id
        ("Navn;Partnertype\nNAV;\n", set()),  # to be filled in
    ],
)
def test_only_what_stands_nowhere_is_asked(tmp_path: Path, text: str, columns: set[str]):
    (tmp_path / "partnere.csv").write_text(text)
    assert {q.column for q in read_file(tmp_path / "partnere.csv").questions} == columns


def test_results_are_of_the_year_in_the_name_of_their_sheet(tmp_path: Path):
    head: list[object] = ["Mål", "Verdi"]
    sheets: dict[str, list[list[object]]]
    sheets = {"2023": [head, ["Faste jobber", 6]], "Resultater": [["2024 og 2025"], head, ["x", 7]]}
    workbook(sheets).save(path := tmp_path / "resultater.xlsx")
    found = read_file(path, listed=LISTED)
    years = {c.sheet: c for c in found.choices if c.kind == "year"}
    assert (years["2023"].value, years["Resultater"].value) == ("2023", None)
    assert years["Resultater"].options == ("2024", "2025", LEAVE_OUT)
    said = read_file(path, {years["Resultater"].key: "2024 - 2025"}, listed=LISTED)
    assert [row["year"] for row in rows_of(said)] == ["2023", "2024/2025"]


@pytest.mark.parametrize(
    "name, value, options",
    [
        ("Skoleåret 2023-24", "2023-08/2024-07", ("2023-08/2024-07",)),
        ("School year 2023-2024", "2023-08/2024-07", ("2023-08/2024-07",)),
        ("Resultater 2023-24", None, ("2023-08/2024-07", "2023/2024")),
        ("Resultater 2023-2024", None, ("2023", "2024")),
        ("Per 2023-08-31", "2023", ("2023",)),
    ],
)
def test_the_name_of_a_sheet_may_be_a_school_year(
    tmp_path: Path, name: str, value: str | None, options: tuple[str, ...]
):
    workbook({name: [["Mål", "Verdi"], ["x", 6]]}).save(path := tmp_path / "resultater.xlsx")
    (year,) = (c for c in read_file(path, listed=LISTED).choices if c.kind == "year")
    assert (year.value, year.options) == (value, (*options, LEAVE_OUT))


@pytest.mark.slow
def test_a_partner_that_is_known_keeps_its_type(published: Path, tmp_path: Path):
    var = shutil.copytree(published, tmp_path / "var")
    (tmp_path / "partnere.csv").write_text("Navn\nLier kommune\nEnergi AS\n")
    answers = {"partnere.csv": {"/every_row/partner_type:partner_type": "company"}}
    whole = tmp_path / "whole"
    whole.mkdir()
    asked, paths, now = looking.Asked(answers), [tmp_path / "partnere.csv"], versions.current(var)
    with workbench() as connection:
        seen = looking.look(connection, paths, var, now, whole, date(2026, 11, 23), asked)
    assert [part.defaults for part in seen.reads[0].parts] == [{"partner_type": "company"}]
    (difference,) = differences(seen.before, whole)
    assert dict(difference.counts) == {"added": 1}
    rows = (whole / "partners.csv").read_text(encoding="utf-8").splitlines()
    assert [row for row in rows if "Energi AS" in row] == ["energi_as,Energi AS,company,,,,,,"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_words(events: Path, language: str):
    w, questions = words(language), asked(read_file(events))
    assert choices.question_words(w, questions[EVIDENCE]) == w("choice.every_row.evidence")
    in_sheet = replace(questions[EVIDENCE], column="partner_type", sheet="Avtaler")
    said = choices.question_words(w, in_sheet)
    assert w("column.partner_type") in said and w("choice.in_sheet", sheet="Avtaler") in said
    assert choices.answer_words(w, questions[EVIDENCE], "register") == w("code.evidence.register")
    assert choices.answer_words(w, questions[ASSOCIATION], LEAVE_OUT) == w(
        "choice.answer.leave_out"
    )
