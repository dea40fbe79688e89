"""A workbook of Excel's old kind (.xls), to grids."""

import io
from collections.abc import Mapping
from pathlib import Path

import xlrd
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Cell, Grid, Refused, Row
from ringvirkning.intake.sheets.typed_cells import area_of, cells_in_order, value_shown
from ringvirkning.intake.sheets.workbook import AUTHOR

EPOCHS = (CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904)
IS_ENCRYPTED = "encrypted"  # in what xlrd says


def old_workbook_grids(path: Path) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a workbook, and what is to be said of it. Raises Refused, and whatever xlrd
    raises of a broken one."""
    try:
        # It would write what it finds odd where the answer of this process is written.
        book = xlrd.open_workbook(
            path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if IS_ENCRYPTED in str(error):
            raise Refused(Finding("encrypted_file", path.name)) from error
        raise
    sheets = book.sheets()
    authors = {note.author for sheet in sheets for note in sheet.cell_note_map.values()}
    said = Finding("comments_left_out", path.name, level="should_look")
    is_said = bool(authors - {AUTHOR})
    return [old_grid(book, sheet, path.name) for sheet in sheets], [said] if is_said else []


def old_grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet, file: str) -> Grid:
    formats = [book.format_map[style.format_key].format_str for style in book.xf_list]
    rows = []
    for number in range(sheet.nrows):
        shown = {
            place: old_cell(cell, formats[cell.xf_index], book.datemode)
            for place, cell in enumerate(sheet.row(number))
        }
        if cells := cells_in_order(shown, file, sheet.name, number + 1):
            rows.append(Row(number + 1, cells))
    filled = {row.number - 1 for row in rows}
    width = max((len(row.cells) for row in rows), default=0)
    return Grid(
        sheet.name,
        rows,
        bool(sheet.visibility),
        tuple(
            area_of(top + 1, bottom, left, right - 1)
            for top, bottom, left, right in sheet.merged_cells
        ),
        len(hidden_in(sheet.rowinfo_map) & filled),
        len(hidden_in(sheet.colinfo_map) & {*range(width)}),
    )


def hidden_in(told: Mapping[int, xlrd.sheet.Rowinfo | xlrd.sheet.Colinfo]) -> set[int]:
    return {place for place, about in told.items() if about.hidden}


def old_cell(cell: xlrd.sheet.Cell, number_format: str, datemode: int) -> Cell:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code[cell.value], "error")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return value_shown(bool(cell.value), "")
    if isinstance(cell.value, float) and is_date_format(number_format):
        is_length = is_timedelta_format(number_format)
        try:
            value = from_excel(cell.value, EPOCHS[datemode], timedelta=is_length)
        except (OverflowError, ValueError):
            return Cell("#VALUE!", "error")
        return value_shown(value, number_format)
    return value_shown(cell.value, number_format)
