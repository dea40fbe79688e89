"""Files are read and compiled in a process of their own, within limits.

Its memory is given back, and a crash or a hostile file there is an answer here. The child is told
what to do, tells how far it is, a line of JSON each time, and last what it found: both ends know
its type. One that is begun before it is needed has imported what takes long when it is asked.
"""

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TypeVar

import msgspec

from ringvirkning import ROOT

ACTOR = "RINGVIRKNING_ACTOR"  # for whom a child works
# Whose rows alone it may tell of and write, where that is not all.
ASSOCIATIONS = "RINGVIRKNING_ASSOCIATIONS"
LIMITS = "RINGVIRKNING_LIMITS"
LONGEST_LINE = 50 * 2**20
CHILD = "--child"  # how a process is begun that is told later what to do
PATIENCE = 600  # seconds that one waits which was begun early, with its 150 MB
Progress = Callable[[str, float], object]
Reply = TypeVar("Reply")


class Failed(Exception):
    """The child gave no answer, or none of its type: it took too long, or ended, with this on its
    error output."""

    def __init__(self, took_too_long: bool, log: str) -> None:
        super().__init__("took too long" if took_too_long else "ended without an answer")
        self.took_too_long, self.log = took_too_long, log


@dataclass(frozen=True)
class Stage:
    """How far the child is with a part of the work (0–1)."""

    stage: str
    part: float


@dataclass(frozen=True)
class Limits:
    """Bytes of memory, seconds of the clock. What is uploaded is small, what lies in data/ may be
    large. `nice`: how far pages that are drawn meanwhile go before it, as nice(2) counts."""

    memory: int
    seconds: int
    nice: int = 0


# Of addresses, not of memory in use: a row that is added to 10⁵ activities has 2.5 GB of them,
# and uses 0.7.
UPLOAD = Limits(memory=3 * 2**30, seconds=120)
DATA = Limits(memory=16 * 2**30, seconds=3600)


@dataclass(frozen=True)
class Order:
    """What a child is to do: arguments of an action, and our variables of the environment."""

    arguments: Sequence[str]
    variables: Mapping[str, str]


def is_child() -> bool:
    """Whether this process was begun by `reply`."""
    return LIMITS in os.environ


def own_associations() -> tuple[str, ...]:
    """Whose rows this process may tell of and write; none: all's, as at the command line."""
    return from_json(os.environ.get(ASSOCIATIONS, "[]"), tuple[str, ...])


def take_order() -> Sequence[str]:
    """In the child, before it reads anything that was given to it: the action's arguments, within
    the limits that come with them. Ends where nobody asks any more."""
    line = sys.stdin.readline()
    if not line:
        sys.exit()
    order = from_json(line, Order)
    for name in own_variables():
        del os.environ[name]
    os.environ.update(order.variables)
    take_limits()
    return order.arguments


def own_variables() -> dict[str, str]:
    return {name: said for name, said in os.environ.items() if name.startswith("RINGVIRKNING_")}


def take_limits() -> None:
    """What the environment gives. Windows has no such limits."""
    with suppress(ImportError):
        import resource

        memory, seconds, nice = map(int, os.environ[LIMITS].split())
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # its memory may hold what was refused
        os.nice(nice)


def as_json(content: object) -> str:
    """What crosses between processes, on one line: of our dataclasses, and tuples of them. Of a
    number that knows its bounds the number alone."""
    return msgspec.json.encode(content, enc_hook=float).decode()


def from_json(text: str, kind: type[Reply]) -> Reply:
    """The same on the other side. Raises ValueError for anything but this type."""
    return msgspec.json.decode(text, type=kind)


class Asker:
    """Who waits for what children do; when they leave, the children end."""

    def __init__(self) -> None:
        self.has_left = False
        self.children: list[subprocess.Popen[str]] = []

    def waits_for(self, child: subprocess.Popen[str]) -> None:
        self.children.append(child)
        if self.has_left:
            child.kill()

    def leave(self) -> None:
        self.has_left = True
        for child in self.children:
            child.kill()


who_waits: ContextVar[Asker | None] = ContextVar("who_waits", default=None)


def asker_has_left() -> bool:
    waiting = who_waits.get()
    return waiting is not None and waiting.has_left


