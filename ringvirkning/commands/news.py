"""What is new since the letter before, as a letter: written, kept, and sent by a mail server."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ringvirkning.commands.action import (
    Refusal,
    Run,
    association_of,
)
from ringvirkning.commands.exports import current_version, identity_in
from ringvirkning.export.letter import (
    LetterPart,
    due_part,
    letter_of,
    message_of,
    record_changes,
)
from ringvirkning.export.posted import message_in
from ringvirkning.export.sending import NotSent, Post, Unanswered, post_letter
from ringvirkning.figures import feet
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.intake import ownership
from ringvirkning.intake.changes import Difference, differences
from ringvirkning.intake.figures import figure_pairs
from ringvirkning.intake.publishing import anew
from ringvirkning.intake.words.changes import (
    counted_words,
    figure_words,
    reasons_words,
    shown_all,
)
from ringvirkning.store import audit, letters, versions
from ringvirkning.store.letters import Letter
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock
from ringvirkning.texts.safe import terminal_text

SUBMISSION = 587  # the port where letters are handed in (RFC 6409)


class LetterSeries(NamedTuple):
    """Letters that follow each other: of an association ("": of all), with exact figures or not, in
    a language."""

    association: str
    is_exact: bool
    language: str

    @property
    def associations(self) -> list[str]:
        return [self.association] if self.association else []

    def database(self, version: Version, var: Path) -> Path:
        return version.exact(var) if self.is_exact else version.protected(var)

    def shown(self, run: Run, version: Version) -> View:
        address = address_of_associations(self.associations)
        return seen(run.w, version, self.database(version, run.var), clock.today(), address)


class Before(NamedTuple):
    """The letter before, the version that it was written of, and the rows that differ since."""

    letter: Letter
    version: Version
    rows: Sequence[Difference]


def write_and_send(
    run: Run, named: str | None, is_exact: bool, anyway: bool, address: str, post: Post | None
) -> int:
    """Write the letter of an association, or of all, where anything is new, and send what waits;
    the exit code."""
    w, var = run.w, run.var
    version = current_version(run)
    database = version.exact(var) if is_exact else version.protected(var)
    series = LetterSeries(association_of(run, database, named), is_exact, w.language)
    with letters.alone_with_letters(var):
        mine = [one for one in letters.kept_letters(var) if one.series == series]
        for one in mine:
            if one.delivery == "handing_over":
                print(w("letter.unanswered", place=str(one.message(var))), file=sys.stderr)
        before = letter_before(run, series, version, mine)
        if before and not before.rows and not anyway:
            print(w("letter.nothing_new", date=w.day(before.letter.written_at)))
        else:
            make_letter(run, series, version, before, address, bool(post))
        waiting = [
            one
            for one in letters.kept_letters(var)
            if one.series == series and one.delivery == "waiting"
        ]
        return 0 if not post or send_all(run, waiting, post) else 1


def post_of(
    run: Run,
    smtp: str,
    plain: bool,
    user: str,
    password_file: Path | None,
    sender: str,
    to: Sequence[str],
    patience: float,
) -> Post:
    """How letters are sent. Raises Refusal where that can't be known, or the password would be read
    by others, and OSError."""
    try:
        place = urlsplit(f"//{smtp}")
        host, port = place.hostname, place.port or SUBMISSION
    except ValueError:
        host, port = None, SUBMISSION
    if not host:
        raise Refusal(run.w("letter.no_server", found=terminal_text(smtp)))
    if not (sender and to):
        raise Refusal(run.w("letter.no_addresses"))
    if user and plain:
        raise Refusal(run.w("letter.plain_password"))
    password = password_file.read_text(encoding="utf-8").strip() if password_file else ""
    return Post(host, port, not plain, sender, to, user, password, patience)


def letter_before(
    run: Run, series: LetterSeries, now: Version, mine: Sequence[Letter]
) -> Before | None:
    """The last letter of which the version can still be asked."""
    published = versions.history(run.var)
    for letter in reversed(mine):
        then = versions.version_named(letter.version, published)
        if then and not anew.make_ready(then, run.var):
            return Before(letter, then, rows_between(run, series, then, now))
    return None


def rows_between(run: Run, series: LetterSeries, then: Version, now: Version) -> list[Difference]:
    """The rows that differ, of the association alone where there is one."""
    if then.name == now.name:
        return []
    since = clock.norwegian_day(then.published_at)
    folders = [version.files(run.var) for version in (then, now)]
    with tempfile.TemporaryDirectory() as place:
        if series.association:
            own = [Path(place) / name for name in ("before", "after")]
            for folder, into in zip(folders, own, strict=True):
                into.mkdir()
                ownership.write_own(folder, into, series.associations)
            folders = own
        was, is_now = folders
        return differences(was, is_now, since=since)


def make_letter(
    run: Run,
    series: LetterSeries,
    version: Version,
    before: Before | None,
    address: str,
    is_posted: bool,
) -> None:
    """The letter is made, and lies in its folder. Raises Refusal where what it is written of was
    withdrawn meanwhile."""
    w, var, shown = run.w, run.var, series.shown(run, version)
    who = identity_in(run, shown.database, associations_shown(shown))
    parts = [*news(run, series, shown, before), *([due_part(shown)] if series.is_exact else [])]
    message = message_of(shown, who, letter_of(shown, who, parts, address))
    letter = Letter(
        letters.free_name(var, clock.today().isoformat(), *series),
        version.name,
        before.version.name if before else "",
        *series,
        clock.now_text(),
        "waiting" if is_posted else "kept",
    )
    with versions.alone(var):  # a withdrawal comes before and is seen, or after and sees the letter
        if version.name in versions.withdrawn(versions.history_lines(var)):
            raise Refusal(w("website.withdrawn"))
        letters.keep_letter(var, letter, message.as_bytes())
    print(w("export.written", n=1, place=str(letter.message(var))))


def news(
    run: Run, series: LetterSeries, shown: View, before: Before | None
) -> Iterator[LetterPart]:
    """What is new since the letter before, and why. Everyone is told what everyone sees: how many
    records there are, and rounded figures; staff which rows differ why, and what the history
    notes."""
    w = shown.words
    if before is None:
        yield LetterPart(w("letter.no_earlier"), [w("letter.next_tells")])
        return
    then = series.database(before.version, run.var)
    if series.is_exact:
        lines = [counted_words(w, one) for one in before.rows]
        lines += [reasons_words(w, before.rows)] if before.rows and shown_all(before.rows) else []
    else:
        lines = record_changes(series.shown(run, before.version), shown)
    pairs = figure_pairs(then, shown.database, shown.as_of, series.associations)
    moved = [pair for pair in pairs if pair.before != pair.after]
    since = w.day(before.letter.written_at)
    yield LetterPart(w("letter.news", date=since), lines or [w("letter.same_records")])
    if moved:
        # Of all years, these may be off by more than the overview's, of which that is told above.
        is_rounded = feet.rounding(shown, [pair.measure for pair in moved])
        told = [figure_words(w, pair) for pair in moved]
        told += [w("letter.rounded")] if is_rounded else []
        yield LetterPart(w("difference.figures"), told)
    elif before.rows:
        yield LetterPart(w("difference.figures"), [w("letter.same_figures")])
    if noted := notes_since(run, series, before) if series.is_exact else []:
        yield LetterPart(w("letter.notes"), noted)


def notes_since(run: Run, series: LetterSeries, before: Before) -> list[str]:
    """What was noted at each publication since; in a letter of one association only what its own
    staff noted, as in the history."""
    return [
        f"{run.w.moment(line.current_at)}: {line.note}"
        for line in versions.history(run.var)
        if line.note
        and line.current_at >= before.letter.written_at
        and line.name != before.version.name
        and (not series.association or {*line.associations} == {series.association})
    ]


def send_all(run: Run, waiting: Sequence[Letter], post: Post) -> bool:
    """Send what waits, oldest first, until one can't be sent; whether all were."""
    for letter in waiting:
        try:
            send_letter(run, letter, post)
        except NotSent as error:
            key, *more = error.args
            named = dict(zip(("server", "answer"), map(terminal_text, more), strict=False))
            said = run.w(f"letter.{key}", place=str(letter.message(run.var)), **named)
            print(said, file=sys.stderr)
            return False
    return True


def send_letter(run: Run, letter: Letter, post: Post) -> None:
    """That it is being handed over is noted first: whatever ends us then, it is not sent twice.
    Raises NotSent."""
    var = run.var
    content = message_in(letter.message(var))
    note = partial(letters.note_delivery, var, letter)
    try:
        refused = post_letter(content, letter.name, post, partial(note, "handing_over"))
    except NotSent as error:
        if not isinstance(error, Unanswered):
            note("waiting")
        raise
    note("sent")
    audit.note_deed(
        var, "sent_letter", audit.actor(), version=letter.version, association=letter.association
    )
    print(run.w("letter.sent", n=len(post.recipients) - len(refused), name=letter.name))
    if refused:
        print(run.w("letter.some_refused", n=len(refused)), file=sys.stderr)
