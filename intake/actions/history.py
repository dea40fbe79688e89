"""What is done with what is published: listed, compared, gone back to, copied."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from intake import audit, templates, versions
from intake import backup as backups
from intake.changes import differences
from intake.figures import figures
from texts import Words, clock, words
from texts.changes import changes_words
from texts.safe import terminal_text


def list_versions(asked: argparse.Namespace) -> int:
    """List what was published: name, when, how, who, note; the current one is marked."""
    now = versions.current(asked.var)
    for version in versions.history(asked.var):
        mark = "*" if version == now else " "
        told = (
            clock.there(version.current_at).isoformat(),
            version.way,
            version.who or "-",
            version.note or "",
        )
        print(mark, version.name, *map(terminal_text, told))
    return 0 if now else 1


def list_deeds(asked: argparse.Namespace) -> int:
    """List the audit log, a line of JSON for each deed: all, or those of one account."""
    account = asked.issuer and asked.sub and audit.code(asked.var, asked.issuer, asked.sub)
    for deed in audit.lines(asked.var):
        if not account or deed.get("who") == account:
            print(json.dumps(deed | {"at": clock.there(deed["at"]).isoformat()}))
    return 0


def changes(asked: argparse.Namespace) -> int:
    """Tell what a version changed in the one before it, or since another version or a day, and why:
    the one named, or the current one."""
    published = versions.history(asked.var)
    name = asked.version
    version = versions.named(name, published) if name else versions.readable(published)
    before = versions.since(asked.since, version, published) if version else None
    if version is None or before is None:
        print(words(asked.lang)("version.none_earlier"), file=sys.stderr)
        return 1
    changed = differences(
        before.files(asked.var), version.files(asked.var), since=clock.day(before.published_at)
    )
    # Others were compiled for other questions.
    are_alike = before.contract == version.contract == versions.contract_hash()
    databases = before.exact(asked.var), version.exact(asked.var)
    moved = figures(*databases, clock.today()) if are_alike else []
    if asked.json:
        print(json.dumps({"differences": changed, "figures": moved}, default=asdict))
    else:
        measures = templates.numbered(version.files(asked.var) / "measures.csv").values()
        named = {m["measure"]: {"name": m[f"name_{asked.lang}"]} for m in measures}
        print(changes_words(Words(asked.lang, named), changed, moved))
    return 0


def undo(asked: argparse.Namespace) -> int:
    """Make an earlier version current again: the one named, or the one before."""
    w = words(asked.lang)
    try:
        version = versions.undo(asked.var, asked.to, who=asked.who, note=asked.note)
    except LookupError:
        print(w("version.none_earlier"), file=sys.stderr)
        return 1
    audit.note(asked.var, "went_back", audit.actor(), version=version.name)
    print(w("version.is_current", name=version.name))
    return 0


def backup(asked: argparse.Namespace) -> int:
    """Copy everything that is published to a new folder."""
    return copied(asked, lambda: backups.backup(asked.var, asked.folder))


def restore(asked: argparse.Namespace) -> int:
    """Copy a backup back, where nothing is published."""
    return copied(asked, lambda: backups.restore(asked.folder, asked.var))


def copied(asked: argparse.Namespace, copy: Callable[[], int]) -> int:
    w = words(asked.lang)
    try:
        print(w("version.copied", n=copy()))
    except FileExistsError as error:
        print(w("version.exists", path=error.filename), file=sys.stderr)
        return 1
    except versions.Damaged as error:
        print(w("version.damaged", path=error), file=sys.stderr)
        return 1
    return 0
