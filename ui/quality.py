"""What checking found in the files behind a version, in three levels."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from intake import Finding, child
from intake.report import LEVELS, Group
from texts import Words, finding_words
from texts.report import group_words
from texts.safe import html_text
from ui import published
from ui.view import View


def quality(shown: View) -> None:
    """Only for staff: findings show what stands in the cells."""
    w, var = shown.words, published.watch().var
    st.header(w("quality.title"), anchor=False)
    try:
        with st.spinner(w("quality.checking"), show_time=True):
            found = checked(shown.version.files(var), var, shown.as_of)
    except child.Failed:
        st.error(w("quality.failed"))
        return
    st.markdown(w("quality.what"))
    st.html("".join(level_html(w, level, found) for level in LEVELS))


@lru_cache(maxsize=8)
def checked(files: Path, var: Path, as_of: date) -> tuple[Group, ...]:
    """The groups of findings, from a child process. Raises child.Failed."""
    answer = child.answer(
        ["check", str(files), "--var", str(var)], child.DATA, lambda stage, part: None
    )
    return tuple(
        Group(**group | {"findings": tuple(Finding(**f) for f in group["findings"])})
        for group in answer
    )


def level_html(w: Words, level: str, found: Iterable[Group]) -> str:
    groups = [group for group in found if group.level == level]
    heading = f"<h3>{html_text(w(f'report.level.{level}'))} ({len(groups)})</h3>"
    said = "".join(group_html(w, group) for group in groups)
    none = f"<p>{html_text(w(f'quality.none.{level}'))}</p>"
    return f'<section class="findings">{heading}{said or none}</section>'


def group_html(w: Words, group: Group) -> str:
    """A sentence that unfolds to the first places."""
    places = "".join(f"<li>{html_text(finding_words(w, f))}</li>" for f in group.findings)
    more = group.count - len(group.findings)
    if more > 0:
        places += f"<li>{html_text(w('report.more', n=more))}</li>"
    summary = html_text(group_words(w, group))
    return f"<details><summary>{summary}</summary><ul>{places}</ul></details>"
