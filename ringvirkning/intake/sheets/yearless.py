"""Days and parts of a year without that year, as lists of one year have them: "14/1", "12. mars",
"uke 15", and "jan" to "des" as headings."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from ringvirkning.intake.sheets import EMPTY, Cell, Decisions, Grid, Row
from ringvirkning.intake.sheets.across import FEWEST_ACROSS, time_beside, time_in
from ringvirkning.intake.sheets.dates import date_ways
from ringvirkning.intake.sheets.every_row import year
from ringvirkning.intake.sheets.pairs import span_in
from ringvirkning.intake.sheets.vocabulary import plain, word_list

DAYS = ("start_date", "end_date")
WITH_YEAR = re.compile(r"\d{4}(-\d\d){,2}|\d{1,2}\.\d{1,2}\.\d{4}")  # as nearly all have
SUM = "sum"  # a heading of what is left out
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


def yearless_headings(tops: Sequence[Row]) -> Row | None:
    """The row with months, or other parts of a year, across, which say no year."""
    for row, after in zip_longest(tops, tops[1:]):
        places = parts_of_a_year(row, ANY_YEAR)
        below = parts_of_a_year(after, ANY_YEAR) if after else {}
        if len({*places.values()}) >= FEWEST_ACROSS and below.keys().isdisjoint(places):
            return row
    return None


def parts_of_a_year(row: Row, said: str) -> dict[int, str]:
    """The months, quarters or half-years of a year that cells of a row are which don't say it."""
    texts = {place: row.cell(place).text for place in row.filled}
    found = {p: time_in(with_its_year(t, said)) for p, t in texts.items() if not time_in(t)}
    return {place: time for place, time in found.items() if time}


def with_years_across(grid: Grid, header: Row | None, said: str) -> Grid:
    """The sheet with a year in such a row of headings. What is the whole of some of them, such as a
    quarter beside months, or "Sum 2024", is told as a sum, so that nothing counts twice."""
    if header is None or not said:
        return grid
    parts = parts_of_a_year(header, said)
    shortest = min(map(months_in, parts.values()))
    totals = word_list("row", "total")

    def told(place: int, cell: Cell) -> Cell:
        if place in parts:
            is_whole = months_in(parts[place]) > shortest
            return Cell(SUM if is_whole else with_its_year(cell.text, said))
        time, rest = time_beside(cell.text)
        return Cell(SUM) if time and (not rest or plain(rest) in totals) else cell

    dated = Row(header.number, [told(place, cell) for place, cell in enumerate(header.cells)])
    return replace(grid, rows=[dated if row is header else row for row in grid.rows])


def in_its_year(grid: Grid, header: Row, file: str, choices: Decisions) -> Grid:
    """The same with the year that the sheet says, there or in its titles, or that is asked for."""
    above = [row for row in grid.rows if row.number <= header.number]
    around = [grid.sheet, *(cell.text for row in above for cell in row.cells)]
    return with_years_across(grid, header, year(around, file, choices, is_one=True))


def months_in(part: str) -> int:
    """How many months a part of a year has: 2024-03, 2024-Q1, 2024-01/2024-06."""
    return 6 if "/" in part else 3 if "Q" in part else 1
