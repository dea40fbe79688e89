"""The tables of a version as anybody may have them: those of the contract, with rounded counts."""

from collections.abc import Sequence
from typing import NamedTuple

from queries import answers
from queries.contract import Table, as_written, tables
from ringvirkning.figures.view import View, asked_at_once, connection

FundingRow = answers.Funding


class OpenTable(NamedTuple):
    """A table of the contract and its rows; None where a source does not say."""

    table: Table
    rows: Sequence[Sequence[str | None]]


def open_tables(shown: View) -> list[OpenTable]:
    """Each that has rows, of all associations; those that others refer to first. None of exact
    figures."""
    if not shown.is_protected:
        return []
    open_version = connection(shown.database)
    with asked_at_once:
        found = [OpenTable(*as_written(open_version, table)) for table in tables()]
    return [one for one in found if one.rows]


def funding(shown: View) -> list[FundingRow]:
    """Contributions to the agreements of the associations that are chosen, as everyone may know
    them: none of exact figures."""
    return shown.of_associations.rows(answers.Funding) if shown.is_protected else []
