"""Signs of awkward files, each beside what is right: what came in wrong is worse than a refusal.

A case is a small file as somebody's program wrote it; beside it stands its neighbour, which looks
much like it and must still be read.
"""

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from ringvirkning import ROOT
from ringvirkning.intake.merging import unite
from ringvirkning.intake.sheets import KEEP, LEAVE_OUT, Choice, Read, memory, reading
from ringvirkning.intake.sheets.repeated import once_in_all
from tests.habits import LISTED, workbook

read_file = partial(reading.read_file, listed=LISTED)
read = partial(read_file, names=None)  # what goes for all rows of a sheet is not asked
SHIPPED = ROOT / "data"
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


# Which row has the headings


@pytest.mark.parametrize(
    "text",
    [
        "Registernavn;Registertype;Region\nFjordkraft AS;Partner;Øst\nNordvik AS;Partner;Vest\n",
        "Kunde;Segment;By\nFjordkraft AS;Bedrift;Oslo\nNordvik AS;Stat;Vik\n",
        "Konto;Status;Nr\nFjordkraft AS;Aktiv;12\nNordvik AS;Partner;14\n",
        "Kunde;Rolle;Slag\nA AS;Partner;Kommune\nB AS;Partner;Kommune\n",
    ],
)
def test_a_row_of_facts_is_not_taken_for_the_headings(tmp_path: Path, text: str):
    """Where few of its cells are headings, or other rows have the same, the person is asked."""
    path = saved(tmp_path, text, "partnere.csv")
    found = read(path, {"/table/": "partners"})
    (header,) = of_kind(found, "header_row")
    assert (header.value, header.row) == (None, None)
    assert of_kind(read(path, {"/table/": "partners", header.key: "1"}), "column")


@pytest.mark.parametrize(
    "text, row",
    [
        ("Rapport;2024\nNavn;Partnertype\nNAV;Statlig\n", "2"),
        ("Liste;Laget av;Dato\nNavn;Partnertype;Merknad\nNAV;Statlig;x\n", "2"),
        ("Partnere i 2024\nNavn;Rom;Tlf\nNAV;B2;1\n", "2"),
        ("Navn;Rom;Etasje\nPartner;B2;1\nPartner;B3;1\n", "1"),
    ],
)
def test_headings_below_titles_are_known(tmp_path: Path, text: str, row: str):
    (header,) = of_kind(read(saved(tmp_path, text, "partnere.csv")), "header_row")
    assert header.value == row


R_ROWS = [
    '"Navn";"Merknad"\n"1";"Nordvik AS";"fra 2021"\n"2";"Fjordbyen";"fra 2022"\n',
    "Navn\tMerknad\n1\tNordvik AS\tfra 2021\n2\tFjordbyen\tfra 2022\n",
    "Navn,Merknad\n1,Nordvik AS,fra 2021\n2,Fjordbyen,fra 2022\n3,,\n",
]


@pytest.mark.parametrize("text", R_ROWS)
def test_rows_that_begin_with_their_number_are_not_shifted(tmp_path: Path, text: str):
    path = saved(tmp_path, text, "partnere.csv")
    found = read(path)
    assert rows_of(found, "partners") == [
        {"name": "Nordvik AS", "note": "fra 2021"},
        {"name": "Fjordbyen", "note": "fra 2022"},
    ]
    (said,) = of_kind(found, "row_names")
    assert (said.value, said.row) == (LEAVE_OUT, 2)
    kept = read(path, {said.key: KEEP, "/column/C": LEAVE_OUT})
    assert rows_of(kept, "partners")[0] == {"name": "1", "note": "Nordvik AS"}


@pytest.mark.parametrize(
    "text",
    [
        "Navn;Merknad\nrad a;Nordvik AS;fra 2021\nrad b;Fjordbyen;fra 2022\n",
        "Nr;Navn\n1;Nordvik AS;fra 2021\n2;Fjordbyen;fra 2022\n",
        "Id;Navn\n1;Nordvik AS;fra 2021\n2;Fjordbyen;fra 2022\n",
        "Navn;Merknad\n17;Nordvik AS;fra 2021\n23;Fjordbyen;fra 2022\n",
    ],
)
def test_rows_that_are_one_cell_longer_are_asked_about(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert "row_names" in {question.kind for question in found.questions}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Arrangement;Dato;Deltakere;;Merknad\n;;Påmeldt;Møtt;\nKurs;2024-03-12;45;38;Godt\n",
            {"registered_count": "45", "attended_count": "38", "note": "Godt"},
        ),
        (
            "Arrangement;Periode;;Antall;;\n;Fra;Til;Påmeldt;Møtt;Bedrifter\n"
            "Kurs;2024-03-12;2024-03-13;45;38;7\n",
            {"end_date": "2024-03-13", "attended_count": "38", "employer_count": "7"},
        ),
        (  # a row of facts, though its words are headings elsewhere
            "Arrangement;Dato;Type;;Møtt\nKurs;2024-03-12;Møte;Dato;38\n",
            {"start_date": "2024-03-12", "attended_count": "38"},
        ),
    ],
)
def test_what_stands_below_the_heading_of_a_group_is_a_heading(
    tmp_path: Path, text: str, row: dict[str, str]
):
    found = read(saved(tmp_path, text))
    (only,) = rows_of(found, "activities")
    assert only["title"] == "Kurs"
    assert only["start_date"] == "2024-03-12"
    assert only.items() >= row.items()


