"""A timeline on the screen."""

from collections.abc import Sequence
from datetime import date

from ringvirkning.charts import Pattern, Series, Timeline, TimelineRow
from ringvirkning.charts.layout import Piece, pieces
from ringvirkning.charts.palette import QUIET, Theme, colour
from ringvirkning.charts.screen import drawing
from ringvirkning.charts.screen.drawing import HIDDEN, Drawing
from ringvirkning.texts.safe import plotly_text
from ringvirkning.texts.sentences import shortened_apart

DAY_MS = 86_400_000
HEIGHT = 40  # pixels of a row: a bar with the name above it
LETTERS_ABOVE = 44  # of a name, on a phone
MIDDLE = 0.23  # of a row, where its bar is
PIECES: dict[Pattern, str] = {"solid": "confirmed", "hatched": "unconfirmed", "outline": "seen"}


def timeline(chart: Timeline, theme: Theme) -> Drawing:
    """A row per partnership: confirmed filled, unconfirmed hatched, of unknown start dotted, with
    the years that it is known from in outline.

    An open triangle to the left says that it began then at the latest.
    """
    rows = list(enumerate(chart.spans))
    names = shortened_apart([span.label for span in chart.spans], LETTERS_ABOVE)
    kinds = [[one for one in pieces(chart) if one.pattern == kind] for kind in PIECES]
    unknown = [(place, span) for place, span in rows if span.start_is_unknown]
    early = [(place, span) for place, span in rows if span.begins and span.begins_before]
    starts = [span.begins for _, span in early]
    data = [
        *(piece_trace(found, theme) for found in kinds if found),
        signs(early, starts, "triangle-left", colour("accent", theme)),
        signs(unknown, [chart.first] * len(unknown), "line-ew-open", QUIET[theme]),
    ]
    dotted = [
        {"type": "line", "x0": chart.first, "x1": span.begins or chart.last}
        | {"y0": place + MIDDLE, "y1": place + MIDDLE}
        | {"line": {"width": 2, "dash": "dot", "color": QUIET[theme]}}
        for place, span in unknown
    ]
    days = {"type": "date", "range": [chart.first, chart.last], "side": "top"}
    more = {
        "height": HEIGHT * len(rows) + 40,
        "barmode": "overlay",
        "shapes": dotted,
        "annotations": [name(chart, *one) for one in enumerate(names)],
        "xaxis": drawing.scale(chart.ticks, theme) | days,
        "yaxis": HIDDEN | {"range": [len(rows) - 0.3, -0.8]},
    }
    figure = drawing.sheet(data, theme, more, right=drawing.EDGE, top=drawing.LINE_HEIGHT + 12)
    return drawing.with_rules(figure, chart, theme)


def piece_trace(found: Sequence[Piece], theme: Theme) -> Drawing:
    """The pieces of one kind."""
    kind = found[0]
    lengths = tuple(days(piece.begins, piece.ends) * DAY_MS for piece in found)
    hovers = tuple(piece.span.note for piece in found)
    keys = tuple(piece.span.key for piece in found)
    label = PIECES[kind.pattern]
    series = Series(label, kind.colour, lengths, (), hovers, kind.pattern, keys)
    where = {"base": [piece.begins for piece in found], "y": [piece.place for piece in found]}
    where["x"] = list(lengths)
    how = {"orientation": "h", "width": 0.36, "offset": 0.05}
    return drawing.bar_trace(series, theme, where | how)


def name(chart: Timeline, place: int, said: str) -> Drawing:
    """The name above a bar, at the left: read from top to bottom, at any width."""
    return drawing.annotation(plotly_text(said), chart.first, place - 0.02, yanchor="bottom")


def signs(
    rows: Sequence[tuple[int, TimelineRow]], x: Sequence[str | None], symbol: str, ink: str
) -> Drawing:
    """A sign in each of these rows."""
    line = {"width": 1.5, "color": ink}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [place + MIDDLE for place, _ in rows],
        "customdata": [span.key for _, span in rows],
        "hovertext": [plotly_text(span.note) for _, span in rows],
        "hoverinfo": "text",
        "marker": {"symbol": symbol, "size": 13, "color": ink, "line": line},
        "cliponaxis": False,
    }


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
