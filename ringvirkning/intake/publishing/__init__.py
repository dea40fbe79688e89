"""From a folder of checked files to the current version: built aside, renamed whole, pointed at."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread

import duckdb

import queries
from queries.contract import tables, workbench
from ringvirkning import child
from ringvirkning.child import Progress
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import former, read, sql
from ringvirkning.intake.checks import contract, loading
from ringvirkning.intake.publishing import confirming, prebuilt
from ringvirkning.intake.publishing.prebuilt import Built
from ringvirkning.store import audit, keys, versions
from ringvirkning.store.leftovers import BUILDING, UNLISTED, remove, sweep
from ringvirkning.store.versions import Version, Way
from ringvirkning.texts import clock
from ringvirkning.texts.certainty import BASE

DATA_FOLDER = "data/"
# Bytes of a block. A table takes one at least, and most of the many have few rows; where some have
# many, they are written in two thirds of the time into blocks as large as can be.
BLOCK_SIZE, LARGE_BLOCK_SIZE = 16384, 262144
MANY_ROWS = 100_000
# Rows of a group, in steps of 2 048. Threads write whole groups while a table is made; what a table
# has beyond them is written as all is committed, by one thread: half a second of 100 000 activities
# in groups of DuckDB's own size, which suits ten times as many.
SMALLEST_GROUP, LARGEST_GROUP, GROUPS = 20480, 122880, 16
# What waits for somebody, and by no fault in the files.
KEPT_BACK = {"was_withdrawn", "waits_after_withdrawal", confirming.WAITS}


def publish(
    folder: Path,
    var: Path,
    *,
    way: Way = "data",
    who: str | None = None,
    note: str | None = None,
    parent: str | None = None,
    by_itself: bool = False,
    confirmed: str | None = None,
    progress: Progress = lambda stage, part: None,
    loaded: duckdb.DuckDBPyConnection | None = None,
) -> list[Finding]:
    """Make the folder the current version, unless it is that already or breaks the contract.

    A folder that was published before by way of `data` is not published again, and what was
    withdrawn isn't by any way. Nobody asks for what is published `by_itself`: that waits until
    somebody does where the last that came from `data` was withdrawn. What is to be confirmed waits
    for its code, `confirmed` (see `confirming`). With `parent`, the name of the version that the
    folder was made from ("" for none), that another one is current meanwhile is a finding. At any
    moment the old version or the new one is there, whole. `loaded` has the folder's files in it
    already, checked; what was built of the folder ahead (`build_ahead`) is taken as it is.
    """
    # What was built ahead was read for that, in parts perhaps, which may be larger together.
    if not prebuilt.is_built(folder) and (found := loading.unreadable(folder)):
        return found
    with versions.alone(var):
        sweep(var)
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=var))
        try:
            seen, digest = copy_files(folder, building / "files")
            last = versions.current(var)
            own = child.own_associations()
            version = Version("", digest, seen, "", "", way, "", who, note, own)
            if kept_back := withdrawn_before(version, var, by_itself):
                return [kept_back]
            if is_published(version, var):
                return again(building, version, var, progress, folder)
            if parent is not None and parent != (last.name if last else ""):
                return [Finding("overtaken", last.name if last else parent)]
            if confirmed and confirmed == confirming.confirm_code(digest, last):
                confirming.confirm(confirmed, last, var)
            found = build_and_place(building, version, var, progress, confirmed, loaded, folder)
            return former.where_told(found, folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def withdrawn_before(version: Version, var: Path, by_itself: bool) -> Finding | None:
    """What keeps it back, where the same was withdrawn, or something else that nobody has looked at
    since."""
    said = versions.history_lines(var)
    gone = versions.withdrawn(said)
    if version.source_hash in {line.source_hash for line in gone.values()}:
        return Finding("was_withdrawn", DATA_FOLDER)
    from_data = [line for line in said if line.way == "data"]
    if by_itself and from_data and from_data[-1].name in gone:
        return Finding("waits_after_withdrawal", DATA_FOLDER)
    return None


def again(
    building: Path, version: Version, var: Path, progress: Progress, folder: Path
) -> list[Finding]:
    """When what is current is damaged, make it from the same files that are given anew."""
    newest = versions.history(var)[-1]
    if versions.is_whole(newest.folder(var)) or newest.source_hash != version.source_hash:
        return []
    return build_and_place(building, version, var, progress, folder=folder)


def build_and_place(
    building: Path,
    version: Version,
    var: Path,
    progress: Progress,
    confirmed: str | None = None,
    loaded: duckdb.DuckDBPyConnection | None = None,
    folder: Path | None = None,
) -> list[Finding]:
    newest = versions.last(versions.history(var))
    code = confirming.confirm_code(version.source_hash, newest)
    asks = not confirming.is_confirmed(code, var)
    key, before, since = keys.secret(var), *exact_before(newest, var)
    wanted = prebuilt.made_of(version.source_hash, key, before, since)
    built = prebuilt.built_of(folder, wanted) if folder else None
    if built:
        found = list(built.found)
    else:
        found = build(building, key, before, progress, since, asks, loaded)
    if must_fix(found):
        return found
    # Who confirms what was seen is asked again about anything else.
    if asks and (confirmed or confirming.to_confirm(found)):
        return [*found, confirming.waiting_finding(DATA_FOLDER, code)]
    if folder and built:
        prebuilt.take_built(folder, building)
    make_current(building, version, var)
    return found


def build_ahead(folder: Path, var: Path, loaded: duckdb.DuckDBPyConnection) -> None:
    """Build what publishing `folder` by an upload would, after the version that is current now, and
    keep it there for `publish`. `loaded` has its files in it, checked."""
    building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=folder))
    _, digest = copy_files(folder, building / "files")
    key, before, since = keys.known_secret(var), *exact_before(versions.current(var), var)
    found = build(building, key, before, lambda stage, part: None, since, loaded=loaded)
    if not must_fix(found):
        made = prebuilt.made_of(digest, key, before, since)
        prebuilt.keep_built(building, folder, Built(made, tuple(found)))


def exact_before(newest: Version | None, var: Path) -> tuple[Path | None, list[Path]]:
    """The exact databases of what was published before, which roundings are kept to: that of the
    newest version or of the nearest before it, and those of versions taken back since."""
    published = versions.history(var)
    before = versions.nearest_exact(newest, published, var) if newest else None
    return before, taken_back(newest, var)


def taken_back(newest: Version | None, var: Path) -> list[Path]:
    """The exact database of what was published last, where that isn't current any longer: what it
    showed has been seen."""
    made = [line for line in versions.history_lines(var) if line.way in ("data", "upload")]
    is_other = made and (newest is None or made[-1].name != newest.name)
    exact = versions.exact_of(made[-1], var) if is_other else None
    return [exact] if exact else []


def copy_files(folder: Path, files: Path) -> tuple[str, str]:
    """Copy the contract's files, with the headings of today; how the folder looked, before and
    after alike, and the hash of the files as they were, so that it is known again."""
    for _ in range(5):
        seen = versions.folder_signature(folder)
        files.mkdir(exist_ok=True)
        for table in tables():
            if not former.is_absent(table, folder):
                shutil.copyfile(folder / table.file, files / table.file)
        if versions.folder_signature(folder) == seen:
            digest = versions.source_hash(files)
            former.renew(files)
            return seen, digest
    raise OSError(f"{folder} changes while it is read")


def is_published(version: Version, var: Path) -> bool:
    """Whether its files are current, or were the last that came the same way from `data`."""
    published = versions.history(var)
    from_data = [v for v in published if v.way == version.way == "data"]
    return version.source_hash in {v.source_hash for v in [*published[-1:], *from_data[-1:]]}


def build(
    building: Path,
    key: bytes,
    before: Path | None,
    progress: Progress,
    since: Sequence[Path] = (),
    asks: bool = False,
    loaded: duckdb.DuckDBPyConnection | None = None,
) -> list[Finding]:
    """Compile `building/files` into the two databases; with something to fix there are none, nor
    with something to confirm, if we ask for that. `loaded` has the files in it, checked."""
    # Its solver takes a second to import: meanwhile the files are read.
    solver = Thread(target=import_solver)
    solver.start()
    folder = building / "files"
    with nullcontext(loaded) if loaded else workbench(building / "spill") as connection:
        if not loaded:
            found = loading.load_folder(connection, folder, partial(progress, "reading"))
            if not found:
                found = read.by_sheet_row(
                    connection, contract.findings(connection, tables()), folder
                )
            if found:
                return found
        forget_writing(connection)
        solver.join()
        from ringvirkning.intake.protection import protect

        found = protect.protect(connection, key, before, partial(progress, "protecting"), since)
        if asks and confirming.to_confirm(found):
            return found
        progress("compiling", 0)
        compile_database(connection, building / "exact.duckdb", protect.KEEP_CELLS)
        progress("compiling", 0.5)
        connection.execute(sql("protection/protected"))
        connection.execute(f"create or replace macro rounded_within() as {BASE - 1}")
        more = queries.text("protected") + protect.TELL_MARGINS
        compile_database(connection, building / "protected.duckdb", more)
        progress("compiling", 1)
    return found


def import_solver() -> None:
    from ringvirkning.intake.protection import protect  # noqa: F401


def draft(loaded: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Compile checked files into one database with exact figures, to look at what they give."""
    forget_writing(loaded)
    queries.run_files(loaded, "open_to_all", "told_above")
    compile_database(loaded, database, "")


