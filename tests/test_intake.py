"""From files to a version: what breaks a rule is refused by cell, and nothing is ever half."""

import base64
import csv
import hashlib
import io
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import queries
from queries import answers
from queries.contract import tables, workbench
from ringvirkning import ROOT
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake import changes, former, publishing, read
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store import keys, storage, versions
from ringvirkning.texts import clock
from tests.permissions import permissions_hold
from tests.publisher import publisher
from tests.server import KEY

pytestmark = pytest.mark.slow  # a version is published in nearly every test

SHIPPED = ROOT / "data"

ROUND = "ig_workop_2023_var"  # came: 27, placed: 3 + 3 + 1, in work after 6 months: 5 of 6
SIX_MONTHS = f"{ROUND}_in_work_or_education_6m"
PERMANENT = f"{ROUND}_placement_permanent"
SPAN = "nfdr_arbeidslivsmentor_2015_2020"
TWO_DAYS = "nfdr_innsikt_2021"  # 2021-08-25 to 2021-08-26
SHARED = "ig_workop_2026_var"  # ig_nav|ig_kommunene

MUNICIPALITY = "naeringsvekst_kommunen"
FIRMS, IMDI = "internasjonale_drammen_bedriftene", "mentorordning_imdi"

NOTE = "select note from partners where partner_id = 'nav'"

Place = tuple[str, str, int | None, str | None, str | None]


class Data:
    """A copy of the shipped files, to be broken."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(SHIPPED, folder)
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def rows(self, name: str) -> list[list[str]]:
        with self.path(name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def row(self, name: str, key: str) -> int:
        """The number of the row with this key, counted as a spreadsheet does."""
        return 1 + [row[0] for row in self.rows(name)].index(key)

    def write(self, name: str, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.path(name).write_bytes(text.getvalue().encode())

    def change(self, name: str, key: str, /, **cells: str) -> int:
        """Change cells of the row with this key; returns its number."""
        rows, number = self.rows(name), self.row(name, key)
        for column, value in cells.items():
            rows[number - 1][rows[0].index(column)] = value
        self.write(name, rows)
        return number

    def append(self, name: str, line: str) -> int:
        """Add a line as it is; returns its row number."""
        number = len(self.rows(name)) + 1
        with self.path(name).open("ab") as file:
            file.write(line.encode())
        return number

    def rewrite(self, name: str, edit: Callable[[bytes], bytes]) -> None:
        before = self.path(name).read_bytes()
        after = edit(before)
        assert after != before
        self.path(name).write_bytes(after)


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path / "data")


@pytest.fixture
def var(tmp_path: Path, published: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "var"))


def contents(folder: Path) -> dict[str, str]:
    """Every file and folder below, with a hash of what it holds."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(
            path.read_bytes() if path.is_file() else b""
        ).hexdigest()
        for path in folder.rglob("*")
    }


def building(var: Path) -> list[Path]:
    return list(var.glob("building-*"))


def version_count(var: Path) -> int:
    return len(list((var / "versions").iterdir()))


def refusal(data: Data, var: Path) -> list[Finding]:
    """What publishing finds; it must leave no trace."""
    before, current = contents(var), versions.current(var)
    found = publishing.publish(data.folder, var)
    assert contents(var) == before
    assert versions.current(var) == current
    return found


def places(found: list[Finding]) -> list[Place]:
    return [(f.rule, f.file, f.row, f.column, f.found) for f in found]


def now_current(data: Data, var: Path) -> versions.Version:
    """Publish, and see that it became the current version, in one piece."""
    assert publishing.publish(data.folder, var) == []
    version = versions.current(var)
    assert version is not None
    assert version.source_hash == versions.source_hash(data.folder)
    assert is_readable(version, var)
    assert building(var) == []
    return version


def is_readable(version: versions.Version, var: Path) -> bool:
    with queries.opened(version.exact(var)) as connection:
        counts = connection.execute(
            "select (select count(*) from measures), (select count(*) from figures)"
        ).fetchall()
    return counts[0][0] > 0


def value(version: versions.Version, var: Path, sql: str) -> Any:
    with queries.opened(version.exact(var)) as connection:
        return connection.execute(sql).fetchall()[0][0]


# One cell changed.


AS_WRITTEN = "as written"


@dataclass(frozen=True)
class Cell:
    """What is written in a cell, and what is found: the same there, unless said otherwise."""

    rule: str
    name: str
    key: str
    column: str
    text: str
    found: str | None = AS_WRITTEN
    found_in: str = ""

    def place(self, row: int) -> Place:
        found = self.text if self.found == AS_WRITTEN else self.found
        return self.rule, f"{self.name}.csv", row, self.found_in or self.column, found


