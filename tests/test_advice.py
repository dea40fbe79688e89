"""What checking says beyond the contract: each rule on what it is about and nothing beside it.

After a change that is meant, look at the difference and rewrite the golden reports with
`python -m tests.test_advice`.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import queries
from queries.contract import tables, workbench
from ringvirkning import ROOT
from ringvirkning.finding import Finding, Level
from ringvirkning.intake import former, publishing, read
from ringvirkning.intake.checks import contract, loading, report, rules
from ringvirkning.intake.sheets import Read
from ringvirkning.intake.uploads.remarks import copy_with_remarks
from ringvirkning.intake.words.report import group_words, report_words
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests.checked import advised
from tests.habits import named

pytestmark = pytest.mark.slow  # a folder is checked in nearly every test

SHIPPED = ROOT / "data"
GOLDEN = Path(__file__).with_name("golden")
AS_OF = date(2026, 11, 23)

Row = dict[str, str]
Place = tuple[int | None, str | None, str | None]


def partner(key: str = "p", **cells: str) -> Row:
    return {"partner_id": key, "name": f"Name {key}", "partner_type": "company"} | cells


def succession(before: str, after: str, **cells: str) -> Row:
    return {"predecessor_id": before, "successor_id": after} | cells


def partnership(key: str = "s", **cells: str) -> Row:
    required = {"association": "A", "title": f"Title {key}", "partnership_type": "network"}
    return {"partnership_id": key, "partner_ids": "p"} | required | cells


def event(key: str, **cells: str) -> Row:
    required = {"event_kind": "reform", "date": "2024-01-01", "title_nb": f"Reform {key}"}
    return {"event_id": key} | required | cells


def remark(key: str, **cells: str) -> Row:
    required = {"measure": "attended", "period": "2024", "text_nb": "Talt på en annen måte"}
    return {"remark_id": key} | required | cells


def activity(key: str = "a", **cells: str) -> Row:
    required = {"association": "A", "title": f"Title {key}", "activity_type": "course"}
    return {"activity_id": key, "evidence": "register"} | required | cells


def outcome(key: str, **cells: str) -> Row:
    required = {"measure": "placement_permanent", "value": "3", "evidence": "register"}
    return {"outcome_id": key, "activity_id": "a"} | required | cells


def measured(key: str, **cells: str) -> Row:
    """A result that is no other one's repetition."""
    return in_year(key, str(2000 + ord(key)), "3", **cells)


def in_year(key: str, year: str, value: str, **cells: str) -> Row:
    told = {"programme": "P", "association": "A", "year": year, "value": value}
    return outcome(key, activity_id="", **told, **cells)


def context(key: str, **cells: str) -> Row:
    """A figure of others, with what is asked for of it."""
    required = {"subject": "S", "indicator_nb": "I", "indicator_en": "I", "value": "3"}
    unit = {"unit_nb": "personer", "unit_en": "persons", "source_title": "K"}
    return {"context_id": key} | required | unit | cells


def work_stream(key: str = "w", **cells: str) -> Row:
    required = {"partnership_id": "s", "title": f"Title {key}", "work_status": "under_way"}
    return {"work_stream_id": key, "evidence": "register"} | required | cells


def contribution(key: str = "c", **cells: str) -> Row:
    required = {"partnership_id": "s", "giver": "association", "contribution_kind": "cash"}
    states = {"description": "Lokaler", "contribution_state": "granted"}
    return {"contribution_id": key} | required | states | cells


def of_agreement(key: str, **cells: str) -> Row:
    return outcome(key, activity_id="", year="2024", partnership_id="s", **cells)


def target(**cells: str) -> Row:
    required = {"association": "A", "programme": "P", "measure": "placement_permanent"}
    return required | {"year": "2024", "value": "10", "evidence": "stated"} | cells


def measure(key: str, **cells: str) -> Row:
    names = ("name_nb", "name_en", "definition_nb", "definition_en")
    codes = {"level": "outcome", "counts_people": "no", "higher_is_better": "yes"}
    return dict.fromkeys(names, key) | {"measure": key, "adds": "never"} | codes | cells


def written(folder: Path, given: dict[str, list[Row]]) -> Path:
    """A folder with these rows; measures and types come after the shipped ones."""
    folder.mkdir(exist_ok=True)
    for table in tables():
        text = io.StringIO()
        columns = [column.name for column in table.columns]
        rows = csv.DictWriter(text, columns, lineterminator="\n")
        rows.writeheader()
        if table.name in former.SHIPPED_TABLES:
            shipped = io.StringIO((SHIPPED / table.file).read_text("utf-8"))
            rows.writerows(csv.DictReader(shipped))
        rows.writerows(given.get(table.name, []))
        (folder / table.file).write_bytes(text.getvalue().encode())
    return folder


@dataclass(frozen=True)
class Case:
    """The places of a rule in a folder: row, found, expected; and how many there could be."""

    rule: str
    file: str
    column: str
    places: list[Place]
    of: int
    given: dict[str, list[Row]] = field(default_factory=dict)

    def found_in(self, found: Iterable[Finding]) -> list[Finding]:
        return [f for f in found if f.rule == self.rule and f.file == f"{self.file}.csv"]


MEASURES = len((SHIPPED / "measures.csv").read_text("utf-8").splitlines())
IN_PERSONS = (SHIPPED / "measures.csv").read_text("utf-8").count(",persons,")
IN_SHARES = (SHIPPED / "measures.csv").read_text("utf-8").count(",share,")
AGES = {
    "whole": [outcome("1"), outcome("2", value="2", age_group="16_19")],
    "above": [
        outcome("3", measure="job_offers"),
        outcome("4", measure="job_offers", value="2", age_group="16_19"),
        outcome("5", measure="job_offers", value="2", age_group="20_24"),
    ],
    "alone": [outcome("6", measure="interviews", age_group="25_30")],
}
HELD = {"start_date": "2024-03-01", "end_date": "2024-05-31"}
AT_6 = {"measure": "in_work_or_education", "measured_at": "6_months", "followed_up_count": "3"}
FEW = "3 av 4 deltakere fikk fast jobb, én er sykmeldt"
AT_12 = AT_6 | {"measured_at": "12_months"}

LEVELS = [
    partnership("f", agreement_level="framework", programme="Whole"),
    partnership("k", agreement_level="contract", programme="Part", part_of="f"),
    partnership("l", agreement_level="project", programme="Alike"),
    partnership("m", agreement_level="project", programme="Smaller"),
]


def of_level(key: str, programme: str, year: str, value: str) -> Row:
    return in_year(key, year, value) | {"programme": programme}


