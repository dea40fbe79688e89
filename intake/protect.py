"""Small numbers about people, protected once: every count rounded to a multiple of five.

Each count x becomes 5⌊x/5⌋ or 5⌈x/5⌉. Which of the two is drawn by a key that no one outside
has, so that in the long run no total leans (unbiased random rounding); a count that is as it was
in the version before keeps its rounding. Then as few roundings as possible are turned the other
way, so that no grand total is off by more than two and no one-way total by more than five: the
idea of Statistics Norway's SmallCountRounding (Langsrud and Heldal 2018), solved as an integer
programme. A rounding within the limits may be the draw itself, so what is published tells an
attacker nothing but the limits.
"""

import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from intake import Finding

Counts = NDArray[np.int64]
Lists = Sequence[Sequence[int]]

BASE = 5  # may be raised, never lowered: with 3, a zero leaves three possible values
BLOCK = 5_000  # cells solved at once; the time grows faster than their number
# What a turned rounding costs, and one that was published before; what one person beyond a limit
# costs, in an order and in a total.
TURNED, TURNED_AGAIN, DISORDERED, OFF = 1, 10, 100, 1_000
FEWEST = 10  # persons; a version that differs in fewer shows what has changed for whom
# The exact database keeps what was published of each cell, for the next version to keep to.
KEPT = "create table cells as select cell, count, rounded from memory.rounded;"


def text(name: str) -> str:
    """The SQL of a file beside this one."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Cells:
    """The counts; `start`, their rounding before any is turned; `kept`, whether that is how they
    were published before; `tie`, a keyed number from 0 to 1 that decides between equals."""

    counts: Counts
    start: Counts
    kept: NDArray[np.bool_]
    tie: NDArray[np.float64]

    def part(self, part: slice) -> "Cells":
        return Cells(self.counts[part], self.start[part], self.kept[part], self.tie[part])


@dataclass(frozen=True)
class Limits:
    """A row for each total or order, a column for each cell: 1 where it counts, −1 where it is to
    be fewer. `most` is how much a total may be off, NaN for an order, which is not below 0."""

    matrix: csr_array
    most: NDArray[np.float64]

    @property
    def is_order(self) -> NDArray[np.bool_]:
        return np.isnan(self.most)

    def bounds(self, true: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Between what each row must lie. A total below the base may always be published as 0:
        else 0 would say that it is at most two."""
        low = np.where(self.is_order | (true < BASE), 0, true - self.most)
        return low, np.where(self.is_order, np.inf, true + self.most)

    def exceeded(self, counts: Counts, result: Counts) -> NDArray[np.bool_]:
        """The rows of totals that are further off than they may be."""
        low, high = self.bounds(self.matrix @ counts)
        shown = self.matrix @ result
        return ~self.is_order & ((shown < low) | (shown > high))


def incidence(more: Lists, fewer: Lists, width: int) -> csr_array:
    """The matrix of `Limits` from the cells of each row."""
    rows = [
        np.full(len(m) + len(f), row) for row, (m, f) in enumerate(zip(more, fewer, strict=True))
    ]
    columns = [np.array([*m, *f], dtype=np.int64) for m, f in zip(more, fewer, strict=True)]
    signs = [np.repeat([1, -1], [len(m), len(f)]) for m, f in zip(more, fewer, strict=True)]
    nothing = [np.zeros(0, dtype=np.int64)]
    matrix = coo_array(
        (
            np.concatenate(signs or nothing),
            (np.concatenate(rows or nothing), np.concatenate(columns or nothing)),
        ),
        shape=(len(more), width),
    ).tocsr()
    matrix.sort_indices()
    return matrix


def draws(secret: bytes, cells: Sequence[str], counts: Counts) -> NDArray[np.float64]:
    """Two numbers from 0 to 1 for each cell and count, as good as random without the secret."""
    digests = b"".join(
        hmac.digest(secret, f"{cell}\0{count}".encode(), "sha256")[:16]
        for cell, count in zip(cells, counts, strict=True)
    )
    return np.frombuffer(digests, dtype=">u8").reshape(-1, 2) / 2.0**64


def drawn(counts: Counts, draw: NDArray[np.float64], base: int = BASE) -> Counts:
    """Each count rounded down or up, up as often as it lies near."""
    return counts // base * base + base * (draw < counts % base / base)


def rounded(
    cells: Cells,
    limits: Limits,
    base: int = BASE,
    progress: Callable[[float], object] = lambda part: None,
) -> Counts:
    """The counts rounded within the limits, as few as possible turned away from their start.

    Where no rounding keeps every limit, it comes as near as it can. Block by block: each keeps
    the limits of the sums so far. Where a later one could not, those before are solved again.
    """
    size, matrix = len(cells.counts), limits.matrix
    last = matrix.indices[matrix.indptr[1:] - 1]
    result = cells.start.copy()
    blocks = [slice(begin, min(begin + BLOCK, size)) for begin in range(0, size, BLOCK)]

    def solve(part: slice, end: int) -> None:
        """One block, so that the sums of all cells before `end` keep their limits."""
        inside, so_far = matrix[:, part], matrix[:, :end]
        due = (np.diff(inside.indptr) > 0) & (~limits.is_order | (last < end))
        low, high = limits.bounds(so_far @ cells.counts[:end])
        given = so_far @ result[:end] - inside @ result[part]
        here = LinearConstraint(inside[due], (low - given)[due], (high - given)[due])
        weight = np.where(limits.is_order, DISORDERED, OFF)[due]
        result[part] = solved(cells.part(part), here, weight, base)

    for part in blocks:
        solve(part, part.stop)
        progress(part.stop / size)
    for part in blocks if len(blocks) > 1 else ():
        if matrix[limits.exceeded(cells.counts, result)][:, part].nnz:
            solve(part, size)
    return result


