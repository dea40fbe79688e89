"""A hall of phones: `python -m bench.hall [PHONES] [PAGES]`. Targets: p95 0.3 s, 250 kB, 60 kB.

The page for everyone of the shipped data, served by nginx with the block of docs/presenting.md.
So many phones open it within one second, each over a connection of its own with nothing kept, and
then go on by links of the page they are on, a few seconds apart: another page, or narrowed to an
association, a type or a programme. What a phone has, it asks about as a browser does. A time is of
a page with all that it needs; bytes are those on the wire, with headers. Loopback only, so that
the phones take of the same cores: how much of their CPU is told.
"""

import gzip
import re
import resource
import shutil
import ssl
import statistics
import subprocess
import sys
import threading
import time
from html.parser import HTMLParser
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from bench.common import ROOT, load
from tests.proxies import nginx

PHONES, PAGES, MOST_PHONES, ARRIVING = 200, 5, 400, 1
THINKING = (1, 4)  # seconds
NEEDED = {"link": "href", "script": "src", "img": "src"}


class PageParts(HTMLParser):
    """What a page needs, and where it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.needed: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        address = said.get(NEEDED.get(tag, "href")) or ""
        if not address or address.startswith(("data:", "#", "http", "mailto:")):
            return
        if tag in ("script", "img") or said.get("rel") == "stylesheet":
            self.needed.append(address)
        elif tag == "a" and address.partition("#")[0].endswith((".html", "/")):
            self.links.append(address.partition("#")[0])


class Phone:
    """A browser with a cache that asks each time whether what it has is still so, unless it was
    told how long it is."""

    def __init__(self, port: int) -> None:
        unknown = ssl.create_default_context()
        unknown.check_hostname, unknown.verify_mode = False, ssl.CERT_NONE
        self.port, self.context = port, unknown
        self.connection: HTTPSConnection | None = None
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.fresh: set[str] = set()
        self.bytes = 0

    def get(self, path: str) -> bytes:
        if self.connection is None:
            self.connection = HTTPSConnection(
                "127.0.0.1", self.port, timeout=30, context=self.context
            )
        if path in self.fresh:
            return self.kept[path][1]
        headers = {"Accept-Encoding": "gzip"}
        if path in self.kept:
            headers["If-None-Match"] = self.kept[path][0]
        self.connection.request("GET", path, headers=headers)
        answer: HTTPResponse = self.connection.getresponse()
        body = answer.read()
        self.bytes += len(body) + sum(
            len(f"{name}: {said}\r\n") for name, said in answer.getheaders()
        )
        if answer.status == 304:
            return self.kept[path][1]
        assert answer.status == 200, (answer.status, path)
        whole = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
        if "max-age" in (answer.getheader("Cache-Control") or ""):
            self.fresh.add(path)
        self.kept[path] = (answer.getheader("ETag") or "", whole)
        return whole

    def open(self, path: str) -> tuple[float, int, list[str]]:
        """Seconds and bytes until a page is there with what it needs; where it leads to."""
        began, before = time.perf_counter(), self.bytes
        parts = PageParts()
        parts.feed(self.get(path).decode())
        needed = [urljoin(path, one) for one in parts.needed]
        for one in needed:
            text = self.get(one)
            if one.endswith(".css"):
                for font in re.findall(rb"url\(\"?([^)\"]+\.woff2)", text):
                    self.get(urljoin(one, font.decode()))
        took = time.perf_counter() - began
        links = [urlsplit(urljoin(path, link)).path for link in parts.links]
        return took, self.bytes - before, [link for link in links if link != path]


class Hall:
    """What was measured: seconds and bytes of first pages and of those after."""

    def __init__(self, port: int, pages: int) -> None:
        self.port, self.pages, self.lock = port, pages, threading.Lock()
        self.first: list[tuple[float, int]] = []
        self.later: list[tuple[float, int]] = []
        self.failed: list[str] = []
        self.taken: list[float] = []  # seconds of each request, as nginx saw it
        self.cpu = (0.0, 0.0)  # seconds of the phones, and of nginx

    def visit(self, number: int) -> None:
        dice, phone = Random(number), Phone(self.port)
        try:
            time.sleep(dice.uniform(0, ARRIVING))
            took, size, links = phone.open("/")
            with self.lock:
                self.first.append((took, size))
            for _ in range(self.pages):
                time.sleep(dice.uniform(*THINKING))
                took, size, links = phone.open(dice.choice(links))
                with self.lock:
                    self.later.append((took, size))
        except (OSError, AssertionError) as error:
            self.failed.append(repr(error))


def block_for(folder: Path) -> str:
    """The block of docs/presenting.md, of this folder."""
    page = (ROOT / "docs" / "presenting.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```nginx\n(.*?)```", page, re.S)
    types = Path("/etc/nginx/mime.types")
    include = f"include {types};\n" if types.exists() else ""
    with_certificate = "listen 443 ssl;\nssl_certificate file;\nssl_certificate_key file;"
    block = block.replace("listen 443 ssl;", with_certificate)
    return include + block.replace("/srv/ringvirkning", str(folder))


def said(taken: list[tuple[float, int]]) -> str:
    seconds, sizes = zip(*taken, strict=True)
    of_all = statistics.quantiles(seconds, n=20)
    p50, p95, kilobytes = of_all[9], of_all[18], max(sizes) / 1000
    return (
        f"p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms; at most {kilobytes:.0f} kB on the wire"
    )


def served(folder: Path, phones: int, pages: int) -> Hall:
    """What it is like for so many, and the CPU seconds of the phones and of nginx."""
    before, own = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    log = folder.parent / "requests"
    block = block_for(folder).replace("server {", f"server {{ access_log {log} took;")
    with nginx(f'log_format took "$request_time";\n{block}') as port:
        hall = Hall(port, pages)
        threads = [threading.Thread(target=hall.visit, args=(n,)) for n in range(phones)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    of_nginx = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    hall.taken = [float(line) for line in log.read_text().split()]
    hall.cpu = (time.process_time() - own, of_nginx)
    return hall


def main(phones: int, pages: int) -> None:
    assert phones <= MOST_PHONES, "more are no hall"
    with TemporaryDirectory() as place:
        folder, var = Path(place) / "site", Path(place) / "var"
        for action in (["publish", "data"], ["site", str(folder)]):
            command = [sys.executable, "-m", "ringvirkning", *action, "--var", str(var)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for path in (Path(place), folder):
            path.chmod(0o755)  # nginx reads it as another
        assert shutil.which("nginx") or Path("/usr/sbin/nginx").exists(), "`make proxy` installs it"
        hall = served(folder, phones, pages)
    assert not hall.failed, f"{len(hall.failed)} failed: {hall.failed[0]}"
    print(f"{phones} phones, {len(hall.later)} pages after the first; {load()}")
    print(f"first page: {said(hall.first)}\nlater ones: {said(hall.later)}")
    print(f"CPU: phones {hall.cpu[0]:.1f} s, nginx {hall.cpu[1]:.1f} s")
    slow = 1000 * statistics.quantiles(hall.taken, n=20)[18]
    print(f"nginx: {len(hall.taken)} requests, p95 {slow:.0f} ms from the first byte to the last")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    main(*given, *(PHONES, PAGES)[len(given) :])
