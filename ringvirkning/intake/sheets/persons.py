"""Lists of persons, of which nothing comes in but how many there are.

Attendance reports, lists of participants and of contacts: known by their headings, and by how what
stands below looks. What is done with one is asked: it is left out, or only counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ringvirkning.finding import Finding
from ringvirkning.intake.personal import PERSON_NAMES, has_name
from ringvirkning.intake.sheets import LEAVE_OUT, Cell, CountedRounds, Decisions, Grid, Row
from ringvirkning.intake.sheets.vocabulary import (
    code_words,
    headings,
    plain,
    plain_heading,
    word_list,
)
from ringvirkning.intake.sheets.wide import HELD

ORGANISATIONS, NUMBER_CAME = "organisations", "number_came"
TITLE_OF_IT, DAY, CAME = "title", "start_date", "attended_count"
FEWEST_ALIKE = 3  # rows that tell the same, so that it is no one's own and may be shown
LOOK_LIKE_PERSONS = 0.6  # of those below a heading


class Persons(NamedTuple):
    """The row of headings of such a list, how many came, and whether it is nothing else for sure:
    what an organisation never has, or not."""

    header: Row
    came: int
    is_sure: bool
    rows: Sequence[Row] = ()
    marks: Sequence[int] = ()

    def those_who_came(self, rows: Sequence[Row]) -> int:
        """How many of some rows are of somebody who came: all, unless a column says who."""
        came = [row for row in rows if any(is_yes(row.cell(place).text) for place in self.marks)]
        return len(came) if self.marks else len(rows)


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
    # The rows are looked at only where they may be of persons.
    if not ((named or first) and (attended or meeting or firm)):
        return
    below = list(rows_of_section(grid.rows, header))
    rows = [row for row in below if row.cell((named or first)[0]).text and len(row.filled) > 1]
    marks = attended if any(is_mark_each(rows, place) for place in attended) else []
    is_sure = bool(rows and (meeting or marks))
    if is_sure or (firm and ((first and last) or any(are_persons(rows, p) for p in named))):
        found = Persons(header, len(rows), is_sure, rows, marks)
        yield found._replace(came=found.those_who_came(rows))


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
    return bool(texts) and sum(looks) >= LOOK_LIKE_PERSONS * len(looks)


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
    """How many came, as the one activity that they came to, or as several where a column says to
    which; nothing while its name is asked."""
    places = {place: plain_heading(found.header.cell(place).text) for place in found.header.filled}
    of_what = [place for place, heading in places.items() if heading in of_activities()]
    if of_what:
        return meetings_counted(found, of_what[0], grid)
    names = filter(None, [grid.sheet, file.rpartition(".")[0]])
    place: dict[str, str | int] = {"sheet": grid.sheet, "row": found.header.number}
    called = choices.decide("meeting", None, names, is_free=True, **place)
    if called is None:
        return None
    return activities_counted(found, grid, [{TITLE_OF_IT: called, CAME: f"{found.came}"}])


@cache
def of_activities() -> frozenset[str]:
    """The headings of what something was, which no person is called by."""
    own = {heading for heading, name in headings(HELD).items() if name == TITLE_OF_IT}
    return frozenset(own) - word_list("persons", "name")


def meetings_counted(found: Persons, place: int, grid: Grid) -> CountedRounds:
    """How many came to each of several activities. What hardly any row tells may be somebody's own,
    and is counted nowhere; the day is told where all rows of one have the same."""
    of_each = defaultdict[str, list[Row]](list)
    for row in found.rows:
        of_each[" ".join(row.cell(place).text.split())].append(row)
    days = [
        at
        for at in found.header.filled
        if headings(HELD).get(plain_heading(found.header.cell(at).text)) == DAY
    ]
    told = []
    for title, rows in of_each.items():
        same = {row.cell(days[0]).text for row in rows} if days else set()
        if title and len(rows) >= FEWEST_ALIKE:
            day = {DAY: same.pop()} if len(same) == 1 else {}
            told.append({TITLE_OF_IT: title, **day, CAME: f"{found.those_who_came(rows)}"})
    return activities_counted(found, grid, told)


def activities_counted(
    found: Persons, grid: Grid, told: Sequence[Mapping[str, str]]
) -> CountedRounds:
    """Such activities in place of the sheet, after each other below its headings."""
    names = [name for name in (TITLE_OF_IT, DAY, CAME) if any(name in one for one in told)]
    header, first = Row(found.header.number, [*map(Cell, names)]), found.header.number + 1
    rows = [
        Row(number, [Cell(one.get(name, "")) for name in names])
        for number, one in enumerate(told, first)
    ]
    return CountedRounds(Grid(grid.sheet, [header, *rows]), dict(enumerate(names)))


def told_of_persons(rule: str, found: Persons, grid: Grid, file: str, **more: str) -> Finding:
    row, count = found.header.number, f"{found.came}"
    return Finding(rule, file, row, None, count, sheet=grid.sheet or None, **more)  # type: ignore[arg-type]
