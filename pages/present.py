"""Presentasjon: show it."""

from ringvirkning.figures.view import current_view
from ringvirkning.ui.present.deck_editor import editor
from ringvirkning.ui.present.deck_list import deck_list, open_deck

shown = current_view.get()

deck = open_deck(shown)
if deck is None:
    deck_list(shown)
else:
    editor(shown, deck)
