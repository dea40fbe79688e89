"""What goes for all rows of a sheet and stands in no column: asked once, and not said row by row.

Nobody keeps a column that says the same in every row, and the contract wants it in each.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from queries.contract import Column, Table
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.sheets import LEAVE_OUT, Decisions, Row
from ringvirkning.intake.sheets.dates import TWO_YEARS, iso_period, ways_of_two_years
from ringvirkning.intake.sheets.firms import (
    AGREEMENTS,
    CALLED,
    CALLED_AS,
    WITH_WHOM,
    titles_offered,
)
from ringvirkning.intake.sheets.vocabulary import codes_kind, plain, says_school_year
from ringvirkning.intake.sheets.wide import (
    HELD,
    TABLE,
    TARGETS,
    fixed,
    is_across,
    is_of_figures,
    stated,
)

# A result that names no activity is one of these.
OF_RESULT = ("programme", "association", "year")
OF_HELD = ("start_date",)
OF_FIGURES = ("evidence",)
MEASURE = "measure"
OF_COLUMNS = ("column", "heading", "rest")  # kinds of questions about them
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class EveryRow:
    """`fixed` stands in each row; `defaults` only in those that were not there before, since what
    kind of thing something is may be known already, but not how new figures of it are."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


def missing_columns(table: Table, columns: Collection[str]) -> Iterator[Column]:
    """The columns that every row must have and no heading is of. Rows with ids are known ones."""
    if any(column.is_key and column.name in columns for column in table.columns):
        return
    said: tuple[str, ...] = ()
    if table.name == HELD:  # what is called the same is held again the year after
        # What came of a round is shown by its programme.
        said = OF_HELD + OF_RESULT[:1] * any(map(is_of_figures, columns))
    elif table.name == TABLE and "activity_id" not in columns:
        said = OF_RESULT
    for column in table.columns:
        is_needed = column.required or column.name in said
        can_be_said = column.codes or column.type_table or column.name in (*OF_RESULT, *said)
        if table.name == AGREEMENTS and column.name == CALLED:
            can_be_said = WITH_WHOM in columns
        if column.name == MEASURE and table.name in (TABLE, TARGETS):
            across = [name for name in columns if is_across(name)]
            can_be_said = not any(MEASURE in fixed(name) for name in across)
            can_be_said &= bool(across) or "value" in columns
        if is_needed and can_be_said and column.name not in columns:
            yield column


def every_row(
    table: Table,
    columns: Collection[str],
    sheet: str,
    file: str,
    titles: Iterable[Row],
    names: Mapping[str, Sequence[str]],
    words: Mapping[str, Mapping[str, str]],
    choices: Decisions,
) -> EveryRow:
    """What the person says of all rows; `titles` are the rows above the headings, `names` those
    that are known, by column, `words` those for types, by their table."""
    fixed, defaults = dict[str, str](), dict[str, str]()
    title_texts = [cell.text for row in titles for cell in row.cells]
    may_be_told = any(
        c.sheet == sheet and c.kind in OF_COLUMNS and not c.value for c in choices.made
    )
    for column in missing_columns(table, columns):
        name = column.name
        codes = column.codes or [*words.get(column.type_table or "", {}).values()]
        if may_be_told and (name == MEASURE or column.type_table):
            continue  # by what is asked about
        if name == MEASURE:
            codes = [*stated(words.get("measures", {}).values())]
        if name in ("year", *OF_HELD):
            fixed[name] = year([sheet, *title_texts], file, choices, is_one=name != "year")
            continue
        if (table.name, name) == (AGREEMENTS, CALLED):
            if may_be_told:
                continue
            called = titles_offered()
            said = choices.decide("agreement_title", None, called, sheet=sheet, is_free=True)
            fixed[CALLED_AS] = (said or "").strip()
            continue
        known = names.get(name, ())
        # Where one association keeps its figures here, they are its own.
        only = known[0] if name == ASSOCIATION and len(known) == 1 else None
        said = choices.decide(
            "every_row",
            named_in([sheet, file, *title_texts], known) or only if not codes else None,
            dict.fromkeys([*(codes or known), LEAVE_OUT]),
            sheet=sheet,
            about=f"{name}:{codes_kind(column) or name * (name == MEASURE)}",
            column=name,
            is_free=not codes,
            is_guessed=not codes and len(known) == 1,
        )
        if said and said != LEAVE_OUT:
            (defaults if codes and name not in (*OF_FIGURES, MEASURE) else fixed)[name] = (
                said.strip()
            )
    return EveryRow({name: text for name, text in fixed.items() if text}, defaults)


def named_in(texts: Iterable[str], known: Iterable[str]) -> str | None:
    """The only one of some names that stands in the words around a table."""
    around = [f" {plain(text)} " for text in texts]
    found = [name for name in known if any(f" {plain(name)} " in text for text in around)]
    return found[0] if len(found) == 1 else None


def years_in(text: str) -> Iterable[str]:
    """The years that a name or a title tells; of "2023-24" what it may mean."""
    two, is_school_year = TWO_YEARS.search(text), says_school_year(text)
    if two and (is_school_year or len(two[2]) == 2):
        ways = ways_of_two_years(*two.groups(), is_school_year=is_school_year)
        return ways.values() or YEAR.findall(text)
    return YEAR.findall(text)


def year(texts: Sequence[str], file: str, choices: Decisions, *, is_one: bool) -> str:
    """The year in a sheet's name (the first of the texts) or its titles, if there is one only. A
    file's name may have the day on which it was saved: its year is offered, and never taken. Where
    it `is_one` a school year is none."""
    years = YEAR.findall if is_one else years_in
    found = list(dict.fromkeys(year for text in texts for year in years(text)))
    only = found[0] if len(found) == 1 else None
    offered = dict.fromkeys([*found, *years(file)])
    options, about = [*offered, LEAVE_OUT], {"sheet": texts[0], "column": "year"}
    said = choices.decide("year", only, options, is_free=True, **about)
    return "" if said in (None, LEAVE_OUT) else iso_period(str(said).strip()) or str(said).strip()
