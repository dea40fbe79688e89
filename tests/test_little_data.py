"""Data of headings alone, or with what no shipped file has ever had: pages say so, without a
browser. One partnership alone is looked at in one: tests/browser/test_changing_data.py."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published
from ringvirkning.store import keys, storage
from tests.habits import named
from tests.server import KEY
from tests.test_pages import assert_no_error, headline, opened, text_of

pytestmark = pytest.mark.slow  # publishes

nb = named("nb")
Change = Callable[[str, list[list[str]]], object]


def shown_of(change: Change, place: Path, patch: pytest.MonkeyPatch) -> None:
    """Have pages show the shipped files as `change` leaves the rows of each, headings apart."""
    (place / "data").mkdir()
    (place / "var").mkdir()
    storage.write(place / "var" / keys.NAME, KEY)
    for table in tables():
        with (ROOT / "data" / table.file).open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        change(table.name, rows)
        with (place / "data" / table.file).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading, *rows])
    running = Watch(place / "data", place / "var")
    patch.setattr(published, "watch", lambda: running)


@pytest.mark.parametrize("kept", ["measures", "nothing"])
def test_headings_only_is_a_designed_state(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def cleared(table: str, rows: list[list[str]]) -> None:
        if table != kept:
            rows.clear()

    shown_of(cleared, tmp_path, monkeypatch)
    for name in ("overview", "partnerships", "activities", "outcomes"):
        app = opened(name, {})
        assert_no_error(app)
        assert headline(app) == nb("empty.data"), name
    for name in ("about", "partners", "data", "explore"):
        app = opened(name, {})
        assert_no_error(app)
        assert headline(app), name
    app = opened("partnerships", {"partner_type": ["county"]})
    assert_no_error(app)
    assert headline(app)


def test_what_no_shipped_file_has_ever_broken_can_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A rule whose words are easily forgotten."""

    def twice(table: str, rows: list[list[str]]) -> None:
        if table == "partnerships":
            names = next(t for t in tables() if t.name == table).columns
            at = [column.name for column in names].index("partner_ids")
            first = rows[0][at].split("|")[0]
            rows[0][at] = f"{first}|{first}"

    shown_of(twice, tmp_path, monkeypatch)
    app = opened("overview", {})
    assert headline(app) == nb("data.broken")
    said = text_of(app)
    assert "partnerships.csv" in said
    assert nb("finding.row", row="2") in said
