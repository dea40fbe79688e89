"""What is typed in a form, a row each, as sheets like those of a person."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from queries.contract import Column, Table, tables
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.checks.guard import personal_in
from ringvirkning.intake.forms import as_list
from ringvirkning.intake.merging import name_of
from ringvirkning.intake.naming import IDENTITY, TITLE, key_of
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets import Cell
from ringvirkning.intake.sheets.cells import (
    RULE_OF_KIND,
    Field,
    field_of,
    is_unknown,
    split_list,
    ways_to_read,
)
from ringvirkning.intake.sheets.vocabulary import table_named, words_in
from ringvirkning.intake.sheets.yearless import is_in_any_year, with_its_year
from ringvirkning.texts import Words

# The ways to read a text that one takes without asking, the first that there is, by language.
TAKEN = {"nb": ("", "dmy", ",", "first_month", "school_year"), "en": ("", "dmy", ".", ",")}
TAKEN["en"] += ("first_month", "school_year")
ASKED_FIRST = ("name", "whole", "number", "list")  # kinds that are asked at once, required or not
ALSO_FIRST = ("source", "date", "organisation_number")
FEW_KNOW = ("valid_from", "valid_to")
TOLD_BY_ACTIVITY = ("programme", "association", "year", "partnership_id", "partner_id")
NOTHING_KNOWN: Record = {}
DECIMALS = 6


@dataclass(frozen=True)
class Entry:
    """What one form says of a row of a table, by column in the contract's text ("": empty).

    Of a row that is there already: its id, or all that it is known by, and the columns that
    change; `was` is what these had when it was written, `title` what it was called. It was written
    `at` a moment upon a version. Of one that `is_withdrawn` it is told `why`.
    """

    id: str
    table: str
    row: Mapping[str, str]
    at: str = ""
    version: str = ""
    title: str = ""
    was: Mapping[str, str] = field(default_factory=dict)
    is_withdrawn: bool = False
    why: str = ""


class AsContract(NamedTuple):
    """The contract's text for what was typed, how sure it is ("about"), and what is wrong."""

    text: str
    qualifier: str = ""
    wrong: Finding | None = None


class EntrySheet(NamedTuple):
    """A sheet (CSV) of some entries: whose each of its rows is, the first in row 2."""

    table: str
    text: str
    ids: tuple[str, ...]


def can_be_typed() -> list[Table]:
    """The tables that have a form, those that everybody has first: all but the lists of what
    figures are counted in, and types."""
    found = (table for table in tables() if table.name not in former.SHIPPED_TABLES)
    return sorted(found, key=former.may_be_absent)


def typed_columns(table: Table) -> list[Column]:
    """Those that a person fills in: an id is made, unless it is what the row is called."""
    return [c for c in table.columns if not c.is_key or c.name in IDENTITY[table.name]]


def fields_of(
    table: Table, listed: Mapping[str, Sequence[Record]]
) -> dict[str, tuple[Column, Field]]:
    """How what is typed in each column is read; `listed` are the rows of measures and types."""
    words = words_in(listed)
    return {c.name: (c, field_of(table, c, words)) for c in typed_columns(table)}


def is_asked_first(table: Table, column: Column, of: Field, known: Record = NOTHING_KNOWN) -> bool:
    """Whether a column stands before those that few fill in: it must be there, a check of the
    contract holds it against others, or it is a name, a number, others that it is about, a day that
    says when, or the source. From when to when an organisation was there is not. Of a result whose
    activity is `known` that has the rest, and at which stage it was counted is asked."""
    if column.name in FEW_KNOW:
        return False
    if table.name == "outcomes" and known.get("activity_id"):
        if column.name in TOLD_BY_ACTIVITY:
            return False
        if column.name == "measured_at":
            return True
    is_checked = any(
        len(check.columns) > 1 and column.name in check.columns for check in table.checks
    )
    return (
        column.required
        or is_checked
        or column.name in ALSO_FIRST
        or (of.kind in ASKED_FIRST and (of.kind != "list" or column.refers_to is not None))
    )


