"""Every number against a second calculation, and against the files that were last looked at.

After a change that is meant, look at the difference and rewrite tests/golden/ with
`python -m tests.test_queries`; `HYPOTHESIS=long` tries many more made-up folders.
"""

import csv
import io
import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import queries
from queries import answers
from queries.contract import workbench
from ringvirkning import ROOT
from ringvirkning.figures import view
from ringvirkning.figures.activities import latest as latest_activities
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.explore.answer import ONCE
from ringvirkning.figures.jobs import jobs_title
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import loading
from ringvirkning.store import versions
from ringvirkning.texts import words
from ringvirkning.texts.certainty import Number, number_answered
from ringvirkning.ui.editor.attention import agreements_of
from ringvirkning.ui.search import everything
from tests import cases, oracle, oracle_explore, row_types  # noqa: F401  (adds its answers)
from tests.frames import ask as asked

GOLDEN = Path(__file__).with_name("golden")
KNOWN: dict[str, Any] = {
    "association": [],
    "partner_type": [],
    "partnership_type": [],
    "programme": [],
    "from_year": None,
    "to_year": None,
    "illustrative": True,
    "as_of": date(2026, 11, 23),
    "year": 2025,
    "partnership_id": "ig_nav",
    "round_programme": "WorkOP",
    "measure": "activities_held",
    "point": "exit",
    "rows": "time",
    "split": "activity_type",
    "grain": "year",
    "divisor": "",
    "focus_area": [],
    "row_key": "*",
    "split_key": "*",
    "limit": 1000,
    "offset": 0,
    "partner_id": "viken",
    "places": [],
    "borders": "2024",
    "partnership_ids": [],
    "partner_ids": [],
    "activity_ids": [],
    "agreement_ids": ["nfdr_usn", "nfdr_naeringsvekst_2020", "nfdr_internasjonale_drammen"],
    "giver_ids": [],
    "dimension": "partner",
    "ids": ["nav", "eidsvoll", "none"],
    "counted_in": [],
    "exact_years": False,
    "single_years": False,
    "latest": False,
    "matter": "not_counted",
}
INTERNAL = "facet_id"  # a number of the database's own
# The keys that a question promises to sort by, where they leave ties; else whole rows.
SORTED_BY = {
    "context": ["place"],
    "results_by_programme": ["programme", "measure", "from_year"],
    "explore_every_record": [],
    "explore_records": ["from_year", "month"],
    "explore": ["is_row_total", "row", "is_split_total", "split"],
    "partnership_results": ["programme", "from_year", "measure", "measured_at"],
    "partnership_activities": ["begins_on", "title"],
    "partnership_partners": ["name"],
    "partnership_records": ["begins_on", "title"],
    "work_streams": ["agreement", "partnership_id"],
    "contributions": ["contribution_kind", "currency", "contribution_state", "from_year"],
    "targets_met": ["association", "programme", "from_year", "to_year", "measure"],
}


