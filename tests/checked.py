"""What checking says of a folder, without what is not looked at: to round and to give advice are
half the time of `report.findings_of`."""

from datetime import date
from pathlib import Path

from queries.contract import tables, workbench
from ringvirkning.finding import Finding
from ringvirkning.intake import read
from ringvirkning.intake.checks import contract, loading, rules


def kept_back(folder: Path) -> list[Finding]:
    """What must be fixed before anything is rounded."""
    with workbench() as connection:
        found = loading.load_folder(connection, folder) or contract.findings(connection, tables())
        return read.by_sheet_row(connection, found, folder)


def advised(folder: Path, as_of: date) -> list[Finding]:
    """What should or could be better in files that keep the contract, with no version before."""
    with workbench() as connection:
        assert loading.load_folder(connection, folder) == []
        found = contract.findings(connection, tables())
        found += rules.advice(connection, None, as_of)
        return read.by_sheet_row(connection, found, folder)
