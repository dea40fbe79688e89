"""The records of CSV files, as they are written: nothing is checked or typed here."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

Record = Mapping[str, str]
csv.field_size_limit(2_000_000)  # DuckDB's limit for a row
# What is trimmed off a field: a sheet pasted from elsewhere is full of tabs and hard spaces.
BLANKS = " \t\r\n\N{NO-BREAK SPACE}"


def csv_records(path: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """All records, empty ones too, by their number in a spreadsheet. Raises csv.Error."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.reader(file, delimiter=delimiter), 1)


def numbered_rows(path: Path) -> Iterator[tuple[int, Record]]:
    """The rows of a file that the contract allows, by their number in a finding."""
    lines = csv_records(path)
    _, heading = next(lines)
    names = [name.strip(BLANKS) for name in heading]
    for number, fields in lines:
        if fields:
            yield number, dict(zip(names, fields, strict=True))


def trimmed_rows(path: Path) -> dict[int, Record]:
    """The same with nothing around the fields."""
    return {
        number: {name: text.strip(BLANKS) for name, text in row.items()}
        for number, row in numbered_rows(path)
    }
