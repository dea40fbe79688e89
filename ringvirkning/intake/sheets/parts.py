"""The rows of a laid-out sheet in the contract's shape, and what is wrong with them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from queries.contract import Table
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake.sheets import EACH, EMPTY, KEEP, LEAVE_OUT, Cell, Decisions, Part, Row
from ringvirkning.intake.sheets.cells import (
    LIST_SIGNS,
    RULE_OF_KIND,
    UNKNOWN,
    Field,
    Understood,
    field_of,
    is_unknown,
    ways_to_read,
)
from ringvirkning.intake.sheets.computed import (
    ANY_SHARE,
    given_instead,
    is_told_otherwise,
)
from ringvirkning.intake.sheets.dates import day_after, is_late_evening
from ringvirkning.intake.sheets.firms import OF_PARTNER
from ringvirkning.intake.sheets.layout import Layout
from ringvirkning.intake.sheets.new_measures import NEW_MEASURE, named_anew, units_of_new
from ringvirkning.intake.sheets.vocabulary import near, plain, table_named, word_list
from ringvirkning.intake.sheets.ways import CellsByColumn, ways_of_columns
from ringvirkning.intake.sheets.wide import stated

DASHES = ("-", "--", "–", "—")
ROW_LEFT_OUT = Understood({"": ""}, said="left_out")  # with all of its row


@dataclass
class Reader:
    """One sheet on its way to rows; `units` are the measures' by code."""

    layout: Layout
    sheet: str
    file: str
    choices: Decisions
    fields: Mapping[int, Field]
    units: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def find(self, rule: str, place: int, row: int, found: str | None, **more: str) -> None:
        """Keep a finding, unless there are enough of its kind."""
        column = self.layout.heading(place)
        self.counted[rule, column] += 1
        said = more.get("level") == "should_look"
        if self.counted[rule, column] <= (1 if said else MOST_SHOWN):
            place_in_file = (self.file, row, column, (found or "")[:80])
            more |= {"sheet": self.sheet} if self.sheet else {}
            self.findings.append(Finding(rule, *place_in_file, **more))  # type: ignore[arg-type]


def part(
    layout: Layout,
    sheet: str,
    file: str,
    choices: Decisions,
    words: Mapping[str, Mapping[str, str]],
    units: Mapping[str, str],
) -> tuple[Part, list[Finding]]:
    """What a sheet gives to its table; `words` as `field_of` takes them. A cell that can't be read
    stands as it was written."""
    fields = {p: field_named(layout.table, name, words) for p, name in layout.columns.items()}
    reader = Reader(layout, sheet, file, choices, fields, units)
    cells = [*zip_longest(*(row.cells for row in layout.rows), fillvalue=EMPTY)]
    columns = {p: distinct(cells[p] if p < len(cells) else (), of) for p, of in fields.items()}
    take_out_unknown(reader, columns)
    put_right_days(reader, columns)
    keep_commas(reader, columns)
    leave_out_computed(reader, columns)
    ask_for_words(reader, columns)
    layout, columns = without_rows_left_out(layout, columns)
    reader.layout, reader.units = layout, {**units, **units_of_new(choices)}
    counts = [place for place, of in fields.items() if of.kind == "whole"]
    ways = ways_of_columns(layout, sheet, columns, counts, choices)
    settled_columns = {
        place: {cell: settle(seen, ways[place], fields[place]) for cell, seen in cells.items()}
        for place, cells in columns.items()
    }
    rows, numbers = [], []
    for row in layout.rows:
        if values := row_values(reader, row, settled_columns):
            rows.append(values)
            numbers.append(row.number)
    headings = {of.name: layout.heading(place) for place, of in fields.items()}
    key, defaults = layout.key, layout.every_row.defaults
    found = Part(
        layout.table.name, sheet, headings, rows, numbers, key, defaults, layout.is_of_rows
    )
    return found, reader.findings


def field_named(table: Table, name: str, words: Mapping[str, Mapping[str, str]]) -> Field:
    """How a column of a table is read, or of the partner that a row of it is about."""
    own = name.removeprefix(OF_PARTNER)
    of = table if own == name else table_named("partners")
    column = next(column for column in of.columns if column.name == own)
    return replace(field_of(of, column, words), name=name)


# A cell with its text, None while a question is open, and the rule that it breaks.
Settled = dict[int, dict[Cell, tuple[Understood, str | None, str | None]]]


def distinct(cells: Sequence[Cell], of: Field) -> dict[Cell, Understood]:
    """The different cells of a column, each read once, in the order of the rows."""
    return {cell: ways_to_read(cell, of) for cell in dict.fromkeys(cells) if cell.text}


