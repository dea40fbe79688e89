"""The letters that were written, as they were read, and their files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ringvirkning.export.posted import page_of, paper_of
from ringvirkning.figures.view import View
from ringvirkning.server import access, published
from ringvirkning.store import letters
from ringvirkning.store.letters import Letter
from ringvirkning.texts import LANGUAGE_NAMES, Words
from ringvirkning.ui import state
from ringvirkning.ui.components.records import Heading, draw_records
from ringvirkning.ui.files import draw_link

LETTER_COLUMNS = ("written", "whose", "edition", "language", "sending")
LETTERS_LISTED = 50


@dataclass
class OpenLetter:
    """The letter that is read, by its name; "" for none."""

    name: str = ""


def draw_letters(shown: View) -> None:
    """The last letters, newest first; one that is clicked stands below."""
    w, var = shown.words, published.watch().var
    found = [one for one in letters.kept_letters(var) if may_be_read(shown, one)]
    st.header(w("letters.title"), anchor=False)
    if not found:
        st.markdown(w("letters.none"))
        return
    latest, mine = found[::-1][:LETTERS_LISTED], state.memory(OpenLetter)
    columns = [Heading(name, w(f"letters.{name}"), wide=name == "whose") for name in LETTER_COLUMNS]
    opened = draw_records(
        w,
        [letter_row(w, one) for one in latest],
        columns,
        key="letters",
        caption=w("letters.title"),
        opens="written",
    )
    mine.name = opened or mine.name
    if letter := next((one for one in latest if one.name == mine.name), None):
        draw_letter(w, letter)


def may_be_read(shown: View, letter: Letter) -> bool:
    """By whoever may see its figures, where its association is chosen or none is."""
    chosen = shown.selection.association
    is_chosen = not chosen or not letter.association or letter.association in chosen
    return is_chosen and (not letter.is_exact or access.sees(letter.associations))


def letter_row(w: Words, letter: Letter) -> dict[str, str]:
    sent = w.moment(letter.sent_at) if letter.sent_at else ""
    return {
        "id": letter.name,
        "written": w.moment(letter.written_at),
        "written_sort": letter.written_at,
        "whose": letter.association or w("letter.all"),
        "edition": w("letters.exact" if letter.is_exact else "letters.public"),
        "language": LANGUAGE_NAMES[letter.language],
        "sending": w(f"letters.delivery.{letter.delivery}", date=sent),
    }


def draw_letter(w: Words, letter: Letter) -> None:
    """On its own ground, light as most read it; the framework takes away what could run."""
    path = letter.message(published.watch().var)
    try:
        page = page_of(path)
    except OSError:  # gone meanwhile
        return
    st.subheader(w("letters.shown", date=w.moment(letter.written_at)), anchor=False)
    with st.container(border=True, key="letter"):
        st.html(f'<div lang="{letter.language}">{page}</div>')
    with st.container(horizontal=True):
        offer(w, letter, "letters.message", ".eml", path.read_bytes)
        offer(w, letter, "letters.paper", ".pdf", partial(paper_of, path))


def offer(w: Words, letter: Letter, said: str, ending: str, content: Callable[[], bytes]) -> None:
    def made() -> bytes:
        if letter not in letters.kept_letters(published.watch().var):
            raise FileNotFoundError  # what it is of was withdrawn since
        return content()

    draw_link(w(said), f"{letter.name}{ending}", made, is_staffs=True, is_exact=letter.is_exact)
