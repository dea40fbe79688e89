"""Examples: in a frame of their own, and removed by one press."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from ringvirkning.figures import overview
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.texts.safe import html_text
from ringvirkning.ui import state
from ringvirkning.ui.components.cards import draw_cards
from ringvirkning.ui.components.figure import draw_figures


def draw_examples(shown: View) -> None:
    """What key figures and jobs look like, in the frame; where examples are left out, the button
    that brings them back. Nothing where there are none."""
    w = shown.words
    every = replace(shown, selection=replace(shown.selection, illustrative=True))
    cards = overview.example_cards(every)
    if not cards:
        return
    if not shown.selection.illustrative:
        st.button(w("examples.show"), key="show_examples", on_click=choose_examples, args=(True,))
        return
    with example_frame(w):
        draw_cards(shown, cards, "example_cards")
        draw_figures(shown, overview.EXAMPLE_CHARTS)


@contextmanager
def example_frame(w: Words) -> Iterator[None]:
    """A frame that says what is in it, with the button that removes it."""
    with st.container(border=True, key="examples"):
        heading, what = html_text(w("examples.title")), html_text(w("examples.what"))
        st.html(f'<div class="attention"><h2>{heading}</h2><p>{what}</p></div>')
        st.button(
            w("examples.remove"), key="remove_examples", on_click=choose_examples, args=(False,)
        )
        yield


def choose_examples(are_shown: bool) -> None:
    """The same as the switch in the filter."""
    chosen = replace(state.current().selection, illustrative=are_shown)
    state.change(selection=chosen)
