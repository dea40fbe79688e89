"""Parts on workers of Dask: `python -m bench.cluster ACTIVITIES PARTS WORKERS [kill] [bound]`.

Twice as many outcomes as activities, in as many parts; with `kill` one worker is lost while parts
are compiled; `bound`, each worker has one core alone, as on a machine of its own. Says how long
each step took, the CPU of the worker that had most to do, which is how long it takes where each has
a core of its own, and how much memory processes had at most. Targets: two workers take 0.6 of the
time of one, with 2 GB each; the first page of records comes in 0.5 s.
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
from ringvirkning.intake.parts import publication


def peak() -> float:
    """GB that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main(activities: int, parts: int, workers: int, kill: bool, bound: bool) -> None:
    place = OUT / f"parts-{activities}-{parts}"
    if not (place / f"Forening {parts}" / "outcomes.csv").exists():
        generate_parts(place, activities, parts)
    name = f"{activities}-{parts}-{workers}"
    work, var = OUT / f"work-{name}", OUT / f"var-of-parts-{name}"
    for folder in (work, var):
        shutil.rmtree(folder, ignore_errors=True)
    var.mkdir(parents=True)
    peaks: dict[str, float] = {}
    longest = 0.0
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
            nonlocal longest
            began, used = time.perf_counter(), client.run(time.process_time)
            handed = [client.submit(task, *values, pure=False) for values in asked]
            if kill and task.__name__ == "compile_part":
                wait(handed, return_when="FIRST_COMPLETED")
                process = next(iter(client.run(os.getpid).values()))
                os.kill(process, signal.SIGKILL)
                print(f"worker {process} was killed", flush=True)
            found: list[list[Finding]] = client.gather(handed)
            peaks.update(client.run(peak))
            took = time.perf_counter() - began
            now = client.run(time.process_time).items()
            cpu = max(spent - used.get(worker, 0.0) for worker, spent in now)
            longest += cpu
            most = ", ".join(f"{had:.2f}" for had in peaks.values())
            of = f"{task.__name__:16}{len(asked):5}"
            print(f"{of}{took:8.1f} s; CPU of one {cpu:.1f} s; {most} GB", flush=True)
            return found

        if bound:
            for core, address in enumerate(client.scheduler_info()["workers"]):
                client.run(os.sched_setaffinity, 0, {core}, workers=[address])
        began, own = time.perf_counter(), time.process_time()
        found = publication.publish_parts(str(place), str(work), var, each)
        took = time.perf_counter() - began
        longest += time.process_time() - own
    print(f"with {longest:.1f} s of CPU, one after the other")
    print(found[:3], f"{workers} workers: {took:.1f} s; here {peak():.2f} GB; {load()}")


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:4]]
    main(numbers[0], numbers[1], numbers[2], "kill" in sys.argv[4:], "bound" in sys.argv[4:])
