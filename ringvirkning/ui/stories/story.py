"""What the stories of a partnership and of a partner tell in the same way."""

from collections.abc import Mapping, Sequence

import streamlit as st

from queries import answers
from ringvirkning.figures import agreements, feet, stories
from ringvirkning.figures.stories import Years
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_figure, draw_table


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
    spans = list(dict.fromkeys((row.from_year, row.to_year) for row in figures))
    cells: dict[tuple[str, str], dict[Years, list[str]]] = {}
    for row in figures:
        said = sentences.measured_number(w, row.measure, row.value)
        if row.shared_value is not None:
            said += f" ({w('record.n_shared', n=row.shared_value)})"
        what = sentences.measured(w, row.measure, row.measured_at)
        found = cells.setdefault((what, w.code("evidence", row.evidence)), {})
        found.setdefault((row.from_year, row.to_year), []).append(said)
    named = [sentences.period(*span) or w("date.year_unknown") for span in spans]
    return [(w("record.result"), *named, w("record.evidence"))] + [
        (what, *("; ".join(found.get(span, [])) for span in spans), on)
        for (what, on), found in cells.items()
    ]


def draw_work(shown: View, agreement_ids: Sequence[str]) -> None:
    """The work under agreements, if there is any; what is told of it elsewhere can be opened."""
    if not (figure := agreements.work(shown, agreement_ids)):
        return
    st.header(markdown_text(figure.chart.title), anchor=False)
    draw_figure(shown, figure, is_open=True)
    streams = shown.rows(answers.WorkStreams, agreement_ids=tuple(agreement_ids))
    others = {
        id_: title
        for row in streams
        for id_, title in zip(row.other_ids or (), row.other_titles or (), strict=True)
        if id_ not in agreement_ids
    }
    draw_agreement_links(others, "told")


def draw_contributions(
    shown: View, agreement_ids: Sequence[str], giver_ids: Sequence[str] = ()
) -> None:
    """What goes into agreements, if anything is told of it."""
    if figure := agreements.contributions(shown, agreement_ids, giver_ids):
        st.header(markdown_text(figure.chart.title), anchor=False)
        draw_figure(shown, figure, is_open=True)


def draw_agreement_links(titles: Mapping[str, str], among: str) -> None:
    """Agreements, by their ids, to be opened in the place of the one that is told of; `among` what
    they stand."""
    for id_, title in titles.items():
        st.button(
            markdown_text(title),
            key=f"agreement-{among}-{id_}",
            on_click=state.open_story,
            kwargs={"partnership": id_},
            type="tertiary",
        )


def draw_gaps(
    shown: View, partner_ids: tuple[str, ...] = (), partnership_ids: tuple[str, ...] = ()
) -> None:
    """What one would want to know of them and nobody has told."""
    w = shown.words
    lacking = stories.lacking(shown, partner_ids, partnership_ids)
    st.header(w("story.missing"), anchor=False)
    st.markdown("\n".join(f"- {said}" for said in lacking) or w("story.nothing_missing"))
