"""The decks that are kept, and the one that an address opens."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ringvirkning import ROOT
from ringvirkning.export.deck import Deck
from ringvirkning.figures.state import State
from ringvirkning.figures.view import View
from ringvirkning.server import access
from ringvirkning.server.sign_in import Person
from ringvirkning.store import numbered
from ringvirkning.texts import sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.present.decks import (
    Work,
    complete,
    deck_by_id,
    deck_folder,
    has_figures,
    here,
    new,
    tell_failure,
    version_of,
    whose_words,
    with_page,
)
from ringvirkning.ui.present.site import archive

PRESENT = ROOT / "pages" / "present.py"


def open_deck(shown: View) -> Deck | None:
    """The deck that the address names; the public has none."""
    id = state.current().deck
    if not id or access.current_person() is None:
        return None
    deck = deck_by_id(id)
    if deck and not access.sees(deck.staff_of):
        st.warning(shown.words("deck.of_others"), icon=":material/lock:")
        return None
    if deck is None:
        st.warning(shown.words("deck.unknown"), icon=":material/error:")
    return deck


def deck_list(shown: View) -> None:
    w = shown.words
    st.title(w("deck.title"), anchor=False)
    if access.current_person() is None:
        st.markdown(w("deck.staff_only"))
        return
    st.markdown(w("deck.what"))
    tell_failure(w)
    st.button(w("deck.new"), on_click=begin_deck, args=(shown,), icon=":material/add:")
    kept = [
        deck for deck in numbered.all_numbered(deck_folder(), Deck) if access.sees(deck.staff_of)
    ]
    if kept:
        draw_decks(shown, kept)
    else:
        st.markdown(w("deck.none"))
    st.header(w("website.title"), anchor=False)
    st.markdown(w("website.what"))
    name = f"{file_name(shown, 'ringvirkning')}.zip"
    draw_link(
        w("website.get"),
        name,
        lambda: archive(shown),
        is_staffs=True,
        is_exact=False,
        is_made_apart=True,
    )


def draw_decks(shown: View, kept: Sequence[Deck]) -> None:
    """Each as a link to it."""
    w, lines = shown.words, []
    for deck in kept:
        version = version_of(deck)
        date = w.day(version.published_at) if version else w("date.unknown")
        figures = sum(slide.kind == "figure" and slide.is_shown for slide in deck.slides)
        query = State(language=w.language, deck=deck.id).query()
        notes = sentences.quiet_line(
            [w("deck.line", n=figures, date=date), markdown_text(whose_words(shown, deck))]
        )
        lines.append(f"- [{markdown_text(deck.name)}](?{query}) · {notes}")
    st.markdown("\n".join(lines))


def begin_deck(shown: View) -> None:
    """A deck of the usual figures, opened."""
    keep_deck(complete(shown, new_name(shown)))


def keep_deck(deck: Deck) -> bool:
    """Keep a new deck of the one who asks, or a changed one that they may change."""
    person = access.current_person()
    if person is None:
        return False
    kept = deck_by_id(deck.id)
    if kept is None:
        deck = owned(deck, person)
    elif not access.may_change(kept.owner, kept.staff_of):
        return False
    try:
        state.change(deck=numbered.keep_numbered(deck_folder(), deck).id)
    except (OSError, numbered.TooMany):
        state.memory(Work).has_failed = True
        return False
    return True


def owned(deck: Deck, person: Person) -> Deck:
    """A deck of one's own, and of the staff of the associations that one's role is for."""
    return replace(deck, owner=person.id, made_by=person.name, staff_of=person.associations)


def offer_slides(shown: View, place: str) -> None:
    """The button under a page's figures that makes slides of them."""
    if not has_figures(place) or access.current_person() is None:
        return
    w = shown.words
    kept = deck_by_id(state.memory(Work).last)
    if kept and not access.may_change(kept.owner, kept.staff_of):
        kept = None
    with st.popover(w("deck.make"), icon=":material/slideshow:", type="tertiary"):
        begun = st.button(w("deck.make_new"), key="make-deck")
        label = kept and w("deck.add_to", name=markdown_text(kept.name))
        added = label and st.button(label, key="add-to-deck")
    if not (begun or added):
        return
    deck = kept if added and kept else new(shown, new_name(shown))
    if keep_deck(with_page(shown, deck, place, here())):
        id = state.memory(Work).last = state.current().deck or ""
        opened = State(language=w.language, deck=id)
        st.switch_page(PRESENT, query_params=opened.to_address())


def new_name(shown: View) -> str:
    return shown.words("deck.new_name", date=shown.words.day(shown.as_of))
