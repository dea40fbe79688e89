"""One partnership's story: agreement, partners, purpose, activities, results, sources."""

import streamlit as st

from queries import answers
from queries.alphabet import alphabetical, alphabetical_within
from ringvirkning.figures import agreements, stories
from ringvirkning.figures.targets import targets_of_partnership
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGES, Words, entries, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.agreements import draw_agreement_links, draw_contributions, draw_work
from ringvirkning.ui.components.figure import draw_table
from ringvirkning.ui.editor.enter import link_to_forms_of
from ringvirkning.ui.editor.in_force import ask_in_force, may_answer
from ringvirkning.ui.headline import draw_title
from ringvirkning.ui.quotes import source_link
from ringvirkning.ui.stories import story
from ringvirkning.ui.stories.story import draw_by_period

CONVERSATION = "in_force.conversation"
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
    st.caption(markdown_text(agreement_line(w, agreement)))
    for group in agreements.target_groups(shown, agreement.programme, agreement.association):
        st.markdown(markdown_text(w("programme.group", group=group)))
    if agreement.purpose:
        st.markdown(markdown_text(agreement.purpose))
    link_to_forms_of(shown, "partnerships", partnership_id, ROWS_OF_AGREEMENT)
    left, right = st.columns(2, gap="large")
    with left:
        agreement_facts(shown, agreement)
        if not agreement.end_date and may_answer(shown):
            ask_in_force(shown, [agreement], "story")
    with right:
        partners(shown, partnership_id)
    draw_work(shown, (partnership_id,))
    draw_contributions(shown, (partnership_id,))
    partnership_results(shown, partnership_id)
    story.draw_gaps(shown, partnership_ids=(partnership_id,))
    partnership_activities(shown, partnership_id)


def agreement_line(w: Words, row: answers.Partnership) -> str:
    """Association, type and programme of a partnership."""
    said = [row.association, w.code("partnership_type", row.partnership_type)]
    if row.programme:
        said.append(w("record.in_programme", programme=row.programme))
    return sentences.quiet_line(said)


def agreement_facts(shown: View, row: answers.Partnership) -> None:
    w = shown.words
    st.header(w("story.agreement"), anchor=False)
    facts = {
        "record.status": w.code("status", row.status),
        "record.agreement_status": sentences.capital(
            w.code("agreement_status", row.agreement_status) if row.agreement_status else ""
        ),
        "record.level": sentences.capital(
            w.code("agreement_level", row.agreement_level) if row.agreement_level else ""
        ),
        "record.start": fact_day(w, row.start_date, row.start_qualifier),
        "record.end": fact_day(w, row.end_date, row.end_qualifier),
        "record.confirmed": confirmed_words(w, row),
        "record.asked": row.asked_date and fact_day(w, row.asked_date, None),
        "record.focus_areas": ", ".join((row.focus_areas or "").split("|")),
        "record.note": row.note,
    }
    for key, said in facts.items():
        if said:
            st.markdown(f"**{w(key)}**  \n{markdown_text(said)}")
    st.markdown(f"**{w('record.source')}**  \n{source_link(shown, row.source)}")
    if row.part_of:
        whole = {row.part_of: row.part_of_title or row.part_of}
        draw_agreement_links(w, w("record.part_of"), whole, "whole")
    if row.part_ids and row.part_titles:
        parts = dict(zip(row.part_ids, row.part_titles, strict=True))
        draw_agreement_links(w, w("record.parts"), parts, "parts")


def confirmed_words(w: Words, row: answers.Partnership) -> str:
    """When it was confirmed, by whom and where, as far as that is told here."""
    day, source = fact_day(w, row.confirmed_date, None), row.confirmed_source or ""
    if source.casefold() in {entries(language)[CONVERSATION] for language in LANGUAGES}:
        source = w(CONVERSATION)  # whatever the language of who wrote it
    return sentences.quiet_line([day, row.confirmed_role or "", source])


def fact_day(w: Words, day: str | None, qualifier: str | None) -> str:
    """A day under its label, which says of what it is."""
    return sentences.capital(sentences.date_words(w, day, qualifier)) or w("record.not_stated")


def partners(shown: View, partnership_id: str) -> None:
    w = shown.words
    rows = shown.rows(answers.PartnershipPartners, partnership_id=partnership_id)
    st.header(w("story.partners", n=len(rows)), anchor=False)
    for row in alphabetical(rows, w.language, lambda row: row.name):
        st.button(
            markdown_text(row.name),
            key=f"open-partner-{row.partner_id}",
            on_click=state.open_story,
            kwargs={"partner": row.partner_id},
            type="tertiary",
        )
        said = [stories.type_of(w, row)]
        if row.partnership_count > 1:
            said.append(w("story.in_partnerships", n=row.partnership_count))
        if row.head_name:
            said.append(w("story.office_of", name=markdown_text(row.head_name)))
        if row.continued_as_name:
            said.append(w("story.continued_as", name=markdown_text(row.continued_as_name)))
        if any(said):
            st.markdown(sentences.quiet_line(said))


def partnership_results(shown: View, partnership_id: str) -> None:
    """What the partnership contributed to; shared results are counted here in full, and say so."""
    w = shown.words
    rows = shown.rows(answers.PartnershipResults, partnership_id=partnership_id)
    st.header(w("story.results"), anchor=False)
    if not rows:
        st.markdown(w("story.no_results"))
    if figures := [row for row in rows if row.value is not None or row.value_status]:
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
    rows = alphabetical_within(
        shown.rows(answers.PartnershipActivities, partnership_id=partnership_id),
        w.language,
        lambda row: row.begins_on,
        lambda row: row.title,
    )
    matching = rows[0].matching_count if rows else 0
    st.header(w("story.activities", n=matching), anchor=False)
    if not rows:
        st.markdown(w("story.no_activities"))
        return
    heading = [
        w(f"record.{k}")
        for k in ("activity", "when", "type", "registered", "attended", "shared_with")
    ]
    body = [
        (
            row.title + (f" ({w('claim.example')})" if row.evidence == "illustrative" else ""),
            sentences.date_words(w, row.start_date, row.date_qualifier) or w("date.unknown"),
            w.code("activity_type", row.activity_type),
            sentences.counted(w, row.registered_count, row.count_qualifier),
            sentences.counted(w, row.attended_count, row.count_qualifier),
            ", ".join(alphabetical(row.shared_with or (), w.language)),
        )
        for row in rows
    ]
    draw_table([heading, *body[:100]], w("story.activities", n=matching))
    if matching > 100:
        st.caption(w("story.first_activities", n=100, all=matching))
