"""A measure that comes with its first results: asked once what it is, and then a measure."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

import queries
from queries import answers
from queries.contract import workbench
from ringvirkning.finding import must_fix
from ringvirkning.intake import former, publishing
from ringvirkning.intake.forms import templates
from ringvirkning.intake.sheets import Choice, Read, reading
from ringvirkning.intake.sheets.new_measures import ADDINGS, NEW_MEASURE, UNITS
from ringvirkning.intake.uploads import looking
from ringvirkning.intake.words import choices
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES
from tests.habits import LISTED, named, workbook
from tests.test_queries import KNOWN
from tests.test_rounds import NAMES, SAID, figures, of_kind, rows_of, saved, told

read = partial(reading.read_file, listed=LISTED, names=NAMES)
SAID_OF_ALL = SAID | {"table": "outcomes", "column": NEW_MEASURE, "word": NEW_MEASURE}
SAID_OF_ALL |= {"rest": "programme", "year": "2024"}
OF_PERSONS = {"measure_unit": "persons", "measure_adds": "sum"}
KURS = "kurs_fullfoert"


def said_of(question: Choice, said: Mapping[str, str]) -> str | None:
    about = question.column if question.kind == "every_row" else question.kind
    return said.get(f"{question.kind}:{question.about}", said.get(about or ""))


def answered(path: Path, **more: str) -> Read:
    """The file, after all that it asks was answered."""
    said, asked = SAID_OF_ALL | OF_PERSONS | more, dict[str, str]()
    found = read(path)
    while given := {q.key: text for q in found.questions if (text := said_of(q, said))}:
        asked |= given
        found = read(path, asked)
    assert found.questions == []
    return found


def measures(found: Read) -> dict[str, dict[str, str]]:
    return {row["measure"]: row for row in rows_of(found, "measures")}


SHEETS = {
    "round": "Runde;Dato;Deltakere;Fast jobb;Kurs fullført\nA;2023-03-01;27;7;11\n",
    "wide": "Program;År;Fast jobb;Kurs fullført\nWorkOP;2023;7;11\n",
    "long": "Program;År;Indikator;Verdi\nWorkOP;2023;Kurs fullført;11\nWorkOP;2023;Fast jobb;7\n",
    "years": "Indikator;2022;2023\nFast jobb;6;7\nKurs fullført;8;11\n",
    "programmes": "Indikator;WorkOP;Innsikt\nFast jobb;6;7\nKurs fullført;8;11\n",
    "later": "Runde;Dato;Deltakere;Kurs fullført etter 6 mnd\nA;2023-03-01;27;11\n",
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_heading_or_a_word_becomes_a_measure(tmp_path: Path, name: str):
    found = answered(saved(tmp_path, SHEETS[name]))
    assert told(found, "must_fix") == []
    assert "new_measure" in dict(told(found, "should_look"))
    (new,) = measures(found).values()
    assert (new["name_nb"], new["name_en"]) == ("Kurs fullført", "Kurs fullført")
    assert (new["unit"], new["adds"], new["counts_people"]) == ("persons", "sum", "yes")
    results = [row for row in rows_of(found, "outcomes") if row["measure"] == KURS]
    assert "11" in [row["value"] for row in results]
    assert {row.get("measured_at") for row in results} == {"6_months" if name == "later" else None}


def test_what_it_is_is_asked_in_two_questions(tmp_path: Path):
    path = saved(tmp_path, SHEETS["round"])
    asked = {q.key: NEW_MEASURE for q in read(path).questions if q.kind == "column"}
    for kind, answer in OF_PERSONS.items():
        found = read(path, asked)
        (question,) = (q for q in found.questions if "measure" in q.kind)
        assert (question.kind, measures(found)) == (kind, {}), "not before all is said"
        asked |= {question.key: answer}
    found = read(path, asked)
    assert [*measures(found)] == [KURS]
    (name,) = of_kind(found, "measure_name_nb")
    assert (name.value, name.is_free) == ("Kurs fullført", True)


@pytest.mark.parametrize("unit", ["share", "score:1-6"])
def test_of_shares_and_scores_it_is_not_asked_whether_they_are_added(tmp_path: Path, unit: str):
    text = "Program;År;Fast jobb;Andel fullført\nWorkOP;2023;7;0,36\nWorkOP;2024;8;0,38\n"
    found = answered(saved(tmp_path, text), measure_unit=unit)
    (new,) = measures(found).values()
    assert (new["unit"], new["adds"], new["counts_people"]) == (unit.split(":")[0], "never", "no")
    assert of_kind(found, "measure_adds") == []
    assert new.get("scale", "") == unit.partition(":")[2]


@pytest.mark.parametrize(
    "text",
    [
        "Program;År;Andel fullført;Fast jobb\nWorkOP;2023;36 %;7\n",
        "Program;År;Indikator;Verdi\nWorkOP;2023;Andel fullført;36 %\nWorkOP;2023;Fast jobb;7\n",
    ],
)
def test_per_cents_are_read_where_it_is_a_share(tmp_path: Path, text: str):
    found = answered(saved(tmp_path, text), measure_unit="share")
    assert told(found, "must_fix") == []
    assert "0.36" in [row["value"] for row in rows_of(found, "outcomes")]
    (rule, *_) = told(answered(saved(tmp_path, text)), "must_fix")
    assert rule[0] == "percent_of_count"


@pytest.mark.parametrize(
    "text",
    [
        "Runde;Dato;Deltakere;Lærlingplass\nA;2023-03-01;27;2\n",  # another word for one
        "Runde;Dato;Deltakere;Snitt 2024\nA;2023-03-01;27;2\n",  # of a year: not a measure's name
        "Runde;Dato;Deltakere;Kontaktperson\nA;2023-03-01;27;Kari\n",
        "Tittel;Partner;Startdato;Oppfølging\nSamarbeid;NAV;2023;2\n",  # holds no results
    ],
)
def test_what_is_no_new_measure_is_not_offered_as_one(tmp_path: Path, text: str):
    offered = [q for q in of_kind(read(saved(tmp_path, text)), "column")]
    assert not any(NEW_MEASURE in choice.options for choice in offered)


def test_a_misspelt_measure_is_offered_before_a_new_one(tmp_path: Path):
    found = read(saved(tmp_path, "Runde;Dato;Deltakere;Arbeidstrenning\nA;2023-03-01;27;2\n"))
    (question,) = (q for q in found.questions if q.kind == "column")
    assert question.options[0] == "measure:work_training"
    assert NEW_MEASURE in question.options


def test_measures_whose_codes_would_be_one_have_two(tmp_path: Path):
    """Of names that differ in an accent, in signs or behind sixty letters."""
    long = "Deltakere som har fullført minst tre av fem samlinger i løpet av "
    text = f"Runde;Dato;Deltakere;Intérviews;{long}våren;{long}høsten\nA;2023-03-01;27;1;2;3\n"
    found = answered(saved(tmp_path, text))
    results = [(row["measure"], row["value"]) for row in rows_of(found, "outcomes")]
    codes = [code for code, _ in results]
    assert len({*codes}) == 3 and [value for _, value in results] == ["1", "2", "3"]
    assert {*codes}.isdisjoint(row["measure"] for row in LISTED["measures"])
    assert [m["name_nb"][:80] for m in measures(found).values()] == [
        "Intérviews",
        *(f"{long}{season}"[:80] for season in ("våren", "høsten")),
    ]


def test_two_sheets_with_one_new_measure_are_asked_once(tmp_path: Path):
    path = tmp_path / "runder.xlsx"
    heading = ["Runde", "Dato", "Deltakere", "Kurs fullført"]
    workbook(
        {
            "2023": [heading, ["A", "2023-03-01", 27, 11]],
            "2024": [heading, ["B", "2024-03-01", 31, 12]],
        }
    ).save(path)
    said = {"/".join(["2023", *key]): value for key, value in {
        ("column", "D"): NEW_MEASURE, ("measure_unit", KURS): "count",
        ("measure_adds", KURS): "latest",
    }.items()}  # fmt: skip
    found = read(path, said)
    assert not [q for q in found.questions if "measure" in q.kind or q.kind == "column"]
    (new,) = measures(found).values()
    assert (new["unit"], new["adds"]) == ("count", "latest")
    assert figures(found) == {("A", KURS): "11", ("B", KURS): "12"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["kurs", ""])
def test_a_measure_of_the_same_workbook_is_known(tmp_path: Path, language: str, code: str):
    """The form to download: a new row among the measures, its results by its name in either
    language, and as a column of a sheet of one's own."""
    w, path = named(language), tmp_path / "skjema.xlsx"
    path.write_bytes(templates.template(w))
    book = openpyxl.load_workbook(path)
    last = book[w("sheet.measures")].max_row + 1
    new = [code, "Kurs fullført", "Courses completed", "Hvem.", "Who.", w.code("unit", "persons")]
    new += [w.code("level", "output"), w.code("adds", "sum"), *[w.code("yes_no", "yes")] * 2]
    for place, text in enumerate(new, 1):
        book[w("sheet.measures")].cell(last, place, text or None)
    results = ["", "", "WorkOP", "Foreningen", 2024, "Kurs fullført", 12, *[""] * 4]
    for row, name in ((3, "Kurs fullført"), (4, "Courses completed")):
        evidence = w.code("evidence", "register")
        for place, value in enumerate([*results[:5], name, row, *[""] * 4, evidence], 1):
            if value:
                book[w("sheet.outcomes")].cell(row, place, value)
    own = book.create_sheet("Runder", 0)
    own.append(["Runde", "Dato", "Deltakere", "Kurs fullført"])
    own.append(["A", "2023-03-01", 27, 11])
    book.save(path)
    found = answered(path)
    assert told(found, "must_fix") == []
    key = code or KURS
    assert measures(found)[key]["name_en"] == "Courses completed"
    values = [row["value"] for row in rows_of(found, "outcomes") if row["measure"] == key]
    assert sorted(values) == ["11", "3", "4"]


