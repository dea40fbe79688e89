"""What can be found from every page: partners, partnerships, programmes, questions and pages, of
the associations and in the edition that are shown, whatever the other filters leave."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures import partners
from ringvirkning.figures.explore.ready import ready_questions
from ringvirkning.figures.filters import choices
from ringvirkning.figures.state import BY_ID, EXPLORE
from ringvirkning.figures.view import View
from ringvirkning.ui import state
from ringvirkning.ui.components.finder import Hit, Hits, address, draw_finder


def draw_search(shown: View, menu: Sequence[str]) -> None:
    """The search, also of the pages in the menu; what is opened in it is gone to."""
    if target := draw_finder(shown.words, everything(shown, menu)):
        state.go_to_state(target)


def everything(shown: View, menu: Sequence[str]) -> list[Hits]:
    """All that can be found, by kind; names are in the order of the language."""
    w, own = shown.words, shown.of_associations
    nothing: dict[str, Any] = dict.fromkeys(BY_ID)
    here = replace(state.current(), **nothing)
    asked = ready_questions(shown)
    programmes = choices(own.rows(answers.Choices))["programme"]
    agreed = alphabetical(own.rows(answers.AgreementNames), w.language, lambda row: row.title)
    groups = [
        Hits(
            w("menu.partners"),
            [
                Hit(row.partner_id, row.name, partners.what_words(w, row).removeprefix(row.name))
                for row in partners.every_partner(own)
            ],
            lambda id: replace(here, place="partners", partner=id),
        ),
        Hits(
            w("menu.partnerships"),
            [
                Hit(row.partnership_id, row.title, ", ".join(row.partner_names or ()))
                for row in agreed
            ],
            lambda id: replace(here, place="partnerships", partnership=id),
        ),
        Hits(
            w("search.programmes"),
            [Hit(name, name) for name in alphabetical(programmes, w.language) if programmes[name]],
            lambda id: replace(
                here, place="outcomes", selection=replace(here.selection, programme=(id,))
            ),
        ),
        Hits(
            w("search.questions"),
            [Hit(name, w(f"explore.ready.{name}")) for name in asked],
            lambda id: replace(here, place=EXPLORE, question=asked[id]),
        ),
        Hits(
            w("search.pages"),
            [Hit(name, w(f"menu.{name}")) for name in menu],
            lambda id: replace(here, place=id),
        ),
    ]
    return [*groups[:3], *(own_addresses(group) for group in groups[3:])]


def own_addresses(group: Hits) -> Hits:
    """The same where each is on a page or is a question of its own."""
    found = [hit._replace(href=address(group.to(hit.id))) for hit in group.found]
    return group._replace(found=found)
