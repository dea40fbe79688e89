"""Five files of five offices, made of the shipped rows, and what each of them is asked and told."""

import json
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from queries.contract import tables, workbench
from ringvirkning.finding import Finding
from ringvirkning.intake.checks.report import groups
from ringvirkning.intake.read import load_table
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, Part, Read, reading
from ringvirkning.intake.sheets.memory import (
    answered_readings,
    readings,
    remember_readings,
    remembered_readings,
)
from ringvirkning.intake.sheets.reading import finding_in_sheet, write_parts
from ringvirkning.intake.words import choices
from ringvirkning.intake.words.report import group_words
from ringvirkning.texts import LANGUAGES, finding_words, rule_words, words
from tests.habits import LISTED, MEASURES, Habits, lines, named, shipped, text_file, typed, workbook

# What goes for all rows of a sheet is asked in test_every_row.
read = partial(reading.read_file, names=None)
BOM = b"\xef\xbb\xbf"
EXCEL = Habits("cp1252", titles=("Rapport for 2024", ""), notes=("Kilde: egne tall",), total=True)


def of_kind(found: Read, kind: str) -> list[Choice]:
    return [choice for choice in found.choices if choice.kind == kind]


def rules(found: Read) -> set[str]:
    return {finding.rule for finding in found.findings}


def rows_of(found: Read, table: str) -> list[dict[str, str]]:
    return [row for part in found.parts if part.table == table for row in part.rows]


def saved(folder: Path, name: str, table: str, habits: Habits) -> Path:
    path = folder / name
    path.write_bytes(text_file(lines(table, shipped(table), habits), habits))
    return path


# Five files


def test_excels_csv_with_title_lines_notes_and_a_sum(tmp_path: Path):
    found = read(saved(tmp_path, "Resultater 2024.csv", "outcomes", EXCEL), listed=LISTED)
    assert rows_of(found, "outcomes") == shipped("outcomes")
    assert found.findings == ()
    said = {choice.kind: choice.value for choice in found.choices if choice.kind != "column"}
    assert said == {
        "encoding": "cp1252",
        "delimiter": ";",
        "table": "outcomes",
        "header_row": "3",
        "date_order": "dmy",
        "totals": LEAVE_OUT,
        "notes": LEAVE_OUT,
    }
    assert found.parts[0].numbers[0] == 4


def test_excels_unicode_text(tmp_path: Path):
    habits = Habits("utf-16-le", b"\xff\xfe", "\t", code="en", upper=True, list_sign="\n")
    found = read(saved(tmp_path, "Aktiviteter.txt", "activities", habits))
    assert rows_of(found, "activities") == shipped("activities")
    assert found.findings == ()


def test_a_workbook_with_hidden_merged_and_typed_cells(tmp_path: Path):
    path = tmp_path / "rapport.xlsx"
    habits = Habits(list_sign="\n", thousands="", titles=("Aktiviteter 2016–2026",))
    sheets = {
        name: typed(table, lines(table, shipped(table), habits), shipped(table), 2)
        for name, table in (("Aktiviteter", "activities"), ("Avtaler", "partnerships"))
    }
    sheets["Aktiviteter"][2][11] = str(sheets["Aktiviteter"][2][11])  # a number kept as text
    book = workbook({**sheets, "Lister": [["Kurs"], ["Konferanse"]], "Tomt": []}, mac=True)
    book["Aktiviteter"].merge_cells("A1:F1")
    book["Lister"].sheet_state = "hidden"
    book["Avtaler"].column_dimensions["C"].hidden = True
    book["Avtaler"].row_dimensions[4].hidden = True
    book.save(path)
    found = read(path)
    for table in ("activities", "partnerships"):
        assert rows_of(found, table) == shipped(table)
    assert {(f.rule, f.sheet) for f in found.findings} == {
        ("hidden_sheet", "Lister"),
        ("hidden_cells", "Avtaler"),
    }
    tables_found = [choice.value for choice in of_kind(found, "table")]
    assert tables_found == ["activities", "partnerships", LEAVE_OUT]


