"""A chart specification as PowerPoint's own charts, tables and shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from ringvirkning.charts import Chart, Pattern, Series
from ringvirkning.charts.palette import INK, LINE, QUIET, colour
from ringvirkning.charts.plotly import height
from ringvirkning.charts.scatter import highest
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

PIXEL = 6350  # EMU: a slide is 1920 pixels wide
TEXT = 26  # pixels, in charts
FONT = "Calibri"  # what PowerPoint has everywhere and is nearest to Source Sans
KINDS = {
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
}
GROUPED = {"columns": XL_CHART_TYPE.COLUMN_CLUSTERED, "bars": XL_CHART_TYPE.BAR_CLUSTERED}


@dataclass(frozen=True)
class Box:
    """A place on a slide, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> list[Emu]:
        return [Emu(int(v * PIXEL)) for v in (self.left, self.top, self.width, self.height)]

    def at(self, top: float, height: float) -> "Box":
        return Box(self.left, top, self.width, height)

    def place(self, shape: Any) -> None:
        shape.left, shape.top, shape.width, shape.height = self.emu


def rgb(code: str) -> RGBColor:
    return RGBColor.from_string(code.strip("#").upper())


def font(of: Any, size: float, ink: str, bold: bool = False) -> None:
    """Size in pixels; half as many points."""
    of.size, of.bold, of.name = Pt(size / 2), bold, FONT
    of.color.rgb = rgb(ink)


def words(
    page: Any,
    box: Box,
    said: str | Sequence[tuple[str, str]],
    size: float,
    ink: str,
    bold: bool = False,
    right: bool = False,
    columns: int = 1,
) -> Any:
    """A box of text; of labels and texts, a paragraph each."""
    shape = page.shapes.add_textbox(*box.emu)
    fill(shape, said, size, ink, bold, right)
    if columns > 1:
        body = shape.text_frame._txBody.bodyPr
        body.set("numCol", str(columns))
        body.set("spcCol", str(60 * PIXEL))
    return shape


def fill(
    shape: Any,
    said: str | Sequence[tuple[str, str]],
    size: float,
    ink: str,
    bold: bool = False,
    right: bool = False,
) -> None:
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (label, text) in enumerate([("", said)] if isinstance(said, str) else said):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        paragraph.space_after = Pt(0 if isinstance(said, str) else size / 5)
        for part, is_bold in ((label and f"{label}  ", True), (text, bold)):
            if part:
                run = paragraph.add_run()
                run.text = terminal_text(part)
                font(run.font, size, ink, is_bold)


def drawn(w: Words, page: Any, box: Box, chart: Chart) -> None:
    if chart.form == "numbers":
        numbers(page, box, chart)
    elif chart.form == "timeline":
        timeline(page, box, chart)
    else:
        if chart.legend:
            legend(page, box.at(box.top + 8, 40), chart.legend)
            box = box.at(box.top + 56, box.height - 56)
        (panels if chart.form == "panels" else native)(w, page, box, chart)


def valid(made: Any) -> Any:
    """The library names axes by negative numbers, which the format's schema has not."""
    for place in made._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        place.set("val", str(int(place.get("val")) & 0x7FFFFFFF))
    return made


def legend(page: Any, box: Box, told: Sequence[Series]) -> None:
    """A sign and a name each: PowerPoint's own knows no bars of several kinds."""
    left = box.left
    for series in told:
        for kind in series.kinds:
            bar(page.shapes, Box(left, box.top + 6, 24, 24), colour(series.colour, "light"), kind)
            left += 32
        wide = len(series.label) * TEXT * 0.52 + 30
        words(page, Box(left, box.top, wide, 40), series.label, TEXT, INK["light"])
        left += wide


def numbers(page: Any, box: Box, chart: Chart) -> None:
    """Key figures side by side."""
    (series,) = chart.series
    each = box.width / max(len(chart.categories), 1)
    top = box.top + box.height * 0.2
    for place, label in enumerate(chart.categories):
        left = box.left + place * each
        words(page, Box(left, top, each - 30, 80), label, 30, INK["light"])
        number = Box(left, top + 84, each - 30, 110)
        words(page, number, series.labels[place], 92, colour("accent", "light"), bold=True)
        note = Box(left, top + 204, each - 30, 200)
        words(page, note, series.hovers[place], 28, QUIET["light"])


def described(frame: Any, said: str) -> None:
    """What is read out in the place of a shape."""
    for place in frame._element.iter():
        if place.tag.endswith("}cNvPr"):
            place.set("descr", terminal_text(said))
            return


