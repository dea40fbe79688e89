"""A cell to the contract's text: what kinds of columns there are, and every way to read a cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from queries.contract import Column, Table
from ringvirkning.intake.sheets import Cell
from ringvirkning.intake.sheets.dates import any_period, date_ways, iso_period, two_year_ways
from ringvirkning.intake.sheets.numbers import canonical, hundredth, number_ways
from ringvirkning.intake.sheets.vocabulary import (
    code_words,
    codes_kind,
    listed_as_written,
    plain,
    word_list,
)
from ringvirkning.intake.sheets.wide import TABLE, stated

# The kind of a column whose text a check of the contract says how to write.
KIND_OF_CHECK = {
    "is_partial_date": "date",
    "is_period": "period",
    "is_age_group": "age_group",
    "is_any_period": "any_period",
    "is_organisation_number": "organisation_number",
}
# How many digits a number of a county or municipality has where a spreadsheet took its zero away.
WITHOUT_ZERO = {
    "is_municipality_number": (3,),
    "are_municipality_numbers": (3,),
    "is_place_number": (1, 3),
}
# What things are called, by which they are known again: blanks are one space each.
NAME_COLUMNS = ("association", "programme", "title", "name")
# What is wrong with a cell that can't be read in a column of a kind.
RULE_OF_KIND = {
    "date": "is_partial_date",
    "period": "is_period",
    "age_group": "is_age_group",
    "any_period": "is_any_period",
    "whole": "not_whole_number",
    "number": "not_number",
}
AGES = re.compile(r"(\d{1,2})\s*[-–—_]\s*(\d{1,3})(?:\s*(?:år|years))?", re.I)
AGES_FROM = re.compile(
    r"(\d{1,2})(?:\s*\+(?:\s*(?:år|years))?|\s*(?:år|years) (?:og|and) (?:eldre|over|older))", re.I
)
ORGANISATION_NUMBER = re.compile(r"(?:NO)?((?:[\s.]*\d){9})(?:\s*MVA)?", re.I)
BETWEEN_WORDS = re.compile(r"\s+|(?<=[^\d\s])(?=\d)")
# Signs for how sure a number or a date is: ~80, >80 and 80+.
SIGNS_BEFORE = {"~": "about", "≈": "about", ">": "over"}
# Before a number that a source hides since it is small: <5, under 5.
SIGNS_BELOW = ("<", "<=", "≤")
BELOW = re.compile(r"(\D+?)\s*\d+")
LIST_SIGNS = ("|", "\n", ";")
# A column that is too narrow for its number, and how LibreOffice counts errors.
SHOWN_AS_ERROR = re.compile(r"#{3,}|(?:err|feil):\s?5\d\d")


@dataclass(frozen=True)
class Field:
    """A column of the contract, as it decides how its cells are read.

    `words` are the codes of its `code_kind` (or the measures) by what they may be called, `codes`
    those that it may hold in their order;
    `qualifier` is the column that says how sure this one is, if the table has one,
    `can_be_hidden` tells whether another says why there is no number, and `without_zero` how many
    digits a number in it has that begins with a zero, which a spreadsheet took away.
    """

    name: str
    kind: str
    code_kind: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    qualifier: str = ""
    can_be_hidden: bool = False
    without_zero: tuple[int, ...] = ()

    @property
    def qualifiers(self) -> dict[str, str]:
        kind = "date_qualifier" if self.kind == "date" else "count_qualifier"
        return code_words(kind) if self.qualifier else {}


class Understood(NamedTuple):
    """The contract's text for a cell, by the way it is read; under "" where there is only one.

    None at all: it can't be read. `said` is the rule of what is to be said about it.
    """

    ways: Mapping[str, str]
    qualifier: str = ""
    said: str = ""


UNKNOWN = Understood({"": ""})


def field_of(table: Table, column: Column, words: Mapping[str, Mapping[str, str]]) -> Field:
    """How the cells of a column are read; `words` are those of `vocabulary.words_in`. Where there
    are none for its table, any text is a measure or a type."""
    kind, qualifier = column_kind(table, column), qualifier_of(table, column.name)
    if kind in ("measure", "type"):
        named = words.get(column.refers_to or "", {})
        codes, about = tuple(dict.fromkeys(named.values())), codes_kind(column) or kind
        if table.name == TABLE:
            codes = tuple(stated(codes))
        return Field(column.name, "code" if codes else "text", about, named, codes)
    if kind == "code":
        about = codes_kind(column)
        return Field(column.name, kind, about, code_words(about), tuple(column.codes))
    names = {other.name for other in table.columns}
    can_be_hidden = column.name == "value" and "value_status" in names
    rules = (check.rule for check in table.checks if column.name in check.columns)
    without_zero = next((WITHOUT_ZERO[rule] for rule in rules if rule in WITHOUT_ZERO), ())
    return Field(
        column.name,
        kind,
        qualifier=qualifier,
        can_be_hidden=can_be_hidden,
        without_zero=without_zero,
    )


def qualifier_of(table: Table, name: str) -> str:
    """The column that says how sure another is: its own, or that of the row's dates or counts."""
    stem, _, ending = name.rpartition("_")
    names = {column.name for column in table.columns}
    own, of_row = f"{stem or name}_qualifier", f"{ending}_qualifier"
    # The date of a source is not one of the row's.
    return own if own in names else of_row if of_row in names and stem != "source" else ""


