"""Rows of participants are counted into rounds, and nothing of a row is kept, said or shown.

Each sheet is as an office keeps it; the figures beside it were counted by hand.
"""

import csv
import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from ringvirkning import ROOT
from ringvirkning.child import UPLOAD, reply
from ringvirkning.finding import Finding
from ringvirkning.intake.answers import UploadAnswer
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, Read, memory, reading
from ringvirkning.intake.uploads.remarks import copy_with_remarks
from ringvirkning.intake.words import choices
from ringvirkning.server import published
from ringvirkning.texts import words
from ringvirkning.ui.editor import seen_files
from tests.command import run
from tests.habits import LISTED, named, workbook

NAMES = {"association": ["Foreningen", "Innovasjon Gardermoen"], "programme": ["WorkOP", "Innsikt"]}
read = partial(reading.read_file, listed=LISTED, names=NAMES)
# What goes for all rounds, and what most would say of the rest.
SAID = {
    "association": "Innovasjon Gardermoen",
    "programme": "WorkOP",
    "activity_type": "job_matching",
    "evidence": "register",
    "part_of_year": "year_only",
    "participants": "came_each",
    "stages": "passed",
    "blanks": "blank_is_unknown",
    "round": "Runde 7 våren 2024",
    "year": "2024",
}
# Round, age and status, one row each; nobody is named.
STATUSES = "Runde;Alder;Status;Kontor\n" + "".join(
    f"{called};{age};{status};NAV Vik\n"
    for called, people in {
        "Vår 2024": [(17, "Fast jobb"), (19, "Til intervju"), (22, "Fast jobb"), (24, "Deltatt")],
        "Høst 2024": [(18, "Læreplass"), (23, "Til intervju"), (26, "Deltatt"), (28, "Fast jobb")],
    }.items()
    for age, status in people
)
# Coded, with names and addresses beside, and a follow-up that not all have had.
MARKS = "Nr;Navn;E-post;Kull;Møtt;Intervju;Fast jobb;I jobb etter 6 mnd\n" + "".join(
    f"{n};Kari Eksempel;kari{n}@eksempel.no;Kull {1 + n // 5} høsten 2023;{marks}\n"
    for n, marks in enumerate(
        [
            *("1;1;1;1", "1;1;0;0", "1;0;0;", "0;0;0;", "1;1;1;1"),
            *("1;1;0;1", "0;0;0;", "1;1;1;", "1;0;0;0", "1;1;0;"),
        ]
    )
)
# One round, called nowhere, in words for yes.
CROSSES = "Fornavn;Etternavn;Fødselsnr;Alder;Til intervju;Praksis;Lærling\n" + "".join(
    f"Ola;Eksempel;010170 0002{n};{age};{marks}\n"
    for n, (age, marks) in enumerate(
        [(17, "x;;x"), (18, "x;x;"), (21, "x;;"), (35, ";;"), (20, "x;;x")]
    )
)
Figures = dict[tuple[str, str, str], str]


