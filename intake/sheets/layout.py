"""Where in a sheet the table is: which one, its heading row, its columns, its rows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from intake import Finding
from intake.contract import Table, tables
from intake.sheets import KEEP, LEAVE_OUT, Choices, Grid, Row
from intake.sheets.vocabulary import (
    headings,
    headings_in,
    listed,
    near,
    plain,
    plain_heading,
    sheet_words,
    table_named,
)

DEEPEST = 40  # rows in which a heading row is looked for
FILL = "fill"


@dataclass(frozen=True)
class Layout:
    """A table in a sheet: the contract's columns by their place from 0, and the rows of facts."""

    table: Table
    header: Row
    columns: Mapping[int, str]
    rows: list[Row]

    def heading(self, place: int) -> str:
        text = " ".join(self.header.cell(place).text.split())
        return text or get_column_letter(place + 1)

    @property
    def is_norwegian(self) -> bool:
        """Whether a heading is a Norwegian word, and no English one."""
        only = headings_in("nb") - headings_in("en")
        return any(plain_heading(cell.text) in only for cell in self.header.cells)


def mapping_key(header: Row) -> str:
    """Names a row of headings, so that the next file with the same ones is known."""
    words = json.dumps([plain_heading(cell.text) for cell in header.cells])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def layout(
    grid: Grid, file: str, choices: Choices, remembered: Mapping[str, Mapping[str, str]]
) -> tuple[Layout | None, list[Finding]]:
    """The table of a sheet, and what is to be said of it; none when it is left out or asked for."""
    tops = grid.rows[:DEEPEST]
    known = next((row for row in tops if mapping_key(row) in remembered), None)
    choices.remembered = remembered[mapping_key(known)] if known else {}
    table = chosen_table(grid, file, tops, choices)
    if table is None:
        return None, []
    header = known or likely_header(tops, table)
    numbers = [str(row.number) for row in tops]
    chosen = choices.decide(
        "header_row", str(header.number) if header else None, numbers, sheet=grid.sheet
    )
    if chosen is None:
        return None, []
    header = next(row for row in tops if str(row.number) == chosen)
    below = [row for row in grid.rows if row.number > header.number]
    columns = chosen_columns(table, header, below, grid.sheet, choices)
    found = Layout(table, header, columns, below)
    rows = filled_down(grid, found, fact_rows(grid, found, choices), choices)
    return replace(found, rows=rows), list(layout_findings(grid, file, found))


def matched(row: Row, table: Table) -> set[str]:
    """The columns of a table that the cells of a row are headings of."""
    words = headings(table.name)
    return {words[w] for cell in row.cells if (w := plain_heading(cell.text)) in words}


def likely_header(tops: list[Row], table: Table) -> Row | None:
    scores = [len(matched(row, table)) for row in tops]
    return tops[scores.index(max(scores))] if any(scores) else None


def chosen_table(grid: Grid, file: str, tops: list[Row], choices: Choices) -> Table | None:
    scores = {t.name: max((len(matched(row, t)) for row in tops), default=0) for t in tables()}
    name = grid.sheet or file.rsplit(".", 1)[0]
    named = sheet_words().get(plain(name), "")
    likely = sorted(scores, key=lambda t: (-scores[t], t != named))
    best, second = (scores[t] for t in likely[:2])
    is_prose = not best and all(row.filled == row.filled[:1] for row in grid.rows)
    found: str | None = None
    if grid.is_hidden or is_prose:
        found = LEAVE_OUT
    elif best and (best > max(second, 1) or likely[0] == named):
        found = likely[0]
    shown = next((cell.text[:80] for row in tops for cell in row.cells if cell.text), None)
    value = choices.decide("table", found, [*likely, LEAVE_OUT], sheet=grid.sheet, found=shown)
    return table_named(value) if value and value != LEAVE_OUT else None


