"""The eight questions of the overview together, on one core: `python -m bench.queries`.

Both sizes by turns, every round under filters not used before. Target: 40 ms at either size.
"""

import statistics
import sys
import time
from collections import defaultdict
from itertools import islice

import queries
from bench.common import (
    EIGHT,
    LARGE,
    SMALL,
    codes,
    database,
    load,
    one_core,
    parameters,
    selections,
    spread,
)
from tests.row_types import row_type

ROUNDS, WARM = 60, 3


def main(rounds: int) -> None:
    one_core()
    connections = {size: queries.opened(database(size)) for size in (SMALL, LARGE)}
    chosen = selections(codes(connections[LARGE]), seed=1)
    wall: dict[tuple[int, str], list[float]] = defaultdict(list)
    cpu: dict[tuple[int, str], list[float]] = defaultdict(list)
    for turn, values in enumerate(map(parameters, islice(chosen, rounds + WARM))):
        for size, connection in connections.items():
            for name in EIGHT:
                began, used = time.perf_counter(), time.process_time()
                queries.rows(connection, row_type(name), values)
                if turn >= WARM:
                    cpu[size, name].append(time.process_time() - used)
                    wall[size, name].append(time.perf_counter() - began)
    print(f"{rounds} rounds, ms: median (middle half); {load()}")
    print(f"{'':24}{'CPU 10³':>10}{'CPU 10⁶':>10}")
    for name in EIGHT:
        middle = [1000 * statistics.median(cpu[size, name]) for size in connections]
        print(f"{name:24}" + "".join(f"{m:10.1f}" for m in middle))
    for said, taken in (("CPU", cpu), ("wall", wall)):
        for size in connections:
            together = [sum(times) for times in zip(*(taken[size, n] for n in EIGHT), strict=True)]
            print(f"together, {said:4}, {size:9,d} activities: {spread(together)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
