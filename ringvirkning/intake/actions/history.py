"""What is done with what is published: listed, compared, gone back to, copied."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from ringvirkning import ROOT
from ringvirkning.intake import anew, templates
from ringvirkning.intake.changes import differences
from ringvirkning.intake.figures import figures
from ringvirkning.intake.words.changes import changes_words
from ringvirkning.store import audit, keys, sites, taking_back, versions
from ringvirkning.store import backup as backups
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words, clock, finding_words, words
from ringvirkning.texts.safe import terminal_text


def list_versions(asked: argparse.Namespace) -> int:
    """List what was published: name, when, how, who, note; the current one is marked."""
    w, now = words(asked.lang), versions.current(asked.var)
    said = versions.lines(asked.var)
    gone, there = versions.withdrawn(said), versions.publications(said, asked.var)
    for line in said:
        mark = "*" if line == now else " "
        at = clock.there(line.current_at).isoformat()
        told = (at, line.way, line.who or "-", line.note or "")
        state = [] if line in there or line.way == "withdraw" else [state_words(w, line, gone)]
        print(mark, line.name, *map(terminal_text, told), *state)
    return 0 if now else 1


def state_words(w: Words, line: Version, gone: Mapping[str, Version]) -> str:
    """Why a version that was published isn't there."""
    withdrawal = gone.get(line.name)
    date = w.moment(withdrawal.current_at) if withdrawal else ""
    return f"({w('version.state.withdrawn', date=date) if date else w('version.state.missing')})"


def list_deeds(asked: argparse.Namespace) -> int:
    """List the audit log, a line of JSON for each deed: all, or those of one account."""
    if bool(asked.issuer) != bool(asked.sub):
        print(words(asked.lang)("audit.half_an_account"), file=sys.stderr)
        return 2
    account = asked.issuer and audit.code(asked.var, asked.issuer, asked.sub)
    for deed in audit.lines(asked.var):
        if not account or deed.get("who") == account:
            print(json.dumps(deed | {"at": clock.there(deed["at"]).isoformat()}))
    return 0


def changes(asked: argparse.Namespace) -> int:
    """Tell what a version changed in the one before it, or since another version or a day, and why:
    the one named, or the current one."""
    published = versions.history(asked.var)
    name = asked.version
    version = versions.named(name, published) if name else versions.last(published)
    before = versions.since(asked.since, version, published) if version else None
    if version is None or before is None:
        print(words(asked.lang)("version.none_earlier"), file=sys.stderr)
        return 1
    changed = differences(
        before.files(asked.var), version.files(asked.var), since=clock.day(before.published_at)
    )
    # Others are not compiled for our questions.
    are_ready = not any(anew.make_ready(one, asked.var) for one in (before, version))
    databases = before.exact(asked.var), version.exact(asked.var)
    moved = figures(*databases, clock.today()) if are_ready else []
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
    found = taking_back.earlier(asked.var, asked.to)
    if found is None:
        print(w("version.none_earlier"), file=sys.stderr)
        return 1
    if refused := ready(asked, found):
        return refused
    version = taking_back.undo(asked.var, found.name, who=asked.who, note=asked.note)
    audit.note(asked.var, "went_back", audit.actor(), version=version.name)
    print(w("version.is_current", name=version.name))
    return 0


def withdraw(asked: argparse.Namespace) -> int:
    """Take versions from the public and everyone else, their links and presentations too; with
    --destroy their files as well. The page for everyone is written anew where it was of them."""
    w, var = words(asked.lang), asked.var
    try:
        said = taking_back.withdraw(
            var, asked.names, why=asked.why, who=asked.who or None, destroy=asked.destroy
        )
    except LookupError:
        print(w("version.unknown", names=terminal_text(", ".join(asked.names))), file=sys.stderr)
        return 1
    audit.note(var, "withdrew", audit.actor(), version=" ".join(asked.names))
    places = sites.showing(var, asked.names)
    left = [*said.left, *(place for place in places if not written_anew(place, var))]
    if asked.json:
        print(json.dumps({"left": list(map(str, left))}))
        return 0
    print(w("version.withdrawn_now", n=len(asked.names)))
    print(w("version.is_current", name=said.current.name) if said.current else w("data.none_yet"))
    if later := [v.name for v in said.later]:
        print(w("version.later", names=", ".join(later)))
    print(w("version.out_of_reach"))
    if left:
        print(w("version.not_removed", paths=", ".join(map(str, left))), file=sys.stderr)
    return 2 if left else 0


def written_anew(folder: Path, var: Path) -> bool:
    """Have the page for everyone written anew there, by who writes it; whether that was done."""
    command = [
        sys.executable,
        "-m",
        "ringvirkning.export",
        "site",
        str(folder),
        "--var",
        str(var.resolve()),
    ]
    return subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode == 0


def renew(asked: argparse.Namespace) -> int:
    """Compile a version anew from its own files: after an update of the programme, or when its
    databases are damaged. Pages do it by themselves."""
    version = taking_back.named(asked.name, asked.var)
    if version is None:
        print(words(asked.lang)("version.none_earlier"), file=sys.stderr)
        return 1
    return ready(asked, version)


def ready(asked: argparse.Namespace, version: Version) -> int:
    """See that our queries can be asked of it; 1 where they can't, which is said."""
    found = anew.make_ready(version, asked.var)
    for finding in found:
        print(finding_words(words(asked.lang), finding), file=sys.stderr)
    if getattr(asked, "json", False):
        print(json.dumps([asdict(finding) for finding in found]))
    return 1 if found else 0


def backup(asked: argparse.Namespace) -> int:
    """Copy to a new folder what can't be made anew: versions and history, the key of the roundings,
    presentations, the audit log, identity and roles."""
    return copied(
        asked, "backed_up", lambda: (backups.backup(asked.var, asked.folder, asked.settings), [])
    )


def restore(asked: argparse.Namespace) -> int:
    """Copy a backup back, where nothing is published."""
    return copied(
        asked, "restored", lambda: backups.restore(asked.folder, asked.var, asked.settings)
    )


def copied(
    asked: argparse.Namespace, did: audit.Deed, copy: Callable[[], tuple[int, list[Path]]]
) -> int:
    w = words(asked.lang)
    try:
        count, kept = copy()
        audit.note(asked.var, did, audit.actor())
        print(w("version.copied", n=count))
        for place in kept:
            print(w("version.kept", path=place))
    except FileExistsError as error:
        print(w("version.exists", path=error.filename), file=sys.stderr)
        return 1
    except versions.Damaged as error:
        print(w("version.damaged", path=error), file=sys.stderr)
        return 1
    return 0


def key(asked: argparse.Namespace) -> int:
    """Write the key of the roundings to a new file, for another installation that publishes the
    same figures; there, --take it."""
    w, var, file = words(asked.lang), asked.var, asked.key_file
    try:
        if not asked.take:
            keys.give(var, file)
            audit.note(var, "gave_key", audit.actor())
            print(w("key.given", path=file))
            return 0
        taken = keys.take(var, file)
    except FileExistsError:
        print(w("version.exists", path=file), file=sys.stderr)
        return 1
    except keys.NotAKey:
        print(w("key.not_a_key", path=file), file=sys.stderr)
        return 1
    audit.note(var, "took_key", audit.actor())
    print(w("key.taken"))
    if taken.published:
        print(w("key.other_before", n=taken.published))
    if taken.former:
        print(w("key.former", path=taken.former))
    return 0
