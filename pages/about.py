"""Om tallene: what does each figure mean, and what is it made of?"""

from functools import partial

import streamlit as st

from ringvirkning import VERSION
from ringvirkning.figures import feet
from ringvirkning.figures.view import View, current_view
from ringvirkning.server import published
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.components.menu import of_whom
from ringvirkning.ui.files import draw_link


def draw_database(shown: View) -> None:
    """What the pages are drawn from: staff's of the associations that are chosen alone, the
    public's as it is published."""
    w, name = shown.words, f"{shown.version.name}-{shown.database.name}"
    names = published.narrowed_to(shown.version, shown.selection.association)
    if shown.is_protected:
        draw_link(w("about.download"), name, shown.database.read_bytes, is_staffs=False)
        if names:
            st.caption(w("about.download_all"))
        return
    content = partial(published.exact_content, shown.version, names)
    name = f"{of_whom(shown.database, names)}{name}"
    draw_link(w("about.download"), name, content, is_staffs=True)


shown = current_view.get()
w = shown.words

st.title(w("about.title"), anchor=False)
st.markdown(w("about.what"))

st.header(w("about.version"), anchor=False)
st.markdown(
    w(
        "about.version_what",
        name=shown.version.name,
        date=w.day(shown.version.published_at),
        as_of=w.day(shown.as_of),
    )
)
st.caption(markdown_text(feet.newest_sources(shown)))
st.markdown(w("about.download_what"))
draw_database(shown)

st.header(w("about.counting"), anchor=False)
st.markdown(w("about.counting_what"))

st.header(w("about.privacy"), anchor="privacy")
st.markdown(w("about.privacy_what"))

st.header(w("about.evidence"), anchor=False)
st.markdown(w("about.evidence_what"))

for level in ("outcome", "output"):
    st.header(w(f"about.level.{level}"), anchor=False)
    with st.grid(columns=2, min_column_width=320, gap="medium") as grid:
        for measure in feet.measures_by_name(shown, level):
            with grid.cell():
                st.subheader(markdown_text(measure["name"]), anchor=measure["measure"])
                st.markdown(markdown_text(measure["definition"]))
                st.caption(markdown_text(feet.measure_line(shown, measure)))

st.header(w("about.licence"), anchor=False)
st.markdown(w("about.licence_what"))
st.caption(f"Ringvirkning {VERSION}")
