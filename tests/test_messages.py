"""What passes the websocket of the pages, both ways, and for how many: harmless messages to a real
server that is public."""

import asyncio
import platform
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import pages
from bench.flood import message
from ringvirkning import ROOT
from ringvirkning.server import sessions
from ringvirkning.server.messages import LONGEST_OF_ALL, LONGEST_OF_KIND
from ringvirkning.server.visitors import (
    HELD_BY_ONE,
    LONGEST_REST,
    RUNS_AT_ONCE,
    RUNS_OF_ONE,
    Lane,
    TooManyConnections,
    Turns,
    Visitors,
    visitor,
)
from tests.server import Server, awaited, serve, staff_headers
from tests.test_access import APP
from tests.visitor import TEXT, a_run, closed, connected, frame, messages, session, status

pytestmark = pytest.mark.slow  # a server of its own

LOCAL = [("Host", "localhost")]
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"rerun_script"}))
def test_the_public_is_answered_nothing_but_pages(server: Server, kind: str):
    """What comes after a message of a kind, while another visitor is answered a whole page, is what
    the run after it is answered."""
    with connected(server.port, LOCAL) as (_, connection, answer):
        connection.sendall(frame(a_run()))
        usual = {one.WhichOneof("type") for one in messages(answer)}
        connection.sendall(frame(message(kind)))
        with connected(server.port, LOCAL) as (_, other, others):
            other.sendall(frame(a_run()))
            assert {one.WhichOneof("type") for one in messages(others)} == usual
        connection.sendall(frame(a_run()))
        assert {one.WhichOneof("type") for one in messages(answer)} <= usual


def test_an_editor_is_told_where_to_send_a_file(server: Server):
    staff = [*LOCAL, *staff_headers(server.url)]
    with connected(server.port, staff) as (_, connection, answer):
        connection.sendall(frame(files_asked("partners.csv")))
        kinds = (one.WhichOneof("type") for one in messages(answer))
        assert "file_urls_response" in kinds


def files_asked(name: str) -> bytes:
    """The message that asks where to send a file."""
    asked = BackMsg()
    asked.file_urls_request.request_id = "1"
    asked.file_urls_request.file_names.append(name)
    return asked.SerializeToString()


BROKEN = {
    "text": (frame(b"hello", TEXT), 1003),
    "no message of the framework": (frame(b"hello"), 1002),
    "too long": (frame(a_run(query_string="a" * LONGEST_OF_ALL)), 1009),
    "longer than its kind": (
        frame(files_asked("a" * 2**14)),
        1009,
    ),
}