CASES = [
    Case(
        "context_unit", "context", "unit_nb", [(3, "prosent", "personer")], 6,
        {"context": [
            context("a", period="2023"),
            context("b", period="2024", unit_nb="prosent", unit_en="per cent"),
            context("c", period="2024", subject="T", unit_nb="prosent", unit_en="per cent"),
            context("d", period="2024", indicator_nb="J", unit_nb="prosent", unit_en="per cent"),
            context("e", period="2025", programme="P", unit_nb="prosent", unit_en="per cent"),
            context("f", period="2025"),
        ]},
    ),
    Case(
        "context_population", "context", "population_nb", [(3, "under 30", "alle")], 2,
        {"context": [
            context("a", period="2023", population_nb="alle"),
            context("b", period="2024", population_nb="under 30"),
            # Two groups beside each other, of the same period.
            context("c", period="2023", subject="T", population_nb="alle"),
            context("d", period="2023", subject="T", population_nb="under 30"),
            context("e", period="2024", subject="T", population_nb="under 30"),
        ]},
    ),
    Case(
        "context_twice", "context", "period", [(3, "S, I, 2023", None)], 4,
        {"context": [
            context("a", period="2023"),
            context("b", period="2023", value="4"),
            context("c", period="2023", subject="T"),
            context("d", period="2024"),
        ]},
    ),
    Case(
        "status_against_dates", "partnerships", "agreement_status",
        [(2, "ended", "…/…"), (4, "planned", "2020/…"), (5, "in_force", "…/2021"),
         (7, "signed", "2019/2020"), (8, "paused", "2027/…")], 8,
        {"partnerships": [
            partnership("a", agreement_status="ended"),
            partnership("b", agreement_status="ended", end_date="2021"),
            partnership("c", agreement_status="planned", start_date="2020"),
            partnership("d", agreement_status="in_force", end_date="2021"),
            partnership("e", agreement_status="signed", start_date="2027"),
            partnership("f", agreement_status="signed", start_date="2019", end_date="2020"),
            partnership("g", agreement_status="paused", start_date="2027"),
            partnership("h", agreement_status="in_force", start_date="2026"),
            partnership("i"),
        ]},
    ),
    Case(
        "level_not_above", "partnerships", "part_of", [(4, "b", "project")], 2,
        {"partnerships": [
            partnership("a", agreement_level="framework"),
            partnership("b", agreement_level="project", part_of="a"),
            partnership("c", agreement_level="project", part_of="b"),
            partnership("d", part_of="c"),
        ]},
    ),
    Case(
        "told_on_level_above", "outcomes", "value", [(4, "98", "100")], 6,
        {"partnerships": LEVELS,
         "outcomes": [
            of_level("1", "Whole", "2024", "100"), of_level("2", "Part", "2023", "40"),
            of_level("3", "Part", "2024", "98"), of_level("4", "Alike", "2024", "96"),
            of_level("5", "Smaller", "2024", "4"), of_level("6", "Smaller", "2023", "60"),
         ]},
    ),
    Case(
        "alike_on_levels", "outcomes", "value", [(3, "96", "100 (Whole)")], 2,
        {"partnerships": LEVELS,
         "outcomes": [
            of_level("1", "Whole", "2024", "100"), of_level("2", "Alike", "2023", "96"),
            of_level("3", "Smaller", "2024", "60"), of_level("4", "Part", "2024", "99"),
         ]},
    ),
    Case(
        "not_of_agreement", "contributions", "partner_ids", [(4, "q", "p")], 2,
        {"partners": [partner("p"), partner("q")],
         "partnerships": [partnership()],
         "contributions": [
            contribution("1"), contribution("2", giver="partners", partner_ids="p"),
            contribution("3", giver="partners", partner_ids="q"),
         ]},
    ),
    Case(
        "date_in_future", "contributions", "source_date", [(3, "2027", None)], 2,
        {"partnerships": [partnership()],
         "contributions": [
            contribution("1", source_date="2026"), contribution("2", source_date="2027"),
            contribution("3"),
         ]},
    ),
    Case(
        "date_in_future", "contributions", "granted_date", [(3, "2027", None)], 2,
        {"partnerships": [partnership()],
         "contributions": [
            contribution("1", granted_date="2026"), contribution("2", granted_date="2027"),
            contribution("3"),
         ]},
    ),
    Case(
        "date_in_future", "work_streams", "source_date", [(3, "2027", None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", source_date="2026"), work_stream("2", source_date="2027"),
            work_stream("3"),
         ]},
    ),
    Case(
        "far_date", "work_streams", "due_date", [(3, "2207", None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", next_step="Møte", due_date="2027"),
            work_stream("2", next_step="Møte", due_date="2207"), work_stream("3"),
         ]},
    ),
    Case(
        "number_in_text", "work_streams", "achieved", [(4, "Tre av 12 fikk jobb", None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", achieved="Holdt i 2020"), work_stream("3"),
            work_stream("2", achieved="Tre av 12 fikk jobb"),
         ]},
    ),
    Case(
        "few_persons_in_text", "outcomes", "quote", [(2, FEW, None)], 2,
        {"outcomes": [
            measured("1", quote=FEW), measured("2", quote="3 av 4 bedrifter"),
         ]},
    ),
    Case(
        "few_persons_in_text", "targets", "quote", [(2, "To ungdommer i jobb", None)], 2,
        {"targets": [
            target(value="", quote="To ungdommer i jobb"),
            target(value="", year="2025", quote="én ny arbeidsplass for hver innbygger"),
         ]},
    ),
    Case(
        "few_persons_in_text", "activities", "title", [(3, "Kurs for tre jenter", None)], 2,
        {"activities": [
            activity("1", title="Tre møter"), activity("2", title="Kurs for tre jenter"),
         ]},
    ),
    Case(
        "few_persons_in_text", "partnerships", "title", [(3, "Two girls left", None)], 2,
        {"partnerships": [
            partnership("1", title="Del 2 av 4"), partnership("2", title="Two girls left"),
         ]},
    ),
    Case(
        "few_persons_in_text", "partnerships", "purpose", [(3, "fire fekk jobb", None)], 2,
        {"partnerships": [
            partnership("1", purpose="27 av 41 deltakere i jobb"),
            partnership("2", purpose="fire fekk jobb"), partnership("3"),
         ]},
    ),
    Case(
        "few_persons_in_text", "programmes", "purpose", [(2, "Ingen falt fra", None)], 2,
        {"programmes": [
            {"association": "A", "programme": "P", "purpose": "Ingen falt fra"},
            {"association": "A", "programme": "Q", "purpose": "Unge i jobb"},
         ]},
    ),
    Case(
        "few_persons_in_text", "programmes", "target_group", [(2, "To unge menn fra Vik", None)], 2,
        {"programmes": [
            {"association": "A", "programme": "P", "target_group": "To unge menn fra Vik"},
            {"association": "A", "programme": "Q", "target_group": "Unge menn"},
         ]},
    ),
    Case(
        "few_persons_in_text", "work_streams", "title", [(3, "Én er i praksis", None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", title="Praksis"), work_stream("2", title="Én er i praksis"),
         ]},
    ),
    Case(
        "few_persons_in_text", "work_streams", "achieved", [(3, "Tre av fem fikk jobb", None)], 3,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", achieved="Tre av fem kommuner er med"),
            work_stream("2", achieved="Tre av fem fikk jobb"),
            # Of a number in digits it is asked what that is.
            work_stream("3", achieved="3 av 5 fikk jobb"),
         ]},
    ),
    Case(
        "few_persons_in_text", "events", "title_nb", [(3, "To av fem fikk jobb", None)], 2,
        {"events": [
            event("1"), event("2", title_nb="To av fem fikk jobb"),
            event("3", title_nb="Tre av fem fikk jobb", is_internal="yes"),
         ]},
    ),
    Case(
        "few_persons_in_text", "events", "title_en", [(2, "Two of five got a job", None)], 1,
        {"events": [
            event("1", title_en="Two of five got a job"), event("2"),
            event("3", title_en="Three of five got a job", is_internal="yes"),
         ]},
    ),
    Case(
        "few_persons_in_text", "remarks", "text_en", [(2, "Two of five got a job", None)], 1,
        {"remarks": [
            remark("1", text_en="Two of five got a job"), remark("2"),
            remark("3", text_en="Three of five got a job", is_internal="yes"),
         ]},
    ),
    Case(
        "few_persons_in_text", "remarks", "text_nb", [(3, "To av fem fikk jobb", None)], 2,
        {"remarks": [
            remark("1"), remark("2", text_nb="To av fem fikk jobb"),
            remark("3", text_nb="Tre av fem fikk jobb", is_internal="yes"),
         ]},
    ),
    Case(
        "far_date", "events", "date", [(3, "2204", None)], 2,
        {"events": [event("1"), event("2", date="2204")]},
    ),
    Case(
        "far_date", "remarks", "period", [(3, "1024", None)], 2,
        {"remarks": [remark("1"), remark("2", period="1024")]},
    ),
    Case(
        "no_source", "events", "source", [(3, None, None)], 2,
        {"events": [event("1", source="x"), event("2")]},
    ),
    Case(
        "few_persons_in_text", "contributions", "description",
        [(3, "Lønn for to lærlinger", None)], 2,
        {"partnerships": [partnership()],
         "contributions": [
            contribution("1", description="Lokaler"),
            contribution("2", description="Lønn for to lærlinger"),
         ]},
    ),
    Case(
        "step_is_late", "work_streams", "due_date", [(3, "2026-10", None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", next_step="Møte", due_date="2026-11"),
            work_stream("2", next_step="Møte", due_date="2026-10"),
            work_stream("3", next_step="Møte", due_date="2026-10", work_status="done"),
            work_stream("4"),
         ]},
    ),
    Case(
        "no_next_step", "work_streams", "next_step", [(3, None, None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", next_step="Møte"), work_stream("2"),
            work_stream("3", work_status="stopped"),
         ]},
    ),
    Case(
        "no_role", "work_streams", "own_role", [(3, None, None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", own_role="leder"), work_stream("2"),
            work_stream("3", work_status="done"),
         ]},
    ),
    Case(
        "no_source", "work_streams", "source", [(3, None, None)], 2,
        {"partnerships": [partnership()],
         "work_streams": [
            work_stream("1", source="x"), work_stream("2"),
            work_stream("3", evidence="illustrative"),
         ]},
    ),
    Case(
        "no_source", "contributions", "source", [(3, None, None)], 2,
        {"partnerships": [partnership()],
         "contributions": [contribution("1", source="x"), contribution("2")]},
    ),
    Case(
        "no_amount", "contributions", "amount", [(3, None, None)], 2,
        {"partnerships": [partnership()],
         "contributions": [
            contribution("1", amount="5", currency="NOK"), contribution("2"),
         ]},
    ),
    Case(
        "succession_undecided", "successions", "successor_id", [(2, "q", None), (3, "r", None)], 7,
        {"partners": [partner(key) for key in "pqrst"],
         "successions": [
            succession("p", "q"), succession("p", "r"), succession("p", "s", association="A"),
            succession("q", "r", association="A"), succession("q", "s", association="B"),
            succession("r", "t", place="33"), succession("r", "s", place="32"),
        ]},
    ),
    Case(
        "succession_unsaid", "successions", "association",
        [(2, "p", "B"), (5, "s", "A")], 6,
        {"partners": [partner(key) for key in "pqrst"],
         "successions": [
            succession("p", "q", association="A"), succession("q", "r"),
            succession("r", "s", place="33"), succession("s", "t", place="3301"),
         ],
         "associations": [{"association": "B", "municipalities": "3301|3312"}],
         "activities": [
            activity("a", partner_ids="p|s"), activity("b", association="B", partner_ids="p|r"),
            activity("c", association="B", partner_ids="q|s"),
        ]},
    ),
    Case(
        "overlapping_validity", "successions", "date",
        [(2, "2020-01-02", "2020-01-01"), (5, "2021", "2020")], 4,
        {"partners": [
            partner("p", valid_to="2020-01-02"), partner("q", valid_from="2020", valid_to="2020"),
            partner("r", valid_to="2018-05"), partner("s", valid_to="2021"), partner("t"),
            partner("u"),
         ],
         "successions": [
            succession("p", "t", date="2020-01-01"), succession("q", "t", date="2021-01-01"),
            succession("r", "t", date="2018-05"), succession("s", "q"), succession("t", "u"),
        ]},
    ),
    *(
        Case(
            "unknown_municipality", name, "municipality", [(3, "9998", None)], 3,
            {name: [
                row("p", municipality="3301"), row("q", municipality="9998"),
                row("r", municipality="0602"), row("s"),
        ]},
        )
        for name, row in (("activities", activity), ("partners", partner))
    ),
    Case(
        "unknown_municipality", "associations", "municipalities", [(2, "9998", None)], 3,
        {"associations": [
            {"association": "A", "municipalities": "3301|9998"},
            {"association": "B", "municipalities": "0602"}, {"association": "C"},
         ],
         "targets": [target(association=name) for name in "ABC"]},
    ),
    Case(
        "unknown_municipality", "successions", "place", [(3, "98", None)], 3,
        {"partners": [partner(key) for key in "pqr"],
         "successions": [
            succession("p", "q", place="33"), succession("q", "r", place="98"),
            succession("q", "r", place="3301", association="A"), succession("p", "r"),
        ]},
    ),
    Case(
        "municipality_not_valid", "activities", "municipality",
        [(3, "3005", "0602"), (5, "0711", None)], 4,
        {"activities": [
            activity("a", municipality="0602", start_date="2019-12-31"),
            activity("b", municipality="3005", start_date="2019-12-31"),
            activity("c", municipality="1103", start_date="2022"),
            activity("d", municipality="0711", start_date="2022"),
            activity("e", municipality="0711"), activity("f", start_date="2022"),
        ]},
    ),
    Case(
        "municipality_not_valid", "partners", "municipality", [(3, "3033", "3209")], 3,
        {"partners": [
            partner("p", municipality="3209"), partner("q", municipality="3033"),
            partner("r", municipality="0235", valid_to="2019"), partner("s"),
        ]},
    ),
    Case(
        "association_without_rows", "associations", "association",
        [(3, "C", None), (4, "fjord", "Fjord AS")], 3,
        {
            "associations": [{"association": name} for name in ("A", "C", "fjord")],
            "targets": [target(), target(association="Fjord AS")],
        },
    ),
    Case(
        "other_flagship", "associations", "flagship_programme", [(3, "P", None)], 2,
        {
            "associations": [
                {"association": "A", "flagship_programme": "P"},
                {"association": "B", "flagship_programme": "P"}, {"association": "C"},
            ],
            "targets": [target(), target(association="B", programme="Q")],
            "outcomes": [in_year("1", "2024", "3") | {"association": "C"}],
        },
    ),
    Case(
        "same_name", "partners", "name", [(3, "Kiwi AS", "kiwi")], 3,
        {"partners": [
            partner("kiwi", name="KIWI"), partner("kiwi_2", name="Kiwi AS"),
            partner("rema", name="Rema"), partner("old", name="Kiwi"),
         ],
         "successions": [succession("old", "kiwi")]},
    ),
    Case(
        "same_organisation_number", "partners", "organisation_number", [(3, "889640782", "p")], 3,
        {"partners": [
            partner("p", organisation_number="889640782"),
            partner("q", organisation_number="889640782"),
            partner("r", organisation_number="974760673"), partner("s"),
        ]},
    ),
    Case(
        "organisation_number_not_given", "partners", "organisation_number",
        [(2, "123456785", None)], 3,
        {"partners": [
            partner("p", organisation_number="123456785"),
            partner("q", organisation_number="889640782"),
            partner("r", organisation_number="974760673"), partner("s"),
        ]},
    ),
    Case(
        "organisation_number_not_given", "associations", "organisation_number",
        [(3, "777777777", None)], 2,
        {"associations": [
            {"association": "A", "organisation_number": "974760673"},
            {"association": "B", "organisation_number": "777777777"}, {"association": "C"},
        ]},
    ),
    Case(
        "same_partnership", "partnerships", "title", [(3, "avtale  x", "s")], 4,
        {"partnerships": [
            partnership("s", title="Avtale X"), partnership("t", title="avtale  x"),
            partnership("u", title="Avtale X", start_date="2020"),
            partnership("v", title="Avtale X", association="B"),
        ]},
    ),
    Case(
        "same_activity", "activities", "title", [(3, "frokost møte", "a")], 4,
        {"activities": [
            activity("a", title="Frokostmøte", start_date="2024-05"),
            activity("b", title="frokost møte", start_date="2024-05"),
            activity("c", title="Frokostmøte", start_date="2024-06"),
            activity("d", title="Frokostmøte", start_date="2024-05", association="B"),
        ]},
    ),
    Case(
        "spelled_two_ways", "activities", "programme", [(4, "Work OP", "WorkOP")], 4,
        {"activities": [
            activity("a", programme="WorkOP"), activity("b", programme="WorkOP"),
            activity("c", programme="Work OP"), activity("d", programme="WorkUP"), activity("e"),
        ]},
    ),
    Case(
        "spelled_two_ways", "outcomes", "association", [(2, "forening a", "Forening A")], 2,
        {"targets": [target(association="Forening A", year=year) for year in ("2024", "2025")],
         "outcomes": [
            in_year("1", "2024", "3") | {"association": "forening a"},
            in_year("2", "2025", "3") | {"association": "Forening A"},
        ]},
    ),
    Case(
        "date_in_future", "partnerships", "confirmed_date", [(3, "2026-12", None)], 4,
        {"partnerships": [
            partnership("s", confirmed_date="2026-11"), partnership("t", confirmed_date="2026-12"),
            partnership("u", confirmed_date="2026"), partnership("v"),
            partnership("w", confirmed_date="2026-11-23"),
        ]},
    ),
    *(
        Case(
            "date_in_future", name, "source_date", [(3, "2027", None)], 2,
            {"activities": [activity()]} | {name: [
                row("x", source_date="2026"), row("y", source_date="2027"), row("z")
            ]},
        )
        for name, row in (
            ("partnerships", partnership), ("activities", activity), ("outcomes", measured),
        )
    ),
    *(
        Case(
            "far_date", name, column, [(3, "2037", None), (5, "1024-05", None)], 4,
            {name: [
                row("w", **{column: "2036-12-31"}), row("x", **{column: "2037"}),
                row("y", **{column: "1900"}), row("z", **{column: "1024-05"}), row("o"),
            ]},
        )
        for name, row in (("partnerships", partnership), ("activities", activity))
        for column in ("start_date", "end_date")
    ),
    Case(
        "confirmed_after_end", "partnerships", "confirmed_date",
        [(3, "2021", "≤ 2020-06 (end_date)")], 2,
        {"partnerships": [
            partnership("s", end_date="2020", confirmed_date="2020-05"),
            partnership("t", end_date="2020-06", confirmed_date="2021"),
            partnership("u", confirmed_date="2021"),
        ]},
    ),
    Case(
        "first_of_january", "activities", "start_date", [(3, "2024-01-01", "2024")], 3,
        {"activities": [
            activity("a", start_date="2024-01"), activity("b", start_date="2024-01-01"),
            activity("c", start_date="2024-01-02"), activity("d"),
        ]},
    ),
    Case(
        "attended_above_registered", "activities", "attended_count",
        [(3, "21", "≤ 20 (registered_count)")], 2,
        {"activities": [
            activity("a", registered_count="20", attended_count="20"),
            activity("b", registered_count="20", attended_count="21"),
            activity("c", attended_count="21"),
        ]},
    ),
    Case(
        "attended_cancelled", "activities", "attended_count", [(3, "5", None)], 3,
        {"activities": [
            activity("a", attended_count="5"),
            activity("b", attended_count="5", cancelled="yes"),
            activity("c", attended_count="5", cancelled="no"),
            activity("d", attended_count="0", cancelled="yes"), activity("e", cancelled="yes"),
        ]},
    ),
    Case(
        "attended_not_begun", "activities", "attended_count",
        [(3, "5", "2026-11-24 (start_date)")], 2,
        {"activities": [
            activity("a", attended_count="5", start_date="2026-11-23"),
            activity("b", attended_count="5", start_date="2026-11-24"),
            activity("c", start_date="2027"), activity("d", attended_count="5"),
        ]},
    ),
    Case(
        "nobody_attended", "activities", "attended_count", [(3, "0", None)], 2,
        {"activities": [
            activity("a", attended_count="1"), activity("b", attended_count="0"), activity("c"),
            activity("d", attended_count="0", cancelled="yes"),
        ]},
    ),
    Case(
        "other_association", "activities", "partnership_ids", [(3, "s", "B")], 3,
        {"partnerships": [partnership("s"), partnership("t", association="B")],
         "activities": [
            activity("a", partnership_ids="s"),
            activity("b", partnership_ids="s|t", association="B"), activity("c"),
        ]},
    ),
    Case(
        "other_association", "outcomes", "association", [(3, "B", "A")], 2,
        {"activities": [activity()],
         "outcomes": [
            outcome("1", association="A"), outcome("2", association="B", measure="mentors"),
            outcome("3", measure="interviews"),
        ]},
    ),
    Case(
        "outside_partnership", "activities", "partnership_ids",
        [(3, "s", "2018-05/2020"), (4, "s", "2018-05/2020"), (6, "u", "…/2019")], 4,
        {"partnerships": [
            partnership("s", start_date="2018-05", end_date="2020"),
            partnership("t", start_date="2018", start_qualifier="no_later_than"),
            partnership("u", end_date="2019"),
         ],
         "activities": [
            activity("a", partnership_ids="s", start_date="2018"),
            activity("b", partnership_ids="s", start_date="2017-12-31"),
            activity("c", partnership_ids="s", start_date="2021"),
            activity("d", partnership_ids="t", start_date="2017"),
            activity("e", partnership_ids="t|u", start_date="2020-01"),
            activity("f", partnership_ids="s"),
        ]},
    ),
    Case(
        "result_not_due", "outcomes", "value",
        [
            (3, "3", "2026-12-01"), (5, "3", "2027-01-01"), (7, "3", "2026-12-01"),
            (8, "3", "2027-02-01"),
        ], 6,
        {"activities": [activity("a", **HELD), activity("b", start_date="2026-05")],
         "outcomes": [
            outcome("1", **AT_12), outcome("2", activity_id="b", **AT_6), in_year("3", "2026", "3"),
            in_year("4", "2027", "3"), outcome("5", activity_id="b", age_group="16_19", **AT_6),
            in_year("6", "2026-12", "3", measure="interviews"),
            in_year("7", "2025-08/2026-07", "3", **AT_6),
        ]},
    ),
    Case(
        "mixed_evidence", "outcomes", "evidence", [(3, "illustrative", "register")], 2,
        {"activities": [activity()],
         "outcomes": [
            outcome("1"), outcome("2", measure="interviews", evidence="illustrative"),
            in_year("3", "2024", "3", evidence="illustrative"),
        ]},
    ),
    Case(
        "no_evidence", "outcomes", "evidence",
        [(3, "unstated", "register, employer, participant, estimate")], 2,
        {"activities": [activity()],
         "outcomes": [
            outcome("1"), outcome("2", measure="interviews", evidence="unstated"),
            outcome("3", measure="mentors", value="", quote="many", evidence="unstated"),
        ]},
    ),
    Case(
        "ten_times", "outcomes", "value", [(4, "100", "10 (2022)")], 2,
        {"outcomes": [
            in_year("1", "2021", "2"), in_year("2", "2022", "10"), in_year("3", "2023", "100"),
            in_year("4", "2025", "1000"), in_year("5", "2022/2026", "9999"),
            in_year("6", "2024", "1000", age_group="16_19"),
        ]},
    ),
    Case(
        "ten_times", "activities", "attended_count", [(4, "300", "30 (2023)")], 2,
        {"activities": [
            activity(str(n), programme="P", start_date=year, attended_count=count)
            for n, (year, count) in enumerate(
                [("2022-05", "31"), ("2023-05", "30"), ("2024-05", "300"), ("2026", "3000")]
            )
        ]},
    ),
    Case(
        "ages_above_total", "outcomes", "value", [(5, "4", "≤ 3")], 2,
        {"activities": [activity()], "outcomes": [r for rows in AGES.values() for r in rows]},
    ),
    Case(
        "ages_without_total", "outcomes", "age_group", [(7, "25_30", None)], 3,
        {"activities": [activity()], "outcomes": [r for rows in AGES.values() for r in rows]},
    ),
    Case(
        "backgrounds_above_total", "outcomes", "value", [(3, "4", "≤ 3")], 2,
        {"activities": [activity()], "outcomes": [
            outcome("1"), outcome("2", value="4", background="innvandrere"),
            outcome("3", measure="job_offers"),
            outcome("4", measure="job_offers", value="2", background="innvandrere"),
            outcome("5", measure="job_offers", value="2", age_group="16-19"),
        ]},
    ),
    Case(
        "backgrounds_without_total", "outcomes", "background", [(3, "flyktninger", None)], 2,
        {"activities": [activity()], "outcomes": [
            outcome("1"), outcome("2", measure="job_offers", background="flyktninger"),
            outcome("3", value="1", background="flyktninger"),
        ]},
    ),
    Case(
        "partner_not_in_partnership", "outcomes", "partner_id", [(3, "q", "p")], 2,
        {"partners": [partner("p"), partner("q")], "partnerships": [partnership()],
         "outcomes": [
            of_agreement("1", partner_id="p"), of_agreement("2", partner_id="q"),
            of_agreement("3"),
        ]},
    ),
    Case(
        "whole_beside_parts", "outcomes", "value", [(2, "8", "7")], 2,
        {"partners": [partner("p"), partner("q")], "outcomes": [
            in_year("1", "2024", "8"), in_year("2", "2024", "4", partner_id="p"),
            in_year("3", "2024", "3", partner_id="q"), in_year("4", "2023", "5"),
            in_year("5", "2022", "2"), in_year("6", "2022", "5", partner_id="p"),
        ]},
    ),
    Case(
        "share_above_one", "outcomes", "value", [(3, "25", "0–1")], 2,
        {"measures": [measure("m", unit="share"), measure("n", unit="share")],
         "outcomes": [
            in_year("1", "2024", "1", measure="m"), in_year("2", "2024", "25", measure="n"),
            in_year("3", "2024", "25"),
        ]},
    ),
    Case(
        "share_above_one", "targets", "value", [(3, "25", "0–1")], 2,
        {"targets": [
            target(measure="placement_rate", value="0.25"),
            target(measure="retention_rate", value="25"), target(value="25"),
        ]},
    ),
    Case(
        "share_added", "measures", "adds", [(MEASURES + 2, "sum", "never")], IN_SHARES + 2,
        {"measures": [
            measure("m", unit="share"), measure("n", unit="share", adds="sum"),
            measure("o", unit="nok", adds="sum"),
        ]},
    ),
    Case(
        "people_not_protected", "measures", "counts_people", [(MEASURES + 2, "no", "yes")],
        IN_PERSONS + 2,
        {"measures": [
            measure("m", unit="persons", counts_people="yes"), measure("n", unit="persons"),
            measure("o", unit="organisations"),
        ]},
    ),
    Case(
        "same_target", "targets", "value", [(3, "12", None)], 4,
        {"targets": [
            target(), target(value="12"), target(year="2025"), target(programme="Q"),
            target(value="", quote="many"),
        ]},
    ),
    Case(
        "no_organisation_number", "partners", "organisation_number", [(3, None, None)], 2,
        {"partners": [partner("p", organisation_number="889640782"), partner("q")]},
    ),
    Case(
        "unused_partner", "partners", "partner_id", [(4, None, None)], 3,
        {"partners": [
            partner("p"), partner("q", head_id="head"), partner("r"), partner("old"),
            partner("new"), partner("head"),
         ],
         "successions": [succession("old", "new")],
         "partnerships": [partnership()], "activities": [activity(partner_ids="q")]},
    ),
    Case(
        "no_purpose", "partnerships", "purpose", [(3, None, None)], 2,
        {"partnerships": [partnership("s", purpose="Jobb"), partnership("t")]},
    ),
    Case(
        "no_start_date", "partnerships", "start_date", [(3, None, None)], 2,
        {"partnerships": [partnership("s", start_date="2024"), partnership("t")]},
    ),
    Case(
        "only_latest_start", "partnerships", "start_date", [(3, "2024", None)], 2,
        {"partnerships": [
            partnership("s", start_date="2024"),
            partnership("t", start_date="2024", start_qualifier="no_later_than"),
            partnership("u"),
        ]},
    ),
    Case(
        "no_activity", "partnerships", "partnership_id", [(3, None, None), (4, None, None)], 3,
        {"partnerships": [
            partnership("s"), partnership("t", start_date="2024"), partnership("u"),
            partnership("v", start_date="2027"), partnership("w", end_date="2025"),
        ], "activities": [
            activity("a", partnership_ids="s"), activity("b", partnership_ids="u", cancelled="yes"),
        ]},
    ),
    Case(
        "no_start_date", "activities", "start_date", [(3, None, None)], 2,
        {"activities": [activity("s", start_date="2024"), activity("t")]},
    ),
    Case(
        "no_end_date", "partnerships", "end_date", [(3, None, None)], 2,
        {"partnerships": [partnership("s", end_date="2024"), partnership("t")]},
    ),
    Case(
        "no_confirmed_date", "partnerships", "confirmed_date", [(3, None, None)], 2,
        {"partnerships": [
            partnership("s", confirmed_date="2024"), partnership("t"),
            partnership("u", end_date="2024"),
        ]},
    ),
    Case(
        "long_unconfirmed", "partnerships", "confirmed_date",
        [(3, "2024-11-22", None), (5, "2023", None)], 4,
        {"partnerships": [
            partnership("s", confirmed_date="2024-11"),
            partnership("t", confirmed_date="2024-11-22"),
            partnership("u", source_date="2024"), partnership("v", source_date="2023"),
            partnership("w"), partnership("x", confirmed_date="2020", end_date="2030"),
        ]},
    ),
    Case(
        "no_source", "partnerships", "source", [(3, None, None)], 2,
        {"partnerships": [partnership("s", source="x"), partnership("t")]},
    ),
    Case(
        "no_source", "activities", "source", [(3, None, None)], 2,
        {"activities": [
            activity("s", source="x"), activity("t"), activity("u", evidence="illustrative"),
        ]},
    ),
    Case(
        "no_source", "outcomes", "source", [(3, None, None)], 2,
        {"outcomes": [
            in_year("1", "2021", "3", source="x"), in_year("2", "2022", "3"),
            in_year("3", "2023", "3", evidence="illustrative"),
        ]},
    ),
    Case(
        "no_source", "targets", "source", [(3, None, None)], 2,
        {"targets": [
            target(source="x"), target(year="2025"), target(year="2026", evidence="illustrative"),
        ]},
    ),
    Case(
        "no_partner", "activities", "partner_ids", [(4, None, None)], 3,
        {"partnerships": [partnership()],
         "activities": [
            activity("a", partner_ids="p"), activity("b", partnership_ids="s"), activity("c"),
            activity("d", cancelled="yes"),
        ]},
    ),
    Case(
        "no_attended_count", "activities", "attended_count", [(3, None, None), (4, None, None)], 3,
        {"activities": [
            activity("a", attended_count="5", **HELD), activity("b", **HELD), activity("c"),
            activity("d", cancelled="yes", **HELD), activity("e", start_date="2027"),
        ]},
    ),
    Case(
        "no_result", "activities", "activity_id", [(3, None, None), (7, None, None)], 3,
        {"activities": [
            activity("a", **HELD), activity("b", **HELD), activity("c", start_date="2027"),
            activity("d", activity_type="conference", **HELD),
            activity("e", cancelled="yes", **HELD), activity("f"),
         ],
         "outcomes": [outcome("1"), outcome("2", measure="mentors")]},
    ),
    Case(
        "no_follow_up", "outcomes", "measured_at", [(3, None, "12_months")], 5,
        {"activities": [
            activity("a", **HELD), activity("b", start_date="2026-03"),
            activity("c", start_date="2026-05"), activity("d", **HELD), activity("e", **HELD),
         ],
         "outcomes": [
            outcome("0", measure="interviews"),
            outcome("1"), outcome("2", **AT_6), outcome("3", activity_id="b"),
            outcome("4", activity_id="b", **AT_6), outcome("5", activity_id="c"),
            outcome("6", activity_id="d", measure="interviews"),
            outcome("7", activity_id="e"), outcome("8", activity_id="e", **AT_6),
            outcome("9", activity_id="e", **AT_12 | {"value": "", "value_status": "suppressed"}),
        ]},
    ),
    Case(
        "no_followed_up_count", "outcomes", "followed_up_count", [(4, None, None)], 2,
        {"activities": [activity(**HELD)],
         "outcomes": [
            outcome("1"), outcome("2", **AT_6), outcome("3", **AT_12 | {"followed_up_count": ""}),
        ]},
    ),
    Case(
        "no_result_of_target", "targets", "measure",
        [(4, "mentors", None), (8, "mentors", None)], 7,
        {"partnerships": [partnership(), partnership("t")],
         "activities": [activity("a", partnership_ids="s|t")],
         "targets": [
            target(), target(measure="placements"), target(measure="mentors"),
            target(measure="mentors", year="2027/2028"),
            target(measure="interviews", value="", quote="many"),
            target(partnership_id="s", programme=""),
            target(partnership_id="s", programme="", measure="mentors"),
            target(partnership_id="t", programme="", measure="interviews"),
            target(measure="job_offers"),
         ],
         "outcomes": [
            in_year("1", "2024", "3"), in_year("2", "2024", "3", partnership_id="s"),
            outcome("3", measure="interviews"),
            in_year("4", "2024", "", measure="job_offers", value_status="suppressed"),
        ]},
    ),
    # A target of an agreement is held against what names it, by itself or by its activity.
    Case(
        "no_result_of_target", "targets", "measure",
        [(4, "mentors", None), (5, "placement_permanent", None)], 4,
        {"partnerships": [
            partnership("p", programme="P"), partnership("q"), partnership("r"),
         ],
         "activities": [activity("a", partnership_ids="q", **HELD)],
         "targets": [
            target(partnership_id="p", programme=""),
            target(partnership_id="q", programme="", measure="interviews"),
            target(partnership_id="p", programme="", measure="mentors"),
            target(partnership_id="r", programme=""),
         ],
         "outcomes": [
            in_year("1", "2024-05", "3", partnership_id="p"),
            outcome("2", measure="interviews"), in_year("3", "2024", "3", measure="mentors"),
         ]},
    ),
]  # fmt: skip


