"""One chart specification for every surface: what is shown, in words and numbers, and no pixels.

A form (`columns`, `bars`, `panels`, …) makes it; `plotly.figure` draws it on the screen.
"""

import os
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ringvirkning import ROOT

# Matplotlib keeps a list of the system's fonts: with what the app writes, not at whoever's home.
os.environ.setdefault(
    "MPLCONFIGDIR",
    str(ROOT / os.environ.get("RINGVIRKNING_VAR", "var") / "matplotlib"),
)
Pattern = Literal["solid", "hatched", "outline"]
Form = Literal[
    "columns", "bars", "panels", "timeline", "lines", "dots", "network", "table", "numbers"
]


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each category, None where it is not known.

    `colour` is a key of the palette, `hatched` marks examples and what is uncertain, `outline`
    what can't be known yet and partnerships whose start is unknown. `labels` are written at the
    values, `hovers` shown on hover. A value lies, with the certainty its measure speaks of,
    between `low` and `high`.
    """

    label: str
    colour: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    hovers: tuple[str, ...] = ()
    pattern: Pattern | tuple[Pattern, ...] = "solid"
    keys: tuple[str, ...] = ()
    panel: int = 0
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()

    @property
    def kinds(self) -> tuple[Pattern, ...]:
        """The patterns that its bars have."""
        if isinstance(self.pattern, str):
            return (self.pattern,)
        return tuple(dict.fromkeys(self.pattern))


@dataclass(frozen=True)
class Chart:
    """A figure: its title says what is seen, its subtitle measure, unit and period.

    `marks` are (category place, value) of thin target marks; `totals` stand above stacked columns.
    A network has `pairs`, and `groups`: a name and how many categories in a row it is of.
    `is_one_scale` where panels show the same measure. `ticks` are (value, words) along the axis
    that measures. `rows` is the same as a table: heading first,
    and last the total where it `has_total`. `within` is by how much a number in it may be off
    because counts are rounded.
    """

    form: Form
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    totals: tuple[str, ...] = ()
    marks: tuple[tuple[int, float, str], ...] = ()
    panels: tuple[str, ...] = ()
    grouped: bool = False
    is_one_scale: bool = False
    has_total: bool = False
    pairs: tuple["Pair", ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    spans: tuple["Span", ...] = ()
    within: float = 0
    ticks: tuple[tuple[float | str, str], ...] = ()

    @property
    def legend(self) -> tuple[Series, ...]:
        """The series that stand beside others, and so must be told apart; a panel's name is said
        above it."""
        beside = Counter(series.panel for series in self.series)
        told = {
            (series.label, series.colour): series
            for series in self.series
            if beside[series.panel] > 1 and series.label not in self.panels
        }
        return tuple(told.values())


@dataclass(frozen=True)
class Pair:
    """Two categories by their places, and what they have in common."""

    places: tuple[int, int]
    value: float
    hover: str
    key: str


@dataclass(frozen=True)
class Span:
    """A row of a timeline: days as ISO text, None where unknown.

    It is confirmed until `sure_until`. Where its start is unknown, `begins` is the first day of the
    years that it is known from.
    """

    key: str
    label: str
    note: str
    begins: str | None
    sure_until: str | None
    ends: str | None
    begins_before: bool
    start_is_unknown: bool
    colour: str
