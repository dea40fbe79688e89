"""A deck as PDF/UA: vector charts, fonts embedded, tagged, with words in the place of pictures."""

import base64
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from charts import Chart, fonts, palette
from charts.svg import svg
from export.deck import Deck, Slide
from export.identity import LOGOS, Identity
from export.qr import qr_png
from export.show import DRAWN
from texts import Words

TEMPLATE = Path(__file__).parent / "slides.typ"


def pdf(
    w: Words, deck: Deck, slides: Sequence[Slide], who: Identity, is_handout: bool = False
) -> bytes:
    """The slides in 16:9; a handout has them on A4 with their notes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "slides.typ").write_bytes(TEMPLATE.read_bytes())
        said = {
            "name": deck.name,
            "author": who.name,
            "language": w.language,
            "strong": who.colours[0],
            "second": who.colours[1],
            "internal": w("deck.internal") if deck.is_internal else "",
            "logo": logo(place, who),
            "qr": qr(place, who),
            "site": who.site,
            "handout": is_handout,
            "slides": [
                told(w, deck, slide, who, place, f"{number} / {len(slides)}", str(number))
                for number, slide in enumerate(slides, 1)
            ],
        }
        (place / "slides.json").write_text(json.dumps(said), encoding="utf-8")
        content: bytes = typst.compile(
            place / "slides.typ",
            root=place,
            font_paths=[fonts.folder()],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
        return content


def qr(place: Path, who: Identity) -> str:
    if not who.site:
        return ""
    (place / "qr.png").write_bytes(qr_png(who))
    return "qr.png"


def logo(place: Path, who: Identity) -> str:
    kind, _, content = who.logo.removeprefix("data:").partition(";base64,")
    for suffix, mime in LOGOS.items():
        if kind == mime:
            (place / f"logo{suffix}").write_bytes(base64.b64decode(content))
            return f"logo{suffix}"
    return ""


def told(
    w: Words, deck: Deck, slide: Slide, who: Identity, place: Path, number: str, name: str
) -> dict[str, Any]:
    """A slide as the template takes it."""
    chart = slide.chart
    picture = svg(chart, DRAWN) if chart else ""
    if picture:
        (place / f"{name}.svg").write_text(picture, encoding="utf-8")
    is_numbers = chart is not None and chart.form == "numbers"
    return {
        "kind": slide.kind,
        "headline": slide.headline,
        "under": slide.under,
        "picture": f"{name}.svg" if picture else "",
        "alt": chart.alt if chart else "",
        "legend": legend(chart) if chart and picture else [],
        "numbers": numbers(chart) if chart and is_numbers else [],
        "rows": chart.rows if chart and not picture and not is_numbers else [],
        "body": slide.body,
        "foot": slide.foot if slide.kind != "title" else "",
        "notes": slide.notes,
        "number": [" · ".join(filter(None, [who.name, w.day(deck.as_of)])), number],
    }


def legend(chart: Chart) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "colour": palette.colour(one.colour, "light"), "kinds": one.kinds}
        for one in chart.legend
    ]


def numbers(chart: Chart) -> list[dict[str, str]]:
    (series,) = chart.series
    return [
        {"label": label, "number": number, "note": note}
        for label, number, note in zip(chart.categories, series.labels, series.hovers, strict=True)
    ]