def saved(folder: Path, text: str, name: str = "deltakere.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def answered(path: Path, **more: str) -> Read:
    """The file, with every question answered."""
    asked: dict[str, str] = {}
    for _ in range(4):
        found = read(path, asked)
        for q in found.questions:
            asked[q.key] = (SAID | more)[q.column or "" if q.kind == "every_row" else q.kind]
        if not found.questions:
            return found
    raise AssertionError(found.questions)


def rows_of(found: Read, table: str) -> list[dict[str, str]]:
    return [row for part in found.parts if part.table == table for row in part.rows]


def figures(found: Read, age: str = "") -> Figures:
    """The results by round, measure and when; of all ages or of some."""
    return {
        (row["activity_id"], row["measure"], row.get("measured_at", "")): row["value"]
        + (f" of {row['followed_up_count']}" if "followed_up_count" in row else "")
        for row in rows_of(found, "outcomes")
        if row.get("age_group", "") == age
    }


def of_kind(found: Read, kind: str) -> list[Choice]:
    return [choice for choice in found.choices if choice.kind == kind]


def told(found: Read, level: str = "should_look") -> list[tuple[str, str | None]]:
    return [(f.rule, f.found) for f in found.findings if f.level == level]


# What is counted


def test_statuses_are_counted_into_stages_and_ages(tmp_path: Path):
    found = answered(saved(tmp_path, STATUSES))
    held = [
        (r["title"], r["attended_count"], r["start_date"]) for r in rows_of(found, "activities")
    ]
    assert held == [("Vår 2024", "4", "2024"), ("Høst 2024", "4", "2024")]
    spring, autumn = "Vår 2024", "Høst 2024"
    assert figures(found) == {
        (spring, "interviews", ""): "3",
        (spring, "placement_permanent", ""): "2",
        (spring, "apprenticeship", ""): "0",
        (autumn, "interviews", ""): "3",
        (autumn, "placement_permanent", ""): "1",
        (autumn, "apprenticeship", ""): "1",
    }
    assert figures(found, "16_19")[spring, "interviews", ""] == "2"
    assert figures(found, "20_24")[spring, "placement_permanent", ""] == "1"
    assert figures(found, "25_30")[autumn, "placement_permanent", ""] == "1"
    assert figures(found, "25_30").keys() & figures(found, "31+").keys() == set()
    assert told(found) == [("participants_counted", "8"), ("participants_left_out", "Kontor")]


def test_marks_are_counted_and_who_was_followed_up_stands_beside(tmp_path: Path):
    """Names, numbers and addresses are left out, and refuse nothing."""
    found = answered(saved(tmp_path, MARKS), participants="registered_each")
    held = [(r["registered_count"], r["attended_count"]) for r in rows_of(found, "activities")]
    assert held == [("5", "4"), ("5", "4")]
    first, second = "Kull 1 høsten 2023", "Kull 2 høsten 2023"
    assert figures(found) == {
        (first, "interviews", ""): "3",
        (first, "placement_permanent", ""): "2",
        (first, "in_work_or_education", "6_months"): "2 of 3",
        (second, "interviews", ""): "3",
        (second, "placement_permanent", ""): "1",
        (second, "in_work_or_education", "6_months"): "1 of 2",
    }
    assert ("participants_left_out", "Nr, Navn, E-post") in told(found)
    assert told(found, "must_fix") == []


def test_one_round_is_called_what_the_person_says(tmp_path: Path):
    found = answered(saved(tmp_path, CROSSES), blanks="blank_is_no")
    called = SAID["round"]
    assert figures(found) == {
        (called, "interviews", ""): "4",
        (called, "work_training", ""): "1",
        (called, "apprenticeship", ""): "2",
    }
    assert figures(found, "31+")[called, "interviews", ""] == "0"


# What is not known is not zero


def test_an_empty_cell_is_no_answer_unless_that_is_said(tmp_path: Path):
    found = answered(saved(tmp_path, CROSSES))
    assert figures(found) == {} and rows_of(found, "activities")[0]["attended_count"] == "5"
    assert ("participants_unanswered", "1") in told(found)


def test_a_round_with_a_row_without_an_answer_has_no_figure(tmp_path: Path):
    text = STATUSES.replace("19;Til intervju", "19;Vet ikke")
    found = answered(saved(tmp_path, text), other_stages=LEAVE_OUT)
    assert {of for of, _, _ in figures(found)} == {"Høst 2024"}
    assert [f.row for f in found.findings if f.rule == "participants_unanswered"] == [3]


def test_what_those_beyond_an_interview_had_is_not_made_up(tmp_path: Path):
    found = answered(saved(tmp_path, STATUSES), stages="not_told")
    assert {m for _, m, _ in figures(found)} == {"placement_permanent", "apprenticeship"}


def test_a_later_share_needs_those_who_said_no(tmp_path: Path):
    text = "Runde;Alder;I jobb etter 12 mnd\n" + "Vår 2023;19;ja\nVår 2023;20;\n" * 3
    assert figures(answered(saved(tmp_path, text))) == {}
    said = answered(saved(tmp_path, text), blanks="blank_is_no")
    assert [*figures(said).values()] == ["3 of 6"]


def test_words_of_later_are_counted_of_those_who_answered(tmp_path: Path):
    status = "Status etter 6 mnd"
    text = f"Runde;Alder;{status}\n" + "".join(
        f"Vår 2023;19;{word}\n" for word in ("I jobb", "Ledig", "Utdanning", "", "Ikke svart")
    )
    assert [*figures(answered(saved(tmp_path, text))).values()] == ["2 of 3"]


def test_a_round_of_few_rows_is_not_counted(tmp_path: Path):
    """It may be a slip of the pen, and be somebody's own."""
    found = answered(saved(tmp_path, STATUSES + "Vor 2024;21;Deltatt;NAV\n;22;Deltatt;NAV\n"))
    assert ("participants_without_round", "2") in told(found)
    assert len(rows_of(found, "activities")) == 2


def test_two_columns_of_one_measure_are_no_guess(tmp_path: Path):
    found = answered(saved(tmp_path, MARKS.replace("Møtt;Intervju;", "Møtt;Fast jobb;")))
    assert ("repeated_column", "Fast jobb") in told(found, "must_fix")


# What is asked


def test_a_word_is_asked_about_once_and_remembered(tmp_path: Path):
    text = STATUSES.replace("Deltatt", "Avsluttet") + "Vår 2024;20;Avsluttet;NAV\n"
    path = saved(tmp_path, text)
    (word,) = (q for q in read(path).questions if q.kind == "stage")
    assert word.found == "Avsluttet" and word.options[:2] == ("registered", "attended")
    found = answered(path, stage="attended")
    again = read(
        saved(tmp_path, text.replace("2024", "2025"), "2025.csv"),
        remembered=memory.readings([found]),
    )
    assert {q.kind for q in again.questions} <= {"part_of_year"}
    by = {choice.found: choice.by for choice in of_kind(again, "stage")}
    assert (by["Avsluttet"], by["Fast jobb"]) == ("remembered", "found")


def test_words_of_few_rows_are_asked_about_together_and_never_shown(tmp_path: Path):
    text = STATUSES.replace("24;Deltatt", "24;Sykemeldt").replace("26;Deltatt", "26;Flyttet")
    (others,) = (q for q in read(saved(tmp_path, text)).questions if q.kind == "other_stages")
    assert others.found == "… (2)"
    found = answered(saved(tmp_path, text), other_stages="attended")
    assert figures(found)["Vår 2024", "interviews", ""] == "3"
    said = json.dumps([[*memory.readings([found]).values()], str(found)])
    assert "ykemeldt" not in said and "lyttet" not in said


def test_questions_have_words_in_both_languages(tmp_path: Path):
    path = saved(tmp_path, STATUSES.replace("Deltatt", "Avsluttet;") + "Vår 2024;20;X;NAV\n")
    for language in ("nb", "en"):
        w = named(language)
        for question in read(path).questions:
            assert choices.question_words(w, question)
            for option in question.options:
                assert choices.answer_words(w, question, option)
            assert words(language).has(f"finding.rule.ask_{question.kind}")


# What is no sheet of participants


NEIGHBOURS = [
    # Rounds by age, each with how many.
    "Runde;Alder;Fast jobb\nVår 2024;16–19;3\nVår 2024;20–24;4\nVår 2024;25–30;0\n",
    # Few came to each of these courses.
    "Aktivitet;Dato;Intervju;Fast jobb\nA;2024-01-02;1;0\nB;2024-01-03;0;1\nC;2024-01-04;1;1\n",
    "Navn;Partnertype;Status\nNAV;Statlig;Aktiv\nVik;Kommune;Aktiv\nAs;Fylke;Aktiv\n",
    "Arrangement;Status\n" + "Frokostmøte;avholdt\n" * 3,
    "År;Program;Fast jobb;Praksis\n2022;A;1;0\n2023;A;1;1\n2024;A;0;1\n",
]


@pytest.mark.parametrize("text", NEIGHBOURS)
def test_a_sheet_of_something_else_is_read_as_it_was(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text, "x.csv"))
    assert of_kind(found, "participants") == [] and not found.is_of_persons
    assert found.grids and (of_kind(found, "table") or of_kind(found, "tickets"))


