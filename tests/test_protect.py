"""Small numbers about people: what rounding keeps, and that nobody gets behind it."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from queries.contract import workbench
from ringvirkning.finding import Finding
from ringvirkning.intake import sql
from ringvirkning.intake.checks import loading, report
from ringvirkning.intake.protection import protect, rounding
from ringvirkning.intake.protection.rounding import MARGIN, PERSONS_OFF, Cells, Constraints
from ringvirkning.texts.certainty import BASE
from tests import attacker

SECRET = b"\x2a" * 32
Counts = rounding.Counts


def fresh(counts: Counts, secret: bytes = SECRET, base: int = BASE) -> Cells:
    """Cells that were never published, with names of their own."""
    draw = rounding.draws(secret, [f"cell {n}" for n in range(len(counts))], counts)
    kept = np.zeros(len(counts), dtype=bool)
    return Cells(counts, rounding.drawn(counts, draw[:, 0], base), kept, draw[:, 1], base)


def rows(more: Sequence[Sequence[int]], fewer: Sequence[Sequence[int]], width: int) -> csr_array:
    """The matrix of limits from the cells of each row."""
    found = [(row, cell, 1) for row, cells in enumerate(more) for cell in cells]
    found += [(row, cell, -1) for row, cells in enumerate(fewer) for cell in cells]
    row, cell, sign = np.array(found).T
    return rounding.incidence(row, cell, sign, (len(more), width))


def totals(shape: tuple[int, ...], weighted: int = 2) -> Constraints:
    """The grand total and the one-way totals of a cube. The grand total is to be near, and those of
    the first dimensions, as by year and by programme of those who were placed."""
    index = np.arange(np.prod(shape)).reshape(shape)
    one = [index.take(at, axis).ravel() for axis, n in enumerate(shape) for at in range(n)]
    weight = np.zeros(1 + len(one))
    weight[: 1 + sum(shape[:weighted])] = 1
    weight[0] = 2
    every = [[*map(int, cells)] for cells in (index.ravel(), *one)]
    return Constraints(rows(every, [[]] * len(every), index.size), weight)


def off(limits: Constraints, true: Counts, shown: Counts) -> Counts:
    """By how much each total is off."""
    return abs(limits.matrix @ (shown - true))


def cube(seed: int) -> tuple[Counts, Constraints]:
    """Small counts as WorkOP's: 6 municipalities × 10 quarters × 8 measures, many below five."""
    draw = np.random.default_rng(seed)
    shape = (6, 10, 8)
    size = [draw.gamma(2.0, 1.0, n) for n in shape]
    mean = np.einsum("i,j,k->ijk", *size) * 4 / 8
    return draw.poisson(mean).ravel().astype(np.int64), totals(shape)


# The rule


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.binary(min_size=32, max_size=32))
def test_every_count_goes_to_a_neighbouring_multiple(counts: list[int], secret: bytes):
    true = np.array(counts)
    shown, margin = rounding.rounded(fresh(true, secret), totals((len(counts),), weighted=0))
    assert margin == MARGIN
    assert (shown % BASE == 0).all()
    assert (abs(shown - true) < BASE).all()
    assert abs(shown.sum() - true.sum()) <= (2 if true.sum() >= BASE else 4)


@pytest.mark.parametrize("seed", range(5))
def test_totals_are_kept(seed: int):
    true, limits = cube(seed)
    shown, margin = rounding.rounded(fresh(true), limits)
    by = off(limits, true, shown)
    assert margin == MARGIN
    assert (by <= MARGIN).all()
    assert by[0] <= PERSONS_OFF
    # All of a dimension are near, but those that must make up for it that the nearest multiples
    # don't add up to the nearest of the grand total.
    nearest = np.round(limits.matrix @ true / BASE)
    for part in (slice(1, 7), slice(7, 17)):
        assert (by[part] > PERSONS_OFF).sum() == abs(nearest[part].sum() - nearest[0])


def test_as_few_as_possible_are_turned():
    """In one dimension the fewest can be told: so many that the sum is within two."""
    for seed in range(20):
        true = np.random.default_rng(seed).integers(0, 30, 200)
        cells = fresh(true, bytes([seed]) * 32)
        shown, _ = rounding.rounded(cells, totals((200,), weighted=0))
        by = abs(cells.start.sum() - true.sum())
        assert (shown != cells.start).sum() == max(0, np.ceil((by - 2) / BASE))


@pytest.mark.parametrize(
    ("tie", "shown"),
    [
        # One that is in both totals rather than one of each, whatever their ties.
        ([0.9, 0.1, 0.1], [5, 10, 10]),
        # Of two that are as good, the one with the lower tie.
        ([0.9, 0.1], [10, 5]),
        ([0.1, 0.9], [5, 10]),
    ],
)
def test_few_are_turned_and_ties_decide_between_equals(tie: list[float], shown: list[int]):
    true = np.full(len(tie), 7)
    cells = Cells(true, np.full(len(tie), 10), true < 0, np.array(tie))
    pairs = [[0, n] for n in range(1, len(tie))]
    matrix = rows(pairs, [[]] * len(pairs), len(tie))
    limits = Constraints(matrix, np.zeros(len(pairs)))
    assert [*rounding.rounded(cells, limits)[0]] == shown


