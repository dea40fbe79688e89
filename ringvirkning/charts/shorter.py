"""A chart with so many categories that it can't be read from afar, cut to the first of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

from ringvirkning.charts import Bars, Chart, Dots, Panels, RowsOnly, Series, Timeline, forms
from ringvirkning.texts import Words
from ringvirkning.texts.sentences import and_more

MOST, MOST_SPANS, MOST_PANELS = 10, 12, 4
LETTERS_ACROSS, LINES_OF_A_SLIDE = 150, 19  # of a table on a slide
CUT = ("values", "labels", "hovers", "keys", "low", "high", "pattern")


def shorter(w: Words, chart: Chart) -> Chart:
    """As many as are read from the back row; the subtitle says of how many."""
    if isinstance(chart, Timeline) and len(chart.spans) > MOST_SPANS:
        said = w("chart.shortened", n=MOST_SPANS, all=len(chart.spans))
        spans = chart.spans[:MOST_SPANS]
        first, ticks = forms.time_of(spans, chart.last)
        subtitle = and_more(chart.subtitle, said)
        begins = date.fromisoformat(first).toordinal()
        events = tuple(event for event in chart.events if event.place >= begins)
        return replace(
            chart, subtitle=subtitle, spans=spans, first=first, ticks=ticks, events=events
        )
    if isinstance(chart, Bars | Dots) and len(chart.categories) > MOST:
        said = w("chart.shortened", n=MOST, all=len(chart.categories))
        return replace(
            chart,
            subtitle=and_more(chart.subtitle, said),
            categories=chart.categories[:MOST],
            totals=chart.totals[:MOST],
            series=tuple(map(shorter_series, chart.series)),
        )
    if isinstance(chart, Panels) and len(chart.panels) > MOST_PANELS:
        return largest_panels(w, chart)
    if isinstance(chart, RowsOnly) and (fit := rows_on_slide(chart.rows)) < len(chart.rows) - 1:
        said = w("chart.shortened", n=fit, all=len(chart.rows) - 1)
        return replace(chart, subtitle=and_more(chart.subtitle, said), slide_rows=fit)
    return chart


def largest_panels(w: Words, chart: Panels) -> Panels:
    """In the order in which they stand."""
    sizes = [
        sum(v or 0 for series in chart.inside(at) for v in series.values)
        for at in range(len(chart.panels))
    ]
    kept = sorted(sorted(range(len(sizes)), key=lambda at: -sizes[at])[:MOST_PANELS])
    said = w("chart.largest_rows", n=MOST_PANELS, all=len(sizes))
    return replace(
        chart,
        subtitle=and_more(chart.subtitle, said),
        panels=tuple(chart.panels[at] for at in kept),
        series=tuple(
            replace(series, panel=place)
            for place, at in enumerate(kept)
            for series in chart.inside(at)
        ),
        marks=chart.marks if 0 in kept else (),
    )


def rows_on_slide(rows: Sequence[Sequence[str]]) -> int:
    """How many rows below the heading a slide has room for; wordy ones take several lines."""
    letters = max(LETTERS_ACROSS // len(rows[0]), 1)
    lines = list(accumulate(max(-(-len(cell) // letters) for cell in row) + 0.5 for row in rows))
    fit = sum(reached <= LINES_OF_A_SLIDE for reached in lines) - 1
    return max(1, min(MOST, fit))


def shorter_series(series: Series) -> Series:
    parts = {name: getattr(series, name) for name in CUT}
    shorter: Any = {name: v[:MOST] for name, v in parts.items() if isinstance(v, tuple)}
    return replace(series, **shorter)
