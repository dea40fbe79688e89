"""A sheet of rounds as an office keeps it: one row each, with what came of it beside who came."""

import csv
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import queries
from ringvirkning.figures import catalogue, rounds
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.merging import unite
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, Read, memory, reading
from ringvirkning.intake.sheets.new_measures import NEW_MEASURE
from ringvirkning.intake.words import choices
from ringvirkning.store import versions
from tests.habits import LISTED, named, workbook

NAMES = {"association": ["Foreningen", "Innovasjon Gardermoen"], "programme": ["WorkOP", "Innsikt"]}
read = partial(reading.read_file, listed=LISTED, names=NAMES)
SAID = {
    "association": "Innovasjon Gardermoen",
    "programme": "WorkOP",
    "activity_type": "job_matching",
    "evidence": "register",
}

SHEETS = {
    "Runder.csv": "Runde;Søkere;Deltakere;Bedrifter;Intervju;Fast jobb;Midlertidig jobb;Læreplass\n"
    "Vår 2023;41;27;6;20;7;3;2\nHøst 2023;46;31;8;22;8;4;1\n",
    "WorkOP.csv": "WorkOP på Gardermoen\n\n"
    "Runde;Startdato;Påmeldte;Møtt;Til intervju;Fast;Vikariat;Lærling\n"
    "Runde 1;07.03.2023;41;27;20;7;3;2\nRunde 2;12.09.2023;46;31;22;8;4;1\nSum;;87;58;42;15;7;3\n",
    "rounds.csv": "Round,Date,Applicants,Participants,Interviews,Permanent job,Temporary job,"
    "Apprenticeship\nSpring,2023-03-07,41,27,20,7,3,2\nAutumn,2023-09-12,46,31,22,8,4,1\n",
}


