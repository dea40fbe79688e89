"""Datagrunnlag: can I trust it, and how do I put mine in?"""

import streamlit as st

from ringvirkning import child
from ringvirkning.figures import feet
from ringvirkning.figures.view import current_view
from ringvirkning.server import access, published
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import version
from ringvirkning.ui.editor.enter import draw_adding, stop_at_form
from ringvirkning.ui.editor.follow_up import draw_follow_up
from ringvirkning.ui.editor.history import draw_history
from ringvirkning.ui.editor.in_force import may_answer
from ringvirkning.ui.editor.letters import draw_letters
from ringvirkning.ui.editor.month import draw_month
from ringvirkning.ui.editor.quality import quality
from ringvirkning.ui.editor.upload import upload
from ringvirkning.ui.headline import draw_headline

shown = current_view.get()
w = shown.words

stop_at_form(w, shown.is_protected)

of_chosen = shown.of_associations
draw_headline(of_chosen, feet.loaded(of_chosen))
st.markdown(markdown_text(feet.newest_sources(of_chosen)))

if files := version.own_files(w, shown.version):
    draw_month(shown)
    if may_answer(shown):
        draw_adding(w)
    upload(w)
    quality(shown, files)
    draw_follow_up(shown)
elif version.tells_staff(shown.version):
    names = w.listed(shown.selection.association)
    st.markdown(markdown_text(w("quality.of_others", names=names)))
else:
    st.markdown(w("quality.public"))
if version.tells_staff(shown.version):
    draw_history(shown)
    draw_letters(shown)
if files and access.may("upload"):
    child.early_child.prepare(published.watch().var)
