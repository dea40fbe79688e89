"""Notices a changed file in the data folder, and has it published in a process of its own."""

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from queries.contract import tables
from ringvirkning import child
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake.publishing import DATA_FOLDER, KEPT_BACK, confirming
from ringvirkning.store import leftovers, versions
from ringvirkning.store.versions import HISTORY, Version

log = logging.getLogger(__name__)
CONTRACT_COLUMNS = {column.name for table in tables() for column in table.columns}
# What a file can't help: tried again by itself, at first soon and then less often (seconds).
PASSING_RULES = {"disk_full", "not_writable", "publishing_failed"}
PAUSE, LONGEST_PAUSE = 5.0, 300.0


class Watch:
    """What is published from one folder, by whatever way, and what keeps the folder from being
    newer."""

    def __init__(self, folder: Path, var: Path) -> None:
        self.folder, self.var = folder.resolve(), var.resolve()
        self.findings: list[Finding] = []
        self.known: tuple[tuple[int, ...], list[Version], list[Version]] = ((), [], [])
        from_data = [v for v in self.published if v.way == "data"]
        self.seen = from_data[-1].signature if self.version and from_data else ""
        self.publishing, self.pauses = threading.Lock(), Pauses()
        leftovers.sweep_if_alone(self.var)

    @property
    def lines(self) -> list[Version]:
        """All that the history says; read again when it has grown or is another file."""
        return self.read()[0]

    @property
    def published(self) -> list[Version]:
        """The publications that can be shown, oldest first."""
        return self.read()[1]

    def read(self) -> tuple[list[Version], list[Version]]:
        try:
            stat = (self.var / HISTORY).stat()
        except FileNotFoundError:
            return [], []
        before, lines, published = self.known
        now = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if before != now:
            lines = versions.history_lines(self.var)
            published = versions.publications(lines, self.var)
            self.known = (now, lines, published)
        return lines, published

    @property
    def version(self) -> Version | None:
        """The current version."""
        return versions.last(self.published)

    @property
    def has_changed(self) -> bool:
        """Whether the folder is to be published: it has changed, or what was published of it is
        gone; not while a disk that is full or the like was just met."""
        is_gone = self.version is None and not self.findings
        is_other = versions.folder_signature(self.folder) != self.seen
        return (is_gone or is_other) and self.pauses.is_over(self.folder.name)

    def latest(self) -> tuple[Version | None, list[Finding]]:
        """Publish what has changed; who comes meanwhile gets the version before."""
        if self.has_changed and self.publishing.acquire(blocking=self.version is None):
            try:
                self.refresh()
            finally:
                self.publishing.release()
        if self.is_out:
            self.findings = []
        return self.version, self.findings

    @property
    def is_out(self) -> bool:
        """Whether what waited for somebody was published by another way, as by a command."""
        reasons = {finding.rule for finding in self.findings if finding.file == DATA_FOLDER}
        from_data = [v.signature for v in self.published if v.way == "data"]
        return bool(reasons & KEPT_BACK) and from_data[-1:] == [self.seen]

    def refresh(self) -> None:
        if not self.has_changed:  # someone else was quicker
            return
        seen = versions.folder_signature(self.folder)
        self.take(seen, publish_folder(self.folder, self.var))

    def take(self, seen: str, found: list[Finding]) -> None:
        """Remember what keeps the folder from being published as it was seen, if anything does."""
        told = [f for f in found if f.level == "must_fix" or f.rule in confirming.RULES]
        self.findings = told if must_fix(found) else []
        if is_passing(self.findings):
            self.pauses.begin(self.folder.name, self.findings)
        else:
            self.pauses.end(self.folder.name)
            self.seen = seen

    def publish_now(self, who: str = "server", confirmed: str | None = None) -> list[Finding]:
        """Publish the folder because somebody says so, also after what came from it was withdrawn,
        and with the code of what they confirm; what keeps it from that."""
        with self.publishing:
            seen = versions.folder_signature(self.folder)
            more = [f"--confirm={confirmed}"] if confirmed else []
            self.take(
                seen, publish_folder(self.folder, self.var, more=more, by_itself=False, who=who)
            )
        return self.findings

    def make_ready(self, version: Version, own: Sequence[str] = ()) -> list[Finding]:
        """Have a version compiled anew from its own files, or the part of it that is of some
        associations alone; what keeps it from that, which is said again for a while without trying
        again."""
        what = version.own(self.var, own).name if own else version.name
        with self.publishing:
            if (
                versions.version_named(version.name, self.published) is None
            ):  # withdrawn while we waited
                return [Finding("was_withdrawn", version.name)]
            if not self.pauses.is_over(what):
                return self.pauses.findings(what)
            command = ["renew", version.name, "--var", str(self.var)]
            found = child_findings(command, version.name, own=own)
            if found:
                self.pauses.begin(what, found)
            else:
                self.pauses.end(what)
            return found


def is_passing(found: list[Finding]) -> bool:
    return any(finding.rule in PASSING_RULES for finding in found)


class Pauses:
    """When what failed is tried again, by what it is; monotonic, whatever becomes of the clock."""

    def __init__(self) -> None:
        self.until: dict[str, tuple[float, float, list[Finding]]] = {}

    def is_over(self, what: str) -> bool:
        return what not in self.until or time.monotonic() >= self.until[what][0]

    def findings(self, what: str) -> list[Finding]:
        return self.until[what][2]

    def begin(self, what: str, found: list[Finding]) -> None:
        """Twice as long as the last time."""
        _, before, _ = self.until.get(what, (0, PAUSE / 2, []))
        pause = min(2 * before, LONGEST_PAUSE)
        self.until[what] = (time.monotonic() + pause, pause, found)

    def end(self, what: str) -> None:
        self.until.pop(what, None)


def finding_place(finding: Finding) -> str:
    """Which rule is broken where. Neither what stands there nor a heading of the file's own, which
    may be anybody's name."""
    column = finding.column if finding.column in CONTRACT_COLUMNS else None
    where = [finding.file, finding.row and f"row {finding.row}", column, f"× {finding.count}"]
    return f"{finding.level} {finding.rule}: " + ", ".join(str(part) for part in where if part)


def publish_folder(
    folder: Path,
    var: Path,
    by_itself: bool = True,
    more: Sequence[str] = (),
    who: str = "server",
) -> list[Finding]:
    """Publish a data folder in a child; what it found, and in the log what the child said."""
    command = ["publish", str(folder), "--var", str(var), "--lang", "en", *more]
    return child_findings(command + ["--by-itself"] * by_itself, folder.name, who)


def child_findings(
    command: list[str], what: str, who: str = "server", own: Sequence[str] = ()
) -> list[Finding]:
    """What a child finds about a folder or a version; that it failed is a finding, too."""
    try:
        found = child.reply(list[Finding], command, child.DATA, actor=who, own=own)
    except child.Failed as error:
        log.error("%s %s failed:\n%s", command[0], what, error.log)
        if error.took_too_long:
            return [Finding("took_too_long", what)]
        return [Finding("publishing_failed", what)]
    if found:
        log.warning("%s %s:\n%s", command[0], what, "\n".join(map(finding_place, found)))
    return found
