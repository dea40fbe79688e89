"""CSV files in the contract's shape: what is wrong with a file or a row, and the rows."""

import codecs
import csv
import glob
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

import duckdb

from queries.contract import Table
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake import former
from ringvirkning.intake.personal import cells, personal
from ringvirkning.intake.records import BLANKS, Record, csv_records
from ringvirkning.intake.sheets import Cell, Grid, Row
from ringvirkning.intake.sheets.participants import participants_in
from ringvirkning.intake.sheets.persons import persons_in
from ringvirkning.intake.sheets.vocabulary import words_in

LARGEST_FILE = 2 * 2**30
CHUNK = 1 << 20
# Bytes of a folder's files: for less, a second thread costs more than it gives (of 6.8 MB a fifth
# of the CPU, on two cores), and for much less to plan how rows are best gone through (a third of
# publishing 100 kB; from 160 kB on it pays).
SMALL, TINY = 8 * 2**20, 2**17
ROWS_LOOKED_AT, MOST_HEADINGS = 500, 200  # of a file that may be a list of persons


def first_bad_line(path: Path) -> int | None:
    """The line on which a file stops being text in UTF-8, which has no NUL, or None."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    begun = 0  # bytes before the chunk
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                nul = decode(chunk, final=not chunk).find("\0")
            except UnicodeDecodeError as error:
                # What is decoded begins with what was left of a character.
                return line_at(path, begun + len(chunk) - len(error.object) + error.start)
            if nul >= 0:
                return line_at(path, begun + chunk.index(b"\0"))
            if not chunk:
                return None
            begun += len(chunk)


def line_at(path: Path, place: int) -> int:
    """The line of the byte at a place in a file."""
    with path.open("rb") as file:
        whole, rest = divmod(place, CHUNK)
        sizes = [CHUNK] * whole + [rest]
        return 1 + sum(file.read(size).count(b"\n") for size in sizes)


def column_names(path: Path) -> list[str]:
    """The names in the first row of a file; none when that is empty.

    Raises csv.Error when the row has no end.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = former.present_names(first_record(file))
        return names if any(names) else []


def first_record(file: TextIO) -> list[str]:
    """The first row of a file, read in pieces, since a hostile line may be as long as the file."""
    return next(csv.reader(iter(partial(file.readline, CHUNK), ""), strict=True), [])


