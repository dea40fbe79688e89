"""What every edition says is so: sentences, arrows, verdicts and ranks against the CSV files."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intake import publishing, versions
from intake.versions import Version
from tests import statements
from tests.said import Edition
from tests.statements import Place, Reader, Verdict
from tests.truth import Truth
from texts import LANGUAGES, words

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 23)
VALUES = {
    **dict.fromkeys(("association", "partner_type", "partnership_type", "programme"), ()),
    **{"from_year": None, "to_year": None, "illustrative": True, "as_of": AS_OF, "year": 2025},
}
Publish = Callable[[int], tuple[Path, Version]]


@pytest.fixture(scope="module")
def truth() -> Truth:
    return Truth(ROOT / "data", AS_OF)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """The shipped data under a key of its own, published once."""
    made: dict[int, tuple[Path, Version]] = {}

    def publish(number: int) -> tuple[Path, Version]:
        if number not in made:
            var = tmp_path_factory.mktemp(f"key-{number}")
            (var / "secret").write_bytes(hashlib.sha256(f"truth {number}".encode()).digest())
            assert not publishing.must_fix(publishing.publish(ROOT / "data", var))
            version = versions.current(var)
            assert version
            made[number] = (var, version)
        return made[number]

    return publish


# The reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_compares_or_counts_has_a_meaning(language: str):
    assert statements.unclassified(language) == set()


@pytest.fixture(scope="module")
def english(truth: Truth) -> Reader:
    return Reader(truth, words("en"))


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
        ("Example figures: WorkOP reached its target 0 of 3 times", True),
        ("Example figures: WorkOP reached its target 1 of 3 times", False),
        ("654 attendances are counted, at 12 of 44 activities of a known year", True),
        ("656 attendances are counted, at 12 of 44 activities of a known year", False),
        (rate("32%", "27–38%"), True),
        (rate("35%", "27–38%"), False),
        (rate("32%", "33–38%"), False),
        # A tie: not one of them is the largest.
        ("Most have the partner type Municipality: 5 partnerships", False),
    ],
)
def test_reader_knows_the_truth(english: Reader, text: str, holds: bool):
    found = read(english, text)
    assert found
    assert all(verdict.holds for verdict in found) == holds


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


def said(edition: Edition) -> Iterator[Verdict]:
    """All that an edition says; only what is filtered, where it is."""
    yield from edition.pages()
    yield from edition.explored()
    if not edition.address:
        yield from edition.stories()
        yield from edition.deck()
        yield from edition.papers(["nav", "buskerud", "drammen"])


def told(verdicts: Iterable[Verdict]) -> list[str]:
    return [
        f"{v.kind} {v.key} {v.place.surface}/{v.place.figure}/{v.place.part}: {v.text}"
        f" (shown {v.shown}, true {v.true})"
        for v in verdicts
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", ["exact", "protected"])
def test_all_that_is_said_can_be_read(
    truth: Truth, published: Publish, edition: str, language: str
):
    var, version = published(0)
    database = getattr(version, edition)(var)
    found = list(said(Edition(truth, version, database, AS_OF, language)))
    assert len(found) > 1000
    assert told(verdict for verdict in found if verdict.kind == "unread") == []
