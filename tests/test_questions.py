"""What is asked on the page about files, as it is handed to the browser."""

from collections.abc import Mapping
from typing import Any

import pytest

from ringvirkning.intake.sheets import LEAVE_OUT, Choice
from ringvirkning.texts import LANGUAGES
from ringvirkning.ui.editor.questions import Asking, group_data
from tests.habits import named


def rows_of_group(language: str, *asked: Asking, names_file: bool) -> list[Mapping[str, Any]]:
    given: Any = group_data(named(language), "column", asked, names_file)["rows"]
    return [*given]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_a_name_of_its_own_for_who_hears_it(language: str):
    """Also where two files ask the same; what is seen has the file above it."""
    options = ("note", LEAVE_OUT)
    asked = [
        Asking(file, Choice("column", None, options, sheet=sheet, about="C", column="Rom"))
        for file, sheet in (("a.csv", ""), ("b.csv", ""), ("c.xlsx", "2025"), ("c.xlsx", "2026"))
    ]
    rows = rows_of_group(language, *asked, names_file=True)
    names = [row["question"] for row in rows]
    assert len({*names}) == len(asked)
    assert all(one.file in name for one, name in zip(asked, names, strict=True))
    assert {row["said"] for row in rows} == {"Rom"}
    (alone,) = rows_of_group(language, asked[0], names_file=False)
    assert "a.csv" not in alone["question"] and "Rom" in alone["question"]


def test_the_rest_to_leave_out_is_of_those_that_can_be():
    """An agreement has a partner, an activity may be without."""
    w, needed = named("nb"), Choice("new_partner", None, ("company",), about="A", found="A")
    others = [Choice("new_partner", None, (LEAVE_OUT, "company"), about=n, found=n) for n in "BC"]
    asked = [Asking("a.csv", choice) for choice in (needed, *others)]
    said = group_data(w, "new_partner", asked, names_file=False)["leave"]
    assert said == w("choice.leave_rest", n=2)
    assert group_data(w, "new_partner", asked[:1], names_file=False)["leave"] == ""
