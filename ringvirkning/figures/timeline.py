"""Every partnership in time: on Partnerskap, in a partner's story and on paper."""

from collections.abc import Iterable, Sequence
from datetime import date

from queries import answers
from queries.alphabet import alphabetical_within
from ringvirkning.charts import Timeline, TimelineRow, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences

LONGEST_TIMELINE = 60
LONGEST_LABEL = 80  # letters of what an agreement is called; who draws it may have less room
Records = Sequence[answers.PartnershipRecords]


def every_partnership(shown: View, partner_ids: Iterable[str] = ()) -> Records:
    """Those that began last first, of one day by title: a thousand of all, or of these partners."""
    rows = shown.rows(answers.PartnershipRecords, partner_ids=tuple(sorted({*partner_ids})))
    return began_last_first(rows, shown.words.language)


def began_last_first(rows: Records, language: str) -> Records:
    """Of one day by title; those without a known start last."""
    ordered = sorted(rows, key=lambda row: row.begins_on or date.min, reverse=True)
    return alphabetical_within(ordered, language, lambda row: row.begins_on, lambda row: row.title)


def timeline(shown: View) -> Figure | None:
    records = every_partnership(shown)
    if not records:
        return None
    return make(
        shown,
        "timeline",
        timeline_chart(shown.words, records, shown.as_of),
        foot=shown.words("foot.unit_timeline"),
        measures=["active_partnerships"],
        asks=["partnership_records"],
        cited=cited(records),
        opens="partnership",
    )


def timeline_chart(w: Words, records: Records, as_of: date) -> Timeline:
    """Every partnership from its known start: confirmed, unconfirmed, ended, or unknown; of unknown
    start, in the years that its activities show."""
    shown = records[:LONGEST_TIMELINE]
    titles = titles_apart(w, shown)
    whole = [titles[row.partnership_id] for row in shown]
    names = sentences.shortened_apart(whole, LONGEST_LABEL)
    spans = tuple(span(w, row, label, as_of) for row, label in zip(shown, names, strict=True))
    rows = [(w("record.title"), w("record.start"), w("record.end"), w("record.status"))] + [
        (
            titles[row.partnership_id],
            begun_words(w, row),
            sentences.end_words(w, row.end_date, row.end_qualifier),
            w.code("status", row.status),
        )
        for row in shown
    ]
    title = timeline_title(w, records)
    subtitle = w("chart.timeline") + (
        " " + w("chart.first_of", n=LONGEST_TIMELINE, all=len(records))
        if len(records) > LONGEST_TIMELINE
        else ""
    )
    last = as_of.isoformat()
    first, ticks = forms.time_of(spans, last)
    return Timeline(*forms.base(w, title, subtitle, rows), first, last, spans, ticks)


def begun_words(w: Words, row: answers.PartnershipRecords) -> str:
    """When a partnership began; of unknown start, the years that its activities show it in."""
    if row.first_seen is None:
        return sentences.start_words(w, row.start_date, row.start_qualifier)
    return w("date.start_unknown_seen", years=sentences.period(row.first_seen, row.last_seen))


def first_day(row: answers.PartnershipRecords) -> date | None:
    """When it began, or the first year that its activities show it in."""
    return row.begins_on or (date(row.first_seen, 1, 1) if row.first_seen else None)


def span(w: Words, row: answers.PartnershipRecords, label: str, as_of: date) -> TimelineRow:

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    ends = row.ends_on
    if row.last_seen:
        ends = min(date(row.last_seen, 12, 31), row.ends_on or date.max)
    return TimelineRow(
        row.partnership_id,
        label,
        span_note(w, row, label),
        iso(first_day(row)),
        iso(row.confirmed_until),
        iso(ends and min(ends, as_of)),
        row.start_qualifier == "no_later_than",
        row.begins_on is None,
    )


def timeline_title(w: Words, records: Records) -> str:
    unknown = sum(row.begins_on is None for row in records)
    said = w("headline.timeline", n=len(records))
    if unknown and unknown == len(records):
        return said + w("headline.timeline_all_unknown", n=unknown)
    return said + (w("headline.timeline_unknown", n=unknown) if unknown else "")


def span_note(w: Words, row: answers.PartnershipRecords, title: str) -> str:
    return f"{title} · " + " · ".join(
        [
            begun_words(w, row),
            sentences.end_words(w, row.end_date, row.end_qualifier),
            w.code("status", row.status),
        ]
    )


def cited(records: Records) -> feet.Cited:
    """Where the partnerships are from that a timeline has room for."""
    return [
        answers.Sources("partnership", row.programme, None, None, row.source, 1, row.source_date)
        for row in records[:LONGEST_TIMELINE]
    ]
