"""The form that takes a row away, and those that are of it alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import streamlit as st

from queries.contract import Table
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.entries import Entry, row_title
from ringvirkning.intake.naming import IDENTITY, key_of
from ringvirkning.intake.personal import personal
from ringvirkning.intake.records import Record
from ringvirkning.intake.words.changes import title_words
from ringvirkning.store.numbered import new_number
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.drafts import WAITING, keep_drafts, own_entries
from ringvirkning.ui.editor.form_links import link_to_form
from ringvirkning.ui.headline import draw_title

RESTING_LINKED = 20  # rows that rest on one


def ask_why(
    w: Words, folder: Path | None, table: Table, known: Record, draft: Entry | None
) -> None:
    """A row that goes, and those that are of it alone, with the reason."""
    row = offers.published_row(folder, table, known) if folder else {}
    if not row or folder is None:
        draw_title(w, w("enter.waiting"), "data")
        st.info(w("enter.gone"))
        return
    title = title_words(w, table.name, offers.named_title(folder, table, row_title(table, row)))
    draw_title(w, w("enter.withdraw", name=title), "data")
    key = key_of(table)
    more = [*offers.rows_that_name(folder, table, row[key])] if key else []
    if more:
        st.markdown(w("enter.withdraw_more", n=len(more)))
    draw_resting(w, folder, table, row)
    with st.form("enter-why"):
        why = st.text_area(w("enter.why"), draft.why if draft else "", max_chars=200)
        pressed = st.form_submit_button(w("enter.withdraw_keep"), type="primary")
    st.caption(w("enter.then"))
    if not pressed:
        return
    if kind := personal(why):
        st.error(w(f"publication.personal.{kind}", field=w("enter.why")))
    elif not why.strip():
        st.error(w("enter.no_why"))
    elif keep_drafts(w, [*entries_withdrawn(table, row, more, why, draft)]):
        state.change(entry=WAITING)
        st.rerun()


def draw_resting(
    w: Words, folder: Path | None, table: Table, row: Record, is_alone: bool = False
) -> None:
    """The rows that go on naming one that is to go, each with its form: not those that by what
    waits go, too, or name it no longer. Where it `is_alone` also those that would go with it."""
    key, entries = key_of(table), own_entries()
    if not key or folder is None:
        return
    found = [*offers.rows_that_rest(folder, table, row[key])]
    found += offers.rows_that_name(folder, table, row[key]) if is_alone else ()
    resting = [
        (of, one)
        for of, one in found
        if not any(lets_go(entry, of, one, table, row[key]) for entry in entries)
    ]
    if not resting:
        return
    st.warning(w("enter.resting", n=len(resting)))
    with st.container(key=f"forms-of-{table.name}-{row[key]}"):
        for of, one in resting[:RESTING_LINKED]:
            day = one.get(offers.DAY)
            more = sentences.quiet_line([w(f"sheet.{of.name}"), w.day(day) if day else ""])
            named = offers.named_title(folder, of, row_title(of, one))
            label = f"{title_words(w, of.name, named)} ({more})"
            link_to_form(markdown_text(sentences.capital(label)), of.name, known_of(of, one))


def lets_go(entry: Entry, of: Table, one: Record, table: Table, id: str) -> bool:
    """Whether a change that waits takes a row away, or the names of another in it."""
    is_same = all(entry.row.get(name) == text for name, text in known_of(of, one).items())
    if entry.table != of.name or not is_same:
        return False
    names = [column.name for column in of.columns if column.refers_to == table.name]
    return entry.is_withdrawn or not any(
        id in entry.row.get(name, one[name]).split("|") for name in names
    )


def known_of(table: Table, row: Record) -> dict[str, str]:
    """What a row is known by."""
    key = key_of(table)
    return {name: row.get(name, "") for name in ((key,) if key else IDENTITY[table.name]) if name}


def entries_withdrawn(
    table: Table,
    row: Record,
    more: Sequence[tuple[Table, Record]],
    why: str,
    draft: Entry | None,
) -> Iterator[Entry]:
    for of, one in [(table, row), *more]:
        id = draft.id if draft and of == table else new_number()
        yield Entry(
            id,
            of.name,
            known_of(of, one),
            title=row_title(of, one),
            is_withdrawn=True,
            why=why.strip(),
        )
