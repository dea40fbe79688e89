"""A form for a row of any table, made from the contract; what it says is kept, and waits to be
published with what else was typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st

from queries.contract import Column, Table
from ringvirkning.figures.view import forgetting
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.entries import (
    AsContract,
    Entry,
    can_be_typed,
    fields_of,
    is_asked_first,
    personal_in_row,
    row_title,
    understood,
)
from ringvirkning.intake.naming import IDENTITY, TITLE, key_of
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.intake.words.changes import title_words
from ringvirkning.intake.words.names import with_names
from ringvirkning.server import access
from ringvirkning.store.numbered import KEPT_ID, new_number
from ringvirkning.texts import Words, clock, rule_words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.drafts import (
    WAITING,
    keep_drafts,
    link_to_waiting,
    own_entries,
    own_grids,
)
from ringvirkning.ui.editor.form_fields import (
    Desk,
    Typing,
    column_label,
    draw_fields,
    names_said,
    offered_in,
    organisations_of,
    shown_value,
)
from ringvirkning.ui.editor.form_links import Opened, link_to_form, opened_by
from ringvirkning.ui.editor.grid import draw_grid
from ringvirkning.ui.editor.row_withdrawal import ask_why, known_of
from ringvirkning.ui.editor.seen_files import published_files
from ringvirkning.ui.editor.waiting import draw_waiting_entries, look_at_entries
from ringvirkning.ui.headline import draw_title

forgetting.append(offers.forget_offers)
MOST_LINKED = 50  # rows of one row that are linked to
# What is offered as it was said last.
ABOUT_ALL = ("evidence", "source", "source_date")  # what is the same for rows of any kind
AN_EXAMPLE = "illustrative"
# What activities that are held again and again have in common, and what is asked of each.
SAME_IN_SERIES = (
    "association", "partnership_ids", "partner_ids", "programme", "activity_type", "title",
    "municipality", "evidence",
)  # fmt: skip
ASKED_IN_SERIES = (
    "start_date",
    "end_date",
    "registered_count",
    "attended_count",
    "source",
    "source_date",
)
OFFERED_AGAIN = ("association", "programme", "activity_type", *ABOUT_ALL)


@dataclass
class OpenForms:
    """The forms of this session, by what the address says: one that is left, by the browser's back
    or the menu, still has what was typed in it when it is opened again."""

    turns: int = 0
    typings: dict[str, Typing] = field(default_factory=dict)


@dataclass
class SaidLast:
    """What was said last in this session, by column, and the form for one more of the last row."""

    values: dict[str, str] = field(default_factory=dict)
    one_more: Opened | None = None


def draw_adding(w: Words) -> None:
    """What can be typed, each a link to its form, and what waits."""
    st.header(w("enter.title"), anchor=False)
    st.markdown(w("enter.what"))
    link_to_waiting(w)
    for grid in own_grids():
        said = w("grid.waits", table=w(f"sheet.{grid.table}"))
        link_to_form(said, grid.table, is_of_many=True)
    link_to_forms(w)


def link_to_forms(w: Words) -> None:
    with st.container(horizontal=True, key="open-forms"):
        for table in can_be_typed():
            link_to_form(w(f"enter.new.{table.name}"), table.name)


def stop_at_form(w: Words, is_protected: bool = False) -> None:
    """When the address opens a form, or what waits, the page is that; where the edition that is
    shown is protected nothing is typed."""
    form = state.current().entry
    if not form:
        return
    folder = published_files(w)
    w = with_names(w, former.listed_in(folder))
    st.button(
        w("enter.back"),
        on_click=state.change,
        kwargs={"entry": None},
        icon=":material/arrow_back:",
        type="tertiary",
    )
    # What is typed is of what is published last, whichever version is shown.
    if access.may("publish") and not is_protected:
        draw_opened(w, folder, form)
    else:
        draw_title(w, w("enter.waiting"), "data")
        st.warning(w("enter.no_role"))
        tell_what_stood_there(w, form)
    st.stop()


def tell_what_stood_there(w: Words, form: str) -> None:
    """To whom a role was taken away what they have typed in this form themselves."""
    typing = state.memory(OpenForms).typings.get(form)
    if typing and typing.values:
        said = (f"- {column_label(w, name)}: {text}" for name, text in typing.values.items())
        st.markdown(w("enter.stood_there"))
        st.markdown(markdown_text("\n".join(said)))


def draw_opened(w: Words, folder: Path | None, form: str) -> None:
    entries = own_entries()
    draft = next((one for one in entries if one.id == form), None)
    typing = typing_in(form)
    opened = typing.opened or opened_by(form)
    if draft and not opened:
        opened = Opened(draft.table)
    if opened is None:
        if form != WAITING:
            st.info(w("enter.gone" if KEPT_ID.fullmatch(form) else "enter.no_form"))
        draw_title(w, w("enter.waiting"), "data")
        if entries:
            st.markdown(w("enter.waits_what"))
            if any(not entry.is_withdrawn for entry in entries):
                link_to_one_more(w, folder, entries)
        draw_waiting_entries(w, folder, entries)
        st.header(w("enter.one_more"), anchor=False)
        link_to_forms(w)
        return
    table = table_named(opened.table)
    if opened.is_of_many:
        draw_title(w, w("enter.many", table=w(f"sheet.{table.name}")), "data")
        draw_grid(w, folder, table)
        return
    if opened.is_to_withdraw or (draft and draft.is_withdrawn):
        ask_why(w, folder, table, draft.row if draft else opened.known, draft)
        return
    typing.opened = opened
    if draft:
        found = look_at_entries(w, entries)
        typing.wrong |= found.wrong.get(draft.id, {}) if found else {}
        if typing.kept == draft.id:
            typing.kept = ""
            if found and not typing.wrong:
                del state.memory(OpenForms).typings[form]
                state.change(entry=WAITING)
                st.rerun()
            typing.seeks = True
    desk = Desk(table.name, w, folder, fields_of(table, former.listed_in(folder)), entries)
    draw_form(desk, table, opened, draft, typing)


def typing_in(form: str) -> Typing:
    """What is being typed in a form."""
    forms = state.memory(OpenForms)
    typing, now = forms.typings.setdefault(form, Typing()), state.run_number()
    # After a run that ended before its end, the framework takes widgets that come back for those
    # that the browser still has, which shows them empty.
    if typing.drawn < now - 1:
        forms.turns += 1
        typing.turn = forms.turns
    typing.drawn = now
    return typing


def draw_form(
    desk: Desk, table: Table, opened: Opened, draft: Entry | None, typing: Typing
) -> None:
    """The fields in two parts: what is asked first, and the rest in a fold."""
    w = desk.w
    was_draft = typing.start if typing.start and typing.was_there[1] else {}
    is_known = dict(opened.known) | dict(draft.row if draft else was_draft)
    before = row_before(desk, table, is_known)
    name = w(f"sheet.{table.name}")
    named = offers.named_title(desk.folder, table, row_title(table, before))
    title = title_words(w, table.name, named)
    draw_title(w, w("enter.correct", name=title) if title else w(f"enter.new.{table.name}"), "data")
    if opened.known:
        st.markdown(markdown_text(known_words(desk, opened.known, before)))
    fixed = IDENTITY[table.name] if before and not key_of(table) else ()
    first, rest = parts_of(desk, table, opened)
    now = dict(before) | is_known
    if typing.start is None:
        typing.start = now if before or draft else defaults(desk, opened, first) | now
        typing.was_there = bool(before), bool(draft)
    with st.container(border=True, key="entry-form"):
        typed = draw_fields(desk, first, typing, fixed)
        is_open = not {*rest}.isdisjoint(typing.wrong.keys() | typing.values.keys())
        with st.expander(w("enter.more"), expanded=is_open):
            typed |= draw_fields(desk, rest, typing, fixed)
        st.caption(w("enter.required"))
        with st.container(horizontal=True):
            pressed = st.button(w("enter.keep"), key=f"keep-{typing.turn}", type="primary")
            if typing.values:
                st.button(w("enter.empty"), key=f"empty-{typing.turn}", on_click=typing.begin_anew)
    if typing.seeks:
        typing.seeks = False
        if wrong := next((name for name in typed if name in typing.wrong), None):
            state.go_to_wrong_field(typing.key_of_field(wrong))
    if others := [f for n, f in typing.wrong.items() if n not in (*first, *rest)]:
        st.error("  \n".join(markdown_text(rule_words(w, finding)) for finding in others))
    news = [*news_words(desk, typing, bool(before), draft, now)]
    for line in news:
        st.warning(markdown_text(line))
    st.caption(w("enter.then"))
    if before:
        link_to_own_rows(desk, table, before)
    elif not opened.known:
        with st.container(key="forms-of-many"):
            link_to_form(w("enter.many", table=name), table.name, is_of_many=True)
    # What others did meanwhile is seen before something is kept upon it.
    if pressed and news != [*typing.told]:
        typing.told = news
    elif pressed:
        is_gone = typing.was_there != (bool(before), bool(draft))
        upon = typing.start if is_gone or not (before or draft) else now
        take_typed(desk, table, before, draft, upon, typed, typing)


def news_words(
    desk: Desk, typing: Typing, is_published: bool, draft: Entry | None, now: Record
) -> Iterator[str]:
    """What became of the row since its form was opened: by somebody else, in another tab, or
    because a version was undone."""
    w, start = desk.w, typing.start or {}
    was_published, was_draft = typing.was_there
    if was_draft and not draft:
        yield w("enter.draft_gone")
    elif was_published and not is_published:
        yield w("enter.row_gone")
    elif was_published or was_draft:
        for name in desk.fields:
            was, text = (shown_value(desk, name, row.get(name, "")) for row in (start, now))
            if was != text:
                column = column_label(w, name)
                yield w("enter.meanwhile", column=column, was=was or "–", now=text or "–")


def link_to_own_rows(desk: Desk, table: Table, before: Record) -> None:
    """The rows that are of this one alone, each to be corrected, and the way to withdraw it."""
    w, key = desk.w, key_of(table)
    own = [*offers.rows_that_name(desk.folder, table, before[key])] if key and desk.folder else []
    with st.container(key="forms-of-row"):
        if key:
            link_to_form(
                w("enter.withdraw_it"), table.name, {key: before[key]}, is_to_withdraw=True
            )
        fold = st.expander(w("enter.own_rows", n=len(own)), on_change="rerun") if own else None
        if fold and fold.open:
            with fold:
                for other, row in own[:MOST_LINKED]:
                    said = markdown_text(own_row_words(desk, other, row))
                    link_to_form(said, other.name, known_of(other, row))


def own_row_words(desk: Desk, table: Table, row: Record) -> str:
    """What a row is called and says, where it stands below what it is of."""
    fields = fields_of(table, former.listed_in(desk.folder))
    there = replace(desk, table=table.name, fields=fields)
    told = (*IDENTITY[table.name], "value")
    said = [shown_value(there, n, row[n]) for n in told if n in fields and row.get(n)]
    return sentences.quiet_line([desk.w(f"sheet.{table.name}"), *said])


def row_before(desk: Desk, table: Table, known: Record) -> Record:
    """The published row that a form is about; empty where it is of a new one."""
    key = key_of(table)
    is_there = key in known if key else set(IDENTITY[table.name]) <= set(known)
    return offers.published_row(desk.folder, table, known) if is_there and desk.folder else {}


def defaults(desk: Desk, opened: Opened, first: Sequence[str]) -> dict[str, str]:
    """What is offered in a new row where one sees it: one's own association, and what was said
    last. A row of another one has that one's association and programme, unless it needs its own."""
    chosen = access.associations() or state.current().selection.association
    names = chosen or names_said(desk, ASSOCIATION)
    own = {ASSOCIATION: names[0]} if len(names) == 1 else {}
    said = the_real(desk) | state.memory(SaidLast).values | own
    asked = [n for n in first if desk.fields[n][0].required or not opened.known or n in ABOUT_ALL]
    return {name: said[name] for name in asked if name in said}


