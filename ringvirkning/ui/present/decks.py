"""The decks of this server: where they are kept, what they are made from, and the show of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from ringvirkning.export.deck import (
    Deck,
    Maker,
    OwnDatabase,
    associations_of,
    chosen_associations,
    names_words,
    of_page,
)
from ringvirkning.export.identity import Identity, Unusable, identity_of_several
from ringvirkning.figures.catalogue import PAGES, figures, opening
from ringvirkning.figures.filters import every_choice, query_of
from ringvirkning.figures.state import EXPLORE, State
from ringvirkning.figures.view import View
from ringvirkning.server import audited, published
from ringvirkning.server.access import asker
from ringvirkning.server.published import open_database, withdrawals
from ringvirkning.store import numbered, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, Words, words
from ringvirkning.ui import state

FILE_KINDS = ("pptx", "pdf", "handout", "html")


@dataclass
class Work:
    """What is told once of a session's work with decks, and its last deck; `turn` makes widgets
    anew where they know slides by their place, which may be another's now."""

    has_failed: bool = False
    wrong_day: str | None = None
    differences: list[tuple[str, str]] | None = None
    last: str = ""
    turn: int = 0


def tell_failure(w: Words) -> None:
    """Say, once, that what was asked last was not kept."""
    work = state.memory(Work)
    if work.has_failed:
        st.error(w("deck.not_saved"), icon=":material/error:")
    work.has_failed = False


def deck_folder() -> Path:
    return published.watch().var / "decks"


def identity_or_none(database: Path, associations: Sequence[str]) -> Identity:
    """The association's, or the server's where there are several; none while the settings can't be
    used, which the page says."""
    try:
        return identity_of_several(database, associations)
    except Unusable:
        return Identity()


def deck_by_id(id: str) -> Deck | None:
    try:
        return numbered.read_numbered(deck_folder(), id, Deck)
    except KeyError:
        return None


def version_of(deck: Deck) -> Version | None:
    """The version that a deck pins, unless it is gone or was withdrawn."""
    return versions.version_named(deck.version, published.watch().published)


def deck_maker(deck: Deck) -> Maker | None:
    """What makes the deck's slides; None when its version is gone, or can't be read now."""
    version, is_of_all = version_of(deck), not deck.staff_of
    database = open_database(version, deck.is_internal and is_of_all) if version else None
    if version is None or database is None:
        return None
    exact = version.exact(published.watch().var)
    if deck.is_internal and (database != exact if is_of_all else not exact.is_file()):
        return None
    who = identity_or_none(database, associations_of(deck, database))
    own = own_edition(version) if deck.is_internal and not is_of_all else None
    return Maker(words(deck.language), deck, version, database, who, own)


def own_edition(version: Version) -> OwnDatabase:
    def database(associations: Sequence[str]) -> Path | None:
        place = published.own_part(version, associations)
        return place and place / published.EXACT

    return database


def gone_words(w: Words, deck: Deck | None) -> str:
    """Why there is nothing to make it from."""
    if deck is None:
        return w("deck.unknown")
    if withdrawal := withdrawals().get(deck.version):
        return w("deck.withdrawn", date=w.day(withdrawal.current_at))
    return w("deck.not_now" if version_of(deck) else "deck.version_gone")


def whose_words(shown: View, deck: Deck) -> str:
    """Whose figures a deck has; nothing is said where there is one association only."""
    every = [*every_choice(shown.database)["association"]]
    chosen = chosen_associations(deck) or every
    return names_words(shown.words, chosen) if len(every) > 1 else ""


def here() -> str:
    """What this session's page shows, as what stands after an address's "?"; and not how it is
    looked at, and which records are open."""
    now = state.current()
    question = replace(now.question, row="*", within="*", page="")
    return State(now.place, now.selection, question=question).query()


def has_figures(place: str) -> bool:
    return place in PAGES or place == EXPLORE


def new(shown: View, name: str) -> Deck:
    """An empty deck of what is shown, not kept yet."""
    return Deck(
        numbered.new_number(),
        name,
        shown.words.language,
        shown.version.name,
        shown.as_of.isoformat(),
        date=shown.as_of.isoformat(),
    )


def with_page(shown: View, deck: Deck, place: str, address: str) -> Deck:
    """The deck and the figures of a page."""
    return of_page(deck, place, address, figures(shown, place, address))


def complete(shown: View, name: str) -> Deck:
    """A deck to begin with, under the filters that are set: the key figures, the partnerships, what
    is done in them, their results."""
    deck, address = new(shown, name), query_of(shown.selection)
    for place, first in opening(shown, address).items():
        deck = of_page(deck, place, address, first)
    return deck


def renewal(deck: Deck, version: Version, as_of: str) -> tuple[Deck, list[tuple[str, str]]]:
    """The deck on a newer version, and what each slide that differs said and says now."""
    now = replace(deck, version=version.name, as_of=as_of)
    before, after = deck_maker(deck), deck_maker(now)
    if before is None or after is None:
        return now, []
    differ = []
    for planned in (one for one in deck.slides if one.kind == "figure"):
        old, new = before.figure(planned), after.figure(planned)
        rows = [figure.chart.rows if figure else () for figure in (old, new)]
        if rows[0] != rows[1]:
            said = [before.drawn(planned).said, after.drawn(planned).said]
            differ.append((said[0], said[1]))
    return now, differ


def content(kind: str, deck: Deck) -> bytes:
    """The deck as a file of one of KINDS. What draws is only loaded when it is wanted: it would be
    a tenth of the server's memory.

    Raises FileNotFoundError when the deck's version is gone.
    """
    made = deck_maker(deck)
    if made is None:
        raise FileNotFoundError(deck.version)
    slides, w, who = made.slides(), made.w, made.who
    if kind == "pptx":
        from ringvirkning.export.powerpoint import powerpoint

        return powerpoint(w, deck, slides, who)
    if kind == "html":
        from ringvirkning.export.show import show_page

        return show_page(w, deck, slides, who).encode()
    from ringvirkning.export.pdf import pdf

    return pdf(w, deck, slides, who, is_handout=kind == "handout")


def file_maker(kind: str, deck: Deck) -> Callable[[], bytes]:
    return lambda: content(kind, deck)


def send_show(request: Request) -> Response:
    """The deck as the show; for staff, who make decks."""
    person = asker(request)
    if person is None:
        return Response(status_code=403)
    deck = deck_by_id(request.path_params["deck"])
    if deck and not person.sees(deck.staff_of):
        return Response(status_code=403)
    made = deck_maker(deck) if deck else None
    if deck is None or made is None:
        said = [gone_words(words(one), deck) for one in LANGUAGES]
        return PlainTextResponse("\n".join(said), 404)
    if deck.is_internal:
        audited.note_deed_by("took_exact", person, kind="show")
    from ringvirkning.export.show import show_page

    return HTMLResponse(
        show_page(made.w, deck, made.slides(), made.who, live_base="../", is_show=True),
        headers={"cache-control": "no-store"},
    )


ROUTES: list[Any] = [Route("/show/{deck}", send_show)]