def apart() -> list[list[Case]]:
    """The cases that may stand in one folder, since none has rows in a file of another: checking
    costs the same, however many there are."""

    def files(case: Case) -> set[str]:  # a partnership needs the partner that is there else
        return {*case.given} | ({"partnerships"} if "partners" in case.given else set())

    groups: list[list[Case]] = []
    for case in CASES:
        fits = (g for g in groups if not any(files(case) & files(other) for other in g))
        group = next(fits, None)
        if group is None:
            groups.append(group := [])
        group.append(case)
    return groups


def test_a_table_without_rows_is_made_as_a_query_of_none_makes_it(tmp_path: Path):
    folder = written(tmp_path / "data", {})
    columns = (
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'given' order by all"
    )
    made = []
    for is_told, lacks in ((False, ""), (True, ""), (True, "contributions.csv")):
        if lacks:
            (folder / lacks).unlink()
        with workbench() as connection:
            connection.execute("create schema given")
            for table in tables():
                no_rows = contract.no_rows(table) if is_told else None
                given = contract.typed_rows(table)
                assert not read.load_table(connection, table, folder / table.file, given, no_rows)
            made.append(connection.execute(columns).fetchall())
    assert made[0] == made[1] == made[2]
    assert {name for name, *_ in made[0]} == {table.name for table in tables()}


