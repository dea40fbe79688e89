"""Files that are made while they are sent: a million records never stand in memory.

A page that may show them offers them under a name that can't be guessed and holds for a while;
whoever asks by that name has it from that page.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from threading import Lock
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from texts import LANGUAGES, words
from ui import audited
from ui.doors import asking

HOLDS = 1800  # seconds
MOST = 2000  # offers at once, the oldest go first


@dataclass(frozen=True)
class Offer:
    """A file: its name, what makes its parts when it is asked for, and whether only for staff."""

    name: str
    parts: Callable[[], Iterable[bytes]]
    until: float
    is_staffs: bool


OFFERS: dict[str, Offer] = {}
offering = Lock()


def offer(name: str, parts: Callable[[], Iterable[bytes]], is_staffs: bool) -> str:
    """The address, beside a page's own, at which a CSV file is to be had; by staff alone where it
    is theirs."""
    token = secrets.token_urlsafe(24)
    with offering:
        now = time.monotonic()
        gone = [token for token, one in OFFERS.items() if one.until < now]
        for old in gone + list(OFFERS)[: max(len(OFFERS) - MOST, 0)]:
            OFFERS.pop(old, None)
        OFFERS[token] = Offer(name, parts, now + HOLDS, is_staffs)
    return f"./records/{token}"


def sent(request: Request) -> Response:
    found = OFFERS.get(request.path_params["token"])
    if found is None or found.until < time.monotonic():
        return PlainTextResponse("\n".join(words(one)("explore.gone") for one in LANGUAGES), 404)
    if found.is_staffs:
        person = asking(request)
        if person is None:
            return Response(status_code=403)
        # Not by its name, which may be somebody's.
        audited.note("took_exact", person, kind=PurePath(found.name).suffix)
    kept = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "cache-control": "no-store",
    }
    return StreamingResponse(found.parts(), media_type="text/csv; charset=utf-8", headers=kept)


ROUTES = [Route("/records/{token}", sent)]
