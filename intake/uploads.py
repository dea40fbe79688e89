"""From the files that someone uploads to a whole folder to publish: guarded, read, merged, checked.

Nothing is written but to the folder given, which is the caller's to remove.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from intake import Finding, merging, personal, report, versions
from intake.changes import Difference, differences
from intake.contract import tables
from intake.merging import How
from intake.sheets import Choices, Read, Refused, memory, reading
from intake.sheets.files import grids
from intake.versions import Version

Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Look:
    """What the files say, and what publishing them would change. `whole` is the folder of the
    contract's files to be published; None while something must be fixed first."""

    reads: tuple[Read, ...] = ()
    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    whole: Path | None = None


@dataclass(frozen=True)
class Asked:
    """What the person has said: `answers` by file and key of a choice, and for each table whether
    the rows are added to what there is or replace it."""

    answers: Answers
    how: Mapping[str, How]


def look(
    paths: Sequence[Path],
    var: Path,
    current: Version | None,
    whole: Path,
    as_of: date,
    asked: Asked,
) -> Look:
    """Understand the files, and write what would be published to the empty folder `whole`."""
    if found := [finding for path in paths for finding in personal_data(path)]:
        return Look(findings=tuple(found))
    if current and not versions.is_whole(current, var, "files/"):
        return Look(findings=(Finding("version_damaged", current.name),))
    before = current.files(var) if current else None
    known = memory.remembered(var)
    measures = list(merging.rows(merging.source(tables()[0], before)))
    reads = tuple(
        reading.read(p, asked.answers.get(p.name, {}), measures=measures, remembered=known)
        for p in paths
    )
    found = [finding for read in reads for finding in read.findings]
    if has_to_be_fixed(found):
        return Look(reads, tuple(found))
    parts = [part for read in reads for part in read.parts]
    merge = merging.merged(parts, before, whole, asked.how)
    exact = current.exact(var) if current else None
    said = merge.findings or report.checked(whole, exact, as_of, report.ALL)
    found += own([merge.uploaded(finding, reads) for finding in said], reads)
    if has_to_be_fixed(found):
        return Look(reads, tuple(found))
    return Look(reads, tuple(found), tuple(differences(before, whole)), whole)


def own(found: Sequence[Finding], reads: Sequence[Read]) -> list[Finding]:
    """What is said of the rows that came in, counted among them; of others what must be fixed."""
    rows = {read.file: sum(len(part.rows) for part in read.parts) for read in reads}
    return [
        replace(f, count=1, of=rows[f.file] if f.row else None) if f.file in rows else f
        for f in found
        if f.file in rows or f.level == "must_fix"
    ]


def has_to_be_fixed(found: Sequence[Finding]) -> bool:
    return any(finding.level == "must_fix" for finding in found)


def personal_data(path: Path) -> list[Finding]:
    """Where personal data stands in a file, in any sheet, before anything else is said of it."""
    try:
        found, _ = grids(path, Choices({}))
    except Refused:
        return []
    return [
        Finding(f"personal_{kind}", path.name, grid.rows[row - 1].number, sheet=grid.sheet or None)
        for grid in found
        for row, _, kind in personal.cells([c.text for c in row.cells] for row in grid.rows)
    ]
