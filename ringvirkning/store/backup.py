"""All that can't be made anew, in another folder and back: versions and their history, the key of
the roundings, presentations, drafts, letters, the audit log, and the settings beside the programme.

What is not in it: `secrets.toml`, which is another server's business and holds what nobody should
copy about; the data folder; what was compiled anew.
"""

import errno
import itertools
import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ringvirkning.store import audit, keys, letters, sites, storage, taking_back, versions
from ringvirkning.store.versions import DATABASES, HASHES, Damaged

BESIDES = (keys.NAME, keys.FORMER, storage.READINGS, sites.LIST)
# A letter's message after what makes it count, so that each that counts has its own.
KEPT_FILES = (
    "decks/*.json",
    f"{storage.DRAFTS}/*/*.json",
    *(f"{letters.LETTERS_FOLDER}/*.{kind}" for kind in ("json", "eml")),
)
SETTINGS_FOLDER = "settings"
IDENTITY, ROLES = "identity.toml", "roles.toml"


def backup(var: Path, target: Path, settings: Path) -> int:
    """Copy to a new folder, also while something is published; how many versions. `settings` is
    the folder of identity and roles. Raises FileExistsError and versions.Damaged.

    The folder holds exact figures, the key of the roundings and who has which role: it belongs
    where only staff can read.
    """
    target.mkdir(mode=0o700, parents=True)
    (target / SETTINGS_FOLDER).mkdir()
    for name, file in settings_files(settings).items():
        shutil.copy(file, target / SETTINGS_FOLDER / name)
    return copy_all(var, target)


def restore(source: Path, var: Path, settings: Path) -> tuple[int, list[Path]]:
    """Copy a backup to where nothing is published; how many versions, and the settings that are
    there already and stay as they are. No letter that waited in it is sent from there. Raises
    FileExistsError when something is published, and versions.Damaged, also where there is no
    backup."""
    if not (source / versions.HISTORY).is_file():
        raise Damaged(source)
    with versions.alone(var):
        if versions.history_lines(var):
            raise FileExistsError(errno.EEXIST, "published", str(var))
        shutil.rmtree(var / "versions", ignore_errors=True)
        count = copy_all(source, var)
        letters.hold_back(var)
    return count, list(restore_settings(source / SETTINGS_FOLDER, settings))


def restore_settings(source: Path, settings: Path) -> Iterator[Path]:
    """Settings where there are none; those that are others."""
    for file in sorted(source.glob("*")):
        given = os.environ.get("RINGVIRKNING_ROLES") if file.name == ROLES else None
        place = Path(given) if given else settings / file.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
        elif place.read_bytes() != file.read_bytes():
            yield place


def settings_files(settings: Path) -> dict[str, Path]:
    """Identity with its logo, and roles; those that there are, by their names in a backup."""
    roles = Path(os.environ.get("RINGVIRKNING_ROLES", settings / ROLES))
    files = {IDENTITY: settings / IDENTITY, ROLES: roles}
    try:
        logo = tomllib.loads((settings / IDENTITY).read_text(encoding="utf-8")).get("logo")
        if logo and Path(str(logo)).name == logo:
            files[logo] = settings / logo
    except (OSError, ValueError):  # none, or not to be used, which the page says
        pass
    return {name: file for name, file in files.items() if file.is_file()}


def copy_all(source: Path, target: Path) -> int:
    """Presentations, drafts and letters, then every version that the history knew after them, whole
    and verified, so that each has its own; and last the history, which makes all the rest count.

    What is published meanwhile is left for the next time; what is withdrawn is withdrawn here, too.
    """
    (target / "versions").mkdir(parents=True, exist_ok=True)
    for file in itertools.chain(*map(source.glob, KEPT_FILES)):
        place = target / file.relative_to(source)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(file, place)
    names = {line.name for line in versions.history_lines(source)}
    for name in sorted(names):
        copy_version(name, source, target)
    copy_audit(source / audit.FOLDER, target / audit.FOLDER)
    for file in itertools.chain(*map(source.glob, BESIDES)):
        shutil.copy(file, target / file.name)
    said = [line for line in versions.history_lines(source) if line.name in names]
    for line in versions.withdrawn(said).values():
        taking_back.remove_version(line, target, destroy=not line.folder(source).exists())
    versions.append(said, target)
    return len({version.name for version in versions.history(target)})


def copy_audit(source: Path, target: Path) -> None:
    """The log and its key; what was noted in the other place before comes after."""
    for path in source.glob("*"):
        target.mkdir(mode=0o700, exist_ok=True)
        to = target / path.name
        later = to.read_bytes() if to.exists() and path.name != audit.KEY else b""
        shutil.copy(path, to)
        with to.open("ab") as file:
            file.write(later)


def copy_version(name: str, source: Path, target: Path) -> None:
    """Raises versions.Damaged. Without its databases where those are damaged: they are compiled
    anew from its files."""
    place, to = source / "versions" / name, target / "versions" / name
    for is_last in (False, True):
        if not (place / HASHES).is_file():  # gone, by whatever way
            return
        try:
            are_whole = all(versions.is_whole(place, database) for database in DATABASES)
            versions.verify_all(place, "files/")
            shutil.copytree(place, to, ignore=None if are_whole else without_databases)
            versions.verify_all(to)
            return
        except (OSError, Damaged):
            shutil.rmtree(to, ignore_errors=True)
            if is_last or name not in versions.withdrawn(versions.history_lines(source)):
                raise


def without_databases(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in DATABASES]
