"""An analyst's hour: ten questions asked of Utforsk, each answered again from the CSV files.

Used on a small set by `test_analyst.py`, and on a million activities by `bench.explore`. Each
question is what its address says; the answer is (row, split) → number, both in pandas alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ringvirkning.texts.certainty import share

AS_OF = date(2026, 11, 23)
Numbers = Mapping[Any, float]


class Files:
    """The CSV files as frames, lists split, with what the questions need beside."""

    def __init__(self, folder: Path) -> None:
        frames = {
            name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
            for name in ("partners", "partnerships", "activities", "outcomes", "targets")
        }
        self.partner_type = dict(
            zip(frames["partners"].partner_id, frames["partners"].partner_type, strict=True)
        )
        self.partnerships = frames["partnerships"]
        self.partners_of = {
            row.partnership_id: row.partner_ids.split("|") for row in self.partnerships.itertuples()
        }
        activities = frames["activities"]
        activities = activities[activities.cancelled != "yes"]
        self.held_or_example = activities[
            (activities.start_date == "") | (activities.start_date <= AS_OF.isoformat())
        ].assign(year=activities.start_date.str[:4], month=activities.start_date.str[5:7])
        # There is something published in every answer, and examples are never added to it.
        self.held = self.held_or_example[self.held_or_example.evidence != "illustrative"]
        outcomes = frames["outcomes"]
        stated = outcomes[outcomes.evidence != "illustrative"]
        self.results = stated[(stated.age_group == "") & (stated.value != "")].merge(
            activities[["activity_id", "association", "programme", "start_date", "partnership_ids",
                        "attended_count"]],
            on="activity_id", suffixes=("_own", ""),
        ).assign(value=lambda rows: rows.value.astype(float))  # fmt: skip
        begun = (self.results.start_date == "") | (self.results.start_date <= AS_OF.isoformat())
        self.due = self.results[begun & (self.results.measured_at == "exit")]

    def partners(self, partnership_ids: pd.Series) -> pd.Series:
        """The partners of an activity through its partnerships, each once."""
        kinds = {
            ids: sorted({p for i in ids.split("|") if i for p in self.partners_of[i]})
            for ids in partnership_ids.unique()
        }
        return partnership_ids.map(kinds)


def activities_by_year(f: Files) -> Numbers:
    return f.held[f.held.year != ""].groupby("year").size().to_dict()


def attended_by_type_in_2024(f: Files) -> Numbers:
    known = f.held[(f.held.year == "2024") & (f.held.attended_count != "")]
    return known.assign(n=known.attended_count.astype(int)).groupby("activity_type").n.sum()


def activities_by_partner(f: Files) -> Numbers:
    """Each activity in full under every partner it is shared by."""
    examples = f.held_or_example[f.held_or_example.evidence == "illustrative"]
    counts = (f.partners(of.partnership_ids).explode().value_counts() for of in (examples, f.held))
    return {partner: n for of in counts for partner, n in of.items()}  # examples where else none


def partner_types_by_year(f: Files) -> Numbers:
    types = f.partners(f.held.partnership_ids).map(lambda ids: {f.partner_type[i] for i in ids})
    rows = pd.DataFrame({"type": types, "year": f.held.year}).explode("type")
    return rows[rows.year != ""].groupby(["year", "type"]).size().to_dict()


def quarters_of_one_programme(f: Files) -> Numbers:
    own = f.held[(f.held.programme == "Program 3") & (f.held.year >= "2022") & (f.held.year != "")]
    quarter = own.year + "-Q" + ((own.month.astype(int) + 2) // 3).astype(str)
    return quarter.value_counts().to_dict()


def activities_by_season(f: Files) -> Numbers:
    """In which quarter of the year, all years together, where the month is known."""
    months = f.held.month[f.held.month != ""].astype(int)
    return ("Q" + ((months + 2) // 3).astype(str)).value_counts().to_dict()


def permanent_jobs_by_programme(f: Files) -> Numbers:
    own = f.due[f.due.measure == "placement_permanent"]
    return own[own.programme != ""].groupby("programme").value.sum().to_dict()


def placement_rate_by_association(f: Files) -> Numbers:
    """Of rounds with both numbers: those placed over those who came."""
    own = f.due[(f.due.measure == "placement_permanent") & (f.due.programme != "")]
    own = own[own.attended_count != ""].assign(came=own.attended_count.replace("", "0").astype(int))
    sums = own.groupby("association")[["value", "came"]].sum()
    return (sums.value / sums.came)[sums.came >= 10].to_dict()


def retention_after_six_months(f: Files) -> Numbers:
    own = f.results[(f.results.measure == "in_work_or_education") & (f.results.programme != "")]
    own = own[(own.measured_at == "6_months") & (own.followed_up_count != "")]
    due = pd.to_datetime(own.start_date, errors="coerce").dt.to_period("M") + 7
    own = own[due.dt.start_time.isna() | (due.dt.start_time <= pd.Timestamp(AS_OF))]
    followed = own.followed_up_count.astype(int)
    return {None: own.value.sum() / followed.sum()} if followed.sum() >= 10 else {}


def confirmed_by_year(f: Files) -> Numbers:
    """In force at some time of the year, and confirmed to within two years of it."""
    counts: dict[str, int] = {}
    held = f.held[f.held.year != ""]
    named = held.assign(named=held.partnership_ids.str.split("|")).explode("named")
    by_activities = named.groupby("named").year.unique()
    for p in f.partnerships.itertuples():
        if p.start_date and f"{p.start_date}-01-01"[:10] > AS_OF.isoformat():
            continue
        last = min(int(p.end_date[:4]) if p.end_date else AS_OF.year, AS_OF.year)
        seen = int((p.confirmed_date or p.source_date)[:4]) + 2
        if p.start_date:
            years = list(range(int(p.start_date[:4]), last + 1))
        elif p.partnership_id in by_activities:  # of unknown start; no example shows anything
            years = [y for year in by_activities[p.partnership_id] if (y := int(year)) <= last]
        else:
            continue
        for year in years:
            sure = bool(p.end_date) or year <= seen
            counts[str(year)] = counts.get(str(year), 0) + sure
    return counts


def companies_by_half_year(f: Files) -> Numbers:
    own = f.due[(f.due.measure == "companies_started") & (f.due.start_date >= "2025")]
    half = (
        own.start_date.str[:4] + "-H" + (own.start_date.str[5:7].astype(int) // 7 + 1).astype(str)
    )
    return own.groupby(half).value.sum().to_dict()


@dataclass(frozen=True)
class Asked:
    said: str
    question: dict[str, Any]
    answer: Callable[[Files], Any]
    filters: dict[str, Any] = field(default_factory=dict)


HOUR = (
    Asked("How many activities a year?", {}, activities_by_year),
    Asked(
        "Which kinds drew most people in 2024?",
        {"measure": "attended", "rows": "activity_type"},
        attended_by_type_in_2024,
        {"from_year": 2024, "to_year": 2024},
    ),
    Asked("Whom do we do most with?", {"rows": "partner"}, activities_by_partner),
    Asked(
        "Which types of partner, year by year?", {"split": "partner_type"}, partner_types_by_year
    ),
    Asked(
        "One programme, quarter by quarter?",
        {"grain": "quarter"},
        quarters_of_one_programme,
        {"programme": ("Program 3",), "from_year": 2022, "to_year": 2026},
    ),
    Asked("When in the year?", {"grain": "season"}, activities_by_season),
    Asked(
        "Permanent jobs by programme?",
        {"measure": "placement_permanent", "rows": "programme"},
        permanent_jobs_by_programme,
    ),
    Asked(
        "Which association places the larger share?",
        {"measure": "placement_rate", "rows": "association"},
        placement_rate_by_association,
    ),
    Asked(
        "How many stay for six months?",
        {"measure": "retention_rate", "point": "6_months", "rows": ""},
        retention_after_six_months,
    ),
    Asked("Confirmed partnerships?", {"measure": "active_partnerships"}, confirmed_by_year),
    Asked(
        "New companies by half-year since 2025?",
        {"measure": "companies_started", "grain": "half_year"},
        companies_by_half_year,
        {"from_year": 2025, "to_year": 2026},
    ),
)


def values(asked: Asked) -> dict[str, Any]:
    """What the page asks the query with."""
    nothing: dict[str, Any] = {
        "association": (), "partner_type": (), "partnership_type": (), "programme": (),
        "from_year": None, "to_year": None, "illustrative": True, "as_of": AS_OF, "year": 2025,
        "places": [], "borders": "2024", "focus_area": (), "divisor": "",
        "measure": "activities_held", "point": "exit", "rows": "time", "split": "", "grain": "year",
    }  # fmt: skip
    return nothing | asked.question | asked.filters


def numbers(rows: list[Any], asked: Asked) -> dict[Any, float]:
    """The cells that the second calculation has, too: no totals, none without a key."""
    split, whole = asked.question.get("split", ""), not asked.question.get("rows", "time")
    found = {}
    for row in rows:
        if row.is_row_total != whole or row.is_split_total == bool(split):
            continue
        if not whole and (row.row is None or (split and row.split is None)):
            continue
        rate = share(row.part, row.whole)
        value = row.value if row.whole is None else rate.number if rate else None
        if value is not None:
            found[(row.row, row.split) if split else row.row] = value
    return found
