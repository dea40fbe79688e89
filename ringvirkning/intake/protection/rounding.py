"""As few roundings as possible turned away from how they were drawn, so that limits are kept: an
integer programme, over numbers that know neither files nor versions (`protect` does)."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from ringvirkning.texts.certainty import BASE

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
PartProgress = Callable[[float], object]

MARGIN = BASE  # persons that a total may be off, as is published; more where it can't be kept
PERSONS_OFF = 2  # persons that a total with a weight should be off at most; published of none
# What it costs to turn a rounding, to have a total with the weight of one not near, to turn a
# rounding that was published before, and one whose count both roundings together would tell.
TURNED, NOT_NEAR, TURNED_AGAIN, TURNED_SMALL = 1, 20, 100, 1_000
WHOLE = 500  # cells that one integer programme settles; more are relaxed first
LEFT = 250  # cells that are then left for one: with more, some were seen to take seconds
NODES = 2_000  # after so many the best rounding found is taken: a limit of time would be chance


@dataclass(frozen=True)
class Cells:
    """The counts; `start`, their rounding before any is turned; `kept`, whether that is how they
    were published before; `tie`, a keyed number from 0 to 1 that decides between equals; `base`,
    what they are rounded to multiples of."""

    counts: Counts
    start: Counts
    kept: Flags
    tie: FloatArray
    base: int = BASE

    @property
    def is_fixed(self) -> Flags:
        """Those that both roundings together would tell."""
        return self.kept & (self.counts < self.base)

    @property
    def step(self) -> Counts:
        """1 where turning it makes it more, −1 where less."""
        return np.where(self.start > self.counts, -1, 1)

    @property
    def cost(self) -> FloatArray:
        """What it costs to turn each."""
        again = np.where(self.is_fixed, TURNED_SMALL, TURNED_AGAIN)
        return np.where(self.kept, again, TURNED) * (1 + self.tie / 100)


@dataclass(frozen=True)
class Constraints:
    """A row for each total or order, a column for each cell: 1 where it counts, −1 where it is to
    be fewer. `weight` says how much it matters that a total is near; NaN for an order, which is
    never below 0, −∞ for one that gives way where no rounding keeps it."""

    matrix: csr_array
    weight: FloatArray

    def bounds(self, counts: Counts, margin: float) -> tuple[FloatArray, FloatArray]:
        """Between what the rounded counts of each row must lie."""
        true, is_order = self.matrix @ counts, ~(self.weight >= 0)
        return np.where(is_order, 0, true - margin), np.where(is_order, np.inf, true + margin)

    def near(self, counts: Counts, base: int) -> tuple[FloatArray, FloatArray]:
        """Between what they should lie. A total below the base may always be published as 0: else
        0 would say that it is at most two."""
        low, high = self.bounds(counts, PERSONS_OFF)
        return np.where(self.matrix @ counts < base, 0, low), high

    @property
    def firm(self) -> "Constraints":
        """Without those that give way."""
        is_firm = self.weight != -np.inf
        return Constraints(self.matrix[is_firm], self.weight[is_firm])


def incidence(rows: Counts, columns: Counts, signs: Counts, shape: tuple[int, int]) -> csr_array:
    """The matrix of `Constraints`."""
    return coo_array((signs, (rows, columns)), shape=shape).tocsr()


def draws(secret: bytes, cells: Sequence[str], counts: Counts) -> FloatArray:
    """Two numbers from 0 to 1 for each cell and count, as good as random without the secret."""
    digests = b"".join(
        hmac.digest(secret, f"{cell}\0{count}".encode(), "sha256")[:16]
        for cell, count in zip(cells, counts, strict=True)
    )
    return np.frombuffer(digests, dtype=">u8").reshape(-1, 2) / 2.0**64


def drawn(counts: Counts, draw: FloatArray, base: int = BASE) -> Counts:
    """Each count rounded down or up, up as often as it lies near."""
    return counts // base * base + base * (draw < counts % base / base)


@dataclass(frozen=True)
class Programme:
    """`cost` is to be the least; each row of `matrix` lies between `low` and `high`, each variable
    between 0 and `most`. The first are whole, one for each of `tie`, which says in what order they
    are settled; the rest are what totals lack of being near."""

    cost: FloatArray
    matrix: csr_array
    low: FloatArray
    high: FloatArray
    most: FloatArray
    tie: FloatArray

    def solved(self, free: Flags, given: FloatArray, whole: bool) -> FloatArray | None:
        """All variables, those that aren't free as given; None where there is no answer."""
        above = self.matrix[:, ~free] @ given[~free]
        integrality = (np.arange(len(self.cost)) < len(self.tie)) & whole
        answer = milp(
            self.cost[free],
            integrality=integrality[free].astype(int),
            bounds=Bounds(0, self.most[free]),
            constraints=LinearConstraint(self.matrix[:, free], self.low - above, self.high - above),
            options={"node_limit": NODES},
        )
        if answer.x is None:
            return None
        result = given.copy()
        result[free] = answer.x
        return result


