"""Associations that are compiled each by itself answer as the whole does."""

import csv
import json
import os
import platform
import shutil
import signal
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster, wait

import queries
from bench.generate import generate
from queries.contract import as_written, tables
from ringvirkning import ROOT
from ringvirkning.commands import parts as commands
from ringvirkning.commands.main import main
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import publishing, read
from ringvirkning.intake.ownership import Owners, folder_rows
from ringvirkning.intake.parts import compiling, merged_tables, places, publication
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import DATABASES
from tests import s3
from tests.alike import ASKED, GENERATED, different, every_answer, every_row
from tests.test_queries import KNOWN

# What has an order of its own: what is chosen by is in the rows, and these are compared, too.
TRIED = ("nothing", "by age", "targets", "active in a year", "jobs")


def apart(folder: Path, place: Path) -> Path:
    """The files of a folder as a place of parts: one for each association."""
    owners = Owners(folder)
    rows = defaultdict(list)
    for table in tables():
        for _, row in folder_rows(table, folder):
            (name,) = owners.of(table, row) or {places.SHARED}
            rows[name, table.file].append(row)
    for (name, file), of_table in rows.items():
        (place / name).mkdir(parents=True, exist_ok=True)
        with (place / name / file).open("w", encoding="utf-8", newline="") as written:
            lines = csv.DictWriter(written, of_table[0], lineterminator="\n")
            lines.writeheader()
            lines.writerows(of_table)
    return place


def with_key(var: Path) -> Path:
    var.mkdir()
    storage.write(var / keys.NAME, bytes(range(32)))
    return var


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    return apart(generate(folder / "data", 2000, 4, persons=300), folder / "place")


