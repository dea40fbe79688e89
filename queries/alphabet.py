"""Names in the order of a language, by the ICU that DuckDB has built in. SQL sorts by letters'
numbers, which is the same everywhere; what a page lists by name goes through here."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TypeVar

import duckdb

from queries import CLOSED

Named = TypeVar("Named")


@cache
def icu() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config=CLOSED)


@lru_cache(maxsize=10_000)
def sort_key(name: str, language: str) -> tuple[str, str]:
    """What a name is sorted by: of names that a language takes for the same, by their letters."""
    with icu().cursor() as cursor:
        ((key,),) = cursor.execute("select icu_sort_key(?, ?)", [name, language]).fetchall()
    return key, name


def alphabetical(
    rows: Iterable[Named], language: str, name: Callable[[Named], str] = str
) -> list[Named]:
    """Rows by their names: in Norwegian æ, ø and å come last, and aa is å; `nb`, `en`."""
    return sorted(rows, key=lambda row: sort_key(name(row), language))
