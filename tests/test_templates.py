"""What is downloaded: it explains itself, and what is read from it is what was written in it."""

import csv
import io
import re
import shutil
import tomllib
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from queries.contract import TYPE_TABLES, Table, tables
from ringvirkning import ROOT
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.checks import report, rules
from ringvirkning.intake.forms import Form, FormSheet, as_list, templates
from ringvirkning.intake.forms.follow_up import follow_up
from ringvirkning.intake.records import trimmed_rows
from ringvirkning.intake.sheets import Read
from ringvirkning.intake.sheets.cells import split_list
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.sheets.vocabulary import plain, table_named
from ringvirkning.texts import LANGUAGES, entries, words
from tests.command import run
from tests.habits import LISTED, MEASURES, Rows, shipped
from tests.test_reading import facts, wrong

pytestmark = pytest.mark.slow  # a version is published in nearly every test

SHIPPED = ROOT / "data"
EXAMPLES = tomllib.loads(templates.EXAMPLE.read_text(encoding="utf-8"))
AS_OF = date(2026, 11, 23)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def written(content: bytes, folder: Path) -> Path:
    path = folder / "form.xlsx"
    path.write_bytes(content)
    return path


def sheets(content: bytes) -> dict[str, Worksheet]:
    """The sheets of tables by their table, without the guide."""
    _, *found = load_workbook(io.BytesIO(content)).worksheets
    names = {w(f"sheet.{t.name}"): t.name for t in tables() for w in map(words, LANGUAGES)}
    return {names[sheet.title]: sheet for sheet in found}


def by_table(found: Read) -> dict[str, Rows]:
    return {part.table: part.rows for part in found.parts}


def data(folder: Path, **rows: Rows) -> Path:
    """A folder of contract files with these rows."""
    folder.mkdir(exist_ok=True)
    for table in tables():
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, [column.name for column in table.columns])
            lines.writeheader()
            lines.writerows(rows.get(table.name, LISTED[table.name] if is_types(table) else []))
    return folder


def is_types(table: Table) -> bool:
    return table.name in TYPE_TABLES


# The empty form


@IN_BOTH
def test_an_empty_template_is_read_without_a_row_or_a_question(language: str, tmp_path: Path):
    found = read_file(written(templates.template(words(language), is_whole=True), tmp_path))
    assert {table: len(rows) for table, rows in by_table(found).items()} == {
        table.name: len(LISTED.get(table.name, ())) for table in tables()
    }
    assert found.findings == ()
    assert found.questions == []


@IN_BOTH
def test_what_is_written_below_the_headings_is_read(language: str, tmp_path: Path):
    """Each row as the example above it shows."""
    content = templates.template(words(language), is_whole=True)
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1 : -len(LISTED)]:
        above = [cell.value for cell in sheet[1]]
        above[0] = above[0].partition(": ")[2]
        for cell, value in zip(sheet[3], above, strict=True):
            cell.value = value
    book.save(tmp_path / "form.xlsx")
    found = by_table(read_file(tmp_path / "form.xlsx"))
    assert {table: rows for table, rows in found.items() if table not in LISTED} == {
        table: [row] for table, row in EXAMPLES.items()
    }


def test_the_examples_keep_the_contract(tmp_path: Path):
    rows: dict[str, Any] = {table: [row] for table, row in EXAMPLES.items()}
    gone = {"partner_id": "gamle_fjordby_kommune", "name": "Gamle Fjordby", "partner_type": "other"}
    rows["partners"].append(gone)
    found = report.findings_of(data(tmp_path, **rows, measures=MEASURES), None, AS_OF)
    assert [f for f in found if f.level != "could_be_better"] == []


@IN_BOTH
def test_every_heading_says_what_it_means_and_marks_what_is_required(language: str):
    w = words(language)
    for name, sheet in sheets(templates.template(w, is_whole=True)).items():
        header = sheet[3 if name == "measures" else 2] if name in EXAMPLES else sheet[1]
        for cell, column in zip(header, table_named(name).columns, strict=True):
            assert cell.value == w(f"column.{column.name}") + " *" * column.required
            assert cell.comment.text.startswith(w(f"column_note.{column.name}"))
            assert (w("form.required") in cell.comment.text) == column.required
        assert sheet.freeze_panes == f"B{header[0].row + 1}"


