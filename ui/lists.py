"""The record tables of the pages: every partnership, every activity."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from texts import Words, sentences
from texts.safe import markdown_text
from ui.records import Column, records
from ui.view import View, items

WORDS = ("search", "rows", "previous", "next", "page", "none", "empty", "sort_by", "clear")


def table_words(w: Words) -> dict[str, str]:
    return {key: w.pattern(f"table.{key}") for key in WORDS} | {"language": w.language}


def iso(day: object) -> str | None:
    return None if pd.isna(day) else str(day)[:10]


def partnership_list(shown: View, frame: pd.DataFrame) -> None:
    """Every partnership of the selection; one clicked opens its story."""
    w = shown.words
    st.header(w("table.partnerships", n=len(frame)), anchor=False)
    here = st.session_state.get("address", {})
    rows = [
        {
            "id": row.partnership_id,
            "href": "?" + urlencode(here | {"partnership": row.partnership_id}, doseq=True),
            "title": row.title,
            "partners": ", ".join(items(row.partner_names)),
            "type": w.code("partnership_type", row.partnership_type),
            "start": sentences.start_words(w, row.start_date, row.start_qualifier),
            "start_sort": iso(row.begins_on),
            "status": w.code("status", row.status),
        }
        for row in frame.itertuples()
    ]
    columns = [
        Column("title", w("record.title"), wide=True),
        Column("partners", w("record.partners"), wide=True),
        Column("type", w("record.type")),
        Column("start", w("record.start")),
        Column("status", w("record.status")),
    ]
    opened = records(
        rows,
        columns,
        key="partnership-list",
        words=table_words(w),
        caption=w("table.partnerships", n=len(frame)),
        opens="title",
    )
    if opened:
        st.session_state["partnership"] = opened
        st.rerun()


def activity_list(shown: View, frame: pd.DataFrame) -> None:
    """The activities of the selection, the thousand latest."""
    w = shown.words
    matching = int(frame.matching_count.iloc[0]) if len(frame) else 0
    st.header(w("table.activities", n=matching), anchor=False)
    if matching > len(frame):
        st.caption(w("table.latest", n=len(frame), all=matching))
    rows = [
        {
            "id": "",
            "title": row.title,
            "when": sentences.dated(w, row.start_date, row.date_qualifier) or w("date.unknown"),
            "when_sort": iso(row.begins_on),
            "type": w.code("activity_type", row.activity_type),
            "programme": "" if pd.isna(row.programme) else row.programme,
            "registered": sentences.counted(w, row.registered_count, row.count_qualifier),
            "registered_sort": None if pd.isna(row.registered_count) else int(row.registered_count),
            "attended": sentences.counted(w, row.attended_count, row.count_qualifier),
            "attended_sort": None if pd.isna(row.attended_count) else int(row.attended_count),
            "evidence": w("record.cancelled")
            if row.cancelled
            else w.code("evidence", row.evidence),
        }
        for row in frame.itertuples()
    ]
    columns = [
        Column("title", w("record.activity"), wide=True),
        Column("when", w("record.when")),
        Column("type", w("record.type")),
        Column("programme", w("record.programme")),
        Column("registered", w("record.registered"), numeric=True),
        Column("attended", w("record.attended"), numeric=True),
        Column("evidence", w("record.evidence")),
    ]
    records(
        rows,
        columns,
        key="activity-list",
        words=table_words(w),
        caption=w("table.activities", n=matching),
    )


def published_totals(shown: View) -> None:
    """Yearly totals that a source prints stand beside what is counted one by one, never added."""
    w = shown.words
    rows = shown.ask("results_by_programme")
    totals = rows[rows.measure == "events_held"]
    if totals.empty:
        return
    said = "; ".join(
        f"{sentences.period(r.from_year, r.to_year)}: {sentences.measured_number(w, r)}"
        for r in totals.sort_values("from_year").itertuples()
    )
    st.markdown(markdown_text(w("activities.published_totals", totals=said)))
