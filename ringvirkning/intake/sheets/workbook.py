"""An XLSX workbook, whose archive was checked, to grids."""

import re
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

# Not public, but what openpyxl's own read-only sheets are made of (pinned, and tested here): the
# sheets leave out merged and hidden cells, and believe the size that a sheet says it has.
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Area, Cell, Grid, Refused, Row
from ringvirkning.intake.sheets.plain_copy import is_strict, plain_copy
from ringvirkning.intake.sheets.typed_cells import area_of, cells_in_order, value_shown

# Who explains the headings of the forms to download, in comments.
AUTHOR = "Ringvirkning"
AUTHORS = re.compile(rb"<(?:\w+:)?author>([^<]*)<")
BOOK_PART = re.compile(r"xl/workbook\d*\.xml")
# openpyxl says so of each workbook that does not say no.
TO_CALCULATE = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=["'](?:1|true)["']""")
Parsed = dict[str, Any]  # a cell as openpyxl's parser gives it


class Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's, which also sees formulas without a result and keeps no empty cells."""

    hidden_rows = 0
    is_to_calculate = False  # programs that can't calculate write 0 for each result
    row_counter: int

    def parse_cell(self, element: Element) -> Parsed:
        cell: Parsed = super().parse_cell(element)
        # A formula that gives an empty text has an empty result, and says its type.
        is_none = cell["value"] is None and cell["data_type"] != "str"
        is_zero = cell["value"] == 0 and cell["data_type"] == "n"
        is_empty = is_none or (self.is_to_calculate and is_zero)
        if is_empty and element.find(FORMULA_TAG) is not None:
            cell |= {"value": element.findtext(FORMULA_TAG) or "=", "data_type": "uncalculated"}
        return cell

    def parse_row(self, row: Element) -> tuple[int, list[Parsed]]:
        if not any(len(cell) for cell in row):  # styled, and empty: there may be a million
            self.row_counter = int(row.get("r", self.row_counter + 1))
            return self.row_counter, []
        number, cells = super().parse_row(row)
        hidden = self.row_dimensions.pop(str(number), {}).get("hidden")
        filled = [cell for cell in cells if cell["value"] is not None]
        self.hidden_rows += bool(filled) and hidden in ("1", "true")
        return number, filled


def workbook_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a workbook, and what is to be said of it. Raises Refused, and what openpyxl
    raises: a broken workbook fails in any part of it, in any way."""
    if is_strict(path):
        return grids_of(plain_copy(path), path.name), notices(path)
    try:
        with path.open("rb") as file:
            return grids_of(file, path.name), notices(path)
    except Refused:
        raise
    except Exception:  # of looks, perhaps
        return grids_of(plain_copy(path), path.name), notices(path)


def grids_of(file: BinaryIO, name: str) -> list[Grid]:
    """The sheets of an open workbook; not by its name, which openpyxl wants to end in xlsx."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are no cells
        with zipfile.ZipFile(file) as archive:
            books = [n for n in archive.namelist() if BOOK_PART.fullmatch(n)]
            is_to_calculate = any(TO_CALCULATE.search(archive.read(name)) for name in books)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return [sheet_grid(sheet, name, is_to_calculate) for sheet in book.worksheets]


def notices(path: Path) -> list[Finding]:
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if "omments" in n and n.endswith(".xml")]
        comments = [archive.read(name) for name in names]
    # Those of our own forms say what to write.
    is_said = any({*AUTHORS.findall(part)} != {AUTHOR.encode()} for part in comments)
    return [Finding("comments_left_out", path.name, level="should_look")] if is_said else []


def sheet_grid(sheet: Any, file: str, is_to_calculate: bool) -> Grid:
    formats = number_formats(sheet.parent)
    rows: list[Row] = []
    with sheet._get_source() as source:
        parser = Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=sheet.parent.epoch,
            date_formats=sheet.parent._date_formats,
            timedelta_formats=sheet.parent._timedelta_formats,
        )
        parser.is_to_calculate = is_to_calculate
        for number, found in parser.parse():
            shown = {c["column"] - 1: cell_shown(c, formats[c["style_id"]]) for c in found}
            if cells := cells_in_order(shown, file, sheet.title, number):
                rows.append(Row(number, cells))
    hidden = sheet.sheet_state != "visible"
    columns = hidden_columns(parser, max((len(row.cells) for row in rows), default=0))
    return Grid(sheet.title, rows, hidden, tuple(merged_areas(parser)), parser.hidden_rows, columns)


def cell_shown(cell: Parsed, number_format: str) -> Cell:
    value, kind = cell["value"], cell["data_type"]
    if kind == "uncalculated":
        return Cell(str(value)[:80], "uncalculated")
    if kind == "e":
        return Cell(str(value), "error")
    is_escaped = isinstance(value, str) and "_x" in value
    return value_shown(unescape(value) if is_escaped else value, number_format)


def number_formats(book: Workbook) -> list[str]:
    """The format of numbers in every style of a workbook."""
    own = dict(enumerate(book._number_formats, 164))
    ids = [style.numFmtId for style in book._cell_styles]
    return [own.get(number) or BUILTIN_FORMATS.get(number) or "" for number in ids]


def merged_areas(parser: Parser) -> Iterable[Area]:
    for cells in parser.merged_cells.mergeCell if parser.merged_cells else []:
        left, top, right, bottom = range_boundaries(cells.ref)
        yield area_of(top, bottom, left - 1, right - 1)


def hidden_columns(parser: Parser, width: int) -> int:
    """How many of the columns with something in them are hidden."""
    hidden = [d for d in parser.column_dimensions.values() if d.get("hidden") in ("1", "true")]
    return sum(max(0, min(int(d.get("max", d["min"])), width) - int(d["min"]) + 1) for d in hidden)
