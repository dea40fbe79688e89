"""The forms as Matplotlib draws them."""

from datetime import date
from itertools import accumulate
from math import ceil
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from ringvirkning.charts import Chart, Series, matrix
from ringvirkning.charts.palette import colour
from ringvirkning.charts.plotly import height
from ringvirkning.charts.scatter import FEWEST, highest
from ringvirkning.charts.svg_drawing import FAINT, GRID, INKED, Hovers, Size, look
from ringvirkning.texts.sentences import shortened

NAME = 44  # letters of a name on one line beside a chart, at most


def stacked(chart: Chart, place: int) -> float:
    """How far the bars of a category reach."""
    values = [series.values[place] or 0 for series in chart.series]
    return (max if chart.grouped else sum)(values) if values else 0


def top(chart: Chart) -> float:
    return max(
        [stacked(chart, place) for place in range(len(chart.categories))]
        + [value for _, value, _ in chart.marks]
        + [1]
    )


def bar(
    axes: Axes, lies: bool, place: float, start: float, value: float, wide: float, how: Any
) -> Any:
    draw: Any = axes.barh if lies else axes.bar
    beginning = {"left" if lies else "bottom": start}
    (drawn,) = draw([place], [value], wide, **beginning, **how)
    return drawn


def each(chart: Chart, axes: Axes, hovers: Hovers, lies: bool, size: Size, wide: float) -> None:
    """The bars of all series, on each other or side by side, with their labels."""
    beside = len(chart.series) if chart.grouped else 1
    for place in range(len(chart.categories)):
        reached = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[place]
            if value is None:
                continue
            at = place + (wide / beside * (number - (beside - 1) / 2) if chart.grouped else 0)
            start = 0 if chart.grouped else reached
            drawn = bar(axes, lies, at, start, value, wide / beside * 0.96, look(series, place))
            hovers.hover(drawn, series.hovers[place] if series.hovers else "")
            reached += value
            if series.labels and series.labels[place] and value:
                inside = not chart.grouped
                axes.annotate(
                    series.labels[place],
                    (start + (value / 2 if inside else value), at)
                    if lies
                    else (at, start + (value / 2 if inside else value)),
                    (0, 0) if inside else (4, 0) if lies else (0, 4),
                    textcoords="offset points",
                    ha="center" if inside or not lies else "left",
                    va="center" if inside or lies else "bottom",
                    color="white" if inside and "hatched" not in series.kinds else INKED,
                    fontsize=size.text * 0.85,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
                    if inside and "hatched" in series.kinds
                    else None,
                )


def upright(chart: Chart, axes: Axes) -> None:
    """The years along, and what is measured upwards, with faint lines."""
    axes.set_xticks(range(len(chart.categories)), chart.categories)
    axes.set_xlim(-0.6, max(len(chart.categories), 4) - 0.4)
    axes.set_yticks([value for value, _ in chart.ticks], [words for _, words in chart.ticks])
    axes.grid(axis="y", color=GRID, linewidth=1)
    axes.set_axisbelow(True)


def columns(chart: Chart, hovers: Hovers, size: Size) -> None:
    (axes,) = hovers.axes()
    upright(chart, axes)
    highest = top(chart)
    axes.set_ylim(0, highest * 1.12)
    each(chart, axes, hovers, False, size, 0.72)
    for place, value, _ in chart.marks:
        axes.plot(
            [place - 0.46, place + 0.46], [value, value], color=INKED, linewidth=size.text / 7
        )
    for place, total in enumerate(chart.totals):
        reached = stacked(chart, place)
        above = [
            v for at, v, _ in chart.marks if at == place and reached <= v < reached + highest / 9
        ]
        written(axes, total, (place, max([reached, *above])), (0, 4), "center", "bottom")


def written(axes: Axes, text: str, at: Any, away: Any, ha: str, va: str) -> None:
    if text:
        axes.annotate(text, at, away, textcoords="offset points", ha=ha, va=va, weight="bold")