def saved(folder: Path, text: str, name: str = "runder.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def answers(found: Read, **more: str) -> dict[str, str]:
    said = SAID | {"part_of_year": "year_only"} | more
    return {
        q.key: said[q.column or "" if q.kind == "every_row" else q.kind] for q in found.questions
    }


def rows_of(found: Read, table: str) -> list[dict[str, str]]:
    return [row for part in found.parts if part.table == table for row in part.rows]


def told(found: Read, level: str) -> list[tuple[str, int | None]]:
    return [(f.rule, f.row) for f in found.findings if f.level == level]


def of_kind(found: Read, kind: str) -> list[Choice]:
    return [choice for choice in found.choices if choice.kind == kind]


def figures(found: Read) -> dict[tuple[str, str], str]:
    return {(r["activity_id"], r["measure"]): r["value"] for r in rows_of(found, "outcomes")}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_rounds_goes_in_whole(tmp_path: Path, name: str):
    """In one pass: what goes for all is asked once, and no column."""
    path = saved(tmp_path, SHEETS[name], name)
    found = read(path)
    asked = [q.column if q.kind == "every_row" else q.kind for q in found.questions]
    assert {*asked} <= {*SAID, "part_of_year"} and len({*asked}) == len(asked)
    found = read(path, answers(found))
    assert told(found, "must_fix") == []
    first, second = rows_of(found, "activities")
    assert [row["start_date"][:4] for row in (first, second)] == ["2023", "2023"]
    assert (first["registered_count"], first["attended_count"]) == ("41", "27")
    assert (first["programme"], first["association"]) == ("WorkOP", "Innovasjon Gardermoen")
    held = first["title"]
    assert figures(found) == {
        (held, "interviews"): "20",
        (held, "placement_permanent"): "7",
        (held, "placement_temporary"): "3",
        (held, "apprenticeship"): "2",
        (second["title"], "interviews"): "22",
        (second["title"], "placement_permanent"): "8",
        (second["title"], "placement_temporary"): "4",
        (second["title"], "apprenticeship"): "1",
    }
    assert {row["evidence"] for row in rows_of(found, "outcomes")} == {"register"}


@pytest.mark.parametrize(
    "text, table",
    [
        ("Runde;Fast jobb;Læreplass\nVår 2023;7;2\n", "outcomes"),  # of rounds that are known
        ("Aktivitet;Dato;Deltakere\nKurs;2023-03-12;18\n", "activities"),
        ("Aktivitet;Type;Praksis\nKurs;Kurs;3\n", "activities"),
    ],
)
def test_a_sheet_of_one_kind_stays_of_one_kind(tmp_path: Path, text: str, table: str):
    found = read(saved(tmp_path, text))
    (chosen,) = of_kind(found, "table")
    assert chosen.value == table


FOLLOWED = "Runde;Dato;Deltakere;I jobb etter 6 mnd"
BASES = {
    f"{FOLLOWED}\nA;2023-03-07;27;5 av 6\nB;2023-09-12;31;6 av 7\n": [],
    f"{FOLLOWED};Fulgt opp 6 mnd\nA;2023-03-07;27;5;6\nB;2023-09-12;31;6;7\n": [],
    f"{FOLLOWED};Fulgt opp 6 mnd\nA;2023-03-07;27;5 of 6;6\nB;2023-09-12;31;6;7\n": [],
    f"{FOLLOWED};Fulgt opp 6 mnd\nA;2023-03-07;27;5 av 7;6\nB;2023-09-12;31;6;7\n": [
        ("other_base", 2)
    ],
}


@pytest.mark.parametrize("text", BASES)
def test_of_how_many_it_is_stands_beside_it(tmp_path: Path, text: str):
    found = read(saved(tmp_path, text))
    results = rows_of(found, "outcomes")
    assert [(r["measured_at"], r["value"], r["followed_up_count"]) for r in results] == [
        ("6_months", "5", "6"),
        ("6_months", "6", "7"),
    ]
    assert told(found, "should_look") == BASES[text]


@pytest.mark.parametrize(
    "text, counts, said",
    [
        ("Runde;Dato;Deltakere\nA;2023;27 av 41\nB;2023;31\n", [("41", "27"), ("", "31")], []),
        ("Runde;Dato;Påmeldte;Møtt\nA;2023;41;27 av 41\n", [("41", "27")], []),
        (
            "Runde;Dato;Påmeldte;Møtt\nA;2023;40;27 av 41\n",
            [("40", "27")],
            [("other_base", 2)],
        ),
        (
            "Runde;Dato;Påmeldt/møtt\nA;2023;41/27\nB;2023;46 / -\n",
            [("41", "27"), ("46", "")],
            [("dash_unknown", 3)],
        ),
        ("Runde;Dato;Møtt av påmeldte\nA;2023;27 av 41\n", [("41", "27")], []),
    ],
)
def test_a_cell_with_two_counts_gives_both(
    tmp_path: Path, text: str, counts: list[tuple[str, str]], said: list[tuple[str, int]]
):
    found = read(saved(tmp_path, text))
    rows = rows_of(found, "activities")
    assert [(r.get("registered_count", ""), r.get("attended_count", "")) for r in rows] == counts
    assert told(found, "should_look") == said
    assert not [f for f in found.findings if f.rule[:4] not in ("ask_", "othe", "dash")]


@pytest.mark.parametrize("cell", ["41", "41/27/3", "4 av de 27"])
def test_one_of_two_counts_is_no_count(tmp_path: Path, cell: str):
    found = read(saved(tmp_path, f"Runde;Dato;Påmeldt/møtt\nA;2023;{cell}\n"))
    assert {"one_of_two", "not_whole_number"} & dict(told(found, "must_fix")).keys()


def test_a_part_of_those_who_came_is_held_against_them(tmp_path: Path):
    """Of a round's end there is no column for whom it is a part of but those who came."""
    text = "Runde;Dato;Deltakere;Fast jobb\nA;2023;9;7 av 9\nB;2023;12;7 av 9\n"
    found = read(saved(tmp_path, text))
    assert figures(found) == {(n, "placement_permanent"): "7" for n in "AB"}
    assert told(found, "should_look") == [("other_base", 3)]


def test_in_work_without_when_is_asked(tmp_path: Path):
    found = read(saved(tmp_path, "Runde;Dato;Deltakere;I jobb\nA;2023;9;7\n"))
    (question,) = (q for q in found.questions if q.kind == "column")
    assert "measure:in_work_or_education" not in question.options
    assert "measure:in_work_or_education:12_months" in question.options


# When it was


@pytest.mark.parametrize(
    "title, day",
    [
        ("WorkOP våren 2024", "2024-03"),
        ("Runde 3 (12. mars 2024)", "2024-03-12"),
        ("2024-09-10 Høstrunden", "2024-09-10"),
        ("Kull 2023", "2023"),
    ],
)
def test_a_round_is_when_its_name_says(tmp_path: Path, title: str, day: str):
    path = saved(tmp_path, f"Runde;Deltakere;Fast jobb\n{title};9;7\n")
    found = read(path, answers(read(path), part_of_year="first_month"))
    (row,) = rows_of(found, "activities")
    assert (row["title"], row["start_date"]) == (title, day)
    assert [c.value for c in of_kind(found, "year")] == ["in_names"], "it is said"


@pytest.mark.parametrize("heading", ["Kvartal", "Quarter"])
def test_rounds_may_be_told_by_quarter(tmp_path: Path, heading: str):
    text = f"{heading};Søkere;Deltakere;Fast jobb\n1. kv. 2026;34;20;11\n2026K3;30;21;9\n"
    path = saved(tmp_path, text)
    found = read(path, answers(read(path), part_of_year="first_month"))
    assert not found.questions and not found.findings
    rows = rows_of(found, "activities")
    assert [row["title"] for row in rows] == ["1. kv. 2026", "2026K3"]
    assert [row["start_date"] for row in rows] == ["2026-01", "2026-07"]
    assert [row["registered_count"] for row in rows] == ["34", "30"]


def test_a_quarter_beside_a_name_may_be_when_it_was(tmp_path: Path):
    path = saved(tmp_path, "Arrangement;Kvartal;Deltakere\nFrokost;2026K1;12\nKurs;2026K2;30\n")
    (question,) = (q for q in read(path).questions if q.kind in ("column", "heading"))
    assert question.options[0] == "start_date"


@pytest.mark.parametrize("title", ["Runde 3", "Runde 2400", "Torget 12"])
def test_a_round_whose_name_says_nothing_is_asked_when_it_was(tmp_path: Path, title: str):
    path = saved(tmp_path, f"Runde;Deltakere;Fast jobb\n{title};9;7\n")
    (question,) = (q for q in read(path).questions if q.kind == "year")
    (row,) = rows_of(read(path, {question.key: "2025"}), "activities")
    assert row["start_date"] == "2025"


def test_where_only_some_names_say_when_it_was_it_is_asked(tmp_path: Path):
    text = "Runde;Deltakere;Fast jobb\nVår 2024;9;7\nEkstrarunde;8;3\n"
    assert [c.value for c in of_kind(read(saved(tmp_path, text)), "year")] == [None]


def test_a_year_in_the_name_of_another_activity_is_only_offered(tmp_path: Path):
    found = read(saved(tmp_path, "Arrangement;Type\nVisjon 2030;Kurs\n"))
    (question,) = (q for q in found.questions if q.kind == "year")
    assert "in_names" in question.options


@pytest.mark.parametrize(
    "cell, year, month",
    [
        ("høsten 2022", "2022", "2022-09"),
        ("Vår 2023", "2023", "2023-03"),
        ("sommeren 24", "2024", "2024-06"),
        ("2024K2", "2024", "2024-04"),
        ("3. kvartal 2024", "2024", "2024-07"),
        ("2. halvår 2024", "2024", "2024-07"),
    ],
)
def test_a_part_of_a_year_is_asked_about_once(tmp_path: Path, cell: str, year: str, month: str):
    path = saved(tmp_path, f"Arrangement;Dato\nKurs;{cell}\nMesse;høst 2021\n", "arrangement.csv")
    (question,) = (q for q in read(path).questions if q.kind == "part_of_year")
    for answer, day in (("year_only", year), ("first_month", month)):
        found = read(path, {question.key: answer})
        assert rows_of(found, "activities")[0]["start_date"] == day
        assert told(found, "must_fix")[:1] != [("is_partial_date", 2)]


@pytest.mark.parametrize(
    "cell, day, said",
    [
        ("uke 12 2024", "2024-03-18", "week"),
        ("Uke 12, 2024", "2024-03-18", "week"),
        ("2024-W12", "2024-03-18", "week"),
        ("2024M05", "2024-05", ""),
        ("vinteren 2024", "2024", ""),
    ],
)
def test_a_week_or_a_month_is_as_precise_as_it_is(tmp_path: Path, cell: str, day: str, said: str):
    found = read(saved(tmp_path, f"Arrangement;Dato\nKurs;{cell}\n"))
    (row,) = rows_of(found, "activities")
    assert (row["start_date"], row.get("date_qualifier")) == (day, "about" if said else None)
    assert told(found, "should_look") == ([(said, 2)] if said else [])


@pytest.mark.parametrize("cell", ["uke 60 2024", "2024T2", "2024K5", "Oslo 2024"])
def test_what_is_no_part_of_a_year_is_not_read(tmp_path: Path, cell: str):
    found = read(saved(tmp_path, f"Arrangement;Dato\nKurs;{cell}\n"))
    assert ("is_partial_date", 2) in told(found, "must_fix")


@pytest.mark.parametrize("cell", ["løpende", "Løpande", "inntil videre"])
def test_no_end_is_an_empty_end_and_said(tmp_path: Path, cell: str):
    found = read(saved(tmp_path, f"Avtale;Start;Slutt\nA;2024;{cell}\n", "avtaler.csv"))
    (row,) = rows_of(found, "partnerships")
    assert "end_date" not in row and told(found, "should_look") == [("open_ended", 2)]


# What is published of it


def published_from(path: Path, before: Path | None, into: Path) -> list[dict[str, str]]:
    """The results of a sheet of rounds after a merge, with the titles of their activities."""
    found = read(path, answers(read(path)))
    into.mkdir()
    merge = unite(found.parts, before, into, {})
    assert merge.findings == []
    held = {}
    with (into / "activities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            held[row["activity_id"]] = f"{row['title']} {row['start_date']}"
    with (into / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return [r | {"of": held[r["activity_id"]]} for r in csv.DictReader(file)]


def test_results_are_of_the_round_in_their_own_row(tmp_path: Path):
    """Rounds of the same name every year, and those of before have it, too."""
    head = "Runde;Dato;Deltakere;Fast jobb\n"
    first = saved(tmp_path, head + "Vår;2023-03-07;27;7\nHøst;2023-09-12;31;8\n")
    assert len(published_from(first, None, tmp_path / "a")) == 2
    both = saved(
        tmp_path, head + "Vår;2024-03-05;36;9\nVår;2023-03-07;27;6\nHøst;2024-09-10;34;5\n"
    )
    rows = published_from(both, tmp_path / "a", tmp_path / "b")
    assert {row["of"]: row["value"] for row in rows} == {
        "Vår 2023-03-07": "6",
        "Høst 2023-09-12": "8",
        "Vår 2024-03-05": "9",
        "Høst 2024-09-10": "5",
    }
    assert len(rows) == 4


def test_what_was_meant_in_one_table_is_not_remembered_in_another(tmp_path: Path):
    text = "Runde;Dato;Deltakere;Fast jobb;Nytt\nA;2023-03-07;27;7;1\n"
    path = saved(tmp_path, text)
    asked = {"/column/E": LEAVE_OUT, "/column/C": LEAVE_OUT}
    known = memory.readings([read(path, asked)])
    again = read(path, remembered=known)
    by = {c.about: (c.value, c.by) for c in of_kind(again, "column")}
    assert by["E"] == (LEAVE_OUT, "remembered") and by["C"] == (LEAVE_OUT, "remembered")
    other = read(path, {"/table/": "outcomes"}, remembered=known)
    assert all(c.by == "found" for c in of_kind(other, "column"))


def test_a_sheet_of_rounds_for_each_year(tmp_path: Path):
    head: list[object] = ["Runde", "Påmeldt", "Møtt", "Fast jobb"]
    path = tmp_path / "WorkOP.xlsx"
    rounds: list[object] = ["Vårrunden", 38, 33, 6]
    workbook({"2023": [head, rounds], "2024": [head, rounds]}).save(path)
    rows = published_from(path, None, tmp_path / "now")
    assert sorted(row["of"] for row in rows) == ["Vårrunden 2023", "Vårrunden 2024"]


# Years, parts of years and programmes across


def of_results(path: Path, **more: str) -> Read:
    """A cross table, after the one question which table it is, and what goes for all rows."""
    asked = {q.key: "outcomes" for q in read(path).questions if q.kind == "table"}
    found = read(path, asked)
    said = {"association": "Foreningen", "programme": "WorkOP", "evidence": "register"} | more
    kinds = {"rest": "programme", "year": "2024"} | more
    return read(
        path,
        asked
        | {
            q.key: said[q.column or ""] if q.kind == "every_row" else kinds[q.kind]
            for q in found.questions
        },
    )


def told_across(found: Read) -> set[tuple[str, str, str, str]]:
    assert told(found, "must_fix") == []
    return {
        (row["programme"], row["year"], row["measure"], row["value"])
        for row in rows_of(found, "outcomes")
    }


JOBS = {
    ("WorkOP", "2023", "placement_permanent", "6"),
    ("WorkOP", "2023", "apprenticeship", "4"),
    ("WorkOP", "2024", "placement_permanent", "8"),
    ("WorkOP", "2024", "apprenticeship", "2"),
}
ACROSS = {
    "years": "Indikator;2023;2024\nFaste jobber;6;8\nLæreplasser;4;2\n",
    "years in words": "Mål;År 2023;Antall 2024;Sum\nFaste jobber;6;8;14\nLæreplasser;4;2;6\n",
    "a figure's heading above the measures": "WorkOP\n\nResultat;2023;2024\n"
    "Fast jobb;6;8\nLærling;4;2\n",
    "no heading above the measures": ";2023;2024\nFaste jobber;6;8\nLæreplasser;4;2\n",
    "a figure beside the years": "Indikator;2023;2024;Merknad\n"
    "Læreplasser;4;2;2\nFaste jobber;6;8;\n",
    "figures that are not known": "Indikator;2023;2024\nTilskudd;–;–\nFaste jobber;6;8\n"
    "Læreplasser;4;2\n",
    "years below measures": "Program;Faste jobber;;Læreplasser;\n;2023;2024;2023;2024\n"
    "WorkOP;6;8;4;2\n",
    "years above measures": ";2023;;2024;\nProgram;Fast jobb;Læreplass;Fast jobb;Læreplass\n"
    "WorkOP;6;4;8;2\n",
    "years beside measures": "År;Program;Faste jobber;Læreplasser\n2023;WorkOP;6;4\n"
    "2024;WorkOP;8;2\n",
}


@pytest.mark.parametrize("form", ACROSS)
def test_years_across_are_years(tmp_path: Path, form: str):
    path = saved(tmp_path, ACROSS[form], "nøkkeltall.csv")
    assert not of_kind(read(path), "rest")
    found = of_results(path)
    assert all(c.value for c in of_kind(found, "column"))
    assert told_across(found) == JOBS


ALL_OF_THEM = "WorkOP;6;8;4;2\nSum;6;8;4;2\n"
CROSSED = {
    "below": "Program;{};;{};\n;2023;2024;2023;2024\n" + ALL_OF_THEM,
    "below, repeated": ";{0};{0};{1};{1}\nProgram;2023;2024;2023;2024\n" + ALL_OF_THEM,
    "with sums": "Program;{};;;{};;\n;2023;2024;Sum;2023;2024;Sum\nWorkOP;6;8;14;4;2;6\n",
    "above": ";2023;;2024;\nProgram;{0};{1};{0};{1}\nWorkOP;6;4;8;2\n",
    "beside": "Program;{0} 2023;{0} 2024;2023 {1};2024 {1}\n" + ALL_OF_THEM,
}


@pytest.mark.parametrize("form", CROSSED)
@pytest.mark.parametrize("words", [("Fast jobb", "Lærling"), ("Kursbevis", "Deltakere")])
def test_a_figure_with_a_column_for_each_year_is_asked_about_once(
    tmp_path: Path, form: str, words: tuple[str, str]
):
    """In words, and only where its name is no known measure; never taken for a count of rounds."""
    path = saved(tmp_path, CROSSED[form].format(*words))
    questions = read(path).questions
    assert {q.kind for q in questions} <= {"heading", "every_row"}
    about = [q.found for q in questions if q.kind == "heading"]
    assert {q.options[0] for q in questions if q.kind == "heading"} <= {NEW_MEASURE}
    assert about == ([] if words[0] == "Fast jobb" else [*words])
    codes = ("placement_permanent", "apprenticeship")
    asked = {q.key: codes[words.index(q.found or "")] for q in questions if q.kind == "heading"}
    said = {"association": "Foreningen", "evidence": "register"}
    asked |= {q.key: said[q.column or ""] for q in questions if q.kind == "every_row"}
    found = read(path, asked)
    assert not found.questions and told_across(found) == JOBS
    # Another year's sheet has the same figures.
    later = saved(tmp_path, path.read_text().replace("2024", "2025"), "2025.csv")
    again = read(later, remembered=memory.readings([found]))
    assert not again.questions and {row["year"] for row in rows_of(again, "outcomes")} == {
        "2023",
        "2025",
    }


@pytest.mark.parametrize("area, is_told", [("B1:C1", False), ("B3:C3", True)])
def test_a_heading_that_is_merged_over_its_years_is_no_finding(
    tmp_path: Path, area: str, is_told: bool
):
    cells = [
        line.split(";") for line in CROSSED["below"].format("Fast jobb", "Lærling").split("\n")
    ]
    book = workbook({"Tall": cells})
    book["Tall"].merge_cells(area)
    book.save(tmp_path / "x.xlsx")
    found = read(tmp_path / "x.xlsx")
    assert ("merged_cells" in {f.rule for f in found.findings}) == is_told


def test_a_new_measure_with_a_column_for_each_year_is_one_measure(tmp_path: Path):
    path = saved(tmp_path, CROSSED["below"].format("Fullført etter 6 mnd", "Timer"))
    asked = {
        "/heading/measure:fullfoert etter 6 mnd": NEW_MEASURE,
        "/heading/measure:timer": LEAVE_OUT,
        "/measure_unit/fullfoert": "count",
        "/measure_adds/fullfoert": "sum",
    }
    offered = [
        "in_work_or_education" in question.options for question in of_kind(read(path), "heading")
    ]
    assert offered == [True, False], "what is nothing without when it was measured"
    found = read(path, asked)
    assert {q.kind for q in found.questions} == {"every_row"}
    assert [row["name_nb"] for row in rows_of(found, "measures")] == ["Fullført"]
    results = rows_of(found, "outcomes")
    assert [(r["year"], r["measured_at"], r["value"]) for r in results] == [
        ("2023", "6_months", "6"),
        ("2024", "6_months", "8"),
    ]


def test_a_year_that_is_new_in_a_sheet_is_read_where_a_sum_stood_before(tmp_path: Path):
    """Whatever was left out there: which column a time has is seen in each sheet anew."""
    text = "Program;Fast jobb;;\n;2023;2024;{}\nWorkOP;6;8;14;\n"
    before = read(saved(tmp_path, text.format("Sum")))
    found = read(saved(tmp_path, text.format("2025")), remembered=memory.readings([before]))
    assert [row["value"] for row in rows_of(before, "outcomes")] == ["6", "8"]
    assert [row["value"] for row in rows_of(found, "outcomes")] == ["6", "8", "14"]


NOT_CROSSED = [
    # Rows with years in them, below headings of their own.
    ("avtaler.csv", "Avtale;Fra;Til;Merknad\nA;2023;2024;x\nB;;;y\n", "partnerships"),
    ("avtaler.csv", "Avtale;Fra;\nA;2023;\nB;2024;\n", "partnerships"),
    (
        "aktiviteter.csv",
        "Arrangement;Dato;Merknad\nKurs 2023;2023;Messe 2024\nB;;x\n",
        "activities",
    ),
    ("aktiviteter.csv", "Arrangement;Deltakere\nKurs 2023;12\nKurs 2024;14\n", "activities"),
]


@pytest.mark.parametrize("name, text, table", NOT_CROSSED)
def test_years_in_rows_are_no_headings(tmp_path: Path, name: str, text: str, table: str):
    found = read(saved(tmp_path, text, name))
    assert [part.table for part in found.parts] == [table]
    assert of_kind(found, "heading") == [] and found.header_row("") == 1


@pytest.mark.parametrize(
    "heading, year",
    [
        ("1. halvår 2024", "2024-01/2024-06"),
        ("2024-H2", "2024-07/2024-12"),
        ("2. kvartal 2024", "2024-Q2"),
        ("2024K3", "2024-Q3"),
        ("mars 2024", "2024-03"),
    ],
)
def test_parts_of_years_across(tmp_path: Path, heading: str, year: str):
    text = f"Indikator;{heading};2023\nFaste jobber;6;8\n"
    found = of_results(saved(tmp_path, text, "nøkkeltall.csv"))
    assert (year, "6") in {(row["year"], row["value"]) for row in rows_of(found, "outcomes")}


@pytest.mark.parametrize("heading", ["Vår 2024", "2023/24", "1850", "2024 rom", "Rom 2024"])
def test_what_is_no_year_across_is_asked(tmp_path: Path, heading: str):
    text = f"Indikator;{heading};2023;2022\nFaste jobber;6;8;9\n"
    path = saved(tmp_path, text, "nøkkeltall.csv")
    asked = {q.key: "outcomes" for q in read(path).questions if q.kind == "table"}
    assert [q.about for q in read(path, asked).questions if q.kind == "column"] == ["B"]


def test_known_programmes_across_are_programmes(tmp_path: Path):
    text = "Indikator;WorkOP;Innsikt\nFaste jobber;6;8\n"
    found = of_results(saved(tmp_path, text, "nøkkeltall.csv"))
    assert told_across(found) == {
        ("WorkOP", "2024", "placement_permanent", "6"),
        ("Innsikt", "2024", "placement_permanent", "8"),
    }


def test_new_programmes_across_are_one_question(tmp_path: Path):
    text = "Indikator;Program A;Program B;Program C\nFaste jobber;6;8;1\n"
    path = saved(tmp_path, text, "nøkkeltall.csv")
    asked = {q.key: "outcomes" for q in read(path).questions if q.kind == "table"}
    open_questions = read(path, asked).questions
    assert [q.kind for q in open_questions].count("rest") == 1
    assert "column" not in {q.kind for q in open_questions}
    assert "programme" not in {q.column for q in open_questions}
    assert {row["programme"] for row in rows_of(of_results(path), "outcomes")} == {
        "Program A",
        "Program B",
        "Program C",
    }


@pytest.mark.parametrize(
    "name, text, table",
    [
        ("avtaler.csv", "Avtale;Fra;Til\nA;2016;2019\nB;2017;2020\n", "partnerships"),
        ("x.csv", "År;Program;Fast jobb;Læreplass\n2023;WorkOP;6;1\n2024;WorkOP;7;2\n", "outcomes"),
        ("aktiviteter.csv", "Aktivitet;Dato\nKurs;2023\nMesse;2024\n", "activities"),
    ],
)
def test_years_below_headings_are_no_headings(tmp_path: Path, name: str, text: str, table: str):
    found = read(saved(tmp_path, text, name))
    assert [c.value for c in of_kind(found, "table")] == [table]
    assert [c.value for c in of_kind(found, "header_row")] == ["1"]


def test_years_of_a_fact_below_the_headings_of_another_table_are_not_those_of_figures(
    tmp_path: Path,
):
    """Two years in a row and words alike in the next were headings of results, whatever stood
    above them: an agreement was lost as one."""
    text = (
        "Avtale;Fra;Til;Type;Formål;Merknad\n"
        "A;2016;2019;Sponsing;Nettverk;Nettverk\nB;ukjent;løpende;Sponsing;Kurs;Kurs\n"
    )
    found = read(saved(tmp_path, text, "x.csv"))
    assert [part.table for part in found.parts] == ["partnerships"]
    assert [c.value for c in of_kind(found, "header_row")] == ["1"]


def test_a_row_of_years_below_others_is_no_heading(tmp_path: Path):
    path = saved(tmp_path, "Program;Startår;Sluttår\nA;2016;2019\nB;2017;2020\n", "x.csv")
    assert [c.value for c in of_kind(read(path, {"/table/": "outcomes"}), "header_row")] == ["1"]


def test_another_year_above_the_same_headings_is_another_year(tmp_path: Path):
    text = ACROSS["years above measures"]
    known = memory.readings([of_results(saved(tmp_path, text))])
    path = saved(tmp_path, text.replace("2023", "2025"))
    again = read(path, remembered=known)
    assert {row["year"] for row in rows_of(again, "outcomes")} == {"2024", "2025"}


# Columns of which nothing is known

CRM = "Deal Name,Stage,Amount,Priority,Next call,Team,Campaign,Segment,Agreement start\n"
WIDE = CRM + "Avtale 1,Won,100,low,Ring,A,vår,SMB,2024-03-12\n"


def test_the_rest_of_a_wide_export_is_left_out_at_one_answer(tmp_path: Path):
    path = saved(tmp_path, WIDE, "avtaler.csv")
    asked = {"/table/": "partnerships"}
    (question,) = of_kind(read(path, asked), "rest")
    assert question.value is None and "Stage, " in (question.found or "")
    assert not [q for q in read(path, asked).questions if q.kind == "column"]
    found = read(path, asked | {question.key: LEAVE_OUT})
    assert not [q for q in found.questions if q.kind == "column"]
    assert rows_of(found, "partnerships") == [{"title": "Avtale 1", "start_date": "2024-03-12"}]
    kept = read(path, asked | {question.key: LEAVE_OUT, "/column/H": "note"})
    assert rows_of(kept, "partnerships")[0]["note"] == "SMB"
    each = [q for q in read(path, asked | {question.key: "each"}).questions if q.kind == "column"]
    assert len(each) > 3
    again = read(path, remembered=memory.readings([found]))
    assert [c.by for c in of_kind(again, "rest")] == ["remembered"]


def test_a_few_unknown_columns_are_asked_about_at_once(tmp_path: Path):
    found = read(saved(tmp_path, "Navn;Partnertype;Rom;Etasje\nNAV;Stat;B2;1\n", "partnere.csv"))
    assert [q.about for q in found.questions if q.kind == "column"] == ["C", "D"]
    assert of_kind(found, "rest") == []


def test_what_an_activity_has_is_offered_before_what_came_of_it(tmp_path: Path):
    """Measures are many, and a list that is chosen from shows its first ones."""
    found = read(saved(tmp_path, "Arrangement;Dato;Ymse\nKurs;2024;5\n", "arrangement.csv"))
    (question,) = (q for q in found.questions if q.kind == "column")
    options = question.options
    first = next(n for n, option in enumerate(options) if option.startswith("measure:"))
    assert options.index("title") < options.index("attended_count") < first


def test_many_unknown_words_are_one_question_first(tmp_path: Path):
    """It had no way on: of more than twenty the rest could not be answered."""
    words = [f"Slag {chr(97 + n)}{chr(97 + n)}" for n in range(25)]
    text = "Navn;Partnertype\n" + "".join(f"P{n};{word}\n" for n, word in enumerate(words))
    path = saved(tmp_path, text, "partnere.csv")
    (question,) = read(path).questions
    assert (question.kind, question.column) == ("words", "Partnertype")
    assert len(read(path, {question.key: "each"}).questions) == 25
    found = read(path, {question.key: "other", "/word/partner_type:slag cc": "county"})
    assert not found.questions and told(found, "must_fix") == []
    types = [row["partner_type"] for row in rows_of(found, "partners")]
    assert (types[2], {*types[:2], *types[3:]}) == ("county", {"other"})
    w = named("nb")
    assert choices.answer_words(w, question, "other") == w.code("partner_type", "other")


@pytest.mark.parametrize(
    "table, headings",
    [
        ("activities", "Møtedato;Tema;Partner;Til stede"),
        ("activities", "Navn på arrangementet?;Hvor mange kom?;Hvem arrangerte vi sammen med?"),
        ("partnerships", "Avtale;Part(er);Inngått dato"),
        ("partnerships", "Tema;Samarbeidsavtale;Partner;Signeringsdato"),
    ],
)
def test_what_offices_call_their_columns_is_known(tmp_path: Path, table: str, headings: str):
    path = saved(tmp_path, f"{headings}\n" + ";".join("2024" for _ in headings.split(";")), "x.csv")
    found = read(path)
    assert [part.table for part in found.parts] == [table]
    assert not [q for q in found.questions if q.kind in ("column", "heading", "rest")]


@pytest.mark.parametrize("known", ["Amount,Currency", "Next step,Status"])
def test_two_known_of_many_headings_are_no_table(tmp_path: Path, known: str):
    path = saved(tmp_path, known + "".join(f",Felt{n}" for n in range(20)) + "\n1,NOK,2\n")
    assert [c.value for c in of_kind(read(path), "table")] == [None]


# Days


@pytest.mark.parametrize(
    "cell, start, end",
    [
        ("12.–14. mars 2024", "2024-03-12", "2024-03-14"),
        ("3.-4. juni 2024", "2024-06-03", "2024-06-04"),
        ("3. - 4.6.2024", "2024-06-03", "2024-06-04"),
        ("30. mai til 2. juni 2024", "2024-05-30", "2024-06-02"),
        ("3. og 4. juni 2024", "2024-06-03", "2024-06-04"),
        ("13.06.2024 og 14.06.2024", "2024-06-13", "2024-06-14"),
        ("31. mai og 1. juni 2024", "2024-05-31", "2024-06-01"),
        ("June 3 and June 4, 2024", "2024-06-03", "2024-06-04"),
        ("12.03.2024 – 14.03.2024", "2024-03-12", "2024-03-14"),
        ("mars–april 2024", "2024-03", "2024-04"),
        ("2024-03-12 - 2024-03-14", "2024-03-12", "2024-03-14"),
        ("2021-2024", "2021", "2024"),
    ],
)
def test_a_span_of_days_is_its_first_and_its_last(tmp_path: Path, cell: str, start: str, end: str):
    for rest in ("", ";Slutt"):
        text = f"Arrangement;Dato{rest}\nKurs;{cell}\nMesse;31.12.2020\n"
        found = read(saved(tmp_path, text))
        first, other = rows_of(found, "activities")
        assert (first["start_date"], first["end_date"]) == (start, end)
        assert "end_date" not in other
        assert "is_partial_date" not in dict(told(found, "must_fix"))


@pytest.mark.parametrize(
    "cell",
    [
        "12.–40. mars 2024",
        "x – 14. mars 2024",
        "Oslo - Bergen",
        "12-14",
        "3. og 10. juni 2024",
        "mars og april 2024",
        "05.06.2024 og 06.07.2024",
    ],
)
def test_what_is_no_span_of_days_is_not_read(tmp_path: Path, cell: str):
    found = read(saved(tmp_path, f"Arrangement;Dato\nKurs;{cell}\n"))
    assert ("is_partial_date", 2) in told(found, "must_fix")


def test_a_span_beside_another_end_is_not_read(tmp_path: Path):
    text = "Arrangement;Dato;Slutt\nKurs;12.–14. mars 2024;15. mars 2024\n"
    assert ("is_partial_date", 2) in told(read(saved(tmp_path, text)), "must_fix")


def test_a_day_from_when_to_when_is_one_day(tmp_path: Path):
    text = "Arrangement;Dato\nKurs;13.03.2024 08:30 - 16:00\nMøte;2024-03-14 09:00 - 10:00\n"
    for row in rows_of(read(saved(tmp_path, text)), "activities"):
        assert row["start_date"].startswith("2024-03-1") and "end_date" not in row


@pytest.mark.parametrize(
    "late",
    [
        ("2024-12-31 23:00", "2024-06-03 22:00"),
        ("2024-12-31T23:00:00", "2024-06-03T22:00:00"),
        ("31.12.2024 23:00:00", "03.06.2024 22:00:00"),
    ],
)
def test_days_that_all_stand_late_in_the_evening_are_asked_about(
    tmp_path: Path, late: tuple[str, str]
):
    path = saved(tmp_path, f"Arrangement;Dato\nLunsj;{late[0]}\nKurs;{late[1]}\n")
    (question,) = of_kind(read(path), "evening")
    assert (question.value, question.found) == (None, late[0])
    days = {
        answer: [
            row["start_date"] for row in rows_of(read(path, {question.key: answer}), "activities")
        ]
        for answer in question.options
    }
    assert days == {
        "day_after": ["2025-01-01", "2024-06-04"],
        "same_day": ["2024-12-31", "2024-06-03"],
    }


@pytest.mark.parametrize("time", ["23:00Z", "22:30", "18:00", "23:00+01:00"])
def test_days_at_other_times_are_not_asked_about(tmp_path: Path, time: str):
    text = f"Arrangement;Dato\nLunsj;2024-12-31T23:00\nKurs;2024-06-03T{time}\n"
    assert of_kind(read(saved(tmp_path, text)), "evening") == []
    text = "Arrangement;Dato\nLunsj;2024-12-31T23:00\n"
    assert of_kind(read(saved(tmp_path, text)), "evening") == [], "one may have been so late"


@pytest.mark.parametrize(
    "cell, day, end",
    [
        ("14/1", "2026-01-14", None),
        ("12. mars", "2026-03-12", None),
        ("14.02.", "2026-02-14", None),
        ("mars", "2026-03", None),
        ("uke 15", "2026-04-06", None),
        ("3.-4. feb", "2026-02-03", "2026-02-04"),
    ],
)
def test_a_day_without_its_year_is_of_the_year_of_its_list(
    tmp_path: Path, cell: str, day: str, end: str | None
):
    """That of the list's title, or asked for once."""
    facts = f"Arrangement;Dato\nKurs;{cell}\nMesse;31.12.2025\n"
    titled = read(saved(tmp_path, f"Aktivitetsliste 2026\n\n{facts}"))
    path = saved(tmp_path, facts)
    (question,) = (q for q in read(path).questions if q.kind == "year")
    assert "is_partial_date" not in dict(told(read(path), "must_fix"))
    for found in (titled, read(path, {question.key: "2026"})):
        first, other = rows_of(found, "activities")
        assert (first["start_date"], first.get("end_date")) == (day, end)
        assert other["start_date"] == "2025-12-31"


@pytest.mark.parametrize("cell", ["32/1", "14/13", "tysdag", "kl. 15", "12", "Oslo", "30. februar"])
def test_what_is_no_day_in_any_year_is_not_read(tmp_path: Path, cell: str):
    found = read(saved(tmp_path, f"Liste 2026\n\nArrangement;Dato\nKurs;{cell}\nMesse;2025\n"))
    assert ("is_partial_date", 4) in told(found, "must_fix")
    assert of_kind(found, "year") == []


# A dash, and 0

DASHED = "Runde;Dato;Deltakere;Fast jobb;Lærling\nA;2023;9;7;-\nB;2024;8;–;2\n"


def test_a_dash_for_a_count_is_said_to_be_read_as_unknown(tmp_path: Path):
    path = saved(tmp_path, DASHED)
    found = read(path)
    assert told(found, "should_look") == [("dash_unknown", 3), ("dash_unknown", 2)]
    (choice,) = of_kind(found, "markers")
    assert choice.value == "empty" and len(rows_of(found, "outcomes")) == 2
    as_0 = read(path, {choice.key: "zero"})
    assert sorted(r["value"] for r in rows_of(as_0, "outcomes")) == ["0", "0", "2", "7"]
    assert told(as_0, "should_look") == told(read(path, {choice.key: "empty"}), "should_look") == []


@pytest.mark.parametrize("sign", ["*", "?", "ukjent"])
def test_another_sign_is_never_0(tmp_path: Path, sign: str):
    path = saved(tmp_path, DASHED.replace("–", sign).replace("-", sign))
    assert told(read(path), "should_look") == []
    assert len(rows_of(read(path, {"/markers/": "zero"}), "outcomes")) == 2


def test_a_dash_for_a_name_is_no_0(tmp_path: Path):
    found = read(saved(tmp_path, "Navn;Merknad\nNAV;-\nUSN;x\n", "partnere.csv"))
    assert rows_of(found, "partners")[0] == {"name": "NAV"}
    assert told(found, "should_look") == []


# A row for each ticket

FAIR = "Messe;12.03.2024;Jobbmesse;{};{} AS;{};Bord {}\n"
TICKETS = {
    "checked in": "Arrangement;Dato;Type;Billettype;Selskapet;Innsjekket;Kommentar\n"
    + "".join(FAIR.format("Standard", n, "Ja" if n % 2 else "Nei", n) for n in range(6))
    + "Kurs;04.06.2024;Kurs;Gratis;X AS;Ja;\n",
    "not checked in": "Event,Date,Ticket,Company size\n"
    + "Fair,2024-03-12,Early,5\n" * 4
    + "Fair,2024-03-12,Late,7\n" * 2
    + "Course,2024-06-04,Late,3\n",
    "no dates": "Arrangement;Billettnr\n" + "".join(f"Messe;{n}\n" for n in range(6)) + "Kurs;9\n",
}


@pytest.mark.parametrize("form", TICKETS)
def test_a_row_for_each_ticket_is_seen_and_counted(tmp_path: Path, form: str):
    path = saved(tmp_path, TICKETS[form], "påmelding.csv")
    asked = {q.key: "activities" for q in read(path).questions if q.kind == "table"}
    found = read(path, asked)
    (question,) = found.questions
    assert (question.kind, found.parts) == ("tickets", ())
    found = read(path, asked | {question.key: "count"})
    fair, course = rows_of(found, "activities")
    assert (fair["registered_count"], course["registered_count"]) == ("6", "1")
    assert "note" not in fair, "what one ticket says is not said of all"
    came = ("3", "1") if form == "checked in" else (None, None)
    assert (fair.get("attended_count"), course.get("attended_count")) == came
    assert not [c for c in of_kind(found, "column") if c.value is None]
    assert not any("AS" in (c.found or "") for c in found.choices), "nothing of a ticket is shown"
    kept = read(path, asked | {question.key: "keep"})
    assert len(rows_of(kept, "activities")) == 7


@pytest.mark.parametrize(
    "text",
    [
        "Arrangement;Dato\nLunsj;2024-01-02\nLunsj;2024-02-02\nLunsj;2024-03-02\nKurs;2024-03-02\n",
        "Arrangement;Dato;Deltakere\n" + "Lunsj;2024;9\n" * 4,
        "Arrangement;Dato\nA;2024\nB;2024\nC;2024\nC;2024\n",
        "Arrangement;Dato\nA;2024\nA;2024\nA;2024\nB;2024\nC;2024\nD;2024\nE;2024\n",
    ],
)
def test_activities_of_one_name_are_no_tickets(tmp_path: Path, text: str):
    assert of_kind(read(saved(tmp_path, text, "arrangement.csv")), "tickets") == []


# In time


NAMED = {
    "Høst 2024": "autumn", "Vår 2024": "spring", "Vårrunden": "spring", "Høstkullet": "autumn",
    "WorkOP våren 2024": "spring", "Spring": "spring", "Haust": "autumn", "Vintertreff": "winter",
    "Vår runde": None, "Vårt kull": None, "Våre unge": None, "Springe": None, "Runde 3": None,
    "Sjøsommer": None, "Blåvinter": None, "Vårøkt": "spring", "(Høst)": "autumn",
}  # fmt: skip


@pytest.mark.slow
def test_a_name_tells_the_season(published: Path):
    current = versions.current(published)
    assert current
    with queries.opened(current.exact(published)) as connection:
        found = {
            name: connection.execute("select season_in($1)", [name]).fetchall()[0][0]
            for name in NAMED
        }
    assert found == NAMED


@pytest.mark.slow
def test_rounds_of_which_only_the_year_is_known_stand_in_time(tmp_path: Path):
    """Autumn comes before spring by name, and after it in the year, also beside others' days."""
    text = "Høst 2024;2024;31;8\nVår 2024;2024;27;7\nVår 2025;2025;36;9\nFinale;2024;9;5\n"
    text += "Runde 7;2024-05-14;20;6\n"
    path = saved(tmp_path, f"Runde;Dato;Deltakere;Fast jobb\n{text}")
    found = read(path, answers(read(path)))
    folder, var = tmp_path / "data", tmp_path / "var"
    folder.mkdir()
    assert not unite(found.parts, None, folder, {}).findings
    assert not must_fix(publishing.publish(folder, var))
    version = versions.current(var)
    assert version
    shown = catalogue.seen(named("nb"), version, version.exact(var), date(2026, 11, 23), "")
    figure = rounds.by_round(shown, "WorkOP")
    assert figure
    names = [row[0] for row in figure.chart.rows[1:]]
    assert names == ["Finale", "Vår 2024", "Vår 2024 · Runde 7", "Høst 2024", "Vår 2025"]
    # Of neither follow-up there is a number; of the last round the second is not due.
    w = shown.words
    lacking = [w("foot.not_followed_up_early", n=5), w("foot.not_followed_up", n=4)]
    funnel = rounds.funnel(shown, "WorkOP")
    assert funnel
    for foot in (figure.foot, funnel.foot):
        assert [one for one in lacking if one in foot] == lacking


@pytest.mark.parametrize(
    "heading", ["6 mnd: fortsatt i jobb", "Etter 6 mnd i jobb", "Fortsatt i jobb etter 6 mnd"]
)
def test_when_something_was_measured_stands_before_it_or_after(tmp_path: Path, heading: str):
    found = read(saved(tmp_path, f"Runde;Dato;Deltakere;{heading}\nA;2025-03-01;20;9 av 12\n"))
    (result,) = rows_of(found, "outcomes")
    assert (result["measure"], result["measured_at"]) == ("in_work_or_education", "6_months")
    assert (result["value"], result["followed_up_count"]) == ("9", "12")


def test_a_type_is_not_asked_of_all_rows_while_a_column_may_tell_it(tmp_path: Path):
    text = "Arrangement;Dato;Hva slags;Deltakere\nMøte;2025-03-01;Kurs;20\n"
    path = saved(tmp_path, text)
    found = read(path)
    assert "activity_type" not in [q.column for q in found.questions]
    (slag,) = (q for q in found.questions if q.kind == "column")
    told_of = read(path, {slag.key: "activity_type"})
    assert rows_of(told_of, "activities")[0]["activity_type"] == "course"
    left = read(path, {slag.key: LEAVE_OUT})
    assert "activity_type" in [q.column for q in left.questions]
