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

from queries import answers
from ringvirkning import ROOT
from ringvirkning.charts import AreaLine, Columns, Measured, Panels, Timeline
from ringvirkning.charts.palette import colour
from ringvirkning.export.report import further_agreements
from ringvirkning.export.site.addresses import StoryAddresses
from ringvirkning.export.site.partners import agreements_of_partner
from ringvirkning.figures import Figure, associations, catalogue, outcomes, stories
from ringvirkning.figures.agreement_story import activities_of
from ringvirkning.figures.cards import active_card, activity_cards, jobs_card, target_card
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.explore import records
from ringvirkning.figures.explore.ready import ready_questions
from ringvirkning.figures.question import Question
from ringvirkning.figures.titles import titles_apart
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

    def make(language: str = "nb", apart: str = "", **files: Sequence[Row]) -> View:
        place = tmp_path / apart
        folder, database = place / "data", place / "exact.duckdb"
        folder.mkdir(parents=True)
        for name in GIVEN:
            copyfile(DATA / f"{name}.csv", folder / f"{name}.csv")
        for file in DATA.glob("*.csv"):
            if file.stem not in GIVEN:
                written(folder / file.name, files.get(file.stem, ()))
        assert publishing.compile_draft(folder, database) == []
        hashes = {database.name: versions.file_hash(database)}
        (place / versions.HASHES).write_text(json.dumps(hashes))
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


def aim_of(year: str, value: str, **more: str) -> Row:
    """A target for permanent jobs, of one programme."""
    of = {"association": NORD, "programme": "WorkOP", "measure": "placement_permanent"}
    return of | {"year": year, "value": value, "evidence": "stated"} | more


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
    assert found.chart.title == "Konferanse har flest med 80 av 92 deltakere der tallet er kjent"
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
    assert said.startswith("Register har flest med 10 av 11")


def test_parts_that_lack_numbers_are_not_set_against_each_other(made: Made):
    shown = made(
        activities=[
            held("a", "2024-05", registered_count="20"),
            held("b", "2025-05", registered_count="50"),
            held("c", "2025-06"),
        ]
    )
    compared = asked(shown, measure="registered", rows="programme", split="time", compare="two")
    assert compared.chart.title == "2024: 20, 2025: 50 der tallet er kjent"
    by_year = asked(shown, measure="registered").chart.rows
    change = by_year[0].index("Fra perioden før")
    assert [row[change] for row in by_year[1:]] == ["", "", ""]
    held_in = asked(shown, rows="programme", split="time", compare="two").chart.title
    assert held_in == "2024: 1, 2025: 2, 1 flere"


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
    said = "Flest i 2024 og 2025 med 5 i hver av 11 gjennomførte aktiviteter"
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


def test_a_target_whose_result_is_hidden_is_not_said_to_lack_its_number(made: Made):
    hidden = result("a", "placement_permanent", "", value_status="suppressed")
    missing = result("b", "placement_permanent", "", value_status="missing")
    shown = made(
        activities=[held("a", "2024-05", programme="WorkOP"), held("b", programme="WorkOP")],
        outcomes=[hidden, missing],
        targets=[aim_of("2024", "10"), aim_of("2025", "10")],
    )
    foot = asked(shown, measure="target_attainment", point="placement_permanent", rows="time").foot
    assert "bygger på 0 av 2 mål · 1 mangler tall · 1 skjermet" in foot


def test_what_is_divided_by_jobs_is_not_known_where_a_kind_of_them_is_hidden(made: Made):
    def hidden(kind: str) -> Row:
        return result("a", kind, "", value_status="suppressed")

    outcomes = [result("a", "placement_permanent", "2"), hidden("placement_temporary"),
                result("b", "placement_permanent", "3"), result("b", "placement_temporary", "1"),
                result("a", "interviews", "8"), result("b", "interviews", "12")]  # fmt: skip
    shown = made(activities=[held("a"), held("b")], outcomes=outcomes)
    found = asked(shown, measure="interviews", divisor="placements")
    assert [cell for row in found.chart.rows[1:] for cell in row[1:]] == ["3", "12", "4"]
    assert "1 av 2 har begge tall" in found.foot
    found = asked(shown, measure="placements", divisor="interviews")
    assert [cell for row in found.chart.rows[1:] for cell in row[1:]] == ["0,33", "4", "12"]


