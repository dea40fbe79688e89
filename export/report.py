"""One page on paper: for the board, and for each partner, to send to NAV or the county."""

from collections.abc import Sequence
from typing import Any

from charts import Chart
from charts.partnerships import timeline
from charts.shorter import shorter
from charts.svg_drawing import Size
from export.identity import Identity
from export.typeset import Files, legend, logo, numbers, picture, typeset
from figures import feet, overview, stories
from figures.view import View
from texts import sentences

WIDTH, TEXT = 720, 13  # of a drawing across the page, in pixels
HEIGHT, ROW = 190, 24
MOST_ROWS = 12


def board_report(shown: View, who: Identity) -> bytes:
    """The overview: headline, key figures, charts, what needs attention. PDF/UA on A4."""
    w = shown.words
    return made(
        shown,
        who,
        overview.headline(shown),
        feet.under_headline(shown),
        [(of.chart, of.foot) for of in overview.figures(shown) if of],
        [
            {
                "heading": w("attention.title"),
                "rows": [],
                "lines": [f"{title}: {what}" for title, what in stories.attention(shown)],
            }
        ],
    )


def partner_report(shown: View, who: Identity, partner_id: str) -> bytes:
    """What we did together, what came of it, what is missing. Raises LookupError for no partner."""
    w, shown = shown.words, shown.unfiltered
    partner, names = stories.chain(shown, partner_id)
    ids = [one.partner_id for one in names]
    own = stories.agreements(shown, ids)
    foot = sentences.quiet_line(
        [w("foot.unit_partnerships"), sentences.sources(w, stories.cited(own))]
    )
    results = shown.rows("partner_results", partner_ids=tuple(ids))
    latest = stories.latest_activities(shown, ids, MOST_ROWS)
    told = [stories.result(shown, row) for row in results]
    notes = [w("story.shared"), feet.rounding(shown, [row.measure for row in results])]
    under = [
        stories.who(shown, partner),
        w("story.one_story", names=w("story.then").join(one.name for one in names))
        if len(names) > 1
        else "",
        w("foot.as_of", date=w.day(shown.as_of)),
    ]
    return made(
        shown,
        who,
        partner.name,
        sentences.quiet_line(under),
        [(timeline(w, own, shown.as_of), foot)] if own else [],
        [
            {
                "heading": w("story.latest_activities", n=len(latest)),
                "rows": [
                    [w(f"explore.record.{name}") for name in stories.ACTIVITY],
                    *(stories.activity(shown, row) for row in latest),
                ],
                "lines": [] if latest else [w("story.no_partner_activities")],
            },
            {
                "heading": w("story.partner_results"),
                "rows": [[w(f"story.column.{name}") for name in stories.RESULT], *told[:MOST_ROWS]],
                "lines": [sentences.quiet_line(notes)] if told else [w("story.no_results")],
            },
            {
                "heading": w("story.missing"),
                "rows": [],
                "lines": stories.lacking(shown, partner_ids=ids) or [w("story.nothing_missing")],
            },
        ],
    )


def made(
    shown: View,
    who: Identity,
    title: str,
    under: str,
    figures: Sequence[tuple[Chart, str]],
    sections: Sequence[dict[str, Any]],
) -> bytes:
    w = shown.words
    files: Files = {}
    charts = [(shorter(w, chart), foot) for chart, foot in figures]
    said = {
        "title": title,
        "under": under,
        "author": who.name,
        "language": w.language,
        "strong": who.colours[0],
        "logo": logo(files, who),
        "internal": "" if shown.is_protected else w("deck.internal"),
        "numbers": [
            one for chart, _ in charts if chart.form == "numbers" for one in numbers(chart)
        ],
        "figures": [
            {
                "title": chart.title,
                "subtitle": chart.subtitle,
                "picture": picture(files, chart, size(chart)),
                "alt": chart.alt,
                "legend": legend(chart),
                "foot": foot,
            }
            for chart, foot in charts
            if chart.form != "numbers"
        ],
        "sections": [one | {"wide": widest(one["rows"])} for one in sections],
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
    rows = len(chart.spans) or (len(chart.categories) if chart.form == "bars" else 0)
    return Size(WIDTH, 30 + ROW * rows if rows else HEIGHT, TEXT)


def widest(rows: Sequence[Sequence[str]]) -> int:
    """The column that takes what room there is: the one with the longest texts."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return longest.index(max(longest)) if longest else 0