CELLS = {
    "type": Cell("unknown_type", "partners", "nav", "partner_type", "labor_welfare"),
    "code, wrong case": Cell("unknown_code", "activities", ROUND, "evidence", "Illustrative"),
    "key repeated": Cell(
        "repeated_key", "outcomes", f"{ROUND}_job_offers", "outcome_id", f"{ROUND}_interviews"
    ),
    "reference": Cell("unknown_reference", "outcomes", PERMANENT, "activity_id", "nobody"),
    "reference to measure": Cell("unknown_reference", "outcomes", PERMANENT, "measure", "magic"),
    "reference in targets": Cell(
        "unknown_reference", "targets", "Innovasjon Gardermoen", "measure", "magic"
    ),
    "reference in list": Cell(
        "unknown_reference", "activities", SHARED, "partnership_ids", "ig_nav|nobody", "nobody"
    ),
    "reference in list of partners": Cell(
        "unknown_reference", "partnerships", "nfdr_usn", "partner_ids", "nobody|usn", "nobody"
    ),
    "reference to own file": Cell("unknown_reference", "partners", "hsn", "head_id", "nobody"),
    "list with a gap": Cell(
        "unknown_reference", "activities", SHARED, "partnership_ids", "ig_nav||ig_kommunene", ""
    ),
    "list item twice": Cell(
        "repeated_item", "activities", SHARED, "partnership_ids", "ig_nav|ig_kommunene|ig_nav"
    ),
    "end before start": Cell("is_not_before", "activities", TWO_DAYS, "end_date", "2021-08-24"),
    "end before start, months": Cell(
        "is_not_before", "activities", TWO_DAYS, "end_date", "2021-07"
    ),
    "date as in Norway": Cell("is_partial_date", "activities", TWO_DAYS, "end_date", "31.02.2024"),
    "date not in calendar": Cell(
        "is_partial_date", "activities", TWO_DAYS, "end_date", "2024-02-31"
    ),
    "month not in calendar": Cell("is_partial_date", "activities", TWO_DAYS, "end_date", "2024-13"),
    "date unpadded": Cell("is_partial_date", "partnerships", "nfdr_usn", "start_date", "2024-1-5"),
    "count negative": Cell("is_not_negative", "activities", ROUND, "registered_count", "-3"),
    "count with decimals": Cell("not_whole_number", "activities", ROUND, "attended_count", "27.5"),
    "count too large": Cell(
        "not_whole_number", "activities", ROUND, "registered_count", "99999999999"
    ),
    "value negative": Cell("is_not_negative", "outcomes", f"{ROUND}_interviews", "value", "-1"),
    "value with text": Cell("not_number", "outcomes", f"{ROUND}_interviews", "value", "ca. 20"),
    "value with comma": Cell("not_number", "outcomes", f"{ROUND}_interviews", "value", "19,5"),
    "value with exponent": Cell("not_number", "outcomes", f"{ROUND}_interviews", "value", "1e3"),
    "half a person": Cell("not_whole_number", "outcomes", f"{ROUND}_interviews", "value", "19.5"),
    "no value": Cell("has_value_quote_or_status", "outcomes", SPAN, "value", "", None),
    "neither activity nor programme": Cell(
        "has_origin", "outcomes", f"{ROUND}_interviews", "activity_id", "", None
    ),
    "programme without year": Cell("has_origin", "outcomes", SPAN, "year", "", None, "activity_id"),
    "period reversed": Cell("is_period", "outcomes", SPAN, "year", "2020/2015"),
    "period with dash": Cell("is_period", "outcomes", SPAN, "year", "2015-2020"),
    "organisation number": Cell(
        "is_organisation_number", "partners", "nav", "organisation_number", "889640783"
    ),
    "organisation number, short": Cell(
        "is_organisation_number", "partners", "nav", "organisation_number", "88964078"
    ),
    "organisation number, none": Cell(
        "is_organisation_number", "partners", "nav", "organisation_number", "000000000"
    ),
    "municipality number": Cell(
        "is_municipality_number", "activities", TWO_DAYS, "municipality", "Drammen"
    ),
    "office of itself": Cell("head_circle", "partners", "imdi", "head_id", "imdi"),
    "succession to itself": Cell("is_another", "successions", "hsn", "successor_id", "hsn"),
    "required empty": Cell("required", "partners", "nav", "name", "", None),
    "required blank": Cell("required", "partners", "nav", "name", " \t\N{NO-BREAK SPACE}", None),
    "required list empty": Cell("required", "partnerships", "nfdr_usn", "partner_ids", "", None),
    "result repeated": Cell(
        "repeated_result", "outcomes", f"{ROUND}_job_offers", "measure", "interviews"
    ),
    "measure that is worked out": Cell(
        "computed_measure", "outcomes", f"{ROUND}_interviews", "measure", "placements"
    ),
    "more in work than followed up": Cell(
        "retained_above_followed_up", "outcomes", SIX_MONTHS, "value", "7"
    ),
    "programme of another activity": Cell(
        "contradicts_activity", "outcomes", PERMANENT, "programme", "Innsikt"
    ),
    "ages the wrong way round": Cell(
        "is_age_span", "programmes", "Innovasjon Gardermoen", "age_to", "15", "16", "age_from"
    ),
    "work of no agreement": Cell(
        "unknown_reference", "work_streams", "usn_programrad", "partnership_id", "nobody"
    ),
    "work that is neither here nor there": Cell(
        "unknown_code", "work_streams", "usn_vekstbarometer", "work_status", "snart"
    ),
    "a day without a step": Cell(
        "has_next_step", "work_streams", "usn_helsehub", "due_date", "2027"
    ),
    "a day that never comes": Cell(
        "is_partial_date", "work_streams", "usn_arbeidslivsmentor", "source_date", "2019-02-30"
    ),
    "to no agreement": Cell("unknown_reference", "contributions", IMDI, "partnership_id", "nobody"),
    "from nobody": Cell("unknown_reference", "contributions", FIRMS, "partner_ids", "nobody"),
    "from the association and partners": Cell(
        "has_giver", "contributions", IMDI, "giver", "association"
    ),
    "hours with a currency": Cell(
        "hours_have_no_currency",
        "contributions",
        MUNICIPALITY,
        "contribution_kind",
        "hours",
        "NOK",
        "currency",
    ),
    "money without a currency": Cell(
        "money_has_currency", "contributions", MUNICIPALITY, "currency", "", None
    ),
    "hours where money stands": Cell(
        "not_number", "contributions", MUNICIPALITY, "amount", "120 timer"
    ),
    "neither amount nor words": Cell(
        "has_amount_or_description", "contributions", IMDI, "description", "", None, "amount"
    ),
    "no currency": Cell("unknown_currency", "contributions", MUNICIPALITY, "currency", "XXX"),
    "a currency that is none": Cell(
        "unknown_currency", "contributions", MUNICIPALITY, "currency", "KRR"
    ),
    "a level that is none": Cell(
        "unknown_code", "partnerships", "nfdr_stromsgodset", "agreement_level", "tillegg"
    ),
    "a status that is none": Cell(
        "unknown_code", "partnerships", "nfdr_helsehub", "agreement_status", "snart"
    ),
    "part of nothing": Cell("unknown_reference", "partnerships", "ig_nav", "part_of", "nobody"),
    "part of another association's": Cell(
        "part_of_other_association",
        "partnerships",
        "ig_nav",
        "part_of",
        "nfdr_usn",
        "Strategisk samarbeid med USN (nfdr_usn), Næringsforeningen i Drammensregionen",
    ),
    "part of itself": Cell(
        "part_of_itself", "partnerships", "ig_kommunene", "part_of", "ig_kommunene"
    ),
}


def broken_together() -> list[list[Cell]]:
    """Each in a row of its own. What is wrong between rows is looked for where every row is right:
    it is broken apart from the others."""
    between = (ROOT / "ringvirkning" / "intake" / "checks" / "must_fix.sql").read_text(
        encoding="utf-8"
    )
    groups: list[tuple[bool, set[tuple[str, str]], list[Cell]]] = []
    for cell in CELLS.values():
        is_between = f"'{cell.rule}', '{cell.name}.csv'" in between
        row = (cell.name, cell.key)
        for kind, rows, group in groups:
            if kind == is_between and row not in rows:
                rows.add(row)
                group.append(cell)
                break
        else:
            groups.append((is_between, {row}, [cell]))
    return [group for _, _, group in groups]


@pytest.mark.parametrize("cells", broken_together(), ids=lambda cells: cells[0].rule)
def test_broken_cells_are_refused(cells: list[Cell], data: Data, var: Path):
    rows = [data.row(cell.name, cell.key) for cell in cells]
    for cell in cells:
        data.change(cell.name, cell.key, **{cell.column: cell.text})
    expected = [cell.place(row) for cell, row in zip(cells, rows, strict=True)]
    assert sorted(places(refusal(data, var)), key=str) == sorted(expected, key=str)