@pytest.mark.parametrize(("weight", "shown"), [([2, 1, 1, 1], 20), ([1, 2, 2, 2], 15)])
def test_of_totals_that_cannot_all_be_near_the_heavier_are(weight: list[int], shown: int):
    """Three sixes: their sum is near as 20, each of them as 5."""
    true = np.full(3, 6)
    cells = Cells(true, np.full(3, 5), true < 0, np.full(3, 0.5))
    limits = Constraints(rows([[0, 1, 2], [0], [1], [2]], [[]] * 4, 3), np.array(weight))
    assert rounding.rounded(cells, limits)[0].sum() == shown


def test_rounding_leans_nowhere():
    """Unbiased: over many keys a count of two is shown as five in two of five cases."""
    two = np.full(5000, 2)
    draw = rounding.draws(SECRET, [str(n) for n in range(5000)], two)
    assert 0.38 < (rounding.drawn(two, draw[:, 0]) == 5).mean() < 0.42


def test_a_stage_stays_at_least_as_large_as_the_next():
    draw = np.random.default_rng(7)
    attended = draw.integers(0, 40, 100)
    placed = draw.binomial(attended, 0.6)
    true = np.concatenate([attended, placed])
    stages = [[*range(100)], [*range(100, 200)]]
    limits = Constraints(
        rows([*stages, *zip(stages[0])], [[], [], *zip(stages[1])], 200),
        np.array([2, 2, *[np.nan] * 100]),
    )
    start = rounding.drawn(true, np.random.default_rng(8).random(200))
    assert (start[:100] < start[100:]).any()
    shown, _ = rounding.rounded(Cells(true, start, true < 0, draw.random(200)), limits)
    assert (shown[:100] >= shown[100:]).all()


# It always ends


@pytest.mark.slow
def test_every_small_cube_has_a_rounding():
    """All 2×2×2 tables of 0 to 4, and so of any counts: what is off is what five leaves over."""
    left = np.array([*itertools.product(range(BASE), repeat=8)], dtype=np.int8)
    matrix = totals((2, 2, 2)).matrix.toarray().astype(np.int8)
    for up in itertools.product((0, 1), repeat=8):
        by = (BASE * np.array(up, dtype=np.int8) - left) @ matrix.T
        fits = (abs(by) <= MARGIN).all(axis=1) & (left >= np.array(up)).all(axis=1)
        left = left[~fits]
    assert len(left) == 0


def without_rounding() -> tuple[Counts, Constraints]:
    """Eight twos, any three of which have two in one total: no more than two can be rounded up, and
    the sum is 16. Corners of a cube that are no neighbours share one of four dimensions."""
    opposite = [[c, 7 - c] for c in range(4)]
    face = [[c, c ^ d] for d in (3, 5, 6) for c in range(8) if c < c ^ d]
    pairs = [*opposite, *face]
    matrix = rows([[*range(8)], *pairs], [[]] * 17, 8)
    return np.full(8, 2), Constraints(matrix, np.array([2.0, *[0.0] * 16]))


@pytest.mark.parametrize("whole", [rounding.WHOLE, 0], ids=["at once", "relaxed first"])
def test_where_no_rounding_keeps_the_totals_they_are_looser(
    whole: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rounding, "WHOLE", whole)
    true, limits = without_rounding()
    shown, margin = rounding.rounded(fresh(true), limits)
    assert margin == 10
    assert MARGIN < off(limits, true, shown).max() <= margin


@pytest.mark.parametrize("weight", [0, 1])
def test_where_nothing_may_be_turned_the_totals_are_as_loose_as_they_are(weight: int):
    """What is left of a version whose large count made up for the small ones: it was 34, and shown
    as 30."""
    true, kept = np.array([2, 2, 2]), np.ones(3, dtype=bool)
    cells = Cells(true, np.full(3, 5), kept, np.full(3, 0.5))
    limits = Constraints(rows([[0, 1, 2]], [[]], 3), np.array([weight]))
    shown, margin = rounding.rounded(cells, limits)
    assert ([*shown], margin) == ([5, 5, 5], 10)


# The programme


@pytest.mark.parametrize(("counts", "shown"), [([2, 2], 0), ([2, 3], 5)])
def test_a_total_below_five_may_be_published_as_nothing(counts: list[int], shown: int):
    true = np.array(counts)
    cells = Cells(true, np.zeros(2, np.int64), true < 0, np.full(2, 0.5))
    limits = Constraints(rows([[0, 1]], [[]], 2), np.ones(1))
    assert rounding.rounded(cells, limits)[0].sum() == shown


def test_a_programme_is_solved_beside_what_is_given():
    matrix, one = csr_array(np.ones((1, 2))), np.ones(1)
    asked = rounding.Programme(np.array([1, -1]), matrix, one, one, np.ones(2), np.ones(2))
    found = asked.solved(np.array([False, True]), np.array([1.0, 0]), whole=True)
    assert found is not None and [*found] == [1, 0]


