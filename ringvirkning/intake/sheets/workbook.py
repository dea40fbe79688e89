"""An XLSX workbook to grids, within limits: what it holds is counted before it is made."""

import re
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
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
from ringvirkning.intake.sheets import EMPTY, Area, Cell, Grid, Refused, Row
from ringvirkning.intake.sheets.delimited import MOST_COLUMNS, clean
from ringvirkning.intake.sheets.plain_copy import is_strict, plain_copy

LARGEST_UPLOAD = 50 * 2**20  # unzipped, bytes
# Who explains the headings of the forms to download, in comments.
AUTHOR = "Ringvirkning"
AUTHORS = re.compile(rb"<(?:\w+:)?author>([^<]*)<")
KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Parts by which an archive is known not to be a plain workbook: the rule, and what it is.
OTHER_BOOKS = {
    "xl/workbook.bin": ("not_spreadsheet", "XLSB"),
    "xl/vbaProject.bin": ("not_spreadsheet", "XLSM"),
    "word/document.xml": ("not_spreadsheet", "Word"),
    "ppt/presentation.xml": ("not_spreadsheet", "PowerPoint"),
    "Index/Document.iwa": ("numbers_file", None),
    "Index.zip": ("numbers_file", None),
    "mimetype": ("not_spreadsheet", "OpenDocument"),
}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
UNREAD = "customXml/"
Parsed = dict[str, Any]  # a cell as openpyxl's parser gives it


class Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's, which also sees formulas without a result and keeps no empty cells."""

    hidden_rows = 0
    is_to_calculate = False  # programs that can't calculate write 0 for each result
    row_counter: int

    def parse_cell(self, element: Element) -> Parsed:
        cell: Parsed = super().parse_cell(element)
        is_empty = cell["value"] is None or (self.is_to_calculate and cell["value"] == 0)
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


def check_archive(path: Path) -> None:
    """Unzip all, keeping nothing: the directory may lie about sizes. Raises Refused."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        names = archive.namelist()
        if "mimetype" in names and archive.open("mimetype").read(100).startswith(OPEN_DOCUMENT):
            raise Refused(Finding("open_document", path.name))
        for name, (rule, kind) in OTHER_BOOKS.items():
            if name in names:
                raise Refused(Finding(rule, path.name, found=kind))
        if "[Content_Types].xml" not in names:
            raise Refused(Finding("packed_file", path.name, found="ZIP"))
        if sum(part.file_size for part in parts) > LARGEST_UPLOAD:
            raise Refused(Finding("unzipped_too_large", path.name, expected="≤ 50 MB"))
        for part in parts:
            # The others inflate whole in memory.
            if part.compress_type not in KNOWN_METHODS:
                raise Refused(Finding("broken_file", path.name))
            check_part(archive, part, path.name)


def check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    """Read a part to its end, which must be where the directory says. Raises Refused."""
    # What Power Query keeps is in UTF-16; nobody reads it.
    is_xml = part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(UNREAD)
    with archive.open(part) as content:
        before = b""
        while chunk := content.read(1 << 20):
            # No part of a workbook declares entities, by which a little XML becomes gigabytes.
            if is_xml and (b"<!DOCTYPE" in before[-9:] + chunk or b"\0" in chunk):
                raise Refused(Finding("broken_file", file))
            before = chunk


def workbook_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a workbook, and what is to be said of it. Raises Refused."""
    try:
        check_archive(path)
        if is_strict(path):
            return grids_of(plain_copy(path), path.name), notices(path)
        try:
            with path.open("rb") as file:
                return grids_of(file, path.name), notices(path)
        except Refused:
            raise
        except Exception:  # of looks, perhaps
            return grids_of(plain_copy(path), path.name), notices(path)
    except Refused:
        raise
    except Exception as error:  # A broken workbook fails in any part of openpyxl, in any way.
        raise Refused(Finding("broken_file", path.name)) from error


def grids_of(file: BinaryIO, name: str) -> list[Grid]:
    """The sheets of an open workbook; not by its name, which openpyxl wants to end in xlsx."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are no cells
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return [sheet_grid(sheet, name) for sheet in book.worksheets]


def notices(path: Path) -> list[Finding]:
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if "omments" in n and n.endswith(".xml")]
        comments = [archive.read(name) for name in names]
    # Those of our own forms say what to write.
    is_said = any({*AUTHORS.findall(part)} != {AUTHOR.encode()} for part in comments)
    return [Finding("comments_left_out", path.name, level="should_look")] if is_said else []


def sheet_grid(sheet: Any, file: str) -> Grid:
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
        calculation = sheet.parent.calculation
        parser.is_to_calculate = bool(calculation and calculation.fullCalcOnLoad)
        for number, found in parser.parse():
            cells = row_cells(found, formats) if found else []
            if len(cells) > MOST_COLUMNS:
                wide, limit = str(len(cells)), f"≤ {MOST_COLUMNS}"
                raise Refused(
                    Finding("too_many_columns", file, number, None, wide, limit, sheet=sheet.title)
                )
            if cells:
                rows.append(Row(number, cells))
    hidden = sheet.sheet_state != "visible"
    columns = hidden_columns(parser, max((len(row.cells) for row in rows), default=0))
    return Grid(sheet.title, rows, hidden, tuple(merged_areas(parser)), parser.hidden_rows, columns)


def row_cells(found: list[Parsed], formats: list[str]) -> list[Cell]:
    """The cells of a row from A to the last one with something in it."""
    placed = {cell["column"]: cell_shown(cell, formats[cell["style_id"]]) for cell in found}
    filled = [column for column, cell in placed.items() if cell.text]
    width = max(filled, default=0)
    if width > MOST_COLUMNS:
        return [EMPTY] * width
    return [placed.get(column, EMPTY) for column in range(1, width + 1)]


def cell_shown(cell: Parsed, number_format: str) -> Cell:
    value, kind = cell["value"], cell["data_type"]
    if kind == "uncalculated":
        return Cell(str(value)[:80], "uncalculated")
    if kind == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        return Cell(f"{value:.15g}", "percent" if "%" in number_format else "number")
    if isinstance(value, date):
        return Cell(day_shown(value, number_format), "date")
    text = str(value)
    return Cell(clean(unescape(text) if "_x" in text else text))


def day_shown(value: date, number_format: str) -> str:
    """A date as precisely as the cell shows it: 2016, 2016-05, 2016-05-12 or with a time."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(timespec="minutes")
    length = 10 if "d" in letters else 7 if "m" in letters else 4
    return value.strftime("%Y-%m-%d")[:length]


def number_formats(book: Workbook) -> list[str]:
    """The format of numbers in every style of a workbook."""
    own = dict(enumerate(book._number_formats, 164))
    ids = [style.numFmtId for style in book._cell_styles]
    return [own.get(number) or BUILTIN_FORMATS.get(number) or "" for number in ids]


def merged_areas(parser: Parser) -> Iterable[Area]:
    for cells in parser.merged_cells.mergeCell if parser.merged_cells else []:
        left, top, right, bottom = range_boundaries(cells.ref)
        yield Area(cells.ref, top, bottom, left - 1, right - 1)


def hidden_columns(parser: Parser, width: int) -> int:
    """How many of the columns with something in them are hidden."""
    hidden = [d for d in parser.column_dimensions.values() if d.get("hidden") in ("1", "true")]
    return sum(max(0, min(int(d.get("max", d["min"])), width) - int(d["min"]) + 1) for d in hidden)
