"""What a session has uploaded or typed, and what a child process has understood of it."""

import hashlib
import os
import shutil
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import streamlit as st

from ringvirkning import child
from ringvirkning.child import Progress, Reply, as_json
from ringvirkning.finding import Finding
from ringvirkning.intake import answers
from ringvirkning.intake.checks.report import Group
from ringvirkning.intake.checks.report import groups as groups_of
from ringvirkning.intake.merging import How, Withdrawals
from ringvirkning.intake.publishing import confirming
from ringvirkning.intake.uploads.looking import Asked
from ringvirkning.server import access, audited, published
from ringvirkning.store import storage
from ringvirkning.texts import Words
from ringvirkning.ui import state, version
from ringvirkning.ui.editor.questions import Answered
from ringvirkning.ui.progress import progress

PLACE = ContextVar("PLACE", default="")  # where what is typed is looked at


class Uploaded(Protocol):
    """A file that came by the framework, or was made here: the same content has the same id."""

    @property
    def file_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    def getbuffer(self) -> memoryview: ...


@dataclass(frozen=True)
class Typed:
    """A sheet that was made here, as the framework gives one that is uploaded."""

    name: str
    content: bytes

    @property
    def file_id(self) -> str:
        return hashlib.blake2b(self.content).hexdigest()

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


class Inbox:
    """A folder in `var` for what a session has understood and not published yet, and the process
    that still builds there what may be published; both go with the object, or after an hour in
    which nobody came (`store.leftovers`). Raises OSError."""

    def __init__(self) -> None:
        self.place = published.make_inbox()
        self.tasks: list[child.ChildTask] = []
        self.remove = weakref.finalize(self, let_go, self.place, self.tasks)

    def finish(self) -> None:
        """Wait until what is looked at is built."""
        for task in self.tasks:
            task.finish()

    def is_there(self) -> bool:
        """Whether it is, and then for another hour."""
        with suppress(OSError):
            os.utime(self.place)
            return True
        return False


def let_go(place: Path, tasks: Sequence[child.ChildTask]) -> None:
    for task in tasks:
        task.end()
    shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True)
class SeenFiles:
    """What was understood of files under the answers so far, and where it is kept; `told` is what
    must be confirmed though only publishing has seen it."""

    files: list[str]
    asked: Asked
    said: answers.UploadAnswer
    inbox: Inbox
    told: tuple[Group, ...] = ()


@dataclass
class Upload:
    """What a session has said of its files; `look` is what was understood of them; `seen_against`
    the version that the changes on the screen are against ("" for none)."""

    number: int = 0  # of uploads before
    look: SeenFiles | None = None
    how: dict[str, How] = field(default_factory=dict)
    questions: set[tuple[str, str]] = field(default_factory=set)
    refused: list[Finding] = field(default_factory=list)  # told once, below what there is to see
    seen_against: str = ""
    withdrawn: Withdrawals = field(default_factory=dict)


def this_upload() -> Upload:
    """That of the files on the page for them, or of what is typed in a place of its own."""
    return state.memory(Upload, PLACE.get())


def published_files(w: Words) -> Path | None:
    """The files of the current version, where they are on this server."""
    watch = published.watch()
    files = version.own_files(w, watch.version) if watch.version else None
    return files if files and files.is_dir() else None


def look_at(w: Words, files: Sequence[Uploaded]) -> SeenFiles:
    """What a child process says of the files under the answers so far; asked once for each, and
    again where what it has kept is gone. Raises child.Failed and OSError."""
    mine, names, asked = this_upload(), [file.file_id for file in files], asked_of(files)
    look = mine.look
    if look and (look.files, look.asked) == (names, asked) and look.inbox.is_there():
        return look
    mine.look, inbox = None, Inbox()
    with progress(w, w("upload.reading")) as tell, as_paths(files) as paths:
        command = ["look", *map(str, paths), *places(inbox.place), "--answers", as_json(asked)]
        task = child.ChildTask(command, child.UPLOAD, *for_whom())
        inbox.tasks.append(task)
        said = task.answer(answers.UploadAnswer, tell)
    mine.look = SeenFiles(names, asked, said, inbox)
    child.early_child.prepare(published.watch().var)  # for the next answer, or to publish
    return mine.look


