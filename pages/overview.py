"""Oversikt: what do our partnerships give?"""

import streamlit as st

from ringvirkning.figures import jobs, overview
from ringvirkning.figures.view import current
from ringvirkning.ui.components.cards import cards
from ringvirkning.ui.components.figure import figure
from ringvirkning.ui.components.filters import narrow
from ringvirkning.ui.editor import attention
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import headline
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import jobs_in_words

shown = current.get()

nothing_left(shown, *overview.asked(shown))
headline(shown, overview.headline(shown))
cards(shown, overview.cards(shown))

left, right = st.columns([6, 5], gap="large")
with left:
    figure(shown, overview.active(shown), opens=narrow("years"))
with right:
    of_jobs = jobs.jobs(shown)
    figure(shown, of_jobs, opens=narrow("years"))
    if of_jobs is None:
        jobs_in_words(shown)

if not shown.is_protected:
    attention.draw_attention(shown)
paper.board(shown)
