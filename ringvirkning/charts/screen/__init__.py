"""A chart on the screen, as a plain dictionary for Plotly (graph objects cost ten times more).

All words and numbers come ready from the specification, so that nothing is formatted in two ways.
"""

import json
from functools import lru_cache
from typing import Any

from ringvirkning.charts import Bars, Chart, Columns, Dots, Lines, Network, Panels, Timeline
from ringvirkning.charts.palette import Theme
from ringvirkning.charts.screen.bars import bars, columns, panels
from ringvirkning.charts.screen.network import network
from ringvirkning.charts.screen.points import dots, lines
from ringvirkning.charts.screen.timeline import timeline

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}


def figure(chart: Chart, theme: Theme) -> dict[str, Any]:
    """The Plotly figure of a chart: `data` and `layout`; empty for a form that is no picture."""
    match chart:
        case Columns():
            return columns(chart, theme)
        case Bars():
            return bars(chart, theme)
        case Panels():
            return panels(chart, theme)
        case Lines():
            return lines(chart, theme)
        case Dots():
            return dots(chart, theme)
        case Timeline():
            return timeline(chart, theme)
        case Network():
            return network(chart, theme)
    return {}


@lru_cache(maxsize=256)
def figure_json(chart: Chart, theme: Theme) -> str:
    """The figure as JSON, "" for none; kept, since the same charts are asked for again."""
    drawn = figure(chart, theme)
    return json.dumps(drawn | {"config": CONFIG}, ensure_ascii=False) if drawn else ""
