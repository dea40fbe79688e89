"""What all of Plotly's drawings share: layout, margins for words, and bars by their pattern."""

from collections.abc import Iterable
from typing import Any

from ringvirkning.charts import Chart, Pattern, Series
from ringvirkning.charts.palette import GROUND, INK, LINE, QUIET, Theme, colour
from ringvirkning.texts.safe import plotly_text

FONT = '"Source Sans", "Source Sans 3", sans-serif'
ROW = 48  # pixels for a bar with its label above it
BAR = 24  # and for each of several beside one another
FEWEST = 4  # columns that share the width, so that one year is no wall
LINE_HEIGHT = 19  # pixels for a line of labels
PHONE, LETTER = 350, 7.4  # pixels: a phone's chart, an average letter
EDGE = 14  # pixels to the right of the last column: its label may be wider than it is


def layout(
    theme: Theme, left: float = 0, right: float = 0, top: float = 8, bottom: float = 0, **more: Any
) -> dict[str, Any]:
    """What all charts share. The margins are given: finding them out would draw it all twice."""
    return {
        "height": 300,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False},
        "font": {"family": FONT, "size": 14, "color": INK[theme]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "barcornerradius": 1,
    } | more


def beside(ticks: Iterable[tuple[Any, str]]) -> float:
    """Pixels for the words beside a chart."""
    return LETTER * max((len(words) for _, words in ticks), default=0) + 6


def below(labels: Iterable[str]) -> float:
    """Pixels for the labels below a chart."""
    return LINE_HEIGHT * max((label.count("\n") + 1 for label in labels), default=1) + 8


def marker(series: Series, theme: Theme) -> dict[str, Any]:
    """Solid, hatched or outlined; per bar where the series has bars of several kinds."""
    fill = colour(series.colour, theme)
    kinds = series.kinds

    def each(of: dict[Pattern, Any]) -> Any:
        return of[kinds[0]] if len(kinds) == 1 else [of[kind] for kind in series.pattern]  # type: ignore[index]

    drawn: dict[str, Any] = {
        "color": each({"solid": fill, "hatched": fill, "outline": "rgba(0,0,0,0)"}),
        "line": {"width": each({"solid": 0, "hatched": 0, "outline": 1}), "color": fill},
    }
    if "hatched" in kinds:
        drawn["pattern"] = {
            "shape": each({"solid": "", "hatched": "/", "outline": ""}),
            "fillmode": "overlay",
            "fgcolor": "rgba(255,255,255,.75)" if theme == "light" else "rgba(10,20,20,.65)",
            "size": 7,
            "solidity": 0.22,
        }
    return drawn


def bar(series: Series, theme: Theme, **changes: Any) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": plotly_text(series.label),
        "marker": marker(series, theme),
        "text": list(series.labels) or None,
        "textangle": 0,
        "insidetextfont": {"color": GROUND[theme]},
        "hovertext": [plotly_text(text) for text in series.hovers] or None,
        "hoverinfo": "text" if series.hovers else "skip",
        "customdata": list(series.keys) or None,
        "cliponaxis": False,
    } | changes


def axes(chart: Chart, top: float, theme: Theme) -> dict[str, Any]:
    """The categories along, and what is measured upwards from zero, with faint lines."""
    return {
        "xaxis": {
            "tickvals": list(range(len(chart.categories))),
            "ticktext": [plotly_text(c) for c in chart.categories],
            "range": [-0.6, max(len(chart.categories), FEWEST) - 0.4],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickangle": 0,
            "ticklabeloverflow": "allow",
        },
        "yaxis": {
            "range": [0, top * 1.12],
            "tickvals": [value for value, _ in chart.ticks],
            "ticktext": [words for _, words in chart.ticks],
            "fixedrange": True,
            "gridcolor": LINE[theme],
            "zeroline": False,
            "tickangle": 0,
            "tickfont": {"color": QUIET[theme], "size": 12},
        },
    }
