"""What was published, by whom and how, and the way back."""

import logging
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from figures.view import View
from intake import child, storage, versions
from intake.versions import Version
from texts import Words
from texts.safe import markdown_text
from ui import access, audited, published
from ui.changes import changes
from ui.lists import table_words
from ui.records import Column, records
from ui.signature import Signature, signature

log = logging.getLogger(__name__)
COLUMNS = ("when", "how", "who", "note", "name")


def history(shown: View) -> None:
    """Every publication, newest first; one clicked is shown on all pages."""
    w, watch = shown.words, published.watch()
    st.header(w("publication.title", n=len(watch.published)), anchor=False)
    opened = records(
        [row(w, version, place) for place, version in enumerate(watch.published)][::-1],
        [Column(name, w(f"publication.{name}"), wide=name == "note") for name in COLUMNS],
        key="history",
        words=table_words(w),
        caption=w("publication.title", n=len(watch.published)),
        opens="when",
    )
    if opened:
        published.show(watch.published[int(opened)].name)
        st.rerun()
    title = w("publication.changed", date=w.moment(shown.version.published_at))
    asked = st.session_state.get("since") is not None
    with st.expander(title, asked, on_change="rerun", key="version_changed") as opened_part:
        if opened_part.open:
            changed(shown)
    if access.may("undo"):
        way_back(shown, watch.version)


def changed(shown: View) -> None:
    """What has changed since another version, at first the one before; the first has none."""
    w, watch = shown.words, published.watch()
    before = versions.before(shown.version, watch.published)
    if before is None:
        st.markdown(w("publication.first"))
        return
    others = {v.name: v for v in watch.published[::-1] if v.name != shown.version.name}
    if st.session_state.get("since") not in others:
        st.session_state["since"] = before.name
    since = st.selectbox(
        w("publication.since"),
        others,
        key="since",
        format_func=lambda name: version_words(w, others[name]),
    )
    try:
        with st.spinner(w("publication.comparing"), show_time=True):
            said = compared(shown.version.name, since, watch.var, shown.as_of)
    except child.Failed as error:
        log.error("comparing %s failed:\n%s", shown.version.name, error.log)
        st.error(w("quality.failed"))
        return
    changes(w, said, key="changed")


@lru_cache(maxsize=8)
def compared(name: str, since: str, var: Path, as_of: date) -> Any:
    """The answer of a child process. Raises child.Failed."""
    command = ["changes", "--version", name, "--since", since, "--var", str(var)]
    return child.answer(command, child.DATA)


def version_words(w: Words, version: Version) -> str:
    """When it became current, and its note."""
    return " · ".join(filter(None, [w.moment(version.current_at), version.note]))


def row(w: Words, version: Version, place: int) -> dict[str, Any]:
    return {
        "id": str(place),
        "when": w.moment(version.current_at),
        "when_sort": version.current_at,
        "how": w(f"publication.way.{version.way}"),
        "who": version.who or "",
        "note": version.note or "",
        "name": version.name,
    }


def way_back(shown: View, current: Version | None) -> None:
    """Make another version current: the one shown, or the one before."""
    w, known = shown.words, published.watch().published
    if current is None:
        return
    other = shown.version if shown.version.name != current.name else versions.before(current, known)
    if other is None:
        return
    with st.popover(w("publication.back"), icon=":material/undo:"):
        st.markdown(markdown_text(w("publication.back_what", date=w.moment(other.published_at))))
        signed = signature(w, "undo", w("publication.back_now"))
        if signed and access.may("undo"):
            go_back(w, other, signed)


def go_back(w: Words, other: Version, signed: Signature) -> None:
    var = published.watch().var
    try:
        versions.undo(var, other.name, who=signed.who or None, note=signed.note or None)
    except OSError as error:
        if not (found := storage.finding(error, var)):
            raise
        st.error(w(f"finding.rule.{found.rule}"))
        return
    audited.note("went_back", access.who(), version=other.name)
    published.show(other.name)
    st.rerun()
