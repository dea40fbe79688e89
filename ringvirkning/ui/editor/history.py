"""What was published, by whom and how, and the way back."""

import logging
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ringvirkning import child
from ringvirkning.figures.view import View
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake.answers import Changes, Withdrawn
from ringvirkning.intake.publishing import own_rows
from ringvirkning.server import access, audited, published
from ringvirkning.store import storage, taking_back, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words, finding_words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui import version as shown_version
from ringvirkning.ui.components.records import Heading, draw_records
from ringvirkning.ui.editor.changes import draw_changes
from ringvirkning.ui.editor.signature import Signature, ask_signature

log = logging.getLogger(__name__)
COLUMNS = ("when", "how", "who", "note", "name")
OF_SOME = "associations"  # a column where anything was published by a role that is for some


def draw_history(shown: View) -> None:
    """Every publication and withdrawal, newest first; a version clicked is shown on all pages."""
    w, watch = shown.words, published.watch()
    lines, there = watch.lines, watch.published
    title = w("publication.title", n=sum(line.way in ("data", "upload") for line in lines))
    st.header(title, anchor=False)
    gone = versions.withdrawn(lines)
    columns = [*COLUMNS, *[OF_SOME for _ in lines[:1] if any(one.associations for one in lines)]]
    opened = draw_records(
        w,
        [history_row(w, line, place, line.name in gone) for place, line in enumerate(lines)][::-1],
        [Heading(name, w(f"publication.{name}"), wide=name == "note") for name in columns],
        key="history",
        caption=title,
        opens="when",
    )
    if opened and versions.version_named(name := lines[int(opened)].name, there):
        shown_version.show(name)
        st.rerun()
    elif opened:
        st.info(w("publication.not_there"))
    is_asked = state.current().since is not None
    title = w("publication.changed", date=w.moment(shown.version.published_at))
    before = versions.before(shown.version, watch.published)

    def open_or_close() -> None:
        state.change(since=before.name if before and state.current().since is None else None)

    with st.expander(title, is_asked, on_change=open_or_close, key="version_changed") as part:
        if part.open:
            draw_changes_since(shown, before)
    with st.container(horizontal=True):
        if access.may("undo"):
            way_back(shown, watch.version)
        if access.may("withdraw"):
            withdrawal(shown)
    if access.may("undo") and not access.may("withdraw"):
        st.caption(w("publication.not_withdraw"))


def draw_changes_since(shown: View, before: Version | None) -> None:
    """What has changed since another version, at first the one before; the first has none."""
    w, watch = shown.words, published.watch()
    if before is None:
        st.markdown(w("publication.first"))
        return
    others = {v.name: v for v in watch.published[::-1] if v.name != shown.version.name}
    if state.current().since not in others:
        state.change(since=before.name)
    since = st.selectbox(
        w("publication.since"),
        others,
        format_func=lambda name: version_words(w, others[name]),
        **state.bound("since"),
    )
    try:
        with st.spinner(w("publication.comparing")):
            own = shown_version.whose_files(shown.version) or access.associations()
            said = changes_between(shown.version.name, since, watch.var, shown.as_of, own)
    except child.Failed as error:
        log.error("comparing %s failed:\n%s", shown.version.name, error.log)
        st.error(w("quality.failed"))
        return
    draw_changes(w, said, key="changed")


@lru_cache(maxsize=8)
def changes_between(name: str, since: str, var: Path, as_of: date, own: tuple[str, ...]) -> Changes:
    """The answer of a child process, of one's own rows where a role is for those. Raises
    child.Failed."""
    command = ["changes", "--version", name, "--since", since, "--var", str(var)]
    return child.reply(Changes, command, child.DATA, own=own)


def version_words(w: Words, version: Version) -> str:
    """When it became current, and its note."""
    note = version.note if access.sees(version.associations) else None
    return " · ".join(filter(None, [w.moment(version.current_at), note]))


def history_row(w: Words, version: Version, place: int, is_gone: bool) -> dict[str, str]:
    """Who did it and why is not told to the staff of others."""
    is_told = access.sees(version.associations)
    how = w(f"publication.way.{version.way}")
    if is_gone and version.way != "withdraw":
        how = w("publication.withdrawn_since", how=how)
    return {
        "id": str(place),
        "when": w.moment(version.current_at),
        "when_sort": version.current_at,
        "how": how,
        "who": (is_told and version.who) or "",
        "note": (is_told and version.note) or "",
        "associations": w.listed(version.associations),
        "name": version.name,
    }


