"""Every partner from A to Å, and a page of each: what we did together, and what came of it."""

from collections.abc import Sequence

from ringvirkning.export.report import told_of_partner
from ringvirkning.export.site.addresses import (
    Link,
    StoryAddresses,
    StoryPart,
    in_each_language,
    story_page,
    up,
)
from ringvirkning.export.site.lists import LONGEST_PLACE, Parts, list_pages, list_parts
from ringvirkning.export.site.pages import BOTH_SIZES, Told, drawings
from ringvirkning.export.site.places import PARTNERS_PAGE, Home
from ringvirkning.figures import feet, partners, stories
from ringvirkning.figures.timeline import Records
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences


def partner_pages(
    views: Sequence[View], home: Home, to: StoryAddresses
) -> dict[str, dict[str, str]]:
    """By language, and their names in its folder; none where there is no partner."""
    pages = in_each_language(
        views, to.partners, lambda shown, path, id_: partner_page(shown, home, to, path, id_)
    )
    for shown in views if to.partners else []:
        pages[shown.words.language] |= list_of_partners(shown, home, to)
    return pages


def partner_page(shown: View, home: Home, to: StoryAddresses, path: str, id_: str) -> str:
    of = told_of_partner(shown, id_, is_paper=False)
    own = shown.of_associations
    agreed = stories.agreements(own, stories.organisations(own, id_))
    return story_page(
        shown,
        home,
        path,
        title=of.title,
        under=of.under,
        figures=[
            Told(chart, (), foot, (), drawings(chart, BOTH_SIZES), "") for chart, foot in of.figures
        ],
        parts=[
            *agreements_of_partner(shown, to, agreed),
            *(StoryPart(*one) for one in of.sections),
        ],
    )


def agreements_of_partner(shown: View, to: StoryAddresses, agreed: Records) -> list[StoryPart]:
    """Its agreements, as they stand; nothing where it has none."""
    w = shown.words
    titles = titles_apart(w, agreed)
    links = [
        Link(up(to.agreements.get(id_, "")), titles[id_], w.code("status", row.status))
        for row in agreed
        if (id_ := row.partnership_id)
    ]
    return [StoryPart(w("menu.partnerships"), links=links)] if links else []


def list_of_partners(shown: View, home: Home, to: StoryAddresses) -> dict[str, str]:
    w, rows = shown.words, partners.every_partner(shown)
    return list_pages(
        shown,
        home,
        PARTNERS_PAGE,
        [(to.partners[row.partner_id], partners.partner_words(w, row)) for row in rows],
        parts_of_partners(w, rows),
        title=partners.headline(shown),
        description=feet.under_list(shown),
        columns=[w(f"partner_list.column.{name}") for name in partners.PARTNER_COLUMNS],
    )


def parts_of_partners(w: Words, rows: Sequence[partners.PartnerRow]) -> Parts:
    """By the names that each page begins and ends with."""
    return list_parts(
        w, PARTNERS_PAGE, len(rows), lambda at: sentences.shortened(rows[at].name, LONGEST_PLACE)
    )
