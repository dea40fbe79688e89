"""Resultater: what came of it? WorkOP first, then every other programme in the same form."""

import streamlit as st

from texts import sentences
from texts.safe import markdown_text
from ui.headline import headline
from ui.programme import in_order, programme_figures, programme_summary
from ui.states import nothing_left
from ui.view import current

shown = current.get()
w = shown.words

stages = shown.rows("funnel")
results = shown.rows("results_by_programme")
quotes = shown.rows("quotes")
targets = shown.rows("targets_met")
nothing_left(shown, stages, results, quotes, targets)

first, *others = in_order(stages, results, quotes, targets)
headline(shown, sentences.programme_headline(w, stages, results, first))
programme_figures(shown, first)

if others:
    st.header(w("headline.other_programmes", n=len(others)), anchor=False)
for programme in others:
    fold = st.expander(
        markdown_text(programme_summary(shown, programme)),
        key=f"programme-{programme}",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            programme_figures(shown, programme)
