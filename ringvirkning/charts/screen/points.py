"""Values as points with what they may as well be: lines over time, dots beside one another."""

from ringvirkning.charts import Dots, Lines, Series
from ringvirkning.charts.layout import JOINED, asides, ends, highest
from ringvirkning.charts.palette import Theme, colour
from ringvirkning.charts.screen import drawing
from ringvirkning.charts.screen.drawing import HIDDEN, ROW, Drawing


def whiskers(series: Series) -> Drawing:
    """From each value to its low and high."""
    if not series.low:
        return {"visible": False}
    far = {"array": [up for _, up in series.reaches]}
    far |= {"arrayminus": [down for down, _ in series.reaches]}
    return {"type": "data", "symmetric": False, "thickness": 1.5, "width": 4} | far


def point_trace(series: Series, theme: Theme, more: Drawing) -> Drawing:
    """The points of a series; `more` says where."""
    line = {"width": 2, "color": colour(series.colour, theme)}
    symbols = ["circle" if kind == "solid" else "circle-open" for kind in series.patterns]
    marker = {"size": 10, "color": line["color"], "symbol": symbols, "line": line}
    how = {"type": "scatter", "mode": "markers", "marker": marker, "line": line}
    return drawing.trace(series) | how | more


def lines(chart: Lines, theme: Theme) -> Drawing:
    """Points over time, joined where there are four or more; several series stand apart."""
    data = []
    for series, aside in zip(chart.series, asides(chart), strict=True):
        is_joined = sum(value is not None for value in series.values) >= JOINED
        how = {"error_y": whiskers(series), "mode": "lines+markers" if is_joined else "markers"}
        x = [place + aside for place in range(len(chart.categories))]
        data.append(point_trace(series, theme, {"x": x, "y": series.values} | how))
    return drawing.upright(chart, data, highest(chart), theme, {})


def dots(chart: Dots, theme: Theme) -> Drawing:
    """A dot for each category, its label above it and its value in words to the right."""
    count = len(chart.categories)
    data = []
    for series, aside in zip(chart.series, asides(chart), strict=True):
        y = [place + 0.25 + aside for place in range(count)]
        where = {"y": y, "x": series.values, "error_x": whiskers(series)}
        data.append(point_trace(series, theme, where))
    top = highest(chart)
    after = [end + 0.02 * top for end in ends(chart)]
    free = 1 - (drawing.width(chart.totals) + 12) / drawing.PHONE
    along = HIDDEN | {"range": [0, top / max(free, 0.3)]}
    down = HIDDEN | {"range": [count - 0.4, -0.55]}
    more = {"height": ROW * count + 16, "xaxis": along, "yaxis": down}
    return drawing.lying(chart, data, after, theme, more)
