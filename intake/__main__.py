"""`python -m intake check PATH …` says what is to be done with a folder or with spreadsheets, and
`python -m intake publish PATH …` makes them the current version.

Exit 0 when nothing must be fixed, 1 when something must or nothing could be done, 2 when a file
can't be read or written or the program fails. With --json also what was found, on the output: of
`publish` a list of findings, of `check` of groups of them.
"""

import argparse
import io
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from intake import Finding, excerpts, publishing, report, storage, templates, uploads, versions
from intake import backup as backups
from intake.changes import differences
from intake.child import take_limits
from intake.contract import tables
from intake.figures import Figure, figures
from intake.follow_up import follow_up
from intake.personal import personal
from intake.read import SHOWN
from intake.remarks import write_copies
from intake.sheets import Read, memory
from texts import LANGUAGES, Words, finding_words, words
from texts.changes import changes_words
from texts.report import report_words
from texts.safe import terminal_text


def check(asked: argparse.Namespace) -> int:
    """Tell what is found in a folder or in spreadsheets, in three levels; nothing is published."""
    version = versions.current(asked.var)
    before = version.exact(asked.var) if version else None
    if is_folder(asked):
        folder, shown = asked.paths[0], report.ALL if asked.remarks else SHOWN
        said = report.checked(folder, before, today(), shown)
        files = [(folder / table.file, Read(table.file)) for table in tables()]
    else:
        with understood(asked) as seen:
            said, files = list(seen.findings), [*zip(asked.paths, seen.reads, strict=False)]
    if asked.remarks:
        write_copies(asked.remarks, files, said, words(asked.lang))
    found = report.groups(said)
    if asked.json:
        print(json.dumps([asdict(group) for group in found]))
    else:
        print(report_words(words(asked.lang), found))
    if any(group.rule in report.UNREADABLE for group in found):
        return 2
    return 1 if any(group.level == "must_fix" for group in found) else 0


def publish(asked: argparse.Namespace) -> int:
    """Make a folder, or what spreadsheets add to what there is, the current version."""
    more: dict[str, Any] = {
        "who": asked.who or None,
        "note": asked.note or None,
        "progress": told_progress(asked),
    }
    if is_folder(asked):
        found = published(asked, asked.paths[0], **more)
    else:
        with understood(asked) as seen:
            found = list(seen.findings)
            if seen.whole:
                parent = {"parent": asked.parent} if asked.parent else {}
                found = published(asked, seen.whole, way="upload", **more, **parent)
                with suppress(OSError):  # the next file is asked about again
                    for read in seen.reads:
                        memory.remember(asked.var, read)
    for finding in found:
        print(finding_words(words(asked.lang), finding), file=sys.stderr)
    if asked.json:
        print(json.dumps([asdict(finding) for finding in found]))
    if any(finding.rule in report.UNREADABLE for finding in found):
        return 2
    return 1 if publishing.must_fix(found) else 0


def published(asked: argparse.Namespace, folder: Path, **more: Any) -> list[Finding]:
    try:
        return publishing.publish(folder, asked.var, **more)
    except storage.FAILURES as error:
        if found := storage.finding(error, asked.var):
            return [found]
        raise


def look(asked: argparse.Namespace) -> int:
    """Answer as JSON all that a page shows of a folder or spreadsheets: how they are understood,
    what is found where, and what publishing spreadsheets would change."""
    if is_folder(asked):
        (folder,) = asked.paths
        groups = report.groups(report.checked(folder, None, today()))
        said: dict[str, Any] = {"excerpts": excerpts.of_folder(folder, groups)}
    else:
        now = versions.current(asked.var)
        with understood(asked) as seen:
            groups = report.groups(seen.findings)
            said = {
                "parent": now.name if now else None,
                "excerpts": excerpts.of_uploaded(seen.reads, groups),
                "reads": [{"file": read.file, "choices": read.choices} for read in seen.reads],
                "tables": sorted({part.table for read in seen.reads for part in read.parts}),
                "differences": seen.differences,
                "figures": drafted(asked, seen.whole) if seen.whole and seen.differences else [],
                "is_whole": seen.whole is not None,
            }
    print(json.dumps({"groups": groups, **said}, default=asdict))
    return 0


