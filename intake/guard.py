"""Refuses files with personal data: says where it stands, and never what it is."""

from collections.abc import Iterator

import duckdb

from intake import Finding
from intake.contract import Column, Table
from intake.personal import personal
from intake.read import SHOWN

# Wider than what Python looks for, so that it need look at little: an @, or near each other eight
# digits of any script.
SUSPECT = r"(?i)[@＠﹫]|at[)\]]|(?:\pN[^\pN\pL]{0,4}){8}"
LONG = 1_000_000_000  # ten digits: an identity number that lost its zero in a column of numbers


def foremost(found: list[Finding]) -> list[Finding]:
    """Only those of personal data, if there are any: the others show what stands beside it."""
    return [finding for finding in found if finding.rule.startswith("personal_")] or found


def findings(connection: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> list[Finding]:
    """The fields of `given.*` with personal data: all texts, and what could not be typed.

    Numbered as rows that were loaded. A million activities and two million outcomes without any
    take 1 s on two cores, since DuckDB passes over nearly all of them.
    """
    loaded = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'given'"
    ).fetchall()
    return [
        finding
        for table in tables
        if (table.name,) in loaded
        for place, column in enumerate(table.columns, 1)
        for finding in column_findings(connection, table, column, place)
    ]


def column_findings(
    connection: duckdb.DuckDBPyConnection, table: Table, column: Column, place: int
) -> list[Finding]:
    suspects = connection.execute(
        f"select rowid + 2, text from (select rowid, {text(table, column, place)} as text"
        f" from given.{table.name}) where regexp_matches(text, $suspect) order by rowid",
        {"suspect": SUSPECT},
    )
    found: list[Finding] = []
    while len(found) < SHOWN and (row := suspects.fetchone()):
        line, value = row
        if kind := personal(value, alone=is_free_text(table, column)):
            found.append(Finding(f"personal_{kind}", table.file, line, column.name))
    return found


def is_free_text(table: Table, column: Column) -> bool:
    """Whether any text may stand there: it is no key or reference, and has no form to keep."""
    has_form = any(column.name in check.columns for check in table.checks)
    return column.type == "VARCHAR" and not (column.is_key or column.refers_to or has_form)


def text(table: Table, column: Column, place: int) -> str:
    """The text of a field; none where its type leaves no room for personal data.

    What kept a form (a date, a code, a count of nine digits) did so; what did not is in
    `as_written`.
    """
    typed = f'"{column.name}"'
    if column.is_list:
        typed = f"array_to_string({typed}, '|')"
    elif column.type.startswith("DECIMAL"):
        typed = f"case when {typed} >= {LONG} then {typed}::varchar end"
    elif not (column.type == "VARCHAR"):
        typed = "null"
    return f"coalesce(as_written[{place}], {typed})"
