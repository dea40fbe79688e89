"""What an editor has typed and not published yet: a file for each entry, below a folder for each
person, written whole or not at all."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from ringvirkning.child import as_json, from_json
from ringvirkning.intake.entries import Entry
from ringvirkning.store import storage

MOST_DRAFTS = 500
ENTRY_ID = re.compile(r"[a-z0-9]{12}")


class TooManyDrafts(RuntimeError):
    """There are as many as are kept of a person's."""


def new_entry_id() -> str:
    return secrets.token_hex(6)


def folder_of(var: Path, person: str) -> Path:
    """Where those of a person are, by the id that the provider gives; "" is who came by the link of
    the terminal. The folder says nothing of who that is."""
    return var / storage.DRAFTS / hashlib.sha256(person.encode()).hexdigest()[:24]


def keep_entry(folder: Path, entry: Entry) -> None:
    """It is on the disk when this returns. Raises TooManyDrafts, or OSError when it can't be
    written; what was kept before then stays."""
    file = folder / f"{entry.id}.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists() and len(list(folder.glob("*.json"))) >= MOST_DRAFTS:
        raise TooManyDrafts
    storage.write(file, as_json(entry).encode())


def kept_entries(folder: Path) -> list[Entry]:
    """In the order in which they were begun; one that can't be read is left out."""
    found = []
    for file in folder.glob("*.json"):
        try:
            entry = from_json(file.read_text(encoding="utf-8"), Entry)
        except (OSError, ValueError):
            continue
        if ENTRY_ID.fullmatch(entry.id) and entry.id == file.stem:
            found.append(entry)
    return sorted(found, key=lambda entry: (entry.at, entry.id))


def drop_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Let go of these as they are: one that was written anew meanwhile stays. Raises OSError."""
    now = {entry.id: entry for entry in kept_entries(folder)}
    for entry in entries:
        if now.get(entry.id) == entry:
            (folder / f"{entry.id}.json").unlink(missing_ok=True)
