"""Every agreement, and a page of each: what was agreed, the work, what came of it, and what is not
known."""

from collections.abc import Mapping, Sequence

from ringvirkning.export.report import work_sections
from ringvirkning.export.site.addresses import (
    Link,
    StoryAddresses,
    StoryPart,
    every_agreement,
    in_each_language,
    story_page,
    up,
)
from ringvirkning.export.site.lists import Parts, list_pages, list_parts
from ringvirkning.export.site.places import AGREEMENTS_PAGE, Home
from ringvirkning.figures import agreement_story, agreements, feet, stories
from ringvirkning.figures.targets import targets_of_partnership
from ringvirkning.figures.timeline import Records, began_last_first
from ringvirkning.figures.titles import every_title
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences


def agreement_pages(
    views: Sequence[View], home: Home, to: StoryAddresses
) -> dict[str, dict[str, str]]:
    """By language, and their names in its folder. No two have one title: a reader's tabs, what is
    kept of them and what is found of them are told apart by that."""
    titles = {shown.words.language: every_title(shown) for shown in views}
    return in_each_language(
        views,
        to.agreements,
        lambda shown, path, id_: agreement_page(
            shown, home, to, path, id_, titles[shown.words.language][id_]
        ),
    )


def agreement_page(
    shown: View, home: Home, to: StoryAddresses, path: str, id_: str, title: str
) -> str:
    """What the app tells of it."""
    w, agreement = shown.words, stories.the_agreement(shown, id_)
    groups = agreements.target_groups(shown, agreement.programme, agreement.association)
    purpose = [agreement.purpose] if agreement.purpose else []
    lacking = stories.lacking(shown, partnership_ids=(id_,))
    elsewhere = agreement_story.told_elsewhere(shown, (id_,))
    return story_page(
        shown,
        home,
        path,
        title=title,
        under=agreement_story.agreement_line(w, agreement),
        paragraphs=[*(w("programme.group", group=group) for group in groups), *purpose],
        parts=[
            facts_part(shown, agreement),
            *agreements_part(
                shown, to, w("record.part_of"), agreement_story.outer_agreement(agreement)
            ),
            *agreements_part(
                shown, to, w("record.parts"), agreement_story.inner_agreements(agreement)
            ),
            partners_part(shown, to, id_),
            *(StoryPart(*one) for one in work_sections(shown, (id_,), ())),
            *agreements_part(shown, to, w("work.other_agreements", n=len(elsewhere)), elsewhere),
            *results_parts(shown, id_),
            StoryPart(w("story.missing"), lines=lacking or [w("story.nothing_missing")]),
            activities_part(shown, id_),
        ],
    )


def facts_part(shown: View, agreement: agreement_story.AgreementRow) -> StoryPart:
    w = shown.words
    source = {w("record.source"): agreement.source or w("foot.no_source")}
    return StoryPart(
        w("story.agreement"), facts=agreement_story.agreement_facts(w, agreement) | source
    )


def agreements_part(
    shown: View, to: StoryAddresses, heading: str, titles: Mapping[str, str]
) -> list[StoryPart]:
    """Agreements by their titles; nothing where there are none."""
    ordered = agreement_story.by_title(shown.words, titles)
    links = [Link(up(to.agreements.get(one, "")), titles[one]) for one in ordered]
    return [StoryPart(heading.removesuffix(":"), links=links)] if links else []


def partner_address(shown: View, to: StoryAddresses, partner_id: str) -> str:
    """Where a partner is told of: one that is another now, with that."""
    if partner_id in to.partners:
        return to.partners[partner_id]
    found = stories.organisations(shown, partner_id)
    told = [one.told_id for one in found if one.partner_id == partner_id]
    return next((to.partners[one] for one in told if one in to.partners), "")


def partners_part(shown: View, to: StoryAddresses, id_: str) -> StoryPart:
    w, rows = shown.words, agreement_story.partners_agreed(shown, id_)
    links = [
        Link(
            up(partner_address(shown, to, row.partner_id)),
            row.name,
            agreement_story.partner_line(w, row),
        )
        for row in rows
    ]
    return StoryPart(w("story.partners", n=len(rows)), links=links)


def results_parts(shown: View, id_: str) -> list[StoryPart]:
    """What it contributed to, in numbers and in words, and what was promised of it."""
    w, rows = shown.words, agreement_story.results_of(shown, id_)
    found = agreement_story.with_figures(rows)
    is_shared = any(row.shared_value is not None for row in found)
    notes = [w("story.shared") if is_shared else "", feet.rounding_of(shown, found)]
    said = [
        sentences.said_together(notes),
        *(f"«{row.quote}» {row.source or w('foot.no_source')}" for row in rows if row.quote),
        "" if rows else w("story.no_results"),
    ]
    table = agreement_story.period_rows(w, found) if found else []
    made = [StoryPart(w("story.results"), table, [line for line in said if line])]
    if aims := targets_of_partnership(shown, id_):
        made.append(StoryPart(w("story.targets"), aims, [w("story.targets_note")]))
    return made


def activities_part(shown: View, id_: str) -> StoryPart:
    w = shown.words
    rows, count = agreement_story.activities_of(shown, id_)
    lines = [] if rows else [w("story.no_activities")]
    if len(rows) < count:
        lines = [w("story.first_activities", n=len(rows), all=count)]
    table = agreement_story.activity_rows(w, rows)
    return StoryPart(w("story.activities", n=count), table, lines)


def agreement_list(shown: View, home: Home, to: StoryAddresses) -> dict[str, str]:
    """Every agreement; nothing where there is none."""
    w, rows = shown.words, listed_agreements(shown)
    if not rows:
        return {}
    return list_pages(
        shown,
        home,
        AGREEMENTS_PAGE,
        [
            (to.agreements[row.partnership_id], [*agreement_story.listed_words(w, row).values()])
            for row in rows
        ],
        parts_of_agreements(w, rows),
        title=w("table.partnerships", n=len(rows)),
        description=feet.under_list(shown),
        columns=[w(f"record.{name}") for name in agreement_story.LISTED_WORDS],
    )


def listed_agreements(shown: View) -> Records:
    """Of all associations together: the list does not say whose each is."""
    return began_last_first(every_agreement(shown), shown.words.language)


def parts_of_agreements(w: Words, rows: Records) -> Parts:
    """By the years in which the first and the last on each page began."""

    def begun_in(at: int) -> str:
        day = rows[at].begins_on
        return str(day.year) if day else w("date.start_unknown")

    return list_parts(w, AGREEMENTS_PAGE, len(rows), begun_in)
