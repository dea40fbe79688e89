"""Designed states: an empty data set, and filters that leave nothing."""

from collections.abc import Sized

import streamlit as st

from ringvirkning.figures.filters import LISTS
from ringvirkning.figures.state import EVERYTHING
from ringvirkning.figures.view import View
from ringvirkning.ui.components import filters


def nothing_left(shown: View, *answers: Sized) -> None:
    """Stop the page with what to loosen, when no answer has a row."""
    if any(len(answer) for answer in answers):
        return
    w = shown.words
    chosen = shown.selection
    if chosen == EVERYTHING:
        st.title(w("empty.data"), anchor=False)
        st.markdown(w("empty.data_what"))
        st.stop()
    st.title(w("empty.selection"), anchor=False)
    narrowed = [w(f"filter.{name}") for name in LISTS if getattr(chosen, name)]
    narrowed += [w("filter.years")] if chosen.years else []
    st.markdown(
        w("empty.loosen", filters=w.listed(w("empty.named", name=n) for n in narrowed))
        if narrowed
        else w("empty.examples")
    )
    st.button(w("filter.reset"), on_click=filters.reset, key="reset-empty", type="primary")
    st.stop()