def test_a_column_in_a_group_is_named_by_both_headings(tmp_path: Path):
    cells: Sequence[Sequence[object]] = [
        ["Arrangement", "Deltakere", None],
        [None, "Påmeldt", "Møtt"],
        ["Kurs", 9, "noen"],
    ]
    book = workbook({"Aktiviteter": cells})
    for area in ("A1:A2", "B1:C1"):
        book["Aktiviteter"].merge_cells(area)
    book.save(tmp_path / "aktiviteter.xlsx")
    said = read(tmp_path / "aktiviteter.xlsx").findings
    assert [(f.rule, f.row, f.column) for f in said] == [("not_whole_number", 3, "Deltakere Møtt")]


@pytest.mark.parametrize(
    "text",
    [
        "Navn;Merknad\n1;Nordvik AS;fra 2021\n2;Fjordbyen\n17;Havn;x\n",  # one with a remark
        "Nr;Navn;Merknad\n1;Nordvik AS;fra 2021\n2;Fjordbyen;fra 2022\n",
        ";Navn;Merknad\n1;Nordvik AS;fra 2021\n2;Fjordbyen;fra 2022\n",
    ],
)
def test_numbers_below_a_heading_are_not_shifted(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert of_kind(found, "row_names") == []


# Rows that are no facts


CLOSED = [
    ["Copyright (c) 2000-2026 salesforce.com, inc.", "Confidential - Do Not Distribute"],
    ["Partnerliste 2026", "Generated By: Kontoret 15.10.2026 10:12", "Foreningen"],
    ["Eksportert 12.03.2026"],
    ["© Foreningen 2026"],
]


@pytest.mark.parametrize("closing", CLOSED)
@pytest.mark.parametrize("last", ["", "974760673"])
def test_closing_lines_are_no_partners(tmp_path: Path, closing: list[str], last: str):
    text = f"Partner;Org.nr.\nNordvik AS;{last}\nFjordbyen;{last}\n" + "\n".join(closing)
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert [row["name"] for row in rows_of(found, "partners")] == ["Nordvik AS", "Fjordbyen"]
    assert [choice.found for choice in of_kind(found, "notes")] == closing[:1]


@pytest.mark.parametrize("closing", ["Foreningen i Vik", "Laget av kontoret", "Side 1 av 1"])
def test_a_lone_cell_at_the_end_is_asked_about(tmp_path: Path, closing: str):
    text = f"Partner;Merknad\nNordvik AS;x\nFjordbyen;y\n{closing}"
    path = saved(tmp_path, text, "partnere.csv")
    (question,) = read(path).questions
    assert (question.kind, question.row, question.found) == ("closing", 4, closing)
    for answer, count in ((LEAVE_OUT, 2), (KEEP, 3)):
        found = read(path, {question.key: answer})
        assert (len(rows_of(found, "partners")), found.findings) == (count, ())


def test_names_of_which_nothing_else_is_known_are_names(tmp_path: Path):
    text = "Partner;Merknad\nNordvik AS;x\nFjordbyen\nHavna\nCopyright-klubben;z"
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert len(rows_of(found, "partners")) == 4 and not found.questions


@pytest.mark.parametrize(
    "text, row",
    [
        ("Navn;Partnertype;Merknad\nNAV;Statlig;x\n\nAktivitet;Dato\nKurs;2024\n", 4),
        ("Navn;Partnertype;Merknad\nNAV;Statlig;x\nAktivitet;Dato;Program\nKurs;2024;A\n", 3),
        ("Navn;Partnertype;Merknad\nNAV;Statlig;x\nNavn;Partnertype;Merknad\nUSN;UH;x\n", 3),
    ],
)
def test_a_second_table_is_no_row(tmp_path: Path, text: str, row: int):
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert ("second_table", row) in told(found)


def test_a_row_with_words_that_are_headings_elsewhere_is_a_row(tmp_path: Path):
    text = "Navn;Partnertype;Merknad\nNAV;Stat;x\nPartner;Kommune;y\nSted;Kommune\n"
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert len(rows_of(found, "partners")) == 3 and told(found) == []


COUNTED = "Arrangement;Type;Deltakere\nMøte;Kurs;38\nSeminar;Kurs;21\nMesse;Kurs;55\n"


SHARES = "År;Program;Verdi;Indikator;Bygger på\n"


def test_nothing_is_asked_or_told_of_a_row_that_is_left_out(tmp_path: Path):
    """Neither how its number is read nor what is wrong with it."""
    text = SHARES + "2024;WorkOP;1 234;Fast jobb;Register\n"
    for odd in ("1.600", "mange", "62 %"):
        path = saved(
            tmp_path, text + f"2024;WorkOP;{odd};Andel i jobb;Register\n", "resultater.csv"
        )
        found = read(path)
        assert (found.questions, told(found)) == ([], [])
        assert [row["value"] for row in rows_of(found, "outcomes")] == ["1234"]


def test_a_share_is_not_wrong_until_it_is_said_of_what_it_is(tmp_path: Path):
    text = SHARES + "2024;WorkOP;62 %;Andel som trives;Register\n"
    path = saved(tmp_path, text, "resultater.csv")
    (asked,) = read(path).questions
    assert told(read(path)) == [("ask_word", 2)]
    assert told(read(path, {asked.key: "placement_permanent"})) == [("percent_of_count", 2)]


@pytest.mark.parametrize(
    "sums",
    [
        ["Sum arrangementer;;114", "Delsum 1. halvår;;114"],
        ["Delsum;;114", "Totalt antall;;114"],
        ["Sum alle;;114", "I alt 2024;;114", "2024 totalt;;114", "Gjennomsnitt;;38"],
        ["Grand Totals (3 records);;114"],
    ],
)
def test_sums_are_no_rows_whatever_they_are_called(tmp_path: Path, sums: list[str]):
    found = read(saved(tmp_path, COUNTED + "\n".join(sums)))
    assert [row["attended_count"] for row in rows_of(found, "activities")] == ["38", "21", "55"]
    assert not found.questions and of_kind(found, "totals"), "it is said"


def test_sums_of_groups_are_no_rows(tmp_path: Path):
    text = COUNTED + "Vår i alt;;114\nLunsj;Kurs;10\nKveld;Kurs;20\nHøst i alt;;30\nSum;;144\n"
    found = read(saved(tmp_path, text))
    assert sum(int(row["attended_count"]) for row in rows_of(found, "activities")) == 144


@pytest.mark.parametrize("called", ["Alle møtene;;114", "Hele 2024;;114", "Sum så langt;;120"])
def test_a_row_that_may_be_a_sum_is_asked_about(tmp_path: Path, called: str):
    path = saved(tmp_path, COUNTED + called)
    (question,) = read(path).questions
    assert (question.kind, question.row) == ("sum", 5)
    for answer, count in ((LEAVE_OUT, 3), (KEEP, 4)):
        assert len(rows_of(read(path, {question.key: answer}), "activities")) == count


@pytest.mark.parametrize(
    "text",
    [
        COUNTED + "Lunsj;Kurs;114",  # it says more than its name
        "Arrangement;Deltakere\n2022;6\n2023;7\n2024;13",
        "Arrangement;Deltakere\nMøte;6\nMesse;6",  # of one row alone nothing is a sum
        "Arrangement;Deltakere\nSummer School;6\nTotalen;8\nMesse;9",
    ],
)
def test_a_row_that_is_no_sum_is_a_row(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text))
    assert len(rows_of(found, "activities")) == text.rstrip().count("\n")
    assert not found.questions and not of_kind(found, "totals")


