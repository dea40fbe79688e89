"""An OpenDocument spreadsheet, whose archive was checked, to grids: as a stream, in little memory.

What a cell holds stands in its attributes, what it shows in its text. Libraries either keep the
whole tree, which takes a hundred times the file, or show no errors (see `findings/`).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Area, Cell, Grid, Refused, Row
from ringvirkning.intake.sheets.cells import is_error
from ringvirkning.intake.sheets.delimited import MOST_COLUMNS, clean
from ringvirkning.intake.sheets.packages import LARGEST_UPLOAD
from ringvirkning.intake.sheets.typed_cells import area_of, cells_in_order, value_shown
from ringvirkning.intake.sheets.workbook import AUTHOR

OFFICE, TABLE, TEXT, STYLE, NUMBER = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "text", "style", "datastyle")
)
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
CONTENT, STYLES = "content.xml", "styles.xml"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
CALCULATED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
ROW, COLUMN = f"{TABLE}table-row", f"{TABLE}table-column"
STYLES_READ = (f"{STYLE}style", f"{NUMBER}date-style")
READ = (ROW, COLUMN, *STYLES_READ)
# Where the value of a cell stands by its type, other than in "value".
VALUES = {
    "boolean": "boolean-value",
    "date": "date-value",
    "time": "time-value",
    "string": "string-value",
}
NUMBERS = ("float", "currency", "percentage")
MOST_STYLES = 20  # that build on each other
AROUND = 25  # bytes around a cell or a row in a file
NOT_SHOWN = ("collapse", "filter")  # by hand, by a filter
# What LibreOffice keeps of other files that formulas ask.
KEPT_OF_OTHERS = "ta_extref"
LENGTH_OF_TIME = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
LINE_END = re.compile(r"\s*\n\s*")
BLANKS_SHOWN = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


@dataclass
class Looks:
    """What styles say: of dates how precisely they are shown, as the letters of a format; which
    style another builds on or takes its numbers from; and which of tables hide them."""

    letters: dict[str, str] = field(default_factory=dict)
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def add(self, element: Element) -> None:
        name = element.get(f"{STYLE}name", "")
        if element.tag == f"{NUMBER}date-style":
            parts = {part.tag.removeprefix(NUMBER) for part in element}
            is_whole = not parts.isdisjoint(("day", "day-of-week", "week-of-year"))
            is_year = not is_whole and "month" not in parts and "year" in parts
            self.letters[name] = "d" if is_whole else "y" if is_year else "m"
        elif element.tag == f"{STYLE}style":
            above = (element.get(f"{STYLE}{a}-style-name", "") for a in ("data", "parent"))
            self.above[name] = tuple(filter(None, above))
            properties = element.find(f"{STYLE}table-properties")
            if properties is not None and properties.get(f"{TABLE}display") == "false":
                self.hidden.add(name)

    def letters_of(self, style: str) -> str:
        """The letters of the format of a style's dates; of a whole day where it has none."""
        for _ in range(MOST_STYLES):
            if style in self.letters:
                return self.letters[style]
            style = next(iter(self.above.get(style, ())), "")
        return "d"


