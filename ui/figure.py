"""A figure: title, chart, the quiet line under it, and its menu."""

import base64
import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import Chart, plotly
from charts.palette import colour
from export import Table
from export.tables import csv_file, xlsx_file
from texts import sentences
from texts.safe import markdown_text
from ui import feet
from ui.component import component
from ui.filters import summary
from ui.serving import PLOTLY
from ui.view import View

# One component and not the framework's chart, which is made anew at every change, and whose title,
# foot and menu are elements of their own that are redrawn too.
_FIGURE = component(__file__)
FILES = {"csv": csv_file, "xlsx": xlsx_file}
WORDS = (
    "menu", "table", "sql", "failed", "download", "copy_link", "copied", "sort",
)  # fmt: skip
LONGEST_NAME = 60


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
    foot = sentences.quiet_line([foot, feet.rounding(shown, measures)])
    notes = about(shown, chart, foot, measures)

    def clicked() -> None:
        if opens and (mark := st.session_state[key].get("opened")):
            opens(mark)

    def wanted() -> None:
        st.session_state["download"] = (key, st.session_state[key].get("wanted"))

    _FIGURE(
        key=key,
        data={
            "language": w.language,
            "title": chart.title,
            "subtitle": f"{chart.subtitle.rstrip('.')}. {w('figure.click')}"
            if opens
            else chart.subtitle,
            "legend": [
                {"label": s.label, "colour": colour(s.colour, shown.theme), "kinds": s.kinds}
                for s in chart.legend
            ],
            "library": PLOTLY,
            "figure": plotly.drawn(chart, shown.theme),
            "alt": chart.alt,
            "foot": foot,
            "opens": opens is not None,
            "about": {
                "notes": notes,
                "rows": chart.rows,
                "sql": [{"name": name, "text": shown.sql(name, **more)} for name in asks],
            },
            "words": {word: w(f"figure.{word}") for word in WORDS},
            "name": file_name(shown, chart.title),
            "version": shown.version.name,
            "file": download(shown, key, chart, notes),
        },
        on_opened_change=clicked,
        on_wanted_change=wanted,
    )


def about(shown: View, chart: Chart, foot: str, measures: Sequence[str]) -> list[tuple[str, str]]:
    """A label and a text each: what is shown under which filters, what it means and rests on."""
    w = shown.words
    meant = [shown.measure(code) for code in measures]
    return [
        (w("figure.shows"), chart.subtitle),
        (w("filter.title").removesuffix(":"), summary(w, shown.selection, shown.span)),
        *((m["name"], f"{m['definition']} {capital(feet.measure_line(shown, m))}") for m in meant),
        (w("figure.basis"), foot),
        (
            w("publication.name"),
            sentences.quiet_line(
                [
                    f"{shown.version.name}, {w.day(shown.version.published_at)}",
                    w("foot.as_of", date=w.day(shown.as_of)),
                    w("surface.as_public" if shown.is_protected else "surface.exact"),
                ]
            ),
        ),
    ]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def file_name(shown: View, said: str) -> str:
    """What the files hold, by its title and the day it was true."""
    title = re.sub(r"\W+", "-", said.lower())[:LONGEST_NAME].strip("-")
    return f"{title}-{shown.as_of.isoformat()}"


def download(
    shown: View, key: str, chart: Chart, notes: Sequence[tuple[str, str]]
) -> dict[str, Any] | None:
    """The file that was asked of this figure before this run."""
    asked_of, kind = st.session_state.get("download", ("", ""))
    if asked_of != key or kind not in FILES:
        return None
    del st.session_state["download"]
    turn = st.session_state["downloads"] = st.session_state.get("downloads", 0) + 1
    content = FILES[kind](shown.words, Table(chart.title, notes, chart.rows))
    return {"kind": kind, "turn": turn, "content": base64.b64encode(content).decode()}


def table(rows: Sequence[Sequence[str]], caption: str, links: str = "") -> None:
    """A plain table that a screen reader can walk; the first row is its heading. The column that is
    headed `links` is Markdown already."""
    heading, *body = rows
    safe = [
        [
            cell if name == links else markdown_text(cell)
            for name, cell in zip(heading, row, strict=True)
        ]
        for row in body
    ]
    frame = pd.DataFrame(safe, columns=[markdown_text(cell) for cell in heading])
    st.table(frame, hide_index=True, alt=caption, border="horizontal")