def native(w: Words, page: Any, box: Box, chart: Chart) -> None:
    """One of PowerPoint's charts, with its workbook."""
    kind = GROUPED[chart.form] if chart.grouped else KINDS[chart.form]
    data = CategoryChartData(number_format=number_format(chart))
    data.categories = [terminal_text(name.replace("\n", " ")) for name in named(chart)]
    for series in chart.series:
        data.add_series(terminal_text(series.label), series.values)
    has_totals = bool(chart.totals) and not chart.grouped and chart.form in ("columns", "bars")
    sums = [sum(s.values[i] or 0 for s in chart.series) for i in range(len(chart.categories))]
    if has_totals:
        data.add_series(w("chart.total"), sums)
    frame = page.shapes.add_chart(kind, *box.emu, data)
    described(frame, chart.alt)
    made = valid(frame.chart)
    made.has_title = made.has_legend = False
    font(made.font, TEXT, INK["light"])
    top = max([*sums, *(value for _, value, _ in chart.marks), 1])
    scaled(made, chart, top)
    for series, spec in zip(made.plots[0].series, chart.series, strict=False):
        look(series, spec, is_line=chart.form in ("lines", "dots"), joined=chart.form == "lines")
    if has_totals:
        total_labels(page, box, made, chart, sums)
    if chart.marks:
        marks(page, box, chart, made, top)


def named(chart: Chart) -> list[str]:
    """Every category has a name in its workbook, also where the screen leaves some out."""
    keys = next((s.keys for s in chart.series if s.keys), ())
    whole = len(keys) == len(chart.categories)
    return [name or (keys[place] if whole else "") for place, name in enumerate(chart.categories)]


def number_format(chart: Chart) -> str:
    """Shares are written as such on the axis that measures, or after the bars and dots."""
    said = [words for _, words in chart.ticks] or chart.totals
    values = [value or 0 for series in chart.series for value in series.values]
    return "0%" if any("%" in words for words in said) and max(values) <= 1 else "#,##0"


def whiskers(series: Any, spec: Series) -> None:
    """From each value to what it may as well be."""
    if not spec.low:
        return
    ends = list(zip(spec.values, spec.low, spec.high, strict=True))
    up = [0 if v is None or high is None else high - v for v, _, high in ends]
    down = [0 if v is None or low is None else v - low for v, low, _ in ends]
    place = series._element.find(qn("c:cat"))
    bars = place.makeelement(qn("c:errBars"), {})
    for name, value in (("errDir", "y"), ("errBarType", "both"), ("errValType", "cust")):
        bars.append(bars.makeelement(qn(f"c:{name}"), {"val": value}))
    for name, lengths in (("plus", up), ("minus", down)):
        side = bars.makeelement(qn(f"c:{name}"), {})
        numbers = side.makeelement(qn("c:numLit"), {})
        numbers.append(numbers.makeelement(qn("c:ptCount"), {"val": str(len(lengths))}))
        for at, length in enumerate(lengths):
            point = numbers.makeelement(qn("c:pt"), {"idx": str(at)})
            value_of = point.makeelement(qn("c:v"), {})
            value_of.text = f"{length:.6g}"
            point.append(value_of)
            numbers.append(point)
        side.append(numbers)
        bars.append(side)
    place.addprevious(bars)


def scaled(made: Any, chart: Chart, top: float) -> None:
    """From zero; faint lines only where there is a scale to read."""
    value, category = made.value_axis, made.category_axis
    value.minimum_scale = 0
    is_read = bool(chart.ticks) and chart.form != "bars"
    value.has_major_gridlines = value.visible = is_read
    category.format.line.color.rgb = rgb(LINE["light"])
    category.has_major_gridlines = False
    font(category.tick_labels.font, TEXT, INK["light"])
    if is_read:
        value.major_gridlines.format.line.color.rgb = rgb(LINE["light"])
        value.format.line.fill.background()
        font(value.tick_labels.font, TEXT * 0.85, QUIET["light"])
        value.tick_labels.number_format = number_format(chart)
        value.tick_labels.number_format_is_linked = False
        if len(chart.ticks) > 1:
            value.major_unit = float(chart.ticks[1][0])
    if chart.form == "bars":
        category.reverse_order = True
        every_name(category)
        value.maximum_scale = top * room(chart)
    elif not chart.grouped and chart.form == "columns":
        value.maximum_scale = top * 1.15
    elif chart.form in ("lines", "dots"):
        value.maximum_scale = (highest(chart) or 1) * 1.1
    plot = made.plots[0]
    if chart.form in ("bars", "columns"):
        plot.gap_width = 45