def tried(part):
    """A part of the examples of the profile in conftest.py: publishing takes half a second.

    Made small again only in a long run, since that takes minutes.
    """
    examples = settings().max_examples
    return settings(
        max_examples=max(3, int(examples * part)),
        phases=[phase for phase in Phase if phase != Phase.shrink or examples > 100],
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def published(folder):
    """A connection to the version made from a folder."""
    with tempfile.TemporaryDirectory() as name:
        var = Path(name)
        assert publishing.publish(Path(folder), var) == []
        version = versions.current(var)
        assert version
        connection = queries.opened(version.exact(var))
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def drafted(raw):
    """A connection to the exact figures of these frames: the same tables at half the work."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name, "exact.duckdb")
        with workbench() as loaded:
            assert loading.load_folder(loaded, cases.written(raw, Path(name))) == []
            publishing.draft(loaded, database)
        with queries.opened(database) as connection:
            yield connection


def plain(value):
    """One way to write a value, whichever library it comes from."""
    if isinstance(value, dict):  # what is known of a number, as DuckDB has it
        value = number_answered(**value)
    if isinstance(value, Number):
        high = None if value.high == inf else value.high
        value = (float(value), value.low, high, value.is_example)
    if isinstance(value, (list, tuple)) or (
        hasattr(value, "tolist") and getattr(value, "ndim", False)
    ):
        return tuple(plain(item) for item in value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if hasattr(value, "item"):
        value = value.item()
    return round(value, 6) if isinstance(value, float) else value


def rows(frame):
    """Column by column, since pandas takes several times as long to give a row."""
    shown = [column.tolist() for name, column in frame.items() if name != INTERNAL]
    return list(zip(*(map(plain, column) for column in shown), strict=True))


def assert_same(name, found, expected, values):
    __tracebackhide__ = True
    asked_with = {k: v for k, v in values.items() if k in queries.parameters(name)}
    columns = [c for c in found.columns if c != INTERNAL]
    assert columns == list(expected.columns), name
    for column in row_types.never_none(name) & set(columns):
        assert all(value is not None for value in found[column]), f"{name}.{column} may be None"
    left, right = rows(found), rows(expected)
    lacking = sorted(set(right) - set(left), key=str)
    excess = sorted(set(left) - set(right), key=str)
    where = f"{name} {asked_with}\n{columns}"
    assert not (lacking or excess), f"{where}\nonly oracle: {lacking}\nonly query: {excess}"
    assert sorted(left, key=str) == sorted(right, key=str), where
    at = [columns.index(key) for key in SORTED_BY.get(name, columns)]
    order = [[[row[i] for i in at] for row in side] for side in (left, right)]
    assert order[0] == order[1], f"order of {where}"


def test_values_are_written_out_as_duckdb_reads_them():
    values = ["O'Brien; drop", [], ["a'b", "c"], None, True, 7, 0.5, date(2026, 1, 2)]
    written = ", ".join(map(queries.literal, values))
    with duckdb.connect() as connection:
        assert list(connection.execute(f"select {written}").fetchall()[0]) == values


def test_a_question_lacking_a_value_is_not_written_out():
    with pytest.raises(queries.UnknownParameter):
        queries.filled("choices", {})


# What each question says of itself


@pytest.mark.parametrize("name", queries.questions())
def test_question_says_its_grain_and_asks_for_nothing_unknown(name):
    assert queries.text(name).startswith("-- One row")
    assert queries.parameters(name) <= KNOWN.keys()


def test_every_question_has_an_oracle():
    assert sorted(oracle.ANSWERS) == queries.questions()


# The shipped data


@pytest.fixture(scope="module")
def shipped(watch):
    with queries.opened(watch.version.exact(watch.var)) as connection:
        yield connection


def test_a_version_that_is_open_opens_again(shipped):
    """DuckDB 2.0.0 gives a file's connections one database: who locks its settings later can't."""
    (file,) = shipped.execute("select path from duckdb_databases() where not internal").fetchone()
    with queries.opened(Path(file)) as again:
        for forbidden in ("set threads = 2", f"from read_text('{ROOT / 'README.md'}')"):
            with pytest.raises((duckdb.InvalidInputException, duckdb.PermissionException)):
                again.execute(forbidden)
        assert again.execute("select count(*) from partners").fetchone()


def test_a_question_of_few_rows_is_answered_as_one_of_many_is(
    shipped, tmp_path, watch, monkeypatch
):
    """Of which DuckDB thinks more, and of all that it can."""
    monkeypatch.setattr(queries, "SMALL_VERSION", 0)
    exact = watch.version.exact(watch.var)
    copies = [shutil.copy(exact, tmp_path / name) for name in ("many", "all")]
    with queries.opened(copies[0]) as many, duckdb.connect(copies[1], read_only=True) as thorough:
        setting = "select current_setting('disabled_optimizers')"
        of_few, of_many, of_all = (
            {*one.execute(setting).fetchall()[0][0].split(",")} for one in (shipped, many, thorough)
        )
        assert of_few > of_many > of_all - {""}
        for name in queries.questions():
            expected = asked(thorough, name, KNOWN).drop(columns=INTERNAL, errors="ignore")
            for one in (shipped, many):
                assert_same(name, asked(one, name, KNOWN), expected, KNOWN)


def test_what_is_worth_thinking_of_is_something_that_duckdb_does():
    with duckdb.connect() as connection:
        known = {name for (name,) in connection.execute("from duckdb_optimizers()").fetchall()}
    assert known >= queries.WORTH_THINKING_OF | queries.WORTH_IT_IN_MANY_ROWS


def test_a_number_is_told_as_it_is_whatever_the_table_is_called(shipped):
    """DuckDB 2.0.0 takes `known.value` in a lambda for a column of a table `known`, if there is one
    (findings/duckdb_lambda_parameter_hidden_by_table.sh)."""
    made = (
        "select number_of(1, 2, null, null) as n, 7 as value, 7 as low, 7 as high, 7 as is_example"
    )
    told = {"value": 1, "low": 0, "high": 3, "is_example": False, "is_rounded": True}
    for name in ("n", "known", "made"):
        assert shipped.execute(f"select told(n) from ({made}) as {name}").fetchall() == [(told,)]


@pytest.mark.slow
def test_of_very_many_the_latest_thousand_are_told_with_little_memory(watch, tmp_path):
    """Many are of the same day as the thousandth, and those without a day come last."""
    place = shutil.copy(watch.version.exact(watch.var), tmp_path)
    latest = "order by begins_on desc nulls last, {}activity_id limit 1000"
    with duckdb.connect(place) as many:
        many.execute(
            "insert into activities select a.* replace (activity_id || '-' || i as activity_id,"
            " begins_on - (i % 900)::integer as begins_on)"
            " from activities as a, range(8000) as copies (i)"
        )
        expected = {
            matter: many.execute(
                "select activity_id from activities where coalesce(begins_on <= $1, true)"
                f" and not cancelled and {which} {latest.format('')}",
                [KNOWN["as_of"]],
            ).fetchall()
            for matter, which in {
                "without_results": "is_for_persons and not has_result",
                "not_counted": "attended_count is null",
            }.items()
        }
        listed = f"select activity_id from activities {latest.format('title, ')}"
        expected["all"] = many.execute(listed).fetchall()
    with duckdb.connect(place, config=queries.CLOSED | {"memory_limit": "60MB"}) as little:
        found = {
            matter: [
                row.activity_id
                for row in queries.rows(
                    little, answers.AttentionActivities, KNOWN | {"matter": matter}
                )
            ]
            for matter in ("without_results", "not_counted")
        }
        records = queries.rows(little, answers.ActivityRecords, KNOWN)
        found["all"] = [row.activity_id for row in records]
    assert found == {matter: [id for (id,) in rows] for matter, rows in expected.items()}
    assert all(len(ids) == 1000 for ids in found.values())


def test_what_more_than_a_thousand_are_later_than_is_found_all_the_same(watch, tmp_path):
    """A partner's agreements, those of the worklist and in the search; its activities."""
    place = Path(shutil.copy(watch.version.exact(watch.var), tmp_path))
    with duckdb.connect(place) as many:
        latest, *_, first = queries.rows(many, answers.PartnershipRecords, KNOWN)
        many.execute(
            "insert into partnerships select p.* replace (partnership_id || i as partnership_id)"
            " from partnerships as p, range(1000) as copies (i) where partnership_id = $1",
            [latest.partnership_id],
        )
        told = queries.rows(many, answers.PartnershipRecords, KNOWN)
        assert len(told) == 1000 and first not in told
        own = KNOWN | {"partner_ids": first.partner_ids}
        assert first in queries.rows(many, answers.PartnershipRecords, own)
        many.execute(
            "insert into activities select a.* replace (activity_id || i as activity_id)"
            " from activities as a, range(1000) as copies (i)"
            " where activity_id = (select max_by(activity_id, begins_on) from activities)"
        )
    hashes = {place.name: versions.file_hash(place)}
    (tmp_path / versions.HASHES).write_text(json.dumps(hashes), "utf-8")
    shown = seen(words("nb"), watch.version, place, KNOWN["as_of"], "")
    years = replace(shown, selection=replace(shown.selection, years=(2026, 2026)))
    assert [row.title for row in agreements_of(years, [first.partnership_id])] == [first.title]
    found = {hit.id for group in everything(shown, []) for hit in group.found}
    assert first.partnership_id in found and f"{latest.partnership_id}999" in found
    earliest = "nfdr_naeringsvekst_oppstart_2017"
    assert earliest not in {row.activity_id for row in latest_activities(shown)}
    assert [row.activity_id for row in latest_activities(shown, [earliest])] == [earliest]


@pytest.fixture(scope="module")
def shipped_world():
    return oracle.World(oracle.read(ROOT / "data"))


def written(value):
    """A field of a golden file: what is known of a number beside it, where that is not all."""
    if not isinstance(value, tuple):
        return value
    if not value or isinstance(value[0], str):
        return "|".join(value)
    number, low, high, is_example = value
    bounds = "" if low == high else f" ({low:.15g}–{'' if high is None else f'{high:.15g}'})"
    return f"{number:.15g}{bounds}{' example' * is_example}"


def as_csv(name, frame):
    """A frame as a golden file holds it: lists with |, an empty field where nothing is known; in an
    order of its own where the question promises none, since each DuckDB has another."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(c for c in frame.columns if c != INTERNAL)
    found = [[*map(written, row)] for row in rows(frame)]
    writer.writerows(sorted(found, key=str) if SORTED_BY.get(name) == [] else found)
    return text.getvalue()


@pytest.mark.parametrize("name", queries.questions())
def test_shipped_answer_is_the_one_that_was_looked_at(name, shipped):
    golden = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")
    assert as_csv(name, asked(shipped, name, KNOWN)) == golden


@pytest.mark.parametrize(
    "name", ["activities_by_year", "placements_by_year", "results_by_year", "targets_met"]
)
def test_both_ways_at_once_are_each_of_them(name, shipped):
    both = asked(shipped, name, KNOWN | {"illustrative": None})
    assert {*both.with_examples} == {True, False}
    for way in (True, False):
        alone = asked(shipped, name, KNOWN | {"illustrative": way})
        assert_same(name, both[both.with_examples == way], alone, KNOWN)
    every = [KNOWN | {"illustrative": way} for way in (None, True, False)]
    question = getattr(answers, row_types.class_name(name))
    each = [queries.rows(shipped, question, values) for values in every]
    assert queries.rows_of_each(shipped, question, every) == each


def test_a_county_that_was_split_goes_on_where_each_association_is(shipped):
    """Viken's plan for Gardermoen is told of Akershus, and never of Buskerud."""
    plan = "Strategisk næringsplan Gardermoregionen"

    def told(partner, **more):
        found = asked(shipped, "partner_results", KNOWN | {"partner_id": partner} | more)
        return plan in set(found.programme), "Internasjonale Drammen" in set(found.programme)

    assert told("buskerud") == (False, True)
    assert told("akershus") == (True, False)
    assert told("viken") == (True, True)
    before = {"as_of": date(2023, 12, 31)}
    assert [told(of, **before)[0] for of in ("buskerud", "akershus", "viken")] == [0, 1, 1]


BORDERS = ("2019", "2023", "2024")
BY_COUNTY = KNOWN | {"rows": "county", "split": "municipality"}


@pytest.mark.parametrize("borders", BORDERS)
def test_places_are_told_within_the_borders_that_were_looked_at(borders, shipped):
    """What was held in Drammen in 2022 may have been in any of three municipalities of 2019."""
    golden = (GOLDEN / "places" / f"{borders}.csv").read_text(encoding="utf-8")
    assert as_csv("explore", asked(shipped, "explore", BY_COUNTY | {"borders": borders})) == golden


def test_rows_are_typed_as_the_questions_answer(shipped):
    assert row_types.FILE.read_text(encoding="utf-8") == row_types.module(shipped, KNOWN)


def test_every_question_is_asked():
    source = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("ringvirkning/**/*.py"))
    unasked = [q for q in queries.questions() if f"answers.{row_types.class_name(q)}" not in source]
    assert unasked == []