def test_answers_have_words():
    w = named("nb")
    for kind, options in (("measure_unit", UNITS), ("measure_adds", ADDINGS)):
        choice = Choice(kind, None, options)
        said = [choices.answer_words(w, choice, option) for option in options]
        assert len({*said}) == len(options)
        assert all(" " in text for text in said)
    assert choices.answer_words(w, Choice("column", None, ()), NEW_MEASURE) == "En ny indikator"


@pytest.mark.slow
def test_it_is_published_with_its_results_and_found_in_explore(published: Path, tmp_path: Path):
    """Also one whose figures are never added: each of them is told where it stands alone."""
    path = tmp_path / "resultater.csv"
    path.write_text("Program;År;Fast jobb;Andel fullført\nWorkOP;2024;7;0,36\nWorkOP;2025;8;0,38\n")
    asked = answered(path, measure_unit="share").answers
    current, whole = versions.current(published), tmp_path / "whole"
    assert current
    whole.mkdir()
    with workbench() as connection:
        given = looking.Asked({path.name: asked})
        day = date(2026, 11, 23)
        seen = looking.look(connection, [path], published, current, whole, day, given)
    assert not must_fix(seen.findings), seen.findings
    var = tmp_path / "var"
    assert not must_fix(publishing.publish(whole, var))
    made = versions.current(var)
    assert made
    listed = former.listed_in(made.files(var))["measures"]
    assert [row["unit"] for row in listed if row["measure"] == "andel_fullfoert"] == ["share"]
    with queries.opened(made.exact(var)) as connection:
        values = KNOWN | {"measure": "andel_fullfoert", "rows": "time", "split": ""}
        rows = queries.rows(connection, answers.Explore, values)
    told_of_years = {row.row: row.value for row in rows if not row.is_row_total}
    assert told_of_years == {"2024": 0.36, "2025": 0.38}


@pytest.mark.slow
def test_a_measure_of_one_file_is_known_in_the_next(published: Path, tmp_path: Path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(SHEETS["round"])
    second.write_text("Runde;Dato;Deltakere;Kurs fullført\nB;2024-03-01;31;12\n")
    current, whole = versions.current(published), tmp_path / "whole"
    whole.mkdir()
    given = {first.name: answered(first).answers}
    with workbench() as connection:
        paths, day = [first, second], date(2026, 11, 23)
        asked = looking.Asked(given)
        seen = looking.look(connection, paths, published, current, whole, day, asked)
    one, other = seen.reads
    assert list(measures(one)) == [KURS] and not measures(other)
    assert "measure:kurs_fullfoert" in [c.value for c in of_kind(other, "column")]
