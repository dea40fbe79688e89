"""One part for each association, compiled by itself wherever there is room: by the same DuckDB and
the same SQL as the whole. Their tables are then merged (`intake.merging_parts`), counts of people
being rounded once, over all parts.

A place (a folder, `s3://…`, whatever fsspec knows) has a folder `shared`, whose files hold what is
no association's, and a folder for each part, whose files hold the rows of its associations. What is
made of a part lies in another such place by its stamp, so that a part that is as it was is not
compiled again, and whoever comes late finds what is done. It is done when beside it there is a file
with a hash of each of its own: what came half is noticed.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import cache, wraps
from pathlib import Path
from platform import node
from typing import Any

import duckdb
from fsspec.core import url_to_fs
from obstore.exceptions import BaseError
from obstore.fsspec import register

import queries
from queries.contract import Table, tables, workbench
from ringvirkning import VERSION
from ringvirkning.finding import Finding
from ringvirkning.intake import check, former, loading, publishing, read, sql
from ringvirkning.intake.ownership import ASSOCIATION, belonging
from ringvirkning.intake.records import csv_records
from ringvirkning.store import versions
from ringvirkning.texts import clock
from ringvirkning.texts.certainty import BASE

SHARED = "shared"
DONE = ".json"  # of a file beside the folder: one listing tells what is done
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
# What is said there: the hash of each file, and the parts that they are of.
SAID_BESIDE = ("files", "parts")
ROUNDED_TABLES = ("cells", "rounded", "told_in_parts", "open_to_all")


# What lies in a work place: what was made, by its stamp, and what each publication uses of it.
MADE_HERE = re.compile(r"((rounded|merged|group)-)?[0-9a-f]{24}(-[0-9a-f]{24})?")
USED_FILE = "used-"
KEPT = timedelta(days=1)


# What DuckDB may hold in memory, whatever the size of what is put together; it lays the rest into
# files. A worker has some 300 MB besides, of the two gigabytes that it is promised to stay within.
MEMORY = "1200MB"

# An S3 that refuses is asked again, but not for the minutes that it would be else.
RETRIES = {"retry_config": {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}}
register("s3")


class CameHalf(OSError):
    """A file is not what was sent."""


@dataclass(frozen=True)
class Division:
    """Its folder's name, what decides what is made of it, and once that is made, whose it is."""

    name: str
    stamp: str
    associations: Sequence[str] = ()


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


def stamp(said: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(said).encode(), digest_size=12).hexdigest()


# Files here and there


def place_of_files(place: str) -> tuple[Any, str]:
    """The file system of a place, and the path there. Of S3 the address, the key and the region are
    had from the environment (AWS_ENDPOINT_URL and so on), as every programme has them."""
    fs, path = url_to_fs(place, **(RETRIES if place.startswith("s3:") else {}))
    return fs, path


def copy_here(place: str, name: str, into: Path, digest: str = "") -> bool:
    """Copy a file from a place, if it is there. Raises CameHalf where it isn't what was sent."""
    fs, root = place_of_files(place)
    path = f"{root.rstrip('/')}/{name}"
    fs.invalidate_cache()
    if not fs.exists(path):
        return False
    fs.get_file(path, str(into))
    is_other = (
        versions.file_hash(into) != digest if digest else into.stat().st_size != fs.size(path)
    )
    if is_other:
        raise CameHalf(errno.EIO, os.strerror(errno.EIO), f"{place}/{name}")
    return True


def copy_there(
    folder: Path, place: str, names: Sequence[str], parts: Iterable[Division] = ()
) -> None:
    """Copy files to a place, and then say that they are there, and what they are made of."""
    fs, root = place_of_files(place)
    fs.makedirs(root, exist_ok=True)
    for name in names:
        fs.put_file(str(folder / name), f"{root}/{name}")
    hashes = {name: versions.file_hash(folder / name) for name in names}
    said = dict(zip(SAID_BESIDE, (hashes, [*map(asdict, parts)]), strict=True))
    fs.pipe_file(f"{root}{DONE}", json.dumps(said).encode())


def said_beside(place: str, what: str) -> Any:
    """One of SAID_BESIDE of what was made at a place; None where nothing is there whole."""
    fs, root = place_of_files(place)
    fs.invalidate_cache()
    try:
        return json.loads(fs.cat_file(f"{root}{DONE}")).get(what)
    except (FileNotFoundError, ValueError):
        return None


def done(place: str) -> dict[str, str]:
    """The hash of each file that was made at a place; none where nothing is there whole."""
    return said_beside(place, "files") or {}


def parts_made(place: str) -> list[Division]:
    """The parts that what was made at a place is of."""
    return [Division(**said) for said in said_beside(place, "parts") or ()]


