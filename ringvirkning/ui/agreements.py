"""What agreements hold, as it is drawn on their stories, on a partner's and on Partnerskap."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ringvirkning.figures import Figure, agreements
from ringvirkning.figures.agreement_story import by_title, told_elsewhere
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_figure


def draw_work(shown: View, agreement_ids: Sequence[str]) -> None:
    """The work under agreements, if there is any; what is told of it elsewhere can be opened."""
    if not (figure := agreements.work(shown, agreement_ids)):
        return
    draw_rows(shown, figure)
    others = told_elsewhere(shown, agreement_ids)
    w = shown.words
    draw_agreement_links(w, w("work.other_agreements", n=len(others)), others, "elsewhere")


def draw_contributions(
    shown: View, agreement_ids: Sequence[str], giver_ids: Sequence[str] = ()
) -> None:
    """What goes into agreements, if anything is told of it."""
    if figure := agreements.contributions(shown, agreement_ids, giver_ids):
        draw_rows(shown, figure)


def draw_rows(shown: View, figure: Figure) -> None:
    st.header(markdown_text(figure.chart.title), anchor=False)
    draw_figure(shown, figure, is_open=True, is_titled=False)


def draw_folded(shown: View, agreement_ids: Sequence[str]) -> None:
    """The same of many agreements, to be unfolded; nothing where none of them holds any."""
    for figure in (
        agreements.work(shown, agreement_ids),
        agreements.contributions(shown, agreement_ids),
    ):
        if figure:
            with st.expander(markdown_text(figure.chart.title), key=f"folded-{figure.name}"):
                draw_figure(shown, figure, is_open=True, is_titled=False)


def draw_agreement_links(w: Words, label: str, titles: Mapping[str, str], among: str) -> None:
    """Agreements, by their ids, to be opened in the place of the one that is told of; `among` what
    they stand. By their titles."""
    if not titles:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{label}**", width="content")
        for id_ in by_title(w, titles):
            st.button(
                markdown_text(titles[id_]),
                key=f"agreement-{among}-{id_}",
                on_click=state.open_story,
                kwargs={"partnership": id_},
                type="tertiary",
            )
