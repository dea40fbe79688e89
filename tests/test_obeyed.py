"""The association that is chosen is obeyed: what is shown and what leaves is as if it were alone.

Beside the shipped files stands a version of each association's rows alone. What is made of either
under the same association must be the same, to the letter; so no row, name or number of another is
in it, also where a partner works with both.
"""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

import pages
import queries
from queries import answers
from ringvirkning import ROOT
from ringvirkning.export import report, site
from ringvirkning.export.deck import Deck, Maker, Planned, chosen_associations, narrowed
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.addresses import story_addresses
from ringvirkning.export.site.agreements import agreement_list, agreement_pages
from ringvirkning.export.site.chosen import ALL_SHOWN
from ringvirkning.export.site.each import site_folders
from ringvirkning.export.site.find import find_page
from ringvirkning.export.site.pages import contents_of
from ringvirkning.export.site.places import Home
from ringvirkning.export.site.questions import question_pages, questions_told
from ringvirkning.figures import filters, stories
from ringvirkning.figures.catalogue import PAGES, figures, seen
from ringvirkning.figures.notes import notes
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import NoSuchAssociation, named_association
from ringvirkning.intake.checks.report import findings_of
from ringvirkning.intake.checks.rules import ALL
from ringvirkning.intake.forms.follow_up import follow_up, partners_of
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import access, published
from ringvirkning.server.sign_in import Person
from ringvirkning.server.streams import OFFERS, Offer
from ringvirkning.store import numbered, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.ui.present import decks as deck_store
from tests.command import run
from tests.site_files import leave_out_pictures, site_files
from tests.test_pages import (
    assert_no_error,
    choose,
    chosen,
    data_of,
    elements,
    filters_of,
    headline,
    opened,
    text_of,
)
from tests.test_queries import INTERNAL, KNOWN, SORTED_BY

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_ahead")]
DAY = date(2026, 11, 23)
NFDR, IG = ASSOCIATIONS = "Næringsforeningen i Drammensregionen", "Innovasjon Gardermoen"
WHO = Identity("Foreningen")
QUESTIONS = (
    "measure=placements&rows=partner&split=time",
    "measure=activities_held&rows=partner&split=partner",
    "measure=active_partnerships&rows=partnership",
    "measure=placements&rows=programme&split=association",
)
# Asked of what has no association, of one thing whose association was asked for before, or of what
# may be chosen instead.
ASKED_WITHOUT = {
    "association_words", "choices", "examples", "explore_measures", "measure_words", "names",
    "type_words", "partnership_activities", "partnership_results", "partnership_targets",
}  # fmt: skip
each = pytest.mark.parametrize("association", ASSOCIATIONS)


class House(NamedTuple):
    """What is published, and the names that only the others have."""

    watch: Watch
    alone: Path
    names_of_others: frozenset[str]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keep_alone(folder: Path, association: str) -> None:
    """Leave out of the files whatever is another's; partners and measures are nobody's."""
    kept: dict[str, set[str]] = {}
    for name, key in (("partnerships", "partnership_id"), ("activities", "activity_id")):
        own = [row for row in rows_of(folder, name) if row["association"] == association]
        kept[key] = {row[key] for row in own}

    def is_kept(row: dict[str, str]) -> bool:
        if "predecessor_id" in row and not row["association"]:
            return True  # it holds for all
        named = [row[key] in ids for key, ids in kept.items() if row.get(key)]
        # What names no association is everyone's.
        return all(named) if named else (row.get("association") or association) == association

    for file in folder.glob("*.csv"):
        rows, (heading, *_) = rows_of(folder, file.stem), file.read_text("utf-8").split("\n")
        with file.open("w", encoding="utf-8", newline="") as written:
            lines = csv.DictWriter(written, heading.split(","))
            lines.writeheader()
            lines.writerows(row for row in rows if is_kept(row))


