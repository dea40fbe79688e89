"""Targets beside results in one sheet: each goes to its own table, whatever way it stands there."""

from functools import partial
from pathlib import Path

import pytest

from ringvirkning.intake.sheets import LEAVE_OUT, Read, reading
from ringvirkning.intake.sheets.across import figure_kind
from ringvirkning.intake.words import choices
from ringvirkning.texts import LANGUAGES
from tests.habits import LISTED, named, workbook
from tests.test_rounds import NAMES, of_kind, rows_of, saved

read = partial(reading.read_file, listed=LISTED, names=NAMES)
OF_ALL = {
    "every_row/association:": "Foreningen",
    "every_row/programme:": "WorkOP",
    "every_row/measure:measure": "placement_permanent",
    "every_row/evidence:evidence": "register",
    "year/": "2025",
    "table/": "outcomes",
}


def answered(path: Path, **more: str) -> Read:
    said = {f"/{key}": text for key, text in (OF_ALL | more).items()}
    found = read(path)
    while open_ones := {q.key: said[q.key] for q in found.questions if q.key in said}:
        found = read(path, found.answers | open_ones)
    return found


def told(found: Read, table: str) -> set[tuple[str, str, str]]:
    return {
        (row["measure"], row["year"], row["value"])
        for row in rows_of(found, table)
        if "value" in row
    }


JOBS, TALKS = "placement_permanent", "interviews"
SHEETS = {
    "beside": "Indikator;Mål 2025;Resultat 2025\nFaste jobber;20;12\nIntervju;30;25\n",
    "under years": (
        "Indikator;2025;;2026;\n;Mål;Resultat;Mål;Resultat\n"
        "Faste jobber;20;12;22;\nIntervju;30;25;;\n"
    ),
    "over years": ";Mål;;Resultat;\nIndikator;2025;2026;2025;2026\nFast jobb;20;22;12;\n"
    "Intervju;30;;25;\n",
    "so far": "Mål og resultat\n\n;Mål;;Resultat;\nIndikator;2025;2026;2025;2026 hittil\n"
    "Fast jobb;20;22;12;\nIntervju;30;;25;\n",
    "by row": "År;Indikator;Mål;Resultat\n2025;Fast jobb;20;12\n2025;Intervju;30;25\n"
    "2026;Fast jobb;22;\n",
    "by measure": "År;Fast jobb (mål);Fast jobb (resultat);Mål intervju;Intervju faktisk\n"
    "2025;20;12;30;25\n2026;22;;;\n",
    "nynorsk": "Indikator;Planlagd 2025;Oppnådd 2025\nFast jobb;20;12\nIntervju;30;25\n",
    "english": "Measure;Target 2025;Actual 2025\nPermanent jobs;20;12\nInterviewed;30;25\n",
}


@pytest.mark.parametrize("name", SHEETS)
def test_targets_go_to_targets_and_results_to_results(tmp_path: Path, name: str):
    found = answered(saved(tmp_path, SHEETS[name]))
    assert found.questions == [] and not [f for f in found.findings if f.level == "must_fix"]
    later = {(JOBS, "2026", "22")} if "2026" in SHEETS[name] else set()
    assert told(found, "targets") == {(JOBS, "2025", "20"), (TALKS, "2025", "30")} | later
    assert told(found, "outcomes") == {(JOBS, "2025", "12"), (TALKS, "2025", "25")}
    for row in rows_of(found, "targets"):
        assert (row["evidence"], row["association"]) == ("stated", "Foreningen")
    assert {row["evidence"] for row in rows_of(found, "outcomes")} == {"register"}


def test_merged_years_above_targets_and_results(tmp_path: Path):
    path = tmp_path / "mål.xlsx"
    cells: list[list[object]] = [["Indikator", 2025, "", 2026, ""]]
    cells += [["", "Mål", "Resultat", "Mål", "Resultat"]]
    book = workbook({"Ark1": [*cells, ["Fast jobb", 20, 12, 22, 14]]})
    for area in ("B1:C1", "D1:E1", "A1:A2"):
        book["Ark1"].merge_cells(area)
    book.save(path)
    found = read(path)
    assert {q.kind for q in found.questions} == {"every_row"}
    assert {(r["year"], r["value"]) for r in rows_of(found, "targets")} == {
        ("2025", "20"),
        ("2026", "22"),
    }
    assert {r["value"] for r in rows_of(found, "outcomes")} == {"12", "14"}


def test_where_all_are_targets_it_is_not_asked_how_they_were_counted(tmp_path: Path):
    found = answered(saved(tmp_path, "Indikator;Mål 2025;Mål 2026\nFast jobb;20;22\n"))
    assert told(found, "targets") == {(JOBS, "2025", "20"), (JOBS, "2026", "22")}
    assert "evidence" not in [choice.column for choice in of_kind(found, "every_row")]
    assert rows_of(found, "outcomes") == []


