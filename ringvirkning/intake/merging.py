"""From the rows of what was uploaded to a whole folder of the contract's files."""

import csv
import shutil
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Literal

from queries.contract import Column, Table, tables
from ringvirkning.finding import Finding
from ringvirkning.intake import former, records
from ringvirkning.intake.naming import give_ids, identity_of_row, key_of
from ringvirkning.intake.ownership import Ground, whole_row
from ringvirkning.intake.records import BLANKS, Record
from ringvirkning.intake.references import REFERRED, first_findings, items_in, known_names, resolve
from ringvirkning.intake.sheets import Part, Read
from ringvirkning.intake.sheets.reading import finding_in_sheet
from ringvirkning.intake.sheets.vocabulary import table_named

How = Literal["add", "replace"]
Withdrawals = Mapping[str, Collection[tuple[str, ...]]]  # rows by table: what each is known by
NONE_WITHDRAWN: Withdrawals = MappingProxyType({})


@dataclass(frozen=True)
class Merge:
    """What came of a merge: the rows of each written table by their places among the uploaded ones
    (None: a row from before), and what must be fixed first. Findings are of the written files."""

    origins: Mapping[str, Sequence[int | None]]
    findings: Sequence[Finding]

    def uploaded(self, finding: Finding, reads: Sequence[Read]) -> Finding:
        """A finding about a written file as one about the sheet that the row came from.

        `reads` are those whose parts were merged, in that order. A finding about a row from before,
        or in a table that was not uploaded, stays as it is.
        """
        table = finding.file.removesuffix(".csv")
        own = [read for read in reads if any(part.table == table for part in read.parts)]
        if not own or finding.row is None or finding.row < 2:
            return finding_in_sheet(finding, own[0]) if own else finding
        place = self.origins[table][finding.row - 2]
        if place is None:
            return finding
        for read in own:
            size = sum(len(part.rows) for part in read.parts if part.table == table)
            if place < size:
                return finding_in_sheet(finding, read, place + 2)
            place -= size
        raise LookupError(table)


def unite(
    parts: Sequence[Part],
    before: Path | None,
    into: Path,
    how: Mapping[str, How],
    ground: Ground | None = None,
    withdrawn: Withdrawals = NONE_WITHDRAWN,
) -> Merge:
    """Write all of the contract's files to the folder `into`.

    `parts` are what was uploaded, `before` the folder of files of the current version. A table that
    was not uploaded is as before. Of one that was, `how` says whether its rows replace all that
    there were or are added (if it says nothing): those known by their id in their place, new ones
    after. In a row that was there before, a column that the sheet lacks keeps what it had. All that
    there were are those of `ground` that may be changed: others stay. The rows that are `withdrawn`
    go, whatever else is said of their table.

    Rows get ids, and names become them (`naming`). Known rows pass by one at a time, so that a
    million of them take 15 s and no memory to speak of.
    """
    origins: dict[str, Sequence[int | None]] = {}
    found: list[Finding] = []
    new: dict[str, list[dict[str, str]]] = {}
    if before and former.tells_then(before):
        with TemporaryDirectory(dir=into) as renewed:
            files = Path(shutil.copytree(before, renewed, dirs_exist_ok=True))
            former.renew(files)
            return unite(parts, files, into, how, ground, withdrawn)
    for table in tables():
        old, own = (
            former.file_of(table, before),
            [part for part in parts if part.table == table.name],
        )
        gone = withdrawn.get(table.name, ())
        if own or gone:
            asked = how.get(table.name, "add")
            new[table.name] = [dict(row) for part in own for row in part.rows]
            if table.name == "outcomes":
                put_activities(parts, new)
            given = new[table.name]
            origins[table.name], said = merge(table, own, given, old, into, asked, ground, gone)
            found += said
        elif old:
            shutil.copyfile(old, into / table.file)
        else:
            write_table(table, (), into)
    return Merge(origins, found)


def rows_before(path: Path | None) -> Iterator[Record]:
    """The rows of a file that the contract allows; none without a file."""
    return (row for _, row in records.numbered_rows(path)) if path else iter(())


def write_table(table: Table, written: Iterable[Record], into: Path) -> None:
    with (into / table.file).open("w", encoding="utf-8", newline="") as file:
        names = [column.name for column in table.columns]
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(names)
        lines.writerows([row.get(name, "") for name in names] for row in written)


