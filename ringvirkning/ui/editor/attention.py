"""What needs attention: the worklist of those who keep the data, and not the public's."""

import streamlit as st

from ringvirkning.figures import stories
from ringvirkning.figures.view import View
from ringvirkning.texts.safe import html_text


def draw_attention(shown: View) -> None:
    said = [
        f"<li><strong>{html_text(title)}</strong>: {html_text(what)}</li>"
        for title, what in stories.attention(shown)
    ]
    heading = html_text(shown.words("attention.title"))
    st.html(f'<div class="attention"><h2>{heading}</h2><ul>{"".join(said)}</ul></div>')