def test_an_american_export(tmp_path: Path):
    habits = Habits("utf-8", BOM, ",", True, "\n", ".", ",", "%m/%d/%Y", "en", "en", list_sign=", ")
    found = read(saved(tmp_path, "partnerships.csv", "partnerships", habits))
    assert rows_of(found, "partnerships") == shipped("partnerships")
    assert found.findings == ()
    (order,) = of_kind(found, "date_order")
    assert order.value == "mdy"
    assert [choice.value for choice in of_kind(found, "comma")] == ["split"]


def test_an_export_with_synonyms_near_misses_and_signs(tmp_path: Path):
    table = lines("partners", shipped("partners"), Habits(unknown="–", upper=True))
    table[0] = ["Id", "Partnernavn", "Parnertype", "Org.nr.", "Overordnet", "Gjelder fra"]
    table[0] += ["Gjelder til", "Kommunenr.", "Kommentar:"]
    table[1][2] = "Fylkeskomune"
    path = tmp_path / "eksport.csv"
    path.write_bytes(text_file(table, Habits()))
    found = read(path)
    heading, word = found.questions if len(found.questions) == 2 else (found.questions[0], None)
    assert (heading.kind, heading.column, heading.options[0]) == (
        "column",
        "Parnertype",
        "partner_type",
    )
    found = read(path, {heading.key: "partner_type"})
    (word,) = found.questions
    assert (word.kind, word.found, word.options[0]) == ("word", "Fylkeskomune", "county")
    assert "ask_word" in rules(found), "the command line is told, too"
    found = read(path, found.answers | {word.key: "county"})
    assert found.findings == ()
    assert rows_of(found, "partners") == shipped("partners")
    (markers,) = of_kind(found, "markers")
    assert (markers.value, markers.found) == ("empty", "–")


# What is read is what the strict contract takes


def test_what_is_written_is_in_the_contracts_form(tmp_path: Path):
    parts: list[Part] = []
    for table in tables():
        found = read(
            saved(tmp_path, f"min {table.name}.csv", table.name, EXCEL),
            listed=LISTED,
        )
        assert not found.questions, found.questions
        parts += found.parts
    all_in_one = Read("alt.csv", (), tuple(parts))
    write_parts(all_in_one, tmp_path)
    with workbench() as connection:
        connection.execute("create schema given")
        for table in tables():
            names = ", ".join(f'"raw {c.name}" as "{c.name}"' for c in table.columns)
            assert (
                load_table(connection, table, tmp_path / table.file, f"select {names} from written")
                == []
            )
            count = connection.execute(f"select count(*) from given.{table.name}").fetchall()
            assert count[0][0] == len(shipped(table.name))


def test_a_finding_is_placed_in_the_persons_own_sheet(tmp_path: Path):
    rows = shipped("activities")
    habits = Habits(titles=("2024",))
    sheets = {"Før": rows[:5], "Etter": rows[5:9]}
    book = workbook({name: lines("activities", some, habits) for name, some in sheets.items()})
    book.save(tmp_path / "to.xlsx")
    found = read(tmp_path / "to.xlsx")
    assert rows_of(found, "activities") == rows[:9]
    # The seventh row of facts is the second of the second sheet, below a title and the headings.
    own = finding_in_sheet(Finding("required", "activities.csv", 8, "attended_count", "x"), found)
    assert own == Finding("required", "to.xlsx", 4, "Deltakere", "x", sheet="Etter")
    assert finding_in_sheet(Finding("missing_file", "partners.csv"), found).file == "partners.csv"


# What is doubtful is asked


