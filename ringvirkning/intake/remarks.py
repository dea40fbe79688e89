"""A copy of a file with a last column of remarks: a spreadsheet to correct and upload again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ringvirkning.finding import Finding
from ringvirkning.intake import guard
from ringvirkning.intake.sheets import Decisions, Read, Refused
from ringvirkning.intake.sheets.delimited import split_rows, text_of
from ringvirkning.intake.sheets.files import ZIP
from ringvirkning.texts import Words, remark_words
from ringvirkning.texts.safe import cell_text

MARKED = PatternFill("solid", fgColor="FFE699")
REMARK_WIDTH = 60  # characters


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
                with (into / path.name).open("xb") as file:
                    file.write(copy)


def copy_with_remarks(path: Path, read: Read, found: Iterable[Finding], w: Words) -> bytes:
    """The copy, safe to open in a spreadsheet: of a text file one in UTF-8 with its own delimiter,
    of a workbook one with the cells marked.

    `found` are findings of this file with ALL shown, else only the first rows of a kind are marked.
    Raises ValueError for personal data: of a refused file there is no copy, nor of rows of persons.
    """
    found = [finding for finding in found if finding.file == path.name]
    if read.is_of_persons or any(map(guard.is_personal, found)):
        raise ValueError(path.name)
    with path.open("rb") as file:
        is_book = file.read(len(ZIP)) == ZIP
    return of_workbook(path, read, found, w) if is_book else of_text(path, read, found, w)


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


def of_workbook(path: Path, read: Read, found: Sequence[Finding], w: Words) -> bytes:
    with path.open("rb") as file:  # not by its name, which openpyxl wants to end in xlsx
        book = load_workbook(file)
    for sheet in book.worksheets:
        if own := [finding for finding in found if finding.sheet == sheet.title]:
            header = read.header_row(sheet.title) or 1
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
