"""Places, words, signs and tables on a slide of PowerPoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from pptx.dml.chtfmt import ChartFormat
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.connector import Connector
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.text.text import Font
from pptx.util import Emu, Pt

from ringvirkning.charts import Event, Numbers, Pattern, Series
from ringvirkning.charts.palette import GROUND, INK, QUIET, colour
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

Canvas = Slide | GroupShape  # what shapes are put on
Said = str | Sequence[tuple[str, str]]
PIXEL = 6350  # EMU: a slide is 1920 pixels wide
TEXT, SMALL = 28, 24  # pixels, in charts: 14 and 12 points
TABLE_TEXT = 26
FEW_ROWS, FEW_ROWS_TEXT = 6, 30  # of a table with its heading; letters in pixels
LINE_OF_WORDS = 36  # pixels
FONT_NAME = "Calibri"  # what PowerPoint has everywhere and is nearest to Source Sans


def pixels(value: float) -> Emu:
    return Emu(int(value * PIXEL))


GUTTER = 80  # pixels between columns


@dataclass(frozen=True)
class Box:
    """A place on a slide, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        return pixels(self.left), pixels(self.top), pixels(self.width), pixels(self.height)

    def at(self, top: float, height: float) -> "Box":
        return Box(self.left, top, self.width, height)

    def columns(self, among: int) -> "list[Box]":
        """So many beside each other, with room between."""
        each = (self.width + GUTTER) / max(among, 1)
        return [
            Box(self.left + place * each, self.top, each - GUTTER, self.height)
            for place in range(among)
        ]

    def place(self, shape: BaseShape) -> None:
        shape.left, shape.top, shape.width, shape.height = self.emu


def rgb(code: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(code.strip("#")))


def font(of: Font, size: float, ink: str, bold: bool = False) -> None:
    """Size in pixels; half as many points."""
    of.size, of.bold, of.name = Pt(size / 2), bold, FONT_NAME
    of.color.rgb = rgb(ink)


def add_words(
    page: Canvas,
    box: Box,
    said: Said,
    size: float,
    ink: str,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """A box of text, filled."""
    fill_shape(page.shapes.add_textbox(*box.emu), said, size, ink, bold, align)


def fill_shape(
    shape: Shape,
    said: Said,
    size: float,
    ink: str,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Write into a shape; of labels and texts, a paragraph each."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (label, text) in enumerate([("", said)] if isinstance(said, str) else said):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = align
        paragraph.space_after = Pt(0 if isinstance(said, str) else size / 5)
        for part, is_bold in ((label and f"{label}  ", True), (text, bold)):
            if part:
                run = paragraph.add_run()
                run.text = terminal_text(part)
                font(run.font, size, ink, is_bold)


def describe(frame: BaseShape, said: str) -> None:
    """What is read out in the place of a shape."""
    for place in frame._element.iter():
        if place.tag.endswith("}cNvPr"):
            place.set("descr", terminal_text(said))
            return


def paint(of: Shape | ChartFormat, ink: str, kind: Pattern) -> None:
    """Solid, hatched or outlined."""
    if kind == "outline":
        of.fill.background()
        of.line.color.rgb, of.line.dash_style = rgb(ink), MSO_LINE.DASH
    elif kind == "hatched":
        of.fill.patterned()
        of.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        of.fill.fore_color.rgb, of.fill.back_color.rgb = rgb(GROUND["light"]), rgb(ink)
    else:
        of.fill.solid()
        of.fill.fore_color.rgb = rgb(ink)


def add_bar(page: Canvas, box: Box, ink: str, kind: Pattern = "solid") -> Shape:
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.shadow.inherit = False
    shape.line.fill.background()
    paint(shape, ink, kind)
    return shape


def add_rule(page: Canvas, x: float, top: float, height: float) -> Connector:
    """A thin dotted line downwards."""
    ends = [pixels(at) for at in (x, top, x, top + height)]
    line = page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    line.line.color.rgb, line.line.width = rgb(QUIET["light"]), pixels(2)
    line.line.dash_style = MSO_LINE.ROUND_DOT
    return line


def add_event(
    page: Canvas, event: Event, x: float, plots: Sequence[Box], is_below: bool = False
) -> None:
    """What happened: a thin line through plots above one another, and its label over the first, or
    below it."""
    for plot in plots:
        describe(add_rule(page, x, plot.top, plot.height), event.words)
    first, align = plots[0], PP_ALIGN.LEFT
    needed, room = len(event.label) * SMALL * 0.6, first.left + first.width - x
    left, width = x - 6, room + 6
    if event.label.isdecimal():
        left, width, align = x - 40, 80, PP_ALIGN.CENTER
    elif needed > room:  # it would run off the slide
        left, width, align = first.left, x + 6 - first.left, PP_ALIGN.RIGHT
    top = first.top + first.height if is_below else first.top - LINE_OF_WORDS
    add_words(
        page,
        Box(left, top, width, LINE_OF_WORDS),
        event.label,
        SMALL,
        QUIET["light"],
        bold=True,
        align=align,
    )


def add_legend(page: Canvas, box: Box, told: Sequence[Series]) -> None:
    """A sign and a name each: PowerPoint's own knows no bars of several kinds."""
    left = box.left
    for series in told:
        for kind in series.kinds:
            add_bar(page, Box(left, box.top + 6, 24, 24), colour(series.colour, "light"), kind)
            left += 32
        wide = len(series.label) * TEXT * 0.52 + 30
        add_words(page, Box(left, box.top, wide, 40), series.label, TEXT, INK["light"])
        left += wide


def add_numbers(page: Canvas, box: Box, chart: Numbers) -> None:
    """Key figures side by side, in rows of one height."""
    across = max(chart.across, 1)
    each, rows = box.width / across, max(ceil(len(chart.figures) / across), 1)
    high = box.height / rows
    size = 60 if chart.is_wordy else 92
    for place, of in enumerate(chart.figures):
        row, column = divmod(place, across)
        top = box.top + row * high + (high * 0.2 if rows == 1 else 0)
        line = Box(box.left + column * each, top, each - 30, 80)
        label = page.shapes.add_textbox(*line.emu)
        fill_shape(label, of.label, 30, INK["light"])
        label.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM  # above its number, in one line or two
        accent = colour("accent", "light")
        add_words(page, line.at(top + 84, 110), of.number, size, accent, bold=True)
        add_words(page, line.at(top + 196, 120), of.note, 28, QUIET["light"])


def add_table(w: Words, page: Slide, box: Box, rows: Sequence[Sequence[str]], alt: str) -> None:
    """A real table, its heading first."""
    frame = page.shapes.add_table(len(rows), len(rows[0]), *box.emu)
    describe(frame, alt)
    numeric, size = w.number_columns(rows), TABLE_TEXT if len(rows) > FEW_ROWS else FEW_ROWS_TEXT
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            cell = frame.table.cell(at, place)
            cell.fill.background()
            paragraph = cell.text_frame.paragraphs[0]
            run = paragraph.add_run()
            run.text = terminal_text(text)
            font(run.font, size, INK["light"], bold=at == 0)
            if numeric[place]:
                paragraph.alignment = PP_ALIGN.RIGHT