def the_real(desk: Desk) -> dict[str, str]:
    """What is said of a row that is no example, where that is one word alone: of targets."""
    asked = {name: of.codes for name, (_, of) in desk.fields.items() if AN_EXAMPLE in of.codes}
    left = {name: [one for one in codes if one != AN_EXAMPLE] for name, codes in asked.items()}
    return {name: codes[0] for name, codes in left.items() if len(codes) == 1}


def parts_of(desk: Desk, table: Table, opened: Opened) -> tuple[list[str], list[str]]:
    """The columns that are asked first, those that must be there before the others, and the rest:
    in it what is known."""
    named = [
        name
        for name, (column, of) in desk.fields.items()
        if is_asked_first(table, column, of, opened.known) and name not in opened.known
    ]
    first = [*opened.asked] or sorted(named, key=lambda name: not desk.fields[name][0].required)
    return first, [name for name in desk.fields if name not in first]


def known_words(desk: Desk, known: Mapping[str, str], before: Record) -> str:
    """What is known already, by column."""
    said = [
        f"{column_label(desk.w, name)}: {shown_value(desk, name, text)}"
        for name, text in known.items()
        if name in desk.fields and text
    ]
    return sentences.quiet_line(said or [called_day(desk, before)])


def called_day(desk: Desk, row: Record) -> str:
    day = row.get("start_date", "")
    return desk.w.day(day) if day else ""


