"""Names stand in the order of the language of the page, wherever it lists them."""

import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

import pages
from queries import CLOSED, alphabet, answers
from queries.alphabet import alphabetical, icu, known_keys
from ringvirkning import ROOT
from ringvirkning.export.report import board_report, partner_report
from ringvirkning.figures import associations, catalogue, filters, question, view
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.uploads.looking import names_known
from ringvirkning.server import published
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, OTHER, words
from ringvirkning.ui.explore.asking import measure_groups
from tests.test_agreements import AS_OF, add_rows
from tests.test_obeyed import WHO
from tests.test_pages import assert_no_error, data_of, elements, opened, plain

ORDER = {
    "nb": ["ad", "Ali", "berg", "Zoo", "zulu", "Ære", "Ørland", "Ås", "Åsen", "Aasen"],
    "en": ["Aasen", "ad", "Ære", "Ali", "Ås", "Åsen", "berg", "Ørland", "Zoo", "zulu"],
}
WRITTEN = sorted(ORDER["nb"])  # in the order of letters' numbers: no language's own
WITH_ALL = "|".join(f"x{n}" for n in range(len(WRITTEN)))
REGISTER = {"evidence": "register"}
NAMED: dict[str, Callable[[str, str], dict[str, str]]] = {
    "partners": lambda id_, name: {"partner_id": id_, "name": name, "partner_type": "company"},
    "partnerships": lambda id_, name: {
        "partnership_id": id_, "association": name, "title": name, "programme": name,
        "partnership_type": "strategic", "partner_ids": WITH_ALL,
        "start_date": "2024-03", "confirmed_date": "2026-10-01",
    },
    "activities": lambda id_, name: REGISTER | {
        "activity_id": id_, "association": name, "title": name, "programme": name,
        "activity_type": "course", "start_date": "2024-05-01", "partnership_ids": id_,
        "attended_count": "20",
    },
    "measures": lambda id_, name: {
        "measure": id_, "name_nb": name, "name_en": name, "definition_nb": "x",
        "definition_en": "x", "unit": "count", "level": "output", "adds": "sum",
        "counts_people": "no", "higher_is_better": "yes",
    },
    "outcomes": lambda id_, name: REGISTER | {
        "outcome_id": id_, "activity_id": id_, "measure": "placement_permanent", "value": "12",
    },
    "targets": lambda _, name: {
        "association": name, "programme": name, "measure": "placement_permanent",
        "year": "2024", "value": "12", "evidence": "stated",
    },
}  # fmt: skip
Everyone = tuple[versions.Version, Path]
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


@IN_BOTH
def test_names_are_in_the_order_of_the_language(language: str):
    assert alphabetical(sorted(ORDER["nb"]), language) == ORDER[language]
    assert alphabetical(["a", "A", "á"], language) == alphabetical(["á", "A", "a"], language)
    assert alphabetical(["b\0", "", "a"], language) == ["", "a", "b\0"]


@IN_BOTH
def test_numbers_in_names_are_sorted_by_what_they_are(language: str):
    in_order = ["2. møte", "10. møte", "Kurs 02", "Kurs 2", "Kurs 2 b", "Kurs 10", "Kurs 2024"]
    assert alphabetical(sorted(in_order), language) == in_order
    long = ["9" * 5000, "1" + "0" * 5000]
    assert {*alphabetical(long, language)} == {*long}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_were_sorted_before_are_sorted_with_new_ones(
    language: str, monkeypatch: pytest.MonkeyPatch
):
    """Few are kept, and none of what was withdrawn."""
    monkeypatch.setattr(alphabet, "MOST_KEYS", 6)
    view.forget()
    for several in (WRITTEN[:5], WRITTEN[2:6], WRITTEN, WRITTEN[:2]):
        assert alphabetical(several, language) == [n for n in ORDER[language] if n in several]
    assert {*known_keys(language)} >= {*WRITTEN[:2]}
    view.forget()
    assert known_keys(language) == {}


def test_it_needs_nothing_but_duckdb_itself():
    assert CLOSED["enable_external_access"] is False
    (how,) = icu().execute("select current_setting('enable_external_access')").fetchall()
    assert how == (False,)


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Everyone:
    """What is shipped, with associations, programmes, partners, agreements, activities and
    measures of such names, which nothing but these tells apart."""
    folder = tmp_path_factory.mktemp("names") / "data"
    shutil.copytree(ROOT / "data", folder)
    for table, of in NAMED.items():
        add_rows(folder, table, *(of(f"x{n}", name) for n, name in enumerate(WRITTEN)))
    var = folder.parent / "var"
    assert publishing.publish(folder, var) == []
    version = versions.current(var)
    assert version
    return version, version.exact(var)


def in_view(everyone: Everyone, language: str) -> View:
    version, database = everyone
    return catalogue.seen(words(language), version, database, AS_OF, "")


def ours(names: list[str]) -> list[str]:
    return [name for name in names if name in ORDER["nb"]]


@IN_BOTH
def test_filters_and_lists_of_associations_are_in_its_order(everyone: Everyone, language: str):
    shown = in_view(everyone, language)
    offered = filters.offered(shown)
    assert ours([*offered["association"]]) == ORDER[language]
    assert ours([*offered["programme"]]) == ORDER[language]
    assert (
        ours([row.association for row in associations.every_association(shown)]) == ORDER[language]
    )
    assert ours([*associations_shown(shown)]) == ORDER[language]


@IN_BOTH
def test_types_are_in_its_order_and_what_is_of_none_is_last(everyone: Everyone, language: str):
    shown = in_view(everyone, language)
    for kind in ("partner_type", "partnership_type"):
        codes = [*filters.offered(shown)[kind]]
        names = [shown.words.code(kind, code) for code in codes if code != OTHER]
        assert names == alphabetical(names, language)
        assert OTHER not in codes[:-1]


