"""Two processes with one var/: whichever is asked, what a session has is had."""

import http.client
import itertools
import json
import re
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ringvirkning import ROOT
from ringvirkning.server import processes
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests.server import Server, free_port, is_free, published, serve
from tests.test_access import xsrf
from tests.test_messages import files_asked
from tests.visitor import Headers, a_run, connected, frame, messages

pytestmark = pytest.mark.slow
APP = """
from pathlib import Path
import streamlit as st
from ringvirkning.server import service, streams
from ringvirkning.server.serving import MIDDLEWARE
from ringvirkning.ui import ahead

app = st.App(
    Path(__file__).with_name("page.py"),
    lifespan=service.running,
    middleware=MIDDLEWARE,
    routes=[*streams.ROUTES, *ahead.ROUTES],
)
"""
PAGE = """
import streamlit as st
from ringvirkning.ui import files
from ringvirkning.ui.state import memory

files.begin_offers()
files.draw_link("A file", "x.csv", lambda: iter([b"1;", b"2"]), is_staffs=True)
files.draw_link("For all", "y.csv", lambda: b"3", is_staffs=False)
st.text(" ".join(offer.address() for offer in memory(files.Offers).now.values()))
"""
NO_SESSION = b"Invalid session_id"


@contextmanager
def several(app: Path, var: Path, token: str) -> Iterator[list[Server]]:
    """Two processes as docs/serving.md has them."""
    ports = [free_port(), free_port()]
    env = {"RINGVIRKNING_PORTS": " ".join(map(str, ports)), "RINGVIRKNING_TOKEN": token}
    with ExitStack() as running:
        yield [
            running.enter_context(
                serve(app=app, var=var, env={"PYTHONPATH": str(ROOT)} | env, port=port)
            )
            for port in ports
        ]


@pytest.fixture(scope="module")
def token() -> str:
    return secrets.token_urlsafe(32)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, token: str) -> Iterator[list[Server]]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    var = shutil.copytree(published(), folder / "var")
    with several(folder / "app.py", var, token) as running:
        yield running


@pytest.fixture(scope="module")
def staff(two: list[Server], token: str) -> Headers:
    """The cookie that the link of the first one gives, and no more of a session."""
    return [("Host", "localhost:8501"), ("Cookie", f"ringvirkning_{two[0].port}={token}")]


@contextmanager
def session_of(server: Server, headers: Headers) -> Iterator[tuple[list[str], str]]:
    """A page that is shown there, as long as it is: the addresses of its files, and of a file that
    is to be sent to it."""
    with connected(server.port, headers) as (_, connection, answer):
        connection.sendall(frame(a_run()))
        shown: list[ForwardMsg] = [*messages(answer)]
        files = [one.delta.new_element.text.body for one in shown if one.delta.new_element.text]
        connection.sendall(frame(files_asked("partners.csv")))
        asked = (one.file_urls_response for one in messages(answer))
        urls = next(one for one in asked if one.file_urls)
        yield " ".join(files).split(), urls.file_urls[0].upload_url


