"""The key figures of two versions side by side, from the questions that the pages ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import queries

NO_FILTER: Mapping[str, Any] = {
    "association": [], "partner_type": [], "partnership_type": [], "programme": [],
    "from_year": None, "to_year": None,
}  # fmt: skip
# The measures that stand for the rest, by the question and the column that answer them.
KEY_FIGURES = {
    "active_partnerships": ("partnerships_by_type", "confirmed_count"),
    "activities_held": ("activities_by_year", "activity_count"),
    "registered": ("activities_by_year", "registered_count"),
    "attended": ("activities_by_year", "attended_count"),
    "placements": ("placements_by_year", "value"),
}


@dataclass(frozen=True)
class FigurePair:
    """A measure before and after; None is not known. With or without illustrative figures."""

    measure: str
    before: float | None
    after: float | None
    with_illustrative: bool = False


def figure_pairs(before: Path | None, after: Path, as_of: date) -> list[FigurePair]:
    """The key figures in two databases of versions: of all years, and the partnerships in force in
    the year of `as_of`. With illustrative figures, too, where those add to them."""
    real, more = (compared(before, after, as_of, illustrative) for illustrative in (False, True))
    return [*real, *(f for f in more if replace(f, with_illustrative=False) not in real)]


def compared(before: Path | None, after: Path, as_of: date, illustrative: bool) -> list[FigurePair]:
    was = key_totals(before, as_of, illustrative) if before else {}
    now = key_totals(after, as_of, illustrative)
    return [FigurePair(m, was.get(m), value, illustrative) for m, value in now.items()]


def key_totals(database: Path, as_of: date, illustrative: bool) -> dict[str, float | None]:
    """The key figures of one database."""
    values = {**NO_FILTER, "as_of": as_of, "year": as_of.year, "illustrative": illustrative}
    with queries.opened(database) as connection:
        answers = {
            question: queries.rows(connection, question, values)
            for question in dict.fromkeys(question for question, _ in KEY_FIGURES.values())
        }
    return {
        measure: total(
            getattr(row, column)
            for row in answers[question]
            if getattr(row, "measure", measure) == measure
        )
        for measure, (question, column) in KEY_FIGURES.items()
    }


def total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None