def understood(
    table: Table,
    column: Column,
    of: Field,
    typed: str,
    w: Words,
    today: date,
    organisations: tuple[str, ...] = (),
) -> AsContract:
    """What was typed, as the contract writes it. A day without a year is of this one; a number is
    written as in the page's language. `organisations` are as in `guard.personal_in`."""
    cell = Cell(typed.strip())
    place = Finding("required", table.file, None, column.name)
    if found := personal_in(table, column, cell.text, organisations):
        return AsContract("", wrong=found)
    if not cell.text or (of.kind not in ("text", "name") and is_unknown(cell)):
        return AsContract("", wrong=place if column.required else None)
    if of.kind == "date" and is_in_any_year(cell.text):
        cell = Cell(with_its_year(cell.text, f"{today.year}"))
    read = ways_to_read(cell, of)
    texts = [read.ways[way] for way in TAKEN[w.language] if way in read.ways]
    if not texts:
        rule = read.said or RULE_OF_KIND.get(of.kind, "unknown_code")
        return AsContract("", wrong=replace(place, rule=rule, found=typed))
    return AsContract(texts[0], read.qualifier)


def personal_in_row(
    table: Table, row: Record, organisations: tuple[str, ...]
) -> dict[str, Finding]:
    """Personal data in what is said of a row, by column: not to be kept, as a draft either."""
    columns = (column for column in table.columns if row.get(column.name))
    found = {c.name: personal_in(table, c, row[c.name], organisations) for c in columns}
    return {name: finding for name, finding in found.items() if finding}


def sheets_of(entries: Iterable[Entry]) -> list[EntrySheet]:
    """Sheets of the rows that are new or change. Those of a table that say the same columns are in
    one; what several say of one row is one row, the last word of each column."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    ids: dict[tuple[str, ...], str] = {}
    for entry in entries:
        if not entry.is_withdrawn:
            known = entry_known_by(entry)
            one = (entry.table, *known) if known else (entry.table, "", entry.id)
            rows[one] = rows.get(one, {}) | dict(entry.row)
            ids[one] = entry.id
    alike: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for one, row in rows.items():
        names = [c.name for c in table_named(one[0]).columns if c.name in row]
        alike.setdefault((one[0], *names), []).append(one)
    return [
        EntrySheet(
            table,
            entry_csv(table_named(table), names, [rows[one] for one in same]),
            tuple(ids[one] for one in same),
        )
        for (table, *names), same in alike.items()
    ]


def entry_csv(table: Table, names: Sequence[str], rows: Iterable[Record]) -> str:
    columns = {column.name: column for column in table.columns}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([[as_cell(columns[name], row[name]) for name in names] for row in rows])
    return text.getvalue()


def as_cell(column: Column, text: str) -> str:
    """As nobody reads it in two ways: a number with six decimals after a comma, a list with a sign
    in it."""
    if text and column.is_list:
        return as_list(split_list(text) if "|" not in text else text.split("|"))
    if column.type.startswith("DECIMAL") and "." in text:
        whole, _, decimals = text.partition(".")
        return f"{whole},{decimals.ljust(DECIMALS, '0')}"
    return text


def entry_known_by(entry: Entry) -> tuple[str, ...]:
    """What the row is known by that the entry changes; nothing for a new one."""
    table = table_named(entry.table)
    key = key_of(table)
    if key and key not in IDENTITY[table.name]:
        return (entry.row[key],) if entry.row.get(key) else ()
    return name_of(table, entry.row) if entry.was or entry.is_withdrawn else ()


def withdrawn_in(entries: Iterable[Entry]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows that are withdrawn, by table, each by what it is known by."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in entries:
        if entry.is_withdrawn:
            known = name_of(table_named(entry.table), entry.row)
            found[entry.table] = (*found.get(entry.table, ()), known)
    return found


def row_title(table: Table, row: Record) -> str:
    """What a person would look for the row by."""
    names = [TITLE.get(table.name, ""), *IDENTITY[table.name]]
    return next((row[name] for name in names if row.get(name)), "")


def changed_meanwhile(entry: Entry, now: Record) -> Iterator[tuple[str, str, str]]:
    """The columns that somebody else has changed since the entry was written: what they had then,
    and have now."""
    for name, text in entry.was.items():
        if now.get(name, "") not in (text, entry.row.get(name)):
            yield name, text, now.get(name, "")
