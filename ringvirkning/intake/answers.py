"""What a process that looks at files and versions answers to the one that shows it (`child`)."""

from dataclasses import dataclass, field

from ringvirkning.intake.changes import Difference
from ringvirkning.intake.checks.excerpts import Excerpt
from ringvirkning.intake.checks.report import Group
from ringvirkning.intake.figures import FigurePair
from ringvirkning.intake.sheets import Choice, CountedRounds


@dataclass(frozen=True)
class Findings:
    """What was found, and the rows in which it was."""

    groups: tuple[Group, ...]
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What one version changes in another: rows, and the key figures before and after."""

    differences: tuple[Difference, ...] = ()
    figures: tuple[FigurePair, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file was understood, and what rows of participants in it came to."""

    file: str
    choices: tuple[Choice, ...]
    counted: tuple[CountedRounds, ...] = ()
    is_of_persons: bool = False


@dataclass(frozen=True)
class UploadAnswer:
    """What spreadsheets say, after the version `parent` ("" for none).

    `tables` are those that they are lists of. `whole` names what is kept to be published, by its
    hash (`inbox.keep`); None while something must be fixed. `confirm` is the code to publish it
    with, where it must be confirmed.
    """

    found: Findings
    parent: str = ""
    reads: tuple[Reading, ...] = ()
    tables: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)
    whole: str | None = None
    confirm: str | None = None


@dataclass(frozen=True)
class Withdrawn:
    """What could not be removed, or written anew."""

    left: tuple[str, ...]
