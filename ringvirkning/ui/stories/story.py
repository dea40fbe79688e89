"""What the stories of a partnership and of a partner tell in the same way."""

from collections.abc import Sequence

import streamlit as st

from queries import answers
from ringvirkning.figures import feet, stories
from ringvirkning.figures.stories import Period
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_table


def close() -> None:
    state.open_story()


def draw_by_period(shown: View, figures: Sequence[answers.PartnershipResults]) -> None:
    """Results as rows, periods as columns; what is shared in brackets, and said below."""
    w = shown.words
    draw_table(period_rows(w, figures), w("story.results"))
    if any(row.shared_value is not None for row in figures):
        st.caption(w("story.shared"))
    if rounding := feet.rounding_of(shown, figures):
        st.caption(rounding)


def period_rows(w: Words, figures: Sequence[answers.PartnershipResults]) -> list[tuple[str, ...]]:
    """Heading first. Results that differ in programme, source or how exactly they are known stand
    side by side in one cell."""
    spans = sorted(
        {(row.from_year, row.to_year, row.period) for row in figures},
        key=lambda span: (span[0] is None, stories.period_order(span)),
    )
    cells: dict[tuple[str, str], dict[Period, list[str]]] = {}
    for row in figures:
        unknown = {row.value_status: row.result_count} if row.value_status else {}
        said = sentences.result_said(w, row.measure, row.value, unknown)
        if row.shared_value is not None:
            said += f" ({w('record.n_shared', n=row.shared_value)})"
        what = sentences.measured(w, row.measure, row.measured_at)
        found = cells.setdefault((what, w.code("evidence", row.evidence)), {})
        found.setdefault((row.from_year, row.to_year, row.period), []).append(said)
    named = [sentences.time_in_words(w, *span) or w("date.year_unknown") for span in spans]
    return [(w("record.result"), *named, w("record.evidence"))] + [
        (what, *("; ".join(found.get(span, [])) for span in spans), on)
        for (what, on), found in cells.items()
    ]


def draw_gaps(
    shown: View, partner_id: str | None = None, partnership_ids: tuple[str, ...] = ()
) -> None:
    """What one would want to know of them and nobody has told."""
    w = shown.words
    lacking = stories.lacking(shown, partner_id, partnership_ids)
    st.header(w("story.missing"), anchor=False)
    st.markdown("\n".join(f"- {said}" for said in lacking) or w("story.nothing_missing"))
