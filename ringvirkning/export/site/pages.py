"""Pages of the site as HTML: with the figures of a page of the app, and one of each figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ringvirkning.charts import (
    Bars,
    Chart,
    Columns,
    Dots,
    Numbers,
    Panels,
    RowsOnly,
    Timeline,
    palette,
)
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.fitting import with_room
from ringvirkning.charts.paper.later import drawing_or_mark
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity, logo_ratio
from ringvirkning.export.show import html_table
from ringvirkning.export.site.chosen import ALL_SHOWN, FOLDERS_OF, Narrowing, ordered
from ringvirkning.export.site.places import (
    ABOUT_PAGE,
    FIGURES_FOLDER,
    FIND_PAGE,
    FOLDERS,
    PARTNERS_PAGE,
    PREVIEW,
    QUESTIONS_FOLDER,
    QUESTIONS_PAGE,
    SITE_PAGES,
    TAKEN_UNDRAWN,
    WORKER,
    Home,
    figures_on_pages,
)
from ringvirkning.export.templating import templates
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.notes import notes
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, sentences

ROW, HEADING = 34, 40  # pixels of a lying bar, and of what stands above it
# Width and letters in pixels: letters must be read on a phone, too, so that a chart is drawn twice
# and the style says which is seen; the many that are narrowed once, two beside each other.
SIZES = {"wide": (1040, 16), "narrow": (360, 13), "compact": (440, 14)}
LOGO_HEIGHT = 40  # as site.css has it
LETTERS_AFTER, LETTERS_ALONG = 16, 55  # behind a bar, and over all columns of half a page
BOTH_SIZES, COMPACT = ("wide", "narrow"), ("compact",)
# Pages that no choice narrows, and what the menu calls them.
LISTS_OF_ALL = {
    PARTNERS_PAGE: "menu.partners",
    QUESTIONS_PAGE: "explore.ready_title",
    ABOUT_PAGE: "menu.about",
    FIND_PAGE: "search.title",
}
PAGE_WORDS = (
    *("pages", "own_page", "take", "embed", "counted", "table", "whole", "narrow", "every"),
    *("data", "figures", "index", "search", "funded"),
    *("newer", "newest", "kept", "out", "parts"),
    *("private", "private_what", "offline_what"),
)


@dataclass(frozen=True)
class Told:
    """A figure with what is said of it; `drawn` are its drawings by their sizes, `stem` what the
    names of its files begin with, and `address` that of its page, "" where it has none."""

    chart: Chart
    happened: Sequence[str]
    foot: str
    notes: Sequence[tuple[str, str]]
    drawn: Mapping[str, Markup]
    stem: str
    address: str = ""
    made_of: Figure | None = None


@dataclass(frozen=True)
class Content:
    """What a page says first, what that was taken under, and its figures."""

    title: str
    under: str
    figures: Sequence[Told]


def told(
    shown: View, figure: Figure, stem: str, address: str = "", sizes: Sequence[str] = BOTH_SIZES
) -> Told:
    chart = whole_or_shorter(shown.words, figure.chart)
    drawn = drawings(chart, sizes)
    said = notes(shown, figure)
    return Told(chart, figure.told, figure.foot, said, drawn, stem, address, figure)


def drawings(chart: Chart, sizes: Sequence[str]) -> dict[str, Markup]:
    found = {name: site_size(chart, name) for name in sizes}
    return {
        name: Markup(drawing_or_mark(with_room(chart, size), size)) for name, size in found.items()
    }


def contents_of(shown: View, choice: Narrowing) -> dict[str, Content]:
    """What each page says that has something to show, with this choice. Where all is shown, the
    others say that there is nothing."""
    own = choice.within(shown)
    found = figures_on_pages(own, choice.pages)
    made: dict[str, Content] = {}
    for _, page, headline in SITE_PAGES:
        figures = [
            told(
                own,
                figure,
                stem,
                f"{choice.folder}{FIGURES_FOLDER}{stem}.html",
                COMPACT if choice.kind and is_brief(figure.chart) else BOTH_SIZES,
            )
            for stem, (of, figure) in found.items()
            if of == page
        ]
        if figures or not choice.kind:
            title = headline(own) if figures else own.words("empty.data")
            made[page] = Content(title, feet.under_headline(own), figures)
    return made


def choice_page(
    shown: View,
    home: Home,
    choice: Narrowing,
    page: str,
    content: Content,
    choices: Sequence[Narrowing] = (),
) -> str:
    """A page of a choice; `choices` are all that it links to."""
    first = next((one for one in content.figures if one.chart.form != "table"), None)
    label = choice.label(shown.words)
    return framed(
        "page.html",
        shown,
        home,
        choice.path(page),
        choice,
        title=content.title,
        label=label,
        description=content.under,
        pictured=None if choice.kind or home.version else first,
        subtitle=content.under,
        figures=content.figures,
        figures_at=FIGURES_FOLDER,
        kind=shown.words(f"filter.{choice.kind}") if choice.kind else "",
        whole="../" * choice.path(page).count("/") + ALL_SHOWN.path(page),
        filters=filters_on(shown.words, choice, page, choices),
    )


def filters_on(
    w: Words, choice: Narrowing, page: str, choices: Sequence[Narrowing]
) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What else can be chosen, by kind: addresses of the same page where there is one, names, and
    whether it is chosen now."""
    back = "../" * choice.path(page).count("/")
    return [
        (
            w(f"filter.{kind}"),
            [
                (back + one.path(page), one.label(w), one == choice)
                for one in ordered(w, [one for one in choices if one.kind == kind])
            ],
        )
        for kind in FOLDERS_OF
        if any(one.kind == kind for one in choices)
    ]


