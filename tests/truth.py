"""What is so, from the CSV files alone: what the statements of every edition are held against.

It stands on the oracle, which counts in plain Python and never asks the product's queries. Every
answer is exact, whatever an edition shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from tests import oracle, oracle_explore

Values = Mapping[str, Any]  # what a question is asked with
KINDS = tuple(oracle.PLACEMENTS)
ALL = oracle_explore.TOTAL


@dataclass(frozen=True)
class Share:
    """A part of a whole; `value` is None where there is nothing to divide, or to divide by."""

    part: float | None
    whole: float | None

    @property
    def value(self) -> float | None:
        if self.part is None or not self.whole:
            return None
        return self.part / self.whole


class Exact(float):
    """A number of the files, and whether it is an example."""

    is_example: bool

    def __new__(cls, value: float, is_example: bool = False) -> Self:
        self = super().__new__(cls, value)
        self.is_example = is_example
        return self


def is_example(number: float | None) -> bool:
    return isinstance(number, Exact) and number.is_example


def together(numbers: Iterable[float | None]) -> Exact | None:
    """Their sum: the published ones push the examples aside; None where nothing is known."""
    given = [number for number in numbers if number is not None]
    own = [number for number in given if not is_example(number)] or given
    return Exact(sum(own), is_example(own[0])) if own else None


def exact(row: Any) -> Any:
    """A row of the oracle's, its numbers as plain ones."""
    told = {
        name: Exact(value[0], value[3])
        for name, value in row._asdict().items()
        if isinstance(value, oracle.Known)
    }
    return row._replace(**told)


class Truth:
    """The files of a folder on a day."""

    def __init__(self, folder: Path, as_of: date) -> None:
        self.world = oracle.World(oracle.read(folder))
        self.as_of = as_of
        self.kept: dict[Any, list[Any]] = {}

    def answer(self, name: str, values: Values, **more: Any) -> list[Any]:
        """The oracle's answer to a question as named tuples."""
        chosen = {"as_of": self.as_of} | dict(values) | more
        key = (name, *sorted(chosen.items()))
        if key not in self.kept:
            found = (
                oracle_explore.explore(self.world, chosen)
                if name == "explore"
                else oracle.answer(self.world, name, chosen)
            )
            self.kept[key] = [exact(row) for row in found.itertuples(index=False)]
        return self.kept[key]

    def all_years(self, name: str, values: Values) -> list[Any]:
        return self.answer(name, values, from_year=None, to_year=None)

    def jobs(
        self, values: Values, year: int, measure: str = "placements", programmes: Any = None
    ) -> Exact | None:
        """Persons placed in a single year, in all or of a kind; None where no figure is known, or
        where it is of other programmes."""
        found = (
            row.value
            for row in self.all_years("placements_by_year", values)
            if row.from_year == row.to_year == year
            and row.measure == measure
            and (programmes is None or row.programmes == sorted(programmes))
        )
        return next(found, None)

    def stage(self, values: Values, programme: str, measure: str, point: str) -> Any:
        """A stage of a programme's rounds together; None where there is none."""
        found = (
            row
            for row in self.answer("funnel", values)
            if (row.programme, row.measure, row.measured_at) == (programme, measure, point)
        )
        return next(found, None)

    def targets(self, values: Values, programme: str) -> list[Any]:
        """A programme's targets in figures, in the order in which they are shown: the published, or
        examples where there are no others."""
        stated, every = (
            [
                row
                for row in self.answer("targets_met", asked)
                if row.target is not None and row.programme == programme
            ]
            for asked in ({**values, "illustrative": False}, values)
        )
        return stated or every

    def held(self, values: Values, year: int, column: str) -> float | None:
        """A column of the activities of a year."""
        rows = self.all_years("activities_by_year", values)
        return next((getattr(row, column) for row in rows if row.year == year), None)

    def in_force(self, values: Values, year: int) -> tuple[int, int, int]:
        """Partnerships of a year: confirmed, unconfirmed, and of unknown start."""
        counts = dict.fromkeys(("confirmed", "unconfirmed", "start_unknown"), 0)
        for row in self.all_years("partnerships_by_year", values):
            if row.year == year:
                counts[standing(row)] += row.partnership_count
        return counts["confirmed"], counts["unconfirmed"], counts["start_unknown"]

    def cells(self, values: Values, question: Values) -> dict[tuple[Any, Any], Any]:
        """A question of one's own by row and split, where `ALL` is all."""
        return {
            (ALL if row.is_row_total else row.row, ALL if row.is_split_total else row.split): row
            for row in self.answer("explore", values, **question)
        }


def standing(row: Any) -> str:
    if row.is_confirmed:
        return "confirmed"
    return "unconfirmed" if row.has_start else "start_unknown"


def is_met(target: Any) -> bool:
    """Whether a target in figures is reached, whichever way is better."""
    if target.higher_is_better:
        return bool(target.actual >= target.target)
    return bool(target.actual <= target.target)


def year_before(as_of: date) -> date:
    """The same day of the year before."""
    day: date = oracle.months_after(as_of, -12)
    return day
