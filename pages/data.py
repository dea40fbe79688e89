"""Datagrunnlag: can I trust it, and how do I put mine in?"""

import streamlit as st

from figures import feet
from figures.view import current
from texts import sentences
from texts.safe import markdown_text
from ui import access
from ui.follow_up import follow_up
from ui.headline import headline
from ui.history import history
from ui.quality import quality
from ui.upload import upload

shown = current.get()
w = shown.words

everything = shown.unfiltered
headline(everything, sentences.loaded(w, feet.every_source(everything), shown.version.published_at))
st.markdown(markdown_text(feet.newest_sources(everything)))

if access.surface() == "staff" and not shown.is_protected:
    upload(w)
    quality(shown)
    follow_up(w)
    history(shown)
else:
    st.markdown(w("quality.public"))
