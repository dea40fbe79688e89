"""Files from before the contract was what it is: read, and kept with today's headings.

A file or a column that has come since may be absent: it is read as empty.
"""

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from queries.contract import Column, Table, tables
from ringvirkning.intake.records import Record, csv_records, trimmed_rows

CALLED = {"caveat": "caveat_nb"}  # what a column was called until November 2026
# What a folder from then lacks: whole tables, and columns by table.
ADDED_TABLES: Collection[str] = (
    "associations",
    "context",
)
ADDED: Mapping[str, Collection[str]] = {
    "measures": ("scale", "can_be_negative", "caveat_en"),
    "outcomes": ("partnership_id", "partner_id", "value_status", "background"),
    "targets": ("partnership_id",),
}


def may_be_absent(table: Table) -> bool:
    return table.name in ADDED_TABLES


def may_lack(table: Table, column: Column) -> bool:
    return (may_be_absent(table) and not column.required) or column.name in ADDED.get(
        table.name, ()
    )


def is_absent(table: Table, folder: Path) -> bool:
    """Whether the file of a table is not there and need not be."""
    return may_be_absent(table) and not (folder / table.file).exists()


def rows_of(folder: Path) -> dict[str, dict[int, Record]]:
    """The rows of each table of a published folder, trimmed, by their number in a finding."""
    return {
        table.name: {} if is_absent(table, folder) else trimmed_rows(folder / table.file)
        for table in tables()
    }


def present_names(heading: Sequence[str]) -> list[str]:
    """The names that columns have now."""
    return [CALLED.get(name.strip(), name.strip()) for name in heading]


def renew_heading(path: Path) -> None:
    """Give a copy of a file from then the heading that it would have now."""
    lines = [fields for _, fields in csv_records(path)]
    heading, rows = lines[0] if lines else [], lines[1:]
    if present_names(heading) == [name.strip() for name in heading]:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(present_names(heading))
        written.writerows(row for row in rows if row)
