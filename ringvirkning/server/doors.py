"""What the server lets in, and what it tells browsers about its pages."""

import base64
import hashlib
import re
from collections.abc import Mapping
from http.client import HTTPException
from math import ceil
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringvirkning.export.policy import SLIDES_SCRIPT as SHOW
from ringvirkning.server import access, processes, start_token
from ringvirkning.server.sessions import Sessions, counted_visitor
from ringvirkning.server.visitors import Visitors, held_at_most
from ringvirkning.texts import LANGUAGES, words

# An upload stays in memory, all that one may have: on its way to a file it would lie on the disk.
MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 2**20
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


PAGE_POLICY = {
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
# What the framework answers under /_stcore/ that our pages ask for, or who sees whether it runs.
USED = ("health", "host-config")
UNUSED = ("/media/", "/component/")
SIGN_IN = ("/auth/", "/oauth2callback")
# What is made when it is asked for.
MADE = ("/records/", "/show/", "/shared/")
# So many files of an address at once, and so many a second.
FILES = (10, 1)
# What a changed filter gives ahead of its run, likewise.
AHEAD, CHANGES = "/ahead/", (10, 2)
HEADERS = {
    "content-security-policy": "; ".join(" ".join([k, *v]) for k, v in PAGE_POLICY.items()),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Doors:
    """What our pages don't use is closed, the public may only read, and browsers are told HEADERS.
    Sessions have doors of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.visitors = Visitors(held_at_most())
        self.sessions = Sessions(app, self.visitors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.sessions(scope, receive, send)
        elif scope["type"] == "http":
            await self.answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["scheme"] == "https":
                    add_https_headers(headers)
            await send(message)

        request = Request(scope, receive)
        answering: ASGIApp = self.refusal(request) or self.app
        owner = processes.owner(path_below_base(request))
        if answering is self.app and owner == processes.own_port():
            scope = processes.without_mark(scope)
        elif answering is self.app and owner is not None:
            answering = await other_answer(request, owner)
        await answering(scope, receive, headed)

    def refusal(self, request: Request) -> Response | None:
        """What is answered in place of what was asked for, if it is."""
        shown = request.query_params.get(start_token.ADDRESS_PARAMETER)
        if shown is not None and request.method == "GET" and access.is_by_token():
            if start_token.is_start_token(shown):
                return start_token.take_token(request)
            return in_both("doors.wrong_token", 403)
        if is_closed(request):
            return Response(status_code=403)
        if is_unused(request):
            return Response(status_code=404)
        is_page = "text/html" in request.headers.get("accept", "")
        if is_page and self.visitors.is_full(counted_visitor(request)):
            return in_both("doors.full", 503, {"retry-after": "30"})
        if path_below_base(request).startswith(MADE):
            wait = self.visitors.wait(counted_visitor(request), *FILES)
            if wait > 0:
                return in_both("doors.too_many", 429, {"retry-after": f"{ceil(wait)}"})
        if path_below_base(request).startswith(AHEAD):
            who = counted_visitor(request)
            if self.visitors.wait(who and f"{who} {AHEAD}", *CHANGES) > 0:
                return Response(status_code=204, headers={"cache-control": "no-store"})
        return None


async def other_answer(request: Request, port: int) -> Response:
    """What another of our processes answers; with one that has ended went what it had."""
    try:
        return await processes.pass_on(request, port)
    except (OSError, HTTPException):
        return in_both("file.gone", 404)


def add_https_headers(headers: MutableHeaders) -> None:
    """What a browser is told over HTTPS, also where a proxy speaks it for us (X-Forwarded-Proto):
    to stay there, and to keep cookies to it."""
    headers["strict-transport-security"] = "max-age=31536000"
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        is_so = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if is_so else f"{cookie}; Secure")


def in_both(key: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A short answer in both languages, a line each, for whoever sees no page of ours."""
    text = "\n".join(words(language)(key) for language in LANGUAGES)
    languages = {"content-language": ", ".join(LANGUAGES)}
    return PlainTextResponse(text, status, languages | {**(headers or {})})


def path_below_base(request: HTTPConnection) -> str:
    """The path of a request, without what the server stands under."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return str(request.scope["path"]).removeprefix(f"/{base}" if base else "")


def is_closed(request: Request) -> bool:
    """Whether more is asked than to read, and not by an editor."""
    return request.method not in ("GET", "HEAD") and not access.is_editor(request)


def is_unused(request: Request) -> bool:
    """Whether the framework would answer, and no page of ours asks: files that it keeps under an
    address that anyone may use, components that we have none of, programs that drive sessions."""
    path = path_below_base(request)
    _, framework, what = path.partition("/_stcore/")
    if framework and what not in USED and not what.startswith("upload_file/"):
        return True
    is_sign_in = path.startswith(SIGN_IN)
    return path.startswith(UNUSED) or (is_sign_in and not access.is_by_sign_in())
