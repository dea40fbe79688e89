"""A figure: title, chart, the quiet line under it, and its menu (definition, table, SQL)."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

import queries
from charts import Chart, Pattern, plotly
from charts.palette import Theme, colour
from texts.safe import html_text, markdown_text
from ui.view import View


def figure(
    shown: View,
    name: str,
    chart: Chart,
    foot: str,
    measures: Sequence[str],
    asks: Sequence[str],
    opens: Callable[[str], None] | None = None,
) -> None:
    """Draw a chart. `measures` are those it shows, `asks` the questions it is made from.

    `opens` is called with the key of a mark that is clicked, before the next run.
    """
    w = shown.words
    key = f"figure-{name}"

    def clicked() -> None:
        points = st.session_state[key].selection.points
        if opens and points and points[0].get("customdata") is not None:
            mark = points[0]["customdata"]
            opens(str(mark[0] if isinstance(mark, list) else mark))

    with st.container(gap="xsmall"):
        st.html(head(chart, shown.theme))
        st.plotly_chart(
            plotly.drawn(chart, shown.theme),
            key=key,
            theme=None,
            config=plotly.CONFIG,
            alt=chart.alt,
            on_select=clicked if opens else "ignore",
            selection_mode="points",
        )
        st.caption(markdown_text(foot))
        menu = st.popover(w("figure.menu"), type="tertiary", key=f"menu-{name}", on_change="rerun")
    if menu.open:
        with menu:
            about(shown, chart, measures, asks)


def head(chart: Chart, theme: Theme) -> str:
    """Title, subtitle and legend: one element, since each costs the browser at every change."""
    legend = "".join(
        f"<li>{''.join(swatch(colour(series.colour, theme), kind) for kind in series.kinds)} "
        f"{html_text(series.label)}</li>"
        for series in chart.legend
    )
    return (
        f'<hgroup class="figure-head"><h2>{html_text(chart.title)}</h2>'
        f"<p>{html_text(chart.subtitle)}</p></hgroup>"
        + (f'<ul class="figure-legend">{legend}</ul>' if legend else "")
    )


def swatch(fill: str, kind: Pattern) -> str:
    return f'<b class="{kind}" style="color: {fill}"></b>'


def about(shown: View, chart: Chart, measures: Sequence[str], asks: Sequence[str]) -> None:
    w = shown.words
    for code in measures:
        measure = shown.measure(code)
        st.markdown(f"**{markdown_text(measure['name'])}**: {markdown_text(measure['definition'])}")
    st.markdown(f"**{w('figure.table')}**")
    table(chart.rows, chart.title)
    for question in asks:
        st.markdown(f"**{w('figure.sql')}** queries/{question}.sql")
        st.code(queries.text(question), language="sql", wrap_lines=True)


def table(rows: Sequence[Sequence[str]], caption: str) -> None:
    """A plain table that a screen reader can walk; the first row is its heading."""
    heading, *body = rows
    safe = [[markdown_text(cell) for cell in row] for row in body]
    frame = pd.DataFrame(safe, columns=[markdown_text(cell) for cell in heading])
    st.table(frame, hide_index=True, alt=caption, border="horizontal")