def way_back(shown: View, current: Version | None) -> None:
    """Make another version current: the one shown, or the one before."""
    w, own = shown.words, access.associations()
    if current is None:
        return
    other = shown.version
    if other.name == current.name:
        known = tuple(version.name for version in published.watch().published)
        earlier = version_before(current.name, own, known)
        if earlier is None:
            return
        other = earlier
    key = "publication.back_own" if own else "publication.back_what"
    # A key each: the framework would leave another open in the place of one that is gone.
    with st.popover(w("publication.back"), icon=":material/undo:", key=f"back-to-{other.name}"):
        said = w(key, date=w.moment(other.published_at), names=w.listed(own))
        st.markdown(markdown_text(said))
        # Another key for another version: what is pressed is what was read.
        signed = ask_signature(w, f"undo-{other.name}", w("publication.back_now"))
        if signed and access.may("undo"):
            go_back(w, other, signed)


@lru_cache(maxsize=64)
def version_before(name: str, own: tuple[str, ...], known: tuple[str, ...]) -> Version | None:
    """The version that was current before the one of this name, of those that are `known`; where a
    role is for some associations, the one in which their rows were others."""
    watch = published.watch()
    version = versions.version_named(name, watch.published)
    if version is None or not own:
        return version and versions.before(version, watch.published)
    return own_rows.version_of_others(own, version, watch.published, watch.var)


def go_back_own(w: Words, other: Version, signed: Signature, own: Sequence[str]) -> None:
    """Their rows as they were in another version, as a version of its own."""
    var = published.watch().var
    command = ["undo", f"--to={other.name}", f"--who={signed.who}", f"--note={signed.note}"]
    who = audited.person_code(access.current_person())
    try:
        with st.spinner(w("upload.publishing")):
            found = child.reply(
                list[Finding], [*command, "--var", str(var)], child.DATA, actor=who, own=own
            )
    except child.Failed as error:
        log.error("going back to %s failed:\n%s", other.name, error.log)
        st.error(w("publication.back_failed"))
        return
    if must_fix(found):
        st.error("\n".join(f"- {markdown_text(finding_words(w, each))}" for each in found))
    elif newest := published.watch().version:
        shown_back(w, newest, other)


def shown_back(w: Words, newest: Version, other: Version) -> None:
    """Show what is current now, and say from when it is."""
    shown_version.show(newest.name)
    date = w.moment(other.published_at)
    st.toast(w("publication.gone_back", date=date))
    shown_version.tell_deed("publication.gone_back", other.published_at)
    st.rerun()


def go_back(w: Words, other: Version, signed: Signature) -> None:
    var = published.watch().var
    if own := access.associations():
        go_back_own(w, other, signed, own)
        return
    if not other.is_ready(var) and (found := published.watch().make_ready(other)):
        st.error(w(f"finding.rule.{found[0].rule}"))
        return
    try:
        taking_back.undo(var, other.name, who=signed.who or None, note=signed.note or None)
    except OSError as error:
        if not (found_there := storage.finding(error, var)):
            raise
        st.error(w(f"finding.rule.{found_there.rule}"))
        return
    audited.note_deed_by("went_back", access.current_person(), version=other.name)
    shown_back(w, other, other)


def withdrawal(shown: View) -> None:
    """Take the version that is shown from everyone, for good with its files if that is asked."""
    w, var, version = shown.words, published.watch().var, shown.version
    called = w("publication.withdraw")
    with st.popover(called, icon=":material/block:", key=f"withdrawal-of-{version.name}"):
        date = w.moment(version.published_at)
        st.markdown(markdown_text(w("publication.withdraw_what", date=date)))
        follows = taking_back.successor(var, {version.name})
        if follows:
            st.markdown(w("publication.then_current", date=w.moment(follows.published_at)))
        elif published.watch().version == version:
            st.markdown(w("publication.then_nothing"))
        if later := taking_back.later(var, {version.name}):
            st.markdown(w("publication.later", n=len(later)))
        destroy = st.toggle(
            w("publication.destroy"),
            key=f"destroy-{version.name}",
            help=w("publication.destroy_what"),
        )
        button = w("publication.destroy_now" if destroy else "publication.withdraw_now")
        signed = ask_signature(w, f"withdraw-{version.name}", button, note_of="why")
        if signed and not signed.note:
            st.error(w("publication.why_needed"))
        elif signed and access.may("withdraw"):
            withdraw_version(w, version, signed, destroy)


def withdraw_version(w: Words, version: Version, signed: Signature, destroy: bool) -> None:
    """As the command line does it."""
    command = ["withdraw", version.name, f"--why={signed.note}", f"--who={signed.who}"]
    command += ["--var", str(published.watch().var), *(["--destroy"] if destroy else [])]
    try:
        who = audited.person_code(access.current_person())
        said = child.reply(Withdrawn, command, child.UPLOAD, actor=who)
    except child.Failed as error:
        log.error("withdrawing %s failed:\n%s", version.name, error.log)
        st.error(w("publication.withdraw_failed"))
        return
    state.memory(shown_version.Own).not_reached = [*said.left]
    st.rerun()
