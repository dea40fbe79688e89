"""Pages of the site as HTML: with the figures of a page of the app, and one of each figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ringvirkning.charts import Bars, Chart, Dots, Panels, RowsOnly, Timeline, palette
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity
from ringvirkning.export.show import html_table, templates
from ringvirkning.figures import Figure, activities, feet, outcomes, overview, partnerships
from ringvirkning.figures.catalogue import PAGES, figures
from ringvirkning.figures.notes import notes
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, sentences
from ringvirkning.texts.safe import slug

# The file, the page, and what it says first.
SITE_PAGES: tuple[tuple[str, str, Callable[[View], str]], ...] = (
    ("index.html", "overview", overview.headline),
    ("partnerships.html", "partnerships", partnerships.headline),
    ("activities.html", "activities", activities.headline),
    ("outcomes.html", "outcomes", outcomes.headline),
)
FOLDERS = {"nb": "", "en": "en/"}
FIGURES_FOLDER = "figures/"
# What a figure can be taken as, by the end of its name.
TAKEN_AS = ("svg", "png", "csv", "json")
PREVIEW = "-1200x630.png"
ROW, HEADING = 34, 40  # pixels of a lying bar, and of what stands above it
PAGE_WORDS = ("pages", "own_page", "take", "embed", "counted", "table", "whole")


@dataclass(frozen=True)
class Home:
    """Whose the site is, and the address that it is at: "/" stands last; "" where nobody said."""

    who: Identity
    address: str = ""

    def link(self, path: str, up: str) -> str:
        """To a file of the site, for those elsewhere; from a page, where there is no address."""
        return f"{self.address}{path.removesuffix('index.html')}" if self.address else up + path


@dataclass(frozen=True)
class Told:
    """A figure with what is said of it; `stem` is what the names of its files begin with, and
    `address` that of its page, "" where it has none."""

    chart: Chart
    happened: Sequence[str]
    foot: str
    notes: Sequence[tuple[str, str]]
    stem: str
    address: str = ""


def stems_apart(
    names: Iterable[str], stem: Callable[[str], str], taken: set[str]
) -> dict[str, str]:
    """A stem of an address for each name; where two would have the same, one has a number."""
    found: dict[str, str] = {}
    for name in names:
        first = one = stem(name)
        number = 1
        while one in taken:
            number += 1
            one = f"{first}-{number}"
        taken.add(one)
        found[name] = one
    return found


def dashed(name: str) -> str:
    return slug(name).replace("_", "-")


def figures_on_pages(shown: View) -> dict[str, tuple[str, Figure]]:
    """The page and the figure by the stem of its address, the same in every language."""
    found = {
        f"{page}-{figure.name}": (page, figure)
        for _, page, _ in SITE_PAGES
        for figure in on_page(shown, page)
    }
    stems = stems_apart(sorted(found), dashed, set())
    return {stems[name]: of for name, of in found.items()}


def on_page(shown: View, name: str) -> list[Figure]:
    """None where the data set is empty."""
    is_empty = name == "outcomes" and not outcomes.programmes(shown)
    return [] if is_empty or name not in PAGES else figures(shown, name, "")


def told(shown: View, figure: Figure, stem: str, address: str = "") -> Told:
    chart = whole_or_shorter(shown.words, figure.chart)
    return Told(chart, figure.told, figure.foot, notes(shown, figure), stem, address)


def site_page(shown: View, home: Home, file: str) -> str:
    (page, headline) = next((page, said) for one, page, said in SITE_PAGES if one == file)
    found = [
        told(shown, figure, stem, f"{FIGURES_FOLDER}{stem}.html")
        for stem, (of, figure) in figures_on_pages(shown).items()
        if of == page
    ]
    title = headline(shown) if found else shown.words("empty.data")
    first = next((one for one in found if one.chart.form != "table"), None)
    return framed(
        "page.html",
        shown,
        home,
        file,
        title=title,
        description=feet.under_headline(shown),
        pictured=first,
        subtitle=feet.under_headline(shown),
        figures=found,
    )


def figure_page(shown: View, home: Home, figure: Figure, stem: str) -> str:
    path, w = f"{FIGURES_FOLDER}{stem}.html", shown.words
    of = told(shown, figure, stem)
    return framed(
        "figure.html",
        shown,
        home,
        path,
        title=of.chart.title,
        description=of.chart.subtitle or of.foot,
        pictured=of,
        figure=of,
        files=[(f"{stem}.{kind}", w(f"website.file.{kind}")) for kind in TAKEN_AS],
        frame_address=home.link(FOLDERS[w.language] + path, "") if home.address else f"{stem}.html",
        licence=w("about.licence_what"),
    )


def framed(
    template: str,
    shown: View,
    home: Home,
    path: str,
    *,
    title: str,
    description: str,
    pictured: Told | None = None,
    **more: object,
) -> str:
    """A page in what all have around them. `path` is where it is in the folder of its language;
    `pictured` the figure that is seen where its address is shared."""
    w, who = shown.words, home.who
    other = next(one for one in LANGUAGES if one != w.language)
    here, up, back = FOLDERS[w.language] + path, "", "../" * path.count("/")
    up = "../" * here.count("/")
    alternates = [(one, home.link(FOLDERS[one] + path, up)) for one in LANGUAGES]
    preview = f"{FOLDERS[w.language]}{FIGURES_FOLDER}{pictured.stem}{PREVIEW}" if pictured else ""
    return (
        templates()
        .get_template(f"site/{template}")
        .render(
            language=w.language,
            locale=w.locale,
            other=other,
            other_name=LANGUAGE_NAMES[other],
            there=f"{up}{FOLDERS[other]}{path}",
            up=up,
            canonical=home.link(here, up) if home.address else "",
            alternates=[*alternates, ("x-default", alternates[0][1])],
            pages=[
                (back + one, w(f"menu.{page}"), one == path)
                for one, page, _ in SITE_PAGES
            ],
            said={name: w(f"website.{name}") for name in PAGE_WORDS}
            | {"more": w("show.more"), "licence": w("about.licence")},
            who=who,
            title=title,
            description=description,
            picture=home.link(preview, up) if preview else "",
            picture_alt=pictured.chart.title if pictured else "",
            foot=whose_and_when(shown, who),
            drawing=site_picture,
            table=lambda rows: html_table(w, rows),
            colour=lambda code: palette.colour(code, "light"),
            **more,
        )
    )  # fmt: skip


def whose_and_when(shown: View, who: Identity) -> str:
    w = shown.words
    return sentences.quiet_line(
        [
            who.name,
            w("foot.as_of", date=w.day(shown.as_of)),
            f"{w('publication.name')} {shown.version.name}",
        ]
    )


def whole_or_shorter(w: Words, chart: Chart) -> Chart:
    """A page has room for all of a table."""
    return chart if isinstance(chart, RowsOnly) else shorter(w, chart)


def site_picture(chart: Chart, is_wide: bool) -> Markup:
    """Twice, since letters must be read on a phone, too; the style says which is seen."""
    return Markup(svg(chart, site_size(chart, is_wide)))


def site_size(chart: Chart, is_wide: bool) -> Size:
    width, text = (1040, 16) if is_wide else (360, 13)
    return Size(width, height(chart), text)


def height(chart: Chart) -> int:
    match chart:
        case Panels():
            return 150 * len(chart.panels)
        case Bars() | Dots():
            return HEADING + ROW * max(len(chart.categories), 1)
        case Timeline():
            return HEADING + ROW * max(len(chart.spans), 1)
    return 320


def every_view(views: Mapping[str, View]) -> Iterable[tuple[str, View]]:
    """The folder of each language, and what is shown there."""
    return ((FOLDERS[language], shown) for language, shown in views.items())
