"""A chart on the screen, as a plain dictionary for Plotly (graph objects cost ten times more).

All words and numbers come ready from the specification, so that nothing is formatted in two ways.
"""

import json
from functools import lru_cache, singledispatch

from ringvirkning.charts import Chart
from ringvirkning.charts.palette import Theme
from ringvirkning.charts.screen.bars import bars, columns, panels
from ringvirkning.charts.screen.drawing import Drawing
from ringvirkning.charts.screen.points import area, dots, lines
from ringvirkning.charts.screen.timeline import timeline

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}


@singledispatch
def plotly_figure(chart: Chart, theme: Theme) -> Drawing:
    """The Plotly figure of a chart: `data` and `layout`; empty for a form that is no picture."""
    return {}


for form in (columns, bars, panels, lines, area, dots, timeline):
    plotly_figure.register(form)


@lru_cache(maxsize=256)
def figure_json(chart: Chart, theme: Theme) -> str:
    """The figure as JSON, "" for none; kept, since the same charts are asked for again."""
    drawn = plotly_figure(chart, theme)
    return json.dumps(drawn | {"config": CONFIG}, ensure_ascii=False) if drawn else ""
