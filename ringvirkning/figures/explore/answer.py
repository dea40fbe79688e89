"""A question of one's own, answered: its cells by row and split, and in which order they stand."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures.question import WORKED_OUT
from ringvirkning.texts import LANGUAGES, OTHER
from ringvirkning.texts.certainty import Share, quotient, share

# A thing may stand in several of these rows, so that parts may be more than the whole.
OVERLAPPING = (
    "partner_type", "partnership_type", "partner", "partner_head", "partnership", "focus_area",
    "municipality", "county",
)  # fmt: skip
BROKEN_DOWN = ("age_group", "background")  # parts of what is told of all, which may be some of it
ONCE = ("partners_with_agreement", "partners_in_activities", "agreements_in_activities")

SEASONS = ("Q1", "Q2", "Q3", "Q4")


class Total:
    """The key of the row or split that counts everything once."""


TOTAL = Total()
Key = str | None | Total


def has_number(cell: answers.Explore) -> bool:
    return cell.value is not None or cell.part is not None


def is_made_up(cell: answers.Explore | None) -> bool:
    """Whether the number of a cell is made up: nothing published is behind it."""
    numbers = () if cell is None else (cell.value, cell.part)
    return any(n is not None and n.is_example for n in numbers)


@dataclass(frozen=True)
class Answer:
    """`measure` has the measure's words; `names` those of partners, partnerships and rounds,
    `order` the types of each kind as they stand.

    `divisor` is the name of the measure that it is divided by. `targets` are the cells of the
    targets for the same rows; `only` are two splits to be compared.
    """

    measure: Mapping[str, str]
    point: str
    rows: str
    split: str
    grain: str
    only: tuple[str, ...]
    cells: Mapping[tuple[Key, Key], answers.Explore]
    running: str
    divisor: str = ""
    language: str = LANGUAGES[0]
    names: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, Collection[str]] = field(default_factory=dict)
    targets: Mapping[Key, answers.Explore] = field(default_factory=dict)

    def own_target(self, row: Key) -> answers.Explore | None:
        """The target of a row, where the row's number is the result that it is set for: of all
        whose target it is and of nobody else, in a time that is over."""
        aim, cell = self.targets.get(row), self.cells.get((row, TOTAL))
        if aim is None or aim.not_due_count or not aim.whole:
            return None
        return aim if cell is not None and cell.value == aim.part else None

    @property
    def is_network(self) -> bool:
        """Whether its cells are pairs of the same: who has what in common with whom."""
        return bool(self.rows) and self.rows == self.split

    @cached_property
    def pairs(self) -> list[tuple[str, str, float]]:
        """Of a network each pair once, and what the two have in common, the most first."""
        found = [
            (row, split, self.value(cell))
            for (row, split), cell in self.cells.items()
            if isinstance(row, str) and isinstance(split, str) and row < split
        ]
        known = [(row, split, value) for row, split, value in found if value]
        by_name = alphabetical(
            known,
            self.language,
            lambda pair: " ".join(self.names.get(key, key) for key in pair[:2]),
        )
        return sorted(by_name, key=lambda pair: -pair[2])

    @property
    def is_share(self) -> bool:
        """Whether its numbers are worked out as a part of a whole, in per cent."""
        return self.measure["measure"] in WORKED_OUT and not self.divisor

    @property
    def is_rate(self) -> bool:
        """Whether its numbers have a numerator and a denominator."""
        return self.is_share or bool(self.divisor)

    @property
    def is_single(self) -> bool:
        """Whether its numbers stand alone: shares and scores that a file tells."""
        return self.measure["adds"] == "never" and not self.is_rate

    @property
    def is_stock(self) -> bool:
        """Whether it counts partnerships in force: the confirmed, and the others beside them."""
        return self.measure["measure"] == "active_partnerships"

    @property
    def is_never_added(self) -> bool:
        """Whether the splits are parts of no whole: times of what is counted at a time, and what
        is divided, stands alone, or is counted once."""
        return (
            bool(self.divisor)
            or self.is_single
            or self.measure["measure"] in ONCE
            or (self.split == "time" and self.measure["adds"] in ("distinct", "latest"))
            or self.split in BROKEN_DOWN
        )

    @property
    def is_of_targets(self) -> bool:
        return self.measure["measure"] == "target_attainment"

    @property
    def has_interval(self) -> bool:
        return self.is_share and not self.is_of_targets

    @property
    def counts_records(self) -> bool:
        """Whether nothing found means none: partnerships, partners and activities are all known."""
        return self.measure["measure"] in (
            "activities_held", "active_partnerships", "partnerships_started", "partnerships_ended",
            *ONCE,
        )  # fmt: skip

    @property
    def total(self) -> answers.Explore | None:
        """The cell that counts everything once; None where that is never done, or nothing is."""
        return self.cells.get((TOTAL, TOTAL))

    @cached_property
    def is_made_up(self) -> bool:
        """Whether all its numbers are."""
        return all(is_made_up(cell) for cell in self.cells.values() if has_number(cell))

    @cached_property
    def row_keys(self) -> list[Key]:
        """In order of time, else the largest first; what is of no other type, or has none, last."""
        found = {row for row, _ in self.cells if row is not TOTAL}
        return self.ordered(self.rows, found, lambda key: self.size(key, TOTAL))

    @cached_property
    def all_splits(self) -> list[Key]:
        found = {split for _, split in self.cells if split is not TOTAL}
        return self.ordered(self.split, found, lambda key: self.size(TOTAL, key))

    @property
    def split_keys(self) -> list[Key]:
        """The splits shown: those compared, or all."""
        return list(self.only) or self.all_splits

    @property
    def two(self) -> tuple[str, ...]:
        """What is compared unless something else is chosen: the last two whole periods, else the
        two largest; nothing where there are not two."""
        named = [key for key in self.all_splits if isinstance(key, str)]
        if self.split == "time":
            named = [key for key in named if is_single(key) and key != self.running][-2:]
        return tuple(named[:2]) if len(named) > 1 else ()

    def ordered(self, dimension: str, keys: set[Key], size: Callable[[Key], float]) -> list[Key]:
        if dimension == "age_group":
            return sorted(keys, key=lambda key: (key is None, ages_from(key), str(key)))
        if dimension == "time":
            return sorted(keys, key=lambda key: (key is None, not is_single(key), str(key)))
        order = [*self.order.get(dimension, ())]
        one_order = sorted(keys, key=str)  # also of those that are called the same
        called = alphabetical(
            one_order, self.language, lambda key: self.names.get(str(key), str(key))
        )

        def place(key: Key) -> tuple[bool, bool, float, int]:
            at = (*order, key).index(key)
            return key is None, self.is_rest(dimension, key), -size(key), at

        return sorted(called, key=place)

    def is_rest(self, dimension: str, key: Key) -> bool:
        """Whether it is what is of no other type."""
        return dimension in self.order and key == OTHER

    def size(self, row: Key, split: Key) -> float:
        """What a cell is ordered by; where there is no total, the largest of its parts."""
        cells = [
            cell
            for (r, s), cell in self.cells.items()
            if (row is TOTAL or r == row) and (split is TOTAL or s == split)
        ]
        whole = self.cells.get((row, split))
        return self.value(whole) or max((self.value(c) or 0 for c in cells), default=0)

    def value(self, cell: answers.Explore | None) -> float | None:
        """The number of a cell: a count, or a share (0–1) or a quotient where there is one."""
        if cell is None:
            return None
        if self.divisor:
            return quotient(cell.part, cell.whole)
        if not self.is_rate:
            return cell.value
        found = self.share(cell)
        return float(found.value) if found else None

    def share(self, cell: answers.Explore | None) -> Share | None:
        """The share of a cell; attainment may be more than all."""
        if self.divisor:
            return None
        return cell and share(cell.part, cell.whole, is_part=self.has_interval)

    @cached_property
    def is_exact(self) -> bool:
        """Whether every number in it is: then its rows can be ranked."""
        numbers = (n for c in self.cells.values() for n in (c.value, c.part, c.whole))
        return all(n is None or n.is_exact for n in numbers)

    @property
    def periods(self) -> list[Key]:
        """The single periods of time from the first to the last, without gaps; all four quarters
        of the year."""
        keys = self.all_splits if self.split == "time" else self.row_keys
        if self.grain == "season":
            return [*SEASONS] if keys else []
        singles = [key for key in keys if is_single(key)]
        return between(str(singles[0]), str(singles[-1])) if singles else []


def ages_from(key: Key) -> int:
    """16 of 16-19 and of 16+."""
    return int(re.split(r"[-+]", key)[0]) if isinstance(key, str) else 0


def is_single(key: Key) -> bool:
    """Whether a key of time is one period: not several years, nor a year whose part is unknown."""
    return isinstance(key, str) and re.fullmatch(r"\d{4}(-[HQ]\d)?|Q\d", key) is not None


def between(first: str, last: str) -> list[Key]:
    """Every period from one to another: 2024-Q3, 2024-Q4, 2025-Q1."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    parts = {"": [""], "H": ["-H1", "-H2"], "Q": [f"-Q{n}" for n in range(1, 5)]}[first[5:6]]
    found = [f"{year}{part}" for year in years for part in parts]
    return list(found[found.index(first) : found.index(last) + 1])


def running_period(grain: str, year: int, month: int) -> str:
    """The period that a day lies in: it is not over yet; "" of quarters of all years."""
    return {
        "year": f"{year}",
        "half_year": f"{year}-H{1 + (month - 1) // 6}",
        "quarter": f"{year}-Q{1 + (month - 1) // 3}",
        "season": "",
    }[grain]


def mark(row: Key, split: Key) -> str:
    """What a mark is called: the keys of its row and split, `*` for all and empty for none."""
    return json.dumps([key_text(row), key_text(split)], ensure_ascii=False)


def key_text(key: Key) -> str:
    return "*" if isinstance(key, Total) else key or ""
