"""Whose figures a page shows, at its top: the chosen association, else the server's own name."""

import re

import streamlit as st

from ringvirkning.export.identity import Identity, Unusable, identity_of
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import chosen_association
from ringvirkning.texts import Words
from ringvirkning.texts.safe import html_text

MOST_LETTERS = 6


def draw_nameplate(shown: View) -> None:
    """Nothing where several associations are shown, and the server has no name of its own."""
    who = page_identity(shown)
    # It keeps its place where there is nothing in it.
    with st.container():
        if who.name:
            st.html(plate(shown.words, who))


def page_identity(shown: View) -> Identity:
    """The identity of a page; its settings may be unusable, which the page of decks says."""
    association = chosen_association(shown)
    try:
        return identity_of(shown.database, association)
    except Unusable:
        return Identity(association or "")


def plate(w: Words, who: Identity) -> str:
    """Logo or letters, name, area and website. The colours are the contract's: # and digits."""
    logo = f'<img src="{html_text(who.logo)}" alt="">' if who.logo else ""
    title, band = map(html_text, who.colours)
    area = f"<span>{html_text(who.area)}</span>" if who.area else ""
    return (
        f'<div class="plate" role="group" aria-label="{html_text(w("nameplate.what"))}"'
        f' style="--title:{title};--band:{band}">'
        f"{logo or f'<b>{html_text(letters(who))}</b>'}"
        f"<p><strong>{html_text(who.name)}</strong>{area}{link(who.site)}</p></div>"
    )


def link(site: str) -> str:
    """To a website, by its name without www."""
    if not site:
        return ""
    named = re.sub(r"^https?://(www\.)?|/$", "", site)
    return f'<a href="{html_text(site)}" rel="noopener noreferrer">{html_text(named)}</a>'


def letters(who: Identity) -> str:
    """What stands for a logo: the short name, if it is short, else the first letters of words."""
    if 0 < len(who.short_name) <= MOST_LETTERS:
        return who.short_name
    words = [
        word for word in re.findall(r"\w+", who.name) if word[0].isupper() or word[0].isdigit()
    ]
    return "".join(word[0] for word in words[:3]) or who.name[:1]
