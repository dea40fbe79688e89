"""What is done with a folder or with spreadsheets: checking, looking, publishing."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from queries.contract import tables
from ringvirkning.commands.action import (
    PATH,
    Function,
    Run,
    action,
    answers_json,
    note,
    progress_of,
    who,
)
from ringvirkning.finding import Finding
from ringvirkning.intake import anew, confirming, excerpts, publishing, report
from ringvirkning.intake.figures import Figure, figures
from ringvirkning.intake.read import SHOWN
from ringvirkning.intake.sheets import Read, memory
from ringvirkning.intake.words.report import report_words
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock, finding_words

if TYPE_CHECKING:  # what reads workbooks takes long to import, and a folder has none
    from ringvirkning.intake.uploads import Look

ENDS = """Ends with 0 when nothing must be fixed, with 1 when something must or was refused, and
with 2 when a file can't be read or written, or the programme fails."""


def of_spreadsheets(function: Function) -> Function:
    """What a page gives a process of its own: choices by file and key, how by table; and the folder
    to keep in what is being looked at."""
    answers = click.option("--answers", metavar="JSON", default="{}", hidden=True)
    place = click.option("--place", type=PATH, hidden=True)
    said = "A folder of CSV files, or spreadsheets."
    paths = click.argument("paths", nargs=-1, required=True, type=PATH, help=said)
    return paths(answers(place(answers_json(function))))


@action("check", epilog=ENDS)
@click.option("--remarks", metavar="DIR", type=PATH, help="Write copies with remarks there.")
@of_spreadsheets
def check(
    run: Run, paths: Sequence[Path], answers: str, place: Path | None, remarks: Path | None
) -> int:
    """Tell what is to be done with a folder or spreadsheets. There are three levels: what must be
    fixed, what should be looked at, what could be better. Nothing is published."""
    before = exact(run)
    if is_folder(paths):
        shown = report.ALL if remarks else SHOWN
        key = keys.known_secret(run.var)
        said = report.checked(paths[0], before, clock.today(), shown, key)
        files = [(paths[0] / table.file, Read(table.file)) for table in tables()]
    else:
        with understood(run, paths, answers, place) as seen:
            said, files = list(seen.findings), [*zip(paths, seen.reads, strict=False)]
    if remarks:
        from ringvirkning.intake.remarks import write_copies

        write_copies(remarks, files, said, run.w)
    found = report.groups(said)
    if run.is_json:
        print(json.dumps([asdict(group) for group in found]))
    else:
        print(report_words(run.w, found))
    if any(group.rule in report.UNREADABLE for group in found):
        return 2
    return 1 if any(group.level == "must_fix" for group in found) else 0


@action("publish", epilog=ENDS)
@note
@who
@click.option("--confirm", "confirmed", metavar="CODE", help="By the code that was asked for.")
@click.option("--parent", metavar="VERSION", hidden=True)
@click.option("--by-itself", is_flag=True, hidden=True)
@of_spreadsheets
def publish(
    run: Run, paths: Sequence[Path], parent: str | None, by_itself: bool, **given: Any
) -> int:
    """Make a folder or spreadsheets the current version. Spreadsheets add to what there is."""
    answers, place = given.pop("answers"), given.pop("place")
    said = {name: text or None for name, text in given.items()}
    if is_folder(paths):
        found = published(run, paths[0], by_itself=by_itself, **said)
    else:
        with understood(run, paths, answers, place) as seen:
            found = list(seen.findings)
            if seen.whole:
                after = {"parent": parent} if parent else {}
                found = published(run, seen.whole, way="upload", **said, **after)
                with suppress(OSError):  # the next file is asked about again
                    for read in seen.reads:
                        memory.remember(run.var, read)
    for finding in found:
        if finding.rule != confirming.WAITS:
            print(finding_words(run.w, finding), file=sys.stderr)
    if code := confirming.waiting(found):
        print(run.w("confirm.command", code=code), file=sys.stderr)
    if run.is_json:
        print(json.dumps([asdict(finding) for finding in found]))
    if any(finding.rule in report.UNREADABLE for finding in found):
        return 2
    return 1 if publishing.must_fix(found) else 0


def published(run: Run, folder: Path, **more: Any) -> list[Finding]:
    try:
        return publishing.publish(folder, run.var, progress=progress_of(run), **more)
    except storage.FAILURES as error:
        if found := storage.finding(error, run.var):
            return [found]
        raise


@action("look", hidden=True)
@of_spreadsheets
def look(run: Run, paths: Sequence[Path], answers: str, place: Path | None) -> int:
    """Answer as JSON all that a page shows of a folder or spreadsheets: how they are understood,
    what is found where, and what publishing spreadsheets would change."""
    if is_folder(paths):
        groups = report.groups(report.checked(paths[0], None, clock.today()))
        said: dict[str, Any] = {"excerpts": excerpts.of_folder(paths[0], groups)}
    else:
        now = versions.current(run.var)
        with understood(run, paths, answers, place) as seen:
            groups = report.groups(seen.findings)
            said = {
                "parent": now.name if now else None,
                "confirm": code_asked(seen, now),
                "excerpts": excerpts.of_uploaded(seen.reads, groups),
                "reads": [{"file": read.file, "choices": read.choices} for read in seen.reads],
                "tables": sorted({part.table for read in seen.reads for part in read.parts}),
                "differences": seen.differences,
                "figures": drafted(run, seen, place),
                "is_whole": seen.whole is not None,
            }
    print(json.dumps({"groups": groups, **said}, default=asdict))
    return 0


def code_asked(seen: "Look", now: Version | None) -> str | None:
    """The code to publish with, where what was found must be confirmed."""
    if seen.whole is None or not confirming.asked(seen.findings):
        return None
    return confirming.code(versions.source_hash(seen.whole), now)


def drafted(run: Run, seen: "Look", place: Path | None) -> list[Figure]:
    """The key figures that publishing it would give, beside those there are, if any."""
    if seen.whole is None or not seen.differences or (now := exact(run)) is None:
        return []
    with tempfile.TemporaryDirectory(dir=place) as beside:
        draft = Path(beside) / "draft.duckdb"
        publishing.draft(seen.whole, draft)
        return figures(now, draft, clock.today())


def exact(run: Run) -> Path | None:
    """The exact database of the current version, ready to be asked; None where there is none."""
    now = versions.current(run.var)
    if now is None or anew.make_ready(now, run.var):
        return None
    return now.exact(run.var)


def is_folder(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and not paths[0].is_file()


@contextmanager
def understood(
    run: Run, paths: Sequence[Path], answers: str, place: Path | None
) -> "Iterator[Look]":
    """What spreadsheets say, and the folder to publish, which is there meanwhile."""
    from ringvirkning.intake import uploads

    given = json.loads(answers)
    asked = uploads.Asked(given.get("answers", {}), given.get("how", {}))
    with ExitStack() as stack:
        try:
            beside = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place)))
            current = versions.current(run.var)
            progress = partial(progress_of(run), "looking")
            seen = uploads.look(paths, run.var, current, beside, clock.today(), asked, progress)
        except storage.FAILURES as error:
            if not (found := storage.finding(error, place or run.var)):
                raise
            seen = uploads.Look(findings=(found,))
        yield seen
