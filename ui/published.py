"""What is published, and which version a session shows: the one it began with, or its link's."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import streamlit as st

from intake.versions import Version, contract_hash
from intake.watch import Watch
from texts import Words

ROOT = Path(__file__).parents[1]
VERSION, BY_LINK = "version", "version_by_link"


@cache
def watch() -> Watch:
    """The data folder and what is published of it; one for the whole server."""
    folder = os.environ.get("RINGVIRKNING_DATA", "data")
    var = os.environ.get("RINGVIRKNING_VAR", "var")
    return Watch(ROOT / folder, ROOT / var)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in `var` for as long as something is worked on."""
    var = watch().var
    var.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="inbox-", dir=var))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def version(latest: Version, address: Mapping[str, list[str]]) -> Version:
    """The session's version; the latest one when it has none yet, or that is gone."""
    state = st.session_state
    is_ours = address == state.get("address")
    known = {v.name: v for v in watch().published if v.contract == contract_hash()}
    asked = next(iter(address.get("version", [])), None)
    if asked in known and not is_ours:
        state[VERSION], state[BY_LINK] = asked, True
    name = state.setdefault(VERSION, latest.name)
    if name not in known:
        state[VERSION], state[BY_LINK] = latest.name, False
    return known[state[VERSION]]


def unknown(shown: Version, address: Mapping[str, list[str]]) -> list[str]:
    """The versions that an address asks for and that are not to be had."""
    is_ours = address == st.session_state.get("address")
    return [] if is_ours else [n for n in address.get("version", []) if n != shown.name]


def notice(w: Words, shown: Version, latest: Version) -> None:
    """Say that there is newer data, and offer it."""
    if shown.name == latest.name:
        return
    said = "version.older" if st.session_state.get(BY_LINK) else "version.newer"
    dates = {"date": w.day(shown.published_at), "latest": w.day(latest.published_at)}
    with st.container(horizontal=True, vertical_alignment="center", key="newer"):
        st.info(w(said, **dates), icon=":material/update:")
        st.button(w("version.show_latest"), on_click=show, args=(latest.name,), type="primary")


def show(name: str) -> None:
    st.session_state[VERSION], st.session_state[BY_LINK] = name, False
