"""What needs attention: ending soon, not confirmed, not followed up, not counted."""

import streamlit as st

from texts.safe import markdown_text
from ui.view import View, items


def show(shown: View) -> None:
    w = shown.words
    said = []
    for row in shown.ask("attention").itertuples():
        matter = row.matter
        titles = items(row.titles)
        rest = int(row.record_count) - len(titles)
        what = w(f"attention.{matter}.what", n=int(row.record_count))
        if titles:
            what += ": " + "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
        title = w(f"attention.{matter}.title")
        said.append(f"- **{title}**: {markdown_text(what)}")
    st.header(w("attention.title"), anchor=False)
    st.markdown("\n".join(said))
