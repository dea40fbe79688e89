"""The tables of parts that were compiled by themselves, put together as one version's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path

import duckdb

import queries
from queries.contract import tables
from ringvirkning.finding import Finding
from ringvirkning.intake import publishing
from ringvirkning.intake.ownership import belonging
from ringvirkning.intake.parts.compiling import (
    FAILING,
    PEOPLE,
    PROTECTED,
    ROUNDED,
    by_the_same,
    failed,
    nobodys,
    quoted,
    worker_bench,
)
from ringvirkning.intake.parts.places import (
    Division,
    copy_there,
    done,
    made,
    near_folder,
    parts_made,
    stamp,
)
from ringvirkning.intake.protection import protect
from ringvirkning.texts.certainty import BASE

MERGED = "merged-"  # what is merged last, and what was so before, is called
# Of databases for which one thread of DuckDB's takes no longer than several.
FEW_BYTES = 2**26
# The tables that whose a row is, is known by, and which rows of others are of those `gone`.
KNOWN_BY = {"facets": "facet_id", "links": "link_id", "targets": "target_id"}
KNOWN_BY |= {"partnerships": "partnership_id"}
OWNED_BY = {"association": "from gone"} | {
    key: f"select {key} from p0.{table} semi join gone using (association)"
    for table, key in KNOWN_BY.items()
}
# How version.sql lays rows, where questions ask for their place.
ORDERED = {
    "activities": "begins_on, activity_id",
    "partnerships": "begins_on, partnership_id",
    "figures": "counts_on, activity_id, measure, measured_at, association, programme, link_id,"
    " first_day, last_day",
    "targets": "target_id",
    "context": "place",
    "work_streams": "place",
}
# What a part numbers by itself, and the type of that.
NUMBERED = {"facet_id": "integer", "link_id": "integer", "target_id": "bigint"}
FILLED_LAST = ("partnership_years", "work_streams")


def fill_people(given: duckdb.DuckDBPyConnection, into: str, count: int) -> None:
    """What counts people in so many parts, attached as p0 and so on, and whose it is."""
    for table in tables():
        others = range(1, count if nobodys(table) != "true" else 1)
        each = [f"from p{n}.{table.name} where not ({nobodys(table)})" for n in others]
        rows = " union all ".join([f"from p0.{table.name}", *each])
        given.execute(f"create table {into}.{table.name} as {rows}")
    each = [f"from p{n}.of_part" for n in range(count)]
    given.execute(f"create table {into}.of_part as {' union all '.join(each)}")


def merged_name(parts: Iterable[Division], rounding: str, base: str) -> str:
    return MERGED + stamp([*(part.stamp for part in parts), rounding, base])


@by_the_same
def merge_parts(
    work: str, parts: Sequence[Division], gone: Sequence[str], into: str, rounding: str, base: str
) -> list[Finding]:
    """Put the parts' tables of one edition together, unless that is done. The first may be what
    was merged before, without those of its parts that are gone."""

    def fill(given: duckdb.DuckDBPyConnection, folder: Path) -> None:
        rounded = made(f"{work}/{rounding}", ROUNDED, folder)
        given.execute(f"attach '{quoted(rounded)}' as other (read_only)")
        for name in ("rounded", "earlier", "margins"):
            given.execute(f"create table memory.{name} as from other.{name}")
        given.execute("detach other")
        more = protect.KEEP_CELLS
        if base == PROTECTED:
            given.execute(f"create or replace macro rounded_within() as {BASE - 1}")
            more = queries.text("protected") + protect.TELL_MARGINS
        publishing.compile_database(
            given, folder / base, more, lambda: fill_version(given, len(parts))
        )

    return put_together(work, into, parts, gone, base, fill)


def put_together(
    work: str,
    into: str,
    parts: Sequence[Division],
    gone: Sequence[str],
    base: str,
    fill: Callable[[duckdb.DuckDBPyConnection, Path], None],
) -> list[Finding]:
    """Make a database of these parts', attached as p0 and so on, unless that is done: `fill` writes
    it to a folder."""
    place = f"{work}/{into}"
    try:
        if done(place):
            return []
        with near_folder() as folder, worker_bench(folder / "spill") as given:
            is_merged_on = parts[0].stamp.startswith(MERGED)
            attach_parts(given, work, parts, base, folder, is_merged_on)
            first, *others = [parts_made(f"{work}/{part.stamp}") for part in parts]
            whole = [*(of for of in first if of.name not in gone), *chain(*others)]
            whole.sort(key=lambda of: of.name)
            if is_merged_on:
                take_out(given, [a for of in first if of.name in gone for a in of.associations])
            if base != PEOPLE and (found := [*shared_by(whole), *clashes(given, parts)]):
                return found
            number_parts(given, whole)
            fill(given, folder)
            copy_there(folder, place, (base,), whole)
    except FAILING as error:
        return [failed(Division(", ".join(part.name for part in parts), ""), error)]
    return []


def number_parts(given: duckdb.DuckDBPyConnection, parts: Sequence[Division]) -> None:
    """A table of the associations of each part, by its place among them."""
    of = [(name, number) for number, part in enumerate(parts) for name in part.associations]
    given.execute(
        "create temp table part_numbers as"
        " select unnest($1::varchar[]) as association, unnest($2::integer[]) as number",
        [[name for name, _ in of], [number for _, number in of]],
    )


def group_name(parts: Sequence[Division], base: str) -> str:
    return "group-" + stamp([*(part.stamp for part in parts), base])


@by_the_same
def merge_group(work: str, parts: Sequence[Division], base: str) -> list[Finding]:
    """Put the tables of some parts together as one part's, unless that is done."""

    def fill(given: duckdb.DuckDBPyConnection, folder: Path) -> None:
        publishing.attach_new(given, folder / base)
        if base == PEOPLE:
            fill_people(given, "version", len(parts))
        else:
            fill_version(given, len(parts), is_last=False)
        given.execute("commit; detach version")

    return put_together(work, group_name(parts, base), parts, [], base, fill)


