"""Results of agreements and partners, of parts of years, and those whose number is not there: what
is refused, and what is told of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import queries
from queries import answers
from queries.contract import computed_measures, workbench
from ringvirkning.figures.targets import reached_target, target_row, target_words
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import loading, report
from ringvirkning.store import versions
from ringvirkning.texts import Words, sentences, words
from ringvirkning.texts.certainty import Number, quotient
from tests.checked import kept_back
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
from tests.test_queries import KNOWN, published

pytestmark = pytest.mark.slow  # they publish

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
    "half of a year": (
        *("period_told_twice", "outcomes", "year", "2024-01/2024-06"),
        {"outcomes": [in_year("1", "2024", "30"), in_year("2", "2024-01/2024-06", "3")]},
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
    found = kept_back(written(tmp_path / "data", AGREED | given))
    assert [(f.rule, f.file, f.column, f.found) for f in found] == [
        (rule, f"{file}.csv", column, text)
    ]


def test_what_pages_work_out_has_its_shipped_words_where_a_folder_lacks_them(tmp_path: Path):
    folder = written(tmp_path / "data", AGREED)
    heading, *rows = (folder / "measures.csv").read_text(encoding="utf-8").splitlines()
    (jobs,) = (row for row in rows if row.startswith("placements,"))
    own = jobs.replace("placements,", "placements,Alle ", 1)
    (folder / "measures.csv").write_text(f"{heading}\n{own}\n", encoding="utf-8")
    with workbench() as connection:
        assert loading.load_folder(connection, folder) == []
        named = dict(connection.execute("select measure, name_nb from given.measures").fetchall())
    assert named.keys() == computed_measures()
    assert named["attended"] == "Deltakere" and named["placements"].startswith("Alle ")


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


# What is told of them


AGREEMENTS: dict[str, list[Row]] = {
    "partners": [
        partner("p", partner_type="labour_welfare"),
        partner("q", partner_type="municipality"),
        partner("r", partner_type="municipality"),
    ],
    "partnerships": [
        partnership("s", programme="P", partner_ids="p|q", focus_areas="ungdom|næring",
                    start_date="2020"),
        partnership("t", programme="P", partner_ids="p|r", focus_areas="ungdom",
                    start_date="2020"),
    ],
    "measures": [
        measure("grants", unit="nok", adds="sum"),
        measure("net", unit="count", adds="sum", can_be_negative="yes"),
        measure("score", unit="score", scale="1-6"),
    ],
    "outcomes": [
        of_agreement("1", value="12", partner_id="p"),
        of_agreement("2", value="8", partner_id="q"),
        of_agreement("3", value="1000", measure="grants"),
        in_year("4", "2024", "5"),
        in_year("5", "2024", "7") | {"measure": "grants"},
        in_year("6", "2023-08/2024-07", "40"),
        in_year("7", "2023-05", "3"), in_year("8", "2023-Q3", "4"),
        in_year("9", "2022", "", value_status="suppressed"),
        in_year("10", "2022", "2", partner_id="q"),
        in_year("11", "2024", "4.2") | {"measure": "score"},
        in_year("12", "2024", "12.125", measure="jobs_created_fte"),
        in_year("13", "2023", "0.1", measure="jobs_created_fte"),
        in_year("14", "2024", "-3") | {"measure": "net"},
        in_year("15", "2022", "1", partner_id="q", age_group="16-19"),
        in_year("16", "2025-01", "14", partnership_id="t", measure="interviews"),
        in_year("17", "2025-02", "", partnership_id="t", measure="interviews",
                value_status="suppressed"),
        in_year("18", "2025-03", "", measure="interviews", value_status="missing"),
    ],
    "targets": [
        target(partnership_id="s", value="30"), target(year="2023-08/2024-07", value="50"),
        target(partnership_id="t", year="2025", value="20", measure="interviews"),
        target(year="2025", value="12", measure="interviews"),
    ],
}  # fmt: skip
JOBS = {"measure": "placement_permanent", "rows": "time", "split": ""}


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with published(written(tmp_path_factory.mktemp("agreed"), AGREEMENTS)) as connection:
        yield connection


def told(connection: duckdb.DuckDBPyConnection, **asked: Any) -> dict[Any, Any]:
    """The cells of a question by their row, all of them by None where rows have names."""
    cells = queries.rows(connection, answers.Explore, KNOWN | JOBS | asked)
    return {"all" if cell.is_row_total else cell.row: cell for cell in cells if cell.is_split_total}


def values_of(cells: dict[Any, Any]) -> dict[Any, Any]:
    return {row: cell.value for row, cell in cells.items()}


def test_what_lies_within_a_year_is_of_that_year_and_a_school_year_of_none(agreed):
    cells = told(agreed)
    known = {"2022": 2, "2023": 7, "2024": 25, "2023-08/2024-07": 40, "all": 74}
    assert values_of(cells) == known
    quarters = values_of(told(agreed, grain="quarter"))
    assert {"2023-Q2": 3, "2023-Q3": 4, "2024?": 25, "2022?": 2}.items() <= quarters.items()


def test_a_suppressed_number_is_counted_and_is_no_zero(agreed):
    cell = told(agreed)["2022"]
    assert (cell.value, cell.record_count, cell.known_count, cell.suppressed_count) == (2, 2, 1, 1)


def test_a_result_is_its_partners_and_one_for_several_counts_once(agreed):
    by_partner = values_of(told(agreed, rows="partner"))
    shared = 5 + 40 + 3 + 4  # of the programme, whose agreements have all three
    assert by_partner == {"p": 12 + shared, "q": 8 + 2 + shared, "r": shared, "all": 74}
    by_agreement = values_of(told(agreed, rows="partnership"))
    assert by_agreement == {"s": 22 + shared, "t": shared, "all": 74}


def test_decimals_are_added_exactly_and_a_net_count_may_be_below_zero(agreed):
    years = values_of(told(agreed, measure="jobs_created_fte"))
    assert years == {"2023": 0.1, "2024": 12.125, "all": 12.225}
    assert told(agreed, measure="net")["all"].value == -3
    assert told(agreed, measure="score")["2024"].value == 4.2


def test_one_measure_by_another_is_of_what_has_both(agreed):
    cell = told(agreed, measure="grants", divisor="placements", rows="")["all"]
    # The agreement's 1000 has no jobs of its own: they are of its partners.
    assert (cell.part, cell.whole, cell.rated_count, cell.record_count) == (7, 5, 1, 2)


def test_partners_count_once_and_only_those_of_the_type_that_is_asked_for(agreed):
    in_force = {"measure": "partners_with_agreement", "rows": "partner_type", "year": 2024}
    once = values_of(told(agreed, **in_force))
    assert once == {"labour_welfare": 1, "municipality": 2, "all": 3}
    assert values_of(told(agreed, **in_force, partner_type=["labour_welfare"]))["all"] == 1
    assert values_of(told(agreed, **in_force, focus_area=["næring"]))["all"] == 2


def test_ages_are_beside_the_total_and_not_in_it(agreed):
    by_age = values_of(told(agreed, rows="age_group"))
    assert by_age == {"16-19": 1, None: 72, "all": 74}


def test_a_target_of_an_agreement_is_held_against_what_names_it(agreed):
    own: Any
    of_programme: Any
    (own,) = queries.rows(agreed, answers.PartnershipTargets, KNOWN | {"partnership_id": "s"})
    assert (own.target, own.actual, own.is_over) == (30, 20, True)
    of_programme, _ = queries.rows(agreed, answers.TargetsMet, KNOWN)
    assert (of_programme.period, of_programme.actual) == ("2023-08/2024-07", 40)
    asked = {"measure": "target_attainment", "point": "placement_permanent", "rows": ""}
    cell = told(agreed, **asked)["all"]
    assert (cell.part, cell.whole) == (of_programme.actual, of_programme.target)


def test_how_far_a_target_is_reached_is_not_said_where_a_result_of_it_is_unknown(agreed):
    own: Any
    (own,) = queries.rows(agreed, answers.PartnershipTargets, KNOWN | {"partnership_id": "t"})
    # What is missing is the programme's, and no agreement's.
    assert (own.actual, own.suppressed_count, own.missing_count) == (14, 1, 0)
    w = words("nb")
    assert target_row(w, own)[1:] == ("14 (1 skjermet)", "20", "")
    known = own._replace(suppressed_count=0)
    assert target_row(w, known)[1:] == ("14", "20", "70\N{NO-BREAK SPACE}%")


def test_a_programme_s_target_is_met_or_open_where_a_result_of_it_is_unknown(agreed):
    of_programme: Any
    _, of_programme = queries.rows(agreed, answers.TargetsMet, KNOWN)
    unknown = (of_programme.suppressed_count, of_programme.missing_count)
    assert (of_programme.actual, unknown, of_programme.is_over) == (14, (1, 1), True)
    w = words("nb")
    assert target_words(w, of_programme) == "14 av 12 · 1 skjermet, 1 mangler"
    assert reached_target(of_programme) == "met"
    assert reached_target(of_programme._replace(target=20)) == "unclear"
    assert reached_target(of_programme._replace(can_be_negative=True)) == "unclear"
    asked = {"measure": "target_attainment", "point": "interviews", "rows": ""}
    assert told(agreed, **asked)["all"].part is None


@pytest.mark.parametrize(
    "part, said",
    [
        (None, "2023–2024"),
        ("2024-Q1", "1. kvartal 2024"),
        ("2024-05", "mai 2024"),
        ("2023-08/2024-07", "august 2023–juli 2024"),
    ],
)
def test_a_period_is_said_as_it_is(part: str | None, said: str):
    assert sentences.time_in_words(words("nb"), 2023, 2024, part) == said


def test_numbers_are_said_with_their_decimals_scale_and_what_is_unknown():
    w = Words("nb", {"done": {"unit": "share"}, "score": {"unit": "score", "scale": "1-6"}})
    assert sentences.measured_number(w, "done", 0.375) == "37,5\N{NO-BREAK SPACE}%"
    assert sentences.measured_number(w, "score", 4.2) == "4,2 (skala 1–6)"
    assert sentences.measured_number(w, "other", 12.125) == "12,125"
    unknown = {"suppressed": 1, "missing": 2, "not_yet": 0}
    assert sentences.result_said(w, "other", 7, unknown) == "7 (1 skjermet, 2 mangler)"
    assert sentences.result_said(w, "other", None, unknown) == "1 skjermet, 2 mangler"


def test_a_quotient_is_said_only_where_rounding_hardly_moves_it():
    exact, near = quotient(1000, 4), quotient(1000, Number(200, 195, 205))
    assert exact is not None and float(exact) == 250
    assert quotient(1000, Number(20, 15, 25)) is None
    assert near is not None and (near.low, near.high) == (1000 / 205, 1000 / 195)
    assert quotient(1000, 0) is None and quotient(1000, Number(5, 0, 10)) is None


def test_the_public_sees_counts_of_agreements_and_periods_rounded_and_no_ages(tmp_path: Path):
    more = [
        in_year(f"m{month}", f"2021-{month:02}", str(month % 5 + 1), partner_id=one)
        | {"outcome_id": f"{one}{month}"}
        for one in "pq"
        for month in range(1, 13)
    ]
    given = AGREEMENTS | {"outcomes": [*AGREEMENTS["outcomes"], *more]}
    var = tmp_path / "var"
    assert publishing.publish(written(tmp_path / "data", given), var) == []
    version = versions.current(var)
    assert version
    year = "select sum(value)::double from outcomes where measure = $1 and year like '2021%'"
    people = "from outcomes where value % 5 <> 0 and measure = 'placement_permanent'"
    with (
        queries.opened(version.exact(var)) as exact,
        queries.opened(version.protected(var)) as protected,
    ):
        assert len(exact.execute(people).fetchall()) > 20
        assert protected.execute(people).fetchall() == []
        assert protected.execute("from outcomes where is_part").fetchall() == []
        (true,), (shown,) = (
            one.execute(year, ["placement_permanent"]).fetchall()[0] for one in (exact, protected)
        )
        most = protected.execute("select max(most) from margins where year = '2021'").fetchall()
        assert abs(true - shown) <= most[0][0] <= 5
