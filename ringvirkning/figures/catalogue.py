"""Every figure of every page, to be had by a page's address and the figure's name."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from queries import answers
from ringvirkning.charts import Measured
from ringvirkning.figures import (
    Figure,
    Rows,
    activities,
    associations,
    context,
    feet,
    outcomes,
    overview,
    partnerships,
    question,
)
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.state import EXPLORE, State, choosable_in, read_query
from ringvirkning.figures.view import View, words_of
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words

PAGES: Mapping[str, Callable[[View], Rows]] = {
    "overview": lambda shown: (
        *overview.FIGURES,
        *context.overview_rows(shown),
        *overview.EXAMPLES,
    ),
    "partnerships": lambda _: partnerships.FIGURES,
    "activities": lambda _: activities.FIGURES,
    "outcomes": outcomes.figures,
    "associations": lambda _: associations.FIGURES,
}
HEADLINES: Mapping[str, Callable[[View], str]] = {
    "overview": overview.headline,
    "partnerships": partnerships.headline,
    "activities": activities.headline,
    "outcomes": outcomes.headline,
    "associations": associations.headline,
}
START = "overview"  # stands at the bare address
# What a presentation begins with: these, and of the results the first that are published.
OPENING: Mapping[str, tuple[str, ...]] = {
    "overview": ("key-figures", "active"),
    "partnerships": ("by-partner-type", "begun-and-ended"),
    "activities": ("activities-by-type",),
}
MOST_RESULTS = 2


def seen(w: Words, version: Version, database: Path, as_of: date, address: str) -> View:
    """What an address shows (what stands after its "?"); what does not exist is left out."""
    known = choosable_in(database, as_of)
    state, _ = State.from_address("", read_query(address), known)
    known = choosable_in(database, as_of, state.selection.association)
    state = state.within(known)
    w = words_of(database, w)
    return View(w, database, version, state.selection, known.span, as_of, "light")


def figures(shown: View, page: str, address: str) -> list[Figure]:
    """The figures of a page in reading order; none where the selection leaves nothing.

    Raises KeyError for a page that has none.
    """
    if page == EXPLORE:
        asked, _ = question.from_address(read_query(address), shown.rows(answers.ExploreMeasures))
        made = explore.of_question(shown, asked)
        return [made] if made else []
    rows = PAGES[page](shown)
    return [figure for row in rows for make in row if (figure := make(shown)) is not None]


def opening(shown: View, address: str) -> dict[str, list[Figure]]:
    """By page, the figures that a presentation of a selection begins with: none twice, and none
    that has no number or examples alone."""
    found = {
        page: [figure for figure in figures(shown, page, address) if figure.name in names]
        for page, names in OPENING.items()
    }
    results = [one for one in figures(shown, "outcomes", address) if has_published_number(one)]
    return found | {"outcomes": results[:MOST_RESULTS]}


def has_published_number(figure: Figure) -> bool:
    """Whether it has one that is no example; an outline is what is aimed at."""
    chart = figure.chart
    if not isinstance(chart, Measured) or feet.is_only_examples(figure.cited):
        return False
    return any(
        value and meaning != "outline"
        for s in chart.series
        for value, meaning in zip(s.values, s.meanings, strict=True)
    )
