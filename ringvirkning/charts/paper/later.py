"""Many drawings: other processes draw them meanwhile a site is made of marks, which stand in their
places until all are there. What an earlier site has, drawn of the same, is taken from there."""

import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import matplotlib as mpl

from ringvirkning.charts import Chart, Numbers, RowsOnly, fonts
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.child import is_beside, processes_beside

DRAWN_HERE = 60  # at most, before another process is begun: it takes a second
MOST_PROCESSES = 3  # beside this one, some 130 MB each
PLACE_OF_DRAWING = re.compile("<!--drawing ([0-9a-f]+)-->")
DRAWN_ON_PAGE = re.compile(r'<svg data-drawn="([0-9a-f]+)-([0-9a-f]+)"(.*?</svg>)', re.S)
drawn_apart: ContextVar["Later | None"] = ContextVar("drawn_apart", default=None)


class Later:
    """The drawings of a site or some, by what each is drawn of; `former` are those that are
    there."""

    def __init__(self, former: Mapping[str, str]) -> None:
        self.former = former
        self.wanted: dict[str, tuple[Chart, Size]] = {}
        self.pool: ProcessPoolExecutor | None = None
        self.begun: dict[str, Future[str]] = {}
        self.asked = Lock()

    def mark(self, chart: Chart, size: Size) -> str:
        """What stands in its place until it is drawn; "" for a form that has no drawing."""
        if isinstance(chart, RowsOnly | Numbers):
            return ""
        key = drawing_key(chart, size)
        with self.asked:
            if key not in self.former and key not in self.wanted:
                self.wanted[key] = chart, size
                self.begin(key)
        return f"<!--drawing {key}-->"

    def begin(self, *keys: str) -> None:
        """To draw these elsewhere, where more than a few are wanted, and this process is not itself
        one of several."""
        if self.pool is None and len(self.wanted) > DRAWN_HERE and not is_beside():
            self.pool = processes_beside(min(max((os.cpu_count() or 1) - 1, 1), MOST_PROCESSES))
            keys = (*self.wanted,)
        if self.pool:
            self.begun |= {key: self.pool.submit(svg, *self.wanted[key]) for key in keys}

    def drawn(self) -> dict[str, str]:
        """All of them. This process takes the last that nobody has begun yet."""
        made: dict[str, str] = {}
        for key, (chart, size) in reversed(self.wanted.items()):
            waiting = self.begun.get(key)
            if waiting is None or waiting.cancel():
                made[key] = svg(chart, size)
        made |= {key: one.result() for key, one in self.begun.items() if key not in made}
        return {**self.former, **{key: with_key(key, text) for key, text in made.items()}}

    def end(self) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)


@contextmanager
def drawn_later(former: Mapping[str, str]) -> Iterator[Later]:
    """Meanwhile `drawing_or_mark` gives marks."""
    own = Later(former)
    before = drawn_apart.set(own)
    try:
        yield own
    finally:
        drawn_apart.reset(before)
        own.end()


def drawing_or_mark(chart: Chart, size: Size) -> str:
    """The drawing as an SVG element, or the mark that `in_place` puts it for."""
    own = drawn_apart.get()
    return own.mark(chart, size) if own else svg(chart, size)


def in_place(page: bytes, drawings: Mapping[str, str]) -> bytes:
    """A page with drawings where their marks were."""
    return PLACE_OF_DRAWING.sub(lambda found: drawings[found[1]], page.decode()).encode()


def with_key(key: str, drawn: str) -> str:
    rest = drawn.removeprefix("<svg")
    return f'<svg data-drawn="{key}-{zlib.crc32(rest.encode()):x}"{rest}'


def drawings_in(pages: Iterable[Path]) -> dict[str, str]:
    """Those of a site, by what they were drawn of; none that has become another since."""
    return {
        found[1]: found[0]
        for page in pages
        for found in DRAWN_ON_PAGE.finditer(page.read_text(encoding="utf-8", errors="replace"))
        if f"{zlib.crc32(found[3].encode()):x}" == found[2]
    }


def drawing_key(chart: Chart, size: Size) -> str:
    """The same for what is drawn alike: by its words and numbers, and by all that draws it."""
    return blake2b(f"{style_key()} {size} {chart!r}".encode(), digest_size=8).hexdigest()


@cache
def style_key() -> str:
    ours = Path(__file__).parents[1]
    files = [*sorted(ours.rglob("*.py")), *sorted(fonts.FOLDER.glob("*.ttf"))]
    every = b"".join(file.read_bytes() for file in files)
    return blake2b(every + mpl.__version__.encode()).hexdigest()
