"""Who sees the public's edition, knows how it was made and what anybody knows, and asks how many
persons there were. Used on a few made-up versions by `test_protect.py`, on many by `bench.protect`.

What is known is written down here from what is seen alone, not from `intake/protection/cells.sql`.
"""

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from queries.contract import workbench
from ringvirkning.intake import sql
from ringvirkning.intake.checks import loading
from ringvirkning.intake.protection import protect
from tests.cases import COLUMNS, MEASURES

Counts = NDArray[np.int64]
Row = dict[str, Any]
BASE, NEAR = 5, 2
PLACEMENTS = (
    "placement_permanent",
    "placement_temporary",
    "apprenticeship",
    "placement_unspecified",
)
CHAIN = ("interviews", "job_offers", "placements")
POINTS = ("6_months", "12_months")
OPEN = ("conference", "network_meeting")  # to anybody, where nobody's results hang on it
FOR_PERSONS = ("job_matching", "course", "mentoring", "guidance")
OF_PEOPLE = set(MEASURES.measure[MEASURES.counts_people == "yes"])
EVIDENCE = ("register", "employer", "participant", "unstated")
WHOSE_IT_IS = ("programme", "partnership_id", "partner_id")
WHAT = ("association", "period", *WHOSE_IT_IS)


# Versions


def parts(dice: np.random.Generator, total: int, number: int) -> list[int]:
    """A count parted at random."""
    return [int(n) for n in dice.multinomial(total, np.full(number, 1 / number))]


def results(dice: np.random.Generator, came: int) -> Iterator[Row]:
    """What came of a round that so many came to, as far as is told: any part may be unknown."""
    interviewed = int(dice.binomial(came, 0.7))
    offered = int(dice.binomial(interviewed, 0.7))
    placed = int(dice.binomial(offered, 0.8))
    began = int(dice.binomial(came - placed, 0.3))
    exits = {"interviews": interviewed, "job_offers": offered, "education_start": began}
    exits |= {"work_training": int(dice.binomial(came, 0.4))}
    told = list(dice.choice(PLACEMENTS, dice.integers(1, 4), replace=False))
    exits |= dict(zip(told, parts(dice, placed, len(told)), strict=True))
    for measure, value in exits.items():
        # Without all that was placed and began, what is followed up could be more.
        if measure in told or measure == "education_start" or dice.random() < 0.6:
            yield {"measure": measure, "measured_at": "exit", "value": value}
    for point in POINTS:
        followed = int(dice.binomial(placed + began, 0.8))
        stayed = int(dice.binomial(followed, 0.7))
        if dice.random() < 0.6:
            yield {
                "measure": "in_work_or_education",
                "measured_at": point,
                "value": stayed,
                "followed_up_count": followed if dice.random() < 0.8 else "",
            }


def over_years(dice: np.random.Generator, outcomes: list[Row]) -> Iterator[Row]:
    """The same over all years of a programme without rounds, sometimes with more than is told of
    its years."""
    of: dict[tuple[str, str], list[Row]] = {}
    for row in outcomes:
        if "year" in row:
            of.setdefault((row["measure"], row["measured_at"]), []).append(row)
    if len({row["year"] for rows in of.values() for row in rows}) < 2 or dice.random() < 0.3:
        return
    for (measure, _), rows in of.items():
        # Of others there could be more than there are of what they are among.
        may_be_more = measure in ("interviews", "education_start", "work_training")
        more = int(dice.poisson(2)) if may_be_more else 0
        value = sum(row["value"] for row in rows) + more
        yield rows[0] | {"year": "2023/2026", "value": value, "followed_up_count": ""}


