"""A typed value of a workbook of any kind as the cell that is read of it, and the rows of these."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from openpyxl.utils import get_column_letter

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import EMPTY, Area, Cell, Refused
from ringvirkning.intake.sheets.delimited import MOST_COLUMNS, clean


def value_shown(value: object, number_format: str) -> Cell:
    """What a cell with a value shows, that has one of the formats of numbers in a workbook."""
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        return Cell(f"{value:.15g}", "percent" if "%" in number_format else "number")
    if isinstance(value, date):
        return Cell(day_shown(value, number_format), "date")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(abs(value).total_seconds()), 60)
        sign = "-" if value < timedelta() else ""
        return Cell(f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}")
    if isinstance(value, time):
        return Cell(value.isoformat(timespec="seconds"))
    return Cell(clean(str(value)))


def day_shown(value: date, number_format: str) -> str:
    """A date as precisely as the cell shows it: 2016, 2016-05, 2016-05-12 or with a time."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(timespec="minutes")
    length = 10 if "d" in letters else 7 if "m" in letters else 4
    return value.strftime("%Y-%m-%d")[:length]


def cells_in_order(placed: Mapping[int, Cell], file: str, sheet: str, number: int) -> list[Cell]:
    """The cells of a row by their place from 0, up to the last one with something in it. Raises
    Refused for too many."""
    width = max((place + 1 for place, cell in placed.items() if cell.text), default=0)
    if width > MOST_COLUMNS:
        limit = f"≤ {MOST_COLUMNS}"
        found = Finding("too_many_columns", file, number, None, str(width), limit, sheet=sheet)
        raise Refused(found)
    return [placed.get(place, EMPTY) for place in range(width)]


def area_of(top: int, bottom: int, left: int, right: int) -> Area:
    """Merged cells by their first and last row number and column from 0."""
    corners = ((left, top), (right, bottom))
    name = ":".join(f"{get_column_letter(column + 1)}{row}" for column, row in corners)
    return Area(name, top, bottom, left, right)
