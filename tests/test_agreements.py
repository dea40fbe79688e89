"""What agreements hold: shown where there is any, to those who may see it, and counted once."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from pypdf import PdfReader

from queries import answers
from ringvirkning import ROOT
from ringvirkning.export.identity import Identity
from ringvirkning.export.report import partner_report
from ringvirkning.export.site.addresses import story_addresses
from ringvirkning.export.site.agreements import agreement_pages
from ringvirkning.export.site.places import Home
from ringvirkning.figures import agreements, catalogue, stories
from ringvirkning.figures.agreement_story import confirmed_words
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import report, rules
from ringvirkning.intake.forms.follow_up import follow_up
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests import oracle
from tests.frames import ask as asked
from tests.test_pages import components_of, data_of, opened, text_of
from tests.test_queries import KNOWN, assert_same, drafted

pytestmark = pytest.mark.slow  # they publish

AS_OF = date(2026, 11, 23)
USN = ["Programråd", "Bransjenettverk", "Vekstbarometer", "HelseHub", "Arbeidslivsmentor"]
SECRETS = (
    *("KANARISTEG", "kanarirolle", "kanaripartner", "KANARINOTAT", "KANARITIMER"),
    *("kanaribekrefter", "kanarisamtale", "2026-10-07"),
)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


class House(NamedTuple):
    """A folder where an agreement holds much, and what was published of it."""

    folder: Path
    var: Path
    version: versions.Version

    def shown(self, database: str, language: str = "nb") -> View:
        path = getattr(self.version, database)(self.var)
        return catalogue.seen(words(language), self.version, path, AS_OF, "")


def add_rows(folder: Path, name: str, *rows: dict[str, str]) -> None:
    """Rows after those of a file."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        heading = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, heading, lineterminator="\n").writerows(rows)


def set_cells(folder: Path, partnership_id: str, cells: dict[str, str]) -> None:
    """Other cells in the row of an agreement."""
    path = folder / "partnerships.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    (row,) = (row for row in rows if row["partnership_id"] == partnership_id)
    row |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("held") / "data"
    shutil.copytree(ROOT / "data", folder)
    stream = {"partnership_id": "ig_nav", "evidence": "register", "note": "KANARINOTAT"}
    stream |= {"source": "Referat"}
    add_rows(
        folder,
        "work_streams",
        stream
        | {"work_stream_id": "late", "title": "Felles møter", "work_status": "under_way"}
        | {"next_step": "KANARISTEG", "due_date": "2026-10"}
        | {"own_role": "kanarirolle", "partner_role": "kanaripartner"},
        stream
        | {"work_stream_id": "done", "title": "Brosjyre", "work_status": "done"}
        | {"next_step": "Trykking", "due_date": "2026-09"},
    )
    given = {"partnership_id": "ig_nav", "giver": "partners", "partner_ids": "nav"}
    money = {"contribution_kind": "cash", "currency": "NOK", "contribution_state": "granted"}
    published = {"source": "https://www.nav.no/tilskudd"}
    own = {"partnership_id": "ig_nav", "giver": "association", "description": "KANARITIMER"}
    add_rows(
        folder,
        "contributions",
        given | money | published | {"contribution_id": "1", "amount": "150000"},
        given | money | published | {"contribution_id": "2", "amount": "120000"},
        given | money | published | {"contribution_id": "3", "amount": "70", "currency": "EUR"},
        given
        | money
        | {"contribution_id": "4", "amount": "9", "contribution_state": "paid"}
        | {"source": "Brev"},
        own
        | {"contribution_id": "5", "contribution_kind": "hours", "amount": "240"}
        | {"amount_qualifier": "about", "contribution_state": "estimated"},
        own
        | {
            "contribution_id": "unsure",
            "contribution_kind": "hours",
            "contribution_state": "estimated",
        },
    )
    confirmed = {"confirmed_role": "kanaribekrefter", "confirmed_source": "kanarisamtale"}
    set_cells(folder, "ig_nav", confirmed | {"asked_date": "2026-10-07"})
    set_cells(folder, "nfdr_helsehub", {"confirmed_source": "https://nfdr.example/avtale"})
    set_cells(folder, "nfdr_usn", {"confirmed_source": "Samtale"})
    for one in ("nfdr_lederkurs", "nfdr_usn"):
        set_cells(folder, one, {"title": "Samarbeidsavtale"})
    var = folder.parent / "var"
    assert publishing.publish(folder, var) == []
    version = versions.current(var)
    assert version
    return House(folder, var, version)


