"""Which version a visit shows: the one it began with, or its link's; and what is said of it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import streamlit as st

from ringvirkning.figures.catalogue import START
from ringvirkning.figures.state import BY_ID, Address, Choosable
from ringvirkning.server import access, published
from ringvirkning.server.published import Usable
from ringvirkning.store.versions import Version
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state

OF_ALL = "associations"  # the page on which they stand beside one another
SECONDS = 5.0  # until what can't be read is tried again


@dataclass
class Own:
    """The version that a visit shows where no link pins one, by its name; and, once, what a
    withdrawal by this visitor did not reach."""

    name: str = ""
    not_reached: list[str] | None = None
    is_whole_run: bool = False


@dataclass
class LastDone:
    """What this visit has published or gone back to last: what is said of it, by its key, the
    moment that it is said of, the note, and in which place it is told until one goes elsewhere."""

    said: str = ""
    at: str = ""
    note: str = ""
    place: tuple[object, ...] = ()


def show(name: str) -> None:
    state.memory(Own).name = name
    state.change(version=None)


def show_published(w: Words, made: Version) -> None:
    """Show what has just been published, and say so until one goes elsewhere: who looks away for
    four seconds has missed the toast."""
    show(made.name)
    st.toast(w("upload.published"))
    tell_deed("upload.published_then", made.current_at, made.note or "")


def tell_deed(said: str, at: str, note: str = "") -> None:
    deed = state.memory(LastDone)
    deed.said, deed.at, deed.note, deed.place = said, at, note, ()


def draw_deed(w: Words) -> None:
    """What was done last, where it was done."""
    deed, now = state.memory(LastDone), state.current()
    here = tuple(getattr(now, name) for name in ("place", *BY_ID))
    deed.place = deed.place or here
    if deed.place != here:
        deed.said = ""
    if not deed.said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="deed"):
        told = sentences.quiet_line([w(deed.said, date=w.moment(deed.at)), deed.note])
        st.success(markdown_text(told), icon=":material/check:")
        if now.place == START:
            state.link_to("data", w("upload.to_history"), state.at_page("data"))
        else:
            state.link_to(START, w("upload.to_overview"), state.at_page(START))


def wanted_version(latest: Version, wishes: Sequence[str]) -> Version:
    """The version of the visit; the latest one when it has none yet, or that is gone. `wishes` are
    of an address that we did not write."""
    known = {version.name: version for version in published.watch().published}
    if wishes and wishes[0] in known:
        state.change(version=wishes[0])
    name = state.current().version or state.memory(Own).name
    if name not in known:
        show(latest.name)
    return known.get(name, latest)


def usable(w: Words, wanted: Version) -> Usable:
    """It, made ready, or what can be shown in its place; where there is nothing, the page ends."""
    person, is_public = access.current_person(), state.current().is_public
    is_staff = person is not None and person.is_national
    with making_ready(w, wanted.is_ready(published.watch().var)):
        found = published.first_usable(wanted, is_staff, is_public)
    if found is None:
        st.title(w("version.none_now"), anchor=False)
        st.markdown(w("version.none_now_what", date=w.day(wanted.published_at)))
        try_later()
        st.stop()
    return found


def making_ready(w: Words, is_there: bool) -> AbstractContextManager[None]:
    """That it takes a while, unless it is there already."""
    return nullcontext() if is_there else st.spinner(w("version.making_ready"))


def begin_with_own(address: Address, known: Choosable, place: str) -> None:
    """A visit that asks for nothing begins with one's own associations, where they have rows; not
    on the page that is about all."""
    own = tuple(n for n in access.associations() if n in known.choices["association"])
    is_first = state.is_first_run() and not address
    if own and is_first and place != OF_ALL:
        state.change(selection=replace(state.current().selection, association=own))


def draw_edition(w: Words, known: Choosable, is_exact: bool) -> None:
    """To who may see some associations' exact figures alone, whether these are those, and the way
    there."""
    own = access.associations()
    if not own or state.current().is_public:
        return
    what = markdown_text(w("surface.own_what", names=w.listed(own)))
    st.caption(w("surface.own" if is_exact else "surface.others"), help=what)
    chosen = tuple(name for name in own if name in known.choices["association"])
    if not is_exact and chosen:
        selection = replace(state.current().selection, association=chosen)
        st.button(w("surface.show_own"), on_click=partial(state.change, selection=selection))


def of_own(w: Words, found: Usable) -> Usable:
    """What is shown to who may see some associations' exact figures alone: those where only such
    are chosen, else the public edition."""
    person, chosen = access.current_person(), state.current().selection.association
    if person is None or person.is_national or not person.sees(chosen):
        return found
    with making_ready(w, found.version.own(published.watch().var, chosen).is_dir()):
        return published.own_usable(person, found, chosen, state.current().is_public)


def tells_staff(shown: Version) -> bool:
    """Whether the visit is staff's, and this server keeps what a version is made of."""
    is_staffs = access.current_person() is not None and not state.current().is_public
    return is_staffs and shown.exact(published.watch().var).is_file()