# Tables that whole rules are about.
OF_RULES = {
    *("partners", "associations", "successions", "partnerships", "programmes", "work_streams"),
    *("contributions", "activities", "outcomes", "targets", "measures", "context"),
}


@pytest.fixture(scope="module")
def shipped() -> Iterator[duckdb.DuckDBPyConnection]:
    """The shipped files, to be asked what rules ask."""
    with workbench() as connection:
        assert loading.load_folder(connection, SHIPPED) == []
        rules.prepare(connection, 3)
        rules.attach(connection, None)
        queries.run_files(connection, "told_above")
        yield connection


@pytest.mark.parametrize("cases", apart(), ids=lambda cases: " ".join(c.rule for c in cases))
def test_a_rule_tells_what_it_is_about_and_not_its_neighbour(cases: list[Case], tmp_path: Path):
    given = {"partners": [partner()]}
    for case in cases:
        given |= case.given
    found = advised(written(tmp_path / "data", given), AS_OF)
    for case in cases:
        told = [f for f in case.found_in(found) if f.column == case.column]
        assert [(f.row, f.found, f.expected) for f in told] == case.places, case.rule
        assert {(f.count, f.of) for f in told} == {(len(case.places), case.of)}, case.rule
    assert not [f for f in found if f.level == "must_fix"], "the case itself is broken"