def compile_draft(folder: Path, database: Path) -> list[Finding]:
    """The same of a folder that keeps the contract; what keeps it from being loaded."""
    with tempfile.TemporaryDirectory(dir=database.parent) as spill, workbench(Path(spill)) as given:
        if found := loading.load_folder(given, folder):
            return found
        draft(given, database)
    return []


def forget_writing(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what was kept of broken rows to show it: there are none."""
    for table in tables():
        connection.execute(f"alter table given.{table.name} drop column if exists as_written")


def compile_database(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    more: str,
    fill: Callable[[], object] | None = None,
) -> None:
    """A version of what is in `given.*`, or of what `fill` writes of it: the tables, the measures,
    and `more`."""
    attach_new(connection, path)
    (fill or partial(queries.run_files, connection, "version"))()
    connection.execute("use version")
    queries.run_files(connection, *queries.MACROS)
    connection.execute(f"{more}; commit; use memory; detach version")


def attach_new(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach a database that is to be made, as `version`, in blocks and groups of rows that suit
    what is there to be written, and begin: all at once, since each statement for itself would be
    written down before the next."""
    quoted = path.as_posix().replace("'", "''")
    counting = (
        "select sum(estimated_size) from duckdb_tables()"
        " where not temporary and database_name <> 'other'"
    )
    ((rows,),) = connection.execute(counting).fetchall()
    block_size = LARGE_BLOCK_SIZE if rows > MANY_ROWS else BLOCK_SIZE
    group = min(max(rows // GROUPS, SMALLEST_GROUP), LARGEST_GROUP) // 2048 * 2048
    connection.execute(
        f"attach '{quoted}' as version (block_size {block_size}, row_group_size {group}); begin"
    )


def make_current(building: Path, version: Version, var: Path) -> None:
    """Seal what was built, move it to where versions are, and make it current."""
    now = clock.now()
    with ThreadPoolExecutor() as beside:
        digest = beside.submit(content_hash, building / "protected.duckdb")
        flushed = [beside.submit(flush, file) for file in building.rglob("*.*")]
        versions.seal(building)
    while (name := f"{now:%Y%m%dT%H%M%S}-{digest.result()}") and (var / "versions" / name).exists():
        now += timedelta(seconds=1)
    at = clock.moment_text(now)
    for each in flushed:
        each.result()
    flush(building / versions.HASHES)
    (building / UNLISTED).touch()
    (var / "versions").mkdir(exist_ok=True)
    building.rename(var / "versions" / name)
    flush(var / "versions")
    versions.point_at(
        replace(
            version, name=name, published_at=at, current_at=at, contract=versions.contract_hash()
        ),
        var,
    )
    remove(var / "versions" / name / UNLISTED)
    audit.note_deed(var, "published", audit.actor(), version=name, way=version.way)


def content_hash(database: Path) -> str:
    """Of the rows in the public's database, so that a version's name tells no more than they do."""
    digest = hashlib.blake2b(digest_size=6)
    with queries.opened(database) as connection:
        for table in tables():
            summed = f"select count(*), sum(hash(t)) from {table.name} as t"
            digest.update(repr(connection.execute(summed).fetchall()).encode())
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Have the system write a file or folder to the disk; Windows can't for a folder."""
    if path.is_file() or os.name != "nt":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
