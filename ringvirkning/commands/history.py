"""What was published: listed, compared, gone back to, withdrawn, compiled anew."""

import sys
from collections.abc import Mapping, Sequence

import click

from ringvirkning.child import as_json, own_associations
from ringvirkning.commands.action import (
    Refusal,
    Run,
    action,
    answers_json,
    note_option,
    part_of,
    require_ready,
    who_option,
)
from ringvirkning.finding import must_fix
from ringvirkning.intake.answers import Changes, Withdrawn
from ringvirkning.intake.changes import differences
from ringvirkning.intake.figures import figure_pairs
from ringvirkning.intake.publishing import anew, own_rows
from ringvirkning.intake.words.changes import changes_words
from ringvirkning.intake.words.names import with_names_of
from ringvirkning.store import audit, sites, taking_back, versions
from ringvirkning.store.sites import Site
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words, clock, finding_words
from ringvirkning.texts.safe import terminal_text


@action("versions")
def list_versions(run: Run) -> int:
    """List what was published, oldest first. A line has name, when, how, who and note. The current
    version is marked with a star; where there is none, it ends with 1."""
    now = versions.current(run.var)
    lines = versions.history_lines(run.var)
    gone, there = versions.withdrawn(lines), versions.publications(lines, run.var)
    for line in lines:
        mark = "*" if line == now else " "
        at = clock.there(line.current_at).isoformat()
        said = (at, line.way, line.who or "-", line.note or "")
        state = [] if line in there or line.way == "withdraw" else [state_words(run.w, line, gone)]
        print(mark, line.name, *map(terminal_text, said), *state)
    return 0 if now else 1


def state_words(w: Words, line: Version, gone: Mapping[str, Version]) -> str:
    """Why a version that was published isn't there."""
    withdrawal = gone.get(line.name)
    date = w.moment(withdrawal.current_at) if withdrawal else ""
    return f"({w('version.state.withdrawn', date=date) if date else w('version.state.missing')})"


@action("changes")
@click.option("--version", "name", metavar="VERSION", help="The version; else the current one.")
@click.option("--since", metavar="VERSION|DAY", help="Since when; else the version before.")
@answers_json
def list_changes(run: Run, name: str | None, since: str | None) -> int:
    """Tell what a version changed. Rows and key figures, beside the version before, another one or
    that of a day."""
    var = run.var
    published = versions.history(var)
    version = versions.version_named(name, published) if name else versions.last(published)
    before = versions.since(since, version, published) if version else None
    if version is None or before is None:
        raise Refusal(run.w("version.none_earlier"))
    day = clock.norwegian_day(before.published_at)
    (was, exact_then), (now, exact_now) = (part_of(run, one) for one in (before, version))
    changed = differences(was, now, since=day)
    moved = figure_pairs(exact_then, exact_now, clock.today()) if exact_then and exact_now else []
    if run.is_json:
        print(as_json(Changes(tuple(changed), tuple(moved))))
    else:
        w = with_names_of(run.w, version.files(var))
        print(changes_words(w, changed, moved))
    return 0


@action("undo")
@click.option("--to", metavar="VERSION", help="The version to go back to; else the one before.")
@note_option
@who_option
@answers_json
def undo_version(run: Run, to: str | None, note: str | None, who: str | None) -> int:
    """Make an earlier version current again. It may be one that was withdrawn, if its files are
    there."""
    own = own_associations()
    if own:
        return undo_own(run, to, note, who, own)
    found = taking_back.earlier(run.var, to)
    if found is None:
        raise Refusal(run.w("version.none_earlier"))
    require_ready(run, found)
    version = taking_back.undo(run.var, found.name, who=who, note=note)
    audit.note_deed(run.var, "went_back", audit.actor(), version=version.name)
    print(run.w("version.is_current", name=version.name))
    return 0


def undo_own(
    run: Run, to: str | None, note: str | None, who: str | None, own: Sequence[str]
) -> int:
    """Publish the current version with the rows of some associations as they were in an earlier
    one, of those that can be seen."""
    published = versions.history(run.var)
    then = versions.version_named(to or "", published)
    found = (
        own_rows.publish_as_then(run.var, then, own, who or None, note or None) if then else None
    )
    if found is None:
        raise Refusal(run.w("version.none_earlier"))
    if not must_fix(found):
        audit.note_deed(run.var, "went_back", audit.actor(), version=to)
    for finding in found:
        print(finding_words(run.w, finding), file=sys.stderr)
    if run.is_json:
        print(as_json(found))
    return 1 if must_fix(found) else 0


@action("withdraw")
@click.argument("names", metavar="VERSION...", nargs=-1, required=True, help="As `versions` lists.")
@click.option("--why", metavar="TEXT", required=True, help="Why; staff see it in the history.")
@who_option
@click.option("--destroy", is_flag=True, help="Its files, too: there is no way back.")
@answers_json
def withdraw_versions(
    run: Run, names: tuple[str, ...], why: str, who: str | None, destroy: bool
) -> int:
    """Take versions from everyone. That goes for their links and presentations, too, and the page
    for everyone is written anew where it was of them. Ends with 2 when something is left."""
    w, var = run.w, run.var
    try:
        done = taking_back.withdraw(var, [*names], why=why, who=who or None, destroy=destroy)
    except LookupError as unknown:
        said = w("version.unknown", names=terminal_text(", ".join(names)))
        raise Refusal(said) from unknown
    audit.note_deed(var, "withdrew", audit.actor(), version=" ".join(names))
    places = sites.showing(var, [*names])
    left = [*done.left, *(place.folder for place in places if not write_anew(run, place))]
    if run.is_json:
        print(as_json(Withdrawn(tuple(map(str, left)))))
        return 0
    print(w("version.withdrawn_now", n=len(names)))
    print(w("version.is_current", name=done.current.name) if done.current else w("data.none_yet"))
    if later := [v.name for v in done.later]:
        print(w("version.later", names=", ".join(later)))
    print(w("version.out_of_reach"))
    if left:
        print(w("version.not_removed", paths=", ".join(map(str, left))), file=sys.stderr)
    return 2 if left else 0


def write_anew(run: Run, site: Site) -> bool:
    """Write the page for everyone there once more; whether that could be done. Whatever hinders it,
    the versions are withdrawn."""
    from ringvirkning.commands import exports

    try:
        said = exports.write_pages(run, *site)
    except Exception as error:
        reason = error if isinstance(error, Refusal) else type(error).__name__
        print(f"{site.folder}: {reason}", file=sys.stderr)
        return False
    if not run.is_json:
        print(said)
    return True


@action("renew", hidden=True)
@click.argument("name", metavar="VERSION", help="As `versions` lists.")
@answers_json
def renew_version(run: Run, name: str) -> int:
    """Compile a version anew from its own files: after an update of the programme, or when its
    databases are damaged. Pages do it by themselves."""
    version = taking_back.kept_version(name, run.var)
    if version is None:
        raise Refusal(run.w("version.none_earlier"))
    own = own_associations()
    found = anew.make_own(version, run.var, own) if own else anew.make_ready(version, run.var)
    for finding in found:
        print(finding_words(run.w, finding), file=sys.stderr)
    if run.is_json:
        print(as_json(found))
    return 1 if found else 0
