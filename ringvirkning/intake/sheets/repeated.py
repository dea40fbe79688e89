"""A partner that stands in several rows, as lists of contacts or agreements have it, is one: in a
file, and in all that are uploaded together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ringvirkning.finding import Finding
from ringvirkning.intake.naming import comparable_name
from ringvirkning.intake.sheets import KEEP, Decisions, Part, Read

TABLE, ONCE = "partners", "once"
ITS_NUMBER = "organisation_number"
ReadRows = list[dict[str, str]]


@dataclass
class Once:
    """The partners of some parts, each with what any of its rows says. `places` are those of rows
    by the part's own `id`."""

    first: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    later: dict[tuple[int, int], str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    known: dict[str, ReadRows] = field(default_factory=dict)

    def add(self, parts: Iterable[Part], file: str) -> None:
        for part in parts:
            if part.table == TABLE:
                for place, row in enumerate(part.rows):
                    if row.get("name") and not row.get("partner_id"):
                        self.take(part, place, row, file)

    def take(self, part: Part, place: int, row: dict[str, str], file: str) -> None:
        """A row: the first of its partner, or what it says besides. That it says something else is
        a finding."""
        alike = self.known.setdefault(comparable_name(row["name"]), [])
        same = next((one for one in alike if may_be_same(one, row)), None)
        if same is None:
            alike.append(row := dict(row))
            self.first[id(part), place] = row
            return
        self.later[id(part), place] = row["name"]
        for name, text in row.items():
            if same.setdefault(name, text) != text and name != "name":
                heading, number = part.headings.get(name, name), part.numbers[place]
                told = Finding("partner_differs", file, number, heading, text[:80], same[name][:80])
                self.findings.append(replace(told, level="should_look", sheet=part.sheet or None))

    def kept(self, part: Part) -> Part:
        places = [place for place in range(len(part.rows)) if (id(part), place) not in self.later]
        rows = [self.first.get((id(part), place), part.rows[place]) for place in places]
        return replace(part, rows=rows, numbers=[part.numbers[place] for place in places])


def each_once(
    parts: Sequence[Part], file: str, choices: Decisions
) -> tuple[list[Part], list[Finding]]:
    """The parts with one row for each partner, unless that is denied: the first, with what only
    later ones say."""
    once = Once()
    once.add(parts, file)
    if not once.later:
        return [*parts], []
    part, place, name = next(
        (part, place, once.later[id(part), place])
        for part in parts
        for place in range(len(part.rows))
        if (id(part), place) in once.later
    )
    row = part.numbers[place]
    if choices.decide("repeated", ONCE, (ONCE, KEEP), row=row, found=name[:80]) == KEEP:
        return [*parts], []
    return [once.kept(part) for part in parts], once.findings


def once_in_all(reads: Sequence[Read]) -> tuple[Read, ...]:
    """The files with one row for each partner that stands in several of them, but for those whose
    rows are kept as they are. Which file says something else is among its findings."""
    once, told = Once(), list[list[Finding]]()
    for read in reads:
        before = len(once.findings)
        if not is_kept(read):
            once.add(read.parts, read.file)
        told.append(once.findings[before:])
    if not once.later:
        return tuple(reads)
    return tuple(
        replace(read, parts=tuple(map(once.kept, read.parts)), findings=(*read.findings, *found))
        for read, found in zip(reads, told, strict=True)
    )


def is_kept(read: Read) -> bool:
    return any(choice.kind == "repeated" and choice.value == KEEP for choice in read.choices)


def may_be_same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows of one name are not told apart by their organisation numbers."""
    return ITS_NUMBER not in one or ITS_NUMBER not in other or one[ITS_NUMBER] == other[ITS_NUMBER]
