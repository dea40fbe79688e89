"""Every figure of every page, to be had by a page's address and the figure's name."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from queries import answers
from ringvirkning.figures import (
    Figure,
    Rows,
    activities,
    associations,
    context,
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
START = "overview"  # stands at the bare address


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
