"""Cubes of statistics, as statistics banks give them by hand: JSON-stat 2 and PC-Axis.

A file becomes cubes (`json_stat`, `pc_axis`), and what is chosen of a cube rows of context
(`series`). Own readers of little code: on 28 November 2026 pyjstat 2.4.0 dropped `status` and broke
on a dimension without a label, pyaxis 0.4.3 on KEYS, and both want the network's `requests`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Refused

LARGEST_CUBE = 20 * 2**20  # bytes of a file
MOST_CELLS = 2_000_000
# What signs for cells say, in SSB's and Eurostat's tables, and in PC-Axis where a file doesn't say
# what its signs are.
STATUS = {
    ".": "not_applicable", "z": "not_applicable",
    "..": "missing", "...": "missing", "....": "missing", ".....": "missing", "......": "missing",
    "m": "missing", "na": "missing",
    ":": "suppressed", "c": "suppressed", "confidential": "suppressed",
    "p": "provisional", "*": "provisional", "provisional": "provisional",
    "e": "known", "r": "known", "a": "known", "": "known",
}  # fmt: skip
ESTIMATED = frozenset(("e", "estimated"))  # signs that a number is estimated


@dataclass(frozen=True)
class Category:
    """A value of a dimension; `label_en` and `unit_en` are "" where the file has one language, a
    unit "" where all share the cube's. `period` is what a time is, as the contract writes it."""

    code: str
    label: str
    label_en: str = ""
    unit: str = ""
    unit_en: str = ""
    period: str = ""


@dataclass(frozen=True)
class Dimension:
    """`total` is the place of the category that is all of the others together, if one is."""

    code: str
    label: str
    categories: Sequence[Category]
    total: int | None = None


@dataclass(frozen=True)
class CubeCell:
    """A cell as written: the text of a number or "", and the sign for it, "" for none."""

    text: str
    sign: str = ""


@dataclass(frozen=True)
class Cube:
    """`cells` are by place, the last dimension's first; one that is not there is not known.

    `label` is what it is about, `title` what the source calls it, if otherwise.
    `time`, `place` and `measure` are the codes of those dimensions, "" where the file doesn't say.
    """

    label: str
    dimensions: Sequence[Dimension]
    cells: Mapping[int, CubeCell]
    label_en: str = ""
    title: str = ""
    time: str = ""
    place: str = ""
    measure: str = ""
    unit: str = ""
    unit_en: str = ""
    source: str = ""
    address: str = ""
    updated: str = ""

    def cell(self, places: Sequence[int]) -> CubeCell:
        at = 0
        for dimension, place in zip(self.dimensions, places, strict=True):
            at = at * len(dimension.categories) + place
        return self.cells.get(at, CubeCell(""))


def check_size(sizes: Sequence[int], file: str) -> int:
    """How many cells dimensions make. Raises Refused where they are too many, or none."""
    count = prod(sizes)
    if not sizes or not count:
        raise Refused(Finding("cube_shape", file))
    if count > MOST_CELLS:
        raise Refused(Finding("cube_large", file, found=str(count), expected=f"≤ {MOST_CELLS}"))
    return count
