"""Pages that are made in step: what they wait for is asked at once, and each has its own answer."""

from functools import partial

import pytest

from ringvirkning.figures.together import MOST_IN_STEP, in_step, made_in_step


def wanted_of(*wanted):
    step = in_step.get()
    assert step
    return [step.answer(one) for one in wanted]


def answered(asked):
    """What answers each with itself; `asked` keeps what was wanted each time."""

    def ask(wanted):
        asked.append(sorted(wanted))
        return {one: f"told of {one}" for one in wanted}

    return ask


def test_what_all_wait_for_is_asked_once_and_each_has_its_own_answer():
    asked: list[list[str]] = []
    tasks = [partial(wanted_of, *wanted) for wanted in ("ab", "cb", "c", "")]
    made = made_in_step(tasks, answered(asked))
    assert made == [[f"told of {one}" for one in wanted] for wanted in ("ab", "cb", "c", "")]
    assert asked == [["a", "c"], ["b"]]
    assert in_step.get() is None


def test_more_than_go_in_step_are_made_in_turns():
    asked: list[list[int]] = []
    tasks = [partial(wanted_of, number) for number in range(MOST_IN_STEP + 2)]
    made = made_in_step(tasks, answered(asked))
    assert made == [[f"told of {number}"] for number in range(MOST_IN_STEP + 2)]
    assert [len(one) for one in asked] == [MOST_IN_STEP, 2]
    assert made_in_step([], answered(asked)) == []


def test_one_that_fails_leaves_none_waiting_and_is_told():
    def fails(*wanted):
        wanted_of(*wanted)
        raise LookupError("b")

    asked: list[list[str]] = []
    with pytest.raises(LookupError, match="b"):
        made_in_step([partial(fails, "a"), partial(wanted_of, *"ab")], answered(asked))
    assert asked == [["a"], ["b"]]


def test_what_cannot_be_asked_is_told_to_each_that_waits():
    told = []

    def ask(wanted):
        raise FileNotFoundError(2, "gone", "protected.duckdb")

    def waits(wanted):
        try:
            wanted_of(wanted)
        except FileNotFoundError as gone:
            told.append(gone.filename)

    made_in_step([partial(waits, 1), partial(waits, 2)], ask)
    assert told == ["protected.duckdb"] * 2
