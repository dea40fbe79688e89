"""An editor's own spreadsheets: how they were understood, what is wrong, what would change."""

import json
import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from intake import Finding, child, storage, templates
from intake.changes import Change, Difference, Edit
from intake.report import LEVELS, groups
from intake.sheets import Choice
from texts import Words, choices
from texts.changes import called_words, counted_words, edit_words
from texts.safe import markdown_text
from ui import access, published
from ui.lists import table_words
from ui.quality import level_html
from ui.records import Column, records
from ui.signature import signature

log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parents[1] / "data"
LARGEST = 5 * 2**20  # bytes of files that fit in a workbook made while someone waits


def upload(w: Words) -> None:
    """From files to a version, for whoever may. While files lie there the page is about them."""
    if not access.may("upload"):
        return
    st.header(w("upload.title"), anchor=False)
    st.markdown(w("upload.what"))
    downloads(w)
    files = st.file_uploader(
        w("upload.files"),
        ["csv", "txt", "xlsx"],
        accept_multiple_files=True,
        key=f"upload-{st.session_state.get('uploads', 0)}",
    )
    if not files:
        return
    try:
        look(w, files)
    except (child.Failed, OSError) as error:
        log.error("an upload failed: %s", error)
        st.error(failure(w, error))
    st.stop()


def failure(w: Words, error: child.Failed | OSError) -> str:
    """Why there is no answer: a full disk, before the child was asked, or what became of it."""
    if isinstance(error, child.Failed):
        return w("upload.too_long") if error.took_too_long else w("upload.failed")
    found = storage.finding(error, published.watch().var)
    return w(f"finding.rule.{found.rule}") if found else w("upload.failed")


def downloads(w: Words) -> None:
    """Workbooks to fill in: an empty one, and one with what is published."""
    watch = published.watch()
    files = watch.version.files(watch.var) if watch.version else None
    folder = files if files and files.is_dir() else SHIPPED
    sizes = sum(file.stat().st_size for file in folder.glob("*.csv"))
    measures = [*templates.numbered(folder / "measures.csv").values()]
    with st.container(horizontal=True):
        st.download_button(
            w("upload.template"),
            lambda: templates.template(w, measures),
            w("upload.template_file"),
            on_click="ignore",
            icon=":material/download:",
        )
        if folder is files and sizes < LARGEST:
            st.download_button(
                w("upload.filled"),
                lambda: templates.filled(folder, w),
                w("upload.filled_file"),
                on_click="ignore",
                icon=":material/download:",
            )


def look(w: Words, files: Sequence[Any]) -> None:
    """Questions, findings, changes, and when nothing must be fixed the way to publish."""
    seen = understood(w, files)
    ask(w, seen["reads"])
    ask_how(w, seen["tables"])
    found = [Finding(**finding) for finding in seen["findings"]]
    tell(w, [finding for finding in found if finding.level != "could_be_better"])
    if seen["is_whole"]:
        preview(w, [as_difference(difference) for difference in seen["differences"]])
        if seen["differences"]:
            publish(w, files, seen["parent"])
    tell(w, [finding for finding in found if finding.level == "could_be_better"])


def understood(w: Words, files: Sequence[Any]) -> Any:
    """What a child process says of the files under the answers so far; asked once for each."""
    asked = ([file.file_id for file in files], answers(files), how())
    kept = st.session_state.get("look")
    if kept and kept[0] == asked:
        return kept[1]
    with st.spinner(w("upload.reading"), show_time=True):
        said = run("look", files, [])
    st.session_state["look"] = (asked, said)
    return said


def run(action: str, files: Sequence[Any], more: list[str]) -> Any:
    """Ask a child about the files, which are on disk only meanwhile. Raises child.Failed."""
    var = published.watch().var
    var.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="inbox-", dir=var))
    try:
        paths = [place / f"{number}" / Path(file.name).name for number, file in enumerate(files)]
        for path, file in zip(paths, files, strict=True):
            path.parent.mkdir()
            path.write_bytes(file.getbuffer())
        given = json.dumps({"answers": answers(files), "how": how()})
        arguments = [action, *map(str, paths), "--var", str(var), "--place", str(place)]
        return child.answer([*arguments, "--answers", given, *more], child.UPLOAD, nothing)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def nothing(stage: str, part: float) -> None:
    """The spinner tells that time passes."""


def answers(files: Sequence[Any]) -> dict[str, dict[str, str]]:
    """What the person has said, by file and key of the choice."""
    given = st.session_state.get("answers", {})
    return {file.name: given.get(file.name, {}) for file in files}


def answered(file: str, key: str, widget: str) -> None:
    st.session_state.setdefault("answers", {}).setdefault(file, {})[key] = st.session_state[widget]


