"""What checking finds: all three levels, in groups."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import duckdb

from queries.contract import tables, workbench
from ringvirkning.finding import MOST_SHOWN, Finding, Level
from ringvirkning.intake import read
from ringvirkning.intake.checks import contract, loading, rules

LEVELS: tuple[Level, ...] = get_args(Level)
# Nothing is known but that a file can't be read or written.
UNREADABLE = {
    "missing_file", "too_large", "not_utf8", "empty_file", "wrong_delimiter", "mixed_line_ends",
    "disk_full", "not_writable",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One kind of finding in a column of a sheet: how many, of how many, and the first of them."""

    rule: str
    level: Level
    file: str
    column: str | None
    count: int
    of: int | None
    findings: tuple[Finding, ...]


def findings_of(
    folder: Path, before: Path | None, as_of: date, shown: int = MOST_SHOWN, key: bytes = bytes(32)
) -> list[Finding]:
    """Everything there is to say of the files in a folder, of their rounding too; nothing is
    written.

    `before` is the exact database of the current version, `shown` how many findings of a kind are
    told (`rules.ALL` for remarks in a whole file), `key` that of the roundings. What could not be
    loaded keeps the rest from being looked at, and personal data all else.
    """
    with workbench() as connection:
        return checked_in(connection, folder, before, as_of, shown, key)


def checked_in(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    before: Path | None,
    as_of: date,
    shown: int,
    key: bytes,
    go_on: Callable[[], object] = lambda: None,
    sheets: rules.Sheets | None = None,
) -> list[Finding]:
    """The same in a workbench of the caller's, in which the files are afterwards. `go_on` is called
    once they are found to keep the contract: what else is asked of them may begin. Where `sheets`
    are given, all that must be fixed is told, and what need not be of each sheet's rows alone."""
    if found := loading.load_folder(connection, folder):
        return found
    found = contract.findings(connection, tables(), shown if sheets is None else rules.ALL)
    if not found:
        # Its solver takes half a second to import, which what can't be published need not wait for.
        from ringvirkning.intake.protection import protect

        go_on()
        found = protect.protect(connection, key, before)
    found += rules.advice(connection, before, as_of, shown, sheets)
    return read.by_sheet_row(connection, found, folder)


def groups(found: Iterable[Finding]) -> list[Group]:
    """By level and then by file, in the order of the contract."""
    kinds: dict[tuple[Level, str, str | None, str, str | None], list[Finding]] = defaultdict(list)
    for f in found:
        kinds[f.level, f.file, f.sheet, f.rule, f.column].append(f)
    files = [table.file for table in tables()]
    grouped = [
        Group(
            rule,
            level,
            file,
            column,
            max(same[0].count, len(same)),
            same[0].of,
            tuple(same[:MOST_SHOWN]),
        )
        for (level, file, _, rule, column), same in kinds.items()
    ]
    return sorted(grouped, key=lambda g: (LEVELS.index(g.level), (*files, g.file).index(g.file)))