@pytest.mark.parametrize("table", [table.name for table in tables()])
def test_what_is_not_asked_of_a_table_without_rows_would_find_nothing_in_it(
    table: str, shipped: duckdb.DuckDBPyConnection
):
    levels: tuple[Level, ...] = ("must_fix", "should_look", "could_be_better")
    not_asked = 0
    shipped.execute(f"begin; delete from given.{table}")
    with_rows = read.tables_with_rows(shipped, tables())
    assert table not in with_rows
    for statement in itertools.chain(*map(rules.statements_of, levels)):
        is_passed_over = rules.is_of_no_rows(statement, with_rows)
        if statement.type == duckdb.StatementType.SELECT and not is_passed_over:
            continue
        answer = shipped.execute(statement, dict.fromkeys(statement.named_parameters, AS_OF))
        if is_passed_over:
            not_asked += 1
            assert [told for *_, told in answer.fetchall() if told["places"]] == []
    shipped.execute("rollback")
    assert bool(not_asked) == (table in OF_RULES)


def rules_of(level: str) -> set[tuple[str, ...]]:
    sql = (ROOT / "ringvirkning" / "intake" / "checks" / f"{level}.sql").read_text(encoding="utf-8")
    found = set(re.findall(r"^select '(\w+)', '(\w+)\.csv', '(\w+)'", sql, re.M))
    # The texts that one rule looks at.
    texts = re.findall(r"^    select \d+, '(\w+)\.csv', '(\w+)'", sql, re.M)
    return found | {("few_persons_in_text", *text) for text in texts}