def chosen_columns(
    table: Table, header: Row, below: list[Row], sheet: str, choices: Choices
) -> dict[int, str]:
    """The columns by place. Two headings for one column are both asked about."""
    words = headings(table.name)
    used = {place for row in below for place in row.filled}
    plainly = {place: plain_heading(header.cell(place).text) for place in {*header.filled, *used}}
    meant = {place: words.get(heading) for place, heading in plainly.items()}
    claims = Counter(meant.values())
    chosen = {}
    for place, heading in sorted(plainly.items()):
        if meant[place] is None and place not in used:
            continue  # nothing stands below: nothing is lost
        likely = [meant[place]] if meant[place] else near(heading, words)
        value = choices.decide(
            "column",
            meant[place] if claims[meant[place]] == 1 else None,
            dict.fromkeys([*likely, LEAVE_OUT, *(column.name for column in table.columns)]),
            sheet=sheet,
            about=get_column_letter(place + 1),
            row=header.number,
            column=" ".join(header.cell(place).text.split()) or get_column_letter(place + 1),
        )
        if value and value != LEAVE_OUT:
            chosen[place] = value
    return chosen


def fact_rows(grid: Grid, found: Layout, choices: Choices) -> list[Row]:
    """The rows below the headings without totals, and without the notes at the end."""
    rows = found.rows
    totals = [row for row in rows if is_total(row)]
    if totals and left_out("totals", totals[0], grid, choices):
        rows = [row for row in rows if not is_total(row)]
    first = first_note(rows, found.header.number)
    is_table = len(found.columns) > 1
    if is_table and first < len(rows) and left_out("notes", rows[first], grid, choices):
        rows = rows[:first]
    return rows


def left_out(kind: str, row: Row, grid: Grid, choices: Choices) -> bool:
    shown = row.cells[row.filled[0]].text[:80]
    options = (LEAVE_OUT, KEEP)
    value = choices.decide(kind, LEAVE_OUT, options, sheet=grid.sheet, row=row.number, found=shown)
    return value == LEAVE_OUT


def is_total(row: Row) -> bool:
    """Whether a row begins with "Sum", "Totalt" or "Sum 2024"."""
    words = plain(row.cells[row.filled[0]].text).rstrip("0123456789 ")
    return words in listed("row", "total")


def is_note(row: Row) -> bool:
    text = row.cells[row.filled[0]].text
    first = plain(text).partition(" ")[0]
    return text.startswith("*") or first in listed("row", "note")


def first_note(rows: list[Row], header: int) -> int:
    """Where the notes at the end begin: lone cells below an empty row or said to be a note."""
    first = last = len(rows)
    while last:
        row, above = rows[last - 1], rows[last - 2].number if last > 1 else header
        if len(row.filled) > 1 + is_note(row):
            break
        last -= 1
        if is_note(row) or row.number > above + 1:
            first = last
    return first


def filled_down(grid: Grid, found: Layout, rows: list[Row], choices: Choices) -> list[Row]:
    """The rows with what cells merged over several rows hold in each of them, if it is meant so."""
    last = rows[-1].number if rows else 0
    tall = [
        area
        for area in grid.merged
        if area.first_row < area.last_row and found.header.number < area.first_row <= last
    ]
    if not tall:
        return rows
    first, options = tall[0], (FILL, "leave_empty")
    value = choices.decide(
        "merged", None, options, sheet=grid.sheet, row=first.first_row, found=first.name
    )
    if value != FILL:
        return rows
    cells = {row.number: list(row.cells) for row in rows}
    for area in tall:
        kept = cells.get(area.first_row, [])[area.first_column : area.first_column + 1]
        for number in range(area.first_row + 1, min(area.last_row, last) + 1):
            if kept and len(cells.get(number, [])) > area.first_column:
                cells[number][area.first_column] = kept[0]
    return [Row(row.number, cells[row.number]) for row in rows]


def layout_findings(grid: Grid, file: str, found: Layout) -> Iterator[Finding]:
    sheet = grid.sheet or None
    for name, times in Counter(found.columns.values()).items():
        if times > 1:
            yield Finding("repeated_column", file, found.header.number, name, name, sheet=sheet)
    above = found.header.number
    for row in found.rows:
        if row.number > above + 1 and any(len(matched(row, table)) > 2 for table in tables()):
            yield Finding("second_table", file, row.number, sheet=sheet)
        above = row.number
    wide = [area for area in grid.merged if area.last_row >= found.header.number]
    if wide:
        cells = wide[0].name
        yield Finding(
            "merged_cells", file, wide[0].first_row, None, cells, level="should_look", sheet=sheet
        )
    for hidden in (grid.hidden_rows, grid.hidden_columns):
        if hidden:
            yield Finding("hidden_cells", file, found=str(hidden), level="should_look", sheet=sheet)
            break
