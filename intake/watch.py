"""Notices a changed file in the data folder, and has it published in a process of its own."""

import logging
import os
import threading
from pathlib import Path

from intake import Finding, child, leftovers, versions
from intake.child import Progress
from intake.contract import tables
from intake.versions import HISTORY, Version

log = logging.getLogger(__name__)
COLUMNS = {column.name for table in tables() for column in table.columns}


class Watch:
    """What is published from one folder, by whatever way, and what keeps the folder from being
    newer."""

    def __init__(self, folder: Path, var: Path) -> None:
        self.folder, self.var = folder.resolve(), var.resolve()
        self.findings: list[Finding] = []
        self.known: tuple[os.stat_result | None, list[Version]] = (None, [])
        from_data = [v for v in self.published if v.way == "data"]
        self.seen = from_data[-1].signature if self.version and from_data else ""
        self.publishing = threading.Lock()
        leftovers.sweep_if_alone(self.var)

    @property
    def published(self) -> list[Version]:
        """The history, oldest first; read again when it has grown."""
        try:
            now = (self.var / HISTORY).stat()
        except FileNotFoundError:
            return []
        before, found = self.known
        if not before or (before.st_size, before.st_mtime_ns) != (now.st_size, now.st_mtime_ns):
            found = versions.history(self.var)
            self.known = (now, found)
        return found

    @property
    def version(self) -> Version | None:
        """The current version."""
        return versions.readable(self.published)

    @property
    def has_changed(self) -> bool:
        return versions.signature(self.folder) != self.seen

    def latest(self) -> tuple[Version | None, list[Finding]]:
        """Publish what has changed; who comes meanwhile gets the version before."""
        if self.has_changed and self.publishing.acquire(blocking=self.version is None):
            try:
                self.refresh()
            finally:
                self.publishing.release()
        return self.version, self.findings

    def refresh(self) -> None:
        seen = versions.signature(self.folder)
        if seen == self.seen:
            return
        found = publish(self.folder, self.var)
        self.findings = [finding for finding in found if finding.level == "must_fix"]
        self.seen = seen


def place(finding: Finding) -> str:
    """Which rule is broken where. Neither what stands there nor a heading of the file's own, which
    may be anybody's name."""
    column = finding.column if finding.column in COLUMNS else None
    where = [finding.file, finding.row and f"row {finding.row}", column, f"× {finding.count}"]
    return f"{finding.level} {finding.rule}: " + ", ".join(str(part) for part in where if part)


def publish(
    folder: Path, var: Path, progress: Progress = lambda stage, part: None
) -> list[Finding]:
    """Publish a data folder in a child; what it found, and in the log what the child said."""
    command = ["publish", str(folder), "--var", str(var), "--lang", "en"]
    try:
        answer = child.answer(command, child.DATA, progress)
        found = [Finding(**fields) for fields in answer]
    except child.Failed as error:
        log.error("publishing %s failed:\n%s", folder, error.log)
        if error.took_too_long:
            return [Finding("took_too_long", folder.name)]
        return [Finding("publishing_failed", folder.name)]
    if found:
        log.warning("publishing %s:\n%s", folder, "\n".join(map(place, found)))
    return found
