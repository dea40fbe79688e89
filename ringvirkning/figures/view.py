"""What a page is asked to show: version, language, selection and day; and the answers to it."""

from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, NamedTuple

import queries
from queries import AnswerRow, Value, answers
from queries.alphabet import known_keys
from ringvirkning.charts.palette import Theme
from ringvirkning.figures.together import Made, in_step, made_in_step
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words

WAY = "with_examples"  # a column of questions that are answered with examples and without at once
current_view: ContextVar["View"] = ContextVar("view")
opening_file = Lock()
# Twenty at once were more than the memory that an open version may take (queries.CLOSED).
asked_at_once = BoundedSemaphore(2)
asking_alone = Lock()


@dataclass(frozen=True)
class File:
    """A database as it lies on the disk now: another in its place is another file."""

    path: Path
    number: int
    size: int
    changed: int


def file_now(database: Path) -> File:
    """Raises FileNotFoundError where it is there no longer: what was withdrawn is asked no more."""
    stat = database.stat()
    return File(database, stat.st_ino, stat.st_size, stat.st_mtime_ns)


def connection(database: Path) -> queries.Connection:
    """The open version; who comes first opens it, the others wait. Raises FileNotFoundError,
    versions.Damaged when the file is not what was published, and duckdb.Error when another
    programme keeps it locked."""
    with opening_file:
        return open_file(file_now(database))


@lru_cache(maxsize=4)
def open_file(found: File) -> queries.Connection:
    versions.verify(found.path)
    return queries.opened(found.path)


def cached_answer(
    database: Path, question: type[AnswerRow], values: tuple[tuple[str, Value], ...] = ()
) -> list[AnswerRow]:
    """One answer, kept for whoever asks the same next. Not to be changed by who gets it. Raises as
    `connection` does."""
    return (kept_long if question in LONG_ANSWERS else kept)(file_now(database), question, values)


class AskedOf(NamedTuple):
    """A question to a database, and its values by their names."""

    found: File
    question: type[NamedTuple]
    values: tuple[tuple[str, Value], ...]


def fetch(
    found: File, question: type[NamedTuple], values: tuple[tuple[str, Value], ...]
) -> list[Any]:
    if question in LEFT_BY and (every := unfiltered(values)) != values:
        return those_left(found, question, every, dict(values))
    step, asked = in_step.get(), AskedOf(found, question, values)
    return step.answer(asked) if step else fetch_all([asked])[asked]


# What their rows say is the same whatever the filters leave: it is asked once for all of them, and
# under a filter only which of them are left, which takes a sixth of the time.
LEFT_BY: Mapping[type[NamedTuple], type[NamedTuple]] = {answers.TargetsMet: answers.TargetsLeft}
NO_FILTERS: Mapping[str, Value] = {
    **dict.fromkeys(("association", "partner_type", "partnership_type", "programme"), ()),
    **dict.fromkeys(("from_year", "to_year")),
}


def unfiltered(values: tuple[tuple[str, Value], ...]) -> tuple[tuple[str, Value], ...]:
    return tuple((name, NO_FILTERS.get(name, value)) for name, value in values)


def those_left(
    found: File,
    question: type[NamedTuple],
    every: tuple[tuple[str, Value], ...],
    values: Mapping[str, Value],
) -> list[Any]:
    by = LEFT_BY[question]
    wanted = queries.parameters(queries.question_name(by))
    left = kept(found, by, tuple((name, values[name]) for name in sorted(wanted)))
    return left_of(kept(found, question, every), by, left)


def left_of(rows: Iterable[Any], by: type[NamedTuple], left: Iterable[NamedTuple]) -> list[Any]:
    """The rows whose columns of that name are in what is left."""
    columns, keys = attrgetter(*by._fields), {*left}
    return [row for row in rows if columns(row) in keys]


def made_together(tasks: Iterable[Callable[[], Made]]) -> list[Made]:
    """What these make, in step: each question is asked once for all of them that wait for it."""
    return made_in_step(tasks, fetch_first)


