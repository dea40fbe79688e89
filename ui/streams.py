"""All files that pages give: made when they are asked for, and by whom they may be had is asked
then. A long one is made while it is sent: a million records never stand in memory.

A page that may show them offers them under a name that can't be guessed and holds for a while;
whoever asks by that name has it from that page. The framework's own download buttons would put a
file under an address that works for anyone, also after a role is lost.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from mimetypes import guess_type
from threading import Lock
from urllib.parse import quote

import streamlit as st
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from texts.safe import html_text
from ui.doors import asking, in_both

log = logging.getLogger(__name__)
HOLDS = 1800  # seconds
MOST = 20_000  # offers at once, the oldest go first


@dataclass(frozen=True)
class Offer:
    """A file: its name, what makes it, or its parts, when it is asked for, and whether only for
    staff."""

    name: str
    content: Callable[[], bytes | Iterable[bytes]]
    until: float
    is_staffs: bool


OFFERS: dict[str, Offer] = {}
offering = Lock()
making = CapacityLimiter(2)  # so that those who read need not wait for those who take along


def offer(
    name: str, content: Callable[[], bytes | Iterable[bytes]], is_staffs: bool, token: str = ""
) -> str:
    """The address, beside a page's own, at which a file is to be had; by staff alone where it is
    theirs. With the token of an earlier offer it takes that one's place."""
    token = token or secrets.token_urlsafe(24)
    with offering:
        now = time.monotonic()
        OFFERS.pop(token, None)
        gone = [token for token, one in OFFERS.items() if one.until < now]
        for old in gone + list(OFFERS)[: max(len(OFFERS) - MOST, 0)]:
            OFFERS.pop(old, None)
        OFFERS[token] = Offer(name, content, now + HOLDS, is_staffs)
    return f"./records/{token}"


def link(
    said: str, name: str, content: Callable[[], bytes | Iterable[bytes]], is_staffs: bool
) -> None:
    """Draw a link to a file; a session has one address for each, however often it is drawn."""
    tokens = st.session_state.setdefault("offered", {})
    token = tokens.setdefault(name, secrets.token_urlsafe(24))
    address = html_text(offer(name, content, is_staffs, token))
    st.html(f'<a class="file" href="{address}" download>{html_text(said)}</a>', width="content")


async def sent(request: Request) -> Response:
    found = OFFERS.get(request.path_params["token"])
    if found is None or found.until < time.monotonic():
        return in_both("explore.gone", 404)
    if found.is_staffs and asking(request) is None:
        return Response(status_code=403)
    kept = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "cache-control": "no-store",
    }
    kind = guess_type(found.name)[0] or "application/octet-stream"
    try:
        content = await to_thread.run_sync(found.content, limiter=making)
    except Exception:
        log.exception("a file could not be made")
        return in_both("trouble.what", 500)
    if isinstance(content, bytes):
        return Response(content, 200, kept, kind)
    return StreamingResponse(content, 200, kept, kind)


ROUTES = [Route("/records/{token}", sent)]
