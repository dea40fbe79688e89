"""What a page says first, and what it was taken under."""

import streamlit as st

from ringvirkning.figures import feet
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.texts.safe import html_text, markdown_text


def draw_headline(shown: View, said: str) -> None:
    """A sentence from the data, and the filters under it: one element of plain HTML, since the
    framework reads Markdown anew at every change."""
    under = html_text(feet.under_headline(shown))
    st.html(f'<hgroup class="headline"><h1>{html_text(said)}</h1><p>{under}</p></hgroup>')


def name_tab(*names: str) -> None:
    """What the browser calls the page, in its tab, its history and to screen readers (WCAG 2.4.2):
    what it is of first. The last one that is said in a run holds."""
    st.set_page_config(page_title=" – ".join([*names, "Ringvirkning"]))


def draw_title(w: Words, name: str, page: str) -> None:
    """The name of what a page is of: an agreement, a partner, a presentation."""
    st.title(markdown_text(name), anchor=False)
    name_tab(name, w(f"menu.{page}"))
