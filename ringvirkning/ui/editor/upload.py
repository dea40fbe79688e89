"""An editor's own spreadsheets: how they were understood, what is wrong, what would change."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from ringvirkning import child
from ringvirkning.child import as_json
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import answers
from ringvirkning.intake.checks.guard import is_personal
from ringvirkning.intake.checks.report import Group
from ringvirkning.intake.checks.report import groups as groups_of
from ringvirkning.intake.forms import templates
from ringvirkning.intake.publishing import confirming
from ringvirkning.intake.sheets import Choice
from ringvirkning.intake.sheets.corrections import CORRECTION
from ringvirkning.intake.uploads.looking import Asked
from ringvirkning.intake.uploads.remarks import copy_name
from ringvirkning.intake.words.names import with_names_of
from ringvirkning.server import access, published
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state, version
from ringvirkning.ui.components.menu import of_whom
from ringvirkning.ui.editor.changes import draw_changes
from ringvirkning.ui.editor.confirming import ask_to_confirm
from ringvirkning.ui.editor.counted import draw_counted
from ringvirkning.ui.editor.findings import draw_findings
from ringvirkning.ui.editor.questions import Asking, draw_questions
from ringvirkning.ui.editor.seen_files import (
    PLACE,
    SeenFiles,
    Uploaded,
    as_paths,
    asked_of,
    failure,
    forget_files,
    look_at,
    places,
    published_files,
    run,
    this_upload,
    typed_in,
    with_told,
)
from ringvirkning.ui.editor.signature import ask_signature
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.progress import progress

log = logging.getLogger(__name__)
LARGEST_FILLED = 5 * 2**20  # bytes of files that fit in a workbook made while someone waits


def upload(w: Words) -> None:
    """From files to a version, for whoever may. While files lie there the page is about them."""
    if not access.may("upload"):
        return
    st.header(w("upload.title"), anchor=False)
    st.markdown(w("upload.what"))
    if own := access.associations():
        st.markdown(markdown_text(w("upload.own", names=w.listed(own))))
    folder = published_files(w)
    w = with_names_of(w, folder)
    downloads(w, folder)
    files = st.file_uploader(
        w("upload.files"),  # of any name: what is none of ours is told in our own words
        accept_multiple_files=True,
        key=f"upload-{this_upload().number}",
    )
    place = st.empty()  # what was seen of files goes with them, not when the page is drawn
    if not files:
        this_upload().how.clear()
        this_upload().look = None
        this_upload().refused = []
        return
    try:
        with place.container():
            draw_look(w, files)
    except (child.Failed, OSError) as error:
        # Neither a file's name nor what was read.
        log.error("an upload failed: %s\n%s", type(error).__name__, getattr(error, "log", ""))
        st.error(failure(w, error))
    st.stop()


def downloads(w: Words, folder: Path | None) -> None:
    """Workbooks to fill in: an empty one, and one with what is published."""
    sizes = sum(file.stat().st_size for file in folder.glob("*.csv")) if folder else 0
    watch = published.watch()
    with st.container(horizontal=True):
        draw_link(
            w("upload.template"),
            w("upload.template_file"),
            lambda: templates.template(w, folder),
            is_staffs=True,
            is_exact=False,
        )
        draw_link(
            w("upload.whole_template"),
            w("upload.whole_template_file"),
            lambda: templates.template(w, folder, is_whole=True),
            is_staffs=True,
            is_exact=False,
        )
        if folder and watch.version and sizes < LARGEST_FILLED:
            names = version.whose_files(watch.version)
            begins = of_whom(watch.version.exact(watch.var), names)
            draw_link(
                w("upload.filled"),
                f"{begins}{w('upload.filled_file')}",
                lambda: templates.filled_form(folder, w),
                is_staffs=True,
            )


def draw_look(
    w: Words, files: Sequence[Uploaded], done: Callable[[], object] = lambda: None
) -> None:
    """What keeps the files from being published, the most pressing first, what would change, what
    else was found, how all was read, and the way to publish, after which comes what is `done`."""
    seen = look_at(w, files)
    said = seen.said
    asked = asked_about(said.reads)
    # Questions are asked already.
    groups = [group for group in said.found.groups if not group.rule.startswith("ask_")]
    to_fix = [group for group in groups if group.level == "must_fix"]
    missing = what_is_missing(w, to_fix, asked)
    if missing:
        st.markdown(w("upload.missing", what=w.listed(missing)))
    if to_fix:
        draw_findings(w, to_fix, said.found.excerpts, key="to_fix", to_correct=said.reads)
    if asked:
        title = w("upload.questions", n=sum(one.choice.value is None for one in asked))
        draw_questions(w, asked, key="questions", title=title)
    draw_counted(w, said.reads)
    if not PLACE.get():  # what is typed never stands for all there is
        ask_how(w, said.tables, seen.asked.of)
    if said.whole:
        draw_changes(w, said.changes, key="changes")
    if others := [group for group in groups if group not in to_fix]:
        st.subheader(w("upload.found"), anchor=False)
        draw_findings(w, others, said.found.excerpts, key="found")
    copies(w, files, groups, said.reads)
    for read in said.reads:
        draw_assumed(w, read.file, [c for c in read.choices if Asking(read.file, c) not in asked])
    publish_upload(w, seen, groups, missing, done=done)
    draw_refused(w)


def draw_refused(w: Words) -> None:
    """What kept the last publication back, told once."""
    mine = this_upload()
    if mine.refused:
        draw_findings(w, groups_of(mine.refused), [], key="kept_back")
        mine.refused = []


def draw_typed(
    w: Words, files: Sequence[Uploaded], note: str, place: str, done: Callable[[], object]
) -> None:
    """The same of sheets that were made in a place of the app, of which nothing need be asked."""
    with typed_in(w, place):
        seen = look_at(w, files)
        said = seen.said
        draw_changes(w, said.changes, key=f"{place}-changes")
        if not said.whole:
            draw_findings(w, said.found.groups, said.found.excerpts, key=f"{place}-found")
        else:
            publish_upload(w, seen, said.found.groups, [], note, done)
        draw_refused(w)


def asked_about(reads: Sequence[answers.Reading]) -> list[Asking]:
    """The questions, answered ones among them, and what is shown of statistics. What other sheets
    ask in the same words is asked once: the first answer is theirs, too."""
    asked = this_upload().questions
    for read in reads:
        asked |= {
            (read.file, c.key)
            for c in read.choices
            if c.value is None or c.is_many or c.kind == CORRECTION
        }
    return [
        Asking(read.file, choice)
        for read in reads
        for choice in first_of_each([c for c in read.choices if (read.file, c.key) in asked])
    ]


def what_is_missing(w: Words, to_fix: Sequence[Group], asked: Sequence[Asking]) -> list[str]:
    """What must be done before anything can be published, each a link to the first of it."""
    errors = sum(group.count for group in to_fix)
    left = sum(one.choice.value is None for one in asked)
    said = [w("upload.to_fix", n=errors)] if errors else []
    return [*said, *([w("upload.open", n=left)] if left else [])]


def draw_assumed(w: Words, file: str, choices: Sequence[Choice]) -> None:
    """Drawn when it is opened, and of one sheet at a time: a workbook has hundreds. Of a file that
    could not be read there is nothing to draw."""
    if not choices:
        return
    title = w("upload.assumed", file=markdown_text(file))
    fold = st.expander(title, key=f"assumed {file}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        in_columns = {choice.sheet for choice in choices if choice.kind == "column"}
        sheets = [*dict.fromkeys(choice.sheet for choice in choices if choice.sheet)]
        sheets.sort(key=lambda sheet: sheet not in in_columns)
        sheet = sheets[0] if sheets else ""
        if len(sheets) > 1:
            sheet = st.selectbox(w("upload.sheet"), sheets, key=f"sheet {file}")
        shown = [Asking(file, choice) for choice in choices if choice.sheet in ("", sheet)]
        draw_questions(w, shown, key=f"read {file}", title="")


def first_of_each(questions: Sequence[Choice]) -> list[Choice]:
    """Without what other sheets ask in the same words: the first answer is theirs, too."""
    is_open: dict[tuple[str, str, str | None], Choice] = {}
    return [
        choice
        for choice in questions
        if choice.value is not None
        or is_open.setdefault((choice.kind, choice.about, choice.column), choice) is choice
    ]


def ask_how(w: Words, names: Sequence[str], of: Sequence[str]) -> None:
    """Where rows of a table were found: are they all there is, or all of some associations, or more
    of it?"""
    kept = this_upload().how
    all_there_are = "upload.how_replace_of" if of else "upload.how_replace"
    said = {"add": w("upload.how_add"), "replace": w(all_there_are, names=w.listed(of))}
    for name in names:
        st.radio(
            w("upload.how", table=w(f"sheet.{name}")),
            ("add", "replace"),
            format_func=said.__getitem__,
            horizontal=True,
            **state.holding(f"how-{name}", kept.get(name, "add"), partial(kept.__setitem__, name)),
        )


def copies(
    w: Words,
    files: Sequence[Uploaded],
    groups: Sequence[Group],
    reads: Sequence[answers.Reading],
) -> None:
    """The files with remarks, to correct in Excel and upload again; none of rows of persons."""
    if any(map(is_personal, (finding for group in groups for finding in group.findings))):
        return
    asked = {group.file for group in groups if group.findings[0].row}
    asked -= {read.file for read in reads if read.is_of_persons}
    with st.container(horizontal=True):
        for number, file in enumerate(files):
            if file.name in asked:
                draw_link(
                    w("upload.with_remarks", file=file.name),
                    w("upload.remarks_file", file=copy_name(Path(file.name))),
                    partial(copy_of, w, files, number, asked_of(files)),
                    is_staffs=True,
                    key=f"remarks-{number}",
                )


def copy_of(w: Words, files: Sequence[Uploaded], number: int, asked: Asked) -> bytes:
    """One of the files with remarks, after what was said of them. Raises child.Failed."""
    with published.scratch() as place, as_paths(files) as paths:
        into = place / "copies"
        command = ["check", *map(str, paths), *places(place), "--answers", as_json(asked)]
        command += ["--remarks", str(into), "--lang", w.language]
        run(list[Group], command)
        return (into / copy_name(paths[number])).read_bytes()


def publish_upload(
    w: Words,
    seen: SeenFiles,
    groups: Sequence[Group],
    missing: Sequence[str],
    note: str = "",
    done: Callable[[], object] = lambda: None,
) -> None:
    """What was understood, with a note, this one where none is written, and against the version
    that the changes on the screen were seen against, which may be older than the one that they were
    looked at against now. Why it can't be published yet stands beside the button. What is `done`
    then comes before anything else is shown."""
    closed = w("upload.missing", what=w.listed(missing)) if missing else ""
    is_confirmed = False
    if seen.said.whole and not seen.said.changes.differences:
        closed = w("upload.same")
    elif seen.said.whole:
        is_confirmed = ask_to_confirm(w, seen.told or groups, seen.said.confirm)
        closed = "" if is_confirmed else w("upload.unconfirmed")
    elif not missing:
        closed = w("upload.empty")
    signed = ask_signature(w, "upload", w("upload.publish"), closed=closed)
    mine = this_upload()
    before, mine.seen_against = mine.seen_against, seen.said.parent
    if not signed or not access.may("publish"):
        return
    latest = published.watch().version
    command = ["publish", str(seen.inbox.place / f"{seen.said.whole}"), "--looked-at"]
    said = " · ".join(filter(None, [signed.note or note, corrected_words(w, seen.said.reads)]))
    command += [*places(seen.inbox.place), f"--note={said}", f"--who={signed.who}"]
    command += [f"--parent={before}"]
    command += [f"--confirm={seen.said.confirm}"] if is_confirmed and seen.said.confirm else []
    try:
        with progress(w, w("upload.publishing")) as tell:
            seen.inbox.finish()
            found = run(list[Finding], command, tell)
    except child.Failed:
        forget_files(seen)
        if published.watch().version == latest:
            raise
        st.warning(w("upload.perhaps"))  # it ended between publishing and saying so
        return
    if code := confirming.waiting_code(found):
        mine.look = with_told(seen, code, found)
        st.rerun()
    if must_fix(found):
        mine.refused = found
        forget_files(seen)  # what there is to see may be another now
        st.rerun()
    done()
    if newest := published.watch().version:
        version.show_published(w, newest)
    # Another name is another widget, without files.
    mine.number += 1
    forget_files(seen)
    st.rerun()


def corrected_words(w: Words, reads: Sequence[answers.Reading]) -> str:
    """How many cells are others than in the files, for the history."""
    corrected = [c for r in reads for c in r.choices if c.kind == CORRECTION and c.value != c.found]
    count = sum(len(choice.marks) for choice in corrected)
    return w("upload.corrected", n=count) if count else ""
