"""What was published when the contract was another lives on: a version of then, and a folder.

`former/` has the files that were shipped at the commit before associations were units, as they were
then, and in `cells.csv` how the programme of then rounded their counts (`|` for what parts a cell's
name): all that is read of a database that another programme has compiled.
"""

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

import pages
import queries
from queries.contract import TYPE_TABLES, tables
from ringvirkning import ROOT
from ringvirkning.finding import must_fix
from ringvirkning.intake import changes, former, publishing
from ringvirkning.intake.checks import report, rules
from ringvirkning.intake.forms import templates
from ringvirkning.intake.forms.follow_up import follow_up
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.records import Record, trimmed_rows
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.server import published
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import words
from tests import server
from tests.command import run
from tests.test_pages import assert_no_error, headlines, opened, record_rows, text_of

pytestmark = pytest.mark.slow  # versions are compiled and published

FORMER = Path(__file__).with_name("former")
AS_OF = date(2026, 11, 23)
NUMBER = "01010012356"  # a national identity number, by its check digits
# What differs since.
NEW = {*former.ADDED_TABLES, "partners", "partnerships", "activities", "measures"}
# Its line in the history, as the programme of then wrote it.
THEN = Version(
    "20261128T225126-03aa6dfaff0f",
    "e2281bede780f8972d98e6eafe255760",
    "",
    "2026-11-28T21:51:26+00:00",
    "01dea95b1e76de0e092d199e5c9dca08",
    current_at="2026-11-28T21:51:26+00:00",
    who="Kari",
)


class House(NamedTuple):
    """A server's folder and its var/."""

    data: Path
    var: Path


