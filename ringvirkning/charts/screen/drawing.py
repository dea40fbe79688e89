"""What all of Plotly's drawings share: the sheet with margins for words, axes, bars and words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from ringvirkning.charts import (
    AreaLine,
    Bars,
    Columns,
    Dots,
    Lines,
    Measured,
    Pattern,
    Series,
    Timeline,
)
from ringvirkning.charts.layout import FEWEST_COLUMNS, HEADROOM
from ringvirkning.charts.palette import GROUND, INK, LINE, QUIET, STRIPES, Theme, colour, ink_on
from ringvirkning.texts.safe import plotly_text

Setting = TypeVar("Setting")
Drawing = dict[str, Any]  # as Plotly takes it: a figure or a part of one
FONT_STACK = '"Source Sans", "Source Sans 3", sans-serif'
ROW = 48  # pixels for a bar with its label above it
LINE_HEIGHT = 19  # pixels for a line of labels
PHONE, LETTER = 350, 7.4  # pixels: a phone's chart, an average letter
EDGE = 14  # pixels to the right of the last column: its label may be wider than it is
TRANSPARENT = "rgba(0,0,0,0)"
PLAIN = {"showlegend": False, "dragmode": False, "hovermode": "closest", "barcornerradius": 1}
PLAIN |= {"paper_bgcolor": TRANSPARENT, "plot_bgcolor": TRANSPARENT}
FIXED: Drawing = {"fixedrange": True, "tickangle": 0}  # an axis: nothing moves, words lie
HIDDEN: Drawing = {"fixedrange": True, "visible": False}


def sheet(
    data: list[Drawing], theme: Theme, more: Drawing, left: float = 0, right: float = 0,
    top: float = 8, bottom: float = 0,
) -> Drawing:  # fmt: skip
    """A figure; `more` is of its layout. The margins (pixels) are given: finding them out would
    draw it all twice."""
    margin = {"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False}
    font = {"family": FONT_STACK, "size": 14, "color": INK[theme]}
    hover = {"font": font, "bgcolor": GROUND[theme], "bordercolor": QUIET[theme], "align": "left"}
    layout = {"height": 300, "margin": margin, "font": font, "hoverlabel": hover}
    return {"data": data, "layout": layout | PLAIN | more}


def width(words: Iterable[str]) -> float:
    """Pixels for the longest of these words."""
    return LETTER * max(map(len, words), default=0)


def below(labels: Iterable[str]) -> float:
    """Pixels for the labels below a chart."""
    return LINE_HEIGHT * max((label.count("\n") + 1 for label in labels), default=1) + 8


def marker(series: Series, theme: Theme) -> Drawing:
    """Solid, hatched or outlined."""
    fill = colour(series.colour, theme)
    line = {"width": each(series, 0, 0, 1), "color": fill}
    filled = {"color": each(series, fill, fill, TRANSPARENT), "line": line}
    if "hatched" not in series.kinds:
        return filled
    stripes: Drawing = {"shape": each(series, "", "/", ""), "fgcolor": STRIPES[theme]}
    stripes |= {"fillmode": "overlay", "size": 7, "solidity": 0.22}
    return filled | {"pattern": stripes}


def each(
    series: Series, solid: Setting, hatched: Setting, outline: Setting
) -> Setting | list[Setting]:
    """What the bars have by how they are filled; a list where the series has several kinds."""
    of: dict[Pattern, Setting] = {"solid": solid, "hatched": hatched, "outline": outline}
    kinds = [of[kind] for kind in series.patterns]
    return of[series.kinds[0]] if len(series.kinds) == 1 else kinds


def words_in_bars(series: Series, theme: Theme) -> Drawing:
    """The letters of what is written in bars: stripes end before them."""
    on_bar, about = ink_on(series.colour, theme), f"0 0 3px {colour(series.colour, theme)}"
    shadow = each(series, "none", ", ".join([about] * 6), "none")
    return {"color": each(series, on_bar, on_bar, INK[theme]), "shadow": shadow}


def trace(series: Series) -> Drawing:
    """What bars and points of a series have: its name, hovers and keys."""
    return {
        "name": plotly_text(series.label),
        "hovertext": [plotly_text(text) for text in series.hovers] or None,
        "hoverinfo": "text" if series.hovers else "skip",
        "customdata": list(series.keys) or None,
        "cliponaxis": False,
    }


def bar_trace(series: Series, theme: Theme, more: Drawing) -> Drawing:
    """The bars of a series; `more` says where."""
    labels = {"text": list(series.labels) or None, "textangle": 0}
    how = {"type": "bar", "marker": marker(series, theme)}
    inside = {"insidetextfont": words_in_bars(series, theme)} if series.labels else {}
    return trace(series) | how | labels | inside | more


def annotation(text: str, x: str | float, y: float, **more: str) -> Drawing:
    """Words, safe already, that begin at a place of the drawing."""
    return {"text": text, "x": x, "y": y, "xanchor": "left", "showarrow": False} | more


def lying(
    chart: Bars | Dots, data: list[Drawing], ends: Iterable[float], theme: Theme, more: Drawing
) -> Drawing:
    """Rows with their names above them, so that long ones read on a phone, too, and their totals
    after their ends."""
    both = [
        annotation(f" <b>{plotly_text(total)}</b>", end, place + 0.25)
        for place, (end, total) in enumerate(zip(ends, chart.totals, strict=False))
    ]
    for place, name in enumerate(chart.categories):
        both.append(annotation(plotly_text(name), 0, place - 0.02, yanchor="bottom"))
    left = [one | {"xshift": 0, "align": "left"} for one in both]
    return sheet(data, theme, more | {"annotations": left})


def along(categories: Sequence[str], fewest: int = 0) -> Drawing:
    """The axis of the categories; they share the width of so many at least."""
    return FIXED | {
        "tickvals": list(range(len(categories))),
        "ticktext": [plotly_text(name) for name in categories],
        "range": [-0.6, max(len(categories), fewest) - 0.4],
        "showgrid": False,
        "zeroline": False,
        "ticklabeloverflow": "allow",
    }


def scale(ticks: Iterable[tuple[str | float, str]], theme: Theme) -> Drawing:
    """An axis that measures, with faint lines at its ticks."""
    values, words = [value for value, _ in ticks], [words for _, words in ticks]
    return FIXED | {"tickvals": values, "ticktext": words, "gridcolor": LINE[theme]}


def with_rules(figure: Drawing, chart: Measured | Timeline, theme: Theme, axes: int = 1) -> Drawing:
    """The drawing with what happened: a thin rule through each of so many axes, and its label over
    the first, where no value is; below a timeline."""
    if not chart.events:
        return figure
    sheet = figure["layout"]
    is_below = isinstance(chart, Timeline)
    places: Sequence[float | str] = [event.place for event in chart.events]
    if is_below:
        places = [date.fromordinal(int(event.place)).isoformat() for event in chart.events]
    rule = {"type": "line", "layer": "below", "y0": 0, "y1": 1}
    rule |= {"line": {"width": 1, "dash": "dot", "color": QUIET[theme]}}
    sheet["shapes"] = [*sheet.get("shapes", [])] + [
        rule | {"x0": place, "x1": place, "yref": f"y{number or ''} domain"}
        for place in places
        for number in (0, *range(2, axes + 1))
    ]
    small = {"size": 12, "color": QUIET[theme]}
    sheet["annotations"] = [*sheet.get("annotations", [])] + [
        annotation(f"<b>{plotly_text(event.label)}</b>", place, 1 - is_below, yref="y domain")
        | {"yanchor": "top" if is_below else "bottom"}
        | {"xanchor": "center" if event.label.isdecimal() else "left"}
        | {"font": small, "borderpad": 0}
        for event, place in zip(chart.events, places, strict=True)
    ]
    if axes == 1:  # panels have room above them
        sheet["margin"]["b" if is_below else "t"] += LINE_HEIGHT
        sheet["height"] += LINE_HEIGHT
    return figure


def upright(
    chart: Columns | Lines | AreaLine,
    data: list[Drawing],
    top: float,
    theme: Theme,
    more: Drawing,
    right: float = EDGE,
) -> Drawing:
    """A figure with its categories along, and what is measured upwards from zero."""
    small = {"zeroline": False, "tickfont": {"color": QUIET[theme], "size": 12}}
    axes = {
        "xaxis": along(chart.categories, FEWEST_COLUMNS),
        "yaxis": scale(chart.ticks, theme) | small | {"range": [0, top * HEADROOM]},
    }
    left = width(words for _, words in chart.ticks) + 6
    figure = sheet(data, theme, axes | more, left, right, bottom=below(chart.categories))
    return with_rules(figure, chart, theme)
