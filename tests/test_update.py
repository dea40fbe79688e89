"""The software is updated, and the update taken back: two programmes with contracts of their own.

The other one is this one, with a line more in `queries/version.sql`: enough for neither to ask its
queries of what the other has compiled.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import queries
from ringvirkning import ROOT
from ringvirkning.export import site
from ringvirkning.intake.publishing import anew
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import words
from tests.command import IN_TURN, run
from tests.site_files import leave_out_pictures

pytestmark = pytest.mark.slow

ROOMS = ("queries", "ringvirkning", "data")
W = words("en")
# Neither pictures nor pages with less than all: they are many, and made as the others are. What is
# left this process draws by itself.
LESS = """
from ringvirkning.charts.paper import later
from ringvirkning.export import site
from ringvirkning.export.site import taken
site.may_be_chosen, taken.drawn_files = lambda shown: [], lambda *_: {}
later.DRAWN_HERE = 1000
"""
IG = "Innovasjon Gardermoen"


class Other:
    """The other programme."""

    def __init__(self, place: Path) -> None:
        self.place = place
        for room in ROOMS:
            shutil.copytree(ROOT / room, place / room)
        with (place / "queries" / "version.sql").open("a", encoding="utf-8") as file:
            file.write("-- of another programme\n")

    def run(self, *actions: list[str]) -> None:
        """One after the other, in a process."""
        command = [sys.executable, "-c", LESS + IN_TURN, json.dumps(actions)]
        subprocess.run(command, cwd=self.place, check=True)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Other:
    return Other(tmp_path_factory.mktemp("other"))


def shown(presentation: Path) -> str:
    """All of it but its fonts, which each installation makes for itself."""
    return re.sub("base64,[A-Za-z0-9+/=]+", "", presentation.read_text(encoding="utf-8"))


def rounded(database: Path) -> list[tuple[str, int]]:
    with queries.opened(database) as connection:
        return connection.execute("select cell, rounded from cells order by all").fetchall()


def test_every_version_and_presentation_is_there_before_and_after(
    other: Other, var: Path, deck: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(site, "may_be_chosen", lambda shown: [])
    leave_out_pictures(monkeypatch)
    first, second = versions.history(var)
    before, there = tmp_path / "before.html", tmp_path / "there.html"
    run("deck", deck, before, var=var)
    # The update: the presentation is of a version that the other compiles anew.
    other.run(
        ["deck", deck, str(there), "--var", str(var)],
        # Of one, which are fewer pages.
        ["site", str(tmp_path / "site"), f"--association={IG}", "--var", str(var)],
    )
    assert shown(there) == shown(before)
    assert second.name in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    # It published nothing: the history is as it was, and nobody is told of newer figures.
    assert versions.history(var) == [first, second]
    (anew_one,) = var.glob(f"compiled/*/{second.name}")
    assert rounded(anew_one / "exact.duckdb") == rounded(second.exact(var))
    # It goes back, and publishes something of its own.
    data = Path(shutil.copytree(second.files(var), tmp_path / "data"))
    measures = (data / "partners.csv").read_text(encoding="utf-8")
    (data / "partners.csv").write_text(measures.replace("Nye Lier", "Store Lier"), encoding="utf-8")
    other.run(["undo", "--var", str(var)], ["publish", str(data), "--var", str(var)])
    third = versions.current(var)
    assert third and third.contract != versions.contract_hash()
    # The update is taken back: that is there, too.
    run("site", tmp_path / "site", f"--association={IG}", var=var)
    assert third.name in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert third.is_ready(var)
    assert rounded(third.exact(var)) == rounded(third.folder(var) / "exact.duckdb")
    run("undo", var=var, to=second.name)
    run("deck", deck, there, var=var)
    assert shown(there) == shown(before)


def of_another(version: Version, var: Path) -> None:
    """As if it had been compiled by another programme, whose files have a column that ours lack."""
    history = (var / versions.HISTORY).read_text(encoding="utf-8")
    lines = history.splitlines(keepends=True)
    changed = [
        line.replace(version.contract, "0" * 32) if version.name in line else line for line in lines
    ]
    (var / versions.HISTORY).write_text("".join(changed), encoding="utf-8")
    partners = version.files(var) / "partners.csv"
    heading, *rows = partners.read_text(encoding="utf-8").splitlines()
    partners.write_text("\n".join([f"{heading},colour", *(f"{row}," for row in rows)]))
    versions.seal(version.folder(var))


def test_undo_says_what_cannot_be_shown(var: Path, capsys: pytest.CaptureFixture[str]):
    first, second = versions.history(var)
    of_another(first, var)
    run("undo", var=var, expected=1)
    assert W("finding.rule.other_software") in capsys.readouterr().err
    assert versions.current(var) == second
    assert not list(var.glob("building-*"))


def test_exact_figures_that_were_taken_away_are_not_made_again(var: Path):
    first, _ = versions.history(var)
    first.exact(var).unlink()
    first.protected(var).write_bytes(b"")
    assert anew.make_ready(first, var) == []
    assert first.is_ready(var)
    assert not first.exact(var).exists()
