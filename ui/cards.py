"""Key figures: a number, its change, its line through the years, and what it means."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from ui.view import View

_HERE = Path(__file__)
# One component for all, since each element of the framework's own is redrawn at every change.
_CARDS = st.components.v2.component(
    "ringvirkning_cards",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


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