# On the pages


def all_text(page: str, address: dict[str, list[str]], language: str = "nb") -> str:
    """What a page says, and the tables of its figures."""
    app = opened(page, address, language)
    figures = [data_of(one) for one in components_of(app, "menu") if "menu" in data_of(one)]
    tables = (row for figure in figures for row in figure["menu"]["rows"])
    return "\n".join([text_of(app), *(cell for row in tables for cell in row)])


@IN_BOTH
def test_the_university_finds_its_five_projects(language: str):
    for address in ({"partnership": ["nfdr_usn"]}, {"partner": ["usn"]}):
        said = all_text("partnerships", address, language)
        assert all(title in said for title in USN)
        assert words(language)("work.told", titles="HelseHub", n=2) in said, "counted elsewhere"


@IN_BOTH
def test_whom_a_programme_is_for_is_told_with_its_ages(language: str):
    ages = words(language)("programme.ages", first=16, last=30)
    for page, address in {
        "outcomes": {},
        "partnerships": {"partnership": ["ig_nav"]},
    }.items():
        assert f"Unge arbeidssøkere, {ages}" in all_text(page, address, language)
    assert ages in all_text("partnerships", {"partner": ["nav"]}, language)


@IN_BOTH
def test_what_went_into_an_agreement_is_told(language: str):
    w = words(language)
    said = all_text("partnerships", {"partnership": ["nfdr_naeringsvekst_2020"]}, language)
    granted = w.code("contribution_state", "granted")
    assert f"{w('count.nok', number=w.number(8_000_000))} {granted}" in said
    said = all_text("partnerships", {"partner": ["kiwi"]}, language)
    assert "Halvparten av prosjektkostnadene" in said and "Mester Grønn" in said
    assert w("contribution.amount_unknown") in said


@IN_BOTH
def test_an_association_that_tells_of_none_sees_nothing_of_it(language: str):
    w = words(language)
    hidden = [w("work.subtitle"), w("contribution.subtitle")]
    hidden += [w(f"record.{name}") for name in ("agreement_status", "level", "part_of", "parts")]
    for address in (
        {"partnership": ["ig_kommunene"]},
        {"partner": ["eidsvoll"]},
        {"association": ["Innovasjon Gardermoen"]},
    ):
        said = all_text("partnerships", address, language)
        assert not [one for one in hidden if one in said]
    assert w("attention.step_is_late.title") not in all_text("overview", {}, language)


# In words, to staff and to the public


def test_amounts_are_added_within_kind_currency_and_state_alone(house: House):
    shown = house.shown("exact")
    title = agreements.totals_words(shown, "ig_nav").replace("\N{NO-BREAK SPACE}", " ")
    assert title == (
        "70 EUR bevilget, 270 000 kr bevilget, 9 kr betalt, ca. 240 timer anslått"
        " og 1 bidrag uten oppgitt mengde"
    )
    public = agreements.totals_words(house.shown("protected"), "ig_nav")
    assert public.replace("\N{NO-BREAK SPACE}", " ") == "70 EUR bevilget og 270 000 kr bevilget"


def test_agreements_of_one_title_have_titles_of_their_own_on_the_page_for_everyone(house: House):
    views = [house.shown("protected", language) for language in LANGUAGES]
    made = agreement_pages(views, Home(Identity("")), story_addresses(views[0]))
    for pages in made.values():
        titles = [page.split("<title>")[1].split("</title>")[0] for page in pages.values()]
        assert len({*titles}) == len(titles) > 30
        assert sum(title.startswith("Samarbeidsavtale · ") for title in titles) == 2


