"""What is published already, to be chosen from in a form: by name, without reading it twice."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from heapq import nlargest
from pathlib import Path

from queries.contract import Table, tables
from ringvirkning.intake import former
from ringvirkning.intake.forms.entries import row_title
from ringvirkning.intake.naming import IDENTITY, TITLE, key_of
from ringvirkning.intake.ownership import folder_rows, known_by
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.vocabulary import table_named

MOST_OFFERED_ROWS = 1000  # of a table with days the latest, else the first
DAY = "start_date"
# A folder of a version never changes; of few versions is anything typed.
keep_few = lru_cache(maxsize=64)


def rows_then_or_now(table: Table, folder: Path) -> Iterator[Record]:
    if former.file_of(table, folder):
        yield from (row for _, row in folder_rows(table, folder))


@keep_few
def names_of_rows(folder: Path, table_name: str) -> Mapping[str, tuple[str, str]]:
    """What the rows of a table are called, by id, and the day that they began ("": not known)."""
    table = table_named(table_name)
    key = key_of(table) or ""
    found = (
        (row.get(DAY, ""), row_title(table, row), row[key])
        for row in rows_then_or_now(table, folder)
    )
    if any(column.name == DAY for column in table.columns):
        told = nlargest(MOST_OFFERED_ROWS, found)
    else:
        told = sorted(found)[:MOST_OFFERED_ROWS]
    return {id: (name, day) for day, name, id in told}


def named_title(folder: Path | None, table: Table, title: str) -> str:
    """A row's title; one that is the id of another row is what that is called."""
    first = next(c for c in table.columns if c.name == IDENTITY[table.name][0])
    if table.name in TITLE or not (folder and first.refers_to):
        return title
    return names_of_rows(folder, first.refers_to).get(title, (title, ""))[0]


@keep_few
def texts_in_column(folder: Path, name: str) -> tuple[str, ...]:
    """What is written in a column of this name in any table."""
    found = {
        row[name]
        for table in tables()
        if any(column.name == name for column in table.columns)
        for row in rows_then_or_now(table, folder)
    }
    return tuple(sorted(found - {""})[:MOST_OFFERED_ROWS])


@keep_few
def organisations_known(folder: Path) -> tuple[str, ...]:
    """What partners and associations are called, the longest first."""
    named = (("partners", "name"), ("partnerships", "association"))
    rows = (
        (row, name) for table, name in named for row in rows_then_or_now(table_named(table), folder)
    )
    return tuple(sorted({row[name] for row, name in rows} - {""}, key=len, reverse=True))


@keep_few
def points_known(folder: Path, measure: str) -> frozenset[tuple[str, str]]:
    """When a measure is told of which activity: a number, words, or that its source hides it."""
    return frozenset(
        (row["activity_id"], row["measured_at"])
        for row in rows_then_or_now(table_named("outcomes"), folder)
        if row["measure"] == measure
        and (row["value"] or row["quote"] or row["value_status"] == "suppressed")
    )


def published_row(folder: Path, table: Table, known: Record) -> Record:
    """The row that is known by the same; empty where there is none."""
    whole = {column.name: known.get(column.name, "") for column in table.columns}
    wanted = known_by(table, whole)
    found = (row for row in rows_then_or_now(table, folder) if known_by(table, row) == wanted)
    return next(found, {})


def rows_that_name(folder: Path, table: Table, id: str) -> Iterator[tuple[Table, Record]]:
    """The rows of other tables that are of this one alone, as results are of their activity."""
    for other in tables():
        of = [c.name for c in other.columns if c.refers_to == table.name and not c.is_list]
        if of and other != table:
            yield from (
                (other, row)
                for row in rows_then_or_now(other, folder)
                if any(row[name] == id for name in of)
            )


def rows_that_rest(folder: Path, table: Table, id: str) -> Iterator[tuple[Table, Record]]:
    """The rows that name this one and stay when it goes: they are of others, too, or of its own
    table."""
    for other in tables():
        of = [c for c in other.columns if c.refers_to == table.name]
        if stays := [c.name for c in of if c.is_list or other == table]:
            yield from (
                (other, row)
                for row in rows_then_or_now(other, folder)
                if any(id in row[name].split("|") for name in stays)
            )


def forget_offers() -> None:
    """Of what was withdrawn nothing stays in memory."""
    names_of_rows.cache_clear()
    texts_in_column.cache_clear()
    points_known.cache_clear()
    organisations_known.cache_clear()
