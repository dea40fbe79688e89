"""The page for everyone: a few files that any web server can serve, protected numbers only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from ringvirkning.charts import Bars, Chart, Dots, Panels, Timeline, fonts, palette
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity
from ringvirkning.export.show import HERE, html_table, templates
from ringvirkning.figures import Figure, feet, outcomes, overview, partnerships
from ringvirkning.figures.catalogue import PAGES, figures, seen
from ringvirkning.figures.notes import notes
from ringvirkning.figures.view import View
from ringvirkning.store import sites, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, sentences, words

# Overview, partnerships, outcomes: the file, the page, and what it says first.
SITE_PAGES: tuple[tuple[str, str, Callable[[View], str]], ...] = (
    ("index.html", "overview", overview.headline),
    ("partnerships.html", "partnerships", partnerships.headline),
    ("outcomes.html", "outcomes", outcomes.headline),
)
ROW, HEADING = 34, 40  # pixels of a lying bar, and of what stands above it
FOLDERS = {"nb": "", "en": "en/"}


@dataclass(frozen=True)
class Told:
    """A figure with what is said of it."""

    chart: Chart
    foot: str
    notes: Sequence[tuple[str, str]]


def write_site(version: Version, var: Path, as_of: date, who: Identity, into: Path) -> list[Path]:
    """Write all files; those that were there are replaced one by one, each whole. It is remembered
    where, so that a withdrawal finds them; a version that was withdrawn meanwhile is not written.

    Raises OSError when they can't be written or its database is gone, LookupError when it was
    withdrawn.
    """
    files = contents(version, version.protected(var), as_of, who)
    with versions.alone(var):  # a withdrawal comes before and is seen, or after and sees the files
        if version.name in versions.withdrawn(versions.history_lines(var)):
            raise LookupError(version.name)
        sites.remember_folder(var, into)
        return write_files(files, into)


def taken_down(into: Path) -> list[Path]:
    """Write in the place of every page that its figures were withdrawn. Raises OSError."""
    pages = {
        FOLDERS[language] + file: templates()
        .get_template("withdrawn.html")
        .render(language=language, said=words(language)("website.withdrawn"))
        .encode()
        for language in LANGUAGES
        for file, _, _ in SITE_PAGES
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


def contents(version: Version, database: Path, as_of: date, who: Identity) -> dict[str, bytes]:
    """All files by name."""
    pages = {
        FOLDERS[language] + file: site_page(version, database, as_of, who, language, file).encode()
        for language in LANGUAGES
        for file, _, _ in SITE_PAGES
    }
    pages["site.css"] = palette.CSS.encode() + (HERE / "site.css").read_bytes()
    pages["embed.js"] = (HERE / "embed.js").read_bytes()
    for file in (*(fonts.FOLDER / f"{name}.woff2" for name in fonts.WEIGHTS), fonts.LICENCE):
        pages[file.name] = file.read_bytes()
    return pages


def site_page(
    version: Version, database: Path, as_of: date, who: Identity, language: str, file: str
) -> str:
    (name, headline) = next((name, said) for one, name, said in SITE_PAGES if one == file)
    shown = seen(words(language), version, database, as_of, "")
    w = shown.words
    other = next(one for one in LANGUAGES if one != language)
    up = "../" if FOLDERS[language] else ""
    told = [Told(shorter(w, of.chart), of.foot, notes(shown, of)) for of in on_page(shown, name)]
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
                    w("foot.as_of", date=w.day(as_of)),
                    f"{w('publication.name')} {version.name}",
                ]
            ),
            picture=site_picture,
            table=lambda rows: html_table(w, rows),
            colour=lambda code: palette.colour(code, "light"),
        )
    )  # fmt: skip


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
