"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ringvirkning.server import logs, service, streams
from ringvirkning.server.access import require_safe_setup
from ringvirkning.server.serving import MIDDLEWARE
from ringvirkning.ui import ahead
from ringvirkning.ui.present import decks

logs.set_up()
require_safe_setup()
app = st.App(
    Path(__file__).parent / "ringvirkning" / "ui" / "main.py",
    lifespan=service.running,
    middleware=MIDDLEWARE,
    routes=[*streams.ROUTES, *ahead.ROUTES, *decks.ROUTES, *service.ROUTES],
)