@pytest.mark.slow
def test_parts_answer_as_the_whole(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Every question, of exact and of rounded figures, where parts are merged in groups."""
    monkeypatch.setattr(publication, "MOST_AT_ONCE", 3)
    merged, whole = with_key(tmp_path / "merged"), with_key(tmp_path / "whole")
    found = publication.publish_parts(str(place), str(tmp_path / "work"), merged)
    assert found == []
    assert_as_whole(merged, whole, GENERATED)


def assert_as_whole(merged: Path, whole: Path, known: Mapping[str, Any]) -> None:
    """What is current in one answers as when all its files are published in the other."""
    filters = {name: ASKED[name] for name in TRIED}
    for database, other in assert_same_rows(merged, whole):
        one, two = (every_answer(base, known, filters) for base in (database, other))
        assert different(one, two) == []
        assert any(one.values())


def assert_same_rows(merged: Path, whole: Path) -> list[tuple[Path, Path]]:
    """Each table has the rows that it has where all its files are published in the other; the two
    databases of both."""
    version = versions.current(merged)
    assert version
    assert not must_fix(publishing.publish(version.files(merged), whole))
    other = versions.current(whole)
    assert other
    databases = [(version.folder(merged) / base, other.folder(whole) / base) for base in DATABASES]
    for one, two in databases:
        rows, others = every_row(one), every_row(two)
        assert rows.keys() == others.keys()
        assert [table for table in rows if rows[table] != others[table]] == []
        assert rows["activities"]
        # Links have numbers as they come there, by what they are of.
        numbers = "row_number() over (order by association, link_id)"
        assert linked(one, "link_id") == linked(two, numbers)
    return databases


def linked(database: Path, number: str) -> list[Any]:
    with queries.opened(database) as connection:
        links = f"select {number} as number, * exclude (link_id) from links order by number"
        return connection.execute(links).fetchall()


# Small ones


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few")
    return apart(generate(folder / "data", 200, 2, persons=60), folder / "place")


@pytest.fixture
def own(few: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(few, tmp_path / "place"))


def published(
    place: Path | str, var: Path, each: publication.Each = publication.two_at_a_time
) -> list[Finding]:
    return publication.publish_parts(str(place), str(var.with_name("work")), var, each)


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def made_in(work: Path) -> dict[str, int]:
    files = [file for file in work.glob("*.json") if not file.name.startswith("used-")]
    return {file.stem: file.stat().st_mtime_ns for file in files}


def content(var: Path) -> str:
    version = versions.current(var)
    assert version
    return version.name.split("-")[1]


@pytest.mark.slow
def test_workers_do_what_is_done_here_and_one_that_is_killed_loses_nothing(
    few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    here, there, typed = (with_key(tmp_path / name) for name in ("here", "there", "typed"))
    assert published(few, here) == []
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        killed: list[str] = []

        def each(task, asked):
            handed = [client.submit(task, *values, pure=False) for values in asked]
            wait(handed, return_when="FIRST_COMPLETED")
            if not killed:
                address, process = next(iter(client.run(os.getpid).items()))
                killed.append(address)
                os.kill(process, signal.SIGKILL)
            return client.gather(handed)

        work = tmp_path / "shared work"
        assert publication.publish_parts(str(few), str(work), there, each) == []
        assert killed and content(there) == content(here)
        # As it is typed, and nothing is made a second time.
        before = made_in(work)
        asked = ["publish-parts", str(few), "--work", str(work), "--var", str(typed)]
        assert main([*asked, "--scheduler", cluster.scheduler_address]) == 0, capsys.readouterr()
        assert content(typed) == content(here) and made_in(work) == before
    assert main([*asked, "--scheduler", "tcp://127.0.0.1:8739", "--lang", "en"]) == 1
    assert "dask scheduler" in capsys.readouterr().err


def test_where_no_worker_is_left_nobody_waits(
    few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(commands, "WORKERLESS", 0.1)
    var = with_key(tmp_path / "var")
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        asked = ["publish-parts", str(few), "--var", str(var), "--lang", "en"]
        assert main([*asked, "--scheduler", cluster.scheduler_address]) == 1
        assert f"dask worker {cluster.scheduler_address}" in capsys.readouterr().err


@pytest.mark.slow
def test_only_what_has_changed_is_compiled_again(own: Path, tmp_path: Path):
    var = with_key(tmp_path / "var")
    assert published(own, var) == []
    before = made_in(tmp_path / "work")
    changed(own / "Forening 2" / "activities.csv", "Aktivitet", "Møte")
    handed = []

    def each(task, asked):
        handed.extend([task.__name__] * len(asked))
        return publication.two_at_a_time(task, asked)

    assert published(own, var, each) == []
    assert handed.count("compile_part") == 1
    after = made_in(tmp_path / "work")
    assert {name: after[name] for name in before} == before
    stamps = {part.stamp for part in compiling.parts_in(str(own))}
    assert len(stamps & (after.keys() - before.keys())) == 1


def first_of_each(handed: list[tuple[Any, Any]]) -> set[str]:
    """What each of the last merges begins with."""
    return {
        asked[2][0].stamp.partition("-")[0]
        for task, each in handed
        for asked in each
        if task is merged_tables.merge_parts
    }


@pytest.mark.slow
def test_what_was_merged_before_is_merged_with_what_has_changed(tmp_path: Path):
    """And has the rows of the whole, where rows come and go, a folder has another name and another
    is there no longer."""
    own = apart(generate(tmp_path / "data", 200, 4, persons=60), tmp_path / "place")
    merged, whole = with_key(tmp_path / "merged"), with_key(tmp_path / "whole")
    handed: list[tuple[Any, Any]] = []

    def each(task, asked):
        handed.append((task, asked))
        return publication.two_at_a_time(task, asked)

    def publish() -> None:
        handed.clear()
        assert not must_fix(published(own, merged, each))
        assert_same_rows(merged, whole)

    (own / "Forening 4").rename(tmp_path / "later")
    publish()
    assert "merged" not in first_of_each(handed)
    # One that counts no people: no rounding is another, and so only this one is merged.
    (own / "Forening 4").mkdir()
    shutil.copy(tmp_path / "later" / "partnerships.csv", own / "Forening 4")
    publish()
    assert first_of_each(handed) == {"merged"}
    shutil.copytree(tmp_path / "later", own / "Forening 4", dirs_exist_ok=True)
    changed(own / "Forening 2" / "activities.csv", "Aktivitet", "Aaktivitet")
    outcomes = own / "Forening 2" / "outcomes.csv"
    heading, *rows = outcomes.read_text(encoding="utf-8").splitlines(keepends=True)
    outcomes.write_text("".join([heading, *rows[len(rows) // 3 :]]), encoding="utf-8")
    publish()
    assert first_of_each(handed) == {"merged"}
    (own / "Forening 1").rename(own / "Renamed")
    shutil.rmtree(own / "Forening 3")
    publish()
    assert first_of_each(handed) == {"merged"}
    shutil.rmtree(own / "Renamed")
    publish()


@pytest.mark.slow
def test_all_that_is_shipped_stands_in_its_order_when_one_of_two_has_changed(tmp_path: Path):
    place = apart(ROOT / "data", tmp_path / "place")
    merged, whole = with_key(tmp_path / "merged"), with_key(tmp_path / "whole")
    assert not must_fix(published(place, merged))
    assert not must_fix(publishing.publish(ROOT / "data", whole))
    first = min(part.name for part in compiling.parts_in(str(place)))
    changed(place / first / "activities.csv", "Frokostmøter", "Morgenmøter")
    assert not must_fix(published(place, merged))
    assert_as_whole(merged, whole, KNOWN)
    tables_of = []
    for var in (merged, whole):
        version = versions.current(var)
        assert version
        with queries.opened(version.folder(var) / DATABASES[0]) as connection:
            tables_of.append([as_written(connection, table) for table in tables()])
    assert tables_of[0] == tables_of[1]


def age(work: Path) -> None:
    """As if all had been made two days ago."""
    for path in work.rglob("*.*"):
        os.utime(path, (path.stat().st_mtime - 2 * 86400,) * 2)


@pytest.mark.slow
def test_what_is_no_longer_used_is_removed_and_nothing_else(own: Path, tmp_path: Path):
    """Also for whoever compiles meanwhile what was there before."""
    var, other, work = with_key(tmp_path / "var"), with_key(tmp_path / "other"), tmp_path / "work"
    assert published(own, var) == []
    before = made_in(work)
    (work / "mine").mkdir()
    (work / "mine" / "note.txt").write_text("nobody's")
    age(work)

    def each(task, asked):
        if task is merged_tables.merge_parts:
            changed(own / "Forening 2" / "activities.csv", "Aktivitet", "Møte")
            assert published(own, var) == []
        return publication.two_at_a_time(task, asked)

    assert published(own, other, each) == []
    assert before.keys() <= made_in(work).keys()
    age(work)
    assert published(own, other) == []
    said = [json.loads(file.read_text()) for file in work.glob("used-*.json")]
    assert made_in(work).keys() == set(said[0]) == set(said[1])
    assert before.keys() - made_in(work).keys()
    assert (work / "mine" / "note.txt").exists()


@pytest.mark.slow
def test_a_part_that_breaks_the_contract_keeps_all_back_and_is_named(own: Path, tmp_path: Path):
    """The others are done, and are not done again."""
    var = with_key(tmp_path / "var")
    for file, old, new, told in [
        ("shared/partners.csv", "Partner 3", "", "required"),
        ("Forening 2/activities.csv", ",network_meeting,", ",nonsense,", "unknown_type"),
    ]:
        before = (own / file).read_text(encoding="utf-8")
        changed(own / file, old, new)
        found = published(own, var)
        assert {(f.rule, f.file) for f in found} == {(told, file)}
        lines = (own / file).read_text(encoding="utf-8").splitlines()
        assert found[0].row and new in lines[found[0].row - 1]
        assert versions.current(var) is None
        done = made_in(tmp_path / "work")
        assert len(done) == (file.startswith("Forening"))
        (own / file).write_text(before, encoding="utf-8")
    assert published(own, var) == []
    now = made_in(tmp_path / "work")
    assert {name: now[name] for name in done} == done


@pytest.mark.slow
def test_what_two_parts_have_is_told(own: Path, tmp_path: Path):
    shutil.copy(own / "Forening 2" / "partnerships.csv", own / "Forening 1" / "partnerships.csv")
    shutil.copy(own / "Forening 2" / "activities.csv", own / "Forening 1" / "activities.csv")
    shutil.copy(own / "Forening 2" / "outcomes.csv", own / "Forening 1" / "outcomes.csv")
    found = published(own, with_key(tmp_path / "var"))
    assert {f.rule for f in found} == {"part_repeats"}
    assert ("Forening 2/activities.csv", "Forening 1/activities.csv") in {
        (f.file, f.expected) for f in found
    }


@pytest.mark.slow
def test_files_may_be_larger_together_than_one_may_be(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Also where what is current is damaged and made anew."""
    largest = max(file.stat().st_size for file in own.rglob("*.csv"))
    monkeypatch.setattr(read, "LARGEST_FILE", largest)
    var = with_key(tmp_path / "var")
    assert published(own, var) == []
    version = versions.current(var)
    assert version
    assert (version.files(var) / "outcomes.csv").stat().st_size > largest
    (version.folder(var) / DATABASES[0]).write_bytes(b"")
    assert published(own, var) == []
    mended = versions.current(var)
    assert mended and versions.is_whole(mended.folder(var))


@pytest.mark.slow
def test_rows_of_nobody_belong_into_shared(own: Path, tmp_path: Path):
    shutil.copy(own / "shared" / "partners.csv", own / "Forening 1" / "partners.csv")
    (found,) = published(own, with_key(tmp_path / "var"))
    assert (found.rule, found.file) == ("part_has_shared", "Forening 1/partners.csv")


def test_a_place_without_parts_is_told(tmp_path: Path):
    (found,) = published(tmp_path / "nothing", with_key(tmp_path / "var"))
    assert found.rule == "no_parts"


def test_a_worker_of_another_edition_compiles_nothing(own: Path, tmp_path: Path):
    """Nor does it round or merge anything."""
    by, work = "Ringvirkning 0, DuckDB 1.5.4", tmp_path / "work"
    division = compiling.parts_in(str(own))[0]
    asked: dict[Any, tuple[Any, ...]] = {
        compiling.compile_part: (str(own), str(work), division),
        compiling.protect_part: (str(work), division, "rounded", "into"),
        merged_tables.merge_group: (str(work), [], compiling.EXACT),
        merged_tables.merge_parts: (str(work), [], [], "merged", "rounded", compiling.EXACT),
    }
    for task, values in asked.items():
        (found,) = task(by, *values)
        assert (found.rule, found.file) == ("part_other_version", platform.node())
        assert (found.found, found.expected) == (compiling.made_by(), by)
    assert not work.exists()


def test_a_worker_that_can_not_write_says_so(own: Path, tmp_path: Path):
    part = compiling.parts_in(str(own))[1]
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / part.stamp).write_text("a file")
    found = published(own, with_key(tmp_path / "var"))
    assert [(f.rule, f.file) for f in found] == [("part_failed", part.name)]
    assert versions.current(tmp_path / "var") is None


