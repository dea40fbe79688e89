"""The key figures of two versions side by side, from the questions that the pages ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import queries
from queries import Value, answers

NO_FILTER: Mapping[str, Value] = {
    "association": [], "partner_type": [], "partnership_type": [], "programme": [],
    "from_year": None, "to_year": None,
}  # fmt: skip
# By measure and whether illustrative figures are in it; None is not known.
Totals = Mapping[tuple[str, bool], float | None]


@dataclass(frozen=True)
class FigurePair:
    """A measure before and after; None is not known. With or without illustrative figures."""

    measure: str
    before: float | None
    after: float | None
    with_illustrative: bool = False


def figure_pairs(
    before: Path | None, after: Path, as_of: date, associations: Sequence[str] = ()
) -> list[FigurePair]:
    """The key figures in two databases of versions: of all years, and the partnerships in force in
    the year of `as_of`. With illustrative figures, too, where those add to them. Of some
    associations alone, or of all."""
    was, now = (totals_of(one, as_of, associations) if one else {} for one in (before, after))
    return paired(was, now)


def totals_of(database: Path, as_of: date, associations: Sequence[str] = ()) -> Totals:
    """The key figures of one database, without illustrative figures and with them."""
    return {
        (measure, illustrative): value
        for illustrative in (False, True)
        for measure, value in key_totals(database, as_of, illustrative, associations).items()
    }


def paired(before: Totals, after: Totals) -> list[FigurePair]:
    """Side by side; the figures with illustrative ones where they aren't the same."""
    pairs = {key: FigurePair(key[0], before.get(key), after[key], key[1]) for key in after}
    return [
        pair
        for (measure, illustrative), pair in pairs.items()
        if not illustrative or replace(pair, with_illustrative=False) != pairs[measure, False]
    ]


def key_totals(
    database: Path, as_of: date, illustrative: bool, associations: Sequence[str]
) -> dict[str, float | None]:
    """The key figures of one database, each as exactly as it is known."""
    values = {**NO_FILTER, "as_of": as_of, "year": as_of.year, "illustrative": illustrative}
    values["association"] = [*associations]
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
    return sum(known) if known else None
