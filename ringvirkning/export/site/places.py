"""Where the pages and files of a site stand, and the address that it is at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ringvirkning.export.identity import Identity
from ringvirkning.figures import Figure, outcomes
from ringvirkning.figures.catalogue import HEADLINES, PAGES, START, figures
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import slug

EVERY_PAGE = (START, "partnerships", "activities", "outcomes")
# The file, the page, and what it says first.
SITE_PAGES = tuple(
    (f"{'index' if page == START else page}.html", page, HEADLINES[page]) for page in EVERY_PAGE
)
FOLDERS = {"nb": "", "en": "en/"}
FIGURES_FOLDER = "figures/"
PARTNERS_PAGE = "partners.html"
QUESTIONS_PAGE = "questions.html"
QUESTIONS_FOLDER = "questions/"
ABOUT_PAGE = "about.html"
AGREEMENTS_PAGE = "agreements.html"
FIND_PAGE = "find.html"
WORKER = "sw.js"  # keeps pages in the browser
# What a figure can be taken as, by the end of its name.
TAKEN_AS = ("svg", "png", "csv", "json")
TAKEN_UNDRAWN = TAKEN_AS[2:]  # of what is narrowed: there are many, and a picture is slow to make
PREVIEW = "-1200x630.png"


@dataclass(frozen=True)
class Home:
    """Whose the site is, and the address that it is at: "/" stands last; "" where nobody said.

    Pages are those of the newest figures, or stay in the folder of their `version`; `kept` is where
    the newest stay, too, "" where they don't."""

    who: Identity
    address: str = ""
    version: str = ""
    kept: str = ""

    def link(self, path: str, up: str) -> str:
        """To a file of the newest figures, for those elsewhere; from a page, where there is no
        address."""
        return f"{self.address}{path.removesuffix('index.html')}" if self.address else up + path

    def own(self, path: str, otherwise: str) -> str:
        """To a file of these figures; what it is `otherwise`, where there is no address."""
        return self.link(self.version + path, "") if self.address else otherwise

    @property
    def kinds(self) -> Sequence[str]:
        """What figures of all can be taken as."""
        return TAKEN_UNDRAWN if self.version else TAKEN_AS


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


def dashed_or_one(name: str) -> str:
    return dashed(name) or "1"


def figures_on_pages(
    shown: View, pages: Sequence[str] = EVERY_PAGE
) -> dict[str, tuple[str, Figure]]:
    """The page and the figure by the stem of its address, the same in every language."""
    found = {
        f"{page}-{figure.name}": (page, figure) for page in pages for figure in on_page(shown, page)
    }
    stems = stems_apart(sorted(found), dashed, set())
    return {stems[name]: of for name, of in found.items()}


def on_page(shown: View, name: str) -> list[Figure]:
    """None where the data set is empty."""
    is_empty = name == "outcomes" and not outcomes.programmes(shown)
    return [] if is_empty or name not in PAGES else figures(shown, name, "")
