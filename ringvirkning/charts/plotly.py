"""A chart specification drawn by Plotly, as a plain dictionary (graph objects cost ten times more).

All words and numbers come ready from the specification, so that nothing is formatted in two ways.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from ringvirkning.charts import Chart, Series, Span, matrix, scatter
from ringvirkning.charts.drawing import (
    BAR,
    EDGE,
    LETTER,
    LINE_HEIGHT,
    PHONE,
    ROW,
    axes,
    bar,
    below,
    beside,
    layout,
)
from ringvirkning.charts.palette import INK, LINE, QUIET, Theme, colour
from ringvirkning.texts.safe import plotly_text

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}
DAY_MS = 86_400_000


def figure(chart: Chart, theme: Theme) -> dict[str, Any]:
    """The Plotly figure of a chart."""
    return DRAW[chart.form](chart, theme)


@lru_cache(maxsize=256)
def drawn(chart: Chart, theme: Theme) -> str:
    """The figure as JSON; kept, since the same charts are asked for again."""
    return json.dumps(figure(chart, theme) | {"config": CONFIG}, ensure_ascii=False)


def columns(chart: Chart, theme: Theme) -> dict[str, Any]:
    """Upright bars over years, stacked or side by side, with targets as thin marks."""
    places = list(range(len(chart.categories)))
    traces = [
        bar(
            series,
            theme,
            x=places,
            y=series.values,
            textposition="outside" if chart.grouped else "inside",
            insidetextanchor="middle",
            constraintext="none" if chart.grouped else "both",
        )
        for series in chart.series
    ]
    together = max if chart.grouped else sum
    heights = [together(s.values[i] or 0 for s in chart.series) for i in places]
    top = max([*heights, *(value for _, value, _ in chart.marks), 1])
    # A mark just above a column would strike out its number.
    above = [
        max([h, *(value for at, value, _ in chart.marks if at == i and h <= value < h + top / 9)])
        for i, h in enumerate(heights)
    ]
    if chart.totals:
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": places,
                "y": above,
                "text": [f"<b>{plotly_text(total)}</b>" for total in chart.totals],
                "textposition": "top center",
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )
    marks = [
        {"type": "line", "x0": place - 0.46, "x1": place + 0.46, "y0": value, "y1": value}
        | {"line": {"width": 3, "color": INK[theme]}}
        for place, value, _ in chart.marks
    ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            left=beside(chart.ticks),
            right=EDGE,
            bottom=below(chart.categories),
            barmode="group" if chart.grouped else "stack",
            bargap=0.28,
            bargroupgap=0.06,
            shapes=marks,
            **axes(chart, top, theme),
        ),
    }


def bars(chart: Chart, theme: Theme) -> dict[str, Any]:
    """Lying bars with their labels above them, so that long names read on a phone too."""
    places = list(range(len(chart.categories)))
    side_by_side = len(chart.series) if chart.grouped else 1
    row = BAR * side_by_side + ROW // 2 if chart.grouped else ROW
    width = BAR * 0.9 / row if chart.grouped else 0.4
    traces = [
        bar(
            series,
            theme,
            orientation="h",
            y=places,
            x=series.values,
            width=width,
            offset=0.05 + (width * n if chart.grouped else 0),
            textposition="outside" if chart.grouped else "none",
        )
        for n, series in enumerate(chart.series)
    ]
    together = max if chart.grouped else sum
    lengths = [together(s.values[i] or 0 for s in chart.series) for i in places]
    longest = max([*lengths, 1])
    ends = chart.totals or tuple(
        max((s.labels[i] for s in chart.series if s.labels), key=len, default="") for i in places
    )
    written = [
        {"x": length, "y": i + 0.25, "text": f" <b>{plotly_text(total)}</b>", "xanchor": "left"}
        for i, (length, total) in enumerate(zip(lengths, chart.totals, strict=False))
    ] + [
        {"x": 0, "y": i - 0.02, "text": plotly_text(label), "xanchor": "left", "yanchor": "bottom"}
        for i, label in enumerate(chart.categories)
    ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            barmode="overlay" if chart.grouped else "stack",
            height=row * len(places) + 16,
            annotations=[{"showarrow": False, "xshift": 0, "align": "left"} | a for a in written],
            xaxis={
                "range": [0, longest * room(lengths, ends)],
                "fixedrange": True,
                "visible": False,
            },
            yaxis={
                "range": [len(places) - (0 if chart.grouped else 0.4), -0.55 * ROW / row],
                "fixedrange": True,
                "visible": False,
            },
        ),
    }


def room(lengths: list[float], totals: tuple[str, ...]) -> float:
    """How much wider than the longest bar, so that the words after each bar fit on a phone."""
    longest = max([*lengths, 1])
    return max(
        (
            length / longest / max(1 - (len(total) * LETTER + 12) / PHONE, 0.2)
            for length, total in zip(lengths, totals, strict=False)
        ),
        default=1,
    )


def panels(chart: Chart, theme: Theme) -> dict[str, Any]:
    """Small multiples: one row of columns for each panel over the same categories."""
    count = len(chart.panels)
    places = list(range(len(chart.categories)))
    share = 1 / count
    drawn: dict[str, Any] = {
        "xaxis": {
            "tickvals": places,
            "ticktext": [plotly_text(c) for c in chart.categories],
            "range": [-0.6, len(places) - 0.4],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickangle": 0,
            "ticklabeloverflow": "allow",
            "tickfont": {"size": 12},
            "anchor": f"y{count}" if count > 1 else "y",
        }
    }
    traces, titles = [], []
    for panel, name in enumerate(chart.panels):
        axis = f"y{panel + 1}" if panel else "y"
        own = [s for s in chart.series if s.panel == panel]
        same = range(count) if chart.is_one_scale else (panel,)
        top = max(height(chart, one) for one in same)
        low = 1 - (panel + 1) * share
        drawn[axis.replace("y", "yaxis")] = {
            "domain": [low + 0.02, low + share * 0.74],
            "range": [0, top * 1.25],
            "fixedrange": True,
            "visible": False,
        }
        titles.append(
            {"text": f"<b>{plotly_text(name)}</b>", "x": 0, "y": low + share * 0.86}
            | {"xref": "paper", "yref": "paper", "showarrow": False, "xanchor": "left"}
        )
        traces += [
            bar(s, theme, x=places, y=s.values, yaxis=axis, textposition="outside")
            | {"textfont": {"size": 12}}
            for s in own
        ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            right=EDGE,
            bottom=below(chart.categories),
            barmode="stack",
            bargap=0.3,
            height=150 * count,
            annotations=titles,
            **drawn,
        ),
    }


def height(chart: Chart, panel: int) -> float:
    """Of the highest column in a panel."""
    own = [s for s in chart.series if s.panel == panel]
    return max([sum(s.values[i] or 0 for s in own) for i in range(len(chart.categories))] + [1])


def timeline(chart: Chart, theme: Theme) -> dict[str, Any]:
    """A row per partnership: confirmed filled, unconfirmed hatched, of unknown start dotted, with
    the years that it is known from in outline.

    An open triangle to the left says that it began then at the latest.
    """
    first, last = chart.categories
    rows = list(enumerate(chart.spans))
    kinds = {"confirmed": ([], "solid"), "unconfirmed": ([], "hatched"), "seen": ([], "outline")}  # type: ignore[var-annotated]
    for place, span in rows:
        if not span.begins:
            continue
        end = span.ends or last
        if span.start_is_unknown:
            kinds["seen"][0].append((place, span, span.begins, end))
            continue
        sure = min(span.sure_until or span.begins, end)
        if sure > span.begins:
            kinds["confirmed"][0].append((place, span, span.begins, sure))
        if end > max(sure, span.begins):
            kinds["unconfirmed"][0].append((place, span, max(sure, span.begins), end))
    traces = [
        bar(
            Series(
                kind,
                "accent" if kind == "confirmed" else "unconfirmed",
                tuple(days(start, end) * DAY_MS for _, _, start, end in found),
                hovers=tuple(span.note for _, span, _, _ in found),
                keys=tuple(span.key for _, span, _, _ in found),
                pattern=pattern,  # type: ignore[arg-type]
            ),
            theme,
            orientation="h",
            x=[days(start, end) * DAY_MS for _, _, start, end in found],
            base=[start for _, _, start, _ in found],
            y=[place for place, *_ in found],
            width=0.36,
            offset=0.05,
        )
        for kind, (found, pattern) in kinds.items()
        if found
    ]
    unknown = [(place, span) for place, span in rows if span.start_is_unknown]
    early = [(place, span) for place, span in rows if span.begins and span.begins_before]
    ink = colour("accent", theme)
    traces += [
        points(early, [s.begins for _, s in early], "triangle-left", ink, theme),
        points(unknown, [first for _ in unknown], "line-ew-open", QUIET[theme], theme),
    ]
    dotted = [
        {"type": "line", "x0": first, "x1": span.begins or last}
        | {"y0": place + 0.23, "y1": place + 0.23}
        | {"line": {"width": 2, "dash": "dot", "color": QUIET[theme]}}
        for place, span in unknown
    ]
    return {
        "data": traces,
        "layout": layout(
            theme,
            right=EDGE,
            top=LINE_HEIGHT + 12,
            height=ROW * len(rows) + 40,
            barmode="overlay",
            shapes=dotted,
            annotations=[written(place, span, first, last) for place, span in rows],
            xaxis={
                "type": "date",
                "range": [first, last],
                "fixedrange": True,
                "side": "top",
                "gridcolor": LINE[theme],
                "tickvals": [day for day, _ in chart.ticks],
                "ticktext": [words for _, words in chart.ticks],
                "tickangle": 0,
            },
            yaxis={"range": [len(rows) - 0.3, -0.6], "fixedrange": True, "visible": False},
        ),
    }


def written(place: int, span: Span, first: str, last: str) -> dict[str, Any]:
    """The name above a bar: from its start, or to the right edge where it begins late."""
    begins = span.begins or first
    late = days(first, begins) > 0.45 * days(first, last)
    return {
        "x": last if late else begins,
        "y": place - 0.02,
        "text": plotly_text(span.label),
        "xanchor": "right" if late else "left",
        "yanchor": "bottom",
        "showarrow": False,
    }


def points(
    rows: list[tuple[int, Span]], x: list[str | None], symbol: str, ink: str, theme: Theme
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [place + 0.23 for place, _ in rows],
        "customdata": [span.key for _, span in rows],
        "hovertext": [plotly_text(span.note) for _, span in rows],
        "hoverinfo": "text",
        "marker": {
            "symbol": symbol,
            "size": 13,
            "color": ink,
            "line": {"width": 1.5, "color": ink},
        },
        "cliponaxis": False,
    }


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


DRAW = {
    "columns": columns,
    "bars": bars,
    "panels": panels,
    "timeline": timeline,
    "lines": scatter.lines,
    "dots": scatter.dots,
    "network": matrix.network,
}
