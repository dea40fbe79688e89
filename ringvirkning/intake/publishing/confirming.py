"""What is published only after somebody has confirmed it, and what was confirmed.

A confirmation is of what was seen: of these files after this version, and of no others. The last
one is kept in `var/confirmed`, so that publishing goes on by itself when a full disk or a restart
came between. What is published already is never asked about: nor when it is compiled anew, nor when
somebody goes back to it.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ringvirkning.finding import Finding
from ringvirkning.store import audit, storage
from ringvirkning.store.versions import Version

# What tells whoever sees two versions something of single persons, or a count below five.
RULES = {"few_persons_changed", "small_roundings_turned"}
WAITS = "waits_for_confirmation"
CONFIRMED_FILE = "confirmed"


def confirm_code(source_hash: str, before: Version | None) -> str:
    """What stands for files of this hash after this version; nobody can tell what is in them."""
    named = f"{source_hash} {before.name if before else ''}"
    return hashlib.blake2b(named.encode(), digest_size=4).hexdigest()


def to_confirm(found: Iterable[Finding]) -> list[Finding]:
    """Those that must be confirmed."""
    return [finding for finding in found if finding.rule in RULES]


def waiting_finding(place: str, code: str) -> Finding:
    """That what is in this place waits, to be confirmed with this code."""
    return Finding("waits_for_confirmation", place, expected=code)


def waiting_code(found: Iterable[Finding]) -> str | None:
    """The code to confirm with, where that is what keeps something from being published."""
    return next((finding.expected for finding in found if finding.rule == WAITS), None)


def confirm(code: str, before: Version | None, var: Path) -> None:
    """Keep that it was confirmed, and note by whom."""
    storage.write(var / CONFIRMED_FILE, code.encode())
    audit.note_deed(var, "confirmed", audit.actor(), after=before.name if before else None)


def is_confirmed(code: str, var: Path) -> bool:
    path = var / CONFIRMED_FILE
    return path.exists() and path.read_bytes() == code.encode()
