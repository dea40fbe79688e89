"""What the server lets in, and what it tells browsers about its pages."""

import base64
import hashlib
import re
from asyncio import sleep
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.websockets import WebSocket
from websockets import http11

from export.policy import SCRIPT as SHOW
from texts import LANGUAGES, words
from ui import access, messages, sign_in, start_token
from ui.visitors import Full, Turns, Visitors, held_at_most, visitor

FRAMEWORKS_PAGE = Path(st.__file__).parent / "static" / "index.html"


def language_script(language: str) -> str:
    """Sets the document's language, which the framework leaves at English."""
    return f"document.documentElement.lang = '{language}'"


def inline_scripts() -> list[str]:
    """The scripts that stand in the page itself, each as a policy names it: by its hash."""
    page = FRAMEWORKS_PAGE.read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    scripts += [language_script(language) for language in LANGUAGES] + [SHOW]
    hashes = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"'sha256-{base64.b64encode(each).decode()}'" for each in hashes]


POLICY = {
    "default-src": ["'self'"],
    # A component's script comes to the browser as text, which Streamlit makes a blob of.
    "script-src": ["'self'", "blob:", *inline_scripts()],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# What the framework answers under /_stcore/ that our pages, or who looks after them, ask for.
USED = ("health", "host-config", "metrics")
UNUSED = ("/media/", "/component/")
SIGN_IN = ("/auth/", "/oauth2callback")
# What is made when it is asked for.
MADE = ("/records/", "/show/")
# So many at once, and so many a second: of one connection, of an address, and files of an address.
RUNS = (20, 5)
RUNS_OF_ADDRESS = (60, 6)
FILES = (20, 1)
LONGEST_HEADER = 2**16  # bytes, as HTTP takes them here
HEADERS = {
    "content-security-policy": "; ".join(" ".join([k, *v]) for k, v in POLICY.items()),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Doors:
    """What our pages don't use is closed, the public may only read, another site's page gets no
    session, and nobody more turns than the others can spare; browsers are told HEADERS."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.visitors = Visitors(held_at_most())
        take_long_cookies()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self.talk(scope, receive, send)
        elif scope["type"] == "http":
            await self.answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, scope: Any, receive: Any, send: Any) -> None:
        async def headed(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["scheme"] == "https":
                    encrypted(headers)
            await send(message)

        refusal = self.refusal(Request(scope))
        await (refusal or self.app)(scope, receive, headed)

    def refusal(self, request: Request) -> Response | None:
        """What is answered in place of what was asked for, if it is."""
        shown = request.query_params.get(start_token.PARAMETER)
        if shown is not None and request.method == "GET" and access.is_by_token():
            if start_token.is_ours(shown):
                return start_token.taken(request)
            return in_both("doors.wrong_token", 403)
        if is_closed(request):
            return Response(status_code=403)
        if is_unused(request):
            return Response(status_code=404)
        is_page = "text/html" in request.headers.get("accept", "")
        if is_page and self.visitors.is_full(visitor(request.scope)):
            return in_both("doors.full", 503, {"retry-after": "30"})
        if place(request).startswith(MADE):
            wait = self.visitors.wait(visitor(request.scope), "file", *FILES)
            if wait > 0:
                return in_both("doors.too_many", 429, {"retry-after": f"{ceil(wait)}"})
        return None

    async def talk(self, scope: Any, receive: Any, send: Any) -> None:
        """A session, if there is room for it."""
        asked = HTTPConnection(scope)
        if is_foreign(asked):
            await send({"type": "websocket.close", "code": messages.NOT_ALLOWED})
            return
        try:
            with self.visitors.holding(visitor(scope)):
                await self.app(scope, self.heard(asked, receive, send), said(send))
        except Full:
            refused = Response(status_code=503, headers={"retry-after": "30"})
            await WebSocket(scope, receive, send).send_denial_response(refused)

    def heard(self, asked: HTTPConnection, receive: Any, send: Any) -> Any:
        """What the framework hears of a browser: our messages, each when it is its turn."""
        keep_short(receive)
        who, own = visitor(asked.scope), Turns(*RUNS)

        async def next_of_ours() -> Any:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                wait = max(own.wait(), self.visitors.wait(who, "run", *RUNS_OF_ADDRESS))
                await sleep(wait)
                try:
                    if messages.passes(message.get("bytes"), lambda: is_editor(asked)):
                        return message
                except messages.Refused as refused:
                    await send({"type": "websocket.close", "code": refused.code})
                    return {"type": "websocket.disconnect", "code": refused.code}

        return next_of_ours


def encrypted(headers: MutableHeaders) -> None:
    """What a browser is told over HTTPS, also where a proxy speaks it for us (X-Forwarded-Proto):
    to stay there, and to keep cookies to it."""
    headers["strict-transport-security"] = "max-age=31536000"
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        is_so = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if is_so else f"{cookie}; Secure")


def said(send: Any) -> Any:
    """Passes on what a browser is told."""

    async def told(message: Any) -> None:
        if message["type"] == "websocket.send":
            kept = messages.told(message["bytes"])
            if kept is None:
                return
            message = message | {"bytes": kept}
        await send(message)

    return told


def take_long_cookies() -> None:
    """Sign-in with many groups makes cookies of more than the 8 kB that a header of a handshake may
    have. A setting of the environment would be read before our code is."""
    http11.MAX_LINE_LENGTH = LONGEST_HEADER


def keep_short(receive: Any) -> None:
    """No message is collected that would be refused: the framework would take those of 50 MB, as
    long as it may send itself."""
    connection: Any = getattr(getattr(receive, "__self__", None), "conn", None)
    if hasattr(connection, "max_message_size"):
        connection.max_message_size = messages.LONGEST_OF_ALL


def in_both(key: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A short answer in both languages, for whoever sees no page of ours."""
    text = "\n".join(words(language)(key) for language in LANGUAGES)
    return PlainTextResponse(text, status, headers)


def place(request: HTTPConnection) -> str:
    """The path of a request, without what the server stands under."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return str(request.scope["path"]).removeprefix(f"/{base}" if base else "")


def is_foreign(request: HTTPConnection) -> bool:
    """Whether another site's page asks.

    Streamlit lets in every page of this machine, whatever its port; and before it refuses any
    other, it asks the internet for its own address.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return False
    return urlsplit(origin).netloc != request.headers.get("host")


def is_closed(request: Request) -> bool:
    """Whether more is asked than to read the pages, and not by an editor."""
    is_reading = request.method in ("GET", "HEAD")
    if is_reading and not str(request.scope["path"]).rstrip("/").endswith("/_stcore/metrics"):
        return False
    return not is_editor(request)


def is_editor(request: HTTPConnection) -> bool:
    who = asking(request)
    return who is not None and who.role == access.NEEDS["upload"]


def is_unused(request: Request) -> bool:
    """Whether the framework would answer, and no page of ours asks: files that it keeps under an
    address that anyone may use, components that we have none of, programs that drive sessions."""
    path = place(request)
    _, framework, what = path.partition("/_stcore/")
    if framework and what not in USED and not what.startswith("upload_file/"):
        return True
    is_sign_in = path.startswith(SIGN_IN)
    return path.startswith(UNUSED) or (is_sign_in and not access.is_by_sign_in())


def asking(request: HTTPConnection) -> sign_in.Person | None:
    """Who asks, if it is anyone of staff."""
    claims = sign_in.claims_of(request.cookies)
    return access.person(request.cookies, claims)