@pytest.mark.parametrize(("sent", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_what_no_page_of_ours_sends_ends_the_connection(server: Server, sent: bytes, code: int):
    with connected(server.port, LOCAL) as (_, connection, answer):
        connection.sendall(sent)
        assert closed(answer) == code
    assert "Traceback" not in server.log()


def test_no_message_is_told_of_the_machine(server: Server):
    seen: list[ForwardMsg] = []
    for page in pages.MENU:
        with connected(server.port, LOCAL) as (_, connection, answer):
            connection.sendall(frame(a_run(page_name=page if page != pages.MENU[0] else "")))
            seen += messages(answer)
    everything = b"".join(one.SerializeToString() for one in seen).decode("utf-8", "replace")
    assert "new_session" in {one.WhichOneof("type") for one in seen}
    secret = [str(ROOT), "main.py", platform.node(), platform.python_version(), st.__version__]
    # As words of their own: a short name of a machine may stand within a random token.
    told = [
        word for word in secret if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", everything)
    ]
    assert told == []
    assert len(everything) > 100_000


def test_every_kind_that_is_ours_is_the_frameworks():
    assert {*LONGEST_OF_KIND} <= {*KINDS}


# How much


def test_turns_are_so_many_at_once_and_then_so_many_a_second():
    now = [100.0]
    turns = Turns(3, 2, clock=lambda: now[0])
    assert [turns.wait() for _ in range(5)] == [0, 0, 0, 0.5, 1]
    now[0] += 10
    assert [turns.wait() for _ in range(4)] == [0, 0, 0, 0.5]
    assert max(turns.wait() for _ in range(1000)) == 60


def test_who_looks_about_waits_for_nothing_and_who_asks_on_and_on_for_half_of_the_time():
    now = [100.0]
    lane = Lane(runs=Turns(*RUNS_OF_ONE, clock=lambda: now[0]))
    assert [lane.rest(taken) for taken in (3.5, 0.5, 0.5, 0.5, 0.5)] == [0] * 5
    began, ran = now[0], 0.0
    for _ in range(400):
        now[0] += 0.5
        ran += 0.5
        now[0] += lane.rest(0.5)
    assert ran / (now[0] - began) == pytest.approx(0.5, abs=0.05)
    assert lane.rest(30) == LONGEST_REST


def test_a_visitor_is_known_by_address_and_the_machine_itself_is_none():
    assert visitor({"client": ("127.0.0.1", 1)}) == visitor({"client": ("::1", 1)}) == ""
    assert visitor({"client": None}) == visitor({"client": ("unix:", 0)}) == ""
    assert visitor({"client": ("192.0.2.1", 1)}) != visitor({"client": ("192.0.2.2", 1)})
    assert visitor({"client": ("2001:db8::1", 1)}) == visitor({"client": ("2001:db8::2", 1)})
    assert visitor({"client": ("2001:db8::1", 1)}) != visitor({"client": ("2001:db8:1::1", 1)})


def test_one_visitor_leaves_room_for_others():
    visitors = Visitors()
    with ExitStack() as held:
        for _ in range(HELD_BY_ONE):
            held.enter_context(visitors.holding("one"))
        with pytest.raises(TooManyConnections), visitors.holding("one"):
            pass
        with visitors.holding("another"):
            assert visitors.is_full("one") and not visitors.is_full("another")
    assert not visitors.held


def test_what_is_known_of_visitors_is_bounded():
    visitors = Visitors(most=10)
    for number in range(100):
        visitors.wait(str(number), 1, 1e6)
        with visitors.holding(str(number)):
            pass
    assert len(visitors.turns) <= 12 and len(visitors.lanes) <= 12


def test_messages_beyond_their_number_wait_their_turn(server: Server, monkeypatch):
    """They are still answered: nobody loses a click."""
    at_once, a_second = sessions.MESSAGES
    many = at_once + 3
    with connected(server.port, [*LOCAL, ("X-Forwarded-For", "192.0.2.9")]) as connected_:
        _, connection, answer = connected_
        connection.sendall(frame(message("app_heartbeat")) * many + frame(a_run()))
        assert [*messages(answer)]
    assert a_second > 1


def test_the_runs_of_an_address_go_one_after_the_other(monkeypatch):
    async def seen() -> None:
        visitors = Visitors()
        with ExitStack() as held:
            first, second, of_another = (
                held.enter_context(visitors.holding(who)) for who in ("one", "one", "another")
            )
            await first.begin()
            await first.begin()  # a run in place of the first
            await of_another.begin()
            waits = asyncio.create_task(second.begin())
            await asyncio.sleep(0)
            assert not waits.done()
            monkeypatch.setattr("ringvirkning.server.visitors.LONG_RUN", 1)  # the second's
            first.end()
            first.end()
            await waits
            assert second.until and not first.until
        assert not visitors.held
        with visitors.holding("one") as again:
            waits = asyncio.create_task(again.begin())
            await asyncio.sleep(0)
            assert not waits.done(), "who left may still have a page made"
            await waits

    awaited(seen())


def test_a_long_run_lets_others_pass(monkeypatch):
    async def seen() -> None:
        visitors = Visitors()
        with visitors.holding("one") as first, visitors.holding("one") as second:
            await first.begin()
            await asyncio.wait_for(second.begin(), 20)
            assert not first.until

    monkeypatch.setattr("ringvirkning.server.visitors.LONG_RUN", 0.01)
    awaited(seen())


def test_few_runs_are_made_at_once_and_a_long_one_is_none_of_them(monkeypatch):
    """Of staff, too; who waits is served in the order in which they came."""

    async def seen() -> None:
        visitors = Visitors()
        with ExitStack() as held:
            turns = [held.enter_context(visitors.holding("")) for _ in range(RUNS_AT_ONCE + 2)]
            for turn in turns[:RUNS_AT_ONCE]:
                await turn.begin()
            third, fourth = (asyncio.create_task(one.begin()) for one in turns[RUNS_AT_ONCE:])
            await asyncio.sleep(0)
            assert not third.done() and not fourth.done()
            turns[0].end()
            turns[0].end()  # nor is more let in by an end that is told twice
            await third
            assert not fourth.done()
            monkeypatch.setattr("ringvirkning.server.visitors.LONG_AMONG_RUNS", 0.01)
            turns[RUNS_AT_ONCE].end()
            await asyncio.wait_for(fourth, 20)
            late = held.enter_context(visitors.holding(""))
            await asyncio.wait_for(late.begin(), 20)
            assert turns[1].until and turns[-1].until, "they are long, and still being made"

    awaited(seen())


def test_who_leaves_while_waiting_keeps_no_place():
    async def seen() -> None:
        visitors = Visitors()
        with ExitStack() as held:
            turns = [held.enter_context(visitors.holding(f"{n}")) for n in range(RUNS_AT_ONCE)]
            for turn in turns:
                await turn.begin()
            leaving = held.enter_context(visitors.holding("one"))
            waits = asyncio.create_task(leaving.begin())
            await asyncio.sleep(0)
            waits.cancel()
            await asyncio.wait([waits])
            turns[0].end()
            with visitors.holding("one") as again:
                await asyncio.wait_for(again.begin(), 20)

    awaited(seen())


def test_a_visitors_sessions_all_get_their_pages(server: Server):
    headers = [*LOCAL, ("X-Forwarded-For", "192.0.2.10")]
    with ExitStack() as held:
        several = [held.enter_context(connected(server.port, headers)) for _ in range(4)]
        for _, connection, _ in several:
            connection.sendall(frame(a_run()) + frame(a_run(page_name="outcomes")))
        for _, _, answer in several:
            kinds = [one.WhichOneof("type") for one in messages(answer)]
            assert kinds[-1] == "script_finished"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A page that is run in no time, behind our doors."""
    (tmp_path / "page.py").write_text("import streamlit as st\nst.text('here')", encoding="utf-8")
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    return tmp_path / "app.py"


def test_three_hundred_sessions_are_held(app: Path):
    """With the 1 024 descriptors that a system gives at first."""
    env = {"PYTHONPATH": str(ROOT)}
    with serve(app=app, env=env, descriptors=(1024, 8192)) as server, ExitStack() as held:
        runs = [held.enter_context(session(server.port, LOCAL)) for _ in range(300)]
        assert {run() for run in runs} == {"here"}
        assert status(server.port, "GET", "/_stcore/health", LOCAL) == 200
        assert "Too many open files" not in server.log()


def test_who_comes_when_all_places_are_taken_is_told_so(app: Path):
    env = {"PYTHONPATH": str(ROOT)}
    with serve(app=app, env=env, descriptors=(300, 300)) as server, ExitStack() as held:
        runs = [held.enter_context(session(server.port, LOCAL)) for _ in range(40)]
        seen = [run() for run in runs]
        assert seen == ["here"] * 25 + ["503"] * 15
        page = [*LOCAL, ("Accept", "text/html")]
        assert status(server.port, "GET", "/", page) == 503
        assert status(server.port, "GET", "/_stcore/health", LOCAL) == 200
        assert runs[0]() == "here"
