"""One partnership's story: agreement, partners, purpose, activities, results, sources."""

from typing import Any

import streamlit as st

from texts import sentences
from texts.safe import markdown_text
from texts.sentences import Rows
from ui import feet
from ui.figure import table
from ui.view import View


def open_partnership(partnership_id: str) -> None:
    st.session_state["partnership"] = partnership_id


def close() -> None:
    st.session_state["partnership"] = None


def stop_at_open(shown: View) -> None:
    """When the address names a partnership, the page is its story."""
    asked = st.session_state.get("partnership")
    if not asked:
        return
    w = shown.words
    found = shown.rows("partnership", partnership_id=asked)
    st.button(w("story.back"), on_click=close, icon=":material/arrow_back:", type="tertiary")
    if not found:
        st.title(w("story.unknown"), anchor=False)
        st.markdown(w("story.unknown_what"))
        st.stop()
    tell(shown, found[0], asked)
    st.stop()


def tell(shown: View, agreement: Any, partnership_id: str) -> None:
    w = shown.words
    st.title(markdown_text(agreement.title), anchor=False)
    st.caption(markdown_text(sentences.agreement_line(w, agreement)))
    if agreement.purpose:
        st.markdown(markdown_text(agreement.purpose))
    left, right = st.columns(2, gap="large")
    with left:
        agreement_facts(shown, agreement)
    with right:
        partners(shown, partnership_id)
    results(shown, partnership_id)
    activities(shown, partnership_id)


def agreement_facts(shown: View, row: Any) -> None:
    w = shown.words
    st.header(w("story.agreement"), anchor=False)
    facts = {
        "record.status": w.code("status", row.status),
        "record.start": sentences.start_words(w, row.start_date, row.start_qualifier),
        "record.end": sentences.end_words(w, row.end_date, row.end_qualifier),
        "record.confirmed": sentences.dated(w, row.confirmed_date, None)
        or w("date.never_confirmed"),
        "record.focus_areas": ", ".join((row.focus_areas or "").split("|")),
        "record.note": row.note,
    }
    for key, said in facts.items():
        if said:
            st.markdown(f"**{w(key)}**  \n{markdown_text(said)}")
    st.markdown(f"**{w('record.source')}**  \n{feet.source_link(shown, row.source)}")


def partners(shown: View, partnership_id: str) -> None:
    w = shown.words
    rows = shown.rows("partnership_partners", partnership_id=partnership_id)
    st.header(w("story.partners", n=len(rows)), anchor=False)
    for row in rows:
        said = f"**{markdown_text(row.name)}**  \n{w.code('partner_type', row.partner_type)}"
        if row.partnership_count > 1:
            said += " · " + w("story.in_partnerships", n=row.partnership_count)
        if row.succeeded_by_name:
            said += " · " + w("story.succeeded_by", name=markdown_text(row.succeeded_by_name))
        st.markdown(said)


def results(shown: View, partnership_id: str) -> None:
    """What the partnership contributed to; shared results are counted here in full, and say so."""
    w = shown.words
    rows = shown.rows("partnership_results", partnership_id=partnership_id)
    st.header(w("story.results"), anchor=False)
    if not rows:
        st.markdown(w("story.no_results"))
    if figures := [row for row in rows if row.value is not None]:
        by_period(shown, figures)
    for row in (row for row in rows if row.quote is not None):
        source = feet.source_link(shown, row.source)
        st.markdown(f"**«{markdown_text(row.quote)}»**  \n{source}")


def by_period(shown: View, figures: Rows) -> None:
    """Results as rows, periods as columns; what is shared in brackets, and said below."""
    w = shown.words
    periods = list(dict.fromkeys((row.from_year, row.to_year) for row in figures))
    named = [sentences.period(*span) or w("date.year_unknown") for span in periods]
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for row in figures:
        said = sentences.measured_number(w, row)
        if row.shared_value is not None:
            said += f" ({w('record.n_shared', n=int(row.shared_value))})"
        key = (
            sentences.measured(w, row.measure, row.measured_at),
            w.code("evidence", row.evidence),
        )
        when = sentences.period(row.from_year, row.to_year) or w("date.year_unknown")
        cells.setdefault(key, {})[when] = said
    heading = (w("record.result"), *named, w("record.evidence"))
    body = [(what, *(found.get(n, "") for n in named), on) for (what, on), found in cells.items()]
    table([heading, *body], w("story.results"))
    if any(row.shared_value is not None for row in figures):
        st.caption(w("story.shared"))
    if rounding := feet.rounding(shown, [row.measure for row in figures]):
        st.caption(rounding)


def activities(shown: View, partnership_id: str) -> None:
    w = shown.words
    rows = shown.rows("partnership_activities", partnership_id=partnership_id)
    st.header(w("story.activities", n=len(rows)), anchor=False)
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
            sentences.dated(w, row.start_date, row.date_qualifier) or w("date.unknown"),
            w.code("activity_type", row.activity_type),
            sentences.counted(w, row.registered_count, row.count_qualifier),
            sentences.counted(w, row.attended_count, row.count_qualifier),
            ", ".join(row.shared_with or ()),
        )
        for row in rows
    ]
    table([heading, *body[:100]], w("story.activities", n=len(rows)))
    if len(body) > 100:
        st.caption(w("story.first_activities", n=100, all=len(body)))
