"""Presentasjon: show it."""

from figures.view import current
from ui.deck_editor import editor
from ui.deck_list import deck_list, open_deck

shown = current.get()

deck = open_deck(shown)
if deck is None:
    deck_list(shown)
else:
    editor(shown, deck)
