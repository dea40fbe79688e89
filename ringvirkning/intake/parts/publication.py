"""Parts published as one version: their counts of people rounded over all of them, their tables put
together, by tasks that are done wherever there is room."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from ringvirkning.child import Progress
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.parts.compiling import (
    EXACT,
    FAILING,
    PEOPLE,
    PROTECTED,
    ROUNDED,
    ROUNDED_TABLES,
    compile_part,
    failed,
    made_by,
    parts_in,
    protect_part,
    quoted,
    worker_bench,
)
from ringvirkning.intake.parts.merged_tables import (
    MERGED,
    attach_parts,
    fill_people,
    group_name,
    merge_group,
    merge_parts,
    merged_name,
)
from ringvirkning.intake.parts.places import (
    SHARED,
    Division,
    copy_there,
    done,
    done_in,
    gather,
    keep_used,
    made,
    near_folder,
    parts_made,
    stamp,
    sweep_work,
    used_for,
)
from ringvirkning.intake.protection import protect
from ringvirkning.intake.publishing import prebuilt
from ringvirkning.intake.publishing.prebuilt import Built
from ringvirkning.store import keys, storage, versions

# A statement over many databases takes long to plan: more parts are merged in groups.
MOST_AT_ONCE = 16
# Does a task for each of several, wherever there is room; what each answers, in their order.
Each = Callable[[Callable[..., list[Finding]], Sequence[tuple[Any, ...]]], list[list[Finding]]]


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
        found, merged = tasks.merged({EXACT: parts, PROTECTED: protected}, rounding)
        if found:
            return found
        building = folder / "building"
        building.mkdir()
        for base, name in merged.items():
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

    def merged(
        self, parts: Mapping[str, Sequence[Division]], rounding: str
    ) -> tuple[list[Finding], dict[str, str]]:
        """The parts of each edition put together, with what was so before: what is found against
        that, and where each is."""
        before = {base: self.merged_before(base, of) for base, of in parts.items()}
        found, groups = self.in_groups({base: last.changed for base, last in before.items()})
        names = {base: merged_name(of, rounding, base) for base, of in parts.items()}
        if found:
            return found, names
        asked = {
            name: (
                self.work,
                [*before[base].there, *groups[base]],
                before[base].gone,
                name,
                rounding,
                base,
            )
            for base, name in names.items()
        }
        return self.done(merge_parts, asked), names

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
