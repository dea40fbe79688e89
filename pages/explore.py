"""Utforsk: my own question, asked and answered, with the records behind it."""

from ui import question
from ui.asking import asking
from ui.behind import behind, chip, open_mark
from ui.explore import answered, chart, foot, parameters
from ui.figure import figure
from ui.headline import headline
from ui.states import nothing_left
from ui.view import current

shown = current.get()
w = shown.words

asked = question.current()
offered = shown.rows("explore_measures")
answer = answered(shown, asked)
drawn = chart(shown, asked, answer)

if answer.cells:
    headline(shown, drawn.title)
asking(shown, asked, offered, answer)
nothing_left(shown, answer.cells)
chip(shown, asked, answer)
told = figure(
    shown,
    "explore",
    drawn,
    foot(shown, asked, answer, offered),
    [asked.measure],
    ["explore"],
    opens=open_mark,
    is_open=True,
    **parameters(asked),
)
behind(shown, asked, answer, told)
