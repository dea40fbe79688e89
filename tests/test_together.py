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


def test_what_is_made_within_another_is_in_step_with_all():
    asked: list[list[str]] = []

    def within(*wanted):
        made = made_in_step([partial(wanted_of, one) for one in wanted], answered([]))
        return [*made, wanted_of("last")]

    tasks = [partial(within, *wanted) for wanted in ("ab", "cda", "", "e")]
    made = made_in_step(tasks, answered(asked))
    assert made == [
        [*([f"told of {one}"] for one in wanted), ["told of last"]]
        for wanted in ("ab", "cda", "", "e")
    ]
    assert asked == [["a", "b", "c", "d", "e", "last"]]


def test_who_has_made_all_within_goes_on_before_others_are_answered():
    asked: list[list[str]] = []

    def within(first, *more):
        made_in_step([partial(wanted_of, *first)], answered([]))
        wanted_of(*more)

    made_in_step([partial(within, "a", "x"), partial(within, "bcd")], answered(asked))
    assert asked == [["a", "b"], ["c", "x"], ["d"]]


def test_some_may_be_answered_later():
    asked: list[list[str]] = []

    def all_but_the_last(wanted):
        asked.append(sorted(wanted))
        return {one: one for one in wanted if one != "z"} or dict.fromkeys(wanted, "z")

    made = made_in_step([partial(wanted_of, *one) for one in ("az", "z", "bcz")], all_but_the_last)
    assert made == [["a", "z"], ["z"], ["b", "c", "z"]]
    assert asked == [["a", "b", "z"], ["c", "z"], ["z"]]


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