# Lists of persons

TEAMS = """1. Sammendrag
Møtetittel\tFrokostmøte om rekruttering
Deltakere som deltok\t3
Starttidspunkt\t26.11.25, 08:16:54

2. Deltakere
Navn\tFørste deltakelse\tSist forlatt\tVarighet i møtet\tRolle
Kari Eksempel\t26.11.25, 08:16:55\t26.11.25, 09:18:08\t1 t 1 min\tArrangør
Ola Eksempel\t26.11.25, 08:17:55\t26.11.25, 09:18:08\t1 t\tDeltaker
Eksempel, Per (gjest)\t26.11.25, 08:20:55\t26.11.25, 09:18:08\t58 min\tDeltaker

3. Aktiviteter i møtet
Navn\tJoin Time\tLeave Time
Kari Eksempel\t26.11.25, 08:16:55\t26.11.25, 09:18:08
"""
OF_PERSONS = {
    TEAMS: ("aktiviteter.csv", 7, "3"),
    "Navn;Firma;Møtt\nKari Eksempel;A AS;1\nOla Eksempel;A AS;0\n": ("x.csv", 1, "1"),
    "Deltaker;Bedrift;Innsjekket\nK. E.;A AS;Ja\nO. E.;B AS;\n": ("aktiviteter.csv", 1, "1"),
    "Fornavn;Etternavn;Oppmøte\nKari;E;x\nOla;E;x\n": ("partnere.csv", 1, "2"),
    "Frokostmøte\n\nName,Attended\nKari E,yes\nOla E,no\n": ("activities.csv", 3, "1"),
}


@pytest.mark.parametrize("text", OF_PERSONS)
def test_nothing_of_an_attendance_list_is_read_but_how_many_came(tmp_path: Path, text: str):
    name, row, count = OF_PERSONS[text]
    path = saved(tmp_path, text, name)
    (question,) = read(path).questions
    assert question.options == ("number_came", LEAVE_OUT) and question.row == row
    assert (question.found or "").endswith(f"({count})")
    left_out = read(path, {question.key: LEAVE_OUT})
    (said,) = (f for f in left_out.findings if f.rule == "list_of_persons")
    assert (said.level, said.row, said.found) == ("must_fix", row, count)
    assert not left_out.parts
    (called,) = read(path, {question.key: "number_came"}).questions
    assert called.kind == "meeting" and called.options == (name[:-4],)
    counted = read(path, {question.key: "number_came", called.key: "Frokostmøte"})
    (held,) = counted.parts
    assert held.rows == [{"title": "Frokostmøte", "attended_count": count}]
    for found in (left_out, counted):
        assert not any(part in str(found) for part in ("Eksempel", "Kari", "A AS", "K. E."))