def test_no_golden_file_is_orphaned():
    assert sorted(f.stem for f in GOLDEN.glob("*.csv")) == queries.questions()


IG, NFDR = "Innovasjon Gardermoen", "Næringsforeningen i Drammensregionen"
FILTERS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "association": {"association": [IG]},
    "other association": {"association": [NFDR], "partnership_id": "nfdr_naeringsvekst_2020"},
    "partner type": {"partner_type": ["municipality"], "year": 2019},
    "two partner types": {"partner_type": ["municipality", "university"], "year": 2018},
    "partnership type": {"partnership_type": ["network"], "partnership_id": "ig_kommunene"},
    "programme": {"programme": ["WorkOP", "Innsikt"]},
    "programme with targets": {"programme": ["Internasjonale Drammen", "Næringsvekst 2020"]},
    "two dimensions": {"association": [IG], "partner_type": ["labour_welfare"]},
    "two other dimensions": {"partner_type": ["county"], "partnership_type": ["strategic"]},
    "years": {"from_year": 2016, "to_year": 2020},
    "one year": {"from_year": 2024, "to_year": 2024, "year": 2024},
    "years and partner type": {"from_year": 2017, "to_year": 2026, "partner_type": ["county"]},
    "no illustrative": {"illustrative": False},
    "two years ago": {"as_of": date(2024, 5, 15), "year": 2024},
    "last spring": {"as_of": date(2026, 3, 1)},
    "before an end": {"as_of": date(2020, 12, 31), "year": 2020},
    "nothing left": {"association": [IG], "programme": ["Næringsvekst 2020"]},
    "unknown partnership": {"partnership_id": "none", "round_programme": "none"},
    "jobs by partner": {"measure": "placements", "rows": "partner", "split": "kind"},
    "placement rate": {"measure": "placement_rate", "rows": "round", "split": "time"},
    "late retention": {"measure": "retention_rate", "point": "12_months", "split": "evidence"},
    "active by type": {"measure": "active_partnerships", "split": "partner_type"},
    "active in a year": {"measure": "active_partnerships", "rows": "partnership", "split": ""},
    "attended": {"measure": "attended", "rows": "partner_type", "split": "time"},
    "mentors": {"measure": "mentors", "split": "programme", "row_key": "*"},
    "targets": {"measure": "target_attainment", "point": "placement_permanent", "split": ""},
    "retained in a year": {"from_year": 2024, "to_year": 2025, "year": 2024},
    "a giver": {"giver_ids": ["kiwi", "imdi"]},
    "agreements of some": {"partner_ids": ["nav_drammen", "usn"]},
    "activities of these ids": {
        "activity_ids": ["nfdr_innsikt_2021", "nfdr_naeringslivsdagene_2019"]
    },
    "a partnership's gaps": {"partner_id": None, "partnership_ids": ["ig_nav"]},
    "nobody": {"partner_id": "none"},
    "a county that goes on": {"partner_id": "buskerud", "association": [NFDR]},
    "another one": {"partner_id": "akershus"},
    "before it was split": {"partner_id": "viken", "as_of": date(2023, 12, 31)},
    "an office": {"partner_id": "nav_drammen", "partnership_id": "nfdr_lederkurs"},
    "all offices": {"partner_id": "nav", "partnership_id": "nfdr_internasjonale_drammen"},
    "by partner": {"rows": "partner", "split": "", "row_key": "akershus"},
    "by head": {"rows": "partner_head", "split": "partner", "row_key": "nav"},
    "by county": {"rows": "county", "split": "municipality", "dimension": "county", "ids": ["33"]},
    "by county of 2023": {"rows": "county", "split": "time", "borders": "2023", "places": ["3005"]},
    "by county of 2019": {"rows": "county", "borders": "2019", "split_key": "conference"},
    "agreements by place": {
        "measure": "active_partnerships",
        "rows": "municipality",
        "split": "",
        "places": ["33"],
    },
    "sources of jobs": {"counted_in": ["placements"]},
    "sources of the year's jobs": {
        "counted_in": ["placements"],
        "single_years": True,
        "from_year": 2018,
        "to_year": 2025,
    },
    "sources of the jobs of a span": {
        "counted_in": ["placements"],
        "exact_years": True,
        "from_year": 2016,
        "to_year": 2019,
    },
    "sources of partnerships": {
        "counted_in": ["active_partnerships", "partnerships_started", "partnerships_ended"],
        "as_of": date(2019, 6, 1),
    },
    "sources of partnerships of a year": {
        "counted_in": ["active_partnerships"],
        "from_year": 2025,
        "to_year": 2025,
    },
    "sources of partnerships without examples": {
        "counted_in": ["active_partnerships"],
        "illustrative": False,
        "from_year": 2023,
        "to_year": 2024,
    },
    "sources of rounds": {"counted_in": ["rounds"], "as_of": date(2024, 12, 1)},
    "sources of shares": {"counted_in": ["placement_rate", "retention_rate:12_months"]},
    "sources of targets": {
        "counted_in": [f"target_attainment:{m}" for m in ("placement_unspecified", "mentors")],
    },
    "sources of what is counted at a time": {"counted_in": ["mentors"], "latest": True},
    "jobs per employer": {
        "measure": "placements",
        "divisor": "employers",
        "rows": "programme",
        "split": "",
        "split_key": "*",
    },
    "partners by theme": {"measure": "partners_with_agreement", "rows": "focus_area", "split": ""},
    "quarters": {"grain": "quarter", "row_key": "2024-Q1", "split_key": "job_matching"},
    "seasons": {"grain": "season", "row_key": "Q4", "split_key": "*"},
}