@dataclass
class OpenSheet:
    """A table while it is read. `columns` are the first ones: their styles, and which are
    hidden."""

    element: Element
    is_hidden: bool
    columns: list[tuple[str, bool]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    number: int = 0
    hidden_rows: int = 0

    @property
    def name(self) -> str:
        return self.element.get(f"{TABLE}name", "")

    def grid(self) -> Grid:
        width = max((len(row.cells) for row in self.rows), default=0)
        hidden = sum(is_hidden for _, is_hidden in self.columns[:width])
        merged = tuple(self.merged)
        return Grid(self.name, self.rows, self.is_hidden, merged, self.hidden_rows, hidden)


@dataclass
class OpenDocumentReader:
    """One file on its way to grids."""

    file: str
    looks: Looks = field(default_factory=Looks)
    sheets: list[OpenSheet] = field(default_factory=list)
    size: int = 0  # bytes, were every cell written out
    has_comments: bool = False

    def read(self, content: IO[bytes]) -> None:
        """Raises Refused, and ParseError of what is no XML."""
        above: list[Element] = []
        for event, element in iterparse(content, ("start", "end")):
            if event == "start":
                if element.tag == f"{TABLE}table" and above[-1].tag == f"{OFFICE}spreadsheet":
                    style = element.get(f"{TABLE}style-name", "")
                    if style != KEPT_OF_OTHERS:
                        self.sheets.append(OpenSheet(element, style in self.looks.hidden))
                above.append(element)
                continue
            above.pop()
            if element.tag in READ:
                tables = [one for one in above if one.tag == f"{TABLE}table"]
                if element.tag in STYLES_READ and not tables:
                    self.looks.add(element)
                # Charts have tables, too, and stand in cells.
                if self.sheets and tables == [self.sheets[-1].element]:
                    if element.tag == ROW:
                        self.add_row(element)
                        above[-1].remove(element)
                    elif element.tag == COLUMN:
                        self.add_column(element)

    def add_column(self, element: Element) -> None:
        columns = self.sheets[-1].columns
        style = element.get(f"{TABLE}default-cell-style-name", "")
        column = (style, element.get(f"{TABLE}visibility") in NOT_SHOWN)
        columns += [column] * min(times(element, "columns"), MOST_COLUMNS - len(columns))

    def add_row(self, row: Element) -> None:
        sheet, first = self.sheets[-1], self.sheets[-1].number + 1
        count = times(row, "rows")
        sheet.number += count
        placed: dict[int, Cell] = {}
        place = 0
        for element in (one for one in row if one.tag in CELLS):
            repeated = times(element, "columns")
            if len(element) or element.attrib:
                sheet.merged += merged_here(element, first, place)
                self.note(element)
                if (cell := self.cell(element, row, place)).text:
                    last = place + repeated - 1
                    # No more than tell that there are too many.
                    for at in (*range(place, min(last, MOST_COLUMNS)), last):
                        placed[at] = cell
            place += repeated
        cells = cells_in_order(placed, self.file, sheet.name, first)
        if not cells:
            return
        self.size += count * (AROUND + sum(AROUND + len(cell.text) for cell in cells))
        if self.size > LARGEST_UPLOAD:
            raise Refused(Finding("unzipped_too_large", self.file, expected="≤ 50 MB"))
        sheet.rows += [Row(first + more, cells) for more in range(count)]
        sheet.hidden_rows += count * (row.get(f"{TABLE}visibility") in NOT_SHOWN)

    def note(self, cell: Element) -> None:
        """Remember that there are comments, unless they are those of our own forms."""
        for comment in cell.iterfind(f"{OFFICE}annotation"):
            self.has_comments |= comment.findtext(CREATOR) != AUTHOR

    def cell(self, element: Element, row: Element, place: int) -> Cell:
        kind = element.get(f"{OFFICE}value-type", "")
        value = element.get(f"{OFFICE}{VALUES.get(kind, 'value')}", "")
        lines = element.findall(f"{TEXT}p")
        shown = clean("\n".join(map(paragraph, lines)))
        formula = element.get(f"{TABLE}formula")
        if formula is not None:
            if not kind and not lines:  # an empty text has a line
                return Cell(formula[:80], "uncalculated")
            if element.get(CALCULATED) == "error" or is_error(shown):
                return Cell(shown, "error")
            if kind == "float" and shown.isalpha():  # what LibreOffice makes of Excel's TRUE
                return value_shown(float(value) != 0, "")
        if kind == "boolean":
            return value_shown(value == "true", "")
        if kind in NUMBERS and value:
            return value_shown(float(value), "%" if kind == "percentage" else "")
        if kind == "date":
            return self.day(value, shown, self.letters(element, row, place))
        if kind == "time" and (length := LENGTH_OF_TIME.fullmatch(value)):
            hours, minutes, seconds = map(int, length.groups()[1:])
            span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            return value_shown(-span if length[1] else span, "")
        return Cell(shown or clean(value))

    def letters(self, element: Element, row: Element, place: int) -> str:
        """Those of the format of a cell's dates, which may be its row's or its column's."""
        columns = self.sheets[-1].columns
        style = (
            element.get(f"{TABLE}style-name")
            or row.get(f"{TABLE}default-cell-style-name")
            or (columns[place][0] if place < len(columns) else "")
        )
        return self.looks.letters_of(style)

    def day(self, value: str, shown: str, letters: str) -> Cell:
        try:
            return value_shown(datetime.fromisoformat(value.partition(".")[0]), letters)
        except ValueError:  # before the year 1
            return Cell(shown)


def times(element: Element, what: str) -> int:
    """How often a cell, column or row stands there."""
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))


def merged_here(cell: Element, row: int, place: int) -> Iterator[Area]:
    """The cells that one is merged with, if it is with any."""
    tall = int(cell.get(f"{TABLE}number-rows-spanned", "1"))
    wide = int(cell.get(f"{TABLE}number-columns-spanned", "1"))
    if tall > 1 or wide > 1:
        yield area_of(row, row + tall - 1, place, place + wide - 1)


def paragraph(element: Element) -> str:
    """The text of a paragraph, in which blanks are told by elements and line ends say nothing."""
    parts = [LINE_END.sub(" ", element.text or "")]
    for child in element:
        if blank := BLANKS_SHOWN.get(child.tag):
            parts.append(blank * min(int(child.get(f"{TEXT}c", "1")), MOST_COLUMNS))
        elif child.tag.startswith(TEXT):
            parts.append(paragraph(child))
        parts.append(LINE_END.sub(" ", child.tail or ""))
    return "".join(parts)


def open_document_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a spreadsheet, packed or flat, and what is to be said of it. Raises Refused,
    and what zipfile, ElementTree and numbers raise of a broken one."""
    reader = OpenDocumentReader(path.name)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for part in (STYLES, CONTENT):
                if part == CONTENT or part in archive.namelist():
                    with archive.open(part) as content:
                        reader.read(content)
    else:
        with path.open("rb") as flat:
            reader.read(flat)
    said = Finding("comments_left_out", path.name, level="should_look")
    return [sheet.grid() for sheet in reader.sheets], [said] if reader.has_comments else []
