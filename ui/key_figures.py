"""The five key figures of the overview, from the answers that its charts are made from."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.outcomes import KINDS
from texts import Words, sentences
from ui.cards import Card
from ui.view import View

YEARS_BACK = 10


def by_year(frame: pd.DataFrame, value: str, year: str = "year") -> dict[int, float]:
    """Totals by year of the rows that have a year and a value."""
    known = frame.dropna(subset=[year, value])
    return {int(y): float(v) for y, v in known.groupby(year)[value].sum().items()}


def card(
    shown: View, measure: str, label: str, series: Mapping[int, float], note: str, **more: Any
) -> Card:
    w, year = shown.words, shown.year
    now, before = series.get(year), series.get(year - 1)
    change = (
        w(
            "card.change" if now != before else "card.unchanged",
            change=w.signed(now - before),
            year=str(year - 1),
        )
        if now is not None and before is not None and more.pop("may_compare", True)
        else ""
    )
    more.pop("may_compare", None)
    return Card(
        measure,
        label,
        w("card.nothing") if now is None else w.number(now),
        change,
        [series.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.none_in", year=str(year)) if now is None else note,
        **more,
    )


def key_figures(
    shown: View, active: pd.DataFrame, held: pd.DataFrame, jobs: pd.DataFrame, targets: pd.DataFrame
) -> list[Card]:
    """Active partnerships, activities, attendances, jobs, target attainment."""
    w, year = shown.words, shown.year
    _, unconfirmed = sentences.in_year(active, year)
    uncertain = int(active[active.year == year].uncertain_start_count.sum())
    confirmed = by_year(active[active.is_confirmed], "partnership_count")
    stock = {int(y): confirmed.get(int(y), 0.0) for y in active.year.unique()}
    this = held[held.year == year]
    counted = held[held.attended_known > 0]
    single = jobs[(jobs.from_year == jobs.to_year) & jobs.measure.isin(KINDS)]
    now = single[single.from_year == year]
    return [
        card(
            shown,
            "active_partnerships",
            w("card.active"),
            stock,
            w("card.unconfirmed", n=unconfirmed),
            may_compare=not uncertain,
        ),
        card(
            shown,
            "activities_held",
            w("card.activities"),
            by_year(held, "activity_count"),
            w("card.of_which_examples", n=int(this.illustrative_count.sum()))
            if this.illustrative_count.sum()
            else "",
            is_example=bool(len(this))
            and bool((this.illustrative_count == this.activity_count).all()),
        ),
        card(
            shown,
            "attended",
            w("card.attended"),
            by_year(counted, "attended_count"),
            w(
                "card.known_for",
                known=int(this.attended_known.sum()),
                of=int(this.activity_count.sum()),
            ),
            is_example=bool(len(this))
            and bool((this.illustrative_count == this.activity_count).all()),
        ),
        card(
            shown,
            "placements",
            jobs_label(w, now),
            by_year(single, "value", "from_year"),
            kinds_words(w, now),
            is_example="illustrative" in set(now.evidence),
        ),
        target_card(shown, targets, single),
    ]


def jobs_label(w: Words, now: pd.DataFrame) -> str:
    programmes = sorted(now.programme.unique())
    if len(programmes) == 1:
        return w("card.jobs_through", programme=programmes[0])
    return w("card.jobs")


def kinds_words(w: Words, now: pd.DataFrame) -> str:
    value = now.groupby("measure").value.sum()
    return " · ".join(
        w(f"card.kind.{kind}", n=int(value[kind])) for kind in KINDS if kind in value.index
    )


def target_card(shown: View, targets: pd.DataFrame, jobs: pd.DataFrame) -> Card:
    """Attainment of the year's targets for permanent jobs, in the programmes that have results."""
    w, year = shown.words, shown.year
    aims = targets[
        (targets.measure == "placement_permanent")
        & (targets.from_year == targets.to_year)
        & targets.target.notna()
        & targets.actual.notna()
    ]
    sums = aims.groupby("from_year")[["actual", "target"]].sum()
    share = {int(y): float(r.actual / r.target) for y, r in sums.iterrows() if r.target}
    now = sums.loc[year] if year in sums.index else None
    enough = now is not None and now.target >= 10
    this = aims[aims.from_year == year]
    x_of_y = w("chart.x_of_y", x=int(now.actual), y=int(now.target)) if now is not None else ""
    return Card(
        "target_attainment",
        w("card.target"),
        w.percent(share[year]) if enough else x_of_y or w("card.nothing"),
        x_of_y if enough else "",
        [share.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.target_for", year=str(year))
        if now is not None
        else w("card.no_target", year=str(year)),
        is_example=bool(this.is_illustrative.any()) or "illustrative" in set(this.evidence),
    )