@pytest.mark.parametrize(
    "text",
    [
        "Navn;Firma;Merknad\nKari Nordmann;A AS;x\nOla Dahl;B AS;y\n",
        "Deltaker;Arbeidsgiver\nKari Nordmann;A AS\nPer-Ole B. Dahl;B AS\n",
        "Fornavn;Etternavn;Bedrift\nKari;Nordmann;A AS\nOla;Dahl;B AS\n",
    ],
)
def test_what_looks_like_a_list_of_persons_is_asked_about(tmp_path: Path, text: str):
    path = saved(tmp_path, text, "partnere.csv")
    found = read(path)
    (question,) = found.questions
    assert question.kind == "persons" and not found.parts
    left_out = read(path, {question.key: LEAVE_OUT})
    assert ("list_of_persons", 1) in told(left_out) and not left_out.parts
    assert of_kind(read(path, {question.key: "organisations"}), "table")


def test_a_sheet_of_persons_that_is_left_out_is_in_nobodys_way(tmp_path: Path):
    persons = [["Navn", "Firma"], ["Kari Nordmann", "A AS"], ["Ola Dahl", "B AS"]]
    courses: list[list[object]] = [["Arrangement", "Deltakere"], ["Kurs", 7]]
    path = tmp_path / "bok.xlsx"
    workbook({"Kontakter": persons, "Kurs": courses}).save(path)
    (question,) = read(path).questions
    found = read(path, {question.key: LEAVE_OUT})
    assert told(found) == [] and found.is_of_persons
    assert told(found, "should_look") == [("persons_sheet_left_out", 1)]
    assert [(part.table, len(part.rows)) for part in found.parts] == [("activities", 1)]
    assert "Kari" not in str(found)


ATTENDANCE = [["Fornavn", "Etternavn", "Oppmøte"], ["Kari", "E", "x"], ["Ola", "E", ""]]
COURSES: list[list[object]] = [["Arrangement", "Deltakere"], ["Kurs", 7]]


@pytest.mark.parametrize(
    "answer, titles", [(LEAVE_OUT, ["Kurs"]), ("number_came", ["Møte", "Kurs"])]
)
def test_an_attendance_list_keeps_back_no_other_sheet(
    tmp_path: Path, answer: str, titles: list[str]
):
    path = tmp_path / "bok.xlsx"
    workbook({"Oppmøte mars": ATTENDANCE, "Kurs": COURSES}).save(path)
    (question,) = read(path).questions
    assert question.options[0] == LEAVE_OUT, "the meeting may stand in another sheet"
    found = read(path, {question.key: answer, "Oppmøte mars/meeting/": "Møte"})
    assert [row["title"] for row in rows_of(found, "activities")] == titles
    assert found.is_of_persons and told(found) == [] and "Kari" not in str(found)


def test_an_attendance_list_of_several_meetings_is_several(tmp_path: Path):
    """As systems for tickets export them; one that hardly anybody came to is shown nowhere."""
    rows = [("Vårmøte", "2025-04-10", "ja")] * 4 + [("Vårmøte", "2025-04-10", "nei")]
    rows += [("Sommerfest", "2025-06-12", "ja")] * 3 + [("Hos Kari E", "2025-07-01", "ja")] * 2
    text = "Ordre;Arrangement;Dato;Navn;Innsjekket\n" + "".join(
        f"{n};{title};{day};Kari E{n};{came}\n" for n, (title, day, came) in enumerate(rows)
    )
    found = read(saved(tmp_path, text), {"/persons/": "number_came"})
    assert not found.questions and "Kari" not in str(found)
    assert rows_of(found, "activities") == [
        {"title": "Vårmøte", "start_date": "2025-04-10", "attended_count": "4"},
        {"title": "Sommerfest", "start_date": "2025-06-12", "attended_count": "3"},
    ]
    assert ("participants_counted", "7") in [(f.rule, f.found) for f in found.findings]
    few = (
        text.replace("Vårmøte", "Hos Ola", 3)
        .replace("Vårmøte", "Hos Per")
        .replace("Sommer", "I ", 2)
    )
    found = read(saved(tmp_path, few), {"/persons/": "number_came"})
    assert [row["title"] for row in rows_of(found, "activities")] == ["Hos Ola"]
    none = read(
        saved(tmp_path, few.split("4;Hos")[0].replace("Ola", "Ida", 1)),
        {"/persons/": "number_came"},
    )
    assert not rows_of(none, "activities") and told(none) == [("no_rows", None)]
    found = read(saved(tmp_path, text.replace("06-12", "06-13", 1)), {"/persons/": "number_came"})
    assert "start_date" not in rows_of(found, "activities")[1], "which of two days is not known"


def test_what_is_done_with_lists_of_persons_is_asked_once(tmp_path: Path):
    """Of all sheets with such headings, in this file and those that come after it."""
    path = tmp_path / "bok.xlsx"
    workbook({"Kurs": COURSES, "Januar": ATTENDANCE, "Mars": ATTENDANCE}).save(path)
    asked = {question.key: LEAVE_OUT for question in read(path).questions}
    found = read(path, {"Januar/persons/": LEAVE_OUT})
    assert [*asked] == ["Januar/persons/", "Mars/persons/"] and not found.questions
    remembered = memory.answered_readings([found])
    assert "Kari" not in str(remembered) and len(remembered) == 1
    workbook({"April": [*ATTENDANCE, ["Per", "E", "x"]], "Kurs": COURSES}).save(path)
    again = read(path, remembered=remembered)
    assert not again.questions and rows_of(again, "activities") == rows_of(found, "activities")
    assert told(again, "should_look") == [("persons_sheet_left_out", 1)]
    # Of another list it is asked anew.
    other = [["Navn", "Firma", "Møtt"], ["Kari E", "A AS", "ja"]]
    workbook({"April": other, "Kurs": COURSES}).save(path)
    assert [q.kind for q in read(path, remembered=remembered).questions] == ["persons"]


