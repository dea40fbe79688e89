"""What is said of one, of none and of what has no bound, by hand-written rows."""

import pytest

from queries import answers
from ringvirkning.charts.forms import widest
from ringvirkning.figures.in_force import confirmed_of
from ringvirkning.figures.targets import targets_title, unsure_words
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.texts.certainty import Number

both_languages = pytest.mark.parametrize("language", LANGUAGES)
INFINITE = float("inf")


def aim(year: int, is_over: bool, actual: Number | None = None) -> answers.TargetsMet:
    return answers.TargetsMet(
        association="N", programme="P", measure="placement_permanent", from_year=year,
        to_year=year, period=None, target=10, baseline=None, higher_is_better=True,
        can_be_negative=False, quote=None, is_illustrative=False, source="s", actual=actual,
        evidence="register", is_over=is_over, actual_from=year, actual_to=year, missing_count=0,
        suppressed_count=0, not_yet_count=0, with_examples=False,
    )  # fmt: skip


@both_languages
def test_a_result_without_an_upper_bound_is_between_no_two_numbers(language: str):
    w = words(language)
    assert unsure_words(w, Number(20, 6, INFINITE), 25) == w("target.cannot_tell")
    assert unsure_words(w, Number(20, 16, 24), 18) == w("target.unclear", low=16, high=24)


@both_languages
def test_one_target_is_told_as_one_and_none_is_without_a_result_before_its_time(language: str):
    w = words(language)
    said = {
        (over, count): targets_title(w, [aim(2025 + n, over) for n in range(count)], "P")
        for over in (True, False)
        for count in (1, 2)
    }
    assert len(set(said.values())) == 4
    expected = {
        "nb": ("P har et mål uten kjent resultat", "Tiden er ikke ute for målet til P ennå"),
        "en": ("P has a target without a known result", "The target of P is not due yet"),
    }[language]
    assert (said[True, 1], said[False, 1]) == expected


@both_languages
def test_nothing_is_confirmed_of_no_partnership(language: str):
    w = words(language)
    found = [answers.PartnershipsByYear(2020, "municipality", True, True, 1, 0)]
    assert confirmed_of(w, found, 2025) == w("headline.confirmed.none", year="2025")
    assert "1" in confirmed_of(w, found, 2020)


def test_in_english_one_partnership_is_not_told_as_several():
    w = words("en")
    for n in (1, 2):
        said = w("associations.counts", n=n, m=1, year="2025")
        assert "1 partnerships" not in said and "2025: 1" in said


def test_a_sum_that_a_source_leaves_open_still_rests_on_rounded_counts():
    rounded, about = Number(10, 6, 14, is_rounded=True), Number(80, 0, INFINITE)
    assert widest([rounded + about]) == 4
    assert widest([rounded, rounded + rounded]) == 8
    assert widest([about, None]) == 0
