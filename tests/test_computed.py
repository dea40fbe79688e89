"""What the pages work out themselves is left out of a sheet, which is said, and never offered."""

from functools import partial
from pathlib import Path

import pytest

from queries.contract import computed_measures
from ringvirkning.intake.sheets import LEAVE_OUT, Read, reading
from ringvirkning.intake.sheets.cells import field_of
from ringvirkning.intake.sheets.vocabulary import table_named, words_in
from ringvirkning.intake.sheets.wide import fixed, is_across
from tests.habits import LISTED
from tests.test_rounds import NAMES, rows_of, saved

read = partial(reading.read_file, listed=LISTED, names=NAMES)
OF_RESULTS = {"/table/": "outcomes"}


def figures(found: Read) -> set[tuple[str, str]]:
    return {(row["measure"], row["value"]) for row in rows_of(found, "outcomes")}


def left_out(found: Read) -> list[str | None]:
    rules = ("computed_left_out", "computed_word_left_out", "other_jobs_left_out")
    return [f.found for f in found.findings if f.rule in rules]


@pytest.mark.parametrize(
    "text",
    [
        "Program;År;Rart;Fast jobb\nWorkOP;2023;2;7\n",
        "Program;År;Indikator;Verdi\nWorkOP;2023;Rart;2\nWorkOP;2023;Fast jobb;7\n",
        "Program;År;Indikator;Verdi\nWorkOP;2023;Andel fikk jobb;2\nWorkOP;2023;Fast jobb;7\n",
        "Program;Rart 2023;Rart 2024;Fast jobb 2023\nWorkOP;2;3;7\n",
        "Runde;Dato;Deltakere;Rart;Fast jobb\nA;2023-03-01;20;2;7\n",
    ],
)
def test_what_is_offered_as_a_measure_is_accepted_as_a_result(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text), OF_RESULTS if "Runde" not in text else {})
    offered = {
        fixed(option)["measure"] if is_across(option) else option
        for choice in found.choices
        if choice.kind in ("column", "word", "heading")
        for option in choice.options
        if choice.kind != "column" or is_across(option)
    }
    assert "mentors" in offered and offered.isdisjoint(computed_measures())


def test_a_target_may_be_of_what_the_pages_work_out():
    """In forms, too, whose lists are of the same codes."""
    words = words_in(LISTED)
    of = {
        name: field_of(table, column, words).codes
        for name in ("outcomes", "targets")
        for table in [table_named(name)]
        for column in table.columns
        if column.name == "measure"
    }
    assert computed_measures() <= {*of["targets"]}
    assert {*of["targets"]} - {*of["outcomes"]} == computed_measures()


@pytest.mark.parametrize(
    "text, left",
    [
        ("Program;År;Fast jobb;Andel som fikk jobb\nWorkOP;2023;7;36 %\n", "Andel som fikk jobb"),
        ("Program;År;Fast jobb;Andel i jobb\nWorkOP;2023;7;36 %\n", "Andel i jobb"),
        (
            "Program;År;Indikator;Verdi\nWorkOP;2023;Fast jobb;7\n"
            "WorkOP;2023;Andel som fikk jobb;36 %\nWorkOP;2023;Deltakere;20\n",
            "Andel som fikk jobb, Deltakere",
        ),
        (
            "Indikator;2023\nFast jobb;7\nMåloppnåelse;0,7\nJobber;9\n",
            "Måloppnåelse, Jobber",
        ),
        ("Indikator;2023\nFast jobb;7\nAndel i arbeid;36 %\n", "Andel i arbeid"),
        ("Runde;Dato;Deltakere;Fast jobb;Jobber\nA;2023-03-01;20;7;9\n", "Jobber"),
        ("Program;Fast jobb 2023;Jobber 2023;Jobber 2024\nWorkOP;7;9;8\n", "Jobber 2023"),
        ("Program;År;Permanent jobs;Placement rate\nWorkOP;2023;7;36 %\n", "Placement rate"),
    ],
)
def test_a_figure_that_is_worked_out_is_left_out_and_told(tmp_path: Path, text: str, left: str):
    found = read(saved(tmp_path, text), OF_RESULTS if "Runde" not in text else {})
    assert figures(found) == {("placement_permanent", "7")}
    assert left_out(found) == [left]
    assert not [f for f in found.findings if f.level == "must_fix" and "ask" not in f.rule]