def is_heading_alone(path: Path) -> bool:
    """Whether nothing at all comes after the first row, which has been read before."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first_record(file)
        return not file.read(1)


def other_delimiter(found: list[str]) -> str | None:
    """What a heading that is read as one name is separated by instead."""
    return next((d for d in ";\t|" if d in found[0]), None) if len(found) == 1 else None


def heading_findings(table: Table, found: list[str], folder: Path) -> Iterator[Finding]:
    if wrong := other_delimiter(found):
        shown = "tab" if wrong == "\t" else wrong
        yield Finding("wrong_delimiter", table.file, 1, None, shown, ",")
        return
    for column in table.columns:
        if column.name not in found and not former.may_lack(table, column):
            yield Finding("missing_column", table.file, 1, column.name, None, column.name)
    expected = [column.name for column in table.columns]
    seen: set[str] = set()
    for name in found:
        if name in seen:
            yield Finding("repeated_column", table.file, 1, name[:80], name[:80])
        elif name not in expected and not former.was_known(table, name, folder):
            yield Finding(
                "unknown_column", table.file, 1, name[:80], name[:80], ", ".join(expected)
            )
        seen.add(name)


def personal_rows(table: Table, path: Path, found: list[str]) -> Iterator[Finding]:
    """Personal data in a file whose columns are not known, so that every cell is looked at."""
    if kind := next(filter(None, map(personal, found)), None):
        yield Finding(f"personal_{kind}", table.file, 1)
    with suppress(csv.Error):
        every = (fields for _, fields in csv_records(path, other_delimiter(found) or ","))
        for row, _, kind in cells(every):
            if row > 1:
                yield Finding(f"personal_{kind}", table.file, row)


def persons_listed(table: Table, path: Path, found: list[str]) -> Iterator[Finding]:
    """A list of persons under the name of another file, of which then no row is shown."""
    delimiter = other_delimiter(found) or ","
    if len(found[0].split(delimiter)) + len(found) > MOST_HEADINGS:
        return
    with suppress(csv.Error):
        records = islice(csv_records(path, delimiter), ROWS_LOOKED_AT)
        rows = [Row(n, [Cell(text.strip(BLANKS)) for text in texts]) for n, texts in records]
        grid, measures = Grid("", rows), words_in(former.listed_in(None))["measures"]
        if participants_in(grid, rows[:1], measures) or persons_in(grid, rows[:1]):
            yield Finding("list_of_persons", table.file, 1)


def file_findings(table: Table, path: Path) -> list[Finding]:
    """What is wrong with a file as a whole; its rows can be read when there is nothing."""
    if former.is_absent(table, path.parent):
        return []
    if not path.is_file():
        return [Finding("missing_file", table.file)]
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return [Finding("too_large", table.file, found=f"{size / 2**30:.1f} GB", expected="2 GB")]
    if bad_line := first_bad_line(path):
        return [Finding("not_utf8", table.file, bad_line, expected="UTF-8")]
    try:
        found = column_names(path)
    except csv.Error:
        return [Finding("row_unquoted_value", table.file, 1)]
    if not found:
        names = ", ".join(column.name for column in table.columns)
        return [Finding("empty_file", table.file, 1, expected=names)]
    wrong = list(islice(heading_findings(table, found, path.parent), MOST_SHOWN))
    if not wrong:
        return []
    refused = [*islice(personal_rows(table, path, found), MOST_SHOWN)]
    return refused or [*persons_listed(table, path, found)] or wrong


def field_read(path: Path) -> str:
    """How a field of a file is read, with {0} for its name: null when it is empty; without blanks
    around it, where any may have some. To look first is five times as fast as to trim all, and
    takes longer of few. Of a small file every field is looked at, which is done before what knows
    would be imported."""
    size = path.stat().st_size
    if size < TINY:
        return f"""nullif(trim("{{0}}", '{BLANKS}'), '')"""
    if size >= SMALL:
        from ringvirkning.intake.blanks import may_have_blanks

        if not may_have_blanks(path):
            return '"{0}"'
    return f"""nullif(if(
        regexp_matches("{{0}}", '^[{BLANKS}]|[{BLANKS}]$'), trim("{{0}}", '{BLANKS}'), "{{0}}"
    ), '')"""


def suit(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Have a workbench do with one thread for the files of a small folder, and with the plan of its
    statements as they are written where there is little in them."""
    size = sum(file.stat().st_size for file in folder.glob("*.csv"))
    if size < SMALL:
        connection.execute("set threads = 1")
    if size < TINY:
        connection.execute("pragma disable_optimizer")


def load_table(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    path: Path,
    given: str,
    no_rows: str | None = None,
) -> list[Finding]:
    """Fill `given.<table>` by a query over `written`. Rows that can't be read are findings.

    `written` has "raw x" for a field x: trimmed, null when empty. It is read once and not kept,
    which takes half the memory. The heading has been checked; its own order says which field is
    which. Nothing is left to detection, which takes a broken file for one of another kind. The
    path is no pattern. `no_rows` are the columns that the query has: a table of no rows is made of
    them in a twentieth of the time, and most tables of a small folder have none.
    """
    connection.execute(
        "create table if not exists unread (file varchar, line bigint, kind varchar, text varchar)"
    )
    file = former.file_of(table, path.parent)
    if file is None:
        then = former.rows_then(table, path.parent)
        if no_rows and not then:
            connection.execute(f"create table given.{table.name} ({no_rows})")
            return []
        connection.execute(
            f"create table given.{table.name} as {written_rows(table)} {given}",
            in_columns(table, then),
        )
        return []
    if no_rows and is_heading_alone(file):
        connection.execute(f"create table given.{table.name} ({no_rows})")
        return []
    names = column_names(file)
    read = field_read(file)
    fields = ", ".join(
        f'{read.format(c.name) if c.name in names else "null::varchar"} as "raw {c.name}"'
        for c in table.columns
    )
    try:
        connection.execute(
            f"create table given.{table.name} as with written as (select {fields} from"
            " read_csv($path, columns = $columns, auto_detect = false, header = true, delim = ',',"
            " quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
            f" store_rejects = true)) {given}",
            {
                "path": glob.escape(file.as_posix()),
                "columns": dict.fromkeys(names, "VARCHAR"),
            },
        )
    except duckdb.InvalidInputException:
        return [Finding("mixed_line_ends", table.file)]
    return rejected_rows(connection, table)


