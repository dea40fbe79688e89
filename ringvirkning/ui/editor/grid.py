"""Many rows of a table at once, as in a spreadsheet, with what is pasted from one."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from queries.contract import Column, Table
from ringvirkning.intake import former
from ringvirkning.intake.checks.guard import personal_in
from ringvirkning.intake.forms import Form, FormSheet, offers
from ringvirkning.intake.forms.drafts import GridDraft, grid_id
from ringvirkning.intake.forms.entries import DECIMALS
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.records import Record
from ringvirkning.server import access, published
from ringvirkning.store import versions
from ringvirkning.texts import Words
from ringvirkning.ui import state, version
from ringvirkning.ui.editor.drafts import drop_grid, keep_grid, own_grids
from ringvirkning.ui.editor.seen_files import Typed, typed_in
from ringvirkning.ui.editor.upload import draw_look

MOST_IN_GRID = 2000  # rows; the last ones, of a table that has more
ROWS_HIGH = 15  # that are seen at once
PLACE_OF_GRID = "grid"
WrittenRows = Sequence[Sequence[str | float]]


@dataclass
class OpenGrid:
    """What stands in an open grid: the rows of the folder of a version, with the `draft` of it that
    there was when it was opened. They stay those when somebody else publishes. After one's own
    publication comes another `turn`; it was `drawn` last in that run of the visit."""

    folder: Path | None = None
    version: str = ""
    draft: GridDraft | None = None
    kept: GridDraft | None = None
    turn: int = 0
    drawn: int = -1

    def begin_anew(self) -> None:
        self.turn += 1

    def open_upon(self, w: Words, folder: Path | None, table: str) -> None:
        """The draft that there is, and the rows that it is of; of what was withdrawn since only
        what is new in it."""
        latest = published.watch().version
        self.folder, self.version = folder, latest.name if latest else ""
        draft = next((one for one in own_grids() if one.table == table), None)
        if draft and draft.version != self.version:
            then = versions.version_named(draft.version, published.watch().published)
            files = version.own_files(w, then) if then else None
            if files and files.is_dir():
                self.folder, self.version = files, draft.version
            else:
                draft = replace(draft, version=self.version, changed={})
        self.draft = self.kept = draft


def draw_grid(w: Words, folder: Path | None, table: Table) -> None:
    """The rows that are published, to be changed and added to; what that would change, as of a file
    that says it. What was looked at is kept until it is published."""
    grid, now_run = state.memory(OpenGrid, table.name), state.run_number()
    if grid.drawn < now_run - 1:  # it was left: the browser has nothing of it any more
        grid.begin_anew()
    grid.drawn = now_run
    key = f"grid-{table.name}-{grid.turn}"
    if state.widget(key) is None:  # nothing is typed in it
        grid.open_upon(w, folder, table.name)
    sheet = FormSheet(table, own_rows_of(grid.folder, table))
    form = Form(w, "", [sheet], former.listed_in(folder))
    written = form.as_written(sheet)
    columns = [place.column for place in written.places]
    headings = [form.w(f"column.{column.name}") for column in columns]
    notes = [form.note(place) for place in written.places]
    shown = [[in_grid(w, value) for value in row] for row in written.rows]
    draft = grid.draft if grid.draft and len(grid.draft.columns) == len(columns) else None
    standing = [*with_draft(shown, draft)]
    st.markdown(w("grid.what"))
    if len(sheet.rows) == MOST_IN_GRID:
        st.caption(w("grid.last", n=MOST_IN_GRID))
    with st.form("grid"):
        after = st.data_editor(
            {heading: [row[at] for row in standing] for at, heading in enumerate(headings)},
            num_rows="add",
            height=36 * ROWS_HIGH,
            column_config={
                heading: st.column_config.TextColumn(help=note, default="")
                for heading, note in zip(headings, notes, strict=True)
            },
            key=key,
        )
        st.form_submit_button(w("grid.look"), type="primary")
    now = zip(*(after[heading] for heading in headings), strict=True)
    rows = [[text or "" for text in row] for row in now]
    changed = [*changed_rows(written.rows, shown, rows)]
    if not changed:
        if grid.kept:
            drop_grid(w, table.name)
            grid.kept = None
        st.caption(w("enter.then"))
        return

    def let_go() -> None:
        drop_grid(w, table.name)
        grid.begin_anew()

    keep_rows(w, grid, table, columns, shown, rows)
    st.button(w("enter.drop"), key=f"drop-{key}", on_click=let_go)
    st.header(w("enter.together"), anchor=False)
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *changed])
    with typed_in(w, PLACE_OF_GRID):
        file = Typed(f"{w(f'sheet.{table.name}')}.csv", text.getvalue().encode())
        draw_look(w, [file], let_go)


def keep_rows(
    w: Words,
    grid: OpenGrid,
    table: Table,
    columns: Sequence[Column],
    shown: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
) -> None:
    """The rows that are new or say something else, unless there are persons in them, which the look
    at them tells."""
    organisations = offers.organisations_known(grid.folder) if grid.folder else ()
    changed = {
        at: tuple(row) for at, row in enumerate(rows[: len(shown)]) if [*row] != [*shown[at]]
    }
    added = tuple(tuple(row) for row in rows[len(shown) :] if any(text.strip() for text in row))
    for row in (*changed.values(), *added):
        for column, text in zip(columns, row, strict=True):
            if text and personal_in(table, column, text, organisations):
                return
    names = tuple(column.name for column in columns)
    draft = GridDraft(grid_id(table.name), table.name, grid.version, names, changed, added)
    if draft == grid.kept or keep_grid(w, draft):
        grid.kept = draft
        st.caption(w("grid.kept"))


def with_draft(shown: Sequence[Sequence[str]], draft: GridDraft | None) -> Iterator[Sequence[str]]:
    """The rows as they were typed last."""
    for at, row in enumerate(shown):
        yield draft.changed.get(at, row) if draft else row
    yield from draft.added if draft else ()


def own_rows_of(folder: Path | None, table: Table) -> list[Record]:
    """The last of those that who is here may change."""
    own = access.associations()
    rows = former.rows_of(folder)[table.name].values()
    mine = [row for row in rows if not own or row.get(ASSOCIATION, own[0]) in own]
    return mine[-MOST_IN_GRID:]


def in_grid(w: Words, value: str | float) -> str:
    """A cell as one writes it in the page's language."""
    text = f"{value:.{DECIMALS}f}".rstrip("0") if isinstance(value, float) else f"{value}"
    return text.replace(".", ",") if isinstance(value, float) and w.language == "nb" else text


def changed_rows(
    before: WrittenRows, shown: Sequence[Sequence[str]], after: Sequence[Sequence[str]]
) -> Iterator[list[str]]:
    """The rows that are new or say something else. Where a number is as it was it is written so
    that nobody reads it in two ways."""
    for at, row in enumerate(after):
        if at >= len(shown):
            if any(text.strip() for text in row):
                yield [*row]
        elif [*row] != [*shown[at]]:
            yield [
                f"{value:.{DECIMALS}f}".replace(".", ",")
                if isinstance(value, float) and text == was
                else text
                for value, was, text in zip(before[at], shown[at], row, strict=True)
            ]
