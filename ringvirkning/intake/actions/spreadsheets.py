"""What is done with a folder or with spreadsheets: checking, looking, publishing."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from queries.contract import tables
from ringvirkning.finding import Finding
from ringvirkning.intake import confirming, excerpts, publishing, report, uploads
from ringvirkning.intake.actions import exact, told_progress
from ringvirkning.intake.figures import Figure, figures
from ringvirkning.intake.read import SHOWN
from ringvirkning.intake.remarks import write_copies
from ringvirkning.intake.sheets import Read, memory
from ringvirkning.intake.words.report import report_words
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock, finding_words, words


def check(asked: argparse.Namespace) -> int:
    """Tell what is found in a folder or in spreadsheets, in three levels; nothing is published."""
    before = exact(asked)
    if is_folder(asked):
        folder, shown = asked.paths[0], report.ALL if asked.remarks else SHOWN
        key = keys.known_secret(asked.var)
        said = report.checked(folder, before, clock.today(), shown, key)
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
        "confirmed": asked.confirm,
        "progress": told_progress(asked),
    }
    if is_folder(asked):
        found = published(asked, asked.paths[0], by_itself=asked.by_itself, **more)
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
        if finding.rule != confirming.WAITS:
            print(finding_words(words(asked.lang), finding), file=sys.stderr)
    if code := confirming.waiting(found):
        print(words(asked.lang)("confirm.command", code=code), file=sys.stderr)
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
        groups = report.groups(report.checked(folder, None, clock.today()))
        said: dict[str, Any] = {"excerpts": excerpts.of_folder(folder, groups)}
    else:
        now = versions.current(asked.var)
        with understood(asked) as seen:
            groups = report.groups(seen.findings)
            said = {
                "parent": now.name if now else None,
                "confirm": code_asked(seen, now),
                "excerpts": excerpts.of_uploaded(seen.reads, groups),
                "reads": [{"file": read.file, "choices": read.choices} for read in seen.reads],
                "tables": sorted({part.table for read in seen.reads for part in read.parts}),
                "differences": seen.differences,
                "figures": drafted(asked, seen.whole) if seen.whole and seen.differences else [],
                "is_whole": seen.whole is not None,
            }
    print(json.dumps({"groups": groups, **said}, default=asdict))
    return 0


def code_asked(seen: uploads.Look, now: Version | None) -> str | None:
    """The code to publish with, where what was found must be confirmed."""
    if seen.whole is None or not confirming.asked(seen.findings):
        return None
    return confirming.code(versions.source_hash(seen.whole), now)


def drafted(asked: argparse.Namespace, folder: Path) -> list[Figure]:
    """The key figures that publishing a folder would give, beside those there are, if any."""
    now = exact(asked)
    if now is None:
        return []
    with tempfile.TemporaryDirectory(dir=asked.place) as place:
        draft = Path(place) / "draft.duckdb"
        publishing.draft(folder, draft)
        return figures(now, draft, clock.today())


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
            seen = uploads.look(
                asked.paths, asked.var, current, place, clock.today(), said, progress
            )
        except storage.FAILURES as error:
            if not (found := storage.finding(error, asked.place or asked.var)):
                raise
            seen = uploads.Look(findings=(found,))
        yield seen
