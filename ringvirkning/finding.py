"""What is wrong in what came in, or could be better: said of a place, in no language yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["must_fix", "should_look", "could_be_better"]
MOST_SHOWN = 20  # findings shown of a kind; the rest is the same mistake


@dataclass(frozen=True)
class Finding:
    """A place in what came in: file, sheet, row (header is 1), column, what, and what instead.

    `rule` is the key of its words in `texts`; `found` and `expected` are shown as they are. Only
    what must be fixed (the contract) keeps a file from being published. Of a kind only the first
    are told: `count` is how many there are, `of` how many rows its rule applies to, if known.
    """

    rule: str
    file: str
    row: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    level: Level = "must_fix"
    sheet: str | None = None
    count: int = 1
    of: int | None = None


def must_fix(found: Iterable[Finding]) -> bool:
    """Whether anything in it keeps a file from being published."""
    return any(finding.level == "must_fix" for finding in found)