def test_a_number_of_what_is_known_says_so(made: Made):
    hidden = result("b", "placement_permanent", "", value_status="suppressed")
    rounds = [held(id_, programme="WorkOP", attended_count="20") for id_ in "ab"]
    known = [result("a", "placement_permanent", "5"), result("c", "placement_permanent", "3")]
    shown = made(activities=[*rounds, held("c", programme="Nyt")], outcomes=[*known, hidden])

    def said(**question: str) -> str:
        return asked(shown, **question).chart.title

    assert said(measure="placements", rows="round") == "Jobber: 8 der tallet er kjent"
    rate = "Andel som fikk jobb: 25 % (5 av 20) der begge tall er kjent, 95 %"
    assert said(measure="placement_rate", rows="programme").startswith(rate)
    two = said(measure="placements", rows="round", split="programme", compare="two")
    assert two == "WorkOP: 5, Nyt: 3 der tallet er kjent"
    assert said(rows="round") == "Gjennomførte aktiviteter: 3"


def test_a_time_with_most_is_of_those_whose_time_is_known(made: Made):
    rows = [held(f"a{n}", "2025-05") for n in range(7)] + [
        held(f"b{n}", "2024-05") for n in range(4)
    ]
    undated = [held("u", ""), held("v", "", attended_count="3")]
    shown = made(activities=[*rows, *undated])
    said = "Flest i 2025 med 7 av 11 gjennomførte aktiviteter der tidspunktet er kjent"
    assert asked(shown, rows="time").chart.title == said
    counted = [one | {"attended_count": "2"} for one in rows[:-1]]
    shown = made(apart="more", activities=[*counted, rows[-1], *undated])
    said = "Flest i 2025 med 14 av 20 deltakere der både tidspunktet og tallet er kjent"
    assert asked(shown, measure="attended", rows="time").chart.title == said


