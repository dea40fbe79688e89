"""The audit log: who published, confirmed, withdrew, took exact files or keys along, copied or
signed in, and when.

`var/audit/2026-11.jsonl` and so on, a file a month: old ones may be removed. It holds no name, sub
or address: a person is a code, made of the provider's issuer and sub with a key that only this
server has. Who knows a sub finds its lines (`--issuer`, `--sub`); when `var/audit/key` is removed,
the lines that there are belong to nobody.
"""

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from ringvirkning import child
from ringvirkning.store import storage
from ringvirkning.texts import clock

log = logging.getLogger(__name__)
FOLDER, KEY = "audit", "key"
Deed = Literal[
    "published",
    "confirmed",
    "went_back",
    "took_exact",
    "signed_in",
    "withdrew",
    "sent_letter",
    "backed_up",
    "restored",
    "gave_key",
    "took_key",
]
# Who has no account: at the machine itself, at its command line, the server by itself; or whose
# code could not be made.
Nobody = Literal["here", "command", "server", "unknown"]


def account_key(var: Path) -> bytes:
    """Made once; only who runs the server may read it."""
    path = var / FOLDER / KEY
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return storage.made_once(path, secrets.token_bytes(32))


def account_code(var: Path, issuer: str, sub: str) -> str:
    """What stands for a person: the same each time on this server, and nothing elsewhere."""
    named = json.dumps([issuer, sub]).encode()
    return hashlib.blake2b(named, key=account_key(var), digest_size=8).hexdigest()


def of_associations(associations: Collection[str]) -> dict[str, str]:
    """What a line says of them; nothing of what was done for all."""
    return {"association": " | ".join(associations)} if associations else {}


def note_deed(var: Path, did: Deed, who: Nobody | str, **details: str | None) -> None:
    """Write a line. What keeps it from being written is in the log, and keeps nobody from working:
    on a full disk the pages go on."""
    said = {"at": clock.now_text(), "did": did, "who": who}
    said |= of_associations(child.own_associations())
    line = json.dumps(said | {name: value for name, value in details.items() if value})
    try:
        (var / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
        path = var / FOLDER / f"{clock.now():%Y-%m}.jsonl"
        file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(file, "wb") as whole:
            # Begins with a line end, too, so that a line torn by a crash before it stays alone.
            whole.write(b"\n" + line.encode() + b"\n")
    except OSError:
        log.exception("the audit log can't be written: %s", line)


def actor() -> str:
    """For whom this process works."""
    return os.environ.get(child.ACTOR, "command")


def deeds(var: Path) -> Iterator[dict[str, str]]:
    """All that was noted, oldest first, without lines that a crash tore."""
    for path in sorted((var / FOLDER).glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            with suppress(ValueError):
                yield msgspec.json.decode(line, type=dict[str, str])