def test_a_list_of_persons_that_is_left_out_is_not_told_again_while_more_is_asked(tmp_path: Path):
    path = tmp_path / "bok.xlsx"
    workbook({"Oppmøte": ATTENDANCE, "Annet": [["Ukjent", "Noe"], ["a", "b"]]}).save(path)
    found = read(path, {"Oppmøte/persons/": LEAVE_OUT})
    assert [rule for rule, _ in told(found)] == ["ask_table"]
    found = read(path, {"Oppmøte/persons/": LEAVE_OUT, "Annet/table/": LEAVE_OUT})
    assert told(found) == [("list_of_persons", 1)], "there is nothing else"


def test_a_hidden_list_of_persons_is_left_out_as_hidden_sheets_are(tmp_path: Path):
    book = workbook({"Kurs": COURSES, "Liste": ATTENDANCE})
    book["Liste"].sheet_state = "hidden"
    book.save(tmp_path / "bok.xlsx")
    found = read(tmp_path / "bok.xlsx")
    assert not found.questions and told(found) == []
    assert told(found, "should_look") == [("persons_sheet_left_out", 1), ("hidden_sheet", None)]


@pytest.mark.parametrize(
    "name, text, table",
    [
        (
            "partnere.csv",
            "Navn;Selskap;Merknad\nNordvik Energi AS;a;x\nFjordbyen Havn KF;b;y",
            "partners",
        ),
        ("partnere.csv", "Navn;Partnertype;Kontaktperson\nNAV;Statlig;Kari E", "partners"),
        ("aktiviteter.csv", "Navn;Dato;Møtt\nKurs;2024-03-12;38\nMesse;2024-04-12;1", "activities"),
        ("aktiviteter.csv", "Navn;Arrangør;Avlyst\nKurs;Foreningen;ja", "activities"),
        ("partnere.csv", "Navn;Merknad\nScandic Gardermoen;x\nThon Hotell;y", "partners"),
    ],
)
def test_a_list_of_others_is_no_list_of_persons(tmp_path: Path, name: str, text: str, table: str):
    found = read(saved(tmp_path, text, name), {"/column/B": LEAVE_OUT} if "Selskap" in text else {})
    assert of_kind(found, "persons") == [] and "list_of_persons" not in dict(told(found))
    assert [part.table for part in found.parts] == [table]


# The same again


def of_all_rows(path: Path, year: str) -> Read:
    """A sheet of activities, with answers to what goes for all its rows."""
    found = read_file(path, names={})
    said = {"association": "Foreningen", "evidence": "register", "year": year}
    answers = {question.key: said[question.column or ""] for question in found.questions}
    return read_file(path, answers, names={})


@pytest.mark.parametrize("way", ["sheet", "title", "asked"])
def test_next_years_sheet_is_another_years_activities(tmp_path: Path, way: str):
    """With the same titles and no dates; it would take the place of this year's."""
    folder = SHIPPED
    for year, counts in (("2024", (38, 21, 55)), ("2025", (40, 25, 60))):
        facts = [
            [name, "Kurs", n] for name, n in zip(("Lunsj", "Fest", "Møte"), counts, strict=True)
        ]
        sheet: list[list[object]] = [[f"Arrangementer {year}"]] * (way == "title")
        sheet = [*sheet, ["Arrangement", "Type", "Deltakere"], *facts]
        path = tmp_path / f"liste {year}-11-30.xlsx"
        workbook({year if way == "sheet" else "Ark": sheet}).save(path)
        asked = [q.options for q in read_file(path, names={}).questions if q.kind == "year"]
        assert asked == ([(year, LEAVE_OUT)] if way == "asked" else [])
        before, folder = folder, tmp_path / f"files {year}"
        folder.mkdir()
        unite(of_all_rows(path, year).parts, before, folder, {})
    with (folder / "activities.csv").open(encoding="utf-8", newline="") as file:
        ours = [row for row in csv.DictReader(file) if row["association"] == "Foreningen"]
    assert sum(int(row["attended_count"]) for row in ours) == 239
    assert [row["start_date"] for row in ours] == ["2024"] * 3 + ["2025"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Arrangement;Dato;Type\nLunsj;2024-03-12;Kurs\n",
        "ID;Arrangement;Type\nlunsj;Lunsj;Kurs\n",  # known rows
    ],
)
def test_activities_that_are_known_or_dated_are_not_asked_their_year(tmp_path: Path, text: str):
    found = read_file(saved(tmp_path, text, "arrangementer 2024.csv"), names={})
    assert of_kind(found, "year") == []


SCANDIC = "Navn;Org.nr.;Partnertype;Kommune\nScandic Vik;;Bedrift;\nNAV;;Stat;\n"


@pytest.mark.parametrize(
    "again", ["scandic  VIK;974760673;;3301", "Scandic Vik;974760673;Bedrift;3301"]
)
def test_a_partner_in_several_rows_is_one(tmp_path: Path, again: str):
    path = saved(tmp_path, SCANDIC + f"{again}\n{again}\n", "partnere.csv")
    found = read(path)
    first, other = rows_of(found, "partners")
    assert first == {
        "name": "Scandic Vik",
        "organisation_number": "974760673",
        "partner_type": "company",
        "municipality": "3301",
    }
    assert (other["name"], found.parts[0].numbers, found.findings) == ("NAV", [2, 3], ())
    (said,) = of_kind(found, "repeated")
    assert said.row == 4
    assert len(rows_of(read(path, {said.key: KEEP}), "partners")) == 4


