"""Names stand in the order of the language of the page, wherever it lists them."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from queries import CLOSED, answers
from queries.alphabet import alphabetical, icu
from ringvirkning import ROOT
from ringvirkning.figures import associations, catalogue, filters
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, OTHER, words
from ringvirkning.ui.explore.asking import measure_groups
from tests.test_agreements import AS_OF, add_rows

ORDER = {
    "nb": ["ad", "Ali", "berg", "Zoo", "zulu", "Ære", "Ørland", "Ås", "Åsen", "Aasen"],
    "en": ["Aasen", "ad", "Ære", "Ali", "Ås", "Åsen", "berg", "Ørland", "Zoo", "zulu"],
}
Everyone = tuple[versions.Version, Path]
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


@IN_BOTH
def test_names_are_in_the_order_of_the_language(language: str):
    assert alphabetical(sorted(ORDER["nb"]), language) == ORDER[language]
    assert alphabetical(["a", "A", "á"], language) == alphabetical(["á", "A", "a"], language)
    assert alphabetical(["b\0", "", "a"], language) == ["", "a", "b\0"]


def test_it_needs_nothing_but_duckdb_itself():
    assert CLOSED["enable_external_access"] is False
    (how,) = icu().execute("select current_setting('enable_external_access')").fetchall()
    assert how == (False,)


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Everyone:
    """What is shipped, with associations and programmes of such names."""
    folder = tmp_path_factory.mktemp("names") / "data"
    shutil.copytree(ROOT / "data", folder)
    own = {"activity_type": "course", "start_date": "2024", "evidence": "register", "title": "Kurs"}
    named = [own | {"association": n, "programme": n, "activity_id": n} for n in ORDER["nb"]]
    add_rows(folder, "activities", *named)
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
