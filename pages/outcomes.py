"""Resultater: what came of it? the flagship first, then every other programme in the same form."""

import streamlit as st

from ringvirkning.figures import outcomes
from ringvirkning.figures.view import current_view
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.programme import programme_figures

shown = current_view.get()

nothing_left(shown, *(shown.rows(question) for question in outcomes.ASKED))

first, *others = outcomes.programmes(shown)
draw_headline(shown, outcomes.headline(shown))
programme_figures(shown, first)

if others:
    st.header(shown.words("headline.other_programmes", n=len(others)), anchor=False)
for programme in others:
    fold = st.expander(
        markdown_text(outcomes.summary(shown, programme)),
        key=f"programme-{programme}",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            programme_figures(shown, programme)
