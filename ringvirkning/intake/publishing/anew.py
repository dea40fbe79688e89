"""A version compiled anew from its own files: for queries that it was not compiled by, before an
update of the programme or after one was taken back, and when its databases are damaged.

Its name, its files and its line in the history stay; so does every rounding that was published.
"""

import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from ringvirkning.child import Progress
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import former, ownership, publishing
from ringvirkning.store import keys, versions
from ringvirkning.store.leftovers import BUILDING
from ringvirkning.store.versions import DATABASES, HASHES, Version


def make_ready(
    version: Version, var: Path, progress: Progress = lambda stage, part: None
) -> list[Finding]:
    """Compile it, unless that is done; what keeps it from being shown, which is nothing as a rule.

    Raises OSError and duckdb.Error where the disk is full or can't be written to.
    """
    if is_sound(version, var):
        return []
    with versions.alone(var):
        if is_sound(version, var):  # someone else has done it meanwhile
            return []
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=var))
        try:
            return compile_anew(version, var, building, progress)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def is_sound(version: Version, var: Path) -> bool:
    """Whether its databases are of our queries, and as they were sealed."""
    return version.is_ready(var) and versions.is_whole(version.place(var))


def compile_anew(version: Version, var: Path, building: Path, progress: Progress) -> list[Finding]:
    files = version.files(var)
    if not files.is_dir() or not versions.is_whole(version.folder(var), "files"):
        return [Finding("version_damaged", version.name)]
    shutil.copytree(files, building / "files")
    former.renew(building / "files")
    key, before = keys.secret(var), versions.nearest_exact(version, versions.history(var), var)
    found = publishing.build(building, key, before, progress)
    if must_fix(found):
        return [Finding("other_software", version.name, column=found[0].column)]
    finish(version, var, building)
    return []


def make_own(version: Version, var: Path, own: Collection[str]) -> list[Finding]:
    """Compile that part of it which is of these associations alone, with exact figures, unless that
    is done; what keeps it from that. Raises as `make_ready` does."""
    if found := make_ready(version, var):
        return found
    home = version.own(var, own)
    if versions.is_whole(home):
        return []
    with versions.alone(var):
        if versions.is_whole(home):  # someone else has done it meanwhile
            return []
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=var))
        try:
            return compile_own(version, var, building, own)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def compile_own(version: Version, var: Path, building: Path, own: Collection[str]) -> list[Finding]:
    if versions.version_named(version.name, versions.history(var)) is None:  # withdrawn meanwhile
        return [Finding("was_withdrawn", version.name)]
    if not versions.is_whole(version.folder(var), "files/"):
        return [Finding("version_damaged", version.name)]
    (building / "files").mkdir()
    ownership.write_own(version.files(var), building / "files", own)
    if found := publishing.compile_draft(building / "files", building / DATABASES[0]):
        return found
    versions.seal(building)
    home = version.own(var, own)
    home.parent.mkdir(parents=True, exist_ok=True)
    if home.exists():  # damaged, or somebody else's work, which is the same
        shutil.rmtree(home)
    building.rename(home)
    return []


def finish(version: Version, var: Path, building: Path) -> None:
    """Seal the databases and move them to where they are looked for."""
    shutil.rmtree(building / "files")
    exact, protected = (version.folder(var) / name for name in DATABASES)
    if protected.exists() and not exact.exists():  # exact figures were taken from this server
        (building / DATABASES[0]).unlink()
    versions.seal(building)
    for name in (*DATABASES, HASHES):
        if (building / name).exists():
            publishing.flush(building / name)
    home = version.compiled(var)
    home.parent.mkdir(parents=True, exist_ok=True)
    if home.exists():  # damaged
        shutil.rmtree(home)
    building.rename(home)
    publishing.flush(home.parent)
