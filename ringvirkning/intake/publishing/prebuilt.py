"""A version that is built while somebody looks at what it would change, so that publishing need
only place it. It lies in the folder that was looked at, and is taken only where everything that
decides how it is built is still the same."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ringvirkning.child import as_json, from_json
from ringvirkning.finding import Finding
from ringvirkning.store import storage, versions
from ringvirkning.store.versions import DATABASES

PREBUILT = "prebuilt"
BUILT = "built.json"  # written last: without it nothing was built


@dataclass(frozen=True)
class MadeOf:
    """What decides how a version is built: its files and our contract by their hashes, the
    roundings' key by one, and the exact databases that it keeps to: that of the version before, and
    those of versions since that are no longer current."""

    source_hash: str
    contract: str
    key: str
    before: str
    since: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """What a version was built from, and what was found on the way."""

    made_of: MadeOf
    found: tuple[Finding, ...]


def made_of(source_hash: str, key: bytes, before: Path | None, since: Sequence[Path]) -> MadeOf:
    hashed = hashlib.blake2b(key).hexdigest()
    paths = tuple(str(path.resolve()) for path in since)
    contract = versions.contract_hash()
    return MadeOf(source_hash, contract, hashed, str(before and before.resolve()), paths)


def keep_built(building: Path, folder: Path, built: Built) -> None:
    """Keep in `folder` what was built of it. Raises OSError."""
    shutil.rmtree(folder / PREBUILT, ignore_errors=True)
    storage.write(building / BUILT, as_json(built).encode())
    building.rename(folder / PREBUILT)


def is_built(folder: Path) -> bool:
    """Whether something was built of a folder, and not taken yet."""
    return (folder / PREBUILT / BUILT).exists()


def built_of(folder: Path, wanted: MadeOf) -> Built | None:
    """What was built of these very things, None where nothing was, or was taken already."""
    place = folder / PREBUILT
    try:
        built = from_json((place / BUILT).read_text(encoding="utf-8"), Built)
    except (OSError, ValueError):
        return None
    is_there = all((place / name).is_file() for name in DATABASES)
    return built if is_there and built.made_of == wanted else None


def take_built(folder: Path, building: Path) -> None:
    """Move its databases to where the version is made. Raises OSError."""
    for name in DATABASES:
        (folder / PREBUILT / name).rename(building / name)