def merge(
    table: Table,
    own: Sequence[Part],
    new: Sequence[dict[str, str]],
    old: Path | None,
    into: Path,
    how: How,
    ground: Ground | None,
    gone: Collection[tuple[str, ...]],
) -> tuple[list[int | None], list[Finding]]:
    """Write one table that was uploaded: where its rows are from, and what must be fixed.

    `new` are the rows of its parts, which get their ids. The tables that it refers to have been
    written.
    """
    columns = [part.headings.keys() for part in own for _ in part.rows]
    defaults = [part.defaults for part in own for _ in part.rows]
    referring = [
        column
        for column in table.columns
        if column.refers_to in REFERRED or (column.refers_to and column.is_list)
    ]
    found: list[Finding] = []
    for column in referring:
        if column.refers_to != table.name:
            found += put_ids(table, column, new, rows_before(into / f"{column.refers_to}.csv"))
    found += first_findings(give_ids(table, new, rows_before(old)))
    for column in referring:
        if column.refers_to == table.name:
            together = (row for row, _ in rows_after(table, new, columns, old, how, ground, gone))
            found += put_ids(table, column, new, together)
    origins: list[int | None] = []
    pairs = rows_after(table, new, columns, old, how, ground, gone)
    filled = (({**defaults[at], **row} if at is not None else row, at) for row, at in pairs)
    write_table(table, with_places(filled, origins), into)
    row_of = {place: row for row, place in enumerate(origins, 2)}
    return origins, [replace(finding, row=row_of[finding.row]) for finding in found]


def put_activities(parts: Sequence[Part], new: Mapping[str, Sequence[dict[str, str]]]) -> None:
    """Put ids for the activities in results that stand in the row of one: what it is called may be
    the name of others."""
    held = iter(new.get("activities", ()))
    results = iter(new["outcomes"])
    ids: dict[int, str] = {}
    for part in parts:
        if part.table == "activities":
            ids = {n: next(held).get("activity_id", "") for n in part.numbers}
        elif part.table == "outcomes":
            for number in part.numbers:
                row = next(results)
                if part.is_of_rows and ids.get(number):
                    row["activity_id"] = ids[number]


def put_ids(
    table: Table, column: Column, new: Sequence[dict[str, str]], others: Iterable[Record]
) -> list[Finding]:
    """Put ids for the names in a column of the new rows; what is no name of one of the others."""
    texts = {item for row in new for item in items_in(column, row)} - {""}
    if not texts:
        return []
    candidates = known_names(table_named(column.refers_to or ""), others, texts)
    return first_findings(resolve(table, column, new, candidates), candidates)


def rows_after(
    table: Table,
    new: Sequence[Record],
    columns: Sequence[Collection[str]],
    old: Path | None,
    how: How,
    ground: Ground | None,
    gone: Collection[tuple[str, ...]],
) -> Iterator[tuple[Record, int | None]]:
    """The rows of a table after the merge, each with its place among the new ones if it is one.

    Of several with one name (targets have no ids) the first takes the place of the first.
    """
    waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, row in enumerate(new):
        waiting[name_of(table, row)].append(place)
    was: dict[int, Record] = {}

    def filled(place: int) -> Record:
        before = was.get(place, {})
        return {**{c: before[c] for c in before if c not in columns[place]}, **new[place]}

    for row in rows_before(old):
        if gone and name_of(table, row) in gone:
            continue
        if places := waiting.get(name_of(table, row)):
            was[place := places.popleft()] = row
            if how == "add":
                yield filled(place), place
        elif how == "add" or (ground and not ground.may_change(table, whole_row(table, row))):
            yield row, None
    for place in range(len(new)):
        if how == "replace" or place not in was:
            yield filled(place), place


def name_of(table: Table, row: Record) -> tuple[str, ...]:
    key = key_of(table)
    return (row.get(key, "").strip(BLANKS),) if key else identity_of_row(table.name, row)


def with_places(
    pairs: Iterable[tuple[Record, int | None]], origins: list[int | None]
) -> Iterator[Record]:
    """The rows, while their places are kept."""
    for row, place in pairs:
        origins.append(place)
        yield row
