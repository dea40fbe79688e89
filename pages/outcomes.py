"""Resultater: what came of it? What is published first, then every other programme in the same
form; a flagship without published numbers last, its examples in their frame."""

import streamlit as st

from ringvirkning.figures import outcomes
from ringvirkning.figures.view import current_view
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.programme import programme_figures

shown = current_view.get()

nothing_left(shown, outcomes.programmes(shown))

first, folded, last = outcomes.arranged(shown)
draw_headline(shown, outcomes.headline(shown))
programme_figures(shown, first, "first")

if folded:
    st.header(shown.words("headline.other_programmes", n=len(folded)), anchor=False)
for programme in folded:
    fold = st.expander(
        markdown_text(outcomes.summary(shown, programme)),
        key=f"programme-{programme}",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            programme_figures(shown, programme)
if last:
    st.header(markdown_text(last), anchor=False)
    programme_figures(shown, last, "last")
