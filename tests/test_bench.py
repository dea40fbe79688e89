"""What benches ask and time is there: they are run by hand, and seldom."""

from importlib import import_module

import pytest

import queries
from bench.common import EIGHT, UNFILTERED, parameters
from bench.compile import STAGES


@pytest.mark.parametrize("question", EIGHT)
def test_a_question_has_all_that_it_wants(question):
    assert queries.needed(question, parameters(UNFILTERED)).keys() == queries.parameters(question)


@pytest.mark.parametrize("room, name", STAGES.values())
def test_a_stage_of_publishing_is_there(room, name):
    rooms = [f"ringvirkning.{above}.{room}" for above in ("intake", "store")]
    assert any(callable(getattr(found, name, None)) for found in map(module_or_none, rooms))


def module_or_none(name):
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None
