"""What was published, by whom and how, and the way back."""

from typing import Any

import streamlit as st

from intake import storage, versions
from intake.versions import Version
from texts import Words
from texts.safe import markdown_text
from ui import access, published
from ui.lists import table_words
from ui.records import Column, records
from ui.signature import Signature, signature
from ui.view import View

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
    if access.may("undo"):
        way_back(shown, watch.version)


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
    published.show(other.name)
    st.rerun()
