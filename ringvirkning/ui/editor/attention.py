"""What needs attention: the worklist of those who keep the data, and not the public's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from queries import answers
from ringvirkning.figures import stories
from ringvirkning.figures.activities import latest
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.in_force import ask_in_force, may_answer
from ringvirkning.ui.lists import draw_activities, draw_partnerships


@dataclass
class Folds:
    """What the lines that open say, and whether they were open when they began to say that."""

    known: dict[str, tuple[str, bool]] = field(default_factory=dict)


def begins_open(key: str, said: str) -> bool:
    """To the framework a line that says another number is another one, and closed."""
    known = state.memory(Folds).known
    if known.get(key, ("",))[0] != said:
        known[key] = said, bool(state.widget(key))
    return known[key][1]


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
        fold = st.expander(said, begins_open(key, said), type="compact", key=key, on_change="rerun")
        if fold.open:
            with fold:
                agreements = agreements_of(shown, row.partnership_ids or ())
                if row.matter == "unconfirmed" and may_answer(shown):
                    ask_in_force(shown, agreements, "list")
                else:
                    link_agreements(shown, agreements, key, f"{title}: {what}")
                list_activities(shown, row.activity_ids or (), key, f"{title}: {what}")


def list_activities(shown: View, ids: Collection[str], key: str, caption: str) -> None:
    """Those of the latest activities."""
    if listed := [row for row in latest(shown) if row.activity_id in {*ids}]:
        draw_activities(shown, listed, f"{key}-list", caption)


def link_agreements(
    shown: View, listed: Sequence[answers.PartnershipRecords], key: str, caption: str
) -> None:
    """Those agreements, each a link to its story."""
    if not listed:
        return
    if opened := draw_partnerships(shown, listed, f"{key}-list", caption, "./partnerships"):
        state.go_to_partnership(opened)


def agreements_of(shown: View, ids: Collection[str]) -> list[answers.PartnershipRecords]:
    """Those agreements, in that order, whatever years are chosen."""
    every_year = replace(shown, selection=replace(shown.selection, years=None))
    found = {row.partnership_id: row for row in every_year.rows(answers.PartnershipRecords)}
    return [found[id] for id in dict.fromkeys(ids) if id in found]