AGREEMENTS: list[Row] = [
    {"partnership_id": "X0", "association": "A0", "programme": "P8"},
    {"partnership_id": "X1", "association": "A0"},
    {"partnership_id": "X2", "association": "A1", "programme": "P0"},
    {"partnership_id": "X3", "association": "A1"},
]
# Whose a result can be that is no round's: a partner may be called as an agreement is.
WHOSE: list[Row] = [
    {"partnership_id": "X0"},
    {"partnership_id": "X1"},
    {"partnership_id": "X0", "partner_id": "N0"},
    {"partnership_id": "X2"},
    {"association": "A0", "partner_id": "N0"},
    {"association": "A0", "partner_id": "X1"},
    {"association": "A0", "programme": "P9", "partner_id": "N0"},
]
AGREED: dict[str, list[Row]] = {
    "partners": [
        {"partner_id": name, "name": name, "partner_type": "company"} for name in ("N0", "X1")
    ],
    "partnerships": [
        {"title": "T", "partnership_type": "project", "partner_ids": "N0"} | row
        for row in AGREEMENTS
    ],
}


def of_partners(dice: np.random.Generator) -> Iterator[Row]:
    """Results of agreements and partners, each told by months, years or school years, some of
    which make up a longer period that is told as well, sometimes with more."""
    school = ("2023-08/2024-07", "2024-08/2025-07")
    months = [f"2023-{month}" for month in ("09", "10", "11")] + ["2024-02", "2024-03"]
    told: list[tuple[tuple[str, ...], str]] = [
        (("2024-01", "2024-02", "2024-Q2"), ""),
        (("2023", "2024"), "2023/2024"),
        (school, "2023/2025"),
        (school, ""),
        ((*months, "2024-09"), school[0]),
        (("2023", "2024", school[0]), ""),
    ]
    for number in dice.choice(len(WHOSE), 3, replace=False):
        periods, longer = told[dice.integers(len(told))]
        rows = [
            row | WHOSE[number] | {"year": period}
            for period in periods
            for row in results(dice, int(dice.poisson(4)))
        ]
        yield from rows
        for measure in {row["measure"] for row in rows} & {"interviews", "work_training"}:
            parts = [row for row in rows if row["measure"] == measure]
            within = [row for row in parts if is_within(row["year"], longer)]
            if longer and within:
                value = sum(row["value"] for row in within) + int(dice.choice([0, 2]))
                yield within[0] | {"year": longer, "value": value}


def made_up(seed: int) -> dict[str, list[Row]]:
    """The rows of a small version: a few rounds of programmes and years, all orders kept, with
    ages that add up, and some years told of programmes without their rounds."""
    dice = np.random.default_rng(seed)
    activities: list[Row] = []
    outcomes: list[Row] = []
    years = [str(2023 + n) for n in range(dice.integers(1, 4))]
    for number in range(dice.integers(2, 7)):
        whose = {"association": f"A{dice.integers(2)}", "programme": f"P{dice.integers(2)}"}
        registered = int(dice.poisson(dice.choice([3, 8])))
        came = int(dice.binomial(registered, 0.8))
        activities.append(
            whose
            | {
                "activity_id": f"a{number}",
                "activity_type": "network_meeting" if number % 3 == 2 else "job_matching",
                "title": f"Round {number}",
                "start_date": str(dice.choice(years)),
                "registered_count": registered if dice.random() < 0.7 else "",
                "attended_count": came if dice.random() < 0.7 else "",
                "evidence": str(dice.choice(EVIDENCE)),
            }
        )
        outcomes += [row | {"activity_id": f"a{number}"} for row in results(dice, came)]
    for year in years:
        if dice.random() < 0.4:
            whose = {"association": "A0", "programme": "P9", "year": year}
            outcomes += [row | whose for row in results(dice, int(dice.poisson(5)))]
    outcomes += over_years(dice, outcomes)
    aged_rows = []
    for number, row in enumerate(outcomes):
        row |= {"outcome_id": f"o{number}", "evidence": str(dice.choice(EVIDENCE))}
        ages = zip(("16_19", "20_24"), parts(dice, row["value"], 2), strict=True)
        aged = row | {"followed_up_count": ""}
        aged_rows += [
            aged | {"outcome_id": f"o{number}{age}", "age_group": age, "value": n}
            for age, n in ages
        ]
    return {"activities": activities, "outcomes": [*outcomes, *aged_rows]}


