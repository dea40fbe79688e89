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
    Mark,
    Panels,
    Pattern,
    Series,
    Timeline,
    TimelineRow,
)
from ringvirkning.texts.sentences import shortened_apart

FEWEST_COLUMNS = 4  # columns that share the width; fewer are as wide, so that one is no wall
HEADROOM = 1.12  # of the highest value: its label stands above it
MARK_HEADROOM = 1.1  # of that, where a mark has words, too
FEWEST_ROWS = 6  # lying bars that share the height; fewer are no thicker
HIGHEST_ROW = 5  # of letters: a row, so that a few stand below one another and are no blocks
BROAD, SLIM = 0.7, 0.5  # of a column's room: a bar, one of four in panels
ALONE_IN_ROW, BESIDE_OTHERS = 0.62, 0.8  # of a row's: a lying bar, several
WRAPPED = 0.85  # of several lines: what is written, where words are kept whole
MARK = 0.1  # the same: what a mark is longer than a bar, to each side
NEAR, NEAR_IN_PANEL = 1 / 9, 1 / 4  # of the highest: no room for words in between
CLEAR = 0.12  # of that: between a mark and the words on it
PANEL_ROOM = 0.3  # of the highest column of all panels: for the words above each
SECOND_LINE = 1.5  # of that: for two lines
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
    return max([*lengths(chart), *(mark.value for mark in marks), 1])


def ceiling(chart: Columns) -> float:
    """The same with room for the words of marks."""
    return top(chart) * (MARK_HEADROOM if chart.marks else 1)


@dataclass(frozen=True)
class Above:
    """What is written above the column at a place: what it comes to and, above that, its mark's
    words; "" for either that stands elsewhere."""

    place: int
    height: float
    total: str
    label: str = ""

    @property
    def lines(self) -> float:
        """How high its words are, of the room for those of one line."""
        return SECOND_LINE if self.total and self.label else 1


def words_above(
    heights: Sequence[float], totals: Sequence[str], marks: Sequence[Mark], near: float
) -> list[Above]:
    """The words above columns: each total on its column and each mark's words on the mark, or both
    on the higher where the mark is not further above the column than `near`."""
    marked = {mark.place: mark for mark in marks}
    found: list[Above] = []
    for place, (height, total) in enumerate(
        zip(heights, totals or [""] * len(heights), strict=True)
    ):
        mark = marked.get(place)
        over = mark.value + near * CLEAR if mark else 0
        if mark and mark.value < height + near:
            found.append(Above(place, max(height, over), total, mark.label))
        else:
            found.append(Above(place, height, total))
            found += [Above(place, over, "", mark.label)] if mark else []
    return [one for one in found if one.total or one.label]


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
    """The highest column or mark of each panel, 1 at least."""
    count = len(chart.categories)
    return [
        max([*sums(chart.inside(at), count), *(m.value for m in chart.marks_in(at)), 1])
        for at in range(len(chart.panels))
    ]


def panel_reaches(chart: Panels) -> list[float]:
    """How far each panel reaches, with room for words, below those of what happened: as high as its
    share of what all reach, all are on one scale."""
    own = tops(chart)
    room = PANEL_ROOM * max(own)
    return [
        max([highest + room, *(one.height + room * one.lines for one in above_panel(chart, panel))])
        for panel, highest in enumerate(own)
    ]


def above_panel(chart: Panels, panel: int) -> list[Above]:
    """The words above the columns of a panel."""
    heights = sums(chart.inside(panel), len(chart.categories))
    near = max(tops(chart)) * NEAR_IN_PANEL
    return words_above(heights, panel_totals(chart, panel), chart.marks_in(panel), near)


def above(chart: Columns) -> list[Above]:
    """The words above its columns."""
    return words_above(lengths(chart), chart.totals, chart.marks, top(chart) * NEAR)


def column_bar(chart: Columns) -> float:
    """How much of its room a column takes where as many as there are share the width."""
    return BROAD * min(1, len(chart.categories) / FEWEST_COLUMNS)


def panel_bar(chart: Panels) -> float:
    """How wide bars are: a few are slim, or they would be walls."""
    few = len(chart.categories) / FEWEST_COLUMNS
    return SLIM * few if few <= 1 else BROAD


def mark_aside(bar: float) -> float:
    """How far a mark reaches from the middle of a bar of this width, to each side."""
    return bar / 2 + MARK * min(1, bar / SLIM)


def bar_in_row(chart: Bars) -> float:
    """How much of its row's height a lying bar takes on slides and paper."""
    most = BESIDE_OTHERS if chart.grouped else ALONE_IN_ROW
    return most * min(1, max(len(chart.categories), FEWEST_COLUMNS) / FEWEST_ROWS)


def rows_sharing(count: int, height: float, text: float) -> float:
    """How many rows share a height where so many stand in it: none is higher than HIGHEST_ROW
    letters of this size, and what is left stays below."""
    return max(count, height / (HIGHEST_ROW * text))


def names_beside(names: Sequence[str], letters: int, lines: int) -> list[str]:
    """Names for so many lines of so many letters: what is cut keeps what tells it apart."""
    return shortened_apart(names, letters if lines == 1 else int(WRAPPED * letters * lines))


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
