"""Key figures: a number, its change, its line through the years, and its menu."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from texts import sentences
from ui import feet, whole
from ui.component import component
from ui.menu import Told, menu, wanting
from ui.question import Question
from ui.view import View

# One component for all, since each element of the framework's own is redrawn at every change.
_CARDS = component(__file__, "menu", isolate_styles=True)


@dataclass(frozen=True)
class Card:
    """`values` are those of the years up to the one shown, None where nothing is known; `asks` the
    question they come from, `behind` the one whose records they are."""

    measure: str
    label: str
    number: str
    change: str
    values: Sequence[float | None]
    note: str
    asks: str
    behind: Question
    is_example: bool = False


def cards(shown: View, figures: Sequence[Card]) -> None:
    """The key figures side by side, two by two on a phone; a label pressed opens its menu."""
    body = [drawn(shown, card, told(shown, card)) for card in figures]
    _CARDS(
        key="cards",
        data={"language": shown.words.language, "cards": body},
        on_wanted_change=wanting("cards"),
    )


def drawn(shown: View, card: Card, told: Told) -> dict[str, Any]:
    """The card as its component takes it."""
    whole.keep(shown, told)
    w = shown.words
    return asdict(card) | {
        "asks": w("card.asks", label=card.label),
        "behind": None,
        "menu": menu(shown, card.measure, told),
        "example": w("claim.example") if card.is_example else "",
    }


def told(shown: View, card: Card) -> Told:
    """What the menu tells of a card: its values by year, the shown year last."""
    w = shown.words
    first = shown.year - len(card.values) + 1
    foot = [w("claim.example") if card.is_example else "", card.change, card.note]
    return Told(
        title=f"{card.label}, {shown.year}: {card.number}",
        shows=f"{card.label}, {shown.year}",
        foot=sentences.quiet_line([*foot, feet.rounding(shown, [card.measure])]),
        rows=[
            (w("chart.year"), card.label),
            *((str(first + at), said(shown, card, v)) for at, v in enumerate(card.values)),
        ],
        measures=[card.measure],
        asks=[card.asks],
        more={"from_year": None, "to_year": None},
        behind=card.behind,
    )


def said(shown: View, card: Card, value: Any) -> str:
    w = shown.words
    if value is None:
        return ""
    return w.percent(value) if w.unit(card.measure) == "share" else w.number(value)
