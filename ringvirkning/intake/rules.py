"""The rules between rows, in three levels: each level is a file of SQL."""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import duckdb
from babel import Locale

import queries
from ringvirkning.finding import MOST_SHOWN, Finding, Level
from ringvirkning.intake import sql

NO_CURRENCIES = {"XXX", "XTS"}  # ISO 4217's codes for none, and for tests


def prepare(connection: duckdb.DuckDBPyConnection, shown: int, lines: Collection[int] = ()) -> None:
    """What the rules share, and how many findings of a kind are told (fewer than a million), of
    these lines alone where some are given."""
    connection.execute(sql("told"))
    connection.execute(f"set variable shown = {shown}")
    is_asked = [line in lines for line in range(1, max(lines, default=0) + 1)]
    connection.execute("set variable lines = $lines::boolean[]", {"lines": is_asked})
    currencies = sorted(set(Locale("en").currencies) - NO_CURRENCIES)
    connection.execute("set variable currencies = $currencies", {"currencies": currencies})


def broken(
    connection: duckdb.DuckDBPyConnection, level: Level, as_of: date | None = None
) -> Iterator[Finding]:
    """The findings of a level in `given.*`: each `select` of its file is a rule."""
    for statement in queries.statements(sql(level)):
        answer = connection.execute(statement, dict.fromkeys(statement.named_parameters, as_of))
        if statement.type != duckdb.StatementType.SELECT:
            continue
        for rule, file, column, told in answer.fetchall():
            for place in told["places"] or []:
                yield Finding(
                    rule, file, place["line"], column, place["found"], place["expected"],
                    level, count=told["count"], of=told["of"],
                )  # fmt: skip


def advice(
    connection: duckdb.DuckDBPyConnection,
    before: Path | None,
    as_of: date,
    shown: int = MOST_SHOWN,
    lines: Collection[int] = (),
) -> list[Finding]:
    """What should be looked at and what could be better in `given.*`, on that day.

    `before` is the database of the current version: some rules ask what has changed since. Of
    `lines`, where there are any, in each file; of a million rows few are told so. All together take
    about 2 s for a million activities and two million outcomes on two cores.
    """
    prepare(connection, shown, lines)
    attach(connection, before)
    queries.run_files(connection, "told_above")
    should_look = broken(connection, "should_look", as_of)
    found = [*should_look, *broken(connection, "could_be_better", as_of)]
    connection.execute("detach before")
    return found


def attach(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """The version before as `before`; without one, an empty one."""
    if before:
        path = before.as_posix().replace("'", "''")
        connection.execute(f"attach '{path}' as before (read_only)")
    else:
        connection.execute("attach ':memory:' as before")
        connection.execute("create table before.partners as from given.partners limit 0")
