"""One chart specification for every surface: what is shown, in words and numbers, and no pixels.

A chart is one of nine forms, each with fields of its own over those of `Base`. `layout` works out
what all surfaces share; `screen`, `paper` and `export.powerpoint` draw it.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import ClassVar, Literal

Pattern = Literal["solid", "hatched", "outline"]
Meaning = Pattern | Literal["example"]
Ticks = tuple[tuple[float | str, str], ...]  # values or days along an axis, and their words


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each category, None where it is not known.

    `colour` is a key of the palette; `hatched` marks what is uncertain and, beside published
    figures, each `example`, `outline` what can't be known yet and partnerships whose start is
    unknown; a `pattern` is of all values or one for each. `labels` are written at the values,
    `hovers` shown on hover, `keys` the codes that a click gives; each is empty or has one for each
    value. A value lies, with the certainty its measure speaks of, between `low` and `high`. `panel`
    is the place of the panel it stands in. At the `unknown` places a value is only drawn so:
    nothing is known there.
    """

    label: str
    colour: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    hovers: tuple[str, ...] = ()
    pattern: Meaning | tuple[Meaning, ...] = "solid"
    keys: tuple[str, ...] = ()
    panel: int = 0
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What the pattern of each value stands for."""
        given = self.pattern
        return (given,) * len(self.values) if isinstance(given, str) else given

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The pattern of each value, as it is drawn."""
        return tuple(map(pattern_of, self.meanings))

    @property
    def kinds(self) -> tuple[Pattern, ...]:
        """The different patterns that its bars have, each once."""
        given = self.pattern
        return tuple(dict.fromkeys(map(pattern_of, (given,) if isinstance(given, str) else given)))

    @property
    def reaches(self) -> list[tuple[float, float]]:
        """How far below and above each value it may as well be, 0 where that is not known."""
        return [
            (0, 0) if v is None or low is None or high is None else (v - low, high - v)
            for v, low, high in zip(self.values, self.low, self.high, strict=True)
        ]


def pattern_of(meaning: Meaning) -> Pattern:
    """How what a value is looks."""
    return "hatched" if meaning == "example" else meaning


@dataclass(frozen=True)
class Mark:
    """A target as a thin mark at the place of a category: the few words beside it, "" where marks
    are too close for all of theirs, and all that is said of it."""

    place: int
    value: float
    label: str
    words: str


@dataclass(frozen=True)
class Event:
    """What happened, as a thin rule between two categories: 2.5 is between the third and the
    fourth; in a timeline it is the ordinal of a day. `label` is the number or the few words at its
    end, `words` all that is said of it."""

    place: float
    label: str
    words: str


@dataclass(frozen=True)
class Base:
    """What a chart of any form has.

    `title` says what is seen, `subtitle` measure, unit and period, `alt` all of it in words for who
    can't see it. `rows` is the same as a table: heading first, and last the total where it
    `has_total`. `within` is by how much a number in it may be off because counts are rounded.
    """

    form: ClassVar[str]
    title: str
    subtitle: str
    rows: tuple[tuple[str, ...], ...]
    alt: str
    has_total: bool = field(default=False, kw_only=True)
    within: float = field(default=0, kw_only=True)

    @property
    def legend(self) -> tuple[Series, ...]:
        """The series that must be told apart by a sign and a name."""
        return ()


@dataclass(frozen=True)
class Measured(Base):
    """Values in one or several series for each of the `categories`, "" for one without a name.
    Over time, `years` has the year of each category, and `events` what happened between them."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    years: tuple[int, ...] = field(default=(), kw_only=True)
    events: tuple[Event, ...] = field(default=(), kw_only=True)

    @property
    def is_made_up(self) -> bool:
        """Whether all the numbers in it are examples; an outline is of none that is known."""
        meanings = {m for s in self.series for v, m in zip(s.values, s.meanings, strict=True) if v}
        return meanings - {"outline"} == {"example"}

    @property
    def has_made_up(self) -> bool:
        """Whether any is, and is hatched for it."""
        return any(m == "example" for s in self.series for m in s.meanings)

    @property
    def legend(self) -> tuple[Series, ...]:
        """The series that stand beside others and can be seen, each name and colour once."""
        beside = Counter(series.panel for series in self.series)
        told = (s for s in self.series if beside[s.panel] > 1 and self.is_seen(s))
        return tuple({(s.label, s.colour): s for s in told}.values())

    def is_seen(self, series: Series) -> bool:
        """Whether any value of it is drawn; one of 0 is, where values aren't on each other."""
        if isinstance(self, Lines | Dots) or (isinstance(self, Columns | Bars) and self.grouped):
            return any(value is not None for value in series.values)
        return any(series.values)


