"""What all of Matplotlib's drawings share: size, axes, hovers, bars by their pattern, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import fill
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.patches import Rectangle

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
Style = dict[str, Any]  # as Matplotlib takes it: of what is drawn, or its settings
WORDS_ABOVE: Style = {"xytext": (0, 4), "ha": "center", "va": "bottom", "weight": "bold"}
PANEL_WORDS: Style = {"xytext": (0, 3), "ha": "center", "va": "bottom"}
WORDS_AFTER: Style = {"xytext": (8, 0), "ha": "left", "va": "center", "weight": "bold"}
BEHIND = 0.5  # of what stands behind bars and lines
GRID_LINE: Style = {"color": GRID, "linewidth": 1, "zorder": BEHIND}
TICK_PAD = 3.5  # points between an axis and its words
NAME_LETTERS = 44  # letters of a name on one line beside a chart, at most


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
            axes.text(at, 1 if is_above else 0, words, transform=where, **how)

    def beside(self, axes: Axes, ticks: TickWords, ink: str) -> None:
        """Words beside the places of the upright axis; its limits are set."""
        where, upright, across = axes.get_yaxis_text1_transform(TICK_PAD)
        how: Style = {"va": upright, "ha": across, "color": ink, "zorder": BEHIND}
        for at, words in ticks_between(ticks, axes.get_ylim()):
            axes.text(0, at, words, transform=where, **how)

    def upright(self, chart: Columns | Lines | AreaLine, highest: float) -> Axes:
        """The categories along, and what is measured upwards from zero, with faint lines."""
        (axes,) = self.axes()
        axes.set_xlim(-0.6, max(len(chart.categories), layout.FEWEST_COLUMNS) - 0.4)
        axes.set_ylim(0, highest * layout.HEADROOM)
        self.along(axes, [*enumerate(chart.categories)])
        self.beside(axes, chart.ticks, FAINT)
        for at, _ in ticks_between(chart.ticks, axes.get_ylim()):
            axes.axhline(at, **GRID_LINE)
        self.rules(chart, [axes])
        return axes

    def rules(self, chart: Measured | Timeline, panels: Sequence[Axes]) -> None:
        """What happened: a thin rule through all panels, and its label over the first; below a
        timeline."""
        is_below = isinstance(chart, Timeline)
        for event in chart.events:
            for axes in panels:
                rule = axes.axvline(event.place, color=FAINT, linestyle=":", zorder=0.5)
                rule.set_linewidth(self.size.text / 14)
            self.hover(rule, event.words)
            how: Style = {"ha": "center" if event.label.isdecimal() else "left"}
            how |= {"va": "top" if is_below else "bottom"}
            how |= {"fontsize": self.size.small, "color": FAINT, "weight": "bold"}
            end, along = (event.place, 1 - is_below), panels[0].get_xaxis_transform()
            apart = (0, -2 if is_below else 2)
            panels[0].annotate(
                event.label, end, xycoords=along, xytext=apart, textcoords="offset points", **how
            )

    def lying(self, names: list[str]) -> Axes:
        """Rows with their names beside them, the first on top."""
        (axes,) = self.axes()
        lines = int(0.85 * self.size.height / max(len(names), 1) / (1.2 * self.size.text))
        most = max(min(lines, 2), 1)
        said = [fill(n, self.size.letters, max_lines=most, placeholder="…") for n in names]
        axes.set_ylim(len(names) - 0.4, -0.6)
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
    """No `axes.bar`, which looks for the limits of the axes at each: they are given."""
    edge = place - wide / 2
    corner, width, height = ((start, edge), value, wide) if lies else ((edge, start), wide, value)
    return axes.add_artist(Rectangle(corner, width, height, **how))


def put_words(axes: Axes, text: str, at: tuple[float, float], how: Style) -> None:
    """Words that are so many points away (`xytext`) from a place of the drawing."""
    if text:
        axes.annotate(text, at, textcoords="offset points", **how)
