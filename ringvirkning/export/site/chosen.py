"""What the pages can be narrowed to without a server: an association, a type of partner, a
programme or years, each with pages of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ringvirkning.export.site.places import EVERY_PAGE, dashed_or_one, stems_apart
from ringvirkning.figures.filters import by_name, offered
from ringvirkning.figures.view import View
from ringvirkning.texts import Words

# What is chosen, and where its pages stand.
FOLDERS_OF = {
    "association": "by/association/",
    "partner_type": "by/partner-type/",
    "programme": "by/programme/",
    "years": "years/",
}
MOST_RECENT = 5  # years
# Of a programme what came of it is read first, and no overview of the association.
OF_KIND = {"programme": ("outcomes", "activities", "partnerships")}


@dataclass(frozen=True)
class Narrowing:
    """One of a `kind`, "" of all: its `code`, its folder in that of the language, and its pages as
    they are read."""

    kind: str
    code: Any
    folder: str
    pages: tuple[str, ...]

    def path(self, page: str) -> str:
        """Where a page of it is; where it has none such, the first."""
        is_first = page == self.pages[0] or page not in self.pages
        return f"{self.folder}{'index' if is_first else page}.html"

    def within(self, shown: View) -> View:
        """The same view, narrowed to it."""
        if not self.kind:
            return shown
        chosen: dict[str, Any] = {self.kind: self.code if self.kind == "years" else (self.code,)}
        return replace(shown, selection=replace(shown.selection, **chosen))

    def label(self, w: Words) -> str:
        if self.kind == "years":
            return "–".join(dict.fromkeys(map(str, self.code)))
        return w.code(self.kind, self.code) if self.kind else ""


ALL_SHOWN = Narrowing("", None, "", EVERY_PAGE)


def may_be_chosen(shown: View) -> Iterator[Narrowing]:
    """All that there is; whether a page of one has something to show is not known yet."""
    for kind, folder in FOLDERS_OF.items():
        codes = codes_of_kind(shown, kind)
        stems = stems_apart(sorted(map(str, codes)), dashed_or_one, set())
        for code in codes:
            own = f"{folder}{stems[str(code)]}/"
            yield Narrowing(kind, code, own, OF_KIND.get(kind, EVERY_PAGE))


def codes_of_kind(shown: View, kind: str) -> Sequence[Any]:
    if kind == "years":
        return recent_years(shown)
    if kind == "association" and shown.selection.association:
        return []  # the site is of these: nothing of others is on it
    codes = [code for code, count in offered(shown)[kind].items() if count]
    return codes if kind != "association" or len(codes) > 1 else []


def recent_years(shown: View) -> list[tuple[int, int]]:
    """The last five, and the last complete one, where there are others."""
    first, last = shown.span
    found = [(last - MOST_RECENT + 1, last), (shown.year, shown.year)]
    return [years for years in found if first <= years[0] and years != (first, last)]


def ordered(w: Words, choices: Sequence[Narrowing]) -> list[Narrowing]:
    """Those of a kind in the order of the language, what is of no other type last."""
    if not choices or choices[0].kind == "years":
        return [*choices]
    found = {one.code: one for one in choices}
    return [found[code] for code in by_name(w, choices[0].kind, found)]