def tables_with_rows(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> set[str]:
    """Which of these have rows in `given.*`: of the others nothing need be asked."""
    each = (f"(select '{table.name}' from given.{table.name} limit 1)" for table in tables)
    return {name for (name,) in connection.execute(" union all ".join(each)).fetchall()}


def add_computed_measures(connection: duckdb.DuckDBPyConnection, table: Table, given: str) -> None:
    """Add to `given.measures` what it lacks of the measures that the pages work out: they have
    words, even where a folder was made by hand or before there were so many of them."""
    present = {
        code for (code,) in connection.execute("select measure from given.measures").fetchall()
    }
    if lacking := former.computed_rows(present):
        connection.execute(
            f"insert into given.{table.name} {written_rows(table)} {given}",
            in_columns(table, lacking),
        )


def written_rows(table: Table) -> str:
    """The query `written` over rows that are given by their columns, as `in_columns` has them."""
    fields = ", ".join(f'unnest(${c.name}) as "raw {c.name}"' for c in table.columns)
    return f"with written as (select {fields})"


def in_columns(table: Table, rows: Sequence[Record]) -> dict[str, list[str | None]]:
    return {c.name: [row[c.name] or None for row in rows] for c in table.columns}


def rejected_rows(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Finding]:
    """Keep in `unread` what DuckDB could not read of a file; the first of it are findings."""
    file = {"file": table.file}
    # Of nearly every file all can be read.
    is_whole = connection.execute("from reject_errors limit 1").fetchone() is None
    if not is_whole:
        connection.execute(
            "insert into unread select distinct on (line) $file, line, error_type::varchar as kind,"
            " csv_line from reject_errors order by line, kind desc",
            file,
        )
    connection.execute("drop table reject_errors; drop table reject_scans")
    if is_whole:
        return []
    first = connection.execute(
        "select kind, line, left(text, 80), count(*) over (partition by kind) from unread"
        f" where file = $file order by line limit {MOST_SHOWN}",
        file,
    )
    return [
        Finding(f"row_{kind.lower().replace(' ', '_')}", table.file, line, None, text, count=count)
        for kind, line, text, count in first.fetchall()
    ]


def by_sheet_row(
    connection: duckdb.DuckDBPyConnection, found: list[Finding], folder: Path
) -> list[Finding]:
    """Findings in `given.*`, numbered as a spreadsheet counts, in the file that told what is meant.

    Loading passes over empty lines and over the rows in `unread`.
    """
    passed_over: dict[str, list[int]] = {}
    for file in {finding.file for finding in found if finding.row}:
        unread = connection.execute("select line from unread where file = $file", {"file": file})
        lines = {line for (line,) in unread.fetchall()}
        passed_over[file] = sorted(lines.union(empty_lines(folder / file)))
    numbered = [
        replace(f, row=row_as_written(f.row, passed))
        if f.row and (passed := passed_over[f.file])
        else f
        for f in found
    ]
    return former.where_told(numbered, folder)


def empty_lines(path: Path) -> Iterator[int]:
    """The numbers of the rows with nothing in them; loading passes them over. None where there is
    no file, since it need not be there."""
    if not path.exists() or not may_have_empty_lines(path):
        return
    with suppress(csv.Error):
        yield from (number for number, fields in csv_records(path) if not fields)


def may_have_empty_lines(path: Path) -> bool:
    """Whether two line ends follow each other, be it between quotes; Python's csv is slow."""
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            seen = last + chunk
            if b"\n\n" in seen or (b"\r" in seen and (b"\n\r" in seen or b"\r\r" in seen)):
                return True
            last = chunk[-1:]
    return False


def row_as_written(row: int, passed_over: list[int]) -> int:
    for number in passed_over:
        if number <= row:
            row += 1
    return row
