"""What is left in `var/` and serves no more: by processes that were killed, versions half built or
not listed yet and uploaded files; by other programmes, what they compiled anew."""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from ringvirkning.store import versions
from ringvirkning.store.versions import COMPILED

BUILDING = "building-"
INBOX = "inbox-"  # what was uploaded: a session's, or for a moment
# A file in a version until the history has its line. A version with neither was published, and its
# line is lost: that one is not ours to remove.
UNLISTED = "unlisted"
# Files that are uploaded or being written, and what libraries laid aside.
PASSING_FILES = (
    f"{INBOX}*", "openpyxl.*", "tmp*", "decks/tmp*", "drafts/*/tmp*", "letters/tmp*",
)  # fmt: skip
HOUR = 60 * 60  # seconds; a child is given two minutes for what was uploaded


def sweep(var: Path) -> None:
    """Remove it all, by whoever is alone: nobody else is building, but someone may be uploading."""
    for orphan in var.glob(f"{BUILDING}*"):
        remove(orphan)
    listed = {version.name for version in versions.history_lines(var)}
    for mark in var.glob(f"versions/*/{UNLISTED}"):
        remove(mark if mark.parent.name in listed else mark.parent)
    for other in var.glob(f"{COMPILED}/*"):
        if other.name != versions.contract_hash()[:12]:
            remove(other)
    for old in (path for pattern in PASSING_FILES for path in var.glob(pattern)):
        with suppress(FileNotFoundError):  # it has just come to its end
            # A clock that was set back makes it look newer than now.
            if abs(time.time() - old.stat().st_mtime) > HOUR:
                remove(old)


def remove(path: Path) -> None:
    """As well as can be: there is a next time."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def sweep_if_alone(var: Path) -> None:
    """The same, unless someone is publishing, who sweeps too, or nothing can be written there."""
    if var.is_dir():
        with suppress(OSError), versions.alone(var, wait=False):
            sweep(var)