def test_agreements_that_are_part_of_each_other_are_refused(data: Data, var: Path):
    """Of three in a circle each is told; one that only leads into it is not."""
    circle = ("ig_nav", "ig_kommunene", "ig_nannestad")
    for key, higher in zip(circle, (*circle[1:], circle[0]), strict=True):
        data.change("partnerships", key, part_of=higher)
    data.change("partnerships", "ig_naeringsplan", part_of="ig_nav")
    assert places(refusal(data, var)) == [
        ("part_of_itself", "partnerships.csv", data.row("partnerships", key), "part_of", higher)
        for key, higher in zip(circle, (*circle[1:], circle[0]), strict=True)
    ]


def test_a_programme_that_is_told_twice_is_refused(data: Data, var: Path):
    row = data.append("programmes", "Innovasjon Gardermoen,WorkOP,Alle,,,,,,\n")
    expected = ("repeated_programme", "programmes.csv", row, "programme", "WorkOP")
    assert places(refusal(data, var)) == [expected]


@pytest.mark.parametrize("column", ["own_role", "partner_role"])
def test_a_name_where_a_role_should_stand_is_refused(column: str, data: Data, var: Path):
    """Nothing else is said then, and never whose name it is."""
    row = data.change("work_streams", "usn_helsehub", **{column: "prosjektleder Kari Nordmann"})
    data.change("partners", "nav", partner_type="x")
    expected = ("personal_name", "work_streams.csv", row, column, None)
    assert places(refusal(data, var)) == [expected]


@pytest.mark.parametrize("source", ["samtale med Kari Nordmann", "Kari Nordmann, mars 2026"])
def test_a_name_where_it_stands_who_confirmed_is_refused(source: str, data: Data, var: Path):
    row = data.change("partnerships", "ig_nav", confirmed_source=source)
    expected = ("personal_name", "partnerships.csv", row, "confirmed_source", None)
    assert places(refusal(data, var)) == [expected]


def test_what_a_source_is_called_and_who_gave_it_is_no_persons_name(data: Data, var: Path):
    for key, source in {
        "ig_nav": "samtale",
        "nfdr_usn": "Årsrapport 2025, Næringsforeningen i Drammensregionen",
        "nfdr_helsehub": "https://nfdr.example/Kari-Nordmann",
    }.items():
        data.change("partnerships", key, confirmed_source=source)
    now_current(data, var)


def test_an_address_where_a_role_should_stand_is_refused(data: Data, var: Path):
    row = data.change("work_streams", "usn_helsehub", own_role="kari@nfdr.no")
    expected = ("personal_email", "work_streams.csv", row, "own_role", None)
    assert places(refusal(data, var)) == [expected]


def test_a_role_may_name_the_organisation_that_it_is_in(data: Data, var: Path):
    for key, role in {
        "usn_programrad": "daglig leder, Næringsforeningen i Drammensregionen",
        "usn_helsehub": "Prosjektleder Norway Health Tech",
        "usn_vekstbarometer": "avdelingsleder hos Vestre Viken HF",
    }.items():
        data.change("work_streams", key, own_role=role)
    now_current(data, var)


def test_more_in_work_than_placed_is_refused(data: Data, var: Path):
    row = data.change("outcomes", SIX_MONTHS, value="8", followed_up_count="9")
    (finding,) = refusal(data, var)
    expected = ("retained_above_placed", "outcomes.csv", row, "value", "8")
    assert places([finding]) == [expected]
    assert finding.expected == "≤ 7"


def test_more_in_work_than_the_placed_that_are_known_is_not_where_a_kind_is_hidden(
    data: Data, var: Path
):
    data.change("outcomes", SIX_MONTHS, value="8", followed_up_count="9")
    data.change("outcomes", PERMANENT, value="", value_status="suppressed")
    assert "retained_above_placed" not in {finding.rule for finding in refusal(data, var)}


def test_more_placed_than_came_is_refused(data: Data, var: Path):
    row = data.change("outcomes", PERMANENT, value="24")
    (finding,) = refusal(data, var)
    assert places([finding]) == [("placed_above_attended", "outcomes.csv", row, "value", "28")]
    assert finding.expected == "≤ 27 (attended_count)"


def test_successors_in_a_circle_are_refused_each(data: Data, var: Path):
    """For one association; for another, viken still goes on as akershus."""
    row = data.change("successions", "viken", successor_id="buskerud_2019")
    assert places(refusal(data, var)) == [
        ("succession_circle", "successions.csv", 2, "successor_id", "viken"),
        ("succession_circle", "successions.csv", row, "successor_id", "buskerud_2019"),
    ]


def test_offices_in_a_circle_are_refused_each(data: Data, var: Path):
    row = data.change("partners", "nav", head_id="nav_drammen")
    told = [("head_circle", "partners.csv", row, "head_id", "nav_drammen")]
    office = data.row("partners", "nav_drammen")
    told.append(("head_circle", "partners.csv", office, "head_id", "nav"))
    assert places(refusal(data, var)) == told


def test_result_repeated_in_other_words_is_refused(data: Data, var: Path):
    row = data.change("outcomes", f"{ROUND}_job_offers", measure="interviews", programme="WorkOP")
    expected = ("repeated_result", "outcomes.csv", row, "measure", "interviews")
    assert places(refusal(data, var)) == [expected]


def test_result_of_what_was_cancelled_is_refused(data: Data, var: Path):
    data.change("activities", TWO_DAYS, cancelled="yes")
    row = data.change("outcomes", SPAN, activity_id=TWO_DAYS, programme="", year="")
    expected = ("result_of_cancelled", "outcomes.csv", row, "activity_id", TWO_DAYS)
    assert places(refusal(data, var)) == [expected]


def test_what_is_just_right_is_accepted_and_a_second_version(data: Data, var: Path):
    """A real organisation number, and as many placed as came."""
    first = versions.current(var)
    data.change("partners", "nav", organisation_number="889640782")
    data.change("outcomes", PERMANENT, value="23")
    second = now_current(data, var)
    assert versions.history(var) == [first, second]
    assert version_count(var) == 2


def test_all_that_is_wrong_is_told_at_once(data: Data, var: Path):
    partner = data.change("partners", "nav", name="", partner_type="x")
    activity = data.change("activities", ROUND, registered_count="-3", start_date="2023-13")
    assert places(refusal(data, var)) == [
        ("required", "partners.csv", partner, "name", None),
        ("unknown_type", "partners.csv", partner, "partner_type", "x"),
        ("is_partial_date", "activities.csv", activity, "start_date", "2023-13"),
        ("is_not_negative", "activities.csv", activity, "registered_count", "-3"),
    ]