def every_name(category: Any) -> None:
    """PowerPoint leaves out every other name where they are long."""
    axis = category._element
    skip = axis.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def look(series: Any, spec: Series, is_line: bool = False, joined: bool = False) -> None:
    """Solid, hatched or outlined, bar by bar where they differ."""
    ink = colour(spec.colour, "light")
    if is_line:
        series.smooth = False
        series.format.line.color.rgb = rgb(ink)
        if not joined:
            series.format.line.fill.background()
        series.marker.size = 12
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(ink)
        whiskers(series, spec)
        return
    series.invert_if_negative = False
    if isinstance(spec.pattern, str):
        pattern(series.format, ink, spec.pattern)
    else:
        for place, kind in enumerate(spec.pattern):
            pattern(series.points[place].format, ink, kind)
    if any(spec.labels):
        for place, label in enumerate(spec.labels):
            if label and spec.values[place]:
                written(series, place, label, XL_LABEL_POSITION.CENTER, "#ffffff")


def pattern(of: Any, ink: str, kind: Pattern) -> None:
    if kind == "outline":
        of.fill.background()
        of.line.color.rgb, of.line.dash_style = rgb(ink), MSO_LINE.DASH
    elif kind == "hatched":
        of.fill.patterned()
        of.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        of.fill.fore_color.rgb, of.fill.back_color.rgb = rgb("#ffffff"), rgb(ink)
    else:
        of.fill.solid()
        of.fill.fore_color.rgb = rgb(ink)


def written(series: Any, place: int, text: str, where: Any, ink: str) -> None:
    label = series.points[place].data_label
    frame = label.text_frame
    frame.text = terminal_text(text)
    frame.word_wrap = False
    font(frame.paragraphs[0].runs[0].font, TEXT, ink, bold=True)
    label.position = where


def room(chart: Chart) -> float:
    """How much longer than the longest bar, so that the words after it fit."""
    longest = max((len(total) for total in chart.totals), default=0)
    return 1 / max(1 - longest * TEXT * 0.5 / 1200, 0.3)


def total_labels(page: Any, box: Box, made: Any, chart: Chart, sums: Sequence[float]) -> None:
    """The sums are a series without colour on top of the others: their numbers stand above them.
    Words, which a label would break, stand after the bars."""
    series = list(made.plots[0].series)[-1]
    series.format.fill.background()
    if chart.form == "columns" or max(map(len, chart.totals)) < 12:
        for place, total in enumerate(chart.totals):
            if total:
                written(series, place, total, XL_LABEL_POSITION.INSIDE_BASE, INK["light"])
        return
    inner = Box(0.26, 0, 0.74, 1)
    placed(made, inner)
    row = box.height / len(chart.totals)
    width = box.width * inner.width
    for place, total in enumerate(chart.totals):
        reached = width * sums[place] / (max([*sums, 1]) * room(chart))
        left = box.left + box.width * inner.left + reached + 10
        shape = Box(left, box.top + row * (place + 0.5) - 18, width - reached, 40)
        words(page, shape, total, TEXT, INK["light"], bold=True)


def marks(page: Any, box: Box, chart: Chart, made: Any, top: float) -> None:
    """Targets as thin lines. The plot's place is set, so that theirs is known."""
    inner = Box(0.05, 0.03, 0.94, 0.86)
    placed(made, inner)
    wide = box.width * inner.width / len(chart.categories)
    for place, value, said in chart.marks:
        share = 1 - value / (top * 1.15)
        y = box.top + box.height * (inner.top + inner.height * share)
        x = box.left + box.width * inner.left + wide * (place + 0.08)
        line = bar(page.shapes, Box(x, y - 3, wide * 0.84, 5), INK["light"])
        described(line, f"{named(chart)[place]}: {said}")


def placed(made: Any, inner: Box) -> None:
    """Where in the chart its plot lies, in shares of the chart."""
    area = made._chartSpace.chart.plotArea
    space = area.tag[: area.tag.index("}") + 1]
    for old in area.findall(f"{space}layout"):
        area.remove(old)
    layout = area.makeelement(f"{space}layout", {})
    manual = layout.makeelement(f"{space}manualLayout", {})
    layout.append(manual)
    for name, value in (
        ("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"),
        ("x", inner.left), ("y", inner.top), ("w", inner.width), ("h", inner.height),
    ):  # fmt: skip
        manual.append(manual.makeelement(f"{space}{name}", {"val": str(value)}))
    area.insert(0, layout)