def begin_child(*more: str) -> subprocess.Popen[str]:
    """A child that waits for what it is to do."""
    return subprocess.Popen(
        [sys.executable, "-m", "ringvirkning", CHILD, *more],
        cwd=ROOT,
        # Each thread takes address space: of the solver's library one is enough, and few need
        # places of their own to allocate from (glibc gives each 64 MB).
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


def give_order(child: subprocess.Popen[str], order: Order) -> None:
    """What it is to do; that it has ended already is said by its answer."""
    assert child.stdin
    with suppress(BrokenPipeError), child.stdin:
        child.stdin.write(as_json(order) + "\n")


class Early:
    """The child that was begun before it is needed: one at most for the whole server."""

    def __init__(self) -> None:
        self.waiting: subprocess.Popen[str] | None = None
        self.giving_up: threading.Timer | None = None
        self.lock = threading.Lock()

    def prepare(self, var: Path) -> None:
        """Begin it, unless it waits already; where it isn't asked for long it ends."""
        with self.lock:
            if self.waiting is None or self.waiting.poll() is not None:
                self.waiting = begin_child(str(var))
                self.giving_up = threading.Timer(PATIENCE, self.give_up)
                self.giving_up.daemon = True
                self.giving_up.start()

    def take(self) -> subprocess.Popen[str] | None:
        """Whoever has it tells it what to do; None where none waits."""
        with self.lock:
            taken, self.waiting = self.waiting, None
            if self.giving_up:
                self.giving_up.cancel()
        return taken if taken and taken.poll() is None else None

    def give_up(self) -> None:
        """Let it end: with its input closed there is nothing for it to do."""
        if child := self.take():
            child.communicate()


early_child = Early()


class ChildTask:
    """A child at what `python -m ringvirkning …` does, within limits, for `actor`, whose role is
    for the associations `own`, or for all where none is named. After its answer it may go on with
    what nobody waits for."""

    def __init__(
        self, arguments: list[str], limits: Limits, actor: str = "server", own: Sequence[str] = ()
    ) -> None:
        self.child = early_child.take() or begin_child()
        within = f"{limits.memory} {limits.seconds} {limits.nice}"
        given = own_variables() | {LIMITS: within, ACTOR: actor}
        given[ASSOCIATIONS] = as_json([*own])
        self.is_late = threading.Event()
        self.said: list[str] = []
        self.clock = threading.Timer(limits.seconds, self.stop_late)
        self.clock.daemon = True
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.clock.start()
        self.listener.start()
        # By the clock, too: a long one waits until it is read.
        give_order(self.child, Order([*arguments, "--json", "--progress"], given))

    def stop_late(self) -> None:
        self.is_late.set()
        self.child.kill()

    def listen(self) -> None:
        """Read the error output to its end, lest the child wait; keep its beginning. Then it is at
        its end, too."""
        assert self.child.stderr
        while part := self.child.stderr.read(50_000):
            self.said += [part] if len(self.said) < 2 else []
        self.child.wait()
        self.clock.cancel()

    def answer(self, kind: type[Reply], progress: Progress = lambda stage, part: None) -> Reply:
        """What it answers, of this type. Raises Failed."""
        found = last_line(self.child, kind, progress)
        if found is None:
            self.end()
            raise Failed(self.is_late.is_set(), "".join([*self.said, f"no {kind}"]))
        return found

    def finish(self) -> None:
        """Wait until it has done all that it does."""
        self.listener.join()
        with self.child:  # closes its pipes
            pass

    def end(self) -> None:
        """Whatever it is at."""
        self.child.kill()
        self.finish()


def reply(
    kind: type[Reply],
    arguments: list[str],
    limits: Limits,
    progress: Progress = lambda stage, part: None,
    actor: str = "server",
    own: Sequence[str] = (),
) -> Reply:
    """The answer of a ChildTask, which ends with it. Raises Failed."""
    task = ChildTask(arguments, limits, actor, own)
    if waiting := who_waits.get():
        waiting.waits_for(task.child)
    try:
        return task.answer(kind, progress)
    finally:
        task.end()


def last_line(child: subprocess.Popen[str], kind: type[Reply], progress: Progress) -> Reply | None:
    """The child's answer, after what it said of how far it was; None when it gave none."""
    assert child.stdout
    while line := child.stdout.readline(LONGEST_LINE):
        try:
            said = from_json(line, Stage)
        except ValueError:
            break
        progress(said.stage, said.part)
    try:
        return from_json(line, kind)
    except ValueError:
        return None


def processes_beside(count: int) -> ProcessPoolExecutor:
    """So many that share the work of this one, and end with it."""
    return ProcessPoolExecutor(count, get_context("spawn"), begin_beside)


def begin_beside() -> None:
    """Where the parent is killed, nothing else tells those that it began."""

    def end() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=end, daemon=True).start()
    collect_rarely()


def collect_rarely() -> None:
    """In a process that makes much which stays until it ends: to look for rings that nobody holds
    took a third of the time among the cells of a large sheet, and a sixth of drawing, and found
    none; drawings leave some."""
    gc.set_threshold(200_000, 20, 100)


def is_beside() -> bool:
    """Whether this process is one of `processes_beside`."""
    return parent_process() is not None