@pytest.mark.parametrize(
    ("whole", "wholes", "found"), [(False, 3, 1.5), (True, 3, 2), (True, 0, 1.5)]
)
def test_a_programme_is_solved_in_whole_numbers_as_far_as_it_is_asked(
    whole: bool, wholes: int, found: float
):
    """At least one of each two of three."""
    matrix, one = csr_array(1 - np.eye(3)), np.ones(3)
    asked = rounding.Programme(one, matrix, one, 2 * one, one, np.ones(wholes))
    answer = asked.solved(np.ones(3, dtype=bool), np.zeros(3), whole=whole)
    assert answer is not None and answer.sum() == pytest.approx(found)


# The same again


def test_the_same_data_gives_the_same_roundings():
    true, limits = cube(1)
    once, again = (rounding.rounded(fresh(true), limits)[0] for _ in range(2))
    assert (once == again).all()
    other, _ = rounding.rounded(fresh(true, b"\x01" * 32), limits)
    assert (once != other).any()


def test_a_key_draws_the_same_in_every_version_of_this_programme():
    """What was published before is not always there to be kept to."""
    assert rounding.draws(SECRET, ["a"], np.array([3])) == pytest.approx(
        np.array([[0.75108729, 0.03333998]])
    )


def test_a_count_that_has_not_changed_keeps_its_rounding():
    true, limits = cube(2)
    before, _ = rounding.rounded(fresh(true), limits)
    changed = true.copy()
    changed[::25] += 3
    new = fresh(changed)
    kept = changed == true
    cells = Cells(changed, np.where(kept, before, new.start), kept, new.tie)
    after, margin = rounding.rounded(cells, limits)
    assert margin == MARGIN
    assert (off(limits, changed, after) <= MARGIN).all()
    # Those that must change to keep the limits are few, and fewer than without remembering.
    assert (after != before)[kept].sum() <= 4
    assert (rounding.rounded(new, limits)[0] != before)[kept].sum() >= 8


def test_a_small_count_is_turned_last():
    """Shown both as 0 and as 5 it could only be one to four. One of these must be turned, for the
    new two are too many."""
    true = np.array([2, 12, 2, 2])
    cells = Cells(true, np.array([5, 15, 5, 0]), np.array([1, 1, 0, 0]) > 0, np.zeros(4))
    matrix = rows([[0, 1], [0, 2], [1, 3]], [[]] * 3, 4)
    limits = Constraints(matrix, np.zeros(3))
    shown, _ = rounding.rounded(cells, limits)
    assert [*shown] == [5, 10, 0, 0]


@pytest.mark.parametrize("whole", [rounding.WHOLE, 0], ids=["at once", "relaxed first"])
@pytest.mark.parametrize(("weight", "kept"), [(-np.inf, [0, 5]), (np.nan, [5, 5])])
def test_an_order_gives_way_before_a_small_count_is_turned(
    weight: float, kept: list[int], whole: int, monkeypatch: pytest.MonkeyPatch
):
    """Two that were published the wrong way round, and two that are new: of these it is kept."""
    monkeypatch.setattr(rounding, "WHOLE", whole)
    true = np.array([2, 2, 12, 12, 7])  # the last is in none
    tie = np.array([0.1, 0.9, 0.9, 0.1, 0.5])
    cells = Cells(true, np.array([0, 5, 10, 15, 10]), np.array([1, 1, 0, 0, 0]) > 0, tie)
    limits = Constraints(rows([[0], [2]], [[1], [3]], 5), np.array([weight, np.nan]))
    assert [*rounding.rounded(cells, limits)[0]] == [*kept, 10, 10, 10]


@pytest.mark.parametrize("left", [rounding.LEFT, 1])
@pytest.mark.parametrize("seed", range(5))
def test_many_cells_keep_the_same_limits(seed: int, left: int, monkeypatch: pytest.MonkeyPatch):
    """As many as are relaxed first, nearly as few of them turned."""
    monkeypatch.setattr(rounding, "LEFT", left)
    true, limits = cube(seed)
    exact, _ = rounding.rounded(fresh(true), limits)
    monkeypatch.setattr(rounding, "WHOLE", 100)
    told: list[float] = []
    cells = fresh(true)
    shown, margin = rounding.rounded(cells, limits, progress=told.append)
    assert margin == MARGIN
    assert (off(limits, true, shown) <= MARGIN).all()
    assert (shown != cells.start).sum() <= (exact != cells.start).sum() + 3
    assert told == [0.8]


def test_what_relaxing_settles_is_opened_again_where_it_must(monkeypatch: pytest.MonkeyPatch):
    """Of six twos, any two of three in one total, halves are the fewest: of these no more than two
    can be turned, and the sum is to have three."""
    monkeypatch.setattr(rounding, "WHOLE", 0)
    monkeypatch.setattr(rounding, "LEFT", 1)
    true = np.array([2] * 6 + [4])
    pairs = [[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5]]
    limits = Constraints(rows([[*range(7)], *pairs], [[]] * 7, 7), np.zeros(7))
    cells = Cells(true, np.zeros(7, np.int64), true < 0, np.array([0.1] * 6 + [0.9]))
    shown, margin = rounding.rounded(cells, limits)
    assert (shown[:3].sum(), shown[3:6].sum(), shown[6], margin) == (5, 5, 5, MARGIN)


