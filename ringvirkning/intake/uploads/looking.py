"""From the files that someone uploads to a whole folder to publish: guarded, read, merged, checked.

Nothing is written but to the folder given, which is the caller's to remove.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

import duckdb

import queries
from queries.alphabet import alphabetical
from queries.contract import SPARE, tables, workbench
from ringvirkning import child
from ringvirkning.finding import MOST_SHOWN, Finding, must_fix
from ringvirkning.intake import former, merging, ownership, personal
from ringvirkning.intake.answers import Changes
from ringvirkning.intake.checks import report, rules
from ringvirkning.intake.merging import How, Withdrawals
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.publishing import anew, confirming
from ringvirkning.intake.publishing.comparing import PendingChanges, totals_before
from ringvirkning.intake.sheets import Choice, Read, memory, reading
from ringvirkning.intake.sheets.dates import any_period
from ringvirkning.intake.sheets.left_out import columns_to_leave_out, heading_at, headings_of
from ringvirkning.intake.sheets.repeated import once_in_all
from ringvirkning.intake.sheets.vocabulary import code_kinds, headings, remarks, table_named
from ringvirkning.intake.uploads import new_partners
from ringvirkning.store import keys, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, clock

Answers = Mapping[str, Mapping[str, str]]
# How far it is when a part of the work is done.
READING, MERGING = 0.4, 0.6


@dataclass(frozen=True)
class Look:
    """What the files say. `whole` is the folder of the contract's files to be published, None while
    something must be fixed first; `before` that of the current version, `changes` what is different
    in it, where that was asked for."""

    reads: tuple[Read, ...] = ()
    findings: tuple[Finding, ...] = ()
    before: Path | None = None
    whole: Path | None = None
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True)
class Asked:
    """What the person has said: `answers` by file and key of a choice, and for each table whether
    the rows are added to what there is or replace it: all of it, or that of the associations in
    `of`. `withdrawn` are rows of it that go, by table, each by what it is known by."""

    answers: Answers = field(default_factory=dict)
    how: Mapping[str, How] = field(default_factory=dict)
    of: tuple[str, ...] = ()
    withdrawn: Withdrawals = field(default_factory=dict)


def get_ready(var: Path) -> None:
    """Read what every file is understood by and asked, and what there is, before one comes."""
    read_words()
    SPARE.append(workbench())
    for said in map(queries.text, queries.FOUNDATIONS):
        queries.statements(said)
    for level in report.LEVELS:
        rules.statements_of(level)
    current = versions.current(var)
    if current and anew.is_sound(current, var):
        names_known(current.exact(var))
        totals_before(current.exact(var), clock.today())


def read_words() -> None:
    """What every file is understood by, whatever there is."""
    for table in tables():
        headings(table.name)
    code_kinds()
    remarks()
    any_period("mars")


def look(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    var: Path,
    current: Version | None,
    whole: Path,
    as_of: date,
    asked: Asked,
    progress: Callable[[float], object] = lambda part: None,
    is_compared: bool = False,
    shown: int = MOST_SHOWN,
) -> Look:
    """Understand the files, and write what would be published to the empty folder `whole`. That is
    in the workbench afterwards, when nothing must be fixed, and if so asked it is compared with the
    current version. Of what need not be fixed so many of a kind are told as are to be `shown`."""
    if current and not versions.is_whole(current.folder(var), "files/"):
        return Look(findings=(Finding("version_damaged", current.name),))
    if current and (found := anew.make_ready(current, var)):
        return Look(findings=tuple(found))
    before = current.files(var) if current else None
    known = memory.remembered_readings(var)
    listed = former.listed_in(before)
    names = names_known(current.exact(var)) if current else {}
    reads: tuple[Read, ...] = ()
    for path in paths:
        given = asked.answers.get(path.name, {})
        read = reading.read_file(path, given, listed=listed, remembered=known, names=names)
        # What is a new measure in one file is known in those after it.
        own_measures = [m for part in read.parts if part.table == "measures" for m in part.rows]
        listed["measures"] = [*listed["measures"], *(m for m in own_measures if "measure" in m)]
        reads += (read,)
        progress(READING * len(reads) / len(paths))
    # Before anything else is said of a file, and instead of it.
    if refused := [one for read in reads if (one := without_personal(read))]:
        with_questions = tuple(read for read in refused if read.choices)
        return Look(with_questions, tuple(f for read in refused for f in read.findings))
    found = [finding for read in reads for finding in read.findings]
    if must_fix(found):
        return Look(reads, tuple(found))
    reads = once_in_all(reads)
    types = listed["partner_types"]
    reads = new_partners.with_new_partners(reads, before, types, asked.answers, known)
    found = [finding for read in reads for finding in read.findings]
    if must_fix(found):
        return Look(reads, tuple(found))
    parts = [part for read in reads for part in read.parts]
    own_rows = child.own_associations()
    ground = ownership.Ground(before, own_rows) if own_rows else None
    is_narrower = asked.of and {*asked.of} != {*own_rows}
    replaced = ownership.Ground(before, asked.of) if is_narrower else ground
    merge = merging.unite(parts, before, whole, asked.how, replaced, asked.withdrawn)
    former.renew(whole)
    progress(MERGING)
    exact = current.exact(var) if current else None
    key = keys.known_secret(var)
    said = merge.findings
    if ground and not said:
        said = ownership.trespasses(ground, before, whole, rows_uploaded(merge))
    with PendingChanges(var, current, whole, as_of) as pending:
        if is_compared:
            pending.begin()
        go_on = partial(pending.go_on, connection)
        sheets = sheets_of_rows(merge, reads)
        said = said or report.checked_in(connection, whole, exact, as_of, shown, key, go_on, sheets)
        found += own([merge.uploaded(finding, reads) for finding in said], reads)
        found += rows_kept(merge, reads)
        if must_fix(found):
            return Look(reads, tuple(found))
        progress(1)
        return Look(reads, tuple(found), before, whole, pending.changes())


def rows_uploaded(merge: merging.Merge) -> dict[str, set[int]]:
    """The numbers in the written files of the rows that came in."""
    return {
        table: {number for number, place in enumerate(places, 2) if place is not None}
        for table, places in merge.origins.items()
    }


def sheets_of_rows(merge: merging.Merge, reads: Sequence[Read]) -> dict[str, list[int | None]]:
    """The sheets that the rows of the written files came from, by a number for each: parts of one
    with the same headings are told of together."""
    numbers: dict[object, int] = {}
    own = defaultdict[str, list[int]](list)
    for read in reads:
        for part in read.parts:
            told_as = (read.file, part.sheet, tuple(part.headings.items()))
            own[part.table] += [numbers.setdefault(told_as, len(numbers))] * len(part.rows)
    return {
        f"{table}.csv": [None if place is None else own[table][place] for place in places]
        for table, places in merge.origins.items()
    }


def own(found: Sequence[Finding], reads: Sequence[Read]) -> list[Finding]:
    """What is said of the rows that came in, counted among those of their sheet; of others what
    must be fixed or confirmed."""
    rows: Counter[tuple[str, str]] = Counter()
    for read in reads:
        for part in read.parts:
            # Not what only its cells name.
            rows[read.file, part.sheet] += len(part.rows) if part.headings else 0
    files = {read.file for read in reads}
    return [
        replace(
            f,
            count=1 if f.level == "must_fix" else f.count,
            of=rows[f.file, f.sheet or ""] if f.row else None,
        )
        if f.file in files
        else f
        for f in found
        if f.file in files or f.level == "must_fix" or f.rule in confirming.RULES
    ]


@cache
def names_known(exact: Path) -> dict[str, list[str]]:
    """The associations and programmes of a version, by column."""
    with queries.opened(exact) as connection:
        return {
            column: alphabetical(
                (
                    name
                    for (name,) in connection.execute(
                        f"select distinct {column} from (select {column} from partnerships union"
                        f" all select {column} from activities) where {column} is not null"
                    ).fetchall()
                ),
                LANGUAGES[0],
            )
            for column in ("association", "programme")
        }


def rows_kept(merge: merging.Merge, reads: Sequence[Read]) -> Iterator[Finding]:
    """Where a sheet has most of the rows there are, with their ids, and not all: the others stay,
    which may not be what was meant by leaving them out."""
    for read in reads:
        for part in read.parts:
            origins = merge.origins[part.table]
            kept = sum(place is None for place in origins)
            if key_of(table_named(part.table)) in part.headings and 0 < kept < len(origins) / 2:
                yield Finding(
                    "rows_kept",
                    read.file,
                    found=str(kept),
                    level="should_look",
                    sheet=part.sheet or None,
                )


def without_personal(read: Read) -> Read | None:
    """A file with personal data as it may be told of: where it stands, and which columns may be
    left out; None for one without any."""
    questions, findings = list[Choice](), list[Finding]()
    is_cube = any(choice.kind.startswith("cube") for choice in read.choices)
    for grid in read.grids:
        hits = [*personal.cells([c.text for c in row.cells] for row in grid.rows)]
        asked = columns_to_leave_out(grid, hits) if hits and not is_cube else {}
        header = headings_of(grid)
        is_plain = header is not None and not any(
            grid.rows[row - 1].number == header.number for row, _, _ in hits
        )
        for row, column, kind in hits:
            if column - 1 not in asked:
                named = heading_at(header, column - 1) if header and is_plain else None
                place = (read.file, grid.rows[row - 1].number, named)
                findings.append(Finding(f"personal_{kind}", *place, sheet=grid.sheet or None))
        questions += asked.values()
    findings += [reading.question(choice, read.file) for choice in questions]
    return Read(read.file, tuple(questions), findings=tuple(findings)) if findings else None
