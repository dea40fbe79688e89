"""Parts that were compiled by themselves (`intake.parts`) as one version: their counts of people
rounded over all of them, their tables put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import duckdb

import queries
from queries.contract import tables, workbench
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
    protect_part,
    quoted,
    stamp,
    sweep_work,
)
from ringvirkning.intake.prebuilt import Built
from ringvirkning.store import keys, storage, versions
from ringvirkning.texts.certainty import BASE

# A statement over many databases takes long to plan: more parts are merged in groups, of which only
# that of a part that has changed is merged again.
MOST_AT_ONCE = 16
# Of databases for which one thread of DuckDB's takes no longer than several.
FEW_BYTES = 2**26
# Does a task for each of several, wherever there is room; what each answers, in their order.
Each = Callable[[Callable[..., list[Finding]], Sequence[tuple[Any, ...]]], list[list[Finding]]]
# What tells that a row of a version is an association's.
OWNED_BY = {"association", "facet_id", "link_id", "target_id", "partnership_id"}
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
        names: Sequence[str] = [part.name for part in parts]
        exact = [part.stamp for part in parts]
        found, _, people = tasks.in_groups(names, {PEOPLE: exact})
        if found:
            return found
        rounding, own, told = rounded_over_all(work, people[PEOPLE], folder, key, *before)
        protected = [f"{part.stamp}-{stamp([str(own.get(part.stamp))])}" for part in parts]
        to_protect = {
            into: (work, part, rounding, into) for part, into in zip(parts, protected, strict=True)
        }
        tasks.used.add(rounding)
        if found := tasks.done(protect_part, to_protect):
            return found
        progress("compiling", 0)
        found, names, made_of = tasks.in_groups(names, {EXACT: exact, PROTECTED: protected})
        if found:
            return found
        merges = {
            merged_name(stamps, rounding, base): (work, names, stamps, rounding, base)
            for base, stamps in made_of.items()
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

    def in_groups(
        self, names: Sequence[str], stamps: Mapping[str, Sequence[str]]
    ) -> tuple[list[Finding], Sequence[str], Mapping[str, Sequence[str]]]:
        """Parts put together until there are few, for each edition of their stamps: what is found
        against that, what each is called, and the stamps of each."""
        while len(names) > MOST_AT_ONCE:
            spans = [slice(at, at + MOST_AT_ONCE) for at in range(0, len(names), MOST_AT_ONCE)]
            asked = {
                group_name(of[span], base): (self.work, names[span], of[span], base)
                for base, of in stamps.items()
                for span in spans
            }
            if found := self.done(merge_group, asked):
                return found, names, stamps
            stamps = {
                base: [group_name(of[span], base) for span in spans] for base, of in stamps.items()
            }
            names = [f"{names[span][0]} – {names[span][-1]}" for span in spans]
        return [], names, stamps


def rounded_over_all(
    work: str,
    stamps: Sequence[str],
    folder: Path,
    key: bytes,
    before: Path | None,
    since: Sequence[Path],
) -> tuple[str, dict[str, int], list[Finding]]:
    """Round the counts of all parts, as of one folder, out of what was made of them: where that
    lies, what tells whether a part has another of it, and what the publisher is told."""
    with workbench(folder / "spill") as given:
        attach_parts(given, work, stamps, PEOPLE, folder)
        given.execute("create schema given")
        fill_people(given, "given", len(stamps))
        told = protect.protect(given, key, before, since=since)
        own = dict(given.execute(OF_EACH).fetchall())
        given.execute(f"attach '{quoted(folder / ROUNDED)}' as other")
        said = [*stamps]
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


def merged_name(stamps: Sequence[str], rounding: str, base: str) -> str:
    return "merged-" + stamp([*stamps, rounding, base])


@by_the_same
def merge_parts(
    work: str, names: Sequence[str], stamps: Sequence[str], rounding: str, base: str
) -> list[Finding]:
    """Put the parts' tables of one edition together, unless that is done."""

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
            given, folder / base, more, lambda: fill_version(given, len(stamps))
        )

    return put_together(work, merged_name(stamps, rounding, base), names, stamps, base, fill)


def put_together(
    work: str,
    into: str,
    names: Sequence[str],
    stamps: Sequence[str],
    base: str,
    fill: Callable[[duckdb.DuckDBPyConnection, Path], None],
) -> list[Finding]:
    """Make a database of these parts', attached as p0 and so on, unless that is done: `fill` writes
    it to a folder."""
    place = f"{work}/{into}"
    try:
        if done(place):
            return []
        with near_folder() as folder, workbench(folder / "spill") as given:
            if attach_parts(given, work, stamps, base, folder) < FEW_BYTES:
                given.execute("set threads = 1")
            if base != PEOPLE and (found := clashes(given, names)):
                return found
            fill(given, folder)
            copy_there(folder, place, (base,))
    except FAILING as error:
        return [failed(Division(", ".join(names), ""), error)]
    return []


def group_name(stamps: Sequence[str], base: str) -> str:
    return "group-" + stamp([*stamps, base])


