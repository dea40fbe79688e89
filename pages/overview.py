"""Oversikt: what do our partnerships give?"""

import streamlit as st

from ringvirkning.figures import context, overview
from ringvirkning.figures.view import current_view
from ringvirkning.ui.components.cards import draw_cards
from ringvirkning.ui.components.figure import draw_figure, draw_figures
from ringvirkning.ui.editor import attention
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.examples import draw_examples
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import jobs_in_words

shown = current_view.get()

nothing_left(shown, *overview.all_by_year(shown))
headline = overview.headline(shown)
draw_headline(shown, headline)
draw_cards(shown.published, overview.published_cards(shown))

draw_figures(
    shown,
    overview.CHARTS,
    widths=(6, 5),
    instead={overview.jobs_or_activities: lambda shown: jobs_in_words(shown.published, headline)},
)

draw_figures(shown, context.chart_rows(shown))
if told := context.facts_table(shown):
    with st.expander(told.chart.title, key="context"):
        draw_figure(shown, told)

draw_examples(shown)
if not shown.is_protected:
    attention.draw_attention(shown)
paper.board(shown)
