"""Ringvirkning: `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from ui.serving import MIDDLEWARE

app = st.App(Path(__file__).parent / "ui" / "main.py", middleware=MIDDLEWARE)
