"""What is published, and which version a session shows: the one it began with, or its link's."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

from ringvirkning import ROOT
from ringvirkning.figures import view
from ringvirkning.intake.watch import Watch
from ringvirkning.store import storage, versions
from ringvirkning.store.versions import Damaged, Version
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text

log = logging.getLogger(__name__)
SECONDS = 5.0  # until what can't be read is tried again
VERSION, BY_LINK = "version", "version_by_link"


@cache
def watch() -> Watch:
    """The data folder and what is published of it; one for the whole server."""
    folder = os.environ.get("RINGVIRKNING_DATA", "data")
    var = os.environ.get("RINGVIRKNING_VAR", "var")
    return Watch(ROOT / folder, ROOT / var)


def make_place() -> Path:
    """What the app writes to, made anew where it was deleted while the server runs. Where it can't
    be made, whoever writes there says so."""
    with suppress(OSError):
        watch().var.mkdir(parents=True, exist_ok=True)
    return watch().var


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in `var` for as long as something is worked on."""
    place = Path(tempfile.mkdtemp(prefix="inbox-", dir=make_place()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def version(latest: Version, address: Mapping[str, list[str]]) -> Version:
    """The session's version; the latest one when it has none yet, or that is gone."""
    state = st.session_state
    is_ours = address == state.get("address")
    known = {v.name: v for v in watch().published}
    asked = next(iter(address.get("version", [])), None)
    if asked in known and not is_ours:
        state[VERSION], state[BY_LINK] = asked, True
    name = state.setdefault(VERSION, latest.name)
    if name not in known:
        state[VERSION], state[BY_LINK] = latest.name, False
    return known.get(state[VERSION], latest)


def withdrawals() -> dict[str, Version]:
    """The withdrawals of what was published once, by name."""
    return versions.withdrawn(watch().lines)


def withdrawn(address: Mapping[str, list[str]]) -> Version | None:
    """The withdrawal of what the session shows or its address asks for, if it was withdrawn; to be
    asked before `version`, which then shows another."""
    gone = withdrawals()
    forget(frozenset(gone))
    is_ours = address == st.session_state.get("address")
    asked = [] if is_ours else address.get("version", [])
    names = [*asked[:1], st.session_state.get(VERSION)]
    return next((gone[name] for name in names if name in gone), None)


def after_withdrawal(w: Words) -> None:
    """Once, to who withdrew a version: what that did not reach."""
    left = st.session_state.pop("withdrawn_left", None)
    if left is not None:
        st.info(w("version.out_of_reach"), icon=":material/block:")
    if left:
        st.error(markdown_text(w("version.not_removed", paths=", ".join(left))))


@lru_cache(maxsize=1)
def forget(names: frozenset[str]) -> None:
    """Once each time something more is withdrawn."""
    view.forget()


@dataclass(frozen=True)
class Shown:
    """A version that can be shown, its database, and whether the session may see the exact one."""

    version: Version
    database: Path
    may_be_exact: bool


def usable(asked: Version, is_staff: bool) -> Shown | None:
    """The version that is asked for or, while that can't be read, the last one before it that can.
    None where there is none."""
    wants_exact = is_staff and not st.session_state.get("as_public")
    for one in (asked, *versions.earlier_than(asked, watch().published)):
        if database := opened(one, wants_exact):
            return Shown(one, database, is_staff and one.exact(watch().var).is_file())
    return None


def opened(version: Version, wants_exact: bool) -> Path | None:
    """Its database, open: the exact one where that is wanted and kept. It is compiled anew where it
    is of an older programme or damaged. None where it can't be had now."""
    var = watch().var
    for _ in range(2):
        try:
            if version.is_ready(var):
                is_exact = wants_exact and version.exact(var).is_file()
                database = version.exact(var) if is_exact else version.protected(var)
                view.connection(database)
                return database
        except (Damaged, FileNotFoundError):
            log.warning("%s is damaged", version.name)
        except storage.FAILURES as error:
            log.warning("%s can't be opened: %s", version.name, type(error).__name__)
            return None
        if watch().make_ready(version):
            return None
    return None


def unknown(shown: Version, address: Mapping[str, list[str]]) -> list[str]:
    """The versions that an address asks for and that never were."""
    if address == st.session_state.get("address"):
        return []
    known = {line.name for line in watch().lines}
    return [n for n in address.get("version", []) if n not in known]


def not_now(w: Words, asked: Version, shown: Version | None) -> None:
    """Say that a version can't be read just now, and what is shown meanwhile; and try again."""
    date = w.day(asked.published_at)
    if shown is None:
        st.title(w("version.none_now"), anchor=False)
        st.markdown(w("version.none_now_what", date=date))
    else:
        said = w("version.not_now", date=date, shown=w.day(shown.published_at))
        st.warning(said, icon=":material/hourglass_top:")
    st.session_state["is_whole_run"] = True
    try_again()


@st.fragment(run_every=SECONDS)
def try_again() -> None:
    """Run the page anew after a while: what comes back shows itself."""
    if not st.session_state.pop("is_whole_run", False):
        st.rerun()


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
