"""A figure: title, chart, the quiet line under it, and its menu (definition, table, SQL)."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import Chart, plotly
from charts.palette import colour
from texts import sentences
from texts.safe import markdown_text
from ui import feet
from ui.component import component
from ui.serving import PLOTLY
from ui.view import View

# One component and not the framework's chart, which is made anew at every change, and whose title,
# foot and menu are elements of their own that are redrawn too.
_FIGURE = component(__file__)


def figure(
    shown: View,
    name: str,
    chart: Chart,
    foot: str,
    measures: Sequence[str],
    asks: Sequence[str],
    opens: Callable[[str], None] | None = None,
    **more: Any,
) -> None:
    """Draw a chart. `measures` are those it shows, `asks` the questions it is made from, `more`
    what they are asked with beside the selection.

    `opens` is called with the key of a mark that is clicked, before the next run.
    """
    w = shown.words
    key = f"figure-{name}"

    def clicked() -> None:
        if opens and (mark := st.session_state[key].get("opened")):
            opens(mark)

    _FIGURE(
        key=key,
        data={
            "language": w.language,
            "title": chart.title,
            "subtitle": chart.subtitle,
            "legend": [
                {"label": s.label, "colour": colour(s.colour, shown.theme), "kinds": s.kinds}
                for s in chart.legend
            ],
            "library": PLOTLY,
            "figure": plotly.drawn(chart, shown.theme),
            "alt": chart.alt,
            "foot": sentences.quiet_line([foot, feet.rounding(shown, measures)]),
            "opens": opens is not None,
            "about": {
                "measures": [
                    {part: shown.measure(code)[part] for part in ("name", "definition")}
                    for code in measures
                ],
                "rows": chart.rows,
                "sql": [{"name": name, "text": shown.sql(name, **more)} for name in asks],
            },
            "words": {
                "menu": w("figure.menu"),
                "table": w("figure.table"),
                "sql": w("figure.sql"),
                "failed": w("figure.failed"),
            },
        },
        on_opened_change=clicked,
    )


def table(rows: Sequence[Sequence[str]], caption: str) -> None:
    """A plain table that a screen reader can walk; the first row is its heading."""
    heading, *body = rows
    safe = [[markdown_text(cell) for cell in row] for row in body]
    frame = pd.DataFrame(safe, columns=[markdown_text(cell) for cell in heading])
    st.table(frame, hide_index=True, alt=caption, border="horizontal")