@pytest.mark.parametrize(
    "text",
    [
        "Runde;Dato;Deltakere;Jobber\nA;2023-03-01;20;9\n",
        "Program;År;Indikator;Verdi\nWorkOP;2023;Jobber;9\nWorkOP;2023;Intervju;12\n",
        "Program;Jobber 2023;Jobber 2024\nWorkOP;9;9\n",
    ],
)
def test_jobs_of_no_kind_are_asked_about_and_kept(tmp_path: Path, text: str):
    path, asked = saved(tmp_path, text), OF_RESULTS if "Runde" not in text else {}
    kinds = ("column", "word", "heading")
    (question,) = (q for q in read(path, asked).questions if q.kind in kinds)
    assert question.is_guessed and question.options[0].endswith("placement_unspecified")
    found = read(path, {**asked, question.key: question.options[0]})
    assert ("placement_unspecified", "9") in figures(found) and left_out(found) == []


@pytest.mark.parametrize(
    "row, is_sum", [("A;20;7;2;9", True), ("A;20;7;2;4", False), ("A;20;7;;7", False)]
)
def test_a_sum_of_kinds_is_no_jobs_more(tmp_path: Path, row: str, is_sum: bool):
    """«Fikk jobb» is of those whose kind isn't stated, unless it is the sum of those beside it."""
    text = "Runde;Deltakere;Fast jobb;Midlertidig jobb;Fikk jobb\n" + row
    found = read(saved(tmp_path, text))
    assert left_out(found) == ["Fikk jobb"] * is_sum
    assert ("placement_unspecified" in dict(figures(found))) != is_sum


def test_what_was_left_out_is_taken_when_the_person_says_so(tmp_path: Path):
    text = "Program;År;Indikator;Verdi\nWorkOP;2023;Fast jobb;7\nWorkOP;2023;Deltakere;20\n"
    path = saved(tmp_path, text)
    found = read(path, {**OF_RESULTS, "/word/measure:deltakere": "people_trained"})
    assert ("people_trained", "20") in figures(found) and left_out(found) == []


def test_a_word_that_is_left_out_takes_its_figure_along(tmp_path: Path):
    """It stood there without a measure, and was refused."""
    path = saved(tmp_path, "Indikator;2023\nFast jobb;7\nKakebokser;30\n")
    found = read(path, {**OF_RESULTS, "/word/measure:kakebokser": LEAVE_OUT})
    assert figures(found) == {("placement_permanent", "7")}


def test_jobs_that_are_more_than_their_kinds_are_told_of(tmp_path: Path):
    """Three of them would be missed without a word."""
    text = "Runde;Deltakere;Fast jobb;Midlertidig jobb;Jobber\nA;20;7;2;{}\n"
    for number, rule in ((12, "other_jobs_left_out"), (9, "computed_left_out")):
        found = read(saved(tmp_path, text.format(number)))
        assert [(f.rule, f.found) for f in found.findings if "left_out" in f.rule] == [
            (rule, "Jobber")
        ]


def test_a_heading_that_says_little_has_a_likely_answer_and_is_asked(tmp_path: Path):
    found = read(saved(tmp_path, "Arrangement;Dato;Antall;Type\nKurs;2025-03-01;20;Kurs\n"))
    (asked,) = (q for q in found.questions if q.kind == "column")
    assert asked.is_guessed and asked.options[:2] == ("attended_count", "registered_count")
