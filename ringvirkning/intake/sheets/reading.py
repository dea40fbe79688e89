"""One file of a person's, read: `read(path)`, then again with what was corrected and answered."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from queries.contract import tables
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import former
from ringvirkning.intake.cubes.series import cubes_in, read_cubes
from ringvirkning.intake.sheets import (
    LEAVE_OUT,
    Choice,
    CountedRounds,
    Decisions,
    Grid,
    Part,
    Read,
    Refused,
)
from ringvirkning.intake.sheets.counting import participants_counted
from ringvirkning.intake.sheets.files import file_bytes, grids
from ringvirkning.intake.sheets.layout import (
    DEEPEST,
    Layout,
    layout,
    layout_of_rounds,
    mapping_key,
)
from ringvirkning.intake.sheets.left_out import headings_of, without_left_out
from ringvirkning.intake.sheets.memory import but_left_out, keep_reading, lasting
from ringvirkning.intake.sheets.new_measures import give_codes, rows_of_new, units_of_new
from ringvirkning.intake.sheets.participants import participants_in
from ringvirkning.intake.sheets.parts import part
from ringvirkning.intake.sheets.persons import (
    NUMBER_CAME,
    ORGANISATIONS,
    Persons,
    meeting_counted,
    persons_in,
    said_of_persons,
    told_of_persons,
)
from ringvirkning.intake.sheets.repeated import each_once
from ringvirkning.intake.sheets.vocabulary import key_in, named_after, words_in

OPTIONS_NAMED = 4  # answers named with a question on the command line
NO_ANSWERS: Mapping[str, str] = {}
NO_LISTS: Mapping[str, Sequence[Mapping[str, str]]] = {}
NO_NAMES: Mapping[str, Sequence[str]] = {}


class SheetRead(NamedTuple):
    """A sheet as it was laid out; without a grid where that is a list of persons, which nobody is
    shown. `memory` is what was remembered of such headings, `left_out` the key of those of a list
    that gives nothing."""

    shape: Layout | None
    findings: list[Finding]
    grid: Grid | None
    memory: Mapping[str, str]
    counted: CountedRounds | None = None
    left_out: str = ""

    @property
    def key(self) -> str:
        """What the sheet is remembered by; "" where nothing is said of its headings."""
        return self.shape.key if self.shape else self.left_out


def read_file(
    path: Path,
    asked: Mapping[str, str] = NO_ANSWERS,
    *,
    listed: Mapping[str, Sequence[Mapping[str, str]]] = NO_LISTS,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    names: Mapping[str, Sequence[str]] | None = NO_NAMES,
) -> Read:
    """A CSV or XLSX file, or a cube of statistics, as the contract's rows, or why not, and all that
    was assumed.

    `asked` are values for choices by their key: those of `Read.answers`, corrected. `listed` are
    the rows of measures and types that are known, by table; without them types are as shipped, and
    any text is a measure. `remembered` is what `remembered_readings` gives; `names` are the
    associations and programmes that are known, by column; with None nothing is asked of what goes
    for all rows.
    """
    choices = Decisions(asked)
    try:
        data = file_bytes(path)
        if cubes := cubes_in(data, path.name, choices):
            given = read_cubes(cubes, path.name, choices, remembered or {}, names)
            return read_of(path.name, choices, *given)
        found, findings = grids(path, data, choices)
    except Refused as refused:
        return Read(path.name, tuple(choices.made), findings=(refused.finding,))
    known = {t: [*rows] for t, rows in {**former.listed_in(None), "measures": (), **listed}.items()}
    parts, sheets, said = list[Part](), list[SheetRead](), list[Finding]()
    left_out = dict[str, str]()
    like_before = {key: dict(one) for key, one in (remembered or {}).items()}
    opened = len(choices.made)
    # First measures and types, which are headings in the others.
    for grid in sorted(found, key=lambda grid: named_after(grid.sheet) not in known):
        if not grid.rows:
            continue
        sheet = sheet_read(grid, path.name, choices, like_before, names, words_in(known))
        sheets.append(sheet)
        said += sheet.findings
        if sheet.key:
            # A sheet for each year has the same headings, and means the same by them.
            keep_reading(like_before, sheet.key, grid.sheet, lasting(choices.made, grid.sheet))
        if sheet.left_out:
            left_out[grid.sheet] = sheet.left_out
        if sheet.shape and sheet.shape.table.name in known:
            said += read_parts([sheet], path.name, choices, known, parts)
    others = [one for one in sheets if one.shape and one.shape.table.name not in known]
    said += read_parts(others, path.name, choices, known, parts)
    if any(sheet.grid is None or sheet.counted for sheet in sheets):
        # How the file was opened may have been shown by a cell of a person's.
        choices.made[:opened] = [replace(choice, found=None) for choice in choices.made[:opened]]
        findings = [replace(finding, found=None, expected=None) for finding in findings]
    parts, repeated = each_once(parts, path.name, choices)
    order = {grid.sheet: place for place, grid in enumerate(found)}
    choices.made.sort(key=lambda choice: order.get(choice.sheet, -1))
    shown = sorted((s.grid for s in sheets if s.grid), key=lambda grid: order[grid.sheet])
    if any(part.rows for part in parts) or any(choice.value is None for choice in choices.made):
        said = [as_left_out(finding) for finding in said]
    # A cell beside several figures is read with each of them.
    told = [*dict.fromkeys([*findings, *said, *repeated])]
    read = read_of(path.name, choices, parts, shown, told)
    if not parts and remembered and any(map(is_left_as_before, choices.made)):
        # Of a file of which nothing is left it is asked again.
        known_of_others = but_left_out(remembered)
        return read_file(path, asked, listed=listed, remembered=known_of_others, names=names)
    counts = tuple(sheet.counted for sheet in sheets if sheet.counted)
    is_of_persons = bool(counts) or len(shown) < len(sheets)
    return replace(read, counted=counts, is_of_persons=is_of_persons, left_out=left_out)


def sheet_read(
    grid: Grid,
    file: str,
    choices: Decisions,
    remembered: Mapping[str, Mapping[str, str]],
    names: Mapping[str, Sequence[str]] | None,
    words: Mapping[str, Mapping[str, str]],
) -> SheetRead:
    """Rows of participants are counted, and lists of persons left, before anything else."""
    tops = grid.rows[:DEEPEST]
    keys = [key for row in tops if (key := mapping_key(row)) in remembered]
    choices.remembered = remembered[keys[0]] if keys else {}
    grid = without_left_out(grid, choices)
    around = [*hidden_sheets(grid, file), *numbers_left_out(grid, file, choices)]
    if found := participants_in(grid, grid.rows[:DEEPEST], words["measures"]):
        key = mapping_key(found.header)
        choices.remembered = remembered.get(key, {})
        if answer := participants_counted(found, grid, file, words["measures"], choices):
            made, said = answer
            if made is None:
                return SheetRead(None, [], None, {})
            shape = layout_of_rounds(made, key, file, choices, names, words)
            return SheetRead(shape, [*said, *around], made.grid, choices.remembered, made)
    if listed := persons_in(grid, tops):
        choices.remembered = remembered.get(mapping_key(listed.header), {})
        said_of_them = said_of_persons(listed, grid, choices)
        if said_of_them != ORGANISATIONS:
            is_counted = said_of_them == NUMBER_CAME
            of_persons = sheet_of_persons(listed, grid, file, is_counted, choices, names, words)
            return of_persons._replace(findings=[*of_persons.findings, *around])
    laid_out, said = layout(grid, file, choices, remembered, names, words)
    shown = laid_out.grid if laid_out else grid
    is_left = any(c.sheet == grid.sheet and is_left_by_person(c) for c in choices.made)
    key = mapping_key(headings_of(grid) or tops[0]) if is_left else ""
    return SheetRead(laid_out, [*said, *around], shown, choices.remembered, left_out=key)


def is_left_by_person(choice: Choice) -> bool:
    """Whether a sheet is left out since the person says so, or did the time before."""
    return (choice.kind, choice.value) == ("table", LEAVE_OUT) and choice.by != "found"


def is_left_as_before(choice: Choice) -> bool:
    return is_left_by_person(choice) and choice.by == "remembered"


def sheet_of_persons(
    listed: Persons,
    grid: Grid,
    file: str,
    is_counted: bool,
    choices: Decisions,
    names: Mapping[str, Sequence[str]] | None,
    words: Mapping[str, Mapping[str, str]],
) -> SheetRead:
    """What comes in of a list of persons: the activity that they came to, or nothing."""
    key = mapping_key(listed.header)
    if is_counted and (made := meeting_counted(listed, grid, file, choices)):
        shape = layout_of_rounds(made, key, file, choices, names, words)
        counted = sum(int(row.cells[-1].text) for row in made.grid.rows[1:])
        counted_of = listed._replace(came=counted)
        told = told_of_persons("participants_counted", counted_of, grid, file, level="should_look")
        return SheetRead(shape, [told], made.grid, choices.remembered, made)
    is_open = choices.is_open("persons", grid.sheet)
    left_out = [told_of_persons("list_of_persons", listed, grid, file)]
    return SheetRead(None, left_out * (not is_open and not is_counted), None, {}, left_out=key)


def numbers_left_out(grid: Grid, file: str, choices: Decisions) -> Iterator[Finding]:
    """Which columns of numbers are left out for their headings."""
    for choice in choices.made:
        if choice.kind == "left_out_numbers" and choice.by == "found":
            place = (file, choice.row, choice.column)
            if choice.sheet == grid.sheet:
                said = Finding("numbers_left_out", *place, sheet=grid.sheet or None)
                yield replace(said, level="should_look")


def as_left_out(finding: Finding) -> Finding:
    """A list of persons that is left out is in nobody's way, where there is more."""
    if finding.rule != "list_of_persons":
        return finding
    said = Finding("persons_sheet_left_out", finding.file, finding.row, level="should_look")
    return replace(said, sheet=finding.sheet)


