"""Small numbers about people: what rounding keeps, and that nobody gets behind it."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from intake import protect
from intake.protect import BASE, Cells, Limits

SECRET = b"\x2a" * 32
Counts = protect.Counts


def fresh(counts: Counts, secret: bytes = SECRET, base: int = BASE) -> Cells:
    """Cells that were never published, with names of their own."""
    draw = protect.draws(secret, [f"cell {n}" for n in range(len(counts))], counts)
    kept = np.zeros(len(counts), dtype=bool)
    return Cells(counts, protect.drawn(counts, draw[:, 0], base), kept, draw[:, 1])


def margins(shape: tuple[int, ...], grand: float = 2, one_way: float = 5) -> Limits:
    """The grand total and the one-way totals of a cube."""
    index = np.arange(np.prod(shape)).reshape(shape)
    one = [index.take(at, axis).ravel() for axis, n in enumerate(shape) for at in range(n)]
    totals: list[Any] = [index.ravel(), *one]
    most = np.array([grand, *[one_way] * len(one)], dtype=float)
    return Limits(protect.incidence(totals, [[]] * len(totals), index.size), most)


def cube(seed: int) -> tuple[Counts, Limits]:
    """Small counts as WorkOP's: 6 municipalities × 10 quarters × 8 measures, many below five."""
    draw = np.random.default_rng(seed)
    shape = (6, 10, 8)
    size = [draw.gamma(2.0, 1.0, n) for n in shape]
    mean = np.einsum("i,j,k->ijk", *size) * 4 / 8
    return draw.poisson(mean).ravel().astype(np.int64), margins(shape)


# The rule


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.binary(min_size=32, max_size=32))
def test_every_count_goes_to_a_neighbouring_multiple(counts: list[int], secret: bytes):
    true = np.array(counts)
    shown = protect.rounded(fresh(true, secret), margins((len(counts),)))
    assert (shown % BASE == 0).all()
    assert (abs(shown - true) < BASE).all()
    assert abs(shown.sum() - true.sum()) <= (2 if true.sum() >= BASE else 4)


@pytest.mark.parametrize("seed", range(5))
def test_totals_are_kept(seed: int):
    true, limits = cube(seed)
    shown = protect.rounded(fresh(true), limits)
    off = abs(limits.matrix @ (shown - true))
    assert off[0] <= 2
    assert (off[1:] <= 5).all()
    assert list(protect.broken(limits, true, shown, [""] * len(off))) == []


def test_as_few_as_possible_are_turned():
    """In one dimension the fewest can be told: so many that the sum is within two."""
    for seed in range(20):
        true = np.random.default_rng(seed).integers(0, 30, 200)
        cells = fresh(true, bytes([seed]) * 32)
        shown = protect.rounded(cells, margins((200,), one_way=100))
        off = abs(cells.start.sum() - true.sum())
        assert (shown != cells.start).sum() == max(0, np.ceil((off - 2) / BASE))


def test_rounding_leans_nowhere():
    """Unbiased: over many keys a count of two is shown as five in two of five cases."""
    two = np.full(5000, 2)
    draw = protect.draws(SECRET, [str(n) for n in range(5000)], two)
    assert 0.38 < (protect.drawn(two, draw[:, 0]) == 5).mean() < 0.42


def test_a_stage_stays_at_least_as_large_as_the_next():
    draw = np.random.default_rng(7)
    attended = draw.integers(0, 40, 100)
    placed = draw.binomial(attended, 0.6)
    true = np.concatenate([attended, placed])
    index = np.arange(200).reshape(2, 100)
    totals = [index.ravel(), index[0], index[1]]
    limits = Limits(
        protect.incidence([*totals, *index[0][:, None]], [[], [], [], *index[1][:, None]], 200),
        np.array([2, 5, 5, *[np.nan] * 100]),
    )
    start = protect.drawn(true, np.random.default_rng(8).random(200))
    assert (start[:100] < start[100:]).any()
    shown = protect.rounded(Cells(true, start, true < 0, draw.random(200)), limits)
    assert (shown[:100] >= shown[100:]).all()


def test_a_total_that_cannot_be_kept_is_named():
    true = np.array([7, 12])
    limits = margins((2,), grand=0)
    shown = protect.rounded(fresh(true), limits)
    (found,) = protect.broken(limits, true, shown, ["placements · 2024", "", ""])
    assert (found.rule, found.level) == ("total_is_off", "must_fix")
    assert found.found in ("placements · 2024: +1", "placements · 2024: -4")


def test_block_by_block_keeps_the_same_limits(monkeypatch: pytest.MonkeyPatch):
    true, limits = cube(3)
    monkeypatch.setattr(protect, "BLOCK", 100)
    seen: list[float] = []
    shown = protect.rounded(fresh(true), limits, progress=seen.append)
    assert list(protect.broken(limits, true, shown, [""] * len(limits.most))) == []
    assert seen == [100 / 480, 200 / 480, 300 / 480, 400 / 480, 1]


