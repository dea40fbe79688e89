"""PowerPoint's own charts, to be edited, each with its workbook."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from ringvirkning.charts import Bars, Columns, Dots, Lines, Measured, Panels, Series
from ringvirkning.charts.layout import highest, sums, tops
from ringvirkning.charts.palette import GROUND, INK, LINE, QUIET, colour
from ringvirkning.export.powerpoint.shapes import TEXT, Box, bar, describe, font, paint, rgb, words
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

STACKED = {
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
}
GROUPED = {"columns": XL_CHART_TYPE.COLUMN_CLUSTERED, "bars": XL_CHART_TYPE.BAR_CLUSTERED}
COUNTS = "#,##0"  # how a workbook writes numbers
ABOVE = 1.15  # of the highest column or mark: its total stands above it
LONG = 12  # letters that a label would break
GAP = 45  # between bars, in per cent of one


def native(w: Words, page: Any, box: Box, chart: Columns | Bars | Lines | Dots) -> None:
    """A chart of one plot; over it what PowerPoint has not: marks, and words after bars."""
    stacked = isinstance(chart, Columns | Bars) and not chart.grouped
    kind = (STACKED if stacked or chart.form not in GROUPED else GROUPED)[chart.form]
    reached = sums(chart.series, len(chart.categories))
    totals = chart.totals if isinstance(chart, Columns | Bars) and stacked else ()
    made = add_chart(
        page,
        box,
        kind,
        named(chart),
        [*columns_of(chart.series), *([(w("chart.total"), reached)] if totals else [])],
        number_format(chart),
        chart.alt,
    )
    font(made.font, TEXT, INK["light"])
    scale(made, chart, reached)
    for series, spec in zip(made.plots[0].series, chart.series, strict=False):
        if isinstance(chart, Columns | Bars):
            look(series, spec)
            label(series, spec)
        else:
            points(series, spec, joined=isinstance(chart, Lines))
    if totals and isinstance(chart, Bars) and max(map(len, totals)) >= LONG:
        words_after(page, box, made, chart, reached)
    elif totals:
        write_totals(made, totals)
    if isinstance(chart, Columns) and chart.marks:
        marks(page, box, chart, made, highest_of(chart, reached))


def panels(w: Words, page: Any, box: Box, chart: Panels) -> None:
    """A chart for each panel, above one another."""
    each = box.height / len(chart.panels)
    for panel, (name, top) in enumerate(zip(chart.panels, tops(chart), strict=True)):
        own = chart.inside(panel)
        place = box.at(box.top + panel * each, 36)
        words(page, place, name, TEXT, INK["light"], bold=True)
        reached = sums(own, len(chart.categories))
        labels = [
            next((s.labels[i] for s in own[::-1] if s.labels and s.labels[i]), "")
            for i in range(len(reached))
        ]
        made = add_chart(
            page,
            box.at(place.top + 36, each - 40),
            XL_CHART_TYPE.COLUMN_STACKED,
            named(chart),
            [*columns_of(own), *([(w("chart.total"), reached)] if any(labels) else [])],
            COUNTS,
            f"{name}. {chart.alt}",
        )
        font(made.font, TEXT * 0.8, INK["light"])
        made.value_axis.visible = made.value_axis.has_major_gridlines = False
        made.value_axis.minimum_scale = 0
        made.value_axis.maximum_scale = top * 1.3
        made.category_axis.format.line.color.rgb = rgb(LINE["light"])
        made.plots[0].gap_width = GAP
        for series, spec in zip(made.plots[0].series, own, strict=False):
            look(series, spec)
        if any(labels):
            write_totals(made, labels)


def columns_of(series: Sequence[Series]) -> list[tuple[str, Sequence[float | None]]]:
    """The columns of a workbook."""
    return [(one.label, one.values) for one in series]


def add_chart(
    page: Any,
    box: Box,
    kind: Any,
    categories: Sequence[str],
    columns: Sequence[tuple[str, Sequence[float | None]]],
    number_format: str,
    alt: str,
) -> Any:
    data = CategoryChartData(number_format=number_format)
    data.categories = [terminal_text(name.replace("\n", " ")) for name in categories]
    for name, values in columns:
        data.add_series(terminal_text(name), values)
    frame = page.shapes.add_chart(kind, *box.emu, data)
    describe(frame, alt)
    made = frame.chart
    # The library names axes by negative numbers, which the format's schema has not.
    for place in made._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        place.set("val", str(int(place.get("val")) & 0x7FFFFFFF))
    made.has_title = made.has_legend = False
    return made


def named(chart: Measured) -> list[str]:
    """Every category has a name in its workbook, also where the screen leaves some out."""
    keys = next((s.keys for s in chart.series if s.keys), ())
    whole = len(keys) == len(chart.categories)
    return [name or (keys[place] if whole else "") for place, name in enumerate(chart.categories)]


def number_format(chart: Columns | Bars | Lines | Dots) -> str:
    """Shares are written as such on the axis that measures, or after the bars."""
    said = chart.totals if isinstance(chart, Bars) else [words for _, words in chart.ticks]
    values = [value or 0 for series in chart.series for value in series.values]
    return "0%" if any("%" in words for words in said) and max(values) <= 1 else COUNTS


def scale(made: Any, chart: Columns | Bars | Lines | Dots, reached: Sequence[float]) -> None:
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
        font(value.tick_labels.font, TEXT * 0.85, QUIET["light"])
        value.tick_labels.number_format = number_format(chart)
        value.tick_labels.number_format_is_linked = False
        if len(ticks) > 1:
            value.major_unit = float(ticks[1][0])
    if isinstance(chart, Bars):
        category.reverse_order = True
        # PowerPoint leaves out every other name where they are long.
        skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
        category._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
        value.maximum_scale = max([*reached, 1]) * room(chart)
    elif isinstance(chart, Lines | Dots):
        value.maximum_scale = highest(chart) * 1.1
    elif not chart.grouped:
        value.maximum_scale = highest_of(chart, reached) * ABOVE
    if isinstance(chart, Columns | Bars):
        made.plots[0].gap_width = GAP


def highest_of(chart: Columns, reached: Sequence[float]) -> float:
    return max([*reached, *(value for _, value, _ in chart.marks), 1])


def look(series: Any, spec: Series) -> None:
    """Solid, hatched or outlined, bar by bar where they differ."""
    ink = colour(spec.colour, "light")
    series.invert_if_negative = False
    if isinstance(spec.pattern, str):
        paint(series.format, ink, spec.pattern)
    else:
        for place, kind in enumerate(spec.pattern):
            paint(series.points[place].format, ink, kind)


def label(series: Any, spec: Series) -> None:
    for place, text in enumerate(spec.labels):
        if text and spec.values[place]:
            write(series, place, text, XL_LABEL_POSITION.CENTER, GROUND["light"])


def points(series: Any, spec: Series, joined: bool) -> None:
    ink = colour(spec.colour, "light")
    series.smooth = False
    series.format.line.color.rgb = rgb(ink)
    if not joined:
        series.format.line.fill.background()
    series.marker.size = 12
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(ink)
    if spec.low:
        whiskers(series, spec)


def whiskers(series: Any, spec: Series) -> None:
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


def write(series: Any, place: int, text: str, where: Any, ink: str) -> None:
    of = series.points[place].data_label
    frame = of.text_frame
    frame.text = terminal_text(text)
    frame.word_wrap = False
    font(frame.paragraphs[0].runs[0].font, TEXT, ink, bold=True)
    of.position = where


def room(chart: Bars) -> float:
    """How much longer than the longest bar, so that the words after it fit."""
    longest = max((len(total) for total in chart.totals), default=0)
    return 1 / max(1 - longest * TEXT * 0.5 / 1200, 0.3)


def write_totals(made: Any, totals: Sequence[str]) -> None:
    """The sums are a series without colour on top of the others: their numbers stand above them."""
    series = list(made.plots[0].series)[-1]
    series.format.fill.background()
    for place, total in enumerate(totals):
        if total:
            write(series, place, total, XL_LABEL_POSITION.INSIDE_BASE, INK["light"])


def words_after(page: Any, box: Box, made: Any, chart: Bars, reached: Sequence[float]) -> None:
    """Words that a label would break stand after the bars."""
    list(made.plots[0].series)[-1].format.fill.background()
    inner = Box(0.26, 0, 0.74, 1)
    place_plot(made, inner)
    row = box.height / len(chart.totals)
    width = box.width * inner.width
    for place, total in enumerate(chart.totals):
        length = width * reached[place] / (max([*reached, 1]) * room(chart))
        left = box.left + box.width * inner.left + length + 10
        shape = Box(left, box.top + row * (place + 0.5) - 18, width - length, 40)
        words(page, shape, total, TEXT, INK["light"], bold=True)


def marks(page: Any, box: Box, chart: Columns, made: Any, top: float) -> None:
    """Targets as thin lines. The plot's place is set, so that theirs is known."""
    inner = Box(0.05, 0.03, 0.94, 0.86)
    place_plot(made, inner)
    wide = box.width * inner.width / len(chart.categories)
    for place, value, said in chart.marks:
        share = 1 - value / (top * ABOVE)
        y = box.top + box.height * (inner.top + inner.height * share)
        x = box.left + box.width * inner.left + wide * (place + 0.08)
        line = bar(page.shapes, Box(x, y - 3, wide * 0.84, 5), INK["light"])
        describe(line, f"{named(chart)[place]}: {said}")


def place_plot(made: Any, inner: Box) -> None:
    """Where in the chart its plot lies, in shares of the chart."""
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    said = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": inner.left}
    said |= {"y": inner.top, "w": inner.width, "h": inner.height}
    parts = "".join(f'<c:{name} val="{value}"/>' for name, value in said.items())
    manual = f"<c:layout {nsdecls('c')}><c:manualLayout>{parts}</c:manualLayout></c:layout>"
    area.insert(0, parse_xml(manual))
