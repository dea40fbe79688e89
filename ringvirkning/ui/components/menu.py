"""The menu of a figure or a key figure: meaning, basis, table, query, files.

One for all, so that no number leaves the page without what is needed to understand it.
"""

import base64
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ringvirkning.export import Export
from ringvirkning.export.tables import csv_file, xlsx_file
from ringvirkning.figures import Figure
from ringvirkning.figures.notes import notes
from ringvirkning.figures.question import Question
from ringvirkning.figures.state import EXPLORE
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import association_row
from ringvirkning.texts import Words
from ringvirkning.texts.sentences import MOST_NAMED
from ringvirkning.ui import state

log = logging.getLogger(__name__)
FILE_MAKERS = {"csv": csv_file, "xlsx": xlsx_file}
MENU_WORDS = ("menu", "table", "sql", "download", "copy_link", "copied", "sort", "behind")
OPENED = "menu"  # what is wanted of a menu that is no file
LONGEST_NAME = 60


@dataclass
class OpenedMenu:
    """The menu that was opened last, by the key of its figure: no other is told to the browser."""

    key: str = ""


@dataclass
class Wanted:
    """The file that is asked for, by its figure's key and its kind; how many were made before."""

    file: tuple[str, str] = ("", "")
    turn: int = 0


def figure_table(shown: View, figure: Figure) -> Export:
    return Export(figure.chart.title, notes(shown, figure), figure.chart.rows)


def menu(shown: View, key: str, of: Figure | Callable[[], Figure]) -> dict[str, object]:
    """The menu as its component takes it; `key` is what it and its files are asked for by. What it
    says is told once it was opened: a figure that is there for its menu alone is made then."""
    if state.memory(OpenedMenu).key != key:
        return closed_menu(shown, key, of if isinstance(of, Figure) else None)
    figure = of if isinstance(of, Figure) else of()
    return closed_menu(shown, key, figure) | {
        "is_told": True,
        "notes": notes(shown, figure),
        "sql": [{"name": name, "text": shown.sql(name, **figure.more)} for name in figure.asks],
        "behind": ask_address(figure.behind) if figure.behind else "",
        "name": file_name(shown, figure.chart.title),
        "version": shown.version.name,
        "file": wanted_file(shown, key, figure),
    }


def closed_menu(shown: View, key: str, figure: Figure | None = None) -> dict[str, object]:
    """A menu that was not opened yet; with the table of a figure that is there."""
    w = shown.words
    words = {word: w(f"figure.{word}") for word in MENU_WORDS} | {
        "failed": w("file.failed"),
        "same": w("explore.same"),
    }
    head = {"key": key, "language": w.language, "words": words, "is_told": False}
    return head | (menu_table(w, figure) if figure else {})


def menu_table(w: Words, figure: Figure) -> dict[str, object]:
    chart = figure.chart
    numeric = w.number_columns(chart.rows)
    title, rows, has_total = chart.title, chart.rows, chart.has_total
    return {"title": title, "rows": rows, "numeric": numeric, "has_total": has_total}


def ask_address(question: Question) -> str:
    """Where a question is answered, under the filters of this page."""
    return "./explore?" + replace(state.current(), place=EXPLORE, question=question).query()


def file_name(shown: View, said: str, associations: Sequence[str] | None = None) -> str:
    """What the files hold, by the associations that they are of (else those that are chosen), its
    title and the day it was true."""
    names = shown.selection.association if associations is None else associations
    return f"{of_whom(shown.database, names)}{stem(said)}-{shown.as_of.isoformat()}"


def of_whom(database: Path, names: Sequence[str]) -> str:
    """How a file's name begins that is of some associations alone: what they are called for short;
    "" without any."""
    return "".join(f"{stem(short_name(database, name))}-" for name in names[:MOST_NAMED])


def stem(said: str) -> str:
    """As a part of a file's name."""
    return re.sub(r"\W+", "-", said.lower())[:LONGEST_NAME].strip("-")


def short_name(database: Path, association: str) -> str:
    """What it is called for short."""
    row = association_row(database, association)
    return (row and row.short_name) or association


def wanting(component: str) -> Callable[[], None]:
    """What a component calls when a menu or a file is wanted: it is made in the next run."""

    def keep() -> None:
        key, _, kind = str(state.widget(component).get("wanted") or "").rpartition(" ")
        if kind == OPENED:
            state.memory(OpenedMenu).key = key
        else:
            state.memory(Wanted).file = (key, kind)

    return keep


def wanted_file(shown: View, key: str, figure: Figure) -> dict[str, object] | None:
    """The file that was asked of this figure before this run."""
    mine = state.memory(Wanted)
    of, kind = mine.file
    if of != key or kind not in FILE_MAKERS:
        return None
    mine.file, mine.turn = ("", ""), mine.turn + 1
    return {"kind": kind, "turn": mine.turn, "content": made_file(shown, figure, kind)}


def made_file(shown: View, figure: Figure, kind: str) -> str:
    """A figure's file as the component takes it; "" where it could not be made, which it says."""
    try:
        content = FILE_MAKERS[kind](shown.words, figure_table(shown, figure))
    except Exception:
        log.exception("a figure's file could not be made")
        return ""
    return base64.b64encode(content).decode()
