"""Oversikt: what do our partnerships give?"""

import streamlit as st

from ringvirkning.figures import jobs, overview
from ringvirkning.figures.view import current_view
from ringvirkning.ui.components.cards import draw_cards
from ringvirkning.ui.components.figure import draw_figure
from ringvirkning.ui.components.filters import narrow
from ringvirkning.ui.editor import attention
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import jobs_in_words

shown = current_view.get()

nothing_left(shown, *overview.all_by_year(shown))
draw_headline(shown, overview.headline(shown))
draw_cards(shown, overview.cards(shown))

left, right = st.columns([6, 5], gap="large")
with left:
    draw_figure(shown, overview.active(shown), opens=narrow("years"))
with right:
    of_jobs = jobs.jobs(shown)
    draw_figure(shown, of_jobs, opens=narrow("years"))
    if of_jobs is None:
        jobs_in_words(shown)

if not shown.is_protected:
    attention.draw_attention(shown)
paper.board(shown)
