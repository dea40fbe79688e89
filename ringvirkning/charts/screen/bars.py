"""Columns, lying bars and panels on the screen."""

from collections.abc import Sequence
from dataclasses import replace

from ringvirkning.charts import Bars, Columns, Panels
from ringvirkning.charts.layout import MARK, lengths, panel_totals, sums, top, tops, total_heights
from ringvirkning.charts.palette import INK, Theme
from ringvirkning.charts.screen import drawing
from ringvirkning.charts.screen.drawing import HIDDEN, ROW, Drawing, bar_trace
from ringvirkning.texts.safe import plotly_text

BAR = 24  # pixels for each of several bars beside one another
PLOT, PANEL_HEAD = 108, 46  # pixels: the highest panel, and the name above each
TEXT_ONLY = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False}


def words_above(heights: Sequence[float], words: Sequence[str]) -> list[Drawing]:
    """Words above columns. Where a column has none, no point stands: plotly.js takes the words'
    element out of such a point and doesn't give it back when the column gets some."""
    told = [at for at, said in enumerate(words) if said]
    above = {"x": told, "y": [heights[at] for at in told], "textposition": "top center"}
    return [TEXT_ONLY | above | {"text": [words[at] for at in told]}] if told else []


def columns(chart: Columns, theme: Theme) -> Drawing:
    """Upright bars over years, stacked or side by side, with targets as thin marks."""
    places = list(range(len(chart.categories)))
    where, room = ("outside", "none") if chart.grouped else ("inside", "both")
    how = {"textposition": where, "insidetextanchor": "middle", "constraintext": room}
    data = [
        bar_trace(series, theme, {"x": places, "y": series.values} | how) for series in chart.series
    ]
    if chart.totals:
        totals = [plotly_text(total) for total in chart.totals]
        bold = [total and f"<b>{total}</b>" for total in totals]
        data += words_above(total_heights(chart), bold)
    marks = [
        {"type": "line", "x0": place - MARK, "x1": place + MARK, "y0": value, "y1": value}
        | {"line": {"width": 3, "color": INK[theme]}}
        for place, value, _ in chart.marks
    ]
    gaps = {"bargap": 0.28, "bargroupgap": 0.06, "barmode": "group" if chart.grouped else "stack"}
    return drawing.upright(chart, data, top(chart), theme, {"shapes": marks} | gaps)


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
    """Small multiples: one row of columns for each panel over the same categories. Of one scale,
    a panel is as high as its highest column asks for."""
    count = len(chart.panels)
    own = tops(replace(chart, is_one_scale=False))
    plots = [PLOT * highest / most for highest, most in zip(own, tops(chart), strict=True)]
    whole, low = sum(plots) + PANEL_HEAD * count, 1.0
    places = list(range(len(chart.categories)))
    axes: Drawing = {}
    data, titles = [], []
    for panel, (name, highest) in enumerate(zip(chart.panels, own, strict=True)):
        number = str(panel + 1) if panel else ""
        begins = low - PANEL_HEAD / 2 / whole
        low -= (plots[panel] + PANEL_HEAD) / whole
        domain = [max(low, 0), max(low, 0) + plots[panel] / whole]
        axes[f"yaxis{number}"] = HIDDEN | {"domain": domain, "range": [0, highest * 1.25]}
        title = f"<b>{plotly_text(name)}</b>"
        at = drawing.annotation(title, 0, begins, xref="paper", yref="paper")
        titles.append(at | {"xshift": -drawing.EDGE})
        inside, axis = chart.inside(panel), {"yaxis": f"y{number}"}
        data += [
            bar_trace(s, theme, {"x": places, "y": s.values, "textposition": "none"} | axis)
            for s in inside
        ]
        # What is no number has less room than its words are long: "not yet" stands in two lines.
        said = [
            plotly_text(t if any(map(str.isdigit, t)) else t.replace(" ", "\n"))
            for t in panel_totals(chart, panel)
        ]
        above = words_above(sums(inside, len(places)), said)
        data += [one | axis | {"textfont": {"size": 12}} for one in above]
    lowest = {"tickfont": {"size": 12}, "anchor": f"y{count}" if count > 1 else "y"}
    axes["xaxis"] = drawing.along(chart.categories) | lowest
    axes |= {
        "height": whole + drawing.below(chart.categories),
        "barmode": "stack",
        "bargap": 0.3,
        "annotations": titles,
    }
    bottom = drawing.below(chart.categories)
    return drawing.sheet(data, theme, axes, drawing.EDGE, drawing.EDGE, bottom=bottom)
