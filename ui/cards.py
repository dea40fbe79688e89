"""Key figures: a number, its change, its line through the years, and what it means."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.component import component
from ui.view import View

# One component for all, since each element of the framework's own is redrawn at every change.
_CARDS = component(__file__, isolate_styles=True)


@dataclass(frozen=True)
class Card:
    """`values` are those of the years up to the one shown, None where nothing is known."""

    measure: str
    label: str
    number: str
    change: str
    values: Sequence[float | None]
    note: str
    is_example: bool = False


def cards(shown: View, figures: Sequence[Card]) -> None:
    """The key figures side by side, two by two on a phone; a label pressed says its definition."""
    w = shown.words
    body = [
        asdict(card)
        | {
            "asks": w("card.asks", label=card.label),
            "definition": shown.measure(card.measure)["definition"],
            "example": w("claim.example") if card.is_example else "",
        }
        for card in figures
    ]
    _CARDS(key="cards", data={"language": w.language, "cards": body})
