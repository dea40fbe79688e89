"""All that is published, in another folder and back: versions, history and the key of roundings."""

import errno
import shutil
from pathlib import Path

from intake import versions

# The history last: it makes all the rest count.
BESIDES = ("secret", "mappings.json", versions.HISTORY)


def backup(var: Path, target: Path) -> int:
    """Copy to a new folder; how many versions. Raises FileExistsError and versions.Damaged.

    The folder holds exact figures and the key of the roundings: it belongs where only staff can
    read.
    """
    with versions.alone(var):
        return copy(var, target)


def restore(source: Path, var: Path) -> int:
    """Copy a backup to where nothing is published; how many versions. Raises FileExistsError when
    something is, and versions.Damaged."""
    if versions.history(var):
        raise FileExistsError(errno.EEXIST, "published", str(var))
    with versions.alone(var):
        shutil.rmtree(var / "versions", ignore_errors=True)
        return copy(source, var)


def copy(source: Path, target: Path) -> int:
    """Every version in the history, whole and verified, and then the history."""
    names = {version.name for version in versions.history(source)}
    (target / "versions").mkdir(parents=True)
    for name in sorted(names):
        versions.verify_all(source / "versions" / name)
        shutil.copytree(source / "versions" / name, target / "versions" / name)
        versions.verify_all(target / "versions" / name)
    for name in BESIDES:
        if (source / name).exists():
            shutil.copy(source / name, target / name)
    return len(names)
