"""Sites of many associations are made by several processes, which end with who began them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from ringvirkning import ROOT
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import OwnSite, each
from ringvirkning.export.site.each import write_each_site, written_beside
from ringvirkning.export.site.folder import SiteWritten
from ringvirkning.export.site.places import Home
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store.versions import Version
from tests.test_deck import AS_OF

pytestmark = pytest.mark.slow
DAY = date.fromisoformat(AS_OF)
REFUSED = "of somebody else"
# Begins a process beside that never ends by itself, and is killed.
LEFT_ALONE = """
import os, signal
from ringvirkning.child import processes_beside
FOR_EVER = "import threading; print('waits', flush=True); threading.Event().wait()"

if __name__ == "__main__":
    pool = processes_beside(1)
    pool.submit(os.getpid).result()
    pool.submit(exec, FOR_EVER)
    input()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def noted(version: Version, var: Path, as_of: date, wanted: Sequence[OwnSite]) -> SiteWritten:
    """In the place of writing these: which process was to, for whom."""
    for one in wanted:
        if REFUSED in one.associations:
            raise FileExistsError(REFUSED)
        one.into.mkdir(exist_ok=True)
        said = f"{os.getpid()} {len(wanted)} {' '.join(one.associations)}"
        (one.into / "by").write_text(said, encoding="utf-8")
    return SiteWritten(len(wanted), 0, 0)


def sites_of(names: Sequence[str], place: Path) -> list[OwnSite]:
    return [OwnSite(place / name, Home(Identity(name)), (name,)) for name in names]


def said_in(place: Path) -> dict[str, list[str]]:
    return {file.parent.name: file.read_text("utf-8").split() for file in place.glob("*/by")}


def test_other_processes_write_those_of_each_while_this_writes_that_of_all(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(each, "write_sites", noted)
    names = [f"f{number}" for number in range(2 * each.AT_ONCE + 1)]
    every = OwnSite(tmp_path / "all", Home(Identity("all")))
    version = watch.published[-1]
    written = written_beside(version, watch.var, DAY, every, sites_of(names, tmp_path))
    assert written == SiteWritten(len(names) + 1, 0, 0)
    said = said_in(tmp_path)
    assert said["all"] == [str(os.getpid()), "1"]
    assert {name: own[2] for name, own in said.items() if name != "all"} == {n: n for n in names}
    assert all(own[0] != str(os.getpid()) for name, own in said.items() if name != "all")
    assert [int(said[name][1]) for name in names] == [each.AT_ONCE] * 2 * each.AT_ONCE + [1]


def test_where_one_cannot_be_written_that_is_said(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(each, "write_sites", noted)
    names = [*(f"f{number}" for number in range(each.AT_ONCE)), REFUSED]
    every = OwnSite(tmp_path / "all", Home(Identity("all")))
    version = watch.published[-1]
    with pytest.raises(FileExistsError, match=REFUSED):
        written_beside(version, watch.var, DAY, every, sites_of(names, tmp_path))
    assert said_in(tmp_path).keys() == {"all", *names[:-1]}


def test_few_are_written_in_step_by_this_process(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(each, "write_sites", noted)
    (tmp_path / "site").mkdir()
    version = watch.published[-1]
    write_each_site(version, watch.var, DAY, lambda names: Identity(names[0]), tmp_path / "site")
    own = said_in(tmp_path / "site") | said_in(tmp_path)
    assert {(said[0], said[1]) for said in own.values()} == {(str(os.getpid()), "3")}
    assert len(own) == 3


def test_a_process_beside_ends_with_who_began_it():
    begun = subprocess.Popen(
        [sys.executable, "-c", LEFT_ALONE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert begun.stdout and begun.stdin
    assert begun.stdout.readline() == "waits\n"
    rest, _ = begun.communicate("\n", timeout=60)  # until nobody has its output any more
    assert rest == ""
