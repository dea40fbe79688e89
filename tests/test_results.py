"""Results of agreements and partners, of parts of years, and those whose number is not there: what
is refused, and what is told of them."""

from pathlib import Path

import pytest

from ringvirkning.intake import report
from tests.test_advice import (
    AS_OF,
    activity,
    in_year,
    measure,
    of_agreement,
    outcome,
    partner,
    partnership,
    target,
    written,
)

Row = dict[str, str]
OF_P: Row = {"programme": "P"}
NET = {"measure": "net", "value": "-3"}
SCORE = {"measure": "score", "value": "7"}
ACROSS = "contradicts_partnership"

# Rule, file, column, what was found, and what the folder has beside two agreements s and t.
REFUSED: dict[str, tuple[str, str, str, str | None, dict[str, list[Row]]]] = {
    "neither number nor status": (
        *("has_value_quote_or_status", "outcomes", "value", None),
        {"outcomes": [in_year("1", "2024", "")]},
    ),
    "known without a number": (
        *("status_fits_value", "outcomes", "value_status", "known"),
        {"outcomes": [in_year("1", "2024", "", value_status="known", quote="mange")]},
    ),
    "suppressed with a number": (
        *("status_fits_value", "outcomes", "value_status", "suppressed"),
        {"outcomes": [in_year("1", "2024", "3", value_status="suppressed")]},
    ),
    "status that is none": (
        *("unknown_code", "outcomes", "value_status", "hemmelig"),
        {"outcomes": [in_year("1", "2024", "", value_status="hemmelig", quote="mange")]},
    ),
    "fewer than no persons": (
        *("is_not_negative", "outcomes", "value", "-3"),
        {"outcomes": [in_year("1", "2024", "-3")]},
    ),
    "measure of persons below zero": (
        *("negative_persons", "measures", "can_be_negative", "yes"),
        {"measures": [measure("m", unit="persons", counts_people="yes", can_be_negative="yes")]},
    ),
    "seven decimals": (
        *("not_number", "outcomes", "value", "1.1234567"),
        {"outcomes": [in_year("1", "2024", "1.1234567", measure="jobs_created_fte")]},
    ),
    "thirteenth month": (
        *("is_period", "outcomes", "year", "2024-13"),
        {"outcomes": [in_year("1", "2024-13", "3")]},
    ),
    "fifth quarter": (
        *("is_period", "targets", "year", "2024-Q5"),
        {"targets": [target(year="2024-Q5")]},
    ),
    "school year backwards": (
        *("is_period", "outcomes", "year", "2024-08/2023-07"),
        {"outcomes": [in_year("1", "2024-08/2023-07", "3")]},
    ),
    "month of a year": (
        *("period_told_twice", "outcomes", "year", "2024-05"),
        {"outcomes": [in_year("1", "2024", "30"), in_year("2", "2024-05", "3")]},
    ),
    "month of a quarter": (
        *("period_told_twice", "outcomes", "year", "2024-05"),
        {"outcomes": [in_year("1", "2024-Q2", "30"), in_year("2", "2024-05", "3")]},
    ),
    "ages backwards": (
        *("is_age_group", "outcomes", "age_group", "30-16"),
        {"outcomes": [in_year("1", "2024", "3", age_group="30-16")]},
    ),
    "one age twice": (
        *("repeated_result", "outcomes", "measure", "placement_permanent"),
        {"outcomes": [
            in_year("1", "2024", "3", age_group="16-19"),
            in_year("2", "2024", "3", age_group="16_19"),
        ]},
    ),
    "unknown partner": (
        *("unknown_reference", "outcomes", "partner_id", "nobody"),
        {"outcomes": [in_year("1", "2024", "3", partner_id="nobody")]},
    ),
    "agreement of another association": (
        *(ACROSS, "outcomes", "association", "B"),
        {"outcomes": [of_agreement("1", association="B")]},
    ),
    "target of another association's agreement": (
        *(ACROSS, "targets", "association", "B"),
        {"targets": [target(partnership_id="s", association="B")]},
    ),
    "one result of an agreement twice": (
        *("repeated_result", "outcomes", "measure", "placement_permanent"),
        {"outcomes": [of_agreement("1"), of_agreement("2", association="A", **OF_P)]},
    ),
    "number and status": (
        *("repeated_result", "outcomes", "measure", "placement_permanent"),
        {"outcomes": [
            in_year("1", "2024", "3"), in_year("2", "2024", "", value_status="missing"),
        ]},
    ),
    "activity and agreement": (
        *("activity_and_partnership", "outcomes", "partnership_id", "s"),
        {"activities": [activity()], "outcomes": [outcome("1", partnership_id="s")]},
    ),
    "partner without a year": (
        *("has_origin", "outcomes", "activity_id", None),
        {"outcomes": [outcome("1", association="A", partner_id="p") | {"activity_id": ""}]},
    ),
    "score outside its scale": (
        *("outside_scale", "outcomes", "value", "7"),
        {"measures": [measure("score", unit="score", scale="1-6")],
         "outcomes": [in_year("1", "2024", "7") | SCORE]},
    ),
    "score without a scale": (
        *("score_without_scale", "measures", "scale", None),
        {"measures": [measure("score", unit="score")]},
    ),
    "scale backwards": (
        *("is_scale", "measures", "scale", "6-1"),
        {"measures": [measure("score", unit="score", scale="6-1")]},
    ),
}  # fmt: skip
AGREED: dict[str, list[Row]] = {
    "partners": [partner("p"), partner("q")],
    "partnerships": [partnership("s", programme="P"), partnership("t")],
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_said_where(
    case: tuple[str, str, str, str | None, dict[str, list[Row]]], tmp_path: Path
):
    rule, file, column, text, given = case
    found = report.findings_of(written(tmp_path / "data", AGREED | given), None, AS_OF)
    wrong = [(f.rule, f.file, f.column, f.found) for f in found if f.level == "must_fix"]
    assert wrong == [(rule, f"{file}.csv", column, text)]


def test_what_programmes_are_made_of_is_accepted(tmp_path: Path):
    given = AGREED | {
        "measures": [
            measure("net", unit="count", adds="sum", can_be_negative="yes"),
            measure("score", unit="score", scale="1-6"),
        ],
        "outcomes": [
            of_agreement("1"),
            of_agreement("1q", programme="Q"),
            of_agreement("2", partner_id="q", measure="mentors"),
            in_year("3", "2024", "3", partner_id="p") | {"programme": ""},
            in_year("4", "2023-08/2024-07", "3"),
            in_year("5", "2024-Q1", "3"),
            in_year("6", "2024-05", "3"),
            in_year("7", "2022", "", value_status="suppressed"),
            in_year("8", "2021", "", value_status="not_yet"),
            in_year("9", "2024", "12.125", measure="jobs_created_fte"),
            in_year("10", "2024", "-3") | NET,
            in_year("11", "2024", "4.2") | {"measure": "score"},
            in_year("12", "2024-05", "1", age_group="16-30"),
            in_year("13", "2024-05", "1", age_group="30+", background="innvandrere"),
        ],
        "targets": [target(partnership_id="s"), target(year="2023-08/2024-07")],
    }
    found = report.findings_of(written(tmp_path / "data", given), None, AS_OF)
    assert [f for f in found if f.level == "must_fix"] == []