def test_every_rule_has_a_case():
    of_versions = {("name_changed", "partners", "name")}
    of_versions |= {("partner_type_changed", "partners", "partner_type")}
    asked = rules_of("should_look") | rules_of("could_be_better")
    assert asked - of_versions == {
        (c.rule, c.file, c.column) for c in CASES if c.rule != "spelled_two_ways"
    }


# Few persons in a text

OF_FEW = [
    *("3 av 4 deltakere fikk fast jobb, én er sykmeldt", "3 av 4 fikk jobb", "2 fikk fast jobb"),
    *("To av fem er i arbeid", "Tre ungdommer fikk læreplass", "Én er sykmeldt"),
    *("Ingen av deltakerne fikk jobb", "To unge menn i praksis", "begge jentene er i jobb"),
    *("ein er sjukmeld", "Fire av deltakarane heldt fram, to flytta", "Tre gutar fekk læreplass"),
    *("Two participants got a job", "3 out of 4 got a job", "one is on sick leave"),
    *("Both girls left", "Nobody got a job", "Av fem søkere fikk to jobb"),
]
OF_OTHERS = [
    *("én ny arbeidsplass for hver annen nye innbygger", "Fire kampanjer i Næringsvekst 2020"),
    *("Sju styremøter i Lier Næringsråd 2019", "5 av 10 kommuner er med", "Runde 3", "Del 2 av 4"),
    *("Minst 300 innbyggere med innvandrerbakgrunn i arbeid hvert år", "25 ungdommer i jobb"),
    *(
        "27 av 41 deltakere i jobb",
        "Samarbeid om praksisplasser for unge",
        "3 av 4 bedrifter svarte",
    ),
    *("Ein møteplass for unge", "En møteplass for unge og arbeidsgivere", "Kurs 2 for nye ledere"),
    *("to get young people into work", "First of three conferences", "Plan for dei tre neste åra"),
]