@IN_BOTH
def test_a_step_that_is_late_is_on_the_worklist_of_staff_alone(house: House, language: str):
    w = words(language)
    late = (w("attention.step_is_late.title"), w("attention.step_is_late.what", n=1))
    assert (late[0], f"{late[1]}: Felles møter") in stories.attention(
        house.shown("exact", language)
    )
    assert late[0] not in dict(stories.attention(house.shown("protected", language)))
    (figure,) = filter(None, [agreements.work(house.shown("exact", language), ["ig_nav"])])
    said = "\n".join(" ".join(row) for row in figure.chart.rows)
    assert w("work.step_late", step="KANARISTEG", date=w.day("2026-10")) in said
    assert w("work.step_due", step="Trykking", date=w.day("2026-09")) in said, "it is done"
    assert "kanarirolle" in said and "kanaripartner" in said


def test_the_public_sees_neither_steps_nor_roles_nor_what_is_between_the_parties(house: House):
    shown = house.shown("protected")
    (work,) = shown.rows(answers.WorkStreams, agreement_ids=("ig_nav",))[:1]
    assert (work.next_step, work.due_date, work.own_role, work.partner_role) == (None,) * 4
    assert not work.is_late and work.title == "Felles møter"
    given = shown.rows(answers.Contributions, agreement_ids=("ig_nav",), giver_ids=())
    assert {row.contribution_id for row in given} == {"1", "2", "3"}
    confirmed = [
        (row.confirmed_role, row.confirmed_source, row.asked_date)
        for id in ("ig_nav", "nfdr_helsehub")
        for row in shown.rows(answers.Partnership, partnership_id=id)
    ]
    assert confirmed == [(None, None, None), (None, "https://nfdr.example/avtale", None)]
    database = house.version.protected(house.var).read_bytes()
    assert not [secret for secret in SECRETS if secret.encode() in database]


def test_a_partners_paper_has_its_work_and_no_secret(house: House):
    pages = PdfReader(
        io.BytesIO(partner_report(house.shown("protected"), Identity("Foreningen"), "nav"))
    ).pages
    said = " ".join("".join(page.extract_text() for page in pages).split())
    assert "Felles møter" in said and "16–30 år" in said and "3 bidrag" in said
    assert not [secret for secret in SECRETS if secret in said]


def test_a_partner_is_asked_for_the_step_that_is_late_and_for_its_own_amounts(house: House):
    found = report.findings_of(house.folder, None, AS_OF, rules.ALL)
    content = follow_up(house.folder, found, "nav", words("nb"))
    texts = {
        str(cell)
        for sheet in pd.read_excel(io.BytesIO(content), sheet_name=None, header=None).values()
        for row in sheet.to_numpy().tolist()
        for cell in row
    }
    assert {"late", "KANARISTEG"} <= texts
    assert texts.isdisjoint({"done", "KANARINOTAT", "KANARITIMER", "unsure"})
    content = follow_up(house.folder, found, "imdi", words("nb"))
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None)
    assert "mentorordning_imdi" in sheets[words("nb")("sheet.contributions")].to_string()


def test_what_goes_in_may_be_of_any_period():
    """A quarter, a month and a school year are published as a year is."""
    raw = oracle.read(ROOT / "data")
    given = raw["contributions"].iloc[0].to_dict()
    periods = ["2024-Q2", "2024-05", "2023-08/2024-07", ""]
    more = [given | {"contribution_id": f"c{n}", "year": year} for n, year in enumerate(periods)]
    raw["contributions"] = pd.concat([raw["contributions"], pd.DataFrame(more)], ignore_index=True)
    values = KNOWN | {"agreement_ids": [given["partnership_id"]], "giver_ids": []}
    expected = oracle.answer(oracle.World(raw), "contributions", values)
    with drafted(raw) as connection:
        assert_same("contributions", asked(connection, "contributions", values), expected, values)


# Levels