def test_a_target_stands_beside_its_own_result_and_each_year_that_had_one_is_counted(made: Made):
    rounds = [round_of(f"n{year}", str(year), "12") for year in (2023, 2025)]
    rounds += [round_of("s25", "2025", "4", association=SUND)]
    shown = made(
        activities=[activity for activity, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
        targets=[aim_of(year, "10") for year in ("2023", "2024", "2025")],
    )
    figure = asked(shown, measure="placement_permanent", target="yes", rows="time")
    assert "2 mål gjelder ikke nettopp det som er regnet her, eller" in figure.foot
    found: Any = figure.chart
    assert found.title == "Målet for faste jobber ble nådd i minst 2 av 3 år"
    aim = found.rows[0].index("Mål")
    told = {row[0]: (row[1], *row[aim : aim + 2]) for row in found.rows[1:]}
    assert told["2023"] == ("12", "10", "120 %")
    assert told["2025"] == ("16", "", "")
    assert isinstance(found, Columns)
    assert [mark.place for mark in found.marks] == [0]


def test_of_a_whole_that_is_known_in_part_no_share_is_told(made: Made):
    outcomes = [result("a", "placement_permanent", "12"), result("a", "placement_temporary", "8"),
                result("b", "placement_permanent", "6"), result("b", "placement_temporary", "6"),
                result("b", "apprenticeship", "", value_status="suppressed")]  # fmt: skip
    shown = made(
        activities=[held("a", "2024-03", programme="WorkOP"), held("b", programme="WorkOP")],
        outcomes=outcomes,
    )
    charts: list[Any] = [
        drawn(shown, "overview", "jobs").chart,
        asked(shown, measure="placements", rows="time", split="kind").chart,
    ]
    for chart in charts:
        hovers = [hover for one in chart.series for hover in one.hovers if hover]
        assert [" av 20 i alt" in hover for hover in hovers if "2024" in hover] == [True, True]
        assert not [hover for hover in hovers if "2025" in hover and "i alt" in hover]


def test_what_partners_have_a_part_in_is_not_said_to_be_theirs(made: Made):
    hidden = result("b", "placement_permanent", "", value_status="suppressed")
    shown = made(
        partners=[partner("a"), partner("b")],
        activities=[held("a", partner_ids="a|b"), held("b", partner_ids="b"),
                    held("c", partner_ids="b")],
        outcomes=[result("a", "placement_permanent", "8"), hidden,
                  result("c", "placement_permanent", "4")],
    )  # fmt: skip
    ready = ready_questions(shown)["partner_results"]
    said = "Partner b har del i alle 12 jobber der tallet er kjent"
    assert asked(shown, **vars(ready)).chart.title == said
    more = [held("d", partner_ids="a"), result("d", "placement_permanent", "1")]
    shown = made(
        apart="more",
        partners=[partner("a"), partner("b")],
        activities=[held("a", partner_ids="a|b"), held("c", partner_ids="b"), more[0]],
        outcomes=[result("a", "placement_permanent", "8"), result("c", "placement_permanent", "4"),
                  more[1]],
    )  # fmt: skip
    said = "Partner b har del i flest: 12 av 13 jobber"
    assert asked(shown, **vars(ready)).chart.title == said


def test_a_target_of_a_year_that_runs_is_in_no_attainment_of_all_years(made: Made):
    rounds = [round_of("r25", "2025", "12"), round_of("r26", "2026", "3")]
    aims = [aim_of(year, "10") for year in ("2025", "2026")]
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
        return aim_of("2025", "6", association=association, evidence=evidence)

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
    aims = [aim_of("2025", "4", association=one) for one in (NORD, SUND)]
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
    assert "12 er uten tall for oppfølging" in found.foot


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


def test_agreements_that_are_called_the_same_are_told_apart_where_there_is_little_room(made: Made):
    """What tells them apart stands last, and was cut."""
    title = {
        "title": "Samarbeidsavtale om næringsutvikling og kompetanse i fjellregionen og "
        "kommunene rundt"
    }
    own = [
        agreement("p", start_date="2025-02", **title),
        agreement("q", start_date="2025-06", **title),
    ]
    chart = drawn(made(partners=[partner("a")], partnerships=own), "partnerships", "timeline").chart
    assert isinstance(chart, Timeline)
    assert [span.label for span in chart.spans] == [
        "Samarbeidsavtale om næringsutvikling og kompetanse i fjellregionen… · juni 2025",
        "Samarbeidsavtale om næringsutvikling og kompetanse i fjellregion… · februar 2025",
    ]
    on_a_phone = sentences.shortened_apart([span.label for span in chart.spans], 20)
    assert on_a_phone == ["Samarbe… · juni 2025", "Samarb… · februar 2…"]


def test_papers_and_pages_of_partners_tell_agreements_of_one_title_apart(made: Made):
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 12) for day in (1, 15)]
    own = [agreement(f"p{n:02}", start_date=day, title="Avtale") for n, day in enumerate(days)]
    shown = made(partners=[partner("a")], partnerships=own)
    agreed = stories.agreements(shown, stories.organisations(shown, "a"))
    (paper,) = further_agreements(shown, agreed).lines
    assert paper == "Avtale · 15. januar 2025; Avtale · 1. januar 2025"
    addresses = StoryAddresses({}, {row.partnership_id: row.partnership_id for row in agreed})
    (links,) = [part.links for part in agreements_of_partner(shown, addresses, agreed)]
    assert len({link.name for link in links}) == len(agreed)


def test_a_year_that_still_runs_is_so_far_in_every_chart_over_years(made: Made):
    activity, outcome = round_of("a26", "2026", "3", attended_count="9")
    rows = [agreement("p"), agreement("q", start_date="2026-02")]
    shown = made(
        partners=[partner("a")], partnerships=rows, activities=[activity], outcomes=[outcome]
    )
    over_years = [
        (figure.name, figure.chart.categories[-1])
        for page in ("overview", "partnerships", "activities")
        for figure in catalogue.figures(shown, page, "")
        if isinstance(figure.chart, Measured) and figure.chart.years
    ]
    assert {name for name, _ in over_years} > {"active", "begun-and-ended", "jobs"}
    assert {label for _, label in over_years} == {"2026\nhittil"}


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
    lacking = " der tallet er kjent" if year == "2025" else ""
    assert found.chart.title == f"4 fikk fast jobb gjennom WorkOP i 2025{lacking}"
    assert "bygger på 2 av 3 tall, 1 er ukjent" in found.foot
    assert jobs_card(shown).change == ""
    unknown = " · 1 tall er ukjent" if year == "2025" else ""
    assert jobs_card(shown).note == f"4 faste{unknown}"