def attach_parts(
    given: duckdb.DuckDBPyConnection,
    work: str,
    parts: Sequence[Division],
    base: str,
    folder: Path,
    is_to_change: bool = False,
) -> None:
    """Attach what was made of each part as p0, p1 and so on, the first so that our copy of it can
    be changed, if it is to."""
    size = 0
    for number, part in enumerate(parts):
        place = folder / str(number)
        place.mkdir()
        path = made(f"{work}/{part.stamp}", base, place)
        size += path.stat().st_size
        way = "" if is_to_change and not number else " (read_only)"
        given.execute(f"attach '{quoted(path)}' as p{number}{way}")
    if size < FEW_BYTES:
        given.execute("set threads = 1")


def shared_by(parts: Sequence[Division]) -> Iterator[Finding]:
    """An association that two parts have."""
    first: dict[str, str] = {}
    for part in parts:
        for name in part.associations:
            if name in first:
                yield Finding("part_repeats", part.name, None, None, name, first[name])
            first.setdefault(name, part.name)


def clashes(given: duckdb.DuckDBPyConnection, parts: Sequence[Division]) -> Iterator[Finding]:
    """An id that two parts have."""
    for table in tables():
        key = next((c.name for c in table.columns if c.is_key), None)
        if table.name not in belonging() or not key:
            continue
        each = " union all ".join(
            f"select {number} as part, {key} as id from p{number}.{table.name}"
            + (" where association is not null" if nobodys(table) != "false" else "")
            for number in range(len(parts))
        )
        twice = given.execute(
            f"select id, min(part), max(part) from ({each}) group by id having count(*) > 1"
            " order by id limit 20"
        )
        for value, one, other in twice.fetchall():
            files = [f"{parts[number].name}/{table.file}" for number in (one, other)]
            yield Finding("part_repeats", files[1], None, key, value, files[0])


