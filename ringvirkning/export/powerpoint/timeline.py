"""A timeline on a slide of PowerPoint, which has no chart for it: shapes of one group."""

from datetime import date

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide as Page

from ringvirkning.charts import Timeline, layout
from ringvirkning.charts.palette import INK, QUIET, colour
from ringvirkning.export.powerpoint.shapes import (
    LINE_OF_WORDS,
    SMALL,
    TEXT,
    Box,
    add_bar,
    add_event,
    add_words,
    describe,
    paint,
)

NAMES, TICKS = 560, 50  # pixels beside and above the bars
LETTERS_OF_NAME, LINE_OF_NAME = 44, 29  # letters of a name on one line, and pixels of that


def add_timeline(page: Page, box: Box, chart: Timeline) -> None:
    """Bars in time; confirmed filled, unconfirmed hatched."""
    first, last = (date.fromisoformat(text).toordinal() for text in (chart.first, chart.last))
    left, width = box.left + NAMES, box.width - NAMES
    below = LINE_OF_WORDS if chart.events else 0
    high = box.height - TICKS - below
    row = high / layout.rows_sharing(len(chart.spans), high, TEXT)
    lines = max(int(row / LINE_OF_NAME), 1)
    names = layout.names_beside([span.label for span in chart.spans], LETTERS_OF_NAME, lines)

    def x(day: str) -> float:
        return left + width * (date.fromisoformat(day).toordinal() - first) / (last - first)

    group = page.shapes.add_group_shape()
    describe(group, chart.alt)
    for at, said in chart.ticks:
        middle = Box(x(at) - 50, box.top, 100, 36)
        add_words(group, middle, said, SMALL, QUIET["light"], align=PP_ALIGN.CENTER)
    for event in chart.events:
        along = left + width * (event.place - first) / (last - first)
        add_event(group, event, along, [box.at(box.top + TICKS, box.height - TICKS - below)], True)
    found = list(layout.pieces(chart))
    for place, span in enumerate(chart.spans):
        top = box.top + TICKS + place * row
        name = Box(box.left, top, NAMES - 15, row)
        add_words(group, name, names[place], SMALL, INK["light"], align=PP_ALIGN.RIGHT)
        if span.start_is_unknown:
            known = x(span.begins) if span.begins else left + width
            add_bar(group, Box(left, top + row * 0.4, known - left, 2), QUIET["light"])
        for piece in found:
            if piece.place == place:
                begins, ends = x(piece.begins), x(piece.ends)
                where = Box(begins, top + row * 0.15, ends - begins, row * 0.5)
                ink = colour(piece.colour, "light")
                describe(add_bar(group, where, ink, piece.pattern), span.note)
        if span.begins and span.begins_before:
            where = Box(x(span.begins) - 26, top + row * 0.15, 26, row * 0.5)
            arrow = group.shapes.add_shape(MSO_SHAPE.LEFT_ARROW, *where.emu)
            arrow.shadow.inherit = False
            paint(arrow, colour("accent", "light"), "solid")