def test_rows_of_something_else_are_so_when_the_person_says_it(tmp_path: Path):
    text = "Runde;Aldersgruppe;Intervju;Fast jobb\n" + "Vår 2024;16-19;1;0\n" * 3
    path = saved(tmp_path, text)
    (question,) = of_kind(read(path), "participants")
    assert question.options[-1] == "something_else"
    found = read(path, {question.key: "something_else"})
    assert of_kind(found, "table") and not found.is_of_persons


def test_named_persons_are_never_something_else(tmp_path: Path):
    (question,) = of_kind(read(saved(tmp_path, MARKS)), "participants")
    assert "something_else" not in question.options


def test_a_workbook_has_its_other_sheets_beside(tmp_path: Path):
    sheets = {
        "Deltakere": [line.split(";") for line in STATUSES.splitlines()],
        "Partnere": [["Navn", "Partnertype"], ["Vik", "Kommune"]],
    }
    workbook(sheets).save(tmp_path / "x.xlsx")
    found = answered(tmp_path / "x.xlsx")
    assert {part.table for part in found.parts} == {"activities", "outcomes", "partners"}
    assert [grid.sheet for grid in found.grids] == ["Deltakere", "Partnere"]
    assert len(found.grids[0].rows) == 3, "of participants only what they came to"