def panels(w: Words, page: Any, box: Box, chart: Chart) -> None:
    """A chart for each panel, above one another."""
    each = box.height / len(chart.panels)
    tops = [height(chart, panel) for panel in range(len(chart.panels))]
    for panel, name in enumerate(chart.panels):
        own = [series for series in chart.series if series.panel == panel]
        top = box.top + panel * each
        words(page, box.at(top, 36), name, TEXT, INK["light"], bold=True)
        data = CategoryChartData(number_format="#,##0")
        data.categories = [terminal_text(c.replace("\n", " ")) for c in named(chart)]
        for series in own:
            data.add_series(terminal_text(series.label), series.values)
        sums = [sum(s.values[i] or 0 for s in own) for i in range(len(chart.categories))]
        labels = [
            next((s.labels[i] for s in own[::-1] if s.labels and s.labels[i]), "")
            for i in range(len(sums))
        ]
        if any(labels):
            data.add_series(w("chart.total"), sums)
        frame = page.shapes.add_chart(
            XL_CHART_TYPE.COLUMN_STACKED, *box.at(top + 36, each - 40).emu, data
        )
        described(frame, f"{name}. {chart.alt}")
        made = valid(frame.chart)
        made.has_title = made.has_legend = False
        font(made.font, TEXT * 0.8, INK["light"])
        made.value_axis.visible = made.value_axis.has_major_gridlines = False
        made.value_axis.minimum_scale = 0
        made.value_axis.maximum_scale = (max(tops) if chart.is_one_scale else tops[panel]) * 1.3
        made.category_axis.format.line.color.rgb = rgb(LINE["light"])
        made.plots[0].gap_width = 45
        for series, spec in zip(made.plots[0].series, own, strict=False):
            look(series, replace(spec, labels=()))
        if any(labels):
            total = list(made.plots[0].series)[-1]
            total.format.fill.background()
            for place, label in enumerate(labels):
                if label:
                    written(total, place, label, XL_LABEL_POSITION.INSIDE_BASE, INK["light"])


def bar(shapes: Any, box: Box, ink: str, kind: Pattern = "solid") -> Any:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.shadow.inherit = False
    shape.line.fill.background()
    pattern(shape, ink, kind)
    return shape


def timeline(page: Any, box: Box, chart: Chart) -> None:
    """Bars in time, as shapes of one group; confirmed filled, unconfirmed hatched."""
    first, last = (date.fromisoformat(text).toordinal() for text in chart.categories)
    left, width = box.left + 560, box.width - 560
    row = (box.height - 50) / max(len(chart.spans), 1)

    def x(day: str) -> float:
        return left + width * (date.fromisoformat(day).toordinal() - first) / (last - first)

    group = page.shapes.add_group_shape()
    described(group, chart.alt)
    for at, said in chart.ticks:
        tick(group, Box(x(str(at)) - 50, box.top, 100, 36), said)
    for place, span in enumerate(chart.spans):
        top = box.top + 50 + place * row
        text = group.shapes.add_textbox(*Box(box.left, top, 545, row).emu)
        fill(text, span.label, TEXT * 0.9, INK["light"], right=True)
        if span.start_is_unknown:
            until = x(span.begins) if span.begins else left + width
            bar(group.shapes, Box(left, top + row * 0.4, until - left, 2), QUIET["light"])
        if span.begins is None:
            continue
        ends = span.ends or chart.categories[1]
        sure = min(span.sure_until or span.begins, ends)
        parts = [
            (span.begins, sure, "accent", "solid"),
            (max(sure, span.begins), ends, "unconfirmed", "hatched"),
        ]
        if span.start_is_unknown:
            parts = [(span.begins, ends, "unconfirmed", "outline")]
        for start, end, code, kind in parts:
            if end > start:
                place_of = Box(x(start), top + row * 0.15, x(end) - x(start), row * 0.5)
                shape = bar(group.shapes, place_of, colour(code, "light"), kind)  # type: ignore[arg-type]
                described(shape, span.note)
        if span.begins_before:
            arrow = group.shapes.add_shape(
                MSO_SHAPE.LEFT_ARROW, *Box(x(span.begins) - 26, top + row * 0.15, 26, row * 0.5).emu
            )
            arrow.shadow.inherit = False
            pattern(arrow, colour("accent", "light"), "solid")


def tick(group: Any, box: Box, said: str) -> None:
    shape = group.shapes.add_textbox(*box.emu)
    fill(shape, said, TEXT * 0.85, QUIET["light"])
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def table(w: Words, page: Any, box: Box, rows: Sequence[Sequence[str]], alt: str) -> None:
    """A real table, its heading first."""
    frame = page.shapes.add_table(len(rows), len(rows[0]), *box.emu)
    described(frame, alt)
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            cell = frame.table.cell(at, place)
            cell.fill.background()
            paragraph = cell.text_frame.paragraphs[0]
            run = paragraph.add_run()
            run.text = terminal_text(text)
            font(run.font, TEXT, INK["light"], bold=at == 0)
            if w.value(text) is not None:
                paragraph.alignment = PP_ALIGN.RIGHT