def test_a_programme_that_only_has_examples_is_not_counted_beside_published_ones(made: Made):
    example = held("x", programme="B", evidence="illustrative")
    shown = made(activities=[held("y", programme="A"), example])
    assert (
        drawn(shown, "activities", "activities-by-programme").chart.title
        == "1 program har aktiviteter"
    )


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


def test_an_association_whose_jobs_are_known_in_part_says_so(made: Made):
    outcomes = [result("a", "placement_permanent", "4"),
                result("a", "placement_temporary", "", value_status="suppressed"),
                result("b", "placement_permanent", "", value_status="missing"),
                result("c", "placement_permanent", "3")]  # fmt: skip
    shown = made(activities=[held("a"), held("b"), held("c", association=SUND)], outcomes=outcomes)
    rows = associations.every_number(shown).chart.rows
    assert [row[-1] for row in rows[1:]] == ["4 (1 skjermet, 1 mangler)", "3"]


def test_a_round_of_june_or_july_is_neither_of_spring_nor_of_autumn(made: Made):
    days = {"a": "2025-05-31", "b": "2025-06-02", "c": "2025-07", "d": "2025-08-01"}
    shown = made(
        activities=[held(id_, day, programme="WorkOP", title="Runde") for id_, day in days.items()],
        outcomes=[result(id_, "placement_permanent", "4") for id_ in days],
    )
    found = drawn(shown, "outcomes", "rounds-WorkOP")
    names = [row[0] for row in found.chart.rows[1:]]
    assert names == ["Vår 2025", "Juni 2025", "Juli 2025", "Høst 2025"]


def test_an_agreement_that_begins_later_is_not_said_to_lack_its_confirmation(made: Made):
    later = agreement("p", start_date="2027-01-01", confirmed_date="")
    shown = made(partners=[partner("a")], partnerships=[later, agreement("q", confirmed_date="")])
    lacking = {
        id_: [row.matter
              for row in shown.rows(answers.Missing, partner_id=None, partnership_ids=(id_,))
              if row.missing_count]
        for id_ in ("p", "q")
    }  # fmt: skip
    assert (lacking["p"], "confirmed" in lacking["q"]) == ([], True)


def test_what_has_no_bar_is_in_no_legend(made: Made):
    outcomes = [result("a", "placement_permanent", "4"),
                result("a", "placement_temporary", "", value_status="suppressed"),
                result("a", "apprenticeship", "2")]  # fmt: skip
    shown = made(activities=[held("a", programme="WorkOP")], outcomes=outcomes)
    found = drawn(shown, "outcomes", "rounds-WorkOP")
    assert [one.label for one in found.chart.legend] == ["Faste jobber", "Læreplasser"]
    assert "Midlertidige jobber" in found.chart.rows[0]
    by_type = asked(shown, measure="placements", rows="activity_type", split="kind").chart
    assert [one.label for one in by_type.legend] == ["Faste jobber", "Læreplasser"]


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
    jobs = [result(one, "placement_permanent", "3") for one in "xyz"]
    shown = made(partners=[partner("a")], activities=rows, outcomes=jobs)
    found = stories.latest_activities(shown, stories.organisations(shown, "a"), 5)
    told = [stories.activity(shown, row)[1] for row in found]
    assert told == ["senest 10. mars 2025", "omtrent juni 2024", "juni 2023"]
    assert [records.when(shown.words, row) for row in found] == told
    for measure in ("activities_held", "placements", "partners_in_activities"):
        values = records.mark_values(Question(measure, row="*")) | {"limit": 5, "offset": 0}
        behind = shown.rows(answers.ExploreRecords, **values)
        assert {records.when(shown.words, row) for row in behind} == {*told}, measure
    answer = explore.answer_to(shown, Question("placements", rows="round"))
    assert answer.names == {
        one: f"Runde {one} · {day}" for one, day in zip("xyz", told, strict=True)
    }


