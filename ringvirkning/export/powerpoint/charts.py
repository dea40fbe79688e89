"""PowerPoint's own charts, to be edited, each with its workbook."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx.chart.chart import Chart as Plotted
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries, LineSeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide as Page

from ringvirkning.charts import (
    AreaLine,
    Bars,
    Columns,
    Dots,
    Lines,
    Measured,
    Panels,
    Series,
    layout,
)
from ringvirkning.charts.palette import GROUND, INK, LINE, QUIET, colour, ink_on, tint
from ringvirkning.export.powerpoint import shapes
from ringvirkning.export.powerpoint.shapes import (
    LINE_OF_WORDS,
    SMALL,
    TEXT,
    Box,
    add_words,
    font,
    rgb,
)
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

Plot = Columns | Bars | Lines | AreaLine | Dots
CHART_TYPES = {
    "columns": (XL_CHART_TYPE.COLUMN_STACKED, XL_CHART_TYPE.COLUMN_CLUSTERED),
    "bars": (XL_CHART_TYPE.BAR_STACKED, XL_CHART_TYPE.BAR_CLUSTERED),
}
COUNTS = "#,##0"  # how a workbook writes numbers
ABOVE = 1.15  # of the highest column or mark: its total stands above it
ABOVE_PLOT = 0.09  # of a chart: room for the labels of events
WIDEST_GAP = 500
MOST_NAMES = 24  # years along an axis, in small letters
LONG_TOTAL = 12  # letters of a total that its label would break
HEADING, NAMES = 40, 44  # pixels: above a panel, below the last


class TextWriter(CategoryWorkbookWriter):
    """A chart's workbook in which every name is text: XlsxWriter makes a formula of one that begins
    with "=", and a link of an address."""

    @contextmanager
    def _open_worksheet(self, file: BytesIO) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(file) as (workbook, sheet):
            sheet.strings_to_formulas = sheet.strings_to_urls = sheet.strings_to_numbers = False
            yield workbook, sheet


class TextChartData(ChartData):
    """What a chart shows, with such a workbook."""

    @property
    def _workbook_writer(self) -> TextWriter:
        return TextWriter(self)


def add_plot(w: Words, page: Page, box: Box, chart: Plot) -> None:
    """A chart of one plot; over it what PowerPoint has not: marks, and words after bars."""
    if isinstance(chart, Bars):
        rows = layout.rows_sharing(len(chart.categories), box.height, TEXT)
        box = box.at(box.top, box.height * len(chart.categories) / rows)
    made = add_chart(w, page, box, chart, TEXT)
    reached = layout.sums(chart.series, len(chart.categories))
    top = layout.ceiling(chart) if isinstance(chart, Columns) else max([*reached, 1])
    set_scale(made, chart, top)
    if isinstance(chart, Columns) and chart.marks:
        inner = plot_of(chart)
        place_plot(made, inner)
        bar = layout.column_bar(chart)
        add_marks(page, inside(box, inner), chart, layout.above(chart), bar, top * ABOVE)
    if isinstance(chart, AreaLine):
        add_ends(page, box, chart, made, top)
    if chart.events:
        place_plot(made, plot_of(chart))
        add_event_lines(page, [inside(box, plot_of(chart))], chart, made)
    if isinstance(chart, Bars) and has_words(chart):
        add_words_after(page, box, made, chart, reached, top)


def add_panels(w: Words, page: Page, box: Box, chart: Panels) -> None:
    """A chart for each panel above one another, on one scale; the last names the categories."""
    reaches = layout.panel_reaches(chart)
    last = len(reaches) - 1
    unit = (box.height - HEADING * len(reaches) - NAMES) / sum(reaches)
    top, plots = box.top, []
    for panel, (name, reach) in enumerate(zip(chart.panels, reaches, strict=True)):
        add_words(page, box.at(top, HEADING), name, TEXT, INK["light"], bold=True)
        plot = box.at(top + HEADING, unit * reach)
        plots.append(plot)
        top = plot.top + plot.height
        place = plot.at(plot.top, plot.height + (NAMES if panel == last else 0))
        own = panel_columns(chart, panel)
        made = add_chart(w, page, place, own, SMALL)
        inner = Box(0.01, 0, 0.98, plot.height / place.height)
        place_plot(made, inner)
        value = made.value_axis
        value.visible = value.has_major_gridlines = False
        value.minimum_scale, value.maximum_scale = 0, reach
        made.category_axis.format.line.color.rgb = rgb(LINE["light"])
        if panel != last:
            made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        bar = layout.panel_bar(chart)
        made.plots[0].gap_width = gap(bar)
        add_unknown(page, inside(place, inner), own)
        if own.marks:
            above = layout.above_panel(chart, panel)
            add_marks(page, inside(place, inner), own, above, bar, reach)
    if chart.events:
        add_event_lines(page, [inside(plot, Box(0.01, 0, 0.98, 1)) for plot in plots], chart, made)


def panel_columns(chart: Panels, panel: int) -> Columns:
    """A panel by itself: what is written at its highest series are its totals."""
    own = chart.inside(panel)
    totals = tuple(layout.panel_totals(chart, panel))
    bare = tuple(replace(series, labels=()) for series in own)
    said = (chart.title, chart.subtitle, chart.rows, f"{chart.panels[panel]}. {chart.alt}")
    return Columns(
        *said, chart.categories, bare, totals if any(totals) else (), chart.marks_in(panel)
    )


def has_words(chart: Plot) -> bool:
    """Whether its totals are words, which a label would break."""
    if not isinstance(chart, Bars) or chart.grouped:
        return False
    longest = max(map(len, chart.totals), default=0)
    return longest >= LONG_TOTAL or any(chart.totals[place] for place in blanks(chart))


def add_chart(w: Words, page: Page, box: Box, chart: Plot, size: float) -> Plotted:
    """A chart with its workbook and its series; letters in pixels."""
    data: Any = TextChartData(number_format=number_format(chart))
    data.categories = [terminal_text(name.replace("\n", " ")) for name in category_names(chart)]
    for spec in chart.series:
        data.add_series(terminal_text(spec.label), blanked(spec.values, spec.unknown))
    kind = XL_CHART_TYPE.LINE_MARKERS
    totals: tuple[str, ...] = ()
    if isinstance(chart, Columns | Bars):
        kind = CHART_TYPES[chart.form][chart.grouped]
        totals = () if chart.grouped or is_marked(chart) else chart.totals
    if isinstance(chart, AreaLine):
        kind = XL_CHART_TYPE.AREA_STACKED
    if totals or isinstance(chart, AreaLine):
        sums = layout.sums(chart.series, len(chart.categories))
        unsaid = [at for at, said in enumerate(totals) if not said and not sums[at]]
        data.add_series(w("chart.total"), blanked(sums, [*blanks(chart), *unsaid]))
    frame: Any = page.shapes.add_chart(kind, *box.emu, data)  # no Chart, as its annotation says
    shapes.describe(frame, chart.alt)
    made: Plotted = frame.chart
    # The library names axes by negative numbers, which the format's schema has not.
    for place in made._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        place.set("val", str(int(place.get("val")) & 0x7FFFFFFF))
    made.has_title = made.has_legend = False
    font(made.font, size, INK["light"])
    for series, spec in zip(made.plots[0].series, chart.series, strict=False):
        if isinstance(chart, Columns | Bars):
            paint_bars(series, spec)
        elif isinstance(chart, AreaLine):
            shapes.paint(series.format, tint(spec.colour, "light", layout.shade(spec)), "solid")
        else:
            paint_points(series, spec, joined=isinstance(chart, Lines))
    if isinstance(chart, AreaLine):
        make_line(made)
    if totals:
        without = blanks(chart)
        known = tuple("" if place in without else said for place, said in enumerate(totals))
        write_totals(list(made.plots[0].series)[-1], () if has_words(chart) else known)
    return made


def blanks(chart: Plot) -> list[int]:
    """The places where something is drawn of which nothing is known."""
    return [
        place
        for place in sorted({place for s in chart.series for place in s.unknown})
        if all(s.values[place] is None or place in s.unknown for s in chart.series)
    ]


def blanked(values: Sequence[float | None], unknown: Sequence[int]) -> list[float | None]:
    """Nothing where it is drawn so and not known: who opens the workbook reads no number there."""
    return [None if place in unknown else value for place, value in enumerate(values)]


def add_unknown(page: Page, plot: Box, chart: Columns) -> None:
    """Why nothing is known, which has no column to stand at."""
    wide = plot.width / len(chart.categories)
    bottom = plot.top + plot.height - LINE_OF_WORDS
    for place in blanks(chart) if chart.totals else ():
        where = Box(plot.left + wide * place, bottom, wide, LINE_OF_WORDS)
        add_words(page, where, chart.totals[place], TEXT, INK["light"], align=PP_ALIGN.CENTER)


def make_line(made: Plotted) -> None:
    """The last series of an area chart, its total, as a line over the others on the same axes."""
    area = made._chartSpace.chart.plotArea.find(qn("c:areaChart"))
    total = area.findall(qn("c:ser"))[-1]
    line = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        "</c:lineChart>"
    )
    line.append(total)
    total.get_or_add_spPr()
    total.find(qn("c:spPr")).addnext(
        parse_xml(f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>')
    )
    for axis in area.findall(qn("c:axId")):
        line.append(parse_xml(f'<c:axId {nsdecls("c")} val="{axis.get("val")}"/>'))
    area.addnext(line)
    (drawn,) = made.plots[1].series
    drawn.smooth = False
    drawn.format.line.color.rgb = rgb(colour("accent", "light"))
    drawn.format.line.width = shapes.pixels(6)


def add_ends(page: Page, box: Box, chart: AreaLine, made: Plotted, top: float) -> None:
    """What the parts are, beside the last point of a plot whose place is set."""
    inner = plot_of(chart)
    place_plot(made, inner)
    height = box.height * inner.height
    heights = layout.end_heights(chart, 1.3 * TEXT / height * top * ABOVE)
    for reached, (_, words) in zip(heights, chart.ends, strict=True):
        y = box.top + box.height * inner.top + height * (1 - reached / (top * ABOVE))
        left = box.left + box.width * (inner.left + inner.width) + 10
        ink = colour("accent", "light") if words == chart.ends[-1][1] else QUIET["light"]
        add_words(page, Box(left, y - 20, box.width * 0.18, 40), words, TEXT, ink, bold=True)


def category_names(chart: Measured) -> list[str]:
    """Every category has a name in its workbook: where the screen has none, that of its row."""
    return [name or chart.rows[place][0] for place, name in enumerate(chart.categories, 1)]


def number_format(chart: Plot) -> str:
    """Shares are written as such on the axis that measures, or after the bars."""
    said = chart.totals if isinstance(chart, Bars) else [words for _, words in chart.ticks]
    values = [value or 0 for series in chart.series for value in series.values]
    return "0%" if any("%" in words for words in said) and max(values) <= 1 else COUNTS


def set_scale(made: Plotted, chart: Plot, top: float) -> None:
    """From zero; faint lines only where there is a scale to read."""
    value, category = made.value_axis, made.category_axis
    value.minimum_scale = 0
    ticks = () if isinstance(chart, Bars) else chart.ticks
    value.has_major_gridlines = value.visible = bool(ticks)
    category.format.line.color.rgb = rgb(LINE["light"])
    category.has_major_gridlines = False
    font(category.tick_labels.font, TEXT, INK["light"])
    if ticks:
        value.major_gridlines.format.line.color.rgb = rgb(LINE["light"])
        value.format.line.fill.background()
        font(value.tick_labels.font, SMALL, QUIET["light"])
        value.tick_labels.number_format = number_format(chart)
        value.tick_labels.number_format_is_linked = False
        if len(ticks) > 1:
            value.major_unit = float(ticks[1][0])
    if isinstance(chart, Bars):
        category.reverse_order = True
        name_each(made, 1)  # PowerPoint leaves out every other name where they are long
        made.plots[0].gap_width = gap(layout.bar_in_row(chart))
        value.maximum_scale = top * room_for_totals(chart)
    elif isinstance(chart, Lines | Dots):
        value.maximum_scale = layout.highest(chart) * 1.1
    elif isinstance(chart, AreaLine) or not chart.grouped:
        value.maximum_scale = top * ABOVE
    if isinstance(chart, AreaLine | Lines):
        font(category.tick_labels.font, SMALL, INK["light"])
        name_each(made, math.ceil(len(chart.categories) / MOST_NAMES))
    if isinstance(chart, Columns):
        made.plots[0].gap_width = gap(layout.column_bar(chart))


def name_each(made: Plotted, step: int) -> None:
    """Name every so manieth category, lying: else programs turn the names or leave out others."""
    axis = made.category_axis._element
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
    axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    axis.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")


def paint_bars(series: BarSeries, spec: Series) -> None:
    """Solid, hatched or outlined, bar by bar where they differ, with their labels."""
    ink = colour(spec.colour, "light")
    series.invert_if_negative = False
    if len(spec.kinds) == 1:
        shapes.paint(series.format, ink, *spec.kinds)
    else:
        for place, kind in enumerate(spec.patterns):
            shapes.paint(series.points[place].format, ink, kind)
    for place, text in enumerate(spec.labels):
        if text and spec.values[place]:
            is_solid = spec.patterns[place] == "solid"
            words = ink_on(spec.colour, "light") if is_solid else INK["light"]
            write_label(series, place, text, XL_LABEL_POSITION.CENTER, words)
            if not is_solid:
                cover_stripes(series, place)


def paint_points(series: LineSeries, spec: Series, joined: bool) -> None:
    ink = colour(spec.colour, "light")
    series.smooth = False
    series.format.line.color.rgb = rgb(ink)
    if not joined:
        series.format.line.fill.background()
    series.marker.size = 12
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(ink)
    if spec.low:
        add_whiskers(series, spec)


def add_whiskers(series: LineSeries, spec: Series) -> None:
    """From each value to what it may as well be."""

    def side(name: str, lengths: Sequence[float]) -> str:
        points = "".join(
            f'<c:pt idx="{at}"><c:v>{length:.6g}</c:v></c:pt>' for at, length in enumerate(lengths)
        )
        return (
            f'<c:{name}><c:numLit><c:ptCount val="{len(lengths)}"/>{points}</c:numLit></c:{name}>'
        )

    kind = '<c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
    both = side("plus", [up for _, up in spec.reaches])
    both += side("minus", [down for down, _ in spec.reaches])
    bars = parse_xml(f"<c:errBars {nsdecls('c')}>{kind}{both}</c:errBars>")
    series._element.find(qn("c:cat")).addprevious(bars)


def write_label(
    series: BarSeries, place: int, text: str, where: XL_LABEL_POSITION, ink: str
) -> None:
    of = series.points[place].data_label
    frame = of.text_frame
    frame.text = terminal_text(text)
    frame.word_wrap = False
    font(frame.paragraphs[0].runs[0].font, TEXT, ink, bold=True)
    of.position = where


def cover_stripes(series: BarSeries, place: int) -> None:
    """What is written on a bar has the ground behind it."""
    labels = series._element.iter(qn("c:dLbl"))
    label = next(one for one in labels if one.find(qn("c:idx")).get("val") == str(place))
    behind = FillFormat.from_fill_parent(label.get_or_add_spPr())
    behind.solid()
    behind.fore_color.rgb = rgb(GROUND["light"])


def room_for_totals(chart: Bars) -> float:
    """How much longer than the longest bar, so that the words after it fit."""
    longest = max((len(total) for total in chart.totals), default=0)
    return 1 / max(1 - longest * TEXT * 0.5 / 1200, 0.3)


def write_totals(series: BarSeries, totals: Sequence[str]) -> None:
    """The sums are a series without colour on top of the others: their numbers stand above them."""
    series.format.fill.background()
    for place, total in enumerate(totals):
        if total:
            write_label(series, place, total, XL_LABEL_POSITION.INSIDE_BASE, INK["light"])


def add_words_after(
    page: Page, box: Box, made: Plotted, chart: Bars, reached: Sequence[float], top: float
) -> None:
    """Words that a label would break stand after the bars."""
    inner = Box(0.26, 0, 0.74, 1)
    place_plot(made, inner)
    row = box.height / len(chart.totals)
    width = box.width * inner.width
    for place, total in enumerate(chart.totals):
        length = width * reached[place] / (top * room_for_totals(chart))
        left = box.left + box.width * inner.left + length + 10
        shape = Box(left, box.top + row * (place + 0.5) - 18, width - length, 40)
        add_words(page, shape, total, TEXT, INK["light"], bold=True)


def gap(bar: float) -> int:
    """Between bars of this width, in per cent of one; the format has no more than WIDEST_GAP."""
    return min(round(100 * (1 - bar) / bar), WIDEST_GAP)


def is_marked(chart: Plot) -> bool:
    """Whether words stand at its marks, and its totals have to keep clear of these."""
    return isinstance(chart, Columns) and bool(chart.marks)


def add_marks(
    page: Page, plot: Box, chart: Columns, above: Sequence[layout.Above], bar: float, reach: float
) -> None:
    """Targets as thin lines across bars of this width, and the words above columns that keep clear
    of them. The plot's place is set, so that theirs is known; it reaches so far."""
    wide = plot.width / len(chart.categories)

    def at(place: int, height: float) -> tuple[float, float]:
        return plot.left + wide * place, plot.top + plot.height * (1 - height / reach)

    for mark in chart.marks:
        x, y = at(mark.place, mark.value)
        across = wide * 2 * layout.mark_aside(bar)
        line = shapes.add_bar(page, Box(x + (wide - across) / 2, y - 3, across, 5), INK["light"])
        shapes.describe(line, f"{category_names(chart)[mark.place]}: {mark.words}")
    for one in above:
        x, y = at(one.place, one.height)
        for said, ink, is_bold in ((one.total, INK, True), (one.label, QUIET, False)):
            if said:
                y -= LINE_OF_WORDS
                place = Box(x, y, wide, LINE_OF_WORDS)
                add_words(
                    page, place, said, TEXT, ink["light"], bold=is_bold, align=PP_ALIGN.CENTER
                )


