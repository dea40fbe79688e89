"""How the server answers: at once, packed, and with the script of charts named early."""

import asyncio
import gzip
import html
import http.client
import io
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from PIL import Image
from plotly.offline import get_plotlyjs_version
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from streamlit import config

from ringvirkning.figures import catalogue, feet, outcomes
from ringvirkning.server import serving
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.server import Server, awaited, serve, staff_headers


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def answer(port: int, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    try:
        return response, response.read()
    finally:
        connection.close()


def named(page: bytes) -> list[str]:
    return re.findall(r'(?:src|href)="\.(/[^"]+\.js)"', page.decode())


@pytest.mark.parametrize("place", ["/", "/partnerships", "/outcomes?lang=en"])
def test_a_page_names_the_script_of_charts_and_all_it_names_are_there(server: Server, place: str):
    response, page = answer(server.port, place, accept="text/html", accept_encoding="gzip")
    scripts = named(page)
    assert response.status == 200
    assert f"/{serving.PLOTLY}" in scripts
    assert len({*scripts}) == len(scripts), "nothing is named twice"
    # What the framework draws by, and all that each of them imports, or it is asked for one by one.
    for part in serving.DRAWN_BY:
        assert any(name.startswith(f"/static/js/{part}.") for name in scripts), part
    framework = [name for name in scripts if name.startswith("/static/js/")]
    imported = [serving.IMPORTED.findall(serving.SCRIPTS[n].read_text("utf-8")) for n in framework]
    assert {f"/static/js/{name}" for names in imported for name in names} <= {*framework}
    assert all(serving.SCRIPTS[name].is_file() for name in scripts)
    assert int(response.headers["content-length"]) == len(page)


def test_plotly_js_is_the_version_that_the_figures_are_held_against():
    assert f"plotly-basic-{get_plotlyjs_version()}.min.js" == serving.PLOTLY


def test_scripts_come_packed_and_whole(server: Server):
    for name in named(answer(server.port, "/", accept="text/html")[1]):
        response, body = answer(server.port, name, accept_encoding="gzip, br")
        plain, raw = answer(server.port, name)
        assert response.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(body) == raw == serving.SCRIPTS[name].read_bytes()
        assert "immutable" in response.headers["cache-control"]
        for each in (response, plain):
            assert "javascript" in each.headers["content-type"]


def test_the_typeface_of_pictures_comes_as_one(server: Server):
    for font in serving.FONTS:
        response, body = answer(server.port, serving.address_of(font)[1:])
        assert response.headers["content-type"] == "font/woff2"
        assert body == font.read_bytes()


@pytest.mark.parametrize(
    "path", ["/static/js/../index.html", "/static/js/nothing.js", "/static/js/%2e%2e/index.html"]
)
def test_no_other_file_is_given(server: Server, path: str):
    response, body = answer(server.port, path, accept_encoding="gzip")
    assert response.status in (400, 404) or b"<!DOCTYPE html>" in body


def test_scripts_are_found_under_a_base_path():
    async def nothing(scope, receive, send):
        raise LookupError(scope["path"])

    async def keep(message):
        said.append(message)

    said: list[dict[str, Any]] = []
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "tall")
    try:
        for name in (f"/{serving.PLOTLY}", serving.address_of(serving.OURS[0])[1:]):
            scope = {"type": "http", "method": "GET", "path": f"/tall{name}", "headers": []}
            awaited(serving.Packed(nothing)(scope, asyncio.Queue[Any]().get, keep))
    finally:
        config.set_option("server.baseUrlPath", before)
    assert [each["status"] for each in said if "status" in each] == [200, 200]


@contextmanager
def bound_as_streamlit_does(app: Starlette) -> Iterator[int]:
    """A uvicorn whose socket names no protocol, so that asyncio leaves Nagle's algorithm on."""
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        running = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(
            target=lambda: asyncio.run(running.serve([listening])), daemon=True
        )
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            running.should_exit = True
            thread.join(timeout=120)


@pytest.mark.parametrize("prompt", [True, False])
def test_answers_are_sent_at_once(prompt: bool):
    """Also where another middleware has wrapped `send`, as Streamlit's does."""

    async def delay(request):
        own = request.receive.__self__.transport.get_extra_info("socket")
        return PlainTextResponse(str(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))

    app = Starlette()
    app.add_route("/", delay)
    if prompt:
        app.add_middleware(serving.Prompt)
    app.add_middleware(GZipMiddleware)
    with bound_as_streamlit_does(app) as port:
        _, said = answer(port, "/", accept_encoding="gzip")
    assert (int(said) > 0) == prompt, "asyncio does it itself now: Prompt can go"


def told_of(page: bytes) -> dict[str, str]:
    found = re.findall(rb'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return {name.decode(): html.unescape(said.decode()) for name, said in found}


def test_a_shared_address_tells_what_everybody_sees_under_it(server: Server):
    place, asked = "outcomes", "programme=WorkOP&lang=en"
    version = versions.current(server.var)
    assert version
    w, database = words("en"), version.protected(server.var)
    shown = catalogue.seen(w, version, database, date(2026, 11, 23), asked)
    exact = catalogue.seen(w, version, version.exact(server.var), date(2026, 11, 23), asked)
    assert outcomes.headline(exact) != outcomes.headline(shown)
    # As a link's preview asks, which takes anything, and as staff would: it is others who see it.
    for headers in ({"accept": "*/*"}, dict(staff_headers(server.url))):
        response, page = answer(server.port, f"/{place}?{asked}", **headers)
        told = told_of(page)
        assert told["og:title"] == outcomes.headline(shown)
        assert told["og:description"] == told["description"] == feet.under_headline(shown)
        assert int(response.headers["content-length"]) == len(page)
    picture = urlsplit(told["og:image"])
    response, drawn = answer(server.port, f"{picture.path}?{picture.query}")
    assert response.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(drawn)).size == (1200, 630)


@pytest.mark.parametrize("place", ["/data", "/partners?lang=en", "/nowhere"])
def test_an_address_without_a_figure_is_shared_without_a_picture(server: Server, place: str):
    response, page = answer(server.port, place, accept="text/html")
    is_page = place != "/nowhere"
    assert response.status == (200 if is_page else 404)
    assert ("og:title" in told_of(page)) == is_page
    assert "og:image" not in told_of(page)


def test_a_browser_that_opens_a_page_does_not_wait_for_what_sharers_read(server: Server):
    _, page = answer(server.port, "/", accept="text/html", sec_fetch_mode="navigate")
    assert told_of(page).keys().isdisjoint({"og:title", "description"})
