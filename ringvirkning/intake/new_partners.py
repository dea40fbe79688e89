"""Partners that stand in a list of agreements alone: asked about by name, and added along with it.

Which known one may have been meant is offered first; to add a name as a partner, and of which type,
comes last.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ringvirkning.intake import former
from ringvirkning.intake.merging import rows_before
from ringvirkning.intake.naming import comparable_name
from ringvirkning.intake.records import Record
from ringvirkning.intake.references import known_names
from ringvirkning.intake.sheets import Choice, Decisions, Part, Read
from ringvirkning.intake.sheets.firms import DETAILS, OF_PARTNER, called_after_partner
from ringvirkning.intake.sheets.reading import question
from ringvirkning.intake.sheets.vocabulary import near, plain, table_named, type_words

ASKED_KIND = "new_partner"  # the kind of choice
COLUMN = "partner_ids"
MEANT = "="  # stands before the name of a known partner that was meant
MOST_NEW = 200  # of more names each is a finding as it stands
OTHER_TYPE = "other"


@dataclass(frozen=True)
class PartnerTypes:
    """The types of partners by the words for them; the codes in their order."""

    words: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        return [*dict.fromkeys(self.words.values())]

    def of_name(self, name: str) -> str | None:
        """The type that stands in a name ("Lier kommune"), if it is one and no other."""
        named = {self.words[word] for word in plain(name).split() if word in self.words}
        return named.pop() if len(named) == 1 and OTHER_TYPE not in named else None


def with_new_partners(
    reads: Sequence[Read],
    before: Path | None,
    types: Iterable[Mapping[str, str]],
    asked: Mapping[str, Mapping[str, str]],
    remembered: Mapping[str, Mapping[str, str]],
) -> tuple[Read, ...]:
    """Files with the partners that their agreements name and nobody knows: as rows of their own, or
    by the names of those that were meant, as answered; what was not answered is a question.

    `types` are the rows of types of partners, `asked` answers by file, `remembered` by the key of
    the headings.
    """
    lists = [part for read in reads for part in read.parts if part.table == "partners"]
    listed = [row for part in lists for row in part.rows]
    given = [part for read in reads for part in read.parts if part.table == "partner_types"]
    every_type = [*types, *(row for part in given for row in part.rows)]
    known_types = PartnerTypes(type_words("partner_types", every_type))
    found = []
    for read in reads:
        parts = list[Part]()
        made = list[Choice]()
        for part in read.parts:
            if part.table != "partnerships":
                parts.append(part)
                continue
            part, details = apart(part)
            new = unknown_in(part, before, listed)
            said = remembered.get(part.mapping_key, {})
            choices = Decisions(asked.get(read.file, {}), said)
            answers = {
                name: ask_about(
                    name, row, likely, part, known_types, choices, told_type(details, name)
                )
                for name, (row, likely) in new.items()
            }
            added = [*rows_to_add(answers, new, details)]
            added += rows_of_known(details, before, listed)
            listed += [row for _, row in added]
            if added:
                numbers, new_rows = zip(*added, strict=True)
                parts.append(
                    Part("partners", part.sheet, {}, [*new_rows], [*numbers], part.mapping_key)
                )
            named = [called_after_partner(as_meant_in(row, answers)) for row in part.rows]
            parts.append(replace(part, rows=named))
            made += choices.made
        questions = tuple(question(c, read.file) for c in made if c.value is None)
        found.append(
            replace(
                read,
                parts=tuple(parts),
                choices=(*read.choices, *made),
                findings=(*questions, *read.findings),
            )
        )
    return tuple(found)


def partners_of_row(row: Record) -> list[str]:
    return [item.strip() for item in row.get(COLUMN, "").split("|") if item.strip()]


def unknown_in(
    part: Part, before: Path | None, listed: Sequence[Record]
) -> dict[str, tuple[int, list[str]]]:
    """The partners of agreements that are no known ones, with the first row that names them and
    what may have been meant; none at all where there are far too many."""
    first: dict[str, tuple[str, int]] = {}
    for row, number in zip(part.rows, part.numbers, strict=True):
        for name in partners_of_row(row):
            first.setdefault(comparable_name(name), (name, number))
    texts = {name for name, _ in first.values()}
    table = table_named("partners")
    known = known_names(table, [*rows_before(former.file_of(table, before)), *listed], texts)
    new = {
        name: (number, [like for like in known.likely(name) if is_alike(name, like)])
        for name, number in first.values()
        if not known.meant(name, "")
    }
    return new if len(new) <= MOST_NEW else {}


def is_alike(name: str, known: str) -> bool:
    """Whether two names are alike in the words that they don't share: two municipalities share
    half of their names."""
    words, others = plain(name).split(), plain(known).split()
    own = " ".join(word for word in words if word not in others)
    other = " ".join(word for word in others if word not in words)
    return not own or not other or bool(near(own, {other: other}))


def ask_about(
    name: str,
    row: int,
    likely: Sequence[str],
    part: Part,
    types: PartnerTypes,
    choices: Decisions,
    told: str,
) -> str | None:
    """Who was meant by a name, or the type of a new partner; `told` is the one in its row, ""."""
    own = told or types.of_name(name)
    codes = sorted(types.codes, key=lambda code: code != own)
    return choices.decide(
        ASKED_KIND,
        told if told and not likely else None,
        (*(f"{MEANT}{known}" for known in likely), *codes),
        sheet=part.sheet,
        about=name,
        row=row,
        column=part.headings.get(COLUMN),
        found=name,
        # Whom a misspelt name means is for the person to see.
        is_guessed=own is not None and not likely,
    )


Details = Mapping[str, tuple[int, dict[str, str]]]


def apart(part: Part) -> tuple[Part, Details]:
    """The agreements, and what their rows tell of the partner where there is one only: by the plain
    name, with the number of the row."""
    details = dict[str, tuple[int, dict[str, str]]]()
    of_partner = {name: f"{OF_PARTNER}{name}" for name in DETAILS}
    for row, number in zip(part.rows, part.numbers, strict=True):
        said = {name: row[of] for name, of in of_partner.items() if of in row}
        if said and len(names := partners_of_row(row)) == 1:
            details.setdefault(comparable_name(names[0]), (number, {"name": names[0], **said}))
    told = {*of_partner.values()}
    rows = [{n: t for n, t in row.items() if n not in told} for row in part.rows]
    return replace(part, rows=rows), details


def told_type(details: Details, name: str) -> str:
    return details.get(comparable_name(name), (0, {}))[1].get("partner_type", "")


def rows_to_add(
    answers: Mapping[str, str | None], new: Mapping[str, tuple[int, object]], details: Details
) -> Iterator[tuple[int, dict[str, str]]]:
    """The new partners, each as a row after the number of the row that named it; and what is told
    of those that were meant."""
    for name, answer in answers.items():
        number, said = details.get(comparable_name(name), (new[name][0], {}))
        if answer and not answer.startswith(MEANT):
            yield new[name][0], {**said, "name": name, "partner_type": answer}
        elif answer and said:
            yield number, {**said, "name": answer.removeprefix(MEANT)}


def rows_of_known(
    details: Details, before: Path | None, listed: Sequence[Record]
) -> Iterator[tuple[int, dict[str, str]]]:
    """What is told of partners that are known."""
    if details:
        rows = [*rows_before(former.file_of(table_named("partners"), before)), *listed]
        known = {comparable_name(row.get("name", "")) for row in rows}
        yield from (said for name, said in details.items() if name in known)


def as_meant_in(row: dict[str, str], answers: Mapping[str, str | None]) -> dict[str, str]:
    """A row with the names of those that were meant by others."""
    meant = {
        comparable_name(name): answer.removeprefix(MEANT)
        for name, answer in answers.items()
        if answer and answer.startswith(MEANT)
    }
    items = partners_of_row(row)
    if not any(comparable_name(item) in meant for item in items):
        return row
    return {**row, COLUMN: "|".join(meant.get(comparable_name(item), item) for item in items)}
