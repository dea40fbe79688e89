"""Partnerskap: which do we have, of what type, since when?"""

from ringvirkning.figures import partnerships
from ringvirkning.figures.timeline import every_partnership
from ringvirkning.figures.view import current_view
from ringvirkning.ui.agreements import draw_folded
from ringvirkning.ui.components.figure import draw_figures
from ringvirkning.ui.editor.in_force import ask_of_several
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.lists import partnership_list
from ringvirkning.ui.stories.stories import stop_at_open

shown = current_view.get()

stop_at_open(shown)

records = every_partnership(shown)
nothing_left(shown, records)
draw_headline(shown, partnerships.headline(shown))

draw_figures(shown, partnerships.FIGURES)
partnership_list(shown, records)
ask_of_several(shown, records)
draw_folded(shown, [row.partnership_id for row in records])
