"""An editor's own spreadsheets: how they were understood, what is wrong, what would change."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from ringvirkning import ROOT, child
from ringvirkning.finding import Finding
from ringvirkning.intake import templates
from ringvirkning.intake.guard import is_personal
from ringvirkning.intake.report import Group
from ringvirkning.intake.report import groups as groups_of
from ringvirkning.intake.sheets import Choice
from ringvirkning.intake.words import choices
from ringvirkning.server import access, audited, published
from ringvirkning.store import storage
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state, version
from ringvirkning.ui.editor import confirming
from ringvirkning.ui.editor.changes import changes
from ringvirkning.ui.editor.findings import as_groups, findings
from ringvirkning.ui.editor.signature import signature
from ringvirkning.ui.files import link
from ringvirkning.ui.progress import progress

log = logging.getLogger(__name__)
SHIPPED = ROOT / "data"
LARGEST = 5 * 2**20  # bytes of files that fit in a workbook made while someone waits


@dataclass
class Upload:
    """What a session has said of its files; `look` is what was understood of them, after what was
    asked of whom; `seen_against` the version that the changes on the screen are against."""

    number: int = 0  # of uploads before
    look: tuple[Any, Any] | None = None
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    questions: set[tuple[str, str]] = field(default_factory=set)
    seen_against: str | None = None


def upload(w: Words) -> None:
    """From files to a version, for whoever may. While files lie there the page is about them."""
    if not access.may("upload"):
        return
    st.header(w("upload.title"), anchor=False)
    st.markdown(w("upload.what"))
    downloads(w)
    name_buttons(w)
    files = st.file_uploader(
        w("upload.files"),
        ["csv", "txt", "xlsx"],
        accept_multiple_files=True,
        key=f"upload-{state.memory(Upload).number}",
    )
    if not files:
        state.memory(Upload).how.clear()
        return
    try:
        look(w, files)
    except (child.Failed, OSError) as error:
        # Neither a file's name nor what was read.
        log.error("an upload failed: %s\n%s", type(error).__name__, getattr(error, "log", ""))
        st.error(failure(w, error))
    st.stop()


def name_buttons(w: Words) -> None:
    """The framework's uploader speaks English only; its limit stands in our label."""
    label = json.dumps(w("upload.choose"), ensure_ascii=False)
    button = '[data-testid="stFileUploaderDropzone"] > span button p'
    st.html(
        f"<style>{button} {{ font-size: 0; }}"
        f"{button}::after {{ content: {label}; font-size: 1rem; }}"
        '[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }</style>'
    )


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
        link(
            w("upload.template"),
            w("upload.template_file"),
            lambda: templates.template(w, measures),
            is_staffs=True,
            is_exact=False,
        )
        if folder is files and sizes < LARGEST:
            link(
                w("upload.filled"),
                w("upload.filled_file"),
                lambda: templates.filled(folder, w),
                is_staffs=True,
            )


def look(w: Words, files: Sequence[Any]) -> None:
    """Questions, findings, changes, and when nothing must be fixed the way to publish."""
    seen = understood(w, files)
    ask(w, seen["reads"])
    ask_how(w, seen["tables"])
    # Questions are asked already.
    groups = [group for group in as_groups(seen["groups"]) if not group.rule.startswith("ask_")]
    if seen["is_whole"]:
        changes(w, seen, key="changes")
    if groups:
        st.subheader(w("upload.found"), anchor=False)
        findings(w, groups, seen["excerpts"], key="found")
        copies(w, files, groups)
    if seen["is_whole"] and seen["differences"]:
        told = as_groups(seen["told"]) if "told" in seen else groups
        publish(w, files, seen, confirming.is_confirmed(w, told, seen["confirm"]))


def understood(w: Words, files: Sequence[Any]) -> Any:
    """What a child process says of the files under the answers so far; asked once for each."""
    asked = ([file.file_id for file in files], answers(files), how())
    mine = state.memory(Upload)
    if mine.look and mine.look[0] == asked:
        return mine.look[1]
    with progress(w, w("upload.reading")) as tell:
        said = run("look", files, [], tell)
    mine.look = (asked, said)
    return said


def run(
    action: str, files: Sequence[Any], more: list[str], tell: child.Progress = lambda *_: None
) -> Any:
    """Ask a child about the files. Raises child.Failed."""
    with inbox(files) as (place, paths):
        asked = command(action, said_of(files), place, paths) + more
        return child.answer(asked, child.UPLOAD, tell, audited.person_code(access.who()))


@contextmanager
def inbox(files: Sequence[Any]) -> Iterator[tuple[Path, list[Path]]]:
    """A folder of this upload's own, and the files in it: on disk only meanwhile."""
    with published.scratch() as place:
        paths = [place / f"{number}" / Path(file.name).name for number, file in enumerate(files)]
        for path, file in zip(paths, files, strict=True):
            path.parent.mkdir()
            path.write_bytes(file.getbuffer())
        yield place, paths


def command(action: str, said: str, place: Path, paths: Sequence[Path]) -> list[str]:
    folders = ["--var", str(published.watch().var), "--place", str(place)]
    return [action, *map(str, paths), *folders, "--answers", said]


def said_of(files: Sequence[Any]) -> str:
    """All that the person has said of files so far, as the command line takes it."""
    return json.dumps({"answers": answers(files), "how": how()})