def letters(size: Size) -> int:
    """How many letters of a name fit beside the bars."""
    return min(int(0.8 * size.width / size.text), NAME)


def named(axes: Axes, names: list[str], size: Size) -> None:
    """The names beside lying bars, the first on top."""
    lines = max(int(0.85 * size.height / max(len(names), 1) / (1.2 * size.text)), 1)
    said = [fill(n, letters(size), max_lines=min(lines, 2), placeholder="…") for n in names]
    axes.set_yticks(range(len(names)), said, color=INKED)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_locator(NullLocator())


def bars(chart: Chart, hovers: Hovers, size: Size) -> None:
    (axes,) = hovers.axes()
    named(axes, [*chart.categories], size)
    each(chart, axes, hovers, True, size, 0.8 if chart.grouped else 0.62)
    longest = max((len(total) for total in chart.totals), default=0)
    room = min(longest * size.text * 0.5 / (size.width * 0.7), 0.7)
    axes.set_xlim(0, top(chart) / max(1 - room, 0.3))
    for place, total in enumerate(chart.totals):
        written(axes, total, (stacked(chart, place), place), (8, 0), "left", "center")


def panels(chart: Chart, hovers: Hovers, size: Size) -> None:
    found = hovers.axes(len(chart.panels))
    tops = []
    for panel, axes in enumerate(found):
        own = [series for series in chart.series if series.panel == panel]
        tops.append(height(chart, panel))
        panel_bars(axes, own, hovers, size, len(chart.categories))
        axes.set_title(chart.panels[panel], loc="left", weight="bold", fontsize=size.text)
        axes.yaxis.set_major_locator(NullLocator())
    for axes, top_of_panel in zip(found, tops, strict=True):
        axes.set_ylim(0, (max(tops) if chart.is_one_scale else top_of_panel) * 1.3)
    found[-1].set_xticks(range(len(chart.categories)), chart.categories)
    found[-1].set_xlim(-0.6, len(chart.categories) - 0.4)


def panel_bars(axes: Axes, own: list[Series], hovers: Hovers, size: Size, count: int) -> None:
    for place in range(count):
        reached = 0.0
        for series in own:
            value = series.values[place]
            if value is None:
                continue
            drawn = bar(axes, False, place, reached, value, 0.7, look(series, place))
            hovers.hover(drawn, series.hovers[place] if series.hovers else "")
            reached += value
            if series.labels and series.labels[place]:
                axes.annotate(
                    series.labels[place],
                    (place, reached),
                    (0, 3),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=size.text * 0.85,
                )


