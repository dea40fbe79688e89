"""What is typeset by Typst as PDF/UA: tagged, fonts embedded, words in the place of pictures."""

import base64
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import typst

from ringvirkning.charts import Chart, Numbers, fonts, palette
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.signs import printable, with_printable
from ringvirkning.charts.paper.svg import svg
from ringvirkning.export.identity import LOGOS, Identity
from ringvirkning.export.qr import qr_png

HERE = Path(__file__).parent
Files = dict[str, bytes]  # by the names that a template asks for them by


def typeset(template: str, said: dict[str, object], files: Files) -> bytes:
    """A template of this folder as PDF; it reads `said.json` and shows the files."""
    with compiler(template, said, files) as ready:
        (made,) = each_page(ready.compile(pdf_standards="ua-1"))
    return made


def pictures(template: str, said: dict[str, object], files: Files) -> list[tuple[bytes, bytes]]:
    """Each of its pages as SVG and as PNG, which has two pixels a point."""
    with compiler(template, said, files) as ready:
        drawn = each_page(ready.compile(format="svg"))
        painted = each_page(ready.compile(format="png", ppi=144))
    return [*zip(drawn, painted, strict=True)]


def each_page(made: bytes | list[bytes] | None) -> list[bytes]:
    """Each page as a file; a single one comes bare."""
    return [made] if isinstance(made, bytes) else made or []


@contextmanager
def compiler(template: str, said: dict[str, object], files: Files) -> Iterator[typst.Compiler]:
    given = said | {"colours": palette.PAPER}
    words = printable(json.dumps(given, ensure_ascii=False))
    told = {"main.typ": (HERE / template).read_bytes(), "said.json": words.encode()}
    told["shared.typ"] = (HERE / "shared.typ").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (told | files).items():
            (Path(folder) / name).write_bytes(content)
        yield typst.Compiler(
            Path(folder) / "main.typ",
            root=Path(folder),
            font_paths=[fonts.FOLDER],
            ignore_system_fonts=True,
        )


def add_picture(files: Files, chart: Chart, size: Size) -> str:
    """The name of the chart's drawing among the files, "" where its form has none."""
    drawn = svg(with_printable(chart), size)
    name = f"{len(files)}.svg" if drawn else ""
    if drawn:
        files[name] = drawn.encode()
    return name


def qr(files: Files, who: Identity) -> str:
    if not who.site:
        return ""
    files["qr.png"] = qr_png(who)
    return "qr.png"


def logo(files: Files, who: Identity) -> str:
    kind, _, content = who.logo.removeprefix("data:").partition(";base64,")
    for suffix, mime in LOGOS.items():
        if kind == mime:
            files[f"logo{suffix}"] = base64.b64decode(content)
            return f"logo{suffix}"
    return ""


def legend(chart: Chart) -> list[dict[str, object]]:
    return [
        {"label": one.label, "colour": palette.colour(one.colour, "light"), "kinds": one.kinds}
        for one in chart.legend
    ]


def number_fields(chart: Numbers) -> list[dict[str, str]]:
    return [asdict(one) for one in chart.figures]
