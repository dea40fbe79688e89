"""Asking a partner for what is missing: a workbook to send, with what is known filled in."""

import re
from functools import partial

import streamlit as st

from queries.alphabet import alphabetical
from ringvirkning import child
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.finding import Finding
from ringvirkning.intake.forms.follow_up import partners_of
from ringvirkning.server import access, published
from ringvirkning.texts import Words
from ringvirkning.ui import version
from ringvirkning.ui.components.menu import short_name
from ringvirkning.ui.files import draw_link


def draw_follow_up(shown: View) -> None:
    """For whoever may upload what comes back. It is made of what is published last, and asks on
    behalf of one association."""
    w, watch = shown.words, published.watch()
    if not access.may("upload") or watch.version is None:
        return
    files = version.own_files(w, watch.version)
    if files is None:
        return
    st.subheader(w("follow_up.title"), anchor=False)
    st.markdown(w("follow_up.what"))
    association = asking_association(shown)
    if association is None:
        return
    names = partners_of(files, association)
    partner = st.selectbox(
        w("follow_up.partner"),
        alphabetical(names, w.language, names.__getitem__),
        index=None,
        format_func=names.__getitem__,
        placeholder=w("follow_up.choose"),
        key=f"follow_up-{association}",
    )
    if partner:
        of = [short_name(shown.database, association), names[partner]]
        name = w("follow_up.file", name=re.sub(r"\W+", "-", " ".join(of)).strip("-"))
        content = partial(workbook_for, w, partner, association)
        draw_link(w("follow_up.download"), name, content, is_staffs=True)


def asking_association(shown: View) -> str | None:
    """The one that is chosen or, of several, that which is picked here; None where there is none of
    one's own."""
    several = [name for name in associations_shown(shown) if access.sees((name,))]
    if not several:
        return None
    if len(several) == 1:
        return several[0]
    return st.selectbox(
        shown.words("follow_up.association"),
        several,
        index=None,
        placeholder=shown.words("follow_up.choose_association"),
        key="follow_up-association",
    )


def workbook_for(w: Words, partner: str, association: str) -> bytes:
    """What the command line writes. Raises child.Failed."""
    with published.scratch() as place:
        file = place / "follow-up.xlsx"
        command = ["follow-up", partner, str(file), f"--association={association}"]
        command += ["--var", str(published.watch().var), "--lang", w.language]
        child.reply(list[Finding], command, child.DATA, own=access.associations())
        return file.read_bytes()
