"""A million activities and two million outcomes from CSV: `python -m bench.compile`.

Each time in a fresh process, into an empty folder. Target: 60 s beyond protection, 2 GB. The stages
are those of `intake.publishing`; `--statements` prints what each statement of DuckDB took instead.
"""

import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.common import LARGE, OUT, ROOT, data, load

TIMES = 3
STAGES = {
    "hash of the files": ("store.versions", "source_hash"),
    "whole files: size, UTF-8, heading": ("intake.read", "file_findings"),
    "CSV to given.*, fields checked": ("intake.read", "load_table"),
    "personal data": ("intake.checks.guard", "leaks"),
    "the contract's rules": ("intake.checks.contract", "findings"),
    "protection": ("intake.protection.protect", "protect"),
    "the two databases": ("intake.publishing", "compile_database"),
    "hash of what was built": ("store.versions", "seal"),
    "the whole of build": ("intake.publishing", "build"),
}


def once(folder: Path, var: Path) -> dict[str, float]:
    """Publish in this process; seconds per stage, and what the process used."""
    from ringvirkning.finding import must_fix
    from ringvirkning.intake import publishing

    took: dict[str, float] = defaultdict(float)

    def timed(stage, function):
        def run(*args, **named):
            began = time.perf_counter()
            answer = function(*args, **named)
            answer = answer if isinstance(answer, str | list | None) else [*answer]
            took[stage] += time.perf_counter() - began
            return answer

        return run

    for stage, (room, name) in STAGES.items():
        module = import_module(f"ringvirkning.{room}")
        setattr(module, name, timed(stage, getattr(module, name)))
    began = time.perf_counter()
    found = publishing.publish(folder, var)
    if must_fix(found):
        raise SystemExit(f"not published: {found[0]}")
    took["wall"] = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    took["CPU"] = used.ru_utime + used.ru_stime
    took["peak memory, MB"] = used.ru_maxrss / 1024
    return took


def fresh(folder: Path, var: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.compile", "--once", str(folder), str(var)]
    child = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(child.stdout)
    return found


def statements(folder: Path, var: Path) -> None:
    """Seconds of wall and CPU of each statement, the slow ones."""
    import duckdb

    from queries import contract
    from ringvirkning.intake import publishing

    class Timed:
        def __init__(self, *spill):
            self.own = contract.workbench(*spill)

        def __getattr__(self, name):
            return getattr(self.own, name)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.own.close()

        def execute(self, sql, *values):
            for part in duckdb.extract_statements(sql) if isinstance(sql, str) else [sql]:
                began, used = time.perf_counter(), time.process_time()
                self.own.execute(part, *values)
                wall = time.perf_counter() - began
                if wall > 0.05:
                    said = " ".join(part.query.split())[:110]
                    print(f"{wall:6.2f} {time.process_time() - used:6.2f}  {said}")
            return self.own

    contract.tables()
    setattr(publishing, "workbench", Timed)  # noqa: B010
    publishing.publish(folder, var)


def main(times: int) -> None:
    folder, runs = data(LARGE), []
    for _ in range(times):
        with TemporaryDirectory(dir=OUT) as var:
            runs.append(fresh(folder, Path(var)))
            size = next(Path(var).rglob("exact.duckdb")).stat().st_size / 2**20
    print(f"median of {times}, seconds of wall where nothing else is said; {load()}")
    for stage in runs[0]:
        print(f"{stage:36}{statistics.median(run[stage] for run in runs):8.2f}")
    print(f"{'size of the version, MB':36}{size:8.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(once(Path(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1:2] == ["--statements"]:
        shutil.rmtree(OUT / "statements", ignore_errors=True)
        statements(data(LARGE), OUT / "statements")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
