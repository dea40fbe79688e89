"""Many rows of a table at once, as in a spreadsheet, with what is pasted from one."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from queries.contract import Table
from ringvirkning.intake import former
from ringvirkning.intake.entries import DECIMALS
from ringvirkning.intake.forms import Form, FormSheet
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.records import Record
from ringvirkning.server import access
from ringvirkning.texts import Words
from ringvirkning.ui import state
from ringvirkning.ui.editor.upload import Typed, draw_look, typed_in

MOST_IN_GRID = 2000  # rows; the last ones, of a table that has more
ROWS_HIGH = 15  # that are seen at once
PLACE_OF_GRID = "grid"
WrittenRows = Sequence[Sequence[str | float]]


@dataclass
class OpenGrid:
    """The rows that stand in an open grid, by the folder that they are of: they stay those when
    somebody else publishes. After one's own publication comes another `turn`."""

    folder: Path | None = None
    turn: int = 0

    def begin_anew(self) -> None:
        self.turn += 1


def draw_grid(w: Words, folder: Path | None, table: Table) -> None:
    """The rows that are published, to be changed and added to; what that would change, as of a file
    that says it."""
    grid = state.memory(OpenGrid, table.name)
    key = f"grid-{table.name}-{grid.turn}"
    if state.widget(key) is None:  # nothing is typed in it
        grid.folder = folder
    sheet = FormSheet(table, own_rows_of(grid.folder, table))
    form = Form(w, "", [sheet], former.listed_in(folder))
    written = form.as_written(sheet)
    headings = [form.w(f"column.{place.column.name}") for place in written.places]
    notes = [form.note(place) for place in written.places]
    shown = [[in_grid(w, value) for value in row] for row in written.rows]
    st.markdown(w("grid.what"))
    if len(sheet.rows) == MOST_IN_GRID:
        st.caption(w("grid.last", n=MOST_IN_GRID))
    with st.form("grid"):
        after = st.data_editor(
            {heading: [row[at] for row in shown] for at, heading in enumerate(headings)},
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
        st.caption(w("enter.then"))
        return
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *changed])
    with typed_in(w, PLACE_OF_GRID):
        file = Typed(f"{w(f'sheet.{table.name}')}.csv", text.getvalue().encode())
        draw_look(w, [file], grid.begin_anew)


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
