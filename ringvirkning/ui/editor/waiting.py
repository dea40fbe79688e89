"""What was typed and waits: one list of it, what it would change, and one version of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import streamlit as st

from queries.contract import Column
from ringvirkning.finding import Finding
from ringvirkning.intake.changes import Edit
from ringvirkning.intake.checks.report import Group
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.entries import (
    Entry,
    changed_meanwhile,
    sheets_of,
    withdrawn_in,
)
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.publishing import confirming
from ringvirkning.intake.sheets.vocabulary import codes_kind, table_named
from ringvirkning.intake.words.changes import cell_as_read, edit_words, title_words
from ringvirkning.server import published
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.changes import draw_changes
from ringvirkning.ui.editor.drafts import drop_drafts, typed_files, wrong_words
from ringvirkning.ui.editor.findings import draw_findings
from ringvirkning.ui.editor.form_fields import column_label
from ringvirkning.ui.editor.questions import draw_questions
from ringvirkning.ui.editor.row_withdrawal import draw_resting
from ringvirkning.ui.editor.seen_files import SeenFiles, look_at_typed, typed_in
from ringvirkning.ui.editor.upload import asked_about, draw_refused, publish_upload

PLACE_OF_ENTRIES = "entries"
STILL_NAMED = "still_named"


@dataclass(frozen=True)
class Found:
    """What was found in what waits: `seen` all of it, `wrong` what must be fixed, by entry and
    column ("" where it is of none), `unlikely` what should be looked at, `others` what is of no
    entry."""

    seen: SeenFiles
    wrong: Mapping[str, Mapping[str, Finding]]
    unlikely: Mapping[str, Mapping[str, Finding]]
    others: Sequence[Group]


def look_at_entries(w: Words, entries: Sequence[Entry]) -> Found | None:
    """None where nothing could be found out, which is said."""
    sheets = sheets_of(entries)
    files = typed_files(w, sheets)
    seen = look_at_typed(w, files, withdrawn_in(entries), PLACE_OF_ENTRIES)
    if seen is None:
        return None
    by_file = {file.name: sheet for file, sheet in zip(files, sheets, strict=True)}
    wrong: dict[str, dict[str, Finding]] = {}
    unlikely: dict[str, dict[str, Finding]] = {}
    others = []
    for group in seen.said.found.groups:
        if group.level == "could_be_better" or group.rule.startswith("ask_"):
            continue
        sheet, is_advice = by_file.get(group.file), group.level == "should_look"
        # What must be confirmed is asked above the button.
        if is_advice and (sheet is None or group.rule in confirming.RULES):
            continue
        if sheet is None and (named := still_named(entries, group)):
            for id, f in named.items():
                wrong.setdefault(id, {})[""] = replace(f, rule=STILL_NAMED)
            continue
        if sheet is None or any(f.row is None for f in group.findings):
            others.append(group)
            continue
        told = unlikely if is_advice else wrong
        for f in group.findings:
            told.setdefault(sheet.ids[(f.row or 0) - 2], {}).setdefault(f.column or "", f)
    return Found(seen, wrong, unlikely, others)


def still_named(entries: Sequence[Entry], group: Group) -> dict[str, Finding]:
    """Which rows that go are named by others that stay, by the entry; nothing where a finding is of
    something else."""
    gone = {
        entry.row.get(key_of(table_named(entry.table)) or ""): entry.id
        for entry in entries
        if entry.is_withdrawn
    }
    if group.rule != "unknown_reference" or any(f.found not in gone for f in group.findings):
        return {}
    return {gone[f.found]: f for f in group.findings}


def draw_waiting_entries(w: Words, folder: Path | None, entries: Sequence[Entry]) -> None:
    """Each to be opened or dropped; and, where all of it is right, the way to publish it."""
    if not entries:
        st.markdown(w("enter.nothing_waits"))
        return
    found = look_at_entries(w, entries)
    tell_what_others_did(w, entries)
    for entry in entries:
        draw_entry(w, folder, entry, found)
    if found is None:
        return
    said = found.seen.said
    with typed_in(w, PLACE_OF_ENTRIES):
        if asked := asked_about(said.reads):
            draw_questions(
                w, asked, key="entries-questions", title=w("upload.questions", n=len(asked))
            )
        if found.others:
            draw_findings(w, found.others, said.found.excerpts, key="entries-found")
        if said.whole:
            st.header(w("enter.together"), anchor=False)
            draw_changes(w, said.changes, key="entries-changes")
            done = partial(drop_drafts, w, entries)
            publish_upload(w, found.seen, said.found.groups, [], note_of(w, entries), done)
        elif found.wrong:
            st.info(w("enter.fix_first", n=len(found.wrong)))
        draw_refused(w)


def draw_entry(w: Words, folder: Path | None, entry: Entry, found: Found | None) -> None:
    """What it says, what is wrong with it or unlikely, and what can be done with it."""
    wrong = found.wrong.get(entry.id, {}) if found else {}
    unlikely = found.unlikely.get(entry.id, {}) if found else {}
    kind = "withdrawn" if entry.is_withdrawn else "changed" if entry.was else "new"
    with st.container(border=True, key=f"entry-{entry.id}"):
        named = offers.named_title(folder, table_named(entry.table), entry.title)
        called = sentences.capital(title_words(w, entry.table, named))
        title = markdown_text(called) or w(f"sheet.{entry.table}")
        head = sentences.quiet_line([w(f"sheet.{entry.table}"), w(f"enter.kind.{kind}")])
        st.markdown(f"**{title}**  \n{head}")
        if said := [*words_of_entry(w, folder, entry)]:
            st.markdown(markdown_text("; ".join(said)))
        for name, finding in wrong.items():
            if finding.rule == STILL_NAMED:
                draw_resting(w, folder, table_named(entry.table), entry.row, is_alone=True)
                continue
            st.markdown(f":red[{markdown_text(words_in_field(w, name, finding))}]")
        for name, finding in unlikely.items():
            told = markdown_text(words_in_field(w, name, finding))
            st.markdown(f"**{w('report.level.should_look')}** · {told}")
        for line in meanwhile_words(w, folder, entry):
            st.warning(markdown_text(line))
        with st.container(horizontal=True):
            st.button(
                w("enter.open"),
                key=f"open-{entry.id}",
                on_click=state.change,
                kwargs={"entry": entry.id},
            )
            st.button(
                w("enter.drop"), key=f"drop-{entry.id}", on_click=drop_drafts, args=(w, [entry])
            )


def words_in_field(w: Words, column: str, finding: Finding) -> str:
    """What was found in a column of what was typed, or in none."""
    place = [column_label(w, column)] if column else []
    return ": ".join([*place, sentences.capital(wrong_words(w, finding))])


def words_of_entry(w: Words, folder: Path | None, entry: Entry) -> Iterator[str]:
    """What it says of its row; of one that goes why."""
    if entry.is_withdrawn:
        yield entry.why
        return
    for column in table_named(entry.table).columns:
        name = column.name
        if name in entry.row and (name in entry.was or not (entry.was or column.is_key)):
            text, kind = entry.row[name], codes_kind(column)
            if entry.was:
                was, now = (named_ids(folder, column, one) for one in (entry.was[name], text))
                yield edit_words(w, Edit(name, kind, was, now))
            else:
                said = cell_as_read(w, name, kind, named_ids(folder, column, text))
                yield f"{column_label(w, name)}: {said}"


def named_ids(folder: Path | None, column: Column, text: str) -> str:
    """What stands in a cell, with names for ids; what waits has its name already."""
    names = offers.names_of_rows(folder, column.refers_to) if folder and column.refers_to else {}
    each = text.split("|") if column.is_list else [text]
    return "|".join(names[one][0] if one in names else one for one in each)


def meanwhile_words(w: Words, folder: Path | None, entry: Entry) -> Iterator[str]:
    """What somebody else has changed in the same fields since it was written."""
    table = table_named(entry.table)
    if not entry.was or folder is None:
        return
    for name, was, now in changed_meanwhile(entry, offers.published_row(folder, table, entry.row)):
        yield w("enter.meanwhile", column=w(f"column.{name}"), was=was or "–", now=now or "–")


def tell_what_others_did(w: Words, entries: Sequence[Entry]) -> None:
    """What was published since the first of them was written, and which versions were undone."""
    first = min(entries, key=lambda entry: entry.at)
    lines = published.watch().published
    # To the second: what was current then tells apart what came in the same one.
    before = [n for n, line in enumerate(lines) if line.current_at <= first.at]
    upon = [n for n in before if lines[n].name == first.version] or before
    for line in lines[max(upon, default=-1) + 1 :]:
        how = w(f"publication.way.{line.way}")
        said = sentences.quiet_line([how, line.who or "", line.note or ""])
        when = w.moment(line.current_at)
        st.info(markdown_text(w("enter.published_since", when=when, what=said)))


def note_of(w: Words, entries: Sequence[Entry]) -> str:
    """For the history: how many, and why rows were withdrawn."""
    why = dict.fromkeys(entry.why for entry in entries if entry.is_withdrawn)
    return " · ".join([w("enter.note", n=len(entries)), *why])
