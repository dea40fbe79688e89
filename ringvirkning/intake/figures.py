"""The key figures of two versions side by side, from the questions that the pages ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import queries
from queries import Value, answers

NO_FILTER: Mapping[str, Value] = {
    "association": [], "partner_type": [], "partnership_type": [], "programme": [],
    "from_year": None, "to_year": None,
}  # fmt: skip


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
        active = queries.rows(connection, answers.PartnershipsByType, values)
        held = queries.rows(connection, answers.ActivitiesByYear, values)
        jobs = queries.rows(connection, answers.PlacementsByYear, values)
    return {
        "active_partnerships": total(row.confirmed_count for row in active),
        "activities_held": total(row.activity_count for row in held),
        "registered": total(row.registered_count for row in held),
        "attended": total(row.attended_count for row in held),
        "placements": total(row.value for row in jobs if row.measure == "placements"),
    }


def total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None
