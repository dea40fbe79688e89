"""A sheet with a row for each ticket, as event systems export them: counted, and not taken for
activities.

What only tickets have (who, which kind, what was paid) is not read then.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from queries.contract import Table
from ringvirkning.intake.sheets import EMPTY, KEEP, Decisions, Row
from ringvirkning.intake.sheets.facts import is_total
from ringvirkning.intake.sheets.persons import is_yes
from ringvirkning.intake.sheets.vocabulary import headings, plain_heading, word_list
from ringvirkning.intake.sheets.wide import HELD, is_of_figures, measure_choice

COUNT = "count"
FEWEST_TICKETS, FEWEST_EACH = 3, 2  # of some activity, of all on average


class Tickets(NamedTuple):
    """One row for each activity, and how many tickets it had and who used them came, by its row."""

    rows: list[Row]
    registered: Mapping[int, int]
    attended: Mapping[int, int]


def counted_tickets(
    table: Table,
    header: Row,
    rows: Sequence[Row],
    sheet: str,
    measures: Mapping[str, str],
    choices: Decisions,
) -> Tickets | None:
    """The activities of a sheet of tickets, if the person says that it is one; None for another.
    While that is open, the choice has no value."""
    words = headings(table.name)
    plainly = {place: plain_heading(header.cell(place).text) for place in header.filled}
    meant = {p: words.get(word) or measure_choice(word, measures) for p, word in plainly.items()}
    title, day = (
        next((place for place, name in meant.items() if name == wanted), None)
        for wanted in ("title", "start_date")
    )
    told = [name or "" for name in meant.values()]
    if table.name != HELD or title is None or any(map(tells_how_many, told)):
        return None
    tickets: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.cell(title).text and len(row.filled) > 1 and not is_total(row):
            called = row.cell(title).text, row.cell(day).text if day is not None else ""
            tickets.setdefault(called, []).append(row)
    sizes = [len(same) for same in tickets.values()]
    if max(sizes, default=0) < FEWEST_TICKETS or sum(sizes) < FEWEST_EACH * len(sizes):
        return None
    (name, _), most = max(tickets.items(), key=lambda one: len(one[1]))
    value = choices.decide(
        "tickets",
        None,
        (COUNT, KEEP),
        sheet=sheet,
        row=most[0].number,
        found=f"{name[:60]} · {len(most)}",
        is_guessed=True,
    )
    if value != COUNT:
        return None
    known = {place for place, name in meant.items() if name}
    used = [p for p, word in plainly.items() if word in word_list("persons", "attended")]
    firsts = [alike(same, known) for same in tickets.values()]
    return Tickets(
        firsts,
        {first.number: len(same) for first, same in zip(firsts, tickets.values(), strict=True)},
        {
            first.number: sum(is_yes(row.cell(used[0]).text) for row in same)
            for first, same in zip(firsts, tickets.values(), strict=True)
            if used
        },
    )


def tells_how_many(name: str) -> bool:
    return name.endswith("_count") or name == "activity_id" or is_of_figures(name)


def alike(same: Sequence[Row], known: set[int]) -> Row:
    """What is known of an activity: what all of its tickets say."""
    first = same[0]
    return Row(
        first.number,
        [
            cell if place in known and all(row.cell(place) == cell for row in same) else EMPTY
            for place, cell in enumerate(first.cells)
        ],
    )
