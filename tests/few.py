"""Some of the shipped rows, for what asks nothing of their number: a backup, an update, a site that
is written anew."""

import csv
from collections.abc import Mapping
from pathlib import Path

from queries.contract import Table, tables
from ringvirkning import ROOT

AGREEMENTS = {"nfdr_usn", "nfdr_lier_naeringsrad", "ig_nav"}
PARTNERS = {"usn", "hsn", "lier", "lier_naeringsrad", "nav"}
PROGRAMMES = {"WorkOP"}
# Rows of others come of one of these agreements, or of a programme.
COME_OF = ("activities", "outcomes", "targets", "contributions", "work_streams")
CHOSEN = {"partnerships": AGREEMENTS, "partners": PARTNERS}
Row = dict[str, str]


def few(folder: Path) -> Path:
    """Write them as a data folder."""
    folder.mkdir(parents=True)
    kept: dict[str, set[str]] = {}
    for table in tables():
        with (ROOT / "data" / table.file).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            names = list(rows.fieldnames or ())
            those = [row for row in rows if stays(table, row, kept)]
        kept[table.name] = {row[names[0]] for row in those}
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(those)
    return folder


def stays(table: Table, row: Row, kept: Mapping[str, set[str]]) -> bool:
    """Whether it leads to nothing but what stays."""
    if row[table.columns[0].name] not in CHOSEN.get(table.name, {row[table.columns[0].name]}):
        return False
    led_to = [
        (column.refers_to, one)
        for column in table.columns
        if column.refers_to in {*CHOSEN, "activities"} - {table.name}
        for one in row[column.name].split("|")
        if one
    ]
    is_of_all = table.name not in COME_OF or row.get("programme") in PROGRAMMES
    return (is_of_all or bool(led_to)) and all(one in kept[name] for name, one in led_to)