@dataclass(frozen=True)
class Columns(Measured):
    """Upright bars over time, on each other or, where `grouped`, side by side.

    `totals` are the words above each column, `marks` the targets, `ticks` those of the axis that
    measures.
    """

    form = "columns"
    totals: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    ticks: Ticks = ()
    grouped: bool = False


@dataclass(frozen=True)
class Bars(Measured):
    """Lying bars, on each other or, where `grouped`, side by side; `totals` are the words at the
    end of each."""

    form = "bars"
    totals: tuple[str, ...] = ()
    grouped: bool = False


@dataclass(frozen=True)
class Panels(Measured):
    """A row of columns for each of the `panels` (their names) over the same categories, all on one
    scale; `marks` are targets in the first."""

    form = "panels"
    panels: tuple[str, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def legend(self) -> tuple[Series, ...]:
        """Without what a panel's name says above it."""
        return tuple(series for series in super().legend if series.label not in self.panels)

    def inside(self, panel: int) -> list[Series]:
        """The series of a panel, by its place."""
        return [series for series in self.series if series.panel == panel]

    def marks_in(self, panel: int) -> tuple[Mark, ...]:
        return () if panel else self.marks


@dataclass(frozen=True)
class Lines(Measured):
    """Points over time, joined where there are several; `ticks` are those of the axis that
    measures."""

    form = "lines"
    ticks: Ticks = ()


@dataclass(frozen=True)
class AreaLine(Measured):
    """A line of the total over time, and below it, on each other, the parts that it is of: the
    first is sure, the others are shades of what is not.

    `ends` are (height, words) beside the last point, in place of a legend; `hovers` are of the
    whole of each point.
    """

    form = "area"
    ends: tuple[tuple[float, str], ...] = ()
    ticks: Ticks = ()
    hovers: tuple[str, ...] = ()

    @property
    def legend(self) -> tuple[Series, ...]:
        """None: what it shows is named at its end."""
        return ()


@dataclass(frozen=True)
class Dots(Measured):
    """A point for each category; `totals` are the words after it."""

    form = "dots"
    totals: tuple[str, ...] = ()
    ticks: Ticks = ()


@dataclass(frozen=True)
class TimelineRow:
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


@dataclass(frozen=True)
class Timeline(Base):
    """Spans between two days (ISO text); `ticks` are (day, words). The rules of `events` have
    their labels below, since the ticks stand above."""

    form = "timeline"
    first: str
    last: str
    spans: tuple[TimelineRow, ...]
    ticks: tuple[tuple[str, str], ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class RowsOnly(Base):
    """Nothing but its rows, of which a slide has room for the first `slide_rows`."""

    form = "table"
    slide_rows: int = field(default=10, kw_only=True)


@dataclass(frozen=True)
class KeyFigure:
    """A number as it is written, of what it is, and what is said of it."""

    label: str
    number: str
    note: str


@dataclass(frozen=True)
class Numbers(Base):
    """Key figures side by side: on a slide in two rows where they are more than three, so that each
    has room to be read from the back row."""

    form = "numbers"
    figures: tuple[KeyFigure, ...] = ()

    @property
    def across(self) -> int:
        """How many stand beside each other on a slide."""
        count = len(self.figures)
        return count if count <= 3 else ceil(count / 2)

    @property
    def is_wordy(self) -> bool:
        """Whether a number is so long ("mellom 994 og 1 006") that a slide needs smaller letters:
        of the largest some 33 have room across it."""
        return any(len(one.number) > 33 // self.across for one in self.figures)


Chart = Columns | Bars | Panels | Lines | AreaLine | Dots | Timeline | RowsOnly | Numbers
