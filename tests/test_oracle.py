"""The second calculation itself, on cases small enough to work out by hand."""

from datetime import date
from types import SimpleNamespace as Record

import pytest

from tests import oracle

BY_DAY = {"as_of": date(2026, 3, 1), "illustrative": True}


@pytest.mark.parametrize(
    "text, first, last_day",
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-05-12", date(2016, 5, 12), date(2016, 5, 12)),
        (None, None, None),
    ],
)
def test_a_partial_date_spans_from_its_first_day_to_its_last(text, first, last_day):
    assert (oracle.earliest(text), oracle.latest(text)) == (first, last_day)


def test_months_end_where_the_later_month_does():
    assert oracle.months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert oracle.months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert oracle.first_of_month_after(date(2025, 10, 28), 7) == date(2026, 5, 1)


def agreement(begins_on, ends_on=None, confirmed_until=None):
    return Record(begins_on=begins_on, ends_on=ends_on, confirmed_until=confirmed_until)


def test_in_force_from_the_first_day_to_the_last_year_seen():
    begun = agreement(date(2020, 12, 31), date(2022, 1, 1))
    years = [year for year in range(2018, 2028) if oracle.is_in_force(begun, year, BY_DAY)]
    assert years == [2020, 2021, 2022]
    assert oracle.is_in_force(agreement(date(2026, 3, 1)), 2026, BY_DAY)
    assert not oracle.is_in_force(agreement(date(2026, 3, 2)), 2026, BY_DAY)
    assert not oracle.is_in_force(agreement(date(2020, 1, 1)), 2027, BY_DAY)


def test_confirmed_until_a_day_of_the_year():
    begun = date(2020, 1, 1)
    assert oracle.is_confirmed(agreement(begun, confirmed_until=date(2024, 1, 1)), 2024, BY_DAY)
    assert not oracle.is_confirmed(
        agreement(begun, confirmed_until=date(2023, 12, 31)), 2024, BY_DAY
    )
    assert not oracle.is_confirmed(agreement(begun), 2020, BY_DAY)


def test_without_a_start_an_agreement_is_in_force_in_the_years_of_its_activities():
    def held(begins_on, evidence="unstated", is_cancelled=False):
        return Record(
            begins_on=begins_on,
            year=begins_on.year,
            evidence=evidence,
            is_illustrative=evidence == "illustrative",
            is_cancelled=is_cancelled,
        )

    seen = agreement(None, confirmed_until=date(2025, 12, 31))
    seen.activities = [
        held(date(2019, 5, 1), is_cancelled=True),
        held(date(2021, 5, 1)),
        held(date(2023, 5, 1), "illustrative"),
        held(date(2026, 2, 1)),
        held(date(2026, 5, 1)),
    ]
    standing = {
        year: oracle.standing(seen, year, BY_DAY)
        for year in range(2018, 2028)
        if oracle.is_in_force(seen, year, BY_DAY)
    }
    assert standing == {2021: "confirmed", 2026: "start_unknown"}  # and by no example
    earlier = BY_DAY | {"as_of": date(2026, 1, 31)}
    assert not oracle.is_in_force(seen, 2026, earlier)


def test_the_part_of_a_stack_follows_the_chosen_types():
    both = {"county", "company"}
    assert oracle.part(both, []) == "several"
    assert oracle.part(both, ["county"]) == "county"
    assert oracle.part(both, ["county", "company"]) == "several"


def test_the_weakest_evidence_decides_and_unknown_is_not_zero():
    assert oracle.weakest(["register", "unstated", "employer"]) == "unstated"
    assert oracle.total([None, None]) is None
    assert oracle.total([None, 0]) == 0
