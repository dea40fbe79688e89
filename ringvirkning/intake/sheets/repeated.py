"""A partner that stands in several rows, as lists of contacts or agreements have it, is one."""

from collections.abc import Sequence
from dataclasses import replace

from ringvirkning.finding import Finding
from ringvirkning.intake.naming import comparable_name
from ringvirkning.intake.sheets import KEEP, Decisions, Part

TABLE, ONCE = "partners", "once"
ITS_NUMBER = "organisation_number"
ReadRows = list[dict[str, str]]


def each_once(
    parts: Sequence[Part], file: str, choices: Decisions
) -> tuple[list[Part], list[Finding]]:
    """The parts with one row for each partner, unless that is denied: the first, with what only
    later ones say. That one says something else is a finding."""
    places = [
        (part, place)
        for part in parts
        if part.table == TABLE
        for place, row in enumerate(part.rows)
        if row.get("name") and not row.get("partner_id")
    ]
    known: dict[str, ReadRows] = {}
    later, found = set[tuple[int, int]](), list[Finding]()
    first = dict[tuple[int, int], dict[str, str]]()
    for part, place in places:
        row = dict(part.rows[place])
        alike = known.setdefault(comparable_name(row["name"]), [])
        same = next((one for one in alike if may_be_same(one, row)), None)
        if same is None:
            alike.append(row)
            first[id(part), place] = row
            continue
        later.add((id(part), place))
        for name, text in row.items():
            if same.setdefault(name, text) != text and name != "name":
                heading, number = part.headings.get(name, name), part.numbers[place]
                told = Finding("partner_differs", file, number, heading, text[:80], same[name][:80])
                found.append(replace(told, level="should_look", sheet=part.sheet or None))
    if not later:
        return [*parts], []
    part, place = next(at for at in places if (id(at[0]), at[1]) in later)
    decided = choices.decide(
        "repeated",
        ONCE,
        (ONCE, KEEP),
        row=part.numbers[place],
        found=part.rows[place]["name"][:80],
    )
    if decided == KEEP:
        return [*parts], []
    return [kept(part, first, later) for part in parts], found


def may_be_same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows of one name are not told apart by their organisation numbers."""
    return ITS_NUMBER not in one or ITS_NUMBER not in other or one[ITS_NUMBER] == other[ITS_NUMBER]


def kept(
    part: Part,
    first: dict[tuple[int, int], dict[str, str]],
    later: set[tuple[int, int]],
) -> Part:
    places = [place for place in range(len(part.rows)) if (id(part), place) not in later]
    rows = [first.get((id(part), place), part.rows[place]) for place in places]
    return replace(part, rows=rows, numbers=[part.numbers[place] for place in places])
