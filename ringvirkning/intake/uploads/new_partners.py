"""Partners that an agreement, an activity, a result or a contribution names and nobody knows: asked
about by name, once for all files.

Which known one may have been meant is offered first, then to leave the name out where the row can
do without, then to add it as a partner of a type along with the rest. Whoever came to an activity
is no partner for that: it is for the person to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from queries.alphabet import alphabetical
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.merging import rows_before
from ringvirkning.intake.naming import comparable_name
from ringvirkning.intake.records import Record
from ringvirkning.intake.references import Known, first_findings, known_names
from ringvirkning.intake.sheets import LEAVE_OUT, Decisions, Part, Read
from ringvirkning.intake.sheets.firms import (
    AGREEMENTS,
    DETAILS,
    OF_PARTNER,
    called_after_partner,
)
from ringvirkning.intake.sheets.memory import NAMED_KIND, name_mark
from ringvirkning.intake.sheets.reading import question
from ringvirkning.intake.sheets.vocabulary import (
    MOST_SUGGESTED,
    near,
    plain,
    table_named,
    type_words,
)
from ringvirkning.texts import LANGUAGES

ASKED_KIND = NAMED_KIND  # the kind of choice
NAMED_IN = {  # the column of a table in which partners are named
    AGREEMENTS: "partner_ids",
    "activities": "partner_ids",
    "contributions": "partner_ids",
    "outcomes": "partner_id",
}
ORIGINS = ("programme", "activity_id", "partnership_id")  # of a result, besides its partner
MEANT = "="  # stands before the name of a known partner that was meant
MOST_NEW = 200  # of more names each is a finding as it stands
MOST_MEANT = 100  # known partners: of more only those that are called nearly so
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
    asking = NamesAsked(
        PartnerTypes(type_words("partner_types", every_type)), meant_before(remembered)
    )
    found = []
    for read in reads:
        parts, told, choices = list[Part](), list[Finding](), Decisions(asked.get(read.file, {}))
        for part in read.parts:
            if part.table not in NAMED_IN:
                parts.append(part)
                continue
            part, details = apart(part)
            new, known = unknown_in(part, before, listed)
            choices.remembered = remembered.get(part.mapping_key, {})
            answers = {
                name: asking.answer(name, one, part, known, choices, told_type(details, name))
                for name, one in new.items()
            }
            added = [*rows_to_add(answers, new, details)]
            told += told_of_added(read.file, part, added)
            added += rows_of_known(details, before, listed)
            listed += [row for _, row in added]
            if added:
                numbers, new_rows = zip(*added, strict=True)
                parts.append(
                    Part("partners", part.sheet, {}, [*new_rows], [*numbers], part.mapping_key)
                )
            column = NAMED_IN[part.table]
            if answers or part.table == AGREEMENTS:
                named = (as_meant_in(row, column, answers) for row in part.rows)
                part = replace(part, rows=[called_after_partner(row) for row in named])
            parts.append(part)
        questions = tuple(question(c, read.file) for c in choices.made if c.value is None)
        found.append(
            replace(
                read,
                parts=tuple(parts),
                choices=(*read.choices, *choices.made),
                findings=(*questions, *read.findings, *first_findings(told)),
            )
        )
    return tuple(found)


def meant_before(remembered: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Whom a name meant in any file before, by the mark of the name."""
    begin = f"{ASKED_KIND}/"
    return {
        key.removeprefix(begin): answer.removeprefix(MEANT)
        for said in remembered.values()
        for key, answer in said.items()
        if key.startswith(begin) and answer.startswith(MEANT)
    }


def told_of_added(file: str, part: Part, added: Iterable[tuple[int, Record]]) -> Iterator[Finding]:
    """Which partners came in by their name and type alone, without an agreement."""
    for number, row in added if part.table != AGREEMENTS else ():
        yield Finding(
            "partner_without_agreement",
            file,
            number,
            part.headings.get(NAMED_IN[part.table]),
            row["name"],
            level="should_look",
            sheet=part.sheet or None,
        )


