"""Which rows differ between two folders of the contract's files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from filecmp import cmp
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb

from queries.contract import Column, Table, tables, workbench
from ringvirkning import SHIPPED
from ringvirkning.intake import former, read, sql
from ringvirkning.intake.naming import IDENTITY, key_of
from ringvirkning.intake.sheets.vocabulary import codes_kind, table_named

# What the rows of a table that others refer to say of themselves: first what they are called.
SAYING = {
    "activities": ("title", "programme", "start_date"),
    "partnerships": ("title",),
    "partners": ("name",),
}
MOST_CHANGES = 1000  # rows of a table told of each kind; all are counted
ChangeKind = Literal["removed", "changed", "added"]
# Why a row differs from what was published before: a figure that came late, a new one, something
# corrected, something withdrawn.
Reason = Literal["late", "new", "corrected", "withdrawn"]


class Edit(NamedTuple):
    """A column of a changed row, as written before and after ("" is empty); `kind` is that of its
    codes, if it has any, for their words."""

    column: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that differs; `key` is its id, if it has one, `called` what it is called by column, and
    `names` what the ids in that are called, and what an activity says of its results."""

    kind: ChangeKind
    key: str
    called: Mapping[str, str]
    edits: tuple[Edit, ...] = ()
    why: Reason = "new"
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """Of a table in which any row differs: how many of each kind, and the first of them."""

    table: str
    counts: Mapping[ChangeKind, int]
    changes: tuple[Change, ...]


def differences(
    before: Path | None, after: Path, shown: int = MOST_CHANGES, since: str = ""
) -> list[Difference]:
    """The tables that differ between two folders that the contract allows, and how. Where
    nothing was published before, measures and types are held against the shipped ones.

    What is new in `after` is late if it was known to have happened before the day `since`
    (ISO 8601), where one is given.

    A row is the same by its id, a target by association, programme, measure and period. Blanks
    around a text and the way a number is written are no difference, nor is the order of rows.
    """
    meet, pair, tell = duckdb.extract_statements(sql("changes"))
    found = []
    with workbench() as connection:
        read.suit(connection, after)
        connection.execute("create schema given")
        for table in tables():
            was = before or (SHIPPED if table.name in former.SHIPPED_TABLES else None)
            if was and is_same(table, was, after):
                continue
            load_sides(connection, table, was, after, "seen", "called, digest")
            connection.execute(meet)
            load_sides(connection, table, was, after, "rows", "*", DIFFERING)
            connection.execute(pair)
            if told := connection.execute(tell, {"shown": shown}).fetchall():
                counts: dict[ChangeKind, int] = {kind: count for kind, count, *_ in told}
                changed = tuple(change_of_row(table, kind, *sides) for kind, _, *sides in told)
                found.append(Difference(table.name, counts, changed))
        ids = ids_in(found)
        called = {name: rows_called(connection, name, ids[name], before, after) for name in ids}
    begun = {c.key for d in found if d.table == "activities" for c in d.changes if is_new(c, since)}
    return [
        replace(
            d,
            changes=tuple(
                replace(
                    c,
                    why=reason(c, since, begun),
                    names=names_in(d.table, c, called),
                    edits=tuple(named_edit(d.table, edit, called) for edit in c.edits),
                )
                for c in d.changes
            ),
        )
        for d in found
    ]


def referring(table: str) -> dict[str, str]:
    """The tables that the ids are of by which the rows of a table are called, by column."""
    columns = {column.name: column.refers_to for column in table_named(table).columns}
    referred = {name: columns[name] for name in IDENTITY[table]}
    return {name: of for name, of in referred.items() if of and of in SAYING}


def holding_ids(table: str) -> dict[str, str]:
    """The columns of a table that hold ids of rows that have a name, each with their table."""
    columns = {column.name: column.refers_to or "" for column in table_named(table).columns}
    return {name: of for name, of in columns.items() if of in SAYING}


