"""Oversikt: what do our partnerships give?"""

import streamlit as st

from figures import overview
from figures.view import current
from ui import attention, paper
from ui.cards import cards
from ui.figure import figure
from ui.filters import narrow
from ui.headline import headline
from ui.quotes import jobs_in_words
from ui.states import nothing_left

shown = current.get()

nothing_left(shown, *overview.answers(shown))
headline(shown, overview.headline(shown))
cards(shown, overview.cards(shown))

left, right = st.columns([6, 5], gap="large")
with left:
    figure(shown, overview.active(shown), opens=narrow("years"))
with right:
    jobs = overview.jobs(shown)
    figure(shown, jobs, opens=narrow("years"))
    if jobs is None:
        jobs_in_words(shown)

if not shown.is_protected:
    attention.show(shown)
paper.board(shown)