def test_agreements_that_are_called_the_same_say_what_tells_them_apart(made: Made):
    same = {"title": "Samarbeidsavtale", "start_date": ""}
    agreements = [
        agreement("p", "a", **same),
        agreement("q", "b", **same),
        agreement("r", "b", **(same | {"start_date": "2020", "start_qualifier": "no_later_than"})),
        agreement("s", "a", title="Avtale for seg"),
    ]
    shown = made(partners=[partner("a"), partner("b")], partnerships=agreements)
    told = dict(stories.attention(shown))
    assert told["Mangler startdato"].partition(": ")[2] == (
        "Samarbeidsavtale · Partner a; Samarbeidsavtale · Partner b · start ukjent"
    )
    said = titles_apart(shown.words, shown.rows(answers.AgreementNames))
    assert said["r"] == "Samarbeidsavtale · Partner b · senest 2020"
    assert said["s"] == "Avtale for seg"
    named = explore.answer_to(shown, Question("partnerships_started", rows="partnership")).names
    assert {named[id] for id in "pqrs"} == {*said.values()}
    (figure,) = [
        one for one in catalogue.figures(shown, "partnerships", "") if one.name == "timeline"
    ]
    assert {row[0] for row in figure.chart.rows[1:]} == {*said.values()}


def test_what_jobs_and_targets_leave_out_is_said_as_it_is(made: Made):
    """A day that is not sure is not several years, and a target whose result is hidden is none of
    those that are known."""
    rounds = [
        held("x", "2024-02-01", programme="P"),
        held("y", "2024-03", programme="P", date_qualifier="no_later_than"),
    ]
    jobs = [result("x", "placement_permanent", "3"), result("y", "placement_permanent", "4")]
    hidden = result("", "placement_permanent", "", association=NORD, programme="P", year="2025")
    targets = [aim_of(year, "8", programme="P") for year in ("2024", "2025")]
    shown = made(
        partners=[partner("a")],
        partnerships=[agreement("p", programme="P")],
        activities=rounds,
        outcomes=[*jobs, hidden | {"value_status": "suppressed"}],
        targets=targets,
    )
    figures = {one.name: one for one in catalogue.figures(shown, "outcomes", "")}
    figures |= {one.name: one for one in catalogue.figures(shown, "overview", "")}
    foot = figures["jobs"].foot
    assert "bygger på 1 av 2 tall, 1 har ikke kjent år" in foot and "flere år" not in foot
    assert figures["targets-P"].chart.title.endswith(
        "P nådde ikke målet; for 1 til er resultatet ukjent"
    )


def test_a_round_held_by_a_day_at_the_latest_is_of_no_half_year(made: Made):
    sure = held("x", "2024-02-01", programme="P", attended_count="60", count_qualifier="about")
    unsure = held("y", "2024-03", programme="P", date_qualifier="no_later_than", title="Den andre")
    jobs = [result("x", "placement_permanent", "3"), result("y", "placement_permanent", "4")]
    shown = made(partners=[partner("a")], activities=[sure, unsure], outcomes=jobs)
    figures = {one.name: one for one in catalogue.figures(shown, "outcomes", "")}
    assert [row[0] for row in figures["rounds-P"].chart.rows[1:]] == ["Vår 2024", "Den andre"]
    (share,) = [row[2] for row in figures["funnel-P"].chart.rows if row[2].startswith("3 av")]
    assert share.startswith("3 av ca. 60"), "whom it is of is not known to the number either"


def test_a_stage_that_is_overdue_is_not_said_to_be_too_early(made: Made):
    rounds = [
        held("x", "2024-02-01", end_date="2024-03-01", programme="P"),
        held("y", "2026-09-01", end_date="2026-10-01", programme="P"),
    ]
    jobs = [result(one, "placement_permanent", "3") for one in "xy"]
    shown = made(partners=[partner("a")], activities=rounds, outcomes=jobs)
    figures = {one.name: one for one in catalogue.figures(shown, "outcomes", "")}
    chart = figures["funnel-P"].chart
    assert [row[1] for row in chart.rows[-2:]] == ["uten tall"] * 2
    assert chart.rows[-1][-1] == "0 av 2, 1 ikke ennå"


def test_a_type_that_all_have_is_not_said_to_be_that_of_most(made: Made):
    agreements = [
        agreement("p", "a", confirmed_date="2026"),
        agreement("q", "a|b", confirmed_date="2026"),
    ]
    shown = made(partners=[partner("a"), partner("b", "county")], partnerships=agreements)
    figures = {one.name: one for one in catalogue.figures(shown, "partnerships", "")}
    assert figures["by-partner-type"].chart.title == "Kommune er med i alle 2 partnerskap i kraft"