def site_page(shown: View, home: Home, page: str) -> str:
    """A page with all that there is, by itself."""
    return choice_page(shown, home, ALL_SHOWN, page, contents_of(shown, ALL_SHOWN)[page])


def figure_page(
    shown: View, home: Home, of: Told, choice: Narrowing = ALL_SHOWN, is_whole: bool = False
) -> str:
    """A figure's own page, with this choice; `is_whole`: whether there is one with all."""
    w, back = shown.words, "../" * of.address.count("/")
    return page_of_figure(
        shown,
        home,
        of,
        choice,
        kind=w(f"filter.{choice.kind}") if choice.kind else "",
        label=choice.label(w),
        leads=back + choice.path(choice.pages[0]),
        whole=f"{back}{FIGURES_FOLDER}{of.stem}.html" if choice.kind and is_whole else "",
        kinds=TAKEN_UNDRAWN if choice.kind else home.kinds,
    )


def page_of_figure(
    shown: View,
    home: Home,
    of: Told,
    choice: Narrowing = ALL_SHOWN,
    *,
    kind: str,
    label: str,
    leads: str,
    whole: str = "",
    kinds: Sequence[str],
) -> str:
    """A page of one figure. `kind` and `label` say what it is under, which `leads` to a page; files
    of these `kinds` stand beside it."""
    w, path = shown.words, of.address
    own = path.rpartition("/")[2]
    return framed(
        "figure.html",
        shown,
        home,
        path,
        choice,
        title=of.chart.title,
        description=of.chart.subtitle or of.foot,
        pictured=of if "png" in kinds else None,
        kind=kind,
        label=label,
        leads=leads,
        whole=whole,
        figure=of,
        files=[(f"{of.stem}.{one}", w(f"website.file.{one}")) for one in kinds],
        frame_address=home.own(FOLDERS[w.language] + path, own),
        licence=w("about.licence_what"),
    )


