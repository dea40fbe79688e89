"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ui.access import require_safe_setup
from ui.serving import MIDDLEWARE
from ui.streams import ROUTES

require_safe_setup()
app = st.App(Path(__file__).parent / "ui" / "main.py", middleware=MIDDLEWARE, routes=ROUTES)
