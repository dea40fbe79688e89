"""Whose each row of the contract's files is, and what the editor of some associations may do.

A row belongs to the association that it names, or to those of the rows that it refers to: a result
to that of its activity. One that leads to none, such as a partner or a measure, is shared by all.
So a table that is new to the contract needs nothing here.
"""

import csv
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from queries.contract import Column, Table, tables
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.naming import TITLE, identity_of_row, key_of
from ringvirkning.intake.records import BLANKS, Record, numbered_rows
from ringvirkning.intake.references import first_findings, items_in

ASSOCIATION = "association"
NOBODYS = frozenset[str]()
Called = tuple[str, ...]
RowNames = set[tuple[str, str]]  # rows, each by its table and id


@cache
def belonging() -> frozenset[str]:
    """The tables whose rows may belong to an association."""
    found: set[str] = set()
    for table in tables():
        if any(c.name == ASSOCIATION or c.refers_to in found for c in table.columns):
            found.add(table.name)
    return frozenset(found)


@cache
def references(table: Table) -> tuple[Column, ...]:
    return tuple(c for c in table.columns if c.refers_to and not c.is_key)


def folder_rows(table: Table, folder: Path | None) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, with nothing around the fields, by their number in a finding."""
    if folder is None:
        return
    if former.is_absent(table, folder):
        yield from enumerate(map(dict, former.rows_then(table, folder)), 2)
        return
    for number, row in numbered_rows(folder / table.file):
        yield number, whole_row(table, row)


def whole_row(table: Table, row: Record) -> dict[str, str]:
    """A row with all its columns, called as they are now, and nothing around the fields."""
    now = dict(zip(former.present_names([*row]), row.values(), strict=True))
    return {column.name: now.get(column.name, "").strip(BLANKS) for column in table.columns}


def known_by(table: Table, row: Record) -> Called:
    """What a row is known by: its id, or what it is called."""
    key = key_of(table)
    return (row[key],) if key else identity_of_row(table.name, row)


class Owners:
    """To whom the rows of a folder belong."""

    def __init__(self, folder: Path | None) -> None:
        self.by_id: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        same: dict[frozenset[str], frozenset[str]] = {}
        for table in tables():
            if table.name not in belonging() or not (key := key_of(table)):
                continue
            for _, row in folder_rows(table, folder):
                whose = self.of(table, row)
                self.by_id[table.name][row[key]] = same.setdefault(whose, whose)

    def of(self, table: Table, row: Record) -> frozenset[str]:
        """The associations that it belongs to, one as a rule; of a shared row none."""
        found = {row[ASSOCIATION]} if row.get(ASSOCIATION) else set()
        for column in references(table):
            if column.refers_to in belonging() and not column.is_list:
                found |= self.by_id[column.refers_to].get(row[column.name], NOBODYS)
        return frozenset(found)

    def touched(self, table: Table, row: Record) -> frozenset[str]:
        """Those, and the associations of all that it names in a list."""
        return self.of(table, row).union(
            *(
                self.by_id[str(column.refers_to)].get(item, NOBODYS)
                for column in references(table)
                if column.refers_to in belonging() and column.is_list
                for item in items_in(column, row)
            )
        )


class Ground:
    """What the editor of some associations may change of a folder: their rows, and of the shared
    ones those that nobody else's rows use."""

    def __init__(self, folder: Path | None, own: Collection[str]) -> None:
        self.own, self.owners = frozenset(own), Owners(folder)
        self.used: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
        for table in tables():
            for _, row in folder_rows(table, folder):
                self.used[self.is_own(table, row)] |= {*used_by(table, row)}

    def is_own(self, table: Table, row: Record) -> bool:
        whose = self.owners.of(table, row)
        return bool(whose) and whose <= self.own

    def is_of_others(self, table: Table, row: Record) -> bool:
        return not self.owners.of(table, row) <= self.own

    def may_change(self, table: Table, row: Record) -> bool:
        if self.owners.of(table, row):
            return self.is_own(table, row)
        one = (table.name, row.get(key_of(table) or "", ""))
        return one in self.used[True] and one not in self.used[False]


def used_by(table: Table, row: Record) -> Iterator[tuple[str, str]]:
    """The rows that a row refers to, by table and id."""
    for column in references(table):
        yield from ((str(column.refers_to), item) for item in items_in(column, row) if item)


