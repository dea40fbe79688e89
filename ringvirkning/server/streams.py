"""All files that pages give: made when they are asked for, and by whom they may be had is asked
then. A long one is made while it is sent: a million records never stand in memory.

A page that may show them offers them under a name that can't be guessed; whoever asks by that name
has it from that page. An offer ends with the session that made it, or with the next run but one
that does not draw it. The framework's own download buttons would put a file under an address that
works for anyone, also after a role is lost.
"""

import logging
import secrets
from asyncio import create_task
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from mimetypes import guess_type
from pathlib import PurePath
from urllib.parse import quote
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ringvirkning import child
from ringvirkning.server import audited, processes
from ringvirkning.server.access import asker
from ringvirkning.server.doors import in_both
from ringvirkning.server.published import make_place, watch, withdrawals
from ringvirkning.server.sign_in import Person
from ringvirkning.store import storage

log = logging.getLogger(__name__)
making = CapacityLimiter(1)  # so that those who read need not wait for those who take along
made_apart = CapacityLimiter(2)  # in processes of their own, each with hundreds of megabytes


@dataclass(frozen=True)
class Offer:
    """A file: its name, what makes it, or its parts, when it is asked for, whether only for staff,
    the version that the page shows it of, whether exact figures are in what is staff's, to the
    staff of which associations it was offered (none: of all), and whether it is made by a process
    of its own."""

    name: str
    content: Callable[[], bytes | Iterable[bytes]]
    is_staffs: bool
    version: str | None = None
    is_exact: bool = True
    associations: tuple[str, ...] = ()
    is_made_apart: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def address(self) -> str:
        """Beside a page's own."""
        return f"./records/{processes.named_here(self.token)}"


# What is offered is held by the session that offers it, and gone with it.
OFFERS: WeakValueDictionary[str, Offer] = WeakValueDictionary()


def note_taking(person: Person, kind: str) -> None:
    audited.note_deed_by("took_exact", person, kind=kind)


def make_first_part(offer: Offer) -> bytes | Iterable[bytes]:
    """A file, or its parts with the first of them made: what keeps it from being made is known
    before anything is answered. Libraries lay aside in `var`, which may have been deleted."""
    make_place()
    made = offer.content()
    if isinstance(made, bytes):
        return made
    parts = iter(made)
    return chain(list(islice(parts, 1)), parts)


async def made_for(request: Request, offer: Offer) -> bytes | Iterable[bytes]:
    """The file, or its parts; whoever no longer waits for it ends the process that makes it."""
    waiting = child.Asker()
    child.who_waits.set(waiting)
    leaving = create_task(leave_with(request, waiting))
    try:
        limiter = made_apart if offer.is_made_apart else making
        return await to_thread.run_sync(make_first_part, offer, limiter=limiter)
    finally:
        leaving.cancel()


async def leave_with(request: Request, waiting: child.Asker) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    waiting.leave()


async def send(request: Request) -> Response:
    found = OFFERS.get(request.path_params["token"])
    if found is None or found.version in withdrawals():
        return in_both("file.gone", 404)
    person = asker(request) if found.is_staffs else None
    if found.is_staffs and not (person and person.sees(found.associations)):
        return Response(status_code=403)
    kept = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "cache-control": "no-store",
    }
    kind = guess_type(found.name)[0] or "application/octet-stream"
    try:
        content = await made_for(request, found)
    except FileNotFoundError:  # what it is of was withdrawn meanwhile
        log.warning("a file is of what is gone", exc_info=True)
        return in_both("file.gone", 404)
    except Exception as error:
        if child.asker_has_left():
            return Response(status_code=499)
        log.exception("a file could not be made")
        no_room = storage.finding(error, watch().var)
        said = f"finding.rule.{no_room.rule}" if no_room else "file.failed"
        return in_both(said, 507 if no_room else 500)
    if person and found.is_exact:
        # Not by its name, which may be somebody's.
        await to_thread.run_sync(note_taking, person, PurePath(found.name).suffix)
    if isinstance(content, bytes):
        return Response(content, 200, kept, kind)
    return StreamingResponse(content, 200, kept, kind)


ROUTES = [Route("/records/{token}", send)]
