"""Disks of a test's own, as small or as read-only as it wants, in its own name space (Linux)."""

import subprocess
import sys

import pytest

from ringvirkning import ROOT

UNSHARE = ["unshare", "--map-root-user", "--mount"]


def can_mount() -> bool:
    try:
        run = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], timeout=30)
    except OSError:
        return False
    return run.returncode == 0


needs_disks = pytest.mark.skipif(
    sys.platform != "linux" or not can_mount(), reason="no disks of one's own"
)


def with_own_disks(shell: str, **given: object) -> str:
    """What is printed by the commands of a shell that may mount; it is given $PYTHON and these."""
    base = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHON": sys.executable}
    done = subprocess.run(
        [*UNSHARE, "sh", "-c", shell],
        cwd=ROOT,
        env=base | {name: str(value) for name, value in given.items()},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
