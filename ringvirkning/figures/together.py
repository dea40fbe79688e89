"""Many pages that ask the same of a version: they are made in step, and what all of them wait for
is one question to the database, where each would be one."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from copy import copy
from itertools import count
from threading import Condition
from typing import Any, TypeVar

Made = TypeVar("Made")
# Those that are wanted; the answers to some of them at least.
AskAll = Callable[[Sequence[Any]], Mapping[Any, Any]]
MOST_IN_STEP = 40
in_step: ContextVar["Step | None"] = ContextVar("in_step", default=None)


class Step:
    """What is wanted meanwhile so many are `working`: when each of them waits or has ended, all is
    asked for at once."""

    def __init__(self, ask: AskAll, working: int) -> None:
        self.ask, self.working = ask, working
        self.wanted: Counter[Hashable] = Counter()  # by how many
        self.answers: dict[Hashable, Any] = {}
        self.changed = Condition()

    def answer(self, wanted: Hashable) -> Any:
        """Raises what asking for it raised."""
        with self.changed:
            if wanted not in self.answers:
                self.wanted[wanted] += 1
                self.working -= 1
                self.ask_if_all_wait()
                self.changed.wait_for(lambda: wanted in self.answers)
            found = self.answers[wanted]
        if isinstance(found, Exception):
            raise copy(found) from found
        return found

    def begin(self, more: int) -> None:
        with self.changed:
            self.working += more

    def end(self) -> None:
        with self.changed:
            self.working -= 1
            self.ask_if_all_wait()

    def ask_if_all_wait(self) -> None:
        if self.working or not self.wanted:
            return
        try:
            found = self.ask([*self.wanted])
        except Exception as error:  # each of them is told
            found = dict.fromkeys(self.wanted, error)
        self.answers |= found
        self.working += sum(self.wanted.pop(one) for one in found)
        self.changed.notify_all()


def made_in_step(tasks: Iterable[Callable[[], Made]], ask: AskAll) -> list[Made]:
    """What these make, some at a time; `ask` answers what they want of `in_step`. Where who makes
    them is itself in step with others, they are, too."""
    waiting, made = [*tasks], list[Made]()
    while waiting:
        now, waiting = waiting[:MOST_IN_STEP], waiting[MOST_IN_STEP:]
        made += made_now(now, in_step.get() or Step(ask, 1))
    return made


def made_now(tasks: Sequence[Callable[[], Made]], step: Step) -> list[Made]:
    """In the place of who waits for them: the last that ends leaves it to go on."""
    step.begin(len(tasks) - 1)
    ended = count(1)

    def make(task: Callable[[], Made]) -> Made:
        in_step.set(step)
        try:
            return task()
        finally:
            if next(ended) < len(tasks):
                step.end()

    with ThreadPoolExecutor(len(tasks)) as pool:
        begun = [pool.submit(copy_context().run, make, task) for task in tasks]
        return [one.result() for one in begun]
