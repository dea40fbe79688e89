"""A chart specification drawn by Matplotlib as SVG: for slides, paper and pages without a script.

Colours, order, patterns and words are those of the screen; sizes are pixels of the paper.
"""

import io
import re
import zlib
from functools import lru_cache
from html import escape
from threading import Lock
from typing import Literal

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.textpath import text_to_path

from ringvirkning.charts import Chart, Numbers, RowsOnly, fonts
from ringvirkning.charts.paper.drawing import INKED, Sheet, Size, Style
from ringvirkning.charts.paper.forms import draw

FAMILIAR = "ringvirkning"  # whatever is said here, names are the same each time
UNSAID = {"Date": None, "Creator": None}
drawing = Lock()  # Matplotlib's settings belong to the whole process.


class PaperRenderer(RendererSVG):  # type: ignore[misc]
    """Knows from drawing to drawing what texts measure: years and places come again."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        return text_extent(s, prop)


@lru_cache(maxsize=4096)
def text_extent(text: str, font: FontProperties) -> tuple[float, float, float]:
    """Its width, height and what of it is below the line, in points."""
    return text_to_path.get_text_width_height_descent(text, font, False)


class PaperCanvas(FigureCanvasSVG):  # type: ignore[misc]
    """Laid out by the renderer that draws it: no text is measured twice."""

    def __init__(self, figure: Figure, renderer: PaperRenderer) -> None:
        super().__init__(figure)
        self.renderer = renderer

    def get_renderer(self) -> PaperRenderer:
        return self.renderer


@lru_cache(maxsize=256)
def svg(chart: Chart, size: Size, is_outlined: bool = False) -> str:
    """The chart as an SVG element that says its alternative; "" for a form that has no drawing.
    Its letters are outlines where it `is_outlined`: a picture by itself is given no font."""
    if isinstance(chart, RowsOnly | Numbers):
        return ""
    letters = {"svg.fonttype": "path" if is_outlined else "none"}
    with drawing, mpl.rc_context(matplotlib_settings(size) | letters):
        out = io.StringIO()
        renderer = PaperRenderer(size.width, size.height, out, image_dpi=72, metadata=UNSAID)
        sheet = Sheet(size)
        draw(chart, sheet)
        figure = sheet.figure
        PaperCanvas(figure, renderer)
        # Here, since a figure with a layout of its own is drawn once more only to be laid out.
        ConstrainedLayoutEngine(w_pad=0, h_pad=0, hspace=0.04, wspace=0).execute(figure)
        figure.draw(renderer)
        renderer.finalize()
    return plain_svg(out.getvalue(), chart, size, sheet.said)


def matplotlib_settings(size: Size) -> Style:
    if not any(font.name == fonts.FAMILY for font in fontManager.ttflist):
        for name in fonts.WEIGHTS:
            fontManager.addfont(fonts.FOLDER / f"{name}.ttf")
    return {
        "font.family": fonts.FAMILY,
        "font.size": size.text,
        "svg.hashsalt": FAMILIAR,
        "hatch.linewidth": size.text / 8,
        "axes.facecolor": "none",
        "axes.titley": 1.0,  # it stands there whatever is above: nobody has to look each time
        "axes.unicode_minus": True,
        "text.color": INKED,
        "text.parse_math": False,
    }


def plain_svg(drawn: str, chart: Chart, size: Size, said: list[str]) -> str:
    """Only the element, with hovers as titles and no name twice on a page of several."""
    drawn = drawn[drawn.index("<svg") :]
    # Where a page brings no letters of its own, those that it has.
    drawn = drawn.replace(f"'{fonts.FAMILY}'", f"'{fonts.FAMILY}', 'Source Sans', sans-serif")
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.S)
    titles = [f'<g class="mark"><title>{escape(text)}</title>' for text in said]
    drawn = re.sub(r'<g id="hover-(\d+)">', lambda found: titles[int(found[1])], drawn)
    drawn = re.sub(r'<g id="\w+"', "<g", drawn)
    drawn = re.sub(r"\n\s*|<!--.*?-->", " ", own_names(drawn, f"{chart.alt} {size}"))
    box = re.search(r'viewBox="[^"]*"', drawn)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    label = escape(chart.alt, quote=True)
    # As wide as was measured: letters in whole pixels are a twentieth wider, and cut at the edge.
    exact = 'text-rendering="geometricPrecision"'
    head = f'<svg {spaces} role="img" {exact} {box[0] if box else ""} aria-label="{label}">'
    return (head + drawn[drawn.index(">") + 1 :]).strip()


def own_names(drawn: str, of: str) -> str:
    """The same with names that no other drawing on a page has: a pattern in a slide that is hidden
    would be none in those that name it. They are counted: Matplotlib makes them of places, whose
    last decimal is now this and now that."""
    own = f"{zlib.crc32(of.encode()):x}"
    found = dict.fromkeys(re.findall(r'(?<= id=")\w+', drawn))
    names = {name: f"{name[0]}{own}-{at}" for at, name in enumerate(found)}
    used = r'(?<= id=")\w+|(?<=url\(#)\w+|(?<=href="#)\w+'
    return re.sub(used, lambda one: names.get(one[0], one[0]), drawn)