def fetch_first(wanted: Sequence[AskedOf]) -> dict[AskedOf, list[Any]]:
    """The answers but for where figures are from, unless nothing else is wanted: every figure asks
    that, and those that are behind come to it meanwhile. To plan it takes longer than others."""
    return fetch_all([one for one in wanted if one.question is not answers.Sources] or wanted)


def fetch_all(wanted: Sequence[AskedOf]) -> dict[AskedOf, list[Any]]:
    """The answers, one statement for each question. Raises as `connection` does."""
    alike: dict[tuple[File, type[NamedTuple]], list[AskedOf]] = {}
    for asked in wanted:
        alike.setdefault(asked[:2], []).append(asked)
    return {
        asked: rows
        for (found, question), every in alike.items()
        for asked, rows in zip(every, fetch_each(found, question, every), strict=True)
    }


def fetch_each(
    found: File, question: type[NamedTuple], every: Sequence[AskedOf]
) -> list[list[Any]]:
    open_version = connection(found.path)
    given = [as_lists(dict(asked.values)) for asked in every]
    with asked_at_once, suppress(queries.OutOfMemory, queries.NotPlanned):
        return queries.rows_of_each(open_version, question, given)
    with asking_alone, asked_at_once, asked_at_once:  # with all the memory that there is
        return [queries.rows(open_version, question, one) for one in given]


def forget() -> None:
    """Close what is open, and keep no answer: what was withdrawn is not to stay in memory."""
    for cache in (open_file, kept, kept_long, measures, names_of_types, known_keys):
        cache.cache_clear()
    for clear in forgetting:
        clear()


forgetting: list[Callable[[], None]] = []  # of those who keep something of an answer themselves


# A thousand answers of a few rows are some megabytes; those that may have thousands of rows, such
# as partners by partners, would be gigabytes.
LONG_ANSWERS = frozenset(
    {
        answers.ActivityRecords, answers.PartnershipRecords, answers.ExploreRecords,
        answers.Explore, answers.Names, answers.Partners, answers.AgreementNames,
    }
)  # fmt: skip
kept, kept_long = lru_cache(maxsize=1024)(fetch), lru_cache(maxsize=32)(fetch)


def as_lists(values: Mapping[str, Value]) -> dict[str, Value]:
    """As a question takes them: lists, where what is remembered needs tuples."""
    return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}


@dataclass(frozen=True)
class Selection:
    """What the filters leave. Empty lists leave all; `years` None is every year and the undated."""

    association: tuple[str, ...] = ()
    partner_type: tuple[str, ...] = ()
    partnership_type: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    illustrative: bool = True
    events: bool = True  # whether charts over time show what happened


