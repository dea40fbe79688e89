"""What all of Plotly's drawings share: the sheet, margins for words, axes, words and bars."""

from collections.abc import Iterable, Sequence
from typing import Any

from ringvirkning.charts import Columns, Lines, Pattern, Series
from ringvirkning.charts.layout import FEWEST, HEADROOM
from ringvirkning.charts.palette import GROUND, INK, LINE, QUIET, STRIPES, Theme, colour
from ringvirkning.texts.safe import plotly_text

FONT = '"Source Sans", "Source Sans 3", sans-serif'
ROW = 48  # pixels for a bar with its label above it
LINE_HEIGHT = 19  # pixels for a line of labels
PHONE, LETTER = 350, 7.4  # pixels: a phone's chart, an average letter
EDGE = 14  # pixels to the right of the last column: its label may be wider than it is
NOTHING = "rgba(0,0,0,0)"
FIXED: dict[str, Any] = {"fixedrange": True, "tickangle": 0}  # an axis: nothing moves, words lie
HIDDEN: dict[str, Any] = {"fixedrange": True, "visible": False}


def sheet(
    data: list[dict[str, Any]],
    theme: Theme,
    left: float = 0,
    right: float = 0,
    top: float = 8,
    bottom: float = 0,
    **more: Any,
) -> dict[str, Any]:
    """A figure; `more` is of its layout. The margins (pixels) are given: finding them out would
    draw it all twice."""
    return {
        "data": data,
        "layout": {
            "height": 300,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False},
            "font": {"family": FONT, "size": 14, "color": INK[theme]},
            "paper_bgcolor": NOTHING,
            "plot_bgcolor": NOTHING,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "barcornerradius": 1,
        }
        | more,
    }


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
        return of[kinds[0]] if len(kinds) == 1 else [of[kind] for kind in series.patterns]

    drawn: dict[str, Any] = {
        "color": each({"solid": fill, "hatched": fill, "outline": NOTHING}),
        "line": {"width": each({"solid": 0, "hatched": 0, "outline": 1}), "color": fill},
    }
    if "hatched" in kinds:
        drawn["pattern"] = {
            "shape": each({"solid": "", "hatched": "/", "outline": ""}),
            "fillmode": "overlay",
            "fgcolor": STRIPES[theme],
            "size": 7,
            "solidity": 0.22,
        }
    return drawn


def trace(series: Series) -> dict[str, Any]:
    """What bars and points of a series have: its name, hovers and keys."""
    return {
        "name": plotly_text(series.label),
        "hovertext": [plotly_text(text) for text in series.hovers] or None,
        "hoverinfo": "text" if series.hovers else "skip",
        "customdata": list(series.keys) or None,
        "cliponaxis": False,
    }


def bar(series: Series, theme: Theme, **more: Any) -> dict[str, Any]:
    """The bars of a series; `more` says where."""
    return (
        trace(series)
        | {
            "type": "bar",
            "marker": marker(series, theme),
            "text": list(series.labels) or None,
            "textangle": 0,
            "insidetextfont": {"color": GROUND[theme]},
        }
        | more
    )


def written(text: str, x: Any, y: float, **more: Any) -> dict[str, Any]:
    """Words, safe already, that begin at a place of the drawing."""
    return {"text": text, "x": x, "y": y, "xanchor": "left", "showarrow": False} | more


def row_words(
    names: Sequence[str], ends: Iterable[float], totals: Iterable[str]
) -> list[dict[str, Any]]:
    """The name above each row, so that long ones read on a phone, too; its total after its end."""
    both = [
        written(f" <b>{plotly_text(total)}</b>", end, place + 0.25)
        for place, (end, total) in enumerate(zip(ends, totals, strict=False))
    ]
    both += [
        written(plotly_text(name), 0, place - 0.02, yanchor="bottom")
        for place, name in enumerate(names)
    ]
    return [one | {"xshift": 0, "align": "left"} for one in both]


def along(categories: Sequence[str], fewest: int = 0) -> dict[str, Any]:
    """The axis of the categories; they share the width of so many at least."""
    return FIXED | {
        "tickvals": list(range(len(categories))),
        "ticktext": [plotly_text(name) for name in categories],
        "range": [-0.6, max(len(categories), fewest) - 0.4],
        "showgrid": False,
        "zeroline": False,
        "ticklabeloverflow": "allow",
    }


def upright(
    chart: Columns | Lines, data: list[dict[str, Any]], top: float, theme: Theme, **more: Any
) -> dict[str, Any]:
    """A figure with its categories along, and what is measured upwards from zero, with faint
    lines."""
    scale = {
        "range": [0, top * HEADROOM],
        "tickvals": [value for value, _ in chart.ticks],
        "ticktext": [words for _, words in chart.ticks],
        "gridcolor": LINE[theme],
        "zeroline": False,
        "tickfont": {"color": QUIET[theme], "size": 12},
    }
    return sheet(
        data,
        theme,
        left=beside(chart.ticks),
        right=EDGE,
        bottom=below(chart.categories),
        xaxis=along(chart.categories, FEWEST),
        yaxis=FIXED | scale,
        **more,
    )