def small(folder: Path, text: str, name: str = "aktiviteter.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


HEAD = "Tittel;Aktivitetstype;Startdato;Deltakere\n"
ENGLISH = "Title;Activity type;Start date;Attended\n"


@pytest.mark.parametrize(
    "text, asked",
    [
        (HEAD + "A;Kurs;03/04/2024;5", {"date_order"}),
        (HEAD + "A;Kurs;03.04.2024;5", set()),
        (ENGLISH + "A;Course;03.04.2024;5", {"date_order"}),
        (ENGLISH + "A;Course;03/04/2024;5\nB;Course;03/14/2024;5", set()),
        (HEAD + "A;Kurs;03/04/2024;5\nB;Kurs;13/04/2024;5\nC;Kurs;04/13/2024;1", {"date_order"}),
        (HEAD + "A;Kurs;45657;5", {"serials"}),
        (HEAD + "A;Kurs;2024;1.234", set()),  # a count
        ("Mål;Verdi;Aldersgruppe\nx;1.234;", {"decimal"}),
        (HEAD + "A;Kurs;2024;1.234\nB;Kurs;2024;1.234.567", set()),
        (HEAD + "A;Kurss;2024;1", {"word"}),
        ("Tittel;Tittel;Aktivitetstype;Deltakere\nA;B;Kurs;1", {"column"}),
        ("Tittel;Aktivitetstype;Rom\nA;Kurs;B2", {"column"}),
        ("Navn;Type\nA;Kurs", {"table"}),
    ],
)
def test_what_is_asked(tmp_path: Path, text: str, asked: set[str]):
    found = read(small(tmp_path, text, "fil.csv"))
    assert {question.kind for question in found.questions} == asked
    assert {f"ask_{kind}" for kind in asked} == {f.rule for f in found.findings}


def test_both_answers_to_a_question_are_obeyed(tmp_path: Path):
    path = small(tmp_path, HEAD + "A;Kurs;03/04/2024;1.234")
    for order, day in (("dmy", "2024-04-03"), ("mdy", "2024-03-04")):
        keys = {choice.kind: choice.key for choice in read(path).choices}
        found = read(path, {keys["date_order"]: order, keys["decimal"]: ","})
        assert rows_of(found, "activities")[0]["start_date"] == day
        assert rows_of(found, "activities")[0]["attended_count"] == "1234"
        assert found.findings == ()
    found = read(path, {keys["date_order"]: "dmy", keys["decimal"]: "."})
    assert rules(found) == {"not_whole_number"}


def test_a_hidden_number_is_no_number_until_it_is_said_to_be_suppressed(tmp_path: Path):
    head = "Forening;Program;År;Mål;Datagrunnlag;Verdi;Om tallet\nA;Skole;2025;Mentors;register;"
    found = read(small(tmp_path, head + "<5;"), listed=LISTED)
    (finding,) = found.findings
    assert (finding.rule, finding.level, finding.found) == ("hidden_number", "must_fix", "<5")
    found = read(small(tmp_path, head + ";Skjermet"), listed=LISTED)
    (row,) = rows_of(found, "outcomes")
    assert found.findings == () and row["value_status"] == "suppressed" and "value" not in row


@pytest.mark.parametrize("heading, likely", [("År", None), ("Skoleår", "school_year")])
def test_a_column_is_asked_once_what_two_years_are(
    tmp_path: Path, heading: str, likely: str | None
):
    head = f"Forening;Program;Mål;Datagrunnlag;Verdi;{heading}\n"
    years = ("2022/23", "2023-24", "skoleåret 2024-2025", "2025/2026", "2026")
    facts = "\n".join(f"A;Skole;Mentors;register;5;{year}" for year in years)
    path = small(tmp_path, head + facts, "resultater.csv")
    (choice,) = of_kind(read(path, listed=LISTED), "two_years")
    assert (choice.value, choice.found, choice.column) == (likely, "2022/23", heading)
    for way, two in (
        ("school_year", ["2022-08/2023-07", "2023-08/2024-07"]),
        ("whole_years", ["2022/2023", "2023/2024"]),
    ):
        found = read(path, {choice.key: way}, listed=LISTED)
        assert found.findings == ()
        said = [row["year"] for row in rows_of(found, "outcomes")]
        assert said == [*two, "2024-08/2025-07", "2025/2026", "2026"]


def test_what_was_assumed_can_be_corrected(tmp_path: Path):
    path = small(tmp_path, HEAD + "A;Kurs;2024;-\nSum;;;7")
    found = read(path)
    assert rows_of(found, "activities") == [
        {"title": "A", "activity_type": "course", "start_date": "2024"}
    ]
    keys = {choice.kind: choice.key for choice in found.choices}
    kept = read(path, {keys["totals"]: "keep", keys["markers"]: "keep", "/column/A": "programme"})
    assert [row.get("programme") for row in rows_of(kept, "activities")] == ["A", "Sum"]
    assert rules(kept) == {"not_whole_number"}
    assert read(path, {"/delimiter/": "!"}).answers == found.answers, "no such answer"
    assert read(path, json.loads(json.dumps(found.answers))).answers == found.answers


def test_a_list_copied_from_a_web_page(tmp_path: Path):
    """No-break spaces in names, counts with commas, and dates that nothing in it decides."""
    rows = [
        "Event  name\tOrganiser\tType of event\tDate\tParticipants\u00a0\tRegistered",
        "Spring\u00a0conference  2025\tA\u00a0B\tConference\t03/04/2025\t1,250\t1,400",
        "Breakfast\tA B\tNetworking\t5/6/2025\t~38\tTBA",
    ]
    path = tmp_path / "events.txt"
    path.write_bytes(b"\xff\xfe" + "\r\n".join(rows).encode("utf-16-le"))
    found = read(path)
    assert [question.kind for question in found.questions] == ["date_order"]
    assert {c.column: c.value for c in of_kind(found, "decimal")} == {
        "Participants": ".",
        "Registered": ".",
    }
    first, second = rows_of(read(path, {found.questions[0].key: "mdy"}), "activities")
    assert (first["title"], first["association"]) == ("Spring conference 2025", "A B")
    assert (first["attended_count"], first["start_date"]) == ("1250", "2025-03-04")
    assert second["attended_count"] == "38" and "registered_count" not in second


def test_cells_merged_over_rows_are_asked_about(tmp_path: Path):
    cells: list[list[object]] = [["Tittel", "Program"], ["A", "Jobb"], ["B", ""], ["C", "Skole"]]
    book = workbook({"Aktiviteter": cells})
    book["Aktiviteter"].merge_cells("B2:B3")
    book.save(tmp_path / "m.xlsx")
    (question,) = read(tmp_path / "m.xlsx").questions
    assert (question.kind, question.found) == ("merged", "B2:B3")
    for answer, programmes in (
        ("fill", ["Jobb", "Jobb", "Skole"]),
        ("leave_empty", ["Jobb", None, "Skole"]),
    ):
        found = read(tmp_path / "m.xlsx", {question.key: answer})
        assert [row.get("programme") for row in rows_of(found, "activities")] == programmes
        assert rules(found) == {"merged_cells"}


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("cp850", "Tittel;Program\nKjøkken på Gjøvik;Båt"),
        ("mac_roman", "Tittel;Program\nKjøkken på Gjøvik;Båt"),
    ],
)
def test_an_old_encoding_is_asked_about_and_never_taken(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "aktiviteter.csv"
    path.write_bytes(text.encode(encoding))
    (question,) = read(path).questions
    assert (question.kind, question.options[0]) == ("encoding", encoding)
    assert rows_of(read(path, {question.key: encoding}), "activities")[0]["programme"] == "Båt"


def test_a_measure_may_be_a_share_or_not(tmp_path: Path):
    measures = [
        *MEASURES,
        {"measure": "happy", "name_nb": "Fornøyde", "name_en": "", "unit": "share"},
    ]
    path = small(
        tmp_path, "Mål;Verdi;År\nFornøyde;37,5 %;2024\nFaste jobber;50 %;2024\n", "resultater.csv"
    )
    found = read(path, listed={"measures": measures})
    assert [row["value"] for row in rows_of(found, "outcomes")] == ["0.375", "0.5"]
    assert [(f.rule, f.row) for f in found.findings] == [("percent_of_count", 3)]


def test_measures_of_the_same_file_are_known(tmp_path: Path):
    measure = ["glede", "Glede", "Joy", "x", "x", "antall", "oppnådd", "kan summeres", "nei", "ja"]
    names = [c.name for c in next(t for t in tables() if t.name == "measures").columns][:10]
    book = workbook({"Resultater": [["Mål", "Verdi"], ["GLEDE", 3]], "Mål": [names, measure]})
    book.save(tmp_path / "x.xlsx")
    assert rows_of(read(tmp_path / "x.xlsx"), "outcomes") == [{"measure": "glede", "value": "3"}]


# Said


def partner_list(folder: Path) -> Path:
    """As an office keeps it: for itself, with the logo, the sum and what the colours mean."""
    cells: list[list[object]] = [
        ["NÆRINGSFORENINGEN"],
        ["Partnere, oppdatert 14.10.2025"],
        [],
        ["Nr", "Bedrift", "Kontaktperson", "Org.nr", "Bransje", "Partneravtale fra", "Type avtale"],
        [1, "Energi AS", "Ola Hansen", "974 760 673", "Kraft", datetime(2021, 1, 1), "Gull"],
        [2, "Drammen kommune", "Per Olsen", None, "Offentlig", "høsten 2023", "Samarbeid"],
        ["Sum", None, None, None, None, None, 2],
        [],
        [None, "Grønn = fornyet"],
    ]
    book = workbook({"Oversikt 2025": cells})
    book["Oversikt 2025"].merge_cells("A1:G1")
    book.save(path := folder / "1 Partnerliste 2025.xlsx")
    return path


def test_an_office_list_of_partners_with_their_agreements_is_one_of_agreements(tmp_path: Path):
    (agreements,) = read(partner_list(tmp_path)).parts
    assert agreements.table == "partnerships"
    assert [
        (row["partner_ids"], row.get("partner:organisation_number")) for row in agreements.rows
    ] == [
        ("Energi AS", "974760673"),
        ("Drammen kommune", None),
    ]


def test_a_list_of_partners_is_told_what_has_no_place(tmp_path: Path):
    found = read(partner_list(tmp_path), {"Oversikt 2025/table/": "partners"})
    columns = {choice.column: choice for choice in of_kind(found, "column")}
    assert [columns[c].value for c in ("Nr", "Kontaktperson", "Bransje")] == [LEAVE_OUT] * 3
    assert columns["Kontaktperson"].found is None, "no names are shown"
    # What is asked about is shown by what stands in it.
    assert {q.column: q.found for q in found.questions} == {
        "Partneravtale fra": "2021-01-01, høsten 2023",
        "Type avtale": "Gull, Samarbeid",
    }
    said = {f.rule: f.found for f in found.findings if f.level == "should_look"}
    assert said == {
        "persons_left_out": "Kontaktperson",
        "other_left_out": "Nr, Bransje",
        "of_other_table": "Partneravtale fra, Type avtale",
    }
    assert rows_of(found, "partners") == [
        {"name": "Energi AS", "organisation_number": "974760673"},
        {"name": "Drammen kommune"},
    ]
    # It is the person's to say otherwise, and then nothing is said.
    kept = read(partner_list(tmp_path), {columns["Kontaktperson"].key: "note"})
    assert "persons_left_out" not in rules(kept)


@pytest.mark.parametrize(
    "text, rule",
    [
        (HEAD + "A;Kurs;31.12.24;1", "short_year"),
        (HEAD + "A;Kurs;31.12.2024 08:30;1", "time_left_out"),
        (HEAD + "A;Kurs;2024;ca. 80", "qualifier_taken"),
        (HEAD + "A;Kurs;våren en gang;1", "is_partial_date"),
        (HEAD + "A;Kurs;2024;tolv", "not_whole_number"),
        (HEAD + "A;Kurs;2024;1\n\n" + HEAD + "B;Kurs;2024;2", "second_table"),
        (HEAD, "no_rows"),
        ("Deltakere;Påmeldte\nca. 80;over 90", "two_qualifiers"),
        (HEAD + "StrÃ¸mmen;Kurs;2024;1", "garbled"),
    ],
)
def test_what_is_said(tmp_path: Path, text: str, rule: str):
    assert rule in rules(read(small(tmp_path, text)))


@pytest.mark.parametrize(
    "language, days",
    [("nb", ["12.5.2016", "mai 2016", "2016"]), ("en", ["12 May 2016", "May 2016", "2016"])],
)
def test_what_one_is_told_to_write_is_read(tmp_path: Path, language: str, days: list[str]):
    """A spreadsheet is written as people write; a folder's files as the contract has it."""
    said = read(small(tmp_path, HEAD + "A;Kurs;32.5.2016;1")).findings
    (wrong,) = (f for f in said if f.rule == "is_partial_date")
    how = words(language)("finding.write.is_partial_date")
    assert how in rule_words(words(language), wrong)
    assert all(day in how for day in days)
    found = read(small(tmp_path, HEAD + "".join(f"A;Kurs;{day};1\n" for day in days)))
    assert [r["start_date"] for r in rows_of(found, "activities")] == [
        "2016-05-12",
        "2016-05",
        "2016",
    ]
    (group,) = groups([wrong])
    assert how in group_words(words(language), group)
    in_folder = replace(wrong, file="activities.csv", expected="2016-05-12")
    assert how not in rule_words(words(language), in_folder)


def test_a_formula_must_have_a_result(tmp_path: Path):
    book = workbook({"Aktiviteter": [["Tittel", "Deltakere"], ["A", "=1+1"]]})
    book.save(tmp_path / "f.xlsx")
    assert rules(read(tmp_path / "f.xlsx")) == {"formula_without_value"}


def test_a_date_is_as_precise_as_it_is_shown(tmp_path: Path):
    shown = {"mmm yyyy": "2016-05", "yyyy": "2016", "dd.mm.yyyy": "2016-05-12"}
    cells: list[list[object]] = [
        ["Tittel", "Startdato"],
        *(["A", datetime(2016, 5, 12)] for _ in shown),
    ]
    book = workbook({"Aktiviteter": cells})
    for row, number_format in enumerate(shown, 2):
        book["Aktiviteter"].cell(row, 2).number_format = number_format
    book.save(tmp_path / "d.xlsx")
    found = read(tmp_path / "d.xlsx")
    assert [row["start_date"] for row in rows_of(found, "activities")] == [*shown.values()]


# Remembered


def test_what_a_heading_seems_to_be_is_neither_taken_by_another_nor_by_a_short_word(tmp_path: Path):
    """One button takes all that seems clear."""
    text = "Tittel;Aktivitetstype;Startdatoo;Tittell;Rom\nA;Kurs;2024;x;y\n"
    found = read(small(tmp_path, text), {"/rest/": "each"})
    guessed = {c.column: c.options[0] for c in found.questions if c.is_guessed}
    assert guessed == {"Startdatoo": "start_date"}


def test_a_mapping_is_remembered_for_the_same_headings_only(tmp_path: Path):
    var = tmp_path / "var"
    path = small(tmp_path, "Navn;Hva slags;Rom\nNAV;Statlig;Kari", "partnere.csv")
    asked = {"/column/B": "partner_type", "/column/C": LEAVE_OUT}
    asked["/word/partner_type:statlig"] = "other"
    found = read(path, asked)
    assert found.findings == ()
    assert remembered_readings(var) == {}
    remember_readings(var, readings([found]))
    next_one = small(tmp_path, "Navn;Hva slags;Rom\nUSN;STATLIG;Ola", "partnere-2025.csv")
    again = read(next_one, remembered=remembered_readings(var))
    assert rows_of(again, "partners") == [{"name": "USN", "partner_type": "other"}]
    assert [c.by for c in of_kind(again, "column")] == ["found", "remembered", "remembered"]
    corrected = read(next_one, {"/column/C": "note"}, remembered=remembered_readings(var))
    assert rows_of(corrected, "partners")[0]["note"] == "Ola"
    other = small(tmp_path, "Navn;Hva slags\nUSN;Statlig", "partnere-3.csv")
    assert read(other, remembered=remembered_readings(var)).questions
    (var / "mappings.json").write_text("{")
    assert remembered_readings(var) == {}
    assert [file.name for file in var.iterdir()] == ["mappings.json"]


def test_sheets_with_the_same_headings_may_be_of_two_tables(tmp_path: Path):
    """Each is remembered for its own, in the order of the sheets and in the other."""
    partners = [["Navn", "Gjelder"], ["NAV", "Statlig etat"]]
    deals = [["Navn", "Gjelder"], ["Klimaavtalen", "NAV"]]
    asked = {
        "Liste A/table/": "partners",
        "Liste A/column/B": "partner_type",
        "Liste B/table/": "partnerships",
        "Liste B/column/A": "title",
        "Liste B/column/B": "partner_ids",
    }
    rows = {
        "partners": [{"name": "NAV", "partner_type": "state"}],
        "partnerships": [{"title": "Klimaavtalen", "partner_ids": "NAV"}],
    }
    path, var = tmp_path / "lister.xlsx", tmp_path / "var"
    both = {"Liste A": partners, "Liste B": deals}
    for sheets in (both, dict(reversed(both.items()))):
        workbook(sheets).save(path)
        found = read(path, asked)
        assert {table: rows_of(found, table) for table in rows} == rows, found.findings
        remember_readings(var, readings([found]))
        again = read(path, remembered=remembered_readings(var))
        assert {table: rows_of(again, table) for table in rows} == rows
        assert again.questions == []
    # What one sheet alone says keeps what is known of the other.
    workbook({"Liste A": partners}).save(path)
    remember_readings(var, readings([read(path, remembered=remembered_readings(var))]))
    workbook(both).save(path)
    again = read(path, remembered=remembered_readings(var))
    assert {table: rows_of(again, table) for table in rows} == rows


def test_a_sheet_named_for_its_table_is_not_another_since_its_headings_are(tmp_path: Path):
    partners = [["Navn", "Merknad"], ["NAV", "x"]]
    workbook({"Partnere": partners, "Partnerskap": partners}).save(path := tmp_path / "a.xlsx")
    found = read(path, {"Partnere/table/": "partners"})
    tables_found = {choice.sheet: choice.value for choice in of_kind(found, "table")}
    assert tables_found["Partnere"] == "partners"
    assert tables_found["Partnerskap"] != "partners"


ROOMS: list[list[object]] = [["Rom", "Nøkler", "Etasje"], ["B2", 4, "1."]]
HELD: list[list[object]] = [["Tittel", "Dato"], ["Kurs", "12.03.2026"]]


def sheets_kept(path: Path, left: str = "", **more: str) -> dict[str, dict[str, str]]:
    """What is remembered of a workbook of which a sheet was left out."""
    (path.parent / "var").mkdir(exist_ok=True)
    known = remembered_readings(path.parent / "var")
    asked = {f"{left}/table/": LEAVE_OUT} | more
    found = read(path, asked, remembered=known)
    remember_readings(path.parent / "var", answered_readings([found]))
    return remembered_readings(path.parent / "var")


@pytest.mark.parametrize(
    "sheet, others",
    [
        ("Nøkler", ["Nøkler"]),
        ("Nøkler mars 2026", ["Nøkler mars 2026", "Nøkler april 2026", "Nøkler 2027", "Nøkler"]),
        ("Nøkler mars", ["Nøkler april"]),
        ("Mars 2026", ["Mars 2026"]),
    ],
)
def test_a_sheet_that_is_left_out_is_not_asked_about_again(
    tmp_path: Path, sheet: str, others: list[str]
):
    path = tmp_path / "bok.xlsx"
    workbook({"Aktiviteter": HELD, sheet: ROOMS}).save(path)
    assert [q.sheet for q in read(path).questions] == [sheet]
    known = sheets_kept(path, sheet)
    for other in others:
        workbook({"Aktiviteter": HELD, other: [*ROOMS, ["B3", 5, "2."]]}).save(path)
        again = read(path, remembered=known)
        (left,) = (c for c in of_kind(again, "table") if c.sheet == other)
        assert (left.value, left.by) == (LEAVE_OUT, "remembered") and not again.questions
        assert len(rows_of(again, "activities")) == 1


@pytest.mark.parametrize(
    "sheet, other, heading",
    [
        ("Mars 2026", "April 2026", "Rom"),  # may be what is meant to come in now
        ("Nøkler", "Lås", "Rom"),
        ("Nøkler 1", "Nøkler 2", "Rom"),
        ("Nøkler", "Nøkler", "Skap"),
    ],
)
def test_a_sheet_that_is_another_is_asked_about(
    tmp_path: Path, sheet: str, other: str, heading: str
):
    path = tmp_path / "bok.xlsx"
    workbook({"Aktiviteter": HELD, sheet: ROOMS}).save(path)
    known = sheets_kept(path, sheet)
    workbook({"Aktiviteter": HELD, other: [[heading, *ROOMS[0][1:]], *ROOMS[1:]]}).save(path)
    assert [q.sheet for q in read(path, remembered=known).questions] == [other]


def test_leaving_a_sheet_out_forgets_nothing_of_others_with_its_headings(tmp_path: Path):
    """The year before is left out, and not the one after it, nor what its columns are."""
    path = tmp_path / "runder.xlsx"
    rows: list[list[object]] = [["Tittel", "Dato", "Rart"], ["A", "12.03.2026", "x"]]
    workbook({"2025": rows, "2026": rows}).save(path)
    more = {"2026/table/": "activities", "2026/column/C": "note"}
    known = sheets_kept(path, "2025", **more)
    again = read(path, remembered=known)
    assert {c.sheet: c.value for c in of_kind(again, "table")} == {
        "2025": LEAVE_OUT,
        "2026": "activities",
    }
    assert not again.questions and rows_of(again, "activities")[0]["note"] == "x"
    known = sheets_kept(path, "2025")
    assert rows_of(read(path, remembered=known), "activities")[0]["note"] == "x"
    # Another answer holds from then on.
    known = sheets_kept(path, **{"2025/table/": "activities"})
    assert len(rows_of(read(path, remembered=known), "activities")) == 2


def test_a_file_of_which_nothing_would_be_left_is_asked_about(tmp_path: Path):
    path = tmp_path / "bok.xlsx"
    workbook({"Nøkler": ROOMS}).save(path)
    known = sheets_kept(path, "Nøkler")
    assert [q.kind for q in read(path, remembered=known).questions] == ["table"]


# In words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_and_question_has_words(tmp_path: Path, language: str):
    w = named(language)
    text = "Tittel;Aktivitetstype;Rom;Startdato;Deltakere;Partnere\n"
    text += "A;Kurss;K;03/04/2024;1.234;a, b\nB;Kurs;K;2024;1,234;a\nSum;;;45657;-;"
    found = read(small(tmp_path, text))
    assert {"word", "column", "date_order", "decimal", "totals", "comma"} <= {
        c.kind for c in found.choices
    }
    for choice in found.choices:
        question = choices.question_words(w, choice)
        assert question.endswith((")", "?")) and "\\" not in question
        assert bool(choices.decided_by(w, choice)) == (choice.value is not None)
        for option in choice.options:
            said = choices.answer_words(w, choice, option)
            assert said != option or choice.kind in ("header_row", "encoding"), (
                choice.kind,
                option,
            )
    for finding in found.findings:
        assert finding.found is None or finding.found in finding_words(w, finding)
