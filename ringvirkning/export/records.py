"""All records behind an answer as CSV, by whoever makes it: what it takes can cross to another
process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ringvirkning.export import Export
from ringvirkning.export.tables import csv_parts
from ringvirkning.figures.explore.records import every_record
from ringvirkning.figures.view import words_of
from ringvirkning.texts import words

AskedValue = str | bool | int | float | tuple[str, ...] | None


@dataclass(frozen=True)
class RecordsWanted:
    """Of which database, in which language, asked with which values as of which day; whether they
    say how many of how many; and the title, notes and headings above them."""

    database: str
    language: str
    values: Mapping[str, AskedValue]
    as_of: date
    is_rate: bool
    basis: Export


def csv_of_records(wanted: RecordsWanted) -> Iterator[bytes]:
    """Part by part. Raises as `figures.view.connection` does."""
    database = Path(wanted.database)
    w = words_of(database, words(wanted.language))
    values = {**wanted.values, "as_of": wanted.as_of}
    return csv_parts(w, wanted.basis, every_record(w, database, values, wanted.is_rate))
