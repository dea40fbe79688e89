"""A figure: title, chart, the quiet line under it, and its menu."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from ringvirkning.charts import Chart, RowsOnly, Timeline, forms, screen
from ringvirkning.charts.palette import colour
from ringvirkning.charts.shorter import MOST_SPANS, shorter
from ringvirkning.figures import Figure, PageFigure, Rows
from ringvirkning.figures.view import View
from ringvirkning.server.serving import PLOTLY
from ringvirkning.texts import words
from ringvirkning.texts.safe import html_text
from ringvirkning.texts.sentences import and_more
from ringvirkning.ui import state, whole
from ringvirkning.ui.components.component import choice_number, component
from ringvirkning.ui.components.menu import menu, wanting

# One component and not the framework's chart, which is made anew at every change, and whose title,
# foot and menu are elements of their own that are redrawn too.
_FIGURE = component(__file__, "menu")


def draw_figures(
    shown: View,
    rows: Rows,
    widths: Sequence[int] = (1, 1),
    instead: Mapping[PageFigure, Callable[[View], None]] | None = None,
) -> None:
    """Draw the figures of a page, those of a row side by side; `instead` draws what stands in the
    place of one that there is nothing for."""
    for row in rows:
        draws = [
            partial(draw_figure, of=made) if (made := make(shown)) else (instead or {}).get(make)
            for make in row
        ]
        if any(draws):
            places = st.columns(widths, gap="large") if len(row) > 1 else [st.container()]
            for place, draw in zip(places, draws, strict=True):
                with place:
                    if draw:
                        draw(shown)


def draw_figure(
    shown: View,
    of: Figure,
    opens: Callable[[str], None] | None = None,
    is_open: bool = False,
    is_titled: bool = True,
) -> None:
    """Draw a figure, without its title where the page's headline is that.

    `opens` is called with the key of a mark that is clicked, before the next run; else that leads
    to what the figure says. A figure that `is_open` has its table under it, and so has one that is
    nothing but rows.
    """
    if of.opens == "partnership":
        opens = opens or open_partnership
    key = of.key

    def open_clicked() -> None:
        if opens and (mark := state.widget(key).get("opened")):
            opens(mark)

    w, is_long, all_key = shown.words, is_too_long(of.chart), f"all-{of.name}"
    drawn = replace(of, chart=shorter(w, of.chart)) if is_long and not state.widget(all_key) else of
    clicked = _FIGURE(
        key=key,
        data=figure_data(shown, drawn, opens is not None, is_open, is_titled)
        | {"menu": menu(shown, key, of)}
        | choice_number(),
        on_opened_change=open_clicked,
        on_wanted_change=wanting(key),
    ).get("opened")
    if clicked and of.behind and of.opens == "records":
        first, _, rest = clicked.partition(" ")
        measure, row = (first, rest) if first in of.measures else (of.behind.measure, clicked)
        state.go_to_records(of.behind, measure, row)
    if is_long:
        st.toggle(w("figure.all"), key=all_key)
    whole.keep_figure(shown, of.chart.title, lambda: of)


def open_partnership(id: str) -> None:
    state.open_story(partnership=id)


def is_too_long(chart: Chart) -> bool:
    """Whether it would take more than a screen, and what it has stands in a table, too."""
    return isinstance(chart, Timeline) and len(chart.spans) > MOST_SPANS


def figure_data(
    shown: View, of: Figure, opens: bool = False, is_open: bool = False, is_titled: bool = True
) -> dict[str, object]:
    """The figure as its component takes it, but for its menu. `opens`: a click on a mark leads
    somewhere also where the figure doesn't say so."""
    opens = opens or bool(of.opens)
    w, chart = shown.words, of.chart
    click = and_more(chart.subtitle, w("figure.click"))
    return {
        "key": of.key,
        "goes": bool(of.place),
        "language": w.language,
        "title": chart.title,
        "is_titled": is_titled,
        "subtitle": click if opens and not isinstance(chart, RowsOnly) else chart.subtitle,
        "legend": [
            {"label": s.label, "colour": colour(s.colour, shown.theme), "kinds": s.kinds}
            for s in chart.legend
        ],
        "library": PLOTLY,
        "figure": screen.figure_json(chart, shown.theme),
        "alt": forms.short_alternative(w, chart),
        "told": of.told,
        "foot": of.foot,
        "opens": opens,
        "beneath": is_open or isinstance(chart, RowsOnly),
        "failed": w("figure.failed"),
    }


def draw_table(rows: Sequence[Sequence[str]], caption: str, links: Collection[str] = ()) -> None:
    """A plain table that a screen reader can walk, also where it has so little room that its rows
    are blocks; the first row is its heading. What is headed by one of `links` is HTML already."""
    heading, *body = rows
    labels = [html_text(name) for name in heading]
    numeric = words(state.current().language).number_columns(rows)
    kinds = [' class="number"' if is_number else "" for is_number in numeric]
    head = "".join(
        f'<th role="columnheader" scope="col"{kind}>{label}</th>'
        for label, kind in zip(labels, kinds, strict=True)
    )

    def drawn(name: str, label: str, kind: str, cell: str) -> str:
        safe = cell if name in links else html_text(cell)
        return f'<td role="cell"{kind} data-label="{label}">{safe}</td>\n'

    lines = "".join(
        f'<tr role="row">{"".join(map(drawn, heading, labels, kinds, row))}</tr>' for row in body
    )
    st.html(
        f'<div class="told"><table role="table" aria-label="{html_text(caption)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{lines}</tbody></table></div>'
    )
