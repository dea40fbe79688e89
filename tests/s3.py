"""As much of S3 as whoever reads and writes files asks of it, on this machine, with the faults that
one far away has."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

SETTINGS = {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "REGION": "x", "ALLOW_HTTP": "true"}
OBJECT = """<Contents><Key>{key}</Key><Size>{size}</Size><ETag>"e"</ETag>
<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"""


class Store(ThreadingHTTPServer):
    """Its objects by bucket and key; of those whose key ends like `cut` only half is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.objects: dict[str, bytes] = {}
        self.cut: str | None = None


class Answers(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).strip("/")

    def do_GET(self) -> None:
        if self.key in self.server.objects:
            content = self.server.objects[self.key]
            begins = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
            at = int(begins[1]) if begins else 0
            span = f"bytes {at}-{len(content) - 1}/{len(content)}" if begins else None
            self.answer(content[at:], 206 if span else 200, span)
        elif (asked := parse_qs(urlsplit(self.path).query)).get("list-type"):
            self.answer(self.listed(asked.get("prefix", [""])[0]).encode())
        else:
            self.answer(b"", 404)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        self.server.objects[self.key] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(b"")

    def do_POST(self) -> None:
        """Delete several."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        gone = re.findall(r"<Key>(.*?)</Key>", asked)
        for key in gone:
            self.server.objects.pop(f"{self.key}/{key}", None)
        each = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
        self.answer(f"<DeleteResult>{each}</DeleteResult>".encode())

    def listed(self, prefix: str) -> str:
        """What lies in a folder, and the folders in it."""
        begin = f"{self.key}/{prefix}"
        found, folders = "", set()
        for key, content in sorted(self.server.objects.items()):
            if key.startswith(begin):
                folder, is_below, _ = key.removeprefix(begin).partition("/")
                folders |= {folder} if is_below else set()
                called = escape(key.removeprefix(f"{self.key}/"))
                found += "" if is_below else OBJECT.format(key=called, size=len(content))
        for folder in sorted(folders):
            found += f"<CommonPrefixes><Prefix>{escape(prefix + folder)}/</Prefix></CommonPrefixes>"
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"

    def answer(self, content: bytes, status: int = 200, span: str | None = None) -> None:
        self.send_response(status)
        self.send_header("ETag", '"e"')
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        if span:
            self.send_header("Content-Range", span)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.server.cut and self.key.endswith(self.server.cut):
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        else:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def store(patch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A server, and the environment that leads to it."""
    with Store() as server:
        address = {"ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}
        for name, value in {**SETTINGS, **address}.items():
            patch.setenv(f"AWS_{name}", value)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