@dataclass(frozen=True)
class Differing:
    """The rows of a table that are in one folder only, with their numbers there."""

    removed: list[tuple[int, dict[str, str]]]
    added: list[tuple[int, dict[str, str]]]


def differing(table: Table, before: Path | None, after: Path) -> Differing:
    """By what is written in them, whatever their order. No rows are kept but those."""
    sides = []
    for there, here in ((after, before), (before, after)):
        left = Counter(hash(tuple(row.values())) for _, row in folder_rows(table, there))
        only = []
        for number, row in folder_rows(table, here):
            left[found := hash(tuple(row.values()))] -= 1
            if left[found] < 0:
                only.append((number, row))
        sides.append(only)
    return Differing(*sides)


def trespasses(
    ground: Ground,
    before: Path | None,
    after: Path,
    uploaded: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> list[Finding]:
    """What the editor of some associations would write of others', from the folder `before`, which
    `ground` is of, to the folder `after`.

    `uploaded` has the numbers of the rows that came in: those that are others' are told though they
    are as they were, so that nobody thinks that they count.
    """
    now = Owners(after)
    return first_findings(
        finding
        for table in tables()
        for finding in trespasses_in(table, before, after, ground, now, uploaded)
    )


def trespasses_in(
    table: Table,
    before: Path | None,
    after: Path,
    ground: Ground,
    now: Owners,
    uploaded: Mapping[str, Collection[int]],
) -> Iterator[Finding]:
    found, came = differing(table, before, after), uploaded.get(table.name, ())
    added = {number: row for number, row in found.added}
    added |= {number: row for number, row in folder_rows(table, after) if number in came}
    others = {number: now.touched(table, row) - ground.own for number, row in added.items()}
    place = {known_by(table, row): number for number, row in found.added}
    for _, row in found.removed:
        if not ground.may_change(table, row):
            number = place.get(known_by(table, row))
            whose = ground.owners.of(table, row) - ground.own
            if whose and number is not None:
                others[number] = whose
            elif whose:
                yield of_other(table, None, row, whose)
            else:
                title = row.get(TITLE.get(table.name, ""), "") or " ".join(known_by(table, row))
                yield Finding("used_by_others", table.file, number, None, title)
    for number, whose in others.items():
        if whose:
            yield of_other(table, number, added[number], whose)


def of_other(table: Table, number: int | None, row: Record, whose: Collection[str]) -> Finding:
    column = ASSOCIATION if row.get(ASSOCIATION) in whose else None
    return Finding("of_other_association", table.file, number, column, ", ".join(sorted(whose)))


# Folders made of others


def write_own(folder: Path, into: Path, own: Collection[str]) -> None:
    """The folder without all that is not of these associations. Of what is shared, word lists stay
    whole, of other rows those that theirs lead to; and what is noted of one, which the public
    doesn't see, only where their rows use it."""
    ground = Ground(folder, own)
    led_to = connected_rows(folder, ground)
    for table in tables():
        if not former.is_absent(table, folder) or former.rows_then(table, folder):
            kept = (
                row_alone(table, row, ground)
                for _, row in folder_rows(table, folder)
                if ground.is_own(table, row)
                or (
                    not ground.is_of_others(table, row)
                    and (table.name in word_lists() or not led_to.isdisjoint(ties(table, row)[0]))
                )
            )
            write_records(table, kept, into)


@cache
def word_lists() -> frozenset[str]:
    """The tables whose rows are words, in both languages."""
    return frozenset(
        table.name for table in tables() if any(c.name.endswith("_nb") for c in table.columns)
    )


def ties(table: Table, row: Record) -> tuple[RowNames, RowNames]:
    """What leads to a shared row, and what that leads to, but for words: what has an id, to what it
    refers to, as an office to its head and not the head to all of its offices; what has none, from
    each that it names to the others."""
    key = key_of(table)
    named = {(name, id) for name, id in used_by(table, row) if name not in word_lists()}
    return ({(table.name, row[key])} if key else named), named


def connected_rows(folder: Path, ground: Ground) -> RowNames:
    """The shared rows that one's own lead to, over whatever many: a partner, what it was called
    before, and the head that it is an office of."""
    shared = [
        ties(table, row)
        for table in tables()
        if table.name not in word_lists()
        for _, row in folder_rows(table, folder)
        if not ground.owners.of(table, row)
    ]
    found, size = set(ground.used[True]), -1
    while size < len(found):
        size = len(found)
        found.update(*(named for by, named in shared if not found.isdisjoint(by)))
    return found


def row_alone(table: Table, row: dict[str, str], ground: Ground) -> dict[str, str]:
    """It, naming nothing that is another's."""
    if not ground.is_own(table, row):
        is_used = (table.name, row.get(key_of(table) or "", "")) in ground.used[True]
        return row if is_used or "note" not in row else row | {"note": ""}
    by_id = ground.owners.by_id
    for column in references(table):
        if column.refers_to in belonging() and column.is_list:
            items = items_in(column, row)
            kept = [i for i in items if by_id[column.refers_to].get(i, NOBODYS) <= ground.own]
            row = row | {column.name: "|".join(kept)}
    return row


def write_records(table: Table, rows: Iterator[Record], into: Path) -> None:
    with (into / table.file).open("w", encoding="utf-8", newline="") as file:
        names = [column.name for column in table.columns]
        lines = csv.DictWriter(file, names, lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def has_changed(before: Path, after: Path, own: Collection[str]) -> bool:
    """Whether any row of these associations differs between two folders."""
    grounds = Owners(before), Owners(after)
    return any(
        not whose.of(table, row).isdisjoint(own)
        for table in tables()
        if table.name in belonging()
        for found in [differing(table, before, after)]
        for whose, rows in zip(grounds, (found.removed, found.added), strict=True)
        for _, row in rows
    )


def rebase(mine: Path, parent: Path, now: Path, into: Path, own: Collection[str]) -> bool:
    """Write what `mine` changes in `parent` upon `now`, where others have written meanwhile; and
    whether that can be: not where the same rows have changed, or any of one's own."""
    if has_changed(parent, now, own):
        return False
    return all(rebase_table(table, mine, parent, now, into) for table in tables())


def rebase_table(table: Table, mine: Path, parent: Path, now: Path, into: Path) -> bool:
    if former.is_absent(table, mine) and former.is_absent(table, now):
        return True
    change = differing(table, parent, mine)
    gone = {known_by(table, row): row for _, row in change.removed}
    new = {known_by(table, row): row for _, row in change.added}
    is_right = len(gone) == len(change.removed) and len(new) == len(change.added)

    def rows() -> Iterator[Record]:
        nonlocal is_right
        for _, row in folder_rows(table, now):
            name = known_by(table, row)
            was, becomes = gone.pop(name, None), new.pop(name, None)
            is_right &= row in (was, becomes) or (was is None and becomes is None)
            if becomes or was is None:
                yield becomes or row
        is_right &= not gone
        yield from new.values()

    write_records(table, rows(), into)
    return is_right


def take_back(then: Path, now: Path, into: Path, own: Collection[str]) -> None:
    """Write the folder `now` with the rows of these associations as they were `then`. What is
    shared stays as it is; what those rows need of it and is gone comes back."""
    before, after = Ground(then, own), Ground(now, own)
    needed = needed_again(then, now, before)
    for table in tables():
        if not (former.is_absent(table, then) and former.is_absent(table, now)):
            write_records(table, rows_as_then(table, then, now, before, after, needed), into)


def rows_as_then(
    table: Table,
    then: Path,
    now: Path,
    before: Ground,
    after: Ground,
    needed: Collection[tuple[str, str]],
) -> Iterator[Record]:
    was: dict[Called, deque[Record]] = defaultdict(deque)
    for _, row in folder_rows(table, then):
        name = known_by(table, row)
        if before.is_own(table, row) or (table.name, name[0]) in needed:
            was[name].append(row)
    for _, row in folder_rows(table, now):
        if not after.is_own(table, row):
            yield row
        elif earlier := was[known_by(table, row)]:
            yield earlier.popleft()
    yield from chain(*was.values())


def needed_again(then: Path, now: Path, before: Ground) -> set[tuple[str, str]]:
    """The shared rows that were there `then`, that the rows of one's own lead to, and that are
    there no longer."""
    shared: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for table in tables():
        if key := key_of(table):
            there = {row[key] for _, row in folder_rows(table, now)}
            for _, row in folder_rows(table, then):
                if row[key] not in there and not before.owners.of(table, row):
                    shared[table.name, row[key]] = {*used_by(table, row)}
    found: set[tuple[str, str]] = set()
    wanted = before.used[True] & shared.keys()
    while wanted:
        found |= wanted
        wanted = set().union(*(shared[one] for one in wanted)) & shared.keys() - found
    return found
