"""Columns, lying bars and panels on the screen."""

from collections.abc import Sequence
from dataclasses import replace

from ringvirkning.charts import Bars, Columns, Mark, Panels
from ringvirkning.charts.layout import (
    BROAD,
    Above,
    above,
    above_panel,
    ceiling,
    lengths,
    mark_aside,
    panel_bar,
    top,
    tops,
)
from ringvirkning.charts.palette import INK, QUIET, Theme
from ringvirkning.charts.screen import drawing
from ringvirkning.charts.screen.drawing import HIDDEN, ROW, Drawing, bar_trace
from ringvirkning.texts.safe import plotly_text

BAR = 24  # pixels for each of several bars beside one another
CROWDED, SHORT = 8, 6  # columns, and letters that have room above one of more
PLOTS = 270  # pixels: all panels, where the highest is no lower than
PLOT, PANEL_HEAD = 108, 46  # pixels: this, and the name above each
TEXT_ONLY = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False}


def words_on_columns(words: Sequence[Above], theme: Theme, is_bold: bool = False) -> list[Drawing]:
    """Words above columns. Where a column has none, no point stands: plotly.js takes the words'
    element out of such a point and doesn't give it back when the column gets some."""
    if not words:
        return []
    said = [
        (
            one.label and f'<span style="color:{QUIET[theme]}">{plotly_text(one.label)}</span>',
            f"<b>{plotly_text(one.total)}</b>" if one.total and is_bold else plotly_text(one.total),
        )
        for one in words
    ]
    where = {"x": [one.place for one in words], "y": [one.height for one in words]}
    text = ["<br>".join(filter(None, both)) for both in said]
    return [TEXT_ONLY | where | {"text": text, "textposition": "top center"}]


def in_lines(said: str, is_crowded: bool) -> str:
    """Words above a column, in two lines where one is wider than it has room: "not yet"; beside
    many columns also "about 5 of 10", whose last two words stay together."""
    blanks = [place for place, letter in enumerate(said) if letter == " "]
    if not blanks:
        return said
    if not any(map(str.isdigit, said)):
        return said.replace(" ", "\n")
    if not is_crowded or len(said) <= SHORT:
        return said
    at = blanks[-2:][0]
    return f"{said[:at]}\n{said[at + 1 :]}"


def thin_marks(marks: Sequence[Mark], bar: float, theme: Theme) -> list[Drawing]:
    """Targets across bars of this width."""
    aside = mark_aside(bar)
    return [
        {"type": "line", "x0": mark.place - aside, "x1": mark.place + aside}
        | {"y0": mark.value, "y1": mark.value, "line": {"width": 3, "color": INK[theme]}}
        for mark in marks
    ]


def columns(chart: Columns, theme: Theme) -> Drawing:
    """Upright bars over years, stacked or side by side, with targets as thin marks."""
    places = list(range(len(chart.categories)))
    where, room = ("outside", "none") if chart.grouped else ("inside", "both")
    how = {"textposition": where, "insidetextanchor": "middle", "constraintext": room}
    data = [
        bar_trace(series, theme, {"x": places, "y": series.values} | how) for series in chart.series
    ]
    data += words_on_columns(above(chart), theme, is_bold=True)
    gaps = {
        "bargap": 1 - BROAD,
        "bargroupgap": 0.06,
        "barmode": "group" if chart.grouped else "stack",
    }
    more = {"shapes": thin_marks(chart.marks, BROAD, theme)} | gaps
    return drawing.upright(chart, data, ceiling(chart), theme, more)


