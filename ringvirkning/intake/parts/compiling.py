"""One part for each association, compiled by itself wherever there is room: by the same DuckDB and
the same SQL as the whole."""

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, wraps
from pathlib import Path
from platform import node
from typing import Any

import duckdb
from obstore.exceptions import BaseError

import queries
from queries.contract import Table, tables, workbench
from ringvirkning import VERSION
from ringvirkning.finding import Finding
from ringvirkning.intake import publishing, read, sql
from ringvirkning.intake.checks import contract, loading
from ringvirkning.intake.ownership import ASSOCIATION, belonging
from ringvirkning.intake.parts.places import (
    SAID_BESIDE,
    SHARED,
    Division,
    copy_here,
    copy_there,
    done,
    gather,
    made,
    near_folder,
    parts_made,
    place_of_files,
    stamp,
)
from ringvirkning.intake.records import csv_records
from ringvirkning.store import versions
from ringvirkning.texts.certainty import BASE

GIVEN, EXACT, PEOPLE = "given.duckdb", "exact.duckdb", "people.duckdb"
PROTECTED, ROUNDED = "protected.duckdb", "rounded.duckdb"
# What rounding is decided by: each count of people, and what tells which activities are rounds.
PEOPLE_ROWS = {
    "outcomes": """activity_id is null or measure in (
        select measure from given.measures where counts_people = 'yes')""",
    "activities": """registered_count is not null or attended_count is not null
        or activity_type in (
            select activity_type from given.activity_types where aims_at_persons = 'yes')
        or activity_id in (
            select activity_id from given.outcomes
            join given.measures using (measure) where counts_people = 'yes')""",
}
# Whose each of these rows is, once they lie beside those of other parts.
OF_PART = """
create table version.of_part as
select $1::varchar as part, activity_id as id from version.activities
union all select $1, outcome_id from version.outcomes
"""
# What is no fault of ours: no room, no answer, half of one.
FAILING = (OSError, BaseError, duckdb.IOException, duckdb.OutOfMemoryException)
ROUNDED_TABLES = ("cells", "rounded", "told_in_parts", "open_to_all")
# What DuckDB may hold in memory, whatever the size of what is put together; it lays the rest into
# files. A worker has some 300 MB besides, of the two gigabytes that it is promised to stay within.
MEMORY = "1200MB"


def made_by() -> str:
    """Us, our queries and DuckDB: parts are merged that are made by the same."""
    said = stamp([versions.contract_hash(), *PEOPLE_ROWS.values(), OF_PART, *SAID_BESIDE])
    return f"Ringvirkning {VERSION}, DuckDB {duckdb.__version__}, {said[:8]}"


def parts_in(place: str) -> list[Division]:
    """The parts of a place, by name. Raises OSError."""
    fs, root = place_of_files(place)
    seen: dict[str, list[str]] = {SHARED: []}
    names = {table.file for table in tables()}
    fs.invalidate_cache()
    for path, info in sorted(fs.find(root, detail=True).items()):
        folder, _, file = path.removeprefix(root).strip("/").rpartition("/")
        if file in names and folder:
            seen.setdefault(folder, []).append(f"{file} {info}")
    shared = seen.pop(SHARED)
    return [
        Division(name, stamp([made_by(), name, *shared, *files]))
        for name, files in sorted(seen.items())
    ]


@cache
def nobodys(table: Table) -> str:
    """SQL for whether a row of a table is no association's."""
    if table.name not in belonging():
        return "true"
    owner = next((c for c in table.columns if c.name == ASSOCIATION), None)
    is_by_others = any(
        c.refers_to in belonging() and not c.is_list and not c.is_key for c in table.columns
    )
    return "association is null" if owner and not owner.required and not is_by_others else "false"


def by_the_same(task: Callable[..., list[Finding]]) -> Callable[..., list[Finding]]:
    """A task that is asked by whom first, and does nothing where it would be made by another
    edition."""

    @wraps(task)
    def asked(by: str, *values: Any) -> list[Finding]:
        if by != made_by():
            return [Finding("part_other_version", node(), found=made_by(), expected=by)]
        return task(*values)

    return asked


@by_the_same
def compile_part(place: str, work: str, part: Division) -> list[Finding]:
    """Check a part and compile what it has in exact figures, unless that is done. What keeps it
    from being published says whose it is; an error is told as such."""
    try:
        if done(f"{work}/{part.stamp}"):
            return []
        with near_folder() as folder:
            return compiled(place, work, part, folder)
    except FAILING as error:
        return [failed(part, error)]


def worker_bench(spill: Path) -> duckdb.DuckDBPyConnection:
    """An empty database of the contract that lays what is beyond `MEMORY` into a folder."""
    connection = workbench(spill)
    connection.execute(f"set memory_limit = '{MEMORY}'")
    return connection