@dataclass(frozen=True)
class View:
    """Everything a figure depends on. What is asked of it often is worked out once: it lasts no
    longer than a run of a page."""

    words: Words
    database: Path
    version: Version
    selection: Selection
    span: tuple[int, int]
    as_of: date
    theme: Theme

    @cached_property
    def answered(self) -> dict[Hashable, list[Any]]:
        """The answers that were asked for already."""
        return {}

    @property
    def is_protected(self) -> bool:
        """Whether counts of people are rounded."""
        return self.database.stem == "protected"

    @cached_property
    def year(self) -> int:
        """The year that headlines speak of: the last complete one within the filter."""
        first, last = self.selection.years or self.span
        return min(last, max(self.as_of.year - 1, first))

    @cached_property
    def of_associations(self) -> "View":
        """All that the chosen associations have, whatever the other filters leave; all that there
        is where none is chosen."""
        chosen = self.selection
        return replace(self, selection=Selection(chosen.association, events=chosen.events))

    @cached_property
    def published(self) -> "View":
        """The same without its examples."""
        return replace(self, selection=replace(self.selection, illustrative=False))

    @cached_property
    def values(self) -> dict[str, Value]:
        """What questions are asked with under this selection."""
        s = self.selection
        first, last = s.years or (None, None)
        return {
            "association": s.association,
            "partner_type": s.partner_type,
            "partnership_type": s.partnership_type,
            "programme": s.programme,
            "from_year": first,
            "to_year": last,
            "illustrative": s.illustrative,
            "as_of": self.as_of,
            "year": self.year,
            "divisor": "",
            "focus_area": (),
            "partner_ids": (),
            "partnership_ids": (),
            "activity_ids": (),
        }

    def rows(self, question: type[AnswerRow], /, **more: Value) -> list[AnswerRow]:
        """The answer to a question under this selection. Not to be changed by who gets it."""
        asked = (question, *sorted(more.items()))
        if (found := self.answered.get(asked)) is None:
            found = self.answered[asked] = self.rows_anew(question, more)
        return found

    def rows_anew(self, question: type[AnswerRow], more: dict[str, Value]) -> list[AnswerRow]:
        values, wanted = self.values | more, queries.parameters(queries.question_name(question))
        told, is_both = values["illustrative"], WAY in question._fields
        if "illustrative" in wanted and (is_both or not told):
            (version,) = cached_answer(self.database, answers.Examples)
            # Where nothing is an example, what is asked without them is the same question.
            is_both = is_both and version.has_examples
            values["illustrative"] = None if is_both else told or not version.has_examples
        chosen = tuple(sorted((k, v) for k, v in values.items() if k in wanted))
        found = cached_answer(self.database, question, chosen)
        # Pages tell of both, one after the other: they are answered at once.
        return [row for row in found if getattr(row, WAY) == told] if is_both else found

    def stream(self, question: type[AnswerRow], /, **more: Value) -> Iterator[list[AnswerRow]]:
        """The same, some thousand rows at a time and never kept."""
        return queries.stream(connection(self.database), question, as_lists(self.values | more))

    def sql(self, name: str, **more: Value) -> str:
        """The same question as text, to be run on this version's database."""
        return queries.filled(name, self.values | more)

    def all_years(self, question: type[AnswerRow]) -> list[AnswerRow]:
        """The answer whatever the filter on years, to see a year beside those before it."""
        return self.rows(question, from_year=None, to_year=None)

    def year_before(self, question: type[AnswerRow]) -> list[AnswerRow]:
        """What this year is compared with: while it runs, last year as it was on this day."""
        if self.year < self.as_of.year:
            return self.all_years(question)
        day = min(self.as_of.day, monthrange(self.as_of.year - 1, self.as_of.month)[1])
        last_year = self.as_of.replace(year=self.as_of.year - 1, day=day)
        return replace(self, as_of=last_year).all_years(question)

    def in_years(self, rows: Sequence[AnswerRow]) -> list[AnswerRow]:
        """The rows of an answer by year that lie within the filter on years."""
        if not self.selection.years or not rows:
            return list(rows)
        first, last = self.selection.years
        spans = "from_year" in rows[0]._fields
        begin, end = ("from_year", "to_year") if spans else ("year", "year")
        return [
            row
            for row in rows
            if getattr(row, begin) is not None
            and getattr(row, begin) >= first
            and getattr(row, end) <= last
        ]

    def measures(self) -> list[dict[str, str]]:
        return list(measures(self.database, self.words.language).values())

    def measure(self, code: str) -> dict[str, str]:
        """Name, definition and caveat of a measure, in this language."""
        return measures(self.database, self.words.language)[code]


@lru_cache(maxsize=8)
def measures(database: Path, language: str) -> dict[str, dict[str, str]]:
    rows = [row._asdict() for row in cached_answer(database, answers.MeasureWords)]
    return {
        row["measure"]: {k: v or "" for k, v in row.items()}
        | {word: row[f"{word}_{language}"] or "" for word in ("name", "definition", "caveat")}
        for row in rows
    }


@lru_cache(maxsize=8)
def names_of_types(database: Path, language: str) -> dict[str, dict[str, str]]:
    """The names of the types of each kind, in their order."""
    found: dict[str, dict[str, str]] = {}
    for row in cached_answer(database, answers.TypeWords):
        name = row.name_nb if language == "nb" else row.name_en
        found.setdefault(row.kind, {})[row.code] = name
    return found


def words_of(database: Path, w: Words) -> Words:
    """The words with the names of the measures and types of a version."""
    return replace(
        w, measures=measures(database, w.language), types=names_of_types(database, w.language)
    )
