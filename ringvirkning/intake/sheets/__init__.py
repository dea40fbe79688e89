"""From the spreadsheets people have to rows in the contract's shape, all that was assumed said.

A file becomes grids of cells (`files`), a grid one of the contract's tables (`layout`), a cell the
contract's text (`cells`). Whatever might be otherwise is a `Choice`: shown, and corrected by
giving its key another value when it is read again. One that nothing decides is a question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from ringvirkning.finding import Finding

CellKind = Literal["text", "number", "percent", "date", "error", "uncalculated", "one_of_two"]
LEAVE_OUT, KEEP, EACH = "leave_out", "keep", "each"
# What this file says goes before what the one before it was of.
SAID_BY_FILES = ("every_row", "cube_association")


class Cell(NamedTuple):
    """What a cell shows. Of a kind other than text when the workbook itself says which.

    A number has a point before its decimals, a percent is a share (0.5), a date is ISO.
    """

    text: str = ""
    kind: CellKind = "text"


EMPTY = Cell()


@dataclass(frozen=True)
class Row:
    """A row that holds something: its number as the spreadsheet counts, and its cells from A."""

    number: int
    cells: Sequence[Cell]

    def cell(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else EMPTY

    @cached_property  # each step asks for it
    def filled(self) -> list[int]:
        return [place for place, cell in enumerate(self.cells) if cell.text]


class Area(NamedTuple):
    """Merged cells: first and last row number, first and last column counted from 0."""

    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Grid:
    """One sheet; a CSV file is one without a name."""

    sheet: str
    rows: list[Row]
    is_hidden: bool = False
    merged: tuple[Area, ...] = ()
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True)
class CountedRounds:
    """What the rows of a sheet of participants came to: a grid of rounds in place of it, and what
    its columns are, by place."""

    grid: Grid
    columns: Mapping[int, str]


class Refused(Exception):
    """A file that can't be read at all, and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


@dataclass(frozen=True)
class Choice:
    """Something decided about a file, or, without a value, a question.

    `kind` says what (its words are in `texts`), `about` which of several; `options` come likeliest
    first, and where `is_free` any other text is an answer, too; where it `is_many`, several of them
    are, a line each. Where it `is_guessed` the first of them is what it seems to be. `by` is who
    decided: what stands in the file, the person, or the time before. `marks` are of the cells that
    are corrected by it (`corrections`).
    """

    kind: str
    value: str | None
    options: tuple[str, ...]
    by: Literal["found", "asked", "remembered"] = "found"
    sheet: str = ""
    about: str = ""
    row: int | None = None
    column: str | None = None
    found: str | None = None
    is_free: bool = False
    is_many: bool = False
    is_guessed: bool = False
    marks: tuple[str, ...] = ()

    def takes(self, answer: str | None) -> bool:
        if self.is_many and answer:
            return all(one in self.options for one in answer.split("\n"))
        return answer in self.options or (self.is_free and bool(answer and answer.strip()))

    @property
    def key(self) -> str:
        # No sheet's name has a slash: Excel refuses it.
        return f"{self.sheet}/{self.kind}/{self.about}"


@dataclass
class Decisions:
    """Every choice made while a file is read, those asked for and remembered before those found."""

    asked: Mapping[str, str]
    remembered: Mapping[str, str] = field(default_factory=dict)
    made: list[Choice] = field(default_factory=list)

    def is_open(self, kind: str, sheet: str) -> bool:
        """Whether a sheet's own question of a kind has been asked and not answered."""
        return any(c.key == f"{sheet}/{kind}/" and c.value is None for c in self.made)

    def was_said(self, kind: str, sheet: str) -> bool:
        """Whether the person has decided it now."""
        return any(c.key == f"{sheet}/{kind}/" and c.by == "asked" for c in self.made)

    def decide(
        self,
        kind: str,
        value: str | None,
        options: Iterable[str],
        is_of_file: bool = False,
        /,
        **more: str | int | None,
    ) -> str | None:
        """What is decided; once for each key. What a file says of its own time, `is_of_file`, goes
        before what the one before it was of."""
        choice = Choice(kind, value, tuple(options), **more)  # type: ignore[arg-type]
        if before := next((made for made in self.made if made.key == choice.key), None):
            return before.value
        if choice.is_many and self.asked.get(choice.key) == "":  # all of it was taken away
            choice = replace(choice, value=None)
        for by, wanted in (
            ("asked", self.asked.get(choice.key)),
            ("remembered", self.remembered.get(f"{kind}/{choice.about}")),
        ):
            is_said = value and (is_of_file or kind in SAID_BY_FILES)
            if by == "remembered" and (value == wanted or is_said):
                continue
            if choice.takes(wanted):
                # What was written is one of the answers from now on.
                is_new = choice.is_free and wanted not in choice.options
                answers = (wanted,) * is_new + choice.options
                choice = Choice(kind, wanted, answers, by, **more)  # type: ignore[arg-type]
                break
        self.made.append(choice)
        return choice.value


@dataclass(frozen=True)
class Part:
    """The rows that one sheet gives to one table of the contract.

    `rows` are by column, only those that are filled in; `numbers` are their rows in the sheet;
    `headings` are the sheet's own, by column; `defaults` fill rows that were not there before.
    Where `is_of_rows` they are results of the activities in the rows of the part before.
    """

    table: str
    sheet: str
    headings: Mapping[str, str]
    rows: list[dict[str, str]]
    numbers: list[int]
    mapping_key: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
    is_of_rows: bool = False


@dataclass(frozen=True)
class Read:
    """A file as it was understood. It is not to be used while a finding must be fixed. In `grids`
    are its sheets but those of persons, which are nowhere: `counted` is what they came to,
    `left_out` the keys of the headings of those that give nothing, by sheet."""

    file: str
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    grids: tuple[Grid, ...] = ()
    counted: tuple[CountedRounds, ...] = ()
    is_of_persons: bool = False
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.value is None]

    def header_row(self, sheet: str) -> int | None:
        """The number of the row that was taken for the headings of a sheet."""
        return next(
            (
                int(c.value)
                for c in self.choices
                if c.kind == "header_row" and c.sheet == sheet and c.value
            ),
            None,
        )

    @property
    def answers(self) -> dict[str, str]:
        """All choices as they were made: given to `read` again, they give the same."""
        return {choice.key: choice.value for choice in self.choices if choice.value is not None}