@IN_BOTH
def test_every_code_is_in_a_drop_down_that_a_workbook_can_hold(language: str):
    form = Form(words(language), "", [FormSheet(table, ()) for table in tables()], LISTED)
    for sheet in form.sheets:
        for place in form.places(sheet):
            if place.column.codes:
                offered = place.offered.strip('"').split(",")
                assert [place.of.words[plain(word)] for word in offered] == place.column.codes
                assert len(place.offered) - 2 <= 255, "Excel refuses the whole file"


def test_a_drop_down_offers_what_another_sheet_has():
    found = sheets(templates.template(words("nb")))["outcomes"]
    formulas = {str(rule.sqref): rule.formula1 for rule in found.data_validations.dataValidation}
    activity, measure = formulas["B3:B1048576"], formulas["F3:F1048576"]
    assert activity == "OFFSET('Aktiviteter'!$A$3,0,0,MAX(1,COUNTA('Aktiviteter'!$A:$A)-2),1)"
    assert measure == "OFFSET('Indikatorer'!$B$2,0,0,MAX(1,COUNTA('Indikatorer'!$B:$B)-1),1)"


def test_a_date_that_is_typed_stays_text():
    partnerships = sheets(templates.template(words("nb")))["partnerships"]
    activities = sheets(templates.template(words("nb")))["activities"]
    assert partnerships.column_dimensions["G"].number_format == "@"
    assert activities.column_dimensions["M"].number_format == "General"


def test_a_sheet_that_one_can_do_without_is_only_in_the_whole_template():
    plain, whole = (
        set(sheets(templates.template(words("nb"), is_whole=is_whole)))
        for is_whole in (False, True)
    )
    assert whole == {table.name for table in tables()}
    assert whole - plain == {table.name for table in tables() if former.may_be_absent(table)}


# The current data


@IN_BOTH
def test_the_shipped_data_comes_back_as_it_was(language: str, tmp_path: Path):
    found = read_file(written(templates.filled_form(SHIPPED, words(language)), tmp_path))
    assert by_table(found) == {
        table.name: rows
        for table in tables()
        if (rows := shipped(table.name)) or not former.may_be_absent(table)
    }
    assert found.findings == ()


@given(facts(), st.sampled_from(LANGUAGES))
def test_whatever_the_data_it_comes_back(
    tmp_path_factory: pytest.TempPathFactory, table_and_rows: tuple[str, Rows], language: str
):
    table, rows = table_and_rows
    tmp_path = tmp_path_factory.mktemp("any")
    folder = data(tmp_path / "data", **{table: rows, "measures": MEASURES})
    found = read_file(written(templates.filled_form(folder, words(language)), tmp_path))
    assert wrong(found) == []
    assert by_table(found)[table] == rows


def test_one_changed_cell_is_one_change(tmp_path: Path):
    book = load_workbook(io.BytesIO(templates.filled_form(SHIPPED, words("nb"))))
    cell = book["Aktiviteter"]["N2"]
    assert cell.value != 77
    cell.value = 77
    book.save(tmp_path / "form.xlsx")
    found = by_table(read_file(tmp_path / "form.xlsx"))
    changed = [
        (table, number, column)
        for table in found
        for number, (now, before) in enumerate(zip(found[table], shipped(table), strict=True))
        for column in now.keys() | before.keys()
        if now.get(column) != before.get(column)
    ]
    assert changed == [("activities", 0, "attended_count")]


FORMULAS = ["=1+1", "@SUM(A1)", "-2+3", "+47", "'x", "=", "#REF!", "_x0041_", "a\nb", "{=1}"]