def solved(cells: Cells, limits: LinearConstraint, weight: Counts, base: int) -> Counts:
    """One block as an integer programme: a variable for each cell, 1 where it is rounded up, and
    two for each limit, by how much it is broken downwards and upwards.

    All is counted in steps of the base, so that limits are whole numbers: with other limits the
    solver was seen to look for minutes.
    """
    floor, rows = cells.counts // base, limits.A.shape[0]
    cost = np.where(cells.kept, TURNED_AGAIN, TURNED) * (1 + cells.tie / 100)
    unit, below = eye_array(rows), limits.A @ floor
    low = np.ceil(limits.lb / base) - below
    high = np.maximum(low, np.floor(limits.ub / base) - below)
    answer = milp(
        np.concatenate([np.where(cells.start > floor * base, -cost, cost), weight, weight]),
        integrality=np.repeat([1, 0], [len(floor), 2 * rows]),
        bounds=Bounds(0, np.concatenate([cells.counts % base > 0, np.full(2 * rows, np.inf)])),
        constraints=LinearConstraint(hstack([limits.A, unit, -unit]), low, high),
    )
    if answer.x is None:
        raise RuntimeError(f"no rounding: {answer.message}")
    return base * (floor + np.round(answer.x[: len(floor)]).astype(np.int64))


def protect(
    connection: duckdb.DuckDBPyConnection,
    secret: bytes,
    before: Path | None,
    progress: Callable[[float], object] = lambda part: None,
) -> list[Finding]:
    """Round every count of people in `given.*`, into a table `rounded` (cell, count, rounded).

    `before` is the exact database of the version before. Answers what the publisher should know;
    with something to be fixed, no rounding may be published.
    """
    connection.execute(text("cells"))
    cells = connection.sql("select cell, count::bigint as count from cells order by cell_id").df()
    published = rounded_before(connection, before)
    known = cells.merge(published, how="left", on="cell", suffixes=("", "_before"))
    counts = cells["count"].to_numpy()
    draw = draws(secret, cells["cell"].tolist(), counts)
    kept = (known["count"] == known["count_before"]).to_numpy()
    start = np.where(kept, known["rounded"].fillna(0), drawn(counts, draw[:, 0])).astype(np.int64)
    rows = connection.sql("select more, fewer, most, total, part from limits").fetchall()
    limits = Limits(
        incidence([r[0] for r in rows], [r[1] for r in rows], len(cells)),
        np.array([r[2] for r in rows], dtype=np.float64),
    )
    result = rounded(Cells(counts, start, kept, draw[:, 1]), limits, progress=progress)
    connection.register("given_rounded", cells.assign(rounded=result))
    connection.execute("create or replace table memory.rounded as from given_rounded")
    return [
        *broken(limits, counts, result, [" · ".join(filter(None, row[3:])) for row in rows]),
        *told(cells, published, turned=int((kept & (result != start)).sum())),
    ]


def broken(limits: Limits, counts: Counts, result: Counts, names: list[str]) -> Iterator[Finding]:
    """The totals that rounding puts off by more than they may be."""
    for row in np.flatnonzero(limits.exceeded(counts, result)):
        by = limits.matrix[[row]] @ (result - counts)
        found, most = f"{names[row]}: {by[0]:+}", f"±{limits.most[row]:.0f}"
        yield Finding("total_is_off", "outcomes.csv", found=found, expected=most)


def rounded_before(connection: duckdb.DuckDBPyConnection, before: Path | None) -> pd.DataFrame:
    """What was published of each cell in the version before; empty when there is none, or it
    can't be read: the draw is the same then, only what was turned is not."""
    try:
        path = str(before).replace("'", "''")
        connection.execute(f"attach '{path if before else ':memory:'}' as before (read_only)")
        return connection.sql("select cell, count, rounded from before.cells").df()
    except duckdb.Error:
        return pd.DataFrame({"cell": [], "count": [], "rounded": []}).astype({"cell": str})
    finally:
        connection.execute("detach database if exists before")


def told(cells: pd.DataFrame, published: pd.DataFrame, turned: int) -> list[Finding]:
    """What the publisher is told of the version before and this one."""
    found = []
    both = cells.merge(published, how="outer", on="cell", suffixes=("", "_before")).fillna(0)
    persons = int((both["count"] - both["count_before"]).abs().sum())
    if len(published) and 0 < persons < FEWEST:
        found.append(
            Finding(
                "few_persons_changed",
                "outcomes.csv",
                found=str(persons),
                expected=f"≥ {FEWEST}",
                level="should_look",
            )
        )
    if turned:
        found.append(
            Finding("roundings_turned", "outcomes.csv", found=str(turned), level="should_look")
        )
    return found
