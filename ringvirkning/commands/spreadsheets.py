"""What is done with a folder or with spreadsheets: checking, looking, publishing."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queries import Connection
from queries.contract import tables, workbench
from ringvirkning.child import as_json, from_json, own_associations
from ringvirkning.commands.action import (
    Function,
    Run,
    action,
    answers_json,
    note_option,
    progress_of,
    who_option,
)
from ringvirkning.finding import MOST_SHOWN, Finding, must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.answers import Findings, Reading, UploadAnswer
from ringvirkning.intake.checks import excerpts, report, rules
from ringvirkning.intake.publishing import anew, confirming, own_rows
from ringvirkning.intake.sheets import Read, memory
from ringvirkning.intake.uploads import inbox
from ringvirkning.intake.words.names import with_names_of
from ringvirkning.intake.words.report import report_words
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock, finding_words

if TYPE_CHECKING:  # what reads workbooks takes long to import, and a folder has none
    from ringvirkning.intake.uploads.looking import Look

Publish = Callable[..., list[Finding]]
CHECK_ENDS = """Ends with 0 when nothing must be fixed, with 1 when something must or was refused,
and with 2 when a file can't be read or written, or the programme fails."""


def of_spreadsheets(function: Function, at_least_one: bool = True) -> Function:
    """What a page gives a process of its own: choices by file and key, how by table; and the folder
    to keep in what is being looked at."""
    answers = click.option("--answers", metavar="JSON", default="{}", hidden=True)
    place = click.option("--place", type=Path, hidden=True)
    said = "A folder of CSV files, or spreadsheets."
    paths = click.argument("paths", nargs=-1, required=at_least_one, type=Path, help=said)
    return paths(answers(place(answers_json(function))))


@action("check", epilog=CHECK_ENDS)
@click.option("--remarks", metavar="DIR", type=Path, help="Write copies with remarks there.")
@of_spreadsheets
def check(
    run: Run, paths: Sequence[Path], answers: str, place: Path | None, remarks: Path | None
) -> int:
    """Tell what is to be done with a folder or spreadsheets. There are three levels: what must be
    fixed, what should be looked at, what could be better. Nothing is published."""
    before, current = exact(run), versions.current(run.var)
    w = with_names_of(run.w, current.files(run.var) if current else None)
    shown = rules.ALL if remarks else MOST_SHOWN
    if is_folder(paths):
        key = keys.known_secret(run.var)
        said = report.findings_of(paths[0], before, clock.today(), shown, key)
        files = [(paths[0] / table.file, Read(table.file)) for table in tables()]
    else:
        with spreadsheets_in_workbench(run, paths, answers, place, current, shown=shown) as (
            seen,
            _,
        ):
            said, files = list(seen.findings), [*zip(paths, seen.reads, strict=False)]
    if remarks:
        from ringvirkning.intake.uploads.remarks import write_copies

        write_copies(remarks, files, said, w)
    found = report.groups(said)
    if run.is_json:
        print(as_json(found))
    else:
        print(report_words(w, found))
    if any(group.rule in report.UNREADABLE for group in found):
        return 2
    return 1 if any(group.level == "must_fix" for group in found) else 0


@action("publish", epilog=CHECK_ENDS)
@note_option
@who_option
@click.option("--confirm", "confirmed", metavar="CODE", help="By the code that was asked for.")
@click.option("--parent", metavar="VERSION", hidden=True)
@click.option("--by-itself", is_flag=True, hidden=True)
@click.option("--looked-at", "is_kept", is_flag=True, hidden=True)
@of_spreadsheets
def publish_files(
    run: Run,
    paths: Sequence[Path],
    answers: str,
    place: Path | None,
    parent: str | None,
    by_itself: bool,
    is_kept: bool,
    who: str | None,
    note: str | None,
    confirmed: str | None,
) -> int:
    """Make a folder or spreadsheets the current version. Spreadsheets add to what there is."""
    publish = partial(
        publishing.publish,
        var=run.var,
        progress=progress_of(run),
        who=who or None,
        note=note or None,
        confirmed=confirmed or None,
    )
    if is_kept:
        found = publish_kept(run, paths[0], parent or "", publish)
    elif is_folder(paths):
        found = publish_or_explain(run, partial(publish, paths[0], by_itself=by_itself))
    else:
        now = versions.current(run.var)
        with spreadsheets_in_workbench(run, paths, answers, place, now) as (seen, loaded):
            found = list(seen.findings)
            if seen.whole:
                more = partial(publish, way="upload", parent=parent, loaded=loaded)
                found = publish_or_explain(run, partial(more, seen.whole))
                try_to_remember(run, memory.readings(seen.reads))
    return told_of_publishing(run, found)