@by_the_same
def merge_group(work: str, names: Sequence[str], stamps: Sequence[str], base: str) -> list[Finding]:
    """Put the tables of some parts together as one part's, unless that is done."""

    def fill(given: duckdb.DuckDBPyConnection, folder: Path) -> None:
        publishing.attach_new(given, folder / base)
        if base == PEOPLE:
            fill_people(given, "version", len(stamps))
        else:
            fill_version(given, len(stamps), is_last=False)
        given.execute("commit; detach version")

    return put_together(work, group_name(stamps, base), names, stamps, base, fill)


def attach_parts(
    given: duckdb.DuckDBPyConnection, work: str, stamps: Sequence[str], base: str, folder: Path
) -> int:
    """Attach what was made of each part as p0, p1 and so on; of how many bytes all are."""
    size = 0
    for number, made_of in enumerate(stamps):
        place = folder / str(number)
        place.mkdir()
        path = made(f"{work}/{made_of}", base, place)
        size += path.stat().st_size
        given.execute(f"attach '{quoted(path)}' as p{number} (read_only)")
    return size


def clashes(given: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[Finding]:
    """What two parts have that only one may: an id, an association."""
    found = []
    for table in tables():
        key = next((c.name for c in table.columns if c.is_key), None)
        if table.name not in belonging() or not key:
            continue
        each = " union all ".join(
            f"select {number} as part, {key} as id from p{number}.{table.name}"
            + (" where association is not null" if nobodys(table) != "false" else "")
            for number in range(len(names))
        )
        twice = given.execute(
            f"select id, min(part), max(part) from ({each}) group by id having count(*) > 1"
            " order by id limit 20"
        )
        for value, one, other in twice.fetchall():
            files = [f"{names[number]}/{table.file}" for number in (one, other)]
            found.append(Finding("part_repeats", files[1], None, key, value, files[0]))
    each = " union all ".join(
        f"select distinct {number} as part, association from p{number}.facets"
        for number in range(len(names))
    )
    shared = given.execute(
        f"select association, min(part), max(part) from ({each}) group by association"
        " having count(*) > 1 order by association"
    )
    for value, one, other in shared.fetchall():
        found.append(Finding("part_repeats", names[other], None, None, value, names[one]))
    return found


def fill_version(given: duckdb.DuckDBPyConnection, count: int, *, is_last: bool = True) -> None:
    """The tables of a version from those of its parts: what is no association's once, numbers that
    a part has given by itself made those of all. Rows are laid in order where nothing is put
    together further."""
    given.execute(queries.statements(queries.text("version"))[0])  # the type that macros need
    above = {
        f"{kind}_id": numbers_above(given, kind, count) for kind in ("facet", "link", "target")
    }
    each = " union all ".join(
        f"select association, target_id + {above['target_id'][n]} as id from p{n}.targets"
        for n in range(count)
    )
    given.execute(
        "create temp table target_numbers as select id, row_number() over"
        f" (order by association, id) as number from ({each})"
    )
    columns: dict[str, list[str]] = {}
    for table, column in given.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'p0'"
        " order by table_oid, column_index"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    # Years in force know the place of their agreement.
    for table in sorted(columns, key="partnership_years".__eq__):
        fill_table(given, table, columns[table], above, count, is_last)


def numbers_above(given: duckdb.DuckDBPyConnection, kind: str, count: int) -> list[int]:
    """How many ids the parts before each have given."""
    each = " union all ".join(
        f"select {n} as part, coalesce(max({kind}_id), 0) as most from p{n}.{kind}s"
        for n in range(count)
    )
    found = given.execute(f"select most from ({each}) order by part").fetchall()
    return [0, *accumulate(most for (most,) in found)]


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
    if OWNED_BY.isdisjoint(columns):
        given.execute(f"create table version.{table} as from p0.{table}")
        return

    def of_part(n: int) -> str:
        numbers = ", ".join(
            f"({column} + {of_parts[n]})::{'bigint' if column == 'target_id' else 'integer'}"
            f" as {column}"
            for column, of_parts in above.items()
            if column in columns
        )
        replaced = f" replace ({numbers})" if numbers else ""
        others = " where association is not null" if is_mixed and n else ""
        return f"select {n} as part, *{replaced} from p{n}.{table}{others}"

    order, again = ORDERED.get(table, "") if is_last else "", ""
    if table == "partnership_years":
        order = "all"
        again = "(select p.rowid from version.partnerships as p"
        again += " where p.partnership_id = r.partnership_id) as place"
    elif "place" in columns:
        again = f"row_number() over (order by{' association is not null,' if is_mixed else ''}"
        again += " part, place) - 1 as place"
    elif "target_id" in columns:
        again = "(select number from target_numbers as t where t.id = r.target_id) as target_id"
    given.execute(
        f"create table version.{table} as select * exclude (part)"
        + (f" replace ({again})" if again else "")
        + f" from ({' union all '.join(map(of_part, range(count)))}) as r"
        + (f" order by {order}" if order else "")
    )