def test_a_round_of_which_a_kind_of_job_is_hidden_is_said_to_be_known_in_part(made: Made):
    hidden = {"value": "", "value_status": "suppressed"}
    late = {"measured_at": "6_months"}
    rounds = [held(one, f"202{n}-02-01", end_date=f"202{n}-03-01", programme="P",
                   attended_count="20") for n, one in ((3, "x"), (4, "y"))]  # fmt: skip
    shown = made(
        partners=[partner("a")],
        activities=rounds,
        outcomes=[
            result("x", "placement_permanent", "6"),
            result("y", "placement_permanent", "5"),
            result("y", "placement_temporary", "") | hidden,
            result("x", "in_work_or_education", "5", followed_up_count="6", **late),
            result("y", "in_work_or_education", "", **late) | hidden,
        ],
    )
    figures = {one.name: one for one in catalogue.figures(shown, "outcomes", "")}
    funnel, rounds_figure = figures["funnel-P"], figures["rounds-P"]
    assert funnel.chart.title.startswith(
        "11 fikk jobb gjennom P der tallet er kjent; "
        "30\u00a0% av dem som møtte der begge tall er kjent (6 av 20; "
    )
    (placed,) = [row for row in funnel.chart.rows if row[0] == "Begynte i jobb"]
    assert placed[-1] == "1 av 2, 1 delvis kjent"
    of = "bygger på 1 av 2 runder · 1 er bare delvis kjent (noen av jobbene er ukjent)"
    assert of in funnel.foot and of in rounds_figure.foot
    heading, *body = rounds_figure.chart.rows
    (temporary,) = [at for at, name in enumerate(heading) if name == "Midlertidige jobber"]
    (followed,) = [
        at for at, name in enumerate(heading) if "I arbeid eller utdanning etter 6 md." in name
    ]
    assert [row[temporary] for row in body] == ["", "skjermet"]
    assert [row[followed] for row in body] == ["5 av 6", "skjermet"]
    assert isinstance(rounds_figure.chart, Panels)
    (totals,) = [s.labels for s in rounds_figure.chart.series if s.panel == 0 and s.labels]
    assert [*totals] == ["6", "minst 5"]
    assert outcomes.headline(shown) == "11 fikk jobb gjennom P der tallet er kjent"
    asked_for = asked(shown, measure="placement_rate", rows="round")
    assert "bygger på 1 av 2" in asked_for.foot and "1 skjermet" in asked_for.foot


def test_rounds_that_are_all_hidden_are_not_said_to_have_no_number(made: Made):
    hidden = {"value": "", "value_status": "suppressed"}
    shown = made(
        partners=[partner("a")],
        activities=[held("x", "2023-02-01", programme="P", attended_count="20")],
        outcomes=[
            result("x", "interviews", "9"),
            result("x", "placement_permanent", "") | hidden,
            *(result("x", "in_work_or_education", "", measured_at=f"{months}_months") | hidden
              for months in (6, 12)),
        ],
    )  # fmt: skip
    figures = {one.name: one for one in catalogue.figures(shown, "outcomes", "")}
    funnel = figures["funnel-P"]
    assert funnel.chart.title == "P: jobbtallene er skjermet i kilden"
    assert [row[1] for row in funnel.chart.rows[-4:]] == ["9", *3 * ["skjermet"]]
    for months in (6, 12):
        assert f"1 har et skjermet tall for oppfølging etter {months} måneder" in funnel.foot
    assert "uten tall for oppfølging" not in funnel.foot


def test_a_target_of_one_programme_is_not_set_beside_the_jobs_of_others(made: Made):
    rounds = [round_of("x24", "2024", "3"), round_of("x25", "2025", "4")]
    other, jobs = round_of("y25", "2025", "9")
    aims = [aim_of(year, "5") for year in ("2024", "2025")]
    shown = made(
        activities=[*(one for one, _ in rounds), other | {"programme": "Annet"}],
        outcomes=[*(one for _, one in rounds), jobs],
        targets=aims,
    )
    chart: Any = drawn(shown, "overview", "jobs").chart
    assert [row[:3] for row in chart.rows] == [
        ("År", "Faste jobber", "Mål"), ("2024", "3", "5"), ("2025", "13", ""),
    ]  # fmt: skip
    assert [mark.place for mark in chart.marks] == [0]


