"""Refuses files with personal data: says where it stands, and never what it is."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

import duckdb

from queries.contract import Column, Table
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake import read
from ringvirkning.intake.personal import PersonalKind, has_name, personal

# Wider than what Python looks for, so that it need look at little: an @, or near each other eight
# digits, as which all beyond ASCII counts (classes of Unicode take 20 ms a column to compile).
SUSPECT = r"[@＠﹫]|[aA][tT][)\]]|(?:[0-9\x{80}-\x{10FFFF}][^0-9A-Za-z]*){8}"
SUSPECTS_AT_ONCE = 10_000  # suspects looked at together
# How columns end in which a role stands, or where it was said, and never a person's name.
NAMELESS = ("_role", "confirmed_source")
TEN_DIGITS = 1_000_000_000  # an identity number that lost its zero in a column of numbers


def foremost(found: list[Finding]) -> list[Finding]:
    """Only those of personal data, if there are any: the others show what stands beside it."""
    return list(filter(is_personal, found)) or found


def is_personal(finding: Finding) -> bool:
    """Whether it is about personal data: where some stands, or a column that may be left out."""
    return finding.rule.startswith(("personal_", "ask_left_out_"))


def leaks(connection: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> list[Finding]:
    """The fields of `given.*` with personal data: all texts, and what could not be typed.

    Numbered as rows that were loaded. A million activities and two million outcomes without any
    take 1.4 s on one core, since DuckDB passes over nearly all of them.
    """
    loaded = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'given'"
    ).fetchall()
    there = [table for table in tables if (table.name,) in loaded]
    with_rows = read.tables_with_rows(connection, there) if there else set()
    present = [table for table in there if table.name in with_rows]
    return [finding for table in present for finding in personal_findings(connection, table)] + [
        finding for table in present for finding in names_for_roles(connection, table)
    ]


def names_for_roles(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Finding]:
    """Persons' names where a role or a source should stand. Those of organisations in the files
    may."""
    for column in (c for c in table.columns if c.name.endswith(NAMELESS)):
        written = connection.execute(
            f"select rowid + 2, {column.name} from given.{table.name}"
            f" where {column.name} is not null order by rowid"
        ).fetchall()
        if not written:
            continue
        known = organisations_pattern(tuple(known_organisations(connection)))
        lines = [line for line, role in written if has_name(known.sub("", role))]
        place = Finding("personal_name", table.file, None, column.name, count=len(lines))
        yield from (replace(place, row=line) for line in lines[:MOST_SHOWN])


@lru_cache(maxsize=4)
def organisations_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of these names, the first of those that begin at the same letter."""
    return re.compile("|".join(map(re.escape, names)) or "(?!)")


def personal_in(
    table: Table, column: Column, text: str, organisations: tuple[str, ...]
) -> Finding | None:
    """Personal data in what is to stand in a column, told of it without a row; `organisations` are
    names that a person's is not, the longest first."""
    kind: PersonalKind | Literal["name"] | None = personal(text, is_free_text(table, column))
    if not kind and column.name.endswith(NAMELESS):
        kind = "name" if has_name(organisations_pattern(organisations).sub("", text)) else None
    return Finding(f"personal_{kind}", table.file, None, column.name) if kind else None


def known_organisations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What partners and associations are called, the longest first."""
    named = connection.execute(
        "select name from given.partners where name is not null"
        " union select association from given.partnerships where association is not null"
    ).fetchall()
    return sorted((name for (name,) in named), key=len, reverse=True)


def personal_findings(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Finding]:
    """Personal data in the fields of a table, a question for all of them."""
    fields = ", ".join(
        field_text(table, column, place) for place, column in enumerate(table.columns, 1)
    )
    # First whole rows, which have one pattern to compile where their fields have one each: the
    # letter between two fields ends whatever is suspect. The pattern stands in the statement: as a
    # parameter it would be compiled again and again.
    suspects = connection.execute(
        f"select place, line, text from (select rowid + 2 as line, unnest([{fields}]) as text,"
        f" unnest(range({len(table.columns)})) as place from given.{table.name}"
        f" where regexp_matches(concat_ws('x', {fields}), '{SUSPECT}'))"
        f" where regexp_matches(text, '{SUSPECT}') order by place, line"
    )
    found: list[Finding] = []
    for place, rows in groupby(fetched(suspects), itemgetter(0)):
        column = table.columns[place]
        find = partial(personal, alone=is_free_text(table, column))
        found += hits((row[1:] for row in rows), table, column.name, find)
    if not found:
        return []
    (of,) = connection.execute(f"select count(*) from given.{table.name}").fetchall()[0]
    return [replace(finding, of=of) for finding in found]


def unread_findings(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Finding]:
    """The rows in `unread` with personal data, which may stand in any of their fields."""
    suspects = connection.execute(
        f"select line, text from unread where file = $file and regexp_matches(text, '{SUSPECT}')"
        " order by line",
        {"file": table.file},
    )
    # As fields, lest a number and the one beside it be taken for one; and as a text.
    return hits(
        fetched(suspects), table, None, lambda t: personal(t.replace(",", "; ")) or personal(t)
    )


def fetched(suspects: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    """The rows of an answer, some at a time."""
    while rows := suspects.fetchmany(SUSPECTS_AT_ONCE):
        yield from rows


def hits(
    suspects: Iterable[tuple[int, str]],
    table: Table,
    column: str | None,
    find: Callable[[str], PersonalKind | None],
) -> list[Finding]:
    """The first of each kind that is found in texts with their lines, and how many there are."""
    lines: dict[PersonalKind, list[int]] = {}
    for line, suspect in suspects:
        if kind := find(suspect):
            lines.setdefault(kind, []).append(line)
    return [
        Finding(f"personal_{kind}", table.file, line, column, count=len(found))
        for kind, found in lines.items()
        for line in found[:MOST_SHOWN]
    ]


def has_form(table: Table, column: Column) -> bool:
    """Whether a check of its own says what a column's texts look like: a date, a period."""
    return any(check.columns == (column.name,) for check in table.checks)


def is_free_text(table: Table, column: Column) -> bool:
    """Whether any text may stand there, so that eight digits alone are a phone number."""
    is_id = column.is_key or column.refers_to
    return column.type == "VARCHAR" and not is_id and not has_form(table, column)


def field_text(table: Table, column: Column, place: int) -> str:
    """SQL for what a field holds; null where its type or form leaves no room for personal data.

    What has not kept its type or form is in `as_written`.
    """
    typed = f'"{column.name}"'
    if column.is_list:
        typed = f"array_to_string({typed}, '|')"
    elif column.type.startswith("DECIMAL"):
        typed = f"case when {typed} >= {TEN_DIGITS} then {typed}::varchar end"
    elif column.type != "VARCHAR" or has_form(table, column):
        typed = "null"
    return f"coalesce(as_written[{place}], {typed})"
