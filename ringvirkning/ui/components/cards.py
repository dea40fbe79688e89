"""Key figures: a number, its change, its line through the years, and its menu."""

from collections.abc import Sequence
from functools import partial

from ringvirkning.figures.card_figures import card_figure, card_title
from ringvirkning.figures.cards import Card
from ringvirkning.figures.view import View
from ringvirkning.ui import whole
from ringvirkning.ui.components.component import choice_number, component
from ringvirkning.ui.components.menu import closed_menu, menu, wanting

# One component for all, since each element of the framework's own is redrawn at every change.
_CARDS = component(__file__, "menu", isolate_styles=True)


def draw_cards(shown: View, figures: Sequence[Card], place: str = "cards") -> None:
    """The key figures side by side, two by two on a phone; a label pressed opens its menu. `place`
    is its own on the page."""
    data = cards_data(shown, figures, place)
    menus = {
        "menus": [menu(shown, menu_key(one), partial(card_figure, shown, one)) for one in figures]
    }
    _CARDS(key=place, data=data | menus | choice_number(), on_wanted_change=wanting(place))
    for card in figures:
        whole.keep_figure(shown, card_title(shown, card), partial(card_figure, shown, card))


def cards_data(shown: View, figures: Sequence[Card], place: str = "cards") -> dict[str, object]:
    """The key figures as their component takes them, with their menus closed."""
    return {
        "key": place,
        "language": shown.words.language,
        "cards": [card_data(shown, card) for card in figures],
        "menus": [closed_menu(shown, menu_key(card)) for card in figures],
    }


def menu_key(card: Card) -> str:
    return f"example-{card.measure}" if card.is_example else card.measure


def card_data(shown: View, card: Card) -> dict[str, object]:
    w = shown.words
    return vars(card) | {
        "asks": w("card.asks", label=card.label),
        "behind": None,
        "example": w("claim.example") if card.is_example else "",
    }
