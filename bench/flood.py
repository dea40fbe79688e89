"""One visitor floods, another one reads: `python -m bench.flood [MESSAGES] [KIND …]`.

So many messages of each kind that the framework knows are sent within ten seconds over eight
connections, and files are asked for one after the other over as many; meanwhile another visitor
goes from page to page. With the doors of the app and, beside it, without them. Loopback only;
visitors are told apart as behind the proxy of docs/serving.md.
"""

import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bench.common import ROOT, load
from bench.session import Session
from tests.server import serve

MESSAGES, SECONDS, CONNECTIONS, LOOKS = 4000, 10, 8, 20
FILES = "files"
PLACES = ("", "partnerships", "activities", "outcomes")
ONE, OTHER = [[("X-Forwarded-For", address)] for address in ("203.0.113.1", "198.51.100.1")]
WITHOUT = """
import streamlit as st
from ringvirkning.server import streams
from ringvirkning.ui.present import decks
from ringvirkning.server.doors import Doors
from ringvirkning.server.serving import MIDDLEWARE

app = st.App(
    {main!r},
    middleware=[one for one in MIDDLEWARE if one.cls is not Doors],
    routes=[*streams.ROUTES, *decks.ROUTES],
)
"""


def message(kind: str, turn: int = 0) -> bytes:
    """One of a kind with nothing in it; a run is of a page that nobody has seen yet."""
    asked = BackMsg()
    if kind == "rerun_script":
        asked.rerun_script.page_name = "partnerships"
        asked.rerun_script.query_string = f"years={2008 + turn % 9}-{2018 + turn % 7}"
    elif BackMsg.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(asked, kind).SetInParent()
    else:
        setattr(asked, kind, True)
    return asked.SerializeToString()


def flood(url: str, kind: str, messages: int) -> None:
    """So many messages, evenly over the connections and over SECONDS; whoever is shut out comes
    again."""

    def files() -> None:
        """Each of a page's files again and again; one that is refused waits a little."""
        session = Session(url, ONE)
        found = session.run([])["files"]
        for turn in range(messages // CONNECTIONS):
            asked = urllib.request.Request(url + found[turn % len(found)], headers=dict(ONE))
            try:
                urllib.request.urlopen(asked, timeout=60).read()
            except urllib.error.HTTPError:
                time.sleep(0.01)

    def some(first: int) -> None:
        session: Session | None = None
        for turn in range(first, messages, CONNECTIONS):
            time.sleep(SECONDS * CONNECTIONS / messages)
            try:
                session = session or Session(url, ONE)
                session.socket.send(message(kind, turn))
            except (ConnectionClosed, InvalidStatus, OSError):
                session = None

    for first in range(CONNECTIONS):
        what = (files, ()) if kind == FILES else (some, (first,))
        threading.Thread(target=what[0], args=what[1], daemon=True).start()
    time.sleep(600)


def waits(url: str) -> list[float]:
    """Seconds of each look of the other visitor."""
    session, taken = Session(url, OTHER), []
    session.run([])
    for turn in range(LOOKS):
        began = time.perf_counter()
        seen = session.run([("lang", "nb")], PLACES[turn % len(PLACES)])
        taken.append(time.perf_counter() - began)
        assert seen["charts"] and not seen["errors"], seen
        time.sleep(max(0.0, 0.4 - taken[-1]))  # who reads needs longer
    session.close()
    return taken


def measured(url: str, kind: str, messages: int) -> None:
    flooding = multiprocessing.Process(target=flood, args=(url, kind, messages), daemon=True)
    if kind:
        flooding.start()
    try:
        taken = sorted(waits(url))
        p95 = taken[int(len(taken) * 0.95) - 1]
        said = f"median {statistics.median(taken):.2f} s, p95 {p95:.2f} s, most {taken[-1]:.2f} s"
    except (ConnectionClosed, OSError, TimeoutError) as error:
        said = repr(error)
    finally:
        if kind:
            flooding.kill()
            flooding.join()
    print(f"  {kind or 'no flood':26} {said}; {load()}", flush=True)


def main(messages: int, asked: list[str]) -> None:
    kinds = ["", FILES, *(field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields)]
    public = {"SURFACE": "public", "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        without = Path(folder, "app.py")
        without.write_text(
            WITHOUT.format(main=str(ROOT / "ringvirkning" / "ui" / "main.py")), encoding="utf-8"
        )
        for said, app in (("with doors", ROOT / "dashboard.py"), ("without", without)):
            with serve(app=app, env=public) as server:
                print(f"{said}, {messages} messages:")
                for kind in asked or kinds:
                    measured(server.url, kind, messages)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    named = [one for one in sys.argv[1:] if not one.isdecimal()]
    main(numbers[0] if numbers else MESSAGES, named)
