"""Rows typed into `given.*` and held against the contract."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from queries.contract import Column, Table
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake import read
from ringvirkning.intake.checks import rules

EXPECTED = {
    "is_partial_date": "2024 / 2024-05 / 2024-05-12",
    "is_period": "2024 / 2016/2019 / 2024-Q1 / 2024-05 / 2023-08/2024-07",
    "is_any_period": "2024 / 2016/2019 / 2024-05 / 2024-Q2 / 2024-05-12",
    "is_age_group": "16-19 / 30+",
    "is_scale": "1-6",
}


def typed_field(column: Column) -> str:
    raw = f'"raw {column.name}"'
    if column.is_list:
        return f"list_transform(string_split({raw}, '|'), lambda item: trim(item))"
    return raw if column.type == "VARCHAR" else f"try_cast({raw} as {column.type})"


def typed_rows(table: Table) -> str:
    """The rows of `written` typed; `as_written` is what a row that breaks a rule had in its fields.

    So a file is read and looked through once, and its text is kept only where it must be shown.
    """
    fields = ", ".join(f'{typed_field(c)} as "{c.name}"' for c in table.columns)
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    raw_names = ", ".join(f'"raw {c.name}"' for c in table.columns)
    broken = " or ".join(wrong for _, _, wrong, _ in broken_fields(table))
    return (
        f"select {names}, case when {broken} then [{raw_names}] end as as_written"
        f" from (select *, {fields} from written)"
    )


def no_rows(table: Table) -> str:
    """The columns of `typed_rows`."""
    return ", ".join([*(f'"{c.name}" {c.type}' for c in table.columns), "as_written varchar[]"])


def decimals(column: Column) -> str:
    """How many a number may have: 6 of DECIMAL(18,6)."""
    return column.type.removesuffix(")").partition(",")[2]


def broken_fields(table: Table) -> Iterator[tuple[str, str, str, str]]:
    """(rule, column, condition, expected); "raw x" is the field as written, x the typed one."""
    for c in table.columns:
        raw = f'"raw {c.name}"'
        if c.required:
            yield "required", c.name, f"{raw} is null", ""
        if c.is_list:
            items = f'len("{c.name}")'
            twice = f'{items} > 1 and {items} > list_unique("{c.name}")'
            yield "repeated_item", c.name, twice, ""
        if c.codes:
            wrong = f'{raw} is not null and "{c.name}" is null'
            yield "unknown_code", c.name, wrong, ", ".join(c.codes)
        elif c.type == "INTEGER":
            yield "not_whole_number", c.name, f"not regexp_full_match({raw}, '-?\\d{{1,9}}')", ""
        elif c.type.startswith("DECIMAL"):
            wrong = f"not regexp_full_match({raw}, '-?\\d{{1,12}}(\\.\\d{{1,{decimals(c)}}})?')"
            yield "not_number", c.name, wrong, "12 / 12.5 / 12.123456"
    for check in table.checks:
        column = check.columns[0]
        # A field that can't be read has its finding already.
        wrong = f'not {check.expression} and ("raw {column}" is null or "{column}" is not null)'
        yield check.rule, column, wrong, EXPECTED.get(check.rule, "")


def field_findings(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Finding]:
    counting = f"select count(*), count(as_written) from given.{table.name}"
    of, suspect = connection.execute(counting).fetchall()[0]
    if not suspect:  # as nearly always: the many rules are not even planned
        return
    rules = list(broken_fields(table))
    raw_fields = ", ".join(
        f'as_written[{place}] as "raw {c.name}"' for place, c in enumerate(table.columns, 1)
    )
    rows = (
        f"(select *, {raw_fields}, rowid + 2 as line"
        f" from given.{table.name} where as_written is not null)"
    )
    # One pass counts every rule; only a broken one is looked at row by row.
    counted = ", ".join(f"count_if(coalesce({wrong}, false))" for _, _, wrong, _ in rules)
    (counts,) = connection.execute(f"select {counted} from {rows}").fetchall()
    for (rule, column, wrong, expected), count in zip(rules, counts, strict=True):
        if count:
            broken = connection.execute(
                f'select line, "raw {column}" from {rows} where {wrong}'
                " order by line limit getvariable('shown')"
            ).fetchall()
            place = Finding(rule, table.file, column=column, expected=expected or None)
            for line, found in broken:
                yield replace(place, row=line, found=found, count=count, of=of)


def key_findings(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Finding]:
    for key in (c.name for c in table.columns if c.is_key):
        repeated = connection.execute(
            f"select line, key, count(*) over (), (select count(*) from given.{table.name})"
            f' from (select rowid + 2 as line, "{key}" as key from given.{table.name}'
            f' where key in (select "{key}" from given.{table.name} group by all'
            " having count(*) > 1) qualify row_number() over (partition by key order by rowid) > 1)"
            " order by line limit getvariable('shown')"
        )
        for line, found, count, of in repeated.fetchall():
            yield Finding("repeated_key", table.file, line, key, found, count=count, of=of)


def reference_findings(
    connection: duckdb.DuckDBPyConnection, table: Table, key_of: dict[str, str]
) -> Iterator[Finding]:
    for c in table.columns:
        if not c.refers_to or c.is_key:
            continue
        item = f'unnest("{c.name}")' if c.is_list else f'"{c.name}"'
        dangling = connection.execute(
            "select *, count(*) over () from (select distinct on (item) rowid + 2, item from"
            f" (select rowid, {item} as item from given.{table.name})"
            f" anti join given.{c.refers_to} as t on t.{key_of[c.refers_to]} = item"
            " where item is not null order by item, rowid)"
            " order by item limit getvariable('shown')"
        )
        place = Finding("unknown_reference", table.file, None, c.name, None, f"{c.refers_to}.csv")
        if c.type_table:
            place = Finding("unknown_type", table.file, None, c.name, None, f"{c.refers_to}.csv")
        for line, found, count in dangling.fetchall():
            yield replace(place, row=line, found=found, count=count)


def findings(
    connection: duckdb.DuckDBPyConnection, tables: tuple[Table, ...], shown: int = MOST_SHOWN
) -> list[Finding]:
    """Everything in `given.*` that breaks the contract."""
    rules.prepare(connection, shown)
    key_of = {t.name: c.name for t in tables for c in t.columns if c.is_key}
    found: list[Finding] = []
    with_rows = read.tables_with_rows(connection, tables)
    for table in (table for table in tables if table.name in with_rows):
        found += field_findings(connection, table)
        found += key_findings(connection, table)
        found += reference_findings(connection, table, key_of)
    return found or list(rules.broken(connection, "must_fix"))