def lying_in(fs: Any, root: str) -> set[str]:
    """What lies in a place, by one listing."""
    fs.invalidate_cache()
    try:
        return {path.strip("/").rpartition("/")[2] for path in fs.ls(root, detail=False)}
    except FileNotFoundError:
        return set()


def done_in(work: str) -> set[str]:
    """The names of what was made, asked at once: each by itself takes long where it is far."""
    names = lying_in(*place_of_files(work))
    return {name.removesuffix(DONE) for name in names if name.endswith(DONE)}


def keep_used(work: str, by: str, names: Iterable[str], *, more: bool = False) -> None:
    """Say what a publication uses, or uses `more`, before it looks whether that is there, so that
    it is not removed."""
    fs, root = place_of_files(work)
    said = f"{root}/{used_file(by)}"
    before = said_to_be_used(fs, said) if more and fs.exists(said) else set()
    fs.makedirs(root, exist_ok=True)
    fs.pipe_file(said, json.dumps(sorted(before.union(names))).encode())


def used_for(work: str, by: str) -> set[str]:
    """What a publication uses, or the one before it used."""
    fs, root = place_of_files(work)
    return said_to_be_used(fs, f"{root}/{used_file(by)}")


def used_file(by: str) -> str:
    return f"{USED_FILE}{stamp([by])}.json"


def said_to_be_used(fs: Any, said: str) -> set[str]:
    try:
        return set(json.loads(fs.cat_file(said)))
    except (FileNotFoundError, ValueError):
        return set()


def sweep_work(work: str) -> None:
    """Remove what no place has used when it was last published, unless it was made lately: then
    whoever compiles now may be about to use it. All else that lies there is left alone."""
    fs, root = place_of_files(work)
    names = lying_in(fs, root)
    said = [name for name in names if name.startswith(USED_FILE)]
    used = set[str]().union(*(said_to_be_used(fs, f"{root}/{name}") for name in said))
    latest = clock.now() - KEPT
    for name in {name.removesuffix(DONE) for name in names} - used:
        if not MADE_HERE.fullmatch(name):
            continue
        says_so = [f"{root}/{name}{DONE}"] if f"{name}{DONE}" in names else []
        files = [*says_so, *fs.find(f"{root}/{name}")]
        if all(fs.modified(file) < latest for file in files):
            for file in files:
                fs.rm_file(file)
            if fs.isdir(f"{root}/{name}"):
                fs.rmdir(f"{root}/{name}")


def made(place: str, name: str, into: Path) -> Path:
    """A file that was made at a place, here. Raises OSError where it isn't there whole, and then it
    counts as not made, so that it is made again."""
    try:
        if copy_here(place, name, into / name, done(place).get(name, "none")):
            return into / name
    except CameHalf:
        fs, root = place_of_files(place)
        fs.rm_file(f"{root}{DONE}")
        raise
    raise CameHalf(errno.ENOENT, os.strerror(errno.ENOENT), f"{place}/{name}")


@contextmanager
def near_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="part-") as folder:
        yield Path(folder)


def joined(sources: Sequence[Path], target: Path) -> bool:
    """Write the rows of files below one heading; whether all have that one."""
    heading = None
    with target.open("wb") as out:
        for source in sources:
            with source.open("rb") as file:
                first = file.readline().removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
                if heading is None:
                    out.write(first + b"\n")
                elif first != heading:
                    return False
                heading = first
                shutil.copyfileobj(file, out, 1 << 20)
                file.seek(-1, os.SEEK_END)
                if file.read(1) not in (b"\n", b"\r"):
                    out.write(b"\n")
    return True


def gather(place: str, names: Sequence[str], into: Path) -> list[Finding]:
    """The files of a place, of these folders, as one folder of the contract's. Raises OSError."""
    into.mkdir()
    found = []
    fs, root = place_of_files(place)
    listed = {path.removeprefix(root).strip("/") for path in fs.find(root)}
    with near_folder() as folder:
        for table in tables():
            there = [
                folder / f"{number}.csv"
                for number, name in enumerate(names)
                if f"{name}/{table.file}" in listed
                and copy_here(place, f"{name}/{table.file}", folder / f"{number}.csv")
            ]
            if not there and not former.may_be_absent(table):
                # Not every association has rows in each.
                names_of = [column.name for column in table.columns]
                former.write_rows(into / table.file, names_of, ())
            if there and not joined(there, into / table.file):
                found.append(Finding("part_other_heading", f"{names[-1]}/{table.file}"))
            if there[1:] and table.name not in belonging():
                found.append(Finding("part_has_shared", f"{names[-1]}/{table.file}"))
    return found


# What is done for one part, wherever there is room


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
            found = read.by_sheet_row(given, check.findings(given, tables()), files)
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
            given.execute(sql("protected"))
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
