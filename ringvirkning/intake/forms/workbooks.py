"""A form as an XLSX workbook: how it looks, and that what stands in it is never a formula."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ringvirkning.intake.forms import Form, FormSheet, Place, Written
from ringvirkning.intake.sheets.workbook import AUTHOR

INK, ACCENT, TINT, QUIET = "081214", "0B5563", "DCEBED", "5A696C"  # of the app's light theme
NARROWEST, WIDEST, GUIDE_WIDTH = 12, 44, 96
SEEN = 500  # rows that decide how wide a column is
LAST_ROW = 1_048_576  # of a sheet
TOP = Alignment(vertical="top", wrap_text=True)
ACCENT_SIDE = Side("thin", color=ACCENT)
ASKED_LOOK = {
    "fill": PatternFill("solid", start_color=TINT),
    "border": Border(left=ACCENT_SIDE, right=ACCENT_SIDE, top=ACCENT_SIDE, bottom=ACCENT_SIDE),
}
# Text stands in cells of the format for text, else Excel makes a day of 2016-05 when it is typed.
TEXT, NUMBER = {"number_format": "@"}, {"number_format": "General"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font": Font(size=16, bold=True, color=ACCENT)},
    "prose": {"font": Font(color=INK)},
    "example": {"font": Font(italic=True, color=QUIET)} | TEXT,
    "required": {
        "font": Font(bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", start_color=ACCENT),
    },
    "optional": {
        "font": Font(bold=True, color=ACCENT),
        "fill": PatternFill("solid", start_color=TINT),
    },
    "text": TEXT,
    "number": NUMBER,
    "asked text": ASKED_LOOK | TEXT,
    "asked number": ASKED_LOOK | NUMBER,
}
# What a workbook takes for an escaped character.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def workbook(form: Form) -> bytes:
    """The guide and the sheets of a form. 10 000 activities take 4 s."""
    sheets = [form.as_written(sheet) for sheet in form.sheets]  # before anything is begun
    book = Workbook(write_only=True)
    draw_guide(book.create_sheet(form.w("form.sheet")), form.guide)
    for sheet in sheets:
        draw_sheet(book.create_sheet(form.title(sheet.sheet.table.name)), sheet, form)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class Pen:
    """Makes the cells of a worksheet; each look is made up once, which is what takes time."""

    def __init__(self, on: Any) -> None:
        self.on, self.styles = on, {}
        for name, parts in LOOKS.items():
            styled = Cell(on, 1, 1)
            for part, chosen in {"alignment": TOP, **parts}.items():
                setattr(styled, part, chosen)
            self.styles[name] = styled._style

    def cell(self, value: str | float, style: str, note: str = "") -> Cell:
        cell = Cell(self.on, 1, 1, style_array=self.styles[style])
        if value == "":
            pass  # styled, and empty
        elif isinstance(value, str):
            cell.value = ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"  # no formula, whatever it begins with
        else:
            cell.value = value
        if note:
            lines = sum(1 + len(line) // 40 for line in note.splitlines())
            cell.comment = Comment(note, AUTHOR, height=24 + 20 * lines, width=320)
        return cell


def draw_guide(on: Any, guide: str) -> None:
    """One cell in each row: prose, which the reader leaves out."""
    pen = Pen(on)
    on.sheet_view.showGridLines = False
    on.column_dimensions["A"].width = GUIDE_WIDTH
    for number, line in enumerate(guide.splitlines()):
        on.append([pen.cell(line, "prose" if number else "title")])


def draw_sheet(on: Any, written: Written, form: Form) -> None:
    """The example, the headings, and the rows; what is around cells comes before them."""
    pen, (sheet, places, example, rows) = Pen(on), written
    headings = [heading_cell(pen, place, form) for place in places]
    on.freeze_panes = f"B{sheet.header + 1}"
    if rows:
        last = f"{get_column_letter(len(places))}{sheet.header + len(rows)}"
        on.auto_filter.ref = f"A{sheet.header}:{last}"
    shown = [[cell.value for cell in headings], example, *rows[:SEEN]]
    for place, texts in zip(places, zip(*shown, strict=True), strict=True):
        shape(on, sheet, place, texts, pen)
    if sheet.example:
        on.append([pen.cell(text, "example") for text in example])
    on.append(headings)
    for number, values in enumerate(rows):
        on.append(list(facts(pen, sheet, places, number, values)))


def heading_cell(pen: Pen, place: Place, form: Form) -> Cell:
    """The words of a column; the reader passes over the star of a required one."""
    words, note = form.w(f"column.{place.column.name}"), form.note(place)
    if place.column.required:
        return pen.cell(f"{words} *", "required", note)
    return pen.cell(words, "optional", note)


def shape(on: Any, sheet: FormSheet, place: Place, texts: Sequence[str | float], pen: Pen) -> None:
    """The width, the format and the drop-down of a column."""
    letter = sheet.letter(place.column.name)
    column = on.column_dimensions[letter]
    # Room for the arrow of the filter.
    column.width = min(max(NARROWEST, 4 + max(len(str(text)) for text in texts)), WIDEST)
    column._style = pen.styles[cell_look(place)]
    if place.offered:
        # A warning, since the reader understands other words, too.
        rule = DataValidation("list", place.offered, allow_blank=True, errorStyle="warning")
        rule.showErrorMessage = True
        rule.add(f"{letter}{sheet.header + 1}:{letter}{LAST_ROW}")
        on.data_validations.append(rule)


def facts(
    pen: Pen, sheet: FormSheet, places: Sequence[Place], number: int, values: Sequence[str | float]
) -> Iterator[Cell | None]:
    """The cells of a row; an empty one is none, unless it is asked for."""
    for place, held in zip(places, values, strict=True):
        question = sheet.asked.get((number, place.column.name))
        if question:
            yield pen.cell(held, f"asked {cell_look(place)}", question)
        else:
            yield None if held == "" else pen.cell(held, cell_look(place))


def cell_look(place: Place) -> str:
    return "number" if place.is_number else "text"
