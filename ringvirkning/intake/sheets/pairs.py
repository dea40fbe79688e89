"""Cells that tell two things, each of which gets a column of its own.

"7 av 9" is a part and all of whom it is, "85/71" below "Påmeldt/møtt" both, "Runden våren 2024" a
name and when it was. The second stands in a column behind the sheet's last one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from queries.contract import Table
from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import EMPTY, Cell, Row
from ringvirkning.intake.sheets.dates import date_ways, day_after
from ringvirkning.intake.sheets.vocabulary import headings, plain_heading
from ringvirkning.intake.sheets.wide import FOLLOWED_UP, WHOM, fixed, is_across, says_more

PART_OF = re.compile(r"(\d+)\s*(?:av|of)\s*(\d+)", re.I)
BOTH = "/"
BETWEEN_HEADINGS = re.compile(r"\s*/\s*|\s+(?:av|of)\s+", re.I)
BETWEEN_COUNTS = re.compile(r"\s*/\s*|\s*\b(?:av|of)\b\s*", re.I)
OF_A_PAIR = ("registered_count", "attended_count", "employer_count")
# A year, or a day and a month, without which a number in a name is no time.
YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# From a day to another: 12.–14. mars 2024, 3.-4.6.2024, 30. mai til 2. juni 2024, 2021-2024.
SPAN = re.compile(
    r"(.+?)(?:\s*[–—]\s*|\s+(?:-|til|to)\s+|(?<=\d\.)-(?=\d)|(?<=\d{4})-(?=\d{4}|\d{1,2}\.))(.+)"
)
TWO_DAYS = re.compile(r"(.+?)\s+(?:og|and|&)\s+(.+)", re.I)  # 3. og 4. juni 2024
DAY_NUMBER = re.compile(r"^\d{1,2}\.?\s?")
LONGEST_TIME = 5  # of a time: "tirsdag den 12. mars 2024"


@dataclass
class OneByOne:
    """The columns and rows of a sheet whose cells tell one thing each; `copies` are the places that
    were added, with those they are from."""

    columns: dict[int, str]
    rows: list[Row]
    copies: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: str, of: int, cells: Mapping[int, tuple[Cell, Cell]]) -> None:
        """A column for what a cell tells besides: both cells by the number of the row."""
        place = max((len(row.cells) for row in self.rows), default=0)
        self.columns[place], self.copies[place] = name, of
        for at, row in enumerate(self.rows):
            whole, (first, second) = row, cells.get(row.number, (row.cell(of), EMPTY))
            padded = [*whole.cells, *[EMPTY] * (place - len(whole.cells)), second]
            if of < place:
                padded[of] = first
            self.rows[at] = Row(row.number, padded)

    def add_counts(self, registered: Mapping[int, int], attended: Mapping[int, int]) -> None:
        """How many tickets an activity had, and how many were used where that is known."""
        title = self.place_of("title") or 0
        for name, counts in (("registered_count", registered), ("attended_count", attended)):
            called = {row.number: row.cell(title) for row in self.rows}
            cells = {n: (called[n], Cell(str(count), "number")) for n, count in counts.items()}
            if cells:
                self.add(name, title, cells)

    def place_of(self, name: str) -> int | None:
        return next((place for place, known in self.columns.items() if known == name), None)


def told_one_by_one(
    table: Table, columns: Mapping[int, str], rows: list[Row], file: str, sheet: str
) -> OneByOne:
    """The columns with one thing in each cell."""
    told = OneByOne(dict(columns), [*rows])
    for place, name in columns.items():
        if BOTH in name and not is_across(name):
            first, second = name.split(BOTH)
            told.columns[place] = first
            told.add(second, place, {row.number: both(row.cell(place)) for row in told.rows})
        elif name == "start_date" and any(column.name == "end_date" for column in table.columns):
            take_ends(told, place)
        elif base := base_of(name):
            take_bases(told, place, base, file, sheet)
    return told


def both(cell: Cell) -> tuple[Cell, Cell]:
    parts = BETWEEN_COUNTS.split(cell.text) if cell.kind == "text" else [cell.text]
    if not cell.text:
        return EMPTY, EMPTY
    if len(parts) != 2:
        return Cell(cell.text, "one_of_two"), EMPTY
    return Cell(parts[0]), Cell(parts[1])


def base_of(name: str) -> str:
    """The column that says of how many a figure is a part."""
    if is_across(name):
        if says_more(name):
            return ""
        point = fixed(name).get("measured_at")
        return f"{FOLLOWED_UP}{point}" if point else "attended_count"
    return {"attended_count": "registered_count", "value": WHOM}.get(name, "")


def take_bases(told: OneByOne, place: int, base: str, file: str, sheet: str) -> None:
    """Take the numbers of whom others are a part out of a column: to one of their own, or compared
    with the one that there is."""
    found = {
        row.number: pair
        for row in told.rows
        if row.cell(place).kind == "text" and (pair := PART_OF.fullmatch(row.cell(place).text))
    }
    if not found:
        return
    cells = {number: (Cell(pair[1]), Cell(pair[2])) for number, pair in found.items()}
    known = told.place_of(base)
    if known is None and base != "attended_count":
        told.add(base, place, cells)
        return
    for at, row in enumerate(told.rows):
        if pair := found.get(row.number):
            said = row.cell(known).text if known is not None else ""
            if said != pair[2]:
                written = (file, row.number, None, pair[0], said or None)
                told.findings.append(
                    Finding("other_base", *written, level="should_look", sheet=sheet or None)
                )
            changed = [*row.cells]
            changed[place] = Cell(pair[1])
            told.rows[at] = Row(row.number, changed)


def take_ends(told: OneByOne, place: int) -> None:
    """Take the ends out of a column of starts: "12.–14. mars 2024"."""
    end = told.place_of("end_date")
    spans = {
        row.number: (Cell(span[0]), Cell(span[1]))
        for row in told.rows
        if row.cell(place).kind == "text" and (span := span_in(row.cell(place).text))
        if end is None or not row.cell(end).text
    }
    if spans and end is None:
        told.add("end_date", place, spans)
    for at, row in enumerate(told.rows):
        if end is not None and row.number in spans:
            changed = [*row.cells, *[EMPTY] * (end + 1 - len(row.cells))]
            changed[place], changed[end] = spans[row.number]
            told.rows[at] = Row(row.number, changed)


def span_in(text: str) -> tuple[str, str] | None:
    """The first and the last day of several, each in full; None for what is no span of days."""
    if two := ends_of(TWO_DAYS.fullmatch(text.strip())):
        first, last = (date_ways(day)[0] for day in two)
        return two if any(day_after(first[way]) == last.get(way) for way in first) else None
    return ends_of(SPAN.fullmatch(text.strip()))


def ends_of(found: re.Match[str] | None) -> tuple[str, str] | None:
    if not found or not date_ways(found[2])[0]:
        return None
    first, last = found[1].rstrip(". "), found[2]
    rest, year = DAY_NUMBER.sub("", last), last[-4:]
    likely = [found[1], f"{first}. {rest}", f"{first}.{rest}", f"{first} {year}", f"{first}.{year}"]
    return next(((start, last) for start in likely if date_ways(start)[0]), None)


def both_in(heading: str, table: Table) -> str | None:
    """The two counts that a heading names: "Påmeldt/møtt"."""
    words = headings(table.name)
    parts = [words.get(plain_heading(part)) for part in BETWEEN_HEADINGS.split(heading)]
    named = [name for name in parts if name in OF_A_PAIR]
    return BOTH.join(named) if len(parts) == len(named) == len({*named}) == 2 else None


def times_in_names(rows: Collection[Row], place: int) -> dict[int, str]:
    """When something was, where its name says so, by the number of the row: "våren 2024"."""
    found = {row.number: next(times_in(row.cell(place).text), "") for row in rows}
    return {number: text for number, text in found.items() if text}


def times_in(name: str) -> Iterator[str]:
    """What in a name may be a time, the longest first."""
    words = name.split() if YEAR_IN_NAME.search(name) else []
    for count in range(min(LONGEST_TIME, len(words)), 0, -1):
        for first in range(len(words) - count + 1):
            text = " ".join(words[first : first + count]).strip("()[],;:–—- ")
            if YEAR_IN_NAME.search(text) and date_ways(text)[0]:
                yield text
