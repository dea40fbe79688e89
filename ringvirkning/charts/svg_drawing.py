"""What all of Matplotlib's drawings share: size, panels, hovers, and bars by their pattern."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ringvirkning.charts import Series
from ringvirkning.charts.palette import INK, LINE, QUIET, colour

INKED, FAINT, GRID = INK["light"], QUIET["light"], LINE["light"]
HATCH = "#ffffffbf"


@dataclass(frozen=True)
class Size:
    """Width, height and the size of letters, in pixels."""

    width: int
    height: int
    text: int


class Hovers:
    """The drawing, and what is said where the pointer rests."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.said: list[str] = []

    def axes(self, count: int = 1) -> list[Axes]:
        """Panels above one another, without frames."""
        found = self.figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0]
        for axes in found:
            axes.spines[:].set_visible(False)
            axes.tick_params(length=0)
        return list(found)

    def hover(self, artist: Any, said: str) -> None:
        if said:
            artist.set_gid(f"hover-{len(self.said)}")
            self.said.append(said)


def look(series: Series, place: int) -> dict[str, Any]:
    """Solid, hatched or outlined."""
    kind = series.pattern if isinstance(series.pattern, str) else series.pattern[place]
    fill = colour(series.colour, "light")
    if kind == "outline":
        return {"facecolor": "none", "edgecolor": fill, "linestyle": (0, (4, 3)), "linewidth": 1.6}
    hatch = {"hatch": "//", "edgecolor": HATCH} if kind == "hatched" else {}
    return {"facecolor": fill, "linewidth": 0} | hatch
