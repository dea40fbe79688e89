"""What is so, from the CSV files alone: what the statements of every edition are held against.

It stands on the oracle, which counts in plain Python and never asks the product's queries. Every
answer is exact, whatever an edition shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

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
            self.kept[key] = list(found.itertuples(index=False))
        return self.kept[key]

    def all_years(self, name: str, values: Values) -> list[Any]:
        return self.answer(name, values, from_year=None, to_year=None)

    def jobs(
        self, values: Values, year: int, kinds: Iterable[str] = KINDS, programmes: Any = None
    ) -> float | None:
        """Persons placed in a single year; None where no figure is known."""
        placed: float | None = oracle.total(
            row.value
            for row in self.all_years("placements_by_year", values)
            if row.from_year == row.to_year == year
            and row.measure in kinds
            and (programmes is None or row.programme in programmes)
        )
        return placed

    def stage(self, values: Values, programme: str, measure: str, point: str) -> Any:
        """A stage of a programme's rounds together; None where there is none."""
        found = (
            row
            for row in self.answer("funnel", values)
            if (row.programme, row.measure, row.measured_at) == (programme, measure, point)
        )
        return next(found, None)

    def targets(self, values: Values, programme: str) -> list[Any]:
        """A programme's targets in figures, in the order in which they are shown."""
        return [
            row
            for row in self.answer("targets_met", values)
            if row.target is not None and row.programme == programme
        ]

    def held(self, values: Values, year: int, column: str) -> float | None:
        """A column of the activities of a year."""
        rows = self.all_years("activities_by_year", values)
        return next((getattr(row, column) for row in rows if row.year == year), None)

    def in_force(self, values: Values, year: int) -> tuple[int, int]:
        """Confirmed and unconfirmed partnerships of a year."""
        rows = [r for r in self.all_years("partnerships_by_year", values) if r.year == year]
        counts = [
            sum(r.partnership_count for r in rows if r.is_confirmed == sure)
            for sure in (True, False)
        ]
        return counts[0], counts[1]

    def cells(self, values: Values, question: Values) -> dict[tuple[Any, Any], Any]:
        """A question of one's own by row and split, where `ALL` is all."""
        return {
            (ALL if row.is_row_total else row.row, ALL if row.is_split_total else row.split): row
            for row in self.answer("explore", values, **question)
        }


def year_before(as_of: date) -> date:
    """The same day of the year before."""
    day: date = oracle.months_after(as_of, -12)
    return day
