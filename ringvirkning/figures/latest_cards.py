"""Key figures of any measure, of the latest year or years that are known of it: from what is
answered to a question of one's own by year."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from queries import answers
from ringvirkning.charts import forms
from ringvirkning.figures.cards import (
    CARD_NAMES,
    YEARS_BACK,
    Card,
    confirmed,
    jobs_label,
    target_note,
)
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import TOTAL
from ringvirkning.figures.explore.figure import answer_to
from ringvirkning.figures.jobs import KINDS
from ringvirkning.figures.question import WORKED_OUT, Question
from ringvirkning.figures.targets import reached_target, target_measure, unsure_words
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.certainty import Share, number


def latest_card(shown: View, measure: str) -> Card | None:
    """The same of any measure, from the answer of Explore by year: of the year shown or, where it
    has no number, of the latest year or years before it that do and that the filter leaves."""
    if measure == "target_attainment" and not may_be_reached(shown):
        return None
    every_year = replace(shown, selection=replace(shown.selection, years=None))
    first = (shown.selection.years or shown.span)[0]
    for point in points_of(shown, measure):
        known = known_by_period(every_year, measure, point)
        periods = [
            key for key in known if first <= first_year(key) and last_year(key) <= shown.year
        ]
        if periods:
            latest = max(periods, key=lambda key: (last_year(key), first_year(key)))
            return card_of_period(shown, Question(measure, point, row=latest, page="1"), known)
    return None


def may_be_reached(shown: View) -> bool:
    """Whether a target has a result in the years up to the one shown: what a question of one's own
    knows of it is no more, and costs a question."""
    first = (shown.selection.years or shown.span)[0]
    return any(
        first <= row.from_year <= row.to_year <= shown.year
        for row in shown.all_years(answers.TargetsMet)
        if reached_target(row)
    )


def points_of(shown: View, measure: str) -> list[str]:
    """The measuring points at which a measure can be asked for, the end of a round first; those of
    all associations. Of targets the one measure that they are told of."""
    offered = [row.point for row in shown.rows(answers.ExploreMeasures) if row.measure == measure]
    aimed = target_measure(shown) if measure == "target_attainment" else None
    if aimed:
        return [aimed] if aimed in offered else []
    return offered


class InPeriod(NamedTuple):
    """What is known of a measure in a period: what a line through the years shows, and what is
    counted; of a rate also of how many, and the share that it is where there may be one."""

    value: float | None
    counted: float
    of: float | None = None
    rate: Share | None = None


def known_by_period(shown: View, measure: str, point: str) -> dict[str, InPeriod]:
    """The years, and spans of years, that a measure has a number for: 2023, 2016/2019. What is at
    hand is the same as what is answered to a question of one's own, which costs three times as
    much."""
    found: list[tuple[str | None, float | None]] | None = None
    match measure:
        case "active_partnerships":
            found = [
                (str(y), n) for y, n in confirmed(shown.rows(answers.PartnershipsByYear)).items()
            ]
        case "activities_held" | "attended":
            column = "activity_count" if measure == "activities_held" else "attended_count"
            held = shown.rows(answers.ActivitiesByYear)
            found = [(str(row.year), getattr(row, column)) for row in held if row.year]
        case "placements":
            jobs = shown.rows(answers.PlacementsByYear)
            found = [(period_key(row), row.value) for row in jobs if row.measure == measure]
        case _ if is_result(shown, measure):
            results = shown.rows(answers.ResultsByYear)
            found = [
                (r.period, r.value) for r in results if (r.measure, r.point) == (measure, point)
            ]
    if found is not None:
        return {key: InPeriod(value, value) for key, value in found if key and value is not None}
    answer = answer_to(shown, Question(measure, point))
    cells = [(key, answer.cells.get((key, TOTAL))) for key in answer.row_keys]
    return {
        key: InPeriod(answer.value(cell), counted, cell.whole, answer.share(cell))
        for key, cell in cells
        if isinstance(key, str)
        and cell
        and (counted := cell.part if answer.is_rate else cell.value) is not None
        and (cell.whole is not None or not answer.is_rate)
    }


def period_key(row: answers.PlacementsByYear) -> str | None:
    """A period as it is written in addresses."""
    is_one = row.from_year == row.to_year
    years = row.from_year if is_one else f"{row.from_year}/{row.to_year}"
    return row.span or (str(years) if years else None)


def is_result(shown: View, measure: str) -> bool:
    """Whether it is a number of results as it stands, other than of jobs."""
    records = {row.record for row in shown.rows(answers.ExploreMeasures) if row.measure == measure}
    return records == {"outcome"} and measure not in (*WORKED_OUT, *KINDS, "placements")


def first_year(period: str) -> int:
    return int(period[:4])


def last_year(period: str) -> int:
    return int(period.split("/")[-1][:4])


def card_of_period(shown: View, behind: Question, known: Mapping[str, InPeriod]) -> Card:
    """A card of the period that is asked for, of those that are known."""
    w, measure, told = shown.words, behind.measure, known[behind.row]
    of, unsure = "", ""
    if told.of is not None:
        of = sentences.x_of_y(w, told.counted, told.of)
        is_target = measure == "target_attainment"
        unsure = unsure_words(w, told.counted, told.of) if is_target else ""
    counted = of or sentences.measured_number(w, measure, told.counted)
    years = [str(shown.year - back) for back in reversed(range(YEARS_BACK))]
    return Card(
        measure,
        period_label(shown, behind),
        w.percent(told.rate) if told.rate else counted,
        sentences.quiet_line([of if told.rate else "", unsure]),
        [known[year].value if year in known else None for year in years],
        period_note(shown, behind),
        "explore",
        behind,
        number(told.counted).is_example,
        is_known=True,
        within=forms.widest([told.counted]),
    )


def period_label(shown: View, behind: Question) -> str:
    w, measure, period = shown.words, behind.measure, behind.row
    if measure == "placements":
        jobs = shown.all_years(answers.PlacementsByYear)
        years = (first_year(period), last_year(period))
        span = period if "-" in period else None
        found = [row for row in jobs if (row.from_year, row.to_year, row.span) == (*years, span)]
        return jobs_label(w, found)
    if measure in CARD_NAMES:
        return w(f"card.{CARD_NAMES[measure]}")
    return wording.measure_words(w, measure, behind.point)


def period_note(shown: View, behind: Question) -> str:
    """What a number is of, where that is another year than the one shown, or a target's."""
    w, is_now = shown.words, behind.row == str(shown.year)
    years = wording.period_words(w, behind.row)
    if behind.measure == "target_attainment":
        return target_note(w, behind.point, years)
    return "" if is_now else w("card.latest", years=years, year=str(shown.year))