def take_typed(
    desk: Desk,
    table: Table,
    before: Record,
    draft: Entry | None,
    now: Record,
    typed: Mapping[str, str],
    typing: Typing,
) -> None:
    """What was sent is read and kept, or what is wrong is told beside its field. What was not
    changed is as it is `now`."""
    row, wrong = dict[str, str](), dict(typing.refused)
    typing.refused.clear()
    how_sure = dict[str, str]()
    known = organisations_of(desk)
    for name, text in typed.items():
        column, of = desk.fields[name]
        if name not in typing.values:
            read = chosen(table, column, now.get(name, ""))
        elif offered_in(desk, column, of) is not None and (of.kind == "code" or column.refers_to):
            read = chosen(table, column, text)
        else:
            read = understood(table, column, of, text, desk.w, clock.today(), known)
        row[name] = read.text
        if read.wrong:
            wrong[name] = read.wrong
        elif read.qualifier:
            how_sure[of.qualifier] = read.qualifier
    row |= {name: code for name, code in how_sure.items() if not row.get(name)}
    # Also in what the address says is known.
    wrong |= personal_in_row(table, row, known)
    typing.wrong, typing.seeks = wrong, True
    if wrong:
        st.rerun()
    changed = {n: t for n, t in row.items() if t != before.get(n, "")}
    if before and not changed:
        st.info(desk.w("enter.unchanged"))
        return
    entry = entry_of(table, before, draft, row, changed)
    if keep_drafts(desk.w, [entry]):
        last = state.memory(SaidLast)
        last.values |= {n: row[n] for n in OFFERED_AGAIN if row.get(n)}
        last.one_more = None if before else one_more_of(desk, typing.opened)
        forms = state.memory(OpenForms).typings
        forms.pop(state.current().entry or "", None)
        typing.kept, typing.opened = entry.id, typing.opened or Opened(table.name)
        typing.start, typing.was_there = {**now, **row}, (bool(before), True)
        forms[entry.id] = typing
        state.change(entry=entry.id)
        st.rerun()


