"""A deck: which figures under which filters, in which order, said how; and the slides it makes.

What is kept is the plan, not the pictures: the version it pins never changes, so neither do the
figures, and either language, paper or screen are made of the same.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from ringvirkning.charts import Chart
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.identity import Identity
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.catalogue import START, figures, seen
from ringvirkning.figures.filters import address_of_associations, every_choice
from ringvirkning.figures.notes import notes
from ringvirkning.figures.state import read_query
from ringvirkning.figures.view import View
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, Words, sentences

SlideKind = Literal["title", "figure", "text", "closing"]
# Of definitions, in two columns at a size that is read from the back row.
LINES_OF_A_SLIDE, LETTERS_OF_A_LINE = 46, 58
Body = Sequence[tuple[str, str]]  # labels, or none, and texts


@dataclass(frozen=True)
class Planned:
    """A slide as it is kept. `address` is what stands after its page's "?"; a `headline` of one's
    own was written when the data said `written_for`; without one the data says it."""

    kind: SlideKind
    page: str = ""
    figure: str = ""
    address: str = ""
    headline: str = ""
    written_for: str = ""
    body: str = ""
    is_shown: bool = True


@dataclass(frozen=True)
class Deck:
    """`version` and `as_of` (ISO) are what it pins; `is_internal` shows the exact figures. `owner`
    is who made it, as sign-in knows them, `made_by` their name; both are empty where nobody signs
    in, and of decks from before there were owners. It belongs to the `staff_of` these associations,
    of all where none is named: only their exact figures may be in it."""

    id: str
    name: str
    language: str
    version: str
    as_of: str
    occasion: str = ""
    date: str = ""
    is_internal: bool = False
    owner: str = ""
    made_by: str = ""
    staff_of: tuple[str, ...] = ()
    slides: tuple[Planned, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Slide:
    """A slide as it is shown. `live` is the address of the page it is from, `said` what the data
    says whatever its headline, `notes` a label and a text each for who speaks."""

    kind: SlideKind
    headline: str
    under: str = ""
    chart: Chart | None = None
    body: Body = ()
    foot: str = ""
    notes: Sequence[tuple[str, str]] = ()
    live: str = ""
    said: str = ""

    @property
    def columns(self) -> list[Body]:
        """Its text as it stands side by side: of definitions as much in each."""
        return split(self.body, 2 if self.kind == "closing" else 1)


# The exact database of a version for these associations alone; None where there is none now.
OwnDatabase = Callable[[Sequence[str]], Path | None]


class Maker:
    """Makes the slides of a deck out of the version that it pins. What `own` gives is shown of its
    associations, where it may hold exact figures of no others."""

    def __init__(
        self,
        w: Words,
        deck: Deck,
        version: Version,
        database: Path,
        who: Identity,
        own: OwnDatabase | None = None,
    ) -> None:
        self.w, self.deck, self.version, self.database, self.who = w, deck, version, database, who
        self.own = own
        self.associations = associations_of(deck, database)
        self.seen: dict[str, View] = {}
        self.made: dict[tuple[str, str], dict[str, Figure]] = {}

    def view(self, address: str) -> View:
        if address not in self.seen:
            as_of = date.fromisoformat(self.deck.as_of)
            shown = seen(self.w, self.version, self.database, as_of, address)
            chosen = shown.selection.association
            if self.own and chosen and set(chosen) <= set(self.deck.staff_of):
                shown = replace(shown, database=self.own(chosen) or shown.database)
            self.seen[address] = shown
        return self.seen[address]

    def figure(self, planned: Planned) -> Figure | None:
        """None where the selection leaves nothing of it in this version."""
        key = (planned.page, planned.address)
        if key not in self.made:
            found = figures(self.view(planned.address), *key)
            self.made[key] = {figure.name: figure for figure in found}
        return self.made[key].get(planned.figure)

    def drop_empty(self) -> None:
        """Leave out figures of which the selection leaves nothing."""
        kept = (one for one in self.deck.slides if one.kind != "figure" or self.figure(one))
        self.deck = replace(self.deck, slides=tuple(kept))

    def slides(self) -> list[Slide]:
        """Those that are shown; of a closing one as many as its definitions take. No two have the
        same headline: who goes through them by their names could not tell these apart."""
        shown = [planned for planned in self.deck.slides if planned.is_shown]
        return headlines_apart(self.w, [slide for one in shown for slide in self.of(one)])

    def of(self, planned: Planned) -> list[Slide]:
        if planned.kind == "title":
            return [self.title(planned)]
        if planned.kind == "figure":
            return [self.drawn(planned)]
        if planned.kind == "closing":
            return self.closing(planned)
        lines = [("", line) for line in planned.body.splitlines() if line.strip()]
        return [Slide("text", planned.headline, body=lines)]

    def title(self, planned: Planned) -> Slide:
        day = self.w.day(self.deck.date) if self.deck.date else ""
        headline = planned.headline or self.deck.name
        under = [said for said in (self.deck.occasion, day) if said not in headline]
        return Slide("title", headline, sentences.quiet_line(under), foot=self.cover())

    def cover(self) -> str:
        """Whose slides these are and, where that is nobody alone, whose figures."""
        w, names = self.w, self.associations
        if len(names) == 1:
            return self.who.name or names[0]
        return sentences.quiet_line([self.who.name, names_words(w, names)])

    def foot(self, planned: Planned, figure: Figure) -> str:
        """A figure's own; where the deck is of several associations, also whose it is."""
        if len(self.associations) < 2:
            return figure.under
        chosen = self.view(planned.address).selection.association
        whose = self.w.listed(chosen) or self.w("filter.all.association")
        return sentences.quiet_line([whose, figure.under])

    def drawn(self, planned: Planned) -> Slide:
        w, figure = self.w, self.figure(planned)
        page = planned.page if planned.page != START else ""
        language = f"lang={w.language}" if w.language != LANGUAGES[0] else ""
        pinned = urlencode({"version": self.deck.version})
        surface = "" if self.deck.is_internal else "surface=public"
        live = f"{page}?{'&'.join(filter(None, [planned.address, language, pinned, surface]))}"
        if figure is None:
            said = w("deck.nothing_left")
            return Slide("figure", planned.headline or said, live=live, said=said)
        chart = shorter(w, figure.chart)
        return Slide(
            "figure",
            planned.headline or chart.title.removesuffix("."),  # a sentence on the page, no title
            chart.subtitle,
            chart,
            foot=self.foot(planned, figure),
            notes=notes(self.view(planned.address), figure),
            live=live,
            said=chart.title,
        )

    def closing(self, planned: Planned) -> list[Slide]:
        """What each measure means, what the figures rest on, how they are rounded."""
        w = self.w
        shown = [
            (self.view(one.address), figure)
            for one in self.deck.slides
            if one.is_shown and one.kind == "figure" and (figure := self.figure(one))
        ]
        measures = list(dict.fromkeys(code for _, figure in shown for code in figure.measures))
        view = self.view(address_of_associations(self.associations))
        body = [(view.measure(code)["name"], view.measure(code)["definition"]) for code in measures]
        if any(feet.rounding(of, figure.measures) for of, figure in shown):
            body.append((w("deck.rounding"), sentences.capital(w("foot.rounded"))))
        body += [
            (w("figure.sources"), feet.newest_sources(view)),
            (w("publication.name"), f"{self.version.name}, {w.day(self.version.published_at)}"),
        ]
        headline = planned.headline or w("deck.closing")
        parts = split(body, ceil(lines_of(body) / LINES_OF_A_SLIDE))
        return [Slide("closing", headline, body=part, said=w("deck.closing")) for part in parts]


