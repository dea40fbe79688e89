"""How far long work is: a spinner at once, and a bar when a child process says how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ringvirkning.child import Progress
from ringvirkning.texts import Words


@contextmanager
def progress(w: Words, text: str) -> Iterator[Progress]:
    """Give what to tell of a stage and how much of it, from 0 to 1, is done."""
    place = st.empty()
    with st.spinner(text):
        yield lambda stage, part: draw_bar(w, place, stage, part)
    place.empty()


def draw_bar(w: Words, place: st.delta_generator.DeltaGenerator, stage: str, part: float) -> None:
    place.progress(part, f"{w(f'version.stage.{stage}')} {w.percent(part)}")
