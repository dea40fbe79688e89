"""What one version changes in another: rows, and the key figures before and after."""

from collections.abc import Sequence

import streamlit as st

from ringvirkning.intake.answers import Changes
from ringvirkning.intake.changes import Change
from ringvirkning.intake.figures import FigurePair
from ringvirkning.intake.words.changes import (
    called_words,
    counted_words,
    edit_words,
    figure_words,
    reasons_words,
    shown_all,
)
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.components.records import Heading, draw_records


def draw_changes(w: Words, said: Changes, *, key: str) -> None:
    differences = said.differences
    count = sum(sum(difference.counts.values()) for difference in differences)
    caption = w("upload.changes", n=count)
    st.subheader(caption, anchor=False)
    if not differences:
        return
    told = [counted_words(w, difference) for difference in differences]
    st.markdown("\n".join(f"- {markdown_text(words)}" for words in told))
    if shown_all(differences) and (why := reasons_words(w, differences)):
        st.markdown(markdown_text(why))
    draw_figure_changes(w, said.figures)
    columns = [
        Heading("title", w("upload.row"), wide=True),
        Heading("table", w("upload.table")),
        Heading("kind", w("upload.change")),
        Heading("why", w("difference.why")),
        Heading("cells", w("upload.cells"), wide=True),
    ]
    rows = [change_row(w, d.table, change) for d in differences for change in d.changes]
    draw_records(w, rows, columns, key=key, caption=caption)


def draw_figure_changes(w: Words, figures: Sequence[FigurePair]) -> None:
    """Those that move; that none does is told too."""
    moved = [figure for figure in figures if figure.before != figure.after]
    if moved:
        lines = [
            w("difference.figures"),
            *(f"- {markdown_text(figure_words(w, f))}" for f in moved),
        ]
        st.markdown("\n".join([lines[0], "", *lines[1:]]))
    elif figures:
        st.markdown(w("difference.same_figures"))


def change_row(w: Words, table: str, change: Change) -> dict[str, str]:
    return {
        "id": change.key,
        "table": w(f"sheet.{table}"),
        "title": called_words(w, change),
        "kind": w(f"upload.kind.{change.kind}"),
        "why": w(f"difference.reason.{change.why}"),
        "cells": "; ".join(edit_words(w, edit) for edit in change.edits),
    }