def test_a_text_that_tells_of_few_persons_is_seen():
    with workbench() as connection:
        rules.prepare(connection, 1)
        seen = [
            text
            for text in [*OF_FEW, *OF_OTHERS]
            if connection.execute("select tells_of_few(?)", [text]).fetchall() == [(True,)]
        ]
    assert seen == OF_FEW


def test_no_shipped_text_tells_of_few():
    found = report.findings_of(SHIPPED, None, AS_OF)
    assert [f.found for f in found if f.rule == "few_persons_in_text"] == []


# The version before


def test_what_has_changed_since_the_version_before(tmp_path: Path):
    before = [partner(key) for key in "pqr"]
    folder = written(tmp_path / "data", {"partners": before})
    assert publishing.publish(folder, tmp_path / "v") == []
    version = versions.current(tmp_path / "v")
    assert version
    after = [
        partner("p", name="NAME P AS"), partner("q", name="Another"),
        partner("r", partner_type="county"), partner("new"),
    ]  # fmt: skip
    folder = written(tmp_path / "data", {"partners": after})
    found = report.findings_of(folder, version.exact(tmp_path / "v"), AS_OF)
    told = [f for f in found if f.rule.endswith("_changed")]
    assert [(f.rule, f.row, f.found, f.expected, f.count, f.of) for f in told] == [
        ("name_changed", 3, "Another", "Name q", 1, 3),
        ("partner_type_changed", 4, "county", "company", 1, 3),
    ]
    assert not [
        f for f in report.findings_of(folder, None, AS_OF) if f.rule.endswith("_changed")
    ], "there is nothing before"


# With the contract broken, and counted


def test_what_can_be_told_is_told_though_the_contract_is_broken(tmp_path: Path):
    """Every field that may be wrong is; what is advised beside that must not fall over it."""
    broken = {
        table.name: [
            {c.name: "x" if c.is_key or c.refers_to else "?" for c in table.columns},
            {c.name: "" for c in table.columns} | {table.columns[0].name: "only"},
        ]
        for table in tables()
    }
    found = report.findings_of(written(tmp_path / "data", broken), None, AS_OF)
    assert {"must_fix", "could_be_better"} <= {f.level for f in found}


def test_how_many_there_are_is_told_of_what_is_not_shown(tmp_path: Path):
    partners = [
        partner(str(n), name="" if n < 25 else "x", partner_type="x" * (n < 30)) for n in range(40)
    ]
    activities = [activity("same", partner_ids=f"no{n}", evidence="?") for n in range(30)]
    folder = written(tmp_path / "data", {"partners": partners, "activities": activities})
    counted = {
        (g.rule, g.column): (len(g.findings), g.count, g.of)
        for g in report.groups(report.findings_of(folder, None, AS_OF))
    }
    assert counted["required", "name"] == (20, 25, 40)
    assert counted["required", "partner_type"] == (10, 10, 40)
    assert counted["unknown_type", "partner_type"] == (1, 1, None)
    assert counted["unknown_code", "evidence"] == (20, 30, 30)
    assert counted["repeated_key", "activity_id"] == (20, 29, 30)
    assert counted["unknown_reference", "partner_ids"] == (20, 30, None)
    assert counted["no_organisation_number", "organisation_number"] == (20, 40, 40)


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path):
    folder = written(tmp_path / "data", {})
    with (folder / "partners.csv").open("a") as file:
        file.write("p,Name\n" * 30)
    (group,) = report.groups(report.findings_of(folder, None, AS_OF))
    assert (group.rule, len(group.findings), group.count) == ("row_missing_columns", 20, 30)


