"""One partnership's story: agreement, partners, purpose, activities, results, sources."""

import streamlit as st

from queries import answers
from ringvirkning.figures import agreement_story, agreements, stories
from ringvirkning.figures.targets import targets_of_partnership
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.agreements import draw_agreement_links, draw_contributions, draw_work
from ringvirkning.ui.components.figure import draw_table
from ringvirkning.ui.editor.form_links import link_to_forms_of
from ringvirkning.ui.editor.in_force import ask_in_force, may_answer
from ringvirkning.ui.headline import draw_title
from ringvirkning.ui.quotes import source_link
from ringvirkning.ui.stories import story
from ringvirkning.ui.stories.story import draw_by_period

# What can be added to an agreement, and the column that names it.
ROWS_OF_AGREEMENT = {
    "activities": "partnership_ids",
    **dict.fromkeys(("outcomes", "targets", "work_streams", "contributions"), "partnership_id"),
}


def tell_partnership(shown: View, partnership_id: str) -> None:
    """Raises LookupError where there is none of this id, or it is another association's than those
    chosen."""
    agreement = stories.the_agreement(shown, partnership_id)
    w = shown.words
    draw_title(w, agreement.title, "partnerships")
    st.caption(markdown_text(agreement_story.agreement_line(w, agreement)))
    for group in agreements.target_groups(shown, agreement.programme, agreement.association):
        st.markdown(markdown_text(w("programme.group", group=group)))
    if agreement.purpose:
        st.markdown(markdown_text(agreement.purpose))
    link_to_forms_of(shown, "partnerships", partnership_id, ROWS_OF_AGREEMENT)
    left, right = st.columns(2, gap="large")
    with left:
        draw_facts(shown, agreement)
        if not agreement.end_date and may_answer(shown):
            ask_in_force(shown, [agreement], "story")
    with right:
        partners(shown, partnership_id)
    draw_work(shown, (partnership_id,))
    draw_contributions(shown, (partnership_id,))
    partnership_results(shown, partnership_id)
    story.draw_gaps(shown, partnership_ids=(partnership_id,))
    partnership_activities(shown, partnership_id)


def draw_facts(shown: View, row: answers.Partnership) -> None:
    w = shown.words
    st.header(w("story.agreement"), anchor=False)
    for label, said in agreement_story.agreement_facts(w, row).items():
        st.markdown(f"**{label}**  \n{markdown_text(said)}")
    st.markdown(f"**{w('record.source')}**  \n{source_link(shown, row.source)}")
    draw_agreement_links(w, w("record.part_of"), agreement_story.outer_agreement(row), "whole")
    draw_agreement_links(w, w("record.parts"), agreement_story.inner_agreements(row), "parts")


def partners(shown: View, partnership_id: str) -> None:
    w = shown.words
    rows = agreement_story.partners_agreed(shown, partnership_id)
    st.header(w("story.partners", n=len(rows)), anchor=False)
    for row in rows:
        st.button(
            markdown_text(row.name),
            key=f"open-partner-{row.partner_id}",
            on_click=state.open_story,
            kwargs={"partner": row.partner_id},
            type="tertiary",
        )
        if said := agreement_story.partner_line(w, row):
            st.markdown(markdown_text(said))


def partnership_results(shown: View, partnership_id: str) -> None:
    """What the partnership contributed to; shared results are counted here in full, and say so."""
    w = shown.words
    rows = agreement_story.results_of(shown, partnership_id)
    st.header(w("story.results"), anchor=False)
    if not rows:
        st.markdown(w("story.no_results"))
    if figures := agreement_story.with_figures(rows):
        draw_by_period(shown, figures)
    partnership_targets(shown, partnership_id)
    for row in rows:
        if row.quote is not None:
            source = source_link(shown, row.source)
            st.markdown(f"**«{markdown_text(row.quote)}»**  \n{source}")


def partnership_targets(shown: View, partnership_id: str) -> None:
    """What was promised of the agreement itself, beside the results that name it."""
    w = shown.words
    if rows := targets_of_partnership(shown, partnership_id):
        draw_table(rows, w("story.targets"))
        st.caption(w("story.targets_note"))


def partnership_activities(shown: View, partnership_id: str) -> None:
    w = shown.words
    rows, count = agreement_story.activities_of(shown, partnership_id)
    st.header(w("story.activities", n=count), anchor=False)
    if not rows:
        st.markdown(w("story.no_activities"))
        return
    draw_table(agreement_story.activity_rows(w, rows), w("story.activities", n=count))
    if len(rows) < count:
        st.caption(w("story.first_activities", n=len(rows), all=count))
