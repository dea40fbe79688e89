"""171 associations beside two, 10⁵ activities each: `python -m bench.associations [ROUNDS]`.

Publishing, each time in a fresh process; then what a visitor waits for from the server, without a
browser, each time in a state that it has not shown. By turns; the least and the median of each.
Target: as fast as two.
"""

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import Any

from bench.common import OUT, cpu, load
from bench.compile import fresh
from bench.generate import generate
from bench.session import Session
from tests.server import Server, serve

FEW, MANY = 2, 171
ACTIVITIES, PERSONS, PARTNERSHIPS = 100_000, 20_000, 6 * MANY
TIMES, ROUNDS = 3, 12
STAGES = ("the contract's rules", "protection", "the two databases", "wall", "CPU")
Address = list[tuple[str, str]]
EDITIONS: dict[str, Address] = {"exact": [], "protected": [("surface", "public")]}
ASKED: dict[str, tuple[str, Address]] = {
    "overview": ("overview", []),
    "overview of one association": ("overview", [("association", "Forening 1")]),
    "Foreninger": ("associations", []),
    "Utforsk, activities by year": ("explore", [("rows", "time")]),
    "Utforsk, the same by association": ("explore", [("rows", "association")]),
}
Taken = dict[str, dict[int, list[float]]]


def data(associations: int) -> Path:
    """The CSV files of so many associations; made once."""
    folder = OUT / f"data-of-{associations}"
    if not (folder / "targets.csv").exists():
        generate(folder, ACTIVITIES, associations, PERSONS, PARTNERSHIPS)
    return folder


def var(associations: int) -> Path:
    return OUT / f"var-of-{associations}"


def by_turns(turn: int) -> tuple[int, int]:
    return (MANY, FEW) if turn % 2 else (FEW, MANY)


def publish(times: int) -> None:
    """The last version of each is kept for the server."""
    taken: Taken = defaultdict(lambda: defaultdict(list))
    for turn in range(times):
        for count in by_turns(turn):
            shutil.rmtree(var(count), ignore_errors=True)
            for stage, seconds in fresh(data(count), var(count)).items():
                taken[stage][count].append(seconds)
    report("published, s", {stage: taken[stage] for stage in STAGES}, 1)


def years() -> list[str]:
    """Periods that together make states enough, none much shorter than another."""
    return [f"{first}-{last}" for first, last in product(range(2008, 2014), range(2026, 2020, -1))]


def ask(rounds: int) -> None:
    with ExitStack() as stack:
        servers = {n: stack.enter_context(serve(data(n), var=var(n))) for n in (FEW, MANY)}
        for edition, of_edition in EDITIONS.items():
            sessions = {n: Session(server.url) for n, server in servers.items()}
            wall: Taken = defaultdict(lambda: defaultdict(list))
            used: Taken = defaultdict(lambda: defaultdict(list))
            for turn, period in enumerate(islice(years(), rounds)):
                for what, (page, address) in ASKED.items():
                    state = [*address, *of_edition, ("years", period)]
                    one_state(sessions, servers, page, state, turn, wall[what], used[what])
            report(f"{edition}, ms", wall)
            report(f"{edition}, ms of the server's CPU", used)
            for session in sessions.values():
                session.close()


def one_state(
    sessions: Mapping[int, Session],
    servers: Mapping[int, Server],
    page: str,
    state: Address,
    turn: int,
    wall: dict[int, list[float]],
    used: dict[int, list[float]],
) -> None:
    """Ask both for it. They have the same activities, so that four key figures of all
    are alike; the target is that of one association."""
    numbers: list[Any] = []
    for count in by_turns(turn):
        before, began = cpu(servers[count].process.pid), time.perf_counter()
        seen = sessions[count].run(state, page)
        wall[count].append(time.perf_counter() - began)
        used[count].append(cpu(servers[count].process.pid) - before)
        assert not seen["errors"], (count, state, seen["errors"])
        numbers.append(seen["numbers"])
    is_of_all = not any(name in ("association", "surface") for name, _ in state)
    assert not is_of_all or numbers[0][:4] == numbers[1][:4], (state, numbers)


def report(
    title: str, taken: Mapping[str, Mapping[int, Sequence[float]]], unit: float = 1000
) -> None:
    print(f"\n{title}: least (median); {load()}")
    print(f"{'':36}{FEW:>16}{MANY:>16}   least, {MANY} / {FEW}")
    for what, found in taken.items():
        both = [f"{unit * min(found[n]):.1f} ({unit * median(found[n]):.1f})" for n in (FEW, MANY)]
        ratio = min(found[MANY]) / max(min(found[FEW]), 0.01)
        print(f"{what:36}{both[0]:>16}{both[1]:>16}   {ratio:.2f}", flush=True)


if __name__ == "__main__":
    publish(TIMES)
    ask(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
