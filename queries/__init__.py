"""The one door to DuckDB: every number on a page comes through `rows` or `stream`.

One `.sql` file per question; its first line is the grain, the `$names` in it its parameters.
`schema.sql` is the contract of the files, `version.sql` what a version holds, `protected.sql` what
differs in its protected database. What questions are made of: `numbers.sql` has what is known of a
number, `selection.sql` what the filters leave, `measures.sql` what a measure counts, `cells.sql`
which records make a cell, `citations.sql` where they are from. `answers.py` has the rows of each
answer, typed: its class is how a question is asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb

from ringvirkning.texts.certainty import number_answered

AnswerRow = TypeVar("AnswerRow", bound=NamedTuple)  # of queries.answers
Value = str | float | bool | date | Sequence[str] | None  # of a question's parameter
FOLDER = Path(__file__).parent
Connection = duckdb.DuckDBPyConnection
OutOfMemory = duckdb.OutOfMemoryException
NotPlanned = duckdb.InternalException  # what DuckDB should be able to plan, and isn't
PARAMETER = re.compile(r"\$([a-z_]+)")
# What stands last in a file: what its rows are in the order of.
LAST_ORDER = re.compile(r"\norder by ([^;]+?)(?:\nlimit \d+)?\s*\Z")
# They have an order that is not of their own columns, or `query` in them wants its text at once.
ASKED_ALONE = frozenset(
    {
        *("attention", "attention_activities", "partner", "rounds", "upkeep", "work_streams"),
        *("explore", "explore_every_record", "explore_records"),
    }
)
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "160MB",
    "enable_external_access": False,
    "lock_configuration": True,
}
# What a question gains by all that DuckDB thinks of to ask it quickly is less than that costs: a
# sixth of the question, and a fifth where a version's database has fewer bytes than this.
SMALL_VERSION = 2**21
WORTH_THINKING_OF = {
    *("expression_rewriter", "filter_pushdown", "unused_columns"),
    *("cte_inlining", "deliminator", "unnest_rewriter"),
}
WORTH_IT_IN_MANY_ROWS = {
    *("statistics_propagation", "join_order", "join_filter_pushdown", "build_side_probe_side"),
    *("row_group_pruner", "top_n", "limit_pushdown", "late_materialization"),
    *("common_subexpressions", "common_aggregate", "column_lifetime", "in_clause"),
}
MACROS = ("numbers", "selection", "measures", "cells", "citations")  # kept in a version, in order
# Municipalities, counties and their reforms by number: `klass.*` where a version is compiled.
REFERENCE = sorted((FOLDER / "klass").glob("*.csv"))
FOUNDATIONS = ("schema", "open_to_all", "told_above", "version", *MACROS, "protected")


class UnknownParameter(KeyError):
    """A question was asked without a value that it needs."""


def questions() -> list[str]:
    """The names of all questions, in alphabetical order."""
    return sorted(f.stem for f in FOLDER.glob("*.sql") if f.stem not in FOUNDATIONS)


@cache
def question_name(question: type[NamedTuple]) -> str:
    """The file that asks it: activities_by_year of ActivitiesByYear."""
    return re.sub(r"(?<=.)(?=[A-Z])", "_", question.__name__).lower()


@cache
def text(name: str) -> str:
    """The SQL of a question or a foundation, as it stands in its file."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def statements(sql: str) -> list[duckdb.Statement]:
    """SQL of ours read once: running it again costs a quarter less."""
    return duckdb.extract_statements(sql)


def statement(name: str) -> duckdb.Statement:
    (question,) = statements(text(name))
    return question


def run_files(connection: Connection, *foundations: str) -> None:
    """Run what the files of these names say."""
    for name in foundations:
        for part in statements(text(name)):
            connection.execute(part)


@cache
def parameters(name: str) -> frozenset[str]:
    """The names a question wants values for."""
    return frozenset(statement(name).named_parameters)


def opened(database: Path) -> Connection:
    """A version, read only; it can read no other file and change no setting.

    One thread: questions are small, and the page's other sessions want the second core. All is
    said as it opens: what a connection locks, a second one to the same file could not set again.
    """
    more = {"disabled_optimizers": not_worth_it(database.stat().st_size < SMALL_VERSION)}
    return duckdb.connect(str(database), read_only=True, config=CLOSED | more)


@cache
def not_worth_it(is_small: bool) -> str:
    """What DuckDB would think of beside what is worth it."""
    with duckdb.connect() as connection:
        every = connection.execute("from duckdb_optimizers()").fetchall()
    worth_it = WORTH_THINKING_OF | (set() if is_small else WORTH_IT_IN_MANY_ROWS)
    return ",".join(sorted({name for (name,) in every} - worth_it))