def answers(files: Sequence[Any]) -> dict[str, dict[str, str]]:
    """What the person has said so far, by file and key of the choice; it stays so as it is."""
    given = state.memory(Upload).answers
    return {file.name: dict(given.get(file.name, {})) for file in files}


def answered(file: str, key: str, widget: str) -> None:
    state.memory(Upload).answers.setdefault(file, {})[key] = state.widget(widget)


def how() -> dict[str, str]:
    """For each table that is replaced by what is uploaded, which else is added to it."""
    return {name: how for name, how in state.memory(Upload).how.items() if how == "replace"}


def ask(w: Words, reads: Sequence[Mapping[str, Any]]) -> None:
    """Questions first; what was found out by itself can be corrected below."""
    asked = state.memory(Upload).questions
    left = 0
    for read in reads:
        made = [Choice(**choice) for choice in read["choices"]]
        asked |= {(read["file"], choice.key) for choice in made if choice.value is None}
        questions = [choice for choice in made if (read["file"], choice.key) in asked]
        for choice in first_of_each(questions):
            draw_choice(w, read["file"], choice)
            left += choice.value is None
        with st.expander(w("upload.assumed", file=markdown_text(read["file"]))):
            for choice in made:
                if choice not in questions:
                    draw_choice(w, read["file"], choice)
    if left:
        st.info(w("upload.open", n=left))


def first_of_each(questions: Sequence[Choice]) -> list[Choice]:
    """Without what other sheets ask in the same words: the first answer is theirs, too."""
    is_open: dict[tuple[str, str, str | None], Choice] = {}
    return [
        choice
        for choice in questions
        if choice.value is not None
        or is_open.setdefault((choice.kind, choice.about, choice.column), choice) is choice
    ]


def ask_how(w: Words, names: Sequence[str]) -> None:
    """Where rows of a table were found: are they all there is, or more of it?"""
    kept = state.memory(Upload).how
    for name in names:
        st.radio(
            w("upload.how", table=w(f"sheet.{name}")),
            ("add", "replace"),
            format_func=lambda how: w(f"upload.how_{how}"),
            horizontal=True,
            **state.holding(f"how-{name}", kept.get(name, "add"), partial(kept.__setitem__, name)),
        )


def draw_choice(w: Words, file: str, choice: Choice) -> None:
    about = choices.place(choice)
    label, key = choices.label(w, choice), f"choice {file} {choice.key}"
    st.selectbox(
        markdown_text(f"{label}: {about}" if about else label),
        choice.options,
        index=choice.options.index(choice.value) if choice.value in choice.options else None,
        format_func=lambda option: choices.answer(w, choice, option),
        placeholder=w("choice.open_free") if choice.is_free else w("choice.open"),
        accept_new_options=choice.is_free,
        key=key,
        on_change=answered,
        args=(file, choice.key, key),
        help=choices.decided_by(w, choice),
    )


def copies(w: Words, files: Sequence[Any], groups: Sequence[Group]) -> None:
    """The files with remarks, to correct in Excel and upload again."""
    if any(map(is_personal, (finding for group in groups for finding in group.findings))):
        return
    asked = {group.file for group in groups if group.findings[0].row}
    with st.container(horizontal=True):
        for number, file in enumerate(files):
            if file.name in asked:
                link(
                    w("upload.with_remarks", file=file.name),
                    w("upload.remarks_file", file=file.name),
                    partial(copy_of, w, files, number, said_of(files)),
                    is_staffs=True,
                    key=f"remarks-{number}",
                )


def copy_of(w: Words, files: Sequence[Any], number: int, said: str) -> bytes:
    """One of the files with remarks, after what was said of them. Raises child.Failed."""
    with inbox(files) as (place, paths):
        into = place / "copies"
        asked = command("check", said, place, paths)
        child.answer([*asked, "--remarks", str(into), "--lang", w.language], child.UPLOAD)
        return (into / paths[number].name).read_bytes()


def publish(w: Words, files: Sequence[Any], seen: Mapping[str, Any], is_confirmed: bool) -> None:
    """With a note, and against the version that the changes on the screen were seen against, which
    may be older than the one that they were looked at against now."""
    signed = signature(w, "upload", w("upload.publish"), is_closed=not is_confirmed)
    mine = state.memory(Upload)
    before, mine.seen_against = mine.seen_against, seen["parent"]
    if not signed or not access.may("publish"):
        return
    latest = published.watch().version
    more = [f"--note={signed.note}", f"--who={signed.who}"]
    more += ["--parent", before] if before else []
    more += ["--confirm", seen["confirm"]] if is_confirmed and seen["confirm"] else []
    try:
        with progress(w, w("upload.publishing")) as tell:
            found = [Finding(**finding) for finding in run("publish", files, more, tell)]
    except child.Failed:
        if published.watch().version == latest:
            raise
        st.warning(w("upload.perhaps"))  # it ended between publishing and saying so
        return
    if more_seen := confirming.seen_by_publishing(found):
        mine.look = mine.look and (mine.look[0], {**seen, **more_seen})
        st.rerun()
    if any(finding.level == "must_fix" for finding in found):
        findings(w, groups_of(found), [], key="kept_back")
        mine.look = None  # what there is to see may be another now
        return
    if newest := published.watch().version:
        version.show(newest.name)
    # Another name is another widget, without files.
    mine.number += 1
    st.toast(w("upload.published"))
    st.rerun()
