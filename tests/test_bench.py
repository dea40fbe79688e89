"""What benches ask and time is there: they are run by hand, and seldom."""

import sys
from importlib import import_module
from itertools import chain
from unittest.mock import MagicMock

import pytest
from streamlit.testing.v1 import AppTest

import queries
from bench import page, plain_page
from bench.common import EIGHT, UNFILTERED, parameters
from bench.compile import STAGES
from ringvirkning.figures import overview
from tests.test_key_figures import seen


@pytest.mark.parametrize("question", EIGHT)
def test_a_question_has_all_that_it_wants(question):
    assert queries.needed(question, parameters(UNFILTERED)).keys() == queries.parameters(question)


@pytest.mark.parametrize("room, name", STAGES.values())
def test_a_stage_of_publishing_is_there(room, name):
    assert callable(getattr(import_module(f"ringvirkning.{room}"), name))


def test_the_ordinary_page_is_drawn_and_right(watch, monkeypatch):
    database = seen(watch).database
    monkeypatch.setattr(sys, "argv", ["plain_page.py", str(database)])
    drawn = AppTest.from_file(plain_page.__file__, default_timeout=240).run()
    assert not drawn.exception
    assert len(drawn.get("plotly_chart")) == 2
    right = page.right(queries.opened(database), UNFILTERED)["numbers"]
    assert [metric.value.replace("\u00a0", " ") for metric in drawn.metric[:4]] == right


def test_the_lean_page_is_filled_as_ours(watch, monkeypatch):
    """What sends it to a browser is in the benches' environment alone."""
    for name in ("dash", "waitress"):
        monkeypatch.setitem(sys.modules, name, MagicMock())
    monkeypatch.delitem(sys.modules, "bench.lean_page", raising=False)
    shown = seen(watch)
    content = import_module("bench.lean_page").content(shown)
    monkeypatch.delitem(sys.modules, "bench.lean_page")
    assert overview.headline(shown) in content
    charts = [made.chart.title for make in chain(*overview.CHARTS) if (made := make(shown))]
    assert charts
    drawn = [at for at, part in enumerate(content) if isinstance(part, dict) and "data" in part]
    assert [content[at - 1] for at in drawn] == charts
