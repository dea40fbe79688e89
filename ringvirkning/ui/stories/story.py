"""What the stories of a partnership and of a partner tell in the same way."""

from collections.abc import Sequence

import streamlit as st

from queries import answers
from ringvirkning.figures import feet, stories
from ringvirkning.figures.agreement_story import period_rows
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_table


def close() -> None:
    state.open_story()


def draw_by_period(shown: View, figures: Sequence[answers.PartnershipResults]) -> None:
    """Results as rows, periods as columns; what is shared in brackets, and said below."""
    w = shown.words
    draw_table(period_rows(w, figures), w("story.results"))
    is_shared = any(row.shared_value is not None for row in figures)
    notes = [w("story.shared") if is_shared else "", feet.rounding_of(shown, figures)]
    if said := sentences.said_together(notes):
        st.caption(said)


def draw_gaps(
    shown: View, partner_id: str | None = None, partnership_ids: tuple[str, ...] = ()
) -> None:
    """What one would want to know of them and nobody has told."""
    w = shown.words
    lacking = stories.lacking(shown, partner_id, partnership_ids)
    st.header(w("story.missing"), anchor=False)
    st.markdown("\n".join(f"- {said}" for said in lacking) or w("story.nothing_missing"))