# Together they give every value that is wanted empty and filled, true and false.
WRITTEN_OUT = (
    *("nothing", "two dimensions", "partnership type", "programme", "no illustrative"),
    *("active in a year", "a partnership's gaps", "sources of the year's jobs"),
    "sources of what is counted at a time",
)

QUICK = ("nothing", "no illustrative")  # what `make check` asks
# Together they have each value of a page's filters and of a day in two ways at least.
AT_ONCE = (
    *("nothing", "association", "other association", "two partner types", "partnership type"),
    *("programme", "years", "no illustrative", "two years ago", "nothing left"),
    "unknown partnership",
)


def differently_asked():
    """Each question with those filters that change one of its own values, by what is quick."""
    for name in queries.questions():
        seen: list[dict[str, Any]] = []
        those: dict[bool, list[str]] = {True: [], False: []}
        for filters, chosen in FILTERS.items():
            values = queries.needed(name, KNOWN | chosen)
            if values not in seen:
                seen.append(values)
                those[filters in QUICK].append(filters)
        yield pytest.param(name, those[True], id=name)
        if those[False]:
            yield pytest.param(name, those[False], marks=pytest.mark.slow, id=f"{name} filtered")


@pytest.mark.slow  # one at a time they are asked by `make check`, too
@pytest.mark.parametrize("name", queries.questions())
def test_asked_with_many_values_at_once_each_has_its_own_answer(name, shipped):
    """In the same order; those that are asked alone are, too."""
    question = getattr(answers, "".join(part.title() for part in name.split("_")))
    every = [KNOWN | FILTERS[name] for name in AT_ONCE]
    alone = [queries.rows(shipped, question, values) for values in every]
    assert queries.rows_of_each(shipped, question, every) == alone


