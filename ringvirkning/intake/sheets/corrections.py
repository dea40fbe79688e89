"""Cells that are read as something else than stands in them: corrected by the person, beside what
was found, or as they were the time before.

A correction is a `Choice` about "C//text", all cells of a column with that text, or "C/5/text", the
one in a row; with the text itself for its value it is taken back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ringvirkning.intake.personal import has_name, personal
from ringvirkning.intake.sheets import EMPTY, Cell, Choice, Decisions, Grid, Row

CORRECTION = "cell"  # the kind of choice
LONGEST_CORRECTION = 200  # characters
MOST_REMEMBERED = 200  # cells of a correction
# What is wrong with a cell whatever row it is in: one correction is for all cells with its text.
WRONG_IN_EVERY_ROW = {
    "cell_error", "hidden_number", "is_age_group", "is_any_period", "is_organisation_number",
    "is_partial_date", "is_period", "is_web_address", "not_number", "not_whole_number",
    "unknown_code", "unknown_name", "unknown_reference", "unknown_type",
}  # fmt: skip


def letters_of(place: int) -> str:
    """A column as spreadsheets call it, from 0: A, B, … Z, AA. The library for workbooks does this,
    too, and takes a quarter of a second to import, which a folder of CSV files need not wait for.
    """
    before = letters_of(place // 26 - 1) if place > 25 else ""
    return before + chr(ord("A") + place % 26)


class Wrong(NamedTuple):
    """A cell as it stands in the file, by its column, and its row where only that one is meant."""

    letter: str
    row: str
    text: str

    @property
    def about(self) -> str:
        return "/".join(self)


def key_of_cell(sheet: str, rule: str, place: int, row: int, text: str) -> str:
    """The key of a choice that corrects a cell in which a rule is broken; its place is from 0."""
    alone = "" if rule in WRONG_IN_EVERY_ROW else str(row)
    return f"{sheet}/{CORRECTION}/{Wrong(letters_of(place), alone, text).about}"


def asked_corrections(choices: Decisions, sheet: str) -> dict[Wrong, str]:
    begin = f"{sheet}/{CORRECTION}/"
    return {
        Wrong(*key.removeprefix(begin).split("/", 2)): text[:LONGEST_CORRECTION]
        for key, text in choices.asked.items()
        if key.startswith(begin) and key.count("/") >= begin.count("/") + 2
    }


def remembered_corrections(memory: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By the letter of the column and the mark of a cell."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key, text in memory.items():
        kind, _, about = key.partition("/")
        if kind == CORRECTION:
            letter, _, mark = about.partition("/")
            found[letter][mark] = text
    return found


def cell_mark(row: Row, place: int) -> str:
    """What a cell is known by when its file comes back: its text and what its row begins with, for
    an empty cell all that stands in its row. None of it can be read in the mark."""
    others = [row.cells[p].text for p in row.filled if p != place]
    text = row.cell(place).text
    said = "\n".join([text, *(others[:1] if text else others)])
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def corrected(grid: Grid, header: Row, choices: Decisions) -> Grid:
    """A sheet with its corrected cells, below the headings; each correction is a choice made.
    Personal data stays where it is, to be found."""
    asked = asked_corrections(choices, grid.sheet)
    before = remembered_corrections(choices.remembered)
    letters = {wrong.letter for wrong in asked} | before.keys()
    width = max((len(row.cells) for row in grid.rows), default=0)
    places = [(p, letters_of(p)) for p in range(width)]
    places = [(place, letter) for place, letter in places if letter in letters]
    if not places:
        return grid
    rows = []
    made: dict[Wrong, Choice] = {}
    for row in grid.rows:
        new: dict[int, str] = {}
        for place, letter in places if row.number > header.number else ():
            text = row.cell(place).text
            found = correction(Wrong(letter, str(row.number), text), row, place, asked, before)
            if found is None or personal(text):
                continue
            wrong, value, is_asked = found
            if value != text:
                new[place] = value
            choice = made.get(wrong) or Choice(
                CORRECTION,
                value,
                (),
                "asked" if is_asked else "remembered",
                sheet=grid.sheet,
                about=wrong.about,
                row=row.number,
                column=" ".join(header.cell(place).text.split()) or letter,
                found=text,
                is_free=True,
            )
            marks = (*choice.marks, f"{letter}/{cell_mark(row, place)}")
            made[wrong] = replace(choice, marks=marks)
        rows.append(with_cells(row, new) if new else row)
    choices.made += made.values()
    return replace(grid, rows=rows)


def correction(
    cell: Wrong,
    row: Row,
    place: int,
    asked: Mapping[Wrong, str],
    before: Mapping[str, Mapping[str, str]],
) -> tuple[Wrong, str, bool] | None:
    """What a cell is corrected by, to what, and whether it was asked for now."""
    for wrong in (cell, cell._replace(row="")):
        if wrong in asked:
            return wrong, asked[wrong], True
    marks = before.get(cell.letter)
    if marks and (value := marks.get(cell_mark(row, place))) is not None:
        return cell, value, False
    return None


def with_cells(row: Row, new: Mapping[int, str]) -> Row:
    cells = [*row.cells, *[EMPTY] * (max(new) + 1 - len(row.cells))]
    return Row(row.number, [Cell(new[p]) if p in new else cell for p, cell in enumerate(cells)])


def to_remember(choice: Choice) -> Iterator[tuple[str, str]]:
    """A correction for the next file with the same cells; of what may name a person nothing."""
    value = choice.value or ""
    if value != choice.found and not personal(value) and not has_name(value):
        yield from ((f"{CORRECTION}/{mark}", value) for mark in choice.marks[:MOST_REMEMBERED])