def bars(chart: Bars, theme: Theme) -> Drawing:
    """Lying bars with their labels above them."""
    places = list(range(len(chart.categories)))
    row = BAR * len(chart.series) + ROW // 2 if chart.grouped else ROW
    width = BAR * 0.9 / row if chart.grouped else 0.4
    how = {"orientation": "h", "y": places, "width": width}
    how |= {"textposition": "outside" if chart.grouped else "none"}
    offsets = [0.05 + (width * at if chart.grouped else 0) for at in range(len(chart.series))]
    data = [
        bar_trace(series, theme, {"x": series.values, "offset": offset} | how)
        for series, offset in zip(chart.series, offsets, strict=True)
    ]
    reached = lengths(chart)
    ends = chart.totals or [
        max((s.labels[i] for s in chart.series if s.labels), key=len, default="") for i in places
    ]
    lowest = len(places) - (0 if chart.grouped else 0.4)
    more = {
        "barmode": "overlay" if chart.grouped else "stack",
        "height": row * len(places) + 16,
        "xaxis": HIDDEN | {"range": [0, top(chart) * phone_room(reached, ends)]},
        "yaxis": HIDDEN | {"range": [lowest, -0.55 * ROW / row]},
    }
    return drawing.lying(chart, data, reached, theme, more)


def phone_room(lengths: Sequence[float], totals: Sequence[str]) -> float:
    """How much wider than the longest bar, so that the words after each bar fit on a phone."""
    longest = max([*lengths, 1])
    free = [1 - (drawing.width([total]) + 12) / drawing.PHONE for total in totals]
    pairs = zip(lengths, free, strict=False)
    return max((length / longest / max(rest, 0.2) for length, rest in pairs), default=1)


def panels(chart: Panels, theme: Theme) -> Drawing:
    """Small multiples: one row of columns for each panel over the same categories. A panel is as
    high as its highest column asks for."""
    count, own = len(chart.panels), tops(chart)
    pixel = max(PLOT / max(own), PLOTS / sum(own))
    plots = [pixel * highest for highest in own]
    # The name of the first stands above the labels of what happened.
    heads = [PANEL_HEAD + (drawing.LINE_HEIGHT if chart.events else 0), *[PANEL_HEAD] * (count - 1)]
    whole, low = sum(plots) + sum(heads), 1.0
    places = list(range(len(chart.categories)))
    is_crowded = len(places) > CROWDED
    headroom = 1.5 if is_crowded else 1.25
    axes: Drawing = {}
    data, titles = [], []
    for panel, (name, highest) in enumerate(zip(chart.panels, own, strict=True)):
        number = str(panel + 1) if panel else ""
        begins = low - PANEL_HEAD / 2 / whole
        low -= (plots[panel] + heads[panel]) / whole
        domain = [max(low, 0), max(low, 0) + plots[panel] / whole]
        axes[f"yaxis{number}"] = HIDDEN | {"domain": domain, "range": [0, highest * headroom]}
        title = f"<b>{plotly_text(name)}</b>"
        at = drawing.annotation(title, 0, begins, xref="paper", yref="paper")
        titles.append(at | {"xshift": -drawing.EDGE})
        inside, axis = chart.inside(panel), {"yaxis": f"y{number}"}
        data += [
            bar_trace(s, theme, {"x": places, "y": s.values, "textposition": "none"} | axis)
            for s in inside
        ]
        said = [
            replace(one, total=in_lines(one.total, is_crowded)) for one in above_panel(chart, panel)
        ]
        data += [one | axis | {"textfont": {"size": 12}} for one in words_on_columns(said, theme)]
    lowest = {"tickfont": {"size": 12}, "anchor": f"y{count}" if count > 1 else "y"}
    axes["xaxis"] = drawing.along(chart.categories) | lowest
    axes |= {
        "height": whole + drawing.below(chart.categories),
        "barmode": "stack",
        "bargap": 1 - panel_bar(chart),
        "annotations": titles,
        "shapes": thin_marks(chart.marks, panel_bar(chart), theme),
    }
    bottom = drawing.below(chart.categories)
    figure = drawing.sheet(data, theme, axes, drawing.EDGE, drawing.EDGE, bottom=bottom)
    return drawing.with_rules(figure, chart, theme, count)
