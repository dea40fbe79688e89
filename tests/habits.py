"""Contract rows written as people do, in any combination of their habits."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.intake import former
from ringvirkning.intake.sheets.cells import Field, field_of
from ringvirkning.intake.sheets.vocabulary import table_named, words_in
from ringvirkning.intake.words.names import with_names
from ringvirkning.texts import Words, words

Rows = list[dict[str, str]]


def shipped(table: str) -> Rows:
    """The filled fields of a shipped file, by column."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]


MEASURES = shipped("measures")
LISTED = former.listed_in(None)  # measures and types as they are shipped


def named(language: str) -> Words:
    """The words of a language, which know the names of measures and types as they are shipped."""
    return with_names(words(language), LISTED)


@dataclass(frozen=True)
class Habits:
    """How someone writes. `heading` and `code` are nb, en or "" for the contract's own words."""

    encoding: str = "utf-8"
    bom: bytes = b""
    delimiter: str = ";"
    sep_line: bool = False
    line_end: str = "\r\n"
    decimal: str = ","
    thousands: str = " "
    date_form: str = "%d.%m.%Y"
    heading: str = "nb"
    code: str = "nb"
    upper: bool = False
    list_sign: str = "; "
    unknown: str = ""
    qualifier_words: bool = False
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    total: bool = False

    def heading_of(self, column: str) -> str:
        text = words(self.heading)(f"column.{column}") if self.heading else column
        return text.upper() if self.upper else text

    def code_of(self, of: Field, code: str) -> str:
        text = named(self.code).code(of.code_kind, code) if self.code else code
        return text.upper() if self.upper else text

    def number(self, text: str) -> str:
        whole, _, decimals = text.partition(".")
        grouped = f"{int(whole):,}".replace(",", self.thousands)
        return grouped + (self.decimal + decimals if decimals else "")

    def day(self, text: str) -> str:
        if len(text) == 4:
            return text
        first = date.fromisoformat(f"{text}-01"[:10])
        locale = {"nb": "nb_NO", "en": "en_US"}.get(self.date_form)
        if len(text) == 7:
            return format_date(first, "MMMM y", locale) if locale else text
        if locale:
            return format_date(first, "d. MMMM y" if locale == "nb_NO" else "MMMM d, y", locale)
        return first.strftime(self.date_form)

    def written(self, of: Field, text: str) -> str:
        """The contract's text for a field as this person writes it."""
        if not text:
            return self.unknown
        if of.kind == "code":
            return self.code_of(of, text)
        if of.kind == "date":
            return self.day(text)
        if of.kind in ("whole", "number"):
            return self.number(text)
        if of.kind == "list":
            return self.list_sign.join(text.split("|"))
        return text.replace("/", "–") if of.kind == "period" else text


def fields(table: str) -> list[Field]:
    return [field_of(table_named(table), c, words_in(LISTED)) for c in table_named(table).columns]


def lines(table: str, rows: Rows, habits: Habits) -> list[list[str]]:
    """The cells of a sheet from its title lines to its notes."""
    known = fields(table)
    facts = [[habits.written(of, row.get(of.name, "")) for of in known] for row in rows]
    if habits.qualifier_words:
        for row, cells in zip(rows, facts, strict=True):
            say_how_sure(known, row, cells, habits)
    total = [["Totalt", *[""] * (len(known) - 1)]] if habits.total else []
    return [
        *([title] for title in habits.titles),
        [habits.heading_of(of.name) for of in known],
        *facts,
        *total,
        *([[]] if habits.notes else []),
        *([note] for note in habits.notes),
    ]


def say_how_sure(
    known: list[Field], row: Mapping[str, str], cells: list[str], habits: Habits
) -> None:
    """Write "ca. 80" where the row has "about" in a column of its own, and leave that empty."""
    names = [of.name for of in known]
    for place, of in enumerate(known):
        code = row.get(of.qualifier, "")
        if row.get(of.name) and code and code != "exact":
            word = words("nb").code(
                "date_qualifier" if of.kind == "date" else "count_qualifier", code
            )
            cells[place] = f"{word} {cells[place]}"
            cells[names.index(of.qualifier)] = habits.unknown


def text_file(cells: Iterable[list[str]], habits: Habits) -> bytes:
    text = io.StringIO()
    if habits.sep_line:
        text.write(f"sep={habits.delimiter}{habits.line_end}")
    # The writer does not quote a line end that is none of the file's own.
    quoting: Any = csv.QUOTE_ALL if habits.line_end == "\r" else csv.QUOTE_MINIMAL
    out = csv.writer(
        text, delimiter=habits.delimiter, lineterminator=habits.line_end, quoting=quoting
    )
    out.writerows(cells)
    return habits.bom + text.getvalue().encode(habits.encoding)


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], *, mac: bool = False) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(cells, 1):
            for column, value in enumerate(values, 1):
                if value not in ("", None):
                    sheet.cell(row, column, value)
    return book


def typed(table: str, cells: list[list[str]], rows: Rows, header: int) -> list[list[object]]:
    """The cells of a sheet with whole dates and numbers as Excel keeps them."""
    made: list[list[object]] = [[*row] for row in cells]
    for number, row in enumerate(rows, header):
        for place, of in enumerate(fields(table)):
            text = row.get(of.name, "")
            if of.kind == "date" and len(text) == 10:
                made[number][place] = datetime.fromisoformat(text)
            elif text and of.kind in ("whole", "number") and cells[number][place][:1].isdigit():
                made[number][place] = float(text) if "." in text else int(text)
    return made


TABLES = [table.name for table in tables() if table.name not in LISTED]
