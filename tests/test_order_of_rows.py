"""The same rows in another order are the same data: every question has the same answer."""

import csv
import random
from pathlib import Path

import pytest

from bench.generate import generate
from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.intake import publishing
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import DATABASES
from tests.alike import ASKED, GENERATED, different, every_answer
from tests.test_queries import FILTERS, KNOWN

# They stand as whoever wrote them has put them.
AS_WRITTEN = {"context", "work_streams"}
TRIED = ("nothing", "by age", "targets", "active in a year")


def shuffled(folder: Path, into: Path) -> Path:
    into.mkdir()
    draw = random.Random(8)
    for table in tables():
        file = folder / table.file
        if file.exists():
            with file.open(encoding="utf-8", newline="") as read:
                heading, *rows = csv.reader(read)
            if table.name not in AS_WRITTEN:
                draw.shuffle(rows)
            with (into / table.file).open("w", encoding="utf-8", newline="") as written:
                csv.writer(written).writerows([heading, *rows])
    return into


@pytest.mark.slow
@pytest.mark.parametrize("data", ["shipped", "generated"])
def test_the_order_of_rows_changes_no_answer(tmp_path: Path, data: str):
    """Neither of exact nor of rounded figures."""
    is_shipped = data == "shipped"
    folder = ROOT / "data" if is_shipped else generate(tmp_path / "data", 1000, 3)
    known, filters = (KNOWN, FILTERS) if is_shipped else (GENERATED, ASKED)
    filters = {name: chosen for name, chosen in filters.items() if name in TRIED}
    made = []
    for name, of in {"as it is": folder, "shuffled": shuffled(folder, tmp_path / "other")}.items():
        var = tmp_path / name
        var.mkdir()
        storage.write(var / keys.NAME, bytes(range(32)))
        assert publishing.publish(of, var) == []
        version = versions.current(var)
        assert version
        made.append(
            [every_answer(version.folder(var) / base, known, filters) for base in DATABASES]
        )
    for one, other in zip(*made, strict=True):
        assert different(one, other) == []
        assert any(one.values())
