"""queries/answers.py made of the questions as DuckDB 2 describes their answers.

What no column can say is whether it may be None. A new one may; where a question never leaves it
out, that is taken away by hand, stays so, and is held by every answer that tests compare.
"""

import typing
from types import NoneType
from typing import NamedTuple

import duckdb

import queries
from queries import answers

FILE = queries.FOLDER / "answers.py"
HEADER = '''\
"""The rows of each answer, typed: a class per question, its fields the columns in their order. What
a row is of, the first line of the question says.

Written by `python -m tests.test_queries` from queries/*.sql, but for what no column says: where one
is never None, `| None` is taken away by hand, and stays so.
"""

from datetime import date
from typing import NamedTuple

from ringvirkning.texts.certainty import Number
'''
TYPES = {
    "bigint": "int",
    "boolean": "bool",
    "date": "date",
    "double": "float",
    "enum": "str",
    "integer": "int",
    "list": "list[str]",
    "struct": "Number",
    "varchar": "str",
}


def class_name(question: str) -> str:
    return "".join(part.title() for part in question.split("_"))


def row_type(question: str) -> type[NamedTuple]:
    """The class of a question."""
    found: type[NamedTuple] = getattr(answers, class_name(question))
    return found


def never_none(question: str) -> set[str]:
    """The columns of an answer that always hold something."""
    hints = typing.get_type_hints(getattr(answers, class_name(question), object))
    return {column for column, hint in hints.items() if NoneType not in typing.get_args(hint)}


def written(
    question: str, connection: duckdb.DuckDBPyConnection, values: dict[str, queries.Value]
) -> str:
    known = never_none(question)
    with queries.asking(connection, question, values) as answer:
        columns = [
            f"    {name}: {TYPES[kind.id]}" + ("" if name in known else " | None")
            for name, kind, *_ in answer.description
        ]
    return "\n".join(["\n", f"class {class_name(question)}(NamedTuple):", *columns]) + "\n"


def module(connection: duckdb.DuckDBPyConnection, values: dict[str, queries.Value]) -> str:
    return HEADER + "".join(written(name, connection, values) for name in queries.questions())
