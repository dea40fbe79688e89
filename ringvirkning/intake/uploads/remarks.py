"""A copy of a file with a last column of remarks: a spreadsheet to correct and upload again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

from ringvirkning.finding import Finding
from ringvirkning.intake.checks import guard
from ringvirkning.intake.sheets import Decisions, Grid, Read, Refused
from ringvirkning.intake.sheets.delimited import split_rows, text_of
from ringvirkning.intake.sheets.files import ENDINGS, book_kind
from ringvirkning.texts import Words, remark_words
from ringvirkning.texts.safe import cell_text

MARKED = PatternFill("solid", fgColor="FFE699")
REMARK_WIDTH = 60  # characters
LONGEST_TITLE = 31  # characters, of a sheet


def write_copies(
    into: Path, files: Iterable[tuple[Path, Read]], found: Sequence[Finding], w: Words
) -> None:
    """Write a copy of each file that something is said of; never over one that is there.

    There is none of a file that can't be read or holds persons, and none at all where there is
    personal data.
    """
    if any(map(guard.is_personal, found)):
        return
    into.mkdir(parents=True, exist_ok=True)
    of_persons = {f.file for f in found if f.rule == "list_of_persons"}
    for path, read in files:
        if read.is_of_persons or path.name in of_persons:
            continue
        if any(f.file == path.name and f.row for f in found):
            with suppress(Refused):
                copy = copy_with_remarks(path, read, found, w)
                with (into / copy_name(path)).open("xb") as file:
                    file.write(copy)


def copy_name(path: Path) -> str:
    """What the copy of a file is called: what we can't write becomes an XLSX workbook."""
    is_ours = ENDINGS.get(path.suffix.lower()) in (None, "XLSX")
    return path.name if is_ours else f"{path.name}.xlsx"


def copy_with_remarks(path: Path, read: Read, found: Iterable[Finding], w: Words) -> bytes:
    """The copy, safe to open in a spreadsheet: of a text file one in UTF-8 with its own delimiter,
    of a workbook one with the cells marked; of other kinds of workbooks one with what was read.

    `found` are findings of this file with ALL shown, else only the first rows of a kind are marked.
    Raises ValueError for personal data: of a refused file there is no copy, nor of rows of persons.
    """
    found = [finding for finding in found if finding.file == path.name]
    if read.is_of_persons or any(map(guard.is_personal, found)):
        raise ValueError(path.name)
    kind = book_kind(path, path.read_bytes())
    if kind is None and copy_name(path) == path.name:
        return of_text(path, read, found, w)
    with path.open("rb") as file:  # not by its name, which openpyxl wants to end in xlsx
        book = load_workbook(file) if kind == "XLSX" else book_of(read.grids)
    return of_workbook(book, read, found, w)


def by_row(found: Iterable[Finding], header: int, w: Words) -> Mapping[int, str]:
    """The words beside each row; those beside the headings name the column."""
    remarks: dict[int, list[str]] = defaultdict(list)
    remarks[header] = [w("report.remarks")]
    for finding in found:
        if finding.row and finding.row != header:
            remarks[finding.row].append(remark_words(w, finding))
    return {number: " · ".join(words) for number, words in remarks.items()}


def of_text(path: Path, read: Read, found: Sequence[Finding], w: Words) -> bytes:
    choices = Decisions(read.answers)
    rows = [*split_rows(text_of(path.read_bytes(), path.name, choices), path.name, choices)]
    (delimiter,) = (choice.value for choice in choices.made if choice.kind == "delimiter")
    remarks = by_row(found, read.header_row("") or 1, w)
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter or ",", lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        padded = [*row, *[""] * (width - len(row)), remarks.get(number, "")]
        writer.writerow(map(cell_text, padded if row else []))
    return text.getvalue().encode("utf-8-sig")  # Excel knows UTF-8 by its mark


def book_of(grids: Iterable[Grid]) -> Workbook:
    """What was read of the sheets of a file, as a workbook."""
    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(sheet_title(grid.sheet))
        for row in grid.rows:
            for place, shown in enumerate(row.cells, 1):
                if shown.kind in ("number", "percent"):
                    value = float(shown.text)
                    cell = sheet.cell(row.number, place, value)
                    if shown.kind == "percent":
                        # With places that may be lacking Excel writes a whole one as "37,%".
                        is_whole = round(100 * value, 9).is_integer()
                        cell.number_format = "0%" if is_whole else "0.##%"
                elif shown.text:
                    text = ILLEGAL_CHARACTERS_RE.sub("", shown.text)
                    sheet.cell(row.number, place, text).data_type = "s"  # never a formula
    return book


def sheet_title(name: str) -> str:
    return INVALID_TITLE_REGEX.sub("_", name)[:LONGEST_TITLE] or "1"


def of_workbook(book: Workbook, read: Read, found: Sequence[Finding], w: Words) -> bytes:
    for sheet in book.worksheets:
        if own := [f for f in found if sheet_title(f.sheet or "") == sheet.title]:
            header = read.header_row(own[0].sheet or "") or 1
            colour_cells(sheet, header, own)
            write_beside(sheet, by_row(own, header, w), header)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def colour_cells(sheet: Worksheet, header: int, found: Iterable[Finding]) -> None:
    """Colour the cells that something is said of."""
    places = {" ".join(str(cell.value).split()): cell.column for cell in reversed(sheet[header])}
    for finding in found:
        if finding.row and (place := places.get(finding.column or "")):
            sheet.cell(finding.row, place).fill = MARKED


def write_beside(sheet: Worksheet, remarks: Mapping[int, str], header: int) -> None:
    place = sheet.max_column + 1
    for number, words in remarks.items():
        cell = sheet.cell(number, place, words)
        cell.data_type = "s"  # never a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(header, place).font = Font(bold=True)
    sheet.column_dimensions[sheet.cell(header, place).column_letter].width = REMARK_WIDTH