# Nothing of a row is anywhere


SIGN = "kanarifugl"  # in every cell that is not counted
SOILED = "Løpenr;Navn;Telefon;E-post;Fødselsnr;Runde;Alder;Status;Intervju;Kontor;Merknad\n"
SOILED += "".join(
    f"{SIGN}{n};{SIGN.title()} {SIGN.title()}sen;9123456{n};{SIGN}{n}@eksempel.no;020132 9999{n};"
    f"Vår {2023 + n // 4} ved foreningen;{17 + n};{status};{n % 2};{SIGN} NAV {n};{SIGN} {n}\n"
    for n, status in enumerate(
        ["Fast jobb", f"{SIGN} 1", "Deltatt", "Deltatt", "Fast jobb", "Deltatt", f"{SIGN} 2", "?"]
    )
)
SOILED += f"x;{SIGN};1;{SIGN};2;{SIGN} runde;{SIGN};{SIGN};{SIGN};{SIGN};{SIGN}\n"
TRACES = [SIGN.encode(), SIGN.title().encode(), b"9123456", b"020132 9999"]


def traces(below: Path) -> list[str]:
    """The files in which something of a row stands, as it is or in UTF-16."""
    held = [(path, path.read_bytes().replace(b"\0", b"")) for path in below.rglob("*")
            if path.is_file()]  # fmt: skip
    return [
        str(path)
        for path, content in held
        if not path.is_symlink() and any(trace in content for trace in TRACES)
    ]


@pytest.fixture
def soiled(tmp_path: Path) -> Path:
    """A CSV file in a folder of its own, apart from what is written."""
    (tmp_path / "sent").mkdir()
    return saved(tmp_path / "sent", SOILED)


def answers_of(path: Path) -> dict[str, str]:
    found = answered(path, other_stages="attended")
    return {choice.key: choice.value or "" for choice in found.choices}


def as_json(path: Path) -> str:
    return json.dumps({"answers": {path.name: answers_of(path)}})


