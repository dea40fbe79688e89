"""What the headings of a sheet mean by themselves."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Self

from queries.contract import Table
from ringvirkning.intake.sheets import LEAVE_OUT, Row
from ringvirkning.intake.sheets.across import (
    FEWEST_ACROSS,
    HeadingNames,
    across_choice,
    figure_kind,
    heading_texts,
    time_column,
)
from ringvirkning.intake.sheets.computed import (
    COMPUTED,
    computed_columns,
    given_instead,
    sums_apart,
)
from ringvirkning.intake.sheets.dates import date_ways
from ringvirkning.intake.sheets.firms import AGREEMENTS, CALLED, WITH_WHOM, told_of_firms
from ringvirkning.intake.sheets.numbers import number_ways
from ringvirkning.intake.sheets.pairs import YEAR_IN_NAME, both_in
from ringvirkning.intake.sheets.vocabulary import (
    headings,
    headings_alone,
    near,
    plain,
    plain_heading,
    remarks,
    synonyms,
    word_list,
)
from ringvirkning.intake.sheets.wide import (
    HELD,
    TABLE,
    TARGET,
    TARGET_ALONE,
    choice,
    heading_parts,
    measure_choice,
    stated,
)

SHORTEST_ALIKE = 5  # letters of a heading that may be a misspelt one: "rom" is not "fom"
SAMPLED = 40  # rows in which the first cells of a column are looked for


@dataclass(frozen=True)
class Headings:
    """The columns of a sheet by their place, from 0: the words of each heading, all its words as a
    `titles` and in `plainly` as they are compared, those `used` below, and what each is `meant` to
    be as long as nobody was asked."""

    table: Table
    header: Row
    below: list[Row]
    sheet: str
    used: Set[int]
    texts: Mapping[int, Sequence[str]]
    titles: Mapping[int, str]
    plainly: Mapping[int, str]
    meant: dict[int, str | None]
    computed: Mapping[int, str]  # what is left to the pages to work out, with the rule that says so

    @classmethod
    def of(
        cls,
        table: Table,
        header: Row,
        other: Row | None,
        below: list[Row],
        sheet: str,
        named: HeadingNames,
    ) -> Self:
        """`other` is the second row of headings, if there are two."""
        used = {place for row in below for place in row.filled}
        width = max([*header.filled, *(other.filled if other else []), *used], default=-1) + 1
        texts = heading_texts(header, other, width)
        titles = {p: " ".join(" ".join(filter(None, some)).split()) for p, some in texts.items()}
        plainly = {p: plain_heading(title) for p, title in titles.items() if title or p in used}
        meant = meanings(table, {place: texts[place] for place in plainly}, below, named)
        apart = sums_apart(meant, below)
        computed = computed_columns(meant, below)
        meant |= computed
        for place, heading in plainly.items():
            if not meant[place] and no_place(heading, below, place):
                meant[place] = LEAVE_OUT
        left = {
            place: "other_jobs_left_out" if place in apart else COMPUTED
            for place, name in computed.items()
            if name and place in used
        }
        return cls(table, header, below, sheet, used, texts, titles, plainly, meant, left)

    def unknown(self) -> dict[int, Sequence[str]]:
        """The words of the headings of which nothing is known, above cells that say something."""
        return {
            place: self.texts[place]
            for place, heading in self.plainly.items()
            if place in self.used and heading not in remarks() and self.meant[place] is None
        }

    def is_nothing(self, place: int) -> bool:
        """Whether nothing of theirs stands below it: nothing is lost."""
        is_empty = place not in self.used and self.meant[place] in (None, LEAVE_OUT)
        return is_empty or self.plainly[place] in remarks()

    def is_nobodys(self, place: int) -> bool:
        """Whether a name may be that of whom an agreement is with, who has no column."""
        return (
            (self.table.name, self.meant[place]) == (AGREEMENTS, CALLED)
            and headings("partners").get(self.plainly[place]) == "name"
            and WITH_WHOM not in self.meant.values()
        )

    def alike(self, place: int, known: HeadingNames) -> list[str]:
        """What a column may be, the likeliest first."""
        found = self.meant[place]
        likely = [found] if found else likely_columns(self.plainly[place], self.table, known)
        return [*[WITH_WHOM] * self.is_nobodys(place), *likely]


def likely_columns(heading: str, table: Table, known: HeadingNames) -> list[str]:
    """What a heading may mean that is misspelt or says little; one of few letters nothing."""
    said = synonyms().get("likely", {}).get(table.name, {})
    if named := [name for name, words in said.items() if heading in map(plain, words)]:
        return named
    if len(heading) < SHORTEST_ALIKE:
        return []
    bare, point = heading_parts(figure_kind(heading)[1] if table.name == TABLE else heading)
    measures = (choice(code, point) for code in measures_like(bare, known))
    return [*near(heading, headings(table.name)), *measures]


def measures_like(bare: str, known: HeadingNames) -> list[str]:
    """The measures that a heading may mean, as they may be given."""
    return [*stated(map(given_instead, near(bare, known.measures)))]


def wide_measures(
    table: Table, meant: Mapping[int, str | None], named: HeadingNames
) -> HeadingNames:
    """What headings may name; measures only where figures have no column of them."""
    is_wide = table.name in (TABLE, HELD) and "measure" not in meant.values()
    return named if is_wide else named._replace(measures={})


def meanings(
    table: Table, texts: Mapping[int, Sequence[str]], below: list[Row], named: HeadingNames
) -> dict[int, str | None]:
    """What the headings of a sheet stand for, by place."""
    words = headings(table.name)
    meant = {p: words.get(plain_heading(" ".join(some))) for p, some in texts.items()}
    if not time_column(table):  # what stands below the heading of a group says what is in a column
        meant |= {p: words.get(plain_heading(some[-1])) for p, some in texts.items() if some[1:]}
    meant |= dict.fromkeys(told_better(table, texts, meant))
    if table.name == TABLE:
        meant |= told_by_kind(texts, meant, below)
    of_names = named._replace(measures={})
    crossed = [p for p in texts if meant[p] is None and across_choice(texts[p], table, of_names)]
    if len(crossed) >= FEWEST_ACROSS:
        sums = word_list("row", "total")
        meant |= {p: LEAVE_OUT for p, some in texts.items() if plain(" ".join(some)) in sums}
    ends = {p: some[-1] for p, some in texts.items() if len(some) > 1}
    meant |= {p: LEAVE_OUT for p, text in ends.items() if plain(text) in word_list("row", "total")}
    if len(crossed) >= FEWEST_ACROSS and any(column.name == "measure" for column in table.columns):
        others = [p for p in texts if meant[p] in (None, "value") and p not in crossed]
        measured = [p for p in others if are_measures(below, p, named.measures)]
        if len(measured) == 1 and "measure" not in meant.values():
            meant[measured[0]] = "measure"
    known = wide_measures(table, meant, named)
    for place, some in texts.items():
        heading = " ".join(some)
        if meant[place] is None and heading:
            meant[place] = (
                measure_choice(plain_heading(heading), known.measures)
                if "value" in meant.values()
                else across_choice(some, table, known)
            ) or both_in(heading, table)
    if table.name == AGREEMENTS:
        meant |= told_of_firms(
            {p: plain_heading(" ".join(some)) for p, some in texts.items()}, meant
        )
    return meant


def told_better(
    table: Table, texts: Mapping[int, Sequence[str]], meant: Mapping[int, str | None]
) -> Iterator[int]:
    """The places whose heading may be anything's, "Type", beside one for the same column that is
    this table's alone, "Avtaletype"."""
    alone = headings_alone(table.name)
    own = {p for p, some in texts.items() if plain_heading(" ".join(some)) in alone}
    for place, name in meant.items():
        better = [p for p in own if name and meant[p] == name]
        if len(better) == 1 and place not in own:
            yield place


