"""What the server lets in, and what it tells browsers about its pages."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from export.policy import SCRIPT as SHOW
from texts import LANGUAGES
from ui import access, sign_in

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
HEADERS = {
    "content-security-policy": "; ".join(" ".join([k, *v]) for k, v in POLICY.items()),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Doors:
    """The public may only read; another site's page gets no session; browsers are told HEADERS."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def answer(message: Any) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] == "websocket" and is_foreign(HTTPConnection(scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and is_closed(Request(scope)):
            await Response(status_code=403)(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)


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
    is_reading = request.method in ("GET", "HEAD", "OPTIONS")
    if is_reading and not str(request.scope["path"]).rstrip("/").endswith("/_stcore/metrics"):
        return False
    who = asking(request)
    return who is None or who.role != access.NEEDS["upload"]


def asking(request: Request) -> sign_in.Person | None:
    """Who asks, if it is anyone of staff."""
    is_remote = request.client is None or request.client.host not in access.LOOPBACK
    claims = sign_in.claims_of(request.cookies)
    return access.person(request.headers.items(), is_remote, claims)
