"""What needs attention: the worklist of those who keep the data, and not the public's."""

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from queries import answers
from ringvirkning.figures import stories
from ringvirkning.figures.activities import latest
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.lists import draw_activities, draw_partnerships


def draw_attention(shown: View) -> None:
    """A line each, which opens the agreements, each a link to its story, or the activities."""
    w = shown.words
    st.header(w("attention.title"), anchor=False)
    for row in shown.rows(answers.Attention):
        title = w(f"attention.{row.matter}.title")
        what = stories.attention_count(w, row)
        said = f"**{markdown_text(title)}**: {markdown_text(what)}"
        if not (row.partnership_ids or row.activity_ids):
            st.markdown(said)
            continue
        key = f"attention-{row.matter}"
        fold = st.expander(said, type="compact", key=key, on_change="rerun")
        if fold.open:
            with fold:
                link_agreements(shown, row.partnership_ids or (), key, f"{title}: {what}")
                list_activities(shown, row.activity_ids or (), key, f"{title}: {what}")


def list_activities(shown: View, ids: Collection[str], key: str, caption: str) -> None:
    """Those of the latest activities."""
    if listed := [row for row in latest(shown) if row.activity_id in {*ids}]:
        draw_activities(shown, listed, f"{key}-list", caption)


def link_agreements(shown: View, ids: Collection[str], key: str, caption: str) -> None:
    """Those agreements, in that order, whatever years are chosen."""
    every_year = replace(shown, selection=replace(shown.selection, years=None))
    found = {row.partnership_id: row for row in every_year.rows(answers.PartnershipRecords)}
    listed = [found[id] for id in dict.fromkeys(ids) if id in found]
    if not listed:
        return
    if opened := draw_partnerships(shown, listed, f"{key}-list", caption, "./partnerships"):
        state.go_to_partnership(opened)