@pytest.mark.parametrize("name, every", list(differently_asked()))
def test_shipped_answer_is_the_oracles(name, every, shipped, shipped_world):
    for filters in every:
        values = KNOWN | FILTERS[filters]
        expected = oracle.answer(shipped_world, name, values)
        assert_same(name, asked(shipped, name, values), expected, values)
        if filters in WRITTEN_OUT:
            written_out = shipped.cursor().execute(queries.filled(name, values)).df()
            assert_same(name, written_out, expected, values)


def test_what_is_asked_once_for_all_is_under_each_filter_what_that_has(watch):
    """Targets: what is known of one is the same whatever the filters leave beside it."""
    for database in (watch.version.exact(watch.var), watch.version.protected(watch.var)):
        open_version, lengths = view.connection(database), set()
        for chosen in FILTERS.values():
            for question in view.LEFT_BY:
                given = queries.needed(queries.question_name(question), KNOWN | chosen)
                alone = queries.rows(open_version, question, given)
                asked_for = tuple(sorted(kept_values(given).items()))
                assert view.cached_answer(database, question, asked_for) == alone
                lengths.add(len(alone))
        assert len(lengths) > 4


def kept_values(values):
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


# Made-up data


@pytest.mark.slow
@tried(0.2)
@given(st.data())
def test_made_up_answers_are_the_oracles(data):
    """All questions, and some of one's own with their records, of each version that is made."""
    raw = data.draw(cases.folders())
    world = oracle.World(raw)
    with (
        tempfile.TemporaryDirectory() as folder,
        published(cases.written(raw, Path(folder))) as made,
    ):
        for _ in range(2):
            values = data.draw(cases.values(raw))
            for name in queries.questions():
                expected = oracle.answer(world, name, values)
                assert_same(name, asked(made, name, values), expected, values)
        parts_of_a_year_are_the_whole_and_types_never_less(made, values)
        rows_that_are_left_are_those_of_all(made, values)
        a_total_counts_once_whoever_it_is_told_of(made, values)
        for values in data.draw(st.lists(cases.values(raw), min_size=8, max_size=8)):
            answers_of_ones_own_are_the_oracles_and_records_add_up(made, world, values)