def named_edit(table: str, edit: Edit, called: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Edit:
    """With names for ids, unless both sides then were the same."""
    of = called.get(holding_ids(table).get(edit.column, ""), {})
    before, after = (
        ", ".join(of.get(one, (one,))[0] or one for one in ids_of(text))
        for text in (edit.before, edit.after)
    )
    return edit._replace(before=before, after=after) if of and before != after else edit


def ids_in(found: Sequence[Difference]) -> dict[str, list[str]]:
    """The ids by which rows are called, or that have changed in them, by the table that they are
    of."""
    ids: dict[str, dict[str, None]] = {}
    for difference in found:
        called, changing = referring(difference.table), holding_ids(difference.table)
        for change in difference.changes:
            for name, of in called.items():
                ids.setdefault(of, {}).update(dict.fromkeys(ids_of(change.called.get(name))))
            for edit in change.edits:
                if of := changing.get(edit.column, ""):
                    both = [*ids_of(edit.before), *ids_of(edit.after)]
                    ids.setdefault(of, {}).update(dict.fromkeys(both))
    return {of: [*some] for of, some in ids.items() if some}


def ids_of(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split("|") if one.strip()]


def rows_called(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    ids: Sequence[str],
    before: Path | None,
    after: Path,
) -> dict[str, tuple[str, ...]]:
    """What rows of a table say of themselves, by id: the columns of `SAYING`, as they are after or,
    if they are gone, as they were."""
    table, said = table_named(name), dict[str, tuple[str, ...]]()
    connection.execute("create or replace table given.wanted as select unnest($1) as id", [ids])
    for folder in filter(None, (before, after)):
        columns = ", ".join(f"""coalesce("raw {column}", '')""" for column in SAYING[name])
        given = (
            f'select trim("raw {key_of(table)}") as id, {columns} from written'
            f' semi join given.wanted on id = trim("raw {key_of(table)}")'
        )
        connection.execute(f"drop table if exists given.{name}")
        read.load_table(connection, table, folder / table.file, given)
        rows = connection.execute(f"from given.{name}").fetchall()
        said |= {row[0]: row[1:] for row in rows}
    return said


def names_in(
    table: str, change: Change, called: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, str]:
    names = {}
    for name, of in referring(table).items():
        ids = ids_of(change.called.get(name))
        if ids and of in called:
            names[name] = ", ".join(called[of].get(id_, (id_,))[0] for id_ in ids)
            if of == "activities" and (row := called[of].get(ids[0])):
                names |= {"programme": row[1], "year": row[2][:4]}
    return {name: text for name, text in names.items() if text}


def is_same(table: Table, before: Path, after: Path) -> bool:
    """Whether the file of a table is the same to the byte, or in neither folder."""
    was, now = (former.file_of(table, folder) for folder in (before, after))
    if was is None and now is None:
        return former.rows_then(table, before) == former.rows_then(table, after)
    return was == now or bool(was and now and cmp(was, now, shallow=False))


def is_new(change: Change, since: str) -> bool:
    """Whether a row was added of which nothing is known to have happened by then."""
    day = change.called.get("start_date") or change.called.get("year", "").split("/")[-1][:4]
    return change.kind == "added" and not (day and day[:10] < since[: len(day)])


def reason(change: Change, since: str, new_activities: set[str]) -> Reason:
    """Why a row differs. A result of an activity that was there before is late; so is what is
    filled in where nothing stood."""
    if change.kind == "removed":
        return "withdrawn"
    if change.kind == "changed":
        return "corrected" if any(edit.before for edit in change.edits) else "late"
    if activity := change.called.get("activity_id"):
        return "new" if activity in new_activities else "late"
    return "new" if is_new(change, since) else "late"


DIFFERING = " semi join given.differing using (called, digest)"


def load_sides(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    before: Path | None,
    after: Path,
    what: str,
    columns: str,
    only: str = "",
) -> None:
    """Fill given.before_<what> and given.after_<what>: of each row what it is called, its fields as
    written, what they mean, and a hash of that.

    The files are read once for the hashes of all rows and once for the rows that differ: a table
    of a million takes a quarter of the memory.
    """
    key = key_of(table)
    identity = [f'lower("raw {name}")' for name in IDENTITY[table.name]]
    called = f'"raw {key}"' if key else f"[{', '.join(identity)}]::varchar"
    fields = ", ".join(f'"raw {column.name}"' for column in table.columns)
    meanings = ", ".join(meaning(column) for column in table.columns)
    given = (
        f"select {columns} from (select {called} as called, [{fields}] as fields,"
        f" [{meanings}] as meanings, hash({fields}) as digest from written){only}"
    )
    for side, folder in (("after", after), ("before", before)):
        connection.execute(f"drop table if exists given.{side}_{what}")
        if folder:
            read.load_table(connection, table, folder / table.file, given)
            connection.execute(f"alter table given.{table.name} rename to {side}_{what}")
        else:
            connection.execute(
                f"create table given.before_{what} as from given.after_{what} limit 0"
            )


def meaning(column: Column) -> str:
    """A field as SQL that is the same for all ways to write the same."""
    field = f'"raw {column.name}"'
    if column.is_list:
        return f"list_transform(string_split({field}, '|'), lambda item: trim(item))::varchar"
    if column.type == "INTEGER" or column.type.startswith("DECIMAL"):
        return f"coalesce(try_cast({field} as {column.type})::varchar, {field})"
    return field


Fields = Sequence[str | None] | None


def change_of_row(
    table: Table,
    kind: ChangeKind,
    before: Fields,
    before_means: Fields,
    after: Fields,
    after_means: Fields,
) -> Change:
    names = [column.name for column in table.columns]
    shown = dict(zip(names, after or before or (), strict=True))
    called = {name: text for name in IDENTITY[table.name] if (text := shown[name])}
    edits: tuple[Edit, ...] = ()
    if before and before_means and after and after_means:
        edits = tuple(
            Edit(column.name, codes_kind(column), was or "", now or "")
            for column, was, now, was_meant, now_meant in zip(
                table.columns, before, after, before_means, after_means, strict=True
            )
            if was_meant != now_meant
        )
    return Change(kind, shown.get(key_of(table) or "") or "", called, edits)
