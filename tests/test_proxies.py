"""Behind proxies nobody is staff by a header; and the documented block holds what is said of it.

The Makefile installs nginx as it does the browser.
"""

import http.client
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from http import HTTPStatus
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from ringvirkning import ROOT
from tests.proxies import BARE, documented_block, nginx, rewriting
from tests.server import Server, serve, staff_headers
from tests.test_access import APP, EDITOR_HERE, PAGE, PUBLIC
from tests.visitor import a_run, shown

LOOPBACK = ("localhost", "127.0.0.1")
pytestmark = pytest.mark.slow
NAMED = ("Host", "dash.example.no")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A page that says whom it takes its visitor for, as docs/serving.md has it behind a proxy."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    hosts = [f"--server.allowedHosts={name}" for name in ("dash.example.no", *LOOPBACK)]
    env = {"PYTHONPATH": str(ROOT)}
    with serve(app=folder / "app.py", env=env, options=hosts) as running:
        yield running


PROXIES: dict[str, Callable[[int], AbstractContextManager[int]]] = {
    "bare": lambda port: nginx(BARE, port),
    "rewriting host and origin": rewriting,
}


@pytest.mark.parametrize("name", PROXIES)
def test_no_proxy_makes_anyone_staff(server: Server, name: str):
    with PROXIES[name](server.port) as port:
        for headers in (
            [NAMED],
            [NAMED, ("Origin", "http://dash.example.no")],
            [("Host", "localhost:8501"), ("Origin", "http://localhost:8501")],
        ):
            assert shown(port, headers) in (PUBLIC, "403")
            with_token = shown(port, [*headers, *staff_headers(server.url)])
            assert with_token in (EDITOR_HERE, "403")
        assert shown(port, [NAMED]) == PUBLIC
        assert shown(port, [NAMED, *staff_headers(server.url)]) == EDITOR_HERE


# The block of docs/serving.md


@pytest.fixture(scope="module")
def proxy(server: Server) -> Iterator[int]:
    with nginx(documented_block(), server.port) as port:
        yield port


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def asked(port: int, *paths: str, body: bytes | None = None, **headers: str) -> list[Any]:
    """Answers of the documented proxy, over one connection."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=120, context=trusting())
    answers = []
    for path in paths:
        method = "GET" if body is None else "PUT"
        connection.request(method, path, body, {"Host": "dash.example.no"} | headers)
        with connection.getresponse() as answer:
            answer.read()
            answers.append(answer)
    connection.close()
    return answers


def seen_as(port: int, *headers: tuple[str, str]) -> str:
    """Whom the page takes a visitor of the documented proxy for."""
    with connect(
        f"wss://127.0.0.1:{port}/_stcore/stream",
        ssl=trusting(),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=[*headers],
    ) as socket:
        socket.send(a_run())
        while True:
            message = ForwardMsg.FromString(socket.recv(decode=False))
            if message.delta.new_element.WhichOneof("type") == "text":
                return message.delta.new_element.text.body


def test_behind_the_documented_proxy_the_token_decides(server: Server, proxy: int):
    assert seen_as(proxy) == PUBLIC
    assert seen_as(proxy, ("X-Forwarded-For", "127.0.0.1")) == PUBLIC
    assert seen_as(proxy, *staff_headers(server.url)) == EDITOR_HERE


def test_cookies_are_secure_behind_the_proxy_and_browsers_kept_to_https(server: Server, proxy: int):
    ((_, cookie),) = staff_headers(server.url)
    token = cookie.partition("=")[2]
    for answer in asked(proxy, "/", "/_stcore/health", f"/?token={token}"):
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        cookies = answer.headers.get_all("set-cookie") or []
        assert all("; secure" in each.lower() for each in cookies)
    assert cookies, "the token's"


def test_the_documented_proxy_takes_no_larger_file_than_the_app(proxy: int):
    (answer,) = asked(proxy, "/_stcore/upload_file/a/b", body=bytes(7 * 2**20))
    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_the_documented_proxy_limits_what_an_address_asks_but_for_the_frameworks_files(
    server: Server, proxy: int
):
    with nginx(documented_block(), server.port) as port:
        statuses = [each.status for each in asked(port, *["/_stcore/health"] * 300)]
        assert set(statuses[:200]) == {200}
        assert HTTPStatus.TOO_MANY_REQUESTS in statuses
        files = {each.status for each in asked(port, *["/static/js/nothing.js"] * 300)}
        assert HTTPStatus.TOO_MANY_REQUESTS not in files


def test_the_documented_proxy_limits_what_an_address_holds(server: Server):
    block = documented_block()
    few = re.sub(r"limit_conn held \d+;", "limit_conn held 3;", block)
    assert few != block
    with nginx(few, server.port) as port, ExitStack() as held:
        for _ in range(3):
            held.enter_context(
                connect(
                    f"wss://127.0.0.1:{port}/_stcore/stream",
                    ssl=trusting(),
                )
            )
        assert asked(port, "/_stcore/health")[0].status == HTTPStatus.TOO_MANY_REQUESTS


def test_a_handshake_with_long_cookies_passes_the_documented_proxy(server: Server, proxy: int):
    """Of sign-in with many groups, cut into cookies of what a browser takes."""
    ((_, cookie),) = staff_headers(server.url)
    long = "; ".join(f"_streamlit_user__{n}={'x' * 3800}" for n in range(4))
    assert seen_as(proxy, ("Cookie", f"{long}; {cookie}")) == EDITOR_HERE
