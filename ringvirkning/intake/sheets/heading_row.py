"""Which row of a sheet has its headings, and whether the rows below begin one cell before them."""

from collections.abc import Mapping, Sequence

from queries.contract import Table, tables
from ringvirkning.intake.sheets import KEEP, LEAVE_OUT, Decisions, Row
from ringvirkning.intake.sheets.across import (
    FIGURES,
    Crossed,
    crossed_rows,
    figure_kind,
    time_column,
    times_of,
)
from ringvirkning.intake.sheets.firms import (
    AGREEMENTS,
    WITH_WHOM,
    names_firms,
    tells_agreements,
)
from ringvirkning.intake.sheets.meanings import no_place
from ringvirkning.intake.sheets.vocabulary import (
    every_heading,
    headings,
    plain_heading,
    table_named,
)
from ringvirkning.intake.sheets.wide import HELD, OF_ROUND, TABLE, measure_choice


def columns_in(row: Row, table: Table) -> set[str]:
    """The columns of a table that the cells of a row are headings of."""
    words = headings(table.name)
    return {words[w] for cell in row.cells if (w := plain_heading(cell.text)) in words}


def score(row: Row, table: Table, measures: Mapping[str, str], across: Row | None) -> int:
    """How many of a row's cells are headings of a table; several measures are of results, or of a
    round beside what else is told of it. `across` is the row with years across, if there is one."""
    own = columns_in(row, table)
    if table.name == AGREEMENTS and WITH_WHOM not in own and tells_agreements(row):
        return len(own) + names_firms(row)
    if row is across and time_column(table):
        return len(own) + len({row.cell(place).text for place in times_of(row)})
    if table.name not in (TABLE, HELD):
        return len(own)
    wide = {measure_choice(plain_heading(cell.text), measures) for cell in row.cells} - {None}
    is_wide = len(wide) > 1 if table.name == TABLE else not own.isdisjoint(OF_ROUND)
    return len(own) + len(wide) * is_wide + (table.name == TABLE and has_targets(row))


def crossed_headings(tops: Sequence[Row]) -> Crossed | None:
    """Rows of headings by what and by when; none below the headings of a table, where two years of
    a fact look like them."""
    found = crossed_rows(tops)
    first = min(row.number for row in found if row) if found else 0
    above = (row for row in tops if row.number < first)
    return None if any(map(names_columns, above)) else found


def names_columns(row: Row) -> bool:
    """Whether several of a row's cells are headings of one and the same table."""
    return any(len(columns_in(row, table)) > 2 for table in tables())


def has_targets(row: Row) -> bool:
    """Whether targets stand beside results of measures that have a column of their own."""
    kinds = [figure_kind(cell.text)[0] for cell in row.cells]
    others = [cell for cell, kind in zip(row.cells, kinds, strict=True) if not kind]
    return {*kinds} >= {*FIGURES} and "measure" in columns_in(
        Row(row.number, others), table_named(TABLE)
    )


def likely_header(
    tops: Sequence[Row], table: Table, measures: Mapping[str, str], across: Row | None
) -> Row | None:
    """The row with most headings. None where none has any, or where it may be a row of facts: below
    one that is as wide, with few headings among its cells or with cells that others repeat."""
    scores = [score(row, table, measures, across) for row in tops]
    if table.name == AGREEMENTS and not any(scores):
        scores = [names_firms(row) for row in tops]
    if not any(scores):
        return None
    place = scores.index(max(scores))
    found = tops[place]
    is_below = any(1 < len(found.filled) <= len(row.filled) for row in tops[:place])
    is_weak = 2 * scores[place] <= len(found.filled) or is_repeated(found, tops, table)
    return None if is_below and is_weak else found


def is_repeated(header: Row, tops: Sequence[Row], table: Table) -> bool:
    """Whether one of its headings stands in the same column of another row, as no heading does."""
    known = [p for p in header.filled if plain_heading(header.cell(p).text) in headings(table.name)]
    others = [row for row in tops if row is not header]
    return any(row.cell(place).text == header.cell(place).text for row in others for place in known)


def is_heading(row: Row) -> bool:
    """Whether every cell of a row is a heading of one and the same table. Of nearly every row the
    first cell tells that it isn't."""
    if plain_heading(row.cells[row.filled[0]].text) not in every_heading():
        return False
    return any(len(columns_in(row, table)) == len(row.filled) for table in tables())


def aligned(
    header: Row, other: Row | None, below: list[Row], table: Table, sheet: str, choices: Decisions
) -> list[Row]:
    """The rows below the headings without the name or number that each begins with where the
    headings have none, as R writes them: else each cell would stand under the next one's heading.
    """
    width = max(len(header.cells), len(other.cells) if other else 0)
    facts = [row for row in below if len(row.filled) > 1]
    wide = [row for row in facts if len(row.cells) == width + 1]
    is_whole = header.filled == [*range(width)]
    numbers = [row.cell(0).text for row in facts]
    is_numbered = numbers == [str(number) for number in range(1, len(facts) + 1)]
    is_longer = len(wide) == len(facts) or (wide and is_numbered)
    if not (wide and is_whole and is_longer and all(len(r.cells) <= width + 1 for r in facts)):
        return below
    first = plain_heading(header.cell(0).text)
    keys = {column.name for column in table.columns if column.is_key}
    may_be_number = no_place(first) or headings(table.name).get(first) in keys
    value = choices.decide(
        "row_names",
        LEAVE_OUT if is_numbered and not may_be_number else None,
        (LEAVE_OUT, KEEP),
        sheet=sheet,
        row=wide[0].number,
        found=", ".join(numbers[:3])[:80],
        is_guessed=True,
    )
    if value != LEAVE_OUT:
        return below
    return [row for r in below if (row := Row(r.number, r.cells[1:])).filled]