def whose_files(shown: Version) -> tuple[str, ...]:
    """The associations whose files the visit sees: those that are chosen, of one's own; where none
    is chosen all of one's own. None: those of all."""
    chosen = published.narrowed_to(shown, state.current().selection.association)
    return tuple(n for n in chosen if access.sees((n,))) if chosen else access.associations()


def own_files(w: Words, shown: Version) -> Path | None:
    """The folder with the files of a version that the visit sees: all, or those of the rows of some
    associations. None for the public, where only others' are chosen, and where exact figures are
    not kept."""
    if not tells_staff(shown):
        return None
    var, names = published.watch().var, whose_files(shown)
    if not names:
        return shown.files(var) if access.may_see_all() else None
    with making_ready(w, shown.own(var, names).is_dir()):
        place = published.own_part(shown, names)
    return place and place / "files"


def withdrawal_met(wishes: Sequence[str]) -> Version | None:
    """The withdrawal of what the visit shows or its address asks for, if it was withdrawn; to be
    asked before `wanted_version`, which then is another."""
    gone = published.withdrawals()
    published.forget_withdrawn(frozenset(gone))
    names = [*wishes[:1], state.current().version or state.memory(Own).name]
    return next((gone[name] for name in names if name in gone), None)


def after_withdrawal(w: Words) -> None:
    """Once, to who withdrew a version: what that did not reach."""
    mine = state.memory(Own)
    left, mine.not_reached = mine.not_reached, None
    if left is not None:
        st.info(w("version.out_of_reach"), icon=":material/block:")
    if left:
        st.error(markdown_text(w("version.not_removed", paths=", ".join(left))))


def unknown(wishes: Sequence[str]) -> list[str]:
    """The versions that an address asks for and that never were."""
    known = {line.name for line in published.watch().lines}
    return [name for name in wishes if name not in known]


def draw_notices(
    w: Words, shown: Version, wanted: Version, latest: Version, withdrawal: Version | None
) -> None:
    """Say what was done last; that what was wanted is withdrawn, or that it can't be read just now
    and another is shown until it can; or that there is newer data, and offer it."""
    draw_deed(w)
    if withdrawal:
        st.warning(w("version.withdrawn", date=w.day(withdrawal.current_at)))
    date = w.day(shown.published_at)
    if shown != wanted:
        said = w("version.not_now", date=w.day(wanted.published_at), shown=date)
        st.warning(said, icon=":material/hourglass_top:")
        try_later()
    elif shown.name != latest.name:
        older_or_newer = "version.older" if state.current().version else "version.newer"
        with st.container(horizontal=True, vertical_alignment="center", key="newer"):
            dates = {"date": date, "latest": w.day(latest.published_at)}
            st.info(w(older_or_newer, **dates), icon=":material/update:")
            st.button(w("version.show_latest"), on_click=show, args=(latest.name,), type="primary")


def try_later() -> None:
    state.memory(Own).is_whole_run = True
    try_again()


@st.fragment(run_every=SECONDS)
def try_again() -> None:
    """Run the page anew after a while: what comes back shows itself."""
    mine = state.memory(Own)
    is_whole_run, mine.is_whole_run = mine.is_whole_run, False
    if not is_whole_run:
        st.rerun()
