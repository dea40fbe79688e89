"""The addresses of forms, and links that lead to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ringvirkning.figures.view import View
from ringvirkning.intake.forms.entries import can_be_typed
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.ui import state
from ringvirkning.ui.editor.in_force import may_answer

ASK, WITHDRAW, MANY = "ask", "withdraw", "many"  # in an address, beside what is known by its column


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