@pytest.mark.parametrize("seed", [0, 5, 9])
def test_what_a_later_block_could_not_keep_those_before_do(
    seed: int, monkeypatch: pytest.MonkeyPatch
):
    true, limits = cube(seed)
    monkeypatch.setattr(protect, "BLOCK", 10)
    assert not limits.exceeded(true, protect.rounded(fresh(true), limits)).any()


# The same again


def test_the_same_data_gives_the_same_roundings():
    true, limits = cube(1)
    once, again = (protect.rounded(fresh(true), limits) for _ in range(2))
    assert (once == again).all()
    other = protect.rounded(fresh(true, b"\x01" * 32), limits)
    assert (once != other).any()


def test_a_count_that_has_not_changed_keeps_its_rounding():
    true, limits = cube(2)
    before = protect.rounded(fresh(true), limits)
    changed = true.copy()
    changed[::25] += 3
    new = fresh(changed)
    kept = changed == true
    cells = Cells(changed, np.where(kept, before, new.start), kept, new.tie)
    after = protect.rounded(cells, limits)
    assert list(protect.broken(limits, changed, after, [""] * len(limits.most))) == []
    # Those that must change to keep the limits are few, and fewer than without remembering.
    assert (after != before)[kept].sum() <= 4
    assert (protect.rounded(new, limits) != before)[kept].sum() >= 8


# Attackers


def possible(
    shown: Counts, limits: Limits, base: int, cell: int, known: tuple[csr_array, Counts] | None
) -> int:
    """How many values of a cell fit all that is published, the rule and the limits, and the true
    totals where those are known: linear programmes for the lowest and the highest."""
    low = np.maximum(0, shown - base + 1)
    published = limits.matrix @ shown
    below = published - limits.most
    above = np.where(published == 0, base - 1, published + limits.most)
    cost = np.zeros(len(shown))
    cost[cell] = 1
    ends = []
    for sign in (1, -1):
        answer = linprog(
            sign * cost,
            A_ub=vstack([limits.matrix, -limits.matrix]),
            b_ub=np.concatenate([above, -below]),
            A_eq=known[0] if known else None,
            b_eq=known[1] if known else None,
            bounds=np.stack([low, shown + base - 1], axis=1),
        )
        assert answer.status == 0, answer.message
        ends.append(sign * answer.fun)
    return int(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6)) + 1


def fewest_left(seed: int, base: int, knows_totals: bool) -> int:
    """The fewest values that an attacker is left with for a cell whose true count is 1 to 4."""
    true, limits = cube(seed)
    shown = protect.rounded(fresh(true, bytes([seed]) * 32, base), limits, base)
    small = np.flatnonzero((true > 0) & (true < BASE))
    # By turns each twentieth cell of another seed: two programmes for each take a while.
    known = (limits.matrix, limits.matrix @ true) if knows_totals else None
    asked = small[seed % 20 :: 20]
    return min(possible(shown, limits, base, int(cell), known) for cell in asked)


@pytest.mark.parametrize("knows_totals", [False, True], ids=["what is published", "true totals"])
@pytest.mark.parametrize("seed", range(4))
def test_at_least_five_values_stay_possible(seed: int, knows_totals: bool):
    assert fewest_left(seed, BASE, knows_totals) >= 5


def test_base_three_would_leave_fewer():
    assert fewest_left(0, 3, knows_totals=False) < 5


def patterns(counts: Counts, limits: Limits) -> Iterator[tuple[Counts, Counts]]:
    """All cubes in `counts` with each rounding of theirs that keeps the limits."""
    for up in itertools.product((0, 1), repeat=counts.shape[1]):
        shown = counts // BASE * BASE + BASE * np.array(up)
        true, seen = counts @ limits.matrix.T, shown @ limits.matrix.T
        low = np.where(true < BASE, 0, true - limits.most)
        fits = ((seen >= low) & (seen <= true + limits.most)).all(axis=1)
        fits &= (abs(shown - counts) < BASE).all(axis=1)
        yield counts[fits], shown[fits]


def test_no_two_by_two_cube_can_be_turned_back():
    """For every cube of 0 to 9, whatever the key: all that could lie behind what is shown."""
    limits = margins((2, 2))
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


@given(st.lists(st.integers(0, 14), min_size=4, max_size=4), st.lists(st.booleans(), min_size=4))
def test_a_rounding_within_the_limits_may_be_the_draw_itself(counts: list[int], up: list[bool]):
    """What the test above rests on: a start that keeps the limits is published as it is."""
    true, limits = np.array(counts), margins((2, 2))
    start = true // BASE * BASE + BASE * (np.array(up[:4]) & (true % BASE > 0))
    if list(protect.broken(limits, true, start, [""] * 5)):
        return
    cells = Cells(true, start, true < 0, np.linspace(0, 1, 4))
    assert (protect.rounded(cells, limits) == start).all()
