"""Sheets with a row for each participant: what their columns are, and whether a sheet is one.

Such a sheet is counted (`counting`), and no row of it is kept or shown.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ringvirkning.intake.sheets import LEAVE_OUT, Cell, Grid, Row
from ringvirkning.intake.sheets.cells import age_group, is_unknown
from ringvirkning.intake.sheets.facts import is_total
from ringvirkning.intake.sheets.persons import FEWEST_ALIKE, are_persons, rows_of_section
from ringvirkning.intake.sheets.vocabulary import (
    headings,
    plain,
    plain_heading,
    synonyms,
    word_list,
)
from ringvirkning.intake.sheets.wide import HELD, LATER, heading_parts, measure_choice

# How far somebody has come, beside what measures tell; NOT_IN_WORK was followed up all the same.
REGISTERED, ATTENDED, NOT_IN_WORK = "registered", "attended", "followed_up"

EACH_ROUND = 2  # rows of a round on average, at least
NEARLY_ALL, MANY, FEW = 0.8, 0.5, 0.2
AGE = re.compile(r"(\d{1,2})(?:\.0)?(?:\s*år)?", re.I)
# What all rows of a round may say of it.
OF_THE_ROUND = ("start_date", "end_date", "programme", "association", "activity_type")
MARKS_OF_YES = ("✓", "✔", "☑")


@dataclass
class ParticipantColumns:
    """Where in a sheet what stands, by place: `statuses` with when it was, "" for the end; `marks`,
    which are yes or no in each row, with their choice; `told` with the column of the round's own.
    """

    round: int | None = None
    year: int | None = None
    age: int | None = None
    attended: int | None = None
    statuses: dict[int, str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    told: dict[int, str] = field(default_factory=dict)
    names: list[int] = field(default_factory=list)
    is_of_persons: bool = False  # for sure, by their names

    @property
    def used(self) -> set[int]:
        one = (self.round, self.year, self.age, self.attended)
        return {*self.statuses, *self.marks, *self.told} | {p for p in one if p is not None}


@dataclass(frozen=True)
class Participants:
    """A sheet with a row for each participant."""

    header: Row
    rows: list[Row]
    columns: ParticipantColumns


def participants_in(
    grid: Grid, tops: Sequence[Row], measures: Mapping[str, str]
) -> Participants | None:
    """The participants of a sheet, if the headings and the looks of one of its first rows are those
    of such a sheet."""
    for header in tops:
        columns = columns_by_heading(header, measures)
        if not (columns.statuses or columns.marks or columns.age is not None):
            continue
        below = rows_of_section(grid.rows, header)
        rows = [row for row in below if len(row.filled) > 1 and not is_total(row)]
        if len(rows) >= FEWEST_ALIKE and is_each_a_participant(header, columns, rows, measures):
            return Participants(header, rows, columns)
    return None


def columns_by_heading(header: Row, measures: Mapping[str, str]) -> ParticipantColumns:
    columns, own = ParticipantColumns(), headings(HELD)
    named = frozenset().union(*(word_list("persons", kind) for kind in ("name", "first", "last")))
    for place in header.filled:
        heading = plain_heading(header.cell(place).text)
        bare, point = heading_parts(heading)
        if heading in word_list("participants", "round"):
            columns.round = place
        elif heading in word_list("participants", "year"):
            columns.year = place
        elif heading in named:
            columns.names.append(place)
        elif headings("outcomes").get(heading) == "age_group":
            columns.age = place
        elif bare in word_list("participants", "status"):
            columns.statuses[place] = point
        elif heading in word_list("persons", "attended") or own.get(heading) == "attended_count":
            columns.attended = place
        elif own.get(heading) == "title" and columns.round is None:
            columns.round = place
        elif own.get(heading) in OF_THE_ROUND:
            columns.told[place] = own[heading]
        elif meant := own.get(heading) or measure_choice(heading, measures):
            columns.marks[place] = meant
    return columns


def is_each_a_participant(
    header: Row, columns: ParticipantColumns, rows: Sequence[Row], measures: Mapping[str, str]
) -> bool:
    """Whether rows look like a participant each; marks that are none are taken out of the columns,
    and figures among them say that the rows are of something else."""
    if columns.round is not None and not are_repeated(rows, columns.round):
        return False
    for place in [*columns.marks]:
        texts = [row.cell(place).text for row in rows if row.cell(place).text]
        marks = sum(map(is_mark, texts))
        if not texts or marks >= NEARLY_ALL * len(texts):
            continue
        meant = columns.marks.pop(place)
        figures = [text for text in texts if text.isdigit() and not is_mark(text)]
        if (meant.endswith("_count") or ":" in meant) and len(figures) >= FEW * len(texts):
            return False
    columns.marks = {p: meant for p, meant in columns.marks.items() if ":" in meant}
    if columns.attended is not None:
        texts = [row.cell(columns.attended).text for row in rows if row.cell(columns.attended).text]
        if sum(map(is_mark, texts)) < NEARLY_ALL * len(texts):
            return False
    first = {place for place in columns.names if is_part_of_name(header, place)}
    columns.is_of_persons = bool(first) or any(are_persons(rows, p) for p in columns.names)
    is_of_one = columns.age is not None and has_ages(rows, columns.age)
    if columns.age is not None and not is_of_one and not has_age_groups(rows, columns.age):
        columns.age = None
    told = [place for place in columns.statuses if tells_stages(rows, place, measures)]
    is_of_person = bool(columns.marks or told or is_of_one)
    if columns.round is not None:
        return is_of_person
    return bool(
        (columns.names or is_of_one)
        and (columns.marks or told)
        and not (columns.year is not None and not columns.names)
    )


def is_part_of_name(header: Row, place: int) -> bool:
    heading = plain_heading(header.cell(place).text)
    return any(heading in word_list("persons", kind) for kind in ("first", "last"))


@lru_cache(maxsize=10_000)  # the same few stand in most cells
def is_mark(text: str) -> bool:
    return mark_of(text) is not None or is_unknown(Cell(text))


def mark_of(text: str) -> bool | None:
    """What a cell says of yes or no; None for neither."""
    word = plain(text)
    if word in word_list("participants", "yes") or text in MARKS_OF_YES:
        return True
    return False if word in word_list("participants", "no") else None


def has_ages(rows: Sequence[Row], place: int) -> bool:
    """Whether a column has the ages of persons, a year each."""
    texts = [row.cell(place).text for row in rows if row.cell(place).text]
    ages = [text for text in texts if (age := AGE.fullmatch(text)) and int(age[1]) >= 10]
    return bool(texts) and len(ages) >= NEARLY_ALL * len(texts)


def has_age_groups(rows: Sequence[Row], place: int) -> bool:
    texts = [row.cell(place).text for row in rows if row.cell(place).text]
    return bool(texts) and sum(map(bool, map(age_group, texts))) >= NEARLY_ALL * len(texts)


def tells_stages(rows: Sequence[Row], place: int, measures: Mapping[str, str]) -> bool:
    """Whether most words of a column are such as tell how far somebody has come."""
    known = known_stages(measures, is_later=False).keys() | known_stages(measures, is_later=True)
    words = [plain(row.cell(place).text) for row in rows if row.cell(place).text]
    return bool(words) and sum(word in known for word in words) >= MANY * len(words)


def known_stages(measures: Mapping[str, str], *, is_later: bool) -> dict[str, str]:
    """How far somebody has come, by the words for it; later one is in work or not."""
    of_persons = {word: code for word, code in measures.items() if code in stages_of(measures)}
    if is_later:
        of_persons = dict.fromkeys(of_persons, LATER)
    own = [LATER, NOT_IN_WORK] if is_later else [REGISTERED, ATTENDED, "interviews"]
    listed = {word: stage for stage in (*own, LEAVE_OUT) for word in word_list("stage", stage)}
    return of_persons | listed


def stages_of(measures: Mapping[str, str]) -> list[str]:
    """The measures for how far somebody has come by the end of a round."""
    return [code for code in synonyms()["measure"] if code in measures.values()]


def are_repeated(rows: Sequence[Row], place: int) -> bool:
    sizes = Counter(plain(row.cell(place).text) for row in rows if row.cell(place).text)
    is_many = sizes.total() >= EACH_ROUND * len(sizes)
    return bool(sizes) and max(sizes.values()) >= FEWEST_ALIKE and is_many
