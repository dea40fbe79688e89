"""Two databases of a version, asked by the same queries: the public's tells what is published of
each count of people, and nothing else that is known only to staff."""

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import queries
from ringvirkning import ROOT
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import report
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store import taking_back, versions
from ringvirkning.texts import clock
from tests import frames
from tests.test_queries import KNOWN

pytestmark = pytest.mark.slow  # a version is published in nearly every test

CANARY = "KANARIFUGL"
Rows = list[dict[str, str]]
# The columns of a contract file that hold counts of people, where the row is about people.
COUNTS = {
    "activities": ("registered_count", "attended_count"),
    "outcomes": ("value", "followed_up_count"),
}


def folder_with(folder: Path, **edits: Callable[[Rows], Rows]) -> Path:
    """A copy of the shipped files, the rows of some edited."""
    shutil.copytree(ROOT / "data", folder)
    for name, edit in edits.items():
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, found[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(edit(found))
    return folder


def publish(folder: Path, var: Path, secret: bytes = b"s" * 32) -> versions.Version:
    var.mkdir(parents=True, exist_ok=True)
    (var / "secret").write_bytes(secret)
    assert not must_fix(publishing.publish(folder, var))
    version = versions.current(var)
    assert version
    return version


def asked(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with queries.opened(database) as connection:
        return connection.execute(sql).fetchall()


def tables(database: Path, order: str = "order by all") -> dict[str, list[tuple[Any, ...]]]:
    """All that a database holds, by table, in an order of its own or as it lies there."""
    with queries.opened(database) as connection:
        names = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
        return {name: connection.execute(f"from {name} {order}").fetchall() for (name,) in names}


@pytest.fixture(scope="module")
def shipped(watch: Watch) -> tuple[Path, versions.Version]:
    assert watch.version
    return watch.var, watch.version


@pytest.fixture
def own(published: Path, tmp_path: Path) -> tuple[Path, versions.Version]:
    """The same, to be changed."""
    var = Path(shutil.copytree(published, tmp_path / "var"))
    version = versions.current(var)
    assert version
    return var, version


def test_both_databases_have_the_same_tables(shipped: tuple[Path, versions.Version]):
    var, version = shipped
    described = "select table_name, column_name, data_type from duckdb_columns() order by all"
    exact, protected = (asked(d, described) for d in (version.exact(var), version.protected(var)))
    assert [row for row in exact if row[0] not in ("cells", "earlier_cells")] == protected


@pytest.fixture(scope="module")
def both(shipped: tuple[Path, versions.Version]) -> Iterator[list[queries.Connection]]:
    var, version = shipped
    with (
        queries.opened(version.exact(var)) as exact,
        queries.opened(version.protected(var)) as protected,
    ):
        yield [exact, protected]


@pytest.mark.parametrize("name", queries.questions())
def test_every_question_is_answered_by_both(name: str, both: list[queries.Connection]):
    exact, protected = (frames.ask(connection, name, KNOWN) for connection in both)
    assert list(exact.columns) == list(protected.columns)
    if (
        name == "explore_choices"
    ):  # ages and backgrounds are staff's alone, and so is to ask by them
        exact = exact[~exact.dimension.isin(["age_group", "background"])]
        assert set(protected.code) == set(exact.code)
    assert len(protected) == len(exact)


def test_the_public_is_told_by_how_much_totals_may_be_off(shipped: tuple[Path, versions.Version]):
    """Of persons placed by WorkOP's year, say: six counts, off by at most five."""
    var, version = shipped
    year = "from margins where total = 'placements' and year = '2024'"
    told = asked(version.protected(var), f"select cell_count, most {year}")
    assert told == [(6, 5)]
    assert asked(version.protected(var), "select distinct most from margins") == [(5,)]
    assert asked(version.exact(var), "from margins") == []


def test_counts_of_people_are_rounded_and_others_are_not(shipped: tuple[Path, versions.Version]):
    var, version = shipped
    people = """
        select value from outcomes join measures using (measure)
        where counts_people = 'yes' and value is not null
        union all select followed_up_count from outcomes where followed_up_count is not null
        union all select unnest([registered_count, attended_count]) from activities
        where activity_type not in ('conference', 'network_meeting')
    """
    found = [int(n) for (n,) in asked(version.protected(var), people) if n is not None]
    assert found and all(n % 5 == 0 for n in found)
    rest = """
        select outcome_id, value from outcomes join measures using (measure)
        where counts_people = 'no' union all select activity_id, attended_count
        from activities where activity_type in ('conference', 'network_meeting') order by all
    """
    same = [asked(d, rest) for d in (version.exact(var), version.protected(var))]
    assert same[0] == same[1]


def test_staff_keep_to_themselves_ages_notes_and_what_is_behind_a_rounding(tmp_path: Path):
    def noted(found: Rows) -> Rows:
        return [row | {"note": f"{CANARY} {number}"} for number, row in enumerate(found)]

    names = (
        *("associations", "partners", "partnerships", "programmes", "work_streams"),
        *("contributions", "activities", "outcomes", "targets", "events"),
    )
    edits = dict.fromkeys(names, noted)
    version = publish(folder_with(tmp_path / "data", **edits), tmp_path / "var")
    exact, protected = (
        tables(d) for d in (version.exact(tmp_path / "var"), version.protected(tmp_path / "var"))
    )
    assert CANARY in str(exact)
    assert CANARY not in str(protected)
    assert CANARY.encode() not in version.protected(tmp_path / "var").read_bytes()
    assert "cells" in exact
    assert "cells" not in protected
    ages = "select count(*) from outcomes where age_group is not null"
    assert asked(version.exact(tmp_path / "var"), ages) != [(0,)]
    assert asked(version.protected(tmp_path / "var"), ages) == [(0,)]


@pytest.fixture(scope="module")
def shown_alike(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, versions.Version]]:
    """Two sets of figures that are published as the same: the true ones, and those on screen.

    What is rounded is a multiple of five, and stays as it is when it comes in as the true count.
    """
    place = tmp_path_factory.mktemp("alike")
    moment = pytest.MonkeyPatch()
    moment.setattr(clock, "datetime", Standing)
    first = publish(ROOT / "data", place / "first")
    with queries.opened(first.protected(place / "first")) as connection:
        known = {
            (table, column, key): str(int(count))
            for table, columns in COUNTS.items()
            for column in columns
            for key, count in connection.execute(
                f"select {table[:-1].replace('activitie', 'activity')}_id, {column} from {table}"
            ).fetchall()
            if count is not None
        }

    def as_shown(name: str, key: str) -> Callable[[Rows], Rows]:
        return lambda found: [
            row
            | {c: known[name, c, row[key]] for c in COUNTS[name] if (name, c, row[key]) in known}
            | {"note": "A note that only staff may see"}
            for row in found
            if not row.get("age_group")
        ]

    other = folder_with(
        place / "data",
        activities=as_shown("activities", "activity_id"),
        outcomes=as_shown("outcomes", "outcome_id"),
    )
    second = publish(other, place / "second", secret=b"t" * 32)
    moment.undo()
    return [(place / "first", first), (place / "second", second)]


class Standing(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> "Standing":
        return cls(2026, 11, 23, tzinfo=tz)


def test_what_is_shown_depends_on_what_is_shown_alone(
    shown_alike: list[tuple[Path, versions.Version]],
):
    """To the order in which it lies there: so every question has the same answer."""
    (var, first), (other, second) = shown_alike
    assert tables(first.exact(var)) != tables(second.exact(other))
    assert tables(first.protected(var), "") == tables(second.protected(other), "")
    # The name stands on the page about the figures.
    assert first.name == second.name


def test_another_key_rounds_otherwise(tmp_path: Path, shipped: tuple[Path, versions.Version]):
    var, version = shipped
    other = publish(ROOT / "data", tmp_path, secret=b"t" * 32)
    assert tables(version.protected(var)) != tables(other.protected(tmp_path))


def test_the_next_version_keeps_the_roundings(tmp_path: Path, own: tuple[Path, versions.Version]):
    """Another round comes, and another key: what was published stays as it was."""
    var, first = own
    before = dict(asked(first.exact(var), "select cell, (count, rounded) from cells"))

    def one_more(found: Rows) -> Rows:
        new = next(row for row in found if row["activity_id"] == "ig_workop_2023_var")
        return [*found, new | {"activity_id": "ny", "title": "WorkOP ny", "attended_count": "38"}]

    second = publish(folder_with(tmp_path / "data", activities=one_more), var, b"t" * 32)
    after = dict(asked(second.exact(var), "select cell, (count, rounded) from cells"))
    assert len(after) == len(before) + 2
    changed = [cell for cell in before if before[cell] != after[cell]]
    assert len(changed) <= 2


def test_what_was_taken_back_was_seen(tmp_path: Path, own: tuple[Path, versions.Version]):
    """A small count keeps the rounding that a version showed which isn't current any longer."""
    var, _ = own
    rounds = changed(**{f"new{n}": str(n % 4 + 1) for n in range(12)})
    second = publish(folder_with(tmp_path / "small", activities=rounds), var)
    taking_back.undo(var, versions.history(var)[0].name)
    again = folder_with(
        tmp_path / "again",
        activities=rounds,
        partners=lambda found: [row | {"note": "Ny"} for row in found],
    )
    third = publish(again, var, b"t" * 32)  # which would draw otherwise
    kept = "select cell, count, rounded from cells where count between 1 and 4 order by all"
    assert asked(third.exact(var), kept) == asked(second.exact(var), kept)


def changed(**counts: str) -> Callable[[Rows], Rows]:
    """Other numbers of those who came, by round; one more round for one that there isn't."""

    def activities(found: Rows) -> Rows:
        known = {row["activity_id"]: row for row in found}
        new = known["ig_workop_2023_var"] | {"title": "WorkOP ny"}
        return [
            *(
                row | {"attended_count": counts.get(key, row["attended_count"])}
                for key, row in known.items()
            ),
            *(
                new | {"activity_id": key, "attended_count": n}
                for key, n in counts.items()
                if key not in known
            ),
        ]

    return activities


FEW = {
    "one person": (changed(ig_workop_2023_var="28"), ["Innovasjon Gardermoen, WorkOP, 2023: 1"]),
    "one beside many": (
        changed(ig_workop_2023_var="28", ig_workop_2024_var="52"),
        ["Innovasjon Gardermoen, WorkOP, 2023: 1"],
    ),
    "a round of three, which nothing was known of": (changed(new="3"), []),
}


@pytest.mark.parametrize(("activities", "told"), FEW.values(), ids=FEW.keys())
def test_publisher_is_told_of_whom_two_versions_together_tell(
    tmp_path: Path,
    shipped: tuple[Path, versions.Version],
    activities: Callable[[Rows], Rows],
    told: list[str],
):
    var, version = shipped
    folder = folder_with(tmp_path / "data", activities=activities)
    found = report.findings_of(folder, version.exact(var), date(2026, 11, 23))
    assert [f.found for f in found if f.rule == "few_persons_changed"] == told
    assert {f.level for f in found if f.rule == "few_persons_changed"} <= {"should_look"}


def test_public_needs_no_exact_database(own: tuple[Path, versions.Version]):
    var, version = own
    version.exact(var).unlink()
    shutil.rmtree(version.files(var))
    assert versions.current(var) == version
    assert asked(version.protected(var), "select count(*) from partners")[0][0] > 0


def test_one_flipped_byte_is_noticed(own: tuple[Path, versions.Version]):
    var, version = own
    for database in (version.exact(var), version.protected(var)):
        versions.verify(database)
        whole = bytearray(database.read_bytes())
        whole[len(whole) // 2] ^= 1
        database.write_bytes(whole)
        with pytest.raises(versions.Damaged):
            versions.verify(database)