def take_out_unknown(reader: Reader, columns: CellsByColumn) -> None:
    """Signs such as * and – hold nothing, unless that is denied; a code of the same name is one."""
    marks = [
        (place, cell)
        for place, cells in columns.items()
        for cell in cells
        if is_unknown(cell) and plain(cell.text) not in reader.fields[place].words
    ]
    if marks:
        shown = " ".join(sorted({cell.text for _, cell in marks}))[:80]
        options = ("empty", "zero", KEEP)
        value = reader.choices.decide("markers", "empty", options, sheet=reader.sheet, found=shown)
        for place, cell in marks:
            is_dash = cell.text in DASHES and reader.fields[place].kind in ("whole", "number")
            if value == "zero" and is_dash:
                columns[place][cell] = Understood({"": "0"})
            elif value != KEEP:
                columns[place][cell] = UNKNOWN
            if (
                value == "empty"
                and is_dash
                and not reader.choices.was_said("markers", reader.sheet)
            ):
                said = {"level": "should_look"}
                reader.find(
                    "dash_unknown", place, first_row(reader, place, cell), cell.text, **said
                )


def put_right_days(reader: Reader, columns: CellsByColumn) -> None:
    """Ask about a column whose days all stand late in the evening: programs that count in UTC write
    a midnight in Norway so, and the day is the next one then."""
    for place, cells in columns.items():
        texts = [cell.text for cell in cells if cells[cell] is not UNKNOWN]
        is_date = reader.fields[place].kind == "date"
        if not (is_date and len(texts) > 1 and all(map(is_late_evening, texts))):
            continue
        value = reader.choices.decide(
            "evening",
            None,
            ("day_after", "same_day"),
            sheet=reader.sheet,
            about=get_column_letter(place + 1),
            column=reader.layout.heading(place),
            found=texts[0][:80],
            is_guessed=True,
        )
        if value == "day_after":
            for cell, seen in cells.items():
                after = {way: day_after(day) for way, day in seen.ways.items()}
                cells[cell] = seen._replace(ways=after, said="day_in_norway")


def keep_commas(reader: Reader, columns: CellsByColumn) -> None:
    """A list without a stronger sign is split at its commas, unless that is denied."""
    for place, cells in columns.items():
        of = reader.fields[place]
        texts = [cell.text for cell in cells if "," in cell.text]
        texts = [text for text in texts if not any(sign in text for sign in LIST_SIGNS)]
        if of.kind != "list" or not texts:
            continue
        more = {"column": reader.layout.heading(place), "found": texts[0][:80]}
        options = ("split", KEEP)
        about = {"sheet": reader.sheet, "about": of.name, **more}
        if reader.choices.decide("comma", "split", options, **about) == KEEP:
            for text in texts:
                cells[Cell(text)] = Understood({"": text})


def leave_out_computed(reader: Reader, columns: CellsByColumn) -> None:
    """Leave out the figures of measures that the pages work out, unless a word may mean another."""
    for place, cells in columns.items():
        of = reader.fields[place]
        if (of.kind, of.code_kind) != ("code", "measure"):
            continue
        left = list[Cell]()
        known = {cell: code for cell, seen in cells.items() if (code := seen.ways.get(""))}
        # "Andel i jobb" is no measure's name, but no other figure either.
        words = word_list("leave_out", "computed")
        unnamed = [c for c, seen in cells.items() if not seen.ways and plain(c.text) in words]
        named = known | dict.fromkeys(unnamed, ANY_SHARE)
        for cell, code in named.items():
            if code in of.codes and cell not in unnamed:
                continue
            instead, is_told = given_instead(code), is_told_otherwise(code, named.values())
            value = reader.choices.decide(
                "word",
                LEAVE_OUT if is_told else None,
                dict.fromkeys([*[LEAVE_OUT] * is_told, *stated([instead, *of.codes]), LEAVE_OUT]),
                sheet=reader.sheet,
                about=f"measure:{plain(cell.text)[:80]}",
                row=first_row(reader, place, cell),
                column=reader.layout.heading(place),
                found=cell.text[:80],
                is_guessed=True,
            )
            cells[cell] = Understood({"": value or ""}) if value != LEAVE_OUT else ROW_LEFT_OUT
            left += [cell] * (value == LEAVE_OUT)
        if left:
            row, texts = first_row(reader, place, left[0]), ", ".join(cell.text for cell in left)
            reader.find("computed_word_left_out", place, row, texts, level="should_look")