def told_of_publishing(run: Run, found: Sequence[Finding]) -> int:
    """Say what kept something from being published, or what its publisher is told; the exit
    code."""
    for finding in found:
        if finding.rule != confirming.WAITS:
            print(finding_words(run.w, finding), file=sys.stderr)
    if code := confirming.waiting_code(found):
        print(run.w("confirm.command", code=code), file=sys.stderr)
    if run.is_json:
        print(as_json(found))
    if any(finding.rule in report.UNREADABLE for finding in found):
        return 2
    return 1 if must_fix(found) else 0


def publish_kept(run: Run, folder: Path, parent: str, publish: Publish) -> list[Finding]:
    """Publish what `look` has kept, against the version that it was looked at against: that is
    `parent` also for who has seen it."""
    kept = inbox.origin(folder)
    if kept.parent != parent:
        return [Finding("overtaken", kept.parent or parent)]
    upload = partial(publish, way="upload")
    if own := own_associations():
        publish_own = partial(own_rows.publish_looked_at, folder, run.var, parent, own, upload)
        found = publish_or_explain(run, publish_own)
    else:
        found = publish_or_explain(run, partial(upload, folder, parent=parent))
    try_to_remember(run, kept.readings)
    return found


def try_to_remember(run: Run, readings: Mapping[str, Mapping[str, str]]) -> None:
    with suppress(OSError):  # the next file is asked about again
        memory.remember_readings(run.var, readings)


def publish_or_explain(run: Run, publish: Publish) -> list[Finding]:
    try:
        return publish()
    except storage.FAILURES as error:
        if found := storage.finding(error, run.var):
            return [found]
        raise


# Where rows are withdrawn and nothing else there is no spreadsheet.
@action("look", hidden=True)
@partial(of_spreadsheets, at_least_one=False)
def look_at_files(run: Run, paths: Sequence[Path], answers: str, place: Path | None) -> int:
    """Answer as JSON all that a page shows of a folder or spreadsheets: how they are understood,
    what is found where, and what publishing spreadsheets would change. While that is read, what is
    to be published is built."""
    if is_folder(paths):
        groups = tuple(report.groups(report.findings_of(paths[0], None, clock.today())))
        print(as_json(Findings(groups, tuple(excerpts.of_folder(paths[0], groups)))))
        return 0
    now = versions.current(run.var)
    with spreadsheets_in_workbench(run, paths, answers, place, now, True) as (seen, loaded):
        # At once: who mends the file elsewhere is not asked again when it comes back.
        if answered := memory.answered_readings(seen.reads):
            try_to_remember(run, answered)
        groups = tuple(report.groups(seen.findings))
        said = UploadAnswer(
            Findings(groups, tuple(excerpts.of_uploaded(seen.reads, groups))),
            now.name if now else "",
            tuple(Reading(r.file, r.choices, r.counted, r.is_of_persons) for r in seen.reads),
            tuple(sorted({p.table for read in seen.reads for p in read.parts if p.headings})),
            seen.changes,
        )
        if seen.whole and place:
            said = replace(said, whole=inbox.keep(seen.whole, place, said.parent, seen.reads))
        if said.whole and confirming.to_confirm(seen.findings):
            said = replace(said, confirm=confirming.confirm_code(said.whole, now))
        print(as_json(said), flush=True)
        if said.whole and place and said.changes.differences:
            publishing.build_ahead(place / said.whole, run.var, loaded)
    return 0


def exact(run: Run) -> Path | None:
    """The exact database of the current version, ready to be asked; None where there is none."""
    now = versions.current(run.var)
    if now is None or anew.make_ready(now, run.var):
        return None
    return now.exact(run.var)


def is_folder(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and not paths[0].is_file()


@contextmanager
def spreadsheets_in_workbench(
    run: Run,
    paths: Sequence[Path],
    answers: str,
    place: Path | None,
    now: Version | None,
    is_compared: bool = False,
    shown: int = MOST_SHOWN,
) -> "Iterator[tuple[Look, Connection]]":
    """What spreadsheets say, and the folder to publish, which is there meanwhile, as in the
    workbench."""
    from ringvirkning.intake.uploads import looking

    asked = from_json(answers, looking.Asked)
    with ExitStack() as stack:
        try:
            beside = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place)))
            loaded = stack.enter_context(workbench(beside / "spill"))
            progress = partial(progress_of(run), "looking")
            today, whole = clock.today(), beside / "whole"
            whole.mkdir()
            seen = looking.look(
                loaded, paths, run.var, now, whole, today, asked, progress, is_compared, shown
            )
        except storage.FAILURES as error:
            if not (found := storage.finding(error, place or run.var)):
                raise
            seen, loaded = looking.Look(findings=(found,)), stack.enter_context(workbench())
        yield seen, loaded
