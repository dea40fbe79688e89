"""Which way cells are read that can be read in several, from those that can't."""

from collections.abc import Collection, Iterable, Sequence

from openpyxl.utils import get_column_letter

from ringvirkning.intake.sheets import Cell, Decisions
from ringvirkning.intake.sheets.cells import Understood
from ringvirkning.intake.sheets.layout import Layout
from ringvirkning.intake.sheets.vocabulary import says_school_year

# What has to be decided, and the ways there are.
FAMILIES = {
    "decimal": (",", "."),
    "date_order": ("dmy", "mdy"),
    "serials": ("1900", "1904"),
    "two_years": ("school_year", "whole_years"),
    "part_of_year": ("year_only", "first_month"),
}
CellsByColumn = dict[int, dict[Cell, Understood]]


def ways_of_columns(
    layout: Layout, sheet: str, columns: CellsByColumn, counts: Collection[int], choices: Decisions
) -> dict[int, set[str]]:
    """The ways to read the cells of each column: by its own cells, else by all of the sheet's.

    What neither decides is a question for each column; but `counts` are the columns of whole
    numbers, in which 1,250 is no decimal number.
    """
    ways: dict[int, set[str]] = {place: set() for place in columns}
    certain = {place: certain_ways(cells.values()) for place, cells in columns.items()}
    several = {
        p: [(c.text, u) for c, u in cells.items() if len(u.ways) > 1]
        for p, cells in columns.items()
    }
    for kind, family in FAMILIES.items():
        shown = {place: found.intersection(family) for place, found in certain.items()}
        in_all = set[str]().union(*shown.values())
        open_cells = {
            place: found
            for place, cells in several.items()
            if (found := [text for text, seen in cells if is_ambiguous(seen, family)])
        }
        if len(in_all) == 1:
            (only,) = in_all
            shown_by = example_cell(columns, only)
            value = choices.decide(kind, only, family, sheet=sheet, found=shown_by)
            for place in columns:
                ways[place] |= {value or only}
            continue
        for place, texts in open_cells.items():
            likely = likely_way(shown[place], texts, bool(in_all), layout)
            if says_school_year(layout.heading(place)):
                likely = likely or "school_year"
            if likely is None and not in_all and place in counts:
                likely = whole_way(columns[place].values(), family)
            value = of_column(layout, sheet, kind, place, texts[0], likely, choices)
            ways[place] |= {value} if value else set()
    return ways


def of_column(
    layout: Layout,
    sheet: str,
    kind: str,
    place: int,
    text: str,
    likely: str | None,
    choices: Decisions,
) -> str | None:
    """The way that a column is read, of which a cell has several."""
    return choices.decide(
        kind,
        likely if likely in FAMILIES[kind] else None,
        FAMILIES[kind],
        sheet=sheet,
        about=get_column_letter(place + 1),
        row=next(row.number for row in layout.rows if row.cell(place).text == text),
        column=layout.heading(place),
        found=text[:80],
    )


def whole_way(cells: Iterable[Understood], family: Sequence[str]) -> str | None:
    """The only way in which all cells with several are whole numbers."""
    doubtful = [cell.ways for cell in cells if is_ambiguous(cell, family)]
    fitting = [w for w in family if all("." not in ways.get(w, ".") for ways in doubtful)]
    return fitting[0] if len(fitting) == 1 else None


def certain_ways(cells: Iterable[Understood]) -> set[str]:
    """The ways of cells that can be read in one way only."""
    return {way for cell in cells if len(cell.ways) == 1 for way in cell.ways}


def is_ambiguous(cell: Understood, family: Sequence[str]) -> bool:
    return len(cell.ways) > 1 and not set(family).isdisjoint(cell.ways)


def example_cell(columns: CellsByColumn, way: str) -> str | None:
    """A cell that can be read in this way only."""
    texts = (c.text for cells in columns.values() for c, u in cells.items() if [*u.ways] == [way])
    return next(texts, None)


def likely_way(shown: set[str], texts: list[str], is_disputed: bool, layout: Layout) -> str | None:
    """The way of a column's own cells. 03.04.2024 is written so in Norway, if nothing denies it."""
    if len(shown) == 1:
        return next(iter(shown))
    is_dotted = all(text.count(".") >= 2 for text in texts)
    return "dmy" if is_dotted and not is_disputed and layout.is_norwegian else None
