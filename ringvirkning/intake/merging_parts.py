"""Parts that were compiled by themselves (`intake.parts`) as one version: their counts of people
rounded over all of them, their tables put together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import duckdb

import queries
from queries.contract import tables
from ringvirkning.child import Progress
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import prebuilt, protect, publishing
from ringvirkning.intake.ownership import belonging
from ringvirkning.intake.parts import (
    EXACT,
    FAILING,
    PEOPLE,
    PROTECTED,
    ROUNDED,
    ROUNDED_TABLES,
    SHARED,
    Division,
    by_the_same,
    compile_part,
    copy_there,
    done,
    done_in,
    failed,
    gather,
    keep_used,
    made,
    made_by,
    near_folder,
    nobodys,
    parts_in,
    parts_made,
    protect_part,
    quoted,
    stamp,
    sweep_work,
    used_for,
    worker_bench,
)
from ringvirkning.intake.prebuilt import Built
from ringvirkning.store import keys, storage, versions
from ringvirkning.texts.certainty import BASE

# A statement over many databases takes long to plan: more parts are merged in groups.
MOST_AT_ONCE = 16
MERGED = "merged-"  # what is merged last, and what was so before, is called
# Of databases for which one thread of DuckDB's takes no longer than several.
FEW_BYTES = 2**26
# Does a task for each of several, wherever there is room; what each answers, in their order.
Each = Callable[[Callable[..., list[Finding]], Sequence[tuple[Any, ...]]], list[list[Finding]]]
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


def two_at_a_time(
    task: Callable[..., list[Finding]], asked: Sequence[tuple[Any, ...]]
) -> list[list[Finding]]:
    """On this machine, in this process: two at a time, since most of it is DuckDB's, which uses
    one core for small parts."""
    with ThreadPoolExecutor(2) as pool:
        return [*pool.map(lambda values: task(*values), asked)]


def publish_parts(
    place: str,
    work: str,
    var: Path,
    each: Each = two_at_a_time,
    *,
    who: str | None = None,
    note: str | None = None,
    confirmed: str | None = None,
    progress: Progress = lambda stage, part: None,
) -> list[Finding]:
    """Make the parts of a place the current version, as `publish` does with a folder of all their
    rows; what is made on the way lies in `work`. A part with something to fix keeps all back."""
    try:
        return published_parts(place, work, var, each, who, note, confirmed, progress)
    except FAILING as error:
        return [storage.finding(error, var) or failed(Division(place, ""), error)]


def published_parts(
    place: str,
    work: str,
    var: Path,
    each: Each,
    who: str | None,
    note: str | None,
    confirmed: str | None,
    progress: Progress,
) -> list[Finding]:
    parts, newest = parts_in(place), versions.current(var)
    if not parts:
        return [Finding("no_parts", place)]
    progress("reading", 0)
    tasks = Tasks(work, f"{place} {var.absolute()}", each)
    found = tasks.done(compile_part, {part.stamp: (place, work, part) for part in parts})
    if must_fix(found):
        return found
    with near_folder() as folder:
        files = folder / "files"
        if found := gather(place, [SHARED, *(part.name for part in parts)], files):
            return found
        with versions.alone(var):
            key, before = keys.secret(var), publishing.exact_before(newest, var)
        progress("protecting", 0)
        found, people = tasks.in_groups({PEOPLE: parts})
        if found:
            return found
        rounding, own, told = rounded_over_all(work, people[PEOPLE], folder, key, *before)
        protected = [
            replace(part, stamp=f"{part.stamp}-{stamp([str(own.get(part.stamp))])}")
            for part in parts
        ]
        to_protect = {
            into.stamp: (work, part, rounding, into.stamp)
            for part, into in zip(parts, protected, strict=True)
        }
        tasks.used.add(rounding)
        if found := tasks.done(protect_part, to_protect):
            return found
        progress("compiling", 0)
        of = {EXACT: parts, PROTECTED: protected}
        merged = {base: tasks.merged_before(base, each) for base, each in of.items()}
        found, groups = tasks.in_groups({base: last.changed for base, last in merged.items()})
        if found:
            return found
        merges = {
            merged_name(of[base], rounding, base): (
                work,
                [*last.there, *groups[base]],
                last.gone,
                merged_name(of[base], rounding, base),
                rounding,
                base,
            )
            for base, last in merged.items()
        }
        if found := tasks.done(merge_parts, merges):
            return found
        building = folder / "building"
        building.mkdir()
        for name, (*_, base) in merges.items():
            made(f"{work}/{name}", base, building)
        source = versions.source_hash(files)
        prebuilt.keep_built(
            building, files, Built(prebuilt.made_of(source, key, *before), tuple(told))
        )
        progress("compiling", 1)
        found = publishing.publish(
            files,
            var,
            who=who,
            note=note,
            confirmed=confirmed,
            parent=newest.name if newest else "",
        )
        if not must_fix(found):
            keep_used(work, tasks.by, tasks.used)
            sweep_work(work)
        return found


def once(found: Iterable[list[Finding]]) -> list[Finding]:
    """What several found, each once."""
    return list(dict.fromkeys(chain(*found)))


@dataclass
class Tasks:
    """What is made in a work place for one publication, called `by`, wherever there is room; what
    is `used` so far, by its name."""

    work: str
    by: str
    each: Each
    used: set[str] = field(default_factory=set)

    def done(
        self, task: Callable[..., list[Finding]], asked: Mapping[str, tuple[Any, ...]]
    ) -> list[Finding]:
        """Have made what is not there, each by its name, of what the task is asked."""
        self.used.update(asked)
        keep_used(self.work, self.by, self.used, more=True)
        there = done_in(self.work)
        missing = [(made_by(), *values) for name, values in asked.items() if name not in there]
        return once(self.each(task, missing))

    def merged_before(self, base: str, parts: Sequence[Division]) -> "MergedBefore":
        """What was merged of one edition for the publication before, where that has parts that are
        as they are now; of several what has most."""
        best = MergedBefore(parts)
        for name in sorted(used_for(self.work, self.by) & done_in(self.work)):
            if name.startswith(MERGED) and base in done(f"{self.work}/{name}"):
                best = min(
                    best,
                    MergedBefore.of(name, parts_made(f"{self.work}/{name}"), parts),
                    key=lambda merged: len(merged.changed),
                )
        return best

    def in_groups(
        self, parts: Mapping[str, Sequence[Division]]
    ) -> tuple[list[Finding], Mapping[str, Sequence[Division]]]:
        """Parts put together until there are few, for each edition of them: what is found against
        that, and the groups."""
        while many := [base for base, of in parts.items() if len(of) > MOST_AT_ONCE]:
            spans = {
                base: [
                    parts[base][at : at + MOST_AT_ONCE]
                    for at in range(0, len(parts[base]), MOST_AT_ONCE)
                ]
                for base in many
            }
            asked = {
                group_name(span, base): (self.work, span, base)
                for base, each in spans.items()
                for span in each
            }
            if found := self.done(merge_group, asked):
                return found, parts
            groups = {
                base: [Division(span_name(span), group_name(span, base)) for span in each]
                for base, each in spans.items()
            }
            parts = {**parts, **groups}
        return [], parts


@dataclass(frozen=True)
class MergedBefore:
    """The parts that what was merged before lacks as they are now; that by itself, if it is there;
    and the names of those of its parts that are gone."""

    changed: Sequence[Division]
    there: Sequence[Division] = ()
    gone: Sequence[str] = ()

    @classmethod
    def of(cls, name: str, before: Sequence[Division], parts: Sequence[Division]) -> "MergedBefore":
        had = {part.stamp for part in before}
        # One is taken anew at least: its tables are those that are merged.
        changed = [part for part in parts if part.stamp not in had] or parts[:1]
        kept = {part.stamp for part in parts}.difference(part.stamp for part in changed)
        if not kept:
            return cls(parts)
        gone = [part.name for part in before if part.stamp not in kept]
        left = [part for part in before if part.stamp in kept]
        return cls(changed, [Division(span_name(left), name)], gone)


def span_name(parts: Sequence[Division]) -> str:
    names = [part.name for part in parts]
    return " – ".join(dict.fromkeys((min(names), max(names))))


def rounded_over_all(
    work: str,
    parts: Sequence[Division],
    folder: Path,
    key: bytes,
    before: Path | None,
    since: Sequence[Path],
) -> tuple[str, dict[str, int], list[Finding]]:
    """Round the counts of all parts, as of one folder, out of what was made of them: where that
    lies, what tells whether a part has another of it, and what the publisher is told."""
    with worker_bench(folder / "spill") as given:
        attach_parts(given, work, parts, PEOPLE, folder)
        given.execute("create schema given")
        fill_people(given, "given", len(parts))
        told = protect.protect(given, key, before, since=since)
        own = dict(given.execute(OF_EACH).fetchall())
        given.execute(f"attach '{quoted(folder / ROUNDED)}' as other")
        said = [part.stamp for part in parts]
        for name in (*ROUNDED_TABLES, "earlier", "margins"):
            given.execute(f"create table other.{name} as from {name}")
            said += map(str, given.execute(f"select sum(hash(t)) from {name} as t").fetchall())
        given.execute("detach other")
    where = f"rounded-{stamp(said)}"
    if not done(f"{work}/{where}"):
        copy_there(folder, f"{work}/{where}", (ROUNDED,))
    return where, own, told


def fill_people(given: duckdb.DuckDBPyConnection, into: str, count: int) -> None:
    """What counts people in so many parts, attached as p0 and so on, and whose it is."""
    for table in tables():
        others = range(1, count if nobodys(table) != "true" else 1)
        each = [f"from p{n}.{table.name} where not ({nobodys(table)})" for n in others]
        rows = " union all ".join([f"from p0.{table.name}", *each])
        given.execute(f"create table {into}.{table.name} as {rows}")
    each = [f"from p{n}.of_part" for n in range(count)]
    given.execute(f"create table {into}.of_part as {' union all '.join(each)}")


# What a part has of the roundings.
OF_EACH = """
select part, sum(hash(id, said)) from given.of_part join (
    select record_id as id, concat_ws(' ', field, rounded) as said
    from cells join rounded using (cell)
    union all select outcome_id, 'told in parts' from told_in_parts
    union all select activity_id, 'open to all' from open_to_all
) using (id)
group by part
"""


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
