"""What stands in a form: a workbook that people fill in and the reader takes back.

One sheet for each table, in the words of a language; `intake.forms.workbooks` writes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from openpyxl.utils import get_column_letter, quote_sheetname

from queries.contract import Column, Table
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.cells import LIST_SIGNS, Field, field_of
from ringvirkning.intake.sheets.vocabulary import plain, words_in
from ringvirkning.intake.words.names import with_names
from ringvirkning.texts import Words

MOST_CHARACTERS = 32_767  # characters of a cell, of which Excel would drop the rest
MOST_OFFERED = 255  # characters of a drop-down's own words: with more, Excel takes no such workbook


@dataclass(frozen=True)
class FormSheet:
    """Rows of one table in the contract's own text.

    `example` stands above the headings, where nothing is read. `asked` is the question in a cell,
    by place in `rows` and column. Columns in `without` are left out.
    """

    table: Table
    rows: Sequence[Record] = ()
    example: Record = field(default_factory=dict)
    asked: Mapping[tuple[int, str], str] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column]:
        return [column for column in self.table.columns if column.name not in self.without]

    @property
    def header(self) -> int:
        """The row of the headings."""
        return 2 if self.example else 1

    def letter(self, name: str) -> str:
        place = [column.name for column in self.columns].index(name) + 1
        return str(get_column_letter(place))


class Place(NamedTuple):
    """A column of a sheet, how its cells are read, and what its drop-down offers, if any."""

    column: Column
    of: Field
    offered: str

    @property
    def is_number(self) -> bool:
        return self.of.kind in ("whole", "number")


class Written(NamedTuple):
    """A sheet as an editor would have written it; "" is an empty cell."""

    sheet: FormSheet
    places: list[Place]
    example: list[str | float]
    rows: list[list[str | float]]


@dataclass(frozen=True)
class Form:
    """Sheets behind a guide of one line in each row; `listed` are the rows of measures and types,
    by their table."""

    words: Words
    guide: str
    sheets: Sequence[FormSheet]
    listed: Mapping[str, Sequence[Record]]

    @cached_property
    def w(self) -> Words:
        """The words, and the names of measures and types."""
        return with_names(self.words, self.listed)

    def title(self, table: str) -> str:
        return self.w(f"sheet.{table}")

    def places(self, sheet: FormSheet) -> list[Place]:
        words = words_in(self.listed)
        # The key of a measure is no name of one.
        fields = [field_of(sheet.table, c, {} if c.is_key else words) for c in sheet.columns]
        return [
            Place(column, of, self.offered(column, of))
            for column, of in zip(sheet.columns, fields, strict=True)
        ]

    def offered(self, column: Column, of: Field) -> str:
        """The source of a drop-down: the words of the codes, or what another sheet has by now."""
        other = next((s for s in self.sheets if s.table.name == column.refers_to), None)
        if column.codes or (column.type_table and not other):
            words = ",".join(self.word(of, code) for code in of.codes)
            return f'"{words}"' if len(words) <= MOST_OFFERED else ""
        if other is None or column.is_list or column.is_key:
            return ""
        name = other.columns[0].name
        if column.refers_to in self.listed:
            name = f"name_{self.w.language}"
        title, letter = quote_sheetname(self.title(other.table.name)), other.letter(name)
        count = f"COUNTA({title}!${letter}:${letter})-{other.header}"
        return f"OFFSET({title}!${letter}${other.header + 1},0,0,MAX(1,{count}),1)"

    def word(self, of: Field, code: str) -> str:
        """The word for a code, or the code itself where the reader would take it for another.

        Commas part the words of a drop-down; the reader doesn't care about signs.
        """
        word = self.w.code("adds" if of.code_kind == "adding" else of.code_kind, code)
        word = word if of.code_kind == "measure" else word.replace(",", " –")
        return word if of.words.get(plain(word)) == code else code

    def written(self, of: Field, text: str) -> str | float:
        """A field as an editor writes it. Raises ValueError for what no cell can hold."""
        if of.kind in ("whole", "number"):
            return float(text) if "." in text else int(text)
        if len(text) > MOST_CHARACTERS:
            raise ValueError(f"{of.name}: {len(text)} > {MOST_CHARACTERS}")
        if of.kind == "code":
            return self.word(of, text)
        return as_list(text.split("|")) if of.kind == "list" else text

    def as_written(self, sheet: FormSheet) -> Written:
        places = self.places(sheet)

        def cells(row: Record) -> list[str | float]:
            texts = [row.get(place.column.name) for place in places]
            return [
                self.written(place.of, text) if text else ""
                for place, text in zip(places, texts, strict=True)
            ]

        example = cells(sheet.example)
        if sheet.example:
            example[0] = self.w("form.example", of=example[0])
        return Written(sheet, places, example, [cells(row) for row in sheet.rows])

    def note(self, place: Place) -> str:
        """What a heading means, how to write it, and whether it must be there."""
        how = "form.how.drop_down" if place.offered else f"form.how.{place.of.kind}"
        said = [self.w(f"column_note.{place.column.name}")]
        said += [self.w(how)] if self.w.has(how) else []
        said += [self.w("form.required")] if place.column.required else []
        return "\n".join(said)


def as_list(items: Sequence[str]) -> str:
    """Items with a sign between them that none of them has in it: "a; b"."""
    if any(sign in item for item in items for sign in LIST_SIGNS):
        return "|".join(items) + "|"
    return f"{items[0]};" if len(items) == 1 and "," in items[0] else "; ".join(items)
