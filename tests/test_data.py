"""The shipped data: it keeps the contract, is told in its dictionary, and says where it is from."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from queries.contract import Table, tables
from ringvirkning import ROOT
from ringvirkning.intake import publishing
from ringvirkning.store import versions

DATA = ROOT / "data"
AS_OF = date(2026, 11, 23)
SOURCED = ("partnerships", "activities", "outcomes", "targets")
TABLES = [pytest.param(table, id=table.name) for table in tables()]


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def dictionary() -> dict[str, list[list[str]]]:
    """The tables of data/README.md: the cells of each row, by file ("" for the list of files)."""
    found: dict[str, list[list[str]]] = {"": []}
    file: str | None = ""
    for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = re.fullmatch(r"## `(\w+\.csv)`", line)
            file = heading[1] if heading else None
        if line.startswith("| `") and file is not None:
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found.setdefault(file, []).append([cell.strip() for cell in cells])
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)


def months_after(end: date, months: int) -> date:
    """The first day after so many whole months after the month of `end`."""
    year, month = divmod(end.year * 12 + end.month - 1 + months + 1, 12)
    return date(year, month + 1, 1)


def rounds() -> list[dict[str, str]]:
    """WorkOP's rounds in the order they began."""
    found = [
        row
        for row in rows("activities")
        if row["programme"] == "WorkOP" and row["evidence"] == "illustrative"
    ]
    return sorted(found, key=lambda row: row["start_date"])


def results_of(row: dict[str, str]) -> list[dict[str, str]]:
    return [o for o in rows("outcomes") if o["activity_id"] == row["activity_id"]]


def test_shipped_data_publishes_without_findings(tmp_path: Path):
    assert publishing.publish(DATA, tmp_path / "var") == []
    current = versions.current(tmp_path / "var")
    assert current is not None
    assert current.source_hash == versions.source_hash(DATA)


def test_dictionary_names_every_file_and_its_rows():
    listed = {cells[0].strip("`"): cells[2] for cells in dictionary()[""]}
    assert set(listed) == {t.file for t in tables()} == {f.name for f in DATA.glob("*.csv")}
    for table in tables():
        here = rows(table.name)
        total, *parts = map(int, re.findall(r"\d+", listed[table.file]))
        assert total == len(here), table.file
        if parts:
            illustrative = sum(row["evidence"] == "illustrative" for row in here)
            assert parts == [total - illustrative, illustrative], table.file


@pytest.mark.parametrize("table", TABLES)
def test_dictionary_names_every_column_in_order(table: Table):
    told = [cells[0].strip("`") for cells in dictionary()[table.file]]
    assert told == [column.name for column in table.columns]
    assert told == list(rows(table.name)[0])


@pytest.mark.parametrize("table", TABLES)
def test_dictionary_names_every_code_and_what_is_required(table: Table):
    for column, cells in zip(table.columns, dictionary()[table.file], strict=True):
        _, required, kind, meaning = cells
        if column.codes:
            assert re.findall(r"`(\w+)`", kind) == column.codes, column.name
        assert (required == "yes") == column.required, column.name
        assert meaning, column.name


@pytest.mark.parametrize("name", SOURCED)
def test_source_is_an_address_or_a_title(name: str):
    for row in rows(name):
        if source := row["source"]:
            address = urlsplit(source)
            if "://" in source or source.startswith("www."):
                assert address.scheme in ("http", "https"), source
                assert "." in address.netloc, source
                assert not re.search(r"\s", source), source
            else:
                assert " " in source, source  # the words of a title
                assert source[0].isupper(), source


@pytest.mark.parametrize("name", SOURCED)
def test_row_has_a_source_or_is_an_example(name: str):
    for row in rows(name):
        if row.get("evidence") == "illustrative":
            assert row["note"] == "Eksempeltall, ikke publisert."
            assert not row["source"], row
            assert not row.get("source_date"), row
        else:
            assert row["source"], row
            assert "Eksempeltall" not in row["note"], row


def test_result_of_an_example_is_an_example():
    examples = {row["activity_id"] for row in rounds()}
    for row in rows("outcomes"):
        assert (row["activity_id"] in examples) == (row["evidence"] == "illustrative"), row


def test_measure_in_use_has_a_row():
    known = {row["measure"] for row in rows("measures")}
    used = {row["measure"] for name in ("outcomes", "targets") for row in rows(name)}
    assert used <= known


def test_workop_has_six_rounds_or_more_over_three_years():
    assert len(rounds()) >= 6
    assert len({row["start_date"][:4] for row in rounds()}) >= 3


def test_workop_last_round_is_too_young_for_twelve_months():
    last = rounds()[-1]
    assert day(last["end_date"]) < AS_OF < months_after(day(last["end_date"]), 12)
    assert "12_months" not in {row["measured_at"] for row in results_of(last)}


def test_workop_has_no_result_from_before_it_was_due():
    for row in rounds():
        for result in results_of(row):
            months = {"exit": 0, "6_months": 6, "12_months": 12}[result["measured_at"]]
            if months:
                assert months_after(day(row["end_date"]), months) <= AS_OF, result


def test_workop_rounds_have_results_from_interview_to_follow_up():
    chain = {"interviews", "job_offers", "placement_permanent"}
    for row in rounds():
        assert chain <= {result["measure"] for result in results_of(row)}, row
    followed = {r["measured_at"] for row in rounds() for r in results_of(row)}
    assert followed == {"exit", "6_months", "12_months"}


def test_workop_has_rounds_shared_by_two_partnerships():
    shared = [row for row in rounds() if len(row["partnership_ids"].split("|")) == 2]
    assert len(shared) >= 2
