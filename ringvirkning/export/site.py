"""The page for everyone: a few files that any web server can serve, protected numbers only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from ringvirkning.charts import Bars, Chart, Dots, Panels, RowsOnly, Timeline, fonts, palette
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity
from ringvirkning.export.show import HERE, html_table, templates
from ringvirkning.figures import Figure, feet, outcomes, overview, partnerships
from ringvirkning.figures.catalogue import PAGES, figures, seen
from ringvirkning.figures.filters import address_of_associations, every_choice
from ringvirkning.figures.notes import notes
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import NoSuchAssociation
from ringvirkning.store import sites, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, sentences, words
from ringvirkning.texts.safe import slug

# Overview, partnerships, outcomes: the file, the page, and what it says first.
SITE_PAGES: tuple[tuple[str, str, Callable[[View], str]], ...] = (
    ("index.html", "overview", overview.headline),
    ("partnerships.html", "partnerships", partnerships.headline),
    ("outcomes.html", "outcomes", outcomes.headline),
)
ROW, HEADING = 34, 40  # pixels of a lying bar, and of what stands above it
FOLDERS = {"nb": "", "en": "en/"}
FONT_FILES = (*(fonts.FOLDER / f"{name}.woff2" for name in fonts.WEIGHTS), fonts.LICENCE)
# What pages ask for.
ASSETS: Mapping[str, Callable[[], bytes]] = {
    "site.css": lambda: palette.CSS.encode() + (HERE / "site.css").read_bytes(),
    "embed.js": (HERE / "embed.js").read_bytes,
    **{file.name: file.read_bytes for file in FONT_FILES},
}


@dataclass(frozen=True)
class Told:
    """A figure with what is said of it."""

    chart: Chart
    happened: Sequence[str]
    foot: str
    notes: Sequence[tuple[str, str]]


def write_site(
    version: Version,
    var: Path,
    as_of: date,
    identity: Callable[[Sequence[str]], Identity],
    into: Path,
    association: str = "",
) -> list[Path]:
    """Write all files, of one association or, with "", of all; those that were there are replaced
    one by one, each whole. It is remembered where, so that a withdrawal finds them; a version that
    was withdrawn meanwhile is not written. `identity` tells whose page it is, by the names of those
    whose figures are on it.

    Raises OSError when they can't be written or its database is gone, NoSuchAssociation, and
    LookupError when it was withdrawn.
    """
    database = version.protected(var)
    names = [*every_choice(database)["association"]]
    if association and association not in names:
        raise NoSuchAssociation(names)
    chosen = [association] if association else []
    files = contents(version, database, as_of, identity(chosen or names), chosen)
    with versions.alone(var):  # a withdrawal comes before and is seen, or after and sees the files
        if version.name in versions.withdrawn(versions.history_lines(var)):
            raise LookupError(version.name)
        sites.remember_folder(var, into, *chosen)
        return write_files(files, into)


def write_each_site(
    version: Version,
    var: Path,
    as_of: date,
    identity: Callable[[Sequence[str]], Identity],
    into: Path,
) -> list[Path]:
    """Write the site of all and, where there are several associations, that of each in a folder of
    its own; those of associations that are there no longer are removed. Raises as `write_site`."""
    names = [*every_choice(version.protected(var))["association"]]
    written = write_site(version, var, as_of, identity, into)
    own = site_folders(names, into) if len(names) > 1 else {}
    for name, folder in own.items():
        written += write_site(version, var, as_of, identity, folder, name)
    with versions.alone(var):
        remove_former_sites(var, into, names, [*own.values()])
    return written


def site_folders(names: Sequence[str], into: Path) -> dict[str, Path]:
    """A folder for each association's site, by its name; where two would have the same, the second
    has a number."""
    taken, folders = {*FOLDERS.values()}, {}
    for name in names:
        stem = folder = stem_of(name)
        number = 1
        while f"{folder}/" in taken:
            number += 1
            folder = f"{stem}-{number}"
        taken.add(f"{folder}/")
        folders[name] = into / folder
    return folders


def stem_of(association: str) -> str:
    return slug(association).replace("_", "-") or "site"


def remove_former_sites(
    var: Path, into: Path, names: Sequence[str], folders: Sequence[Path]
) -> None:
    """Remove sites beside these folders: of associations that are there no longer, and those that
    now stand elsewhere. One that somebody wrote there under another name stays. Raises OSError."""
    kept = {folder.resolve() for folder in folders}
    for folder, association in sites.known_sites(var):
        is_beside = association and folder.parent == into.resolve() and folder not in kept
        if is_beside and (association not in names or folder.name.startswith(stem_of(association))):
            remove_site(folder)
            sites.forget_folder(var, folder)


def remove_site(folder: Path) -> None:
    """Remove the files of a site, and folders that are empty then. Raises OSError."""
    for name in (*page_files(), *ASSETS):
        (folder / name).unlink(missing_ok=True)
    for place in (*(folder / name for name in FOLDERS.values() if name), folder):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def taken_down(into: Path) -> list[Path]:
    """Write in the place of every page that its figures were withdrawn. Raises OSError."""
    pages = {
        name: templates()
        .get_template("withdrawn.html")
        .render(language=language, said=words(language)("website.withdrawn"))
        .encode()
        for name, (language, _) in page_files().items()
    }
    return write_files(pages, into)


def write_files(files: Mapping[str, bytes], into: Path) -> list[Path]:
    """Write the files, each whole; pages last, since they ask for the others."""
    written = []
    for name, content in sorted(files.items(), key=lambda one: one[0].endswith(".html")):
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f".{place.name}.half")
        half.write_bytes(content)
        half.replace(place)
        written.append(place)
    return written


def page_files() -> dict[str, tuple[str, str]]:
    """The language and the file of each page, by where it stands."""
    return {
        FOLDERS[language] + file: (language, file)
        for language in LANGUAGES
        for file, _, _ in SITE_PAGES
    }


def contents(
    version: Version, database: Path, as_of: date, who: Identity, associations: Sequence[str] = ()
) -> dict[str, bytes]:
    """All files by name, of these associations; of all where none is said."""
    address = address_of_associations(associations)
    views = {
        language: seen(words(language), version, database, as_of, address) for language in LANGUAGES
    }
    pages = {
        name: site_page(views[language], who, file).encode()
        for name, (language, file) in page_files().items()
    }
    return pages | {name: read() for name, read in ASSETS.items()}


def site_page(shown: View, who: Identity, file: str) -> str:
    (name, headline) = next((name, said) for one, name, said in SITE_PAGES if one == file)
    language = shown.words.language
    w = shown.words
    other = next(one for one in LANGUAGES if one != language)
    up = "../" if FOLDERS[language] else ""
    told = [
        Told(whole_or_shorter(w, of.chart), of.told, of.foot, notes(shown, of))
        for of in on_page(shown, name)
    ]
    return (
        templates()
        .get_template("site.html")
        .render(
            language=language,
            other=other,
            other_name=LANGUAGE_NAMES[other],
            there=f"{up}{FOLDERS[other]}{file}",
            up=up,
            here=file,
            pages=[(one, w(f"menu.{page_name}")) for one, page_name, _ in SITE_PAGES],
            said={"pages": w("website.pages"), "more": w("show.more")},
            who=who,
            headline=headline(shown) if told else w("empty.data"),
            under=feet.under_headline(shown),
            figures=told,
            foot=sentences.quiet_line(
                [
                    who.name,
                    w("foot.as_of", date=w.day(shown.as_of)),
                    f"{w('publication.name')} {shown.version.name}",
                ]
            ),
            picture=site_picture,
            table=lambda rows: html_table(w, rows),
            colour=lambda code: palette.colour(code, "light"),
        )
    )  # fmt: skip


def whole_or_shorter(w: Words, chart: Chart) -> Chart:
    """A page has room for all of a table."""
    return chart if isinstance(chart, RowsOnly) else shorter(w, chart)


def on_page(shown: View, name: str) -> list[Figure]:
    """None where the data set is empty."""
    is_empty = name == "outcomes" and not outcomes.programmes(shown)
    return [] if is_empty or name not in PAGES else figures(shown, name, "")


def site_picture(chart: Chart, is_wide: bool) -> Markup:
    """Twice, since letters must be read on a phone, too; the style says which is seen."""
    width, text = (1040, 16) if is_wide else (360, 13)
    return Markup(svg(chart, Size(width, height(chart), text)))


def height(chart: Chart) -> int:
    match chart:
        case Panels():
            return 150 * len(chart.panels)
        case Bars() | Dots():
            return HEADING + ROW * max(len(chart.categories), 1)
        case Timeline():
            return HEADING + ROW * max(len(chart.spans), 1)
    return 320
