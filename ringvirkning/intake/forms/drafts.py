"""What an editor has typed and not published yet: a file for each entry, below a folder for each
person."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ringvirkning.intake.forms.entries import Entry
from ringvirkning.store import numbered, storage

GRID = " grid"  # beside a person's entries

GridRow = tuple[str, ...]


@dataclass(frozen=True)
class GridDraft:
    """What was typed in the grid of a table, as text in the order of its `columns`: rows of the
    `version` that it was opened upon, by their place there, and new ones."""

    id: str
    table: str
    version: str
    columns: GridRow
    changed: Mapping[int, GridRow]
    added: tuple[GridRow, ...]


def grid_id(table: str) -> str:
    """A person has one draft of the grid of a table."""
    return hashlib.sha256(table.encode()).hexdigest()[:12]


def folder_of(var: Path, person: str) -> Path:
    """Where those of a person are, by the id that the provider gives; "" is who came by the link of
    the terminal. The folder says nothing of who that is."""
    return var / storage.DRAFTS / hashlib.sha256(person.encode()).hexdigest()[:24]


def kept_entries(folder: Path) -> list[Entry]:
    """In the order in which they were begun; one that can't be read is left out."""
    found = numbered.all_numbered(folder, Entry)
    return sorted(found, key=lambda entry: (entry.at, entry.id))


def drop_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Let go of these as they are: one that was written anew meanwhile stays. Raises OSError."""
    now = {entry.id: entry for entry in kept_entries(folder)}
    for entry in entries:
        if now.get(entry.id) == entry:
            numbered.drop_numbered(folder, entry.id)