def timeline(chart: Chart, hovers: Hovers, size: Size) -> None:
    (axes,) = hovers.axes()
    first, last = (day(text) for text in chart.categories)
    named(axes, [shortened(span.label, letters(size)) for span in chart.spans], size)
    axes.set_xlim(first, last)
    axes.xaxis.tick_top()
    step = ceil(len(chart.ticks) * 5 * size.text / size.width)  # a year takes some five letters
    ticks = chart.ticks[::-1][::step]
    axes.set_xticks([day(str(at)) for at, _ in ticks], [words for _, words in ticks])
    axes.grid(axis="x", color=GRID, linewidth=1)
    axes.set_axisbelow(True)
    for place, span in enumerate(chart.spans):
        if span.start_is_unknown:
            until = day(span.begins) if span.begins else last
            axes.plot([first, until], [place, place], ":", color=FAINT, linewidth=size.text / 8)
        if span.begins is None:
            continue
        begins, ends = day(span.begins), day(span.ends or chart.categories[1])
        sure = min(day(span.sure_until or span.begins), ends)
        parts = [
            (begins, sure, "accent", "solid"),
            (max(sure, begins), ends, "unconfirmed", "hatched"),
        ]
        if span.start_is_unknown:
            parts = [(begins, ends, "unconfirmed", "outline")]
        for start, end, code, pattern in parts:
            if end > start:
                how = look(Series("", code, (1,), pattern=pattern), 0)  # type: ignore[arg-type]
                hovers.hover(bar(axes, True, place, start, end - start, 0.5, how), span.note)
        if span.begins_before:
            ink = colour("accent", "light")
            axes.plot([begins], [place], "<", color=ink, markersize=size.text * 0.7, clip_on=False)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def points(chart: Chart, axes: Axes, hovers: Hovers, size: Size, lies: bool) -> None:
    middle = (len(chart.series) - 1) / 2
    for number, series in enumerate(chart.series):
        ink = colour(series.colour, "light")
        found = [
            (place + 0.12 * (number - middle), place, value)
            for place, value in enumerate(series.values)
            if value is not None
        ]
        if not lies and len(found) >= FEWEST:
            axes.plot([at for at, *_ in found], [v for *_, v in found], color=ink, linewidth=3)
        for at, place, value in found:
            if series.low and None not in (series.low[place], series.high[place]):
                ends = [series.low[place], series.high[place]]
                across = ([*ends], [at, at]) if lies else ([at, at], [*ends])
                axes.plot(*across, color=ink, linewidth=2)
            kind = series.pattern if isinstance(series.pattern, str) else series.pattern[place]
            (drawn,) = axes.plot(
                *((value, at) if lies else (at, value)),
                "o",
                color=ink,
                markersize=size.text * 0.5,
                markerfacecolor=ink if kind == "solid" else "white",
                markeredgewidth=2,
            )
            hovers.hover(drawn, series.hovers[place] if series.hovers else "")


def lines(chart: Chart, hovers: Hovers, size: Size) -> None:
    (axes,) = hovers.axes()
    upright(chart, axes)
    axes.set_ylim(0, (highest(chart) or 1) * 1.12)
    points(chart, axes, hovers, size, lies=False)


def dots(chart: Chart, hovers: Hovers, size: Size) -> None:
    (axes,) = hovers.axes()
    named(axes, [*chart.categories], size)
    axes.set_xlim(0, (highest(chart) or 1) * 1.5)
    points(chart, axes, hovers, size, lies=True)
    for place, total in enumerate(chart.totals):
        ends = [end[place] or 0 for s in chart.series for end in (s.values, s.high) if end]
        far = max(ends, default=0)
        written(axes, total, (far, place), (size.text, 0), "left", "center")


def network(chart: Chart, hovers: Hovers, size: Size) -> None:
    """Squares where two have something in common; the names of groups where partners are many."""
    (axes,) = hovers.axes()
    count = len(chart.categories)
    most = max((pair.value for pair in chart.pairs), default=1)
    for pair in chart.pairs:
        side = max(matrix.LARGEST * (pair.value / most) ** 0.5, matrix.LARGEST / 3)
        row, column = pair.places
        how = {"facecolor": colour("accent", "light"), "linewidth": 0}
        hovers.hover(bar(axes, True, row, column - side / 2, side, side, how), pair.hover)
    axes.set_aspect("equal")
    is_named = any(chart.categories) and count <= 22
    ends = list(accumulate(length for _, length in chart.groups))
    middles = [end - (length + 1) / 2 for end, (_, length) in zip(ends, chart.groups, strict=True)]
    names = [shortened(name, 24) for name in chart.categories]
    groups = [shortened(name, 24) for name, _ in chart.groups]
    axes.set_yticks(*((range(count), names) if is_named else (middles, groups)), color=INKED)
    axes.set_xticks([])
    axes.set_xlim(-0.6, count - 0.4)
    axes.set_ylim(count - 0.4, -0.6)
    for end in ends[:-1]:
        axes.axhline(end - 0.5, color=GRID, linewidth=1)
        axes.axvline(end - 0.5, color=GRID, linewidth=1)


DRAW = {
    "columns": columns,
    "bars": bars,
    "panels": panels,
    "timeline": timeline,
    "lines": lines,
    "dots": dots,
    "network": network,
}
