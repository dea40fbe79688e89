"""Oversikt: the headline, the key figures, active partnerships, jobs or what was done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from queries import answers
from ringvirkning.charts import AreaLine, Columns, Pattern, Series, forms
from ringvirkning.charts.forms import totals
from ringvirkning.charts.layout import JOINED
from ringvirkning.figures import Figure, Rows, activities, feet, jobs, key_figures, make, outcomes
from ringvirkning.figures.key_figures import Card
from ringvirkning.figures.partnerships import (
    UNCERTAIN,
    Active,
    in_year,
    partnerships_in,
    standing,
)
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words

PARTNER_TYPE = "partner_type"
MOST_WORDS = 15  # of a sentence that is said aloud


def active_by_year(shown: View) -> Active:
    """Partnerships of the years that are left."""
    return shown.in_years(shown.all_years(answers.PartnershipsByYear))


def all_by_year(shown: View) -> list[Sequence[object]]:
    """Partnerships, activities and placements by year, of the years that are left."""
    held = shown.in_years(shown.all_years(answers.ActivitiesByYear))
    return [active_by_year(shown), held, shown.in_years(shown.all_years(answers.PlacementsByYear))]


def headline(shown: View) -> str:
    """One sentence that can be said aloud: of what is published the jobs, else the partnerships;
    of examples only where nothing else is known."""
    found = active_by_year(shown)
    said = result_claimed(shown.published)
    if not said and any(in_year(found, shown.year)):
        said = partnerships_in(shown.words, found, shown.year)
    return (said or result_claimed(shown) or jobs.title(shown)) + "."


def result_claimed(shown: View) -> str:
    """The jobs of the year, beside those of the year before where that is no long sentence; where
    none are known, the largest result; "" without."""
    years = [row.from_year for row in jobs.single_years(shown.all_years(answers.PlacementsByYear))]
    if shown.year not in years:
        return outcomes.largest_result(shown)
    said = jobs.title(shown)
    return said if len(said.split()) <= MOST_WORDS else jobs.title(shown, is_compared=False)


def cards(shown: View) -> list[Card]:
    """The key figures as they stand: those that are published, then the examples."""
    return [*published_cards(shown), *example_cards(shown)]


def published_cards(shown: View) -> list[Card]:
    return key_figures.key_figures(shown.published)


def example_cards(shown: View) -> list[Card]:
    """What key figures only examples have a number for; none where these are left out."""
    return [card for card in key_figures.key_figures(shown) if card.is_example]


def active(shown: View) -> Figure | None:
    found = active_by_year(shown)
    if not found:
        return None
    return make(
        shown,
        "active",
        active_chart(shown.words, found, shown.year, shown.as_of),
        foot=feet.partnerships(shown),
        measures=["active_partnerships"],
        asks=["partnerships_by_year", "partnership_coverage"],
        cited=feet.cited(shown, "active_partnerships"),
        behind=Question("active_partnerships", row=str(shown.year), page="1"),
        opens="records",
    )


def active_chart(w: Words, active: Active, year: int, as_of: date) -> AreaLine | Columns:
    """Active partnerships by year: a line of all, with a shade of those that are not sure; its
    table has them by partner type, and so have columns where a line would be of few years."""
    by_type = active_by_type(w, active, year, as_of)
    years = forms.all_years(row.year for row in active)
    if len(years) < JOINED:
        return by_type
    count = totals(((standing(row), row.year), row.partnership_count) for row in active)
    states = [s for s in ("confirmed", *UNCERTAIN) if any(count[s, y] for y in years)]
    series = [
        Series(
            w(f"chart.{state}"),
            "unconfirmed" if state in UNCERTAIN else "accent",
            tuple(count[state, y] for y in years),
            pattern=UNCERTAIN.get(state, "solid"),
            keys=tuple(map(str, years)),
        )
        for state in states
    ]
    return AreaLine(
        by_type.title,
        w("chart.partnerships_in_time"),
        by_type.rows,
        forms.alternative(w, by_type.title, w("chart.partnerships_in_time"), by_type.rows),
        by_type.categories,
        tuple(series),
        words_at_end(w, years[-1], *in_year(active, years[-1])),
        by_type.ticks,
        tuple(year_words(w, y, *in_year(active, y)) for y in years),
    )


def words_at_end(
    w: Words, year: int, confirmed: int, unconfirmed: int, start_unknown: int
) -> tuple[tuple[float, str], ...]:
    """What stands at the end of the line, from the lowest up."""
    unsure = unconfirmed + start_unknown
    total = confirmed + unsure
    ends = [(confirmed / 2, w("chart.n_confirmed", n=confirmed))] if confirmed else []
    ends += [(confirmed + unsure / 2, w("chart.n_unsure", n=unsure))] if unsure else []
    return (*ends, (total, total_words(w, year, total)))


def total_words(w: Words, year: int, total: int) -> str:
    return f"{year}: {w('chart.n_in_all', n=total)}"


def year_words(w: Words, year: int, confirmed: int, *uncertain: int) -> str:
    """A year's total, and its parts with the share of each."""
    total = confirmed + sum(uncertain)
    parts = zip(("confirmed", *UNCERTAIN), (confirmed, *uncertain), strict=True)
    said = [
        f"{w(f'chart.n_{state}', n=n)} ({w.percent(n / total)})"
        for state, n in parts
        if n and total
    ]
    return "\n".join([total_words(w, year, total), *said])


