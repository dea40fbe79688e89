"""The rows in which something was found, and those beside them, as a spreadsheet shows them."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ringvirkning.intake.checks.guard import is_personal
from ringvirkning.intake.checks.report import UNREADABLE, Group
from ringvirkning.intake.records import csv_records
from ringvirkning.intake.sheets import Grid, Read

BESIDE = 2  # rows shown above and below one with a finding
MOST, WIDEST, LONGEST = 200, 60, 200  # rows of a sheet, cells of a row, characters of a cell
TOPMOST = 1


@dataclass(frozen=True)
class Excerpt:
    """Some rows of a sheet, by their numbers in it; `places` are the columns of its headings,
    counted from 0."""

    file: str
    sheet: str
    places: Mapping[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def of_uploaded(reads: Iterable[Read], groups: Sequence[Group]) -> list[Excerpt]:
    """From spreadsheets as they were read; what rows were counted into is shown by itself."""
    wanted = rows_wanted(groups)
    return [
        of_grid(read, grid, wanted[read.file, grid.sheet])
        for read in reads
        for grid in read.grids
        if (read.file, grid.sheet) in wanted
        and not any(counted.grid is grid for counted in read.counted)
    ]


def of_folder(folder: Path, groups: Sequence[Group]) -> list[Excerpt]:
    """From files in the contract's shape."""
    unreadable = {g.file for g in groups if g.rule in (*UNREADABLE, "list_of_persons")}
    return [
        of_rows(file, "", TOPMOST, readable(folder / file), numbers)
        for (file, _), numbers in rows_wanted(groups).items()
        if file not in unreadable
    ]


def rows_wanted(groups: Sequence[Group]) -> dict[tuple[str, str], set[int]]:
    """The rows of each sheet to show, as the findings come, until there are enough; none where
    there is personal data."""
    findings = [finding for group in groups for finding in group.findings]
    wanted: dict[tuple[str, str], set[int]] = defaultdict(set)
    if any(map(is_personal, findings)):
        return wanted
    for finding in findings:
        numbers = wanted[finding.file, finding.sheet or ""]
        if finding.row and len(numbers) < MOST:
            numbers |= {*range(finding.row - BESIDE, finding.row + BESIDE + 1)}
    return {place: numbers for place, numbers in wanted.items() if numbers}


def of_grid(read: Read, grid: Grid, numbers: set[int]) -> Excerpt:
    # Whoever has a spreadsheet has loaded it; to list what is published needs none.
    from openpyxl.utils import column_index_from_string

    header = read.header_row(grid.sheet) or TOPMOST
    rows = ((row.number, [cell.text for cell in row.cells]) for row in grid.rows)
    shown = of_rows(read.file, grid.sheet, header, rows, numbers)
    # One with two rows of headings is called by both.
    called = {
        choice.column: column_index_from_string(choice.key.rpartition("/")[2]) - 1
        for choice in read.choices
        if choice.kind == "column" and choice.sheet == grid.sheet and choice.column
    }
    return replace(shown, places={**called, **shown.places})


def of_rows(
    file: str, sheet: str, header: int, rows: Iterable[tuple[int, list[str]]], numbers: set[int]
) -> Excerpt:
    shown, places, last = [], {}, max(numbers, default=0)
    for number, cells in rows:
        if number > max(last, header):
            break
        if number == header:
            places = {
                " ".join(text.split()): place for place, text in reversed([*enumerate(cells)])
            }
        if number in numbers or number == header:
            shown.append((number, tuple(text[:LONGEST] for text in cells[:WIDEST])))
    return Excerpt(file, sheet, places, tuple(shown))


def readable(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records as far as they can be read."""
    with suppress(csv.Error):
        yield from (one for one in csv_records(path) if one[1])
