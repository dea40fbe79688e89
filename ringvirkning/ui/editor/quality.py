"""What checking found in the files behind a version, in three levels."""

import logging
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ringvirkning import child
from ringvirkning.figures.view import View
from ringvirkning.intake.answers import Findings
from ringvirkning.server import published
from ringvirkning.ui.editor.findings import draw_findings

log = logging.getLogger(__name__)


def quality(shown: View, files: Path) -> None:
    """Only for staff: findings show what stands in the cells of these files."""
    w, var = shown.words, published.watch().var
    st.header(w("quality.title"), anchor=False)
    try:
        with st.spinner(w("quality.checking")):
            said = looked_at(files, var, shown.as_of)
    except child.Failed as error:
        log.error("checking %s failed:\n%s", shown.version.name, error.log)
        st.error(w("quality.failed"))
        return
    st.markdown(w("quality.what"))
    draw_findings(w, said.groups, said.excerpts, key="quality", empty_levels=True)


@lru_cache(maxsize=8)
def looked_at(files: Path, var: Path, as_of: date) -> Findings:
    """Groups of findings and excerpts, from a child process. Raises child.Failed."""
    command = ["look", str(files), "--var", str(var)]
    return child.reply(Findings, command, child.DATA)
