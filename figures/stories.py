"""What is told of one partner, and what is missing: as rows and sentences."""

from collections.abc import Sequence
from typing import Any

from charts.partnerships import LONGEST_TIMELINE
from figures import Cited
from figures.view import View
from texts import sentences

RESULT = ("what", "when", "programme", "value", "shared", "with", "evidence")
ACTIVITY = ("what", "when", "programme")


def chain(shown: View, partner_id: str) -> tuple[Any, list[Any]]:
    """The partner, and all the names that it has had. Raises LookupError where there is none."""
    names = shown.rows("partner", partner_id=partner_id)
    if not names:
        raise LookupError(partner_id)
    return next(one for one in names if one.partner_id == partner_id), names


def who(shown: View, partner: Any) -> str:
    w = shown.words
    number = partner.organisation_number
    return sentences.quiet_line(
        [
            w.code("partner_type", partner.partner_type),
            w("story.number", number=number) if number else "",
        ]
    )


def agreements(shown: View, ids: Sequence[str]) -> list[Any]:
    return [row for row in shown.rows("partnership_records") if set(row.partner_ids) & set(ids)]


def cited(records: Sequence[Any]) -> list[Cited]:
    """Where the partnerships are from that a timeline has room for."""
    return [Cited(row.source, row.source_date) for row in records[:LONGEST_TIMELINE]]


def result(shown: View, row: Any) -> list[str]:
    """A result in words, one for each of RESULT."""
    w = shown.words
    shared = "" if row.shared_value is None else w.known(row.shared_value)
    return [
        sentences.measured(w, row.measure, row.measured_at),
        sentences.period(row.from_year, row.to_year) or w("date.year_unknown"),
        row.programme or "",
        w.known(row.value),
        shared,
        ", ".join(row.shared_with or ()),
        w.code("evidence", row.evidence),
    ]


def latest_activities(shown: View, ids: Sequence[str], most: int) -> list[Any]:
    """The latest under any of its names."""
    found = {
        row.record_id: row
        for one in ids
        for row in shown.rows(
            "explore_records",
            measure="activities_held",
            point="exit",
            rows="partner",
            split="",
            grain="year",
            row_key=one,
            split_key="*",
            offset=0,
            limit=most,
        )
    }
    return sorted(found.values(), key=lambda row: row.start_date or "", reverse=True)[:most]


def activity(shown: View, row: Any) -> list[str]:
    """An activity in words, one for each of ACTIVITY."""
    w = shown.words
    when = w.day(row.start_date) if row.start_date else ""
    known = when or sentences.period(row.from_year, row.to_year) or w("date.unknown")
    return [row.title or row.record_id, known, row.programme or ""]


def lacking(
    shown: View, partner_ids: Sequence[str] = (), partnership_ids: Sequence[str] = ()
) -> list[str]:
    """What one would want to know of them and nobody has told."""
    w = shown.words
    rows = shown.rows(
        "missing", partner_ids=tuple(partner_ids), partnership_ids=tuple(partnership_ids)
    )
    return [
        w(f"story.lacks.{row.matter}", n=row.missing_count, of=row.record_count)
        for row in rows
        if row.missing_count
    ]


def attention(shown: View) -> list[tuple[str, str]]:
    """Ending soon, not confirmed, not followed up, not counted: a heading and a sentence each."""
    w = shown.words
    said = []
    for matter, count, titles in shown.rows("attention"):
        what = w(f"attention.{matter}.what", n=count)
        if titles:
            rest = count - len(titles)
            what += ": " + "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
        said.append((w(f"attention.{matter}.title"), what))
    return said
