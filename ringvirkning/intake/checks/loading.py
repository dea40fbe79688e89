"""A folder of CSV files into `given.*`, past the guard: the one way in to whatever looks at it."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from queries.contract import tables
from ringvirkning.finding import Finding
from ringvirkning.intake import read
from ringvirkning.intake.checks import contract, guard


def unreadable(folder: Path) -> list[Finding]:
    """What is wrong with the files as wholes; there is no use in loading them."""
    found = [f for t in tables() for f in read.file_findings(t, folder / t.file)]
    return guard.foremost(found)


def load_folder(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    progress: Callable[[float], object] = lambda part: None,
) -> list[Finding]:
    """Fill `given.*`; what is found keeps it from being looked at further.

    That is personal data and then nothing else, since other findings show what stands beside it;
    or else what can't be read.
    """
    if found := unreadable(folder):
        return found
    read.suit(connection, folder)
    connection.execute("create schema given")
    for number, table in enumerate(tables(), 1):
        given, no_rows = contract.typed_rows(table), contract.no_rows(table)
        found += read.load_table(connection, table, folder / table.file, given, no_rows)
        if table.name == "measures":
            read.add_computed_measures(connection, table, given)
        progress(number / len(tables()))
    if found:
        found += [f for t in tables() for f in guard.unread_findings(connection, t)]
    personal = guard.leaks(connection, tables())
    return guard.foremost([*found, *read.by_sheet_row(connection, personal, folder)])
