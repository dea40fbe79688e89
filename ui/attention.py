"""What needs attention: ending soon, not confirmed, not followed up, not counted."""

import streamlit as st

from texts.safe import markdown_text
from ui.view import View, items


def show(shown: View) -> None:
    w = shown.words
    rows = {row.matter: row for row in shown.ask("attention").itertuples()}
    st.header(w("attention.title"), anchor=False)
    with st.grid(columns=5, min_column_width=190, gap="medium") as grid:
        for matter, row in rows.items():
            titles = items(row.titles)
            rest = int(row.record_count) - len(titles)
            said = w(f"attention.{matter}.what", n=int(row.record_count))
            if titles:
                named = "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
                said += f": {named}"
            with grid.cell():
                title = w(f"attention.{matter}.title")
                st.markdown(f"**{title}**  \n:gray[{markdown_text(said)}]")