def test_the_sheet_is_found_by_the_looks_of_its_rows(soiled: Path):
    assert traces(soiled.parent) == [str(soiled)]
    assert [
        row["title"] for row in rows_of(answered(soiled, other_stages="attended"), "activities")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("is_answered", [False, True])
@pytest.mark.parametrize("action", ["check", "look", "publish"])
def test_no_trace_of_a_row_by_a_command(
    action: str,
    is_answered: bool,
    soiled: Path,
    var: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    options = [f"--answers={as_json(soiled)}"] if is_answered else []
    options += [f"--remarks={tmp_path / 'copies'}"] if action == "check" else []
    is_fine = is_answered or action == "look"
    run(action, soiled, "--json", *options, var=var, expected=0 if is_fine else 1)
    said = capfd.readouterr()
    for trace in TRACES:
        assert trace.decode() not in said.out + said.err
    assert traces(var) == traces(temporary) == []
    assert traces(tmp_path) == [str(soiled)]
    kept = memory.remembered_readings(var)
    assert ("participants" in str(kept)) == (is_answered and action != "check")


@pytest.mark.slow
@pytest.mark.parametrize("action", ["check", "look", "publish"])
def test_no_trace_of_a_row_of_a_folder(
    action: str,
    var: Path,
    data: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
):
    """Where the sheet was put in place of a file: without personal data, it would be shown."""
    rows = list(csv.reader(SOILED.splitlines(), delimiter=";"))
    kept = [at for at, name in enumerate(rows[0]) if name not in ("Telefon", "E-post", "Fødselsnr")]
    with (data / "activities.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row[at] for at in kept] for row in rows)
    options = [f"--remarks={tmp_path / 'copies'}"] if action == "check" else []
    expected = 0 if action == "look" else 1
    run(action, data, "--json", *options, var=var, expected=expected)
    said = capfd.readouterr()
    assert "list_of_persons" in said.out and SIGN not in said.out.lower() + said.err.lower()
    assert traces(tmp_path) == [str(data / "activities.csv")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.mark.slow
def test_no_trace_of_a_row_in_what_a_child_answers(soiled: Path, var: Path):
    """As the page is told; of a sheet that is asked about, and of one that is counted."""
    place = var / "inbox"
    place.mkdir()
    asked = json.loads(as_json(soiled))
    nothing: dict[str, object] = {}
    for given in (nothing, asked):
        command = ["look", str(soiled), "--var", str(var), "--place", str(place)]
        said = reply(UploadAnswer, [*command, "--answers", json.dumps(given)], UPLOAD)
        assert SIGN not in str(said).lower() and said.reads[0].is_of_persons
    assert said.whole and [len(counted.grid.rows) for counted in said.reads[0].counted] == [3]
    assert traces(var) == []


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["", LEAVE_OUT, "number_came"])
def test_no_trace_of_an_attendance_list_among_other_sheets(answer: str, var: Path, tmp_path: Path):
    """In what a child answers, keeps and remembers, whatever is said of the list."""
    (place := var / "inbox").mkdir()
    sent = tmp_path / "sent.xlsx"
    came = [[SIGN.title(), f"{SIGN} AS", f"{SIGN}{n}@eksempel.no", "ja"] for n in range(7)]
    listed = [["Navn", "Firma", "E-post", "Møtt"], *came]
    held = [
        ["Arrangement", "Dato", "Type", "Arrangør"],
        ["Kurs", "2024-03-12", "Kurs", "Foreningen"],
    ]
    workbook({"Kurs": held, "Oppmøte": listed}).save(sent)
    every_row = "Oppmøte/every_row/"
    said_of_all = {
        "Oppmøte/persons/": answer,
        "Oppmøte/meeting/": "Frokost",
        "Oppmøte/year/": "2024",
        "Kurs/every_row/evidence:evidence": "register",
        f"{every_row}evidence:evidence": "register",
        f"{every_row}association:": "Foreningen",
        f"{every_row}activity_type:activity_type": "course",
    }
    asked = json.dumps({"answers": {sent.name: said_of_all if answer else {}}})
    command = ["look", str(sent), "--var", str(var), "--place", str(place), "--answers", asked]
    said = reply(UploadAnswer, command, UPLOAD)
    assert SIGN not in str(said).lower() and said.reads[0].is_of_persons
    assert bool(said.whole) == bool(answer) and traces(var) == []
    kept = memory.remembered_readings(var).values()
    assert [one["persons/"] for one in kept if "persons/" in one] == [answer] * bool(answer)


def test_an_upload_is_read_from_memory(
    soiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """While a child reads it there is no file of it on a disk."""
    monkeypatch.setenv("RINGVIRKNING_VAR", str(tmp_path / "var"))
    published.watch.cache_clear()
    record = UploadedFileRec("1", soiled.name, "text/csv", soiled.read_bytes())
    file = UploadedFile(record, FileURLs())
    try:
        with seen_files.as_paths([file]) as (path,):
            assert path.name == soiled.name and path.read_bytes() == soiled.read_bytes()
            assert path.is_relative_to(tmp_path / "var") and traces(tmp_path / "var") == []
        assert not path.exists()
    finally:
        published.watch.cache_clear()


def test_of_rows_of_participants_there_is_no_copy_with_remarks(soiled: Path):
    found = answered(soiled, other_stages="attended")
    remark = Finding("required", soiled.name, 3)
    with pytest.raises(ValueError):
        copy_with_remarks(soiled, found, [remark], words("nb"))
