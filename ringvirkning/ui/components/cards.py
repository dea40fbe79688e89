"""Key figures: a number, its change, its line through the years, and its menu."""

from collections.abc import Sequence
from dataclasses import asdict

from ringvirkning.figures import Figure
from ringvirkning.figures.key_figures import Card, card_figure
from ringvirkning.figures.view import View
from ringvirkning.ui import whole
from ringvirkning.ui.components.component import component
from ringvirkning.ui.components.menu import menu, wanting

# One component for all, since each element of the framework's own is redrawn at every change.
_CARDS = component(__file__, "menu", isolate_styles=True)


def draw_cards(shown: View, figures: Sequence[Card], place: str = "cards") -> None:
    """The key figures side by side, two by two on a phone; a label pressed opens its menu. `place`
    is its own on the page."""
    body = [data_of(shown, card, card_figure(shown, card)) for card in figures]
    _CARDS(
        key=place,
        data={"language": shown.words.language, "cards": body},
        on_wanted_change=wanting(place),
    )


def data_of(shown: View, card: Card, of: Figure) -> dict[str, object]:
    """The card as its component takes it."""
    whole.keep_figure(shown, of)
    w = shown.words
    return asdict(card) | {
        "asks": w("card.asks", label=card.label),
        "behind": None,
        "menu": menu(shown, f"example-{of.name}" if card.is_example else of.name, of),
        "example": w("claim.example") if card.is_example else "",
    }
