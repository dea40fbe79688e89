"""Small numbers about people, protected once: every count rounded to a multiple of five.

Each count x becomes 5⌊x/5⌋ or 5⌈x/5⌉. Which of the two is drawn by a key that no one outside
has, so that in the long run no total leans (unbiased random rounding), for what a count is of and
not for the id of its row. Then as few roundings as possible are turned the other way, so that the
orders that anybody knows are kept (nobody is placed who didn't come), no total is further off than
is published of it, and the totals that are read most are as near as can be: the idea of Statistics
Norway's SmallCountRounding (Langsrud and Heldal 2018), solved as an integer programme. A rounding
that keeps all this may be the draw itself, so what is published tells an attacker nothing but the
rule.

A count keeps the rounding that it was ever published with. Below the base it is never turned
again, since whoever has seen it both as 0 and as 5 knows that it is neither: totals give way.
"""

import hmac
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack

import queries
from ringvirkning.finding import Finding

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Progress = Callable[[float], object]

BASE = 5  # may be raised, never lowered: with 3, a zero leaves three possible values
MARGIN = BASE  # persons that a total may be off, as is published; more where it can't be kept
NEAR = 2  # persons that a total with a weight should be off at most; published of none
# What it costs to turn a rounding, to have a total with the weight of one not near, to turn a
# rounding that was published before, and one whose count both roundings together would tell.
TURNED, NOT_NEAR, TURNED_AGAIN, TURNED_SMALL = 1, 20, 100, 1_000
WHOLE = 500  # cells that one integer programme settles; more are relaxed first
LEFT = 250  # cells that are then left for one: with more, some were seen to take seconds
NODES = 2_000  # after so many the best rounding found is taken: a limit of time would be chance
LOOSENED = 0.001  # the share of versions with looser margins than they need
FILE = "outcomes.csv"  # where most of the counts stand
FEWEST = 10  # persons; a version that differs in fewer shows what has changed for whom
# The exact database keeps what was published of each cell, for the next version to keep to, and
# what earlier versions published of small counts that are no more; the public's tells by how much
# its totals may be off.
KEPT = """
create table cells as from memory.rounded;
create table earlier_cells as from memory.earlier;
"""
EARLIER = """
create or replace table memory.earlier as
select cell, count, first(kind) as kind, first(label) as label, first(rounded) as rounded
from given_published anti join given_rounded using (cell, count)
where count > 0 and count < $base
group by cell, count
order by cell, count
"""
TOLD = "insert into version.margins select * exclude (has_wholes) from memory.margins"
TOLD += " where not has_wholes;"
TYPES = {"cell": str, "kind": str, "label": str, "count": int, "rounded": float}
MARGINS = """
create or replace table memory.margins as
select total, field, measured_at, year, association, programme, measure, evidence,
    len(cells)::integer as cell_count, $margin::integer as most, has_wholes
from totals
order by total_id
"""