def one_more_of(desk: Desk, opened: Opened | None) -> Opened:
    """The form for another row of the same: of the activity or agreement that this one was of."""
    if opened is None or TITLE.get(desk.table) in opened.known:
        return Opened(desk.table)
    known = {n: id for n, id in opened.known.items() if desk.fields[n][0].refers_to}
    asked = opened.asked if len(known) == len(opened.known) else ()
    return Opened(desk.table, known, asked)


def link_to_one_more(w: Words, folder: Path | None, entries: Sequence[Entry]) -> None:
    """The next of the same kind is one press away."""
    typed = (entry for entry in entries if not entry.is_withdrawn)
    last = max(typed, key=lambda entry: entry.at)
    opened = state.memory(SaidLast).one_more or Opened(last.table)
    desk = Desk(opened.table, w, folder, fields_of(table_named(opened.table), {}), ())
    of = [shown_value(desk, name, id) for name, id in opened.known.items()]
    said = ": ".join([w(f"enter.new.{opened.table}"), *filter(None, [", ".join(of)])])
    with st.container(key="one-more"):
        link_to_form(markdown_text(said), opened.table, opened.known, opened.asked)
        if last.table == "activities" and not last.was:
            like = {name: last.row[name] for name in SAME_IN_SERIES if last.row.get(name)}
            said = markdown_text(w("enter.like_it", name=last.title))
            link_to_form(said, last.table, like, ASKED_IN_SERIES)


def chosen(table: Table, column: Column, text: str) -> AsContract:
    """What was chosen from a list."""
    lacks = column.required and not text
    place = Finding("required", table.file, None, column.name)
    return AsContract(text, wrong=place if lacks else None)


def entry_of(
    table: Table, before: Record, draft: Entry | None, row: Record, changed: Record
) -> Entry:
    """A new row with what is filled in, or what changes in one that is there."""
    id, at = (draft.id, draft.at) if draft else (new_number(), "")
    if not before:
        filled = {name: text for name, text in row.items() if text}
        return Entry(id, table.name, filled, at, title=row_title(table, filled))
    known = known_of(table, before)
    was = {name: before.get(name, "") for name in changed}
    return Entry(id, table.name, known | dict(changed), at, title=row_title(table, before), was=was)
