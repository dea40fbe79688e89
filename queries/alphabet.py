"""Names in the order of a language, by the ICU that DuckDB has built in, as tables sort them in the
browser. SQL sorts by letters' numbers, which is the same everywhere; what a page lists by name goes
through here."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import TypeVar

import duckdb

from queries import CLOSED

Named = TypeVar("Named")
MOST_KEYS = 20_000  # keys of a language, some megabytes
DIGITS = re.compile("[0-9]+")
LONGEST_NUMBER = 20  # digits; longer ones are sorted as letters are


@cache
def icu() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config=CLOSED)


@cache
def known_keys(language: str) -> dict[str, str]:
    """The keys of names that were sorted before: most stand on page after page."""
    return {}


def with_long_numbers(name: str) -> str:
    """A name whose numbers are in the order of their digits. ICU can do it itself, but not where
    DuckDB asks it: that takes a language with wishes, such as `nb-u-kn`, for none."""
    return DIGITS.sub(lambda number: number[0].zfill(LONGEST_NUMBER), name)


def sort_keys(names: Iterable[str], language: str) -> dict[str, tuple[str, str]]:
    """What names are sorted by: of those that a language takes for the same, by their letters."""
    listed, known = [*dict.fromkeys(names)], known_keys(language)
    keys = {name: key for name in listed if (key := known.get(name)) is not None}
    if new := [name for name in listed if name not in keys]:
        with icu().cursor() as cursor:
            answer = cursor.execute(
                "select icu_sort_key(name, $language) from unnest($names) as listed (name)",
                {"names": [*map(with_long_numbers, new)], "language": language},
            ).fetchall()
        found = {name: key for name, (key,) in zip(new, answer, strict=True)}
        if len(known) + len(found) > MOST_KEYS:
            known.clear()
        known |= found
        keys |= found
    return {name: (keys[name], name) for name in listed}


def alphabetical(
    rows: Iterable[Named], language: str, name: Callable[[Named], str] = str
) -> list[Named]:
    """Rows by their names: in Norwegian æ, ø and å come last, and aa is å; `nb`, `en`. *Kurs 2* is
    before *Kurs 10*."""
    listed = [*rows]
    keys = sort_keys(map(name, listed), language) if len(listed) > 1 else {}
    return sorted(listed, key=lambda row: keys[name(row)]) if keys else listed


def alphabetical_within(
    rows: Iterable[Named],
    language: str,
    place: Callable[[Named], object],
    name: Callable[[Named], str],
) -> list[Named]:
    """Rows that stand in an order already, such as of their days: those of one place by name."""
    listed = [[*same] for _, same in groupby(rows, place)]
    keys = sort_keys((name(row) for same in listed if len(same) > 1 for row in same), language)
    return [
        row
        for same in listed
        for row in (sorted(same, key=lambda row: keys[name(row)]) if len(same) > 1 else same)
    ]