def plot_of(chart: Plot) -> Box:
    """Where a plot lies whose place is set, in shares of its chart: below the labels of events,
    left of the words at its end."""
    top = ABOVE_PLOT if chart.events else 0.03
    return Box(0.05, top, 0.77 if isinstance(chart, AreaLine) else 0.94, 0.89 - top)


def add_event_lines(page: Page, plots: Sequence[Box], chart: Measured, made: Plotted) -> None:
    """What happened as thin lines through plots above one another, each with its label over the
    first. The points of an area reach from edge to edge; else each has its share of the width."""
    crossings = [one.get("val") for one in made._chartSpace.iter(qn("c:crossBetween"))]
    count, aside = len(chart.categories), 0.5
    if "midCat" in crossings:
        count, aside = count - 1, 0
    for event in chart.events:
        x = plots[0].left + plots[0].width * (event.place + aside) / count
        shapes.add_event(page, event, x, plots)


def inside(box: Box, inner: Box) -> Box:
    """A part of a box, given in shares of it."""
    return Box(
        box.left + box.width * inner.left,
        box.top + box.height * inner.top,
        box.width * inner.width,
        box.height * inner.height,
    )


def place_plot(made: Plotted, inner: Box) -> None:
    """Where in the chart its plot lies, in shares of the chart."""
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    said = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": inner.left}
    said |= {"y": inner.top, "w": inner.width, "h": inner.height}
    parts = "".join(f'<c:{name} val="{value}"/>' for name, value in said.items())
    manual = f"<c:layout {nsdecls('c')}><c:manualLayout>{parts}</c:manualLayout></c:layout>"
    area.insert(0, parse_xml(manual))
