"""The answers of a version's database to every question, and its rows, to hold one database against
another."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import queries
from tests.test_queries import KNOWN

# Numbers that a database has of its own, and what each stands for. Those of facets are the same in
# all of what has the same rows.
NUMBERED = {
    "link_id": "select link_id, * exclude link_id from links",
}
IN_NO_ORDER = "explore_every_record"
Filters = Mapping[str, Mapping[str, Any]]
Answers = dict[tuple[str, str], list[tuple[Any, ...]]]
# Of the data that bench.generate makes.
GENERATED = KNOWN | {
    "partnership_id": "s3",
    "round_programme": "Program 0",
    "limit": 100_000,
    "partner_id": "p3",
    "agreement_ids": [f"s{number}" for number in range(20)],
    "ids": ["p1", "s1", "none"],
}
ASKED: Filters = {
    "nothing": {},
    "association": {"association": ["Forening 2"], "partnership_id": "s1"},
    "programme": {"programme": ["Program 0", "Program 3"]},
    "partner type": {"partner_type": ["municipality"], "year": 2019},
    "years": {"from_year": 2016, "to_year": 2020},
    "no illustrative": {"illustrative": False},
    "before an end": {"as_of": date(2020, 12, 31), "year": 2020},
    "placement rate": {"measure": "placement_rate", "rows": "association", "split": "time"},
    "by age": {"measure": "placement_permanent", "rows": "time", "split": "age_group"},
    "active in a year": {"measure": "active_partnerships", "rows": "partnership", "split": ""},
    "jobs": {"measure": "placements", "rows": "partner", "split": "kind", "divisor": "attended"},
    "targets": {"measure": "target_attainment", "point": "placement_permanent", "split": ""},
}


def every_answer(database: Path, known: Mapping[str, Any], filters: Filters) -> Answers:
    """Each question with those filters that change one of its own values; its rows in their order,
    but for the one that promises none."""
    with queries.opened(database) as connection:
        return dict(answers(connection, known, filters))


def answers(
    connection: queries.Connection, known: Mapping[str, Any], filters: Filters
) -> Iterator[tuple[tuple[str, str], list[tuple[Any, ...]]]]:
    for name in queries.questions():
        seen: list[dict[str, Any]] = []
        for filtered, chosen in filters.items():
            values: dict[str, Any] = queries.needed(name, {**known, **chosen})
            if values not in seen:
                seen.append(values)
                yield (name, filtered), answered(connection, name, values)


def answered(
    connection: queries.Connection, name: str, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    with queries.asking(connection, name, values) as answer:
        rows = answer.fetchall()
    return sorted(rows, key=str) if name == IN_NO_ORDER else rows


def different(one: Answers, other: Answers) -> list[tuple[str, str]]:
    """What is answered otherwise; each has been asked the same."""
    assert one.keys() == other.keys()
    return [asked for asked, rows in one.items() if rows != other[asked]]


def every_row(database: Path) -> dict[str, Counter[tuple[str, ...]]]:
    """The rows of each table, in no order; a number of the database's own as what it stands for."""
    with queries.opened(database) as connection:
        meant = {
            column: {number: str(rest) for number, *rest in connection.execute(asked).fetchall()}
            for column, asked in NUMBERED.items()
        }
        tables = [name for (name,) in connection.execute("from (show tables)").fetchall()]
        return {name: rows_of(connection, name, meant) for name in tables}


def rows_of(
    connection: queries.Connection, table: str, meant: Mapping[str, Mapping[int, str]]
) -> Counter[tuple[str, ...]]:
    answer = connection.execute(f"from {table}")
    numbers = [meant.get(column) for column, *_ in answer.description]
    return Counter(
        tuple(
            str(of.get(cell, cell) if of else cell) for of, cell in zip(numbers, row, strict=True)
        )
        for row in answer.fetchall()
    )