def programme(cells: Cells, limits: Constraints, margin: float, turnable: Flags) -> Programme:
    """A variable for each count that may be turned, 1 where it is, and for each total with a weight
    two, by how much it is too low and too high to be near.

    All is counted in steps of the base, so that limits are whole numbers: with other limits the
    solver was seen to look for minutes. Limits that hold anyhow are left out.
    """
    base = cells.base
    change = limits.matrix.multiply(cells.step[None]).tocsr()[:, turnable]
    shown = limits.matrix @ cells.start // base
    bounds, near = limits.bounds(cells.counts, margin), limits.near(cells.counts, base)
    widest = [np.ceil(bounds[0] / base) - shown, np.floor(bounds[1] / base) - shown]
    weighted = limits.weight > 0
    low = np.where(weighted, np.ceil(near[0] / base) - shown, widest[0])
    high = np.where(weighted, np.floor(near[1] / base) - shown, widest[1])
    due = (change.minimum(0).sum(axis=1) < low) | (change.maximum(0).sum(axis=1) > high)
    lacking = np.flatnonzero(due & weighted)
    lack = eye_array(len(low)).tocsc()[:, lacking]
    lacked = [low[lacking] - widest[0][lacking], widest[1][lacking] - high[lacking]]
    return Programme(
        np.concatenate([cells.cost[turnable], np.tile(NOT_NEAR * limits.weight[lacking], 2)]),
        hstack([change, lack, -lack]).tocsr()[due],
        low[due],
        high[due],
        np.concatenate([np.ones(change.shape[1]), *lacked]),
        cells.tie[turnable],
    )


def turned(asked: Programme, progress: PartProgress) -> Flags | None:
    """Which roundings are turned, as few as possible; None where no rounding keeps the limits.

    Many cells are relaxed first: that settles all but a hundred or two. Those and some more are
    left for an integer programme; where that has no answer, four times as many.
    """
    number = len(asked.tie)
    free, is_left = np.ones(len(asked.cost), bool), np.ones(number, bool)
    answer = np.zeros(len(asked.cost))
    if not len(asked.cost):
        return None if len(asked.low) else is_left
    if number > WHOLE:
        relaxed = asked.solved(free, answer, whole=False)
        if relaxed is None:
            return None
        answer = np.round(relaxed)
        is_left = abs(relaxed - answer)[:number] > 1e-6
        progress(0.8)
    order, size = np.lexsort((asked.tie, ~is_left)), LEFT
    while True:
        free[order] = np.arange(number) < max(size, is_left.sum())
        found = asked.solved(free, answer, whole=True)
        if found is not None or free.all():
            return None if found is None else found[:number] > 0.5
        size *= 4


def rounded(
    cells: Cells,
    limits: Constraints,
    margin: int = MARGIN,
    progress: PartProgress = lambda part: None,
) -> tuple[Counts, int]:
    """The counts rounded, as few as possible turned away from their start, and how much a total may
    be off: `margin`, or as few bases more as there must be.

    It ends, for every order within a round can be kept: by rounding down each count, the sum of
    those placed, and, where it must for those followed up, not the ones who began an education.
    Only where a corrected count can't keep an order beside small ones as they were published are
    those turned again.
    """
    has_two = cells.counts % cells.base > 0
    turnable = has_two & ~cells.is_fixed

    def turn(within: float) -> Flags | None:
        return turned(programme(cells, limits, within, turnable), progress)

    while (found := turn(margin)) is None:
        if turn(np.inf) is not None:
            margin += cells.base
        elif len(limits.firm.weight) < len(limits.weight):
            limits = limits.firm
        else:
            turnable = has_two
    result = cells.start.copy()
    result[turnable] += np.where(found, cells.base * cells.step[turnable], 0)
    return result, margin
