"""Files are read and compiled in a process of their own, within limits.

Its memory is given back, and a crash or a hostile file there is an answer here. The child is told
what to do, tells how far it is, a line of JSON each time, and last what it found: both ends know
its type. One that is begun before it is needed has imported what takes long when it is asked.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
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
    large."""

    memory: int
    seconds: int


# Of addresses, not of memory in use: a sheet of 5 MB has 2.9 GB of them, and uses 0.4.
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


def take_order(early_for: Sequence[str]) -> Sequence[str]:
    """In the child, before it reads anything that was given to it: the action's arguments, within
    the limits that come with them. One that is begun early for a folder of versions (`var`) reads
    what is there meanwhile. Ends where nobody asks any more."""
    for var in early_for:
        import_module("ringvirkning.intake.protect")
        import_module("ringvirkning.intake.uploads").get_ready(Path(var))
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

        memory, seconds = map(int, os.environ[LIMITS].split())
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # its memory may hold what was refused


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
        # Each thread of the solver's library takes address space, and one is enough.
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
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


def reply(
    kind: type[Reply],
    arguments: list[str],
    limits: Limits,
    progress: Progress = lambda stage, part: None,
    actor: str = "server",
    own: Sequence[str] = (),
) -> Reply:
    """What `python -m ringvirkning …` answers, of this type, done for `actor`, whose role is for
    the associations `own`, or for all where none is named. Raises Failed."""
    child = early_child.take() or begin_child()
    waiting = who_waits.get()
    if waiting:
        waiting.waits_for(child)
    given = own_variables() | {LIMITS: f"{limits.memory} {limits.seconds}", ACTOR: actor}
    given[ASSOCIATIONS] = as_json([*own])
    order = Order([*arguments, "--json", "--progress"], given)
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.seconds, stop)
    said: list[str] = []
    listener = threading.Thread(target=listen, args=(child, said))
    clock.start()
    listener.start()
    try:
        give_order(child, order)  # by the clock, too: a long one waits until it is read
        found = last_line(child, kind, progress)
    finally:
        clock.cancel()
        child.kill()
        listener.join()
        with child:  # waits for it, and closes its pipes
            pass
    if found is None:
        raise Failed(late.is_set(), "".join([*said, f"no {kind}"]))
    return found


def listen(child: subprocess.Popen[str], said: list[str]) -> None:
    """Read the error output to its end, lest the child wait; keep its beginning."""
    assert child.stderr
    while part := child.stderr.read(50_000):
        said += [part] if len(said) < 2 else []


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
