"""Values as points with what they may as well be: lines over time, dots beside one another."""

from typing import Any

from ringvirkning.charts import Chart, Series
from ringvirkning.charts.drawing import EDGE, LETTER, PHONE, ROW, axes, below, beside, layout
from ringvirkning.charts.palette import Theme, colour
from ringvirkning.texts.safe import plotly_text

FEWEST = 4  # points that make a line
APART = 0.12  # between the points of several series


def whiskers(series: Series) -> dict[str, Any]:
    """From each value to its low and high."""

    def far(ends: tuple[float | None, ...]) -> list[float]:
        return [
            0 if None in (value, end) else abs(value - end)  # type: ignore[operator]
            for value, end in zip(series.values, ends, strict=True)
        ]

    if not series.low:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": far(series.high),
        "arrayminus": far(series.low),
        "thickness": 1.5,
        "width": 4,
    }


def scatter(series: Series, theme: Theme, **changes: Any) -> dict[str, Any]:
    ink = colour(series.colour, theme)
    kinds = [series.pattern] * len(series.values) if isinstance(series.pattern, str) else []
    symbols = ["circle" if kind == "solid" else "circle-open" for kind in kinds or series.pattern]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly_text(series.label),
        "marker": {"size": 10, "color": ink, "symbol": symbols, "line": {"width": 2, "color": ink}},
        "line": {"color": ink, "width": 2},
        "hovertext": [plotly_text(text) for text in series.hovers] or None,
        "hoverinfo": "text" if series.hovers else "skip",
        "customdata": list(series.keys) or None,
        "cliponaxis": False,
    } | changes


def highest(chart: Chart) -> float:
    return max(
        [v for s in chart.series for v in (*s.values, *s.high) if v is not None]
        + [value for _, value, _ in chart.marks],
        default=1,
    )


def lines(chart: Chart, theme: Theme) -> dict[str, Any]:
    """Points over time, joined where there are four or more; several series stand apart."""
    places = list(range(len(chart.categories)))
    middle = (len(chart.series) - 1) / 2
    traces = [
        scatter(
            series,
            theme,
            x=[place + APART * (n - middle) for place in places],
            y=series.values,
            error_y=whiskers(series),
            mode="lines+markers"
            if sum(value is not None for value in series.values) >= FEWEST
            else "markers",
        )
        for n, series in enumerate(chart.series)
    ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            left=beside(chart.ticks),
            right=EDGE,
            bottom=below(chart.categories),
            **axes(chart, highest(chart) or 1, theme),
        ),
    }


def dots(chart: Chart, theme: Theme) -> dict[str, Any]:
    """A dot for each category, its label above it and its value in words to the right."""
    places = list(range(len(chart.categories)))
    middle = (len(chart.series) - 1) / 2
    traces = [
        scatter(
            series,
            theme,
            y=[place + 0.25 + APART * (n - middle) for place in places],
            x=series.values,
            error_x=whiskers(series),
        )
        for n, series in enumerate(chart.series)
    ]
    top = highest(chart) or 1
    ends = [max([s.high[i] or 0 for s in chart.series if s.high] or [0]) for i in places]
    values = [max(s.values[i] or 0 for s in chart.series) for i in places]
    far = [max(pair) for pair in zip(ends, values, strict=True)]
    longest = max((len(total) for total in chart.totals), default=0) * LETTER + 12
    written = [
        {"x": end + 0.02 * top, "y": i + 0.25, "text": f" <b>{plotly_text(total)}</b>"}
        for i, (end, total) in enumerate(zip(far, chart.totals, strict=False))
    ] + [
        {"x": 0, "y": i - 0.02, "text": plotly_text(name), "yanchor": "bottom"}
        for i, name in enumerate(chart.categories)
    ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            height=ROW * len(places) + 16,
            annotations=[
                {"showarrow": False, "xshift": 0, "align": "left", "xanchor": "left"} | a
                for a in written
            ],
            xaxis={
                "range": [0, top / max(1 - longest / PHONE, 0.3)],
                "fixedrange": True,
                "visible": False,
            },
            yaxis={"range": [len(places) - 0.4, -0.55], "fixedrange": True, "visible": False},
        ),
    }
