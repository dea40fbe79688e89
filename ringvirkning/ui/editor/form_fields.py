"""The fields of a form: what stands in each, what may be chosen, what is kept of what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import streamlit as st

from queries.contract import Column
from ringvirkning.finding import Finding
from ringvirkning.intake.checks.guard import personal_in
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.entries import Entry
from ringvirkning.intake.naming import TITLE
from ringvirkning.intake.ownership import ASSOCIATION
from ringvirkning.intake.sheets.cells import Field
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.server import access
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.drafts import wrong_words
from ringvirkning.ui.editor.form_links import Opened

# Written at length.
LONG = ("note", "quote", "purpose", "achieved", "next_step", "description", "target_group")
LONGEST_TYPED = 2000  # letters
CHOSEN_BY_NAME = ("activity_id", "partner_id", "partnership_id")
HINTED = ("date", "period", "age_group", "list")


@dataclass
class Typing:
    """What is typed in an open form, by column: `values` where something was changed, as it was
    sent, `start` what stood there when it was opened, in the contract's text. Of others' changes
    since those were `told` that who types has seen; `wrong` is what was wrong at last; what was
    `refused` and let go at once is told before anything is kept. `kept` is the draft that it has
    become. A new `turn` is another form; it was `drawn` last in that run of the visit. Where it
    `seeks`, the keyboard is yet to come to what is wrong."""

    turn: int = 0
    drawn: int = -1
    opened: Opened | None = None
    start: Mapping[str, str] | None = None
    values: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Finding] = field(default_factory=dict)
    refused: dict[str, Finding] = field(default_factory=dict)
    told: Sequence[str] = ()
    kept: str = ""
    seeks: bool = False
    was_there: tuple[bool, bool] = (False, False)  # the published row, the draft

    def key_of_field(self, name: str) -> str:
        return f"enter-{self.turn}-{name}"

    def begin_anew(self) -> None:
        self.start, self.values, self.wrong = None, {}, {}


@dataclass(frozen=True)
class Desk:
    """What a form of a table is drawn with."""

    table: str
    w: Words
    folder: Path | None
    fields: Mapping[str, tuple[Column, Field]]
    entries: Sequence[Entry]


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
        return {name: name for name in own or names_said(desk, column.name)} or None
    return None


def names_said(desk: Desk, column: str) -> list[str]:
    """What is written in a column of this name in any table, published or waiting."""
    there = offers.texts_in_column(desk.folder, column) if desk.folder else ()
    waiting = (one.row.get(column, "") for one in desk.entries if not one.is_withdrawn)
    return sorted({*there, *waiting} - {""})


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
    key, about = typing.key_of_field(name), w(f"column_note.{name}")
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
            format_func=lambda one: every.get(one, one),
            help=about,
            # A partner that nobody knows yet: of which type is asked before it is published.
            accept_new_options=column.refers_to == "partners",
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


def as_typed(w: Words, of: Field, text: str) -> str:
    """The contract's text as one writes it in the page's language."""
    if not text:
        return ""
    if of.kind == "date":
        return w.day(text)
    if of.kind == "number" and w.language == "nb":
        return text.replace(".", ",")
    return "; ".join(text.split("|")) if of.kind == "list" else text
