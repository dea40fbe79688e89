"""The ids that names stand for, where a row refers to others by what they are called.

A name that fits nothing, or several, stays as it is and is a finding: nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from queries.contract import Column, Table
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake.naming import MOST_LIKELY, TITLE, comparable_name, key_of
from ringvirkning.intake.records import BLANKS, Record
from ringvirkning.intake.sheets.vocabulary import near, plain

REFERRED = ("partners", "partnerships", "activities")  # tables whose rows may be named by name
MOST_COMPARED = 5_000  # names among which those spelt much like another are looked for


@dataclass(frozen=True)
class Known:
    """What texts may stand for: ids, or (id, association) by what they are called; and how things
    are called, unless there are too many."""

    ids: frozenset[str]
    called: Mapping[str, Sequence[tuple[str, str]]]
    names: Sequence[str]

    def meant(self, text: str, association: str) -> list[str]:
        """The ids that a text may stand for: of one's own association, if there are any."""
        if text in self.ids:
            return [text]
        fitting = self.called.get(comparable_name(text), ())
        own = [id_ for id_, whose in fitting if whose == comparable_name(association)]
        return own or [id_ for id_, _ in fitting]

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        return {plain(name): name for name in self.names}

    def likely(self, text: str) -> list[str]:
        """Names that are spelt much like one that is not known."""
        return near(plain(text), self.by_spelling)


def known_names(table: Table, others: Iterable[Record], texts: Collection[str]) -> Known:
    """Those rows of a table that are meant by any of the texts."""
    key, name = key_of(table) or "", TITLE[table.name]
    wanted = {comparable_name(text) for text in texts}
    ids: set[str] = set()
    names: list[str] = []
    called: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in others:
        id_, text = row.get(key, "").strip(BLANKS), row.get(name, "")
        if id_ in texts:
            ids.add(id_)
        if (plainly := comparable_name(text)) in wanted:
            called[plainly].append((id_, comparable_name(row.get("association", ""))))
        if len(names) <= MOST_COMPARED:
            names.append(text)
    return Known(frozenset(ids), called, names if len(names) <= MOST_COMPARED else ())


def items_in(column: Column, row: Record) -> list[str]:
    """What stands in a column that refers to others."""
    text = row.get(column.name, "")
    return [item.strip() for item in text.split("|")] if column.is_list else [text]


def resolve(
    table: Table, column: Column, new: Sequence[dict[str, str]], others: Known
) -> Iterator[Finding]:
    """Put ids for the names in a column of the new rows. A finding's row is its place in them."""
    for place, row in enumerate(new):
        ids = []
        for item in items_in(column, row):
            meant = others.meant(item, row.get("association", "")) if item else [item]
            ids.append(meant[0] if len(meant) == 1 else item)
            if len(meant) > 1:
                offered = ", ".join(meant[:MOST_LIKELY])
                yield Finding("ambiguous_name", table.file, place, column.name, item, offered)
            if not meant:
                yield Finding("unknown_name", table.file, place, column.name, item)
        if column.name in row:
            row[column.name] = "|".join(ids)


def first_findings(found: Iterable[Finding], others: Known | None = None) -> list[Finding]:
    """The first findings of each kind, with how many there are and what may have been meant."""
    kinds: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for finding in found:
        kinds[finding.rule, finding.column].append(finding)
    first = [replace(f, count=len(same)) for same in kinds.values() for f in same[:MOST_SHOWN]]
    return [
        replace(f, expected=", ".join(others.likely(f.found)) or None)
        if others and f.found and not f.expected
        else f
        for f in first
    ]
