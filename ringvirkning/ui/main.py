"""The script of every page: the frame, and in it the page that the address asks for."""

import streamlit as st

from ringvirkning.server import audited
from ringvirkning.ui import files, frame, whole

st.set_page_config(page_icon=str(frame.ICON), layout="wide")

with frame.trouble():
    files.begin_offers()
    whole.begin_page()
    audited.sign_in_once()
    frame.page().run()
    whole.offer_page()