def how() -> dict[str, str]:
    """For each table, whether what is uploaded is added or replaces it all."""
    kept = st.session_state.to_dict().items()
    return {str(k).removeprefix("how-"): v for k, v in kept if str(k).startswith("how-") and v}


def ask(w: Words, reads: Sequence[Mapping[str, Any]]) -> None:
    """Questions first; what was found out by itself can be corrected below."""
    asked = st.session_state.setdefault("questions", set())
    for read in reads:
        made = [Choice(**choice) for choice in read["choices"]]
        asked |= {(read["file"], choice.key) for choice in made if choice.value is None}
        questions = [choice for choice in made if (read["file"], choice.key) in asked]
        for choice in questions:
            draw_choice(w, read["file"], choice)
        with st.expander(w("upload.assumed", file=markdown_text(read["file"]))):
            for choice in made:
                if choice not in questions:
                    draw_choice(w, read["file"], choice)


def ask_how(w: Words, names: Sequence[str]) -> None:
    """Where rows of a table were found: are they all there is, or more of it?"""
    for name in names:
        st.radio(
            w("upload.how", table=w(f"sheet.{name}")),
            ("add", "replace"),
            format_func=lambda how: w(f"upload.how_{how}"),
            horizontal=True,
            key=f"how-{name}",
        )


def draw_choice(w: Words, file: str, choice: Choice) -> None:
    about = " · ".join(filter(None, [choice.sheet, choice.column or choice.about, choice.found]))
    label, key = choices.label(w, choice), f"choice {file} {choice.key}"
    st.selectbox(
        markdown_text(f"{label}: {about}" if about else label),
        choice.options,
        index=choice.options.index(choice.value) if choice.value in choice.options else None,
        format_func=lambda option: choices.answer(w, choice, option),
        placeholder=w("choice.open"),
        key=key,
        on_change=answered,
        args=(file, choice.key, key),
        help=choices.decided_by(w, choice),
    )


def tell(w: Words, found: Sequence[Finding]) -> None:
    """Findings in three levels, as for what is published; questions are asked already."""
    grouped = [group for group in groups(found) if not group.rule.startswith("ask_")]
    levels = [level for level in LEVELS if any(group.level == level for group in grouped)]
    if levels:
        st.html("".join(level_html(w, level, grouped) for level in levels))


def as_difference(said: Mapping[str, Any]) -> Difference:
    changes = (
        Change(**{**change, "edits": tuple(Edit(*edit) for edit in change["edits"])})
        for change in said["changes"]
    )
    return Difference(said["table"], said["counts"], tuple(changes))


def preview(w: Words, differences: Sequence[Difference]) -> None:
    """What publishing would add, change and remove."""
    count = sum(sum(difference.counts.values()) for difference in differences)
    caption = w("upload.changes", n=count)
    st.subheader(caption, anchor=False)
    for difference in differences:
        st.markdown(markdown_text(counted_words(w, difference)))
    rows = [
        {
            "id": change.key,
            "table": w(f"sheet.{difference.table}"),
            "title": called_words(w, change.called),
            "kind": w(f"upload.kind.{change.kind}"),
            "cells": "; ".join(edit_words(w, edit) for edit in change.edits),
        }
        for difference in differences
        for change in difference.changes
    ]
    columns = [
        Column("table", w("upload.table")),
        Column("title", w("record.title"), wide=True),
        Column("kind", w("upload.change")),
        Column("cells", w("upload.cells"), wide=True),
    ]
    if rows:
        records(rows, columns, key="changes", words=table_words(w), caption=caption)


def publish(w: Words, files: Sequence[Any], parent: str | None) -> None:
    """With a note, and against the version that the changes on the screen were seen against, which
    may be older than `parent`, the one that they were looked at against now."""
    signed = signature(w, "upload", w("upload.publish"))
    before, st.session_state["seen_against"] = st.session_state.get("seen_against"), parent
    if not signed or not access.may("publish"):
        return
    latest = published.watch().version
    more = [f"--note={signed.note}", f"--who={signed.who}"]
    more += ["--parent", before] if before else []
    try:
        with st.spinner(w("upload.publishing"), show_time=True):
            found = [Finding(**finding) for finding in run("publish", files, more)]
    except child.Failed:
        if published.watch().version == latest:
            raise
        st.warning(w("upload.perhaps"))  # it ended between publishing and saying so
        return
    if any(finding.level == "must_fix" for finding in found):
        tell(w, found)
        st.session_state.pop("look", None)  # what there is to see may be another now
        return
    if newest := published.watch().version:
        published.show(newest.name)
    # Another name is another widget, without files.
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.toast(w("upload.published"))
    st.rerun()
