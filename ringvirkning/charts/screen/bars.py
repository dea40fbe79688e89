"""Columns, lying bars and panels on the screen."""

from collections.abc import Sequence
from typing import Any

from ringvirkning.charts import Bars, Columns, Panels
from ringvirkning.charts.layout import MARK, lengths, top, tops, total_heights
from ringvirkning.charts.palette import INK, Theme
from ringvirkning.charts.screen.drawing import (
    EDGE,
    HIDDEN,
    LETTER,
    PHONE,
    ROW,
    along,
    bar,
    below,
    row_words,
    sheet,
    upright,
    written,
)
from ringvirkning.texts.safe import plotly_text

BAR = 24  # pixels for each of several bars beside one another


def columns(chart: Columns, theme: Theme) -> dict[str, Any]:
    """Upright bars over years, stacked or side by side, with targets as thin marks."""
    places = list(range(len(chart.categories)))
    how = {
        "textposition": "outside" if chart.grouped else "inside",
        "insidetextanchor": "middle",
        "constraintext": "none" if chart.grouped else "both",
    }
    data = [bar(series, theme, x=places, y=series.values, **how) for series in chart.series]
    if chart.totals:
        totals = {
            "type": "scatter",
            "mode": "text",
            "x": places,
            "y": total_heights(chart),
            "text": [f"<b>{plotly_text(total)}</b>" for total in chart.totals],
            "textposition": "top center",
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        data.append(totals)
    marks = [
        {"type": "line", "x0": place - MARK, "x1": place + MARK, "y0": value, "y1": value}
        | {"line": {"width": 3, "color": INK[theme]}}
        for place, value, _ in chart.marks
    ]
    barmode = "group" if chart.grouped else "stack"
    gaps = {"bargap": 0.28, "bargroupgap": 0.06}
    return upright(chart, data, top(chart), theme, barmode=barmode, shapes=marks, **gaps)


def bars(chart: Bars, theme: Theme) -> dict[str, Any]:
    """Lying bars with their labels above them."""
    places = list(range(len(chart.categories)))
    row = BAR * len(chart.series) + ROW // 2 if chart.grouped else ROW
    width = BAR * 0.9 / row if chart.grouped else 0.4
    data = [
        bar(
            series,
            theme,
            orientation="h",
            y=places,
            x=series.values,
            width=width,
            offset=0.05 + (width * number if chart.grouped else 0),
            textposition="outside" if chart.grouped else "none",
        )
        for number, series in enumerate(chart.series)
    ]
    reached = lengths(chart)
    ends = chart.totals or [
        max((s.labels[i] for s in chart.series if s.labels), key=len, default="") for i in places
    ]
    lowest = len(places) - (0 if chart.grouped else 0.4)
    return sheet(
        data,
        theme,
        barmode="overlay" if chart.grouped else "stack",
        height=row * len(places) + 16,
        annotations=row_words(chart.categories, reached, chart.totals),
        xaxis=HIDDEN | {"range": [0, top(chart) * room(reached, ends)]},
        yaxis=HIDDEN | {"range": [lowest, -0.55 * ROW / row]},
    )


def room(lengths: Sequence[float], totals: Sequence[str]) -> float:
    """How much wider than the longest bar, so that the words after each bar fit on a phone."""
    longest = max([*lengths, 1])
    return max(
        (
            length / longest / max(1 - (len(total) * LETTER + 12) / PHONE, 0.2)
            for length, total in zip(lengths, totals, strict=False)
        ),
        default=1,
    )


def panels(chart: Panels, theme: Theme) -> dict[str, Any]:
    """Small multiples: one row of columns for each panel over the same categories."""
    count = len(chart.panels)
    share = 1 / count
    places = list(range(len(chart.categories)))
    axes: dict[str, Any] = {}
    data, titles = [], []
    for panel, (name, highest) in enumerate(zip(chart.panels, tops(chart), strict=True)):
        number = str(panel + 1) if panel else ""
        low = 1 - (panel + 1) * share
        domain = [low + 0.02, low + share * 0.74]
        axes[f"yaxis{number}"] = HIDDEN | {"domain": domain, "range": [0, highest * 1.25]}
        title = f"<b>{plotly_text(name)}</b>"
        titles.append(written(title, 0, low + share * 0.86, xref="paper", yref="paper"))
        how = {"yaxis": f"y{number}", "textposition": "outside", "textfont": {"size": 12}}
        data += [bar(s, theme, x=places, y=s.values, **how) for s in chart.inside(panel)]
    below_last = {"tickfont": {"size": 12}, "anchor": f"y{count}" if count > 1 else "y"}
    return sheet(
        data,
        theme,
        right=EDGE,
        bottom=below(chart.categories),
        barmode="stack",
        bargap=0.3,
        height=150 * count,
        annotations=titles,
        xaxis=along(chart.categories) | below_last,
        **axes,
    )
