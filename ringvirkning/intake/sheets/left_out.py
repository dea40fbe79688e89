"""Columns of personal data, or of numbers that look like it, which the person leaves out.

Nothing else is said of the file until then; what stands in such a column is taken away before
anything is read, and kept nowhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from openpyxl.utils import column_index_from_string, get_column_letter

from ringvirkning.intake.personal import PERSON_NAMES, PersonalKind, has_name, personal
from ringvirkning.intake.sheets import EMPTY, LEAVE_OUT, Choice, Decisions, Grid, Row
from ringvirkning.intake.sheets.layout import DEEPEST
from ringvirkning.intake.sheets.meanings import no_place
from ringvirkning.intake.sheets.vocabulary import plain_heading, word_list

# What such a column looks like, and the kind of its question: numbers are of cases, orders,
# accounts or records, of which one in fifty has the check digits of somebody's.
QUESTIONS = {
    "national_id": "left_out_national_id",
    "email": "left_out_email",
    "phone": "left_out_phone",
    "numbers": "left_out_numbers",
}
MOST_OF_THEM, NEARLY_EACH = 0.6, 0.8  # of the filled cells of a column
RECORD_NUMBER = re.compile(r"\d(?:[\s./-]?\d){7,}(?:\.0)?")
# A cell that is nothing else.
ALONE_IN_CELL: Mapping[PersonalKind, re.Pattern[str]] = {
    "national_id": re.compile(r"[\d\s.,/+E-]+"),
    "phone": re.compile(r"[\d\s.()/+-]+"),
    "email": re.compile(r"(?:mailto:)?\S+[@＠]\S+(?:[;,\s]+\S+[@＠]\S+)*", re.I),
}


def headings_of(grid: Grid) -> Row | None:
    """The row that most likely has the headings: the first of the widest ones."""
    tops = grid.rows[:DEEPEST]
    return max(tops, key=lambda row: len(row.filled), default=None)


def without_left_out(grid: Grid, choices: Decisions) -> Grid:
    """A sheet without what stands in the columns that the person leaves out, now or the time
    before, and in those of numbers by their headings, of which some look like somebody's."""
    if (header := headings_of(grid)) is None:
        return grid
    asked = [key.rsplit("/", 2) for key in choices.asked]
    known = [key.split("/", 1) for key in choices.remembered]
    said = [(kind, letter) for sheet, kind, letter in asked if sheet == grid.sheet]
    said += [(kind, letter) for kind, letter in known]
    wanted: dict[tuple[str, int], str | None] = {
        (kind, column_index_from_string(letter) - 1): None
        for kind, letter in said
        if kind in QUESTIONS.values()
    }
    wanted |= {
        (QUESTIONS["numbers"], place): LEAVE_OUT for place in places_of_numbers(grid, header)
    }
    gone = {
        place
        for (kind, place), value in wanted.items()
        if choices.decide(kind, value, (LEAVE_OUT,), **question_place(grid, header, place))
    }
    if not gone:
        return grid
    rows = [row if row.number <= header.number else without_places(row, gone) for row in grid.rows]
    return replace(grid, rows=[row for row in rows if row.filled])


def places_of_numbers(grid: Grid, header: Row) -> Iterator[int]:
    """The places of columns that are headed as numbers of cases or accounts, are such, and would
    refuse the file by chance."""
    for place in header.filled:
        words = word_list("leave_out", "numbers")
        if plain_heading(header.cell(place).text) in words:
            below = (row.cell(place).text for row in grid.rows if row.number > header.number)
            texts = [text for text in below if text]
            kinds = [kind for text in texts if (kind := personal(text, alone=False))]
            if kinds and looks_of(texts, kinds[0], len(kinds), "") == "numbers":
                yield place


def without_places(row: Row, gone: set[int]) -> Row:
    return Row(row.number, [EMPTY if at in gone else cell for at, cell in enumerate(row.cells)])


def question_place(grid: Grid, header: Row, place: int) -> dict[str, str | int]:
    """Where a column is, for its question."""
    letter, heading = get_column_letter(place + 1), heading_at(header, place)
    return {"sheet": grid.sheet, "about": letter, "row": header.number, "column": heading}


def heading_at(header: Row, place: int) -> str:
    """What a column is called; its letter where it has no heading, or one like a person's name."""
    heading = " ".join(header.cell(place).text.split())[:80]
    is_word = no_place(plain_heading(heading)) == "persons"  # "Phone Number"
    is_name = not is_word and PERSON_NAMES.fullmatch(heading) and has_name(heading)
    return get_column_letter(place + 1) if is_name or not heading else heading


def columns_to_leave_out(
    grid: Grid, hits: Iterable[tuple[int, int, PersonalKind]]
) -> dict[int, Choice]:
    """The questions about the columns, by place, that hold nothing else, or numbers of which some
    look like somebody's; `hits` are row and column, from 1, of the cells with personal data.

    Where the headings hold some themselves, they are none, and nothing is asked.
    """
    header, kinds = headings_of(grid), defaultdict[int, Counter[PersonalKind]](Counter)
    places: dict[int, set[int]] = defaultdict(set)
    for row, column, kind in hits:
        kinds[column - 1][kind] += 1
        places[column - 1].add(grid.rows[row - 1].number)
    if header is None or any(header.number in rows for rows in places.values()):
        return {}
    below = [row for row in grid.rows if row.number > header.number]
    found = {}
    for place, counts in kinds.items():
        texts = [row.cell(place).text for row in below if row.cell(place).text]
        (kind, _), heading = counts.most_common(1)[0], heading_at(header, place)
        looks = looks_of(texts, kind, counts.total(), plain_heading(heading))
        if looks and min(places[place]) > header.number:
            count = f"{counts.total()} / {len(texts)}"
            where = question_place(grid, header, place)
            question = Choice(QUESTIONS[looks], None, (LEAVE_OUT,), found=count, **where)  # type: ignore[arg-type]
            found[place] = question
    return found


def looks_of(texts: list[str], kind: PersonalKind, count: int, heading: str) -> str:
    """What a column looks like: of personal data, where its heading says so or most of its cells
    are nothing else; of numbers; or "", of neither."""
    if no_place(heading) == "persons":
        return kind
    alone = sum(bool(ALONE_IN_CELL[kind].fullmatch(text)) for text in texts)
    if count > 1 and min(alone, count) >= MOST_OF_THEM * len(texts):
        return kind
    numbers = sum(bool(RECORD_NUMBER.fullmatch(text)) for text in texts)
    is_few = kind != "email" and count < MOST_OF_THEM * len(texts)
    return "numbers" if is_few and numbers >= NEARLY_EACH * len(texts) else ""
