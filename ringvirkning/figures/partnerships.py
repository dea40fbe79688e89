"""Partnerskap: by type of partner and of partnership, begun and ended, each in time."""

from ringvirkning.charts import partnerships
from ringvirkning.figures import Figure, feet, stories
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences


def headline(shown: View) -> str:
    return sentences.partnerships_in(shown.words, shown.rows("partnerships_by_year"), shown.year)


def by_partner_type(shown: View) -> Figure | None:
    w, found = shown.words, shown.rows("partnerships_by_partner_type")
    if not found:
        return None
    total = sum(sentences.in_year(shown.rows("partnerships_by_year"), shown.year))
    parts = sum(
        row.confirmed_count + row.unconfirmed_count + row.start_unknown_count for row in found
    )
    return feet.rounded(
        shown,
        "by-partner-type",
        partnerships.by_kind(w, found, "partner_type", shown.year),
        feet.partnerships(shown, sentences.overlap(w, parts, total)),
        ["active_partnerships"],
        ["partnerships_by_partner_type"],
        feet.cited(shown, "active_partnerships", year=shown.year),
        Question("active_partnerships", rows="partner_type", page="1"),
    )


def by_partnership_type(shown: View) -> Figure | None:
    found = shown.rows("partnerships_by_type")
    if not found:
        return None
    return feet.rounded(
        shown,
        "by-partnership-type",
        partnerships.by_kind(shown.words, found, "partnership_type", shown.year),
        feet.partnerships(shown),
        ["active_partnerships"],
        ["partnerships_by_type"],
        feet.cited(shown, "active_partnerships", year=shown.year),
        Question("active_partnerships", rows="partnership_type", page="1"),
    )


def begun_and_ended(shown: View) -> Figure | None:
    active = shown.rows("partnerships_by_year")
    if not active:
        return None
    events = shown.rows("partnerships_begun_and_ended")
    return feet.rounded(
        shown,
        "begun-and-ended",
        partnerships.begun_and_ended(shown.words, active, events, shown.as_of),
        feet.partnerships(shown, feet.uncertain_starts(shown)),
        ["active_partnerships", "partnerships_started", "partnerships_ended"],
        ["partnerships_by_year", "partnerships_begun_and_ended"],
        feet.cited(
            shown,
            "active_partnerships",
            "partnerships_started",
            "partnerships_ended",
            single_years=True,
        ),
        Question("partnerships_started", page="1"),
    )


def timeline(shown: View) -> Figure | None:
    records = shown.rows("partnership_records")
    if not records:
        return None
    return feet.rounded(
        shown,
        "timeline",
        partnerships.timeline(shown.words, records, shown.as_of),
        feet.partnerships(shown),
        ["active_partnerships"],
        ["partnership_records"],
        stories.cited(records),
    )


def figures(shown: View) -> list[Figure | None]:
    made = (by_partner_type, by_partnership_type, begun_and_ended, timeline)
    return [of(shown) for of in made]
