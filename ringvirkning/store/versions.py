"""Published versions: immutable folders in `var/versions/`, and the history that points at one.

A version holds `exact.duckdb`, `protected.duckdb` (the same tables, people's counts rounded), the
files it was made from, and a hash of each. `var/history.jsonl` has one line per publication; the
last whole line says which version is current. A line that a crash left half written has no line
end, and is as if it were not there.

A version of other queries than ours, or one whose databases are damaged, is compiled anew from its
own files, into `var/compiled/CONTRACT/NAME` (`intake.publishing.anew`): the version stays as it was
published, and each programme that shares a `var/` has its own.
"""

import hashlib
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from filelock import FileLock

import queries
from queries.contract import tables
from ringvirkning.texts import clock

HISTORY = "history.jsonl"
HASHES = "hashes.json"
COMPILED = "compiled"
PART_MARK = "~"  # stands after a version's name where it is a part of it
DATABASES = ("exact.duckdb", "protected.duckdb")
Way = Literal["data", "upload", "undo", "withdraw"]


class Damaged(Exception):
    """A file of a version is not as it was published."""


@dataclass(frozen=True)
class Version:
    """One line of the history: a version, and how it became current.

    `source_hash` is of the files it is made from, `signature` of how the data folder looked,
    `contract` of the queries that it was compiled by. Times are ISO 8601, UTC. A line by way of
    `withdraw` says that the version is shown no longer, `current_at` since when, `note` why. It is
    by somebody whose role is for these `associations`; for all, where none is named.
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
    associations: tuple[str, ...] = ()

    def folder(self, var: Path) -> Path:
        return var / "versions" / self.name

    def compiled(self, var: Path) -> Path:
        """Where it stands when it was compiled anew by our queries."""
        return var / COMPILED / contract_hash()[:12] / self.name

    def own(self, var: Path, associations: Collection[str]) -> Path:
        """Where that part of it is which is of these associations alone, once it is compiled: with
        exact figures, and the files that it is made from."""
        named = hashlib.blake2b("\n".join(sorted(associations)).encode(), digest_size=8)
        place = self.compiled(var)
        return place.with_name(f"{place.name}{PART_MARK}{named.hexdigest()}")

    def place(self, var: Path) -> Path:
        """Where the databases are that our queries can be asked of, once it `is_ready`."""
        anew = self.compiled(var)
        return anew if anew.is_dir() else self.folder(var)

    def exact(self, var: Path) -> Path:
        return self.place(var) / "exact.duckdb"

    def protected(self, var: Path) -> Path:
        return self.place(var) / "protected.duckdb"

    def is_ready(self, var: Path) -> bool:
        """Whether it is compiled by our queries."""
        is_ours = self.contract == contract_hash() or self.compiled(var).is_dir()
        return is_ours and self.protected(var).is_file()

    def files(self, var: Path) -> Path:
        return self.folder(var) / "files"


def folder_signature(folder: Path) -> str:
    """Changes when a file of the folder does: size, time of change and number of each, not the
    content. With a clock set back, another file may have the size and time of the one before."""
    seen = []
    for table in tables():
        try:
            stat = (folder / table.file).stat()
            seen.append(f"{table.name}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ino}")
        except OSError:
            seen.append(f"{table.name}:-")
    return " ".join(seen)


@cache
def contract_hash() -> str:
    texts = "".join(queries.text(name) for name in queries.FOUNDATIONS)
    texts += "".join(file.read_text(encoding="utf-8") for file in queries.REFERENCE)
    return hashlib.blake2b(texts.encode(), digest_size=16).hexdigest()


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def file_hashes(paths: Sequence[Path]) -> list[str]:
    """That of each, on all cores."""
    with ThreadPoolExecutor() as beside:
        return [*beside.map(file_hash, paths)]


def source_hash(folder: Path) -> str:
    """Of the content of the files, and of which file holds what. One that need not be there is
    passed over, so that what was published before there was such a file has the same hash."""
    there = [table for table in tables() if (folder / table.file).exists()]
    hashed = file_hashes([folder / table.file for table in there])
    each = [f"{table.name} {digest}" for table, digest in zip(there, hashed, strict=True)]
    return hashlib.blake2b("\n".join(each).encode(), digest_size=16).hexdigest()


def history_lines(var: Path) -> list[Version]:
    """All that the history says, oldest first: publications and withdrawals."""
    try:
        written = (var / HISTORY).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [version for line in written if (version := version_of_line(line))]


def version_of_line(line: bytes) -> Version | None:
    try:
        return msgspec.json.decode(line, type=Version)
    except ValueError:  # no JSON, or none of ours
        return None


def withdrawn(said: list[Version]) -> dict[str, Version]:
    """The withdrawal of each version that was withdrawn and not brought back since, by name."""
    last = {line.name: line for line in said}
    return {name: line for name, line in last.items() if line.way == "withdraw"}


def publications(said: list[Version], var: Path) -> list[Version]:
    """All publications, oldest first, of versions that are there and not withdrawn."""
    gone = withdrawn(said)
    return [
        line
        for line in said
        if line.way != "withdraw"
        and line.name not in gone
        and (line.folder(var) / HASHES).is_file()
    ]


def history(var: Path) -> list[Version]:
    return publications(history_lines(var), var)


def current(var: Path) -> Version | None:
    """The version that pages show."""
    return last(history(var))


def last(published: list[Version]) -> Version | None:
    return published[-1] if published else None


def version_named(name: str, published: list[Version]) -> Version | None:
    return next((v for v in reversed(published) if v.name == name), None)


def before(version: Version, published: list[Version]) -> Version | None:
    """The version that was current when this one was first published."""
    names = [v.name for v in published]
    first = names.index(version.name) if version.name in names else 0
    return published[first - 1] if first else None


def earlier_than(version: Version, published: list[Version]) -> Iterator[Version]:
    """The versions that were current before it, the nearest first."""
    earlier = before(version, published)
    while earlier:
        yield earlier
        earlier = before(earlier, published)


def since(asked: str | None, version: Version, published: list[Version]) -> Version | None:
    """What a version is compared with: the one named, the one current at the end of a day (ISO
    8601), or the one before."""
    if asked is None:
        return before(version, published)
    by_then = [v for v in published if clock.norwegian_day(v.current_at or v.published_at) <= asked]
    return version_named(asked, published) or (
        by_then[-1] if by_then and asked[:4].isdecimal() else None
    )


def point_at(version: Version, var: Path) -> None:
    """Append a line to the history: from now on this version is current."""
    append([version], var)


def append(said: list[Version], var: Path) -> None:
    """Append lines to the history, in one go.

    They begin with a line end too, so that one torn by a crash before them stays alone.
    """
    written = b"".join(msgspec.json.encode(line) + b"\n" for line in said)
    with (var / HISTORY).open("ab") as file:
        file.write(b"\n" + written)
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
    files = [*folder.rglob("*.*")]
    names = (file.relative_to(folder).as_posix() for file in files)
    each = dict(zip(names, file_hashes(files), strict=True))
    (folder / HASHES).write_bytes(msgspec.json.encode(each))


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every file of a version when it was published. Raises Damaged without them."""
    try:
        return msgspec.json.decode((folder / HASHES).read_bytes(), type=dict[str, str])
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


def is_whole(place: Path, begins: str = "") -> bool:
    """The same as an answer, of a folder of a version."""
    try:
        verify_all(place, begins)
    except Damaged:
        return False
    return True


def exact_of(version: Version, var: Path) -> Path | None:
    """Its exact database, by whatever queries it was compiled, if that is whole."""
    places = (version.place(var), version.folder(var))
    found = (place / DATABASES[0] for place in places if is_whole(place, DATABASES[0]))
    return next((path for path in found if path.is_file()), None)


def nearest_exact(version: Version, published: list[Version], var: Path) -> Path | None:
    """Its exact database or, where that is gone or damaged, that of the nearest version that was
    current before it."""
    each = (exact_of(one, var) for one in (version, *earlier_than(version, published)))
    return next(filter(None, each), None)
