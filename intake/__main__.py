"""`python -m intake check FOLDER` says what is to be done with the files in a folder, and
`python -m intake publish FOLDER` makes them the current version.

Exit 0 when nothing must be fixed, 1 when something must or nothing could be done, 2 when a file
can't be read or written or the program fails. With --json also what was found, on the output: of
`publish` a list of findings, of `check` of groups of them.
"""

import argparse
import io
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from intake import backup as backups
from intake import publishing, report, versions
from texts import LANGUAGES, finding_words, words
from texts.report import report_words
from texts.safe import terminal_text


def check(asked: argparse.Namespace) -> int:
    """Tell what is found, in three levels; nothing is written."""
    version = versions.current(asked.var)
    before = version.exact(asked.var) if version else None
    found = report.groups(report.checked(asked.folder, before, today()))
    if asked.json:
        print(json.dumps([asdict(group) for group in found]))
    else:
        print(report_words(words(asked.lang), found))
    if any(group.rule in report.UNREADABLE for group in found):
        return 2
    return 1 if any(group.level == "must_fix" for group in found) else 0


def publish(asked: argparse.Namespace) -> int:
    """Make the files the current version; what must be fixed is told on the error output."""
    found = publishing.publish(
        asked.folder, asked.var, who=asked.who, note=asked.note, progress=told_progress(asked)
    )
    for finding in found:
        print(finding_words(words(asked.lang), finding), file=sys.stderr)
    if asked.json:
        print(json.dumps([asdict(finding) for finding in found]))
    return 1 if publishing.must_fix(found) else 0


def list_versions(asked: argparse.Namespace) -> int:
    """List what was published: name, when, how, who, note; the current one is marked."""
    now = versions.current(asked.var)
    for version in versions.history(asked.var):
        mark = "*" if version == now else " "
        told = (version.current_at, version.way, version.who or "-", version.note or "")
        print(mark, version.name, *map(terminal_text, told))
    return 0 if now else 1


def undo(asked: argparse.Namespace) -> int:
    """Make an earlier version current again: the one named, or the one before."""
    w = words(asked.lang)
    try:
        version = publishing.undo(asked.var, asked.to, who=asked.who, note=asked.note)
    except LookupError:
        print(w("version.none_earlier"), file=sys.stderr)
        return 1
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


def told_progress(asked: argparse.Namespace) -> publishing.Progress:
    """Say on a terminal what a long run is at."""
    w, began = words(asked.lang), time.monotonic()

    def tell(stage: str, part: float) -> None:
        if sys.stderr.isatty() and time.monotonic() - began > 1:
            end = "\n" if part == 1 else ""
            print(f"\r{w(f'version.stage.{stage}')} {w.percent(part)}", end=end, file=sys.stderr)

    return tell


def today() -> date:
    """RINGVIRKNING_AS_OF rehearses another day, here as on the pages."""
    asked = os.environ.get("RINGVIRKNING_AS_OF")
    return date.fromisoformat(asked) if asked else date.today()


ARGUMENTS: dict[str, dict[str, Any]] = {
    "folder": {"type": Path},
    "--var": {"type": Path, "default": Path("var"), "help": "what the app writes to"},
    "--lang": {"choices": LANGUAGES, "default": "nb"},
    "--json": {"action": "store_true"},
    "--note": {"help": "what has changed"},
    "--who": {"help": "who publishes"},
    "--to": {"metavar": "NAME", "help": "the version to go back to"},
}
ACTIONS: dict[str, tuple[Any, ...]] = {
    "check": (check, "folder", "--json"),
    "publish": (publish, "folder", "--json", "--note", "--who"),
    "versions": (list_versions,),
    "undo": (undo, "--to", "--note", "--who"),
    "backup": (backup, "folder"),
    "restore": (restore, "folder"),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, (act, *given) in ACTIONS.items():
        action = actions.add_parser(name, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        for argument in (*given, "--var", "--lang"):
            action.add_argument(argument, **ARGUMENTS[argument])
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    try:
        return int(asked.act(asked))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except Exception as error:  # only where and which: its message may quote what was read
        where = traceback.format_tb(error.__traceback__)
        print(*where, type(error).__name__, sep="", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
