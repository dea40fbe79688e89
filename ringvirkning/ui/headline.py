"""What a page says first, and what it was taken under."""

import streamlit as st

from ringvirkning.figures import feet
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import html_text


def draw_headline(shown: View, said: str) -> None:
    """A sentence from the data, and the filters under it: one element of plain HTML, since the
    framework reads Markdown anew at every change."""
    under = html_text(feet.under_headline(shown))
    st.html(f'<hgroup class="headline"><h1>{html_text(said)}</h1><p>{under}</p></hgroup>')
