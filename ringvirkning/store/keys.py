"""The key of the roundings, `var/secret`: made once, kept, and the same in every installation that
publishes the same figures. Two keys would round them in two ways, and both together tell more.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from ringvirkning.store import storage, versions
from ringvirkning.texts import clock

NAME, FORMER = "secret", "secret-*"
LENGTH = 32  # bytes


class NotAKey(Exception):
    """The file is none that `give` has written."""


@dataclass(frozen=True)
class Taken:
    """How many publications here were rounded with another key, and where that is now."""

    published: int = 0
    former: Path | None = None


def secret(var: Path) -> bytes:
    """The key, made when there is none; only who runs the server may read it."""
    return storage.made_once(var / NAME, secrets.token_bytes(LENGTH))


def known_secret(var: Path) -> bytes:
    """The key, or one of zeros where none was made yet."""
    path = var / NAME
    return path.read_bytes() if storage.has_length(path, LENGTH) else bytes(LENGTH)


def give(var: Path, file: Path) -> None:
    """Write the key to a new file that only its owner may read. Raises FileExistsError."""
    with versions.alone(var):
        key = secret(var)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
        opened.write(key)


def take(var: Path, file: Path) -> Taken:
    """Round with the key in the file from now on; the one before is kept beside it. What was
    published stays as it was rounded. Raises NotAKey."""
    with file.open("rb") as opened:
        key = opened.read(LENGTH + 1)
    if len(key) != LENGTH or len(set(key)) < LENGTH // 2:
        raise NotAKey(file)
    with versions.alone(var):
        path = var / NAME
        before = path.read_bytes() if storage.has_length(path, LENGTH) else None
        if before == key:
            return Taken()
        former = path.with_name(f"{NAME}-{clock.now():%Y%m%dT%H%M%S}-{secrets.token_hex(2)}")
        if before:
            storage.write(former, before)
        storage.write(path, key)
        made = [line for line in versions.history_lines(var) if line.way in ("data", "upload")]
        return Taken(len(made), former if before else None)