def test_a_start_that_keeps_everything_is_published(monkeypatch: pytest.MonkeyPatch):
    """What attackers are held against rests on it: any rounding that keeps all may be the draw."""
    true, limits = cube(4)
    shown, _ = rounding.rounded(fresh(true), limits)
    start = Cells(true, shown, true < 0, fresh(true).tie)
    for whole in (1000, 100):
        monkeypatch.setattr(rounding, "WHOLE", whole)
        assert (rounding.rounded(start, limits)[0] == shown).all()


# What was published


def table(**columns: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_a_count_is_known_again_by_its_id_or_by_what_it_is_of():
    before = table(
        cell=["still", "other", "gone 2", "gone 1", "gone 3", "gone 4"],
        kind=["k", "k", "k", "k", "another", "k"],
        label=["A", "B", "D", "C", "E", "A"],
        count=[2, 2, 3, 3, 3, 2],
        rounded=[5, 0, 0, 5, 5, 0],
    )
    earlier = table(cell=["old", "still"], kind=["k"] * 2, label=["A"] * 2, count=[4, 2])
    published = pd.concat([before, earlier.assign(rounded=[5, 0])])
    cells = table(
        cell=["still", "other", "new 1", "new 2", "new 3", "old"],
        kind=["k"] * 6,
        label=["A", "B", "Z", "D", "E", "A"],
        count=[2, 1, 3, 3, 3, 4],
    )
    found = protect.with_published(cells, before, published)["rounded"]
    assert found.dtype == float
    # By its id as the version before had it; of another count; the one that is left of those gone;
    # by its title first; none is left; as an earlier version had it.
    assert [*found.fillna(-1)] == [5, -1, 5, 0, -1, 5]
    none = protect.with_published(cells, before[:0], before[:0])["rounded"]
    assert none.dtype == float and none.isna().all()


def test_what_was_published_is_read_where_it_can_be(tmp_path: Path):
    known = tmp_path / "it's known.duckdb"
    with duckdb.connect(known) as exact:
        exact.execute("create table cells as select 'a' as cell, 2 as count, 5 as rounded")
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    with workbench() as connection:
        read = [
            protect.rounded_in(connection, exact, name)
            for exact, name in (
                (known, "cells"),
                *((known, "earlier_cells"), (None, "cells"), (broken, "cells")),
            )
        ]
        # A fault of ours would turn roundings unseen.
        with pytest.raises(duckdb.ParserException):
            protect.rounded_in(connection, known, "(")
        assert connection.sql("from duckdb_databases() where database_name = 'before'").df().empty
    assert read[0].to_dict("records") == [
        {"cell": "a", "kind": "", "label": "", "count": 2, "rounded": 5}
    ]
    assert all(found.empty for found in read[1:])
    assert {tuple(map(str, found.dtypes)) for found in read} == {
        ("str", "str", "str", "int64", "float64")
    }


def test_the_publisher_is_told_what_the_version_before_tells_with_this_one():
    """Of whom fewer than ten persons differ, which roundings were turned, and wide totals."""
    with workbench() as connection:
        for name, counts in (("given_before", (12, 12)), ("given_rounded", (21, 22))):
            whose = ("A\x1fP\x1f2024", "A\x1f\x1f2025")
            connection.register(name, table(cell=["a", "b"], kind=whose, count=counts))
        few = protect.warnings(connection, 0, 0, MARGIN)
        assert [(one.rule, one.found) for one in few] == [("few_persons_changed", "A, P, 2024: 9")]
        found = protect.warnings(connection, 2, 1, MARGIN + BASE)
    assert found == [
        *few,
        *(
            Finding(rule, "outcomes.csv", found=said, expected=best, level="should_look")
            for rule, said, best in (
                ("roundings_turned", "2", None),
                ("small_roundings_turned", "1", None),
                ("total_is_loosened", "±10", "±5"),
            )
        ),
    ]


def test_what_must_be_turned_again_is_told(tmp_path: Path):
    """Of three rounds more were shown to have come than had said so, few and many."""
    same = {"association": "A", "activity_type": "course", "start_date": "2024"}
    counts = {"few": (3, 2), "many": (13, 12), "more": (23, 22), "other": (31, 1)}
    version = {
        "activities": [
            same
            | {"activity_id": name, "title": name, "evidence": "register"}
            | {"registered_count": registered, "attended_count": attended}
            for name, (registered, attended) in counts.items()
        ]
    }
    folder, before = attacker.written(version, tmp_path), tmp_path / "before.duckdb"
    attacker.published(folder, SECRET, keep=before)
    with duckdb.connect(before) as exact:
        way = "if(count % 10 = 2, 5, 0)"
        exact.execute(f"update cells set rounded = count // 5 * 5 + {way}")
    parts: list[float] = []
    with workbench() as connection:
        loading.load_folder(connection, folder)
        found = protect.protect(connection, SECRET, before, parts.append)
        read = connection.execute("select count::int, rounded from memory.rounded").fetchall()
        rounded = dict(read)
    assert [(one.rule, one.found) for one in found] == [
        ("roundings_turned", "2"),
        ("small_roundings_turned", "1"),
    ]
    assert all(rounded[registered] >= rounded[attended] for registered, attended in counts.values())
    assert parts == [0.3, 1]


# Attackers


def knowledge(shown: Counts, limits: Constraints, base: int, margin: int) -> LinearConstraint:
    """What follows for the true counts from the totals that are published. That those with a weight
    are near is believed, too: whoever doesn't can only think more possible."""
    seen, near = limits.matrix @ shown, limits.weight > 0
    within = np.where(near, PERSONS_OFF, margin)
    high = np.where(near & (seen == 0), base - 1, seen + within)
    return LinearConstraint(limits.matrix, seen - within, high)


def fewest_left(seed: int, base: int, knows_totals: bool) -> int:
    """The fewest values that an attacker is left with for a cell whose true count is 1 to 4."""
    true, limits = cube(seed)
    shown, margin = rounding.rounded(fresh(true, bytes([seed]) * 32, base), limits)
    known = knowledge(shown, limits, base, margin)
    if knows_totals:  # and so which of them are near
        known = LinearConstraint(limits.matrix, limits.matrix @ true, limits.matrix @ true)
    # By turns each twentieth cell of another seed: the programmes take a while.
    return min(attacker.values_left(shown, [known], attacker.small(true)[seed % 20 :: 20], base))


@pytest.mark.slow
@pytest.mark.parametrize("knows_totals", [False, True], ids=["what is published", "true totals"])
@pytest.mark.parametrize("seed", range(4))
def test_at_least_five_values_stay_possible(seed: int, knows_totals: bool):
    assert fewest_left(seed, BASE, knows_totals) >= 5


def test_base_three_would_leave_fewer():
    assert fewest_left(0, 3, knows_totals=False) < 5


def patterns(counts: Counts, limits: Constraints) -> Iterator[tuple[Counts, Counts]]:
    """All cubes in `counts` with each rounding of theirs that may be published: within the margin,
    and of those the ones with the fewest totals that aren't near, by their weight."""
    least, published = np.full(len(counts), np.inf), []
    for up in itertools.product((0, 1), repeat=counts.shape[1]):
        shown = counts // BASE * BASE + BASE * np.array(up)
        true, seen = counts @ limits.matrix.T, shown @ limits.matrix.T
        fits = (abs(seen - true) <= MARGIN).all(axis=1) & (abs(shown - counts) < BASE).all(axis=1)
        near = (abs(seen - true) <= PERSONS_OFF) | ((seen == 0) & (true < BASE))
        lacking = np.where(fits, ~near @ limits.weight, np.inf)
        least = np.minimum(least, lacking)
        published.append((fits, lacking, shown))
    for fits, lacking, shown in published:
        fits &= lacking == least
        yield counts[fits], shown[fits]


def test_no_two_by_two_cube_can_be_turned_back():
    """For every cube of 0 to 9, whatever the key: all that could lie behind what is shown."""
    limits = totals((2, 2))
    every = np.array(list(itertools.product(range(15), repeat=4)))
    cubes, shown = map(np.concatenate, zip(*patterns(every, limits), strict=True))
    key = (shown // BASE) @ np.array([64, 16, 4, 1])
    fits = np.zeros((256, 4, 15), dtype=bool)
    for cell in range(4):
        fits[key, cell, cubes[:, cell]] = True
    left = fits.sum(axis=2)
    within = (cubes < 10).all(axis=1)
    for cell in range(4):
        small = within & (cubes[:, cell] > 0) & (cubes[:, cell] < BASE)
        assert left[key[small], cell].min() >= 5


@given(st.lists(st.integers(0, 14), min_size=4, max_size=4), st.binary(min_size=32, max_size=32))
def test_what_is_published_is_what_the_attacker_believes_possible(counts: list[int], secret: bytes):
    """What the test above rests on, from the other side."""
    true, limits = np.array(counts), totals((2, 2))
    shown, margin = rounding.rounded(fresh(true, secret), limits)
    assert margin == MARGIN
    (found,) = [s for _, s in patterns(true[None], limits) if (s == shown).all() and len(s)]
    assert (found == shown).all()


# Versions as they come: rounds, programmes, years, kinds, with what is unknown in them


@pytest.mark.slow
@pytest.mark.parametrize("seed", [None, 43, *range(5)])
def test_who_knows_what_anybody_knows_is_left_with_five_values(seed: int | None, tmp_path: Path):
    """Of what is shipped, and of made-up versions; `bench.protect` asks two hundred."""
    folder = Path("data")
    if seed is not None:
        folder = attacker.written(attacker.with_agreements(seed), tmp_path)
    seen = attacker.published(folder, bytes([seed or 0]) * 32)
    small = attacker.small(seen.true)
    assert min(attacker.values_left(seen.shown, [attacker.knowledge(seen)], small)) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_orders_and_totals_are_kept_in_larger_versions(seed: int, tmp_path: Path):
    version = attacker.joined(range(30 * seed, 30 * seed + 30))
    seen = attacker.published(attacker.written(version, tmp_path), SECRET)
    assert len(seen.cells) > 900
    for more, fewer in attacker.orders(seen.cells):
        assert seen.true[more].sum() >= seen.true[fewer].sum()
        assert seen.shown[more].sum() >= seen.shown[fewer].sum()
    for counted, most, _ in attacker.totals(seen):
        assert abs((seen.shown - seen.true)[counted].sum()) <= most == MARGIN


@pytest.mark.slow
def test_people_placed_are_near_by_year_and_programme():
    """In the shipped data; `bench.protect near` asks two hundred keys."""
    off: list[int] = []
    with workbench() as connection:
        loading.load_folder(connection, Path("data"))
        for key in range(10):
            protect.protect(connection, bytes([key]) * 32, None)
            off += [by for (by,) in connection.execute(BY_YEAR_AND_PROGRAMME).fetchall()]
    assert len(off) == 10 * 5
    assert sum(by > PERSONS_OFF for by in off) / len(off) < 0.05


BY_YEAR_AND_PROGRAMME = """
select abs(sum(rounded - count)) from cells join memory.rounded using (cell, count)
where total = 'placements'
group by grouping sets ((year), (association, programme)) having count(*) > 1
"""


def in_a_row(folder: Path) -> list[attacker.Seen]:
    return attacker.published_in_a_row(attacker.in_a_row(0, 10), SECRET, folder)


@pytest.mark.slow
def test_ten_versions_in_a_row_show_no_small_count_both_ways(tmp_path: Path):
    assert attacker.shown_both_ways(in_a_row(tmp_path)) == (0, 57)


@pytest.mark.slow
def test_two_installations_with_one_key_show_the_same(tmp_path: Path):
    folder = attacker.written(attacker.joined(range(4)), tmp_path)
    seen = [attacker.published(folder, key) for key in (SECRET, SECRET, b"other" * 8)]
    assert attacker.shown_both_ways(seen[:2]) == (0, 57)
    assert attacker.shown_both_ways(seen[1:])[0] > 10


@pytest.mark.slow
def test_a_small_count_that_is_gone_for_a_version_comes_back_as_it_was(tmp_path: Path):
    """Each time under another key, which would draw otherwise."""
    whole = attacker.joined(range(2))
    others = {row["activity_id"] for row in whole["activities"][::2]}
    less = {
        name: [row for row in rows if row["activity_id"] in others] for name, rows in whole.items()
    }
    kept = [tmp_path / f"{n}.duckdb" for n in range(2)]
    first, _, third = (
        attacker.published(attacker.written(version, tmp_path), bytes([n]) * 32, before, keep)
        for n, (version, before, keep) in enumerate(
            ((whole, None, kept[0]), (less, kept[0], kept[1]), (whole, kept[1], None))
        )
    )
    turned, count = attacker.shown_both_ways([first, third])
    assert (turned, count > 20) == (0, True)


@pytest.mark.slow
def test_a_round_keeps_its_roundings_under_another_id_and_title(tmp_path: Path):
    version = attacker.joined(range(4))
    other = attacker.renamed(version)
    other["activities"][3]["title"] = "Another"
    first, second = attacker.published_in_a_row([version, other], SECRET, tmp_path)
    names = {attacker.other_id(cell["unit"]): cell["unit"] for cell in first.cells}
    both = attacker.shown_both_ways([first, second], names)
    assert both == (0, 57)


@pytest.mark.slow
def test_a_round_that_is_called_a_meeting_is_a_round(tmp_path: Path):
    """By its own results, and by those of others in its programme; other meetings are open."""
    version = attacker.made_up(1)
    for row in version["activities"]:
        row |= {"activity_type": "network_meeting", "programme": "P"}
    version["activities"][0] |= {"registered_count": 13, "attended_count": 12}
    meeting = {"activity_id": "m", "activity_type": "network_meeting", "attended_count": 3}
    same = {"association": "A0", "title": "Meeting", "start_date": "2024", "evidence": "register"}
    version["activities"].append(meeting | same)
    results = [row for row in version["outcomes"] if row.get("activity_id") != "a0"]
    version["outcomes"] = results
    with workbench() as connection:
        assert not loading.load_folder(connection, attacker.written(version, tmp_path))
        protect.protect(connection, SECRET, None)
        connection.execute(sql("protection/protected"))
        assert connection.sql("from open_to_all").fetchall() == [("m",)]
        shown = "select activity_id, registered_count, attended_count from given.activities"
        counts = {key: rest for key, *rest in connection.sql(shown).fetchall()}
    assert counts.pop("m") == [None, 3]
    assert counts["a0"] in ([10, 10], [15, 10], [15, 15])
    assert all(n is None or n % BASE == 0 for row in counts.values() for n in row)


def over_years(whole: int, **whose: str) -> dict[str, list[dict[str, Any]]]:
    """Four in each of two years, and so many in both together."""
    return told({"2023": 4, "2024": 4, "2023/2024": whole}, **whose)


def told(values: dict[str, int], **whose: str) -> dict[str, list[dict[str, Any]]]:
    """So many interviews of a programme, or of whom it says, in each of these periods."""
    same = whose or {"association": "A", "programme": "P"}
    return attacker.AGREED | {
        "outcomes": [
            same
            | {"outcome_id": year, "year": year, "measure": "interviews"}
            | {"value": value, "evidence": "register"}
            for year, value in values.items()
        ]
    }


def periods(seen: attacker.Seen) -> list[str]:
    return sorted(cell["period"] for cell in seen.cells if cell["period"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "whose",
    [
        {},
        {"partnership_id": "X0"},
        {"partnership_id": "X1"},
        {"association": "A", "partner_id": "N0"},
    ],
    ids=["programme", "its agreement", "agreement", "partner"],
)
def test_what_years_tell_already_is_left_out(tmp_path: Path, whose: dict[str, str]):
    """Beside 0 and 0 a 10 would say that each is at least two."""
    for whole in (7, 8):
        version = over_years(whole, **whose)
        seen = attacker.published(attacker.written(version, tmp_path), SECRET)
        assert [cell["year"] for cell in seen.cells] == ["2023", "2024"]


@pytest.mark.slow
def test_what_school_years_tell_already_is_left_out(tmp_path: Path):
    school = {"2023-08/2024-07": 4, "2024-08/2025-07": 4}
    for whole, left in ((8, [*school]), (9, ["2023-08/2024-07", "2023/2025", "2024-08/2025-07"])):
        version = told(school | {"2023/2025": whole})
        seen = attacker.published(attacker.written(version, tmp_path), SECRET)
        assert periods(seen) == left


SCHOOL = "2023-08/2024-07"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "is_left"),
    [
        ({"2023": 4, "2024": 4}, False),
        ({"2023": 4, "2024-Q1": 2, "2024-Q2": 2, "2024-Q3": 2}, False),
        ({"2023": 4, "2024": 2}, True),  # it tells more than they do
        ({"2023": 9}, True),  # of the rest they tell nothing
        ({"2023-03": 4, "2024-09": 4, "2024-02": 3}, True),  # months outside it
    ],
    ids=str,
)
def test_a_school_year_is_left_out_where_the_years_that_it_lies_in_come_to_as_much(
    tmp_path: Path, values: dict[str, int], is_left: bool
):
    """Beside 0 and 0 a 10 would say that each is at least two."""
    version = told({SCHOOL: 8} | values)
    seen = attacker.published(attacker.written(version, tmp_path), SECRET)
    assert (SCHOOL in periods(seen)) == is_left
    assert len(seen.cells) == len(values) + is_left


@pytest.mark.slow
def test_a_year_is_shown_as_no_more_than_the_school_years_that_it_lies_in(tmp_path: Path):
    version = told({"2024": 8, SCHOOL: 4, "2024-08/2025-07": 4})
    for key in range(12):
        seen = attacker.published(attacker.written(version, tmp_path), bytes([key]) * 32)
        shown = {cell["period"]: n for cell, n in zip(seen.cells, seen.shown, strict=True)}
        assert len(shown) == 3
        assert shown["2024"] <= shown[SCHOOL] + shown["2024-08/2025-07"]


@pytest.mark.slow
def test_what_agreements_tell_is_not_among_what_their_programme_does_beside_them(tmp_path: Path):
    version = told({"2023": 4, "2024": 4}, partnership_id="X0")
    rest = told({"2023/2024": 8}, association="A0", programme="P8")
    version["outcomes"] += rest["outcomes"]
    seen = attacker.published(attacker.written(version, tmp_path), SECRET)
    assert periods(seen) == ["2023", "2023/2024", "2024"]
    assert max(row["cell_count"] for row in seen.margins) == 3


@pytest.mark.slow
def test_what_a_partner_tells_is_not_among_what_another_does(tmp_path: Path):
    """Whether they stand for themselves or in one agreement."""
    for agreement in ({"association": "A0", "programme": ""}, {"partnership_id": "X0"}):
        version = told({"2023": 4, "2024": 4}, **agreement, partner_id="X1")
        other = told({"2023/2024": 8}, **agreement, partner_id="N0")
        version["outcomes"] += other["outcomes"]
        seen = attacker.published(attacker.written(version, tmp_path), SECRET)
        assert periods(seen) == ["2023", "2023/2024", "2024"]


@pytest.mark.slow
@pytest.mark.parametrize("agreement", ["X0", "X1"], ids=["of its programme", "of none"])
def test_what_the_rounds_of_an_agreement_tell_already_is_left_out(tmp_path: Path, agreement: str):
    version = told({"2024": 8}, partnership_id=agreement)
    version["activities"] = []
    for name in ("a", "b"):
        of = {"activity_id": name, "evidence": "register"}
        version["activities"].append(
            of
            | {"association": "A0", "programme": "P8", "partnership_ids": agreement}
            | {"activity_type": "course", "title": name, "start_date": "2024-03"}
        )
        row = of | {"outcome_id": name, "measure": "interviews", "value": 4}
        version["outcomes"].append(row)
    seen = attacker.published(attacker.written(version, tmp_path), SECRET)
    assert [cell["outcome_id"] for cell in seen.cells] == ["a", "b"]


@pytest.mark.slow
def test_an_agreement_and_a_partner_that_are_called_alike_are_rounded_each(tmp_path: Path):
    version = told({"2024": 3}, partnership_id="X1")
    version["outcomes"] += [
        row | {"outcome_id": "partner"}
        for row in told({"2024": 33}, association="A0", partner_id="X1")["outcomes"]
    ]
    seen = attacker.published(attacker.written(version, tmp_path), SECRET)
    assert (abs(seen.shown - seen.true) < BASE).all()


@pytest.mark.slow
@pytest.mark.parametrize("key", range(4))
def test_more_than_years_tell_is_in_no_total(tmp_path: Path, key: int):
    folder = attacker.written(over_years(9), tmp_path)
    seen = attacker.published(folder, bytes([key]) * 32)
    assert len(seen.cells) == 3
    assert seen.shown[2] >= seen.shown[:2].sum()
    assert {row["cell_count"] for row in seen.margins} == {2}
    small = attacker.small(seen.true)
    assert min(attacker.values_left(seen.shown, [attacker.knowledge(seen)], small)) >= 5


def test_no_margin_is_published_of_a_total_that_counts_some_twice(tmp_path: Path):
    version = over_years(9)
    other = {"outcome_id": "other", "measure": "job_offers"}
    version["outcomes"].append(version["outcomes"][0] | other)
    folder = attacker.written(version, tmp_path)
    with workbench() as connection:
        loading.load_folder(connection, folder)
        protect.protect(connection, SECRET, None)
        connection.execute("attach ':memory:' as version")
        every = "select * exclude (has_wholes) from memory.margins where "
        connection.execute(f"create table version.margins as {every} false")
        connection.execute(protect.TELL_MARGINS)
        published = connection.sql("from version.margins").fetchall()
        of_parts, of_wholes = (
            connection.sql(every + which).fetchall() for which in ("not has_wholes", "has_wholes")
        )
    assert of_wholes and of_parts and published == of_parts


@pytest.mark.slow
def test_ages_tell_nothing(tmp_path: Path):
    """They add up to their counts, and are left out: what is published is the same without them."""
    version = attacker.made_up(3)
    ageless = [row for row in version["outcomes"] if not row.get("age_group")]
    assert len(ageless) < len(version["outcomes"])
    seen = [
        attacker.published(attacker.written(rows, tmp_path), SECRET)
        for rows in (version, version | {"outcomes": ageless})
    ]
    assert (seen[0].shown == seen[1].shown).all()


@pytest.mark.slow
def test_two_persons_in_four_of_eight_rounds_are_published(tmp_path: Path):
    """Two associations, two years, two kinds: any two of the four share a total."""
    rounds = ["A 2024", "A 2025", "B 2024", "B 2025"]
    kinds = ["apprenticeship", "placement_permanent", "placement_permanent", "apprenticeship"]
    version: dict[str, Any] = {"activities": [], "outcomes": []}
    for name, kind in zip(rounds, kinds, strict=True):
        association, year = name.split()
        same = {"activity_id": name, "evidence": "register"}
        version["activities"].append(
            same
            | {"association": association, "title": name, "start_date": year}
            | {"programme": "P", "activity_type": "job_matching"}
        )
        for measure in set(kinds):
            value = 2 if measure == kind else 0
            row = same | {"outcome_id": name + measure, "measure": measure, "value": value}
            version["outcomes"].append(row)
    folder = attacker.written(version, tmp_path)
    for secret in (bytes([n]) * 32 for n in range(2)):
        assert all(row["most"] == MARGIN for row in attacker.published(folder, secret).margins)


@pytest.mark.slow
def test_looser_totals_are_told_by_checking_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(protect, "LOOSENED", 1)
    folder = attacker.written(attacker.made_up(1), tmp_path)
    assert {row["most"] for row in attacker.published(folder, SECRET).margins} == {10}
    said = [f for f in report.findings_of(folder, None, date(2026, 11, 23)) if "±" in str(f.found)]
    assert said == [
        Finding("total_is_loosened", "outcomes.csv", None, None, "±10", "±5", "should_look")
    ]


def test_looser_totals_may_be_chance(monkeypatch: pytest.MonkeyPatch):
    """So that they don't tell that a version is one of the few that need it."""
    monkeypatch.setattr(protect, "LOOSENED", 0.1)
    cells = pd.DataFrame({"kind": ["a", "b"], "count": [2, 3]})
    margins = [protect.least_margin(bytes([n]) * 32, cells) for n in range(200)]
    assert set(margins) == {5, 10}
    assert 10 < margins.count(10) < 30
