"""The page for everyone: files that any web server can serve, protected numbers only.

`pages` are what is read, `taken` what figures can be taken as; here is what is written where.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from ringvirkning import ROOT
from ringvirkning.charts import fonts, palette
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.about import about_page, index_json
from ringvirkning.export.site.addresses import OF_AGREEMENTS, OF_PARTNERS, story_addresses
from ringvirkning.export.site.agreements import agreement_pages
from ringvirkning.export.site.chosen import ALL_SHOWN, FOLDERS_OF, Narrowing, may_be_chosen
from ringvirkning.export.site.folder import (
    SiteWritten,
    pages_written,
    remove_files,
    write_files,
)
from ringvirkning.export.site.open_data import OPEN_DATA, data_files
from ringvirkning.export.site.pages import Content, Told, choice_page, contents_of, figure_page
from ringvirkning.export.site.partners import partner_pages
from ringvirkning.export.site.places import (
    ABOUT_PAGE,
    FIGURES_FOLDER,
    FOLDERS,
    SITE_PAGES,
    Home,
    dashed,
    figures_on_pages,
    stems_apart,
)
from ringvirkning.export.site.questions import QUESTIONS_FOLDER, question_pages, questions_told
from ringvirkning.export.site.taken import figure_files, undrawn_files
from ringvirkning.export.site.told_to import feed, sitemap
from ringvirkning.export.templating import templates
from ringvirkning.figures import Figure
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations, every_choice
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import NoSuchAssociation
from ringvirkning.store import sites, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, words

HERE = Path(__file__).parent
FONT_FILES = (*(fonts.FOLDER / f"{name}.woff2" for name in fonts.WEIGHTS), fonts.LICENCE)
# What pages ask for.
ASSETS: Mapping[str, Callable[[], bytes]] = {
    "site.css": lambda: palette.CSS.encode() + (HERE / "site.css").read_bytes(),
    "embed.js": (HERE / "embed.js").read_bytes,
    "icon.svg": (ROOT / "ringvirkning" / "ui" / "mark.svg").read_bytes,  # that of the app
    **{file.name: file.read_bytes for file in FONT_FILES},
}


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
    alone. It is remembered where, so that a withdrawal finds them; a version that was withdrawn
    meanwhile is not written. `identity` tells whose page it is, by the names of those whose figures
    are on it; `address` where it is, "" where nobody said.

    Raises OSError when they can't be written or its database is gone, NoSuchAssociation, and
    LookupError when it was withdrawn.
    """
    database = version.protected(var)
    names = [*every_choice(database)["association"]]
    if association and association not in names:
        raise NoSuchAssociation(names)
    chosen = [association] if association else []
    home = Home(identity(chosen or names), address)
    published = versions.history(var)
    files = contents(version, database, as_of, home, chosen, published)
    with versions.alone(var):  # a withdrawal comes before and is seen, or after and sees the files
        if version.name in versions.withdrawn(versions.history_lines(var)):
            raise LookupError(version.name)
        sites.remember_folder(var, into, *chosen)
        return write_files(files, into, gone_pages(into, files))


def write_each_site(
    version: Version,
    var: Path,
    as_of: date,
    identity: Callable[[Sequence[str]], Identity],
    into: Path,
    address: str = "",
) -> SiteWritten:
    """Write the site of all and, where there are several associations, that of each in a folder of
    its own; those of associations that are there no longer are removed. Raises as `write_site`."""
    names = [*every_choice(version.protected(var))["association"]]
    written = write_site(version, var, as_of, identity, into, address=address)
    own = site_folders(names, into) if len(names) > 1 else {}
    for name, folder in own.items():
        there = f"{address}{folder.name}/" if address else ""
        written += write_site(version, var, as_of, identity, folder, name, there)
    with versions.alone(var):
        remove_former_sites(var, into, names, [*own.values()])
    return written


def site_folders(names: Sequence[str], into: Path) -> dict[str, Path]:
    """A folder for each association's site, by its name; where two would have the same, the second
    has a number."""
    own = (
        *FOLDERS.values(),
        FIGURES_FOLDER,
        OF_PARTNERS,
        OF_AGREEMENTS,
        QUESTIONS_FOLDER,
        OPEN_DATA,
        *FOLDERS_OF.values(),
    )
    taken = {folder.split("/")[0] for folder in own}
    return {name: into / folder for name, folder in stems_apart(names, stem_of, taken).items()}


