"""Numbers that stand as labels, in tables and on cards: as near the truth as their foot says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.statements import NUMBER, PERCENT, Reader, percents
from tests.truth import Share

# What is judged: the kind of claim, whether it holds, what is shown, and what is true.
Judged = Iterator[tuple[str, bool, float | None, float | None]]
MISLEADING = 0.1  # a share of rounded counts that is so far off says something else


@dataclass(frozen=True)
class Count:
    """A number; those of people may be off as their foot says. Beside a total stands how many of
    its numbers are unknown, where that is known here."""

    value: float | None
    is_people: bool = True
    lacking: int | None = None

    def judged(self, reader: Reader, text: str, margin: float) -> Judged:
        slack = margin if self.is_people else 0
        text, unknown = without_unknown(reader, text)
        if self.lacking is not None:
            yield "number", unknown == self.lacking, unknown, self.lacking
        if not text:
            yield "label", self.value is None, None, self.value
            return
        bare = text.removesuffix(reader.w("explore.is_example", said=""))
        said = re.sub(r"^NOK\s|\skr$", "", bare.split(" · ")[0])
        between = reader.between(said, slack)
        if between is None or self.value is None:
            yield "label", between is None and not self.value, None, self.value
            return
        yield "label", is_near(between, self.value, slack), between[0], self.value
        if slack and between == (0, 0):
            yield "none", self.value <= 4, 0, self.value  # as the foot says of a 0


def without_unknown(reader: Reader, text: str) -> tuple[str, int]:
    """280 of "280 (12 unknown)", and how many are: of "280 (example, 12 unknown)" it is an example
    still."""
    words = "|".join(
        re.escape(reader.w.pattern(f"count.unknown.{form}")).replace(r"\{n\}", r"\d+")
        for form in ("one", "other")
    )
    found = re.search(rf"(?P<alone>^| \(|, )(?P<said>{words})\)?$", text)
    if found is None:
        return text, 0
    rest = text[: found.start()] + ")" * (found["alone"] == ", ")
    return rest, int(re.findall(r"\d+", found["said"])[0])


@dataclass(frozen=True)
class Change:
    """The difference of two numbers, with its sign."""

    value: float | None
    is_people: bool = True

    def judged(self, reader: Reader, text: str, margin: float) -> Judged:
        slack = 2 * margin if self.is_people else 0
        between = reader.between(text.removeprefix("+"), margin)
        if between is None or self.value is None:
            yield "sign", between is None, None, self.value
            return
        low, high = between
        # Said as between −5 and 5 it has no sign.
        is_same = sign(low) == sign(self.value) or sign(low) != sign(high)
        yield "sign", is_same, low, self.value
        yield "label", is_near(between, self.value, slack), low, self.value


@dataclass(frozen=True)
class Pair:
    """x of y."""

    share: Share
    is_people: bool = True

    def judged(self, reader: Reader, text: str, margin: float) -> Judged:
        slack = margin if self.is_people else 0
        numbers = [reader.number(said) for said in re.findall(NUMBER, text)]
        true = (self.share.part, self.share.whole)
        for shown, so in zip(numbers[-2:], true, strict=False):
            holds = shown is not None and so is not None and abs(shown - so) <= slack
            yield "label", holds, shown, so


@dataclass(frozen=True)
class Percent:
    """A share in whole per cent, or x of y where there are too few."""

    share: Share

    def judged(self, reader: Reader, text: str, margin: float) -> Judged:
        found = re.search(PERCENT, text)
        if found is None:
            yield from Pair(self.share).judged(reader, text, margin) if text else ()
            return
        shown, true = reader.number(found[0]), self.share.value
        if shown is None or true is None:
            yield "share", False, shown, true
            return
        off = abs(shown - true)
        holds = off < MISLEADING - 1e-9 if margin else off <= 0.005 + 1e-9
        yield "share", holds, shown, true


@dataclass(frozen=True)
class Interval:
    """Between what a share lies."""

    share: Share

    def judged(self, reader: Reader, text: str, margin: float) -> Judged:
        low, high = (percents(reader, end) for end in text.split("–"))
        true = self.share.value
        if low is None or high is None or true is None:
            yield "interval", False, None, true
            return
        yield "interval", low - 0.5 <= 100 * true <= high + 0.5, None, true


Label = Count | Change | Pair | Percent | Interval


def is_near(between: tuple[float, float], true: float, slack: float) -> bool:
    """Decimals are shown to the first."""
    low, high = between
    return low - slack - 0.05 <= true <= high + slack + 0.05


def sign(number: float) -> int:
    return (number > 0) - (number < 0)
