"""A form for a row of any table, made from the contract; what it says is kept, and waits to be
published with what else was typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from queries.contract import Column, Table
from ringvirkning.figures.view import View, forgetting
from ringvirkning.finding import Finding
from ringvirkning.intake import former, offers
from ringvirkning.intake.entries import (
    AsContract,
    Entry,
    can_be_typed,
    fields_of,
    is_asked_first,
    personal_in_row,
    row_title,
    understood,
)
from ringvirkning.intake.guard import personal_in
from ringvirkning.intake.naming import IDENTITY, TITLE, key_of
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.personal import personal
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.cells import Field
from ringvirkning.intake.sheets.vocabulary import table_named
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
    wrong_words,
)
from ringvirkning.ui.editor.grid import draw_grid
from ringvirkning.ui.editor.in_force import may_answer
from ringvirkning.ui.editor.upload import published_files
from ringvirkning.ui.editor.waiting import draw_waiting_entries, look_at_entries
from ringvirkning.ui.headline import draw_title

forgetting.append(offers.forget_offers)
ASK, WITHDRAW, MANY = "ask", "withdraw", "many"  # in an address, beside what is known by its column
# Written at length.
LONG = ("note", "quote", "purpose", "achieved", "next_step", "description", "target_group")
LONGEST_TYPED = 2000  # letters
MOST_LINKED = 50  # rows of one row that are linked to
# What is offered as it was said last.
ABOUT_ALL = ("evidence", "source", "source_date")  # what is the same for rows of any kind
OFFERED_AGAIN = ("association", "programme", "activity_type", *ABOUT_ALL)


@dataclass(frozen=True)
class Opened:
    """What a form is opened for: a row of a table of which this is known, and the columns that are
    `asked`, all where none is named; or to withdraw that row; or for many rows at once."""

    table: str
    known: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    is_to_withdraw: bool = False
    is_of_many: bool = False

    def as_text(self) -> str:
        """As the address has it."""
        more = [(ASK, name) for name in self.asked] + [(WITHDRAW, "1")] * self.is_to_withdraw
        more += [(MANY, "1")] * self.is_of_many
        said = urlencode([*self.known.items(), *more])
        return f"{self.table}?{said}" if said else self.table


def opened_by(text: str) -> Opened | None:
    """What an address opens; None for what has no form."""
    name, _, query = text.partition("?")
    table = next((one for one in can_be_typed() if one.name == name), None)
    if table is None:
        return None
    said = parse_qsl(query, keep_blank_values=True)
    names = [column.name for column in table.columns]
    known = {key: value for key, value in said if key in names}
    asked = tuple(value for key, value in said if key == ASK and value in names)
    switches = (any(key == one for key, _ in said) for one in (WITHDRAW, MANY))
    return Opened(name, known, asked, *switches)


def link_to_form(
    label: str,
    table: str,
    known: Mapping[str, str] | None = None,
    asked: Sequence[str] = (),
    *,
    is_to_withdraw: bool = False,
    is_of_many: bool = False,
) -> None:
    """Draw a link to the form for a row of a table, new or, by its id among what is known, one that
    is published. The label is Markdown."""
    opened = Opened(table, known or {}, tuple(asked), is_to_withdraw, is_of_many)
    state.link_to("data", label, state.at_page("data", entry=opened.as_text()))


def link_to_forms_of(shown: View, table: str, id: str, more: Mapping[str, str]) -> None:
    """To an editor: correct or withdraw what a page tells of, and add to it; `more` are tables
    whose rows may be of it, each with the column that says so."""
    if not may_answer(shown):
        return
    w, key = shown.words, key_of(table_named(table)) or ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"forms-of-{table}"):
        link_to_form(w("enter.correct_it"), table, {key: id})
        with st.popover(w("enter.add"), type="tertiary"):
            for other, column in more.items():
                link_to_form(w(f"enter.new.{other}"), other, {column: id})
        link_to_form(w("enter.withdraw_it"), table, {key: id}, is_to_withdraw=True)


@dataclass(frozen=True)
class ToForm:
    """The form that a row of a list leads to: as an address has it, and what the link says."""

    entry: str
    label: str


def forms_to_correct(shown: View, table: str, ids: Sequence[str]) -> list[ToForm]:
    """To an editor the forms to correct these rows of a table; to others none."""
    if not may_answer(shown):
        return []
    key, said = key_of(table_named(table)) or "", shown.words("enter.correct_it")
    return [ToForm(Opened(table, {key: id}).as_text(), said) for id in ids]


@dataclass
class Typing:
    """What is typed in an open form, by column: `values` where something was changed, as it was
    sent, `start` what stood there when it was opened, in the contract's text. Of others' changes
    since those were `told` that who types has seen; `wrong` is what was wrong at last; what was
    `refused` and let go at once is told before anything is kept. `kept` is the draft that it has
    become. A new `turn` is another form; it was `drawn` last in that run of the visit."""

    turn: int = 0
    drawn: int = -1
    opened: Opened | None = None
    start: Mapping[str, str] | None = None
    values: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Finding] = field(default_factory=dict)
    refused: dict[str, Finding] = field(default_factory=dict)
    told: Sequence[str] = ()
    kept: str = ""
    was_there: tuple[bool, bool] = (False, False)  # the published row, the draft

    def begin_anew(self) -> None:
        self.start, self.values, self.wrong = None, {}, {}


@dataclass
class OpenForms:
    """The forms of this session, by what the address says: one that is left, by the browser's back
    or the menu, still has what was typed in it when it is opened again."""

    turns: int = 0
    typings: dict[str, Typing] = field(default_factory=dict)


@dataclass
class SaidLast:
    """What was said last in this session, by column."""

    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """What a form of a table is drawn with."""

    table: str
    w: Words
    folder: Path | None
    fields: Mapping[str, tuple[Column, Field]]
    entries: Sequence[Entry]


def draw_adding(w: Words) -> None:
    """What can be typed, each a link to its form, and what waits."""
    st.header(w("enter.title"), anchor=False)
    st.markdown(w("enter.what"))
    link_to_waiting(w)
    for grid in own_grids():
        said = w("grid.waits", table=w(f"sheet.{grid.table}"))
        link_to_form(said, grid.table, is_of_many=True)
    with st.container(horizontal=True, key="open-forms"):
        for table in can_be_typed():
            link_to_form(w(f"enter.new.{table.name}"), table.name)


def stop_at_form(shown: View) -> None:
    """When the address opens a form, or what waits, the page is that."""
    form = state.current().entry
    if not form:
        return
    folder = published_files(shown.words)
    w = with_names(shown.words, former.listed_in(folder))
    st.button(
        w("enter.back"),
        on_click=state.change,
        kwargs={"entry": None},
        icon=":material/arrow_back:",
        type="tertiary",
    )
    # What is typed is of what is published last, whichever version is shown.
    if access.may("publish") and not shown.is_protected:
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
        draw_waiting_entries(w, folder, entries)
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
    title = row_title(table, before)
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
                    id_column = key_of(other)
                    names = (id_column,) if id_column else IDENTITY[other.name]
                    known = {name: row.get(name, "") for name in names}
                    link_to_form(markdown_text(own_row_words(desk, other, row)), other.name, known)


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
    names = access.associations() or state.current().selection.association
    names = names or (offers.texts_in_column(desk.folder, ASSOCIATION) if desk.folder else ())
    own = {ASSOCIATION: names[0]} if len(names) == 1 else {}
    said = state.memory(SaidLast).values | own
    asked = [n for n in first if desk.fields[n][0].required or not opened.known or n in ABOUT_ALL]
    return {name: said[name] for name in asked if name in said}


def parts_of(desk: Desk, table: Table, opened: Opened) -> tuple[list[str], list[str]]:
    """The columns that are asked first, those that must be there before the others, and the rest:
    in it what is known."""
    named = [
        name
        for name, (column, of) in desk.fields.items()
        if is_asked_first(table, column, of) and name not in opened.known
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


def shown_value(desk: Desk, name: str, text: str) -> str:
    options = offered_in(desk, *desk.fields[name]) or {}
    return options.get(text, text)


def organisations_of(desk: Desk) -> tuple[str, ...]:
    return offers.organisations_known(desk.folder) if desk.folder else ()


def offered_in(desk: Desk, column: Column, of: Field) -> dict[str, str] | None:
    """What can be chosen in a column, by what is written; None where it is written freely."""
    w = desk.w
    if of.kind == "code":
        kind = "adds" if of.code_kind == "adding" else of.code_kind
        return {code: sentences.capital(w.code(kind, code)) for code in of.codes}
    if column.refers_to:
        there = offers.names_of_rows(desk.folder, column.refers_to) if desk.folder else {}
        names = {id: f"{name} ({w.day(day)})" if day else name for id, (name, day) in there.items()}
        new = (one for one in desk.entries if one.table == column.refers_to and not one.was)
        titles = [one.row.get(TITLE[one.table], "") for one in new if not one.is_withdrawn]
        return names | {title: w("enter.not_yet", name=title) for title in titles if title}
    if column.name in (ASSOCIATION, "programme"):
        own = access.associations() if column.name == ASSOCIATION else ()
        names_there = offers.texts_in_column(desk.folder, column.name) if desk.folder else ()
        return {name: name for name in own or names_there}
    return None


def draw_fields(
    desk: Desk, names: Sequence[str], typing: Typing, fixed: Sequence[str]
) -> dict[str, str]:
    """The fields of these columns, two beside each other; what stands in each of them."""
    short = [name for name in names if name not in LONG]
    typed = {}
    for at in range(0, len(short), 2):
        for name, place in zip(short[at : at + 2], st.columns(2), strict=False):
            with place:
                typed[name] = draw_field(desk, name, typing, name in fixed)
    for name in names:
        if name in LONG:
            typed[name] = draw_field(desk, name, typing, name in fixed)
    return typed


def draw_field(desk: Desk, name: str, typing: Typing, is_fixed: bool) -> str:
    """A field of one column, what is wrong in it said in its label, where screen readers find it;
    what stands in it."""
    w, (column, of) = desk.w, desk.fields[name]
    options = offered_in(desk, column, of)
    label = column_label(w, name) + (" \\*" if column.required else "")
    if finding := typing.wrong.get(name):
        label = f"{label} :red[– {markdown_text(wrong_words(w, finding))}]"
    key, about = f"enter-{typing.turn}-{name}", w(f"column_note.{name}")
    value = typing.values.get(name, start_of(desk, name, typing))
    keep = partial(keep_typed, desk, name, typing)
    if options is None:
        held = state.holding(key, value, keep)
        hint = w(f"enter.hint.{of.kind}") if of.kind in HINTED else ""
        if name in LONG:
            kept = st.text_area(
                label, max_chars=LONGEST_TYPED, help=about, disabled=is_fixed, **held
            )
        else:
            kept = st.text_input(
                label,
                max_chars=LONGEST_TYPED,
                help=about,
                placeholder=hint,
                disabled=is_fixed,
                **held,
            )
        return kept or ""
    if column.is_list:
        chosen_now = [one for one in value.split("|") if one]
        every = {one: one for one in chosen_now} | options
        picked = st.multiselect(
            label,
            [*every],
            format_func=every.__getitem__,
            help=about,
            **state.holding(key, chosen_now, lambda now: keep("|".join(now))),
        )
        return "|".join(picked)
    every = ({value: value} if value else {}) | options
    is_open = of.kind == "name" and not (name == ASSOCIATION and access.associations())
    one = st.selectbox(
        label,
        [*every],
        index=None,
        format_func=lambda one: every.get(one, one),
        help=about,
        disabled=is_fixed,
        accept_new_options=is_open,
        **state.holding(key, value or None, lambda now: keep(now or "")),
    )
    return one or ""


def start_of(desk: Desk, name: str, typing: Typing) -> str:
    """What stood in a field when its form was opened."""
    column, of = desk.fields[name]
    text = (typing.start or {}).get(name, "")
    return as_typed(desk.w, of, text) if offered_in(desk, column, of) is None else text


def keep_typed(desk: Desk, name: str, typing: Typing, text: str) -> None:
    """Remember what was changed in a field, unless it must not be kept."""
    typing.values.pop(name, None)
    typing.wrong.pop(name, None)
    column, _ = desk.fields[name]
    table = table_named(desk.table)
    if found := personal_in(table, column, text, organisations_of(desk)):
        typing.wrong[name] = typing.refused[name] = found
    elif text != start_of(desk, name, typing):
        typing.values[name] = text


def column_label(w: Words, name: str) -> str:
    """What a column is called; one with an id by what is chosen in it."""
    return w(f"enter.label.{name}" if name in CHOSEN_BY_NAME else f"column.{name}")


CHOSEN_BY_NAME = ("activity_id", "partner_id", "partnership_id")
HINTED = ("date", "period", "age_group", "list")


def as_typed(w: Words, of: Field, text: str) -> str:
    """The contract's text as one writes it in the page's language."""
    if not text:
        return ""
    if of.kind == "date":
        return w.day(text)
    if of.kind == "number" and w.language == "nb":
        return text.replace(".", ",")
    return "; ".join(text.split("|")) if of.kind == "list" else text


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
    typing.wrong = wrong
    if wrong:
        st.rerun()
    changed = {n: t for n, t in row.items() if t != before.get(n, "")}
    if before and not changed:
        st.info(desk.w("enter.unchanged"))
        return
    entry = entry_of(table, before, draft, row, changed)
    if keep_drafts(desk.w, [entry]):
        last = state.memory(SaidLast).values
        last |= {n: row[n] for n in OFFERED_AGAIN if row.get(n)}
        forms = state.memory(OpenForms).typings
        forms.pop(state.current().entry or "", None)
        typing.kept, typing.opened = entry.id, typing.opened or Opened(table.name)
        typing.start, typing.was_there = {**now, **row}, (bool(before), True)
        forms[entry.id] = typing
        state.change(entry=entry.id)
        st.rerun()


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
    names = (key_of(table),) if key_of(table) else IDENTITY[table.name]
    known = {name: before.get(name, "") for name in names if name}
    was = {name: before.get(name, "") for name in changed}
    return Entry(id, table.name, known | dict(changed), at, title=row_title(table, before), was=was)


def ask_why(
    w: Words, folder: Path | None, table: Table, known: Record, draft: Entry | None
) -> None:
    """A row that goes, and those that are of it alone, with the reason."""
    row = offers.published_row(folder, table, known) if folder else {}
    if not row or folder is None:
        draw_title(w, w("enter.waiting"), "data")
        st.info(w("enter.gone"))
        return
    title = row_title(table, row)
    draw_title(w, w("enter.withdraw", name=title), "data")
    key = key_of(table)
    more = [*offers.rows_that_name(folder, table, row[key])] if key else []
    if more:
        st.markdown(w("enter.withdraw_more", n=len(more)))
    with st.form("enter-why"):
        why = st.text_area(w("enter.why"), draft.why if draft else "", max_chars=200)
        pressed = st.form_submit_button(w("enter.withdraw_keep"), type="primary")
    st.caption(w("enter.then"))
    if not pressed:
        return
    if kind := personal(why):
        st.error(w(f"publication.personal.{kind}", field=w("enter.why")))
    elif not why.strip():
        st.error(w("enter.no_why"))
    elif keep_drafts(w, [*entries_withdrawn(table, row, more, why, draft)]):
        state.change(entry=WAITING)
        st.rerun()


def entries_withdrawn(
    table: Table,
    row: Record,
    more: Sequence[tuple[Table, Record]],
    why: str,
    draft: Entry | None,
) -> Iterator[Entry]:
    for of, one in [(table, row), *more]:
        id = draft.id if draft and of == table else new_number()
        names = (key_of(of),) if key_of(of) else IDENTITY[of.name]
        known = {name: one.get(name, "") for name in names if name}
        yield Entry(
            id, of.name, known, title=row_title(of, one), is_withdrawn=True, why=why.strip()
        )
