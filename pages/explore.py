"""Utforsk: my own question, asked and answered, with the records behind it."""

from ringvirkning.figures.explore.figure import answer_figure, answer_to
from ringvirkning.figures.question import DEFAULT
from ringvirkning.figures.view import current_view
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import draw_figure
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.explore.answered import draw_answered
from ringvirkning.ui.explore.asking import draw_asking
from ringvirkning.ui.explore.behind import behind, chip, open_mark
from ringvirkning.ui.headline import draw_headline, name_tab

shown = current_view.get()

asked = state.current().question
answer = answer_to(shown, asked)
explored = answer_figure(shown, asked, answer)

begins = asked == DEFAULT  # nothing is asked yet: the page says what it is for
if answer.cells:
    draw_headline(shown, shown.words("explore.begin") if begins else explored.chart.title)
if not begins:
    name_tab(explored.chart.title, shown.words("menu.explore"))
draw_late = draw_answered(shown) if begins else None
draw_asking(shown, asked, answer)
nothing_left(shown, answer.cells)
chip(shown, asked, answer)
draw_figure(shown, explored, opens=open_mark, is_open=True, is_titled=begins)
behind(shown, asked, answer, explored)
if draw_late:
    draw_late()
