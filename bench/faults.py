"""Kills at random moments of publishing, with two readers: `python -m bench.faults [KILLS]`.

Nothing published may be lost or half seen: after every kill the current version is the one before
or the one meant, whole to the byte, and no reader ever met another. A third of the kills falls
anywhere in the run, a third after the version is sealed, while it is flushed and renamed, a third
after it is renamed, while it is written into the history. Where they fell is told by what they
left. Linux.
"""

import multiprocessing
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import queries
from bench.common import ROOT
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.store.leftovers import UNLISTED

DATA = ROOT / "data"


def read(var: Path, stop: Any, told: Any) -> None:
    """Ask the current version again and again, both databases; how often, or what went wrong."""
    reads = 0
    try:
        while not stop.is_set():
            version = versions.current(var)
            assert version
            for database in (version.exact(var), version.protected(var)):
                versions.verify(database)
                with queries.opened(database) as connection:
                    asked = "select (select count(*) from partners), (select count(*) from figures)"
                    (counts,) = connection.execute(asked).fetchall()
                assert counts[0] == 51 and counts[1] > 0, counts
            reads += 1
        told.put(reads)
    except BaseException as error:
        told.put(repr(error))


def command(folder: Path, var: Path) -> list[str]:
    return [sys.executable, "-m", "ringvirkning", "publish", str(folder), "--var", str(var)]


# What is there from a certain moment on, and not before.
SIGNS = {"start": "", "sealed": "building-*/hashes.json", "renamed": f"versions/*/{UNLISTED}"}


def signs(var: Path, moment: str) -> set[Path]:
    return {*var.glob(SIGNS[moment])} if SIGNS[moment] else set()


def wait_for(moment: str, var: Path, before: set[Path], child: subprocess.Popen[bytes]) -> None:
    while SIGNS[moment] and signs(var, moment) <= before and child.poll() is None:
        time.sleep(0.0001)


def killed(folder: Path, var: Path, moment: str, after: float) -> bool:
    """Publish in a process that is killed so many seconds after a moment; whether it still ran."""
    before = signs(var, moment)
    child = subprocess.Popen(command(folder, var), cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_for(moment, var, before, child)
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def lengths(folder: Path, var: Path) -> dict[str, float]:
    """Seconds from the start to the end of the process, from other moments to when it is listed."""
    times = {}
    child = subprocess.Popen(command(folder, var), cwd=ROOT)
    for moment in SIGNS:
        wait_for(moment, var, set(), child)
        times[moment] = time.perf_counter()
    while not versions.history(var) and child.poll() is None:
        time.sleep(0.0001)
    listed = time.perf_counter()
    assert child.wait() == 0
    return {moment: listed - at for moment, at in times.items()} | {
        "start": time.perf_counter() - times["start"]
    }


def left(var: Path) -> set[Path]:
    return {path for pattern in ("building-*", "versions/*") for path in var.glob(pattern)}


def place(new: set[Path], is_new: bool) -> str:
    """Where a kill fell, by what it left."""
    if any((folder / UNLISTED).exists() for folder in new if folder.parent.name == "versions"):
        return "listed, still marked" if is_new else "renamed, not listed"
    if is_new:
        return "listed"
    if any((folder / "hashes.json").exists() for folder in new):
        return "sealed"
    return "building" if new else "nothing built"


def main(kills: int) -> None:
    moments = random.Random(20261125)
    seen, fell = Counter[str](), Counter[str]()
    # Processes: DuckDB gives the threads of one process one instance of a file.
    stop, told = multiprocessing.Event(), multiprocessing.Queue()  # type: ignore[var-annotated]
    with TemporaryDirectory() as temporary:
        var, folder = Path(temporary, "var"), Path(shutil.copytree(DATA, Path(temporary, "data")))
        assert not must_fix(publishing.publish(folder, var))
        seconds = lengths(folder, Path(temporary, "once"))
        readers = [multiprocessing.Process(target=read, args=(var, stop, told)) for _ in range(2)]
        for reader in readers:
            reader.start()
        for number in range(kills):
            before = versions.current(var)
            partners = (DATA / "partners.csv").read_text(encoding="utf-8")
            renamed = partners.replace("Lier kommune", f"Lier kommune {number}")
            (folder / "partners.csv").write_text(renamed, encoding="utf-8")
            moment = [*SIGNS][number % len(SIGNS)]
            there = left(var)
            # With readers at work it takes longer than it did alone.
            after = moments.uniform(0, 2 * seconds[moment])
            seen["killed running"] += killed(folder, var, moment, after)
            now = versions.current(var)
            assert now and before
            is_new = now.source_hash == versions.source_hash(folder)
            assert is_new or now == before
            versions.verify_all(now.folder(var))
            seen["new version after" if is_new else "old version after"] += 1
            fell[place(left(var) - there, is_new)] += 1
        stop.set()
        read_by_each = [told.get(timeout=60) for _ in readers]
        assert not must_fix(publishing.publish(folder, var))
        listed = {version.name for version in versions.history(var)}
        seen["orphans left"] = len({path.name for path in left(var)} - listed)
        for name in listed:
            versions.verify_all(var / "versions" / name)
    took = ", ".join(f"{1000 * seconds[moment]:.1f} ms from {moment}" for moment in SIGNS)
    print(f"{kills} kills of publishing ({took}):", dict(seen))
    print("where they fell:", dict(fell))
    print("reads by each:", read_by_each, "versions whole:", len(listed))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
