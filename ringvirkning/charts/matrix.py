"""A network as a matrix: a square where two have something in common, the larger the more."""

from itertools import accumulate
from math import sqrt
from typing import Any

from ringvirkning.charts import Chart
from ringvirkning.charts.drawing import LETTER, layout
from ringvirkning.charts.palette import LINE, QUIET, Theme, colour
from ringvirkning.texts.safe import plotly_text
from ringvirkning.texts.sentences import shortened

LONGEST = 24  # letters of a name beside the matrix
NAMED, CROWDED = 22, 4  # pixels for a partner: with its name, and where there are too many
LARGEST = 0.9  # of the room that a pair has


def network(chart: Chart, theme: Theme) -> dict[str, Any]:
    count = max(len(chart.categories), 1)
    is_named = any(chart.categories)
    step = NAMED if is_named else CROWDED
    most = max((pair.value for pair in chart.pairs), default=1)
    sides = [max(LARGEST * sqrt(pair.value / most), LARGEST / 3) for pair in chart.pairs]
    names = [
        f"{shortened(name, LONGEST)}  {place}" for place, name in enumerate(chart.categories, 1)
    ]
    ends = list(accumulate(size for _, size in chart.groups))
    middles = [end - (size + 1) / 2 for end, (_, size) in zip(ends, chart.groups, strict=True)]
    beside = names if is_named else [shortened(name, LONGEST) for name, _ in chart.groups]
    tick = {"fixedrange": True, "zeroline": False, "showgrid": False, "tickangle": 0}
    small = {"tickfont": {"size": 12, "color": QUIET[theme]}}
    places = [at for at in range(count) if count <= 15 or at % 5 == 4] if is_named else []
    return {
        "data": [
            # Bars, since their size follows the axes: on a phone they stay apart.
            {
                "type": "bar",
                "orientation": "h",
                "base": [
                    p.places[1] - side / 2 for p, side in zip(chart.pairs, sides, strict=True)
                ],
                "x": sides,
                "width": sides,
                "y": [pair.places[0] for pair in chart.pairs],
                "hovertext": [plotly_text(pair.hover) for pair in chart.pairs],
                "hoverinfo": "text",
                "customdata": [pair.key for pair in chart.pairs],
                "marker": {"color": colour("accent", theme), "line": {"width": 0}},
            }
        ],
        "layout": layout(
            theme,
            left=LETTER * max(map(len, beside), default=0) * 0.9 + 8,
            right=14,
            top=26,
            height=step * count + 48,
            shapes=[
                {"type": "line", "line": {"width": 1, "color": LINE[theme]}} | across
                for end in ends[:-1]
                for across in (
                    {"x0": -0.5, "x1": count - 0.5, "y0": end - 0.5, "y1": end - 0.5},
                    {"y0": -0.5, "y1": count - 0.5, "x0": end - 0.5, "x1": end - 0.5},
                )
            ],
            xaxis=tick
            | small
            | {
                "side": "top",
                "range": [-0.6, count - 0.4],
                "tickvals": places,
                "ticktext": [str(place + 1) for place in places],
            },
            yaxis=tick
            | small
            | {
                "range": [count - 0.4, -0.6],
                "tickvals": list(range(count)) if is_named else middles,
                "ticktext": [plotly_text(name) for name in beside],
            },
        ),
    }
