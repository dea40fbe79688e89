"""What screen, paper and PowerPoint share of a drawing: how far bars reach, where words and marks
stand, which pieces a timeline has. Places are counted from 0, lengths in the chart's own unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ringvirkning.charts import (
    AreaLine,
    Bars,
    Columns,
    Dots,
    Lines,
    Panels,
    Pattern,
    Series,
    Timeline,
    TimelineRow,
)

FEWEST_COLUMNS = 4  # columns that share the width, so that one year is no wall
HEADROOM = 1.12  # of the highest value: its label stands above it
MARK = 0.46  # of a column's room, to each side of its middle
JOINED = 4  # points that make a line, at least
APART = 0.12  # between the points of several series
SHADES: dict[Pattern, float] = {"solid": 0.55, "hatched": 0.3, "outline": 0.14}


def sums(series: Sequence[Series], count: int) -> list[float]:
    """How far the series reach at each of so many categories, one on the other."""
    return [sum(s.values[place] or 0 for s in series) for place in range(count)]


def lengths(chart: Columns | Bars) -> list[float]:
    """How far the bars of each category reach, on each other or side by side."""
    count = len(chart.categories)
    if not chart.grouped:
        return sums(chart.series, count)
    return [max((s.values[i] or 0 for s in chart.series), default=0) for i in range(count)]


def top(chart: Columns | Bars) -> float:
    """The highest bar or mark, 1 at least."""
    marks = chart.marks if isinstance(chart, Columns) else ()
    return max([*lengths(chart), *(value for _, value, _ in marks), 1])


def total_heights(chart: Columns) -> list[float]:
    """Where the total of each column stands: on the column, or on a mark so close above it that it
    would strike out the number."""
    near = top(chart) / 9
    return [
        max([h, *(v for at, v, _ in chart.marks if at == place and h <= v < h + near)])
        for place, h in enumerate(lengths(chart))
    ]


def shade(series: Series) -> float:
    """How much of its colour an area has: the surer, the more."""
    return min((SHADES[kind] for kind in series.kinds), default=1)


def area_top(chart: AreaLine) -> float:
    """The highest total, 1 at least."""
    return max([*sums(chart.series, len(chart.categories)), 1])


def end_heights(chart: AreaLine, least: float) -> list[float]:
    """Where the words beside the last point stand, from the lowest up: at their heights, but
    `least` apart."""
    found: list[float] = []
    for height, _ in chart.ends:
        found.append(max(height, found[-1] + least) if found else height)
    return found


def tops(chart: Panels) -> list[float]:
    """The highest column of each panel, 1 at least; of all where they are of one scale."""
    count = len(chart.categories)
    own = [max([*sums(chart.inside(at), count), 1]) for at in range(len(chart.panels))]
    return [max(own, default=1)] * len(own) if chart.is_one_scale else own


def panel_totals(chart: Panels, panel: int) -> list[str]:
    """What is written above each column of a panel: the labels of the highest of its series that
    has some."""
    own = chart.inside(panel)[::-1]
    return [
        next((s.labels[place] for s in own if s.labels and s.labels[place]), "")
        for place in range(len(chart.categories))
    ]


def highest(chart: Lines | Dots) -> float:
    """The highest value or end of an interval, 1 where all is zero or unknown."""
    found = [v for s in chart.series for v in (*s.values, *s.high) if v is not None]
    return max(found, default=1) or 1


def ends(chart: Dots) -> list[float]:
    """How far the points of each category and their intervals reach."""
    return [
        max((v[place] or 0 for s in chart.series for v in (s.high, s.values) if v), default=0)
        for place in range(len(chart.categories))
    ]


def asides(chart: Lines | Dots) -> list[float]:
    """How far from the middle of their category the points of each series stand."""
    middle = (len(chart.series) - 1) / 2
    return [APART * (number - middle) for number in range(len(chart.series))]


@dataclass(frozen=True)
class Piece:
    """What is drawn in one way of the span at a place: from a day to a later one."""

    place: int
    span: TimelineRow
    begins: str
    ends: str
    colour: str
    pattern: Pattern


def pieces(chart: Timeline) -> Iterator[Piece]:
    """Of each span what is confirmed and what is not; of unknown start the years that it is known
    from. Days as ISO text are in the order of their letters."""
    for place, span in enumerate(chart.spans):
        if not span.begins:
            continue
        end = span.ends or chart.last
        sure = min(span.sure_until or span.begins, end)
        found: list[tuple[str, str, str, Pattern]] = [
            (span.begins, sure, "accent", "solid"),
            (max(sure, span.begins), end, "unconfirmed", "hatched"),
        ]
        if span.start_is_unknown:
            found = [(span.begins, end, "unconfirmed", "outline")]
        yield from (Piece(place, span, *one) for one in found if one[1] > one[0])