def active_by_type(w: Words, active: Active, year: int, as_of: date) -> Columns:
    """Active partnerships by year: confirmed by partner type, on top the unconfirmed, hatched, and
    those of unknown start in outline."""
    years = forms.all_years(row.year for row in active)
    confirmed = [row for row in active if row.is_confirmed]
    shown_as = forms.folded(totals((row.part, row.partnership_count) for row in confirmed), most=6)
    count = totals(((shown_as[row.part], row.year), row.partnership_count) for row in confirmed)
    parts = forms.type_order(w, PARTNER_TYPE, set(shown_as.values()))
    series = [
        part_series(
            w,
            w.code(PARTNER_TYPE, part),
            forms.type_colour(w, PARTNER_TYPE, part),
            years,
            [count[part, y] for y in years],
        )
        for part in parts
    ]
    uncertain = totals(((standing(row), row.year), row.partnership_count) for row in active)
    for state, pattern in UNCERTAIN.items():
        values = [uncertain[state, y] for y in years]
        if any(values):
            series.append(
                part_series(w, w(f"chart.{state}"), "unconfirmed", years, values, pattern)
            )
    return forms.columns(
        w,
        confirmed_of(w, active, year),
        w("chart.partnerships_by_year"),
        years,
        series,
        running=as_of.year,
    )


def part_series(
    w: Words,
    label: str,
    colour: str,
    years: list[int],
    values: Sequence[float],
    pattern: Pattern = "solid",
) -> Series:
    hovers = (f"{y} · {label}: {w.number(v)}" for y, v in zip(years, values, strict=True))
    return Series(label, colour, tuple(values), hovers=tuple(hovers), pattern=pattern)


def confirmed_of(w: Words, active: Active, year: int) -> str:
    counts = in_year(active, year)
    return w("headline.confirmed_of", n=counts[0], of=sum(counts), year=str(year))


def cards_figure(shown: View) -> Figure | None:
    found, own = published_cards(shown), shown.published
    if not found:
        return None
    return of_published(key_figures.together(own, found, headline(shown), "key-figures"))


def jobs_or_activities(shown: View) -> Figure | None:
    """Jobs by year; where nothing is known of jobs, nor said in words, what was done. No examples:
    these have a place of their own."""
    shown = shown.published
    placed = shown.in_years(shown.all_years(answers.PlacementsByYear))
    said = [row for row in outcomes.in_words(shown) if row.measure in jobs.KINDS]
    made = jobs.jobs(shown) if placed or said else activities.by_type(shown)
    return made and of_published(made)


def of_published(made: Figure) -> Figure:
    """A figure whose questions leave the examples out, whatever is chosen."""
    return replace(made, more={**made.more, "illustrative": False})


def example_cards_figure(shown: View) -> Figure | None:
    found, title = example_cards(shown), shown.words("headline.examples")
    return key_figures.together(shown, found, title, "example-figures") if found else None


def example_jobs(shown: View) -> Figure | None:
    """Jobs by year where all that is known of these are examples."""
    known = jobs.single_years(shown.in_years(shown.all_years(answers.PlacementsByYear)))
    return jobs.jobs(shown) if all(row.value.is_example for row in known) else None


CHARTS: Rows = ((active, jobs_or_activities),)
EXAMPLE_CHARTS: Rows = ((example_jobs,),)
FIGURES: Rows = ((cards_figure,), *CHARTS)
EXAMPLES: Rows = ((example_cards_figure,), *EXAMPLE_CHARTS)
