"""The script of every page: the frame, and in it the page that the address asks for."""

import streamlit as st

from ringvirkning.server import audited
from ringvirkning.ui import files, frame, whole

st.set_page_config(page_title="Ringvirkning", page_icon=str(frame.MARK), layout="wide")

with frame.trouble():
    files.begin()
    whole.begin()
    audited.sign_in_once()
    frame.page().run()
    whole.offer()