def with_agreements(seed: int) -> dict[str, list[Row]]:
    """The same, and results of agreements and partners beside them, with backgrounds that add up;
    and an agreement with rounds and with what they come to in their year, sometimes with more."""
    version, dice = made_up(seed), np.random.default_rng([seed, 1])
    rounds: list[Row] = [
        {"activity_id": f"b{n}", "association": "A1", "programme": "P7", "partnership_ids": "X3"}
        | {"activity_type": "course", "title": f"Course {n}", "start_date": date}
        | {"attended_count": int(dice.poisson(6)), "evidence": "register"}
        for n, date in enumerate(("2024-03", "2024-09"))
    ]
    of_rounds = [
        row | {"activity_id": of["activity_id"]}
        for of in rounds
        for row in results(dice, of["attended_count"])
    ]
    own = [*of_rounds, *of_partners(dice)]
    for measure in ("interviews", "work_training"):
        values = [row["value"] for row in of_rounds if row["measure"] == measure]
        whole = {"partnership_id": "X3", "measure": measure, "measured_at": "exit", "year": "2024"}
        own += [whole | {"value": sum(values) + int(dice.choice([0, 2]))}] if values else []
    told = []
    for number, row in enumerate(own):
        row |= {"outcome_id": f"p{number}", "evidence": str(dice.choice(EVIDENCE))}
        backgrounds = zip(("one", "another"), parts(dice, row["value"], 2), strict=True)
        whose = row | {"followed_up_count": ""}
        told += [row] + [
            whose | {"outcome_id": f"p{number}{name}", "background": name, "value": n}
            for name, n in backgrounds
        ]
    activities, outcomes = (
        [*version[name], *more] for name, more in (("activities", rounds), ("outcomes", told))
    )
    return AGREED | {"activities": activities, "outcomes": outcomes}


def joined(seeds: Sequence[int]) -> dict[str, list[Row]]:
    """The rounds of many made-up versions in one."""
    whole: dict[str, list[Row]] = {"activities": [], "outcomes": []}
    for seed in seeds:
        for name, rows in made_up(seed).items():
            of_rounds = [row for row in rows if "activity_id" in row]
            ids = ("activity_id", "outcome_id", "title")
            named = [{i: f"{seed}{row[i]}" for i in ids if i in row} for row in of_rounds]
            whole[name] += [row | own for row, own in zip(of_rounds, named, strict=True)]
    return whole


def in_a_row(seed: int, number: int) -> Iterator[dict[str, list[Row]]]:
    """So many versions, each with a round more than the one before."""
    whole = joined(range(4 * seed, 4 * seed + 4))
    ids = [row["activity_id"] for row in whole["activities"]]
    for last in range(max(1, len(ids) - number + 1), len(ids) + 1):
        yield {
            name: [row for row in rows if row["activity_id"] in ids[:last]]
            for name, rows in whole.items()
        }


