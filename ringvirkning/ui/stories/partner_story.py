"""One partner's story, told under all its names: agreements, results, activities, neighbours."""

from dataclasses import replace

import streamlit as st

from queries import answers
from queries.alphabet import alphabetical_within
from ringvirkning.figures import agreements, feet, make, stories
from ringvirkning.figures.explore.records import RECORD_COLUMNS, record
from ringvirkning.figures.stories import RESULT
from ringvirkning.figures.timeline import Records, cited, timeline_chart
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.agreements import draw_contributions, draw_work
from ringvirkning.ui.components.figure import draw_figure, draw_table
from ringvirkning.ui.components.records import Heading, draw_records
from ringvirkning.ui.editor.form_links import link_to_forms_of
from ringvirkning.ui.headline import draw_title
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import source_html
from ringvirkning.ui.stories import story

MOST_ACTIVITIES = 100


def tell(shown: View, partner_id: str) -> None:
    """Raises LookupError where there is none of this id, or the chosen associations have nothing
    with it."""
    own = shown.of_associations
    found = stories.organisations(own, partner_id)
    named = stories.named(found, partner_id)
    draw_title(shown.words, named.name, "partnerships")
    st.caption(markdown_text(stories.who(shown, named)))
    rows_of_partner = {"partnerships": "partner_ids", "activities": "partner_ids"}
    link_to_forms_of(shown, "partners", partner_id, rows_of_partner)
    for said in stories.several_names(own, found):
        st.markdown(markdown_text(said))
    agreed = stories.agreements(own, found)
    agreement_ids = [row.partnership_id for row in agreed]
    for said in agreements.groups_of(own, agreed):
        st.markdown(markdown_text(said))
    office_head(own, named)
    draw_agreements(own, agreed)
    draw_work(own, agreement_ids)
    draw_contributions(own, agreement_ids, [one.partner_id for one in found])
    results(own, partner_id)
    story.draw_gaps(own, partner_id)
    neighbours(own, partner_id)
    activities(own, partner_id, found)
    paper.partner(shown, partner_id, named.name)


def office_head(shown: View, named: answers.Partner) -> None:
    """What it is an office of, whose story is told with it."""
    if named.head_id and named.head_name:
        st.button(
            shown.words("story.open_head", name=markdown_text(named.head_name)),
            key="head",
            on_click=state.open_story,
            kwargs={"partner": named.head_id},
            type="tertiary",
        )


def draw_agreements(shown: View, own: Records) -> None:
    w = shown.words
    if not own:
        st.markdown(w("story.no_agreements"))
        return
    timeline = make(
        shown,
        "partner-timeline",
        timeline_chart(w, own, shown.as_of),
        foot=w("foot.unit_timeline"),
        measures=["active_partnerships"],
        asks=["partnership_records"],
        cited=cited(own),
        opens="partnership",
    )
    draw_figure(shown, timeline)


def results(shown: View, partner_id: str) -> None:
    """Each in full, with how much of it is shared and with whom; never added over partners."""
    w = shown.words
    rows = stories.latest_results(shown, partner_id)
    st.header(w("story.partner_results"), anchor=False)
    if not rows:
        st.markdown(w("story.no_results"))
        return
    draw_records(
        w,
        [dict(zip(RESULT, stories.result(shown, row), strict=True)) for row in rows],
        [Heading(n, w(f"story.column.{n}"), n in ("value", "shared"), n == "with") for n in RESULT],
        key="partner-results",
        caption=w("story.partner_results"),
    )
    notes = [w("story.shared"), feet.rounding_of(shown, rows)]
    st.caption(sentences.said_together(notes))


def neighbours(shown: View, partner_id: str) -> None:
    """Those it shares agreements or activities with; one clicked is told of in its place."""
    w = shown.words
    rows = alphabetical_within(
        shown.rows(answers.Neighbours, partner_id=partner_id),
        w.language,
        lambda row: (row.activity_count, row.partnership_count),
        lambda row: row.name,
    )
    st.header(w("story.neighbours", n=len(rows)), anchor=False)
    if not rows:
        return
    here = replace(state.current(), partnership=None)
    opened = draw_records(
        w,
        [
            {
                "id": row.partner_id,
                "href": "?" + replace(here, partner=row.partner_id).query(),
                "name": row.name,
                "type": w.code("partner_type", row.partner_type),
                "activities": w.number(row.activity_count),
                "activities_sort": row.activity_count,
                "agreements": w.number(row.partnership_count),
                "agreements_sort": row.partnership_count,
            }
            for row in rows
        ],
        [
            Heading("name", w("story.column.partner"), wide=True),
            Heading("type", w("record.type")),
            Heading("activities", w("story.column.activities"), numeric=True),
            Heading("agreements", w("story.column.agreements"), numeric=True),
        ],
        key="neighbours",
        caption=w("story.neighbours", n=len(rows)),
        opens="name",
    )
    if opened:
        state.open_story(partner=opened)
        st.rerun()


def activities(shown: View, partner_id: str, found: stories.Organisations) -> None:
    """The latest under any of its names."""
    w = shown.words
    latest = stories.latest_activities(shown, found, MOST_ACTIVITIES)
    count = stories.activity_count(shown, partner_id)
    heading = stories.activities_heading(shown, len(latest), count)
    st.header(heading, anchor=False)
    if not latest:
        st.markdown(w("story.no_partner_activities"))
        return
    columns = [w(f"explore.record.{name}") for name in RECORD_COLUMNS if name != "value"]
    body = []
    for row in latest:
        said = record(w, row, is_rate=False) | {"source": source_html(row.source)}
        body.append([text for name, text in said.items() if name != "value"])
    draw_table([columns, *body], heading, links=columns[-1:])
