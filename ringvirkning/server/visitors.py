"""How much one visitor may ask of the server, so that the others need not wait."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

# A meeting's audience may share an address.
HELD_BY_ONE = 120  # connections
HELD_BY_ALL = 2000
LONGEST_WAIT, LONG_RUN, LONGEST_REST = 60, 10, 2  # seconds
RUNS_OF_ONE = (8, 0.5)  # seconds of runs at once, and then a second
# A run is Python for the most part, which does one thing at a time; while one asks the database
# another is made. Reading an upload and publishing take seconds, and keep nobody from that.
RUNS_AT_ONCE, LONG_AMONG_RUNS = 2, 1.0  # seconds
DESCRIPTORS_OF_ONE = 4  # a connection, and the loop of the thread that runs its pages
DESCRIPTORS_OF_THE_SERVER = 200


@dataclass
class Turns:
    """So many at once, and then so many a second."""

    at_once: float
    a_second: float
    clock: Callable[[], float] = time.monotonic
    used: float = 0
    since: float = 0

    def wait(self, taken: float = 1) -> float:
        """Seconds until the turn that is taken by asking; a minute at most."""
        now = self.clock()
        left = max(0.0, self.used - (now - self.since) * self.a_second)
        self.used = min(left + taken, self.at_once + LONGEST_WAIT * self.a_second)
        self.since = now
        return max(0.0, self.used - self.at_once) / self.a_second


@dataclass
class Lane:
    """Where the runs of one address go one after the other. Who asks for many waits between them,
    so that in the long run they take half of one thread's part of the processor."""

    alone: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    runs: Turns = field(default_factory=lambda: Turns(*RUNS_OF_ONE))

    def rest(self, taken: float) -> float:
        """Seconds that it stays closed after a run that has taken so many."""
        return min(self.runs.wait(taken), LONGEST_REST)


class Turn:
    """A session's, in the lane of its address, and of the few runs of all that are made at once:
    twenty side by side would each take ten times as long. A run that is long lets the others pass;
    one that takes the place of another of its session needs no new turn."""

    def __init__(self, lane: Lane | None, runs: asyncio.Semaphore) -> None:
        self.lane, self.runs = lane, runs
        self.since = 0.0
        self.is_among_runs = False
        self.until: list[asyncio.TimerHandle] = []

    async def begin(self) -> None:
        if self.until:
            return
        if self.lane:
            await self.lane.alone.acquire()
        try:
            await self.runs.acquire()
        except BaseException:  # it has left
            if self.lane:
                self.lane.alone.release()
            raise
        self.is_among_runs = True
        loop = asyncio.get_running_loop()
        self.since = loop.time()
        self.until = [
            loop.call_later(LONG_AMONG_RUNS, self.leave_runs),
            loop.call_later(LONG_RUN, self.end),
        ]

    def leave_runs(self) -> None:
        if self.is_among_runs:
            self.is_among_runs = False
            self.runs.release()

    def end(self) -> None:
        if not self.until:
            return
        for timer in self.until:
            timer.cancel()
        self.until = []
        self.leave_runs()
        if self.lane:
            loop = asyncio.get_running_loop()
            loop.call_later(self.lane.rest(loop.time() - self.since), self.lane.alone.release)


class TooManyConnections(Exception):
    """As many connections are held as this visitor, or the server, may hold."""


@dataclass
class Visitors:
    """Who is connected, and the turns of each address."""

    most: int = HELD_BY_ALL
    held: Counter[str] = field(default_factory=Counter)
    lanes: dict[str, Lane] = field(default_factory=dict)
    turns: dict[str, Turns] = field(default_factory=dict)
    runs: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(RUNS_AT_ONCE))

    def is_full(self, who: str) -> bool:
        """Whether there is no room for one more of this visitor's."""
        return self.held.total() >= self.most or bool(who and self.held[who] >= HELD_BY_ONE)

    @contextmanager
    def holding(self, who: str) -> Iterator[Turn]:
        """Raises Full."""
        if self.is_full(who):
            raise TooManyConnections(who)
        self.held[who] += 1
        try:
            yield Turn(self.lanes.setdefault(who, Lane()) if who else None, self.runs)
        finally:
            self.held[who] -= 1
            if not self.held[who]:
                del self.held[who]
            # Who leaves while a page is made, and comes again, is still in line.
            if len(self.lanes) > self.most:
                kept = {k: v for k, v in self.lanes.items() if v.alone.locked() or k in self.held}
                self.lanes = kept

    def wait(self, who: str, at_once: float, a_second: float) -> float:
        """Seconds until this visitor's next turn; none for the machine itself."""
        if not who:
            return 0.0
        now = time.monotonic()
        if len(self.turns) > self.most:
            self.turns = {
                k: t for k, t in self.turns.items() if now - t.since < t.at_once / t.a_second
            }
        return self.turns.setdefault(who, Turns(at_once, a_second)).wait()


def visitor(scope: Scope) -> str:
    """Who asks: the address, as the proxy names it; of IPv6 the network, which is one house's.

    Nobody's, "", for the machine itself, and so for all behind a proxy that names no one.
    """
    try:
        address = ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)


def held_at_most() -> int:
    """How many connections the server can hold, after it has asked the system for all the
    descriptors that it may have; a soft limit of 1024 would be the end at 254."""
    if resource is None:
        return HELD_BY_ALL
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_OF_THE_SERVER + DESCRIPTORS_OF_ONE * HELD_BY_ALL
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(HELD_BY_ALL, (soft - DESCRIPTORS_OF_THE_SERVER) // DESCRIPTORS_OF_ONE))
