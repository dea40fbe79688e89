"""Many who read at once: `python -m bench.crowd [SESSIONS] [SECONDS] [PROCESSES] [HOW]`.

So many sessions of staff open the overview within ten seconds, and each changes its filters every
five to ten seconds, to a state that nobody has seen; at 10⁶ activities. HOW is one of these:
`home`, the overview is opened as it is, without a filter; `steady`, nobody thinks: how many changes
the processes make in all; `files`, one session reads, and meanwhile all records are asked for as
CSV, and then not, by turns. Loopback only.
"""

import secrets
import statistics
import sys
import threading
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from random import Random
from urllib.parse import urlsplit

from bench.common import LARGE, address, codes, cpu, data, database, load, memory, selections, var
from bench.session import Session
from queries import opened
from tests.server import Server, free_port, serve
from tests.visitor import Headers

SESSIONS, SECONDS, MOST_SESSIONS, ARRIVING = 100, 60, 200, 10
THINKING = (5, 10)  # seconds
WARM = 3


class Crowd:
    """What was measured, in seconds: of first views, and of changes after all had arrived."""

    def __init__(self, servers: list[Server], staff: Headers, begins_at_home: bool) -> None:
        self.servers, self.staff, self.lock = servers, staff, threading.Lock()
        self.begins_at_home = begins_at_home
        self.first: list[float] = []
        self.changes: list[float] = []
        self.states = selections(codes(opened(database(LARGE))), seed=time.time_ns())
        self.wrong: list[object] = []
        self.until = 0.0
        self.counts_from = 0.0

    def state(self) -> list[tuple[str, str]]:
        with self.lock:
            return address(next(self.states))

    def run(self, session: Session, is_home: bool = False) -> float:
        asked, began = [] if is_home else self.state(), time.perf_counter()
        seen = session.run(asked)
        if seen["errors"]:  # under some states nothing is left to be drawn
            self.wrong.append(seen["errors"])
        return time.perf_counter() - began

    def visit(self, number: int, arrives: float, thinks: bool) -> None:
        dice = Random(number)
        time.sleep(arrives)
        session = Session(self.servers[number % len(self.servers)].url, self.staff)
        self.first.append(self.run(session, self.begins_at_home))
        while time.monotonic() < self.until:
            time.sleep(dice.uniform(*THINKING) if thinks else 0)
            taken = self.run(session)
            if self.counts_from < time.monotonic() < self.until:
                self.changes.append(taken)
        session.close()


def at_most(values: list[float], part: float) -> float:
    return sorted(values)[max(0, int(len(values) * part) - 1)] if values else float("nan")


def said(name: str, values: list[float]) -> str:
    parts = [f"p{100 * part:.0f} {at_most(values, part):.2f} s" for part in (0.5, 0.9, 0.95)]
    return f"{name} {len(values)}: {', '.join(parts)}"


def crowd(them: Crowd, sessions: int, seconds: float, thinks: bool) -> None:
    servers = them.servers
    them.counts_from = time.monotonic() + (ARRIVING if thinks else WARM)
    them.until = them.counts_from + seconds
    used, began = sum(cpu(one.process.pid) for one in servers), time.monotonic()
    own = time.process_time()
    visits = [
        threading.Thread(target=them.visit, args=(n, ARRIVING * n / sessions * thinks, thinks))
        for n in range(sessions)
    ]
    for visit in visits:
        visit.start()
    for visit in visits:
        visit.join()
    assert not them.wrong, them.wrong[:3]
    used = sum(cpu(one.process.pid) for one in servers) - used
    runs, took = len(them.changes) + len(them.first), time.monotonic() - began
    own = time.process_time() - own
    print(f"{len(servers)} processes, {sessions} sessions; {load()}")
    print(" ", said("first views", them.first))
    print(" ", said("changes", them.changes), f"{len(them.changes) / seconds:.1f} a second")
    most = [f"{memory(one.process.pid, 'VmHWM'):.0f}" for one in servers]
    print(f"  {1000 * used / runs:.0f} ms of CPU a run; at most {', '.join(most)} MB")
    print(f"  cores: {used / took:.2f} of the servers, {own / took:.2f} of who asks", flush=True)


def files(them: Crowd, turns: int = 4, changes: int = 6) -> None:
    """A reader's changes beside one who takes all records along, and alone, by turns; whoever takes
    them leaves before they are made, and the process that makes them ends."""
    url = urlsplit(them.servers[0].url)
    reader, taker = (Session(url.geturl(), them.staff) for _ in range(2))
    found = taker.run([("measure", "activities_held"), ("page", "1")], "explore")["files"][0]
    [them.run(reader) for _ in range(WARM)]
    both: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for taken in both:
            taking = HTTPConnection(url.netloc)
            if taken is both[1]:
                taking.request("GET", found, headers=dict(them.staff))
                time.sleep(WARM)  # it is being made
            taken += [them.run(reader) for _ in range(changes)]
            taking.close()
    alone, beside = map(statistics.median, both)
    print(f"a change alone {1000 * alone:.0f} ms, beside a file {1000 * beside:.0f} ms: ", end="")
    print(f"× {beside / alone:.2f}; {said('beside', both[1])}; {load()}")


def main() -> None:
    words = {one for one in sys.argv[1:] if not one.isdecimal()}
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    sessions, seconds, processes = (*numbers, *(SESSIONS, SECONDS, 1)[len(numbers) :])
    ports = [free_port() for _ in range(processes)]
    env = {"RINGVIRKNING_PORTS": " ".join(map(str, ports))} if processes > 1 else {}
    token = secrets.token_urlsafe(32)
    env |= {"RINGVIRKNING_TOKEN": token}
    folder, place = data(LARGE), var(LARGE)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serve(folder, var=place, port=port, env=env)) for port in ports
        ]
        cookie = ("Cookie", f"ringvirkning_{ports[0]}={token}")
        them = Crowd(servers, [cookie], "home" in words)
        for server in servers:  # its version is opened
            Session(server.url, them.staff).run([])
        if "files" in words:
            files(them)
        else:
            crowd(them, min(sessions, MOST_SESSIONS), seconds, thinks="steady" not in words)


if __name__ == "__main__":
    main()