def test_a_partner_of_whom_two_rows_say_different_things_is_said(tmp_path: Path):
    found = read(saved(tmp_path, SCANDIC + "Scandic Vik;;Stat;\n", "partnere.csv"))
    assert rows_of(found, "partners")[0]["partner_type"] == "company"
    assert told(found, "should_look") == [("partner_differs", 4)]


def two_files(tmp_path: Path, first: str, second: str) -> tuple[Read, ...]:
    files = (saved(tmp_path, first, "partnere.csv"), saved(tmp_path, second, "liste.csv"))
    answers = {"/table/": "partners"}
    return once_in_all([read(path, answers) for path in files])


LISTS = "Partner;Kommune;Type\n"


@pytest.mark.parametrize("again", ["scandic  VIK;3301;Bedrift", "Scandic Vik;3301;"])
def test_a_partner_in_two_files_is_one(tmp_path: Path, again: str):
    first, second = two_files(tmp_path, SCANDIC, f"{LISTS}{again}\nHavna;3301;Bedrift\n")
    assert [row["name"] for row in rows_of(first, "partners")] == ["Scandic Vik", "NAV"]
    assert rows_of(first, "partners")[0]["municipality"] == "3301"
    assert [row["name"] for row in rows_of(second, "partners")] == ["Havna"]
    assert second.parts[0].numbers == [3] and second.findings == ()


def test_what_two_files_say_otherwise_of_a_partner_is_said_of_the_second(tmp_path: Path):
    first, second = two_files(tmp_path, SCANDIC, f"{LISTS}Scandic Vik;;Stat\n")
    assert told(first, "should_look") == []
    assert told(second, "should_look") == [("partner_differs", 2)]


def test_partners_of_one_name_that_a_file_keeps_apart_stay_apart(tmp_path: Path):
    path = saved(tmp_path, f"{LISTS}NAV;3301;\nNAV;3305;\n", "liste.csv")
    kept = read(path, {"/repeated/": KEEP, "/table/": "partners"})
    _, second = once_in_all([read(saved(tmp_path, SCANDIC, "partnere.csv")), kept])
    assert len(rows_of(second, "partners")) == 2


@pytest.mark.parametrize("name", ["Scandic Havn;;Bedrift;", "Scandic Vik AS;;Bedrift;"])
def test_another_partner_is_another(tmp_path: Path, name: str):
    found = read(saved(tmp_path, SCANDIC + name, "partnere.csv"))
    assert len(rows_of(found, "partners")) == 3 and of_kind(found, "repeated") == []


def test_two_organisations_of_one_name_are_two(tmp_path: Path):
    text = "Navn;Org.nr.\nScandic;974760673\nScandic;889640782\nScandic;974760673\n"
    found = read(saved(tmp_path, text, "partnere.csv"))
    assert [row["organisation_number"] for row in rows_of(found, "partners")] == [
        "974760673",
        "889640782",
    ]


# Days


@pytest.mark.parametrize(
    "text, day, said",
    [
        ("2024-12-31T23:00:00.000Z", "2025-01-01", "day_in_norway"),
        ("2024-06-03T22:00:00Z", "2024-06-04", "day_in_norway"),
        ("2024-06-03 22:30 UTC", "2024-06-04", "day_in_norway"),
        ("2024-12-31T20:00:00-0500", "2025-01-01", "day_in_norway"),
        ("2024-12-31T22:00:00Z", "2024-12-31", "time_left_out"),  # winter
        ("2024-12-31T23:30:00+01:00", "2024-12-31", "time_left_out"),
        ("2024-12-31T23:00:00", "2024-12-31", "time_left_out"),  # no zone
        ("06.09.2025 kl. 15.37.20", "2025-09-06", "time_left_out"),
        ("06.09.2025 15.37.20", "2025-09-06", "time_left_out"),
        ("2025-09-06 15.37.20", "2025-09-06", "time_left_out"),
        ("06.09.2025 kl. 15", "2025-09-06", "time_left_out"),
        ("2025-09-06, 4:16:54 PM", "2025-09-06", "time_left_out"),
        ("12/3-2024", "2024-03-12", ""),
        ("12/3-24", "2024-03-12", "short_year"),
        ("3/10 2024", "2024-10-03", ""),
        ("4.6-24", "2024-06-04", "short_year"),
        ("17. juni -24", "2024-06-17", "short_year"),
        ("12-Mar-24", "2024-03-12", "short_year"),
        ("31.5.98", "1998-05-31", "short_year"),
        ("31.5.29", "2029-05-31", "short_year"),
        ("tysdag 29. april 2025", "2025-04-29", ""),
        ("laurdag 3. mai 2025", "2025-05-03", ""),
        ("sundag 4. mai 2025", "2025-05-04", ""),
        ("måndag 5. mai 2025 kl. 09.00", "2025-05-05", "time_left_out"),
    ],
)
def test_a_day_as_it_is_written_by_hand_and_by_programs(
    tmp_path: Path, text: str, day: str, said: str
):
    found = read(saved(tmp_path, f"Arrangement;Dato\nKurs;{text}\nMesse;31.12.2020\n"))
    assert rows_of(found, "activities")[0]["start_date"] == day
    assert told(found, "should_look") == ([(said, 2)] if said else [])
    assert told(found) == [] and not found.questions


