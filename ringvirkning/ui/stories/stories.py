"""Stories by link: a page that is one partnership's or one partner's."""

import streamlit as st

from ringvirkning.figures.view import View
from ringvirkning.ui.stories import partner_story, partnership_story
from ringvirkning.ui.stories.story import TOLD, close

TELL = {"partnership": partnership_story.tell, "partner": partner_story.tell}


def stop_at_open(shown: View) -> None:
    """When the address names a partnership or a partner, the page is its story."""
    w = shown.words
    kind = next((kind for kind in TOLD if st.session_state.get(kind)), None)
    if kind is None:
        return
    st.button(w("story.back"), on_click=close, icon=":material/arrow_back:", type="tertiary")
    try:
        TELL[kind](shown, st.session_state[kind])
    except LookupError:
        st.title(w(f"story.unknown.{kind}"), anchor=False)
        st.markdown(w(f"story.unknown_what.{kind}"))
    st.stop()
