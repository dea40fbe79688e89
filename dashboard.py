"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ui import decks, logs, service, streams
from ui.access import require_safe_setup
from ui.serving import MIDDLEWARE

logs.set_up()
require_safe_setup()
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=service.running,
    middleware=MIDDLEWARE,
    routes=[*streams.ROUTES, *decks.ROUTES, *service.ROUTES],
)
