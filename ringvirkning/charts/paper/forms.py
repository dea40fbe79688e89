"""The forms as Matplotlib draws them: each on a sheet of its own."""

from collections.abc import Sequence
from datetime import date
from functools import singledispatch
from math import ceil, nan

from matplotlib.axes import Axes

from ringvirkning.charts import (
    AreaLine,
    Bars,
    Chart,
    Columns,
    Dots,
    Lines,
    Mark,
    Panels,
    Series,
    Timeline,
    layout,
)
from ringvirkning.charts.palette import colour, ink_on, tint
from ringvirkning.charts.paper.drawing import (
    EVENT_PAD,
    FAINT,
    GRID_LINE,
    INKED,
    PANEL_WORDS,
    WORDS_ABOVE,
    WORDS_AFTER,
    Places,
    Sheet,
    Style,
    put_bar,
    put_line,
    put_rule,
    put_words,
    style,
    ticks_between,
)

DOT: Style = {"marker": "o", "linestyle": "none"}
STICKS_OUT: Style = {"clip_on": False, "in_layout": True}


@singledispatch
def draw(chart: Chart, sheet: Sheet) -> None:
    """Draw a chart; of a form that is no picture nothing."""


def draw_bars(chart: Columns | Bars, axes: Axes, sheet: Sheet, wide: float) -> None:
    """The bars of all series, on each other or side by side, with their labels."""
    beside = len(chart.series) if chart.grouped else 1
    lies = isinstance(chart, Bars)
    for place in range(len(chart.categories)):
        start = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[place]
            if value is None:
                continue
            at = place + (wide / beside * (number - (beside - 1) / 2) if chart.grouped else 0)
            sheet.bar(axes, lies, at, start, value, wide / beside * 0.96, series, place)
            if series.labels and value:
                along = start + (value if chart.grouped else value / 2)
                where = (along, at) if lies else (at, along)
                how = label_place(series, lies, chart.grouped) | {"fontsize": sheet.size.small}
                put_words(axes, series.labels[place], where, how)
            start += 0 if chart.grouped else value


def label_place(series: Series, lies: bool, grouped: bool) -> Style:
    """What is written where a bar ends or, if others may stand on it, in its middle."""
    if grouped and lies:
        return {"away": (4, 0), "ha": "left", "va": "center", "color": INKED}
    if grouped:
        return {"away": (0, 4), "ha": "center", "va": "bottom", "color": INKED}
    middle: Style = {"away": (0, 0), "ha": "center", "va": "center"}
    if {*series.kinds} == {"solid"}:
        return middle | {"color": ink_on(series.colour, "light")}
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
    return middle | {"color": INKED, "bbox": ground}


@draw.register
def draw_column_chart(chart: Columns, sheet: Sheet) -> None:
    axes = sheet.upright(chart, layout.ceiling(chart))
    bar = layout.column_bar(chart)
    draw_bars(chart, axes, sheet, bar)
    draw_marks(axes, chart.marks, bar, sheet)
    draw_above(axes, layout.above(chart), sheet, WORDS_ABOVE)


def draw_marks(axes: Axes, marks: Sequence[Mark], bar: float, sheet: Sheet) -> None:
    """Targets across bars of this width."""
    aside = layout.mark_aside(bar)
    for mark in marks:
        across = [mark.place - aside, mark.place + aside]
        how: Style = {"color": INKED, "linewidth": sheet.size.text / 7}
        put_line(axes, across, [mark.value] * 2, how)


def draw_above(axes: Axes, above: Sequence[layout.Above], sheet: Sheet, how: Style) -> None:
    """What columns come to, and the words of their marks above that."""
    aside, over = how["away"]
    small: Style = how | {"fontsize": sheet.size.small, "color": FAINT, "weight": "normal"}
    for one in above:
        at = (one.place, one.height)
        put_words(axes, one.total, at, how)
        raised = over + (sheet.size.text * 1.2 if one.total else 0)
        put_words(axes, one.label, at, small | {"away": (aside, raised)})


@draw.register
def draw_bar_chart(chart: Bars, sheet: Sheet) -> None:
    axes = sheet.lying([*chart.categories])
    draw_bars(chart, axes, sheet, layout.bar_in_row(chart))
    axes.set_xlim(0, layout.top(chart) / (1 - room_after(chart, sheet)))
    for place, (end, total) in enumerate(zip(layout.lengths(chart), chart.totals, strict=False)):
        put_words(axes, total, (end, place), WORDS_AFTER)


def room_after(chart: Bars | Dots, sheet: Sheet) -> float:
    """What share of the plot the longest of the words after bars or dots takes."""
    aside = 4 * isinstance(chart, Dots)  # letters
    longest = max((len(total) + aside for total in chart.totals), default=0)
    return min(longest * sheet.size.text * 0.5 / (sheet.size.width * 0.7), 0.7)


@draw.register
def draw_panels(chart: Panels, sheet: Sheet) -> None:
    reaches, bar = layout.panel_reaches(chart), layout.panel_bar(chart)
    found = sheet.axes(reaches)
    for panel, (axes, most) in enumerate(zip(found, reaches, strict=True)):
        draw_panel(axes, chart.inside(panel), bar, sheet)
        draw_marks(axes, chart.marks_in(panel), bar, sheet)
        draw_above(
            axes,
            layout.above_panel(chart, panel),
            sheet,
            PANEL_WORDS | {"fontsize": sheet.size.small},
        )
        # The name of the first stands above the labels of what happened.
        pad = sheet.size.small + EVENT_PAD + 6 if chart.events and not panel else None
        axes.set_title(
            chart.panels[panel], loc="left", weight="bold", fontsize=sheet.size.text, pad=pad
        )
        axes.set_ylim(0, most)
        axes.set_xlim(-0.6, len(chart.categories) - 0.4)
    sheet.rules(chart, found)
    sheet.along(found[-1], [*enumerate(chart.categories)])