def parts_of_a_year_are_the_whole_and_types_never_less(connection, values):
    values = values | {"from_year": None, "to_year": None}
    stack = asked(connection, "partnerships_by_year", values)
    in_year = stack.groupby("year").partnership_count.sum()
    for year in range(2019, 2028):
        values["year"] = year
        by_type = asked(connection, "partnerships_by_type", values)
        by_partner_type = asked(connection, "partnerships_by_partner_type", values)
        counts = ["confirmed_count", "unconfirmed_count", "start_unknown_count"]
        total = in_year.get(year, 0)
        assert total == by_type[counts].to_numpy().sum()
        assert total <= by_partner_type[counts].to_numpy().sum()


def rows_that_are_left_are_those_of_all(connection, values):
    for question, by in view.LEFT_BY.items():
        every = queries.rows(connection, question, values | view.NO_FILTERS)
        left = queries.rows(connection, by, values)
        assert view.left_of(every, by, left) == queries.rows(connection, question, values)


def a_total_counts_once_whoever_it_is_told_of(connection, values):
    """The same total by partner, with offices together and by place; offices together have no more
    in all than apart, and no less than the total."""
    for measure in ("activities_held", "placements", "attended"):
        of = values | {"measure": measure, "point": "exit", "split": ""}
        total = whole(connection, of | {"rows": ""})
        sums = {}
        for rows_ in ("partner", "partner_head", "municipality", "county"):
            cells = queries.rows(connection, answers.Explore, of | {"rows": rows_})
            assert [c.value for c in cells if c.is_row_total] == total
            sums[rows_] = sum(c.record_count for c in cells if not c.is_row_total)
        counted = queries.rows(connection, answers.Explore, of | {"rows": ""})
        assert sum(c.record_count for c in counted) <= sums["partner_head"] <= sums["partner"]
        assert sums["county"] <= sums["municipality"]


def whole(connection, values):
    return [cell.value for cell in queries.rows(connection, answers.Explore, values)]


def answers_of_ones_own_are_the_oracles_and_records_add_up(connection, world, values):
    cells = asked(connection, "explore", values)
    assert_same("explore", cells, oracle.answer(world, "explore", values), values)
    records = asked(connection, "explore_records", values)
    expected = oracle.answer(world, "explore_records", values)
    assert_same("explore_records", records, expected, values)
    # The total of all, which is the last, and the first of its parts.
    for cell in cells.iloc[[0, -1][: len(cells)]].itertuples():
        add_up(connection, cell, values)


@pytest.mark.slow
def test_a_stock_has_no_sum_over_years_but_its_last_year(tmp_path):
    raw = oracle.read(ROOT / "data")
    (mentors,) = raw["outcomes"].index[raw["outcomes"].measure == "mentors"]
    row = raw["outcomes"].loc[[mentors]]
    later = row.assign(outcome_id="later", year="2020", value="30")
    raw["outcomes"] = pd.concat([raw["outcomes"], later], ignore_index=True)
    world = oracle.World(raw)
    with published(cases.written(raw, tmp_path)) as connection:
        for rows_, split in (("time", ""), ("", ""), ("programme", "time"), ("partner", "")):
            values = KNOWN | {"measure": "mentors", "rows": rows_, "split": split}
            cells = asked(connection, "explore", values)
            assert_same("explore", cells, oracle.answer(world, "explore", values), values)
            total = cells[cells.is_row_total & cells.is_split_total]
            assert total.value.tolist() == [30]
            for cell in queries.rows(connection, answers.Explore, values):
                add_up(connection, cell, values)


def add_up(connection, cell, values):
    """The records behind a cell give its counts, its number, and its numerator and denominator."""
    keys = {
        "row_key": "*" if cell.is_row_total else cell.row or "",
        "split_key": "*" if cell.is_split_total else cell.split or "",
    }
    behind = queries.rows(connection, answers.ExploreRecords, values | keys)
    half = len(behind) // 2 + 1
    pages = [
        row
        for at in range(0, len(behind), half)
        for row in queries.rows(
            connection, answers.ExploreRecords, values | keys | {"limit": half, "offset": at}
        )
    ]
    assert pages == behind, "page by page they are the same"
    due = [row for row in behind if row.is_due]
    assert (len(due), len(behind) - len(due)) == (cell.record_count, cell.not_due_count), keys
    known = [row.value for row in due if row.value is not None]
    if values["measure"] in ONCE and cell.value is not None:
        alike = {
            r.record_id for r in due if r.value and r.value.is_example == cell.value.is_example
        }
        assert len(alike) == cell.value and len(known) == cell.known_count
    elif cell.value is not None:
        assert sum(known) == pytest.approx(cell.value)
        known = [n for n in known if n.is_example == cell.value.is_example]
    assert len(known) == cell.known_count or values["measure"] in ONCE
    if cell.part is not None:
        pairs = [(row.value, row.base_count) for row in due]
        rated = [pair for pair in pairs if None not in pair]
        assert [sum(numbers) for numbers in zip(*rated, strict=True)] == [cell.part, cell.whole]


@pytest.mark.parametrize("measure", ["activities_held", "placements"])
def test_pages_of_records_are_all_of_them_in_their_order(measure, shipped):
    """The latest first: several of a year stand on two pages."""
    values = KNOWN | {"measure": measure, "rows": "", "split": ""}
    every = queries.rows(shipped, answers.ExploreRecords, values)
    pages = [
        row
        for at in range(0, len(every), 5)
        for row in queries.rows(
            shipped, answers.ExploreRecords, values | {"limit": 5, "offset": at}
        )
    ]
    assert len(every) > 20 and pages == every