def own_names(folder: Path, association: str) -> set[str]:
    """What an association's agreements, activities, programmes and partners are called."""
    tables = ("partnerships", "activities", "outcomes", "targets")
    rows = [r for t in tables for r in rows_of(folder, t) if r["association"] == association]
    ids = {id_ for row in rows for id_ in row.get("partner_ids", "").split("|")}
    ids |= {
        row[column]
        for row in rows_of(folder, "successions")
        for column in ("predecessor_id", "successor_id")
        if row["association"] in ("", association)
    }
    ids |= {row["head_id"] for row in rows_of(folder, "partners") if row["partner_id"] in ids}
    partners = [row["name"] for row in rows_of(folder, "partners") if row["partner_id"] in ids]
    named = (row.get(column, "") for row in rows for column in ("title", "programme"))
    return {association, *partners, *named} - {""}


def names_of_others(folder: Path, association: str) -> frozenset[str]:
    """What only the other's are called. What context or another's note says of somebody is
    nobody's, or one's own."""
    (other,) = {*ASSOCIATIONS} - {association}
    with tempfile.TemporaryDirectory() as place:
        alone = Path(shutil.copytree(folder, place, dirs_exist_ok=True))
        keep_alone(alone, association)
        files = (file for file in alone.glob("*.csv") if file.stem != "partners")
        said = "\n".join(file.read_text(encoding="utf-8") for file in files)
    theirs = own_names(folder, other) - own_names(folder, association)
    return frozenset(name for name in theirs if name not in said)


@pytest.fixture(scope="module")
def houses(watch: Watch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, House]:
    found = {}
    for association in ASSOCIATIONS:
        place = tmp_path_factory.mktemp("alone")
        folder = Path(shutil.copytree(watch.folder, place / "data"))
        keep_alone(folder, association)
        run("publish", folder, var=place / "var")
        found[association] = House(watch, place / "var", names_of_others(watch.folder, association))
    return found


def views(house: House, association: str, language: str = "nb") -> tuple[View, View]:
    """The same under the same choice: of all that is published, and of the association alone."""
    address = filters.address_of_associations([association])
    shown = []
    for var in (house.watch.var, house.alone):
        version = versions.current(var)
        assert version
        database = version.exact(var)
        of_var = seen(words(language), version, database, DAY, address)
        shown.append(replace(of_var, version=replace(version, name="N", published_at="2026-11-23")))
    return shown[0], shown[1]


# What leaves


def of_figures(shown: View) -> object:
    return [
        (one.chart.title, one.chart.subtitle, one.chart.rows, one.foot, notes(shown, one))
        for page, address in [*((page, "") for page in PAGES), *(("explore", q) for q in QUESTIONS)]
        for one in figures(shown, page, address)
    ]


def of_site(shown: View) -> object:
    told = {ALL_SHOWN: contents_of(shown, ALL_SHOWN)}
    home, to, asked = Home(WHO), story_addresses(shown), questions_told(shown)
    every = site.figures_of_all(told)
    return (
        site.pages_of(shown, home, told),
        agreement_pages([shown], home, to),
        question_pages(shown, home, asked),
        find_page(shown, home, to, [], every, asked),
        agreement_list(shown, home, to),
    )


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def of_board(shown: View) -> object:
    return pdf_text(report.board_report(shown, WHO))


def of_partners(shown: View) -> object:
    """Stories as they are on paper, and whether there are any: of a partner that both work with,
    and of those of one."""
    told: dict[str, object] = {}
    for partner in ("nav", "usn", "drammen", "viken", "eidsvoll", "nes"):
        try:
            own = shown.of_associations
            found = stories.organisations(own, partner)
        except stories.OfOthers:
            told[partner] = None
            continue
        told[partner] = (
            stories.several_names(own, found),
            stories.agreements(own, found),
            report.results_section(own, partner, 99),
            report.activities_section(own, partner, found, 99),
            stories.lacking(own, partner),
            own.rows(answers.Neighbours, partner_id=partner),
        )
    return told


def of_paper(shown: View) -> object:
    """Of the partner that both have, and of one that only this one has."""
    (association,) = shown.selection.association
    partners = ("nav", {NFDR: "usn", IG: "eidsvoll"}[association])
    return [pdf_text(report.partner_report(shown, WHO, partner)) for partner in partners]


