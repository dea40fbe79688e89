"""What was understood of an upload, kept from looking to publishing: the folder of the contract's
files that the look has made, called by its hash, and what it was made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ringvirkning.child import as_json, from_json
from ringvirkning.intake.sheets import Read, memory
from ringvirkning.store import versions
from ringvirkning.store.versions import Damaged

ORIGIN = "origin.json"


@dataclass(frozen=True)
class Origin:
    """The name of the version that the rows were added to, "" for none; and how headings and words
    were understood, to be remembered with it."""

    parent: str
    readings: Mapping[str, Mapping[str, str]]


def keep(whole: Path, place: Path, parent: str, reads: Iterable[Read]) -> str:
    """Move a folder to publish into `place`; the name that it has there. Raises OSError."""
    name = versions.source_hash(whole)
    origin = Origin(parent, memory.readings(reads))
    (whole / ORIGIN).write_text(as_json(origin), encoding="utf-8")
    whole.rename(place / name)
    return name


def origin(folder: Path) -> Origin:
    """Raises OSError where nothing is kept any more, Damaged where it is not what was kept."""
    if versions.source_hash(folder) != folder.name:
        raise Damaged(folder)
    try:
        return from_json((folder / ORIGIN).read_text(encoding="utf-8"), Origin)
    except ValueError as error:
        raise Damaged(folder) from error