def test_jobs_can_be_asked_for_where_only_activities_of_no_programme_gave_any():
    raw = oracle.read(ROOT / "data")
    (free, *_) = raw["activities"][raw["activities"].programme == ""].activity_id
    job = {"activity_id": free, "programme": "", "association": "", "year": "", "value": "3"}
    job |= {"measure": "placement_permanent", "quote": ""}
    raw["outcomes"] = raw["outcomes"][:1].assign(**job)
    with drafted(raw) as connection:
        expected = oracle.answer(oracle.World(raw), "explore_measures", {})
        assert "placements" in set(expected.measure)
        assert_same("explore_measures", asked(connection, "explore_measures", {}), expected, {})
        found = queries.rows(connection, answers.PlacementsByYear, KNOWN)
        (jobs,) = (row for row in found if row.measure == "placements")
        assert jobs.programmes == [""] and jobs.from_year
        said = jobs_title(words("nb"), found, [], jobs.from_year, so_far=False)
        assert "3 fast jobb gjennom samarbeid utenom programmer i" in said


def test_a_round_of_which_a_kind_of_job_is_hidden_is_known_in_part_as_the_oracle_has_it():
    raw = oracle.read(ROOT / "data")
    outcomes = raw["outcomes"].copy()
    hidden = [
        "ig_workop_2023_var_placement_permanent", "ig_workop_2024_var_placement_temporary",
    ]  # fmt: skip
    late = (outcomes.measure == "in_work_or_education") & (outcomes.value != "")
    of = outcomes.outcome_id.isin(hidden) | outcomes.index.isin(outcomes[late].index[:2])
    unknown = {"value": "", "value_status": "suppressed", "followed_up_count": ""}
    outcomes.loc[of, [*unknown]] = [*unknown.values()]
    raw |= {"outcomes": outcomes}
    asks = {
        "funnel": KNOWN,
        "rounds": KNOWN | {"round_programme": "WorkOP"},
        "attention": KNOWN,
        "associations": KNOWN,
        "explore": KNOWN | {"measure": "placement_rate", "rows": "round", "split": ""},
    }
    with drafted(raw) as connection:
        for name, values in asks.items():
            found = asked(connection, name, values)
            assert_same(name, found, oracle.answer(oracle.World(raw), name, values), values)
        stages = queries.rows(connection, answers.Funnel, KNOWN)
        (placed,) = (row for row in stages if row.measure == "placements")
        assert (placed.known_count, placed.partly_known_count) == (placed.round_count - 2, 2)


def test_how_many_jobs_by_year_lack_their_number_is_the_oracles():
    raw = oracle.read(ROOT / "data")
    outcomes = raw["outcomes"].copy()
    rounds = [f"ig_workop_2023_{season}_placement_permanent" for season in ("var", "host")]
    in_one_year = outcomes.outcome_id.isin(rounds)
    outcomes.loc[in_one_year, "evidence"] = "register"
    outcomes.loc[outcomes.outcome_id == rounds[0], ["value", "value_status"]] = ["", "missing"]
    raw |= {"outcomes": outcomes}
    with drafted(raw) as connection:
        for illustrative in (True, False):
            values = KNOWN | {"illustrative": illustrative}
            expected = oracle.answer(oracle.World(raw), "placements_by_year", values)
            found = asked(connection, "placements_by_year", values)
            assert_same("placements_by_year", found, expected, values)
            assert any(found.lacking_count)


@pytest.mark.parametrize("rows_", ["", "time", "programme"])
def test_how_far_targets_are_reached_leaves_out_a_time_that_is_not_over(
    rows_, shipped, shipped_world
):
    of = {"measure": "target_attainment", "point": "placement_permanent", "split": ""}
    values = KNOWN | of | {"rows": rows_, "as_of": date(2025, 11, 23)}
    cells = asked(shipped, "explore", values)
    expected = oracle.answer(shipped_world, "explore", values)
    assert_same("explore", cells, expected, values)
    found = queries.rows(shipped, answers.Explore, values)
    for cell in found:
        add_up(shipped, cell, values)
    (whole,) = (cell for cell in found if cell.is_row_total)
    assert (whole.record_count, whole.not_due_count) == (2, 2)
    so_far = [cell.record_count for cell in found if cell.row in ("2025", "2026")]
    assert so_far == [1, 1] * (rows_ == "time")


def test_results_that_are_never_added_up_have_a_number_where_there_is_one_alone():
    raw = oracle.read(ROOT / "data")
    measures = raw["measures"].copy()
    measures.loc[measures.measure == "events_held", "adds"] = "never"
    (one, other) = (raw["outcomes"][raw["outcomes"].measure == "events_held"].head(2)).index
    outcomes = raw["outcomes"].copy()
    outcomes.loc[[one, other], ["year", "programme"]] = [["2014", "A"], ["2014", "B"]]
    raw |= {"measures": measures, "outcomes": outcomes}
    with drafted(raw) as connection:
        found = asked(connection, "results_by_year", KNOWN)
        expected = oracle.answer(oracle.World(raw), "results_by_year", KNOWN)
        assert_same("results_by_year", found, expected, KNOWN)
    periods = set(found[found.measure == "events_held"].period)
    assert periods and "2014" not in periods


