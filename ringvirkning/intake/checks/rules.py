"""The rules between rows, in three levels: each level is a file of SQL."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from babel import Locale

import queries
from queries.contract import tables
from ringvirkning.finding import MOST_SHOWN, Finding, Level
from ringvirkning.intake import read, sql

# The sheet that each row came from, by file; None for a row from before.
Sheets = Mapping[str, Sequence[int | None]]
RULED_FILE = re.compile(r"'(\w+)\.csv'")  # that a rule is about
ALL = 999_999  # findings of a kind: as many as DuckDB can be asked for
NO_CURRENCIES = {"XXX", "XTS"}  # ISO 4217's codes for none, and for tests


def prepare(connection: duckdb.DuckDBPyConnection, shown: int, lines: Collection[int] = ()) -> None:
    """What the rules share, and how many findings of a kind are told (fewer than a million), of
    these lines alone where some are given."""
    connection.execute(sql("checks/told"))
    connection.execute(f"set variable shown = {shown}")
    bits = "".join("01"[line in lines] for line in range(max(lines, default=-1) + 1)) or None
    connection.execute("set variable lines = $bits::bit", {"bits": bits})
    currencies = sorted(set(Locale("en").currencies) - NO_CURRENCIES)
    connection.execute("set variable currencies = $currencies", {"currencies": currencies})


def statements_of(level: Level) -> list[duckdb.Statement]:
    return queries.statements(sql(f"checks/{level}"))


def broken(
    connection: duckdb.DuckDBPyConnection,
    level: Level,
    as_of: date | None = None,
    shown: int = ALL,
    sheets: Sheets | None = None,
) -> Iterator[Finding]:
    """The findings of a level in `given.*`: each `select` of its file is a rule. Where `sheets` are
    given, as many are `shown` of each, and counted of each."""
    with_rows = read.tables_with_rows(connection, tables())
    for statement in statements_of(level):
        if is_of_no_rows(statement, with_rows):
            continue
        answer = connection.execute(statement, dict.fromkeys(statement.named_parameters, as_of))
        if statement.type != duckdb.StatementType.SELECT:
            continue
        for rule, file, column, told in answer.fetchall():
            places = told["places"] or []
            same = [places] if sheets is None else by_sheet(places, sheets.get(file, ()))
            for its in same:
                count = told["count"] if sheets is None else len(its)
                for place in its[:shown]:
                    yield Finding(
                        rule, file, place["line"], column, place["found"], place["expected"],
                        level, count=count, of=told["of"],
                    )  # fmt: skip


def is_of_no_rows(statement: duckdb.Statement, with_rows: set[str]) -> bool:
    """Whether it is rules about rows of tables that have none: what they find are lines of these.
    To plan a rule takes as long as to ask it of some thousand rows."""
    files = set(RULED_FILE.findall(statement.query))
    return (
        statement.type == duckdb.StatementType.SELECT
        and bool(files)
        and files.isdisjoint(with_rows)
    )


def by_sheet(
    places: Sequence[dict[str, Any]], sheets: Sequence[int | None]
) -> Iterator[list[dict[str, Any]]]:
    """The places apart by the sheet that their rows came from; below the headings is line 2."""
    same = defaultdict[int | None, list[dict[str, Any]]](list)
    for place in places:
        line = place["line"] or 1
        same[sheets[line - 2] if 2 <= line < len(sheets) + 2 else None].append(place)
    yield from same.values()


def advice(
    connection: duckdb.DuckDBPyConnection,
    before: Path | None,
    as_of: date,
    shown: int = MOST_SHOWN,
    sheets: Sheets | None = None,
) -> list[Finding]:
    """What should be looked at and what could be better in `given.*`, on that day.

    `before` is the database of the current version: some rules ask what has changed since. Where
    `sheets` are given, it is told of the rows that came from one alone. All together take about 2 s
    for a million activities and two million outcomes on two cores.
    """
    if sheets is None:
        prepare(connection, shown)
    else:
        uploaded = {
            n for of in sheets.values() for n, sheet in enumerate(of, 2) if sheet is not None
        }
        prepare(connection, ALL, {1, *uploaded})
    attach(connection, before)
    queries.run_files(connection, "told_above")
    levels: tuple[Level, ...] = ("should_look", "could_be_better")
    found = [f for level in levels for f in broken(connection, level, as_of, shown, sheets)]
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
