"""What an address of the app says where it is shared: a title, a line and a picture, as OpenGraph
(https://ogp.me) has them.

They are of the public's edition, whoever shares it, for others see it. They are made for who asks
for a page without being a browser that opens it: browsers say how they came (Sec-Fetch-Mode), and
need none of it.
"""

import logging
from threading import BoundedSemaphore

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringvirkning.export.identity import Identity
from ringvirkning.export.templating import templates
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.catalogue import HEADLINES, PAGES, figures, seen
from ringvirkning.figures.state import EXPLORE, language, read_query
from ringvirkning.figures.view import View
from ringvirkning.server import published
from ringvirkning.server.heads import Heads
from ringvirkning.store import storage
from ringvirkning.store.versions import Damaged
from ringvirkning.texts import clock, words
from ringvirkning.ui.present.decks import identity_or_none

log = logging.getLogger(__name__)
PICTURES = "/shared/"
told_at_once = BoundedSemaphore(2)
LONGEST_WAIT = 1  # second, for no reader is to wait for those who share
CANNOT_BE_READ = (Damaged, FileNotFoundError, *storage.FAILURES)


def shown_to_all(query: str) -> View | None:
    """What everybody sees under an address; None where nothing is published that can be read."""
    wanted = published.watch().version
    usable = wanted and published.first_usable(wanted, is_staff=False, is_public=True)
    if not usable:
        return None
    w = words(language(read_query(query)))
    return seen(w, usable.version, usable.database, clock.today(), query)


def pictured(shown: View, page: str, query: str) -> Figure | None:
    """The first figure of a page that is drawn."""
    found = figures(shown, page, query) if page in PAGES or page == EXPLORE else []
    return next((figure for figure in found if figure.chart.form != "table"), None)


def head_lines(page: str, query: str, base: str) -> str:
    """The lines for a page's head; `base` is the address of the app. Where many ask at once, or the
    figures can't be read, they are of the app alone."""
    if told_at_once.acquire(timeout=LONGEST_WAIT):
        try:
            return lines_for(shown_to_all(query), page, query, base)
        except CANNOT_BE_READ:
            log.exception("what an address shows could not be told where it is shared")
        finally:
            told_at_once.release()
    return lines_for(None, page, query, base)


def lines_for(shown: View | None, page: str, query: str, base: str) -> str:
    w = shown.words if shown else words(language(read_query(query)))
    figure = pictured(shown, page, query) if shown else None
    who = identity_or_none(shown.database, shown.selection.association) if shown else Identity()
    said = {"title": w(f"menu.{page}"), "description": w("about.what")}
    picture = {"picture": "", "picture_alt": ""}
    if shown and figure:
        title = HEADLINES[page](shown) if page in HEADLINES else figure.chart.title
        said = {"title": title, "description": feet.under_headline(shown)}
        address = f"{base.rstrip('/')}{PICTURES}{page}.png?{query}"
        picture = {"picture": address, "picture_alt": figure.chart.title}
    head = templates().get_template("site/shared.html")
    return head.render(**said, **picture, label="", locale=w.locale, who=who)


def send_picture(request: Request) -> Response:
    """The picture of a page's first figure, 1200 × 630; nothing where another one is made."""
    # Matplotlib and Typst are loaded where a picture is asked for.
    from ringvirkning.export.site.places import PREVIEW, Home
    from ringvirkning.export.site.taken import drawn_files

    page, query = request.path_params["page"], request.url.query
    if not told_at_once.acquire(timeout=LONGEST_WAIT):
        return Response(status_code=404)
    try:
        shown = shown_to_all(query)
        figure = pictured(shown, page, query) if shown else None
        if not shown or not figure:
            return Response(status_code=404)
        home = Home(identity_or_none(shown.database, shown.selection.association))
        drawn = drawn_files(shown, home, {page: figure})
    finally:
        told_at_once.release()
    return Response(drawn[f"{page}{PREVIEW}"], 200, {"cache-control": "max-age=600"}, "image/png")


ROUTES = [Route(f"{PICTURES}{{page}}.png", send_picture)]
MIDDLEWARE_OF_HEADS = [Middleware(Heads, lines=head_lines)]
