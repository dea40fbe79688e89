"""A deck as one HTML page: the show on the screen, and the file that works without a network."""

import base64
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from ringvirkning.charts import Chart, fonts, palette
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.fitting import with_room
from ringvirkning.charts.paper.svg import svg
from ringvirkning.export.deck import Deck, Slide, wordmark
from ringvirkning.export.identity import Identity
from ringvirkning.export.policy import SLIDES_POLICY, SLIDES_SCRIPT
from ringvirkning.export.qr import qr_svg
from ringvirkning.export.templating import templates
from ringvirkning.texts import Words

HERE = Path(__file__).parent
DRAWN = Size(1680, 590, 30)
UPRIGHT = Size(360, 440, 14)  # for a phone held upright
SAID = ("start", "notes", "keys", "more", "follows", "elapsed", "end")
KEYS = ("next", "number", "black", "turn", "notes", "live", "full", "escape")
STYLE = palette.CSS + (HERE / "slides.css").read_text(encoding="utf-8")


@cache
def font_faces() -> str:
    """The fonts in the page itself, and the licence that goes wherever they go."""
    licence = fonts.LICENCE.read_text(encoding="utf-8")
    return f"/*\n{licence}*/\n" + "".join(
        f"@font-face{{font-family:'{fonts.FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64_of(fonts.FOLDER / f'{name}.woff2')})}}"
        for name, weight in fonts.WEIGHTS.items()
    )


def base64_of(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()


def show_page(
    w: Words,
    deck: Deck,
    slides: Sequence[Slide],
    who: Identity,
    live_base: str = "",
    is_show: bool = False,
) -> str:
    """The whole page. `live_base` is where the live pages are, "" where there are none;
    a page that `is_show` begins with the first slide alone."""
    return (
        templates()
        .get_template("slides.html")
        .render(
            language=w.language,
            deck=deck,
            slides=slides,
            who=who,
            day=w.day(deck.as_of),
            said={name: w(f"show.{name}") for name in SAID},
            keys=[w(f"show.key.{key}") for key in KEYS if live_base or key != "live"],
            internal=w("deck.internal") if deck.is_internal else "",
            place=lambda at: w("show.slide", at=at, of=len(slides)),
            live_base=live_base,
            is_show=is_show,
            wordmark=wordmark,
            policy=SLIDES_POLICY,
            style=Markup(STYLE),
            script=Markup(SLIDES_SCRIPT),
            fonts=Markup(font_faces()),
            drawing=lambda chart, at: of_slide(chart, DRAWN, at),
            upright=lambda chart, at: of_slide(with_room(chart, UPRIGHT), UPRIGHT, at),
            qr=Markup(qr_svg(who)),
            table=lambda rows: html_table(w, rows),
            colour=lambda code: palette.colour(code, "light"),
        )
    )


def of_slide(chart: Chart, size: Size, at: int) -> Markup:
    """The drawing with names of its own: the same figure may stand on another slide, too."""
    return Markup(re.sub(r'(?<= id=")|(?<=url\(#)|(?<=href="#)', f"s{at}", svg(chart, size)))


def html_table(w: Words, rows: Sequence[Sequence[str]]) -> Markup:
    """Rows with their heading first; numbers to the right."""
    heading, *body = rows
    numeric = w.number_columns(rows)
    said = [
        line("th scope=col", heading, numeric),
        *(line("td", row, numeric) for row in body),
    ]
    return Markup("<table>{}</table>").format(Markup("").join(said))


def line(tag: str, cells: Sequence[str], numeric: Sequence[bool]) -> Markup:
    name = tag.split(" ")[0]
    parts = [
        Markup(f"<{tag}{' class=n' if right else ''}>{escape(cell)}</{name}>")
        for cell, right in zip(cells, numeric, strict=True)
    ]
    return Markup("<tr>{}</tr>").format(Markup("").join(parts))
