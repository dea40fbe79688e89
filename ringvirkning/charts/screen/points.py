"""Values as points with what they may as well be: lines over time, dots beside one another."""

from typing import Any

from ringvirkning.charts import Dots, Lines, Series
from ringvirkning.charts.layout import JOINED, asides, ends, highest
from ringvirkning.charts.palette import Theme, colour
from ringvirkning.charts.screen.drawing import (
    HIDDEN,
    LETTER,
    PHONE,
    ROW,
    row_words,
    sheet,
    trace,
    upright,
)


def whiskers(series: Series) -> dict[str, Any]:
    """From each value to its low and high."""
    if not series.low:
        return {"visible": False}
    below, above = zip(*series.reaches, strict=True) if series.values else ((), ())
    return {
        "type": "data",
        "symmetric": False,
        "array": list(above),
        "arrayminus": list(below),
        "thickness": 1.5,
        "width": 4,
    }


def points(series: Series, theme: Theme, **more: Any) -> dict[str, Any]:
    """The points of a series; `more` says where."""
    ink = colour(series.colour, theme)
    symbols = ["circle" if kind == "solid" else "circle-open" for kind in series.patterns]
    return (
        trace(series)
        | {
            "type": "scatter",
            "mode": "markers",
            "marker": {"size": 10, "color": ink, "symbol": symbols}
            | {"line": {"width": 2, "color": ink}},
            "line": {"color": ink, "width": 2},
        }
        | more
    )


def lines(chart: Lines, theme: Theme) -> dict[str, Any]:
    """Points over time, joined where there are four or more; several series stand apart."""
    data = []
    for series, aside in zip(chart.series, asides(chart), strict=True):
        is_joined = sum(value is not None for value in series.values) >= JOINED
        how = {"error_y": whiskers(series), "mode": "lines+markers" if is_joined else "markers"}
        x = [place + aside for place in range(len(chart.categories))]
        data.append(points(series, theme, x=x, y=series.values, **how))
    return upright(chart, data, highest(chart), theme)


def dots(chart: Dots, theme: Theme) -> dict[str, Any]:
    """A dot for each category, its label above it and its value in words to the right."""
    count = len(chart.categories)
    data = []
    for series, aside in zip(chart.series, asides(chart), strict=True):
        y = [place + 0.25 + aside for place in range(count)]
        data.append(points(series, theme, y=y, x=series.values, error_x=whiskers(series)))
    top = highest(chart)
    longest = max((len(total) for total in chart.totals), default=0) * LETTER + 12
    after = [end + 0.02 * top for end in ends(chart)]
    return sheet(
        data,
        theme,
        height=ROW * count + 16,
        annotations=row_words(chart.categories, after, chart.totals),
        xaxis=HIDDEN | {"range": [0, top / max(1 - longest / PHONE, 0.3)]},
        yaxis=HIDDEN | {"range": [count - 0.4, -0.55]},
    )