def failed(part: Division, error: Exception) -> Finding:
    """Why, and on which machine. Of DuckDB only where it says why, since its message may quote what
    was read; of S3 what it says first."""
    words = {os.strerror(n) for n in (errno.ENOSPC, errno.EDQUOT, errno.EACCES)}
    said = error.strerror if isinstance(error, OSError) else None
    if isinstance(error, BaseError):
        said = str(error).partition("\n")[0]
    said = said or next((w for w in words if w in str(error)), type(error).__name__)
    return Finding("part_failed", part.name, found=f"{said} ({node()})")


def compiled(place: str, work: str, part: Division, folder: Path) -> list[Finding]:
    files = folder / "files"
    if found := gather(place, (SHARED, part.name), files):
        return found
    with worker_bench(folder / "spill") as given:
        found = loading.load_folder(given, files)
        if not found:
            found = read.by_sheet_row(given, contract.findings(given, tables()), files)
        found = told_whose(found, place, part) if found else [*unowned(given, part, place)]
        if found:
            return found
        publishing.forget_writing(given)
        for name, chosen in {GIVEN: {}, PEOPLE: PEOPLE_ROWS}.items():
            publishing.attach_new(given, folder / name)
            for table in tables():
                rows = f"from given.{table.name} where {chosen.get(table.name, 'true')}"
                given.execute(f"create table version.{table.name} as {rows}")
            if name == PEOPLE:
                given.execute(OF_PART, [part.stamp])
            given.execute("commit; detach version")
        queries.run_files(given, "told_above", "open_to_all")
        write_tables(given, folder / EXACT)
        whose = replace(part, associations=associations_named(given))
    copy_there(folder, f"{work}/{part.stamp}", (GIVEN, PEOPLE, EXACT), [whose])
    return []


def associations_named(given: duckdb.DuckDBPyConnection) -> list[str]:
    """Each association that a row in `given.*` names."""
    naming = [t.name for t in tables() if any(c.name == ASSOCIATION for c in t.columns)]
    each = " union ".join(f"select association from given.{name}" for name in naming)
    found = given.execute(f"from ({each}) where association is not null order by all").fetchall()
    return [name for (name,) in found]


def quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")


def write_tables(given: duckdb.DuckDBPyConnection, database: Path) -> None:
    """What a version holds of what is in `given.*`, without its macros."""
    publishing.attach_new(given, database)
    queries.run_files(given, "version")
    given.execute("commit; detach version")


def rows_in(file: Path) -> int:
    return sum(1 for _ in csv_records(file)) - 1


def told_whose(found: list[Finding], place: str, part: Division) -> list[Finding]:
    """Findings, in the row and the file of the folder that has it."""
    with near_folder() as folder:
        before = {}
        for name in {finding.file for finding in found}:
            there = copy_here(place, f"{SHARED}/{name}", folder / name)
            before[name] = rows_in(folder / name) if there else -1
    return [
        replace(f, file=f"{SHARED}/{f.file}")
        if f.row and f.row - 1 <= before[f.file]
        else replace(f, file=f"{part.name}/{f.file}", row=f.row and f.row - max(before[f.file], 0))
        for f in found
    ]


def unowned(given: duckdb.DuckDBPyConnection, part: Division, place: str) -> Iterator[Finding]:
    """Rows of a part that are no association's: they belong into `shared`."""
    with near_folder() as folder:
        for table in tables():
            if (condition := nobodys(table)) == "false" or table.name not in belonging():
                continue
            shared = copy_here(place, f"{SHARED}/{table.file}", folder / table.file)
            of = rows_in(folder / table.file) if shared else 0
            counting = f"select count(*) from given.{table.name} where {condition}"
            ((there,),) = given.execute(counting).fetchall()
            if there > of:
                yield Finding("part_has_shared", f"{part.name}/{table.file}")


@by_the_same
def protect_part(work: str, part: Division, rounded: str, into: str) -> list[Finding]:
    """Compile what the public sees of a part, counts of people as they were rounded over all,
    unless that is done."""
    try:
        if done(f"{work}/{into}"):
            return []
        with near_folder() as folder, worker_bench(folder / "spill") as given:
            read_tables(given, made(f"{work}/{part.stamp}", GIVEN, folder))
            rounding = made(f"{work}/{rounded}", ROUNDED, folder)
            given.execute(f"attach '{quoted(rounding)}' as other (read_only)")
            for table in ROUNDED_TABLES:
                given.execute(f"create temp view {table} as from other.{table}")
            queries.run_files(given, "told_above")
            given.execute(sql("protection/protected"))
            given.execute(f"create or replace macro rounded_within() as {BASE - 1}")
            write_tables(given, folder / PROTECTED)
            whose = [replace(of, stamp=into) for of in parts_made(f"{work}/{part.stamp}")]
            copy_there(folder, f"{work}/{into}", (PROTECTED,), whose)
    except FAILING as error:
        return [failed(part, error)]
    return []


def read_tables(given: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Fill `given.*` from what was written of it."""
    given.execute(f"attach '{quoted(database)}' as other (read_only); create schema given")
    for table in tables():
        given.execute(f"create table given.{table.name} as from other.{table.name}")
    given.execute("detach other")
