"""The question that a session asks on the page Utforsk."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ringvirkning.figures.question import DEFAULT, NAMES, Question, as_address

STATE = "question"


def query(asked: Question) -> str:
    """The question under the filters of this page, as what stands after an address's "?"."""
    here = st.session_state.get("address", {})
    filters = {name: value for name, value in here.items() if name not in NAMES}
    return urlencode(filters | as_address(asked), doseq=True)


def current() -> Question:
    found: Question = st.session_state.get(STATE, DEFAULT)
    return found


def change(**parts: Any) -> None:
    """Ask another question from the next run on; the records behind the one before are put away."""
    st.session_state[STATE] = replace(current(), **({"page": ""} | parts))
