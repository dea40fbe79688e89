"""Published versions: immutable folders in `var/versions/`, and the history that points at one.

`var/history.jsonl` has one line per publication; the last whole line says which version is current.
A line that a crash left half written has no line end, and is as if it were not there.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import queries
from intake import Finding, check, guard, read
from intake.contract import tables, workbench

HISTORY = "history.jsonl"
ABANDONED = 3600  # seconds after which a building folder can't be anyone's any more


@dataclass(frozen=True)
class Version:
    """One published version. `source_hash` is of the files it is made from and of the contract."""

    name: str
    source_hash: str
    signature: str
    published_at: str

    def exact(self, var: Path) -> Path:
        return var / "versions" / self.name / "exact.duckdb"


def signature(folder: Path) -> str:
    """Changes when a file of the folder does: size and time of change of each, not the content."""
    seen = []
    for table in tables():
        try:
            stat = (folder / table.file).stat()
            seen.append(f"{table.name}:{stat.st_size}:{stat.st_mtime_ns}")
        except OSError:
            seen.append(f"{table.name}:-")
    return contract_hash()[:12] + " " + " ".join(seen)


@cache
def contract_hash() -> str:
    texts = "".join(queries.text(name) for name in queries.FOUNDATIONS)
    return hashlib.blake2b(texts.encode()).hexdigest()


def source_hash(folder: Path) -> str:
    digest = hashlib.blake2b(contract_hash().encode(), digest_size=16)
    for table in tables():
        digest.update(f"\0{table.name}\0".encode())
        with (folder / table.file).open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def history(var: Path) -> list[Version]:
    """All publications, oldest first, without those whose folder is gone."""
    try:
        lines = (var / HISTORY).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    whole = [version for line in lines if (version := parsed(line))]
    return [version for version in whole if version.exact(var).is_file()]


def parsed(line: bytes) -> Version | None:
    try:
        return Version(**json.loads(line))
    except (ValueError, TypeError):  # no JSON, or none of ours
        return None


def current(var: Path) -> Version | None:
    return next(reversed(history(var)), None)


def point_at(version: Version, var: Path) -> None:
    """Append a line to the history: from now on this version is current.

    The line begins with a line end too, so that one torn by a crash before it stays alone.
    """
    with (var / HISTORY).open("ab") as file:
        file.write(b"\n" + json.dumps(asdict(version)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def build(folder: Path, database: Path) -> list[Finding]:
    """Compile the files into a new database; with findings there is none."""
    unread: list[Finding] = []
    path = database.as_posix().replace("'", "''")
    with workbench() as connection:
        # What memory can't hold would else be laid beside the code, and stay there after a crash.
        connection.execute(f"set temp_directory = '{path}.spill'; create schema given")
        for table in tables():
            unread += read.load(connection, table, folder / table.file, check.given(table))
        personal = read.counted(guard.findings(connection, tables()), unread, folder)
        found = guard.foremost(unread + personal)
        found = found or read.counted(check.findings(connection, tables()), [], folder)
        if found:
            return found
        for table in tables():
            connection.execute(f"alter table given.{table.name} drop column as_written")
        connection.execute(f"attach '{path}' as version")
        connection.execute(queries.text("version"))
        connection.execute("use version; " + queries.text("measures"))
        connection.execute("use memory; detach version")
    return []


def sweep(var: Path) -> None:
    """Remove what a crash left half built."""
    for building in var.glob("building-*"):
        with suppress(OSError):
            if time.time() - building.stat().st_mtime > ABANDONED:
                shutil.rmtree(building, ignore_errors=True)


def publish(folder: Path, var: Path) -> list[Finding]:
    """Make the folder the current version, unless it is that already or breaks the contract.

    Built aside and renamed whole: at any moment the old version or the new one is there.
    """
    seen = signature(folder)  # before anything is read, so that no change is missed
    if found := [f for t in tables() for f in read.file_findings(t, folder / t.file)]:
        return guard.foremost(found)
    digest, now = source_hash(folder), datetime.now(UTC)
    last = current(var)
    if last and last.source_hash == digest:
        return []
    (var / "versions").mkdir(parents=True, exist_ok=True)
    sweep(var)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=var))
    try:
        if found := build(folder, building / "exact.duckdb"):
            return found
        if signature(folder) != seen:
            return publish(folder, var)
        version = Version(
            f"{now:%Y%m%dT%H%M%S}-{digest[:12]}", digest, seen, now.isoformat(timespec="seconds")
        )
        try:
            building.rename(var / "versions" / version.name)
        except OSError:
            # Published by someone else in the same second: the same content under the same name.
            if not version.exact(var).is_file():
                raise
        point_at(version, var)
        return []
    finally:
        shutil.rmtree(building, ignore_errors=True)
