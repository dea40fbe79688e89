"""The whole page as one workbook: every figure a sheet, and first what they all mean."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from ringvirkning.export import Export
from ringvirkning.export.tables import book_file
from ringvirkning.figures import Figure
from ringvirkning.figures.view import View, current_view
from ringvirkning.ui import state
from ringvirkning.ui.components.menu import figure_table, file_name
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.present import deck_list


class Drawn(NamedTuple):
    """What a page has drawn: the title, and what makes the figure."""

    shown: View
    title: str
    make: Callable[[], Figure]


# The figures that the page of this run has drawn so far.
drawn_figures: ContextVar[list[Drawn]] = ContextVar("drawn")
LONGEST_SHEET = 28  # Excel takes 31 letters


def begin_page() -> None:
    drawn_figures.set([])


def keep_figure(shown: View, title: str, make: Callable[[], Figure]) -> None:
    drawn_figures.get([]).append(Drawn(shown, title, make))


def offer_page() -> None:
    """What can be made of the whole page, under it; the workbook when its button is pressed."""
    kept = drawn_figures.get([])
    if not kept:
        return
    shown = current_view.get()
    deck_list.offer_slides(shown, state.current().place)
    draw_link(
        shown.words("figure.whole"),
        f"{file_name(shown, 'ringvirkning ' + kept[0].title)}.xlsx",
        lambda: page_workbook(shown, kept),
        is_staffs=not all(one.shown.is_protected for one in kept),
    )


def page_workbook(shown: View, kept: list[Drawn]) -> bytes:
    w = shown.words
    sheets = {
        sheet_name(one.title, number): figure_table(one.shown, one.make())
        for number, one in enumerate(kept, 1)
    }
    # What is said of several figures is said once.
    said = dict.fromkeys(note for table in sheets.values() for note in table.notes)
    contents = [
        (w("figure.sheet_name"), w("figure.shows")),
        *((n, t.title) for n, t in sheets.items()),
    ]
    first = Export(w("figure.whole_title"), list(said), contents)
    return book_file(w, {w("figure.first_sheet"): first} | sheets)


def sheet_name(title: str, number: int) -> str:
    """Its number and as much of its title as a sheet's name takes."""
    plain = re.sub(r"[^\w ,.-]", "", title)
    return f"{number} {plain}"[:LONGEST_SHEET].strip()
