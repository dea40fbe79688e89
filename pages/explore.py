"""Utforsk: my own question, asked and answered, with the records behind it."""

from figures.explore import answered
from figures.explore import figure as answer_figure
from figures.view import current
from ui import question
from ui.asking import asking
from ui.behind import behind, chip, open_mark
from ui.figure import figure
from ui.headline import headline
from ui.states import nothing_left

shown = current.get()

asked = question.current()
answer = answered(shown, asked)
drawn = answer_figure(shown, asked, answer)

if answer.cells:
    headline(shown, drawn.chart.title)
asking(shown, asked, shown.rows("explore_measures"), answer)
nothing_left(shown, answer.cells)
chip(shown, asked, answer)
figure(shown, drawn, opens=open_mark, is_open=True)
behind(shown, asked, answer, drawn)
