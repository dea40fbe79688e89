"""One file of a person's, read: `read(path)`, then again with what was corrected and answered."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from queries.contract import tables
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import former
from ringvirkning.intake.cubes.series import cubes_in, read_cubes
from ringvirkning.intake.sheets import Choice, Decisions, Grid, Part, Read, Refused
from ringvirkning.intake.sheets.files import grids
from ringvirkning.intake.sheets.layout import Layout, layout, mapping_key
from ringvirkning.intake.sheets.memory import lasting
from ringvirkning.intake.sheets.parts import part
from ringvirkning.intake.sheets.repeated import each_once
from ringvirkning.intake.sheets.vocabulary import key_in, words_in

OPTIONS_NAMED = 4  # answers named with a question on the command line
NO_ANSWERS: Mapping[str, str] = {}
NO_LISTS: Mapping[str, Sequence[Mapping[str, str]]] = {}
NO_NAMES: Mapping[str, Sequence[str]] = {}


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
        if cubes := cubes_in(path, choices):
            given = read_cubes(cubes, path.name, choices, remembered or {}, names)
            return read_of(path.name, choices, *given)
        found, findings = grids(path, choices)
    except Refused as refused:
        return Read(path.name, tuple(choices.made), findings=(refused.finding,))
    known = {**former.listed_in(None), "measures": (), **listed}
    words, laid_out = words_in(known), []
    like_before, as_read = dict(remembered or {}), list[Grid]()
    for grid in (grid for grid in found if grid.rows):
        shape, said = layout(grid, path.name, choices, like_before, names, words)
        findings += [*said, *hidden_sheets(grid, path.name)]
        as_read.append(shape.grid if shape else grid)
        if shape:
            laid_out.append((grid, shape, choices.remembered))
            # A sheet for each year has the same headings, and means the same by them.
            like_before[mapping_key(shape.header)] = lasting(choices.made, grid.sheet)
    parts, said = read_parts(laid_out, path.name, choices, known)
    return read_of(path.name, choices, parts, as_read, [*findings, *said])


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
    laid_out: Iterable[tuple[Grid, Layout, Mapping[str, str]]],
    file: str,
    choices: Decisions,
    known: Mapping[str, Sequence[Mapping[str, str]]],
) -> tuple[list[Part], list[Finding]]:
    """The rows of every sheet: first measures and types, whose names the others use; `known` are
    theirs by table."""
    parts: list[Part] = []
    findings: list[Finding] = []
    listed = {table: [*rows] for table, rows in known.items()}
    for grid, shape, memory in sorted(laid_out, key=lambda one: one[1].table.name not in listed):
        choices.remembered = memory
        units = {m["measure"]: m.get("unit", "") for m in listed["measures"] if "measure" in m}
        words = words_in(listed)
        for one in shape.one_by_one():
            found, said = part(one, grid.sheet, file, choices, words, units)
            if found.table in listed:
                listed[found.table] += [row for row in found.rows if key_in(found.table) in row]
            parts.append(found)
            findings += said
    parts, said = each_once(parts, file, choices)
    # A cell beside several figures is read with each of them.
    return parts, [*dict.fromkeys([*findings, *said])]


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