def of_workbook(shown: View) -> object:
    """The cells of the workbooks that ask the partners of `of_paper`."""
    files = shown.database.with_name("files")
    (association,) = shown.selection.association
    found = findings_of(files, None, DAY, ALL)
    asked = ("nav", {NFDR: "usn", IG: "eidsvoll"}[association])
    assert {*asked} <= partners_of(files, association).keys()
    books = [follow_up(files, found, partner, shown.words, association) for partner in asked]
    sheets = [sheet for book in books for sheet in load_workbook(io.BytesIO(book)).worksheets]
    return [[cell.value for cell in row if cell.value] for sheet in sheets for row in sheet]


def of_deck(shown: View) -> object:
    deck = replace(deck_store.complete(shown, "Møte"), id="")
    assert chosen_associations(deck) == shown.selection.association
    return Maker(shown.words, deck, shown.version, shown.database, WHO).slides()


LEAVES: dict[str, Callable[[View], object]] = {
    "figures": of_figures,
    "site": of_site,
    "board": of_board,
    "partners": of_partners,
    "paper": of_paper,
    "deck": of_deck,
    "workbook": of_workbook,
}


@each
@pytest.mark.parametrize("name", LEAVES)
def test_what_leaves_is_as_if_the_association_were_alone(
    houses: dict[str, House], association: str, name: str
):
    house, make = houses[association], LEAVES[name]
    among, alone = views(house, association)
    made = make(among)
    assert made == make(alone)
    said = str(made)
    assert not [one for one in house.names_of_others if one in said]


@each
def test_a_question_is_answered_as_if_it_were_alone(houses: dict[str, House], association: str):
    own = {NFDR: "nfdr_usn", IG: "ig_nav"}[association]
    given = KNOWN | {"association": [association], "partnership_id": own}
    among, alone = (view.database for view in views(houses[association], association))
    asked = {*queries.questions()} - ASKED_WITHOUT
    assert [name for name in asked if "association" not in queries.parameters(name)] == []
    with queries.opened(among) as of_all, queries.opened(alone) as of_one:
        differing = [
            name for name in asked if answered(of_all, name, given) != answered(of_one, name, given)
        ]
    assert differing == []


def answered(
    connection: queries.Connection, name: str, given: dict[str, Any]
) -> list[dict[str, Any]]:
    with queries.asking(connection, name, given) as answer:
        columns = [column[0] for column in answer.description]
        rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    known = [{k: v for k, v in row.items() if k not in (INTERNAL, "place")} for row in rows]
    # One that promises no order has another each time.
    return sorted(known, key=str) if SORTED_BY.get(name) == [] else known


# What the pages for staff give


def unpacked_workbook(content: Any) -> list[list[object]]:
    sheets = load_workbook(io.BytesIO(content)).worksheets
    return [[sheet.title, *(cell.value for cell in row)] for sheet in sheets for row in sheet]


def unpacked_database(content: Any, into: Path) -> list[object]:
    """The rows of its tables, in the order of what stands in them."""
    into.write_bytes(content)
    with duckdb.connect(str(into), read_only=True) as connection:
        names = [name for (name,) in connection.execute("from (show tables)").fetchall()]
        return [
            (name, sorted(map(str, connection.execute(f"from {name}").fetchall())))
            for name in sorted(names)
        ]


def offered(app: AppTest) -> dict[str, Offer]:
    """The files that a page gives, by what its links say."""
    bodies = [element.proto.body for element in elements(app.main) if element.type == "html"]
    link = re.compile(r'href="\./records/([\w-]+)"[^>]* download>(.*?)<')
    return {said: OFFERS[token] for token, said in link.findall("".join(bodies))}


def found_by(app: AppTest) -> object:
    """What the list of findings shows of them."""
    shown = [data_of(one) for one in elements(app.main) if one.type == "bidi_component"]
    (found,) = (one for one in shown if "levels" in one)
    return found["levels"]


