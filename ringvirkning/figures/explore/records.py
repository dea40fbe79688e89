"""The records behind an answer, in words: as they are listed, and all of them as a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import queries
from queries import Value, answers
from queries.alphabet import alphabetical
from ringvirkning.figures.explore.figure import question_values
from ringvirkning.figures.question import WORKED_OUT, Question
from ringvirkning.figures.view import as_lists, connection
from ringvirkning.texts import Words, sentences

ListedRecord = answers.ExploreRecords | answers.ExploreEveryRecord
RECORD_COLUMNS = ("what", "when", "programme", "partners", "kind", "value", "evidence", "source")


def is_rate_of(asked: Question) -> bool:
    """Whether its records say how many of how many."""
    return asked.measure in WORKED_OUT or bool(asked.divisor)


def mark_values(asked: Question) -> dict[str, Value]:
    """What the records of a mark are asked for with."""
    return question_values(asked) | {"row_key": asked.row, "split_key": asked.within}


def record_headings(w: Words) -> list[str]:
    return [w(f"explore.record.{name}") for name in RECORD_COLUMNS]


def record(w: Words, row: ListedRecord, is_rate: bool) -> dict[str, str]:
    """A record in words, one for each of RECORD_COLUMNS."""
    value = w.shown(row.value) if row.value is not None else w("chart.unknown")
    if row.base_count is not None and is_rate:
        value = w("chart.x_of_y", x=value, y=w.plain(row.base_count))
    name = None if row.record == "target" else row.record_id  # that of a target is a number
    return {
        "what": row.title or name or row.programme or row.association,
        "when": when(w, row),
        "programme": row.programme or "",
        "partners": ", ".join(alphabetical(row.partner_names or (), w.language)),
        "kind": kind(w, row),
        "value": value if row.is_due else early_words(w, row, value),
        "evidence": w.code("evidence", row.evidence) if row.evidence else "",
        "source": row.source or "",
    }


def early_words(w: Words, row: ListedRecord, value: str) -> str:
    """What can't be known yet; of a target whose time isn't over, how far it is reached so far."""
    is_known = row.record == "target" and row.value is not None
    return w("chart.year_so_far", year=value) if is_known else w("chart.not_yet")


def when(w: Words, row: ListedRecord) -> str:
    is_agreement = row.record == "partnership" or (
        row.record == "partner" and not row.activity_type
    )
    if is_agreement or row.start_date is None:
        return sentences.time_in_words(w, row.from_year, row.to_year, row.span) or w("date.unknown")
    return sentences.date_words(w, row.start_date, row.date_qualifier)


def kind(w: Words, row: ListedRecord) -> str:
    if row.activity_type:
        return w.code("activity_type", row.activity_type)
    if row.kind:
        return w.code("measure", row.kind)
    if row.is_start_unknown:
        return w("chart.start_unknown")
    return w("chart.unconfirmed" if row.is_uncertain else "chart.confirmed")


def every_record(
    w: Words, database: Path, values: Mapping[str, Value], is_rate: bool
) -> Iterator[list[list[str]]]:
    """All records in words, some thousand at a time and never kept. Raises as `connection` does."""
    found = queries.stream(connection(database), answers.ExploreEveryRecord, as_lists(values))
    return ([[*record(w, row, is_rate).values()] for row in some] for some in found)