def test_a_round_of_which_only_no_jobs_are_known_is_not_said_to_have_at_least_none(made: Made):
    outcomes = [result("a", "placement_permanent", "0"),
                result("a", "placement_temporary", "", value_status="suppressed"),
                result("b", "placement_permanent", "2"),
                result("b", "placement_temporary", "", value_status="missing")]  # fmt: skip
    rounds = [held("a", programme="WorkOP"), held("b", "2025-09", programme="WorkOP")]
    chart = drawn(made(activities=rounds, outcomes=outcomes), "outcomes", "rounds-WorkOP").chart
    assert isinstance(chart, Panels)
    (totals,) = [one.labels for one in chart.series if one.panel == 0 and one.labels]
    assert [*totals] == ["skjermet", "minst 2"]


def test_an_association_with_many_participants_is_not_said_to_have_few(made: Made):
    rounds = [round_of("n", "2025", "20", attended_count="100")]
    rounds += [round_of("s", "2025", "20", association=SUND, attended_count="200",
                        count_qualifier="over")]  # fmt: skip
    shown = made(activities=[one for one, _ in rounds], outcomes=[outcome for _, outcome in rounds])
    said = f"Bare {NORD} har mange nok og sikre nok tall til at andelen som fikk jobb, kan vises."
    assert associations.headline(shown).endswith(said)


def test_of_fewer_than_ten_partnerships_no_share_is_told(made: Made):
    rows = [agreement(f"p{n}", start_date="2019-01-01", confirmed_date="") for n in range(3)]
    rows += [agreement(f"q{n}", start_date="2023-01-01") for n in range(7)]
    chart = drawn(made(partners=[partner("a")], partnerships=rows), "overview", "active").chart
    assert isinstance(chart, AreaLine)
    said = dict(zip(chart.categories, chart.hovers, strict=True))
    assert ["%" in said[year] for year in ("2019", "2024")] == [False, True]


def test_a_target_of_one_association_is_not_set_beside_the_jobs_of_several(made: Made):
    rounds = [round_of("n24", "2024", "3"), round_of("n25", "2025", "4")]
    rounds += [round_of("s25", "2025", "5", association=SUND)]
    shown = made(
        activities=[one for one, _ in rounds],
        outcomes=[outcome for _, outcome in rounds],
        targets=[aim_of("2024", "6"), aim_of("2025", "6")],
    )
    chart = drawn(shown, "overview", "jobs").chart
    aim = chart.rows[0].index("Mål")
    assert [(row[0], row[aim]) for row in chart.rows[1:]] == [("2024", "6"), ("2025", "")]


def test_rounds_of_one_half_year_are_told_apart_by_their_titles(made: Made):
    rounds = [round_of("x", "2024", "3", title="WorkOP Lier"), round_of("z", "2025", "1"),
              round_of("y", "2024", "2", title="WorkOP Asker")]  # fmt: skip
    shown = made(activities=[a for a, _ in rounds], outcomes=[o for _, o in rounds])
    chart: Any = drawn(shown, "outcomes", "rounds-WorkOP").chart
    names = [row[0] for row in chart.rows[1:]]
    assert names == ["Vår 2024 · WorkOP Lier", "Vår 2024 · WorkOP Asker", "Vår 2025"]
    assert len({*chart.categories}) == 3


def test_what_is_cut_keeps_what_tells_it_apart():
    texts = [
        "Samarbeidsavtale om inkludering · 1. februar 2023",
        "Samarbeidsavtale om inkludering · 1. januar 2020–31. desember 2022",
        "Avtale om kompetanse i reiseliv og handel i regionen, første del",
        "Avtale om kompetanse i reiseliv og handel i regionen, andre del",
        "Avtale for seg som har en lang tittel uten noe ved siden av",
        "Kort",
    ]
    found = sentences.shortened_apart(texts, 44)
    assert found == [
        "Samarbeidsavtale om inklu… · 1. februar 2023",
        "Samarbeidsavta… · 1. januar 2020–31. desemb…",
        "Avtale om kompetanse i reiseliv… første del",
        "Avtale om kompetanse i reiseliv o… andre del",
        "Avtale for seg som har en lang tittel uten…",
        "Kort",
    ]
    assert max(map(len, found)) <= 44


