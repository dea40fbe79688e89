"""A deck as PowerPoint: charts that can be edited, real tables, notes for who speaks.

Everything is native: what PowerPoint has no chart for is drawn as its own shapes, grouped.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as File
from pptx.slide import Slide as Page
from pptx.util import Emu

from ringvirkning.charts import Chart, Measured, Numbers, Panels, RowsOnly, Timeline
from ringvirkning.charts.palette import COLOURS, GROUND, INK, LINE, PAPER, QUIET
from ringvirkning.export.deck import Deck, Slide, wordmark
from ringvirkning.export.identity import Identity
from ringvirkning.export.powerpoint import shapes
from ringvirkning.export.powerpoint.charts import add_panels, add_plot
from ringvirkning.export.powerpoint.shapes import Box, add_bar, add_words, fill_shape, pixels, rgb
from ringvirkning.export.powerpoint.timeline import add_timeline
from ringvirkning.export.qr import qr_png
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

WIDE = Box(120, 0, 1680, 0)  # the margins of every slide, in pixels of 1920 by 1080
FOOT = 28  # pixels of letters
TITLE_ONLY = 5  # of the layouts that the library's template has
MOST_TABLE_ROWS = 10
MOST_LETTERS_OF_NOTES = 20_000


def powerpoint(w: Words, deck: Deck, slides: Sequence[Slide], who: Identity) -> bytes:
    """The file (.pptx)."""
    file = Presentation()
    widen(file)
    set_theme(file, who)
    file.core_properties.title = deck.name
    file.core_properties.author = who.name
    file.core_properties.language = w.language
    for number, slide in enumerate(slides, 1):
        page = file.slides.add_slide(file.slide_layouts[TITLE_ONLY])
        fill_in(w, page, deck, slide, who)
        if slide.kind != "title":
            add_foot(w, page, deck, who, f"{number} / {len(slides)}")
        said = [f"{label}: {text}" for label, text in slide.notes] or [slide.foot]
        text = terminal_text("\n".join(filter(None, said)))[:MOST_LETTERS_OF_NOTES]
        page.notes_slide.notes_text_frame.text = text
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def widen(file: File) -> None:
    """The library's template is 4:3; slides that people add should fit the others."""
    share = pixels(1920) / file.slide_width
    file.slide_width, file.slide_height = pixels(1920), pixels(1080)
    for place in (file.slide_master, *file.slide_layouts):
        for shape in place.placeholders:
            if shape.width:
                shape.left, shape.width = Emu(shape.left * share), Emu(shape.width * share)


def set_theme(file: File, who: Identity) -> None:
    """The colours that PowerPoint offers are those of the slides."""
    part = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    ours = [*who.colours, *dict.fromkeys(light for light, _ in COLOURS.values())]
    for number, code in enumerate(list(dict.fromkeys(ours))[:6], 1):
        (place,) = theme.iter(qn(f"a:accent{number}"))
        for old in list(place):
            place.remove(old)
        etree.SubElement(place, qn("a:srgbClr"), val=code.strip("#").upper())
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def fill_in(w: Words, page: Page, deck: Deck, slide: Slide, who: Identity) -> None:
    is_title = slide.kind == "title"
    top = 400 if is_title else 70
    if is_title:
        ground = page.background.fill
        ground.solid()
        ground.fore_color.rgb = rgb(who.colours[0])
        add_bar(page, Box(0, 1064, 1920, 16), who.colours[1])
        # Without a picture that PowerPoint takes, letters say whose it is.
        drawn = who if add_logo(page, who) else replace(who, logo="")
        if whose := wordmark(slide, drawn):
            lines = -(-len(whose) // 70)
            add_words(
                page, WIDE.at(370 - 56 * lines, 56 * lines), whose, 40, GROUND["light"], bold=True
            )
        if who.site:
            add_qr(page, who)
    lines = -(-len(slide.headline) // (34 if is_title else 58))
    size = 88 if is_title else 54 if lines < 3 else 46
    height = int(lines * size * 1.2)
    ink = GROUND["light"] if is_title else INK["light"]
    heading = page.shapes.title
    assert heading  # of the layout
    WIDE.at(top, height).place(heading)
    fill_shape(heading, slide.headline, size, ink, bold=True)
    top += height + 6
    if slide.under:
        faint = GROUND["light"] if is_title else QUIET["light"]
        height = 44 * -(-len(slide.under) // 105)
        add_words(page, WIDE.at(top, height), slide.under, 30, faint)
        top += height + 6
    if deck.is_internal:
        add_words(page, Box(1560, 20, 240, 44), w("deck.internal"), 28, PAPER["alarm"], bold=True)
    foot_height = 36 * -(-len(slide.foot) // 116) if slide.foot and not is_title else 0
    room = WIDE.at(top, 985 - foot_height - top)
    if slide.chart is not None:
        add_any_chart(w, page, room, slide.chart)
    for column, said in zip(room.columns(len(slide.columns)), slide.columns, strict=True):
        add_words(page, column, list(said), 28 if len(slide.columns) > 1 else 36, INK["light"])
    if foot_height:
        add_words(page, WIDE.at(985 - foot_height, foot_height), slide.foot, FOOT, QUIET["light"])


def add_any_chart(w: Words, page: Page, box: Box, chart: Chart) -> None:
    """What PowerPoint has no chart for, nor we shapes, is a table; so is a chart of nothing."""
    match chart:
        case RowsOnly():
            shapes.add_table(w, page, box, chart.rows[: chart.slide_rows + 1], chart.alt)
        case Measured(categories=()):
            shapes.add_table(w, page, box, chart.rows[: MOST_TABLE_ROWS + 1], chart.alt)
        case Numbers():
            shapes.add_numbers(page, box, chart)
        case Timeline():
            add_timeline(page, box, chart)
        case _:
            if chart.legend:
                shapes.add_legend(page, box.at(box.top + 8, 40), chart.legend)
                box = box.at(box.top + 56, box.height - 56)
            if isinstance(chart, Panels):
                add_panels(w, page, box, chart)
            else:
                add_plot(w, page, box, chart)


def add_foot(w: Words, page: Page, deck: Deck, who: Identity, number: str) -> None:
    add_bar(page, WIDE.at(1000, 2), LINE["light"])
    said = " · ".join(filter(None, [who.name, w.day(deck.as_of)]))
    add_words(page, Box(120, 1008, 1400, 40), said, FOOT, QUIET["light"])
    add_words(page, Box(1600, 1008, 200, 40), number, FOOT, QUIET["light"], align=PP_ALIGN.RIGHT)


def add_qr(page: Page, who: Identity) -> None:
    picture = page.shapes.add_picture(io.BytesIO(qr_png(who)), *Box(1576, 740, 224, 224).emu)
    shapes.describe(picture, who.site)


def add_logo(page: Page, who: Identity) -> bool:
    """Whether there is one that PowerPoint takes: an SVG, without a picture beside it, stays with
    HTML and PDF."""
    kind, _, content = who.logo.partition(";base64,")
    if kind != "data:image/png":
        return False
    file = io.BytesIO(base64.b64decode(content))
    picture = page.shapes.add_picture(file, pixels(120), pixels(130), height=pixels(140))
    shapes.describe(picture, who.name)
    return True