def headlines_apart(w: Words, slides: Sequence[Slide]) -> list[Slide]:
    """The slides, those of one headline with which of how many each is."""
    count, found = Counter(slide.headline for slide in slides if slide.headline), Counter[str]()
    apart = []
    for slide in slides:
        said = slide.headline
        found[said] += 1
        number, all_of = str(found[said]), str(count[said])
        if count[said] > 1:
            slide = replace(
                slide, headline=w("deck.one_of", headline=said, number=number, all=all_of)
            )
        apart.append(slide)
    return apart


def chosen_associations(deck: Deck) -> tuple[str, ...]:
    """The associations of its figures, as their addresses say; none where any is of all."""
    each = [
        read_query(one.address).get("association", ())
        for one in deck.slides
        if one.kind == "figure" and one.is_shown
    ]
    return tuple(dict.fromkeys(chain(*each))) if all(each) else ()


def associations_of(deck: Deck, database: Path) -> tuple[str, ...]:
    """The same by name also where a figure is of all that there are."""
    return chosen_associations(deck) or tuple(every_choice(database)["association"])


def names_words(w: Words, associations: Sequence[str]) -> str:
    """Their names or, of many, how many they are."""
    is_few = len(associations) <= sentences.MOST_NAMED
    return w.listed(associations) if is_few else w("deck.of_associations", n=len(associations))


def narrowed(deck: Deck, association: str) -> Deck:
    """The deck with figures of one association; a headline of one's own stays where its figure was
    that one's already."""
    slides = [of_one(one, association) if one.kind == "figure" else one for one in deck.slides]
    return replace(deck, slides=tuple(slides))


def of_one(slide: Planned, association: str) -> Planned:
    address = read_query(slide.address)
    if address.get("association") == [association]:
        return slide
    query = urlencode(address | {"association": [association]}, doseq=True)
    return replace(slide, address=query, headline="", written_for="")


def split(body: Body, among: int) -> list[Body]:
    """As much in each of so many parts."""
    parts: list[list[tuple[str, str]]] = [[] for _ in range(among)]
    whole, taken = lines_of(body), 0.0
    for said in body:
        length = lines_of([said])
        parts[int((taken + length / 2) * among / whole)].append(said)
        taken += length
    return [part for part in parts if part]


def lines_of(body: Body) -> float:
    """How many lines they take in one of two columns, with the room below each."""
    return sum(1.4 + (len(label) + len(text)) // LETTERS_OF_A_LINE for label, text in body)


def wordmark(slide: Slide, who: Identity) -> str:
    """Whose it is, as a cover says it in letters: where no logo does, or more than a logo says."""
    is_said = slide.kind != "title" or (who.logo and slide.foot == who.name)
    return "" if is_said else slide.foot


def is_stale(planned: Planned, slide: Slide) -> bool:
    """Whether a headline of one's own was written when the data said something else."""
    return bool(planned.headline and planned.written_for and planned.written_for != slide.said)


def of_page(deck: Deck, page: str, address: str, found: Sequence[Figure]) -> Deck:
    """The deck with a page's figures before its closing slide; a new one gets a title, too."""
    added = tuple(Planned("figure", page, figure.name, address) for figure in found)
    slides = deck.slides or (Planned("title"), Planned("closing"))
    at = len(slides) - (slides[-1].kind == "closing")
    return replace(deck, slides=(*slides[:at], *added, *slides[at:]))
