"""Where each partner's and each agreement's story stands, and the page that one is told on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from ringvirkning.export.site.pages import Told, framed
from ringvirkning.export.site.places import Home, dashed_or_one, stems_apart
from ringvirkning.figures import partners
from ringvirkning.figures.filters import offered
from ringvirkning.figures.timeline import Records, every_partnership
from ringvirkning.figures.view import View, made_together

OF_PARTNERS = "partners/"
OF_AGREEMENTS = "agreements/"


class Link(NamedTuple):
    """To a page of the site; `note` stands behind it."""

    address: str
    name: str
    note: str = ""


class StoryPart(NamedTuple):
    """A part of a story: rows have their own heading first; `facts` are by what they are called,
    `parts` pages with more names."""

    heading: str
    rows: Sequence[Sequence[str]] = ()
    lines: Sequence[str] = ()
    links: Sequence[Link] = ()
    facts: Mapping[str, str] = {}
    parts: Sequence[Link] = ()


@dataclass(frozen=True)
class StoryAddresses:
    """By id, in the folder of a language: the same in every one."""

    partners: Mapping[str, str]
    agreements: Mapping[str, str]


def story_addresses(shown: View) -> StoryAddresses:
    return StoryAddresses(
        addresses_in(OF_PARTNERS, (row.partner_id for row in partners.every_partner(shown))),
        addresses_in(OF_AGREEMENTS, (row.partnership_id for row in every_agreement(shown))),
    )


def addresses_in(folder: str, ids: Iterable[str]) -> dict[str, str]:
    """Those that are alike once they are made into addresses have a number: by id, so that it is
    the same whatever else is there."""
    stems = stems_apart(sorted(ids), dashed_or_one, set())
    return {name: f"{folder}{stem}.html" for name, stem in stems.items()}


def in_each_language(
    views: Sequence[View], told: Mapping[str, str], page: Callable[[View, str, str], str]
) -> dict[str, dict[str, str]]:
    """By language, pages by their addresses; `told` are these by id."""

    def pages(path: str, id_: str) -> dict[str, str]:
        return {shown.words.language: page(shown, path, id_) for shown in views}

    made = made_together(partial(pages, path, id_) for id_, path in told.items())
    return {
        shown.words.language: {
            path: one[shown.words.language] for path, one in zip(told.values(), made, strict=True)
        }
        for shown in views
    }


def up(address: str) -> str:
    """From the page of a story; "" where what it leads to has none."""
    return f"../{address}" if address else ""


def every_agreement(shown: View) -> Records:
    """Of each association those that are told of at once: the thousand that began last."""
    chosen = shown.selection
    names = chosen.association or [name for name, n in offered(shown)["association"].items() if n]
    return [
        row
        for name in names
        for row in every_partnership(replace(shown, selection=replace(chosen, association=(name,))))
    ]


def story_page(
    shown: View,
    home: Home,
    path: str,
    *,
    title: str,
    under: str,
    paragraphs: Sequence[str] = (),
    figures: Sequence[Told] = (),
    parts: Sequence[StoryPart],
) -> str:
    return framed(
        "story.html",
        shown,
        home,
        path,
        title=title,
        description=under,
        label="",
        paragraphs=paragraphs,
        figures=figures,
        parts=parts,
    )