def told_by_kind(
    texts: Mapping[int, Sequence[str]], meant: Mapping[int, str | None], rows: list[Row]
) -> dict[int, str]:
    """The columns of numbers that are headed as targets, "Mål", and of results beside them."""
    kinds = {place: figure_kind(" ".join(some)) for place, some in texts.items()}
    alone = {p: kind for p, (kind, rest) in kinds.items() if not rest and are_numbers(rows, p)}
    targets = [place for place, kind in alone.items() if kind == TARGET]
    results = [place for place, kind in alone.items() if kind == "result"]
    is_first = "value" not in [name for p, name in meant.items() if p not in alone]
    values = {place: "value" for place in results[:1] if targets and is_first}
    return values | {place: TARGET_ALONE for place in targets[:1]}


def are_numbers(rows: list[Row], place: int) -> bool:
    cells = [row.cell(place).text for row in rows[:SAMPLED] if row.cell(place).text]
    return bool(cells) and all(any(map(number_ways, (cell, cell.rstrip(" %")))) for cell in cells)


def are_measures(rows: list[Row], place: int, measures: Mapping[str, str]) -> bool:
    """Whether most cells of a column are names of measures."""
    cells = {plain(row.cell(place).text) for row in rows[:SAMPLED]} - {""}
    return bool(cells) and 2 * len(cells & measures.keys()) >= len(cells)


def no_place(heading: str, rows: Sequence[Row] = (), place: int = 0) -> str:
    """Why a column is left out unless asked for: it names `persons`, is `computed` by the pages, or
    of no use here. Of some `rows` one that holds but days names none: "Kontakt siden"."""
    bare = heading.rstrip("0123456789 ")
    if not word_list("leave_out", "persons").isdisjoint([bare, *bare.split()]):
        return "" if days_in(rows, place) else "persons"
    return next((why for why in ("computed", "other") if bare in word_list("leave_out", why)), "")


def days_in(rows: Sequence[Row], place: int) -> bool:
    """Whether a column holds days or years alone."""
    cells = [row.cell(place) for row in rows if row.cell(place).text]
    return bool(cells) and all(cell.kind == "date" or is_day(cell.text) for cell in cells)


def is_day(text: str) -> bool:
    """Whether a text is a day or a year; a number of five digits is none."""
    return bool(YEAR_IN_NAME.fullmatch(text) or (not text.isdecimal() and date_ways(text)[0]))
