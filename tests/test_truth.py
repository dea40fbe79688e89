"""What every edition says is so: sentences, arrows, verdicts and ranks against the CSV files."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import queries
from ringvirkning import ROOT
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.texts.certainty import Number
from tests import statements
from tests.said import Edition
from tests.statements import Place, Reader, Verdict
from tests.truth import Truth
from tests.variants import variant

AS_OF = date(2026, 11, 23)
VALUES = {
    **dict.fromkeys(("association", "partner_type", "partnership_type", "programme"), ()),
    **{"from_year": None, "to_year": None, "illustrative": True, "as_of": AS_OF, "year": 2025},
}
Publish = Callable[..., tuple[Path, Version, Truth]]


@pytest.fixture(scope="module")
def truth() -> Truth:
    return Truth(ROOT / "data", AS_OF)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """A folder under a key of its own, published once: the shipped one, or one made up."""
    made: dict[tuple[int, int | None], tuple[Path, Version, Truth]] = {}

    def publish(number: int, seed: int | None = None) -> tuple[Path, Version, Truth]:
        if (number, seed) not in made:
            place = tmp_path_factory.mktemp(f"key-{number}")
            folder = ROOT / "data" if seed is None else variant(place / "data", seed)
            var = place / "var"
            var.mkdir()
            (var / "secret").write_bytes(hashlib.sha256(f"truth {number}".encode()).digest())
            assert not must_fix(publishing.publish(folder, var))
            version = versions.current(var)
            assert version
            made[number, seed] = (var, version, Truth(folder, AS_OF))
        return made[number, seed]

    return publish


# The reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_compares_or_counts_has_a_meaning(language: str):
    assert statements.unclassified(language) == set()


def type_names(kind: str) -> dict[str, str]:
    with (ROOT / "data" / f"{kind}s.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[kind]: row["name_en"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def english(truth: Truth) -> Reader:
    types = {kind: type_names(kind) for kind in ("partner_type", "partnership_type")}
    return Reader(truth, replace(words("en"), types=types))


def read(reader: Reader, text: str, **about: Any) -> list[Verdict]:
    place = Place("overview", "", "title", "en", False, VALUES, AS_OF, "", about)
    return list(reader.read(text, place))


def rate(share: str, interval: str) -> str:
    said = f"{share} of those who attended (95% interval {interval})"
    return f"Example figures: 90 got a job through WorkOP, {said}"


def job(n: str, more: str = "") -> str:
    return f"Example figures: {n} got a permanent job through WorkOP in 2025{more}"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (job("10"), True),
        (job("15"), False),
        (job("0"), False),
        (job("10", ", 1 fewer than the year before"), True),
        (job("10", ", 2 fewer than the year before"), False),
        (job("10", ", 1 more than the year before"), False),
        (job("10", ", as many as the year before"), False),
        (job("10", ", twice as many as before"), False),
        ("Example figures: WorkOP reached 0 of 3 targets whose time is over", True),
        ("Example figures: WorkOP reached 1 of 3 targets whose time is over", False),
        ("Internasjonale Drammen reached its target", True),
        ("Example figures: WorkOP reached its target", False),
        ("416 attendances are counted, at 5 of 47 activities", True),
        ("376 attendances are counted, at 4 of 47 activities", False),
        (rate("32%", "27–38%"), True),
        (rate("35%", "27–38%"), False),
        (rate("32%", "33–38%"), False),
        ("Most have the partner type Municipality: 5 partnerships", True),
        ("Most have the partner type Municipality: 4 partnerships", False),
        ("Most have the partner type University: 4 partnerships", False),
    ],
)
def test_reader_knows_the_truth(english: Reader, text: str, holds: bool):
    found = read(english, text)
    assert found
    assert all(verdict.holds for verdict in found) == holds


def test_of_a_tie_none_is_the_largest(english: Reader):
    of_one = {**VALUES, "association": ("Innovasjon Gardermoen",)}
    place = Place("overview", "", "title", "en", False, of_one, AS_OF)
    name = english.w.types["partnership_type"]["cooperation"]
    (found,) = english.read(f"Most are of the type {name}: 1 partnership", place)
    assert (found.kind, found.true, found.holds) == ("most", 1, False)


def test_what_cannot_be_read_is_told(english: Reader):
    (found,) = read(english, "Twelve more are doing well")
    assert (found.kind, found.holds) == ("unread", False)


@pytest.mark.parametrize(
    ("change", "holds"), [("−3 from 2024", True), ("+3 from 2024", False), ("−10 from 2024", False)]
)
def test_reader_knows_a_change(english: Reader, change: str, holds: bool):
    (found,) = read(english, change, measure="placements")
    assert found.holds == holds


# What is said


def everything(edition: Edition) -> Iterator[Verdict]:
    yield from edition.pages()
    yield from edition.explored(every=4)
    yield from edition.stories()
    yield from edition.deck()
    yield from edition.papers(["nav", "buskerud", "drammen"])


def false(verdicts: Iterable[Verdict]) -> list[str]:
    """What doesn't hold, or can't be read."""
    return [
        f"{v.kind} {v.key} {v.place.surface}/{v.place.figure}/{v.place.part}: {v.text}"
        f" (shown {v.shown}, true {v.true})"
        for v in verdicts
        if not v.holds
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "language"), [("exact", "en"), ("protected", "nb")])
def test_nothing_that_is_said_is_false(published: Publish, edition: str, language: str):
    var, version, truth = published(0)
    database = getattr(version, edition)(var)
    found = list(everything(Edition(truth, version, database, AS_OF, language)))
    assert len(found) > 1000
    assert false(found) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "seed", "edition", "language", "address", "keys"),
    [
        (0, None, "exact", "nb", "", {"all_has_row", "only_in", "season", "unmet", "met_now"}),
        (0, None, "protected", "en", "association=Innovasjon+Gardermoen", {"each_part_row"}),
        (10, 3, "exact", "en", "", {"best", "met", "most_in", "most_has_row", "most_in_row"}),
    ],
)
def test_titles_that_answer_hold(
    published: Publish,
    number: int,
    seed: int | None,
    edition: str,
    language: str,
    address: str,
    keys: set[str],
):
    var, version, truth = published(number, seed)
    database = getattr(version, edition)(var)
    found = list(Edition(truth, version, database, AS_OF, language, address).explored())
    assert false(found) == []
    assert {f"explore.{key}" for key in keys} <= {verdict.key for verdict in found}


# The shipped data and two made-up sets of published figures near their targets; by turns the
# pages as they are and those of a single year.
KEYS = [
    (0, None, "en", ""),
    (1, None, "nb", "years=2026-2026"),
    (2, None, "en", "years=2024-2025"),
    (3, None, "nb", ""),
    (10, 3, "en", ""),
    (11, 0, "nb", ""),
    (0, None, "nb", "association=Innovasjon+Gardermoen"),
    (1, None, "en", "association=N%C3%A6ringsforeningen+i+Drammensregionen"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "seed", "language", "address"), KEYS)
def test_pages_for_everyone_hold(
    published: Publish, number: int, seed: int | None, language: str, address: str
):
    var, version, truth = published(number, seed)
    edition = Edition(truth, version, version.protected(var), AS_OF, language, address)
    found = list(edition.pages())
    assert len(found) > 100
    assert false(found) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 0])
def test_pages_of_who_works_with_it_hold(published: Publish, seed: int):
    var, version, truth = published(10 if seed else 11, seed)
    edition = Edition(truth, version, version.exact(var), AS_OF, "nb")
    assert false(edition.pages()) == []


def as_if_exact(value: float | None, is_example: bool, **bounds: object) -> Number | None:
    """A number that knows nothing of its rounding."""
    return None if value is None else Number(value, is_example=is_example)


@pytest.mark.slow
def test_without_the_guard_much_is_false(published: Publish, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "number_answered", as_if_exact)
    # Answers are remembered: of this key no other test may ask.
    var, version, truth = published(20)
    edition = Edition(truth, version, version.protected(var), AS_OF, "nb")
    kinds = {verdict.kind for verdict in edition.pages() if not verdict.holds}
    assert {"number", "sign", "verdict"} <= kinds
