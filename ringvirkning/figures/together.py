"""Many pages that ask the same of a version: they are made in step, and what all of them wait for
is one question to the database, where each would be one."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from copy import copy
from threading import Condition
from typing import Any, TypeVar

Made = TypeVar("Made")
# Those that are wanted; the answer to each, or what there is in its place.
AskAll = Callable[[Sequence[Any]], Mapping[Any, Any]]
MOST_IN_STEP = 40
in_step: ContextVar["Step | None"] = ContextVar("in_step", default=None)


class Step:
    """What is wanted meanwhile so many are `working`: when each of them waits or has ended, all is
    asked for at once."""

    def __init__(self, ask: AskAll, working: int) -> None:
        self.ask, self.working, self.waiting = ask, working, 0
        self.wanted: dict[Hashable, None] = {}
        self.answers: dict[Hashable, Any] = {}
        self.changed = Condition()

    def answer(self, wanted: Hashable) -> Any:
        """Raises what asking for it raised."""
        with self.changed:
            if wanted not in self.answers:
                self.wanted[wanted] = None
                self.working, self.waiting = self.working - 1, self.waiting + 1
                self.ask_if_all_wait()
                self.changed.wait_for(lambda: wanted in self.answers)
            found = self.answers[wanted]
        if isinstance(found, Exception):
            raise copy(found) from found
        return found

    def end(self) -> None:
        with self.changed:
            self.working -= 1
            self.ask_if_all_wait()

    def ask_if_all_wait(self) -> None:
        if self.working or not self.wanted:
            return
        try:
            self.answers |= self.ask([*self.wanted])
        except Exception as error:  # each of them is told
            self.answers |= dict.fromkeys(self.wanted, error)
        self.wanted.clear()
        self.working, self.waiting = self.waiting, 0
        self.changed.notify_all()


def made_in_step(tasks: Iterable[Callable[[], Made]], ask: AskAll) -> list[Made]:
    """What these make, some at a time; `ask` answers what they want of `in_step`."""
    waiting, made = [*tasks], list[Made]()
    while waiting:
        now, waiting = waiting[:MOST_IN_STEP], waiting[MOST_IN_STEP:]
        made += made_now(now, Step(ask, len(now)))
    return made


def made_now(tasks: Sequence[Callable[[], Made]], step: Step) -> list[Made]:
    def make(task: Callable[[], Made]) -> Made:
        in_step.set(step)
        try:
            return task()
        finally:
            step.end()

    with ThreadPoolExecutor(len(tasks)) as pool:
        begun = [pool.submit(copy_context().run, make, task) for task in tasks]
        return [one.result() for one in begun]