def read_of(
    file: str,
    choices: Decisions,
    parts: Sequence[Part],
    found: Sequence[Grid],
    findings: Sequence[Finding],
) -> Read:
    """A file as it was understood, its open questions first."""
    is_settled = not any(c.value is None for c in choices.made) and not must_fix(findings)
    if is_settled and not any(part.rows for part in parts):
        findings = [*findings, Finding("no_rows", file)]
    questions = [question(choice, file) for choice in choices.made if choice.value is None]
    return Read(file, tuple(choices.made), tuple(parts), (*questions, *findings), tuple(found))


def hidden_sheets(grid: Grid, file: str) -> list[Finding]:
    said = Finding("hidden_sheet", file, level="should_look", sheet=grid.sheet)
    return [said] if grid.is_hidden else []


def read_parts(
    sheets: Iterable[SheetRead],
    file: str,
    choices: Decisions,
    known: dict[str, list[Mapping[str, str]]],
    parts: list[Part],
) -> list[Finding]:
    """Add the rows of sheets to `parts`; what they list to `known`, whose names the others use."""
    findings: list[Finding] = []
    for sheet, shape, grid in ((one, one.shape, one.grid) for one in sheets):
        if shape is None or grid is None:
            continue
        choices.remembered = sheet.memory
        units = {m["measure"]: m.get("unit", "") for m in known["measures"] if "measure" in m}
        before, words = {*units}, words_in(known)
        units |= units_of_new(choices)
        for one in shape.one_by_one():
            found, said = part(one, grid.sheet, file, choices, words, units)
            if found.table in known:
                give_codes(found.table, found.rows, known[found.table])
                known[found.table] += [row for row in found.rows if key_in(found.table) in row]
            parts.append(found)
            findings += said
        anew = [*rows_of_new(choices, grid.sheet, before)]
        if anew:
            numbers, rows = zip(*anew, strict=True)
            known["measures"] += rows
            parts.append(Part("measures", grid.sheet, {}, [*rows], [*numbers], shape.key))
            findings += [
                Finding(
                    "new_measure",
                    file,
                    number,
                    None,
                    row["name_nb"],
                    level="should_look",
                    sheet=grid.sheet or None,
                )
                for number, row in anew
            ]
    return findings


