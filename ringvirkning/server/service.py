"""What whoever runs the server asks of it: is it ready, how is it, will it end in time."""

import gc
import logging
import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Thread, Timer
from types import FrameType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime import Runtime

from ringvirkning import VERSION
from ringvirkning.figures.view import connection
from ringvirkning.server import logs, published
from ringvirkning.server.access import tell_link
from ringvirkning.server.published import open_database
from ringvirkning.store import storage, versions
from ringvirkning.store.versions import Damaged

log = logging.getLogger(__name__)
STARTED = time.time()
GRACE = 3  # seconds: a systemd gives 90, a container 10
FRESH = 1  # seconds that an answer holds, so that asking costs nothing
TOKEN = "metrics_token"
OF_SESSIONS = ("active_sessions", "session_events")
last_check: list[tuple[float, bool]] = [(-FRESH, False)]


def is_ready() -> bool:
    """Whether a version can be shown; where there is none yet, one is begun to be made."""
    when, found = last_check[0]
    if time.monotonic() - when > FRESH:
        found = can_show()
        last_check[0] = (time.monotonic(), found)
    return found


def can_show() -> bool:
    here, version = published.watch(), published.watch().version
    if version is None:
        begin(here.latest)
        return False
    for one in (version, *versions.earlier_than(version, here.published)):
        with suppress(Damaged, *storage.FAILURES):
            if one.is_ready(here.var):
                connection(one.protected(here.var))
                return True
    begin(lambda: open_database(version, False))
    return False


def begin(work: Callable[[], object]) -> None:
    """Publish or compile anew, as the first visitor would; nobody waits for it."""
    if not published.watch().publishing.locked():
        Thread(target=work, daemon=True).start()


def answer_ready(request: Request) -> Response:
    """200 when there is something to see, 503 when not, and nothing more to whoever asks."""
    found = is_ready()
    told, status = ("yes", 200) if found else ("no", 503)
    return PlainTextResponse(told, status, {"cache-control": "no-store"})


@cache
def operator_token() -> str:
    """What shows that the operator asks, kept where only who runs the server can read; made once.
    Raises OSError."""
    path = published.watch().var / TOKEN
    path.parent.mkdir(parents=True, exist_ok=True)
    return storage.made_once(path, secrets.token_urlsafe(32).encode()).decode()


def is_operator(request: Request) -> bool:
    """Whether the token is shown, on any surface and through any proxy."""
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    try:
        return kind.lower() == "bearer" and secrets.compare_digest(
            shown.encode(), operator_token().encode()
        )
    except OSError:
        return False


def metrics(request: Request) -> Response:
    """For the operator alone, as Prometheus reads it (text format 0.0.4)."""
    if not is_operator(request):
        return Response(status_code=403)
    lines = [f"{name} {value}" for name, value in measurements().items()]
    lines += of_sessions()
    return PlainTextResponse(
        "\n".join([*lines, ""]),
        headers={"cache-control": "no-store"},
        media_type="text/plain; version=0.0.4",
    )


def measurements() -> dict[str, float]:
    here, current = published.watch(), published.watch().version
    published_at = datetime.fromisoformat(current.published_at).timestamp() if current else 0
    found = {
        f'ringvirkning_build_info{{version="{VERSION}"}}': 1,
        "ringvirkning_ready": float(is_ready()),
        "ringvirkning_version_published_timestamp_seconds": published_at,
        "ringvirkning_versions": len({version.name for version in here.published}),
        "ringvirkning_findings": len(here.findings),
        "ringvirkning_errors_total": logs.errors.number,
        "ringvirkning_disk_free_bytes": shutil.disk_usage(nearest(here.var)).free,
        "process_start_time_seconds": STARTED,
    }
    return found | of_process()


def nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def of_process() -> dict[str, float]:
    """Memory and open files, as Linux tells them; elsewhere nothing."""
    if sys.platform != "linux":
        return {}
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "process_resident_memory_bytes": pages * resource.getpagesize(),
        "process_open_fds": len(os.listdir("/proc/self/fd")),
        "process_max_fds": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
    }


def of_sessions() -> list[str]:
    """The framework's own counts of sessions, a line each."""
    families = Runtime.instance().stats_mgr.get_stats(OF_SESSIONS)
    return [stat.to_metric_str() for name in OF_SESSIONS for stat in families.get(name, [])]


@asynccontextmanager
async def running(app: object) -> AsyncIterator[None]:
    """From when the server has its port until it ends."""
    logs.set_up()  # once more, for what was loaded since
    end_in_time()
    keep_what_is_loaded()
    with suppress(OSError):
        operator_token()
    with storage.kept_to(published.watch().var):
        async with tell_link(app):
            yield


def keep_what_is_loaded() -> None:
    """What there is when the server begins is there until it ends: whenever Python looks for what
    nobody holds, and all wait, it looks through a third of what it did."""
    gc.collect()
    gc.freeze()


def end_in_time() -> None:
    """A download that nobody reads on would keep the server from ending for ever. What is being
    published meanwhile is there whole or not at all, whenever that is."""
    before = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        last = Timer(GRACE, os._exit, (0,))
        last.daemon = True
        last.start()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, end)


ROUTES = [Route("/ready", answer_ready), Route("/metrics", metrics)]