def given_to_staff(var: Path, association: str, place: Path) -> dict[str, object]:
    """What *Datagrunnlag* and *Om tallene* give under a choice, of what is published there."""
    place.mkdir()
    w, chosen = words("nb"), {"association": [association]}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(published, "watch", lambda: Watch(ROOT / "data", var))
        patched.setattr(access, "current_person", lambda: Person("editor"))
        data, about = opened("data", chosen), opened("about", chosen)
        assert_no_error(data)
        assert_no_error(about)
        given = {said: offer.content() for said, offer in (offered(data) | offered(about)).items()}
        return {
            "findings": found_by(data),
            "form": unpacked_workbook(given[w("upload.filled")]),
            "template": unpacked_workbook(given[w("upload.whole_template")]),
            "database": unpacked_database(given[w("about.download")], place / "x.duckdb"),
        }


@each
def test_what_staff_take_is_as_if_the_association_were_alone(
    houses: dict[str, House], association: str, tmp_path: Path
):
    house = houses[association]
    among = given_to_staff(house.watch.var, association, tmp_path / "among")
    var = alone_with_its_partners(house, tmp_path)
    alone = given_to_staff(var, association, tmp_path / "given")
    for name, given in among.items():
        assert given == alone[name], name
        said = str(given)
        assert not [one for one in house.names_of_others if one in said], name


@pytest.mark.parametrize(
    ("address", "begins"),
    [([], "innovasjon"), ([IG], "innovasjon"), ([IG, NFDR], "innovasjon"), ([NFDR], None)],
)
def test_whose_files_a_role_for_one_association_takes(
    watch: Watch, address: list[str], begins: str | None, monkeypatch: pytest.MonkeyPatch
):
    w = words("nb")
    monkeypatch.setattr(published, "watch", lambda: watch)
    monkeypatch.setattr(access, "current_person", lambda: Person("editor", associations=(IG,)))
    # A visit that asks for nothing begins with one's own, which an address for all does not.
    page = opened("data", {"association": address} if address else {"years": ["2005-2026"]})
    assert_no_error(page)
    said = w("quality.of_others", names=w.listed(address))
    assert (said in text_of(page)) == (begins is None)
    given = offered(page).get(w("upload.filled"))
    assert (given and given.name.split("-")[0]) == begins


@pytest.mark.parametrize(("association", "is_told"), [(IG, False), (NFDR, True)])
def test_what_a_version_changes_is_told_of_the_association_that_is_chosen(
    var: Path, twice: Path, association: str, is_told: bool, monkeypatch: pytest.MonkeyPatch
):
    """The second has another name for a partner of one of them."""
    seen = Watch(twice.parent / "data", var)
    monkeypatch.setattr(published, "watch", lambda: seen)
    monkeypatch.setattr(access, "current_person", lambda: Person("editor"))
    first, _ = versions.history(var)
    page = opened("data", {"association": [association], "since": [first.name]})
    assert_no_error(page)
    assert ("Nye Lier kommune" in text_of(page)) == is_told
    assert (words("nb")("upload.changes", n=0) in text_of(page)) != is_told