def look_at_typed(
    w: Words, files: Sequence[Uploaded], withdrawn: Withdrawals, place: str
) -> SeenFiles | None:
    """What is said of such sheets, and of rows that are withdrawn, against what is published now;
    None where nothing could be."""
    with typed_in(w, place):
        mine, latest = this_upload(), published.watch().version
        mine.withdrawn = withdrawn
        if mine.look and mine.look.said.parent != (latest.name if latest else ""):
            mine.look = None
        return look_at(w, files)
    return None


@contextmanager
def typed_in(w: Words, place: str) -> Iterator[None]:
    """What is typed in a place of the app is looked at apart from the files on their page; why that
    fails is said."""
    before = PLACE.set(place)
    try:
        yield
    except (child.Failed, OSError) as error:
        st.error(failure(w, error))
    finally:
        PLACE.reset(before)


def failure(w: Words, error: child.Failed | OSError) -> str:
    """Why there is no answer: a full disk, before the child was asked, or what became of it."""
    if isinstance(error, child.Failed):
        return w("upload.too_long") if error.took_too_long else w("upload.failed")
    found = storage.finding(error, published.watch().var)
    return w(f"finding.rule.{found.rule}") if found else w("upload.failed")


def run(kind: type[Reply], command: list[str], tell: Progress = lambda stage, part: None) -> Reply:
    """A child's answer about an upload. Raises child.Failed."""
    return child.reply(kind, command, child.UPLOAD, tell, *for_whom())


def for_whom() -> tuple[str, Sequence[str]]:
    """Who is here, and for which associations their role is."""
    return audited.person_code(access.current_person()), access.associations()


@contextmanager
def as_paths(files: Sequence[Uploaded]) -> Iterator[list[Path]]:
    """The files where a child can read them, meanwhile: in memory on Linux, since rows of persons
    may stand in them; elsewhere on disk."""
    with published.scratch() as place, ExitStack() as stack:
        paths = [place / f"{number}" / Path(file.name).name for number, file in enumerate(files)]
        for path, file in zip(paths, files, strict=True):
            path.parent.mkdir()
            if sys.platform == "linux":
                path.symlink_to(stack.enter_context(in_memory(file.getbuffer())))
            else:
                path.write_bytes(file.getbuffer())
        yield paths


@contextmanager
def in_memory(content: memoryview) -> Iterator[str]:
    """The path of a file that is on no disk, for processes of the same user."""
    with open(os.memfd_create("upload"), "wb") as file:
        file.write(content)
        file.flush()
        yield f"/proc/{os.getpid()}/fd/{file.fileno()}"


def places(place: Path) -> list[str]:
    return ["--var", str(published.watch().var), "--place", str(place)]


def asked_of(files: Sequence[Uploaded]) -> Asked:
    """All that the person has said of files so far; it stays so as it is. Of tables only those that
    are replaced by what is uploaded, which else is added to them: as far as they are in the form
    with what is published."""
    mine, latest = this_upload(), published.watch().version
    answered = state.memory(Answered).answers
    given = {file.name: dict(answered.get(file.name, {})) for file in files}
    of = version.whose_files(latest) if latest else ()
    replaced: dict[str, How] = {name: how for name, how in mine.how.items() if how == "replace"}
    return Asked(given, replaced, of, mine.withdrawn)


def with_told(seen: SeenFiles, code: str, found: Sequence[Finding]) -> SeenFiles:
    """With what is to be confirmed and was not seen when the files were looked at."""
    told = tuple(groups_of(confirming.to_confirm(found)))
    return replace(seen, said=replace(seen.said, confirm=code), told=told)


def forget_files(seen: SeenFiles) -> None:
    this_upload().look = None
    seen.inbox.remove()
