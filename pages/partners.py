"""Partnere: who are they, what do we have together, what was done last?"""

from ringvirkning.figures import partners
from ringvirkning.figures.view import current_view
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.lists import partner_list
from ringvirkning.ui.stories.stories import stop_at_open

shown = current_view.get()

stop_at_open(shown)

found = partners.every_partner(shown)
nothing_left(shown, found)
draw_headline(shown, partners.headline(shown))
partner_list(shown, found)
