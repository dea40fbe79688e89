"""The one door to DuckDB: every number on a page comes through `rows` or `stream`.

One `.sql` file per question; its first line is the grain, the `$names` in it its parameters.
`schema.sql` is the contract of the files, `version.sql` what a version holds, `protected.sql` what
differs in its protected database. What questions are made of: `numbers.sql` has what is known of a
number, `selection.sql` what the filters leave, `measures.sql` what a measure counts, `cells.sql`
which records make a cell, `citations.sql` where they are from.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ringvirkning.texts.certainty import number_answered

if TYPE_CHECKING:  # DuckDB imports it where a frame is made; most of us never make one
    import pandas as pd

FOLDER = Path(__file__).parent
Connection = duckdb.DuckDBPyConnection
PARAMETER = re.compile(r"\$([a-z_]+)")
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "160MB",
    "enable_external_access": False,
    "lock_configuration": True,
}
MACROS = ("numbers", "selection", "measures", "cells", "citations")  # kept in a version, in order
FOUNDATIONS = ("schema", "open_to_all", "version", *MACROS, "protected")


class UnknownParameter(KeyError):
    """A question was asked without a value that it needs."""


def questions() -> list[str]:
    """The names of all questions, in alphabetical order."""
    return sorted(f.stem for f in FOLDER.glob("*.sql") if f.stem not in FOUNDATIONS)


@cache
def text(name: str) -> str:
    """The SQL of a question or a foundation, as it stands in its file."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def statement(name: str) -> duckdb.Statement:
    """A question read once: asking again costs a quarter less."""
    (read,) = duckdb.extract_statements(text(name))
    return read


@cache
def parameters(name: str) -> frozenset[str]:
    """The names a question wants values for."""
    return frozenset(statement(name).named_parameters)


def opened(database: Path) -> Connection:
    """A version, read only; it can read no other file and change no setting.

    One thread: questions are small, and the page's other sessions want the second core. All is
    said as it opens: what a connection locks, a second one to the same file could not set again.
    """
    return duckdb.connect(str(database), read_only=True, config=CLOSED)


def needed(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a question wants; raises UnknownParameter without one of them."""
    wanted = parameters(name)
    if missing := wanted - values.keys():
        raise UnknownParameter(f"{name}: {', '.join(sorted(missing))}")
    return {parameter: values[parameter] for parameter in wanted}


@contextmanager
def asking(connection: Connection, name: str, values: Mapping[str, Any]) -> Iterator[Connection]:
    given = needed(name, values)
    # A cursor of its own: threads that shared a connection were seen to get wrong rows.
    with connection.cursor() as cursor:
        yield cursor.execute(statement(name), given)


def frame(connection: Connection, name: str, values: Mapping[str, Any]) -> "pd.DataFrame":
    """The answer to a question as a frame, one row per grain; what is known of a number is an
    object, as `rows` has it.

    Raises UnknownParameter when a value it wants is missing.
    """
    import pandas as pd

    with asking(connection, name, values) as answer:
        is_told = {column[0]: is_number(column[1]) for column in answer.description}
        found = list(map(maker(name, answer), answer.fetchall()))
    frame = pd.DataFrame(found, columns=list(is_told), dtype=object)
    # Beside nothing, whole numbers would become others.
    plain = [name for name, told in is_told.items() if not told and frame[name].notna().all()]
    return frame.astype(frame[plain].infer_objects().dtypes)


def rows(connection: Connection, name: str, values: Mapping[str, Any]) -> list[Any]:
    """The answer to a question as named tuples, one per grain, None where nothing is known; what
    is known of a number is a texts.certainty.Number. Values that it doesn't want are left out.

    For what is drawn at every change: a frame of a few rows costs as much as asking does. Raises
    UnknownParameter when a value it wants is missing.
    """
    with asking(connection, name, values) as answer:
        return list(map(maker(name, answer), answer.fetchall()))


def stream(connection: Connection, name: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The same, some thousand rows at a time: memory does not grow with their number."""
    with asking(connection, name, values) as answer:
        made = maker(name, answer)
        while found := answer.fetchmany(2000):
            yield list(map(made, found))


def maker(name: str, answer: Connection) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a named tuple of a row."""
    row = row_type(name, tuple(column[0] for column in answer.description))
    told = [place for place, column in enumerate(answer.description) if is_number(column[1])]
    if not told:
        return row._make

    def made(values: tuple[Any, ...]) -> Any:
        cells = list(values)
        for place in told:
            cells[place] = cells[place] and number_answered(cells[place])
        return row._make(cells)

    return made


def is_number(kind: Any) -> bool:
    """Whether a column is what `told` in numbers.sql gives: no other is a struct."""
    return kind.id == "struct"


def filled(name: str, values: Mapping[str, Any]) -> str:
    """A question with its values written out: SQL that any DuckDB runs on the version's database.

    Raises UnknownParameter when a value it wants is missing.
    """
    needed(name, values)
    return PARAMETER.sub(lambda found: literal(values[found[1]]), text(name))


def literal(value: Any) -> str:
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


@cache
def row_type(name: str, columns: tuple[str, ...]) -> Any:
    return namedtuple(name, columns)
