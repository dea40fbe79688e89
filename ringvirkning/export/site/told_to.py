"""What is told to other programmes of where a site's pages are and when they became others."""

from collections.abc import Iterable, Sequence

from ringvirkning.export.site.places import FOLDERS, Home
from ringvirkning.export.templating import templates
from ringvirkning.figures.view import View
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES

MOST_ENTRIES = 20


def sitemap(home: Home, paths: Iterable[str]) -> bytes:
    """Every page by its place in the folder of a language, in each language
    (https://www.sitemaps.org/protocol.html)."""
    pages = [[(one, home.link(FOLDERS[one] + path, "")) for one in LANGUAGES] for path in paths]
    return templates().get_template("site/sitemap.xml").render(pages=pages).encode()


def feed(shown: View, home: Home, said: str, published: Sequence[Version]) -> bytes:
    """Publications, the newest first, as Atom (RFC 4287); `said` is the first sentence of the one
    that is shown."""
    w = shown.words
    latest = {version.name: version for version in [*published, shown.version]}
    newest = sorted(latest.values(), key=lambda one: one.published_at, reverse=True)
    entries = [
        {
            "name": one.name,
            "title": w("website.new_figures", date=w.day(one.published_at)),
            "at": one.published_at,
            "said": said if one.name == shown.version.name else "",
        }
        for one in newest[:MOST_ENTRIES]
    ]
    made = templates().get_template("site/feed.xml")
    title = home.who.name or w("website.title")
    return made.render(
        language=w.language,
        address=home.link(FOLDERS[w.language], ""),
        title=title,
        author=title,
        entries=entries,
    ).encode()
