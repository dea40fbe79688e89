"""Where is written: all in one folder; and a full disk, or one that can't be written to, told as
findings."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from ringvirkning.finding import Finding

# What was decided about headings and words of uploaded files.
READINGS = "mappings.json"
DRAFTS = "drafts"  # what was typed and is not published yet, in a folder for each person
FAILURES = (OSError, duckdb.Error)
RULE_OF_ERROR = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "not_writable",
    errno.EPERM: "not_writable",
    errno.EROFS: "not_writable",
}


@contextmanager
def kept_to(var: Path) -> Iterator[None]:
    """What libraries lay on the disk for a moment, such as a workbook that is being written, lies
    in `var` meanwhile; where that isn't there or can't be written to, in the system's place."""
    before = tempfile.tempdir
    tempfile.tempdir = str(var.absolute()) if os.access(var, os.W_OK) else before
    try:
        yield
    finally:
        tempfile.tempdir = before


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, in place of what was there, for nobody else to read. Raises OSError."""
    write_and_place(path, content, os.replace)


def write_and_place(path: Path, content: bytes, place: Callable[[str, Path], None]) -> None:
    """Write it beside `path`, and then have it placed there."""
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        place(name, path)
    finally:
        with suppress(OSError):
            os.unlink(name)


def made_once(path: Path, fresh: bytes) -> bytes:
    """The secret in a file; `fresh` where there is none or, as a disk that was full may have left
    it, less of one, which anybody could guess. Of several who make one at a time, the first one's
    is everybody's. Raises OSError."""
    if not path.exists():
        with suppress(FileExistsError):
            write_and_place(path, fresh, put_once)
    elif path.stat().st_size < len(fresh):
        write(path, fresh)
    return path.read_bytes()


def put_once(name: str, path: Path) -> None:
    """In no other's place; on a disk that knows no links, in whosever. Raises OSError."""
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        os.replace(name, path)


def has_length(path: Path, length: int) -> bool:
    return path.is_file() and path.stat().st_size == length


def finding(error: Exception, var: Path) -> Finding | None:
    """What keeps the folder from being written to, if this error says that."""
    return next(
        (Finding(RULE_OF_ERROR[n], str(var)) for n in RULE_OF_ERROR if says(error, n, var)), None
    )


def says(error: Exception, number: int, var: Path) -> bool:
    """DuckDB gives the system's own words and no number. What is full is what we write to; what is
    refused elsewhere may be something we read."""
    if isinstance(error, duckdb.Error):
        return os.strerror(number) in str(error) and is_about_folder(number, str(var) in str(error))
    if not isinstance(error, OSError) or error.errno != number:
        return False
    places = [Path(os.fsdecode(p)) for p in (error.filename, error.filename2) if p]
    return is_about_folder(number, any(p.absolute().is_relative_to(var.absolute()) for p in places))


def is_about_folder(number: int, is_in_var: bool) -> bool:
    return RULE_OF_ERROR[number] == "disk_full" or is_in_var
