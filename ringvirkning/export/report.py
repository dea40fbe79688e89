"""One page on paper: for the board, and for each partner, to send to NAV or the county."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from ringvirkning.charts import Bars, Chart, Numbers, RowsOnly, Timeline, layout
from ringvirkning.charts.paper.drawing import MOST_LINES, Size
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity
from ringvirkning.export.typeset import Files, add_picture, legend, logo, number_fields, typeset
from ringvirkning.figures import agreements, events, feet, overview, stories
from ringvirkning.figures.catalogue import figures
from ringvirkning.figures.timeline import Records, cited, timeline_chart
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences

WIDTH, TEXT = 720, 13  # of a drawing across the page, in pixels
HEIGHT, ROW, LINE = 190, 24, 16  # of a drawing, of a row of bars, of each more line of its name
MOST_PERIODS = 5  # beside one another in a table
MOST_AGREEMENTS = 20
ROOM = 28  # lines that a page holds, an agreement being one
EVERY = 1000  # periods or activities, where there is room
FEWEST_ACTIVITIES = 6  # activities, whatever else there is


class Section(NamedTuple):
    """A heading, a table with its own heading first, and lines under it."""

    heading: str
    rows: Sequence[Sequence[str]]
    lines: Sequence[str]


def board_report(shown: View, who: Identity) -> bytes:
    """The overview: headline, key figures, charts; of exact figures what needs attention, too. Of
    context a page has room for the first chart of one association. PDF/UA on A4.
    """
    w = shown.words
    all_drawn = [of for of in figures(shown, "overview", "") if not isinstance(of.chart, RowsOnly)]
    beside = [of for of in all_drawn if of.asks == ["context"]]
    left_out = beside[1:] if len(shown.selection.association) == 1 else beside
    drawn = [of for of in all_drawn if of not in left_out]
    return report_pdf(
        shown,
        who,
        overview.headline(shown),
        feet.under_headline(shown),
        [(shorter(w, of.chart), of.under) for of in drawn],
        [] if shown.is_protected else [worklist(shown)],
    )


def worklist(shown: View) -> Section:
    """What needs attention: for those who keep the data, not for what leaves the house."""
    lines = [f"{title}: {what}" for title, what in stories.attention(shown)]
    return Section(shown.words("attention.title"), [], lines)


class PartnerTold(NamedTuple):
    """What is told of a partner: its name and what stands under it, the timeline of its agreements
    with its foot, and the rest."""

    title: str
    under: str
    figures: Sequence[tuple[Chart, str]]
    sections: Sequence[Section]


def partner_report(shown: View, who: Identity, partner_id: str) -> bytes:
    """What we did together, what came of it, what is missing; of the chosen associations alone.

    Raises LookupError for no partner, stories.OfOthers where they have nothing with it.
    """
    return report_pdf(shown.of_associations, who, *told_of_partner(shown, partner_id))


def told_of_partner(shown: View, partner_id: str, is_paper: bool = True) -> PartnerTold:
    """The same in words and rows: what a page of paper has room for, or all. Raises as
    `partner_report`."""
    w, shown = shown.words, shown.of_associations
    found = stories.organisations(shown, partner_id)
    partner = stories.named(found, partner_id)
    own = stories.agreements(shown, found)
    foot = sentences.quiet_line([w("foot.unit_timeline"), feet.sources(w, cited(own))])
    results = results_section(shown, partner_id, MOST_PERIODS if is_paper else EVERY)
    lacking = stories.lacking(shown, partner_id)
    ids = [one.partner_id for one in found]
    held = work_sections(shown, [row.partnership_id for row in own], ids)
    drawn = own[:MOST_AGREEMENTS] if is_paper else own
    told = (
        sum(len(one.rows) + len(one.lines) for one in held)
        + len(drawn)
        + len(results.rows)
        + len(results.lines)
        + len(lacking)
    )
    room = max(FEWEST_ACTIVITIES, ROOM - told) if is_paper else EVERY
    under = [
        stories.who(shown, partner),
        w.listed(shown.selection.association) if len(shown.selection.association) > 1 else "",
        *stories.several_names(shown, found),
        *agreements.groups_of(shown, own),
        w("foot.as_of", date=w.day(shown.as_of)),
    ]
    return PartnerTold(
        partner.name,
        sentences.quiet_line(under),
        [agreements_in_time(shown, drawn, foot)] if own else [],
        [
            *([further_agreements(shown, own)] if len(drawn) < len(own) else []),
            *held,
            results,
            activities_section(shown, partner_id, found, room),
            Section(w("story.missing"), [], lacking or [w("story.nothing_missing")]),
        ],
    )


def agreements_in_time(shown: View, own: Records, foot: str) -> tuple[Chart, str]:
    """Their timeline, and below it what happened meanwhile."""
    chart = timeline_chart(shown.words, own, shown.as_of)
    chart, told, _ = events.beside_spans(shown, chart)
    return chart, sentences.quiet_line([*told, foot])


def work_sections(
    shown: View, agreement_ids: Sequence[str], giver_ids: Sequence[str]
) -> list[Section]:
    """The work under agreements with a partner, and what goes in; nothing where none is told."""
    made = (
        agreements.work(shown, agreement_ids),
        agreements.contributions(shown, agreement_ids, giver_ids),
    )
    return [Section(of.chart.title, of.chart.rows, [of.foot]) for of in made if of]


def further_agreements(shown: View, own: Records) -> Section:
    """Those that the timeline has no room for, by their titles."""
    rest, titles = own[MOST_AGREEMENTS:], titles_apart(shown.words, own)
    heading = shown.words("story.further_agreements", n=len(rest))
    return Section(heading, [], ["; ".join(titles[row.partnership_id] for row in rest)])


def results_section(shown: View, partner_id: str, most: int = MOST_PERIODS) -> Section:
    """Every result, its total before its years, and of how many figures the years are left out."""
    w = shown.words
    rows = stories.results_of_partner(shown, partner_id)
    earlier = stories.newest_first(rows)[most:]
    left_out = sum(stories.period_of(row) in earlier for row in rows)
    notes = [w("story.shared"), feet.rounding_of(shown, rows, stories.result_totals(shown, rows))]
    lines = [
        *([w("story.further_figures", n=left_out)] if left_out else []),
        *stories.sharers(shown, rows),
        sentences.said_together(notes) if rows else w("story.no_results"),
    ]
    table = stories.by_period(shown, rows, most) if rows else []
    return Section(w("story.partner_results"), table, lines)


def activities_section(
    shown: View, partner_id: str, found: stories.Organisations, most: int
) -> Section:
    """The latest, and how many there are beside them."""
    w = shown.words
    latest = stories.latest_activities(shown, found, most)
    count = stories.activity_count(shown, partner_id)
    more = [w("story.further_activities", n=count - len(latest))] if len(latest) < count else []
    rows = [
        [w(f"explore.record.{name}") for name in stories.ACTIVITY],
        *(stories.activity(shown, row) for row in latest),
    ]
    heading = stories.activities_heading(shown, len(latest), count)
    return Section(heading, rows, more if latest else [w("story.no_partner_activities")])


def report_pdf(
    shown: View,
    who: Identity,
    title: str,
    under: str,
    figures: Sequence[tuple[Chart, str]],
    sections: Sequence[Section],
) -> bytes:
    w = shown.words
    files: Files = {}
    said: dict[str, object] = {
        "title": title,
        "under": under,
        "author": who.name,
        "language": w.language,
        "strong": who.colours[0],
        "logo": logo(files, who),
        "internal": "" if shown.is_protected else w("deck.internal"),
        "figures": [
            {
                "title": "" if chart.title == title else chart.title,
                "numbers": number_fields(chart),
            }
            if isinstance(chart, Numbers)
            else {
                "title": chart.title,
                "subtitle": chart.subtitle,
                "picture": add_picture(files, chart, size(chart)),
                "alt": chart.alt,
                "legend": legend(chart),
                "foot": foot,
            }
            for chart, foot in figures
        ],
        "sections": [
            one._asdict()
            | {"wide": longest_column(one.rows), "numeric": w.number_columns(one.rows)}
            for one in sections
        ],
        "foot": sentences.quiet_line(
            [
                who.name,
                w("foot.as_of", date=w.day(shown.as_of)),
                f"{w('publication.name')} {shown.version.name}",
            ]
        ),
    }
    return typeset("a4.typ", said, files)


def size(chart: Chart) -> Size:
    if isinstance(chart, Timeline):
        names = [span.label for span in chart.spans]
    elif isinstance(chart, Bars):
        names = [*chart.categories]
    else:
        return Size(WIDTH, HEIGHT, TEXT)
    letters = layout.WRAPPED * Size(WIDTH, HEIGHT, TEXT).letters
    lines = max((ceil(len(name) / letters) for name in names), default=1)
    row = ROW + LINE * (min(lines, MOST_LINES) - 1)
    return Size(WIDTH, 30 + row * len(names), TEXT)


def longest_column(rows: Sequence[Sequence[str]]) -> int:
    """The column that takes what room there is: the one with the longest texts."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return longest.index(max(longest)) if longest else 0
