"""The records behind an answer, or behind one mark of it: they add up to what it says."""

import errno
import json
import os
from collections.abc import Iterator
from functools import partial
from typing import Any

import streamlit as st

from queries import answers
from ringvirkning import child
from ringvirkning.export import Export
from ringvirkning.export.records import RecordsWanted, csv_of_records
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import ONCE, Answer, has_number, key_text
from ringvirkning.figures.explore.records import (
    RECORD_COLUMNS,
    ListedRecord,
    is_rate_of,
    mark_values,
    record,
    record_headings,
)
from ringvirkning.figures.notes import notes
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.finding import Finding
from ringvirkning.server import published
from ringvirkning.texts import Words
from ringvirkning.texts.safe import html_text, markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_table
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.editor.form_links import Opened
from ringvirkning.ui.editor.in_force import may_answer
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.quotes import source_html

PER_PAGE = 25
MOST_MADE_HERE = 5_000  # records, of which a file is made sooner than a process is begun
OF_RECORDS = child.Limits(memory=8 * 2**30, seconds=600, nice=10)


def open_mark(mark: str) -> None:
    """List the records of a clicked mark; clicked again, put them away."""
    row, within = json.loads(mark)
    now = state.current().question
    is_open = (now.row, now.within) == (row, within)
    state.ask(
        row="*" if is_open else row, within="*" if is_open else within, page="" if is_open else "1"
    )


def behind(shown: View, asked: Question, answer: Answer, of: Figure) -> None:
    """The records, page by page, and all as a file that has the figure's notes in it."""
    w = shown.words
    cell = cell_of_mark(asked, answer)
    if cell is None:
        return
    if not asked.page:
        st.button(
            w("explore.show_records", n=cell.record_count + cell.not_due_count),
            on_click=state.ask,
            kwargs={"page": "1"},
            icon=":material/list:",
        )
        return
    st.header(w("explore.records"), anchor="records")
    st.markdown(markdown_text(added_up(shown, answer, cell)))
    draw_record_page(shown, asked, cell.record_count + cell.not_due_count)
    download(shown, asked, of, cell.record_count + cell.not_due_count)


def cell_of_mark(asked: Question, answer: Answer) -> answers.Explore | None:
    """The cell that is asked for; without a total, all that there is in one row or split."""
    for (row, split), cell in answer.cells.items():
        if (key_text(row), key_text(split)) == (asked.row, asked.within):
            return cell
    return None


def chip(shown: View, asked: Question, answer: Answer) -> None:
    """Which mark the records are of, and where they stand; pressed, it lets go."""
    w = shown.words
    keys = [(answer.rows, asked.row), (answer.split, asked.within)]
    said = [wording.label(w, answer, of, key or None) for of, key in keys if key != "*"]
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            markdown_text(" · ".join(said)),
            key="unmark",
            on_click=state.ask,
            kwargs={"row": "*", "within": "*"},
            icon=":material/close:",
            help=w("explore.unmark"),
        )
        found = cell_of_mark(asked, answer)
        below = f"[{w('explore.records_below')}](#records)"
        st.markdown(below if found else w("explore.no_records"))


def added_up(shown: View, answer: Answer, cell: answers.Explore) -> str:
    """How the records add up to the mark."""
    w = shown.words
    is_number = cell.value is not None and not answer.is_single and not answer.is_rate
    total = (
        wording.in_sentence(w, answer, cell.value or 0)
        if is_number
        else wording.cell_words(w, answer, cell)
    )
    key = "counted_once" if answer.measure["measure"] in ONCE else "added_up"
    is_early = cell.not_due_count > 0 and not has_number(cell)
    key = "without_number" if is_early or not total else key
    said = w(f"explore.{key}", n=cell.record_count + cell.not_due_count, total=total)
    examples = wording.example_count(cell)
    early = cell.not_due_count
    beside = [
        w("explore.not_counted_yet", n=early) if early else "",
        w("foot.examples_beside", n=examples) if examples else "",
    ]
    return " ".join(filter(None, [said, *beside]))


def draw_record_page(shown: View, asked: Question, matching: int) -> None:
    w = shown.words
    pages = max(-(-matching // PER_PAGE), 1)
    page = min(int(asked.page), pages)
    offset = (page - 1) * PER_PAGE
    rows = shown.rows(answers.ExploreRecords, **mark_values(asked), limit=PER_PAGE, offset=offset)
    body = [
        [*(record(w, row, is_rate_of(asked)) | {"source": source_html(row.source)}).values()]
        for row in rows
    ]
    heading = record_headings(w)
    if may_answer(shown):
        heading = [*heading, w("enter.column")]
        body = [[*cells, link_to_correct(w, row)] for cells, row in zip(body, rows, strict=True)]
    draw_table([heading, *body], w("explore.records"), links=heading[len(RECORD_COLUMNS) - 1 :])
    if rounding := feet.rounding(shown, [asked.measure]):
        st.caption(rounding)
    if pages > 1:
        turn(shown, page, pages)


def link_to_correct(w: Words, row: ListedRecord) -> str:
    """The form of a record, as HTML; of a result that of its activity, which has all of them."""
    table, key = FORM_OF_RECORD.get(row.record or "", ("", ""))
    if not table or not row.record_id:
        return ""
    entry = Opened(table, {key: row.record_id}).as_text()
    address = html_text("./data?" + state.at_page("data", entry=entry).query())
    return f'<a href="{address}" target="_self">{html_text(w("enter.correct_it"))}</a>'


FORM_OF_RECORD = {
    "activity": ("activities", "activity_id"),
    "outcome": ("activities", "activity_id"),
    "partnership": ("partnerships", "partnership_id"),
    "agreement": ("partnerships", "partnership_id"),
    "partner": ("partners", "partner_id"),
}


def download(shown: View, asked: Question, of: Figure, matching: int) -> None:
    """All of them as a file, made when it is asked for: of many by a process of its own, so that
    nobody else's page waits."""
    w = shown.words
    title = f"{w('explore.records')}: {shown.measure(asked.measure)['name']}"
    values: dict[str, Any] = shown.values | mark_values(asked) | {"as_of": None}
    wanted = RecordsWanted(
        str(shown.database),
        w.language,
        values,
        shown.as_of,
        is_rate_of(asked),
        Export(title, notes(shown, of), [record_headings(w)]),
    )

    is_long = matching > MOST_MADE_HERE
    draw_link(
        w("explore.download"),
        f"{file_name(shown, title)}.csv",
        partial(records_made_apart if is_long else csv_of_records, wanted),
        is_staffs=not shown.is_protected,
        is_made_apart=is_long,
    )


def records_made_apart(wanted: RecordsWanted) -> Iterator[bytes]:
    """The whole file, once it is made. Raises child.Failed, and OSError on a full disk."""
    with published.scratch() as place:
        file = place / "records.csv"
        command = ["records", str(file), "--wanted", child.as_json(wanted)]
        if child.reply(list[Finding], command, OF_RECORDS):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with file.open("rb") as made:
            while part := made.read(2**16):
                yield part


def turn(shown: View, page: int, pages: int) -> None:
    w = shown.words
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, to in (("previous", page - 1), ("next", page + 1)):
            st.button(
                w(f"table.{name}"),
                key=f"records-{name}",
                on_click=state.ask,
                kwargs={"page": str(to)},
                disabled=not 1 <= to <= pages,
            )
        st.caption(w.pattern("table.page").format(page=w.number(page), pages=w.number(pages)))
