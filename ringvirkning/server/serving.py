"""How the server answers a browser: at once, packed, and naming early what charts need.

`bench.page` shows what it gives; what is shown is the same without it. Who is let in at all is
for `server.doors`.
"""

import gzip
import hashlib
import json
import re
import socket
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ringvirkning import ROOT
from ringvirkning.figures import state
from ringvirkning.server.doors import Doors, path_below_base
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, entries, words
from ringvirkning.texts.safe import html_text

STREAMLIT = Path(st.__file__).parent / "static"
# What our charts need of Plotly.js, a quarter of it all: the first view stands in 1.1 s instead of
# 1.8. From npm's plotly.js-basic-dist-min, the version that requirements.txt's plotly stands for.
PLOTLY = "plotly-basic-4.1.1.min.js"
UI = ROOT / "ringvirkning" / "ui"
OURS = [path for path in sorted(UI.rglob("*.js")) if path.parent.name != "vendor"]
FONTS = sorted((UI.parent / "charts" / "fonts").glob("*.woff2"))
# Browsers keep our files for ever, by an address that is another as soon as one has changed.
EDITION = hashlib.sha256(b"".join(path.read_bytes() for path in OURS + FONTS)).hexdigest()[:12]


def address_of(path: Path) -> str:
    """Where a file of ours is, as seen from a page; what it asks for is beside it as it is here."""
    return f"./static/ours/{EDITION}/{path.relative_to(UI.parent).as_posix()}"


SCRIPTS = {
    f"/{path.relative_to(STREAMLIT).as_posix()}": path for path in STREAMLIT.rglob("static/js/*.js")
}
SCRIPTS |= {f"/{PLOTLY}": UI / "vendor" / PLOTLY}
SCRIPTS |= {address_of(path).removeprefix("."): path for path in OURS + FONTS}
# What the framework draws a page of ours by: it would ask for each when it comes to one.
DRAWN_BY = ("BidiComponent", "ButtonGroup", "Checkbox", "Html")
IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


def scripts_of(parts: Iterable[Path]) -> list[Path]:
    """These of the framework's scripts and all that they import, each once."""
    found = dict.fromkeys(parts)
    waiting = [*found]
    while waiting:
        text = waiting.pop().read_text(encoding="utf-8")
        new = {STREAMLIT / "static" / "js" / name for name in IMPORTED.findall(text)} - found.keys()
        found |= dict.fromkeys(new)
        waiting += new
    return sorted(found)


def address_in_framework(path: Path) -> str:
    return f"./{path.relative_to(STREAMLIT).as_posix()}"


FRAMEWORK_PAGE = (STREAMLIT / "index.html").read_text(encoding="utf-8")
NAMED_EARLY = [
    *(address_of(path) for path in OURS if path.parent.name == "components"),
    *(
        address
        for path in scripts_of(
            path for part in DRAWN_BY for path in (STREAMLIT / "static" / "js").glob(f"{part}.*.js")
        )
        if (address := address_in_framework(path)) not in FRAMEWORK_PAGE
    ),
]
LINKS = f'<link rel="preload" as="script" fetchpriority="low" href="./{PLOTLY}">' + "".join(
    f'<link rel="modulepreload" href="{address}">' for address in NAMED_EARLY
)
# The framework has its own words in English alone; this script says them in the page's language.
FRAMEWORK_WORDS = {
    language: {key: said for key, said in entries(language).items() if key.startswith("framework.")}
    for language in LANGUAGES
}
LINKS += (
    f'<script type="application/json" id="framework-words">{json.dumps(FRAMEWORK_WORDS)}</script>'
    f'<script type="module" src="{address_of(UI / "translate.js")}"></script>'
    f'<script type="module" src="{address_of(UI / "files.js")}"></script>'
)
NO_SCRIPT = re.compile("<noscript>.*?</noscript>", re.DOTALL)
# Every page is a file there, and has its name for an address.
PAGE_ADDRESSES = {"", *(path.stem for path in (ROOT / "pages").glob("[!_]*.py"))}
NO_SUCH_PAGE = (UI / "no_such_page.html").read_text(encoding="utf-8")


class Prompt:
    """Sends what is written at once (TCP_NODELAY).

    Streamlit 1.67 binds its socket without naming the protocol, and so asyncio leaves Nagle's
    algorithm on: an answer would wait up to 40 ms for the acknowledgement of its first packet.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport and (connection := transport.get_extra_info("socket")):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


class Packed:
    """Our typeface, and the scripts of Streamlit, Plotly and ours, from memory, packed to a third.

    Their names say which they are, so that a browser may keep them for ever.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asked = scope.get("method") == "GET"
        path = SCRIPTS.get(path_below_base(HTTPConnection(scope))) if is_asked else None
        if path is None:
            await self.app(scope, receive, send)
            return
        headers = {
            "cache-control": "public, max-age=31536000, immutable",
            "vary": "accept-encoding",
        }
        if b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b""):
            headers["content-encoding"] = "gzip"
            body = await to_thread.run_sync(gzip_of, path)
        else:
            body = await to_thread.run_sync(path.read_bytes)
        kind = "font/woff2" if path in FONTS else "text/javascript"
        await Response(body, 200, headers, kind)(scope, receive, send)


@cache
def gzip_of(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


async def early(request: Request, answer: RequestResponseEndpoint) -> Response:
    """The framework's page names our scripts, which it would ask for when it draws by them, and is
    of the language that it will be drawn in. It would answer to every address: where there is no
    page, another says so."""
    is_page = "text/html" in request.headers.get("accept", "")
    if not is_page or "/show/" in request.url.path:  # which has its charts in it
        return await answer(request)
    # As it is, not packed by the framework.
    request.scope["headers"] = [h for h in request.scope["headers"] if h[0] != b"accept-encoding"]
    response = await answer(request)
    if not response.headers.get("content-type", "").startswith("text/html"):
        return response
    w = words(state.language({"lang": request.query_params.getlist("lang")}))
    if path_below_base(request).strip("/") not in PAGE_ADDRESSES:
        return HTMLResponse(no_such_page(w, request.scope["path"]), 404)
    streamed: Any = response
    page = b"".join([part async for part in streamed.body_iterator]).decode()
    changed = {"content-length", "etag", "last-modified", "accept-ranges"}
    headers = {k: v for k, v in response.headers.items() if k not in changed}
    page = page.replace('<html lang="en">', f'<html lang="{w.language}">', 1)
    page = page.replace("<title>Streamlit</title>", "<title>Ringvirkning</title>", 1)
    page = NO_SCRIPT.sub(f"<noscript>{w('no_page.no_script')}</noscript>", page, 1)
    page = page.replace("</head>", LINKS + "</head>", 1)
    return HTMLResponse(page, response.status_code, headers)


def no_such_page(w: Words, path: str) -> str:
    """What is told in place of a page, and the way to the first one."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    other = next(language for language in LANGUAGES if language != w.language)
    said = {
        "language": w.language,
        "title": w("no_page.title"),
        "what": w("no_page.what", path=path),
        "home": w("no_page.home"),
        "first": f"/{base}/".replace("//", "/") + f"?lang={w.language}",
        "other": other,
        "other_name": LANGUAGE_NAMES[other],
    }
    return Template(NO_SUCH_PAGE).substitute({name: html_text(text) for name, text in said.items()})


MIDDLEWARE = [
    Middleware(Doors),
    Middleware(Prompt),
    Middleware(Packed),
    Middleware(BaseHTTPMiddleware, dispatch=early),
]