def ask(
    server: Server, method: str, path: str, headers: Headers, body: bytes = b""
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request(method, path.removeprefix("."), body or None, dict(headers))
    with connection.getresponse() as answer:
        return answer.status, answer.read(), answer.headers


def test_a_file_is_had_through_any_process_by_whom_it_is_for(two: list[Server], staff: Headers):
    public = staff[:1]
    with session_of(two[0], staff) as ((of_staff, of_all), _):
        assert f"/{two[0].port}~" in of_staff
        for server in two:
            status, content, said = ask(server, "GET", of_staff, staff)
            assert (status, content) == (200, b"1;2")
            assert "x.csv" in said["content-disposition"] and said["cache-control"] == "no-store"
            assert len(said.get_all("content-security-policy") or []) == 1
            assert ask(server, "GET", of_staff, public)[0] == 403
            assert ask(server, "GET", of_all, public)[1] == b"3"
    assert not re.search("x.csv|y.csv|records/", "".join(one.log() for one in two))


def test_figures_ahead_of_a_run_are_had_through_any_process(two: list[Server], staff: Headers):
    """Of the one that has the session; each as who asks may see them."""
    version = versions.current(two[0].var)
    assert version
    for server, owner in itertools.product(two, two):
        path = f"/ahead/{owner.port}~overview?version={version.name}"
        exact, public = (ask(server, "GET", path, who) for who in (staff, staff[:1]))
        assert (exact[0], public[0]) == (200, 200)
        assert {*json.loads(exact[1])} >= {"cards", "figure-active"}
        assert exact[1] != public[1]


def test_an_upload_reaches_its_session_through_any_process(two: list[Server], staff: Headers):
    cookie, proof = xsrf()
    form = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="partners.csv"\r\n\r\n'
        b"id;name\r\n--b--\r\n"
    )
    (_, mine) = staff[1]
    kind = ("Content-Type", "multipart/form-data; boundary=b")
    headers = [staff[0], *proof, kind, ("Cookie", f"{mine}; {cookie}")]
    with session_of(two[1], staff) as (_, address):
        assert f"/{two[1].port}~" in address
        for server in two:
            assert ask(server, "PUT", address, headers, form)[0] == 204
            nobodys = [staff[0], *proof, kind, ("Cookie", cookie)]
            assert ask(server, "PUT", address, nobodys, form)[0] == 403
            assert ask(server, "PUT", address, headers, bytes(7 * 2**20))[0] == 413
        elsewhere = address.replace(f"/{two[1].port}~", f"/{two[0].port}~")
        assert NO_SESSION in ask(two[1], "PUT", elsewhere, headers, form)[1]


def test_nothing_is_passed_on_to_what_is_no_process_of_ours(two: list[Server], staff: Headers):
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        for name in (f"{other.getsockname()[1]}~x", "99999~x", "0~x"):
            status, content, _ = ask(two[0], "GET", f"/records/{name}", staff)
            assert status == 404
            assert content.decode().splitlines() == [words(n)("file.gone") for n in LANGUAGES]
        with pytest.raises(BlockingIOError):
            other.accept()


def test_who_asks_is_told_as_it_was_seen(monkeypatch: pytest.MonkeyPatch):
    """A visitor can't make itself another by a header that the next process would believe."""
    said = [(b"x-forwarded-for", b"127.0.0.1"), (b"forwarded", b"for=127.0.0.1")]
    scope = {"type": "http", "scheme": "https", "client": ("192.0.2.7", 1), "headers": said}
    asked = HTTPConnection(scope)
    assert processes.who_asks(asked) == {
        "x-forwarded-proto": "https",
        "x-forwarded-for": "192.0.2.7",
    }
    assert {name.decode() for name, _ in said} <= processes.NOT_PASSED_ON


def test_the_first_process_shows_the_link_and_every_one_knows_it(
    two: list[Server], staff: Headers, token: str
):
    first, second = two
    assert f"/?token={token}" in first.log() and token not in second.log()
    for server in two:
        status, _, said = ask(server, "GET", f"/?token={token}", staff[:1])
        assert status == 303 and said["set-cookie"].startswith(f"ringvirkning_{first.port}=")


def test_a_setting_without_this_processs_port_ends_it(tmp_path: Path):
    env = {"RINGVIRKNING_PORTS": "8501 x"}
    with pytest.raises(RuntimeError, match="names the ports of all processes"), serve(env=env):
        pass


def test_what_a_process_had_went_with_it_and_the_other_says_so(two: list[Server], staff: Headers):
    with session_of(two[1], staff) as ((_, of_all), _):
        two[1].process.kill()
        two[1].process.wait()
        assert is_free(two[1].port)
        status, content, _ = ask(two[0], "GET", of_all, staff)
    assert status == 404 and words("nb")("file.gone") in content.decode()
