"""Data folders like the shipped one with other counts: rounds of two programmes, small numbers."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

from ringvirkning import ROOT

DATA = ROOT / "data"
PLACED = ("placement_permanent", "placement_temporary", "apprenticeship")
YEARS = range(2021, 2027)
Row = dict[str, str]


def variant(folder: Path, seed: int) -> Path:
    """The shipped files, whose rounds and targets are drawn anew: some are examples, some not."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("measures", "partners", "partnerships"):
        copyfile(DATA / f"{name}.csv", folder / f"{name}.csv")
    evidence = dice.choice(("employer", "participant", "illustrative"))
    rounds = [
        drawn(dice, programme, year, half, evidence, size)
        for programme, size in (("WorkOP", dice.randint(15, 50)), ("Mentor", dice.randint(4, 25)))
        for year in YEARS
        for half in (3, 9)
    ]
    activities = [activity for activity, _ in rounds]
    outcomes = [outcome for _, own in rounds for outcome in own]
    made = {
        "activities": activities,
        "outcomes": outcomes,
        "targets": list(targets(dice, outcomes)),
    }
    for name, rows in made.items():
        written(folder / f"{name}.csv", name, rows)
    return folder


def drawn(
    dice: random.Random, programme: str, year: int, month: int, evidence: str, size: int
) -> tuple[Row, list[Row]]:
    """A round, and what came of it: never more than in the step before."""
    id_ = f"{programme.lower()}_{year}_{month}"
    registered = dice.randint(size // 2, 2 * size)
    attended = dice.randint(registered // 2, registered)
    interviews = dice.randint(attended // 2, attended)
    offers = dice.randint(interviews // 3, interviews)
    activity = {
        "activity_id": id_,
        "association": "Innovasjon Gardermoen",
        "partnership_ids": "ig_nav" if programme == "WorkOP" else "",
        "programme": programme,
        "activity_type": "job_matching",
        "title": f"{programme} {year}-{month}",
        "start_date": f"{year}-0{month}-10",
        "registered_count": str(registered),
        "attended_count": str(attended),
        "evidence": evidence,
    }
    counts = {("interviews", "exit"): interviews, ("job_offers", "exit"): offers}
    left = offers
    for measure in PLACED:
        counts[measure, "exit"] = dice.randint(0, left // 2)
        left -= counts[measure, "exit"]
    placed = followed = sum(counts[measure, "exit"] for measure in PLACED)
    rows = [outcome(id_, measure, value, at, evidence) for (measure, at), value in counts.items()]
    for at in ("6_months", "12_months"):
        followed = dice.randint(followed // 2, followed)
        value = min(placed, dice.randint(followed // 2, followed))
        late = outcome(id_, "in_work_or_education", value, at, evidence)
        rows.append(late | {"followed_up_count": str(followed)})
    # Some follow-up is missing, as it often is.
    return activity, [r for r in rows if r["measured_at"] == "exit" or dice.random() < 0.8]


def outcome(id_: str, measure: str, value: int, at: str, evidence: str) -> Row:
    return {
        "outcome_id": f"{id_}_{measure}_{at}",
        "activity_id": id_,
        "measure": measure,
        "value": str(value),
        "measured_at": at,
        "evidence": evidence,
    }


def targets(dice: random.Random, outcomes: list[Row]) -> Iterator[Row]:
    """Of permanent jobs by programme and year, near what was reached."""
    for programme in ("WorkOP", "Mentor"):
        for year in YEARS:
            reached = sum(
                int(row["value"])
                for row in outcomes
                if row["activity_id"].startswith(f"{programme.lower()}_{year}")
                and row["measure"] == "placement_permanent"
            )
            yield {
                "association": "Innovasjon Gardermoen",
                "programme": programme,
                "measure": "placement_permanent",
                "year": str(year),
                "value": str(max(1, reached + dice.randint(-5, 5))),
                "evidence": "stated",
            }


def written(path: Path, name: str, rows: list[Row]) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
