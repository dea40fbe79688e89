"""Oversikt: what do our partnerships give?"""

from ringvirkning.figures import context, overview
from ringvirkning.figures.view import current_view
from ringvirkning.ui.components.cards import draw_cards
from ringvirkning.ui.components.figure import draw_figures
from ringvirkning.ui.editor import attention
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.present import paper
from ringvirkning.ui.quotes import jobs_in_words

shown = current_view.get()

nothing_left(shown, *overview.all_by_year(shown))
draw_headline(shown, overview.headline(shown))
draw_cards(shown, overview.cards(shown))

draw_figures(
    shown, overview.CHARTS, widths=(6, 5), instead={overview.jobs_or_activities: jobs_in_words}
)

draw_figures(shown, context.overview_rows(shown))

if not shown.is_protected:
    attention.draw_attention(shown)
paper.board(shown)
