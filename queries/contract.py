"""The contract of the files, read from `queries/schema.sql` by DuckDB itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb

import queries

# Tables of types, whose rows are the codes of the columns that are called as their key.
TYPE_TABLES = ("partner_types", "partnership_types", "activity_types")
# Lists whose names don't say whose ids they hold.
LISTED = {"key_figures": "measures"}


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    required: bool
    refers_to: str | None
    is_key: bool

    @property
    def is_list(self) -> bool:
        return self.type.endswith("[]")

    @property
    def type_table(self) -> str | None:
        """The table of types whose rows are its codes."""
        return self.refers_to if self.refers_to in TYPE_TABLES and not self.is_key else None

    @property
    def codes(self) -> list[str]:
        return re.findall(r"'([^']+)'", self.type) if self.type.startswith("ENUM") else []


@dataclass(frozen=True)
class Check:
    rule: str
    expression: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


SPARE = list[duckdb.DuckDBPyConnection]()  # a workbench that was made before it is needed


def workbench(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An empty database in memory with the contract's types and macros.

    What memory can't hold is laid into the folder `spill`; without one nothing is written.
    """
    connection = SPARE.pop() if SPARE else new_workbench()
    connection.execute("set temp_directory = $1", [spill.as_posix() if spill else ""])
    return connection


def new_workbench() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"temp_directory": ""})
    queries.run_files(connection, "schema", "numbers")
    connection.execute("create schema klass")
    for file in queries.REFERENCE:
        connection.execute(
            f"create table klass.{file.stem} as from read_csv($file, all_varchar = true,"
            " header = true, delim = ',', quote = '\"', escape = '\"')",
            {"file": file.as_posix()},
        )
    return connection


def contract_alone() -> duckdb.DuckDBPyConnection:
    """The contract as its file says it: tables and types to ask about, nothing to work with."""
    connection = duckdb.connect()
    connection.execute(queries.text("schema"))
    return connection


def is_logo(address: str) -> bool:
    """Whether a data address is a logo that the contract allows."""
    with workbench() as connection:
        return connection.execute("select is_logo($1)", [address]).fetchall() == [(True,)]


@cache
def computed_measures() -> frozenset[str]:
    """The measures that the pages work out themselves: no result can be given as one."""
    with workbench() as connection:
        ((codes,),) = connection.execute("select computed_measures()").fetchall()
    return frozenset(codes)


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the contract, those that others refer to first."""
    connection = contract_alone()
    constraints = connection.sql(
        "select table_name, constraint_type, expression, constraint_column_names, referenced_table"
        " from duckdb_constraints() order by constraint_index"
    ).fetchall()
    columns = connection.sql(
        "select table_name, column_name, data_type, is_nullable from duckdb_columns()"
        " where schema_name = 'main' and not internal order by table_oid, column_index"
    ).fetchall()
    keys = {(t, c[0]) for t, kind, _, c, _ in constraints if kind == "PRIMARY KEY"}
    listed = {f"{c.removesuffix('_id')}_ids": t for t, c in keys} | LISTED
    refers = {(t, c[0]): to for t, kind, _, c, to in constraints if kind == "FOREIGN KEY"}
    names = list(dict.fromkeys(t for t, *_ in columns))
    return tuple(
        Table(
            name,
            tuple(
                Column(
                    column,
                    kind,
                    not nullable,
                    refers.get((name, column)) or listed.get(column),
                    (name, column) in keys,
                )
                for table, column, kind, nullable in columns
                if table == name
            ),
            tuple(
                Check(expression.strip("()").split("(")[0], expression, tuple(over))
                for table, kind, expression, over, _ in constraints
                if table == name and kind == "CHECK"
            ),
        )
        for name in names
    )


def as_written(
    connection: queries.Connection, table: Table
) -> tuple[Table, list[tuple[str | None, ...]]]:
    """A table of a version with the columns that are there, and its rows as its file would have
    them, in a fixed order: lists with | between, a decimal point, None where nothing stands."""
    with connection.cursor() as cursor:
        described = cursor.execute(f"describe {table.name}").fetchall()
        kinds = {name: kind for name, kind, *_ in described}
        columns = tuple(column for column in table.columns if column.name in kinds)
        said = ", ".join(column_as_written(column, kinds) for column in columns)
        rows = cursor.execute(f"select {said} from {table.name} order by all").fetchall()
    for at, column in enumerate(columns):
        if column.type.startswith("DECIMAL"):
            rows = [(*row[:at], without_zeros(row[at]), *row[at + 1 :]) for row in rows]
    return replace(table, columns=columns), rows


def column_as_written(column: Column, kinds: Mapping[str, str]) -> str:
    """What makes text of a column, in a table with columns of these types. Where a version keeps no
    for whatever is not yes, a column beside it has what was said; in versions from before there was
    one, nobody knows where no was said."""
    if column.is_list:
        return f"array_to_string({column.name}, '|')"
    if f"{column.name}_said" in kinds:
        return f"{column.name}_said::varchar"
    if kinds[column.name] == "BOOLEAN":
        return f"if({column.name}, 'yes', null)"
    return f"{column.name}::varchar"


def without_zeros(number: str | None) -> str | None:
    return number and number.rstrip("0").rstrip(".") if "." in (number or "") else number
