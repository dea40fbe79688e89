"""An id for every row: nobody types them by hand, and a row that comes again keeps its own."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from queries.contract import TYPE_TABLES, Table
from ringvirkning.finding import Finding
from ringvirkning.intake.records import BLANKS, Record
from ringvirkning.texts.safe import slug

# What tells the rows of a table from each other, apart from ids.
IDENTITY = {
    **dict.fromkeys(TYPE_TABLES, ("name_nb",)),
    "measures": ("name_nb",),
    "associations": ("association",),
    "partners": ("name",),
    "successions": ("predecessor_id", "successor_id", "association"),
    "partnerships": ("association", "title", "start_date"),
    "programmes": ("association", "programme"),
    "work_streams": ("partnership_id", "title"),
    "contributions": (
        "partnership_id", "giver", "partner_ids", "contribution_kind", "description", "currency",
        "contribution_state", "year",
    ),
    "activities": ("association", "title", "start_date"),
    "outcomes": (
        "activity_id", "programme", "association", "year", "partnership_id", "partner_id",
        "measure", "measured_at", "age_group", "background",
    ),
    "targets": ("association", "programme", "partnership_id", "measure", "year"),
    "context": (
        "association", "programme", "subject", "indicator_nb", "population_nb", "period",
    ),
    "events": ("association", "title_nb", "date"),
    "remarks": ("association", "measure", "period", "text_nb"),
}  # fmt: skip
OF_ACTIVITY = ("programme", "association", "year")  # of a result; its activity has them, too
# What a person would look for the row by.
TITLE = {
    "measures": "name_nb",
    "associations": "association",
    "partners": "name",
    "partnerships": "title",
    "programmes": "programme",
    "work_streams": "title",
    "contributions": "contribution_kind",
    "activities": "title",
    "outcomes": "measure",
    "targets": "measure",
    "context": "indicator_nb",
    "events": "title_nb",
    "remarks": "text_nb",
}
MOST_LIKELY = 5


def comparable_name(text: str) -> str:
    """A name as it is compared: whatever its case and blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def identity_of_row(table: str, row: Record) -> tuple[str, ...]:
    """What a row is called, by which it is known again; of a partnership's start only the year."""
    values = {column: comparable_name(row.get(column, "")) for column in IDENTITY[table]}
    if table == "outcomes" and values["activity_id"]:
        values |= dict.fromkeys(OF_ACTIVITY, "")
    if table == "outcomes":
        values["measured_at"] = values["measured_at"] or "exit"  # as the contract counts it
        values["age_group"] = values["age_group"].replace("_", "-")
    if table == "partnerships":
        values["start_date"] = values["start_date"][:4]
    return tuple(values.values())


def key_of(table: Table) -> str | None:
    """The column with the ids of a table; None for targets and programmes."""
    return next((column.name for column in table.columns if column.is_key), None)


class Ids:
    """New ids for a table, made of what a row is called; none of those `taken`."""

    def __init__(self, table: Table, taken: Iterable[str]) -> None:
        self.table, self.taken = table, set(taken)
        self.numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))

    def made(self, row: Record) -> str:
        columns = [name for name in IDENTITY[self.table.name] if name != "association"]
        called = slug(" ".join(row.get(name, "") for name in columns))
        stem = made = called or (key_of(self.table) or "").removesuffix("_id")
        while made in self.taken:
            made = f"{stem}_{next(self.numbers[stem])}"
        self.taken.add(made)
        return made


def give_ids(table: Table, new: Sequence[dict[str, str]], old: Iterable[Record]) -> list[Finding]:
    """Fill in the ids of new rows without one: that of the old row that is called the same, or a
    new one.

    Where several are called the same, they are taken in order if there are equally many old ones;
    else which is which is a finding. Its row is the place among the new rows.
    """
    key = key_of(table)
    lacking: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(new):
        if key and not row.get(key):
            lacking[identity_of_row(table.name, row)].append(place)
    # A name can't be made up: where it is the id, a row without one is for the check to find.
    if not key or not lacking or key in IDENTITY[table.name]:
        return []
    given = {row[key] for row in new if row.get(key)}
    ids, known = Ids(table, given), defaultdict(list)
    for was in old:
        ids.taken.add(id_ := was[key].strip(BLANKS))
        if id_ not in given and (called := identity_of_row(table.name, was)) in lacking:
            known[called].append(id_)
    found = []
    for called, places in lacking.items():
        same = known[called]
        if same and len(same) != len(places):
            found += [doubt(table, place, new[place], same) for place in places]
            continue
        for number, place in enumerate(places):
            new[place][key] = same[number] if same else ids.made(new[place])
    return found


def doubt(table: Table, place: int, row: Record, ids: Sequence[str]) -> Finding:
    column, offered = TITLE.get(table.name, "name_nb"), ", ".join(ids[:MOST_LIKELY])
    return Finding("ambiguous_name", table.file, place, column, row.get(column), offered)
