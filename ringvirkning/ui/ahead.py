"""A page's key figures and charts under a filter that was just changed, ahead of the page's run: a
browser asks for them here and draws them at once, and the run that follows settles the rest.

They are made by the code of the page, and of what whoever asks may see, which is asked anew for
each answer. Where the page would be another, or would take long, nothing is answered, and the run
says it all, as it does without this.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import BoundedSemaphore
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringvirkning.charts.palette import Theme
from ringvirkning.figures import Rows, activities, outcomes, overview, partnerships
from ringvirkning.figures.catalogue import START
from ringvirkning.figures.explore.figure import of_question
from ringvirkning.figures.question import DEFAULT, Question, as_address
from ringvirkning.figures.state import EXPLORE, State, choosable_in
from ringvirkning.figures.view import View, words_of
from ringvirkning.server import processes, published
from ringvirkning.server.access import asker
from ringvirkning.server.sign_in import Person
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock, words
from ringvirkning.ui import state
from ringvirkning.ui.components.cards import cards_data
from ringvirkning.ui.components.figure import figure_data, is_too_long
from ringvirkning.ui.components.menu import closed_menu

# The pages, and what of each is drawn ahead where this is asked, in the order of the page; what is
# folded is left to the run, which knows whether it is open.
ROWS_AHEAD: Mapping[str, Callable[[View, Question], Rows]] = {
    START: lambda *_: overview.CHARTS,
    "outcomes": lambda shown, _: outcomes.whole_figures(shown),
    "partnerships": lambda *_: partnerships.FIGURES,
    "activities": lambda *_: activities.FIGURES,
    EXPLORE: lambda _, asked: [[partial(of_question, asked=asked)]],
}
made_at_once = BoundedSemaphore(2)


def ahead_address(shown: View) -> str:
    """Where a page's browser asks, before what is chosen; "" where it is to wait for the run."""
    now = state.current()
    if now.place not in ROWS_AHEAD or now.partnership or now.partner:
        return ""
    of = {"version": shown.version.name, "lang": now.language, "theme": shown.theme}
    public = {"surface": "public"} if now.is_public else {}
    asked = as_address(now.question) if now.place == EXPLORE else {}
    # Of the process that the run is of, which then has the answers.
    here = processes.named_here(now.place)
    return f"./ahead/{here}?{urlencode(of | public | asked, doseq=True)}"


def seen_ahead(
    person: Person | None, address: Mapping[str, Sequence[str]], place: str = START
) -> tuple[View, Question] | None:
    """What the page would show this person under an address, and what is asked there; None where it
    must be made ready."""
    var = published.watch().var
    names = address.get("version", ())
    wanted = next((v for v in published.watch().published if v.name in names), None)
    if wanted is None or not wanted.is_ready(var):
        return None
    is_public = "public" in address.get("surface", ())
    found = published.first_usable(wanted, person is not None and person.is_national, is_public)
    if found is None or found.version != wanted:
        return None
    as_of = clock.today()
    known = choosable_in(found.database, as_of)
    chosen, _ = State.from_address(place, address, known)
    associations = chosen.selection.association
    known = choosable_in(found.database, as_of, associations)
    chosen = chosen.within(known)
    if person and not person.is_national and person.sees(associations):
        if not is_there(wanted, associations):
            return None
        found = published.own_usable(person, found, associations, is_public)
    theme: Theme = "dark" if "dark" in address.get("theme", ()) else "light"
    w = words_of(found.database, words(chosen.language))
    shown = View(w, found.database, wanted, chosen.selection, known.span, as_of, theme)
    return shown, chosen.question


def is_there(version: Version, associations: Sequence[str]) -> bool:
    """Whether the part of a version that is of these is compiled already."""
    return version.own(published.watch().var, associations).is_dir()


def views_ahead(shown: View, place: str, asked: Question = DEFAULT) -> dict[str, object]:
    """What the components of a page are given, by their keys, the topmost first; none where it says
    that nothing is left. What is longer than a screen is left to the run, which knows whether all
    of it is wanted."""
    found: dict[str, object] = {}
    if place == START:
        if not any(map(len, overview.all_by_year(shown))):
            return {}
        found["cards"] = cards_data(shown.published, overview.published_cards(shown))
    drawn = figure_data
    if place == EXPLORE:
        drawn = partial(figure_data, opens=True, is_open=True, is_titled=asked == DEFAULT)
    for row in ROWS_AHEAD[place](shown, asked):
        for make in row:
            if (figure := make(shown)) and not is_too_long(figure.chart):
                closed = closed_menu(shown, figure.key, figure)
                found[figure.key] = drawn(shown, figure) | {"menu": closed}
    return found


def answer_ahead(person: Person | None, place: str, address: Mapping[str, Sequence[str]]) -> bytes:
    """The JSON that is answered; nothing where there is nothing to draw ahead of the run."""
    seen = seen_ahead(person, address, place)
    views = views_ahead(seen[0], place, seen[1]) if seen else {}
    return json.dumps(views, ensure_ascii=False).encode() if views else b""


def send_ahead(request: Request) -> Response:
    """Nothing where many ask at once: who waits here would wait for the run, too."""
    body, asked, place = b"", request.query_params, request.url.path.rsplit("/", 1)[-1]
    if made_at_once.acquire(blocking=False):
        try:
            address = {name: asked.getlist(name) for name in asked}
            body = answer_ahead(asker(request), place, address)
        finally:
            made_at_once.release()
    headers = {"cache-control": "no-store"}
    return Response(body, 200 if body else 204, headers, "application/json")


ROUTES = [Route(f"/ahead/{place}", send_ahead) for place in ROWS_AHEAD]
