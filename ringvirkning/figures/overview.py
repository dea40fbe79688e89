"""Oversikt: the headline, the key figures, active partnerships, jobs or what was done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from queries import answers
from ringvirkning.figures import Figure, Rows, activities, card_figures, jobs, key_figures, outcomes
from ringvirkning.figures.cards import Card
from ringvirkning.figures.in_force import active, active_by_year, in_year
from ringvirkning.figures.partnerships import partnerships_in
from ringvirkning.figures.view import View

MOST_WORDS = 15  # of a sentence that is said aloud


def all_by_year(shown: View) -> Iterator[Sequence[object]]:
    """Partnerships, activities and placements by year, of the years that are left; each asked for
    when it is come to."""
    yield active_by_year(shown)
    yield shown.in_years(shown.all_years(answers.ActivitiesByYear))
    yield shown.in_years(shown.all_years(answers.PlacementsByYear))


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


def cards_figure(shown: View) -> Figure | None:
    found, own = published_cards(shown), shown.published
    if not found:
        return None
    return of_published(card_figures.together(own, found, headline(shown), "key-figures"))


def jobs_or_activities(shown: View) -> Figure | None:
    """Jobs by year; where nothing is known of jobs, nor said in words, what was done. No examples:
    these have a place of their own."""
    shown = shown.published
    placed = shown.in_years(shown.all_years(answers.PlacementsByYear))
    is_known = placed or any(row.measure in jobs.KINDS for row in outcomes.in_words(shown))
    made = jobs.jobs(shown) if is_known else activities.by_type(shown)
    return made and of_published(made)


def of_published(made: Figure) -> Figure:
    """A figure whose questions leave the examples out, whatever is chosen."""
    return replace(made, more={**made.more, "illustrative": False})


def example_cards_figure(shown: View) -> Figure | None:
    found, title = example_cards(shown), shown.words("headline.examples")
    return card_figures.together(shown, found, title, "example-figures") if found else None


def example_jobs(shown: View) -> Figure | None:
    """Jobs by year where all that is known of these are examples."""
    known = jobs.single_years(shown.in_years(shown.all_years(answers.PlacementsByYear)))
    return jobs.jobs(shown) if all(row.value.is_example for row in known) else None


CHARTS: Rows = ((active, jobs_or_activities),)
EXAMPLE_CHARTS: Rows = ((example_jobs,),)
FIGURES: Rows = ((cards_figure,), *CHARTS)
EXAMPLES: Rows = ((example_cards_figure,), *EXAMPLE_CHARTS)