def test_a_funnel_has_no_examples_beside_published_rounds():
    """Nor those stages that examples alone have: they would be other rounds' people."""
    raw = oracle.read(ROOT / "data")
    one = "ig_workop_2023_var"
    activities, outcomes = raw["activities"].copy(), raw["outcomes"]
    activities.loc[activities.activity_id == one, "evidence"] = "register"
    others = (outcomes.activity_id != one) | (outcomes.measure == "interviews")
    outcomes = outcomes[others].copy()
    outcomes.loc[outcomes.activity_id == one, "evidence"] = "register"
    with drafted(raw | {"activities": activities, "outcomes": outcomes}) as connection:
        stages = queries.rows(connection, answers.Funnel, KNOWN | {"illustrative": True})
    assert {(row.evidence, row.round_count) for row in stages} == {("register", 1)}
    known = {row.measure for row in stages if row.known_count}
    assert known == {"registered", "attended", "interviews"}


@pytest.mark.parametrize(("day", "count"), [("2025-11-23", 1), ("2025-11-22", 0)])
def test_an_agreement_is_confirmed_within_a_year_to_the_day(day, count):
    raw = oracle.read(ROOT / "data")
    partnerships = raw["partnerships"].copy()
    partnerships.loc[partnerships.partnership_id == "nfdr_helsehub", "confirmed_date"] = day
    raw["partnerships"] = partnerships
    with drafted(raw) as connection:
        found = asked(connection, "upkeep", KNOWN)
        assert_same("upkeep", found, oracle.answer(oracle.World(raw), "upkeep", KNOWN), KNOWN)
    assert found.done_count[0] == count


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2026-02", date(2028, 2, 29)),
        ("2024-02", date(2026, 2, 28)),
        ("2026-02-28", date(2028, 2, 28)),
        ("2024-02-29", date(2026, 2, 28)),
        ("2026", date(2028, 12, 31)),
    ],
)
def test_a_month_confirms_to_the_end_of_that_month_in_leap_years_too(said, until):
    raw = oracle.read(ROOT / "data")
    is_asked = raw["partnerships"].partnership_id == "nfdr_helsehub"
    raw["partnerships"].loc[is_asked, "confirmed_date"] = said
    with drafted(raw) as connection:
        found = asked(connection, "partnership_records", KNOWN).set_index("partnership_id")
    assert found.confirmed_until["nfdr_helsehub"] == until
    assert oracle.World(raw).by_id["nfdr_helsehub"].confirmed_until == until


TOTALS = [
    "activities_by_year",
    "activities_by_type",
    "activities_by_programme",
    "funnel",
    "placements_by_year",
    "results_by_programme",
    "targets_met",
    "sources",
]
EVERYTHING = {name: KNOWN[name] for name in ("association", "partner_type", "partnership_type")}


@pytest.mark.slow
@tried(0.12)
@given(st.data())
def test_sharing_an_activity_changes_no_total(data):
    raw = data.draw(cases.folders())
    values = data.draw(cases.values(raw)) | EVERYTHING
    shared = raw | {
        "activities": raw["activities"].assign(
            partnership_ids="|".join(raw["partnerships"].partnership_id),
            partner_ids="|".join(raw["partners"].partner_id),
        )
    }
    with drafted(raw) as before, drafted(shared) as after:
        for name in TOTALS:
            expected = asked(before, name, values)
            assert_same(name, asked(after, name, values), expected, values)


def unmixed(raw):
    """Only rounds of which all is illustrative or nothing."""
    of = dict(raw["activities"][["activity_id", "evidence"]].to_numpy().tolist())
    outcomes = raw["outcomes"].copy()
    stated = [i in of and of[i] != "illustrative" for i in outcomes.activity_id]
    outcomes.loc[stated, "evidence"] = outcomes.evidence.replace("illustrative", "estimate")
    return raw | {"outcomes": outcomes}


@pytest.mark.slow
@tried(0.12)
@given(st.data())
def test_leaving_illustrative_out_is_as_if_it_were_not_there(data):
    raw = unmixed(data.draw(cases.folders()))
    values = data.draw(cases.values(raw)) | {"illustrative": False}
    without = {
        name: rows[rows.evidence != "illustrative"] if "evidence" in rows else rows
        for name, rows in raw.items()
    }
    with drafted(raw) as whole, drafted(without) as rest:
        for name in queries.questions():
            if "illustrative" in queries.parameters(name):
                expected = asked(rest, name, values)
                assert_same(name, asked(whole, name, values), expected, values)


def rewrite():
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.csv"):
        old.unlink()
    with published(ROOT / "data") as connection:
        for borders in BORDERS:
            text = as_csv("explore", asked(connection, "explore", BY_COUNTY | {"borders": borders}))
            (GOLDEN / "places" / f"{borders}.csv").write_text(text, encoding="utf-8")
        for name in queries.questions():
            text = as_csv(name, asked(connection, name, KNOWN))
            (GOLDEN / f"{name}.csv").write_text(text, encoding="utf-8")
        row_types.FILE.write_text(row_types.module(connection, KNOWN), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
