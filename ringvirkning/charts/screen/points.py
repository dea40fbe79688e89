"""Values as points with what they may as well be: lines over time, dots beside one another."""

from ringvirkning.charts import AreaLine, Dots, Lines, Series
from ringvirkning.charts.layout import (
    HEADROOM,
    JOINED,
    area_top,
    asides,
    end_heights,
    ends,
    highest,
    shade,
    sums,
)
from ringvirkning.charts.palette import QUIET, Theme, colour, tint
from ringvirkning.charts.screen import drawing
from ringvirkning.charts.screen.drawing import HIDDEN, ROW, Drawing
from ringvirkning.texts.safe import plotly_text

WORDS_HIGH = 0.07  # of the height, for a line of words beside it


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


def area(chart: AreaLine, theme: Theme) -> Drawing:
    """The parts as shades on each other, the total as a line on them, named at its end."""
    places = list(range(len(chart.categories)))
    data = [
        {"type": "scatter", "mode": "none", "stackgroup": "parts", "hoverinfo": "skip"}
        | {"x": places, "y": [value or 0 for value in series.values]}
        | {"name": plotly_text(series.label), "fillpattern": {"shape": ""}}
        | {"fillcolor": tint(series.colour, theme, shade(series))}
        for series in chart.series
    ]
    line = {"width": 3, "color": colour("accent", theme)}
    keys = chart.series[0].keys if chart.series else ()
    data.append(
        {"type": "scatter", "mode": "lines+markers", "line": line, "cliponaxis": False}
        | {"x": places, "y": sums(chart.series, len(places))}
        | {"marker": {"opacity": 1, "size": [9 if at == places[-1] else 0.1 for at in places]}}
        | {"hovertext": [plotly_text(said) for said in chart.hovers] or None, "hoverinfo": "text"}
        | {"customdata": list(keys) or None}
    )
    top = area_top(chart)
    heights = end_heights(chart, WORDS_HIGH * top * HEADROOM)
    last = len(places) - 1
    inks = [QUIET[theme]] * (len(heights) - 1) + [colour("accent", theme)]
    beside = [
        drawing.annotation(f"<b>{plotly_text(words)}</b>", last, height)
        | {"xshift": 8, "font": {"color": ink, "size": 13}}
        for height, (_, words), ink in zip(heights, chart.ends, inks, strict=True)
    ]
    more = {"annotations": beside, "hovermode": "x", "hoverdistance": 60}
    right = drawing.width(words for _, words in chart.ends) + drawing.EDGE
    figure = drawing.upright(chart, data, top, theme, more, right)
    figure["layout"]["xaxis"]["range"] = [-0.3, max(last, 0) + 0.1]
    return figure


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
