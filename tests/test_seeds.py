"""Every fact that was collected about the two associations is told on a page, or there is a reason.

`seeds.csv` is the list: P are the 61 rows of partners and agreements, A the 53 activities, O the 19
results and targets, M what the two associations wrote of themselves. The words of a fact must stand
on its page, which is an address, as one reads them; those of one cell after another are one text.
What others publish of them is held by `test_context`.
"""

import csv
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_pages import assert_no_error, components_of, data_of, opened, text_of

pytestmark = pytest.mark.slow  # they publish

COLLECTED = {"P": 61, "A": 53, "O": 19, "M": 13}
with Path(__file__).with_name("seeds.csv").open(encoding="utf-8", newline="") as file:
    SEEDS = sorted(csv.DictReader(file), key=itemgetter("page"))
PAGES = {page: list(facts) for page, facts in groupby(SEEDS, itemgetter("page")) if page}


def as_read(app: AppTest) -> str:
    """All that a page says, with the tables of its figures: no bold, a blank between words."""
    tables = (data_of(figure)["menu"]["rows"] for figure in components_of(app, "figure"))
    cells = (str(cell) for rows in tables for row in rows for cell in row)
    text = "\n".join([text_of(app), *cells])
    return " ".join(re.sub(r"\u2060|\*\*", "", text).split())


def untold(facts: list[dict[str, str]], text: str) -> Iterator[str]:
    for fact in facts:
        if missing := [words for words in fact["words"].split("|") if words not in text]:
            yield f"{fact['fact']}, {fact['says']}: {missing}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_its_facts(page: str):
    place, _, query = page.partition("?")
    app = opened(place, parse_qs(query))
    assert_no_error(app)
    assert not [*untold(PAGES[page], as_read(app))]


def test_every_fact_is_told_or_left_out_for_a_reason():
    ids = {f"{letter}{n:02}" for letter, count in COLLECTED.items() for n in range(1, count + 1)}
    assert {fact["fact"] for fact in SEEDS} == ids
    assert all(bool(fact["page"]) != bool(fact["left_out"]) for fact in SEEDS)
    assert all(fact["page"] == "" or all(fact["words"].split("|")) for fact in SEEDS)