def test_what_is_unsure_of_a_target_does_not_look_like_what_is_left_to_it(made: Made):
    rounds = [round_of("x24", "2024", "3"), round_of("x25", "2025", "8")]
    rounds[1][1].update(value_qualifier="about")
    aims = [aim_of(year, "10") for year in ("2024", "2025")]
    shown = made(activities=[a for a, _ in rounds], outcomes=[o for _, o in rounds], targets=aims)
    chart: Any = drawn(shown, "outcomes", "targets-WorkOP").chart
    looks = [
        (colour(one.colour, "light"), one.patterns[at])
        for one in chart.series
        for at, value in enumerate(one.values)
        if value and one.label in ("Igjen til målet", "Tallene avgjør ikke")
    ]
    assert len(looks) == len({*looks}) == 2


def test_a_title_of_examples_has_one_colon(made: Made):
    rounds = [round_of(f"r{n}", str(n), "4", evidence="illustrative", attended_count="20")
              for n in (2022, 2023, 2024, 2025)]  # fmt: skip
    aims = [aim_of(str(year), "10", evidence="illustrative") for year in (2022, 2023, 2024, 2025)]
    shown = made(activities=[a for a, _ in rounds], outcomes=[o for _, o in rounds], targets=aims)
    titles = [one.chart.title for page in catalogue.PAGES
              for one in catalogue.figures(shown, page, "")]  # fmt: skip
    for measure, point in (
        ("placement_rate", "exit"), ("target_attainment", "placement_permanent"),
        ("placements", "exit"), ("attended", "exit"), ("activities_held", "exit"),
    ):  # fmt: skip
        for rows in ("", "time", "programme", "evidence"):
            titles.append(asked(shown, measure=measure, point=point, rows=rows).chart.title)
        two = {"rows": "programme", "split": "time", "compare": "two"}
        titles.append(asked(shown, measure=measure, point=point, **two).chart.title)
    examples = [one for one in titles if one.startswith("Eksempeltall: ")]
    assert len(examples) > 10
    assert not [one for one in examples if one.count(": ") > 1]
    assert "Eksempeltall: Måloppnåelse, faste jobber – 40\u00a0% (16 av 40)" in examples


def test_targets_whose_results_are_hidden_are_not_said_to_have_none(made: Made):
    activity, outcome = round_of("x", "2025", "")
    aim = aim_of("2025", "5")
    shown = made(
        activities=[activity],
        outcomes=[outcome | {"value_status": "suppressed"}, result("x", "interviews", "4"),
                  result("x", "placement_temporary", "0")],
        targets=[aim],
    )  # fmt: skip
    found = drawn(shown, "outcomes", "targets-WorkOP")
    assert found.chart.title == "WorkOP har et mål uten kjent resultat"
    chart: Any = found.chart
    assert chart.totals == ("mål 5, resultat ikke kjent · 1 skjermet",)
    assert "1 har ikke kjent resultat" in found.foot
    assert target_card(shown).note == "resultatet for 2025 er ikke kjent"
    title = catalogue.HEADLINES["outcomes"](shown)
    assert title == "0 fikk jobb gjennom WorkOP der tallet er kjent"


def test_a_year_whose_target_has_a_hidden_result_is_not_said_to_have_no_target(made: Made):
    rounds = [round_of("x", "2024", "6"), round_of("y", "2025", "")]
    rounds[1][1].update(value_status="suppressed")
    aims = [aim_of(year, "5") for year in ("2024", "2025")]
    shown = made(
        activities=[a for a, _ in rounds],
        outcomes=[*(o for _, o in rounds), result("y", "interviews", "4")],
        targets=aims,
    )
    assert target_card(shown).note == "resultatet for 2025 er ikke kjent"


def test_a_change_from_what_is_over_a_number_is_over_one(made: Made):
    shown = made(
        activities=[
            held("x", "2024-03-10", attended_count="30"),
            held("y", attended_count="140", count_qualifier="over"),
        ]
    )
    _, attended = activity_cards(shown)
    assert attended.change == "over +110 fra 2024"
    by_year = asked(shown, measure="attended").chart.rows
    change = by_year[0].index("Fra perioden før")
    assert "over +110" in [row[change] for row in by_year]
