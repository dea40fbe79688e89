"""What all of Matplotlib's drawings share: size, axes, hovers, bars by their pattern, words."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import fill
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Transform, offset_copy

from ringvirkning.charts import (
    AreaLine,
    Columns,
    Lines,
    Measured,
    Pattern,
    Series,
    Timeline,
    layout,
)
from ringvirkning.charts.palette import HATCH, INK, LINE, QUIET, colour

INKED, FAINT, GRID = INK["light"], QUIET["light"], LINE["light"]
TickWords = Sequence[tuple[Any, str]]  # places along an axis, and what is written there
Places = Sequence[Any]  # along an axis
Style = dict[str, Any]  # as Matplotlib takes it: of what is drawn, or its settings
# `away`: so many points from a place of the drawing.
WORDS_ABOVE: Style = {"away": (0, 4), "ha": "center", "va": "bottom", "weight": "bold"}
PANEL_WORDS: Style = {"away": (0, 3), "ha": "center", "va": "bottom"}
WORDS_AFTER: Style = {"away": (8, 0), "ha": "left", "va": "center", "weight": "bold"}
BEHIND = 0.5  # of what stands behind bars and lines
GRID_LINE: Style = {"color": GRID, "linewidth": 1, "zorder": BEHIND}
MOST_LAID_OUT = 4096
TICK_PAD = 3.5  # points between an axis and its words
EVENT_PAD = 5  # points between a rule and its label
NAME_LETTERS = 44  # letters of a name on one line beside a chart, at most
MOST_LINES = 3  # of a name beside a chart


@dataclass(frozen=True)
class Size:
    """Width, height and the size of letters, in pixels."""

    width: int
    height: int
    text: int

    @property
    def small(self) -> float:
        """The size of letters at bars."""
        return self.text * 0.85

    @property
    def letters(self) -> int:
        """How many letters of a name fit beside lying bars."""
        return min(int(0.8 * self.width / self.text), NAME_LETTERS)


@lru_cache(maxsize=8)
def blank_figure(panels: int) -> Figure:
    """With panels above one another. It is drawn on again, since to make one takes longer."""
    figure = Figure(dpi=72, facecolor="none")
    for axes in figure.subplots(panels, 1, squeeze=False)[:, 0]:
        axes.set_axis_off()
        axes.patch.set_in_layout(False)
    return figure


class Sheet:
    """The drawing, and what is said where the pointer rests."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.said: list[str] = []

    def axes(self, heights: Sequence[float] = (1,)) -> list[Axes]:
        """Panels above one another, of these heights beside each other's, without frames. Their own
        axes are off: a tick of Matplotlib is three lines and two texts, and half of the time."""
        self.figure = blank_figure(len(heights))
        self.figure.set_size_inches(self.size.width / 72, self.size.height / 72)
        rows = GridSpec(len(heights), 1, figure=self.figure, height_ratios=heights)
        for at, axes in enumerate(self.figure.axes):
            axes.set_subplotspec(rows[at])
            axes.set_title("", loc="left")
            for former in [*axes.texts, *axes.lines, *axes.patches, *axes.collections]:
                former.remove()
        return self.figure.axes

    def along(self, axes: Axes, ticks: TickWords, is_above: bool = False) -> None:
        """Words below the places of the horizontal axis, or above them; its limits are set."""
        said = axes.get_xaxis_text2_transform if is_above else axes.get_xaxis_text1_transform
        where, upright, across = said(TICK_PAD)
        how: Style = {"va": upright, "ha": across, "color": INKED, "zorder": BEHIND}
        for at, words in ticks_between(ticks, axes.get_xlim()):
            put_text(axes, words, (at, 1 if is_above else 0), where, how)

    def beside(self, axes: Axes, ticks: TickWords, ink: str) -> None:
        """Words beside the places of the upright axis; its limits are set."""
        where, upright, across = axes.get_yaxis_text1_transform(TICK_PAD)
        how: Style = {"va": upright, "ha": across, "color": ink, "zorder": BEHIND}
        for at, words in ticks_between(ticks, axes.get_ylim()):
            put_text(axes, words, (0, at), where, how)

    def upright(self, chart: Columns | Lines | AreaLine, highest: float) -> Axes:
        """The categories along, and what is measured upwards from zero, with faint lines."""
        (axes,) = self.axes()
        axes.set_xlim(-0.6, len(chart.categories) - 0.4)
        axes.set_ylim(0, highest * layout.HEADROOM)
        self.along(axes, [*enumerate(chart.categories)])
        self.beside(axes, chart.ticks, FAINT)
        for at, _ in ticks_between(chart.ticks, axes.get_ylim()):
            put_rule(axes, axes.get_yaxis_transform(), [0, 1], [at, at], GRID_LINE)
        self.rules(chart, [axes])
        return axes

    def rules(self, chart: Measured | Timeline, panels: Sequence[Axes]) -> None:
        """What happened: a thin rule through all panels, and its label over the first; below a
        timeline."""
        is_below = isinstance(chart, Timeline)
        for event in chart.events:
            thin: Style = {"color": FAINT, "linestyle": ":", "zorder": BEHIND}
            thin |= {"linewidth": self.size.text / 14}
            rules = [
                put_rule(one, one.get_xaxis_transform(), [event.place] * 2, [0, 1], thin)
                for one in panels
            ]
            self.hover(rules[-1], event.words)
            how: Style = {"ha": "center" if event.label.isdecimal() else "left"}
            how |= {"va": "top" if is_below else "bottom"}
            how |= {"fontsize": self.size.small, "color": FAINT, "weight": "bold"}
            end, apart = (event.place, 1 - is_below), (0, -EVENT_PAD if is_below else EVENT_PAD)
            put_text(panels[0], event.label, end, away(panels[0], apart, is_rule=True), how)

    def lying(self, names: list[str]) -> Axes:
        """Rows with their names beside them, the first on top."""
        (axes,) = self.axes()
        size = self.size
        rows = layout.rows_sharing(len(names), size.height, size.text)
        lines = int(0.85 * size.height / rows / (1.2 * size.text))
        most = max(min(lines, MOST_LINES), 1)
        short = layout.names_beside(names, size.letters, most)
        said = [fill(n, size.letters, max_lines=most, placeholder="…") for n in short]
        axes.set_ylim(rows - 0.4, -0.6)
        self.beside(axes, [*enumerate(said)], INKED)
        return axes

    def bar(
        self, axes: Axes, lies: bool, at: float, start: float, value: float, wide: float,
        series: Series, place: int,
    ) -> None:  # fmt: skip
        """A bar of a series with its hover."""
        drawn = put_bar(
            axes, lies, at, start, value, wide, style(series.colour, series.patterns[place])
        )
        self.hover(drawn, series.hovers[place] if series.hovers else "")

    def hover(self, artist: Artist, said: str) -> None:
        if said:
            artist.set_gid(f"hover-{len(self.said)}")
            self.said.append(said)


