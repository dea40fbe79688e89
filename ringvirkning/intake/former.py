"""Files from before the contract was what it is: read, and kept with today's headings.

A file or a column that has come since may be absent: it is read as empty.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from queries.contract import TYPE_TABLES, Column, Table, computed_measures, tables
from ringvirkning import SHIPPED
from ringvirkning.finding import Finding
from ringvirkning.intake.records import BLANKS, Record, csv_records, trimmed_rows

CALLED = {"caveat": "caveat_nb"}  # what a column was called until November 2026
# What a folder from then lacks: whole tables, and columns by table.
ADDED_TABLES: Collection[str] = (
    "associations",
    "programmes",
    "work_streams",
    "contributions",
    "successions",
    "context",
    "events",
    "remarks",
    *TYPE_TABLES,
)
ADDED: Mapping[str, Collection[str]] = {
    "measures": ("scale", "can_be_negative", "caveat_en"),
    "partnerships": (
        "agreement_status",
        "agreement_level",
        "part_of",
        "confirmed_role",
        "confirmed_source",
        "asked_date",
    ),
    "partners": ("head_id", "valid_from", "valid_to", "municipality"),
    "activities": ("municipality",),
    "outcomes": ("partnership_id", "partner_id", "value_status", "background"),
    "targets": ("partnership_id",),
}
MOVED = {"partners": "succeeded_by"}  # a column that has become a table, successions
TOLD_IN = {"predecessor_id": "partner_id", "successor_id": "succeeded_by"}  # of it, in partners.csv
# What figures are counted in, and types, where nothing has been published that says so.
SHIPPED_TABLES = ("measures", *TYPE_TABLES)


def may_be_absent(table: Table) -> bool:
    return table.name in ADDED_TABLES


def may_lack(table: Table, column: Column) -> bool:
    return (may_be_absent(table) and not column.required) or column.name in ADDED.get(
        table.name, ()
    )


def is_absent(table: Table, folder: Path) -> bool:
    """Whether the file of a table is not there and need not be."""
    return may_be_absent(table) and not (folder / table.file).exists()


def file_of(table: Table, folder: Path | None) -> Path | None:
    """The file that a table is read from: where it need not be in the folder and is not, or nothing
    has been published (None), the shipped one of what has one; else none."""
    if folder and not is_absent(table, folder):
        return folder / table.file
    return SHIPPED / table.file if table.name in SHIPPED_TABLES else None


def rows_of(folder: Path | None) -> dict[str, dict[int, Record]]:
    """The rows of each table of a published folder, trimmed, by their number in a finding."""
    files = {table: file_of(table, folder) for table in tables()}
    return {
        table.name: trimmed_rows(file)
        if file
        else dict(enumerate(rows_then(table, folder) if folder else (), 2))
        for table, file in files.items()
    }


def listed_in(folder: Path | None) -> dict[str, list[Record]]:
    """The measures and the types of a published folder, by table; without one what is shipped."""
    files = {table.name: file_of(table, folder) for table in tables()}
    return {n: [*trimmed_rows(file).values()] for n in SHIPPED_TABLES if (file := files[n])}


def computed_rows(present: Collection[str]) -> list[Record]:
    """The shipped rows of those measures that the pages work out which are not `present`."""
    lacking = computed_measures().difference(present)
    shipped = trimmed_rows(SHIPPED / "measures.csv").values() if lacking else ()
    return [row for row in shipped if row["measure"] in lacking]


def rows_then(table: Table, folder: Path) -> list[Record]:
    """The rows of a table that is not there, as another one told them: of successions, which
    `partners.csv` had as a column, without their days."""
    if table.name != "successions" or not is_absent(table, folder) or not tells_then(folder):
        return []
    empty = dict.fromkeys((column.name for column in table.columns), "")
    return [{**empty, **row} for row in successions_then(folder).values()]


def successions_then(folder: Path) -> dict[int, Record]:
    """Those that `partners.csv` told, by the number of its row in a spreadsheet."""
    (_, heading), *rows = csv_records(folder / "partners.csv")
    names = {now: present_names(heading).index(then) for now, then in TOLD_IN.items()}
    return {
        number: {now: row[place].strip(BLANKS) for now, place in names.items()}
        for number, row in rows
        if len(row) == len(heading) and row[names["successor_id"]].strip(BLANKS)
    }


def where_told(found: list[Finding], folder: Path) -> list[Finding]:
    """Findings of successions that `partners.csv` told, in the row and the column where it did."""
    if (folder / "successions.csv").exists() or not tells_then(folder):
        return found
    lines = [*successions_then(folder)]
    return [
        replace(
            finding,
            file="partners.csv",
            row=finding.row and lines[finding.row - 2],
            column=TOLD_IN.get(finding.column or ""),
        )
        if finding.file == "successions.csv"
        else finding
        for finding in found
    ]


def tells_then(folder: Path) -> bool:
    """Whether `partners.csv` has the column that is a table now."""
    partners = folder / "partners.csv"
    if not partners.is_file():
        return False
    heading = next((fields for _, fields in csv_records(partners)), [])
    return {"partner_id", MOVED["partners"]} <= set(present_names(heading))


def was_known(table: Table, name: str, folder: Path) -> bool:
    """Whether a column that the contract lacks is one of then, and told nowhere else now."""
    return MOVED.get(table.name) == name and not (folder / "successions.csv").exists()


def present_names(heading: Sequence[str]) -> list[str]:
    """The names that columns have now."""
    return [CALLED.get(name.strip(), name.strip()) for name in heading]


def renew(folder: Path) -> None:
    """Give copies of files from then the headings and tables that they would have now."""
    for table in tables():
        if found := rows_then(table, folder):
            names = [column.name for column in table.columns]
            write_rows(folder / table.file, names, ([row[name] for name in names] for row in found))
    if tells_then(folder):
        leave_out(folder / "partners.csv", MOVED["partners"])
    renew_heading(folder / "measures.csv")


def leave_out(path: Path, name: str) -> None:
    """Write a file again without one of its columns."""
    heading, *rows = [fields for _, fields in csv_records(path) if fields]
    at = [found.strip() for found in heading].index(name)
    write_rows(path, heading[:at] + heading[at + 1 :], (row[:at] + row[at + 1 :] for row in rows))


def renew_heading(path: Path) -> None:
    lines = [fields for _, fields in csv_records(path)]
    heading, rows = lines[0] if lines else [], lines[1:]
    if present_names(heading) != [name.strip() for name in heading]:
        write_rows(path, present_names(heading), (row for row in rows if row))


def write_rows(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(heading)
        written.writerows(rows)
