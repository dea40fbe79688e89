"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ringvirkning.server import logs, service, streams
from ringvirkning.server.access import require_safe_setup
from ringvirkning.server.serving import MIDDLEWARE
from ringvirkning.ui import ahead, shared_links
from ringvirkning.ui.present import decks

logs.set_up()
require_safe_setup()
app = st.App(
    Path(__file__).parent / "ringvirkning" / "ui" / "main.py",
    lifespan=service.running,
    middleware=[*shared_links.MIDDLEWARE_OF_HEADS, *MIDDLEWARE],
    routes=[
        *streams.ROUTES,
        *ahead.ROUTES,
        *shared_links.ROUTES,
        *decks.ROUTES,
        *service.ROUTES,
    ],
)