def ticks_between(ticks: TickWords, limits: tuple[float, float]) -> TickWords:
    """Those that lie between the limits of an axis, whichever of these is the greater."""
    return [(at, words) for at, words in ticks if min(limits) <= at <= max(limits)]


def style(code: str, kind: Pattern) -> Style:
    """Solid, hatched or outlined, in a colour of the palette."""
    ink = colour(code, "light")
    if kind == "outline":
        return {"facecolor": "none", "edgecolor": ink, "linestyle": (0, (4, 3)), "linewidth": 1.6}
    hatch = {"hatch": "//", "edgecolor": HATCH} if kind == "hatched" else {}
    return {"facecolor": ink, "linewidth": 0} | hatch


def put_bar(
    axes: Axes, lies: bool, place: float, start: float, value: float, wide: float, how: Style
) -> Artist:
    """No `axes.bar`, and no `axes.plot` for lines: they look for the limits of the axes at each,
    which are given. What is cut off there has no part `in_layout`."""
    edge = place - wide / 2
    corner, width, height = ((start, edge), value, wide) if lies else ((edge, start), wide, value)
    return axes.add_artist(Rectangle(corner, width, height, in_layout=False, **how))


def put_line(axes: Axes, across: Places, upright: Places, how: Style) -> Artist:
    return axes.add_artist(Line2D(across, upright, **{"in_layout": False, **how}))


def put_rule(axes: Axes, where: Transform, across: Places, upright: Places, how: Style) -> Artist:
    return put_line(axes, across, upright, how | {"transform": where})


def put_words(axes: Axes, text: str, at: tuple[float, float], how: Style) -> None:
    """Words that are so many points `away` from a place of the drawing."""
    if text:
        style = {**how}
        put_text(axes, text, at, away(axes, style.pop("away")), style)


@lru_cache(maxsize=64)
def away(axes: Axes, points: tuple[float, float], is_rule: bool = False) -> Transform:
    """From a place of the drawing, or from the end of a rule."""
    where = axes.get_xaxis_transform() if is_rule else axes.transData
    return offset_copy(where, axes.get_figure(root=True), *points, units="points")


def put_text(axes: Axes, text: str, at: tuple[float, float], where: Transform, how: Style) -> None:
    axes.add_artist(PlacedText(*at, text, transform=where, clip_on=False, **how))


class PlacedText(Text):
    """Words that are never cut off, and measure what others did that look the same: they are asked
    twice to lay a drawing out and once to draw it."""

    def set_clip_path(self, path: object, transform: Transform | None = None) -> None:
        pass

    def _get_layout(self, renderer: RendererBase) -> Any:
        stands = self.get_horizontalalignment(), self.get_verticalalignment()
        looks = self.get_text(), self.get_fontproperties(), *stands
        if looks not in laid_out:
            if len(laid_out) >= MOST_LAID_OUT:
                laid_out.clear()
            laid_out[looks] = super()._get_layout(renderer)  # type: ignore[misc]
        return laid_out[looks]


laid_out: dict[Hashable, Any] = {}  # under `svg.drawing`