def partners_of_row(row: Record, column: str) -> list[str]:
    return [item.strip() for item in row.get(column, "").split("|") if item.strip()]


class NewName(NamedTuple):
    """A partner that nobody knows: the first row that names it, what may have been meant, and
    whether each row that names it can do without it."""

    row: int
    likely: list[str]
    may_be_left: bool


def unknown_in(
    part: Part, before: Path | None, listed: Sequence[Record]
) -> tuple[dict[str, NewName], Known]:
    """The partners of a table's rows that are no known ones, none at all where there are far too
    many; and those that are known."""
    first: dict[str, tuple[str, int]] = {}
    named = [partners_of_row(row, NAMED_IN[part.table]) for row in part.rows]
    for names, number in zip(named, part.numbers, strict=True):
        for name in names:
            first.setdefault(comparable_name(name), (name, number))
    texts = {name for name, _ in first.values()}
    table = table_named("partners")
    known = known_names(table, [*rows_before(former.file_of(table, before)), *listed], texts)
    new = {plainly: one for plainly, one in first.items() if not known.meant(one[0], "")}
    if len(new) > MOST_NEW:
        return {}, known
    needed = set[str]()
    for row, names in zip(part.rows, named, strict=True) if new else ():
        plainly = {*map(comparable_name, names)}
        if plainly <= new.keys() and needs_partner(part.table, row):
            needed |= plainly
    return {
        name: NewName(
            number,
            likely_names(name, known),
            plainly not in needed,
        )
        for plainly, (name, number) in new.items()
    }, known


def needs_partner(table: str, row: Record) -> bool:
    """Whether a row is nothing without a partner."""
    if table == "outcomes":
        return not any(row.get(origin) for origin in ORIGINS)
    return table == AGREEMENTS or (table == "contributions" and row.get("giver") == "partners")


def likely_names(name: str, known: Known) -> list[str]:
    """The known partners that are called nearly so, then those whose name has all words of this one
    or the other way round: "USN", "NAV Lier"."""
    spelt = [like for like in known.likely(name) if is_alike(name, like)]
    words = {*plain(name).split()}
    parts = (
        one for plainly, one in known.by_spelling.items() if is_part({*plainly.split()}, words)
    )
    return [*dict.fromkeys([*spelt, *islice(parts, MOST_SUGGESTED)])]


def is_part(words: set[str], others: set[str]) -> bool:
    return bool(words and others) and (words < others or others < words)


def is_alike(name: str, known: str) -> bool:
    """Whether two names are alike in the words that they don't share: two municipalities share
    half of their names."""
    words, others = plain(name).split(), plain(known).split()
    own = " ".join(word for word in words if word not in others)
    other = " ".join(word for word in others if word not in words)
    return not own or not other or bool(near(own, {other: other}))