def test_a_row_between_rows_is_counted_as_a_spreadsheet_does(tmp_path: Path):
    folder = written(tmp_path / "data", {"partners": [partner("p"), partner("q", name="Name p")]})
    path = folder / "partners.csv"
    path.write_bytes(path.read_bytes().replace(b"\nq", b"\n\n\nq"))
    (same,) = (f for f in report.findings_of(folder, None, AS_OF) if f.rule == "same_name")
    assert same.row == 5


# In groups and in words


def test_groups_come_by_level_and_then_by_file():
    found = [
        Finding("no_source", "targets.csv", 2, "source", level="could_be_better", count=30, of=40),
        Finding("no_source", "partnerships.csv", 2, "source", level="could_be_better", of=9),
        Finding("no_purpose", "partnerships.csv", 2, "purpose", level="could_be_better", of=9),
        Finding("ten_times", "outcomes.csv", 3, "value", level="should_look", count=2, of=9),
        Finding("no_source", "targets.csv", 3, "source", level="could_be_better", count=30, of=40),
        Finding("required", "elsewhere.csv", 3, "name"),
        Finding("required", "outcomes.csv", 3, "value"),
    ]
    assert [
        (g.level, g.file, g.rule, g.count, g.of, len(g.findings)) for g in report.groups(found)
    ] == [
        ("must_fix", "outcomes.csv", "required", 1, None, 1),
        ("must_fix", "elsewhere.csv", "required", 1, None, 1),
        ("should_look", "outcomes.csv", "ten_times", 2, 9, 1),
        ("could_be_better", "partnerships.csv", "no_source", 1, 9, 1),
        ("could_be_better", "partnerships.csv", "no_purpose", 1, 9, 1),
        ("could_be_better", "targets.csv", "no_source", 30, 40, 2),
    ]
    assert report.groups([]) == []


def group(count: int, of: int | None, file: str = "partnerships.csv", row: int | None = 2) -> Any:
    finding = Finding("no_end_date", file, row, "end_date", None, None, "could_be_better")
    return report.Group("no_end_date", "could_be_better", file, "end_date", count, of, (finding,))


def test_a_group_says_how_many_and_the_share_of_ten_or_more():
    nb, en = words("nb"), words("en")
    said = group_words(nb, group(12, 40))
    assert said.startswith("12 av 40 partnerskap (30\u00a0%): Sluttdatoen mangler. Før den inn")
    assert said.endswith(nb("finding.why.no_end_date"))
    assert group_words(en, group(12, 40)).startswith("12 of 40 partnerships (30%): ")
    assert group_words(en, group(1234, 5000)).startswith("1,234 of 5,000 partnerships (25%): ")
    assert group_words(en, group(5, 9)).startswith("5 of 9 partnerships: ")
    assert group_words(en, group(10, 10)).startswith("10 of 10 partnerships (100%): ")
    assert group_words(en, group(4, 1000)).startswith("4 of 1,000 partnerships: ")
    assert group_words(en, group(5, 10, "sheet.xlsx")).startswith("5 of 10 rows (50%): ")
    assert group_words(en, group(2, None)).startswith("2 places: The end")
    assert group_words(en, group(1, None, row=None)).startswith("The end date is missing.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_what_is_wrong_once_and_where(language: str):
    w = words(language)
    assert report_words(w, []) == w("report.clean")
    found = [
        Finding("required", "partners.csv", row, "name", count=9, of=40) for row in range(2, 11)
    ]
    found.append(
        Finding("ten_times", "outcomes.csv", 12345, "value", "\x1b[31m9", "1", "should_look")
    )
    said = report_words(w, report.groups(found))
    assert said.count(w("finding.rule.required")) == 1
    assert "2, 3, 4, 5, 6\n" in said and w("report.more", n=4) in said
    assert "12345" in said and " [31m9" in said and "\x1b" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_report_is_the_one_that_was_looked_at(language: str):
    golden = (GOLDEN / f"report.{language}.txt").read_text(encoding="utf-8")
    assert shipped_report(language) == golden


def shipped_report(language: str) -> str:
    return (
        report_words(named(language), report.groups(report.findings_of(SHIPPED, None, AS_OF)))
        + "\n"
    )


# As remarks in a copy of the file


def cells(copy: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(copy.decode("utf-8-sig"), newline="")))


def test_a_copy_has_remarks_on_every_row_and_no_formula(tmp_path: Path):
    rows = [partner(f"p{n}", name="=1+1" if n == 3 else f"Navn, «{n}»") for n in range(30)]
    folder = written(tmp_path / "data", {"partners": [*rows, partner("x", name="Navn, «0»")]})
    path = folder / "partners.csv"
    path.write_bytes(path.read_bytes().replace(b"\np2,", b"\n\np2,"))
    found = report.findings_of(folder, None, AS_OF, rules.ALL)
    w = words("nb")
    heading, *copied = cells(copy_with_remarks(path, Read(path.name), found, w))
    columns = [
        column.name for table in tables() if table.name == "partners" for column in table.columns
    ]
    assert heading == [*columns, "Merknader fra Ringvirkning"]
    assert copied[2] == [], "an empty row stays, so that rows keep their numbers"
    told = [row for row in copied if row]
    assert len(told) == 31 and all(
        w("finding.rule.no_organisation_number") in row[-1] for row in told
    )
    assert told[3][1] == "'=1+1" and told[4][1] == "Navn, «4»"
    same = f"name: {w('finding.rule.same_name')} Fant «Navn, «0»». Ventet: p0."
    assert told[30][-1].startswith(f"{same} · ")
    assert not any(w("finding.rule.same_name") in row[-1] for row in told[:30])


def test_a_copy_keeps_quotes_line_ends_and_ragged_rows(tmp_path: Path):
    path = tmp_path / "partners.csv"
    path.write_text('a,b\n"x\n""y""",-3\nlong,1,2\nshort\n', encoding="utf-8")
    found = [
        Finding("row_too_many_columns", "partners.csv", 3),
        Finding("required", "other.csv", 2),
    ]
    w = words("en")
    assert cells(copy_with_remarks(path, Read(path.name), found, w)) == [
        ["a", "b", "", "Remarks from Ringvirkning"],
        ['x\n"y"', "-3", "", ""],
        ["long", "1", "2", w("finding.rule.row_too_many_columns")],
        ["short", "", "", ""],
    ]


if __name__ == "__main__":
    for language in LANGUAGES:
        (GOLDEN / f"report.{language}.txt").write_text(shipped_report(language), encoding="utf-8")


def test_sheets_of_one_file_are_told_apart_and_named():
    rows = [("Resultater", 3, 2, 20), ("Resultater", 7, 2, 20), ("Måltall", 3, 1, 5)]
    found = [
        Finding("not_number", "tall.xlsx", row, "Verdi", "få", sheet=sheet, count=count, of=of)
        for sheet, row, count, of in rows
    ]
    grouped = report.groups(found)
    assert [(group.count, group.of) for group in grouped] == [(2, 20), (1, 5)]
    said = report_words(words("nb"), grouped)
    for sheet in ("Resultater", "Måltall"):
        assert f"tall.xlsx, ark «{sheet}», kolonne «Verdi»" in said
