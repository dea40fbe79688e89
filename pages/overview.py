"""Oversikt: what do our partnerships give?"""

from ringvirkning.figures import jobs, overview
from ringvirkning.figures.view import current
from ringvirkning.ui.components.cards import cards
from ringvirkning.ui.components.figure import figures
from ringvirkning.ui.editor import attention
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import headline
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import jobs_in_words

shown = current.get()

nothing_left(shown, *overview.asked(shown))
headline(shown, overview.headline(shown))
cards(shown, overview.cards(shown))

figures(shown, overview.CHARTS, widths=(6, 5), instead={jobs.jobs: jobs_in_words})

if not shown.is_protected:
    attention.draw_attention(shown)
paper.board(shown)
