"""What is put into a page's head for who shares its address, and is no browser that opens it.

Browsers say how they came (Sec-Fetch-Mode), and need none of it.
"""

from collections.abc import Callable

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringvirkning.figures.catalogue import START
from ringvirkning.server.doors import path_below_base
from ringvirkning.server.serving import PAGE_ADDRESSES


class Heads:
    """`lines` makes them of the page, what stands behind the "?", and the address of the app."""

    def __init__(self, app: ASGIApp, lines: Callable[[str, str, str], str]) -> None:
        self.app, self.lines = app, lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = page_shared(scope)
        if page is None:
            await self.app(scope, receive, send)
            return
        # Many ask for anything at all.
        others = [(name, said) for name, said in scope["headers"] if name != b"accept"]
        scope = {**scope, "headers": [*others, (b"accept", b"text/html")]}
        request, start = Request(scope), list[Message]()

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            if start:
                headers = MutableHeaders(scope=start[0])
                if start[0]["status"] == 200 and b"</head>" in message.get("body", b""):
                    asked = (page, request.url.query, str(request.base_url))
                    head = (await to_thread.run_sync(self.lines, *asked)).encode() + b"</head>"
                    body = message["body"].replace(b"</head>", head, 1)
                    headers["content-length"] = str(len(body))
                    message = {**message, "body": body}
                await send(start.pop())
            await send(message)

        await self.app(scope, receive, told)


def page_shared(scope: Scope) -> str | None:
    """The page that is asked for by who is no browser; None for all else."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    request = Request(scope)
    place = path_below_base(request).strip("/")
    if place not in PAGE_ADDRESSES or "sec-fetch-mode" in request.headers:
        return None
    return place or START
