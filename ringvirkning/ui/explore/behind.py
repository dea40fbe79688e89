"""The records behind an answer, or behind one mark of it: they add up to what it says."""

import json
from collections.abc import Iterator

import streamlit as st

from queries import Value, answers
from queries.alphabet import alphabetical
from ringvirkning.export import Export
from ringvirkning.export.tables import csv_parts
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import ONCE, Answer, key_text
from ringvirkning.figures.explore.figure import question_values
from ringvirkning.figures.notes import notes
from ringvirkning.figures.question import WORKED_OUT, Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import html_text, markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_table
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.editor.enter import Opened
from ringvirkning.ui.editor.in_force import may_answer
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.quotes import source_html

PER_PAGE = 25
ListedRecord = answers.ExploreRecords | answers.ExploreEveryRecord


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
    download(shown, asked, of)


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
    total = wording.cell_words(w, answer, cell) or w("chart.unknown")
    key = "counted_once" if answer.measure["measure"] in ONCE else "added_up"
    said = w(f"explore.{key}", n=cell.record_count + cell.not_due_count, total=total)
    examples = wording.example_count(cell)
    return f"{said} {w('foot.examples_beside', n=examples)}" if examples else said


def draw_record_page(shown: View, asked: Question, matching: int) -> None:
    w = shown.words
    pages = max(-(-matching // PER_PAGE), 1)
    page = min(int(asked.page), pages)
    offset = (page - 1) * PER_PAGE
    rows = shown.rows(answers.ExploreRecords, **mark_values(asked), limit=PER_PAGE, offset=offset)
    is_rate = asked.measure in WORKED_OUT or bool(asked.divisor)
    body = [
        [*(record(shown, row, is_rate) | {"source": record_source(shown, row)}).values()]
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
RECORD_COLUMNS = ("what", "when", "programme", "partners", "kind", "value", "evidence", "source")


def download(shown: View, asked: Question, of: Figure) -> None:
    """All of them as a file: made while it is sent, and sent only when it is asked for."""
    w = shown.words
    measure = shown.measure(asked.measure)
    title = f"{w('explore.records')}: {measure['name']}"
    basis = Export(title, notes(shown, of), [record_headings(w)])

    def parts() -> Iterator[bytes]:
        is_rate = asked.measure in WORKED_OUT or bool(asked.divisor)
        found = shown.stream(answers.ExploreEveryRecord, **mark_values(asked))
        rows = ([[*record(shown, row, is_rate).values()] for row in some] for some in found)
        return csv_parts(w, basis, rows)

    is_staffs = not shown.is_protected
    draw_link(w("explore.download"), f"{file_name(shown, title)}.csv", parts, is_staffs)


def mark_values(asked: Question) -> dict[str, Value]:
    """What the records of a mark are asked for with."""
    return question_values(asked) | {"row_key": asked.row, "split_key": asked.within}


def record_headings(w: Words) -> list[str]:
    return [w(f"explore.record.{name}") for name in RECORD_COLUMNS]


def record(shown: View, row: ListedRecord, is_rate: bool) -> dict[str, str]:
    """A record in words, one for each of COLUMNS."""
    w = shown.words
    value = w.plain(row.value) if row.value is not None else w("chart.unknown")
    if row.base_count is not None and is_rate:
        value = w("chart.x_of_y", x=value, y=w.plain(row.base_count))
    return {
        "what": row.title or row.record_id or row.programme or row.association,
        "when": when(shown, row),
        "programme": row.programme or "",
        "partners": ", ".join(alphabetical(row.partner_names or (), w.language)),
        "kind": kind(shown, row),
        "value": value if row.is_due else w("chart.not_yet"),
        "evidence": w.code("evidence", row.evidence) if row.evidence else "",
        "source": row.source or "",
    }


def record_source(shown: View, row: ListedRecord) -> str:
    return source_html(row.source)


def when(shown: View, row: ListedRecord) -> str:
    w = shown.words
    if row.record == "partnership" or row.start_date is None:
        return sentences.time_in_words(w, row.from_year, row.to_year, row.span) or w("date.unknown")
    return w.day(row.start_date)


def kind(shown: View, row: ListedRecord) -> str:
    w = shown.words
    if row.activity_type:
        return w.code("activity_type", row.activity_type)
    if row.kind:
        return w.code("measure", row.kind)
    if row.is_start_unknown:
        return w("chart.start_unknown")
    return w("chart.unconfirmed" if row.is_uncertain else "chart.confirmed")


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
