"""Stories by link: a page that is one partnership's or one partner's."""

from dataclasses import replace

import streamlit as st

from ringvirkning.figures.stories import OfOthers
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.stories import partner_story, partnership_story
from ringvirkning.ui.stories.story import close

TELL = {"partnership": partnership_story.tell_partnership, "partner": partner_story.tell}


def let_go_of_associations() -> None:
    state.change(selection=replace(state.current().selection, association=()))


def stop_at_open(shown: View) -> None:
    """When the address names a partnership or a partner, the page is its story."""
    w = shown.words
    now = state.current()
    kind, id_ = ("partnership", now.partnership) if now.partnership else ("partner", now.partner)
    if not id_:
        return
    back = w("story.back_to_partners" if now.place == "partners" else "story.back")
    st.button(back, on_click=close, icon=":material/arrow_back:", type="tertiary")
    try:
        TELL[kind](shown, id_)
    except OfOthers:
        st.title(w(f"story.of_others.{kind}"), anchor=False)
        names = w.listed(shown.selection.association)
        st.markdown(markdown_text(w(f"story.of_others_what.{kind}", names=names)))
        st.button(w("filter.all.association"), on_click=let_go_of_associations)
    except LookupError:
        st.title(w(f"story.unknown.{kind}"), anchor=False)
        st.markdown(w(f"story.unknown_what.{kind}"))
    st.stop()
