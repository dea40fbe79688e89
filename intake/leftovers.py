"""What processes that were killed left in `var/`: versions half built, and uploaded files."""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from intake import versions

BUILDING, INBOX = "building-", "inbox-"
HOUR = 60 * 60  # seconds; a child is given two minutes for what was uploaded


def sweep(var: Path) -> None:
    """Remove it all, by whoever is alone: nobody else is building, but someone may be uploading."""
    for orphan in var.glob(f"{BUILDING}*"):
        shutil.rmtree(orphan, ignore_errors=True)
    for inbox in var.glob(f"{INBOX}*"):
        with suppress(FileNotFoundError):  # its upload has just come to an end
            if time.time() - inbox.stat().st_mtime > HOUR:
                shutil.rmtree(inbox, ignore_errors=True)


def sweep_if_alone(var: Path) -> None:
    """The same, unless someone is publishing, who sweeps too, or nothing can be written there."""
    if var.is_dir():
        with suppress(OSError), versions.alone(var, wait=False):
            sweep(var)