@IN_BOTH
def test_measures_are_by_name_and_then_by_when(everyone: Everyone, language: str):
    shown = in_view(everyone, language)
    groups: list[Any] = measure_groups(shown.words, shown.rows(answers.ExploreMeasures))
    for group in groups:
        codes = [choice["code"].split()[0] for choice in group["choices"]]
        names = list(dict.fromkeys(shown.words.code("measure", code) for code in codes))
        assert names == alphabetical(names, language)
    points = [
        choice["code"].split()[1]
        for group in groups
        for choice in group["choices"]
        if choice["code"].startswith("retention_rate")
    ]
    assert points == ["6_months", "12_months"]


# Every list there is: of names that nothing else tells apart


def lists_in(told: object) -> Iterator[list[str]]:
    """The lists of texts in what a component or a page is given: of rows, each of their columns."""
    if isinstance(told, dict):
        for value in told.values():
            yield from lists_in(value)
    elif isinstance(told, list | tuple):
        texts = [one for one in told if isinstance(one, str)]
        if texts:
            yield texts
        rows = [one for one in told if isinstance(one, dict | list | tuple)]
        keyed = [row if isinstance(row, dict) else dict(enumerate(row)) for row in rows]
        for key in dict.fromkeys(key for row in keyed for key in row):
            cells = [row[key] for row in keyed if key in row]
            yield [cell for cell in cells if isinstance(cell, str)]
        for row in rows:
            yield from lists_in(row)


def disordered(lists: Iterable[list[str]], language: str) -> list[list[str]]:
    """Those in which names that say all of a text stand in another order than the language's."""
    found = (list(dict.fromkeys(ours(texts))) for texts in lists)
    return [names for names in found if names != [n for n in ORDER[language] if n in names]]


def test_what_is_out_of_order_is_seen():
    rows = [["Navn", "Tall"], ["Ås", "1"], ["Ære", "1"]]
    assert disordered(lists_in({"rows": rows}), "nb") == [["Ås", "Ære"]]
    assert disordered(lists_in({"rows": rows}), "en") == [["Ås", "Ære"]]
    assert disordered(lists_in([{"name": "Zoo"}, {"name": "Ås"}]), "nb") == []
    assert disordered(lists_in([{"name": "Zoo"}, {"name": "Ås"}]), "en") == [["Zoo", "Ås"]]


@IN_BOTH
def test_every_figure_is_in_its_order(everyone: Everyone, language: str):
    shown = in_view(everyone, language)
    of_pages = {page: catalogue.figures(shown, page, "") for page in catalogue.PAGES}
    lists = {
        f"{page} {figure.name}": disordered(lists_in(figure.chart.rows), language)
        for page, figures in of_pages.items()
        for figure in figures
    }
    assert {name: wrong for name, wrong in lists.items() if wrong} == {}
    every = [row for figures in of_pages.values() for f in figures for row in f.chart.rows]
    assert len(ours([cell for row in every for cell in row])) > 2 * len(WRITTEN)


@IN_BOTH
def test_every_question_of_names_is_answered_in_its_order(everyone: Everyone, language: str):
    named = ("partner", "partnership", "programme", "association")
    measures = ("placements", "activities_held", "active_partnerships")
    for rows, split, measure in product(named, ("", *named), measures):
        asked = question.as_address(Question(measure, rows=rows, split=split))
        shown = catalogue.seen(words(language), *everyone, AS_OF, urlencode(asked, doseq=True))
        for figure in catalogue.figures(shown, "explore", urlencode(asked, doseq=True)):
            assert disordered(lists_in(figure.chart.rows), language) == [], (rows, split, measure)


@pytest.mark.slow
@IN_BOTH
@pytest.mark.parametrize("place", [*pages.MENU, "partner", "partnership"])
def test_every_page_lists_names_in_its_order(
    everyone: Everyone, language: str, place: str, monkeypatch: pytest.MonkeyPatch
):
    var = everyone[1].parents[2]
    running = Watch(var.with_name("data"), var)
    monkeypatch.setattr(published, "watch", lambda: running)
    address = {"partner": {"partner": ["x3"]}, "partnership": {"partnership": ["x3"]}}
    app = opened(place if place in pages.MENU else "partners", address.get(place, {}), language)
    assert_no_error(app)
    given = [data_of(e) for e in elements(app.main) if e.type == "bidi_component"]
    offered = [[*e.options] for e in [*app.selectbox, *app.multiselect]]
    headings = [plain(one.value) for one in app.subheader]
    lists = [headings, *offered, *(each for one in given for each in lists_in(one))]
    assert disordered(lists, language) == []
    assert any({*ORDER["nb"]} <= {*texts} for texts in lists), "the filters list them, at least"


@IN_BOTH
def test_a_report_on_paper_is_in_its_order(everyone: Everyone, language: str):
    shown = in_view(everyone, language)
    for report in (board_report(shown, WHO), partner_report(shown, WHO, "x3")):
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(report)).pages)
        begun = [n for line in text.splitlines() for n in ORDER["nb"] if line.startswith(f"{n} ")]
        # A name that stands again begins another list.
        lists: list[list[str]] = [[]]
        for name in begun:
            if name in lists[-1]:
                lists.append([])
            lists[-1].append(name)
        assert disordered(lists, language) == []


def test_the_associations_that_a_file_may_be_of_are_in_order(everyone: Everyone):
    known = names_known(everyone[1])
    assert ours(known["association"]) == ours(known["programme"]) == ORDER["nb"]