def rows_then(table: str) -> list[Record]:
    with (FORMER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copied(place: Path) -> Path:
    """The folder of then."""
    return Path(shutil.copytree(FORMER, place, ignore=shutil.ignore_patterns("cells.csv")))


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> House:
    """As the programme of then left it; with another key, so that no rounding comes out alike by
    drawing it again."""
    place = tmp_path_factory.mktemp("left")
    house, folder = House(place / "data", place / "var"), THEN.folder(place / "var")
    copied(house.data)
    copied(folder / "files")
    with duckdb.connect(folder / "exact.duckdb") as connection:
        connection.execute(
            "create table cells as select * replace (replace(cell, '|', chr(31)) as cell,"
            " replace(kind, '|', chr(31)) as kind, replace(label, '|', chr(31)) as label)"
            f" from read_csv('{FORMER / 'cells.csv'}')"
        )
        connection.execute("create table earlier_cells as from cells limit 0")
    shutil.copy(folder / "exact.duckdb", folder / "protected.duckdb")
    versions.seal(folder)
    storage.write(house.var / keys.NAME, server.KEY)
    versions.append([THEN], house.var)
    return house


@pytest.fixture(scope="module")
def moved(left: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The same after the files of today were published."""
    house = House(ROOT / "data", tmp_path_factory.mktemp("moved") / "var")
    shutil.copytree(left.var, house.var)
    run("publish", house.data, var=house.var, who="Ola")
    return house


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has the pages show what a server keeps."""

    def shown(house: House) -> Watch:
        running = Watch(*house)
        monkeypatch.setattr(published, "watch", lambda: running)
        return running

    return shown


@contextmanager
def exact(version: Version, var: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with queries.opened(version.exact(var)) as connection:
        yield connection


def roundings(version: Version, var: Path) -> dict[tuple[str, int], int]:
    with exact(version, var) as connection:
        rows = connection.execute("select cell, count, rounded from cells").fetchall()
    return {(cell, count): rounded for cell, count, rounded in rows}


# The list of what is new


def test_what_has_come_since_is_what_a_folder_may_lack():
    assert versions.source_hash(FORMER) == THEN.source_hash
    for table in tables():
        now = {column.name for column in table.columns}
        if former.may_be_absent(table):
            assert not (FORMER / table.file).exists()
            continue
        then = {*rows_then(table.name)[0]}
        assert now - then <= {*former.ADDED.get(table.name, ())}, table.name
        assert then - now == ({former.MOVED[table.name]} if table.name in former.MOVED else set())


# A version of then


def test_a_server_that_is_updated_shows_what_was_published(left: House, tmp_path: Path, show: Any):
    """Its folder is the same as before: nothing is published again."""
    running = show(House(left.data, shutil.copytree(left.var, tmp_path / "var")))
    app = opened("partnerships", {})
    assert_no_error(app)
    assert {row["title"] for row in rows_then("partnerships")} <= {
        row["cells"][0] for row in record_rows(app)
    }
    assert running.published == [THEN] and running.findings == []
    app = opened("partnerships", {"partner": ["viken"]})
    assert_no_error(app)
    assert "Buskerud fylkeskommune" in text_of(app), "its successor was in a column of partners"


@pytest.mark.parametrize("place", pages.MENU)
def test_every_page_of_a_version_of_then_is_drawn(place: str, moved: House, show: Any):
    show(moved)
    app = opened(place, {"version": [THEN.name]})
    assert_no_error(app)
    assert not app.warning and len(headlines(app)) == 1
    if place == "activities":
        titles = {row["cells"][0].removesuffix(" (Eksempeltall)") for row in record_rows(app)}
        assert titles == {row["title"] for row in rows_then("activities")}


def test_it_is_compared_with_the_present(moved: House, capsys: pytest.CaptureFixture[str]):
    _, now = versions.history(moved.var)
    told = changes.differences(THEN.files(moved.var), now.files(moved.var))
    counts = {difference.table: dict(difference.counts) for difference in told}
    assert {*counts} <= NEW, "nothing else has changed than what is new"
    assert counts["measures"] == {"added": 3}, "what counts partners and agreements"
    for table in former.ADDED_TABLES:
        added = len(trimmed_rows(ROOT / "data" / f"{table}.csv"))
        if table in TYPE_TABLES:
            assert table not in counts, "types are as they are shipped where there are none"
        elif table == "successions":
            assert counts[table] == {"changed": 3, "added": added - 3}
        else:
            assert counts[table] == {"added": added}
    run("changes", var=moved.var, version=now.name, since=THEN.name)
    assert "Sju styremøter i Lier Næringsråd 2019" in capsys.readouterr().out


def test_no_rounding_is_turned(moved: House):
    _, now = versions.history(moved.var)
    then = {
        (row["cell"].replace("|", "\x1f"), int(row["count"])): int(row["rounded"])
        for row in rows_then("cells")
    }
    assert roundings(now, moved.var).items() >= then.items()


def test_one_goes_back_to_it_and_forth_again(moved: House, tmp_path: Path, show: Any):
    var = shutil.copytree(moved.var, tmp_path / "var")
    first, now = versions.history(var)
    run("undo", var=var)
    current = versions.current(var)
    assert current and current.name == first.name == THEN.name
    running = show(House(moved.data, var))
    running.seen = versions.folder_signature(running.folder)  # as where it was published from
    assert THEN.name in text_of(opened("about", {}))
    run("undo", var=var, to=now.name)
    assert now.name in text_of(opened("about", {}))
    assert {version.name for version in versions.history(var)} == {first.name, now.name}


# A folder of then


@pytest.fixture(scope="module")
def read_anew(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Such a folder, published where nothing was."""
    place = tmp_path_factory.mktemp("read")
    house = House(copied(place / "data"), place / "var")
    assert publishing.publish(*house) == []
    return house


def test_what_is_new_is_left_empty(read_anew: House):
    (version,) = versions.history(read_anew.var)
    asked = "count(agreement_status) + count(agreement_level) + count(part_of)"
    with exact(version, read_anew.var) as connection:
        new = ("programmes", "work_streams", "contributions", "context", "events", "remarks")
        for table in new:
            assert connection.sql(f"select count(*) from {table}").fetchall() == [(0,)]
        assert connection.sql(f"select {asked} from partnerships").fetchall() == [(0,)]
    assert changes.differences(version.files(read_anew.var), read_anew.data) == []


def test_its_form_has_its_rows_and_a_whole_one_what_is_new(read_anew: House, tmp_path: Path):
    (version,) = versions.history(read_anew.var)
    w, files = words("nb"), version.files(read_anew.var)
    (tmp_path / "filled.xlsx").write_bytes(templates.filled_form(files, w))
    found = read_file(tmp_path / "filled.xlsx", listed=former.listed_in(files))
    assert (found.findings, found.questions) == ((), [])
    read = {part.table: part.rows for part in found.parts}
    listed = former.listed_in(None)
    assert {*read} == {table.name for table in tables() if (FORMER / table.file).exists()} | {
        "successions", *TYPE_TABLES,
    }  # fmt: skip
    for table, rows in read.items():
        given = listed[table] if table in TYPE_TABLES else then_told(table)
        assert [told(row) for row in rows] == [told(row) for row in given], table
    (tmp_path / "whole.xlsx").write_bytes(templates.template(w, files, is_whole=True))
    whole = read_file(tmp_path / "whole.xlsx", listed=former.listed_in(files))
    assert {part.table for part in whole.parts} == {table.name for table in tables()}


def then_told(table: str) -> list[Record]:
    """The rows of then as they are told now."""
    moved = former.MOVED["partners"]
    if table != "successions":
        return [{name: row[name] for name in row if name != moved} for row in rows_then(table)]
    return [
        {"predecessor_id": row["partner_id"], "successor_id": row[moved]}
        for row in rows_then("partners")
        if row[moved]
    ]


def told(row: Record) -> Record:
    return {name: text for name, text in row.items() if text}


def test_what_could_be_better_is_told_and_asked(read_anew: House, tmp_path: Path):
    (version,) = versions.history(read_anew.var)
    found = report.findings_of(
        read_anew.data, version.exact(read_anew.var), AS_OF, rules.ALL, server.KEY
    )
    assert not must_fix(found)
    without = [row for row in rows_then("partners") if not row["organisation_number"]]
    assert sum(finding.rule == "no_organisation_number" for finding in found) == len(without)
    files = version.files(read_anew.var)
    (tmp_path / "asked.xlsx").write_bytes(follow_up(files, found, "nav", words("nb")))
    asked = read_file(tmp_path / "asked.xlsx", listed=former.listed_in(files))
    rows = {part.table: part.rows for part in asked.parts}
    assert [row["name"] for row in rows["partners"]] == ["NAV"]
    assert "ig_nav" in {row["partnership_id"] for row in rows["partnerships"]}


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        ("note", NUMBER, "personal_national_id"),
        ("succeeded_by", NUMBER, "personal_national_id"),
        ("succeeded_by", "nobody", "unknown_reference"),
    ],
)
def test_what_must_be_mended_in_it_is_told_where_it_stands(
    column: str, text: str, rule: str, tmp_path: Path
):
    """Also what has a table of its own since."""
    data = copied(tmp_path / "data")
    rows = [dict(row) for row in rows_then("partners")]
    rows[3][column] = text
    cells = [[*row.values()] for row in rows]
    former.write_rows(data / "partners.csv", [*rows[0]], cells)
    (finding,) = publishing.publish(data, tmp_path / "var")
    assert [f for f in report.findings_of(data, None, AS_OF) if f.level == "must_fix"] == [finding]
    place = (finding.rule, finding.file, finding.row, finding.column)
    assert place == (rule, "partners.csv", 5, column)
    assert rule == "unknown_reference" or finding.found is None, "what it is isn't said"


def test_a_folder_that_was_withdrawn_then_stays_withdrawn(left: House, tmp_path: Path):
    var = shutil.copytree(left.var, tmp_path / "var")
    run("withdraw", THEN.name, var=var, why="Feil", who="Kari")
    (finding,) = publishing.publish(left.data, var)
    assert finding.rule == "was_withdrawn"
