"""What others have published, beside our own figures: all of it, as it was said, never joined."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from queries.contract import workbench
from ringvirkning import ROOT
from ringvirkning.charts import Bars, Lines, RowsOnly
from ringvirkning.charts.palette import colour
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.figures import Figure, catalogue
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import loading
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests import oracle
from tests.checked import advised, kept_back

pytestmark = pytest.mark.slow  # they publish

AS_OF = date(2026, 11, 23)
NFDR, IG = "Næringsforeningen i Drammensregionen", "Innovasjon Gardermoen"
NOV = "Næringsalliansen Oslofjord Vest (NOV)"
UNDATED = "år ikke oppgitt"
# Every fact that was collected about the two associations and their area: whom it is about, what it
# is, the figure as it stands on the screen, and when.
COLLECTED = {
    NFDR: [
        (NFDR, "Medlemsbedrifter", "over 900", "2014"),
        (NFDR, "Medlemsbedrifter", "951", "2018"),
        (NFDR, "Medlemsbedrifter", "nesten 1\xa0000", "2019"),
        (NFDR, "Medlemsbedrifter", "over 950", "2020"),
        (NFDR, "Medlemsbedrifter", "ca. 950", UNDATED),
        (NFDR, "Ansatte", "8", "2014"),
        (NFDR, "Ansatte", "14", "2018"),
        (NFDR, "Tillitsvalgte", "over 100 personer", "2018"),
        (NFDR, "Nettverksgrupper", "8", "2018"),
        (NFDR, "Lokale næringsråd", "6", "2018"),
        (NFDR, "Stiftet", "1. mars 1847", ""),
        (NFDR, "Kapital i fond", "ca. 28 mill. kroner", "2014"),
        (NFDR, "Møteplasser i året", "300", "2017"),
        (NFDR, "Kommuner i området", "3", "2020"),
        (NOV, "Medlemsforeninger", "6", "2021"),
        (NOV, "Medlemsbedrifter", "ca. 2\xa0500", "2021"),
        (NOV, "Arbeidsplasser som er representert", "ca. 100\xa0000", "2021"),
        ("Drammensregionen", "Avtale om etablerertjeneste underskrevet", "28. mars 2022", ""),
        ("Drammen", "Innbyggere", "over 100\xa0000 personer", "2020"),
        ("Drammen", "Innbyggere med innvandrerbakgrunn", "ca. 28\xa0%", "2020"),
        ("Drammen", "Registrerte virksomheter", "9\xa0868", "2020"),
        ("Drammen", "Nye arbeidsplasser", "714", "2018"),
    ],
    IG: [
        (IG, "Medlemmer", "180", "2023"),
        (IG, "Kommuner i området", "6", "2023"),
        (IG, "Styremedlemmer", "5", UNDATED),
        ("Ullensaker", "Arbeidssøkere", "1\xa0902 personer", "september 2021"),
        ("Ullensaker", "Helt ledige", "962 personer", "september 2021"),
        ("Ullensaker", "Ledige av arbeidsstyrken", "16,3\xa0%", "2020"),
        ("Ullensaker", "Arbeidssøkere av arbeidsstyrken", "5,1\xa0%", UNDATED),
        ("Akershus", "Helt ledige", "1\xa0929 personer", UNDATED),
        ("Kunnskapsbyen Lillestrøm", "Arrangementer i året", "60", "2023"),
        ("Kunnskapsbyen Lillestrøm", "Deltakere i året", "over 2\xa0200", "2023"),
        ("Kunnskapsbyen Lillestrøm", "Medlemsbedrifter", "over 160", "2023"),
    ],
}
NATIONAL = [
    ("Norge", "Lokale og regionale næringsforeninger", "171", "2024"),
    ("Norge", "Bedrifter i næringsforeninger", "over 30\xa0000", "2024"),
    ("Norge", "Ansatte i disse bedriftene", "ca. 750\xa0000", "2024"),
    ("Norge", "Foreninger på den første nasjonale samlingen", "72", "2024"),
    ("Norge", "Deltakere på den første nasjonale samlingen", "170", "2024"),
]
# Programmes elsewhere: what their sources say of who came and what came of it.
COMPARABLE = {
    "Springbrett": "24 · Andel i lønnet, ordinært arbeid: nesten 40\xa0%",
    "LetsWork": "Unge som deltok: 72 · Fikk jobb eller gikk videre på skole: 45",
    "På vei til jobb": "Andel i praksis, utdanning eller på vei inn i jobb: over 50\xa0%",
    "LOOP": "Møtte arbeidsgivere: 7 · Fikk tilbud etter gruppeintervju: 4",
    "Trøndelagsmodellen": "Fikk læreplass eller fagjobb: 408",
    "Jobbsjansen": "Andel i jobb eller utdanning: 73,5\xa0%",
    "Give a Job": "Fikk jobb eller praksisplass: over 300",
    "Ringer i Vannet": "Fast jobb, per år: ca. 600",
    "Arbeid og Inkludering i NHO": "I ordinær jobb etter tiltak: 13\xa0100",
    "Internasjonale Drammen": "Innvandrere i jobb: 1\xa0000",
    "Jobbmesse med NAV og NHO": "over 80 · Bedrifter: 5 · Kjent at fikk jobb eller tilbud: 0",
    "Jobbmesse, fire NAV-kontorer": "Arbeidssøkere: 260 · Fikk jobb: ikke oppgitt",
    "Speed-dating": "Inviterte: 22 · Møtte: 6",
    "KarriereHub": "Elever: ca. 70 · Arbeidsgivere: ca. 20",
    "Østfolds største jobbintervju": "Elever: nesten 1\xa0000 · Lærebedrifter: over 80",
}


def seen(watch: Watch, address: str, edition: str = "exact", language: str = "nb") -> View:
    latest = watch.published[-1]
    database = getattr(latest, edition)(watch.var)
    return catalogue.seen(words(language), latest, database, AS_OF, address)


def of_context(shown: View, page: str = "overview") -> list[Figure]:
    return [one for one in catalogue.figures(shown, page, "") if "context" in one.asks]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_newest_that_a_foot_tells_is_no_older_than_the_figures_from_undated_sources(
    watch: Watch, language: str
):
    w = words(language)
    figures = of_context(seen(watch, f"association={NFDR}", language=language))
    figures += of_context(seen(watch, "", language=language), "outcomes")
    newest = {
        "context-Medlemsbedrifter-bedrifter-year": "2020",
        "context": "2024-04",  # its source says so
        "comparable-WorkOP": "2025-04-09",
    }
    assert newest.keys() <= {figure.name for figure in figures}
    for figure in figures:
        if day := newest.get(figure.name):
            assert figure.foot.endswith(w("foot.newest", date=w.day(day))), figure.foot


def told(figures: list[Figure]) -> list[tuple[str, ...]]:
    """The rows of figures as they are headed: whom, what, the figure, when."""
    found = []
    for figure in figures:
        heading, *rows = figure.chart.rows
        at = [heading.index(name) for name in ("Hvem eller hvor", "Hva", "Tall", "Når")]
        found += [tuple(row[place] for place in at) for row in rows]
    return found


@pytest.mark.parametrize("edition", ["exact", "protected"])
@pytest.mark.parametrize("association", COLLECTED)
def test_every_collected_fact_is_on_the_overview(watch: Watch, association: str, edition: str):
    """Also the public's: published figures are not rounded. They are 36, and two that stood among
    activities and results and are neither."""
    assert sum(map(len, COLLECTED.values())) + len(NATIONAL) == 36 + 2
    shown = seen(watch, f"association={association}", edition)
    assert sorted(told(of_context(shown))) == sorted(COLLECTED[association] + NATIONAL)


def test_members_by_year_come_first(watch: Watch):
    first, table = of_context(seen(watch, f"association={NFDR}"))
    assert isinstance(first.chart, Bars) and isinstance(table.chart, RowsOnly)
    assert first.chart.title == f"Medlemsbedrifter, {NFDR}: over 950 (2020)"
    assert first.chart.categories == ("2014", "2018", "2019", "2020")
    assert first.chart.totals == ("over 900", "951", "nesten 1\xa0000", "over 950")
    assert "aarsrapport2018.nfdr.no" in first.foot and "ikke regnet inn" in first.foot


def test_in_english(watch: Watch):
    rows = {
        row[1]: row
        for row in of_context(seen(watch, f"association={IG}", language="en"))[0].chart.rows
    }
    assert rows["Job seekers"][2:4] == ("1,902 persons", "September 2021")
    assert rows["Unemployed of the labour force"][2] == "16.3%"
    assert rows["Board members"][3] == "year not stated"


@pytest.mark.parametrize("edition", ["exact", "protected"])
def test_comparable_programmes_stand_beside_ours_with_their_caution(watch: Watch, edition: str):
    (figure,) = of_context(seen(watch, "", edition), "outcomes")
    assert figure.name == "comparable-WorkOP"
    heading, *rows = figure.chart.rows
    at = {
        name: heading.index(name)
        for name in ("Program", "Tall i kilden", "Når", "Kilde", "Forbehold")
    }
    for programme, numbers in COMPARABLE.items():
        own = [row for row in rows if row[at["Program"]].startswith(programme)]
        assert any(row[at["Tall i kilden"]].endswith(numbers) for row in own), programme
        assert all(row[at["Når"]] and row[at["Kilde"]] for row in own), programme
    unsaid = [row[at["Program"]] for row in rows if not row[at["Forbehold"]]]
    assert unsaid == ["Ringer i Vannet (NHO, hele landet)"]  # of one row of its three
    assert isinstance(figure.chart, RowsOnly)  # neither a line nor a difference


def test_a_filter_of_years_leaves_those_of_other_years_out(watch: Watch):
    of_2018 = told(of_context(seen(watch, f"association={NFDR}&years=2018-2018")))
    assert sorted(of_2018) == sorted(row for row in COLLECTED[NFDR] if row[3] == "2018")
    assert of_context(seen(watch, "years=2006-2006")) == []


# Made-up rows


def row(**more: str) -> dict[str, str]:
    return {"subject": "Fjordby", "indicator_nb": "Ledige", "source_title": "NAV", **more}


def folder_of(tmp_path: Path, rows: list[dict[str, str]]) -> Path:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    columns = pd.read_csv(folder / "context.csv", nrows=0).columns
    frame = pd.DataFrame([{"context_id": f"c{n}", **row} for n, row in enumerate(rows)])
    frame.reindex(columns=columns).to_csv(folder / "context.csv", index=False)
    return folder


def drafted_view(watch: Watch, folder: Path, tmp_path: Path) -> View:
    """A view of files that are not published: its database has the hash that opening asks for."""
    database = tmp_path / "exact.duckdb"
    with workbench() as connection:
        assert loading.load_folder(connection, folder) == []
        publishing.draft(connection, database)
    hashes = {database.name: versions.file_hash(database)}
    (tmp_path / versions.HASHES).write_text(json.dumps(hashes))
    return replace(seen(watch, ""), database=database)


def drawn(watch: Watch, tmp_path: Path, rows: list[dict[str, str]]) -> list[Figure]:
    return of_context(drafted_view(watch, folder_of(tmp_path, rows), tmp_path))


def quarters(first: int, last: int, **more: str) -> list[dict[str, str]]:
    return [row(period=f"2024-Q{n}", value=str(10 * n), **more) for n in range(first, last + 1)]


def test_what_is_suppressed_is_a_gap_and_no_zero(watch: Watch, tmp_path: Path):
    rows = [*quarters(1, 4), row(period="2025-Q1", value="50")]
    rows[1] |= {"value": "", "value_status": "suppressed"}
    rows += [row(period=f"2024-Q{n}", value=str(n), subject="Nes") for n in (1, 2, 4)]
    (figure,) = drawn(watch, tmp_path, rows)
    assert isinstance(figure.chart, Lines)
    assert [one.values for one in figure.chart.series] == [
        (10, None, 30, 40, 50),
        (1, 2, None, 4, None),
    ]
    (line,) = re.findall(
        r'd="(M [^"]*)"[^>]*stroke-width: 3', svg(figure.chart, Size(600, 300, 14))
    )
    assert line.count("M") == 2  # on paper, too
    assert ("Fjordby", "Ledige", "skjermet i kilden", "2. kvartal 2024", "NAV") in figure.chart.rows


def test_each_of_many_places_has_a_colour_of_its_own(watch: Watch, tmp_path: Path):
    rows = [one for place in "ABCDEFG" for one in quarters(1, 3, subject=place)]
    (figure,) = drawn(watch, tmp_path, rows)
    assert isinstance(figure.chart, Lines)
    assert len({colour(one.colour, "dark") for one in figure.chart.series}) == 7


@pytest.mark.parametrize("other", ["unit_nb", "population_nb"])
def test_another_unit_or_population_is_never_the_same_line(
    watch: Watch, tmp_path: Path, other: str
):
    rows = [*quarters(1, 2, **{other: "prosent"}), *quarters(3, 4)]
    (table,) = drawn(watch, tmp_path, rows)  # two each: too few for a chart
    assert isinstance(table.chart, RowsOnly)
    shutil.rmtree(tmp_path / "data")
    found = {f.rule for f in advised(folder_of(tmp_path, rows), AS_OF)}
    assert {"unit_nb": "context_unit", "population_nb": "context_population"}[other] in found


def test_half_a_year_in_months_is_not_the_whole_of_it(watch: Watch, tmp_path: Path):
    rows = [row(period=period, value="7") for period in ("2024-01/2024-06", "2023-08/2024-07")]
    assert [when for *_, when in told(drawn(watch, tmp_path, rows))] == [
        "januar 2024–juni 2024",
        "august 2023–juli 2024",
    ]


def test_two_figures_of_one_period_are_found_and_not_drawn(watch: Watch, tmp_path: Path):
    rows = [*quarters(1, 4), row(period="2024-Q4", value="41")]
    assert [type(one.chart) for one in drawn(watch, tmp_path, rows)] == [RowsOnly]
    shutil.rmtree(tmp_path / "data")
    found = advised(folder_of(tmp_path, rows), AS_OF)
    (twice,) = [f for f in found if f.rule == "context_twice"]
    assert (twice.row, twice.found) == (6, "Fjordby, Ledige, 2024-Q4")


def test_a_programme_that_is_spelled_otherwise_is_told(tmp_path: Path):
    found = advised(folder_of(tmp_path, [row(value="1", programme="Workop")]), AS_OF)
    assert [(f.found, f.expected) for f in found if f.rule == "spelled_two_ways"] == [
        ("Workop", "WorkOP")
    ]


def test_groups_beside_each_other_are_no_finding(tmp_path: Path):
    rows = [*quarters(1, 3), *quarters(1, 3, population_nb="Under 30 år")]
    found = advised(folder_of(tmp_path, rows), AS_OF)
    assert not [f for f in found if f.rule.startswith("context_")]


def test_more_than_a_page_holds_is_said(watch: Watch, tmp_path: Path):
    rows = [row(subject=f"Sted {n}", value="1") for n in range(50)]
    (table,) = drawn(watch, tmp_path, rows)
    assert (
        len(table.chart.rows) == 41
        and "40" in table.chart.subtitle
        and "50" in table.chart.subtitle
    )


@pytest.mark.parametrize(
    "wrong, rule",
    [
        ({"value": ""}, "has_value_or_reason"),
        ({"value_status": "suppressed"}, "has_value_or_reason"),
        ({"source_title": ""}, "has_source"),
        ({"period": "2024-Q5"}, "is_any_period"),
        ({"period": "2021-W53"}, "is_any_period"),  # it has 52
        ({"value": "mange"}, "not_number"),
        ({"value": "1.1234567"}, "not_number"),
        ({"value_status": "hemmelig"}, "unknown_code"),
        ({"note": "ring 99 88 77 66"}, "personal_phone"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(tmp_path: Path, wrong: dict[str, str], rule: str):
    folder = folder_of(tmp_path, [row(value="5") | wrong])
    assert [(f.rule, f.file) for f in kept_back(folder)] == [(rule, "context.csv")]


def test_a_week_is_one_that_its_year_has(tmp_path: Path):
    weeks = ("2020-W53", "2021-W01", "2021-W52", "2026-W53")
    assert not kept_back(folder_of(tmp_path, [row(value="5", period=week) for week in weeks]))


def test_without_the_file_nothing_is_there(tmp_path: Path, watch: Watch):
    folder = folder_of(tmp_path, [])
    (folder / "context.csv").unlink()
    shown = drafted_view(watch, folder, tmp_path)
    assert of_context(shown) == of_context(shown, "outcomes") == []


def test_the_oracle_reads_the_same_rows():
    assert len(oracle.World(oracle.read(ROOT / "data")).context) == 70
