"""What data that are not the shipped ones would make false is not said: small folders, each a sign
of its kind, and the sentence that was wrong of it."""

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from ringvirkning import ROOT
from ringvirkning.figures import Figure, catalogue
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import words

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


def asked(shown: View, **question: str) -> Figure:
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
    for question in ({}, {"rows": "activity_type"}, {"split": "time", "compare": "two"}):
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
