"""Associations beside one another: what may be compared, and what is said of it."""

import shutil
from pathlib import Path

import pytest

from queries import answers
from ringvirkning import ROOT
from ringvirkning.figures import associations
from ringvirkning.figures.associations import compared_shares, compared_words, rate_chart
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published
from ringvirkning.texts import words
from ringvirkning.texts.certainty import OUTLYING, Number, interval, share
from tests import oracle
from tests.frames import ask as asked
from tests.test_queries import KNOWN, assert_same, drafted

pytestmark = pytest.mark.slow  # they publish

W = words("nb")
RATE: associations.Rate = "placement_rate"


def of(name: str, placed: float | None, came: float | None, rounds: int = 1, example: bool = False):
    """An association of which only its rounds are known."""

    def count(n: float | None) -> Number | None:
        return n if isinstance(n, Number) or n is None else Number(n, is_example=example)

    evidence = "illustrative" if example else "register"
    known = int(placed is not None)
    return answers.Associations(
        name, 1, 0, None, 0, 0, None, None, 0, 0, evidence, rounds, known, count(placed),
        count(came), 0, 0, None, None,
    )  # fmt: skip


def test_there_is_nothing_to_compare_where_there_is_one_association(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Then the page is not in the menu."""
    monkeypatch.setattr(published, "watch", lambda: watch)
    assert not published.has_one_association()
    folder = Path(shutil.copytree(watch.folder, tmp_path / "data"))
    for name in ("partnerships", "activities", "outcomes", "targets"):
        file = folder / f"{name}.csv"
        heading, *rows = file.read_text(encoding="utf-8").splitlines()
        own = [row for row in rows if "Drammensregionen" in row and "ig_" not in row]
        file.write_text("\n".join([heading, *own, ""]), encoding="utf-8")
    alone = Watch(folder, tmp_path / "var")
    monkeypatch.setattr(published, "watch", lambda: alone)
    assert not published.has_one_association()  # as nothing is published yet
    assert publishing.publish(folder, alone.var) == []
    assert published.has_one_association()


def test_a_share_of_few_people_is_not_compared():
    rows = [of("Stor", 60, 200), of("Middels", 12, 40), of("Liten", 9, 29), of("Uten", None, None)]
    found = compared_shares(rows, RATE)
    assert [*found.shares] == ["Stor", "Middels"]
    assert (found.too_few, found.without, found.rounds) == (1, 1, (2, 2))


def test_nor_is_one_that_is_too_uncertain():
    """Of 30 and with half of them, the interval is 33 percentage points wide; with one, 16."""
    found = compared_shares([of("Halve", 15, 30), of("Én", 1, 30)], RATE)
    assert [*found.shares] == ["Én"] and found.too_few == 1


def test_nobody_stands_out_by_chance():
    rows = [of("A", 60, 200), of("B", 75, 200), of("C", 63, 200)]
    found = compared_shares(rows, RATE)
    assert found.outlying == []
    said = compared_words(W, found, RATE)
    assert said == "Ingen av 3 foreninger skiller seg sikkert ut; 33 % av deltakerne fikk jobb"


def test_who_differs_is_named():
    from scipy.stats import binomtest  # a second, for each who collects this

    rows = [of("A", 66, 200), of("B", 120, 200), of("C", 80, 200), of("D", 75, 200)]
    found = compared_shares(rows, RATE)
    assert found.outlying == ["B"]
    # The same by another library: 43 % is below its 99.8 %.
    bounds = binomtest(120, 200).proportion_ci(0.998, "wilson")
    assert bounds.low > (66 + 120 + 80 + 75) / 800
    compared = share(120, 200)
    assert compared
    low, high = interval(compared, OUTLYING)
    assert abs(low - bounds.low) < 1e-6 and abs(high - bounds.high) < 1e-6
    assert "skiller B seg ut" in compared_words(W, found, RATE)


def test_rounding_may_hide_a_difference_but_never_makes_one():
    """A true difference of 56 of 204 beside 106 of 196 may be as little as that of 64 of 196."""
    rounded = [
        of("A", Number(60, 56, 64), Number(200, 196, 204)),
        of("B", Number(100, 90, 110), Number(200, 196, 204)),
    ]
    exact = [of("A", 56, 204), of("B", 106, 196)]
    assert compared_shares(exact, RATE).outlying
    assert not compared_shares(rounded, RATE).outlying


def test_examples_are_compared_only_where_nothing_is_published():
    rows = [of("A", 60, 200), of("B", 120, 200, example=True)]
    assert [*compared_shares(rows, RATE).shares] == ["A"]
    examples = [of("A", 60, 200, example=True), of("B", 60, 200, example=True)]
    assert [*compared_shares(examples, RATE).shares] == ["A", "B"]


def test_an_example_beside_what_is_published_is_not_said_to_be_too_small():
    rows = [of("A", 60, 200), of("B", 80, 200), of("C", 120, 200, example=True)]
    found = compared_shares(rows, RATE)
    assert (found.too_few, found.without) == (0, 1)
    chart = rate_chart(W, rows, found, RATE)
    assert [row[1] for row in chart.rows[1:]] == [
        "30\xa0% (60 av 200)", "40\xa0% (80 av 200)", "60\xa0% (120 av 200) · eksempeltall"
    ]  # fmt: skip


def test_rounds_that_are_examples_are_not_among_the_published_ones():
    raw = oracle.read(ROOT / "data")
    first = raw["outcomes"].activity_id[raw["outcomes"].measure == "in_work_or_education"].iloc[0]
    for name in ("activities", "outcomes"):
        raw[name].loc[raw[name].activity_id == first, "evidence"] = "register"
    with drafted(raw) as connection:
        found = asked(connection, "associations", KNOWN)
    assert_same(
        "associations", found, oracle.answer(oracle.World(raw), "associations", KNOWN), KNOWN
    )
    (row,) = found[found.round_count > 0].itertuples()
    assert (row.placed_round_count, row.round_count) == (1, 1)
    assert (row.followed_round_count, row.due_round_count) == (1, 1)


def test_none_placed_is_known_and_compared():
    rows = [of("A", 0, 200), of("B", 120, 200, example=True)]
    assert [*compared_shares(rows, RATE).shares] == ["A"]


def test_of_very_many_those_with_most_people_are_drawn_and_all_that_differ():
    rows = [of(f"Forening {i:03}", 30 + i, 3 * (30 + i)) for i in range(100)]
    rows.append(of("Ærlig", 35, 40))
    rows.sort(key=lambda row: row.association)
    found = compared_shares(rows, RATE)
    chart = rate_chart(W, rows, found, RATE)
    assert len(chart.categories) == associations.MOST_DRAWN + 1
    assert chart.categories[0] == "Disse sammen" and chart.categories[-1] == "Ærlig"
    assert list(chart.categories[1:]) == sorted(chart.categories[1:])
    assert len(chart.rows) == len(rows) + 1
