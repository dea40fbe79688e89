"""Where nothing is trimmed, there was nothing to trim."""

from itertools import product
from pathlib import Path

import pytest

from queries.contract import tables, workbench
from ringvirkning.intake import blanks, read
from ringvirkning.intake.records import BLANKS, csv_records

HEADING = "a,b\n"
SIGNS = ("x", " ", ",", '"', "\n", "\N{NO-BREAK SPACE}")


def has_blanks(path: Path) -> bool:
    return any(field != field.strip(BLANKS) for _, fields in csv_records(path) for field in fields)


@pytest.mark.parametrize("chunk", [1, 4, 2**18])
def test_no_field_with_blanks_is_passed_over(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(blanks, "PIECE", chunk)
    path, known = tmp_path / "x.csv", 0
    for length in range(5):
        for pieces in product(SIGNS, repeat=length):
            path.write_text(HEADING + "".join(pieces), encoding="utf-8", newline="")
            if not blanks.may_have_blanks(path):
                known += 1
                assert not has_blanks(path), pieces
    assert known > 100


@pytest.mark.parametrize("chunk", [1, 4, 2**18])
@pytest.mark.parametrize(
    "row",
    ["x,y z", '"x, y",z', '"x ""y""",z', '"x\ny",z', '"x\n\ny",z\n"",""', ",,", "æ ø,å"],
)
def test_blanks_within_a_field_are_none_around_it(tmp_path, monkeypatch, chunk, row):
    monkeypatch.setattr(blanks, "PIECE", chunk)
    path = tmp_path / "x.csv"
    path.write_text(f"{HEADING}{row}\n", encoding="utf-8", newline="")
    may = blanks.may_have_blanks(path)
    assert may is (' ""' in row)  # it would take more to know that it is within


@pytest.mark.parametrize("row", ['x", x"', "x\t,y", "x,y\r", 'x,"\n"', "x, y", "x,y "])
def test_blanks_around_a_field_are_seen(tmp_path, row):
    path = tmp_path / "x.csv"
    path.write_text(f"{HEADING}{row}\n", encoding="utf-8", newline="")
    assert blanks.may_have_blanks(path)


# As of few rows, of more, and of so many that it is looked for first.
@pytest.mark.parametrize("sizes", [{}, {"TINY": 0}, {"TINY": 0, "SMALL": 0}])
def test_whatever_the_size_of_a_file_its_fields_have_no_blanks_around_them(
    sizes, tmp_path, monkeypatch
):
    for name, size in sizes.items():
        monkeypatch.setattr(read, name, size)
    (table,) = (table for table in tables() if table.name == "partners")
    (tmp_path / table.file).write_text(
        'partner_id,name,note\n" p\t",\u00a0a  b,\u00a0 \nq,"\nc",""\n', encoding="utf-8"
    )
    given = 'select "raw partner_id", "raw name", "raw note" from written'
    with workbench() as connection:
        connection.execute("create schema given")
        assert read.load_table(connection, table, tmp_path / table.file, given) == []
        rows = connection.execute("from given.partners").fetchall()
    assert rows == [("p", "a  b", None), ("q", "c", None)]
