"""Notices a changed file in the data folder, and has it published in a process of its own.

A child process, so that the memory of reading a large or hostile file is given back, and a crash
there is a finding here.
"""

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

from intake import Finding, versions
from intake.versions import Version

ROOT = Path(__file__).parents[1]
log = logging.getLogger(__name__)


class Watch:
    """The newest good version of one folder, and what keeps the folder from being newer."""

    def __init__(self, folder: Path, var: Path) -> None:
        self.folder, self.var = folder.resolve(), var.resolve()
        self.findings: list[Finding] = []
        self.version = versions.current(self.var)
        from_data = [v for v in versions.history(self.var) if v.way == "data"]
        self.seen = from_data[-1].signature if self.version and from_data else ""
        self.publishing = threading.Lock()

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
        command = [sys.executable, "-m", "intake", "publish", str(self.folder)]
        child = subprocess.run(
            [*command, "--var", str(self.var), "--lang", "en", "--json"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
        )
        if child.returncode in (0, 1) and child.stdout:
            found = [Finding(**fields) for fields in json.loads(child.stdout)]
        else:
            found = [Finding("publishing_failed", self.folder.name)]
        self.findings = [finding for finding in found if finding.level == "must_fix"]
        if found:
            log.warning("publishing %s:\n%s", self.folder, child.stderr)
        self.version = versions.current(self.var)
        self.seen = seen