def text(name: str) -> str:
    """The SQL of a file beside this one."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Cells:
    """The counts; `start`, their rounding before any is turned; `kept`, whether that is how they
    were published before; `tie`, a keyed number from 0 to 1 that decides between equals; `base`,
    what they are rounded to multiples of."""

    counts: Counts
    start: Counts
    kept: Flags
    tie: Numbers
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
    def cost(self) -> Numbers:
        """What it costs to turn each."""
        again = np.where(self.is_fixed, TURNED_SMALL, TURNED_AGAIN)
        return np.where(self.kept, again, TURNED) * (1 + self.tie / 100)


@dataclass(frozen=True)
class Limits:
    """A row for each total or order, a column for each cell: 1 where it counts, −1 where it is to
    be fewer. `weight` says how much it matters that a total is near; NaN for an order, which is
    never below 0, −∞ for one that gives way where no rounding keeps it."""

    matrix: csr_array
    weight: Numbers

    def bounds(self, counts: Counts, margin: float) -> tuple[Numbers, Numbers]:
        """Between what the rounded counts of each row must lie."""
        true, is_order = self.matrix @ counts, ~(self.weight >= 0)
        return np.where(is_order, 0, true - margin), np.where(is_order, np.inf, true + margin)

    def near(self, counts: Counts, base: int) -> tuple[Numbers, Numbers]:
        """Between what they should lie. A total below the base may always be published as 0: else
        0 would say that it is at most two."""
        low, high = self.bounds(counts, NEAR)
        return np.where(self.matrix @ counts < base, 0, low), high

    @property
    def firm(self) -> "Limits":
        """Without those that give way."""
        is_firm = self.weight != -np.inf
        return Limits(self.matrix[is_firm], self.weight[is_firm])


def incidence(rows: Counts, columns: Counts, signs: Counts, shape: tuple[int, int]) -> csr_array:
    """The matrix of `Limits`."""
    return coo_array((signs, (rows, columns)), shape=shape).tocsr()


def draws(secret: bytes, cells: Sequence[str], counts: Counts) -> Numbers:
    """Two numbers from 0 to 1 for each cell and count, as good as random without the secret."""
    digests = b"".join(
        hmac.digest(secret, f"{cell}\0{count}".encode(), "sha256")[:16]
        for cell, count in zip(cells, counts, strict=True)
    )
    return np.frombuffer(digests, dtype=">u8").reshape(-1, 2) / 2.0**64


def drawn(counts: Counts, draw: Numbers, base: int = BASE) -> Counts:
    """Each count rounded down or up, up as often as it lies near."""
    return counts // base * base + base * (draw < counts % base / base)


@dataclass(frozen=True)
class Programme:
    """`cost` is to be the least; each row of `matrix` lies between `low` and `high`, each variable
    between 0 and `most`. The first are whole, one for each of `tie`, which says in what order they
    are settled; the rest are what totals lack of being near."""

    cost: Numbers
    matrix: csr_array
    low: Numbers
    high: Numbers
    most: Numbers
    tie: Numbers

    def solved(self, free: Flags, given: Numbers, whole: bool) -> Numbers | None:
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


def programme(cells: Cells, limits: Limits, margin: float, turnable: Flags) -> Programme:
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


def turned(asked: Programme, progress: Progress) -> Flags | None:
    """Which roundings are turned, as few as possible; None where no rounding keeps the limits.

    Many cells are relaxed first: that settles all but a hundred or two. Those and some more are
    left for an integer programme; where that has no answer, four times as many.
    """
    number = len(asked.tie)
    free, is_left = np.ones(len(asked.cost), bool), np.ones(number, bool)
    answer = np.zeros(len(asked.cost))
    if not number:
        return is_left
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
    limits: Limits,
    margin: int = MARGIN,
    progress: Progress = lambda part: None,
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


def protect(
    connection: duckdb.DuckDBPyConnection,
    secret: bytes,
    before: Path | None,
    progress: Progress = lambda part: None,
    since: Sequence[Path] = (),
) -> list[Finding]:
    """Round every count of people in `given.*`, into a table `rounded` (cell, kind, label, count,
    rounded), and say in a table `margins` how much each total may be off.

    `before` is the exact database of the version before, `since` those of what was published since
    and is no longer current. Answers what the publisher should know.
    """
    connection.execute(queries.text("open_to_all") + text("cells"))
    current = rounded_in(connection, before, "cells")
    published = pd.concat([current, *ever_rounded(connection, before, since)])
    found = connection.sql(
        "select cell, kind, label, count::bigint as count from cells order by cell_id"
    )
    cells = with_published(found.df(), current, published)
    counts = cells["count"].to_numpy()
    draw = draws(secret, (cells["kind"] + "\0" + cells["label"]).tolist(), counts)
    kept = cells["rounded"].notna().to_numpy()
    start = np.where(kept, cells["rounded"].fillna(0), drawn(counts, draw[:, 0])).astype(np.int64)
    progress(0.3)
    result, margin = rounded(
        Cells(counts, start, kept, draw[:, 1]),
        limits(connection, len(cells)),
        margin=least_margin(secret, cells),
        progress=progress,
    )
    connection.register("given_rounded", cells.assign(rounded=result))
    connection.register("given_before", current)
    connection.register("given_published", published)
    connection.execute("create or replace table memory.rounded as from given_rounded")
    connection.execute(EARLIER, {"base": BASE})
    connection.execute(MARGINS, {"margin": margin})
    progress(1)
    again = kept & (result != start)
    is_small = counts < BASE
    return told(connection, int((again & ~is_small).sum()), int((again & is_small).sum()), margin)


def with_published(
    cells: pd.DataFrame, before: pd.DataFrame, published: pd.DataFrame
) -> pd.DataFrame:
    """The cells (cell, kind, label, count) with how each was published (rounded), if it was: by
    its own id or, of the version before, as a count of the same kind that is there no longer, so
    that a round keeps its roundings under another id and another title."""
    rows = [*published.itertuples()][::-1]  # of several the first is kept
    shown = {(row.cell, row.count): row.rounded for row in rows}
    gone: dict[Hashable, dict[Any, float]] = defaultdict(dict)
    for row in before[~before["cell"].isin(cells["cell"])].itertuples():
        gone[row.kind, row.count][row.label] = row.rounded
    for is_by_label in (True, False):
        for row in cells.itertuples():
            key, free = (row.cell, row.count), gone[row.kind, row.count]
            label = row.label if is_by_label else next(iter(free), None)
            if key not in shown and label in free:
                shown[key] = free.pop(label)
    keys = zip(cells["cell"], cells["count"], strict=True)
    return cells.assign(rounded=pd.Series(map(shown.get, keys), dtype=float))


def limits(connection: duckdb.DuckDBPyConnection, width: int) -> Limits:
    """The totals and then the orders of `cells.sql`, for so many cells."""
    counted = connection.sql("from limit_cells").fetchnumpy()
    weight = connection.sql("select weight from limits order by limit_id").fetchnumpy()["weight"]
    weight = np.ma.filled(weight.astype(np.float64), np.nan)
    rows, columns, signs = (counted[name] for name in ("limit_id", "cell_id", "sign"))
    return Limits(incidence(rows, columns, signs, (len(weight), width)), weight)


def least_margin(secret: bytes, cells: pd.DataFrame) -> int:
    """How much the totals of these counts may be off, as is published of them at the least.

    Where it is more than a rounding needs, that is chance: else it would tell of counts that can't
    be rounded within less, and those are very few.
    """
    names = "".join(cells["kind"] + "\0" + cells["count"].astype(str))
    (draw,) = draws(secret, [names], np.zeros(1, np.int64))
    return MARGIN + BASE * bool(draw[0] < LOOSENED)


def ever_rounded(
    connection: duckdb.DuckDBPyConnection, before: Path | None, since: Sequence[Path]
) -> Iterator[pd.DataFrame]:
    """As `rounded_in`, of what other versions than the one before have published."""
    yield from (rounded_in(connection, path, "cells") for path in since)
    yield from (rounded_in(connection, path, "earlier_cells") for path in (before, *since))


def rounded_in(
    connection: duckdb.DuckDBPyConnection, exact: Path | None, table: str
) -> pd.DataFrame:
    """What was published of each cell (cell, kind, label, count, rounded), as an exact database has
    it; empty when there is none, or it can't be read: the draws are the same then, only what was
    turned is not. Older ones knew of no kinds and labels."""
    none = "select '' as cell, '' as kind, '' as label, 0 as count, 0 as rounded where false"
    try:
        path = str(exact).replace("'", "''")
        connection.execute(f"attach '{path if exact else ':memory:'}' as before (read_only)")
        found = connection.sql(f"{none} union all by name from before.{table}").df()
    except duckdb.ParserException:
        raise  # a fault of ours, which would turn roundings unseen
    except duckdb.Error:
        found = connection.sql(none).df()
    finally:
        connection.execute("detach database if exists before")
    return found.fillna({"kind": "", "label": ""}).astype(TYPES)


def told(
    connection: duckdb.DuckDBPyConnection, turned: int, small_turned: int, margin: int
) -> list[Finding]:
    """What the publisher is told of the version before and this one."""
    found = [
        Finding("few_persons_changed", FILE, found=f"{', '.join(filter(None, whose))}: {persons}")
        for *whose, persons in connection.execute(text("persons_changed"), [FEWEST]).fetchall()
    ]
    if turned:
        found.append(Finding("roundings_turned", FILE, found=str(turned)))
    if small_turned:
        found.append(Finding("small_roundings_turned", FILE, found=str(small_turned)))
    if margin > MARGIN:
        wide = Finding("total_is_loosened", FILE, found=f"±{margin}", expected=f"±{MARGIN}")
        found.append(wide)
    return [replace(finding, level="should_look") for finding in found]
