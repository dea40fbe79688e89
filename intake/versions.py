"""Published versions: immutable folders in `var/versions/`, and the history that points at one.

A version holds `exact.duckdb`, `protected.duckdb` (the same tables, people's counts rounded), the
files it was made from, and a hash of each. `var/history.jsonl` has one line per publication; the
last whole line says which version is current. A line that a crash left half written has no line
end, and is as if it were not there.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from filelock import FileLock

import queries
from intake.contract import tables
from texts import clock

HISTORY = "history.jsonl"
HASHES = "hashes.json"
Way = Literal["data", "upload", "undo"]


class Damaged(Exception):
    """A file of a version is not as it was published."""


@dataclass(frozen=True)
class Version:
    """One line of the history: a version, and how it became current.

    `source_hash` is of the files it is made from, `signature` of how the data folder looked,
    `contract` of the queries that it was compiled by. Times are ISO 8601, UTC.
    """

    name: str
    source_hash: str
    signature: str
    published_at: str
    contract: str = ""
    way: Way = "data"
    current_at: str = ""
    who: str | None = None
    note: str | None = None

    def folder(self, var: Path) -> Path:
        return var / "versions" / self.name

    def exact(self, var: Path) -> Path:
        return self.folder(var) / "exact.duckdb"

    def protected(self, var: Path) -> Path:
        return self.folder(var) / "protected.duckdb"

    def files(self, var: Path) -> Path:
        return self.folder(var) / "files"


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
    return hashlib.blake2b(texts.encode(), digest_size=16).hexdigest()


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def source_hash(folder: Path) -> str:
    """Of the content of the files, and of which file holds what."""
    each = [f"{table.name} {file_hash(folder / table.file)}" for table in tables()]
    return hashlib.blake2b("\n".join(each).encode(), digest_size=16).hexdigest()


def history(var: Path) -> list[Version]:
    """All publications, oldest first, without those whose folder is gone."""
    try:
        lines = (var / HISTORY).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    whole = [version for line in lines if (version := parsed(line))]
    return [version for version in whole if version.protected(var).is_file()]


def parsed(line: bytes) -> Version | None:
    try:
        return Version(**json.loads(line))
    except (ValueError, TypeError):  # no JSON, or none of ours
        return None


def current(var: Path) -> Version | None:
    """The version that pages show: the last one, compiled by the queries that we have."""
    return readable(history(var))


def readable(published: list[Version]) -> Version | None:
    """The last one that our queries can be asked of."""
    return next((v for v in reversed(published) if v.contract == contract_hash()), None)


def named(name: str, published: list[Version]) -> Version | None:
    return next((v for v in reversed(published) if v.name == name), None)


def before(version: Version, published: list[Version]) -> Version | None:
    """The version that was current when this one was first published."""
    first = next(place for place, v in enumerate(published) if v.name == version.name)
    return published[first - 1] if first else None


def since(asked: str | None, version: Version, published: list[Version]) -> Version | None:
    """What a version is compared with: the one named, the one current at the end of a day (ISO
    8601), or the one before."""
    if asked is None:
        return before(version, published)
    by_then = [v for v in published if clock.day(v.current_at or v.published_at) <= asked]
    return named(asked, published) or (by_then[-1] if by_then and asked[:4].isdecimal() else None)


def point_at(version: Version, var: Path) -> None:
    """Append a line to the history: from now on this version is current.

    The line begins with a line end too, so that one torn by a crash before it stays alone.
    """
    with (var / HISTORY).open("ab") as file:
        file.write(b"\n" + json.dumps(asdict(version)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def alone(var: Path, wait: bool = True) -> Iterator[None]:
    """One publisher at a time; the system frees the lock of one that dies. Raises TimeoutError when
    there is one and we don't wait."""
    var.mkdir(parents=True, exist_ok=True)
    with FileLock(var / "lock", blocking=wait):
        yield


def seal(folder: Path) -> None:
    """Put a hash of every file beside them."""
    each = {f.relative_to(folder).as_posix(): file_hash(f) for f in folder.rglob("*.*")}
    (folder / HASHES).write_text(json.dumps(each, indent=1), encoding="utf-8")


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every file of a version when it was published. Raises Damaged without them."""
    try:
        return dict(json.loads((folder / HASHES).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Damaged(folder / HASHES) from error


def verify(database: Path) -> None:
    """Raises Damaged when a version's database is not what was published, to the byte."""
    if hashes(database.parent).get(database.name) != file_hash(database):
        raise Damaged(database)


def verify_all(folder: Path, begins: str = "") -> None:
    """Raises Damaged when any file that is there is not what was published; `exact.duckdb` may have
    been taken away. With `begins`, only files whose names in the folder begin so."""
    for name, published in hashes(folder).items():
        path = folder / name
        if name.startswith(begins) and path.exists() and file_hash(path) != published:
            raise Damaged(path)


def is_whole(version: Version, var: Path, begins: str = "") -> bool:
    try:
        verify_all(version.folder(var), begins)
    except Damaged:
        return False
    return True


def undo(
    var: Path, name: str | None = None, *, who: str | None = None, note: str | None = None
) -> Version:
    """Make an earlier version current again: the one named, or the one before. Raises LookupError
    when there is none."""
    with alone(var):
        published, now = history(var), current(var)
        if now is None:
            raise LookupError
        earlier = named(name, published) if name else before(now, published)
        if earlier is None:
            raise LookupError
        at = clock.kept(clock.now())
        version = replace(earlier, way="undo", current_at=at, who=who, note=note)
        point_at(version, var)
        return version