def ask_for_words(reader: Reader, columns: CellsByColumn) -> None:
    """Ask which code each word is that is none, offering what is spelt much like it; of more than
    some first whether all are the same, or left out."""
    for place, cells in columns.items():
        of = reader.fields[place]
        unknown = [c for c, u in cells.items() if of.kind == "code" and not u.ways and not u.said]
        rest: str | None = EACH
        if len(unknown) > MOST_SHOWN:
            rest = reader.choices.decide(
                "words",
                None,
                [EACH, LEAVE_OUT, *of.codes],
                sheet=reader.sheet,
                about=of.code_kind,
                row=first_row(reader, place, unknown[0]),
                column=reader.layout.heading(place),
                found=f"{', '.join(cell.text[:25] for cell in unknown[:3])} … ({len(unknown)})",
            )
        may_be_new = of.code_kind == "measure"
        # A figure goes with the measure that it is of.
        left_out = ROW_LEFT_OUT if of.name == "measure" else UNKNOWN
        for cell in unknown if rest else []:
            about = f"{of.code_kind}:{plain(cell.text)[:80]}"
            if rest != EACH and f"{reader.sheet}/word/{about}" not in reader.choices.asked:
                cells[cell] = left_out if rest == LEAVE_OUT else Understood({"": rest or ""})
                continue
            row, heading = first_row(reader, place, cell), reader.layout.heading(place)
            alike = [code for code in near(plain(cell.text), of.words) if code in of.codes]
            likely = [*alike, *[NEW_MEASURE] * may_be_new]
            value = reader.choices.decide(
                "word",
                None,
                dict.fromkeys([*likely, *of.codes, LEAVE_OUT]),
                sheet=reader.sheet,
                about=about,
                row=row,
                column=heading,
                found=cell.text[:80],
                is_guessed=bool(alike),
            )
            if value == NEW_MEASURE:
                taken = {*of.words.values()}
                value = named_anew(cell.text, row, heading, reader.sheet, taken, reader.choices)
            if value:
                cells[cell] = left_out if value == LEAVE_OUT else Understood({"": value})


def without_rows_left_out(layout: Layout, columns: CellsByColumn) -> tuple[Layout, CellsByColumn]:
    """The rows that stay, and the cells in them: nothing is asked or said of the others."""
    left = {
        place: {cell for cell, seen in cells.items() if seen is ROW_LEFT_OUT}
        for place, cells in columns.items()
    }
    if not any(left.values()):
        return layout, columns
    rows = [row for row in layout.rows if not any(row.cell(p) in left[p] for p in left)]
    stays = {place: {row.cell(place) for row in rows} for place in columns}
    return replace(layout, rows=rows), {
        place: {cell: seen for cell, seen in cells.items() if cell in stays[place]}
        for place, cells in columns.items()
    }


def first_row(reader: Reader, place: int, cell: Cell) -> int:
    return next(row.number for row in reader.layout.rows if row.cell(place) == cell)


def row_values(reader: Reader, row: Row, columns: Settled) -> dict[str, str]:
    """The filled columns of a row. Where a question is open the cell stands as it was written."""
    values: dict[str, str] = {}
    remarks = []
    own, width = row.cells, len(row.cells)
    for place, cells in columns.items():
        if place >= width or not (cell := own[place]).text:
            continue
        seen, text, wrong = cells[cell]
        if wrong:
            reader.find(wrong, place, row.number, cell.text)
        elif seen.said or seen.qualifier:
            remarks.append((place, seen))
        values[reader.fields[place].name] = cell.text if wrong or text is None else text
    fixed = reader.layout.every_row.fixed
    if reader.layout.is_figures and not values.get("value"):
        return {}
    if values:
        values = {**fixed, **values}
    for place, seen in remarks:
        remark(reader, place, row, seen, values)
    return {name: text for name, text in values.items() if text}


def remark(reader: Reader, place: int, row: Row, seen: Understood, values: dict[str, str]) -> None:
    """Say what a cell was read as beside its text, and put how sure it is in its own column."""
    written = row.cell(place).text
    if seen.said == "percent":
        measure = values.get("measure", "")
        is_asked = measure and reader.units and measure not in reader.units  # what it is
        if not is_asked and reader.units.get(measure) != "share":
            reader.find("percent_of_count", place, row.number, written)
    elif seen.said and seen.ways:
        reader.find(seen.said, place, row.number, written, level="should_look")
    name, code = reader.fields[place].qualifier, seen.qualifier
    if code and (values.get(name) or code) != code:
        reader.find("two_qualifiers", place, row.number, written)
    elif code:
        values[name] = code


def settle(
    seen: Understood, ways: set[str], of: Field
) -> tuple[Understood, str | None, str | None]:
    """A cell with its text, where there is one way to read it or the way is decided."""
    texts = [text for way, text in seen.ways.items() if len(seen.ways) == 1 or way in ways]
    text = texts[0] if texts else None
    return seen, text, wrong_with(seen, text, of)


def wrong_with(seen: Understood, text: str | None, of: Field) -> str | None:
    """The rule that a cell breaks. An unknown code and an open way are asked about instead."""
    if not seen.ways:
        return seen.said or RULE_OF_KIND.get(of.kind)
    return "not_whole_number" if of.kind == "whole" and "." in (text or "") else None
