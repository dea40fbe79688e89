"""Folders of things that are each kept in a JSON file, called after the id of what it holds:
presentations, and what was typed. A file is written whole or not at all."""

import re
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from ringvirkning.child import as_json, from_json
from ringvirkning.store import storage

MOST_NUMBERED = 500  # in a folder
KEPT_ID = re.compile(r"[a-z0-9]{12}")


class HasId(Protocol):
    """A dataclass whose `id` is as `new_number` makes them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...


Kept = TypeVar("Kept", bound=HasId)


class TooMany(RuntimeError):
    """There are as many as are kept in a folder."""


def new_number() -> str:
    return secrets.token_hex(6)


def numbered_file(folder: Path, id: str) -> Path:
    """Raises KeyError for what can't be an id."""
    if not KEPT_ID.fullmatch(id):
        raise KeyError(id)
    return folder / f"{id}.json"


def keep_numbered(folder: Path, kept: Kept) -> Kept:
    """It is on the disk when this returns. Raises TooMany, or OSError when it can't be written;
    what was kept before then stays."""
    file, content = numbered_file(folder, kept.id), as_json(kept).encode()
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists() and len([*folder.glob("*.json")]) >= MOST_NUMBERED:
        raise TooMany
    storage.write(file, content)
    return kept


def read_numbered(folder: Path, id: str, kind: type[Kept]) -> Kept:
    """As far as it is known here. Raises KeyError where there is none of this id, or it can't be
    read."""
    file, named = numbered_file(folder, id), dict[str, Any](id=id)
    try:
        # Its name is what it is known by, whatever stands in it.
        return replace(from_json(file.read_text(encoding="utf-8"), kind), **named)
    except (OSError, ValueError) as error:
        raise KeyError(id) from error


def all_numbered(folder: Path, kind: type[Kept]) -> list[Kept]:
    """The latest first; one that can't be read is left out."""
    found = []
    for file in sorted(folder.glob("*.json"), key=written_at, reverse=True):
        try:
            found.append(read_numbered(folder, file.stem, kind))
        except KeyError:
            continue
    return found


def written_at(file: Path) -> int:
    """When, in nanoseconds; 0 for one that another process has dropped meanwhile."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def drop_numbered(folder: Path, id: str) -> None:
    """Raises KeyError for what can't be an id, and OSError."""
    numbered_file(folder, id).unlink(missing_ok=True)
