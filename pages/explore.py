"""Utforsk: my own question, asked and answered, with the records behind it."""

from ringvirkning.figures.explore.figure import answered
from ringvirkning.figures.explore.figure import figure as answer_figure
from ringvirkning.figures.view import current
from ringvirkning.ui import state
from ringvirkning.ui.components.figure import figure
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.explore.asking import asking
from ringvirkning.ui.explore.behind import behind, chip, open_mark
from ringvirkning.ui.headline import headline

shown = current.get()

asked = state.current().question
answer = answered(shown, asked)
drawn = answer_figure(shown, asked, answer)

if answer.cells:
    headline(shown, drawn.chart.title)
asking(shown, asked, answer)
nothing_left(shown, answer.cells)
chip(shown, asked, answer)
figure(shown, drawn, opens=open_mark, is_open=True)
behind(shown, asked, answer, drawn)
