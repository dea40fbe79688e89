"""An analyst's hour on a set that nobody made by hand: ten questions, answered twice."""

import tempfile
from pathlib import Path

import pytest

import queries
from bench.generate import generate
from queries import answers
from tests import analyst
from tests.test_queries import published

ACTIVITIES = 6_000


@pytest.fixture(scope="module")
def generated():
    with tempfile.TemporaryDirectory() as name:
        folder = generate(Path(name), ACTIVITIES)
        with published(folder) as connection:
            yield connection, analyst.Files(folder)


@pytest.mark.slow
@pytest.mark.parametrize("asked", analyst.HOUR, ids=lambda asked: asked.said)
def test_an_analysts_question(asked, generated):
    connection, files = generated
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in analyst.values(asked).items()}
    found = analyst.numbers(queries.rows(connection, answers.Explore, plain), asked)
    expected = dict(asked.answer(files))
    assert expected and found == pytest.approx(expected)
