"""A table as CSV and as an XLSX workbook, its title and notes above it. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ringvirkning.export import Export
from ringvirkning.texts import Percent, Words
from ringvirkning.texts.safe import cell_text, terminal_text

NARROW, WIDE = 12, 60  # characters
BOLD = Font(bold=True)
CIRCA = {"nb": '"ca. "', "en": '"about "'}  # before a per cent


def csv_file(w: Words, table: Export) -> bytes:
    """As Excel opens it: UTF-8 with a mark; in Norwegian ; and a decimal comma."""
    return b"".join(csv_parts(w, table, [table.rows[1:]]))


def csv_parts(w: Words, table: Export, parts: Iterable[Sequence[Sequence[str]]]) -> Iterator[bytes]:
    """The same, part by part: the table's title, notes and heading, and then rows as they come."""
    top = [[table.title], *table.notes, []]
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + csv_bytes(
        w, [[cell_text(text) for text in row] for row in top]
    )
    yield csv_bytes(w, [[cell_text(text) for text in table.rows[0]]])
    for rows in parts:
        yield csv_bytes(w, [[plain_number(w, text) for text in row] for row in rows])


def plain_csv(w: Words, rows: Sequence[Sequence[str]]) -> bytes:
    """As programmes read it, in any language (RFC 4180): a heading and rows between commas, and a
    decimal point."""
    text = io.StringIO()
    heading, *body = rows
    numbers = [[plain_number(w, cell, ".") for cell in row] for row in body]
    lines = [[cell_text(cell) for cell in heading], *numbers]
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def csv_bytes(w: Words, rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    delimiter = ";" if w.language == "nb" else ","
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def plain_number(w: Words, text: str, point: str = "") -> str:
    """A number without what groups its digits; a text made safe. The decimal `point` is that of the
    language where none is said."""
    value = text.share if isinstance(text, Percent) else w.value(text)
    if value is None:
        return cell_text(text)
    shown = f"{value:.15g}"
    return shown.replace(".", point or ("," if w.language == "nb" else "."))


def xlsx_file(w: Words, table: Export) -> bytes:
    """Numbers are numbers, to be added up; a share has the format of per cent."""
    return book_file(w, {w("figure.sheet"): table})


def book_file(w: Words, tables: Mapping[str, Export]) -> bytes:
    """Several tables, each a sheet of that name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        fill_sheet(w, book.create_sheet(name), table)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def fill_sheet(w: Words, sheet: Worksheet, table: Export) -> None:
    put(sheet.cell(1, 1), table.title).font = Font(bold=True, size=13)
    for number, (label, note) in enumerate(table.notes, 2):
        put(sheet.cell(number, 1), label).font = BOLD
        put(sheet.cell(number, 2), note)
    top = len(table.notes) + 3
    for number, row in enumerate(table.rows, top):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            if number > top and isinstance(text, Percent):
                # Exactly, and shown as on the page: about, where counts are rounded.
                is_about = w.value(text) is None
                cell.value, cell.number_format = text.share, CIRCA[w.language] * is_about + "0%"
            elif number > top and (value := w.value(text)) is not None:
                # With places that may be lacking Excel writes a whole number as "5,".
                is_whole = value.is_integer()
                cell.value, cell.number_format = value, "#,##0" if is_whole else "#,##0.##"
            else:
                put(cell, text)
    for cell in sheet[top]:
        cell.font = BOLD
    for place, texts in enumerate(zip(*table.rows, strict=True), 1):
        width = max(map(len, texts))
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = min(max(width + 2, NARROW), WIDE)
    sheet.freeze_panes = sheet.cell(top + 1, 2)


def put(cell: Cell, text: str) -> Cell:
    """A text as text, whatever it begins with."""
    cell.value = terminal_text(text)  # a workbook knows no control characters
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top")
    return cell