def test_what_is_counted_is_asked_once_where_nothing_says_it(tmp_path: Path):
    """It was refused for want of a measure."""
    path = saved(tmp_path, "Program;Mål 2025;Resultat 2025\nWorkOP;20;12\nInnsikt;9;8\n")
    asked = [q.column for q in read(path).questions]
    assert asked.count("measure") == 1
    found = answered(path)
    assert told(found, "targets") == {(JOBS, "2025", "20"), (JOBS, "2025", "9")}
    assert told(found, "outcomes") == {(JOBS, "2025", "12"), (JOBS, "2025", "8")}


@pytest.mark.parametrize("answer", ["targets", "results", LEAVE_OUT])
def test_a_word_beside_years_that_is_neither_is_asked_about_once(tmp_path: Path, answer: str):
    path = saved(tmp_path, "Indikator;Prognose 2025;Prognose 2026\nFast jobb;20;22\n")
    (question,) = of_kind(read(path), "heading")
    assert question.options == ("results", "targets", LEAVE_OUT)
    found = answered(path, **{"heading/measure:prognose": answer})
    figures = {(JOBS, "2025", "20"), (JOBS, "2026", "22")}
    assert told(found, "targets") == (figures if answer == "targets" else set())
    assert told(found, "outcomes") == (figures if answer == "results" else set())


@pytest.mark.parametrize(
    "text",
    [
        "Program;År;Mål;Resultat\nWorkOP;2025;Fast jobb;12\n",  # a measure in words
        "Indikator;2024;2025\nFast jobb;12;13\n",
        "Program;År;Fast jobb;Vedtatte planer\nWorkOP;2025;12;3\n",
        "Indikator;Resultat 2024;Resultat 2025\nFast jobb;12;13\n",
    ],
)
def test_results_alone_have_no_targets(tmp_path: Path, text: str):
    found = answered(saved(tmp_path, text))
    assert found.questions == [] and rows_of(found, "targets") == []
    assert "12" in [row["value"] for row in rows_of(found, "outcomes")]


def test_a_purpose_is_no_target(tmp_path: Path):
    """Of agreements, whose headings are the same."""
    text = "Avtale;Partner;Mål;Resultat\nKlimaavtalen;NAV;Flere i jobb;Tre møter\n"
    found = read(saved(tmp_path, text), {"/table/": "partnerships"})
    assert {c.column: c.value for c in of_kind(found, "column")}["Mål"] == "purpose"


def test_a_target_may_be_of_all_jobs(tmp_path: Path):
    text = "År;Jobber mål;Jobber resultat\n2025;20;12\n"
    path = saved(tmp_path, text)
    (question,) = of_kind(read(path, {"/table/": "outcomes"}), "column")[-1:]
    assert question.options[0] == "measure:placement_unspecified"
    found = answered(path, **{question.key[1:]: question.options[0]})
    assert told(found, "targets") == {("placements", "2025", "20")}
    assert told(found, "outcomes") == {("placement_unspecified", "2025", "12")}


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Mål", ("target", "")),
        ("Mål fast jobb", ("target", "fast jobb")),
        ("Fast jobb (mål)", ("target", "Fast jobb")),
        ("Resultat hittil", ("result", "")),
        ("Målgruppe", ("", "Målgruppe")),
        ("Vedtatte planer", ("", "Vedtatte planer")),
        ("", ("", "")),
    ],
)
def test_a_word_at_an_end_says_what_figures_are(text: str, kind: tuple[str, str]):
    assert figure_kind(text) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_a_target_is_said_so(tmp_path: Path, language: str):
    w = named(language)
    found = read(saved(tmp_path, SHEETS["beside"]))
    said = {c.column: choices.answer_words(w, c, c.value or "") for c in of_kind(found, "column")}
    assert said["Mål 2025"] == w("choice.target", name="2025") != said["Resultat 2025"]
    found = read(saved(tmp_path, SHEETS["by row"]))
    said = {c.column: choices.answer_words(w, c, c.value or "") for c in of_kind(found, "column")}
    assert said["Mål"] == w("choice.answer.targets")


def test_a_word_beside_one_year_may_be_of_targets(tmp_path: Path):
    path = saved(tmp_path, "Indikator;Prognose 2025;Resultat 2025\nFast jobb;20;12\n")
    (question,) = of_kind(read(path, {"/table/": "outcomes"}), "column")[1:2]
    assert question.value is None and question.options[:2] == ("year:2025", "year:2025|target:yes")
    found = answered(path, **{question.key[1:]: "year:2025|target:yes"})
    assert told(found, "targets") == {(JOBS, "2025", "20")}
    assert told(found, "outcomes") == {(JOBS, "2025", "12")}
