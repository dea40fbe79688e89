"""What this person has typed and not published yet, in every tab and after a crash."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from ringvirkning.finding import Finding
from ringvirkning.intake.forms import drafts
from ringvirkning.intake.forms.drafts import GridDraft
from ringvirkning.intake.forms.entries import Entry, EntrySheet
from ringvirkning.server import access, published
from ringvirkning.store import numbered, storage
from ringvirkning.texts import Words, clock, rule_words
from ringvirkning.ui import state
from ringvirkning.ui.editor.seen_files import Typed

log = logging.getLogger(__name__)
WAITING = "waiting"  # what the address says where all that waits is shown


def own_entries() -> list[Entry]:
    """Those of who is here; none of the public's."""
    person = access.current_person()
    if person is None:
        return []
    return drafts.kept_entries(drafts.folder_of(published.watch().var, person.id))


def keep_drafts(w: Words, entries: Sequence[Entry]) -> bool:
    """Whether they are on the disk now; why they aren't is said."""
    person, latest = access.current_person(), published.watch().version
    if person is None or not access.may("publish"):
        st.error(w("enter.no_role"))
        return False
    folder = drafts.folder_of(published.make_place(), person.id)
    upon = latest.name if latest else ""
    stamped = [
        replace(one, at=one.at or clock.now_text(), version=one.version or upon) for one in entries
    ]
    return are_kept(w, folder, stamped)


def are_kept(w: Words, folder: Path, content: Sequence[numbered.HasId]) -> bool:
    try:
        for one in content:
            numbered.keep_numbered(folder, one)
    except numbered.TooMany:
        st.error(w("enter.too_many"))
    except OSError as error:
        log.error("a draft can't be kept: %s", type(error).__name__)
        found = storage.finding(error, published.watch().var)
        st.error(w(f"finding.rule.{found.rule}" if found else "enter.not_kept"))
    else:
        return True
    return False


def grid_folder() -> Path | None:
    """Where the grids of who is here are kept; None for the public."""
    person = access.current_person()
    if person is None:
        return None
    return drafts.folder_of(published.watch().var, person.id + drafts.GRID)


def own_grids() -> list[GridDraft]:
    folder = grid_folder()
    return numbered.all_numbered(folder, GridDraft) if folder else []


def keep_grid(w: Words, draft: GridDraft) -> bool:
    """Whether it is on the disk now; why it isn't is said."""
    folder = grid_folder()
    return folder is not None and access.may("publish") and are_kept(w, folder, [draft])


def drop_grid(w: Words, table: str) -> None:
    if folder := grid_folder():
        try:
            numbered.drop_numbered(folder, drafts.grid_id(table))
        except OSError:
            log.exception("a draft can't be removed")
            st.error(w("enter.not_dropped"))


def wrong_words(w: Words, finding: Finding) -> str:
    """What is wrong in a field, without what one sees in it."""
    key = f"enter.wrong.{finding.rule}"
    return w(key) if w.has(key) else rule_words(w, replace(finding, found=None, expected=None))


def drop_drafts(w: Words, entries: Sequence[Entry]) -> None:
    """Let go of them, unless they were written anew in another tab."""
    person = access.current_person()
    if person is None:
        return
    try:
        drafts.drop_entries(drafts.folder_of(published.watch().var, person.id), entries)
    except OSError:
        log.exception("a draft can't be removed")
        st.error(w("enter.not_dropped"))


def link_to_waiting(w: Words) -> None:
    """How much waits to be published, if anything does; a link to it."""
    if n := len(own_entries()):
        with st.container(key="open-waiting"):
            state.link_to("data", w("enter.waits", n=n), state.at_page("data", entry=WAITING))


def typed_files(w: Words, sheets: Sequence[EntrySheet]) -> list[Typed]:
    """Files of them: each is called after its table, by which it is known, and a number."""
    return [
        Typed(f"{w(f'sheet.{sheet.table}')} {number}.csv", sheet.text.encode())
        for number, sheet in enumerate(sheets, 1)
    ]