@pytest.mark.parametrize(("chosen", "is_told"), [([IG], True), ([IG, NFDR], False)])
def test_the_public_is_told_that_its_database_is_of_all(
    watch: Watch, chosen: list[str], is_told: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(published, "watch", lambda: watch)
    monkeypatch.setattr(access, "current_person", lambda: None)
    page = opened("about", {"association": chosen})
    assert_no_error(page)
    assert (words("nb")("about.download_all") in text_of(page)) == is_told


def alone_with_its_partners(house: House, place: Path) -> Path:
    """An association alone, without the partners that none of its rows leads to, and without what
    is noted of those that none of them names."""
    (version,) = versions.history(house.alone)
    folder = Path(shutil.copytree(version.files(house.alone), place / "data"))
    rows = {file.stem: rows_of(folder, file.stem) for file in folder.glob("*.csv")}
    named = {
        one
        for row in (row for name, table in rows.items() if name != "partners" for row in table)
        for column in ("partner_id", "partner_ids")
        for one in row.get(column, "").split("|")
    }
    steps = [(row["predecessor_id"], row["successor_id"]) for row in rows["successions"]]
    heads = {row["partner_id"]: row["head_id"] for row in rows["partners"] if row["head_id"]}
    led_to = set(named)
    for _ in (*steps, *heads):
        led_to.update(*(step for step in steps if led_to & {*step}))
        led_to.update(head for office, head in heads.items() if office in led_to)
    partners = [row for row in rows["partners"] if row["partner_id"] in led_to]
    for row in partners:
        row["note"] = row["note"] if row["partner_id"] in named else ""
    own = [row for row in rows["successions"] if row["predecessor_id"] in led_to]
    for name, kept in (("partners", partners), ("successions", own)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as written:
            lines = csv.DictWriter(written, [*rows[name][0]])
            lines.writeheader()
            lines.writerows(kept)
    run("publish", folder, var=place / "var")
    return place / "var"


# Of others


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("association", "address"),
    [(IG, {"partner": ["usn"]}), (IG, {"partnership": ["nfdr_usn"]}), (NFDR, {"partner": ["nes"]})],
)
def test_a_story_of_others_is_not_told(
    language: str, association: str, address: dict[str, list[str]], watch: Watch
):
    (kind,), w = address, words(language)
    app = opened("partnerships", address | {"association": [association]}, language)
    assert_no_error(app)
    assert headline(app) == w(f"story.of_others.{kind}")
    assert w(f"story.of_others_what.{kind}", names=association) in text_of(app)
    assert_no_error(opened("partnerships", address, language))


@each
@pytest.mark.parametrize("place", pages.MENU)
def test_a_page_names_nothing_of_others(houses: dict[str, House], association: str, place: str):
    stories_of = [{"partner": ["nav"]}] if place == "partnerships" else []
    for more in ({}, *stories_of):
        app = opened(place, {"association": [association]} | more)
        assert_no_error(app)
        said = text_of(app)
        assert not [one for one in houses[association].names_of_others if one in said]


@each
def test_filters_offer_what_the_association_has(
    houses: dict[str, House], association: str, watch: Watch
):
    app = opened("overview", {"association": [association]})
    offered = filters_of(app)
    names = {part["name"]: {one["code"] for one in part["choices"]} for part in offered["lists"]}
    assert names["association"] == {*ASSOCIATIONS}
    rows = rows_of(watch.folder, "activities") + rows_of(watch.folder, "outcomes")
    own = {row["programme"] for row in rows if row["association"] == association} - {""}
    assert own <= names["programme"]
    assert not names["programme"] & houses[association].names_of_others
    assert offered["span"] == [{NFDR: 2009, IG: 2005}[association], 2026]


def test_years_that_another_association_has_are_let_go():
    app = opened("overview", {"association": [NFDR], "years": ["2005-2010"]})
    assert filters_of(app)["years"] == [2009, 2010]
    choose(app, association=[IG])
    assert filters_of(app)["years"] == [2005, 2026]


def test_what_is_chosen_can_be_let_go_though_the_association_has_it_not():
    app = opened("overview", {"association": [NFDR], "programme": ["WorkOP"]})
    assert chosen(app, "programme") == ["WorkOP"]


# Presentations


def a_deck(version: Version, *addresses: str) -> Deck:
    slides = [Planned("figure", "overview", "active", address) for address in addresses]
    deck = Deck("abcdefabcdef", "Møte", "nb", version.name, DAY.isoformat())
    return replace(deck, slides=(Planned("title"), *slides, Planned("closing")))


@pytest.mark.parametrize(
    ("chosen", "cover", "feet"),
    [
        ([[IG]], "Foreningen", [""]),
        ([[IG], [NFDR]], f"Foreningen · {IG} og {NFDR}", [f"{IG} · ", f"{NFDR} · "]),
        ([[IG], []], f"Foreningen · {IG} og {NFDR}", [f"{IG} · ", "Alle foreninger · "]),
    ],
)
def test_a_cover_says_whose_figures_there_are(
    watch: Watch, chosen: list[list[str]], cover: str, feet: list[str]
):
    version = watch.published[-1]
    deck = a_deck(version, *map(filters.address_of_associations, chosen))
    maker = Maker(words("nb"), deck, version, version.protected(watch.var), WHO)
    title, *drawn, _ = maker.slides()
    assert title.foot == cover
    for slide, planned, begins in zip(drawn, deck.slides[1:], feet, strict=False):
        figure = maker.figure(planned)
        assert figure and slide.foot == begins + figure.under


@pytest.mark.parametrize(
    ("chosen", "is_several"), [([[IG]], False), ([[IG], [NFDR]], True), ([[]], True)]
)
def test_a_kept_deck_of_several_says_so(
    watch: Watch, chosen: list[list[str]], is_several: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(access, "current_person", lambda: Person("editor"))
    deck = a_deck(watch.published[-1], *map(filters.address_of_associations, chosen))
    before = deepcopy(deck.slides)
    numbered.keep_numbered(deck_store.deck_folder(), deck)
    named = words("nb").listed([one for names in chosen for one in names] or [IG, NFDR])
    said = words("nb")("deck.of_several", names=named)
    page = opened("present", {"deck": [deck.id]})
    assert_no_error(page)
    assert (said in text_of(page)) is is_several
    assert named in text_of(page) and named in text_of(opened("present", {}))
    assert numbered.read_numbered(deck_store.deck_folder(), deck.id, Deck).slides == before
    numbered.drop_numbered(deck_store.deck_folder(), deck.id)


def test_a_deck_for_one_association_keeps_the_headlines_that_are_its_own(watch: Watch):
    deck = a_deck(watch.published[-1], *map(filters.address_of_associations, ([IG], [NFDR])))
    own = [replace(one, headline="Skrevet", written_for="Sagt") for one in deck.slides[1:3]]
    deck = replace(deck, slides=(deck.slides[0], *own, deck.slides[-1]))
    slides = narrowed(deck, IG).slides
    assert [(one.headline, one.address) for one in slides[1:3]] == [
        ("Skrevet", filters.address_of_associations([IG])),
        ("", filters.address_of_associations([IG])),
    ]


# The command


@pytest.fixture
def kept(var: Path) -> Path:
    """A var/ with a presentation of several, to be written to."""
    deck = a_deck(
        versions.history(var)[-1], *map(filters.address_of_associations, ([IG], [NFDR], []))
    )
    numbered.keep_numbered(var / "decks", deck)
    return var


@pytest.mark.parametrize(
    ("named", "association"), [("nfdr", NFDR), (f" {IG.upper()}", IG), (IG[:-1], None), (" ", None)]
)
def test_an_association_is_found_by_its_name_or_short_name(
    watch: Watch, named: str, association: str | None
):
    database = watch.published[-1].exact(watch.var)
    if association:
        assert named_association(database, named) == association
        return
    with pytest.raises(NoSuchAssociation) as refused:
        named_association(database, named)
    assert set(refused.value.args[0]) == {*ASSOCIATIONS}


def test_what_is_written_for_an_association_has_nothing_of_others(
    twice: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    leave_out_pictures(monkeypatch)  # outlines of letters: no name is read in them
    association, others = IG, names_of_others(twice.parent / "data", IG)
    assert {NFDR, "Lier Næringsråd", "Strategisk samarbeid med USN"} <= others
    asked = {
        "site": ["site", tmp_path / "site"],
        "report": ["report", tmp_path / "board.pdf"],
        "partner": ["report", tmp_path / "nav.pdf", "--partner", "nav"],
        "deck": ["deck", "abcdefabcdef", tmp_path / "deck.pdf"],
        "follow-up": ["follow-up", "nav", tmp_path / "nav.xlsx"],
    }
    for arguments in asked.values():
        run(*arguments, "--association", association, var=kept, lang="nb")
    written = site_files(tmp_path / "site")
    tables = [file.read_text(encoding="utf-8") for file in written if file.suffix == ".csv"]
    told = [file for file in written if file.suffix in (".html", ".json")]
    said = [file.read_text(encoding="utf-8") for file in told]
    said += [pdf_text(file.read_bytes()) for file in tmp_path.glob("*.pdf")]
    book = load_workbook(tmp_path / "nav.xlsx")
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet for cell in row]
    said.append("\n".join(cells))
    assert len(told) > 70 and len(said) == len(told) + 3 + 1
    for text in said:
        assert association in " ".join(text.split())
    for text in [*said, *tables]:
        assert not [one for one in others if one in text]


ACTIONS: dict[str, tuple[str, list[str]]] = {
    "site": ("folder", []),
    "report": ("x.pdf", []),
    "deck": ("x.pdf", ["abcdefabcdef"]),
    "follow-up": ("x.xlsx", ["nav"]),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("named", ["Ingen", ""])
def test_an_unknown_association_is_refused_with_those_that_exist(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str, named: str
):
    file, of = ACTIONS[action]
    run(action, *of, tmp_path / file, f"--association={named}", var=kept, expected=1)
    said = capsys.readouterr().err
    assert said.splitlines()[0] == words("en")("export.no_association", name=named)
    assert all(f"  {name}" in said.splitlines() for name in ASSOCIATIONS)
    assert not (tmp_path / file).exists()


@pytest.mark.parametrize("action", ["report", "follow-up"])
def test_a_partner_of_others_is_refused(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str
):
    of = ["--partner=usn"] if action == "report" else ["usn"]
    run(action, *of, tmp_path / "x", f"--association={IG}", var=kept, expected=1)
    said = capsys.readouterr().err
    assert IG in said and NFDR not in said
    assert not (tmp_path / "x").exists()


# Pages for everyone


def pages_in(folder: Path) -> dict[str, str]:
    found = {f.relative_to(folder).as_posix(): f.read_text() for f in site_files(folder, ".html")}
    return dict(sorted(found.items()))


def without(folder: Path, association: str) -> None:
    """Take an association's rows out of a data folder."""
    (other,) = {*ASSOCIATIONS} - {association}
    keep_alone(folder, other)


def test_each_site_is_in_its_folder_and_a_withdrawal_reaches_each(
    twice: Path, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # Pages with less than all are many, and written as the others are.
    monkeypatch.setattr(site, "may_be_chosen", lambda shown: [])
    leave_out_pictures(monkeypatch)
    into, data = tmp_path / "site", Path(shutil.copytree(twice.parent / "data", tmp_path / "data"))
    without(data, NFDR)
    run("publish", data, var=var)
    alone = versions.current(var)
    shutil.copytree(twice.parent / "data", data, dirs_exist_ok=True)
    targets = (data / "targets.csv").read_bytes().splitlines(keepends=True)
    (data / "targets.csv").write_bytes(b"".join(targets[:-1]))
    run("publish", data, var=var)
    both = versions.current(var)
    assert alone and both and both.name != alone.name
    run("site", into, "--each", var=var)
    mine = into / "own"
    run("site", mine, f"--association={IG}", var=var)
    folders = ["innovasjon-gardermoen", "naeringsforeningen-i-drammensregionen"]
    assert {f.name for f in into.iterdir() if f.is_dir()} >= {"own", *folders}
    of_all = pages_in(into)
    for folder, own in zip(folders, (IG, NFDR), strict=True):
        for name, text in pages_in(into / folder).items():
            above = f'href="../{"../" * name.count("/")}'
            assert f"<b>{own}</b>" in text and above not in text and of_all.get(name) != text, name
    run("withdraw", both.name, "--why=x", var=var)
    assert versions.history(var)[-1].name == alone.name
    said = pages_in(into)
    assert not any(both.name in text for text in said.values())
    gone = words("nb")("website.withdrawn")
    assert gone in said[f"{folders[1]}/index.html"]
    assert alone.name in said[f"{folders[0]}/index.html"] and alone.name in said["index.html"]
    run("site", into, "--each", var=var)
    assert not any((into / folder).exists() for folder in folders)
    assert pages_in(mine), "what somebody else put there is theirs"
    assert alone.name in pages_in(into)["index.html"]


@pytest.mark.parametrize(
    ("names", "folders"),
    [
        (["Øst & Vest", "Øst - Vest"], ["oest-vest", "oest-vest-2"]),
        (["En", "én"], ["en-2", "en-3"]),
        (["東", "../../etc"], ["site", "etc"]),
    ],
)
def test_a_folder_is_one_associations_and_lies_where_it_should(
    names: list[str], folders: list[str]
):
    found = site_folders(names, Path("site"))
    assert [*found.values()] == [Path("site") / folder for folder in folders]
