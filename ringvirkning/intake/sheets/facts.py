"""The rows of facts in a table: without totals and notes, and with merged cells filled in."""

from ringvirkning.intake.sheets import EMPTY, KEEP, LEAVE_OUT, Decisions, Grid, Row
from ringvirkning.intake.sheets.vocabulary import plain, word_list

FILL = "fill"


def fact_rows(
    grid: Grid, header: int, rows: list[Row], width: int, choices: Decisions
) -> list[Row]:
    """The rows below the headings without totals, and without the notes at the end."""
    totals = [row for row in rows if is_total(row)]
    if totals and left_out("totals", totals[0], grid, choices):
        rows = [row for row in rows if not is_total(row)]
    first = first_note(rows, header)
    # A list of one column is all lone cells.
    if width > 1 and first < len(rows) and left_out("notes", rows[first], grid, choices):
        rows = rows[:first]
    return rows


def left_out(kind: str, row: Row, grid: Grid, choices: Decisions) -> bool:
    shown = row.cells[row.filled[0]].text[:80]
    options = (LEAVE_OUT, KEEP)
    value = choices.decide(kind, LEAVE_OUT, options, sheet=grid.sheet, row=row.number, found=shown)
    return value == LEAVE_OUT


def is_total(row: Row) -> bool:
    """Whether a row begins with "Sum", "Totalt" or "Sum 2024"."""
    words = plain(row.cells[row.filled[0]].text).rstrip("0123456789 ")
    return words in word_list("row", "total")


def is_note(row: Row) -> bool:
    text = row.cells[row.filled[0]].text
    first = plain(text).partition(" ")[0]
    return text.startswith("*") or first in word_list("row", "note")


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


def filled_down(grid: Grid, rows: list[Row], choices: Decisions) -> list[Row]:
    """The rows with what cells merged over several rows hold in each of them, if it is meant so."""
    numbers = {row.number for row in rows}
    tall = [area for area in grid.merged if area.first_row < area.last_row]
    tall = [area for area in tall if area.first_row in numbers]
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
        place = area.first_column
        held = [*cells[area.first_row], *[EMPTY] * place][place : place + 1]
        last = min(area.last_row, rows[-1].number)
        for number in cells.keys() & range(area.first_row + 1, last + 1):
            before = [*cells[number], *[EMPTY] * place][:place]
            cells[number] = [*before, *held, *cells[number][place + 1 :]]
    return [Row(row.number, cells[row.number]) for row in rows]
