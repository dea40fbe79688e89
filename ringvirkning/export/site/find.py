"""All names of the site in one place: a list that reads without a script, and is searched with
one."""

from collections.abc import Sequence

from ringvirkning.export.site.addresses import Link, StoryAddresses, StoryPart
from ringvirkning.export.site.agreements import listed_agreements, parts_of_agreements
from ringvirkning.export.site.chosen import FOLDERS_OF, Narrowing, ordered
from ringvirkning.export.site.lists import Parts
from ringvirkning.export.site.pages import Told, framed
from ringvirkning.export.site.partners import parts_of_partners
from ringvirkning.export.site.places import AGREEMENTS_PAGE, FIND_PAGE, PARTNERS_PAGE, Home
from ringvirkning.export.site.questions import said_question
from ringvirkning.figures import agreement_story, feet, partners
from ringvirkning.figures.view import View

MOST_FOUND = 1500  # of a kind, 15 kB over the wire: more stand in its own list alone


def find_page(
    shown: View,
    home: Home,
    to: StoryAddresses,
    choices: Sequence[Narrowing],
    figures: Sequence[Told],
    asked: Sequence[Told],
) -> str:
    w = shown.words
    parts = [
        *(choices_part(shown, kind, choices) for kind in FOLDERS_OF),
        partners_named(shown, to),
        agreements_named(shown, to),
        StoryPart(w("website.figures"), links=[Link(of.address, of.chart.title) for of in figures]),
        StoryPart(
            w("explore.ready_title"),
            links=[Link(of.address, said_question(shown, of)) for of in asked],
        ),
    ]
    return framed(
        "find.html",
        shown,
        home,
        FIND_PAGE,
        title=w("search.title"),
        description=feet.under_headline(shown),
        label="",
        parts=[part for part in parts if part.links or part.parts],
    )


def choices_part(shown: View, kind: str, choices: Sequence[Narrowing]) -> StoryPart:
    w = shown.words
    found = ordered(w, [one for one in choices if one.kind == kind])
    links = [Link(one.path(one.pages[0]), one.label(w)) for one in found]
    return StoryPart(w(f"filter.{kind}"), links=links)


def partners_named(shown: View, to: StoryAddresses) -> StoryPart:
    w, rows = shown.words, partners.every_partner(shown)
    links = [
        Link(
            to.partners[row.partner_id],
            row.name,
            partners.what_words(w, row).removeprefix(row.name),
        )
        for row in rows
    ]
    every = Link(PARTNERS_PAGE, w("table.partners", n=len(rows)))
    return all_or_list(w("menu.partners"), links, every, parts_of_partners(w, rows))


def agreements_named(shown: View, to: StoryAddresses) -> StoryPart:
    w, listed = shown.words, listed_agreements(shown)
    rows = {row.partnership_id: row for row in listed}
    links = [
        Link(to.agreements[id_], rows[id_].title, agreement_story.partner_names(w, rows[id_]))
        for id_ in agreement_story.by_title(w, {id_: row.title for id_, row in rows.items()})
    ]
    every = Link(AGREEMENTS_PAGE, w("table.partnerships", n=len(rows)))
    return all_or_list(w("menu.partnerships"), links, every, parts_of_agreements(w, listed))


def all_or_list(heading: str, links: Sequence[Link], every: Link, parts: Parts) -> StoryPart:
    """What leads to the list of a kind with its dates, and every name below it; where these are too
    many, to the pages of that list, from which a script takes them."""
    if len(links) > MOST_FOUND:
        return StoryPart(heading, parts=[link for link, _ in parts] or [every])
    return StoryPart(heading, links=[every, *links] if links else [])
