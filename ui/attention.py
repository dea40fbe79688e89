"""What needs attention: ending soon, not confirmed, not followed up, not counted."""

import streamlit as st

from texts.safe import markdown_text
from ui.view import View


def show(shown: View) -> None:
    w = shown.words
    said = []
    for matter, count, titles in shown.rows("attention"):
        what = w(f"attention.{matter}.what", n=count)
        if titles:
            rest = count - len(titles)
            what += ": " + "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
        title = w(f"attention.{matter}.title")
        said.append(f"- **{title}**: {markdown_text(what)}")
    st.header(w("attention.title"), anchor=False)
    st.markdown("\n".join(said))
