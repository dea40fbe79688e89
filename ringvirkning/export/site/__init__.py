"""The page for everyone: files that any web server can serve, protected numbers only.

`pages` are what is read, `taken` what figures can be taken as; here is what is written where.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from ringvirkning import ROOT
from ringvirkning.charts import fonts, palette
from ringvirkning.charts.paper.later import drawings_in, drawn_later, in_place
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.about import about_page, index_json
from ringvirkning.export.site.addresses import story_addresses
from ringvirkning.export.site.agreements import agreement_list, agreement_pages
from ringvirkning.export.site.chosen import ALL_SHOWN, Narrowing, may_be_chosen
from ringvirkning.export.site.find import find_page
from ringvirkning.export.site.folder import (
    SiteWritten,
    is_made_of,
    pages_written,
    refuse_others,
    write_files,
    written_before,
)
from ringvirkning.export.site.open_data import OPEN_DATA, data_files
from ringvirkning.export.site.pages import Content, Told, choice_page, contents_of, figure_page
from ringvirkning.export.site.partners import partner_pages
from ringvirkning.export.site.places import (
    ABOUT_PAGE,
    FIGURES_FOLDER,
    FIND_PAGE,
    FOLDERS,
    QUESTIONS_FOLDER,
    SITE_PAGES,
    WORKER,
    Home,
    figures_on_pages,
)
from ringvirkning.export.site.questions import question_pages, questions_told
from ringvirkning.export.site.taken import figure_files, undrawn_files
from ringvirkning.export.site.told_to import feed, sitemap
from ringvirkning.export.templating import templates
from ringvirkning.figures import Figure
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations, every_choice
from ringvirkning.figures.view import View, made_together
from ringvirkning.figures.whose import NoSuchAssociation
from ringvirkning.store import sites, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, words

HERE = Path(__file__).parent
OUR_FOLDERS = ("queries", "ringvirkning")
# That stay at addresses of their own: the latest, the one that is shown included.
MOST_VERSIONS = 12
FONT_FILES = (*(fonts.FOLDER / f"{name}.woff2" for name in fonts.WEIGHTS), fonts.LICENCE)
# What pages ask for.
ASSETS: Mapping[str, Callable[[], bytes]] = {
    "site.css": lambda: (
        (palette.CSS + palette.DARK_CSS).encode() + (HERE / "site.css").read_bytes()
    ),
    **{name: (HERE / name).read_bytes for name in ("embed.js", "pages.js")},
    "icon.svg": (ROOT / "ringvirkning" / "ui" / "mark.svg").read_bytes,  # that of the app
    **{file.name: file.read_bytes for file in FONT_FILES},
}


class OwnSite(NamedTuple):
    """A site that is to be made: the folder it goes to, whose it is, and of which associations, of
    all where none is said."""

    into: Path
    home: Home
    associations: tuple[str, ...] = ()


def write_site(
    version: Version,
    var: Path,
    as_of: date,
    identity: Callable[[Sequence[str]], Identity],
    into: Path,
    association: str = "",
    address: str = "",
) -> SiteWritten:
    """Write all files, of one association or, with "", of all: those that are the same are left
    alone, and where all stand there as they were made of the same, none is made. It is remembered
    where, so that a withdrawal finds them; a version that was withdrawn meanwhile is not written.
    `identity` tells whose page it is, by the names of those whose figures are on it; `address`
    where it is, "" where nobody said.

    Raises OSError when they can't be written or its database is gone, NoSuchAssociation, and
    LookupError when it was withdrawn.
    """
    names = [*every_choice(version.protected(var))["association"]]
    if association and association not in names:
        raise NoSuchAssociation(names)
    chosen = (association,) if association else ()
    home = home_of(version, identity(chosen or names), address)
    return write_sites(version, var, as_of, [OwnSite(into, home, chosen)])


def home_of(version: Version, who: Identity, address: str) -> Home:
    return Home(who, address, kept=folder_of_version(version.name))


def write_sites(version: Version, var: Path, as_of: date, wanted: Sequence[OwnSite]) -> SiteWritten:
    """The same of several, which ask the version together and are all in memory at once."""
    for one in wanted:  # who names a wrong folder need not wait until every page is made
        refuse_others(one.into, STANDING[:1], written_before(one.into))
    database = version.protected(var)
    published = versions.history(var)
    content = versions.hashes(database.parent).get(database.name)
    made_of = [
        blake2b(
            repr((edition(), version.name, content, as_of, *one[1:], published)).encode(),
            digest_size=16,
        ).hexdigest()
        for one in wanted
    ]
    same = [is_made_of(one.into, of) for one, of in zip(wanted, made_of, strict=True)]
    others = [one for one, is_same in zip(wanted, same, strict=True) if not is_same]
    made = iter(contents_of_each(version, database, as_of, others, published) if others else ())
    written = SiteWritten(0, 0, 0)
    for one, of, is_same in zip(wanted, made_of, same, strict=True):
        written += place_site(version, var, one, {} if is_same else next(made), of)
    return written


def place_site(
    version: Version, var: Path, site: OwnSite, files: Mapping[str, bytes], made_of: str
) -> SiteWritten:
    """Write these files, none where all are there."""
    into = site.into
    with versions.alone(var):  # a withdrawal comes before and is seen, or after and sees the files
        withdrawn = versions.withdrawn(versions.history_lines(var))
        if version.name in withdrawn:
            raise LookupError(version.name)
        refuse_others(into, files, written_before(into))  # else a withdrawal would go there, too
        sites.remember_folder(var, into, *site.associations)
        if not files:
            return SiteWritten(len(written_before(into)), 0, 0)
        every = {**files, **older_files(into, version, versions.history(var))}
        return write_files(every, into, gone_pages(into, every, withdrawn), made_of)


@cache
def edition() -> str:
    """Of all that makes pages: our files, and the libraries."""
    ours = (file for folder in OUR_FOLDERS for file in sorted((ROOT / folder).rglob("*")))
    said = blake2b(digest_size=16)
    for file in ours:
        if file.is_file() and file.suffix != ".pyc":
            said.update(file.read_bytes())
    for library in sorted(f"{one.name} {one.version}" for one in metadata.distributions()):
        said.update(library.encode())
    return said.hexdigest()


def taken_down(into: Path) -> SiteWritten:
    """Write in the place of every page that its figures were withdrawn, and remove all else that
    holds numbers. Raises OSError."""
    names = {*pages_written(into), *(FOLDERS[one] + file for one in LANGUAGES for file in STANDING)}
    return write_files({name: said_instead(name, "website.withdrawn") for name in names}, into)


STANDING = [file for file, _, _ in SITE_PAGES]


def folder_of_version(name: str) -> str:
    return f"{sites.VERSIONS}/{name}/"


def older_files(into: Path, version: Version, published: Sequence[Version]) -> dict[str, bytes]:
    """What was written of versions before this one and stays, of the latest few that are published;
    each page says now that others have come since."""
    names = [*dict.fromkeys(one.name for one in reversed(published) if one.name != version.name)]
    folders = tuple(map(folder_of_version, names[: MOST_VERSIONS - 1]))
    found = {
        name: (into / name).read_bytes()
        for name in written_before(into)
        if folders and name.startswith(folders)
    }
    return {
        name: of.replace(b'class="newer" hidden', b'class="newer"')
        if name.endswith(".html")
        else of
        for name, of in found.items()
    }


def gone_pages(
    into: Path, files: Mapping[str, bytes], withdrawn: Collection[str] = ()
) -> dict[str, bytes]:
    """What is said in the place of pages that were written there and now have nothing to show: an
    address that somebody has kept leads to more than an error. Of a version that there is no room
    for any longer the first page does."""
    gone = [name for name in pages_written(into) if name not in files]
    taken_back = tuple(map(folder_of_version, withdrawn))
    said: dict[str, bytes] = {}
    for name in gone:
        if taken_back and name.startswith(taken_back):
            said[name] = said_instead(name, "website.withdrawn")
        elif not name.startswith(f"{sites.VERSIONS}/") or name.endswith("/index.html"):
            said[name] = said_instead(name, "website.gone")
    return said


def said_instead(name: str, key: str) -> bytes:
    """A page with a single sentence, in the language of its folder."""
    inside = re.sub(rf"^{sites.VERSIONS}/[^/]+/", "", name)
    language = next(
        (one for one, folder in FOLDERS.items() if folder and inside.startswith(folder)),
        LANGUAGES[0],
    )
    w = words(language)
    page = templates().get_template("site/withdrawn.html")
    first = f"{'../' * name.count('/')}{FOLDERS[language]}index.html"
    start = first if key == "website.gone" else ""
    said = page.render(language=language, said=w(key), start=start, label=w("menu.overview"))
    return said.encode()


def contents(
    version: Version,
    database: Path,
    as_of: date,
    home: Home,
    associations: Sequence[str] = (),
) -> dict[str, bytes]:
    """All files by name, of these associations; of all where none is said."""
    wanted = OwnSite(Path(), home, tuple(associations))
    (files,) = contents_of_each(version, database, as_of, [wanted], ())
    return files


def contents_of_each(
    version: Version,
    database: Path,
    as_of: date,
    wanted: Sequence[OwnSite],
    published: Sequence[Version],
) -> list[dict[str, bytes]]:
    """All files by name, of each site. `published` are all versions that may be told of. What is
    drawn already where one goes to is taken from there."""
    former = drawings_in(one.into / name for one in wanted for name in pages_written(one.into))
    with drawn_later(former) as later:
        made = made_together(
            partial(
                marked_contents, version, database, as_of, one.home, one.associations, published
            )
            for one in wanted
        )
        drawings = later.drawn()
    return [
        {
            name: in_place(content, drawings) if name.endswith(".html") else content
            for name, content in files.items()
        }
        for files in made
    ]


def marked_contents(
    version: Version,
    database: Path,
    as_of: date,
    home: Home,
    associations: Sequence[str],
    published: Sequence[Version],
) -> dict[str, bytes]:
    """The same, with marks in the place of drawings on pages."""
    address = address_of_associations(associations)
    views = [seen(words(one), version, database, as_of, address) for one in LANGUAGES]
    files = {name: read() for name, read in ASSETS.items()}
    told = every_content(views)
    data = data_files(views, home, is_of_all=not associations)
    files |= data
    to = story_addresses(views[0])  # the same in every language
    partners_told = partner_pages(views, home, to)
    agreements_told = agreement_pages(views, home, to)
    for shown in views:
        folder = FOLDERS[shown.words.language]
        own = {choice: contents[shown.words.language] for choice, contents in told.items()}
        asked = questions_told(shown)
        names = [name.removeprefix(OPEN_DATA) for name in data]
        pages = pages_of(shown, home, own) | pages_of_all(shown, home, own, asked, names)
        pages |= partners_told[shown.words.language] | agreements_told[shown.words.language]
        pages |= agreement_list(shown, home, to)
        pages[FIND_PAGE] = find_page(shown, home, to, [*own], figures_of_all(own), asked)
        found = {stem: figure for stem, (_, figure) in figures_on_pages(shown).items()}
        made = {name: page.encode() for name, page in pages.items()}
        made |= figure_files(shown, home, found) | undrawn_of(shown, home, own)
        made |= files_of_all(shown, home, own, asked)
        if home.address:
            said = own[ALL_SHOWN]["overview"].title
            made["feed.xml"] = feed(shown, home, said, published)
            files["sitemap.xml"] = sitemap(home, pages)
        files |= {folder + name: of for name, of in made.items()}
        if home.kept:
            stays = staying(shown, replace(home, version=home.kept, kept=""), own, asked)
            files |= {home.kept + folder + name: of for name, of in stays.items()}
    if home.kept:
        files |= {home.kept + name: files[name] for name in ASSETS}
    if home.who.offline:
        files[WORKER] = (HERE / WORKER).read_bytes()
    return files


def pages_of_all(
    shown: View,
    home: Home,
    own: Mapping[Narrowing, Mapping[str, Content]],
    asked: Sequence[Told],
    tables: Sequence[str],
) -> dict[str, str]:
    """The questions, and what all figures mean."""
    about = about_page(shown, home, figures_of_all(own), tables)
    return question_pages(shown, home, asked) | {ABOUT_PAGE: about}


def files_of_all(
    shown: View, home: Home, own: Mapping[Narrowing, Mapping[str, Content]], asked: Sequence[Told]
) -> dict[str, bytes]:
    """What questions can be taken as, and the list of all figures."""
    index = {f"{FIGURES_FOLDER}index.json": index_json(shown, home, figures_of_all(own))}
    return undrawn_files(shown, home, figures_in(asked), QUESTIONS_FOLDER) | index


def figures_of_all(own: Mapping[Narrowing, Mapping[str, Content]]) -> list[Told]:
    return [of for content in own[ALL_SHOWN].values() for of in content.figures]


def staying(
    shown: View, home: Home, own: Mapping[Narrowing, Mapping[str, Content]], asked: Sequence[Told]
) -> dict[str, bytes]:
    """What stays of a version when others have come: all figures, with what they can be taken as
    but for pictures, and the questions."""
    whole = {ALL_SHOWN: own[ALL_SHOWN]}
    pages = pages_of(shown, home, whole) | pages_of_all(shown, home, own, asked, ())
    found = figures_in(figures_of_all(own))
    return (
        {name: page.encode() for name, page in pages.items()}
        | undrawn_files(shown, home, found, FIGURES_FOLDER)
        | files_of_all(shown, home, own, asked)
    )


# By language, what the pages of a choice say.
Contents = Mapping[str, Mapping[str, Content]]


def every_content(views: Sequence[View]) -> dict[Narrowing, Contents]:
    """All that can be chosen and has something to show, with what its pages say."""

    def told(choice: Narrowing) -> Contents:
        return {shown.words.language: contents_of(shown, choice) for shown in views}

    every = [ALL_SHOWN, *may_be_chosen(views[0])]
    found = zip(every, made_together(partial(told, choice) for choice in every), strict=True)
    return {
        replace(choice, pages=tuple(page for page in choice.pages if page in pages)): made
        for choice, made in found
        if (pages := made[LANGUAGES[0]])
    }


def pages_of(
    shown: View, home: Home, told: Mapping[Narrowing, Mapping[str, Content]]
) -> dict[str, str]:
    """What is read of a site in a language, by their names in its folder."""
    pages = {
        choice.path(page): choice_page(shown, home, choice, page, content, [*told])
        for choice, contents in told.items()
        for page, content in contents.items()
    }
    whole = {of.stem for content in told[ALL_SHOWN].values() for of in content.figures}
    for choice, contents in told.items():
        within = choice.within(shown)
        pages |= {
            of.address: figure_page(within, home, of, choice, of.stem in whole)
            for content in contents.values()
            for of in content.figures
        }
    return pages


def undrawn_of(
    shown: View, home: Home, told: Mapping[Narrowing, Mapping[str, Content]]
) -> dict[str, bytes]:
    """What the figures of each choice can be taken as."""
    files: dict[str, bytes] = {}
    for choice, contents in told.items():
        if choice.kind:
            found = figures_in(of for content in contents.values() for of in content.figures)
            folder = f"{choice.folder}{FIGURES_FOLDER}"
            files |= undrawn_files(choice.within(shown), home, found, folder)
    return files


def figures_in(told: Iterable[Told]) -> dict[str, Figure]:
    return {of.stem: of.made_of for of in told if of.made_of}
