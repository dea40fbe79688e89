"""Every figure of every page, to be had by a page's address and the figure's name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

from ringvirkning.figures import (
    Figure,
    activities,
    filters,
    outcomes,
    overview,
    partnerships,
    question,
)
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.view import View, answer, measures
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words

PAGES: Mapping[str, Callable[[View], list[Figure | None]]] = {
    "overview": overview.figures,
    "partnerships": partnerships.figures,
    "activities": activities.figures,
    "outcomes": outcomes.figures,
}
ASKED = "explore"
START = "overview"  # stands at the bare address
NOTHING = (
    *((name, ()) for name in filters.LISTS),
    ("from_year", None),
    ("illustrative", True),
    ("to_year", None),
)


def every_choice(database: Path) -> filters.Choices:
    """Every choice there is, whatever is chosen."""
    return filters.choices(answer(database, "choices", NOTHING))


def seen(w: Words, version: Version, database: Path, as_of: date, address: str) -> View:
    """What an address shows (what stands after its "?"); what does not exist is left out."""
    (row,) = answer(database, "span", (("as_of", as_of),))
    span = (row.first_year, row.last_year)
    state, _ = filters.from_address(parse_qs(address), every_choice(database), span)
    w = replace(w, measures=measures(database, w.language))
    return View(w, database, version, filters.selection(state, span), span, as_of, "light")


def figures(shown: View, page: str, address: str) -> list[Figure]:
    """The figures of a page in reading order; none where the selection leaves nothing.

    Raises KeyError for a page that has none.
    """
    if page == ASKED:
        asked, _ = question.from_address(parse_qs(address), shown.rows("explore_measures"))
        made = explore.of_question(shown, asked)
        return [made] if made else []
    return [figure for figure in PAGES[page](shown) if figure is not None]
