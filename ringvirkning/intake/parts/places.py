"""Files of parts, here and elsewhere: what was made there, what is whole, what is still used.

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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from obstore.fsspec import register

from queries.contract import tables
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.ownership import belonging
from ringvirkning.store import versions
from ringvirkning.texts import clock

SHARED = "shared"
DONE = ".json"  # of a file beside the folder: one listing tells what is done
# What is said there: the hash of each file, and the parts that they are of.
SAID_BESIDE = ("files", "parts")
# What lies in a work place: what was made, by its stamp, and what each publication uses of it.
MADE_HERE = re.compile(r"((rounded|merged|group)-)?[0-9a-f]{24}(-[0-9a-f]{24})?")
USED_FILE = "used-"
KEPT = timedelta(days=1)
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


def stamp(said: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(said).encode(), digest_size=12).hexdigest()


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
