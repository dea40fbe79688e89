"""Days without their year, as lists of one year have them: "14/1", "12. mars", "uke 15"."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from ringvirkning.intake.sheets import EMPTY, Cell, Decisions, Row
from ringvirkning.intake.sheets.dates import date_ways
from ringvirkning.intake.sheets.every_row import year
from ringvirkning.intake.sheets.pairs import span_in

DAYS = ("start_date", "end_date")
WITH_YEAR = re.compile(r"\d{4}(-\d\d){,2}|\d{1,2}\.\d{1,2}\.\d{4}")  # as nearly all have
ANY_YEAR = "2024"  # a leap year, in which every day there is is one


def with_years(
    columns: Mapping[int, str],
    rows: list[Row],
    texts: Sequence[str],
    file: str,
    choices: Decisions,
) -> list[Row]:
    """The rows with the year of a sheet in its days that have none: that in its name or its titles
    (`texts`), else asked for. While that is open there are no such days."""
    places = [place for place, name in columns.items() if name in DAYS]
    if not any(lacks_year(row.cell(place)) for row in rows for place in places):
        return rows
    said = year(texts, file, choices, is_one=True)
    return [with_year(row, places, said) for row in rows]


def with_year(row: Row, places: Collection[int], said: str) -> Row:
    lacking = [place for place in places if lacks_year(row.cell(place))]
    if not lacking:
        return row
    return Row(
        row.number,
        [
            (Cell(with_its_year(cell.text, said)) if said else EMPTY) if place in lacking else cell
            for place, cell in enumerate(row.cells)
        ],
    )


def with_its_year(text: str, said: str) -> str:
    return f"{text.rstrip('. ')} {said}"


def lacks_year(cell: Cell) -> bool:
    has_text = cell.kind == "text" and bool(cell.text)
    return has_text and not WITH_YEAR.fullmatch(cell.text) and is_in_any_year(cell.text)


@lru_cache(maxsize=10_000)  # the same few days stand in most rows
def is_in_any_year(text: str) -> bool:
    """Whether a text is a day, a month or a part of a year as soon as it has a year, not before."""
    whole = with_its_year(text, ANY_YEAR)
    ways = date_ways(whole)[0]
    return any(way != ANY_YEAR for way in ways.values()) or span_in(whole) is not None
