"""The real server, for browser tests and benches: `with serve() as server: … server.url`."""

import asyncio
import atexit
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ringvirkning import ROOT
from ringvirkning.export.deck import Deck, Planned
from ringvirkning.intake import publishing
from ringvirkning.store import keys, numbered, storage, versions
from tests.warm_children import Forked

KEY = bytes(range(32))  # of the roundings, else they turn in one run and not in another
START_SECONDS = 180
TOKENS: dict[int | None, str] = {}  # of the servers that were started, by their port
# Where servers have been: a browser keeps by their address what it has read and compiled, which is
# half of what a first page costs it.
LEFT: list[int] = []


class Server:
    """A `streamlit run dashboard.py` of its own, ready when the constructor returns."""

    def __init__(
        self,
        environment: dict[str, str],
        log: Path,
        app: Path = ROOT / "dashboard.py",
        options: Sequence[str] = (),
        descriptors: tuple[int, int] | None = None,
        port: int | None = None,
        is_cold: bool = False,
    ) -> None:
        self.port = port or next(filter(is_free, LEFT), None) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.var = Path(environment["RINGVIRKNING_VAR"])
        self._log = log
        command = ["run", str(app)]
        command += ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
        # A file that is edited while the tests run must not rerun the page under them.
        command += ["--server.fileWatcherType", "none", *options]
        self.process: Forked | subprocess.Popen[bytes]
        with log.open("wb") as output:
            is_shipped = app == ROOT / "dashboard.py" and not descriptors
            if "WARM_AT" in environment and is_shipped and not is_cold:
                self.process = Forked(command, environment, output)
            else:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "streamlit", *command],
                    cwd=ROOT,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=partial(limit_descriptors, *descriptors) if descriptors else None,
                )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        TOKENS.pop(self.port, None)  # a server's that had the port before
        if found := re.search(r"/\?token=([\w-]+)", self.log()):
            TOKENS[self.port] = found[1]

    def log(self) -> str:
        """All that the server has printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the server and whatever it started; a second call does nothing."""
        for number in ("SIGTERM", "SIGKILL"):
            if self.process.poll() is not None:
                break
            self._signal(number)
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                continue
        self._signal("SIGKILL")  # children that outlived it
        if self.port not in LEFT:
            LEFT.append(self.port)

    def _signal(self, name: str) -> None:
        if sys.platform == "win32":
            if self.process.poll() is None:
                tree = ["taskkill", "/F", "/T", "/PID", str(self.process.pid)]
                subprocess.run(tree, capture_output=True, check=False)
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.Signals[name])

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not healthy(self.port):
            if (code := self.process.poll()) is not None:
                raise RuntimeError(f"The server ended at once with {code}:\n{self.log()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"No answer after {START_SECONDS} s:\n{self.log()}")
            time.sleep(0.05)


def staff_cookies(url: str) -> list[Any]:
    """What a browser has once it has opened the link that the server of this address showed; none
    where no link makes anyone staff."""
    parts = urlsplit(url)
    token = TOKENS.get(parts.port)
    root = f"{parts.scheme}://{parts.netloc}"
    return [{"name": f"ringvirkning_{parts.port}", "value": token, "url": root}] if token else []


def staff_headers(url: str) -> list[tuple[str, str]]:
    """The same as headers of a request."""
    return [("Cookie", f"{one['name']}={one['value']}") for one in staff_cookies(url)]


def awaited(waits: Coroutine[Any, Any, None]) -> None:
    """Run it to its end in a thread of its own: the main one of a worker has Playwright's loop as
    soon as a test has asked for a browser."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, waits).result()


@cache
def published() -> Path:
    """A var/ in which the shipped files are current: made once, copied, never written to."""
    var = Path(tempfile.mkdtemp(prefix="ringvirkning-published-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    storage.write(var / keys.NAME, KEY)
    if found := publishing.publish(ROOT / "data", var):
        raise RuntimeError(found)
    return var


def with_deck(var: Path) -> str:
    """Keep a presentation of the first version, in nb; its id."""
    slides = (Planned("title"), Planned("figure", "overview", "active"), Planned("closing"))
    first = versions.history(var)[0].name
    deck = Deck("abcdefabcdef", "Møte", "nb", first, "2026-11-23", slides=slides)
    numbered.keep_numbered(var / "decks", deck)
    return deck.id


@contextmanager
def serve(
    data: Path | None = None,
    *,
    as_of: str = "2026-11-23",
    var: Path | None = None,
    env: dict[str, str] | None = None,
    app: Path = ROOT / "dashboard.py",
    options: Sequence[str] = (),
    descriptors: tuple[int, int] | None = None,
    port: int | None = None,
    is_cold: bool = False,
) -> Iterator[Server]:
    """Serve `data` (default: the shipped CSV files), as if today were `as_of`; with so many
    descriptors at first, and at most, as the system gives it; at a port, where one is said. Tests
    have it forked from a process that has imported what takes it a second, or begin it cold.

    What the app writes goes to `var`, by default a folder that is gone afterwards; the shipped
    files are published in it already.
    """
    with tempfile.TemporaryDirectory(prefix="ringvirkning-", ignore_cleanup_errors=True) as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("RINGVIRKNING_")}
        environment.pop("SURFACE", None)
        environment["STREAMLIT_SECRETS_FILES"] = str(Path(folder, "no_secrets.toml"))
        if data is None and var is None:
            shutil.copytree(published(), Path(folder, "var"))
        environment["RINGVIRKNING_VAR"] = str(var or Path(folder, "var"))
        environment["RINGVIRKNING_AS_OF"] = as_of
        if data is not None:
            environment["RINGVIRKNING_DATA"] = str(data)
        log = Path(folder, "server.log")
        server = Server(environment | (env or {}), log, app, options, descriptors, port, is_cold)
        try:
            yield server
        finally:
            server.stop()


def limit_descriptors(soft: int, hard: int) -> None:
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def free_port() -> int:
    """A port of the loopback address that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server may listen there, be it that another one has been just before."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would mean to share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def healthy(port: int) -> bool:
    """Whether a Streamlit server on this port says that it is up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
