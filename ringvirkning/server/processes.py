"""Several processes of one installation: each at a port of this machine, behind one proxy, with one
`var/`.

What a session has lives in the process that it is connected to, also the files that it offers and
those that are uploaded to it. Their addresses say which process that is, and whoever else is asked
passes it on: so a proxy may send every request to any of them.
"""

import http.client
import os
import re
import socket
from asyncio import create_task
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import streamlit as st
from anyio import to_thread
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Scope

PORTS = "RINGVIRKNING_PORTS"
OF_A_SESSION = re.compile(r"(/records/|/ahead/|/_stcore/upload_file/)([0-9]{1,5})~")
LONGEST_BODY = (st.get_option("server.maxUploadSize") + 1) * 2**20  # bytes
LONGEST_ANSWER = 600  # seconds until it begins: a file of a million rows is made meanwhile
# Between two, and not for whom it is passed on to (RFC 9110, 7.6.1); and who asks, which we say.
NOT_PASSED_ON = {
    "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection",
    "content-length", "expect", "forwarded", "x-forwarded-for", "x-forwarded-proto",
}  # fmt: skip
SAID_BY_EACH = {"date", "server"}


@cache
def ports() -> tuple[int, ...]:
    """Where the processes are; none where there is just this one. Raises ValueError."""
    return tuple(map(int, os.environ.get(PORTS, "").replace(",", " ").split()))


def is_among_them() -> bool:
    """Whether the setting, where there is one, has this process in it."""
    try:
        return not ports() or own_port() in ports()
    except ValueError:
        return False


def own_port() -> int:
    return int(st.get_option("server.port"))


def first_port() -> int:
    """The installation's: a name for what all its processes have."""
    return (ports() or (own_port(),))[0]


def named_here(name: str) -> str:
    """A name in an address, with this process's mark where there are several."""
    return f"{own_port()}~{name}" if ports() else name


def host() -> str:
    """Where this machine reaches a server of its own, be that for every address."""
    address = str(st.get_option("server.address") or "localhost")
    return {"0.0.0.0": "localhost", "::": "localhost"}.get(address, address)


def owner(path: str) -> int | None:
    """The port of the process that has what is asked for; None where that is anybody's."""
    found = OF_A_SESSION.match(path) if ports() else None
    return int(found[2]) if found else None


def without_mark(scope: Scope) -> Scope:
    """What is asked of this process, by the name that it has here."""
    mark = f"/{own_port()}~"
    path, raw = scope["path"].replace(mark, "/", 1), scope.get("raw_path", b"")
    return {**scope, "path": path, "raw_path": raw.replace(mark.encode(), b"/", 1)}


async def pass_on(request: Request, port: int) -> Response:
    """The answer of the process at another port. Raises OSError and http.client.HTTPException where
    there is none."""
    if port not in ports():
        raise ConnectionRefusedError(port)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            return Response(status_code=413)
    connection = http.client.HTTPConnection(host(), port, timeout=LONGEST_ANSWER)
    leaving = create_task(close_with(request, connection))
    try:
        answer = await to_thread.run_sync(ask_other, request, connection, body)
    finally:
        leaving.cancel()
    passed = StreamingResponse(answer_parts(answer), answer.status)
    passed.raw_headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in answer.getheaders()
        if name.lower() not in (NOT_PASSED_ON | SAID_BY_EACH) - {"content-length"}
    ]
    return passed


async def close_with(request: Request, connection: http.client.HTTPConnection) -> None:
    """Whoever leaves before there is an answer leaves the other process, too."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def ask_other(
    request: Request, connection: http.client.HTTPConnection, body: bytes
) -> http.client.HTTPResponse:
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    connection.putrequest(request.method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers.items():
        if name not in NOT_PASSED_ON:
            connection.putheader(name, value.encode("latin-1"))
    for name, value in who_asks(request).items():
        connection.putheader(name, value)
    connection.putheader("connection", "close")
    connection.putheader("content-length", str(len(body)))
    connection.endheaders(body)
    return connection.getresponse()


def who_asks(request: HTTPConnection) -> dict[str, str]:
    """As a proxy tells it: what another one told us was believed or not when it came."""
    scheme = {"x-forwarded-proto": request.scope["scheme"]}
    return scheme | ({"x-forwarded-for": request.client.host} if request.client else {})


def answer_parts(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """As they come; whoever takes no more ends the other's work, too."""
    with answer:
        while part := answer.read1(2**16):
            yield part
