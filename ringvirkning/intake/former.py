"""Headings of files from before the contract was what it is: read, and kept with today's."""

import csv
from collections.abc import Sequence
from pathlib import Path

from ringvirkning.intake.records import csv_records

CALLED = {"caveat": "caveat_nb"}  # what a column was called until November 2026
ADDED = ("caveat_en",)  # what a file from then lacks


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
        written.writerow([*present_names(heading), *ADDED])
        written.writerows([*row, *("" for _ in ADDED)] for row in rows if row)
