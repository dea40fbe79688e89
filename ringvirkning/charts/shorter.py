"""A chart with so many categories that it can't be read from afar, cut to the first of them."""

from dataclasses import replace
from typing import Any

from ringvirkning.charts import Chart, Series
from ringvirkning.texts import Words

MOST = {"bars": 10, "dots": 10, "timeline": 12}
CUT = ("values", "labels", "hovers", "keys", "low", "high", "pattern")


def shorter(w: Words, chart: Chart) -> Chart:
    """As many as are read from the back row; the subtitle says of how many, the table has all."""
    most = MOST.get(chart.form)
    count = len(chart.spans or chart.categories)
    if most is None or count <= most:
        return chart
    first = slice(None, most)
    return replace(
        chart,
        subtitle=f"{chart.subtitle} {w('chart.shortened', n=most, all=count)}",
        categories=chart.categories if chart.spans else chart.categories[first],
        spans=chart.spans[first],
        totals=chart.totals[first],
        series=tuple(cut(series, first) for series in chart.series),
    )


def cut(series: Series, first: slice) -> Series:
    parts = {name: getattr(series, name) for name in CUT}
    shorter: Any = {name: v[first] for name, v in parts.items() if isinstance(v, tuple)}
    return replace(series, **shorter)