def drafted(asked: argparse.Namespace, folder: Path) -> list[Figure]:
    """The key figures that publishing a folder would give, beside those there are, if any."""
    now = versions.current(asked.var)
    if now is None:
        return []
    with tempfile.TemporaryDirectory(dir=asked.place) as place:
        draft = Path(place) / "draft.duckdb"
        publishing.draft(folder, draft)
        return figures(now.exact(asked.var), draft, today())


def changes(asked: argparse.Namespace) -> int:
    """Tell what a version changed in the one before it: the one named, or the current one."""
    published = versions.history(asked.var)
    name = asked.version
    version = versions.named(name, published) if name else versions.readable(published)
    before = versions.before(version, published) if version else None
    if version is None or before is None:
        print(words(asked.lang)("version.none_earlier"), file=sys.stderr)
        return 1
    changed = differences(before.files(asked.var), version.files(asked.var))
    # Others were compiled for other questions.
    are_alike = before.contract == version.contract == versions.contract_hash()
    databases = before.exact(asked.var), version.exact(asked.var)
    moved = figures(*databases, today()) if are_alike else []
    if asked.json:
        print(json.dumps({"differences": changed, "figures": moved}, default=asdict))
    else:
        measures = templates.numbered(version.files(asked.var) / "measures.csv").values()
        named = {m["measure"]: {"name": m[f"name_{asked.lang}"]} for m in measures}
        print(changes_words(Words(asked.lang, named), changed, moved))
    return 0


def is_folder(asked: argparse.Namespace) -> bool:
    return len(asked.paths) == 1 and not asked.paths[0].is_file()


@contextmanager
def understood(asked: argparse.Namespace) -> Iterator[uploads.Look]:
    """What spreadsheets say, and the folder to publish, which is there meanwhile."""
    given = json.loads(asked.answers)
    said = uploads.Asked(given.get("answers", {}), given.get("how", {}))
    with ExitStack() as stack:
        try:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=asked.place)))
            current = versions.current(asked.var)
            progress = partial(told_progress(asked), "looking")
            seen = uploads.look(asked.paths, asked.var, current, place, today(), said, progress)
        except storage.FAILURES as error:
            if not (found := storage.finding(error, asked.place or asked.var)):
                raise
            seen = uploads.Look(findings=(found,))
        yield seen


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
        version = versions.undo(asked.var, asked.to, who=asked.who, note=asked.note)
    except LookupError:
        print(w("version.none_earlier"), file=sys.stderr)
        return 1
    print(w("version.is_current", name=version.name))
    return 0


def personal_said(asked: argparse.Namespace) -> list[str]:
    """Why what the history would keep and show is refused: what it is, and never the value."""
    w, said = words(asked.lang), vars(asked)
    return [
        w(f"publication.personal.{kind}", field=f"--{name}")
        for name in ("who", "note")
        if (kind := personal(said.get(name) or ""))
    ]


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


def template(asked: argparse.Namespace) -> int:
    """Write a workbook to fill in: empty, or --filled with what is published."""
    w, version = words(asked.lang), versions.current(asked.var)
    if asked.filled and version is None:
        print(w("form.nothing_published"), file=sys.stderr)
        return 1
    folder = version.files(asked.var) if version else SHIPPED
    if asked.filled:
        content = templates.filled(folder, w)
    else:
        measures = templates.numbered(folder / "measures.csv")
        content = templates.template(w, [*measures.values()])
    with asked.file.open("xb") as file:  # never over what someone has filled in
        file.write(content)
    return 0


