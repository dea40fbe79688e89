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

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

import queries
from ringvirkning.finding import Finding
from ringvirkning.intake import sql
from ringvirkning.intake.protection.rounding import (
    MARGIN,
    Cells,
    Constraints,
    PartProgress,
    drawn,
    draws,
    incidence,
    rounded,
)
from ringvirkning.texts.certainty import BASE

LOOSENED = 0.001  # the share of versions with looser margins than they need
FILE = "outcomes.csv"  # where most of the counts stand
FEWEST = 10  # persons; a version that differs in fewer shows what has changed for whom
# The exact database keeps what was published of each cell, for the next version to keep to, and
# what earlier versions published of small counts that are no more; the public's tells by how much
# its totals may be off.
KEEP_CELLS = """
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
TELL_MARGINS = "insert into version.margins select * exclude (has_wholes) from memory.margins"
TELL_MARGINS += " where not has_wholes;"
TYPES = {"cell": str, "kind": str, "label": str, "count": int, "rounded": float}
MARGINS = """
create or replace table memory.margins as
select total, field, measured_at, year, association, programme, measure, evidence,
    len(cells)::integer as cell_count, $margin::integer as most, has_wholes
from totals
order by total_id
"""


def protect(
    connection: duckdb.DuckDBPyConnection,
    secret: bytes,
    before: Path | None,
    progress: PartProgress = lambda part: None,
    since: Sequence[Path] = (),
) -> list[Finding]:
    """Round every count of people in `given.*`, into a table `rounded` (cell, kind, label, count,
    rounded), and say in a table `margins` how much each total may be off.

    `before` is the exact database of the version before, `since` those of what was published since
    and is no longer current. Answers what the publisher should know.
    """
    queries.run_files(connection, "open_to_all", "told_above")
    connection.execute(sql("protection/cells"))
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
    small = again & (counts < BASE)
    return warnings(connection, int((again & ~small).sum()), int(small.sum()), margin)


def with_published(
    cells: pd.DataFrame, before: pd.DataFrame, published: pd.DataFrame
) -> pd.DataFrame:
    """The cells (cell, kind, label, count) with how each was published (rounded), if it was: by
    its own id or, of the version before, as a count of the same kind that is there no longer, so
    that a round keeps its roundings under another id and another title."""
    keys, shown_keys = (
        [*zip(of["cell"].to_numpy(object), of["count"].to_numpy(), strict=True)]
        for of in (cells, published[::-1])  # of several the first is kept
    )
    shown = dict(zip(shown_keys, published["rounded"].to_numpy()[::-1], strict=True))
    unseen = cells[np.array([key not in shown for key in keys], bool)]
    gone: dict[Hashable, dict[Any, float]] = defaultdict(dict)
    for row in before[~before["cell"].isin(cells["cell"])].itertuples():
        gone[row.kind, row.count][row.label] = row.rounded
    for is_by_label in (True, False):
        for row in unseen.itertuples():
            key, free = (row.cell, row.count), gone[row.kind, row.count]
            label = row.label if is_by_label else next(iter(free), None)
            if key not in shown and label in free:
                shown[key] = free.pop(label)
    return cells.assign(rounded=pd.Series(map(shown.get, keys), dtype=float))


def limits(connection: duckdb.DuckDBPyConnection, width: int) -> Constraints:
    """The totals and then the orders of `intake/protection/cells.sql`, for so many cells."""
    counted = connection.sql("from limit_cells").fetchnumpy()
    weight = connection.sql("select weight from limits order by limit_id").fetchnumpy()["weight"]
    weight = np.ma.filled(weight.astype(np.float64), np.nan)
    rows, columns, signs = (counted[name] for name in ("limit_id", "cell_id", "sign"))
    return Constraints(incidence(rows, columns, signs, (len(weight), width)), weight)


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


def warnings(
    connection: duckdb.DuckDBPyConnection, turned: int, small_turned: int, margin: int
) -> list[Finding]:
    """What the publisher is told of the version before and this one."""
    found = [
        Finding("few_persons_changed", FILE, found=f"{', '.join(filter(None, whose))}: {persons}")
        for *whose, persons in connection.execute(
            sql("protection/persons_changed"), [FEWEST]
        ).fetchall()
    ]
    if turned:
        found.append(Finding("roundings_turned", FILE, found=str(turned)))
    if small_turned:
        found.append(Finding("small_roundings_turned", FILE, found=str(small_turned)))
    if margin > MARGIN:
        wide = Finding("total_is_loosened", FILE, found=f"±{margin}", expected=f"±{MARGIN}")
        found.append(wide)
    return [replace(finding, level="should_look") for finding in found]
