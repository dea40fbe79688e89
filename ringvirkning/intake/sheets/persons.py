"""Lists of persons, of which nothing comes in but how many there are.

Attendance reports, lists of participants and of contacts: known by their headings, and by how what
stands below looks. What is done with one is asked: it is left out, or only counted.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ringvirkning.finding import Finding
from ringvirkning.intake.personal import PERSON_NAMES, has_name
from ringvirkning.intake.sheets import LEAVE_OUT, Cell, CountedRounds, Decisions, Grid, Row
from ringvirkning.intake.sheets.vocabulary import code_words, plain, plain_heading, word_list

ORGANISATIONS, NUMBER_CAME = "organisations", "number_came"
MANY = 0.6  # of the cells below a heading


class Persons(NamedTuple):
    """The row of headings of such a list, how many came, and whether it is nothing else for sure:
    what an organisation never has, or not."""

    header: Row
    came: int
    is_sure: bool


def persons_in(grid: Grid, tops: Sequence[Row]) -> Persons | None:
    """The list of persons in a sheet, if its first rows have the headings of one."""
    found = [one for row in tops if len(row.filled) > 1 for one in persons_below(grid, row)]
    return next((one for one in found if one.is_sure), found[0] if found else None)


def persons_below(grid: Grid, header: Row) -> Iterator[Persons]:
    places = {plain_heading(header.cell(place).text): place for place in header.filled}
    named, first, last, attended, meeting, firm = (
        [place for heading, place in places.items() if heading in word_list("persons", kind)]
        for kind in ("name", "first", "last", "attended", "meeting", "firm")
    )
    if not (named or first):
        return
    below = list(rows_of_section(grid.rows, header))
    rows = [row for row in below if row.cell((named or first)[0]).text and len(row.filled) > 1]
    came = [row for row in rows if any(is_yes(row.cell(place).text) for place in attended)]
    is_marked = any(is_mark_each(rows, place) for place in attended)
    if rows and (meeting or is_marked):
        yield Persons(header, len(came) if is_marked else len(rows), is_sure=True)
    elif firm and ((first and last) or any(are_persons(rows, place) for place in named)):
        yield Persons(header, len(rows), is_sure=False)


def rows_of_section(rows: Sequence[Row], header: Row) -> Iterator[Row]:
    """The rows below the headings, to where a report of several parts begins its next."""
    before = header.number
    for row in rows:
        if row.number <= header.number:
            continue
        if row.number > before + 1 and len(row.filled) == 1:
            return
        before = row.number
        yield row


def is_yes(text: str) -> bool:
    return code_words("yes_no").get(plain(text)) == "yes" or text in ("✓", "✔", "☑")


def is_mark_each(rows: Sequence[Row], place: int) -> bool:
    """Whether a column has nothing but yes and no, one for each person."""
    texts = {row.cell(place).text for row in rows} - {""}
    return bool(texts) and all(
        is_yes(text) or plain(text) in code_words("yes_no") for text in texts
    )


def are_persons(rows: Sequence[Row], place: int) -> bool:
    texts = [row.cell(place).text for row in rows if row.cell(place).text]
    looks = [bool(PERSON_NAMES.fullmatch(text)) and has_name(text) for text in texts]
    return bool(texts) and sum(looks) >= MANY * len(looks)


def said_of_persons(found: Persons, grid: Grid, choices: Decisions) -> str | None:
    """What the person says of such a list; of one that is sure it can't be that these are
    organisations. Where there is nothing else, how many came is likelier than nothing at all."""
    shown = ", ".join(found.header.cell(place).text for place in found.header.filled)[:80]
    options = [NUMBER_CAME, LEAVE_OUT] if found.is_sure and not grid.sheet else [LEAVE_OUT]
    return choices.decide(
        "persons",
        LEAVE_OUT if grid.is_hidden else None,
        dict.fromkeys([*options, NUMBER_CAME, *[ORGANISATIONS] * (not found.is_sure)]),
        sheet=grid.sheet,
        row=found.header.number,
        found=f"{shown} … ({found.came})",
        is_guessed=True,
    )


def meeting_counted(
    found: Persons, grid: Grid, file: str, choices: Decisions
) -> CountedRounds | None:
    """How many came, as the one activity that they came to; nothing while its name is asked."""
    names = filter(None, [grid.sheet, file.rpartition(".")[0]])
    place: dict[str, str | int] = {"sheet": grid.sheet, "row": found.header.number}
    called = choices.decide("meeting", None, names, is_free=True, **place)
    if called is None:
        return None
    told = {"title": called, "attended_count": f"{found.came}"}
    header = Row(found.header.number, [*map(Cell, told)])
    rows = [header, Row(found.header.number + 1, [*map(Cell, told.values())])]
    return CountedRounds(Grid(grid.sheet, rows), dict(enumerate(told)))


def told_of_persons(rule: str, found: Persons, grid: Grid, file: str, **more: str) -> Finding:
    row, count = found.header.number, f"{found.came}"
    return Finding(rule, file, row, None, count, sheet=grid.sheet or None, **more)  # type: ignore[arg-type]
