"""A workbook as one file of XML (SpreadsheetML 2003), which many programs export, to grids."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Area, Cell, Grid, Row
from ringvirkning.intake.sheets.typed_cells import area_of, cells_in_order, value_shown

SPACE, EXCEL = (f"{{urn:schemas-microsoft-com:office:{name}}}" for name in ("spreadsheet", "excel"))
# Formats that Excel knows by a name, with the letters of what they show.
FORMAT_NAMES = {"Percent": "0%", "Short Date": "d", "Long Date": "d", "Medium Date": "d"}
WHOLE_DAY = "d"


@dataclass
class Worksheet:
    """A sheet while it is read."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    number: int = 0
    column: int = 0
    hidden_rows: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False

    def grid(self) -> Grid:
        width = max((len(row.cells) for row in self.rows), default=0)
        hidden = sum(place < width for place in self.hidden_columns)
        merged = tuple(self.merged)
        return Grid(self.name, self.rows, self.is_hidden, merged, self.hidden_rows, hidden)


@dataclass
class SpreadsheetXml:
    """One file on its way to grids."""

    file: str
    formats: dict[str, str] = field(default_factory=dict)
    sheets: list[Worksheet] = field(default_factory=list)
    has_comments: bool = False

    def end(self, element: Element) -> None:
        """What an element says that has been read to its end. Raises Refused, and ValueError for
        what is no number."""
        tag = element.tag
        if tag == f"{SPACE}Style":
            shown = element.find(f"{SPACE}NumberFormat")
            said = "" if shown is None else shown.get(f"{SPACE}Format", "")
            self.formats[element.get(f"{SPACE}ID", "")] = FORMAT_NAMES.get(said, said)
        elif tag == f"{SPACE}Column":
            self.add_column(element)
        elif tag == f"{SPACE}Row":
            self.add_row(element)
            element.clear()
        elif tag == f"{EXCEL}Visible" and self.sheets:
            self.sheets[-1].is_hidden = element.text != "SheetVisible"

    def add_column(self, element: Element) -> None:
        sheet = self.sheets[-1]
        first = int(element.get(f"{SPACE}Index", sheet.column + 1))
        sheet.column = first + int(element.get(f"{SPACE}Span", 0))
        if element.get(f"{SPACE}Hidden") == "1":
            sheet.hidden_columns |= {*range(first - 1, min(sheet.column, first + 255))}

    def add_row(self, element: Element) -> None:
        sheet = self.sheets[-1]
        sheet.number = int(element.get(f"{SPACE}Index", sheet.number + 1))
        placed: dict[int, Cell] = {}
        place = 0
        for cell in element.iterfind(f"{SPACE}Cell"):
            place = int(cell.get(f"{SPACE}Index", place + 1))
            wide, tall = (int(cell.get(f"{SPACE}Merge{way}", 0)) for way in ("Across", "Down"))
            if wide or tall:
                area = (sheet.number, sheet.number + tall, place - 1, place - 1 + wide)
                sheet.merged.append(area_of(*area))
            self.has_comments |= cell.find(f"{SPACE}Comment") is not None
            placed[place - 1] = self.shown(cell)
            place += wide
        if cells := cells_in_order(placed, self.file, sheet.name, sheet.number):
            sheet.rows.append(Row(sheet.number, cells))
            sheet.hidden_rows += element.get(f"{SPACE}Hidden") == "1"

    def shown(self, cell: Element) -> Cell:
        data = cell.find(f"{SPACE}Data")
        if data is None:
            formula = cell.get(f"{SPACE}Formula")
            return Cell(formula[:80], "uncalculated") if formula else Cell()
        text, kind = "".join(data.itertext()), data.get(f"{SPACE}Type")
        number_format = self.formats.get(cell.get(f"{SPACE}StyleID", ""), "")
        if kind == "Error":
            return Cell(text, "error")
        if kind == "Boolean":
            return value_shown(text == "1", "")
        if kind == "Number":
            return value_shown(float(text), number_format)
        if kind == "DateTime":
            day = datetime.fromisoformat(text.partition(".")[0])
            return value_shown(day, number_format or WHOLE_DAY)
        return value_shown(text, "")


def spreadsheet_xml_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a file without entities, and what is to be said of it. Raises Refused, and
    what ElementTree and numbers raise of a broken one."""
    reader = SpreadsheetXml(path.name)
    with path.open("rb") as file:
        for event, element in iterparse(file, ("start", "end")):
            if event == "end":
                reader.end(element)
            elif element.tag == f"{SPACE}Worksheet":
                reader.sheets.append(Worksheet(element.get(f"{SPACE}Name", "")))
    said = Finding("comments_left_out", path.name, level="should_look")
    return [sheet.grid() for sheet in reader.sheets], [said] if reader.has_comments else []
