"""Links to files that the server makes when they are asked for: `server/streams` sends them, and
`files.js` takes them and says what keeps one from being made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import streamlit as st

from ringvirkning.figures.view import current_view
from ringvirkning.server import access
from ringvirkning.server.streams import OFFERS, Offer
from ringvirkning.texts import words
from ringvirkning.texts.safe import html_text
from ringvirkning.ui import state


@dataclass
class Offers:
    """What a session offers, by key: in this run of the page, and in the one before it."""

    now: dict[str, Offer] = field(default_factory=dict)
    before: dict[str, Offer] = field(default_factory=dict)


def begin_offers() -> None:
    """A run of a page begins: what the one before it drew may still be asked for."""
    mine = state.memory(Offers)
    mine.before, mine.now = mine.now, {}


def draw_link(
    said: str,
    name: str,
    content: Callable[[], bytes | Iterable[bytes]],
    is_staffs: bool,
    is_exact: bool = True,
    key: str = "",
    is_made_apart: bool = False,
) -> None:
    """Draw a link to a file; its address stays from run to run. With a `key` where another on the
    page may have its name."""
    key, mine = key or name, state.memory(Offers)
    shown, before = current_view.get(None), mine.before.get(key)
    version = shown.version.name if shown else None
    offer = Offer(name, content, is_staffs, version, is_exact, access.associations(), is_made_apart)
    if before and before.associations == offer.associations:
        offer = replace(offer, token=before.token)
    mine.now[key] = OFFERS[offer.token] = offer
    address, failed = (
        html_text(offer.address()),
        html_text(words(state.current().language)("file.failed")),
    )
    link = f'<a class="file" href="{address}" data-failed="{failed}" download>{html_text(said)}</a>'
    st.html(link, width="content")
