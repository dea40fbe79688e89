"""Where in a sheet the table is: which one, its heading row, its columns, its rows."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from openpyxl.utils import get_column_letter

from queries.contract import TYPE_TABLES, Table, tables
from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import LEAVE_OUT, Cell, CountedRounds, Decisions, Grid, Row
from ringvirkning.intake.sheets.across import (
    TIME_COLUMNS,
    HeadingNames,
    heading_texts,
    other_row,
    row_across,
    time_beside,
    time_column,
)
from ringvirkning.intake.sheets.columns import chosen_columns
from ringvirkning.intake.sheets.corrections import corrected
from ringvirkning.intake.sheets.every_row import EveryRow, every_row
from ringvirkning.intake.sheets.facts import fact_rows, filled_down
from ringvirkning.intake.sheets.heading_row import (
    aligned,
    crossed_headings,
    is_heading,
    likely_header,
    names_columns,
    score,
)
from ringvirkning.intake.sheets.meanings import Headings, no_place
from ringvirkning.intake.sheets.memory import TABLE_SAID, said_of_sheet
from ringvirkning.intake.sheets.pairs import OneByOne, times_in_names, told_one_by_one
from ringvirkning.intake.sheets.tickets import counted_tickets
from ringvirkning.intake.sheets.vocabulary import (
    headings,
    headings_in,
    named_after,
    plain,
    plain_heading,
    remarks,
    table_named,
)
from ringvirkning.intake.sheets.wide import (
    HELD,
    OF_RESULTS,
    OF_TARGETS,
    TABLE,
    TARGET,
    TARGETS,
    fixed,
    followed_up,
    is_across,
    is_of_figures,
    is_target,
    says_more,
)
from ringvirkning.intake.sheets.yearless import (
    ANY_YEAR,
    in_its_year,
    with_years,
    with_years_across,
    yearless_headings,
)

IN_NAMES = "in_names"  # each row's name says when it was
ANY_TIME = "*"
NORWEGIAN = re.compile("[æøåÆØÅ]")
MOST_UNKNOWN = 5  # times as many columns as are known to be of a table
USUAL_TABLES = ("partners", "partnerships", HELD, TABLE)  # of which there are most lists
DEEPEST = 40  # rows in which a heading row is looked for


@dataclass(frozen=True)
class Layout:
    """A table in a sheet: the contract's columns by their place from 0, and the rows of facts.

    Where `is_of_rows` they are results of the activities in the same rows, and where `is_figures`
    what a column says of all of its figures is in `every_row`. `copies` are places behind the
    sheet's own, with those whose cells told two things. `grid` is the sheet with its corrections,
    `other` a second row of headings.
    `counted_from` is the key of the headings of a sheet of participants, of which these are the
    rounds.
    """

    table: Table
    header: Row
    columns: Mapping[int, str]
    rows: list[Row]
    grid: Grid
    every_row: EveryRow = field(default_factory=EveryRow)
    is_of_rows: bool = False
    is_figures: bool = False
    copies: Mapping[int, int] = field(default_factory=dict)
    counted_from: str = ""
    other: Row | None = None

    @property
    def key(self) -> str:
        """What the sheet is remembered by."""
        return self.counted_from or mapping_key(self.header)

    def heading(self, place: int) -> str:
        place = self.copies.get(place, place)
        text = " ".join(" ".join(self.texts.get(place, ())).split())
        return text or get_column_letter(place + 1)

    @cached_property
    def texts(self) -> Mapping[int, Sequence[str]]:
        """The headings of each place, from above."""
        width = max([*self.header.filled, *(self.other.filled if self.other else ())], default=-1)
        return heading_texts(self.header, self.other, width + 1)

    @property
    def counted(self) -> set[int]:
        """The places of the columns with numbers, which a sum has in it."""
        types = {c.name: c.type for c in self.table.columns}
        return {
            place
            for place, name in self.columns.items()
            if is_of_figures(name) or types.get(name, "").startswith(("INTEGER", "DECIMAL"))
        }

    def one_by_one(self) -> Iterator["Layout"]:
        """Itself; with columns for measures, once for each, whose figures are the values then. A
        sheet of rounds comes first as activities."""
        rest = {place: name for place, name in self.columns.items() if not is_of_figures(name)}
        said, held = self.every_row, self.table.name == HELD
        if held or len(rest) == len(self.columns):
            yield replace(self, columns=rest)
        elif "value" in rest.values():  # beside targets
            is_told = {"quote", "value_status"}.isdisjoint(rest.values())
            yield replace(self, columns=rest, is_figures=is_told)
        if held:
            rest = {p: OF_RESULTS[name] for p, name in rest.items() if name in OF_RESULTS}
            known = {n: text for n, text in said.fixed.items() if n in OF_RESULTS}
            said = EveryRow(known)
        for place, name in self.columns.items():
            if is_target(name):
                yield self.targets(place, rest)
            elif is_across(name):
                yield replace(
                    self,
                    table=table_named(TABLE) if held else self.table,
                    columns={**rest, **followed_up(self.columns, name), place: "value"},
                    every_row=replace(said, fixed={**said.fixed, **fixed(name)}),
                    is_of_rows=held,
                    is_figures=True,
                )

    def targets(self, place: int, rest: Mapping[int, str]) -> "Layout":
        """What was aimed at, which stands beside results."""
        told = {name: text for name, text in self.every_row.fixed.items() if name in OF_TARGETS}
        told |= {name: text for name, text in fixed(self.columns[place]).items() if name != TARGET}
        return replace(
            self,
            table=table_named(TARGETS),
            columns={**{p: n for p, n in rest.items() if n in OF_TARGETS}, place: "value"},
            every_row=EveryRow({**told, "evidence": "stated"}),
            is_figures=True,
        )

    @property
    def is_norwegian(self) -> bool:
        """Whether a heading is a Norwegian word and no English one, or has a Norwegian letter."""
        only, texts = headings_in("nb") - headings_in("en"), [c.text for c in self.header.cells]
        return any(plain_heading(t) in only or NORWEGIAN.search(t) for t in texts)


def mapping_key(header: Row) -> str:
    """Names a row of headings, so that the next file with the same ones is known, be it of another
    year."""
    told = [time_beside(cell.text) for cell in header.cells]
    found = [
        f"{plain_heading(text)} {ANY_TIME}" if time else plain_heading(text) for time, text in told
    ]
    words = json.dumps([word for word in found if word and word not in remarks()])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def layout(
    grid: Grid,
    file: str,
    choices: Decisions,
    remembered: Mapping[str, Mapping[str, str]],
    names: Mapping[str, Sequence[str]] | None,
    words: Mapping[str, Mapping[str, str]],
) -> tuple[Layout | None, list[Finding]]:
    """The table of a sheet, and what is to be said of it; none when it is left out or asked for."""
    measures, yearless = words["measures"], yearless_headings(grid.rows[:DEEPEST])
    in_any_year = with_years_across(grid, yearless, ANY_YEAR)
    tops = in_any_year.rows[:DEEPEST]
    known = next((row for row in tops if mapping_key(row) in remembered), None)
    key = mapping_key(known) if known else ""
    choices.remembered = said_of_sheet(remembered[key], grid.sheet) if known else {}
    table = chosen_table(in_any_year, file, tops, measures, choices)
    if table is None:
        return None, []
    if yearless and time_column(table):
        grid = in_its_year(grid, yearless, file, choices)
        if choices.is_open("year", grid.sheet):
            return None, []
    tops = grid.rows[:DEEPEST]
    if known:  # what is meant by the headings in another table is nothing here
        is_same = choices.remembered.get(TABLE_SAID) in (None, table.name)
        otherwise = choices.remembered if is_same else {}
        choices.remembered = remembered.get(f"{key}/{table.name}", otherwise)
    crossed = crossed_headings(tops) if table.name == TABLE else None
    likely = crossed.header if crossed else likely_header(tops, table, measures, row_across(tops))
    header = known or likely
    numbers = [str(row.number) for row in tops]
    chosen = choices.decide(
        "header_row", str(header.number) if header else None, numbers, sheet=grid.sheet
    )
    if chosen is None:
        return None, []
    header = next(row for row in tops if str(row.number) == chosen)
    grid = corrected(grid, header, choices)
    tops = grid.rows[:DEEPEST]
    named = HeadingNames(
        measures, {plain(name): name for name in (names or {}).get("programme", ())}
    )
    is_crossed = crossed and crossed.header is header
    other = crossed.times if crossed and is_crossed else other_row(header, tops, table, named)
    last = max(header.number, other.number if other else 0)
    below = [row for row in grid.rows if row.number > last]
    below = aligned(header, other, below, table, grid.sheet, choices)
    counted = counted_tickets(table, header, below, grid.sheet, measures, choices)
    if choices.is_open("tickets", grid.sheet):
        return None, []
    below = counted.rows if counted else below
    own = Headings.of(table, header, other, below, grid.sheet, named)
    columns, computed = chosen_columns(own, named, choices)
    titles = [row for row in tops if row.number < header.number]
    if names is not None:
        around = [grid.sheet, *(cell.text for row in titles for cell in row.cells)]
        below = with_years(columns, below, around, file, choices)
    told = told_one_by_one(table, columns, below, file, grid.sheet)
    if counted:
        told.add_counts(counted.registered, counted.attended)
    found = Layout(table, header, told.columns, told.rows, grid, copies=told.copies, other=other)
    rows = fact_rows(grid, last, told.rows, len(columns), found.counted, choices)
    told.rows = filled_down(grid, rows, choices)
    if names is not None and table.name == HELD:
        take_times(told, grid.sheet, choices)
    found = replace(found, columns=told.columns, rows=told.rows, copies=told.copies)
    if names is not None:
        has = columns_told(found, bool(is_crossed), choices)
        said = every_row(table, has, grid.sheet, file, titles, names, words, choices)
        found = replace(found, every_row=said)
    said_of_computed = told_of_computed(grid, file, header, computed)
    return found, [*told.findings, *said_of_computed, *layout_findings(grid, file, found)]


def columns_told(found: Layout, is_crossed: bool, choices: Decisions) -> list[str]:
    """The columns that rows say something of, or may, so that nobody is asked of all of them."""
    told = [*found.columns.values(), *said_across(found)]
    if choices.is_open("rest", found.grid.sheet):
        told.append("programme")  # may stand across
    if is_crossed:
        told += TIME_COLUMNS
    across = [name for name in told if is_across(name)]
    if across and all(map(is_target, across)) and "value" not in told:
        told.append("evidence")  # nothing was counted
    return told


def told_of_computed(
    grid: Grid, file: str, header: Row, rules: Mapping[str, str]
) -> Iterator[Finding]:
    """Which columns the pages work out, by the rule that says so."""
    for rule in dict.fromkeys(rules.values()):
        titles = ", ".join(title for title, of in rules.items() if of == rule)
        place = (rule, file, header.number, None, titles[:80])
        yield Finding(*place, level="should_look", sheet=grid.sheet or None)


def layout_of_rounds(
    counted: CountedRounds,
    key: str,
    file: str,
    choices: Decisions,
    names: Mapping[str, Sequence[str]] | None,
    words: Mapping[str, Mapping[str, str]],
) -> Layout:
    """The rounds that a sheet of participants came to; `key` is that of its own headings."""
    table, (header, *rows), sheet = table_named(HELD), counted.grid.rows, counted.grid.sheet
    told = OneByOne(dict(counted.columns), rows)
    if names is not None:
        take_times(told, sheet, choices)
    found = Layout(
        *(table, header, told.columns, told.rows, counted.grid),
        copies=told.copies,
        counted_from=key,
    )
    if names is None:
        return found
    said = every_row(table, [*told.columns.values()], sheet, file, [], names, words, choices)
    return replace(found, every_row=said)


def said_across(found: Layout) -> set[str]:
    """The columns that headings across say something of, each of its own figures."""
    across = [fixed(name).keys() for name in found.columns.values() if is_across(name)]
    return set.intersection(*map(set, across)) if across else set()


def take_times(told: OneByOne, sheet: str, choices: Decisions) -> None:
    """When activities were, out of their names, if the person says so; of rounds it is found."""
    title, columns = told.place_of("title"), told.columns.values()
    if title is None or not {"start_date", "activity_id"}.isdisjoint(columns):
        return
    times = times_in_names(told.rows, title)
    if not times:
        return
    is_of_rounds = len(times) == len(told.rows) and any(map(is_of_figures, columns))
    shown = next(iter(times.values()))[:80]
    options = (IN_NAMES, LEAVE_OUT)
    value = choices.decide(
        "year",
        IN_NAMES if is_of_rounds else None,
        options,
        sheet=sheet,
        column="year",
        found=shown,
        is_free=True,
    )
    if value == IN_NAMES:
        cells = {row.number: row.cell(title) for row in told.rows}
        told.add("start_date", title, {n: (cells[n], Cell(text)) for n, text in times.items()})


def chosen_table(
    grid: Grid, file: str, tops: list[Row], measures: Mapping[str, str], choices: Decisions
) -> Table | None:
    across, is_crossed = row_across(tops), bool(crossed_headings(tops))
    scores = {
        t.name: max((score(r, t, measures, across) for r in tops), default=0)
        for t in tables()
        if t.name == TABLE or not is_crossed
    }
    named = named_after(grid.sheet) or named_after(file.rsplit(".", 1)[0])
    is_rare = (*TYPE_TABLES, "measures")  # of what others refer to there are few lists
    order = [t for t in scores if t in USUAL_TABLES] + [
        t for t in scores if t not in (*USUAL_TABLES, *is_rare)
    ]
    order += [t for t in scores if t in is_rare]
    likely = sorted(order, key=lambda t: (-scores[t], t != named))
    best, second = [*(scores[t] for t in likely), 0][:2]
    width = max((len(row.filled) for row in tops), default=0)
    is_prose = not best and all(row.filled == row.filled[:1] for row in grid.rows)
    found: str | None = None
    if grid.is_hidden or (is_prose and grid.sheet):
        found = LEAVE_OUT
    elif best and (likely[0] == named or (best > max(second, 1) and MOST_UNKNOWN * best >= width)):
        found = likely[0]
    shown = next((cell.text[:80] for row in tops for cell in row.cells if cell.text), None)
    options, is_guessed = [*likely, LEAVE_OUT], best > second
    value = choices.decide(
        "table", found, options, sheet=grid.sheet, found=shown, is_guessed=is_guessed
    )
    return table_named(value) if value and value != LEAVE_OUT else None


def told_of_headings(grid: Grid, file: str, found: Layout) -> Iterator[Finding]:
    """Which columns are left out for their headings, or belong elsewhere; for each rule at once."""
    known, others = headings(found.table.name), [headings(table.name) for table in tables()]
    foreign: list[str] = []
    told: dict[str, list[str]] = defaultdict(list)
    for place in found.header.filled:
        heading = plain_heading(found.header.cell(place).text)
        if place in found.columns or heading in known:
            continue
        if why := no_place(heading, found.rows, place):
            told[f"{why}_left_out"].append(found.heading(place))
        elif any(heading in other for other in others):
            foreign.append(heading)
            told["of_other_table"].append(found.heading(place))
    if not any(sum(heading in other for heading in foreign) > 1 for other in others):
        told.pop("of_other_table", None)  # one such heading may be anything
    for rule, names in told.items():
        yield Finding(
            rule,
            file,
            found.header.number,
            found=", ".join(names)[:80],
            level="should_look",
            sheet=grid.sheet or None,
        )


def layout_findings(grid: Grid, file: str, found: Layout) -> Iterator[Finding]:
    sheet = grid.sheet or None
    for name, times in Counter(found.columns.values()).items():
        if times > 1:
            yield Finding("repeated_column", file, found.header.number, name, name, sheet=sheet)
    across = [name for name in found.columns.values() if is_across(name) and not is_target(name)]
    if "value" in found.columns.values() and across:
        yield Finding("repeated_column", file, found.header.number, "value", "value", sheet=sheet)
    above = found.header.number
    for row in found.rows:
        is_apart = row.number > above + 1
        is_titled = is_apart and names_columns(row)
        if is_titled or (len(row.filled) > 2 - is_apart and is_heading(row)):
            yield Finding("second_table", file, row.number, sheet=sheet)
        above = row.number
    yield from told_of_headings(grid, file, found)
    # A heading over the times of what it is of, or over its parts, is merged as it should be.
    first = found.header.number + any(map(says_more, found.columns.values()))
    if found.other:
        first = max(found.header.number, found.other.number) + 1
    wide = [area for area in grid.merged if area.last_row >= first]
    if wide:
        cells = wide[0].name
        yield Finding(
            "merged_cells", file, wide[0].first_row, None, cells, level="should_look", sheet=sheet
        )
    for hidden in (grid.hidden_rows, grid.hidden_columns):
        if hidden:
            yield Finding("hidden_cells", file, found=str(hidden), level="should_look", sheet=sheet)
            break
