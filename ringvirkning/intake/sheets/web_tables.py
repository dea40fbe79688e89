"""The tables of a web page, which many programs export with the name of a workbook (.xls)."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Area, Cell, Decisions, Grid, Refused, Row
from ringvirkning.intake.sheets.delimited import MOST_COLUMNS, clean, text_of
from ringvirkning.intake.sheets.typed_cells import area_of, cells_in_order

CELL_TAGS = ("td", "th")
UNSEEN = ("script", "style", "comment", "title")
FEWEST_OF_TABLE = 2  # else it is no table of facts


@dataclass
class WebTable:
    """A table while it is read: the text of each cell by its place, in rows by their numbers."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    number: int = 0

    def add(self, text: str, wide: int, tall: int) -> None:
        """A cell in the first free place of the row."""
        row, place = self.rows.setdefault(self.number, {}), 0
        while place in row or (self.number, place) in self.taken:
            place += 1
        wide, tall = min(wide, MOST_COLUMNS), min(tall, MOST_COLUMNS)
        row |= {place: Cell(clean(text)), **{place + n: Cell() for n in range(1, wide)}}
        below = range(self.number + 1, self.number + tall)
        self.taken |= {(number, place + n) for number in below for n in range(wide)}
        if wide > 1 or tall > 1:
            self.merged.append(
                area_of(self.number, self.number + tall - 1, place, place + wide - 1)
            )

    def grid(self, sheet: str, file: str) -> Grid:
        cells = {n: cells_in_order(row, file, sheet, n) for n, row in self.rows.items()}
        rows = [Row(number, found) for number, found in cells.items() if found]
        return Grid(sheet, rows, merged=tuple(self.merged))


class WebTables(HTMLParser):
    """The tables of a page; of those that stand in cells of others these, which hold the facts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[WebTable] = []
        self.open: list[WebTable] = []
        self.text: list[str] | None = None
        self.spans = (1, 1)
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag == "table":
            self.text = None
            self.open.append(WebTable())
            self.found.append(self.open[-1])
        elif not self.open:
            pass
        elif tag == "tr":
            self.end_cell()
            self.open[-1].number += 1
        elif tag in CELL_TAGS:
            self.end_cell()
            said = dict(attrs)
            self.spans = (spanned(said.get("colspan")), spanned(said.get("rowspan")))
            self.text = []
        elif tag in ("br", "p", "div") and self.text:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in (*CELL_TAGS, "tr", "table"):
            self.end_cell()
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.unseen:
            self.text.append(re.sub(r"\s*\n\s*", " ", data))

    def end_cell(self) -> None:
        if self.text is not None and self.open:
            self.open[-1].add("".join(self.text), *self.spans)
        self.text = None


def spanned(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and int(said) else 1


def web_grids(data: bytes, file: str, choices: Decisions) -> list[Grid]:
    """The tables of a page, numbered if there are several. Raises Refused for a page without."""
    reader = WebTables()
    reader.feed(text_of(data, file, choices))
    reader.close()
    tables = [table for table in reader.found if len(table.rows) >= FEWEST_OF_TABLE]
    if not tables:
        raise Refused(Finding("not_spreadsheet", file, found="HTML"))
    names = [f"{n}" for n in range(1, len(tables) + 1)] if len(tables) > 1 else [""]
    return [table.grid(name, file) for name, table in zip(names, tables, strict=True)]
