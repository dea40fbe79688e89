"""A chart with so many categories that it can't be read from afar, cut to the first of them."""

from dataclasses import replace
from typing import Any

from ringvirkning.charts import Bars, Chart, Dots, Series, Timeline
from ringvirkning.texts import Words

MOST, MOST_SPANS = 10, 12
CUT = ("values", "labels", "hovers", "keys", "low", "high", "pattern")


def shorter(w: Words, chart: Chart) -> Chart:
    """As many as are read from the back row; the subtitle says of how many, the table has all."""
    if isinstance(chart, Timeline) and len(chart.spans) > MOST_SPANS:
        said = w("chart.shortened", n=MOST_SPANS, all=len(chart.spans))
        return replace(chart, subtitle=f"{chart.subtitle} {said}", spans=chart.spans[:MOST_SPANS])
    if isinstance(chart, Bars | Dots) and len(chart.categories) > MOST:
        said = w("chart.shortened", n=MOST, all=len(chart.categories))
        return replace(
            chart,
            subtitle=f"{chart.subtitle} {said}",
            categories=chart.categories[:MOST],
            totals=chart.totals[:MOST],
            series=tuple(map(shorter_series, chart.series)),
        )
    return chart


def shorter_series(series: Series) -> Series:
    parts = {name: getattr(series, name) for name in CUT}
    shorter: Any = {name: v[:MOST] for name, v in parts.items() if isinstance(v, tuple)}
    return replace(series, **shorter)
