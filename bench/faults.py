"""Kills at random moments of publishing, with two readers: `python -m bench.faults [KILLS]`.

Nothing published may be lost or half seen: after every kill the current version is the one before
or the one meant, whole to the byte, and no reader ever met another. Linux.
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
from intake import publishing, versions

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


def killed(folder: Path, var: Path, after: float) -> bool:
    """Publish in a process that is killed after so many seconds; whether it was still running."""
    command = [sys.executable, "-m", "intake", "publish", str(folder), "--var", str(var)]
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def main(kills: int) -> None:
    moments, seen = random.Random(20261125), Counter[str]()
    # Processes: DuckDB gives the threads of one process one instance of a file.
    stop, told = multiprocessing.Event(), multiprocessing.Queue()  # type: ignore[var-annotated]
    with TemporaryDirectory() as place:
        var, folder = Path(place, "var"), Path(shutil.copytree(DATA, Path(place, "data")))
        assert not publishing.must_fix(publishing.publish(folder, var))
        began = time.perf_counter()
        once = [sys.executable, "-m", "intake", "publish", str(folder), "--var", f"{place}/once"]
        subprocess.run(once, cwd=ROOT, check=True)
        whole = 1.5 * (time.perf_counter() - began)
        readers = [multiprocessing.Process(target=read, args=(var, stop, told)) for _ in range(2)]
        for reader in readers:
            reader.start()
        for number in range(kills):
            before = versions.current(var)
            partners = (DATA / "partners.csv").read_text(encoding="utf-8")
            renamed = partners.replace("Lier kommune", f"Lier kommune {number}")
            (folder / "partners.csv").write_text(renamed, encoding="utf-8")
            seen["killed"] += killed(folder, var, moments.uniform(0, whole))
            after = versions.current(var)
            assert after and before
            is_new = after.source_hash == versions.source_hash(folder)
            assert is_new or after == before
            versions.verify_all(after.folder(var))
            seen["new after" if is_new else "old after"] += 1
        stop.set()
        read_by_each = [told.get(timeout=60) for _ in readers]
        assert not publishing.must_fix(publishing.publish(folder, var))
        seen["orphans left"] = len(list(var.glob("building-*")))
    print(f"{kills} kills within {whole:.1f} s of publishing:", dict(seen), "reads", read_by_each)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
