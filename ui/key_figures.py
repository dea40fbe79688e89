"""The five key figures of the overview, from the answers that its charts are made from."""

from collections.abc import Mapping, Sequence

import pandas as pd

from charts.outcomes import KINDS, single_years
from texts import Words, sentences
from ui.cards import Card
from ui.view import View

YEARS_BACK = 10


def by_year(frame: pd.DataFrame, value: str, year: str = "year") -> dict[int, float]:
    """Totals by year of the rows that have a year and a value."""
    totals: dict[int, float] = {}
    for when, found in sentences.rows_of(frame, year, value):
        if when is not None and found is not None:
            totals[int(when)] = totals.get(int(when), 0.0) + float(found)
    return totals


def card(
    shown: View,
    measure: str,
    label: str,
    now: Mapping[int, float],
    before: Mapping[int, float],
    note: str,
    may_compare: bool = True,
    is_example: bool = False,
) -> Card:
    """A key figure of the view's year from totals by year, beside those of the year before."""
    w, year = shown.words, shown.year
    value, earlier = now.get(year), before.get(year - 1)
    change = ""
    if value is not None and earlier is not None and may_compare:
        key = "card.unchanged" if value == earlier else "card.change"
        key += "_so_far" if year == shown.as_of.year else ""
        change = w(key, change=w.signed(value - earlier), year=str(year - 1))
    return Card(
        measure,
        label,
        w("card.nothing") if value is None else w.number(value),
        change,
        [now.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.none_in", year=str(year)) if value is None else note,
        is_example,
    )


Answers = Sequence[pd.DataFrame]


def key_figures(shown: View, now: Answers, before: Answers) -> list[Card]:
    """Active partnerships, activities, attendances, jobs, target attainment.

    `now` and `before` are the partnerships, activities and placements by year.
    """
    return [
        active_card(shown, now[0], before[0]),
        *activity_cards(shown, now[1], before[1]),
        jobs_card(shown, now[2], before[2]),
        target_card(shown),
    ]


def confirmed(frame: pd.DataFrame) -> dict[int, float]:
    """Confirmed partnerships by year; a year with only unconfirmed ones has none."""
    known = by_year(frame[frame.is_confirmed], "partnership_count")
    return {int(y): known.get(int(y), 0.0) for y in frame.year.unique()}


def active_card(shown: View, now: pd.DataFrame, before: pd.DataFrame) -> Card:
    w, year = shown.words, shown.year
    _, unconfirmed = sentences.in_year(now, year)
    # No growth is claimed for a year whose beginners are only known as "at the latest".
    is_sure = not now[now.year == year].uncertain_start_count.sum()
    note = w("card.unconfirmed", n=unconfirmed)
    label = w("card.active")
    return card(
        shown, "active_partnerships", label, confirmed(now), confirmed(before), note, is_sure
    )


def activity_cards(shown: View, now: pd.DataFrame, before: pd.DataFrame) -> list[Card]:
    w = shown.words
    this = now[now.year == shown.year]
    held, examples = int(this.activity_count.sum()), int(this.illustrative_count.sum())
    known = w("card.known_for", known=int(this.attended_known.sum()), of=held)
    has_examples = w("card.of_which_examples", n=examples) if examples else ""
    return [
        card(
            shown, measure, label, by_year(now, column), by_year(before, column), note,
            is_example=bool(examples),
        )
        for measure, column, label, note in (
            ("activities_held", "activity_count", w("card.activities"), has_examples),
            ("attended", "attended_count", w("card.attended"), known),
        )
    ]  # fmt: skip


def jobs_card(shown: View, now: pd.DataFrame, before: pd.DataFrame) -> Card:
    w = shown.words
    single, earlier = single_years(now), single_years(before)
    this = single[single.from_year == shown.year]
    return card(
        shown,
        "placements",
        jobs_label(w, this),
        by_year(single, "value", "from_year"),
        by_year(earlier, "value", "from_year"),
        kinds_words(w, this),
        is_example="illustrative" in set(this.evidence),
    )


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


def target_card(shown: View) -> Card:
    """Attainment of the year's targets for permanent jobs, in the programmes that have results."""
    w, year = shown.words, shown.year
    targets = single_years(shown.ask_all_years("targets_met"))
    aims = targets[
        (targets.measure == "placement_permanent") & targets.target.notna() & targets.actual.notna()
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