def framed(
    template: str,
    shown: View,
    home: Home,
    path: str,
    choice: Narrowing = ALL_SHOWN,
    *,
    title: str,
    description: str,
    pictured: Told | None = None,
    **more: object,
) -> str:
    """A page in what all have around them. `path` is where it is in the folder of its language,
    `choice` whose pages it leads to; `pictured` the figure that is seen where its address is
    shared."""
    w, who = shown.words, home.who
    other = next(one for one in LANGUAGES if one != w.language)
    here, up, back = FOLDERS[w.language] + path, "", "../" * path.count("/")
    up = "../" * here.count("/")
    newest = f"{up}{'../' * home.version.count('/')}"
    # Search engines take addresses in full alone.
    languages = {**{one: one for one in LANGUAGES}, "x-default": LANGUAGES[0]}
    alternates = {code: home.link(FOLDERS[one] + path, newest) for code, one in languages.items()}
    preview = f"{FOLDERS[w.language]}{FIGURES_FOLDER}{pictured.stem}{PREVIEW}" if pictured else ""
    return (
        templates()
        .get_template(f"site/{template}")
        .render(
            path=path,
            language=w.language,
            locale=w.locale,
            other=other,
            other_name=LANGUAGE_NAMES[other],
            there=f"{up}{FOLDERS[other]}{path}",
            up=up,
            back=back,
            canonical=home.link(here, "") if home.address else "",
            has_feed=home.address and not home.version,
            worker=up + WORKER,
            edition="" if home.version or not who.offline else edition_shown(shown),
            newest=f"{newest}{here}" if home.version else "",
            kept=up + home.kept + here if home.kept and stays_with_version(path) else "",
            stands=w("website.stands", date=w.day(shown.version.published_at)),
            alternates=alternates if home.address else {},
            pages=[
                (back + choice.path(page), w(f"menu.{page}"), choice.path(page) == path)
                for page in choice.pages
            ]
            + [
                (back + one, w(key), is_of_list(path, one))
                for one, key in LISTS_OF_ALL.items()
                if stays_with_version(one) or not home.version
            ],
            said={name: w(f"website.{name}") for name in PAGE_WORDS}
            | {"more": w("show.more"), "licence": w("about.licence")},
            who=who,
            logo_width=round(LOGO_HEIGHT * (logo_ratio(who.logo) or 0)),
            logo_height=LOGO_HEIGHT,
            title=title,
            description=description,
            picture=home.link(preview, up) if preview else "",
            picture_alt=pictured.chart.title if pictured else "",
            foot=whose_and_when(shown, who),
            table=lambda rows: html_table(w, rows),
            colour=lambda code: palette.colour(code, "light"),
            **more,
        )
    )  # fmt: skip


def is_of_list(path: str, page: str) -> bool:
    """Whether it is the page of a list, or one that the list goes on to."""
    return path == page or path.startswith(f"{page.removesuffix('.html')}-")


def edition_shown(shown: View) -> str:
    """What a browser keeps is of this alone: another version, or another day's."""
    return f"{shown.version.name} {shown.as_of}"


def stays_with_version(path: str) -> bool:
    """Whether a page stays at an address of its version's own: those of all figures, and what they
    mean."""
    is_list = path in (QUESTIONS_PAGE, ABOUT_PAGE) or path in [file for file, _, _ in SITE_PAGES]
    return is_list or path.startswith((FIGURES_FOLDER, QUESTIONS_FOLDER))


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


def is_brief(chart: Chart) -> bool:
    """Whether what is written at its marks has room on half a page."""
    if isinstance(chart, RowsOnly | Numbers):
        return False
    totals = chart.totals if isinstance(chart, Bars | Dots) else ()
    labels = [one.labels for one in chart.series] if isinstance(chart, Columns | Panels) else []
    along = max((sum(map(len, one)) for one in labels), default=0)
    return max(map(len, totals), default=0) <= LETTERS_AFTER and along <= LETTERS_ALONG


def site_size(chart: Chart, name: str) -> Size:
    width, text = SIZES[name]
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