def draw_panel(axes: Axes, own: Sequence[Series], bar: float, sheet: Sheet) -> None:
    for place in range(len(own[0].values) if own else 0):
        reached = 0.0
        for series in own:
            value = series.values[place]
            if value is None:
                continue
            sheet.bar(axes, False, place, reached, value, bar, series, place)
            reached += value


@draw.register
def draw_timeline(chart: Timeline, sheet: Sheet) -> None:
    size = sheet.size
    axes = sheet.lying([span.label for span in chart.spans])
    axes.set_xlim(day_number(chart.first), day_number(chart.last))
    step = ceil(len(chart.ticks) * 5 * size.text / size.width)  # a year takes some five letters
    ticks = chart.ticks[::-1][::step]
    years = ticks_between([(day_number(at), words) for at, words in ticks], axes.get_xlim())
    sheet.along(axes, years, is_above=True)
    for at, _ in years:
        put_rule(axes, axes.get_xaxis_transform(), [at, at], [0, 1], GRID_LINE)
    for piece in layout.pieces(chart):
        start, end = day_number(piece.begins), day_number(piece.ends)
        how = style(piece.colour, piece.pattern)
        drawn = put_bar(axes, True, piece.place, start, end - start, 0.5, how)
        sheet.hover(drawn, piece.span.note)
    early: Style = {"color": colour("accent", "light"), "marker": "<", "linestyle": "none"}
    early |= {"markersize": size.text * 0.7} | STICKS_OUT
    dotted: Style = {"linestyle": ":", "color": FAINT, "linewidth": size.text / 8}
    for place, span in enumerate(chart.spans):
        if span.start_is_unknown:
            known = [day_number(chart.first), day_number(span.begins or chart.last)]
            put_line(axes, known, [place, place], dotted)
        if span.begins and span.begins_before:
            put_line(axes, [day_number(span.begins)], [place], early)
    sheet.rules(chart, [axes])


def day_number(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def draw_points(chart: Lines | Dots, axes: Axes, sheet: Sheet) -> None:
    """The points of each series with what they may as well be, joined over time."""
    lies = isinstance(chart, Dots)
    for series, aside in zip(chart.series, layout.asides(chart), strict=True):
        ink = colour(series.colour, "light")
        found = [(at + aside, at, v) for at, v in enumerate(series.values) if v is not None]
        if not lies and len(found) >= layout.JOINED:
            # What is not known is a gap.
            ends = [(at + aside, nan if v is None else v) for at, v in enumerate(series.values)]
            along, upright = zip(*ends, strict=True)
            put_line(axes, along, upright, {"color": ink, "linewidth": 3})
        for at, place, value in found:
            if series.low and None not in (series.low[place], series.high[place]):
                far = [series.low[place], series.high[place]]
                where: tuple[Places, Places] = (far, [at, at]) if lies else ([at, at], far)
                put_line(axes, *where, {"color": ink, "linewidth": 2})
            filled = ink if series.patterns[place] == "solid" else "white"
            how = DOT | {"color": ink, "markerfacecolor": filled, "markeredgewidth": 2}
            how |= {"markersize": sheet.size.text * 0.5}
            where = ([value], [at]) if lies else ([at], [value])
            drawn = put_line(axes, *where, how)
            sheet.hover(drawn, series.hovers[place] if series.hovers else "")


@draw.register
def draw_lines(chart: Lines, sheet: Sheet) -> None:
    draw_points(chart, sheet.upright(chart, layout.highest(chart)), sheet)


@draw.register
def draw_area(chart: AreaLine, sheet: Sheet) -> None:
    top = layout.area_top(chart)
    axes = sheet.upright(chart, top)
    places = range(len(chart.categories))
    reached = [0.0 for _ in places]
    for series in chart.series:
        lower = reached
        reached = [low + (v or 0) for low, v in zip(lower, series.values, strict=True)]
        ink = tint(series.colour, "light", layout.shade(series))
        axes.fill_between(places, lower, reached, color=ink, linewidth=0)
    ink = colour("accent", "light")
    put_line(axes, places, reached, {"color": ink, "linewidth": sheet.size.text / 6} | STICKS_OUT)
    for at, said in zip(places, chart.hovers, strict=False):
        large: Style = {"markersize": sheet.size.text * (0.5 if at == places[-1] else 0.1)}
        how = DOT | STICKS_OUT | {"color": ink} | large
        sheet.hover(put_line(axes, [at], [reached[at]], how), said)
    last = max(len(places) - 1, 0)
    least = 1.3 * sheet.size.text / (0.8 * sheet.size.height) * top * layout.HEADROOM
    heights = layout.end_heights(chart, least)
    for height, (_, words) in zip(heights, chart.ends, strict=True):
        how = WORDS_AFTER | {"color": ink if words == chart.ends[-1][1] else FAINT}
        put_words(axes, words, (last, height), how)
    axes.set_xlim(-0.3, last + 0.1)


@draw.register
def draw_dots(chart: Dots, sheet: Sheet) -> None:
    axes = sheet.lying([*chart.categories])
    axes.set_xlim(0, layout.highest(chart) * max(1 / (1 - room_after(chart, sheet)), 1.5))
    draw_points(chart, axes, sheet)
    for place, (end, total) in enumerate(zip(layout.ends(chart), chart.totals, strict=False)):
        put_words(axes, total, (end, place), WORDS_AFTER | {"away": (sheet.size.text, 0)})