def ask_partner(asked: argparse.Namespace) -> int:
    """Write a workbook to send to a partner, which asks for what is missing of its."""
    w, version = words(asked.lang), versions.current(asked.var)
    if version is None:
        print(w("form.nothing_published"), file=sys.stderr)
        return 1
    folder = version.files(asked.var)
    found = report.checked(folder, None, today(), report.ALL)
    try:
        content = follow_up(folder, found, asked.partner, w)
    except KeyError:
        print(w("form.no_partner", partner=terminal_text(asked.partner)), file=sys.stderr)
        return 1
    with asked.file.open("xb") as file:
        file.write(content)
    if asked.json:
        print(json.dumps([]))
    return 0


def told_progress(asked: argparse.Namespace) -> publishing.Progress:
    """Say what a long run is at: on a terminal, or to whoever reads JSON line by line."""
    w, began = words(asked.lang), time.monotonic()

    def tell(stage: str, part: float) -> None:
        if asked.progress:
            print(json.dumps({"stage": stage, "part": part}), flush=True)
        elif sys.stderr.isatty() and time.monotonic() - began > 1:
            end = "\n" if part == 1 else ""
            print(f"\r{w(f'version.stage.{stage}')} {w.percent(part)}", end=end, file=sys.stderr)

    return tell


def today() -> date:
    """RINGVIRKNING_AS_OF rehearses another day, here as on the pages."""
    asked = os.environ.get("RINGVIRKNING_AS_OF")
    return date.fromisoformat(asked) if asked else date.today()


SHIPPED = Path(__file__).parents[1] / "data"
ARGUMENTS: dict[str, dict[str, Any]] = {
    "folder": {"type": Path},
    "paths": {"type": Path, "nargs": "+", "help": "a folder of CSV files, or spreadsheets"},
    "--answers": {"default": "{}", "help": "JSON: choices by file and key, how by table"},
    "--parent": {"help": "the version that the spreadsheets were looked at against"},
    "--place": {"type": Path, "help": "where to keep what is being looked at"},
    "file": {"type": Path, "help": "the XLSX file to write; it must not exist"},
    "partner": {"help": "the partner_id"},
    "--filled": {"action": "store_true"},
    "--var": {"type": Path, "default": Path("var"), "help": "what the app writes to"},
    "--lang": {"choices": LANGUAGES, "default": "nb"},
    "--json": {"action": "store_true"},
    "--progress": {"action": "store_true", "help": "say as JSON how far it is, a line each"},
    "--note": {"help": "what has changed"},
    "--who": {"help": "who publishes"},
    "--version": {"metavar": "NAME", "help": "the version to tell of; else the current one"},
    "--to": {"metavar": "NAME", "help": "the version to go back to"},
    "--remarks": {"type": Path, "metavar": "DIR", "help": "write copies with remarks there"},
}
SPREADSHEETS = ("paths", "--json", "--progress", "--answers", "--place")
ACTIONS: dict[str, tuple[Any, ...]] = {
    "check": (check, *SPREADSHEETS, "--remarks"),
    "publish": (publish, *SPREADSHEETS, "--note", "--who", "--parent"),
    "look": (look, *SPREADSHEETS),
    "versions": (list_versions,),
    "changes": (changes, "--version", "--json", "--progress"),
    "undo": (undo, "--to", "--note", "--who"),
    "backup": (backup, "folder"),
    "restore": (restore, "folder"),
    "template": (template, "file", "--filled"),
    "follow-up": (ask_partner, "partner", "file", "--json", "--progress"),
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
    take_limits()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    if refused := personal_said(asked):
        print(*refused, sep="\n", file=sys.stderr)
        return 1
    try:
        return int(asked.act(asked))
    except OSError as error:
        found = storage.finding(error, asked.var)
        print(finding_words(words(asked.lang), found) if found else error, file=sys.stderr)
        return 2
    except Exception as error:  # only where and which: its message may quote what was read
        where = traceback.format_tb(error.__traceback__)
        print(*where, type(error).__name__, sep="", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
