"""One file of a person's, read: `read(path)`, then again with what was corrected and answered."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from queries.contract import tables
from ringvirkning.finding import Finding
from ringvirkning.intake.cubes.series import cubes_in, read_cubes
from ringvirkning.intake.sheets import Choice, Decisions, Grid, Part, Read, Refused
from ringvirkning.intake.sheets.files import grids
from ringvirkning.intake.sheets.layout import Layout, layout, mapping_key
from ringvirkning.intake.sheets.memory import lasting
from ringvirkning.intake.sheets.parts import part
from ringvirkning.intake.sheets.vocabulary import measure_names

OPTIONS_NAMED = 4  # answers named with a question on the command line
NO_ANSWERS: Mapping[str, str] = {}
NO_NAMES: Mapping[str, Sequence[str]] = {}


def read_file(
    path: Path,
    asked: Mapping[str, str] = NO_ANSWERS,
    *,
    measures: Sequence[Mapping[str, str]] = (),
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    names: Mapping[str, Sequence[str]] | None = NO_NAMES,
) -> Read:
    """A CSV or XLSX file, or a cube of statistics, as the contract's rows, or why not, and all that
    was assumed.

    `asked` are values for choices by their key: those of `Read.answers`, corrected. `measures` are
    the rows of `measures.csv` that are known; `remembered` is what `remembered_readings` gives;
    `names` are the associations and programmes that are known, by column; with None nothing is
    asked of what goes for all rows.
    """
    choices = Decisions(asked)
    try:
        if cubes := cubes_in(path, choices):
            given = read_cubes(cubes, path.name, choices, remembered or {}, names)
            return read_of(path.name, choices, *given)
        found, findings = grids(path, choices)
    except Refused as refused:
        return Read(path.name, tuple(choices.made), findings=(refused.finding,))
    laid_out = []
    like_before = dict(remembered or {})
    for grid in (grid for grid in found if grid.rows):
        shape, said = layout(grid, path.name, choices, like_before, names, measure_names(measures))
        findings += [*said, *hidden_sheets(grid, path.name)]
        if shape:
            laid_out.append((grid, shape, choices.remembered))
            # A sheet for each year has the same headings, and means the same by them.
            like_before[mapping_key(shape.header)] = lasting(choices.made, grid.sheet)
    parts, said = read_parts(laid_out, path.name, choices, measures)
    return read_of(path.name, choices, parts, found, [*findings, *said])


def read_of(
    file: str,
    choices: Decisions,
    parts: Sequence[Part],
    found: Sequence[Grid],
    findings: Sequence[Finding],
) -> Read:
    """A file as it was understood, its open questions first."""
    if not any(part.rows for part in parts) and all(c.value for c in choices.made):
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
    measures: Sequence[Mapping[str, str]],
) -> tuple[list[Part], list[Finding]]:
    """The rows of every sheet: first the measures', whose names the others use."""
    parts: list[Part] = []
    findings: list[Finding] = []
    known = list(measures)
    for grid, shape, memory in sorted(laid_out, key=lambda one: one[1].table.name != "measures"):
        choices.remembered = memory
        units = {row["measure"]: row.get("unit", "") for row in known if "measure" in row}
        names = measure_names(known)
        for one in shape.one_by_one():
            found, said = part(one, grid.sheet, file, choices, names, units)
            if found.table == "measures":
                known += [row for row in found.rows if "measure" in row]
            parts.append(found)
            findings += said
    # A cell beside several figures is read with each of them.
    return parts, [*dict.fromkeys(findings)]


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
