"""The decks that are kept, and the one that an address opens."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from ringvirkning import ROOT
from ringvirkning.export import decks
from ringvirkning.export.deck import Deck
from ringvirkning.figures.view import View
from ringvirkning.server import access
from ringvirkning.server.streams import link
from ringvirkning.texts import LANGUAGES, Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.present.decks import (
    OPEN,
    complete,
    folder,
    has_figures,
    here,
    known,
    new,
    version_of,
    with_page,
)
from ringvirkning.ui.present.site import archive

PAGE = ROOT / "pages" / "present.py"


def open_deck(shown: View) -> Deck | None:
    """The deck that the address names; the public has none."""
    id = st.session_state.get(OPEN)
    if not id or access.who() is None:
        return None
    deck = known(id)
    if deck is None:
        st.warning(shown.words("deck.unknown"), icon=":material/error:")
    return deck


def deck_list(shown: View) -> None:
    w = shown.words
    st.title(w("deck.title"), anchor=False)
    if access.who() is None:
        st.markdown(w("deck.staff_only"))
        return
    st.markdown(w("deck.what"))
    if st.session_state.pop("deck_failed", False):
        st.error(w("deck.not_saved"), icon=":material/error:")
    st.button(w("deck.new"), on_click=begin, args=(shown,), icon=":material/add:")
    kept = decks.listed(folder())
    if kept:
        listed(w, kept)
    else:
        st.markdown(w("deck.none"))
    st.header(w("website.title"), anchor=False)
    st.markdown(w("website.what"))
    name = f"ringvirkning-{shown.as_of.isoformat()}.zip"
    link(w("website.get"), name, lambda: archive(shown), is_staffs=True, is_exact=False)


def listed(w: Words, kept: Sequence[Deck]) -> None:
    """Each as a link to it."""
    lines = []
    for deck in kept:
        version = version_of(deck)
        date = w.day(version.published_at) if version else w("date.unknown")
        figures = sum(slide.kind == "figure" and slide.is_shown for slide in deck.slides)
        query = urlencode(address(w, deck.id))
        notes = w("deck.line", n=figures, date=date)
        lines.append(f"- [{markdown_text(deck.name)}](?{query}) · {notes}")
    st.markdown("\n".join(lines))


def begin(shown: View) -> None:
    """A deck of the usual figures, opened."""
    keep(complete(shown, new_name(shown)))


def keep(deck: Deck) -> bool:
    """Keep a new deck of the one who asks, or a changed one that they may change."""
    person = access.who()
    if person is None:
        return False
    kept = known(deck.id)
    if kept is None:
        deck = replace(deck, owner=person.id, made_by=person.name)
    elif not access.may_change(kept.owner):
        return False
    try:
        st.session_state[OPEN] = decks.saved(folder(), deck).id
    except (OSError, decks.Full):
        st.session_state["deck_failed"] = True
        return False
    return True


def offer(shown: View, place: str) -> None:
    """The button under a page's figures that makes slides of them."""
    if not has_figures(place) or access.who() is None:
        return
    w = shown.words
    kept = known(st.session_state.get("last_deck", ""))
    if kept and not access.may_change(kept.owner):
        kept = None
    with st.popover(w("deck.make"), icon=":material/slideshow:", type="tertiary"):
        begun = st.button(w("deck.make_new"), key="make-deck")
        label = kept and w("deck.add_to", name=markdown_text(kept.name))
        added = label and st.button(label, key="add-to-deck")
    if not (begun or added):
        return
    deck = kept if added and kept else new(shown, new_name(shown))
    if keep(with_page(shown, deck, place, here())):
        id = st.session_state["last_deck"] = st.session_state[OPEN]
        st.switch_page(PAGE, query_params=address(w, id))


def address(w: Words, id: str) -> dict[str, str]:
    return {OPEN: id} | ({"lang": w.language} if w.language != LANGUAGES[0] else {})


def new_name(shown: View) -> str:
    return shown.words("deck.new_name", date=shown.words.day(shown.as_of))
