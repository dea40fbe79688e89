"""What is chosen, as one value, and the address that says it; the other way, too.

Every choice is a code, so that a link means the same in either language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from queries import answers
from ringvirkning.figures import filters
from ringvirkning.figures import question as questions
from ringvirkning.figures.question import DEFAULT, Question
from ringvirkning.figures.view import Selection, cached_answer
from ringvirkning.texts import LANGUAGES

Address = Mapping[str, Sequence[str]]
EXPLORE = "explore"  # the page whose address holds a question
# One thing of its kind each, by its id: a page that is about it, or that compares with it.
BY_ID = ("partnership", "partner", "since", "deck", "entry")
EVERYTHING = Selection()


class Choosable(NamedTuple):
    """What can be chosen in a version: the codes of each filter, the first and the last year, and
    the measures that can be asked for."""

    choices: filters.FilterChoices
    span: tuple[int, int]
    measures: Sequence[answers.ExploreMeasures]


def choosable_in(database: Path, as_of: date, associations: Sequence[str] = ()) -> Choosable:
    """The years are those of the associations that are chosen; of all where none is."""
    values = (("as_of", as_of), ("association", tuple(associations)))
    (row,) = cached_answer(database, answers.Span, values)
    span = (row.first_year, row.last_year)
    return Choosable(
        filters.every_choice(database), span, cached_answer(database, answers.ExploreMeasures)
    )


def read_query(query: str) -> dict[str, list[str]]:
    """An address from what stands after its "?"."""
    return parse_qs(query, keep_blank_values=True)  # of a question "" is an answer


def language(address: Address) -> str:
    return next((code for code in address.get("lang", ())[-1:] if code in LANGUAGES), LANGUAGES[0])


@dataclass(frozen=True)
class State:
    """What is shown on the page of the name `place`; `entry` what is typed there,
    `version` where a link pins one, `is_public` where only the public edition is to be seen."""

    place: str = ""
    selection: Selection = EVERYTHING
    language: str = LANGUAGES[0]
    partnership: str | None = None
    partner: str | None = None
    since: str | None = None
    deck: str | None = None
    entry: str | None = None
    version: str | None = None
    question: Question = DEFAULT
    is_public: bool = False

    def to_address(self) -> dict[str, list[str]]:
        """The parameters of its address; what is at its default is left out."""
        said = {
            "lang": self.language if self.language != LANGUAGES[0] else None,
            **{name: getattr(self, name) for name in (*BY_ID, "version")},
            "surface": "public" if self.is_public else None,
        }
        address = filters.as_address(self.selection)
        address |= {name: [value] for name, value in said.items() if value}
        return address | (questions.as_address(self.question) if self.place == EXPLORE else {})

    def query(self) -> str:
        """Its address, as what stands after the "?"."""
        return urlencode(self.to_address(), doseq=True)

    @classmethod
    def from_address(
        cls, place: str, address: Address, known: Choosable
    ) -> tuple["State", list[str]]:
        """What an address asks of a page, and the values in it that do not exist. Whether there is
        what it names by an id, the page finds out."""
        selection, unknown = filters.from_address(address, known.choices, known.span)
        question = DEFAULT
        if place == EXPLORE:
            question, more = questions.from_address(address, known.measures)
            unknown += more
        named: dict[str, Any] = {
            name: next(iter(address.get(name, ())), None) for name in (*BY_ID, "version")
        }
        named["is_public"] = "public" in address.get("surface", ())
        return cls(place, selection, language(address), question=question, **named), unknown

    def within(self, known: Choosable) -> "State":
        """The same where the data may be others: years that there are, what can be asked."""
        years, question = self.selection.years, self.question
        if years:
            years = filters.within(years, known.span)
        if self.place == EXPLORE:
            question, _ = questions.valid(question, known.measures, set())
        return replace(self, selection=replace(self.selection, years=years), question=question)