@pytest.mark.parametrize("whole, part", [("ig_nav", "nfdr_usn"), ("nfdr_usn", "ig_nav")])
def test_what_is_another_associations_is_not_named_as_whole_or_part(whole: str, part: str):
    raw = oracle.read(ROOT / "data")
    raw["partnerships"].loc[raw["partnerships"].partnership_id == part, "part_of"] = whole
    world, association = oracle.World(raw), "Innovasjon Gardermoen"
    with drafted(raw) as connection:
        for chosen, is_named in (([association], False), ([], True)):
            values = KNOWN | {"partnership_id": "ig_nav", "association": chosen}
            found = asked(connection, "partnership", values)
            assert_same("partnership", found, oracle.answer(world, "partnership", values), values)
            (row,) = found.itertuples()
            assert bool(row.part_of_title or row.part_titles) == is_named


def test_what_is_told_on_several_levels_counts_once(tmp_path: Path):
    """On the widest of them, in all totals and their sources, and in each edition."""
    raw = oracle.read(ROOT / "data")
    agreed = raw["partnerships"].set_index("partnership_id", drop=False)
    agreed.loc["nfdr_usn", "programme"] = "USN"
    agreed.loc["nfdr_lederkurs", "part_of"] = "nfdr_arbeidslivsmentor"
    row = raw["outcomes"].iloc[0].to_dict() | dict.fromkeys(raw["outcomes"], "")
    row |= {"association": oracle_association(), "measure": "placement_permanent"}
    row |= {"evidence": "register", "year": "2022"}
    told = [("USN", "30"), ("Arbeidslivsmentor", "29"), ("Lederkurs", "30"), ("Innsikt", "4")]
    more = [row | {"outcome_id": p, "programme": p, "value": value} for p, value in told]
    named = [("nfdr_lederkurs", "12"), ("nfdr_usn", "13"), ("nfdr_buskerud", "1")]
    more += [
        row | {"outcome_id": p, "partnership_id": p, "value": value, "year": "2023"}
        for p, value in named
    ]
    raw["partnerships"] = agreed.reset_index(drop=True)
    raw["outcomes"] = pd.concat([raw["outcomes"], pd.DataFrame(more)], ignore_index=True)
    world = oracle.World(raw)
    with drafted(raw) as connection:
        values = KNOWN | {"measure": "placements", "counted_in": ["placements"]}
        for name in ("placements_by_year", "explore", "sources", "explore_records"):
            expected = oracle.answer(world, name, values)
            assert_same(name, asked(connection, name, values), expected, values)
        jobs = asked(connection, "placements_by_year", values)
        of_all = jobs[jobs.measure == "placements"].set_index("from_year").value
        assert {year: float(of_all[year]) for year in (2022, 2023)} == {2022: 34, 2023: 14}


def oracle_association() -> str:
    return "Næringsforeningen i Drammensregionen"


# What people upload


NORSK = (
    "Avtale;Arbeidsspor;Framdrift;Neste skritt;Innen;Ansvarlig rolle hos oss\n"
    "Strategisk samarbeid med USN;Vekstbarometer;Pågår;Utgave nr. 1;31.03.2027;daglig leder\n"
)
ENGLISH = (
    "Agreement,Work stream,Progress,Next step,By when,Our role\n"
    "Strategisk samarbeid med USN,Vekstbarometer,In progress,Utgave nr. 1,2027-03-31,daglig leder\n"
)


@pytest.mark.parametrize("name, text", [("arbeidsspor.csv", NORSK), ("work streams.csv", ENGLISH)])
def test_a_list_of_work_is_known_by_its_headings(name: str, text: str, tmp_path: Path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (part,) = read_file(path).parts
    assert part.table == "work_streams"
    (row,) = part.rows
    expected: dict[str, Any] = {
        "partnership_id": "Strategisk samarbeid med USN",
        "title": "Vekstbarometer",
        "work_status": "under_way",
        "next_step": "Utgave nr. 1",
        "due_date": "2027-03-31",
        "own_role": "daglig leder",
    }
    assert {key: value for key, value in row.items() if value} == expected


@IN_BOTH
def test_a_conversation_is_told_in_the_readers_language(house: House, language: str):
    """Whatever the language of who wrote it."""
    shown = house.shown("exact", language)
    told = confirmed_words(shown.words, stories.the_agreement(shown, "nfdr_usn"))
    assert told == f"2019 · {words(language)('in_force.conversation')}"