def logo(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


OF_ITSELF = [
    ("is_organisation_number", "organisation_number", "999999990"),
    ("is_web_address", "site", "www.nfdr.no"),
    ("is_web_address", "site", "javascript:alert(1)"),
    ("is_colour", "title_colour", "teal"),
    ("is_colour", "band_colour", "#fff"),
    ("carries_white", "title_colour", "#777777"),  # 4.48 to 1
    ("is_logo", "logo", "logo.svg"),
    ("is_logo", "logo", logo("gif", b"GIF89a")),
    ("is_logo", "logo", logo("png", b"GIF89a")),
    ("is_logo", "logo", logo("png", b"\x89PNG\r\n\x1a\n" + bytes(24_600))),
    ("is_logo", "logo", logo("svg+xml", b"\xff")),
    ("is_logo", "logo", logo("svg+xml", SVG.format("<Script>").encode())),
    ("is_logo", "logo", logo("svg+xml", b'<svg onload="alert(1)"></svg>')),
    ("is_logo", "logo", logo("svg+xml", SVG.format('<image href="//a.no/b"/>').encode())),
    ("is_logo", "logo", "data:image/png;base64,a"),
    ("unknown_reference", "key_figures", "jobs"),
    ("unknown_reference", "target_measure", "jobs"),
]
# Of what other rows have: looked for where every row is right.
BETWEEN = ("key_figures", "target_measure")


@pytest.mark.parametrize("is_between", [False, True], ids=["of itself", "of others"])
def test_what_an_association_says_of_itself_is_checked(data: Data, var: Path, is_between: bool):
    """Each of them in the row of an association of its own."""
    heading, *others = data.rows("associations")
    said = [one for one in OF_ITSELF if (one[1] in BETWEEN) == is_between]
    rows, expected = list[list[str]](), list[Place]()
    for number, (rule, column, found) in enumerate(said, 2 + len(others)):
        cells = {"association": f"Forening {number}", column: found}
        rows.append([cells.get(name, "") for name in heading])
        expected.append((rule, "associations.csv", number, column, found))
    data.write("associations", [heading, *others, *rows])
    assert sorted(places(refusal(data, var)), key=str) == sorted(expected, key=str)


def test_an_association_that_says_all_of_itself_is_published(data: Data, var: Path):
    """An SVG with a name space and a link within it, and colours that just carry white letters."""
    picture = SVG.format('<use href="#a"/><path style="fill:url(#b)"/>')
    data.change(
        "associations", "Innovasjon Gardermoen", title_colour="#767676", band_colour="#FFFFFF",
        logo=logo("svg+xml", picture.encode()), organisation_number="889640782",
    )  # fmt: skip
    data.change(
        "associations", "Næringsforeningen i Drammensregionen",
        logo=logo("png", b"\x89PNG\r\n\x1a\n" + bytes(24_500)),
    )  # fmt: skip
    version = now_current(data, var)
    copied = version.files(var) / "associations.csv"
    assert copied.read_bytes() == data.path("associations").read_bytes()


def test_two_associations_with_one_name_are_refused(data: Data, var: Path):
    rows = data.rows("associations")
    again = [" innovasjon\u00a0 GARDERMOEN", *rows[2][1:]]
    data.write("associations", [*rows, again, rows[1]])
    assert [(f.rule, f.row) for f in refusal(data, var)] == [("repeated_key", 5)]
    data.write("associations", [*rows, again])
    (finding,) = refusal(data, var)
    told = (finding.rule, finding.row, finding.expected)
    assert told == ("same_association", 4, "Innovasjon Gardermoen")


def test_the_same_mistake_is_told_twenty_times(data: Data, var: Path):
    rows = data.rows("outcomes")
    data.write("outcomes", [rows[0], *([*row[:8], "x", *row[9:]] for row in rows[1:])])
    found = refusal(data, var)
    assert len(found) == MOST_SHOWN == 20
    assert places(found)[-1] == ("not_number", "outcomes.csv", 21, "value", "x")


# A broken file.


def headings(name: str) -> list[str]:
    return [column.name for table in tables() if table.name == name for column in table.columns]


def with_heading(edit: Callable[[list[str]], list[str]]) -> Callable[[Data], None]:
    def rewrite(data: Data) -> None:
        rows = data.rows("partners")
        data.write("partners", [edit(rows[0]), *rows[1:]])

    return rewrite


def changed(edit: Callable[[bytes], bytes]) -> Callable[[Data], None]:
    return lambda data: data.rewrite("partners", edit)


def sparse(data: Data) -> None:
    os.truncate(data.path("partners"), 3 * 2**30)


def as_folder(data: Data) -> None:
    data.path("partners").unlink()
    data.path("partners").mkdir()


FILES: dict[str, tuple[Callable[[Data], None], str, int | None, str | None, str | None]] = {
    "missing": (lambda data: data.path("partners").unlink(), "missing_file", None, None, None),
    "folder in its place": (as_folder, "missing_file", None, None, None),
    "column missing": (
        with_heading(lambda names: [*names[:-1], "Note"]), "missing_column", 1, "note", None,
    ),
    "column unknown": (
        with_heading(lambda names: [*names, "phone"]), "unknown_column", 1, "phone", "phone",
    ),
    "column repeated": (
        with_heading(lambda names: [*names, "name"]), "repeated_column", 1, "name", "name",
    ),
    "semicolons": (changed(lambda b: b.replace(b",", b";")), "wrong_delimiter", 1, None, ";"),
    "tabs": (changed(lambda b: b.replace(b",", b"\t")), "wrong_delimiter", 1, None, "tab"),
    "bars": (changed(lambda b: b.replace(b",", b"|")), "wrong_delimiter", 1, None, "|"),
    "zero bytes": (changed(lambda b: b""), "empty_file", 1, None, None),
    "only a line end": (changed(lambda b: b"\n"), "empty_file", 1, None, None),
    "only a mark of order": (changed(lambda b: b"\xef\xbb\xbf"), "empty_file", 1, None, None),
    "first line empty": (changed(lambda b: b"\r\n" + b), "empty_file", 1, None, None),
    "three gigabytes": (sparse, "too_large", None, None, "3.0 GB"),
    "UTF-16": (changed(lambda b: b.decode().encode("utf-16")), "not_utf8", 1, None, None),
    "UTF-16, all ASCII": (
        changed(lambda b: b.decode().encode("ascii", "ignore").decode().encode("utf-16-le")),
        "not_utf8", 1, None, None,
    ),
    "quote open in heading": (
        changed(lambda b: b.replace(b"name", b'"name', 1)), "row_unquoted_value", 1, None, None,
    ),
    "line ends mixed": (
        changed(lambda b: b.replace(b"\n", b"\r\n", 7)), "mixed_line_ends", None, None, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("broken", FILES.values(), ids=FILES.keys())
def test_broken_file_is_refused(broken: tuple[Any, ...], data: Data, var: Path):
    edit, rule, row, column, found = broken
    edit(data)
    # A missing column may stand there misspelled, which is a second finding.
    first, *_ = refusal(data, var)
    assert places([first]) == [(rule, "partners.csv", row, column, found)]


def test_letters_of_windows_are_refused_by_line(data: Data, var: Path):
    row = data.row("partners", "ovre_eiker")
    data.rewrite("partners", lambda b: b.replace("Øvre Eiker".encode(), b"\xd8vre Eiker", 1))
    assert places(refusal(data, var)) == [("not_utf8", "partners.csv", row, None, None)]
    text = SHIPPED.joinpath("partners.csv").read_text("utf-8")
    data.path("partners").write_bytes(text.encode("cp1252"))
    first = next(n for n, line in enumerate(text.splitlines(), 1) if not line.isascii())
    assert places(refusal(data, var)) == [("not_utf8", "partners.csv", first, None, None)]


def test_letter_cut_between_two_chunks(data: Data, var: Path, monkeypatch: pytest.MonkeyPatch):
    whole = data.path("partners").read_bytes()
    for size in (whole.index("Ø".encode()) + 1, 1, 2, 3):
        monkeypatch.setattr(read, "CHUNK", size)
        assert read.first_bad_line(data.path("partners")) is None
    for torn in (b"\xc3", b"\xe2\x82", b"\xf0\x9f\x92"):
        for tail in (b"", b"\n", b"x\n\n"):
            data.path("partners").write_bytes(b"a\nb\n" + torn + tail)
            for size in range(1, 9):
                monkeypatch.setattr(read, "CHUNK", size)
                assert read.first_bad_line(data.path("partners")) == 3


def test_nul_is_refused(data: Data, var: Path):
    row = data.row("partners", "nav")
    data.rewrite("partners", lambda b: b.replace(b"\nnav,", b"\n\0nav,"))
    assert places(refusal(data, var)) == [("not_utf8", "partners.csv", row, None, None)]


LINES = {
    "too few fields": ("x,y,county\n", "row_missing_columns", "x,y,county"),
    "too many fields": ("x,y,county,,,,,,n,m\n", "row_too_many_columns", "x,y,county,,,,,,n,m"),
    "only spaces": ("   \n", "row_missing_columns", "   "),
    "text after quote": ('x,"y"z,county,,,,,,\n', "row_unquoted_value", 'x,"y"z,county,,,,,,'),
    "longer than two megabytes": (
        f"x,{'y' * 2_100_000},county,,,,,,\n", "row_line_size_over_maximum", "x," + 78 * "y",
    ),
}  # fmt: skip
LAST = {
    "too few, no line end": ("x,y,county", "row_missing_columns", "x,y,county"),
    "quote open": ('x,"y,county,,,,,,\n', "row_unquoted_value", 'x,"y,county,,,,,,\n'),
}


def test_rows_that_cannot_be_read_are_refused(data: Data, var: Path):
    expected = []
    for line, rule, found in LINES.values():
        row = data.append("partners", line)
        expected.append((rule, "partners.csv", row, None, found))
    assert places(refusal(data, var)) == expected


@pytest.mark.parametrize("broken", LAST.values(), ids=LAST.keys())
def test_a_last_row_that_cannot_be_read_is_refused(broken: tuple[str, ...], data: Data, var: Path):
    line, rule, found = broken
    row = data.append("partners", line)
    assert places(refusal(data, var)) == [(rule, "partners.csv", row, None, found)]


def test_quote_left_open_in_the_middle_is_refused_where_it_opens(data: Data, var: Path):
    row = data.row("partners", "lier")
    data.rewrite("partners", lambda b: b.replace(b"lier,Lier", b'lier,"Lier', 1))
    assert places(refusal(data, var))[0][:4] == ("row_unquoted_value", "partners.csv", row, None)


def test_two_files_that_cannot_be_read_are_both_told(data: Data, var: Path):
    data.rewrite("partners", lambda b: b.replace(b"\n", b"\r\n", 7))
    row = data.append("targets", "x,y\n")
    assert places(refusal(data, var)) == [
        ("mixed_line_ends", "partners.csv", None, None, None),
        ("row_missing_columns", "targets.csv", row, None, "x,y"),
    ]


def test_a_hostile_heading_is_answered_at_once(data: Data, var: Path):
    data.path("partners").write_text(",".join(f"c{n}" for n in range(200_000)))
    data.path("targets").write_text("x" * 20_000_000)
    start = time.process_time()  # whatever else the machine has to do
    found = refusal(data, var)
    assert time.process_time() - start < 3
    assert {f.file for f in found} == {"partners.csv", "targets.csv"}
    assert len(found) <= 2 * MOST_SHOWN
    assert all(len(finding.found or "") <= 80 for finding in found)


# Row numbers are a spreadsheet's.


def test_row_number_counts_records(data: Data, var: Path):
    data.change("partners", "buskerud", note='En "note",\nover tre\r\nlinjer')
    row = data.change("partners", "nav", partner_type="x")
    assert data.path("partners").read_bytes().split(b"\n")[row - 1].split(b",")[0] != b"nav"
    expected = ("unknown_type", "partners.csv", row, "partner_type", "x")
    assert places(refusal(data, var)) == [expected]
    data.change("partners", "nav", partner_type="labour_welfare")
    row = data.append("partners", "x,y\n")
    assert places(refusal(data, var)) == [("row_missing_columns", "partners.csv", row, None, "x,y")]


def test_row_number_counts_empty_lines(data: Data, var: Path):
    data.change("partners", "nav", partner_type="x")
    data.rewrite("partners", lambda b: b.replace(b"\nusn,", b"\n\n\nusn,"))
    lines = data.path("partners").read_bytes().splitlines()
    (row,) = (n for n, line in enumerate(lines, 1) if line.startswith(b"nav,"))
    expected = ("unknown_type", "partners.csv", row, "partner_type", "x")
    assert places(refusal(data, var)) == [expected]
    row = data.append("partners", "x,y\n")
    assert places(refusal(data, var)) == [("row_missing_columns", "partners.csv", row, None, "x,y")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_empty_lines_are_found_wherever_a_file_is_cut(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "a.csv"
    for text, empty in (("a\nb\n\nc\n\n", [3, 5]), ("a\nb\nc\n", []), ('a\n"b\n\nc"\n', [])):
        path.write_bytes(text.replace("\n", end).encode())
        for size in range(1, 9):
            monkeypatch.setattr(read, "CHUNK", size)
            assert list(read.empty_lines(path)) == empty
            assert read.may_have_empty_lines(path) == ("\n\n" in text)


@pytest.mark.parametrize(
    "bad, place",
    [
        (None, ("unknown_code", "measured_at", "never")),
        ("z,,P,F,2024\n", ("row_missing_columns", None, "z,,P,F,2024")),
    ],
    ids=["code", "fields"],
)
def test_row_number_far_down(
    bad: str | None, place: tuple[str, str | None, str], data: Data, var: Path
):
    cells = {
        "outcome_id": "o{n}", "programme": "P", "association": "F", "year": "2024",
        "measure": "interviews", "quote": "q", "evidence": "unstated",
    }  # fmt: skip
    row, unknown = (
        ",".join(own.get(name, "") for name in headings("outcomes")) + "\n"
        for own in (cells, cells | {"outcome_id": "z", "measured_at": "never"})
    )
    lines = [row.replace("{n}", str(n)) for n in range(200_000)]
    lines.insert(199_990, bad or unknown)
    heading = ",".join(headings("outcomes")) + "\n"
    data.path("outcomes").write_text(heading + "".join(lines))
    rule, column, found = place
    assert places(refusal(data, var)) == [(rule, "outcomes.csv", 199_992, column, found)]


# Odd, but right.


def spaced(data: Data, name: str) -> None:
    rows = data.rows(name)
    data.write(name, [[f" {cell}\t \N{NO-BREAK SPACE}" for cell in row] for row in rows])


def padded(data: Data, name: str) -> None:
    heading, *rows = data.rows(name)
    data.write(name, [heading, *([*row, "", ""] for row in rows)])


def quoted(data: Data, name: str) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(data.rows(name))
    data.path(name).write_text(text.getvalue(), encoding="utf-8")


def turned(data: Data, name: str) -> None:
    """The columns the other way round."""
    data.write(name, [row[::-1] for row in data.rows(name)])


def odd(edit: Callable[[bytes], bytes]) -> Callable[[Data, str], None]:
    return lambda data, name: data.rewrite(name, edit)


ODD: dict[str, Callable[[Data, str], None]] = {
    "mark of byte order": odd(lambda b: b"\xef\xbb\xbf" + b),
    "mark and quoted heading": odd(lambda b: b'\xef\xbb\xbf"' + b.replace(b",", b'",', 1)),
    "CRLF": odd(lambda b: b.replace(b"\n", b"\r\n")),
    "CR": odd(lambda b: b.replace(b"\n", b"\r")),
    "no last line end": odd(lambda b: b.removesuffix(b"\n")),
    "empty lines at the end": odd(lambda b: b + b"\n\n"),
    "empty lines between": odd(lambda b: b.replace(b"\n", b"\n\n", 9)),
    "empty fields too many": padded,
    "spaces around cells": spaced,
    "every field quoted": quoted,
    "columns in another order": turned,
}


def records(version: versions.Version, var: Path) -> list[tuple[Any, ...]]:
    with queries.opened(version.exact(var)) as connection:
        return [
            row
            for table in RECORDS
            for row in connection.execute(f"from {table} order by all").fetchall()
        ]


RECORDS = ("partners", "partnerships", "activities", "outcomes", "targets")


@pytest.mark.parametrize("first", range(0, len(ODD), len(RECORDS)))
def test_odd_files_are_read_as_the_plain_ones(first: int, data: Data, var: Path):
    """Each file odd in a way of its own."""
    before = versions.current(var)
    for name, edit in zip(RECORDS, [*ODD.values()][first:], strict=False):
        edit(data, name)
    after = now_current(data, var)
    assert before is not None
    assert after != before
    assert records(after, var) == records(before, var)


def test_headings_alone_are_an_empty_data_set(data: Data, var: Path):
    for number, table in enumerate(tables()):
        if table.name != "measures":
            with_or_without = "\n" * (number % 2)
            data.path(table.name).write_text(",".join(headings(table.name)) + with_or_without)
    version = now_current(data, var)
    for name in (*RECORDS, "facets"):
        assert value(version, var, f"select count(*) from {name}") == 0


HOSTILE = [
    "'; drop table partners; --",
    '"; drop table raw.partners; --',
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+47",
    "-1",
    "null",
    "NaN",
    "$path",
    "{{7*7}} %s ?",
    "<script>alert(1)</script>",
    "# note",
    "\\N",
    'Sa «ja», og "nei",\r\nså\n\n;|,slutt',
    "\u202eÆØÅ👩\u200d👩 \x1b[31m",
]


def test_text_is_kept_as_text(data: Data, var: Path):
    heading, *rows = data.rows("partners")
    wanted = {row[0]: text for row, text in zip(rows, HOSTILE, strict=False)}
    assert len(wanted) == len(HOSTILE)
    for row in rows:
        row[1] = row[heading.index("note")] = wanted.get(row[0], row[1])
    data.write("partners", [heading, *rows])
    data.rewrite("partnerships", lambda b: b.replace(b",Samarbeid", b',5" Samarbeid', 1))
    with queries.opened(now_current(data, var).exact(var)) as connection:
        kept = connection.execute("select partner_id, name, note from partners").fetchall()
        titles = [
            title for (title,) in connection.execute("select title from partnerships").fetchall()
        ]
    assert [title[:12] for title in titles if '"' in title] == ['5" Samarbeid'], "a lone quote"
    assert len(kept) == len(rows)
    for key, name, note in kept:
        assert name == note
        assert name == wanted.get(key, name)


def test_hostile_keys_and_codes_are_found_and_named(data: Data, var: Path):
    hostile = "x' or '1'='1"
    row = data.change("partners", "nav", partner_type=hostile, head_id=hostile)
    assert places(refusal(data, var)) == [
        ("unknown_type", "partners.csv", row, "partner_type", hostile),
        ("unknown_reference", "partners.csv", row, "head_id", hostile),
    ]


def test_folder_with_an_odd_name(tmp_path: Path):
    name = "it's {æ} #%20 a[1]*"
    data, var = Data(tmp_path / name / "data"), tmp_path / name / "var"
    # What the name would match, were it taken for a pattern.
    shutil.copytree(data.folder, tmp_path / name.replace("[1]*", "1*") / "data")
    data.change("partners", "nav", note="Ny")
    assert value(now_current(data, var), var, NOTE) == "Ny"


# Versions.


def test_the_same_folder_twice_is_one_version(data: Data, var: Path):
    before = contents(var)
    assert publishing.publish(data.folder, var) == []
    assert contents(var) == before


def test_a_touched_file_is_no_version(data: Data, var: Path):
    before, seen = contents(var), versions.folder_signature(data.folder)
    os.utime(data.path("partners"), (1, 1))
    assert versions.folder_signature(data.folder) != seen
    assert publishing.publish(data.folder, var) == []
    assert contents(var) == before


def test_back_to_what_it_was_is_current_again(data: Data, var: Path):
    first = versions.current(var)
    assert first is not None
    data.change("partners", "nav", note="Ny")
    now_current(data, var)
    shutil.copy(SHIPPED / "partners.csv", data.folder)
    assert now_current(data, var).source_hash == first.source_hash


def test_what_is_tiny_is_compiled_as_more_is(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """For which DuckDB plans more: the same rows of each table in the same order."""
    assert sum(file.stat().st_size for file in (ROOT / "data").glob("*.csv")) < read.TINY
    monkeypatch.setattr(read, "TINY", 0)
    storage.write(tmp_path / keys.NAME, KEY)
    assert publishing.publish(ROOT / "data", tmp_path) == []
    for base in versions.DATABASES:
        made = []
        for var in (published, tmp_path):
            version = versions.current(var)
            assert version
            with queries.opened(version.folder(var) / base) as connection:
                names = connection.execute("select name from (show tables) order by name")
                made.append({
                    name: connection.execute(f"from {name}").fetchall()
                    for (name,) in names.fetchall()
                })  # fmt: skip
        assert made[0] == made[1] and len(made[0]) > 20


def test_the_same_second_twice(data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class Standing(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 12, 31, 23, 30, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Standing)
    var, names = tmp_path / "new", []
    for note in ("a", "b", "a"):
        data.change("partners", "nav", note=note)
        names.append(now_current(data, var).name)
    assert len(set(names)) == version_count(var) == 3
    assert names[0].startswith("20270101T003000-")  # on Norway's clocks


def test_source_hash_is_of_the_content(data: Data, tmp_path: Path):
    other = Data(tmp_path / "other" / "folder")
    assert versions.source_hash(data.folder) == versions.source_hash(other.folder)
    other.change("partners", "nav", note="Ny")
    assert versions.source_hash(data.folder) != versions.source_hash(other.folder)


def test_source_hash_knows_which_file_holds_what(data: Data):
    before = versions.source_hash(data.folder)
    whole = data.path("partners").read_bytes()
    data.path("partners").write_bytes(whole[:-1])
    moved = whole[-1:] + data.path("partnerships").read_bytes()
    data.path("partnerships").write_bytes(moved)
    assert versions.source_hash(data.folder) != before


@pytest.mark.parametrize("kept", [1, -1])
def test_history_survives_a_torn_line(kept: int, data: Data, var: Path):
    old = versions.current(var)
    line = (var / versions.HISTORY).read_bytes().strip().replace(b"T", b"U")
    with (var / versions.HISTORY).open("ab") as file:
        file.write(b"\n" + line[:kept])
    assert versions.current(var) == old
    data.change("partners", "nav", note="Ny")
    new = now_current(data, var)
    assert versions.history(var) == [old, new]


@pytest.mark.parametrize(
    "line", [b"", b"123", b"[]", b'{"name": 1}', b"\xff\xfe", b"\0" * 64, b'{"a": 1, "b": 2}']
)
def test_history_survives_a_line_of_another_kind(line: bytes, data: Data, var: Path):
    old = versions.current(var)
    with (var / versions.HISTORY).open("ab") as file:
        file.write(line + b"\n")
    assert versions.history(var) == [old]


def test_removed_version_is_skipped(data: Data, var: Path):
    first = versions.current(var)
    data.change("partners", "nav", note="Ny")
    second = now_current(data, var)
    shutil.rmtree(var / "versions" / second.name)
    assert versions.history(var) == [first]
    assert now_current(data, var).source_hash == second.source_hash


@pytest.mark.parametrize("file", ["exact.duckdb", "protected.duckdb", "files/partners.csv"])
def test_a_damaged_version_is_made_again_from_the_same_files(file: str, data: Data, var: Path):
    first = versions.current(var)
    assert first
    damaged = first.folder(var) / file
    whole = bytearray(damaged.read_bytes())
    whole[len(whole) // 2] ^= 1
    damaged.write_bytes(whole)
    assert publishing.publish(data.folder, var) == []
    second = versions.current(var)
    assert second
    assert second.name != first.name
    versions.verify_all(second.folder(var))
    assert is_readable(second, var)


@pytest.mark.parametrize(("rows", "groups"), [(90_000, 4), (3_000_000, 1)])
def test_a_table_is_written_in_several_groups_where_none_is_much_larger(
    rows: int, groups: int, tmp_path: Path
):
    """By all threads, then; in a version of millions it has few."""
    with workbench() as connection:
        connection.execute(f"create table memory.most as select range as n from range({rows})")
        publishing.attach_new(connection, tmp_path / "made.duckdb")
        connection.execute("create table version.some as select range as n from range(80_000)")
        connection.execute("commit")
        counting = "select count(distinct row_group_id) from pragma_storage_info('version.some')"
        assert connection.execute(counting).fetchall() == [(groups,)]


def test_no_version_yet(tmp_path: Path):
    assert versions.current(tmp_path / "none") is None
    assert versions.history(tmp_path / "none") == []


def test_first_publication_with_findings_leaves_nothing_current(data: Data, tmp_path: Path):
    data.change("partners", "nav", partner_type="x")
    assert len(publishing.publish(data.folder, tmp_path / "var")) == 1
    assert versions.current(tmp_path / "var") is None
    files = {p.name for p in (tmp_path / "var").rglob("*") if p.is_file()}
    assert files <= {"lock", "secret"}
    assert building(tmp_path / "var") == []


def test_file_changed_while_it_is_read(data: Data, var: Path, monkeypatch: pytest.MonkeyPatch):
    signature = versions.folder_signature
    seen: list[str] = []

    def slow(folder: Path) -> str:
        if len(seen) == 1:
            data.change("partners", "nav", note="Kom mens den ble lest")
        seen.append(signature(folder))
        return seen[-1]

    monkeypatch.setattr(versions, "folder_signature", slow)
    data.change("partners", "nav", note="Ny")
    version = now_current(data, var)
    assert len(seen) == 4
    assert value(version, var, NOTE).startswith("Kom")


@pytest.mark.parametrize("place", [".", "versions"])
def test_place_that_cannot_be_written_to(place: str, data: Data, tmp_path: Path):
    # A file stands where a folder must be, since root may write to anything.
    blocked = tmp_path / "var" / place
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_bytes(b"in the way")
    with pytest.raises(OSError):
        publishing.publish(data.folder, tmp_path / "var")
    assert blocked.read_bytes() == b"in the way"
    assert building(tmp_path / "var") == []


@pytest.mark.skipif(os.name == "nt", reason="a folder there has no such permissions")
def test_read_only_folder(data: Data, var: Path):
    data.change("partners", "nav", note="Ny")
    before = contents(var)
    os.chmod(var, 0o500)
    try:
        with permissions_hold(), pytest.raises(OSError):
            publishing.publish(data.folder, var)
    finally:
        os.chmod(var, 0o700)
    assert contents(var) == before


def test_disk_that_is_full(data: Data, var: Path, monkeypatch: pytest.MonkeyPatch):
    def full(connection: Any, path: Path, more: str) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "compile_database", full)
    data.change("partners", "nav", note="Ny")
    before = contents(var)
    with pytest.raises(OSError, match="No space"):
        publishing.publish(data.folder, var)
    assert contents(var) == before


def test_what_a_crash_left_is_swept(data: Data, var: Path):
    (var / "building-old").mkdir()
    (var / "building-old" / "exact.duckdb").write_bytes(b"half")
    data.change("partners", "nav", note="Ny")
    old, new = inboxes(var)
    assert publishing.publish(data.folder, var) == []
    assert building(var) == []
    assert not old.exists()
    assert not (var / "tmpx").exists()
    assert new.exists(), "someone may be uploading"


def inboxes(var: Path) -> tuple[Path, Path]:
    """What a server left that was killed more than an hour ago, and what one has just begun."""
    (var / "tmpx").write_bytes(b"{")
    os.utime(var / "tmpx", (time.time() - 3601,) * 2)
    both = var / "inbox-old", var / "inbox-new"
    for inbox in both:
        (inbox / "0").mkdir(parents=True)
        (inbox / "0" / "partnere.csv").write_bytes(b"Navn;Partnertype\n")
    os.utime(both[0], (time.time() - 3601,) * 2)
    os.utime(both[1], (time.time() - 3500,) * 2)
    return both


def test_a_server_that_starts_sweeps(var: Path):
    (var / "building-old").mkdir()
    old, new = inboxes(var)
    Watch(SHIPPED, var)
    assert building(var) == []
    assert not old.exists()
    assert not (var / "tmpx").exists()
    assert new.exists()


def test_a_server_that_starts_does_not_wait_for_a_publisher(var: Path):
    (var / "building-now").mkdir()
    with versions.alone(var):
        watch = threading.Thread(target=Watch, args=(SHIPPED, var), daemon=True)
        watch.start()
        watch.join(timeout=120)
        assert not watch.is_alive(), "it waits"
        assert building(var) != [], "what someone else is building"


def test_a_server_starts_where_nothing_can_be_written(tmp_path: Path):
    Watch(SHIPPED, tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "var" / "lock").mkdir(parents=True)  # in the way of the lock, root's too
    assert Watch(SHIPPED, tmp_path / "var").version is None


# Several processes, and the end of one.


@pytest.mark.parametrize("stage", ["built", "renamed", "half a line", "a line"])
def test_killed_at_a_certain_moment(stage: str, data: Data, var: Path):
    old = versions.current(var)
    data.change("partners", "nav", note="Ny")
    it = publisher(data.folder, var, stage)
    it.go()
    assert it.ended() == -signal.SIGKILL
    after = versions.current(var)
    assert after is not None
    assert is_readable(after, var)
    assert (after == old) == (stage != "a line")
    assert publishing.publish(data.folder, var) == []
    now = versions.current(var)
    assert now is not None
    assert now.source_hash == versions.source_hash(data.folder)
    assert is_readable(now, var)
    assert building(var) == []
    kept = {version.name for version in versions.history(var)}
    assert {path.name for path in (var / "versions").iterdir()} == kept, "an orphan"
    assert list(var.glob("versions/*/unlisted")) == []


def test_a_version_whose_line_was_lost_is_kept(data: Data, var: Path):
    """Only what never was listed is removed, so that a history from yesterday loses nothing."""
    before = (var / versions.HISTORY).read_bytes()
    data.change("partners", "nav", note="Ny")
    lost = now_current(data, var)
    (var / versions.HISTORY).write_bytes(before)
    data.change("partners", "nav", note="Nyere")
    now_current(data, var)
    versions.verify_all(lost.folder(var))


def test_killed_at_any_moment(data: Data, var: Path):
    moments = random.Random(20261123)
    for number in range(6):
        old = versions.current(var)
        data.change("partners", "nav", note=f"Nummer {number}")
        it = publisher(data.folder, var)
        it.go()
        time.sleep(moments.uniform(0, 0.4))
        it.process.kill()
        it.ended()
        after = versions.current(var)
        assert after is not None
        assert after == old or after.source_hash == versions.source_hash(data.folder)
        assert is_readable(after, var)
    assert publishing.publish(data.folder, var) == []
    now = versions.current(var)
    assert now is not None
    assert now.source_hash == versions.source_hash(data.folder)


@pytest.mark.parametrize("same", [True, False], ids=["the same data", "other data"])
def test_two_publish_at_once(same: bool, data: Data, tmp_path: Path):
    var, other = tmp_path / "var", Data(tmp_path / "other")
    var.mkdir()
    # By some keys a publication has something to say of its roundings, which here is an error.
    storage.write(var / keys.NAME, KEY)
    if not same:
        other.change("partners", "nav", note="Ny")
    both = [publisher(folder, var) for folder in (data.folder, other.folder)]
    for one in both:
        one.go()
    assert [one.ended() for one in both] == [0, 0]
    current = versions.current(var)
    assert current is not None
    hashes = {versions.source_hash(folder) for folder in (data.folder, other.folder)}
    assert current.source_hash in hashes
    assert {version.source_hash for version in versions.history(var)} == hashes
    assert all(is_readable(version, var) for version in versions.history(var))
    assert building(var) == []


# Files from before


def test_successors_of_the_former_contract_are_rows_of_a_table(tmp_path: Path):
    """Then a column of partners told them, without days: a folder, and a version that is compiled
    anew, compared and merged with."""
    data, var = tmp_path / "data", tmp_path / "var"
    shutil.copytree(ROOT / "data", data)
    (data / "successions.csv").unlink()
    with (data / "partners.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    then = {"viken": "buskerud", "buskerud_2019": "viken", "hsn": "usn"}
    for row in rows:
        row["succeeded_by"] = then.get(row["partner_id"], "")
    with (data / "partners.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, [*rows[0]])
        lines.writeheader()
        lines.writerows(rows)
    assert publishing.publish(data, var) == []
    assert publishing.publish(data, var) == [], "the same again is no other version"
    (version,) = versions.history(var)
    names = [
        row["successor_id"] for row in former.rows_of(version.files(var))["successions"].values()
    ]
    assert names == ["buskerud", "viken", "usn"]
    assert "succeeded_by" not in (version.files(var) / "partners.csv").read_text(encoding="utf-8")
    earlier = clock.today().replace(year=2019)
    with queries.opened(version.exact(var)) as connection:
        asked: dict[str, queries.Value] = {"partner_id": "viken", "association": []}
        asked["as_of"] = earlier
        told = {row.told_id for row in queries.rows(connection, answers.Partner, asked)}
    assert told == {"buskerud"}, "of an unknown day, they are told as the last on any"
    assert changes.differences(version.files(var), data) == []
    told_now = changes.differences(data, ROOT / "data")
    assert {d.table for d in told_now} == {"successions"}


def test_a_folder_with_successors_told_twice_is_refused(data: Data, var: Path):
    """Which of the two holds nobody can tell."""
    rows = data.rows("partners")
    data.write(
        "partners", [[*row, "succeeded_by" if at == 0 else ""] for at, row in enumerate(rows)]
    )
    assert places(refusal(data, var)) == [
        ("unknown_column", "partners.csv", 1, "succeeded_by", "succeeded_by")
    ]


def test_a_file_from_before_its_caveats_were_in_two_languages_is_read_and_kept_anew(tmp_path: Path):
    data, var = tmp_path / "data", tmp_path / "var"
    shutil.copytree(ROOT / "data", data)
    with (data / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    caveats = {row["measure"]: row.pop("caveat_nb") for row in rows}
    for row in rows:
        del row["caveat_en"]
        row["caveat"] = caveats[row["measure"]]
    with (data / "measures.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, [*rows[0]])
        lines.writeheader()
        lines.writerows(rows)
    assert publishing.publish(data, var) == []
    version = versions.current(var)
    assert version
    with queries.opened(version.exact(var)) as connection:
        words = queries.rows(connection, answers.MeasureWords, {})
    assert {row.measure: row.caveat_nb or "" for row in words} == caveats
    assert {row.caveat_en for row in words} == {None}
    heading = (version.files(var) / "measures.csv").read_text(encoding="utf-8").splitlines()[0]
    assert heading.endswith("caveat_nb")
