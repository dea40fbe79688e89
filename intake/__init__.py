"""From a folder of CSV files to a published version."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A place that breaks the contract: file, row (header is 1), column, what and what instead.

    `rule` is the key of its words in `texts`; `found` and `expected` are shown as they are.
    """

    rule: str
    file: str
    row: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
