"""What is said of numbers holds for every true value that they may stand for."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ringvirkning.texts import Percent, certainty, words
from ringvirkning.texts.certainty import Number

NB, EN = words("nb"), words("en")


def rounded(value, within=4):
    return Number(value, max(value - within, 0), value + within)


@st.composite
def shown_and_true(draw, most=60):
    """A count as it is shown, and one that it may stand for."""
    true = draw(st.integers(0, most))
    low = draw(st.integers(max(true - 9, 0), true))
    high = draw(st.integers(true, true + 9))
    return Number(draw(st.integers(low, high)), low, high), true


def share_of(part, whole, **more):
    """A share that there is."""
    found = certainty.share(part, whole, **more)
    assert found is not None
    return found


# Numbers


def test_a_number_is_exact_unless_it_says_otherwise():
    assert certainty.number(7).is_exact and certainty.number(7).within == 0
    assert rounded(10).within == 4 and rounded(0).low == 0
    assert Number(330, 330, inf).within == inf


def test_a_rounded_zero_keeps_what_is_known_of_it():
    none, some = Number(0, 0, 8), Number(10, 6, 14)
    assert certainty.or_none(none) is none and certainty.or_none(None) == 0
    assert certainty.largest([("some", some), ("none", none)]) == ([], None)
    # The foot says that 0 means 0–4, which a sum of several may not.
    assert (NB.shown(none), NB.shown(rounded(0))) == ("færre enn 9", "0")


@given(shown_and_true(), shown_and_true())
def test_sums_and_differences_keep_what_is_known(a, b):
    (one, true_one), (other, true_other) = a, b
    total, less = one + other, one - other
    assert total.low <= true_one + true_other <= total.high
    assert less.low <= true_one - true_other <= less.high
    assert sum([one, other]).low == total.low


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=6))
def test_examples_are_never_added_to_what_is_published(parts):
    found = certainty.number(sum(Number(value, is_example=made_up) for value, made_up in parts))
    published = [value for value, made_up in parts if not made_up]
    assert found == sum(published or [value for value, _ in parts])
    assert found.is_example == (not published)


@pytest.mark.parametrize(
    "value, nb, en",
    [
        (Number(1200), "1\u00a0200", "1,200"),
        (Number(2.5), "2,5", "2.5"),
        (rounded(15), "ca. 15", "about 15"),
        (rounded(0), "færre enn fem", "fewer than five"),
        (Number(0, 0, 8), "færre enn 9", "fewer than 9"),
        (Number(330, 330, inf), "over 330", "over 330"),
        (Number(80, 0, inf), "ca. 80", "about 80"),
        (Number(120, 0, 120), "nesten 120", "nearly 120"),
    ],
)
def test_a_number_is_said_as_exactly_as_it_is_known(value, nb, en):
    assert (NB.known(value), EN.known(value)) == (nb, en)


def test_a_table_shows_a_rounded_number_bare_and_keeps_what_a_source_leaves_open():
    assert NB.shown(rounded(15)) == "15"
    assert NB.shown(Number(330, 330, inf)) == "over 330"


def test_a_rounded_zero_is_not_said_to_be_none():
    assert NB("claim.register", n=rounded(0), job="jobb", programme="X", year="") == (
        "færre enn fem fikk jobb gjennom X "
    )


# Counts beside counts


@given(shown_and_true(), shown_and_true())
def test_more_and_fewer_are_said_only_where_they_are_true(now, before):
    kind, by = certainty.difference(now[0], before[0])
    more = now[1] - before[1]
    if kind == "more":
        assert more > 0 and by.low <= more <= by.high
    elif kind == "fewer":
        assert more < 0 and by.low <= -more <= by.high
    elif kind == "same":
        assert more == 0
    elif kind == "about":
        assert abs(more) <= certainty.ABOUT


@pytest.mark.parametrize(
    "now, before, kind",
    [
        (12, 10, "more"),
        (11, 10, "more"),
        (10, 12, "fewer"),
        (10, 10, "same"),
        (rounded(10), rounded(10), "about"),
        (rounded(15), rounded(10), "unclear"),
        (rounded(30), rounded(10), "more"),
        (Number(330, 330, inf), 100, "more"),
        (Number(80, 0, inf), 10, "unclear"),
        # By ten at the most, and what is shown is less than five apart.
        (Number(10, 0, 12), 10, "about"),
        (Number(10, 0, 12), 11, "unclear"),
        (Number(10, 8, 30), 10, "unclear"),
        (Number(15, 10, 18), 10, "unclear"),
    ],
)
def test_how_two_counts_differ(now, before, kind):
    assert certainty.difference(now, before)[0] == kind


def test_by_how_much_fewer_there_are_is_known_as_well_as_the_counts():
    kind, by = certainty.difference(Number(10, 6, 14, is_example=True), Number(30, is_example=True))
    assert kind == "fewer" and by.is_example
    assert (float(by), by.low, by.high) == (20, 16, 24)


@given(shown_and_true(), st.integers(1, 60), st.booleans())
def test_a_target_is_met_or_missed_only_where_it_is(actual, target, higher_is_better):
    kind = certainty.attainment(actual[0], target, higher_is_better)
    is_met = actual[1] >= target if higher_is_better else actual[1] <= target
    assert {"met": is_met, "not_met": not is_met}.get(kind, True)
    if actual[0].is_exact:
        assert kind == ("met" if is_met else "not_met")


def test_a_target_of_nothing_is_met_by_nothing_and_has_no_share():
    assert certainty.attainment(0, 0) == "met"
    assert certainty.share(3, 0, is_part=False) is None


def test_whether_a_target_is_met_may_be_open():
    assert certainty.attainment(12, 10) == "met" and certainty.attainment(9, 10) == "not_met"
    assert certainty.attainment(rounded(10), 10) == "unclear"  # 6 of 10 and 14 of 10 are not alike
    assert certainty.attainment(rounded(1000), 1000) == "about"
    assert certainty.attainment(Number(80, 0, inf), 10) == "unclear"


@given(st.lists(shown_and_true(), max_size=6))
def test_the_largest_is_said_only_of_what_is(counts):
    top, most = certainty.largest(enumerate(shown for shown, _ in counts))
    true = [value for _, value in counts]
    if top:
        assert {place for place, value in enumerate(true) if value == max(true)} == set(top)
        assert most is not None and most.low <= max(true) <= most.high


def test_ties_are_named_together_and_nobody_leads_with_nothing():
    assert certainty.largest([("a", 3), ("b", 3), ("c", 1)])[0] == ["a", "b"]
    assert certainty.largest([("a", rounded(15)), ("b", rounded(10))])[0] == []
    assert certainty.largest([("a", 0), ("b", 0)])[0] == []
    assert certainty.largest([])[0] == []
    assert certainty.largest([("a", rounded(30)), ("b", rounded(10))])[0] == ["a"]
    assert certainty.largest([("a", rounded(30)), ("b", rounded(30))])[0] == []
    assert certainty.largest([("a", 1)])[0] == []
    assert certainty.largest([("a", 89), ("b", 0)])[0] == []
    assert certainty.largest([("a", 3), ("b", 3)])[0] == []


# Shares


@given(shown_and_true(30), shown_and_true(90))
def test_a_share_lies_where_it_says_and_rounding_hardly_moves_it(part, whole):
    assume(part[1] <= whole[1])
    found = certainty.share(part[0], whole[0])
    if found is None:
        return
    true = Fraction(part[1], whole[1])
    assert found.low <= true <= found.high
    assert abs(found.value - true) <= certainty.MOST_MOVED
    low, high = certainty.interval(found)
    assert low <= true <= high


def test_a_share_needs_ten_and_what_rounding_hardly_moves():
    assert certainty.share(5, 9) is None and certainty.share(11, 10) is None
    assert certainty.share(5, 10) and certainty.share(15, 12, is_part=False)
    assert certainty.share(rounded(10), rounded(20)) is None
    assert certainty.share(rounded(90), rounded(280))
    assert certainty.share(Number(5, 0, inf), 100) is None
    assert certainty.share(None, 100) is None and certainty.share(3, None) is None
    assert share_of(Number(95, 90, 104), 100).high == 1, "a part is no more than all"
    assert certainty.share(Number(10, 0, 20), 100) and not certainty.share(Number(10, 0, 21), 100)


def test_the_interval_is_wilsons():
    # Newcombe (1998), table I: 81 of 263 is 0.2553 to 0.3662.
    found = share_of(81, 263)
    assert [round(end, 4) for end in certainty.interval(found)] == [0.2553, 0.3662]
    assert round(float(found.value), 4) == 0.308
    none = share_of(0, 10)
    assert certainty.interval(none)[0] == 0 and round(certainty.interval(none)[1], 3) == 0.278
    assert all(certainty.interval(share_of(n, n))[1] <= 1 for n in range(10, 100))


def test_a_rounded_shares_interval_holds_that_of_every_share_it_may_be():
    shown = share_of(rounded(90), rounded(280))
    low, high = certainty.interval(shown)
    for part in range(86, 95):
        for whole in range(276, 285):
            ends = certainty.interval(share_of(part, whole))
            assert low <= ends[0] and ends[1] <= high


@pytest.mark.parametrize(
    "part, whole, shown", [(23, 40, 58), (5, 40, 13), (10, 30, 33), (20, 30, 67), (1, 200, 1)]
)
def test_per_cents_are_rounded_half_up(part, whole, shown):
    """As Excel, PowerPoint and people do; 100 * 23 / 40 as floats is 57.49999999999999."""
    found = share_of(part, whole)
    assert found.percent == shown
    assert NB.percent(found) == f"{shown}\u00a0%"
    assert EN.percent(float(found.value)) == f"{shown}%"
    said = NB.percent(found)
    assert isinstance(said, Percent) and said.share == part / whole


def test_a_rounded_share_is_about():
    assert NB.percent(share_of(rounded(90), rounded(280))) == "ca. 32\u00a0%"


@given(st.integers(0, 200), st.integers(0, 200), st.integers(10, 200), st.integers(10, 200))
def test_a_change_in_points_is_the_difference_of_what_is_shown(a, b, of_a, of_b):
    assume(a <= of_a and b <= of_b)
    before, now = share_of(a, of_a), share_of(b, of_b)
    shown = [int(EN.percent(s).rstrip("%")) for s in (before, now)]
    assert certainty.points(before, now) == shown[1] - shown[0]


def test_the_interval_of_a_difference_is_newcombes():
    # Newcombe (1998), method 10, case (a): 56/70 − 48/80 is 0.0524 to 0.3339.
    a, b = share_of(48, 80), share_of(56, 70)
    low, high = certainty.newcombe(a, b)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_with_rounded_shares_the_interval_of_a_difference_is_wider():
    a, b = share_of(48, 80), share_of(56, 70)
    low, high = certainty.newcombe(a, b)
    about = [share_of(rounded(float(s.part), 2), rounded(float(s.whole), 2)) for s in (a, b)]
    for one, other in (about, (a, about[1]), (about[0], b)):
        wider = certainty.newcombe(one, other)
        assert wider[0] < low and high < wider[1]
        first, second = certainty.interval(one), certainty.interval(other)
        assert wider == (second[0] - first[1], second[1] - first[0])
