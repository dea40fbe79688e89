"""Oversikt: the headline, the key figures, active partnerships, jobs."""

from typing import Any

from ringvirkning.charts import outcomes, partnerships
from ringvirkning.figures import Figure, feet, key_figures
from ringvirkning.figures.key_figures import Card
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.sentences import Rows

BY_YEAR = ("partnerships_by_year", "activities_by_year", "placements_by_year")


def answers(shown: View) -> list[list[Any]]:
    """Partnerships, activities and placements by year, of the years that are left."""
    return [shown.in_years(shown.all_years(question)) for question in BY_YEAR]


def headline(shown: View) -> str:
    by_year = answers(shown)[0]
    return sentences.overview_headline(shown.words, by_year, jobs_title(shown), shown.year)


def jobs_title(shown: View) -> str:
    question = BY_YEAR[2]
    return sentences.jobs_title(
        shown.words,
        shown.all_years(question),
        shown.year_before(question),
        shown.year,
        so_far=shown.year == shown.as_of.year,
    )


def cards(shown: View) -> list[Card]:
    return key_figures.key_figures(
        shown,
        [shown.all_years(question) for question in BY_YEAR],
        [shown.year_before(question) for question in BY_YEAR],
    )


def active(shown: View) -> Figure | None:
    by_year = answers(shown)[0]
    if not by_year:
        return None
    return feet.rounded(
        shown,
        "active",
        partnerships.by_year(shown.words, by_year, shown.year, shown.as_of),
        feet.partnerships(shown),
        ["active_partnerships"],
        ["partnerships_by_year", "partnership_coverage"],
        feet.cited(shown, "active_partnerships"),
        Question("active_partnerships", row=str(shown.year), page="1"),
    )


def jobs(shown: View) -> Figure | None:
    """None where no result is of one year."""
    by_year = answers(shown)[2]
    if not outcomes.single_years(by_year):
        return None
    targets = shown.in_years(shown.all_years("targets_met"))
    return feet.rounded(
        shown,
        "jobs",
        outcomes.jobs_by_year(shown.words, by_year, targets, shown.as_of, jobs_title(shown)),
        feet.outcomes(shown, by_year),
        ["placements", "placement_permanent"],
        ["placements_by_year", "targets_met"],
        jobs_cited(shown),
        Question("placements", split="kind", page="1"),
    )


def jobs_cited(shown: View) -> Rows:
    """Where the jobs of single years are from, and the targets that they are shown against."""
    jobs = feet.cited(shown, "placements", single_years=True)
    programmes = {row.programme for row in jobs}
    aims = feet.cited(shown, "target_attainment:placement_permanent", single_years=True)
    return [*jobs, *(r for r in aims if r.record == "target" and r.programme in programmes)]


def figures(shown: View) -> list[Figure | None]:
    return [key_figures.together(shown, cards(shown), headline(shown)), active(shown), jobs(shown)]