@pytest.mark.parametrize(
    "text", ["32/3-2024", "12/13-2024", "17. jul. -2", "24-05-12", "12/3", "tysdag", "kl. 15"]
)
def test_what_is_no_day_is_not_read(tmp_path: Path, text: str):
    found = read(saved(tmp_path, f"Arrangement;Dato\nKurs;{text}\n"))
    assert told(found) == [("is_partial_date", 2)]


# Workbooks and what is taken for one


def changed(path: Path, part: str, edit: Callable[[str], str]) -> None:
    """Another text in a part of a workbook, which is added if it is not there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = edit(parts.get(part, b"").decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    "mark, rule",
    [
        ('fullCalcOnLoad="1"', [("formula_without_value", 2)]),
        ('fullCalcOnLoad="0"', []),
        ("", []),  # as Excel and LibreOffice write
    ],
    ids=["marked", "kept", "unsaid"],
)
def test_a_formula_that_was_never_calculated_is_no_0(
    tmp_path: Path, mark: str, rule: list[tuple[str, int]]
):
    """XlsxWriter writes 0 for every formula, and that all is to be calculated."""
    path = tmp_path / "aktiviteter.xlsx"
    workbook({"A": [["Arrangement", "Deltakere"], ["Kurs", "=SUM(C2:D2)"], ["Møte", 0]]}).save(path)
    changed(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</f><v></v>", "</f><v>0</v>")
    )
    changed(path, "xl/workbook.xml", lambda xml: xml.replace('fullCalcOnLoad="1"', mark))
    found = read(path)
    assert told(found) == rule
    assert rows_of(found, "activities")[1]["attended_count"] == "0"


def test_a_workbook_with_power_query_is_read(tmp_path: Path):
    path = tmp_path / "partnere.xlsx"
    workbook({"Partnere": [["Navn", "Merknad"], ["NAV", "x"]]}).save(path)
    changed(path, "customXml/item1.xml", lambda _: "\0<\0D\0a\0t\0a")
    assert rows_of(read(path), "partners") == [{"name": "NAV", "note": "x"}]
    changed(path, "xl/item1.xml", lambda _: "\0<\0D\0a\0t\0a")
    assert told(read(path)) == [("broken_file", None)]


ODD_PARTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "empty fill": (
        "xl/styles.xml",
        lambda xml: re.sub(r"<fill>.*?</fill>", "<fill/>", xml, count=1),
    ),
    "a colour by its name": (
        "xl/styles.xml",
        lambda xml: xml.replace('<color theme="1"', '<color rgb="red"'),
    ),
    "a colour of a rule": (
        "xl/styles.xml",
        lambda xml: re.sub(
            r"<dxfs.*?/>|(?=<tableStyles)",
            '<dxfs><dxf><font><color rgb="red"/></font></dxf></dxfs>',
            xml,
            count=1,
        ),
    ),
    "a time in another form": (
        "docProps/core.xml",
        lambda xml: re.sub(r"\d{4}-\d\d-\d\dT", "12.03.2024 ", xml),
    ),
}


@pytest.mark.parametrize("odd", ODD_PARTS)
def test_a_workbook_with_odd_looks_is_read(tmp_path: Path, odd: str):
    path = tmp_path / "aktiviteter.xlsx"
    cells: list[list[object]] = [["Arrangement", "Dato", "Deltakere"]]
    cells += [["Kurs", date(2024, 3, 12), 5]]
    workbook({"A": cells}).save(path)
    plainly = read(path)
    changed(path, *ODD_PARTS[odd])
    with pytest.raises((TypeError, ValueError)):
        openpyxl.load_workbook(path, read_only=True)
    assert read(path).parts == plainly.parts and read(path).findings == ()


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "officeDocument/",
}


def replaced(old: str, new: str, xml: str) -> str:
    return xml.replace(old, new)


@pytest.mark.parametrize("is_iso", [True, False])
def test_a_workbook_in_the_strict_form_is_read(tmp_path: Path, is_iso: bool):
    """As Excel saves it: Strict Open XML Spreadsheet, with days as text."""
    path = tmp_path / "aktiviteter.xlsx"
    cells: list[list[object]] = [["Arrangement", "Dato", "Deltakere"]]
    cells += [["Kurs", date(2024, 3, 12), 5], ["B", "2024", 7]]
    book = workbook({"A": cells})
    book.iso_dates = is_iso
    book.save(path)
    plainly = read(path)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    for usual, strict in STRICT.items():
        for name in names:
            changed(path, name, partial(replaced, usual, f"http://purl.oclc.org/ooxml/{strict}"))
    found = read(path)
    assert found.parts == plainly.parts and found.findings == ()
    assert [row["attended_count"] for row in rows_of(found, "activities")] == ["5", "7"]


def test_a_broken_workbook_is_broken_without_looks_too(tmp_path: Path):
    path = tmp_path / "aktiviteter.xlsx"
    workbook({"A": [["Arrangement"], ["Kurs"]]}).save(path)
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert told(read(path)) == [("broken_file", None)]


@pytest.mark.parametrize("name", ["Kari Eksempel", "A", "x" * 54])
def test_a_lock_file_is_named_for_what_it_is(tmp_path: Path, name: str):
    wide = f"{name:<54}".encode("utf-16-le")
    lock = bytes([len(name)]) + f"{name:<54}".encode() + bytes([len(name), 0]) + wide
    for called in ("~$Partnere.xlsx", "Partnere.xlsx"):
        (tmp_path / called).write_bytes(lock)
        assert told(read(tmp_path / called)) == [("lock_file", None)]
    (tmp_path / "Partnere.xlsx").write_bytes(lock + b" ")
    assert "lock_file" not in dict(told(read(tmp_path / "Partnere.xlsx")))


# Nynorsk is one of the two written forms


def test_a_file_in_nynorsk_is_known_as_one_in_bokmaal_is(tmp_path: Path):
    text = (
        "Tiltak;Dato;Arrangementstype;Arrangør;Påmelde;Deltakarar;Verksemder;Avlyst;Byggjer på\n"
        "Frukost;tysdag 29. april 2025;Frukostmøte;Foreininga;64;51;12;nei;Register\n"
    )
    found = read_file(saved(tmp_path, text, "tiltak 2025.csv"), names={})
    assert not found.questions and found.findings == ()
    assert rows_of(found, "activities") == [
        {
            "title": "Frukost",
            "start_date": "2025-04-29",
            "activity_type": "network_meeting",
            "association": "Foreininga",
            "registered_count": "64",
            "attended_count": "51",
            "employer_count": "12",
            "cancelled": "no",
            "evidence": "register",
        }
    ]


@pytest.mark.parametrize(
    "name, heading, cell, column",
    [
        *(("aktiviteter", h, "12", "registered_count") for h in ("Ant. påmeldte", "Ant påmeldte")),
        *(("aktiviteter", h, "12", "attended_count") for h in ("Ant. deltatt", "Antall som kom")),
        *(("aktiviteter", h, "2025-03-12", "start_date") for h in ("Tidspunkt", "Når", "Tidsrom")),
        ("aktiviteter", "Samarbeid med", "NAV", "partner_ids"),
        ("aktiviteter", "Når ble det holdt?", "2025-03-12", "start_date"),
        ("aktiviteter", "Hvor mange møtte?", "12", "attended_count"),
        ("aktiviteter", "Ansvarlig forening", "Foreningen", "association"),
        ("avtaler", "Frå", "2024", "start_date"),
        ("avtaler", "Føremål", "Lærlingar", "purpose"),
        ("avtaler", "Namn på avtalen", "Lærlingar", "title"),
    ],
)
def test_everyday_headings_are_known(
    tmp_path: Path, name: str, heading: str, cell: str, column: str
):
    known = {"aktiviteter": "Arrangement;Aktivitetstype", "avtaler": "Partnarar;Avtaletype"}[name]
    found = read(saved(tmp_path, f"{known};{heading}\nX;Annet;{cell}\n", f"{name}.csv"))
    assert not [q for q in found.questions if q.kind == "column"]
    assert found.parts[0].rows[0][column] == cell


def test_what_there_are_most_lists_of_is_offered_first(tmp_path: Path):
    """Where the headings tell as much of one table as of another."""
    (asked,) = read(saved(tmp_path, "Skoleår;Skole;Besøk\n2023/24;Vik vgs;9\n", "x.csv")).questions
    assert asked.kind == "table" and asked.options[0] == "outcomes"


def test_a_place_of_an_activity_is_no_municipality(tmp_path: Path):
    found = read(saved(tmp_path, "Arrangement;Dato;Sted\nKurs;2025-03-12;Biblioteket\n"))
    assert told(found) == [] and ("other_left_out", 1) in told(found, "should_look")


@pytest.mark.parametrize(
    "heading", ["Namn", "Partnar", "Firmanavn", "Kundenavn", "Medlemsbedrift", "Kontonavn"]
)
def test_what_people_call_a_partner_is_its_name(tmp_path: Path, heading: str):
    found = read(saved(tmp_path, f"{heading};Partnartype\nNAV;Stat\n", "partnere.csv"))
    assert rows_of(found, "partners") == [{"name": "NAV", "partner_type": "state"}]


@pytest.mark.parametrize(
    "column, left_out",
    [
        ("Kontakt siden;2021;2019", False),
        ("Siste kontakt;12.03.2024;4. mai 2024", False),
        ("Kontakt;mars 2024;2023", False),
        ("Kontakt siden;2021;Kari Nordmann", True),
        ("Kontaktperson;Kari;Ola", True),
        ("Eier;Kari;Ola", True),
        ("Company owner;Kari;Ola", True),
        ("Telefon;22334455;02800", True),
        ("Mobil;45657;45658", True),  # days to Excel, if they were any
    ],
)
def test_a_column_of_days_is_no_column_of_persons(tmp_path: Path, column: str, left_out: bool):
    """It is asked about, and nobody is told that it names persons."""
    heading, *cells = column.split(";")
    rows = "".join(f"Firma {n} AS;Bedrift;{cell}\n" for n, cell in enumerate(cells))
    found = read(saved(tmp_path, f"Firma;Type;{heading}\n{rows}", "firmaer.csv"))
    is_told = ("persons_left_out", 1) in told(found, "should_look")
    asked = [q.column for q in found.questions if q.kind == "column"]
    assert (is_told, asked) == (left_out, [] if left_out else [heading])
    assert not any(q.found and "Kari" in q.found for q in found.choices)
