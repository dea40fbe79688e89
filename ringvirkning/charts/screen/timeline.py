"""A timeline on the screen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ringvirkning.charts import Pattern, Series, Span, Timeline
from ringvirkning.charts.layout import Piece, pieces
from ringvirkning.charts.palette import LINE, QUIET, Theme, colour
from ringvirkning.charts.screen.drawing import (
    EDGE,
    FIXED,
    HIDDEN,
    LINE_HEIGHT,
    ROW,
    bar,
    sheet,
    written,
)
from ringvirkning.texts.safe import plotly_text

DAY_MS = 86_400_000
LATE = 0.45  # of the whole time: a name from there on reaches too far to the right
KINDS: dict[Pattern, str] = {"solid": "confirmed", "hatched": "unconfirmed", "outline": "seen"}
MIDDLE = 0.23  # of a row, where its bar is


def timeline(chart: Timeline, theme: Theme) -> dict[str, Any]:
    """A row per partnership: confirmed filled, unconfirmed hatched, of unknown start dotted, with
    the years that it is known from in outline.

    An open triangle to the left says that it began then at the latest.
    """
    rows = list(enumerate(chart.spans))
    kinds = [[one for one in pieces(chart) if one.pattern == kind] for kind in KINDS]
    unknown = [(place, span) for place, span in rows if span.start_is_unknown]
    early = [(place, span) for place, span in rows if span.begins and span.begins_before]
    data = [piece_bars(found, theme) for found in kinds if found]
    ink = colour("accent", theme)
    data += [
        signs(early, [span.begins for _, span in early], "triangle-left", ink),
        signs(unknown, [chart.first] * len(unknown), "line-ew-open", QUIET[theme]),
    ]
    dotted = [
        {"type": "line", "x0": chart.first, "x1": span.begins or chart.last}
        | {"y0": place + MIDDLE, "y1": place + MIDDLE}
        | {"line": {"width": 2, "dash": "dot", "color": QUIET[theme]}}
        for place, span in unknown
    ]
    return sheet(
        data,
        theme,
        right=EDGE,
        top=LINE_HEIGHT + 12,
        height=ROW * len(rows) + 40,
        barmode="overlay",
        shapes=dotted,
        annotations=[name(chart, place, span) for place, span in rows],
        xaxis=FIXED
        | {
            "type": "date",
            "range": [chart.first, chart.last],
            "side": "top",
            "gridcolor": LINE[theme],
            "tickvals": [day for day, _ in chart.ticks],
            "ticktext": [words for _, words in chart.ticks],
        },
        yaxis=HIDDEN | {"range": [len(rows) - 0.3, -0.6]},
    )


def piece_bars(found: Sequence[Piece], theme: Theme) -> dict[str, Any]:
    """The pieces of one kind."""
    lengths = tuple(days(piece.begins, piece.ends) * DAY_MS for piece in found)
    series = Series(
        KINDS[found[0].pattern],
        found[0].colour,
        lengths,
        hovers=tuple(piece.span.note for piece in found),
        keys=tuple(piece.span.key for piece in found),
        pattern=found[0].pattern,
    )
    return bar(
        series,
        theme,
        orientation="h",
        x=list(lengths),
        base=[piece.begins for piece in found],
        y=[piece.place for piece in found],
        width=0.36,
        offset=0.05,
    )


def name(chart: Timeline, place: int, span: Span) -> dict[str, Any]:
    """The name above a bar: from its start, or to the right edge where it begins late."""
    begins = span.begins or chart.first
    late = days(chart.first, begins) > LATE * days(chart.first, chart.last)
    where = {"xanchor": "right" if late else "left", "yanchor": "bottom"}
    return written(plotly_text(span.label), chart.last if late else begins, place - 0.02, **where)


def signs(
    rows: Sequence[tuple[int, Span]], x: Sequence[str | None], symbol: str, ink: str
) -> dict[str, Any]:
    """A sign in each of these rows."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [place + MIDDLE for place, _ in rows],
        "customdata": [span.key for _, span in rows],
        "hovertext": [plotly_text(span.note) for _, span in rows],
        "hoverinfo": "text",
        "marker": {
            "symbol": symbol,
            "size": 13,
            "color": ink,
            "line": {"width": 1.5, "color": ink},
        },
        "cliponaxis": False,
    }


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
