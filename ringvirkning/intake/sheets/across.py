"""Tables with years, parts of years or programmes across, perhaps in two rows of headings, or with
what is counted before them: "Fast jobb 2023".

A column of such figures is chosen as what its heading says of each: `year:2022`, `programme:NAME`,
with a measure beside it `measure:CODE|year:2022`; of targets among results `year:2022|target:yes`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from queries.contract import Table
from ringvirkning.intake.sheets import Row
from ringvirkning.intake.sheets.dates import any_period, iso_period
from ringvirkning.intake.sheets.vocabulary import (
    code_words,
    headings,
    plain,
    plain_heading,
    word_list,
)
from ringvirkning.intake.sheets.wide import (
    AND,
    FOLLOWED_UP,
    TABLE,
    TARGET,
    TARGETS,
    choice,
    heading_parts,
    measure_choice,
)

TIME_COLUMNS = ("year", "period")
YEAR_FIRST = re.compile(r"(?:19|20)\d{2}\b")
A_YEAR = re.compile(r"(?:19|20)\d\d")
HALVES = {"H1": "01/{}-06", "H2": "07/{}-12"}
LONGEST_BESIDE = 3  # words of a time beside others: "1. halvår 2024"
FIGURES = ("target", "result")  # kinds of them that headings tell apart
FEWEST_ACROSS = 2  # times or names beside each other that are headings


class HeadingNames(NamedTuple):
    """What headings may name: measures and programmes, by their plain names."""

    measures: Mapping[str, str]
    programmes: Mapping[str, str]


class Crossed(NamedTuple):
    """The rows of headings where several figures have a column for each time each: what they are
    and, if that is a row of its own above or below, when."""

    header: Row
    times: Row | None


def time_column(table: Table) -> str:
    """The column for when a figure of a table is of; of figures that have one."""
    names = [column.name for column in table.columns]
    return next((name for name in TIME_COLUMNS if name in names and "value" in names), "")


def time_in(heading: str) -> str:
    """The year or part of a year that a heading is: 2022, år 2022, 2024-Q1, 1. halvår 2024."""
    words = heading.split()
    while words and plain(words[0]) in word_list("period", "before"):
        words = words[1:]
    text = " ".join(words)
    period = any_period(text) or ""
    year, _, part = period.partition("-")
    if part in HALVES:
        return f"{year}-{HALVES[part].format(year)}"
    return iso_period(period or text) or "" if YEAR_FIRST.match(period) else ""


def time_beside(heading: str) -> tuple[str, str]:
    """The time that a heading ends or begins with, and the words beside it; "" for none."""
    words = heading.split() if A_YEAR.search(heading) else []
    for count in range(min(LONGEST_BESIDE, len(words)), 0, -1):
        for time, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            if found := time_in(" ".join(time)):
                return found, " ".join(rest)
    return "", heading


def figure_kind(text: str) -> tuple[str, str]:
    """What the words at an end of a heading say that its figures are, "target", "result" or "", and
    the rest of it: "Mål fast jobb", "Fast jobb (faktisk)"."""
    kinds = {word: kind for kind in FIGURES for word in word_list("figures", kind)}
    words, found = text.split(), ""
    while words and plain(words[-1]) in kinds:
        found = kinds[plain(words.pop())]
    while words and plain(words[0]) in kinds:
        found = kinds[plain(words.pop(0))]
    return found, " ".join(words)


def across_choice(texts: Sequence[str], table: Table, known: HeadingNames) -> str | None:
    """The choice that the headings of a column stand for, which are several in several rows."""
    said, rest = told_across(texts, table, known)
    if said and not time_column(table):
        return None
    measure = measure_choice(plain_heading(rest), known.measures) if rest else ""
    if measure is None or (said and measure.startswith(FOLLOWED_UP)):
        return None
    return AND.join(filter(None, [measure, *said]))


def anew_across(
    texts: Sequence[str], table: Table, known: HeadingNames, code_of: Callable[[str], str]
) -> str:
    """The same for headings that name a measure that is not there yet, but gets a code."""
    said, rest = told_across(texts, table, known)
    bare, point = heading_parts(plain_heading(rest))
    begins = [" ".join(rest.split()[:n]) for n in range(1, len(rest.split()))] if point else []
    name = next((begin for begin in begins if plain_heading(begin) == bare), rest)
    return AND.join([choice(code_of(name), point), *said])


def told_across(texts: Sequence[str], table: Table, known: HeadingNames) -> tuple[list[str], str]:
    """What some headings say of when and of which programme, and the words that are left."""
    said, rest = dict[str, str](), list[str]()
    names, column_of_time = [column.name for column in table.columns], time_column(table)
    kinds = set[str]()
    for text in texts:
        time, words = time_beside(text) if column_of_time else (time_in(text), "")
        if time:
            said[column_of_time] = time
        elif "programme" in names and (name := known.programmes.get(plain_heading(text))):
            said["programme"], words = name, ""
        else:
            words = text
        if table.name in (TABLE, TARGETS) and plain(words) not in known.measures:
            kind, words = figure_kind(words)
            kinds.add(kind)
        rest += filter(None, [words])
    if TARGET in kinds and table.name == TABLE and (said or rest):
        said[TARGET] = "yes"
    return [f"{name}:{text}" for name, text in said.items()], " ".join(rest)


def row_across(tops: Sequence[Row]) -> Row | None:
    """The row with times across, which those below it have not: one of the first two."""
    wide = [row for row in tops if len(row.filled) > 1][:3]
    for row, after in pairwise(wide):
        places = times_of(row)
        if len(places) >= FEWEST_ACROSS and not any(time_in(after.cell(p).text) for p in places):
            return row
    return None


def times_of(row: Row) -> list[int]:
    """The places with a time alone, or with words that stand beside other times, too."""
    told = {p: time_beside(row.cell(p).text) for p in row.filled}
    told = {p: (time, figure_kind(words)[1]) for p, (time, words) in told.items()}
    times = Counter(words for time, words in {*told.values()} if time)
    return [
        place for place, (time, words) in told.items() if time and (not words or times[words] > 1)
    ]


def crossed_rows(tops: Sequence[Row]) -> Crossed | None:
    """The headings of a table in which each of several figures has a column for each time."""
    if (across := row_across(tops)) is None:
        return None
    places = times_of(across)
    beside = [rest for place in places if (rest := time_beside(across.cell(place).text)[1])]
    if any(figure_kind(rest)[1] for rest in beside):
        return Crossed(across, None)
    first = places[0]
    for row in (row for row in tops if abs(row.number - across.number) == 1):
        is_above = row.number < across.number
        if beside and not is_above:  # "2026 hittil" says all that a row below would
            continue
        of_each = places if is_above else [place for place in row.filled if place >= first]
        words = [row.cell(place).text for place in of_each]
        if any(not row.cell(place).text for place in places[: 1 if is_above else None]):
            continue
        is_wider = is_above or len(of_each) > len(places)
        is_alike = len({*words} - {""}) < len(words)
        if is_wider and is_alike and not any(time_in(word) or word.isdecimal() for word in words):
            return Crossed(row, across)
    return Crossed(across, None) if beside else None


def other_row(header: Row, rows: Sequence[Row], table: Table, known: HeadingNames) -> Row | None:
    """The row of headings above or below another: all in it names what figures are of, or, below
    the heading of a group, columns of the table."""
    near = {row.number: row for row in rows if abs(row.number - header.number) == 1}
    for number in (header.number - 1, header.number + 1):
        row = near.get(number)
        texts = [row.cell(place).text for place in row.filled] if row else []
        is_below = number > header.number
        if row and len(texts) >= FEWEST_ACROSS - (not is_below) and all(
            names_figures(text, table, known) for text in texts
        ):  # fmt: skip
            return row
        above, below = (header, row) if is_below else (row, header)
        if above and below and parts_a_group(below, above, table, known):
            return row
    return None


def parts_a_group(row: Row, above: Row, table: Table, known: HeadingNames) -> bool:
    """Whether a row has what a heading above it is parted into: "Påmeldt" and "Møtt" below
    "Deltakere", whose second place has no heading of its own, beside one that isn't parted."""
    words = {} if time_column(table) else headings(table.name)
    groups = dict(to_the_right(above, len(row.cells)))
    whole = (above.cell(place).text for place in above.filled if not row.cell(place).text)
    return (
        any(plain_heading(text) in words for text in whole)
        and any(not above.cell(place).text and place in groups for place in row.filled)
        and all(
            plain_heading(text) in words or names_figures(text, table, known)
            for text in (row.cell(place).text for place in row.filled)
        )
    )


def names_figures(text: str, table: Table, known: HeadingNames) -> bool:
    return bool(across_choice([text], table, known)) or plain(text) in code_words("measuring_point")


def heading_texts(header: Row, other: Row | None, width: int) -> dict[int, list[str]]:
    """The headings of each column, from above: one of a group holds for those right of it, too."""
    own = {place: header.cell(place).text for place in range(width)}
    if other is None:
        return {place: [text] for place, text in own.items()}
    if other.number < header.number:
        groups = dict(to_the_right(other, width))
        # What stands above the figures' names in a column of something else is its heading.
        alone = {p: t for p in other.filled if not time_in(t := other.cell(p).text)}
        return {
            p: [*filter(None, [groups.get(p), text] if text else [alone.get(p)])] or [""]
            for p, text in own.items()
        }
    groups = dict(to_the_right(header, width))
    below = {place: other.cell(place).text for place in range(width)}
    return {p: [groups.get(p, ""), text] if text else [own[p]] for p, text in below.items()}


def to_the_right(row: Row, width: int) -> Iterator[tuple[int, str]]:
    text = ""
    for place in range(width):
        text = row.cell(place).text or text
        if text:
            yield place, text