def stem_of(association: str) -> str:
    return dashed(association) or "site"


def remove_former_sites(
    var: Path, into: Path, names: Sequence[str], folders: Sequence[Path]
) -> None:
    """Remove sites beside these folders: of associations that are there no longer, and those that
    now stand elsewhere. One that somebody wrote there under another name stays. Raises OSError."""
    kept = {folder.resolve() for folder in folders}
    for folder, association in sites.known_sites(var):
        is_beside = association and folder.parent == into.resolve() and folder not in kept
        if is_beside and (association not in names or folder.name.startswith(stem_of(association))):
            remove_files(folder)
            sites.forget_folder(var, folder)


def taken_down(into: Path) -> SiteWritten:
    """Write in the place of every page that its figures were withdrawn, and remove all else that
    holds numbers. Raises OSError."""
    names = {*pages_written(into), *(FOLDERS[one] + file for one in LANGUAGES for file in STANDING)}
    return write_files({name: said_instead(name, "website.withdrawn") for name in names}, into)


STANDING = [file for file, _, _ in SITE_PAGES]


def gone_pages(into: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is said in the place of pages that were written there and now have nothing to show: an
    address that somebody has kept leads to more than an error."""
    gone = [name for name in pages_written(into) if name not in files]
    return {name: said_instead(name, "website.gone") for name in gone}


def said_instead(name: str, key: str) -> bytes:
    """A page with a single sentence, in the language of its folder."""
    language = next(
        (one for one, folder in FOLDERS.items() if folder and name.startswith(folder)), LANGUAGES[0]
    )
    w = words(language)
    up = "../" * (name.count("/") - FOLDERS[language].count("/"))
    page = templates().get_template("site/withdrawn.html")
    start = f"{up}index.html" if key == "website.gone" else ""
    said = page.render(language=language, said=w(key), start=start, label=w("menu.overview"))
    return said.encode()


def contents(
    version: Version,
    database: Path,
    as_of: date,
    home: Home,
    associations: Sequence[str] = (),
    published: Sequence[Version] = (),
) -> dict[str, bytes]:
    """All files by name, of these associations; of all where none is said. `published` are all
    versions that may be told of."""
    address = address_of_associations(associations)
    views = [seen(words(one), version, database, as_of, address) for one in LANGUAGES]
    files = {name: read() for name, read in ASSETS.items()}
    told = every_content(views)
    data = {} if associations else data_files(views, home)  # the tables are of all
    files |= data
    for shown in views:
        own = {choice: contents[shown.words.language] for choice, contents in told.items()}
        pages = {name: page.encode() for name, page in pages_of(shown, home, own).items()}
        found = {stem: figure for stem, (_, figure) in figures_on_pages(shown).items()}
        every = [of for content in own[ALL_SHOWN].values() for of in content.figures]
        names = [name.removeprefix(OPEN_DATA) for name in data]
        asked = questions_told(shown)
        pages |= {name: page.encode() for name, page in question_pages(shown, home, asked).items()}
        pages[ABOUT_PAGE] = about_page(shown, home, every, names).encode()
        to = story_addresses(shown)
        stories = partner_pages(shown, home, to) | agreement_pages(shown, home, to)
        pages |= {name: page.encode() for name, page in stories.items()}
        made = pages | figure_files(shown, home, found) | undrawn_of(shown, home, own)
        made |= undrawn_files(shown, home, figures_in(asked), QUESTIONS_FOLDER)
        made[f"{FIGURES_FOLDER}index.json"] = index_json(shown, home, every)
        if home.address:
            said = own[ALL_SHOWN]["overview"].title
            made["feed.xml"] = feed(shown, home, said, published)
            files["sitemap.xml"] = sitemap(home, pages)
        files |= {FOLDERS[shown.words.language] + name: of for name, of in made.items()}
    return files


# By language, what the pages of a choice say.
Contents = Mapping[str, Mapping[str, Content]]


def every_content(views: Sequence[View]) -> dict[Narrowing, Contents]:
    """All that can be chosen and has something to show, with what its pages say."""

    def told(choice: Narrowing) -> Contents:
        return {shown.words.language: contents_of(shown, choice) for shown in views}

    every = [ALL_SHOWN, *may_be_chosen(views[0])]
    # Two at once: the database answers one meanwhile the other is drawn.
    with ThreadPoolExecutor(2) as pool:
        found = zip(every, pool.map(told, every), strict=True)
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
