"""What is known of a number, and what may be said of it.

The only place that says of counts: more, fewer, as many, the largest, reached, a share of. A count
that was rounded, or that its source gives as "about", lies between two bounds; whatever is said
here holds wherever the true ones lie between theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from math import inf, sqrt
from typing import Literal, Self, TypeVar

Counted = TypeVar("Counted")
Comparison = Literal["more", "fewer", "same", "about", "unclear"]
Attainment = Literal["met", "not_met", "about", "unclear"]

# What public counts are rounded to. May be raised, never lowered: with 3, a zero leaves three values.
BASE = 5
LEAST = 10  # the denominator that a share needs
MOST_MOVED = Fraction(1, 10)  # how far rounding may move a share that is still shown
ABOUT = 10  # two counts that can't differ by more, and are shown less than NEAR apart, are about
NEAR = 5  # as many
Z = 1.959964  # of a 95 % interval
OUTLYING = 3.090232  # of a 99.8 % interval


class Number(float):
    """A number as it is shown; what it stands for lies between `low` and `high`, both included.

    `is_example`: it was made up to show the page. Added up, published numbers push examples aside.
    `is_rounded`: it is a rounded count, or rests on one.
    """

    __slots__ = ("high", "is_example", "is_rounded", "low")
    low: float
    high: float
    is_example: bool
    is_rounded: bool

    def __new__(
        cls,
        value: float,
        low: float | None = None,
        high: float | None = None,
        is_example: bool = False,
        is_rounded: bool = False,
    ) -> Self:
        self = super().__new__(cls, value)
        self.low = value if low is None else low
        self.high = value if high is None else high
        self.is_example = is_example
        self.is_rounded = is_rounded
        return self

    def __getnewargs__(self) -> tuple[float, float, float, bool, bool]:  # type: ignore[override]
        return float(self), self.low, self.high, self.is_example, self.is_rounded  # to be copied

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def within(self) -> float:
        """By how much it may be off at the most; infinite where its source says no more."""
        return float(max(self - self.low, self.high - self))

    def __add__(self, other: float) -> "Number":
        # A plain number, such as the zero that a sum begins with, is neither.
        if isinstance(other, Number) and other.is_example != self.is_example:
            return other if self.is_example else self
        other = number(other)
        return Number(
            float(self) + float(other),
            self.low + other.low,
            self.high + other.high,
            self.is_example or other.is_example,
            self.is_rounded or other.is_rounded,
        )

    __radd__ = __add__

    def __sub__(self, other: float) -> "Number":
        other = number(other)
        return Number(
            float(self) - float(other),
            self.low - other.high,
            self.high - other.low,
            self.is_example or other.is_example,
            self.is_rounded or other.is_rounded,
        )

    def __neg__(self) -> "Number":
        return Number(-float(self), -self.high, -self.low, self.is_example, self.is_rounded)

    def __abs__(self) -> "Number":
        return -self if self < 0 else self


def number(value: float) -> Number:
    """A number that is known exactly, unless it says otherwise itself."""
    return value if isinstance(value, Number) else Number(value)


def or_none(value: float | None) -> float:
    """None at all where nothing is known; a rounded 0 keeps what is known of it."""
    return 0.0 if value is None else value


def number_answered(
    value: float | None, low: float, high: float | None, is_example: bool, is_rounded: bool = False
) -> Number | None:
    """A number as DuckDB answers it (`told` in queries/numbers.sql); None where it is not known."""
    if value is None:
        return None
    return Number(value, low, inf if high is None else high, is_example, is_rounded)


# Counts beside counts


def difference(now: float, before: float) -> tuple[Comparison, Number]:
    """How a count differs from another, and by how much.

    `about` where they may be as many, look it, and can't differ by more than ABOUT; `unclear` where
    the bounds overlap and not even that can be said.
    """
    by = number(now) - before
    if by.low > 0:
        return "more", by
    if by.high < 0:
        return "fewer", -by
    if by.is_exact:
        return "same", by
    is_about = abs(by) < NEAR and max(-by.low, by.high) <= ABOUT
    return ("about" if is_about else "unclear"), by


def attainment(actual: float, target: float, higher_is_better: bool = True) -> Attainment:
    """Whether a target is met; `about` only where all that it may be is as near as a share may be
    moved, since 6 and 14 of 10 are two stories."""
    kind, by = difference(actual, target)
    if kind in ("about", "unclear"):
        is_near = max(-by.low, by.high) <= MOST_MOVED * abs(target)
        return "about" if kind == "about" and is_near else "unclear"
    return "met" if kind in ("same", "more" if higher_is_better else "fewer") else "not_met"


def largest(counts: Iterable[tuple[Counted, float]]) -> tuple[list[Counted], Number | None]:
    """Those that have most, and how many; nobody where that can't be told, nobody has any, or
    nobody has fewer: all have as many, or one has all."""
    known = [(key, number(count)) for key, count in counts]
    if not known:
        return [], None
    top = max(count for _, count in known)
    first = [(key, count) for key, count in known if count == top]
    others = [count for _, count in known if count != top and count.high > 0]
    may_be_tied = len(first) > 1 and not all(count.is_exact for _, count in first)
    lowest = min(count.low for _, count in first)
    if may_be_tied or not others or lowest <= max(count.high for count in others):
        return [], None
    return [key for key, _ in first], first[0][1]


# Shares


@dataclass(frozen=True)
class Share:
    """A part of a whole, or what was reached of a target: as shown, and where it may lie (0–1)."""

    part: Number
    whole: Number
    low: Fraction
    high: Fraction

    @cached_property
    def value(self) -> Fraction:
        return Fraction(self.part) / Fraction(self.whole)

    @property
    def number(self) -> Number:
        bounds = float(self.low), float(self.high)
        is_rounded = self.part.is_rounded or self.whole.is_rounded
        return Number(float(self.value), *bounds, self.part.is_example, is_rounded)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def percent(self) -> int:
        return percent(self.value)


def percent(share: Fraction | float) -> int:
    """A share (0–1) in whole per cent, a half up: 57.5 is 58, 12.5 is 13."""
    hundreds = 100 * (share if isinstance(share, Fraction) else Fraction(repr(share)))
    return int((2 * hundreds + 1) // 2)


def half_up(value: float, decimals: int) -> float:
    """A number of so many decimals, a half away from zero: 0.625 is 0.63, where `round` has 0.62."""
    places = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(places, ROUND_HALF_UP))


def share(part: float | None, whole: float | None, is_part: bool = True) -> Share | None:
    """A share, or None where it would mislead: of fewer than LEAST, where rounding may move it by
    more than MOST_MOVED, where either is not known to a bound, or the part is more than its whole.

    `is_part` is no for attainment, which may be more than all.
    """
    if part is None or whole is None:
        return None
    part, whole = number(part), number(whole)
    if whole.low < LEAST or inf in (part.high, whole.high) or (is_part and part > whole):
        return None
    low, high = (
        Fraction(max(part.low, 0)) / Fraction(whole.high),
        Fraction(part.high) / Fraction(whole.low),
    )
    if is_part:
        high = min(high, Fraction(1))
    found = Share(part, whole, low, high)
    is_moved = low < high and max(found.value - low, high - found.value) > MOST_MOVED
    return None if is_moved else found


def quotient(part: float | None, whole: float | None) -> Number | None:
    """A number per another one, such as kroner per job; None where either is not known to a bound,
    the whole may be nothing, or rounding may move it by more than MOST_MOVED of itself."""
    if part is None or whole is None:
        return None
    part, whole = number(part), number(whole)
    if whole.low <= 0 or inf in (-part.low, part.high, whole.high):
        return None
    value = float(part) / float(whole)
    ends = [end / of for end in (part.low, part.high) for of in (whole.low, whole.high)]
    if max(value - min(ends), max(ends) - value) > MOST_MOVED * abs(value):
        return None
    return Number(value, min(ends), max(ends), part.is_example)


def interval(of: Share, z: float = Z) -> tuple[float, float]:
    """Wilson's interval (Wilson 1927), of 95 % unless `z` says otherwise, as wide as rounding may make it: from that of the
    fewest of the most to that of the most of the fewest."""
    most = min(of.part.high, of.whole.low)
    return wilson(of.part.low, of.whole.high, -z), wilson(most, of.whole.low, z)


def wilson(part: float, whole: float, z: float) -> float:
    """The bound of Wilson's interval at `z` standard deviations, the lower one below zero."""
    rate = part / whole
    spread = z * sqrt(rate * (1 - rate) / whole + z * z / (4 * whole * whole))
    bound = (rate + z * z / (2 * whole) + spread) / (1 + z * z / whole)
    return min(1.0, max(0.0, bound))


def points(before: Share, now: Share) -> int:
    """The change in percentage points: the difference of the two per cents that are shown."""
    return now.percent - before.percent


def newcombe(a: Share, b: Share) -> tuple[float, float]:
    """The 95 % interval of the difference b − a of two shares (Newcombe 1998, method 10).

    With rounded counts the widest that they may make it: between the two Wilson intervals' ends.
    """
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    if not (a.is_exact and b.is_exact):
        return b_low - a_high, b_high - a_low
    more = float(b.value - a.value)
    low = more - sqrt((float(b.value) - b_low) ** 2 + (a_high - float(a.value)) ** 2)
    high = more + sqrt((b_high - float(b.value)) ** 2 + (float(a.value) - a_low) ** 2)
    return low, high
