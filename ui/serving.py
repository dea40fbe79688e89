"""How the server answers a browser: at once, packed, and naming early what charts need.

`bench.page` shows what it gives; what is shown is the same without it.
"""

import gzip
import re
import socket
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

STREAMLIT = Path(streamlit.__file__).parent / "static"
SCRIPTS = {
    f"/{path.relative_to(STREAMLIT).as_posix()}": path for path in STREAMLIT.rglob("static/js/*.js")
}


class Prompt:
    """Sends what is written at once (TCP_NODELAY).

    Streamlit 1.67 binds its socket without naming the protocol, and so asyncio leaves Nagle's
    algorithm on: an answer would wait up to 40 ms for the acknowledgement of its first packet.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport and (connection := transport.get_extra_info("socket")):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


class Packed:
    """The framework's scripts from memory, packed to a third of their size.

    Their names carry a hash of what is in them, so that a browser may keep them for ever.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = SCRIPTS.get(scope.get("path", "")) if scope.get("method") == "GET" else None
        accepted = dict(scope.get("headers", ())).get(b"accept-encoding", b"")
        if path is None or b"gzip" not in accepted:
            await self.app(scope, receive, send)
            return
        headers = {
            "cache-control": "public, max-age=31536000, immutable",
            "content-encoding": "gzip",
            "vary": "accept-encoding",
        }
        body = await to_thread.run_sync(packed, path)
        await Response(body, 200, headers, "text/javascript")(scope, receive, send)


@cache
def packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


async def early(request: Request, answer: Callable[[Request], Awaitable[Any]]) -> Any:
    """The framework's page names the script of charts, which it would ask for when it draws one."""
    if "text/html" not in request.headers.get("accept", ""):
        return await answer(request)
    # As it is, not packed by the framework.
    request.scope["headers"] = [h for h in request.scope["headers"] if h[0] != b"accept-encoding"]
    response = await answer(request)
    if not response.headers.get("content-type", "").startswith("text/html"):
        return response
    page = b"".join([part async for part in response.body_iterator]).decode()
    changed = {"content-length", "etag", "last-modified", "accept-ranges"}
    headers = {k: v for k, v in response.headers.items() if k not in changed}
    page = page.replace("</head>", links() + "</head>", 1)
    return HTMLResponse(page, response.status_code, headers)


@cache
def links() -> str:
    """To the script of charts, and to what it imports that the framework's page does not name."""
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    (charts,) = STREAMLIT.rglob("PlotlyChart.*.js")
    imported = re.findall(r'from\s*"\./([^"]+\.js)"', charts.read_text(encoding="utf-8"))
    names = [charts.name, *(name for name in imported if name not in page)]
    link = '<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{}">'
    return "".join(map(link.format, names))


MIDDLEWARE = [
    Middleware(Prompt),
    Middleware(Packed),
    Middleware(BaseHTTPMiddleware, dispatch=early),
]
