"""The overview as an ordinary Streamlit page, for comparison: nothing cached, plotly.express.

`streamlit run bench/plain_page.py -- DATABASE`
"""

import sys
from pathlib import Path
from typing import Any

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

import queries
from bench.ordinary import LISTS, SPAN, UNFILTERED, content, label, vocabulary


@st.cache_resource
def opened(database: str):
    connection = queries.opened(Path(database))
    options = content(connection, vocabulary(connection), UNFILTERED).options
    return connection, vocabulary(connection), options


st.set_page_config(page_title="Ringvirkning", layout="wide")
connection, w, options = opened(sys.argv[1])
chosen: dict[str, Any] = {}
with st.expander("Utvalg"):
    for column, name in zip(st.columns(4), LISTS, strict=True):
        names = dict(options[name])
        chosen[name] = tuple(column.multiselect(label(name), names, format_func=names.__getitem__))
    years = st.slider(label("years"), *SPAN, SPAN)
    chosen["years"] = None if years == SPAN else years
    chosen["illustrative"] = st.toggle(label("illustrative"), value=True)
c = content(connection, w, chosen)
st.title(c.headline)
st.caption(c.under)
for column, (name, number, change, line, note) in zip(st.columns(5), c.cards, strict=True):
    column.metric(name, number, change)
    column.caption(f"![]({line})  \n{note}")
left, right = st.columns([6, 5])
for column, title, figure, foot in (
    (left, c.active_title, c.active, c.active_foot),
    (right, c.jobs_title, c.jobs, c.jobs_foot),
):
    column.header(title)
    column.plotly_chart(figure)
    column.caption(foot)
for column, (title, what) in zip(st.columns(5), c.attention, strict=True):
    column.markdown(f"**{title}**  \n{what}")
