"""What an editor downloads: an empty form, or the current data in it.

Either is a workbook that `intake.sheets.reading.read` takes back.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from queries.contract import Table, tables
from ringvirkning.intake import former
from ringvirkning.intake.forms import Form, FormSheet
from ringvirkning.intake.records import Record
from ringvirkning.intake.workbooks import workbook
from ringvirkning.texts import Words

EXAMPLE = Path(__file__).with_name("example.toml")


def template(w: Words, measures: Sequence[Record] = (), is_whole: bool = False) -> bytes:
    """An XLSX workbook to fill in; the rows of `measures.csv` stand in it, if given. Only a whole
    one has the tables and columns that an association can do without."""
    examples = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    sheets = [
        FormSheet(table, measures, without=() if is_whole else unused(table, measures))
        if table.name == "measures"
        else FormSheet(
            table, (), examples[table.name], without=() if is_whole else unused(table, ())
        )
        for table in in_reading_order()
        if is_whole or not former.may_be_absent(table)
    ]
    return workbook(Form(w, w("form.guide.template"), sheets, measures))


def filled_form(folder: Path, w: Words) -> bytes:
    """The files of a published folder as the same workbook: read again, they are the same rows.

    Raises ValueError where a text is longer than a cell can hold.
    """
    rows = former.rows_of(folder)
    sheets = [
        FormSheet(table, own := [*rows[table.name].values()], without=unused(table, own))
        for table in in_reading_order()
        if rows[table.name] or not former.may_be_absent(table)
    ]
    return workbook(Form(w, w("form.guide.filled"), sheets, [*rows["measures"].values()]))


def unused(table: Table, rows: Sequence[Record]) -> tuple[str, ...]:
    """The columns that an association can do without, and that no row uses; of a table that it can
    do without none."""
    if former.may_be_absent(table):
        return ()
    return tuple(
        column.name
        for column in table.columns
        if former.may_lack(table, column) and not any(row.get(column.name) for row in rows)
    )


def in_reading_order() -> list[Table]:
    """As an editor comes to them; the measures, which are there from the start, last."""
    return sorted(tables(), key=lambda table: table.name == "measures")
