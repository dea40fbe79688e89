"""The rows of facts in a table: without totals and notes, and with merged cells filled in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from ringvirkning.intake.sheets import EMPTY, KEEP, LEAVE_OUT, Decisions, Grid, Row
from ringvirkning.intake.sheets.dates import any_period
from ringvirkning.intake.sheets.numbers import number_ways
from ringvirkning.intake.sheets.vocabulary import named_after, plain, word_list

FILL = "fill"


def fact_rows(
    grid: Grid,
    header: int,
    rows: list[Row],
    width: int,
    counted: Collection[int],
    choices: Decisions,
) -> list[Row]:
    """The rows below the headings without totals, and without the notes at the end; `counted` are
    the places of columns with numbers."""
    sure, doubtful = sum_rows(rows, counted)
    if sure and left_out("totals", sure[0], grid, choices):
        rows = without(rows, sure)
    rows = without(rows, [row for row in doubtful if is_left_out("sum", row, grid, choices)])
    first = first_note(rows, header)
    # A list of one column is all lone cells.
    if width > 1 and first < len(rows) and left_out("notes", rows[first], grid, choices):
        rows = rows[:first]
    last = closing_lines(rows)
    if width > 1 and last and is_left_out("closing", last[0], grid, choices):
        rows = without(rows, last)
    return rows


def without(rows: list[Row], some: Sequence[Row]) -> list[Row]:
    numbers = {row.number for row in some}
    return [row for row in rows if row.number not in numbers]


def left_out(kind: str, row: Row, grid: Grid, choices: Decisions) -> bool:
    shown = row.cells[row.filled[0]].text[:80]
    options = (LEAVE_OUT, KEEP)
    value = choices.decide(kind, LEAVE_OUT, options, sheet=grid.sheet, row=row.number, found=shown)
    return value == LEAVE_OUT


def is_left_out(kind: str, row: Row, grid: Grid, choices: Decisions) -> bool:
    """Whether the person says that a row is no fact; nothing else decides it."""
    shown = " · ".join(row.cells[place].text for place in row.filled)[:80]
    value = choices.decide(
        kind,
        None,
        (LEAVE_OUT, KEEP),
        sheet=grid.sheet,
        about=str(row.number),
        row=row.number,
        found=shown,
        is_guessed=True,
    )
    return value == LEAVE_OUT


def is_total(row: Row) -> bool:
    """Whether a row begins with "Sum", "Totalt", "Sum 2024" or "2024 totalt"."""
    words = plain(row.cells[row.filled[0]].text).strip("0123456789 ")
    return words in word_list("row", "total")


def sum_rows(rows: list[Row], counted: Collection[int]) -> tuple[list[Row], list[Row]]:
    """The rows that are sums of those above, and those that may be: called much like a sum but not
    adding up, or adding up but called otherwise. Each has nothing but a name and numbers."""
    sure, doubtful = list[Row](), list[Row]()
    whole, group = Added(), Added()
    for row in rows:
        numbers, name = amounts(row, counted), row.cells[row.filled[0]].text
        is_bare = row.filled[1:] == [*numbers] and bool(numbers)
        is_sum = is_bare and (whole.gives(numbers) or group.gives(numbers))
        if is_total(row) or (is_sum and is_called_total(name)):
            sure.append(row)
        elif is_bare and (is_called_total(name) or (is_sum and not any_period(name))):
            doubtful.append(row)
        else:
            whole.add(numbers)
            group.add(numbers)
            continue
        group = Added()
    return sure, doubtful


def is_called_total(name: str) -> bool:
    """Whether a name begins or ends with a word for sums: "Delsum 1. halvår", "Møter i alt"."""
    words = f" {plain(name)} "
    return any(
        words.startswith(f" {total} ") or words.endswith(f" {total} ")
        for total in word_list("row", "total")
    )


def amounts(row: Row, counted: Collection[int]) -> dict[int, Decimal]:
    """The numbers of a row by place; 1.234 in a count is a thousand."""
    found = {place: amount(row.cells[place].text) for place in row.filled if place in counted}
    return {place: number for place, number in found.items() if number is not None}


@lru_cache(maxsize=10_000)  # the same few stand in most cells
def amount(text: str) -> Decimal | None:
    ways = number_ways(text)
    return Decimal(ways.get("") or ways.get(",") or ways["."]) if ways else None


@dataclass
class Added:
    """What some rows add up to, by place."""

    rows: int = 0
    sums: defaultdict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, numbers: Mapping[int, Decimal]) -> None:
        self.rows += bool(numbers)
        for place, number in numbers.items():
            self.sums[place] += number

    def gives(self, numbers: Mapping[int, Decimal]) -> bool:
        """Whether such numbers are the sums of two rows or more."""
        return (
            self.rows > 1
            and any(numbers.values())
            and all(self.sums[place] == number for place, number in numbers.items())
        )


def is_note(row: Row) -> bool:
    """Whether a row says something of the table; alone in it also a report's title."""
    text = row.cells[row.filled[0]].text
    first = plain(text).partition(" ")[0]
    is_closing = first in word_list("row", "closing") or text.startswith("©") or named_after(text)
    is_said = text.startswith("*") or first in word_list("row", "note")
    return is_said or (len(row.filled) == 1 and bool(is_closing))


def closing_lines(rows: list[Row]) -> list[Row]:
    """The lone cells at the end where every row above has more: a name without anything known of
    it, or no row."""
    first = len(rows)
    while first and len(rows[first - 1].filled) == 1:
        first -= 1
    facts = rows[:first]
    return rows[first:] if len(facts) > 1 and all(len(row.filled) > 1 for row in facts) else []


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