def question(choice: Choice, file: str) -> Finding:
    """A question as what must be fixed first, for those who are not asked on a screen."""
    offered = ", ".join(choice.options[:OPTIONS_NAMED])
    more = ", …" if len(choice.options) > OPTIONS_NAMED else ""
    return Finding(
        f"ask_{choice.kind}",
        file,
        choice.row,
        choice.column,
        choice.found,
        offered + more,
        sheet=choice.sheet or None,
    )


def finding_in_sheet(finding: Finding, read: Read, written: int | None = None) -> Finding:
    """A finding about a written file, as one about the person's own sheet, row and heading.

    `written` is the row in a file of this sheet alone, if the finding's is in another.
    """
    name = finding.file.removesuffix(".csv")
    parts = [part for part in read.parts if part.table == name]
    if not parts:
        return finding
    origin, row = parts[0], None
    place = (written or finding.row or 0) - 2  # below the headings
    for own in parts:
        if 0 <= place < len(own.numbers):
            origin, row = own, own.numbers[place]
            break
        place -= len(own.numbers)
    column = origin.headings.get(finding.column or "", finding.column)
    return replace(finding, file=read.file, sheet=origin.sheet or None, row=row, column=column)


def write_parts(read: Read, folder: Path) -> list[Path]:
    """Write a file in the contract's strict form for each table that was found."""
    paths = []
    for table in tables():
        parts = [part for part in read.parts if part.table == table.name]
        if not parts:
            continue
        names = [column.name for column in table.columns]
        paths.append(folder / table.file)
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, names, lineterminator="\n")
            lines.writeheader()
            lines.writerows(row for part in parts for row in part.rows)
    return paths
