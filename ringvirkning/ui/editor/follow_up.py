"""Asking a partner for what is missing: a workbook to send, with what is known filled in."""

import re

import streamlit as st

from ringvirkning import child
from ringvirkning.finding import Finding
from ringvirkning.intake.records import trimmed_rows
from ringvirkning.server import access, published
from ringvirkning.texts import Words
from ringvirkning.ui.files import draw_link


def draw_follow_up(w: Words) -> None:
    """For whoever may upload what comes back. It is made of what is published last."""
    watch = published.watch()
    if not access.may("upload") or watch.version is None:
        return
    rows = trimmed_rows(watch.version.files(watch.var) / "partners.csv").values()
    names = {row["partner_id"]: row["name"] for row in rows}
    st.subheader(w("follow_up.title"), anchor=False)
    st.markdown(w("follow_up.what"))
    partner = st.selectbox(
        w("follow_up.partner"),
        sorted(names, key=lambda partner_id: names[partner_id].casefold()),
        index=None,
        format_func=names.__getitem__,
        placeholder=w("follow_up.choose"),
        key="follow_up",
    )
    if partner:
        name = w("follow_up.file", name=re.sub(r"\W+", "-", names[partner]).strip("-"))
        draw_link(w("follow_up.download"), name, lambda: workbook_for(w, partner), is_staffs=True)


def workbook_for(w: Words, partner: str) -> bytes:
    """What the command line writes. Raises child.Failed."""
    with published.scratch() as place:
        file = place / "follow-up.xlsx"
        command = ["follow-up", partner, str(file), "--var", str(published.watch().var)]
        child.reply(list[Finding], [*command, "--lang", w.language], child.DATA)
        return file.read_bytes()