def columns_of(given: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """The columns of each table, in their order."""
    columns: dict[str, list[str]] = {}
    for table, column in given.execute(
        "select table_name, column_name from duckdb_columns() where database_name = $1"
        " order by table_oid, column_index",
        [database],
    ).fetchall():
        columns.setdefault(table, []).append(column)
    return columns


def take_out(given: duckdb.DuckDBPyConnection, associations: Sequence[str]) -> None:
    """Leave out of the first database, our copy of what was merged before, all rows of some
    associations, and what is of the whole."""
    given.execute(
        "create temp table gone as select unnest($1::varchar[]) as association", [associations]
    )
    given.execute("begin; delete from p0.margins")
    columns = columns_of(given, "p0")
    # Those that others are known by come last.
    for table in sorted(columns, key=KNOWN_BY.__contains__):
        column = next((column for column in OWNED_BY if column in columns[table]), None)
        if column:
            given.execute(f"delete from p0.{table} where {column} in ({OWNED_BY[column]})")
    given.execute("commit")


def fill_version(given: duckdb.DuckDBPyConnection, count: int, *, is_last: bool = True) -> None:
    """The tables of a version from those of its parts: what is no association's once, numbers that
    a part has given by itself made those of all. Rows are laid in order where nothing is put
    together further."""
    given.execute(queries.statements(queries.text("version"))[0])  # the type that macros need
    above = {column: number_anew(given, column, count) for column in NUMBERED}
    # What was merged before has tables besides that are made of all, so the last part is asked.
    columns = columns_of(given, f"p{count - 1}")
    # Some know the place or the association of their agreement.
    for table in sorted(columns, key=FILLED_LAST.__contains__):
        fill_table(given, table, columns[table], above, count, is_last)


def numbers_of(column: str) -> str:
    return column.replace("_id", "_numbers")


def number_anew(given: duckdb.DuckDBPyConnection, column: str, count: int) -> list[int]:
    """How many ids the parts before each have given. With these added, a table has the number of
    each: by association and, within one, as its part has them, whatever was merged before."""
    table = column.replace("_id", "s")
    each = " union all ".join(
        f"select {n} as part, coalesce(max({column}), 0) as most from p{n}.{table}"
        for n in range(count)
    )
    found = given.execute(f"select most from ({each}) order by part").fetchall()
    above = [0, *accumulate(most for (most,) in found)]
    rows = " union all ".join(
        f"select association, {column} + {above[n]} as id from p{n}.{table}" for n in range(count)
    )
    given.execute(
        f"create temp table {numbers_of(column)} as select id, (row_number() over"
        f" (order by association, id))::{NUMBERED[column]} as number from ({rows})"
    )
    return above


def fill_table(
    given: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    above: Mapping[str, Sequence[int]],
    count: int,
    is_last: bool,
) -> None:
    of_contract = {t.name: t for t in tables()}
    is_mixed = table in of_contract and nobodys(of_contract[table]) == "association is null"
    if OWNED_BY.keys().isdisjoint(columns):
        given.execute(f"create table version.{table} as from p0.{table}")
        return

    def of_part(n: int) -> str:
        numbers = ", ".join(f"{column} + {above[column][n]} as {column}" for column in numbered)
        replaced = f" replace ({numbers})" if numbers else ""
        others = " where association is not null" if is_mixed and n else ""
        return f"select *{replaced} from p{n}.{table}{others}"

    numbered = [column for column in above if column in columns]
    order = ORDERED.get(table, "") if is_last else ""
    again = [f"{numbers_of(column)}.number as {column}" for column in numbered]
    if table == "partnership_years":
        order = "all"
        again.append(
            "(select p.rowid from version.partnerships as p"
            " where p.partnership_id = r.partnership_id) as place"
        )
    elif table == "context":
        again.append(
            "row_number() over (order by (select number from part_numbers as n"
            " where n.association = r.association) nulls first, place) - 1 as place"
        )
    elif table == "work_streams":
        again.append(
            "row_number() over (order by (select number from part_numbers"
            " join version.partnerships as p using (association)"
            " where p.partnership_id = r.partnership_id), place) - 1 as place"
        )
    joined = [f" left join {numbers_of(c)} on {numbers_of(c)}.id = r.{c}" for c in numbered]
    given.execute(
        f"create table version.{table} as select r.*"
        + (f" replace ({', '.join(again)})" if again else "")
        + f" from ({' union all '.join(map(of_part, range(count)))}) as r{''.join(joined)}"
        + (f" order by {order}" if order else "")
    )
