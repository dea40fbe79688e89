"""What data that are not the shipped ones would make false is not said: small folders, each a sign
of its kind, and the sentence that was wrong of it."""

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from ringvirkning import ROOT
from ringvirkning.figures import Figure, catalogue, stories
from ringvirkning.figures.agreement_story import activities_of
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.explore import records
from ringvirkning.figures.explore.ready import ready_questions
from ringvirkning.figures.key_figures import active_card, activity_cards, jobs_card
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import sentences, words
from ringvirkning.texts.certainty import Number
from ringvirkning.texts.sentences import claim, programmes_words

pytestmark = pytest.mark.slow  # each publishes

DATA, AS_OF = ROOT / "data", date(2026, 11, 23)
GIVEN = ("measures", "partner_types", "partnership_types", "activity_types")
NORD, SUND = "Nord Næringsforening", "Sund Næringsforening"
Row = dict[str, str]
Made = Callable[..., View]


def written(path: Path, rows: Sequence[Row]) -> None:
    with (DATA / path.name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A view of these rows by file, and of no others."""

    def make(language: str = "nb", **files: Sequence[Row]) -> View:
        folder, database = tmp_path / "data", tmp_path / "exact.duckdb"
        folder.mkdir()
        for name in GIVEN:
            copyfile(DATA / f"{name}.csv", folder / f"{name}.csv")
        for file in DATA.glob("*.csv"):
            if file.stem not in GIVEN:
                written(folder / file.name, files.get(file.stem, ()))
        assert publishing.compile_draft(folder, database) == []
        hashes = {database.name: versions.file_hash(database)}
        (tmp_path / versions.HASHES).write_text(json.dumps(hashes))
        version = Version("1", "", "", "2026-11-23T08:00:00+00:00")
        return catalogue.seen(words(language), version, database, AS_OF, "")

    return make


def partner(id_: str, kind: str = "municipality") -> Row:
    return {"partner_id": id_, "name": f"Partner {id_}", "partner_type": kind}


def agreement(id_: str, partners: str = "a", **more: str) -> Row:
    return {
        "partnership_id": id_,
        "association": NORD,
        "title": f"Avtale {id_}",
        "partnership_type": "cooperation",
        "partner_ids": partners,
        "start_date": "2024-01-01",
        "confirmed_date": "2026-06",
    } | more


def held(id_: str, start: str = "2025-03-10", **more: str) -> Row:
    return {
        "activity_id": id_,
        "association": NORD,
        "activity_type": "job_matching",
        "title": f"Runde {id_}",
        "start_date": start,
        "evidence": "register",
    } | more


def result(activity: str, measure: str, value: str, **more: str) -> Row:
    return {
        "outcome_id": f"{activity}-{measure}-{more.get('measured_at', '')}",
        "activity_id": activity,
        "measure": measure,
        "value": value,
        "measured_at": "exit",
        "evidence": "employer",
    } | more


def asked(shown: View, **question: Any) -> Figure:
    found = explore.of_question(shown, Question(**question))
    assert found
    return found


# Explore


def test_examples_that_are_drawn_are_not_said_to_be_all_where_the_table_has_published_ones(
    made: Made,
):
    shown = made(
        partners=[partner("a")],
        activities=[held("e", programme="WorkOP", evidence="illustrative")],
        outcomes=[
            result("e", "placement_permanent", "3", evidence="illustrative"),
            result("", "placement_permanent", "40", association=NORD, programme="WorkOP",
                   year="2019/2022"),
        ],
    )  # fmt: skip
    found = asked(shown, measure="placements", split="kind")
    assert found.chart.rows[-1][-1] == "40"
    assert "1 eksempel er ikke lagt til de publiserte tallene" in found.foot
    assert "alt som er tegnet, er eksempeltall" in found.foot
    assert "alle tallene" not in found.foot


def test_of_a_stock_that_began_this_year_the_year_so_far_is_told(made: Made):
    shown = made(partners=[partner("a")], partnerships=[agreement("p", start_date="2026-02-01")])
    found = asked(shown, measure="active_partnerships", split="partner_type")
    assert found.chart.title == "Aktive partnerskap i 2026 (hittil): 1"


def test_partnerships_that_nobody_has_confirmed_are_no_decline(made: Made):
    known = [agreement("p"), agreement("q", confirmed_date="2022-12", start_date="2022")]
    shown = made(partners=[partner("a")], partnerships=known)
    found = asked(shown, measure="active_partnerships")
    assert "fra 2024" not in found.chart.title
    rows = {row[0]: row for row in found.chart.rows}
    change = rows["Tid"].index("Fra perioden før")
    assert (rows["2024"][1], rows["2025"][1], rows["2025"][change]) == ("2", "1", "")
    # Where all are confirmed, it is one.
    assert rows["2024"][change] == "+1"


def test_what_has_most_is_said_of_what_has_a_number(made: Made):
    kinds = [("conference", "80"), ("course", "12"), ("course", "")]
    rows = [held(f"h{n}", activity_type=kind, attended_count=count)
            for n, (kind, count) in enumerate(kinds)]  # fmt: skip
    shown = made(activities=rows)
    found = asked(shown, measure="attended", rows="activity_type")
    assert found.chart.title == "Konferanse har flest: 80 av 92 deltakere der tallet er kjent"
    most = asked(shown, rows="evidence", measure="attended").chart.title
    assert "har flest" not in most


def test_what_only_its_source_is_unsure_of_is_not_said_to_be_rounded(made: Made):
    counts = [("2024-05", "120", "about"), ("2025-05", "118", "exact")]
    rows = [held(f"h{year}", year, attended_count=count, count_qualifier=how,
                 activity_type=("conference", "course")[how == "exact"])
            for year, count, how in counts]  # fmt: skip
    shown = made(activities=rows)
    compared = {"rows": "programme", "split": "time", "compare": "two"}
    for question in ({}, {"rows": "activity_type"}, compared):
        found = asked(shown, measure="attended", **question)
        said = " ".join([found.chart.title, found.chart.subtitle, found.foot])
        said += " ".join(cell for row in found.chart.rows for cell in row)
        assert "avrund" not in said
    assert "tallene er for omtrentlige" in said


def test_rows_of_pairs_are_not_added_up(made: Made):
    shown = made(
        partners=[partner("a"), partner("b"), partner("c")],
        activities=[held("h", partner_ids="a|b|c"), held("i", partner_ids="a|b")],
    )
    assert "radene overlapper" not in asked(shown, rows="partner", split="partner").foot
    assert "radene overlapper: 5 i alt, 2 når" in asked(shown, rows="partner").foot


def test_a_sentence_begins_with_a_capital(made: Made):
    rows = [held(f"h{n}") for n in range(10)] + [held("x", evidence="estimate")]
    said = asked(made(activities=rows), rows="evidence").chart.title
    assert said.startswith("Register har flest: 10 av 11")


def test_parts_that_lack_numbers_are_not_set_against_each_other(made: Made):
    shown = made(
        activities=[
            held("a", "2024-05", registered_count="20"),
            held("b", "2025-05", registered_count="50"),
            held("c", "2025-06"),
        ]
    )
    compared = asked(shown, measure="registered", rows="programme", split="time", compare="two")
    assert compared.chart.title == "2024: 20, 2025: 50"
    by_year = asked(shown, measure="registered").chart.rows
    change = by_year[0].index("Fra perioden før")
    assert [row[change] for row in by_year[1:]] == ["", "", ""]
    held_in = asked(shown, rows="programme", split="time", compare="two").chart.title
    assert held_in == "2024: 1, 2025: 2, 1 mer"


def test_partnerships_that_are_compared_say_how_many_are_unconfirmed(made: Made):
    known = [agreement("p"), agreement("q", confirmed_date="2022-12", start_date="2022")]
    shown = made(partners=[partner("a")], partnerships=known)
    found = asked(
        shown, measure="active_partnerships", rows="programme", split="time", compare="two"
    )
    assert found.chart.title == "2024: 2, 2025: 1 (+1)"


def test_rows_that_tie_are_said_to_have_most(made: Made):
    rows = [held(f"a{year}{n}", f"{year}-05") for year in (2024, 2025) for n in range(5)]
    shown = made(activities=[*rows, held("b", "2023-05")])
    said = "Flest i 2024 og 2025: 5 i hver, av 11 gjennomførte aktiviteter"
    assert asked(shown).chart.title == said


def test_one_is_not_said_in_the_plural(made: Made):
    shown = made(activities=[held("a")])
    assert asked(shown).chart.title == "Gjennomførte aktiviteter: 1"


def test_rounds_that_are_called_the_same_say_whose_they_are(made: Made):
    rounds = [held("n", title="WorkOP"), held("s", title="WorkOP", association=SUND),
              held("o", title="WorkOP høst")]  # fmt: skip
    shown = made(
        activities=[one | {"programme": "WorkOP", "attended_count": "20"} for one in rounds],
        outcomes=[result(one["activity_id"], "placement_permanent", "4") for one in rounds],
    )
    found = asked(shown, measure="placement_rate", rows="round")
    assert {row[0] for row in found.chart.rows[1:]} == {
        f"WorkOP · 10. mars 2025 · {NORD}", f"WorkOP · 10. mars 2025 · {SUND}",
        "WorkOP høst · 10. mars 2025",
    }  # fmt: skip


def test_of_one_association_it_is_not_asked_how_they_differ(made: Made):
    assert "associations" not in ready_questions(made(activities=[held("a")]))


def test_of_several_it_is(made: Made):
    shown = made(activities=[held("a"), held("b", association=SUND)])
    assert "associations" in ready_questions(shown)


def test_a_target_of_a_year_that_runs_is_in_no_attainment_of_all_years(made: Made):
    rounds = [round_of("r25", "2025", "12"), round_of("r26", "2026", "3")]
    aims = [
        {"association": NORD, "programme": "WorkOP", "measure": "placement_permanent",
         "year": year, "value": "10", "evidence": "stated"}
        for year in ("2025", "2026")
    ]  # fmt: skip
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
        targets=aims,
    )
    heading, *body = asked(shown, measure="placement_permanent", target="yes").chart.rows
    attained = heading.index("Måloppnåelse")
    assert [(row[0], row[attained]) for row in body] == [
        ("2025", "120\u00a0%"), ("2026 (hittil)", "30\u00a0%"), ("I alt", ""),
    ]  # fmt: skip


# The pages


def drawn(shown: View, page: str, name: str) -> Figure:
    (found,) = (one for one in catalogue.figures(shown, page, "") if one.name == name)
    return found


def round_of(id_: str, year: str, permanent: str, **more: str) -> tuple[Row, Row]:
    evidence = {"evidence": more.pop("evidence", "employer")}
    activity = held(id_, f"{year}-03-10", end_date=f"{year}-05-30", programme="WorkOP",
                    **evidence, **more)  # fmt: skip
    return activity, result(id_, "placement_permanent", permanent, **evidence)


def test_published_rounds_and_targets_are_told_without_the_examples_of_another_association(
    made: Made,
):
    rounds = [
        round_of("n25", "2025", "5"),
        round_of("s25", "2025", "4", association=SUND, evidence="illustrative"),
    ]

    def target(association: str, evidence: str) -> Row:
        return {
            "association": association, "programme": "WorkOP", "measure": "placement_permanent",
            "year": "2025", "value": "6", "evidence": evidence,
        }  # fmt: skip

    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
        targets=[target(NORD, "stated"), target(SUND, "illustrative")],
    )
    found = drawn(shown, "outcomes", "rounds-WorkOP")
    assert found.chart.title == "1 runde av WorkOP"
    assert [row[:2] for row in found.chart.rows[1:]] == [("Vår 2025", "5")]
    aims = drawn(shown, "outcomes", "targets-WorkOP")
    assert aims.chart.title == "WorkOP nådde ikke målet"
    assert len(aims.chart.rows) == 1 + 1
    assert "målene er eksempeltall" not in aims.foot
    assert "1 eksempel er ikke lagt til de publiserte tallene" in aims.foot


def test_rounds_and_targets_of_several_associations_say_whose_they_are(made: Made):
    rounds = [round_of("n25", "2025", "5"), round_of("s25", "2025", "4", association=SUND)]
    aims = [
        {"association": one, "programme": "WorkOP", "measure": "placement_permanent",
         "year": "2025", "value": "4", "evidence": "stated"}
        for one in (NORD, SUND)
    ]  # fmt: skip
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
        targets=aims,
    )
    names = [row[0] for row in drawn(shown, "outcomes", "rounds-WorkOP").chart.rows[1:]]
    assert names == [f"Vår 2025 · {NORD}", f"Vår 2025 · {SUND}"]
    names = [row[0] for row in drawn(shown, "outcomes", "targets-WorkOP").chart.rows[1:]]
    assert names == [f"Faste jobber 2025 · {NORD}", f"Faste jobber 2025 · {SUND}"]


def test_of_many_rounds_the_latest_are_told_for_what_they_are(made: Made):
    rounds = [round_of(f"r{year}", str(year), "2") for year in range(2011, 2025)]
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
    )
    found = drawn(shown, "outcomes", "rounds-WorkOP")
    assert found.chart.title == "De 12 siste av 14 runder av WorkOP"
    assert "bygger på 12 av 14 runder" in found.foot
    assert "12 mangler oppfølging" in found.foot


def test_a_share_of_fewer_than_the_number_beside_it_says_of_whom(made: Made):
    rounds = [
        round_of("r24", "2024", "6", attended_count="20"),
        round_of("r25", "2025", "5"),  # nobody has counted who came
    ]
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
    )
    chart = drawn(shown, "outcomes", "funnel-WorkOP").chart
    assert chart.title.startswith(
        "11 fikk jobb gjennom WorkOP; 30\u00a0% av dem som møtte der begge tall er kjent (6 av 20; "
    )
    (row,) = (row for row in chart.rows if row[0] == "Begynte i jobb")
    assert row[1:3] == ("11", "30\u00a0% av dem som møtte (6 av 20 der begge tall er kjent)")


def test_a_change_is_told_of_what_is_known_in_both_years(made: Made):
    shown = made(
        partners=[partner("a")],
        partnerships=[agreement("p"), agreement("q", start_date="2022", confirmed_date="2022-12")],
        activities=[held("x", "2024-03-10", attended_count="12"), held("y", attended_count="30"),
                    held("z")],
    )  # fmt: skip
    active, (activities, attended) = active_card(shown), activity_cards(shown)
    assert (active.number, active.change, active.note) == ("1", "", "1 må vi spørre om")
    assert (activities.number, activities.change) == ("2", "+1 fra 2024")
    assert (attended.number, attended.change) == ("30", "")
    assert attended.note == "talt på 1 av 2 aktiviteter"


def test_the_only_kind_is_not_said_to_have_most_and_those_that_tie_have_so_many_each(made: Made):
    shown = made(partners=[partner("a")], partnerships=[agreement("p")])
    title = drawn(shown, "partnerships", "by-partner-type").chart.title
    assert title == "1 partnerskap i kraft, med partnertypen Kommune"
    assert active_card(shown).note == "", "none needs to be asked about"


def test_kinds_that_tie_have_so_many_each(made: Made):
    kinds = ["strategic", "strategic", "cooperation", "cooperation", "network"]
    rows = [agreement(f"p{n}", partnership_type=kind) for n, kind in enumerate(kinds)]
    shown = made(partners=[partner("a")], partnerships=rows)
    title = drawn(shown, "partnerships", "by-partnership-type").chart.title
    assert title == "Flest er av typene Strategisk og Samarbeid: 2 partnerskap hver"


def test_a_list_of_partnerships_in_time_counts_none_in_force(made: Made):
    rows = [agreement("p", end_date="2024-06"), agreement("q", start_date="2027"),
            agreement("r", start_date="2025", start_qualifier="about")]  # fmt: skip
    shown = made(partners=[partner("a")], partnerships=rows)
    found = drawn(shown, "partnerships", "timeline")
    assert found.chart.title == "3 partnerskap"
    assert "i kraft" not in found.foot
    begun = drawn(shown, "partnerships", "begun-and-ended")
    assert "1 har en startdato som er omtrentlig eller en seneste" in begun.foot


def test_one_is_said_in_the_singular(made: Made):
    shown = made(activities=[held("x", attended_count="1"), held("y")])
    title = drawn(shown, "activities", "registered-and-attended").chart.title
    assert title == "1 deltaker er talt, på 1 av 2 aktiviteter"


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_jobs_are_not_compared_where_those_of_a_round_are_missing(made: Made, year: str):
    rounds = [round_of("a24", "2024", "3"), round_of("a25", "2025", "4")]
    activity, missing = round_of(f"b{year}", year, "")
    shown = made(
        activities=[activity, *(one for one, _ in rounds)],
        outcomes=[missing | {"value_status": "missing"}, *(outcome for _, outcome in rounds)],
    )
    found = drawn(shown, "outcomes", "funnel-WorkOP")
    assert found.chart.title == "7 fikk jobb gjennom WorkOP"
    found = drawn(shown, "overview", "jobs")
    assert found.chart.title == "4 fikk fast jobb gjennom WorkOP i 2025"
    assert "bygger på 2 av 3 tall, 1 mangler tall" in found.foot
    assert jobs_card(shown).change == ""


def test_where_nothing_is_missing_they_are(made: Made):
    rounds = [round_of("a24", "2024", "3"), round_of("a25", "2025", "4")]
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
    )
    title = "4 fikk fast jobb gjennom WorkOP i 2025, 1 flere enn året før"
    assert drawn(shown, "overview", "jobs").chart.title == title
    assert jobs_card(shown).change == "+1 fra 2024"


def test_of_a_whole_that_may_be_nothing_it_is_said_what_it_may_be():
    w, none = words("nb"), Number(0, 0, 4)
    assert sentences.x_of_y(w, none, none) == "0–4"
    assert sentences.x_of_y(w, none, 5) == "0–4 av 5"
    assert sentences.x_of_y(w, 0, 0) == "0 av 0"


def test_jobs_of_an_agreement_without_a_programme_are_through_none(made: Made):
    activity, outcome = round_of("r25", "2025", "3")
    own = result("", "placement_unspecified", "4", association=NORD, partnership_id="p",
                 year="2025")  # fmt: skip
    shown = made(
        partners=[partner("a")], partnerships=[agreement("p")], activities=[activity],
        outcomes=[outcome, own],
    )  # fmt: skip
    assert (jobs_card(shown).label, jobs_card(shown).number) == ("Jobber", "7")
    alone = claim(shown.words, "register", 4, "placements", programmes_words(shown.words, [""]), "")
    assert alone == "4 fikk jobb gjennom samarbeid utenom programmer"


# Stories


def test_what_was_cancelled_is_no_activity_of_its_agreement(made: Made):
    activities = [held("x", partnership_ids="p"), held("y", partnership_ids="p", cancelled="yes")]
    shown = made(partners=[partner("a")], partnerships=[agreement("p")], activities=activities)
    rows, count = activities_of(shown, "p")
    assert ([row.activity_id for row in rows], count) == (["x"], 1)


def test_kroner_that_are_not_known_are_no_kroner(made: Made):
    grant = result("", "grants_nok", "750000", association=NORD, partner_id="a", year="2026")
    shown = made(partners=[partner("a")], partnerships=[agreement("p")], outcomes=[grant])
    _, row = stories.by_period(shown, stories.results_of_partner(shown, "a"), 5)
    assert "kr" not in map(str.strip, row) and "750\u00a0000 kr" in row


def test_a_result_of_a_partner_is_not_said_to_be_none(made: Made):
    grant = result("", "grants_nok", "750000", association=NORD, partner_id="a", year="2026")
    shown = made(partners=[partner("a")], partnerships=[agreement("p")], outcomes=[grant])
    assert stories.results_of_partner(shown, "a")
    assert "Ingen resultater er registrert på avtalen" in stories.lacking(shown, "a")


def test_a_day_that_is_not_sure_is_not_told_as_one(made: Made):
    rows = [held("x", "2025-03-10", partner_ids="a", date_qualifier="no_later_than"),
            held("y", "2024-06", partner_ids="a", date_qualifier="about"),
            held("z", "2023-06", partner_ids="a", date_qualifier="exact")]  # fmt: skip
    shown = made(partners=[partner("a")], activities=rows)
    found = stories.latest_activities(shown, stories.organisations(shown, "a"), 5)
    told = [stories.activity(shown, row)[1] for row in found]
    assert told == ["senest 10. mars 2025", "omtrent juni 2024", "juni 2023"]
    assert [records.when(shown.words, row) for row in found] == told