@pytest.mark.slow
def test_a_worker_stays_within_its_memory_and_says_so_where_that_is_too_little(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every step: what a worker may have is not what its machine has."""
    var = with_key(tmp_path / "var")
    for step in ("compile_part", "protect_part", "merge_parts"):

        def each(
            task: Callable[..., list[Finding]], asked: Sequence[tuple[Any, ...]], step: str = step
        ):
            with monkeypatch.context() as patch:
                if task.__name__ == step:
                    patch.setattr(compiling, "MEMORY", "4MB")
                return publication.two_at_a_time(task, asked)

        found = published(own, var, each)
        assert {f.rule for f in found} == {"part_failed"}
        assert all(f"{f.found}".startswith("OutOfMemoryException") for f in found)
        assert versions.current(var) is None
    assert published(own, var) == []


@pytest.fixture
def asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As often as ever, and nobody waits."""
    at_once = dict.fromkeys(("init_backoff", "max_backoff"), timedelta(milliseconds=1))
    retries = places.RETRIES["retry_config"] | {"backoff": at_once}
    monkeypatch.setattr(places, "RETRIES", {"retry_config": retries})


@pytest.mark.usefixtures("asked_again_at_once")
def test_an_s3_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, value in {**s3.SETTINGS, "ENDPOINT_URL": "http://127.0.0.1:8739"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    (found,) = published("s3://reports", with_key(tmp_path / "var"))
    assert (found.rule, found.file) == ("part_failed", "s3://reports")
    assert found.found and versions.current(tmp_path / "var") is None


@pytest.mark.slow
@pytest.mark.usefixtures("asked_again_at_once")
def test_an_s3_that_answers_half_is_told_and_what_is_done_is_used(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # Of a bucket it is kept where it was first found.
    var, work = with_key(tmp_path / "var"), "s3://national/work"
    with s3.store(monkeypatch) as store:
        for file in few.rglob("*.csv"):
            key = file.relative_to(few).as_posix()
            store.objects[f"national/2026/{key}"] = file.read_bytes()

        def publish_there() -> list[tuple[str, str]]:
            found = publication.publish_parts("s3://national/2026", work, var)
            return [(f.rule, f.file) for f in found]

        store.cut = "Forening 2/activities.csv"
        assert publish_there() == [("part_failed", "Forening 2")]
        store.cut = compiling.GIVEN
        assert {rule for rule, _ in publish_there()} == {"part_failed"}
        assert versions.current(var) is None
        compiled = {key for key in store.objects if key.endswith(compiling.EXACT)}
        store.cut = None
        # What was stored by half is noticed, too, and made again.
        merged = next(key for key in store.objects if key.endswith(compiling.GIVEN))
        store.objects[merged] = store.objects[merged][:1000]
        assert {rule for rule, _ in publish_there()} == {"part_failed"}
        name = f"national/work/{'0' * 24}"
        unused = {f"{name}{places.DONE}": b"{}", f"{name}/{compiling.EXACT}": b""}
        store.objects.update(unused)
        assert publish_there() == []
        assert compiled <= store.objects.keys() and versions.current(var)
        assert store.objects.keys().isdisjoint(unused)


@pytest.mark.slow
def test_what_came_half_is_made_again(own: Path, tmp_path: Path):
    var = with_key(tmp_path / "var")
    assert published(own, var) == []
    for file in (tmp_path / "work").glob("*/given.duckdb"):
        os.truncate(file, file.stat().st_size // 2)
    for folder in (tmp_path / "work").glob("*-*/"):
        shutil.rmtree(folder)
        folder.with_name(f"{folder.name}{places.DONE}").unlink()
    changed(own / "Forening 2" / "activities.csv", "Aktivitet", "Møte")
    found = published(own, var)
    assert {f.rule for f in found} == {"part_failed"} and len(found) == 1
    assert published(own, var) == []


@pytest.mark.slow
def test_who_publishes_meanwhile_is_not_overtaken_unseen(own: Path, tmp_path: Path):
    var = with_key(tmp_path / "var")

    def each(task, asked):
        if task is merged_tables.merge_parts:
            assert publishing.publish(generate(tmp_path / "other", 50), var) == []
        return publication.two_at_a_time(task, asked)

    found = published(own, var, each)
    assert [f.rule for f in found] == ["overtaken"]
    version = versions.current(var)
    assert version and len(versions.history(var)) == 1
