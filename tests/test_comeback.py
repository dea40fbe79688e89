"""What a server comes back from by itself, without a restart, and what it says meanwhile."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringvirkning.figures import view
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing import watch
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, clock, words
from tests.test_pages import headlines, opened, text_of

pytestmark = pytest.mark.slow  # what is published is published in a process of its own


@pytest.fixture
def server(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What a running server keeps: two versions, and the folder that the second is from. What
    fails is tried again at once."""
    shutil.copytree(twice, tmp_path / "var")
    shutil.copytree(twice.parent / "data", tmp_path / "data", copy_function=shutil.copy2)
    monkeypatch.setattr(watch, "PAUSE", 0)
    running = Watch(tmp_path / "data", tmp_path / "var")
    running.seen = versions.folder_signature(running.folder)  # as where it was published from
    assert len(running.published) == 2
    monkeypatch.setattr(published, "watch", lambda: running)
    return running


def page(language: str = "nb") -> AppTest:
    app = opened("about", {}, language)
    assert not app.exception
    return app


def shown(app: AppTest, running: Watch) -> versions.Version:
    """The version that the page says it is of."""
    (found,) = [v for v in running.published if v.name in text_of(app)]
    return found


def not_now(language: str, asked: versions.Version, instead: versions.Version) -> str:
    w = words(language)
    dates = {"date": w.day(asked.published_at), "shown": w.day(instead.published_at)}
    return w("version.not_now", **dates)


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def test_var_that_is_deleted_is_filled_again(server: Watch):
    page()
    shutil.rmtree(server.var)
    app = page()
    assert len(server.published) == 1
    assert shown(app, server) == server.version


def test_a_truncated_database_is_made_again_from_its_own_files(server: Watch):
    before, second = page(), server.published[-1]
    view.forget()  # as after a while with others asked
    cut(second.exact(server.var))
    cut(second.protected(server.var))
    app = page()
    assert shown(app, server) == second == server.version
    assert (text_of(app), headlines(app)) == (text_of(before), headlines(before))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_good_version_is_shown_while_one_cannot_be(language: str, server: Watch):
    first, second = server.published
    whole = (second.files(server.var) / "partners.csv").read_bytes()
    cut(second.exact(server.var))
    cut(second.protected(server.var))
    cut(second.files(server.var) / "partners.csv")
    app = page(language)
    assert shown(app, server) == first
    assert not_now(language, second, first) in text_of(app)
    (second.files(server.var) / "partners.csv").write_bytes(whole)
    app = page(language)
    assert shown(app, server) == second
    assert not_now(language, second, first) not in text_of(app)


HOLD = """
import duckdb, sys
held = [duckdb.connect(path) for path in sys.argv[1:]]
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_database_that_another_programme_keeps_locked(server: Watch):
    first, second = server.published
    command = [
        sys.executable,
        "-c",
        HOLD,
        *map(str, (second.exact(server.var), second.protected(server.var))),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        for language in LANGUAGES:
            app = page(language)
            assert shown(app, server) == first
            assert not_now(language, second, first) in text_of(app)
        other.communicate(b"\n")
    app = page()
    assert shown(app, server) == second
    assert not_now("nb", second, first) not in text_of(app)


def test_nothing_can_be_read_and_then_it_can(server: Watch):
    for version in server.published:
        version.folder(server.var).rename(server.var / version.name)
    app = page()
    assert [e.value for e in app.title] == [words("nb")("version.none_now")]
    for version in server.published:
        (server.var / version.name).rename(version.folder(server.var))
    assert shown(page(), server) == server.published[-1]


def test_a_place_that_could_not_be_written_to(server: Watch, tmp_path: Path):
    """Here a file stands in the way; a disk that is full is in test_faults.py."""
    (server.var / "lock").unlink(missing_ok=True)
    (server.var / "lock").mkdir()
    rename(server.folder, b"Nye Lier kommune", b"Lier")
    second = server.version
    said = server.latest()
    assert said[0] == second
    assert [finding.rule for finding in said[1]] == ["publishing_failed"]
    (server.var / "lock").rmdir()
    third, findings = server.latest()
    assert third and findings == []
    assert third == server.published[-1] != second


def rename(folder: Path, old: bytes, new: bytes) -> None:
    file = folder / "partners.csv"
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))


def test_what_is_wrong_in_a_file_is_not_tried_again_until_it_changes(server: Watch):
    rename(server.folder, b"kommune,municipality,", b"kommune,nowhere,")
    _, findings = server.latest()
    assert findings[0].rule == "unknown_type"
    assert not server.has_changed


def test_a_clock_that_was_set_back(server: Watch, monkeypatch: pytest.MonkeyPatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2001, 1, 1, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Earlier)
    rename(server.folder, b"Nye Lier kommune", b"Lier")
    assert not must_fix(publishing.publish(server.folder, server.var))
    third = server.published[-1]
    assert third.current_at.startswith("2001")
    assert server.version == third
    assert shown(page(), server) == third


def test_another_file_of_the_same_size_and_time_is_noticed(server: Watch):
    file = server.folder / "partners.csv"
    other = file.with_suffix(".new")
    other.write_bytes(file.read_bytes().replace(b"Nye Lier kommune", b"Lys Lier kommune"))
    shutil.copystat(file, other)
    other.replace(file)
    assert server.latest()[0] == server.published[2]
