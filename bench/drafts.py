"""Kills at random moments of saving what is typed: `python -m bench.drafts [KILLS]`.

A process keeps one draft after another and says so of each; it is killed (SIGKILL) at any moment.
Every draft that it has said to be kept is there afterwards, whole, as it was last written.
"""

import random
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.common import ROOT
from ringvirkning.intake.forms import drafts
from ringvirkning.store import leftovers

KILLS = 200
MOST_WRITTEN = 100_000  # before a kill
# Ten drafts, each written again and again, with a text that is long enough to be half written.
WRITER = """
import itertools, sys
from pathlib import Path
from ringvirkning.store.numbered import keep_numbered
from ringvirkning.intake.forms.entries import Entry
folder = Path(sys.argv[1])
print("ready", flush=True)
for n in itertools.count(int(sys.argv[2])):
    id = f"{n % 10:012}"
    keep_numbered(folder, Entry(id, "activities", {"note": f"{n} " * 5000}, at=f"{n % 10}"))
    print(id, n, flush=True)
"""


def kept_before_kill(folder: Path, start: int, wait: float) -> dict[str, int]:
    """The drafts that were said to be kept before a kill, and the last number of each."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(start)],
        cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert writer.stdout and writer.stdout.readline() == "ready\n"
    try:
        writer.wait(wait)
    except subprocess.TimeoutExpired:
        writer.send_signal(signal.SIGKILL)
    said, _ = writer.communicate()
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {id: int(n) for id, n in lines}


def all_kills(kills: int) -> tuple[int, int]:
    """How many drafts were said to be kept, one kill upon what those before have left, and how many
    of them were lost, or older, after a kill."""
    random.seed(1)
    kept = lost = 0
    acknowledged: dict[str, int] = {}
    with TemporaryDirectory() as name:
        folder = drafts.folder_of(Path(name), "")
        for kill in range(kills):
            said = kept_before_kill(folder, kill * MOST_WRITTEN, random.uniform(0.002, 0.15))
            kept += len(said)
            acknowledged |= said
            there = {e.id: int(e.row["note"].split()[0]) for e in drafts.kept_entries(folder)}
            lost += sum(there.get(id, -1) < n for id, n in acknowledged.items())
        left = [*folder.glob("tmp*")]
        assert all(any(file.match(p) for p in leftovers.PASSING_FILES) for file in left)
    return kept, lost


if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    kept, lost = all_kills(kills)
    print(f"{kills} kills, {kept} drafts said to be kept before one, {lost} lost")
    sys.exit(bool(lost))
