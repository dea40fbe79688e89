"""A network as a matrix: a square where two have something in common, the larger the more."""

from ringvirkning.charts import Network
from ringvirkning.charts.layout import LONGEST, borders, middles, sides
from ringvirkning.charts.palette import LINE, QUIET, Theme, colour
from ringvirkning.charts.screen.drawing import FIXED, Drawing, sheet, width
from ringvirkning.texts.safe import plotly_text
from ringvirkning.texts.sentences import shortened

NAMED, CROWDED = 22, 4  # pixels for a partner: with its name, and where there are too many
ALL_NUMBERED, STEP = 15, 5  # so many partners have a number each above them, of more every fifth


def network(chart: Network, theme: Theme) -> Drawing:
    count = max(len(chart.names), 1)
    is_named = any(chart.names)
    beside = [shortened(name, LONGEST) for name, _ in chart.groups]
    if is_named:
        beside = [f"{shortened(name, LONGEST)}  {at}" for at, name in enumerate(chart.names, 1)]
    is_few = count <= ALL_NUMBERED
    places = [at for at in range(count) if is_named and (is_few or at % STEP == STEP - 1)]
    axis = FIXED | {"zeroline": False, "showgrid": False}
    axis |= {"tickfont": {"size": 12, "color": QUIET[theme]}}
    above = {"tickvals": places, "ticktext": [str(place + 1) for place in places], "side": "top"}
    names = [plotly_text(name) for name in beside]
    left = {"tickvals": list(range(count)) if is_named else middles(chart), "ticktext": names}
    lines = [
        {"type": "line", "line": {"width": 1, "color": LINE[theme]}}
        | {f"{along}0": -0.5, f"{along}1": count - 0.5, f"{across}0": at, f"{across}1": at}
        for at in borders(chart)
        for along, across in ("xy", "yx")
    ]
    more = {
        "height": (NAMED if is_named else CROWDED) * count + 48,
        "shapes": lines,
        "xaxis": axis | {"range": [-0.6, count - 0.4]} | above,
        "yaxis": axis | {"range": [count - 0.4, -0.6]} | left,
    }
    return sheet([squares(chart, theme)], theme, more, width(beside) * 0.9 + 8, 14, 26)


def squares(chart: Network, theme: Theme) -> Drawing:
    """Bars, since their size follows the axes: on a phone they stay apart."""
    widths = sides(chart)
    return {
        "type": "bar",
        "orientation": "h",
        "base": [pair.places[1] - side / 2 for pair, side in zip(chart.pairs, widths, strict=True)],
        "x": widths,
        "width": widths,
        "y": [pair.places[0] for pair in chart.pairs],
        "hovertext": [plotly_text(pair.hover) for pair in chart.pairs],
        "hoverinfo": "text",
        "customdata": [pair.key for pair in chart.pairs],
        "marker": {"color": colour("accent", theme), "line": {"width": 0}},
    }