def renamed(version: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same rounds under other ids, which stand in another order."""
    return {
        name: [
            row | {i: other_id(row[i]) for i in ("activity_id", "outcome_id") if i in row}
            for row in rows
        ]
        for name, rows in version.items()
    }


def other_id(name: str) -> str:
    return f"z{name[::-1]}"


def add_person(version: dict[str, list[Row]], seed: int) -> None:
    """One person more in a round: who came, and perhaps was placed, in every count of that."""
    dice = np.random.default_rng(seed)
    of = version["activities"][dice.integers(len(version["activities"]))]
    for name in ("registered_count", "attended_count"):
        of[name] = of[name] + 1 if of[name] != "" else ""
    is_placed, has_kind = dice.random() < 0.5, False
    for row in version["outcomes"]:
        is_hers = row.get("activity_id") == of["activity_id"] and not row.get("age_group")
        is_kind = row["measure"] in PLACEMENTS and not has_kind
        if is_placed and is_hers and (is_kind or row["measure"] in CHAIN):
            row["value"] += 1
            has_kind |= is_kind


def written(version: dict[str, list[Row]], folder: Path) -> Path:
    """The rows as the files of a folder."""
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(version.get(name, []))
    MEASURES.to_csv(folder / "measures.csv", index=False)
    return folder


# What is seen


@dataclass(frozen=True)
class Seen:
    """What is published: each count with who and what it is of, its number in `shown`, and how far
    totals may be off, with what is known of the rule; for the reader alone the true numbers."""

    cells: list[Row]
    margins: list[Row]
    shown: Counts
    true: Counts


def asked(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    found = connection.execute(f"from {table}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def counts(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """The counts of people in `given.*`, each with who and what it is of."""
    activities = {row["activity_id"]: row for row in asked(connection, "given.activities")}
    outcomes = asked(connection, "given.outcomes")
    agreements = {row["partnership_id"]: row for row in asked(connection, "given.partnerships")}
    results = [row for row in outcomes if row["measure"] in OF_PEOPLE]
    of_rounds = {row["activity_id"] for row in results}
    programmes = {row["programme"] for row in results} | {
        row["programme"]
        for row in activities.values()
        if row["activity_type"] in FOR_PERSONS or row["activity_id"] in of_rounds
    }
    for key, row in activities.items():
        is_dated = row["start_date"] and row["date_qualifier"] in (None, "exact")
        year = row["start_date"][:4] if is_dated else None
        row |= {"unit": key, "year": year, "measure": None, "measured_at": None}
        row |= {"period": row["start_date"] if is_dated else None, "partner_id": None}
        row["partnership_id"] = None
        has_persons = key in of_rounds or row["programme"] in programmes - {None}
        if row["activity_type"] in OPEN and not has_persons:
            continue
        for name in ("registered_count", "attended_count"):
            yield row | {"total": name, "field": name, "count": row[name]}
    for row in outcomes:
        if row["age_group"] or row["background"] or row["measure"] not in OF_PEOPLE:
            continue
        row["measured_at"] = row["measured_at"] or "exit"
        of = activities.get(row["activity_id"], row)
        agreed = agreements.get(row["partnership_id"], row)
        if of is row:
            of["period"], of["year"] = of["year"], years_of(of["year"])
            of |= {name: of[name] or agreed[name] for name in ("association", "programme")}
        row |= {name: of[name] for name in ("association", "programme", "year", "period")}
        row["partnership_ids"] = of.get("partnership_ids")
        row["unit"] = of.get("unit", tuple(of[name] for name in WHAT))
        total = "placements" if row["measure"] in PLACEMENTS else row["measure"]
        yield row | {"total": total, "field": "value", "count": row["value"]}
        name = "followed_up_count"
        yield row | {"total": name, "field": name, "count": row[name]}


def published(
    folder: Path, secret: bytes, before: Path | None = None, keep: Path | None = None
) -> Seen:
    """A folder as the public sees it, rounded as publishing does; `keep` is a database to write for
    the next version, to which it is `before`."""
    with workbench() as connection:
        assert not loading.load_folder(connection, folder)
        true = {of(cell): int(cell["count"]) for cell in counts(connection) if of(cell)}
        protect.protect(connection, secret, before)
        if keep:
            connection.execute(f"attach '{keep}' as kept; use kept; {protect.KEEP_CELLS}")
            connection.execute("use memory; detach kept")
        connection.execute(sql("protection/protected"))
        cells = [cell for cell in counts(connection) if cell["count"] is not None]
        aims = [row["weight"] > 0 for row in asked(connection, "totals order by total_id")]
        margins = asked(connection, "memory.margins")
        margins = [row | {"is_near": near} for row, near in zip(margins, aims, strict=True)]
    return Seen(
        cells,
        margins,
        np.array([int(cell["count"]) for cell in cells]),
        np.array([true[of(cell)] for cell in cells]),
    )


def of(cell: Row) -> tuple[str, str, str] | None:
    """The row and column that a count stands in, if it is known."""
    if cell["count"] is None:
        return None
    return cell.get("outcome_id", ""), cell["activity_id"] or "", cell["field"]


def published_in_a_row(
    versions: Iterable[dict[str, list[Row]]], secret: bytes, folder: Path
) -> list[Seen]:
    """Versions as one installation publishes them, one after the other."""
    seen: list[Seen] = []
    for version in versions:
        kept = [folder / f"{number}.duckdb" for number in (len(seen) - 1, len(seen))]
        before = kept[0] if seen else None
        seen.append(published(written(version, folder), secret, before=before, keep=kept[1]))
    return seen


def shown_both_ways(
    several: Iterable[Seen], names: Mapping[Any, Any] | None = None
) -> tuple[int, int]:
    """How many unchanged counts of one to four are shown in two ways by several editions, and how
    many there are. `names` says which units are which in others."""
    found: dict[Any, set[int]] = {}
    for seen in several:
        for cell, true, shown in zip(seen.cells, seen.true, seen.shown, strict=True):
            if 0 < true < BASE:
                unit = (names or {}).get(cell["unit"], cell["unit"])
                what = (unit, cell["field"], cell["measure"], cell["measured_at"])
                found.setdefault((what, int(true)), set()).add(int(shown))
    return sum(len(ways) > 1 for ways in found.values()), len(found)


# What is known


def totals(seen: Seen) -> Iterator[tuple[NDArray[np.bool_], int, bool]]:
    """The counts of each published total, by how much it may be off, and whether it should be near,
    as is known of the rule."""
    parts = ("year", "association", "programme", "measure", "evidence")
    is_whole = np.zeros(len(seen.cells), dtype=bool)
    is_whole[[cell for whole, _ in wholes(seen.cells) for cell in whole]] = True
    for row in seen.margins:
        given = [name for name in parts if row[name] is not None]
        alike = ("total", "field", "measured_at", *given)
        counted = np.array([all(c[name] == row[name] for name in alike) for c in seen.cells])
        counted &= ~is_whole
        assert counted.sum() == row["cell_count"]
        yield counted, row["most"], row["is_near"]


def orders(cells: list[Row]) -> Iterator[tuple[list[int], list[int]]]:
    """The counts of those among whom others must be, and of those others, as anybody knows."""
    units: dict[Any, dict[Any, list[int]]] = {}
    for number, cell in enumerate(cells):
        stages = units.setdefault(cell["unit"], {})
        at = cell["measured_at"]
        stage = cell["total"] if at in (None, "exit") else (cell["total"], at)
        stages.setdefault(stage, []).append(number)
    yield from wholes(cells)
    for stages in units.values():
        begun = [*stages.get("placements", []), *stages.get("education_start", [])]
        later = [stages[stage] for stage in stages if isinstance(stage, tuple)]
        came = [stages.get(name, []) for name in (*CHAIN, "work_training")]
        for upper in ("registered_count", "attended_count"):
            if upper in stages:
                others = [stages[upper]] if upper == "registered_count" else []
                attended = [stages.get("attended_count", [])] if others else []
                yield from ((stages[upper], lower) for lower in (*attended, *came, begun, *later))
        chain = [stages[name] for name in CHAIN if name in stages]
        yield from itertools.combinations(chain, 2)
        if begun:
            yield from ((begun, lower) for lower in later)
        for point in POINTS:
            followed = stages.get(("followed_up_count", point))
            if followed:
                yield followed, stages[("in_work_or_education", point)]


def wholes(cells: list[Row]) -> Iterator[tuple[list[int], list[int]]]:
    """A count of a programme, an agreement or a partner in some time, and those of its parts or of
    its rounds: no two of these count anybody together, for those across years begin in the same
    month."""
    alike = ("association", "measure", "measured_at", "field")
    of: dict[Any, list[int]] = {}
    for number, cell in enumerate(cells):
        of.setdefault(tuple(cell[name] for name in alike), []).append(number)
    for number, whole in enumerate(cells):
        if not isinstance(whole["unit"], tuple):
            continue
        within: dict[Any, list[int]] = {}
        for n in of[tuple(whole[name] for name in alike)]:
            part = cells[n]
            is_round = not isinstance(part["unit"], tuple)
            if not is_within(part["period"], whole["period"]) or not is_of(part, whole):
                continue
            if is_round or part["period"] != whole["period"]:
                first, last = months(part["period"])
                across = (first % 12, last - first) if first // 12 != last // 12 else ()
                within.setdefault((is_round, across), []).append(n)
        yield from (([number], parts) for parts in within.values())


def is_of(part: Row, whole: Row) -> bool:
    """Whether what is told is among what is told of the same programme, agreement or partner."""
    if isinstance(part["unit"], tuple):
        return all(whole[name] == part[name] for name in WHOSE_IT_IS)
    if whole["partnership_id"] is None:
        return whole["partner_id"] is None and whole["programme"] == part["programme"]
    is_agreed = whole["partnership_id"] in (part["partnership_ids"] or [])
    is_same = whole["programme"] in (None, part["programme"])
    return is_agreed and is_same and whole["partner_id"] is None


def months(period: str) -> tuple[int, int]:
    """The first and the last month of a period, counted from year 0."""
    first, last = period.split("/")[0], period.split("/")[-1]
    if "Q" in period:
        start = int(period[:4]) * 12 + 3 * int(period[-1]) - 3
        return start, start + 2
    begin, end = (
        int(text[:4]) * 12 + (int(text[5:7]) - 1 if text[5:7] else month)
        for text, month in ((first, 0), (last, 11))
    )
    return begin, end


def years_of(period: str) -> str:
    """The years of a period, as they are published."""
    first, last = (month // 12 for month in months(period))
    return str(first) if first == last else f"{first}/{last}"


def is_within(part: str | None, whole: str) -> bool:
    if not part or not whole:
        return False
    (first, last), (begin, end) = months(part), months(whole)
    return begin <= first and last <= end


def knowledge(seen: Seen, added: Counts | None = None, near: bool = True) -> LinearConstraint:
    """What follows for the true counts, or for what they were before some were added, from what is
    published and what anybody knows. With `near` it is believed, too, that totals are as near as
    they should be: whoever doesn't can only think more possible."""
    rows: list[NDArray[np.float64]] = []
    low: list[float] = []
    high: list[float] = []
    for counted, most, should_be_near in totals(seen):
        is_near = should_be_near and near
        shown = int(seen.shown[counted].sum())
        within = NEAR if is_near else most
        rows.append(counted.astype(float))
        low.append(shown - within)
        high.append(BASE - 1 if is_near and shown == 0 else shown + within)
    for more, fewer in orders(seen.cells):
        row = np.zeros(len(seen.cells))
        row[more], row[fewer] = 1, -1
        rows.append(row)
        low.append(0)
        high.append(np.inf)
    matrix = np.array(rows)
    above = matrix @ (added if added is not None else np.zeros(len(seen.cells)))
    return LinearConstraint(matrix, np.array(low) - above, np.array(high) - above)


def known_totals(seen: Seen, by_year: bool) -> LinearConstraint:
    """The true totals of two counts or more, as an annual report may print them: of all, and those
    of each year with `by_year`."""
    parts = ("association", "programme", "measure", "evidence")
    rows = [
        counted
        for row, (counted, *_) in zip(seen.margins, totals(seen), strict=True)
        if counted.sum() > 1
        and all(row[part] is None for part in parts)
        and (by_year or row["year"] is None)
    ]
    matrix = np.array(rows, dtype=float).reshape(-1, len(seen.cells))
    return LinearConstraint(matrix, matrix @ seen.true, matrix @ seen.true)


def values_left(
    shown: Counts,
    known: list[LinearConstraint],
    cells: Sequence[int],
    base: int = BASE,
    then: Counts | None = None,
) -> list[int]:
    """How many values are possible of each of these cells, counted up to five: one by one, each
    with whole numbers of all the others. `then` is what was shown another time."""
    least, most = np.maximum(0, shown - base + 1), shown + base - 1
    if then is not None:
        least, most = np.maximum(least, then - base + 1), np.minimum(most, then + base - 1)
    whole = np.ones(len(shown))
    found: list[set[int]] = [set() for _ in shown]
    for cell in cells:
        for value in range(least[cell], most[cell] + 1):
            if len(found[cell]) >= BASE or value in found[cell]:
                continue
            lower, upper = least.copy(), most.copy()
            lower[cell] = upper[cell] = value
            bounds = Bounds(lower, upper)
            answer = milp(0 * whole, integrality=whole, bounds=bounds, constraints=known)
            if answer.x is not None:
                for seen, one in zip(found, np.round(answer.x).astype(int), strict=True):
                    seen.add(int(one))
    return [len(found[cell]) for cell in cells]


def small(true: Counts) -> list[int]:
    """The cells of one to four persons."""
    return [int(cell) for cell in np.flatnonzero((true > 0) & (true < BASE))]