@dataclass
class NamesAsked:
    """Whom names mean: asked once of each in all files. `meant` is what they did before."""

    types: PartnerTypes
    meant: Mapping[str, str]
    answered: dict[str, str | None] = field(default_factory=dict)

    def answer(
        self, name: str, new: NewName, part: Part, known: Known, choices: Decisions, told: str
    ) -> str | None:
        """Who was meant by a name, that it is left out, or the type of a new partner; `told` is the
        type in its row, ""."""
        plainly = comparable_name(name)
        is_answer = self.answered.get(plainly) != LEAVE_OUT or new.may_be_left
        if plainly not in self.answered or not is_answer:
            self.answered[plainly] = self.asked(name, new, part, known, choices, told)
        return self.answered[plainly]

    def asked(
        self, name: str, new: NewName, part: Part, known: Known, choices: Decisions, told: str
    ) -> str | None:
        likely, own = new.likely, told or self.types.of_name(name)
        mark, said = name_mark(name), dict(choices.remembered)
        if (before := self.meant.get(mark)) and before in known.names:
            likely = [before, *(like for like in likely if like != before)]
            said = {f"{ASKED_KIND}/{mark}": f"{MEANT}{before}", **said}
        if answer := said.get(f"{ASKED_KIND}/{mark}"):
            choices.remembered = {**said, f"{ASKED_KIND}/{name}": answer}
        codes = sorted(self.types.codes, key=lambda code: code != own)
        # Whom a misspelt name means is for the person to see, and whether who came is a partner.
        guessed = codes[:1] if own and part.table == AGREEMENTS and not likely else []
        others = known.names if len(known.names) <= MOST_MEANT else ()
        meant = [f"{MEANT}{one}" for one in (*likely, *alphabetical(others, LANGUAGES[0]))]
        first = [*meant[: len(likely)], *guessed, *[LEAVE_OUT] * new.may_be_left]
        return choices.decide(
            ASKED_KIND,
            told if told and not likely else None,
            dict.fromkeys([*first, *codes, *meant]),
            sheet=part.sheet,
            about=name,
            row=new.row,
            column=part.headings.get(NAMED_IN[part.table]),
            found=name,
            is_guessed=bool(guessed),
        )


Details = Mapping[str, tuple[int, dict[str, str]]]


def apart(part: Part) -> tuple[Part, Details]:
    """The agreements, and what their rows tell of the partner where there is one only: by the plain
    name, with the number of the row."""
    details = dict[str, tuple[int, dict[str, str]]]()
    if part.table != AGREEMENTS:
        return part, details
    of_partner = {name: f"{OF_PARTNER}{name}" for name in DETAILS}
    for row, number in zip(part.rows, part.numbers, strict=True):
        said = {name: row[of] for name, of in of_partner.items() if of in row}
        if said and len(names := partners_of_row(row, NAMED_IN[part.table])) == 1:
            details.setdefault(comparable_name(names[0]), (number, {"name": names[0], **said}))
    told = {*of_partner.values()}
    rows = [{n: t for n, t in row.items() if n not in told} for row in part.rows]
    return replace(part, rows=rows), details


def told_type(details: Details, name: str) -> str:
    return details.get(comparable_name(name), (0, {}))[1].get("partner_type", "")


def rows_to_add(
    answers: Mapping[str, str | None], new: Mapping[str, NewName], details: Details
) -> Iterator[tuple[int, dict[str, str]]]:
    """The new partners, each as a row after the number of the row that named it; and what is told
    of those that were meant."""
    for name, answer in answers.items():
        number, said = details.get(comparable_name(name), (new[name].row, {}))
        if answer and answer != LEAVE_OUT and not answer.startswith(MEANT):
            yield new[name].row, {**said, "name": name, "partner_type": answer}
        elif answer and answer != LEAVE_OUT and said:
            yield number, {**said, "name": answer.removeprefix(MEANT)}


def rows_of_known(
    details: Details, before: Path | None, listed: Sequence[Record]
) -> Iterator[tuple[int, dict[str, str]]]:
    """What is told of partners that are known."""
    if details:
        rows = [*rows_before(former.file_of(table_named("partners"), before)), *listed]
        known = {comparable_name(row.get("name", "")) for row in rows}
        yield from (said for name, said in details.items() if name in known)


def as_meant_in(
    row: dict[str, str], column: str, answers: Mapping[str, str | None]
) -> dict[str, str]:
    """A row with the names of those that were meant by others, without those that are left out."""
    meant = {
        comparable_name(name): "" if answer == LEAVE_OUT else answer.removeprefix(MEANT)
        for name, answer in answers.items()
        if answer and (answer == LEAVE_OUT or answer.startswith(MEANT))
    }
    items = partners_of_row(row, column)
    if not any(comparable_name(item) in meant for item in items):
        return row
    named = (meant.get(comparable_name(item), item) for item in items)
    return {**row, column: "|".join(dict.fromkeys(filter(None, named)))}
