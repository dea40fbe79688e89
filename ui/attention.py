"""What needs attention: ending soon, not confirmed, not followed up, not counted."""

import streamlit as st

from figures.view import View
from texts.safe import html_text


def show(shown: View) -> None:
    w = shown.words
    said = []
    for matter, count, titles in shown.rows("attention"):
        what = w(f"attention.{matter}.what", n=count)
        if titles:
            rest = count - len(titles)
            what += ": " + "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
        title = w(f"attention.{matter}.title")
        said.append(f"<li><strong>{html_text(title)}</strong>: {html_text(what)}</li>")
    heading = html_text(w("attention.title"))
    st.html(f'<div class="attention"><h2>{heading}</h2><ul>{"".join(said)}</ul></div>')
