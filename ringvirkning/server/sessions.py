"""The sessions of the pages, each a websocket: who gets one, what it hears and what it is told."""

from asyncio import sleep
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets import http11

from ringvirkning.server import access, messages
from ringvirkning.server.visitors import TooManyConnections, Turn, Turns, Visitors, visitor

MESSAGES = (20, 5)  # of one session at once, and then a second
LONGEST_HEADER = 2**16  # bytes, as HTTP takes them here


class Sessions:
    """Another site's page gets none, nobody more than the others can spare; messages that are not
    ours don't pass."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self.app, self.visitors = app, visitors
        take_long_cookies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A session, if there is room for it."""
        asked = HTTPConnection(scope)
        if is_foreign(asked):
            await send({"type": "websocket.close", "code": messages.NOT_ALLOWED})
            return
        try:
            with self.visitors.holding(counted_visitor(asked)) as turn:
                await self.app(scope, heard(asked, receive, send, turn), filtered_send(send, turn))
        except TooManyConnections:
            refused = Response(status_code=503, headers={"retry-after": "30"})
            await WebSocket(scope, receive, send).send_denial_response(refused)


def counted_visitor(asked: HTTPConnection) -> str:
    """Whom what is asked counts for: nobody for staff, who are trusted; and publishing is long."""
    return "" if access.asker(asked) else visitor(asked.scope)


def heard(asked: HTTPConnection, receive: Receive, send: Send, turn: Turn) -> Receive:
    """What the framework hears of a browser: our messages, each when it is its turn."""
    keep_short(receive)
    pace = Turns(*MESSAGES)

    async def next_of_ours() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            await sleep(pace.wait())
            try:
                kind = messages.message_kind(message.get("bytes"), lambda: access.is_editor(asked))
            except messages.RefusedMessage as refused:
                await send({"type": "websocket.close", "code": refused.code})
                return {"type": "websocket.disconnect", "code": refused.code}
            if kind == messages.RUN:
                await turn.begin()
            if kind:
                return message

    return next_of_ours


def filtered_send(send: Send, turn: Turn) -> Send:
    """Passes on what a browser is told."""

    async def told(message: Message) -> None:
        if message["type"] == "websocket.send":
            kept, is_end = messages.message_to_browser(message["bytes"])
            if is_end:
                turn.end()
            if kept is None:
                return
            message = {**message, "bytes": kept}
        await send(message)

    return told


def take_long_cookies() -> None:
    """Sign-in with many groups makes cookies of more than the 8 kB that a header of a handshake may
    have. A setting of the environment would be read before our code is."""
    http11.MAX_LINE_LENGTH = LONGEST_HEADER


def keep_short(receive: Receive) -> None:
    """No message is collected that would be refused: the framework would take those of 50 MB, as
    long as it may send itself."""
    connection: Any = getattr(getattr(receive, "__self__", None), "conn", None)
    if hasattr(connection, "max_message_size"):
        connection.max_message_size = messages.LONGEST_OF_ALL


def is_foreign(request: HTTPConnection) -> bool:
    """Whether another site's page asks.

    Streamlit lets in every page of this machine, whatever its port; and before it refuses any
    other, it asks the internet for its own address.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return False
    return urlsplit(origin).netloc != request.headers.get("host")
