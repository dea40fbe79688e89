"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ui import decks, streams
from ui.access import require_safe_setup, tell_link
from ui.serving import MIDDLEWARE

require_safe_setup()
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=tell_link,
    middleware=MIDDLEWARE,
    routes=[*streams.ROUTES, *decks.ROUTES],
)
