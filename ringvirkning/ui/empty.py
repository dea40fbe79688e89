"""Designed states: an empty data set, and filters that leave nothing."""

from collections.abc import Sized

import streamlit as st

from ringvirkning.figures.filters import LISTS
from ringvirkning.figures.state import EVERYTHING
from ringvirkning.figures.view import View
from ringvirkning.intake.forms.entries import can_be_typed
from ringvirkning.ui import state
from ringvirkning.ui.components import filters
from ringvirkning.ui.editor.form_links import link_to_form
from ringvirkning.ui.editor.in_force import may_answer


def nothing_left(shown: View, *answers: Sized) -> None:
    """Stop the page with what to loosen, when no answer has a row."""
    if any(len(answer) for answer in answers):
        return
    w = shown.words
    chosen = shown.selection
    if chosen == EVERYTHING:
        st.title(w("empty.data"), anchor=False)
        tell_empty(shown)
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


def tell_empty(shown: View) -> None:
    """That nothing of what the page shows is there; to an editor the way to put it in."""
    w, place = shown.words, state.current().place
    if not may_answer(shown):
        st.markdown(w("empty.data_what"))
        return
    st.markdown(w("empty.data_begin"))
    with st.container(horizontal=True, key="begin"):
        if any(table.name == place for table in can_be_typed()):
            link_to_form(w(f"enter.new.{place}"), place)
        state.link_to("data", w("empty.to_data"), state.at_page("data"))
