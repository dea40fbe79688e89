"""What an editor downloads: an empty form, or the current data in it.

Either is a workbook that `intake.sheets.reading.read` takes back.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from queries.contract import TYPE_TABLES, Table, tables
from ringvirkning.intake import former
from ringvirkning.intake.forms import MOST_OFFERED, Form, FormSheet
from ringvirkning.intake.forms.workbooks import workbook
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.vocabulary import key_in, type_names
from ringvirkning.texts import Words

EXAMPLE = Path(__file__).with_name("example.toml")


def template(w: Words, folder: Path | None = None, is_whole: bool = False) -> bytes:
    """An XLSX workbook to fill in. The measures of a published folder stand in it, without one
    those that are shipped. Only a whole one has the tables and columns that an association can do
    without, and the types."""
    examples, listed = tomllib.loads(EXAMPLE.read_text(encoding="utf-8")), former.listed_in(folder)
    too_long = {sheet.table.name for sheet in long_lists(w, listed)}
    sheets = [
        FormSheet(
            table,
            own := listed.get(table.name, ()),
            {} if own else examples[table.name],
            without=() if is_whole else unused_columns(table, own),
        )
        for table in in_reading_order()
        if is_whole or not former.may_be_absent(table) or table.name in too_long
    ]
    return workbook(Form(w, w("form.guide.template"), sheets, listed))


def long_lists(w: Words, listed: Mapping[str, Sequence[Record]]) -> list[FormSheet]:
    """The types that are too many to stand in a drop-down itself, which offers what is in such a
    sheet then."""
    names = type_names(listed, w.language)
    return [
        FormSheet(table, listed[table.name])
        for table in tables()
        if table.name in TYPE_TABLES
        and len(",".join(names[key_in(table.name)].values())) > MOST_OFFERED
    ]


def filled_form(folder: Path, w: Words, is_whole: bool = False) -> bytes:
    """The files of a published folder as the same workbook: read again, they are the same rows. A
    whole one has the tables and columns with nothing in them, too.

    Raises ValueError where a text is longer than a cell can hold.
    """
    rows = former.rows_of(folder)
    sheets = [
        FormSheet(table, own, without=() if is_whole else unused_columns(table, own))
        for table in in_reading_order()
        if (own := [*rows[table.name].values()]) or is_whole or not former.may_be_absent(table)
    ]
    return workbook(Form(w, w("form.guide.filled"), sheets, former.listed_in(folder)))


def unused_columns(table: Table, rows: Sequence[Record] = ()) -> tuple[str, ...]:
    """The columns that an association can do without, and that none of the rows has anything in."""
    return tuple(
        column.name
        for column in table.columns
        if former.may_lack(table, column) and not any(row.get(column.name) for row in rows)
    )


def in_reading_order() -> list[Table]:
    """As an editor comes to them; types and measures, which are there from the start, last."""
    return sorted(tables(), key=lambda table: table.name in former.SHIPPED_TABLES)
