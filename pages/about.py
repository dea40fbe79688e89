"""Om tallene: what does each figure mean, and what is it made of?"""

import streamlit as st

from ringvirkning import VERSION
from ringvirkning.figures import feet
from ringvirkning.figures.view import current_view
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.files import draw_link

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
draw_link(
    w("about.download"),
    f"{shown.version.name}-{shown.database.name}",
    shown.database.read_bytes,
    is_staffs=not shown.is_protected,
)

st.header(w("about.counting"), anchor=False)
st.markdown(w("about.counting_what"))

st.header(w("about.privacy"), anchor="privacy")
st.markdown(w("about.privacy_what"))

st.header(w("about.evidence"), anchor=False)
st.markdown(w("about.evidence_what"))

for level in ("outcome", "output"):
    st.header(w(f"about.level.{level}"), anchor=False)
    rows = [m for m in shown.measures() if m["level"] == level]
    with st.grid(columns=2, min_column_width=320, gap="medium") as grid:
        for measure in sorted(rows, key=lambda m: m["name"]):
            with grid.cell():
                st.subheader(markdown_text(measure["name"]), anchor=measure["measure"])
                st.markdown(markdown_text(measure["definition"]))
                st.caption(markdown_text(feet.measure_line(shown, measure)))

st.header(w("about.licence"), anchor=False)
st.markdown(w("about.licence_what"))
st.caption(f"Ringvirkning {VERSION}")
