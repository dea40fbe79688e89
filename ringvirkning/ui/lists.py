"""The record tables of the pages: every partnership, every activity."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from queries import answers
from ringvirkning.figures import agreement_story, associations, feet, partners
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.records import Heading, draw_records
from ringvirkning.ui.editor.form_links import ToForm, forms_to_correct


def iso_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def partnership_list(shown: View, listed: Sequence[answers.PartnershipRecords]) -> None:
    """Every partnership of the selection; one clicked opens its story."""
    caption = shown.words("table.partnerships", n=len(listed))
    st.header(caption, anchor=False)
    if opened := draw_partnerships(shown, listed, "partnership-list", caption):
        state.change(partnership=opened)
        st.rerun()


def draw_partnerships(
    shown: View,
    listed: Sequence[answers.PartnershipRecords],
    key: str,
    caption: str,
    at: str = "",
    forms: Sequence[ToForm] = (),
) -> str | None:
    """A table of partnerships; the id of one that was clicked in this run. Each is a link to its
    story, which stands `at` another page, such as "./partnerships", or this one; where there are
    forms, one for each, to that."""
    w, here = shown.words, state.current()
    rows: list[Mapping[str, object]] = [
        {
            "id": row.partnership_id,
            "href": f"{at}?" + replace(here, partnership=row.partnership_id).query(),
            **agreement_story.listed_words(w, row),
            "start_sort": iso_day(row.begins_on),
        }
        for row in listed
    ]
    columns = [
        Heading(name, w(f"record.{name}"), wide=name in ("title", "partners"))
        for name in agreement_story.LISTED_WORDS
    ]
    if forms:
        draw_with_forms(w, rows, columns, key, caption, forms)
        return None
    return draw_records(w, rows, columns, key=key, caption=caption, opens="title")


def partner_list(shown: View, listed: Sequence[answers.Partners]) -> None:
    """Every partner of the selection; one clicked opens its story."""
    w, here = shown.words, state.current()
    caption = w("table.partners", n=len(listed))
    rows = [
        {
            "id": row.partner_id,
            "href": "?" + replace(here, partner=row.partner_id).query(),
            "partner": row.name,
            "type": partners.what_words(w, row),
            "agreements": partners.standing_words(w, row),
            "agreements_sort": partners.running_count(row),
            "since": partners.since_words(w, row),
            "since_sort": row.start_date,
            "last": partners.last_words(w, row),
            "last_sort": iso_day(row.last_begins_on),
        }
        for row in listed
    ]
    columns = [
        Heading(name, w(f"partner_list.column.{name}"), wide=name == "last")
        for name in partners.PARTNER_COLUMNS
    ]
    if opened := draw_records(w, rows, columns, key="partners", caption=caption, opens="partner"):
        state.open_story(partner=opened)
        st.rerun()


def activity_list(shown: View, listed: Sequence[answers.ActivityRecords]) -> None:
    """The activities of the selection, the thousand latest."""
    w = shown.words
    matching = listed[0].matching_count if listed else 0
    caption = w("table.activities", n=matching)
    st.header(caption, anchor=False)
    if matching > len(listed):
        st.caption(w("table.latest", n=len(listed), all=matching))
    forms = forms_to_correct(shown, "activities", [row.activity_id for row in listed])
    draw_activities(shown, listed, "activity-list", caption, forms)


def draw_activities(
    shown: View,
    listed: Sequence[answers.ActivityRecords],
    key: str,
    caption: str,
    forms: Sequence[ToForm] = (),
) -> None:
    """A table of activities; where there are forms, one for each, it leads to them."""
    w = shown.words
    if rounding := feet.rounding(shown, ["registered", "attended"]):
        st.caption(rounding)
    rows: list[Mapping[str, object]] = [
        {
            "activity": row.title,
            "when": sentences.date_words(w, row.start_date, row.date_qualifier)
            or w("date.unknown"),
            "when_sort": iso_day(row.begins_on),
            "type": w.code("activity_type", row.activity_type),
            "programme": row.programme or "",
            "registered": sentences.counted(w, row.registered_count, row.count_qualifier),
            "registered_sort": row.registered_count,
            "attended": sentences.counted(w, row.attended_count, row.count_qualifier),
            "attended_sort": row.attended_count,
            "evidence": w("record.cancelled")
            if row.cancelled
            else w.code("evidence", row.evidence),
        }
        for row in listed
    ]
    named = ("activity", "when", "type", "programme", "registered", "attended", "evidence")
    columns = [
        Heading(name, w(f"record.{name}"), name in ("registered", "attended"), name == "activity")
        for name in named
    ]
    draw_with_forms(w, rows, columns, key, caption, forms)


def draw_with_forms(
    w: Words,
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[Heading],
    key: str,
    caption: str,
    forms: Sequence[ToForm],
) -> None:
    """A table in which each row leads to its form, in a column of its own; without forms none."""
    if not forms:
        draw_records(w, rows, columns, key=key, caption=caption)
        return
    linked = [
        {
            **row,
            "id": form.entry,
            "href": "./data?" + state.at_page("data", entry=form.entry).query(),
            "form": form.label,
        }
        for row, form in zip(rows, forms, strict=True)
    ]
    more = [*columns, Heading("form", w("enter.column"))]
    if opened := draw_records(w, linked, more, key=key, caption=caption, opens="form"):
        state.go_to_state(state.at_page("data", entry=opened))


def association_list(shown: View, listed: Sequence[answers.Associations]) -> None:
    """Every association of the selection; one clicked is chosen, and its overview is opened."""
    w = shown.words
    st.header(w("table.associations", n=len(listed)), anchor=False)
    rows = [
        {
            "id": row.association,
            "association": row.association,
            "confirmed": w.number(row.confirmed_count),
            "confirmed_sort": row.confirmed_count,
            "unconfirmed": w.number(row.unconfirmed_count),
            "unconfirmed_sort": row.unconfirmed_count,
            "activities": associations.shown_or_nothing(w, row.activity_count),
            "activities_sort": row.activity_count,
            "attended": associations.attended_words(w, row),
            "attended_sort": row.attended_count,
            "placements": associations.placed_words(w, row),
            "placements_sort": row.placement_count,
        }
        for row in listed
    ]
    columns = [
        Heading(name, w(f"associations.column.{name}"), name != "association")
        for name in associations.ASSOCIATION_COLUMNS
    ]
    opened = draw_records(
        w,
        rows,
        columns,
        key="association-list",
        caption=w("table.associations", n=len(listed)),
        opens="association",
    )
    if opened:
        state.open_association(opened)


def published_totals(shown: View) -> None:
    """Yearly totals that a source prints stand beside what is counted one by one, never added."""
    w = shown.words
    results = sorted(shown.rows(answers.ResultsByProgramme), key=lambda row: row.from_year or 0)
    totals = [row for row in results if row.measure == "events_held" and row.value is not None]
    if not totals:
        return
    years = [sentences.time_in_words(w, row.from_year, row.to_year, row.period) for row in totals]
    values = [sentences.measured_number(w, row.measure, row.value) for row in totals]
    said = "; ".join(map(": ".join, zip(years, values, strict=True)))
    st.markdown(markdown_text(w("activities.published_totals", totals=said)))
