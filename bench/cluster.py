"""Parts on workers of Dask: `python -m bench.cluster ACTIVITIES PARTS WORKERS [kill]`.

Twice as many outcomes as activities, in as many parts; with `kill` one worker is lost while parts
are compiled. Says how long each step took and how much memory its processes had at most. Targets:
two workers take 0.6 of the time of one, with 2 GB each; the first page of records comes in 0.5 s.
"""

import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

from distributed import Client, LocalCluster, wait

from bench.common import OUT, load
from bench.generate import generate_parts
from ringvirkning.finding import Finding
from ringvirkning.intake import merging_parts


def peak() -> float:
    """GB that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main(activities: int, parts: int, workers: int, kill: bool) -> None:
    place = OUT / f"parts-{activities}-{parts}"
    if not (place / f"Forening {parts}" / "outcomes.csv").exists():
        generate_parts(place, activities, parts)
    name = f"{activities}-{parts}-{workers}"
    work, var = OUT / f"work-{name}", OUT / f"var-of-parts-{name}"
    for folder in (work, var):
        shutil.rmtree(folder, ignore_errors=True)
    var.mkdir(parents=True)
    peaks: dict[str, float] = {}
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=None,
        ) as cluster,
        Client(cluster) as client,
    ):

        def each(task: Any, asked: Sequence[tuple[Any, ...]]) -> list[list[Finding]]:
            began = time.perf_counter()
            handed = [client.submit(task, *values, pure=False) for values in asked]
            if kill and task.__name__ == "compile_part":
                wait(handed, return_when="FIRST_COMPLETED")
                process = next(iter(client.run(os.getpid).values()))
                os.kill(process, signal.SIGKILL)
                print(f"worker {process} was killed", flush=True)
            found: list[list[Finding]] = client.gather(handed)
            peaks.update(client.run(peak))
            took = time.perf_counter() - began
            most = ", ".join(f"{had:.2f}" for had in peaks.values())
            print(f"{task.__name__:16}{len(asked):5}{took:8.1f} s; {most} GB", flush=True)
            return found

        began = time.perf_counter()
        found = merging_parts.publish_parts(str(place), str(work), var, each)
        took = time.perf_counter() - began
    print(found[:3], f"{workers} workers: {took:.1f} s; here {peak():.2f} GB; {load()}")


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:4]]
    main(numbers[0], numbers[1], numbers[2], kill=sys.argv[4:] == ["kill"])