def needed(name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Those of the values that a question wants; raises UnknownParameter without one of them."""
    wanted = parameters(name)
    if missing := wanted - values.keys():
        raise UnknownParameter(f"{name}: {', '.join(sorted(missing))}")
    return {parameter: values[parameter] for parameter in wanted}


@contextmanager
def asking(connection: Connection, name: str, values: Mapping[str, Value]) -> Iterator[Connection]:
    given = needed(name, values)
    # A cursor of its own: threads that shared a connection were seen to get wrong rows.
    with connection.cursor() as cursor:
        yield cursor.execute(statement(name), given)


def rows(
    connection: Connection, question: type[AnswerRow], values: Mapping[str, Value]
) -> list[AnswerRow]:
    """The answer to a question, a row per grain, None where nothing is known. Values that it
    doesn't want are left out.

    Raises UnknownParameter when a value it wants is missing.
    """
    with asking(connection, question_name(question), values) as answer:
        return list(map(maker(question, answer.description), answer.fetchall()))


def rows_of_each(
    connection: Connection, question: type[AnswerRow], values: Sequence[Mapping[str, Value]]
) -> list[list[AnswerRow]]:
    """The answers to one question asked with each of these values, by a single statement: most of
    what a small question costs is to plan it. Those in ASKED_ALONE are asked one by one.

    Raises UnknownParameter when a value it wants is missing.
    """
    name = question_name(question)
    given = [needed(name, one) for one in values]
    if name in ASKED_ALONE or not parameters(name) or len(given) < 2:
        return [rows(connection, question, one) for one in given]
    found: list[list[AnswerRow]] = [[] for _ in given]
    with connection.cursor() as cursor:
        answer = cursor.execute(asked_of_each(name, given))
        made = maker(question, answer.description[1:])
        for place, *cells in answer.fetchall():
            found[place].append(made(cells))
    return found


def asked_of_each(name: str, values: Sequence[Mapping[str, Value]]) -> str:
    """A question as SQL that is asked of each of these values, whose place stands before a row. All
    are columns, also those that are the same: whatever is asked, it is planned alike."""
    columns = sorted(parameters(name))
    asked = PARAMETER.sub(r"of_each.\1", text(name))
    lines = (
        f"({', '.join([str(place), *(typed(column, one[column]) for column in columns)])})"
        for place, one in enumerate(values)
    )
    order = LAST_ORDER.search(asked)
    # Of tables inside, columns of the same name outside (tests/test_queries.py compares).
    terms = re.sub(r"\b[a-z]\.", "", order[1]) if order else ""
    return f"""
        with of_each (place, {", ".join(columns)}) as materialized (values {", ".join(lines)}),
        answered as (
            select of_each.place as of_each_place, answer.*
            from of_each, lateral ({asked}) as answer
        )
        from answered
        order by {"all" if terms == "all" else f"of_each_place, {terms}".rstrip(", ")}"""


def typed(parameter: str, value: Value) -> str:
    """A value as `literal` writes it, nothing of its parameter's type."""
    kind = "integer" if parameter.endswith("year") else "varchar"
    kind = "boolean" if parameter == "illustrative" else kind
    return f"null::{kind}" if value is None else literal(value)


def stream(
    connection: Connection, question: type[AnswerRow], values: Mapping[str, Value]
) -> Iterator[list[AnswerRow]]:
    """The same, some thousand rows at a time: memory does not grow with their number."""
    with asking(connection, question_name(question), values) as answer:
        made = maker(question, answer.description)
        while found := answer.fetchmany(2000):
            yield list(map(made, found))


def maker(
    question: type[AnswerRow], columns: Sequence[Sequence[Any]]
) -> Callable[[Iterable[object]], AnswerRow]:
    """What makes a row of DuckDB's values. What `told` in numbers.sql gives, a Number, is the only
    struct."""
    told = [place for place, (_, kind, *_) in enumerate(columns) if kind.id == "struct"]
    if not told:
        return question._make

    def made(values: Iterable[object]) -> AnswerRow:
        cells = list(values)
        for place in told:
            if isinstance(cell := cells[place], dict):
                cells[place] = number_answered(**cell)
        return question._make(cells)

    return made


def filled(name: str, values: Mapping[str, Value]) -> str:
    """A question with its values written out: SQL that any DuckDB runs on the version's database.

    Raises UnknownParameter when a value it wants is missing.
    """
    needed(name, values)
    return PARAMETER.sub(lambda found: literal(values[found[1]]), text(name))


def literal(value: Value) -> str:
    """A value as DuckDB reads it: text, number, day, yes or no, nothing, or a list of texts."""
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return str(value).lower()
        case date():
            return f"date '{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case _:
            return f"[{', '.join(map(literal, value))}]::varchar[]"