def column_kind(table: Table, column: Column) -> str:
    if column.is_list:
        return "list"
    if column.codes:
        return "code"
    if column.refers_to == "measures":
        return "measure"
    if column.type_table:
        return "type"
    if column.type == "INTEGER":
        return "whole"
    if column.type.startswith("DECIMAL"):
        return "number"
    rules = (check.rule for check in table.checks if column.name in check.columns)
    otherwise = "name" if column.name in NAME_COLUMNS else "text"
    return next((KIND_OF_CHECK[rule] for rule in rules if rule in KIND_OF_CHECK), otherwise)


def is_unknown(cell: Cell) -> bool:
    """Whether a cell holds a sign or a word for "not known"."""
    return cell.text.casefold() in listed_as_written("unknown", "signs") or (
        plain(cell.text) in word_list("unknown", "words")
    )


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows in place of a value: #REF!, ####, Laster inn …"""
    shown = text.casefold().replace("…", "...")
    return (
        shown in listed_as_written("error", "signs")
        or bool(SHOWN_AS_ERROR.fullmatch(shown))
        or (shown.endswith("...") and plain(shown) in word_list("error", "wait"))
    )


def ways_to_read(cell: Cell, of: Field) -> Understood:
    """Every way to read a cell of a column. What says "not known" has been taken out before."""
    if cell.kind == "uncalculated":
        return Understood({}, said="formula_without_value")
    if cell.kind == "one_of_two":
        return Understood({}, said="one_of_two")
    items = split_list(cell.text) if of.kind == "list" else [cell.text]
    if cell.kind == "error" or any(map(is_error, items)):
        return Understood({}, said="cell_error")
    text = " ".join(cell.text.split()) if of.kind not in ("text", "list") else cell.text
    if of.kind == "code":
        code = of.words.get(plain(text))
        return Understood({"": code} if code else {})
    if of.kind in ("date", "whole", "number"):
        return quantity(Cell(text, cell.kind), of)
    if of.kind in ("period", "any_period"):
        found = (iso_period if of.kind == "period" else any_period)(text)
        return Understood(two_year_ways(text) or ({"": found} if found else {}))
    if of.kind == "age_group":
        ages = age_group(text)
        return Understood({"": ages} if ages else {})
    if of.kind == "organisation_number" and (number := ORGANISATION_NUMBER.fullmatch(text)):
        return Understood({"": re.sub(r"\D", "", number[1])})
    items = split_list(text) if of.kind == "list" else [text]
    return Understood({"": "|".join(f"0{one}" if lacks_zero(one, of) else one for one in items)})


def lacks_zero(text: str, of: Field) -> bool:
    """Whether a number can only be the one with a zero before it: 301 is the municipality 0301."""
    return len(text) in of.without_zero and text.isdecimal() and text.isascii()


def quantity(cell: Cell, of: Field) -> Understood:
    """A date or a number, with how sure it is where words say so: "ca. 80", "80 (ca.)"."""
    bare, qualifier = split_qualifier(cell.text, of.qualifiers)
    read = date_read if of.kind == "date" else number_read
    found = read(Cell(bare, cell.kind), of)
    if qualifier and found.ways:
        return found._replace(qualifier=qualifier, said="qualifier_taken")
    return found


def split_qualifier(text: str, words: Mapping[str, str]) -> tuple[str, str]:
    """The text without words or signs that say how sure it is, and their code: ("80", "about")."""
    codes = {*words.values()}
    if (sign := SIGNS_BEFORE.get(text[:1], "")) in codes:
        return text[1:].lstrip(), sign
    if text.endswith("+") and "over" in codes:
        return text[:-1].rstrip(), "over"
    for gap in BETWEEN_WORDS.finditer(text) if words else ():
        before, after = text[: gap.start()], text[gap.end() :]
        if code := words.get(plain(before)):
            return after, code
        if code := words.get(plain(after)):
            return before, code
    return text, ""


def date_read(cell: Cell, of: Field) -> Understood:
    if plain(cell.text) in word_list("date", "open"):
        return Understood({"": ""}, said="open_ended")
    ways, said = date_ways(cell.text)
    return Understood(ways, "about" if said == "week" and of.qualifier else "", said)


def number_read(cell: Cell, of: Field) -> Understood:
    if cell.kind == "percent":
        return Understood({"": canonical(cell.text)}, said="percent")
    if cell.kind == "number":
        ways = number_ways(cell.text) if "e" not in cell.text else {}
        # A point is the decimal sign of a number that the workbook holds.
        ways = {"": ways.get(".", ways.get("", ""))} if ways else {}
    else:
        bare = cell.text.removesuffix("%").rstrip()
        ways = number_ways(bare)
        if bare != cell.text and of.kind == "number":
            return Understood({way: hundredth(text) for way, text in ways.items()}, said="percent")
        ways = ways if bare == cell.text else {}
        if of.can_be_hidden and is_hidden(bare):
            return Understood({}, said="hidden_number")
    return Understood(whole(ways) if of.kind == "whole" else ways)


def is_hidden(text: str) -> bool:
    found = BELOW.fullmatch(text)
    return bool(
        found and (found[1] in SIGNS_BELOW or plain(found[1]) in word_list("number", "below"))
    )


def whole(ways: Mapping[str, str]) -> dict[str, str]:
    """Nothing when no way is a whole number; else all, of which one is to be decided."""
    return dict(ways) if any("." not in text for text in ways.values()) else {}


def age_group(text: str) -> str | None:
    """16_19 or 30+."""
    if found := AGES.fullmatch(text):
        return "_".join(found.groups())
    found = AGES_FROM.fullmatch(text)
    return f"{found[1]}+" if found else None


def split_list(text: str) -> list[str]:
    """The items of a list, by the strongest of the signs that stand in it."""
    sign = next((sign for sign in LIST_SIGNS if sign in text), ",")
    return [item for item in map(str.strip, text.split(sign)) if item]