def test_nothing_that_was_written_becomes_a_formula(tmp_path: Path):
    rows = [
        EXAMPLES["partners"] | {"partner_id": f"p{n}", "name": t} for n, t in enumerate(FORMULAS)
    ]
    content = templates.filled_form(data(tmp_path / "data", partners=rows), words("nb"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert xml and not any(b"<f>" in part or b"<f " in part for part in xml)
    names = [row["name"] for row in by_table(read_file(written(content, tmp_path)))["partners"]]
    assert names == [" ".join(text.split()) for text in FORMULAS]


def test_a_character_that_no_workbook_has_is_left_out(tmp_path: Path):
    row = EXAMPLES["partners"] | {"name": "a\x01b"}
    content = templates.filled_form(data(tmp_path / "data", partners=[row]), words("nb"))
    assert by_table(read_file(written(content, tmp_path)))["partners"][0]["name"] == "ab"


def test_a_measure_is_named_by_its_code_where_two_have_the_same_name(tmp_path: Path):
    first, second = ({**MEASURES[0], "measure": code} for code in ("first", "second"))
    rows = [EXAMPLES["targets"] | {"measure": code} for code in ("first", "second")]
    folder = data(tmp_path / "data", measures=[first, second], targets=rows)
    found = by_table(read_file(written(templates.filled_form(folder, words("nb")), tmp_path)))
    assert found["targets"] == rows


def test_what_no_cell_can_hold_is_not_cut_off(tmp_path: Path):
    row = EXAMPLES["partners"] | {"note": "n" * 32_768}
    with pytest.raises(ValueError, match="note"):
        templates.filled_form(data(tmp_path, partners=[row]), words("nb"))


@pytest.mark.parametrize(
    "listed, text",
    [
        (["a", "b"], "a; b"),
        (["a"], "a"),
        (["a, b"], "a, b;"),
        (["a, b", "c"], "a, b; c"),
        (["a; b", "c"], "a; b|c|"),
        (["a; b"], "a; b|"),
    ],
)
def test_a_list_is_readable_and_is_split_where_it_was(listed: list[str], text: str):
    assert as_list(listed) == text
    assert split_list(text) == listed


# What a partner is asked

PARTNER = "nav_drammen"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partner with a round that got people jobs, and one without results; and a neighbour's."""
    round_1 = EXAMPLES["activities"] | {"note": "Til oss selv", "end_date": "2025-04-29"}
    round_2 = round_1 | {"activity_id": "jobb_2025_host", "attended_count": "", "title": "Høst"}
    other = EXAMPLES["partners"] | {"partner_id": "nabo", "name": "Nabo", "organisation_number": ""}
    theirs = EXAMPLES["partnerships"] | {"partner_ids": "nabo|fjordby_kommune", "purpose": ""}
    others = theirs | {"partnership_id": "nabo", "partner_ids": "nabo", "title": "N"}
    away = round_2 | {"activity_id": "nabo_kurs", "partnership_ids": "nabo", "title": "Kurs"}
    of_programme = EXAMPLES["outcomes"] | {
        "outcome_id": "jobb_2024", "activity_id": "", "programme": "Jobb i Fjordby", "year": "2024",
        "association": "Fjordby næringsforening", "source": "", "measured_at": "",
    }  # fmt: skip
    return data(
        tmp_path_factory.mktemp("real") / "data",
        measures=MEASURES,
        partners=[EXAMPLES["partners"], other],
        partnerships=[theirs, others],
        activities=[
            round_1,
            round_2,
            away,
            round_2 | {"activity_id": "e", "title": "E", "evidence": "illustrative"},
        ],
        outcomes=[EXAMPLES["outcomes"], of_programme],
    )


def asked_of(partner: str, folder: Path) -> bytes:
    found = report.findings_of(folder, None, AS_OF, rules.ALL)
    assert not [f for f in found if f.level == "must_fix"]
    return follow_up(folder, found, partner, words("nb"))


def framed(sheet: Worksheet) -> Mapping[str, str]:
    """What is asked for by cell."""
    cells = (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment)
    return {cell.coordinate: cell.comment.text for cell in cells}


def test_a_partner_is_asked_for_what_is_missing_of_its_own(real: Path, tmp_path: Path):
    content = asked_of("fjordby_kommune", real)
    w = words("nb")
    found = sheets(content)
    assert list(found) == ["partnerships", "activities", "outcomes", "measures"]
    assert framed(found["partnerships"]) == {"P2": w("ask.no_purpose")}
    assert framed(found["activities"]) == {"N2": w("ask.no_attended_count")}
    assert framed(found["outcomes"]) == {
        **dict.fromkeys(
            ("G2", "J2", "L2", "G3", "J3", "L3"),
            w("ask.no_follow_up", title="Jobbtreff våren 2025"),
        ),
        **dict.fromkeys(("F4", "G4", "L4"), w("ask.no_result", title="Høst")),
        "N5": w("ask.no_source"),
    }
    rows = by_table(read_file(written(content, tmp_path)))
    assert [row["partnership_id"] for row in rows["partnerships"]] == ["fjordby_jobb"]
    assert [row["activity_id"] for row in rows["activities"]] == ["jobb_2025_host"]
    points = [
        (r.get("activity_id"), r.get("measure"), r.get("measured_at")) for r in rows["outcomes"]
    ]
    assert points == [
        ("jobb_2025_var", "in_work_or_education", "6_months"),
        ("jobb_2025_var", "in_work_or_education", "12_months"),
        ("jobb_2025_host", None, None),
        (None, "placement_permanent", None),
    ]


def test_a_partner_is_asked_of_its_own_results_and_not_of_others(tmp_path: Path):
    """Of its agreement, its own by name, and its programme's; not another partner's of the same
    agreement or programme, whose exact number would stand there."""
    partner, agreement = EXAMPLES["partners"], EXAMPLES["partnerships"]
    own, programme = partner["partner_id"], agreement["programme"]
    here = {"association": agreement["association"], "programme": programme}
    whose = {
        "agreement": {"partnership_id": agreement["partnership_id"]},
        "ours_of_agreement": {"partnership_id": agreement["partnership_id"], "partner_id": own},
        "theirs_of_agreement": {
            "partnership_id": agreement["partnership_id"],
            "partner_id": "nabo",
        },
        "ours": {"association": agreement["association"], "partner_id": own},
        "theirs": here | {"partner_id": "nabo"},
        "other_agreement": {"partnership_id": "annet"},
        "programme": here,
    }
    result = EXAMPLES["outcomes"] | {"activity_id": "", "year": "2024", "source": ""}
    folder = data(
        tmp_path / "data",
        measures=MEASURES,
        partners=[
            partner,
            partner | {"partner_id": "nabo", "name": "Nabo", "organisation_number": ""},
        ],
        partnerships=[
            agreement | {"partner_ids": f"{own}|nabo"},
            agreement | {"partnership_id": "annet", "partner_ids": "nabo", "title": "Annet"},
        ],
        outcomes=[result | of | {"outcome_id": name} for name, of in whose.items()],
    )
    rows = by_table(read_file(written(asked_of(own, folder), tmp_path)))
    asked = {row["outcome_id"] for row in rows["outcomes"]}
    assert asked == {"agreement", "ours_of_agreement", "ours", "programme"}


def test_a_partner_is_not_told_what_is_for_staff_or_others(real: Path):
    content = asked_of("fjordby_kommune", real)
    texts = {c.value for s in sheets(content).values() for row in s.iter_rows() for c in row}
    assert "Jobb i Fjordby" in texts
    assert texts.isdisjoint(
        {"Til oss selv", "nabo_kurs", "Kurs", "Nabo", words("nb")("column.note")}
    )


def test_what_a_partner_answers_keeps_the_contract(real: Path, tmp_path: Path):
    book = load_workbook(io.BytesIO(asked_of("fjordby_kommune", real)))
    answers = {
        "Indikator": "Fast jobb",
        "Verdi": 3,
        "Antall fulgt opp": 4,
        "Grunnlag *": "register",
    }
    answers |= {"Formål": "Flere i arbeid", "Deltakere": 20, "Kilde": "Rapport"}
    answers["Indikator *"] = next(
        m["name_nb"] for m in MEASURES if m["measure"] == "placement_permanent"
    )
    for sheet in book.worksheets[1:-1]:
        for place in framed(sheet):
            sheet[place].value = answers[sheet.cell(1, sheet[place].column).value]
    book.save(tmp_path / "form.xlsx")
    found = read_file(tmp_path / "form.xlsx")
    assert wrong(found) == []
    merged: dict[str, Any] = {t.name: {} for t in tables()}
    for name, rows in [*((n, read_rows(real, n)) for n in merged), *by_table(found).items()]:
        merged[name] |= {row[table_named(name).columns[0].name]: row for row in rows}
    again = data(tmp_path / "again", **{name: [*rows.values()] for name, rows in merged.items()})
    left = {f.rule for f in report.findings_of(again, None, AS_OF) if f.level == "must_fix"}
    assert left == set()


def read_rows(folder: Path, table: str) -> Rows:
    return [dict(row) for row in trimmed_rows(folder / f"{table}.csv").values()]


def test_a_partner_with_nothing_missing_is_told_so(tmp_path: Path):
    folder = data(tmp_path / "data", partners=[EXAMPLES["partners"]], measures=MEASURES)
    book = load_workbook(io.BytesIO(asked_of("fjordby_kommune", folder)))
    (guide,) = book.worksheets
    assert guide.cell(guide.max_row, 1).value == words("nb")("form.guide.asked", n=0)


def test_an_example_is_nothing_to_ask_about():
    examples = {r["activity_id"] for r in shipped("activities") if r["evidence"] == "illustrative"}
    found = sheets(asked_of("ullensaker", SHIPPED))
    assert found and examples
    for sheet in found.values():
        assert examples.isdisjoint(cell.value for cell in sheet["A"])


def test_every_question_is_about_something_that_is_found():
    sql = (Path(report.__file__).parent / "could_be_better.sql").read_text(encoding="utf-8")
    asked = {key.removeprefix("ask.") for key in entries("nb") if key.startswith("ask.")}
    assert asked <= set(re.findall(r"^select '(\w+)'", sql, re.M))


def test_an_unknown_partner_is_refused():
    with pytest.raises(LookupError):
        follow_up(SHIPPED, list[Finding](), "nobody", words("nb"))


# On the command line


def test_forms_are_written_and_never_over_another(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    var, file = tmp_path / "var", tmp_path / "form.xlsx"

    run("template", file, var=var)
    assert len(by_table(read_file(file))["measures"]) == len(MEASURES)
    run("template", file, var=var, expected=2)
    file.unlink()
    for asked in (["template", file, "--filled"], ["follow-up", "drammen", file]):
        run(*asked, var=var, expected=1)
        assert words("en")("form.nothing_published") in capsys.readouterr().err
    shutil.copytree(published, var, dirs_exist_ok=True)
    run("template", file, "--filled", var=var)
    assert by_table(read_file(file))["activities"] == shipped("activities")
    file.unlink()
    run("follow-up", "nobody", file, var=var, expected=1)
    assert "nobody" in capsys.readouterr().err
    assert not file.exists()
    run("follow-up", "drammen", file, var=var)
    assert "Drammen" in str(load_workbook(file).worksheets[0]["A1"].value)


def test_a_filled_form_that_is_whole_has_every_sheet_and_column_and_the_same_rows(tmp_path: Path):
    folder = data(tmp_path / "data", outcomes=shipped("outcomes"), measures=MEASURES)
    content = templates.filled_form(folder, words("nb"), is_whole=True)
    book = load_workbook(io.BytesIO(content))
    for table in tables():
        headings = [cell.value for cell in book[words("nb")(f"sheet.{table.name}")][1]]
        assert len(headings) == len(table.columns), table.name
    plain = templates.filled_form(folder, words("nb"))
    whole_rows, plain_rows = (
        {table: rows for table, rows in by_table(found).items() if rows}
        for found in (read_file(written(form, tmp_path)) for form in (content, plain))
    )
    assert whole_rows == plain_rows and whole_rows["outcomes"]
