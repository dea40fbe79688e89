"""The filters: the same on every page, kept in the session, and written in the address as codes."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from texts import LANGUAGES, Words
from texts.safe import html_text
from ui.view import Selection

LISTS = ("association", "partner_type", "partnership_type", "programme")
Choices = Mapping[str, Mapping[str, bool]]


def choices(rows: Sequence[Any]) -> Choices:
    """Every choice of every filter, and whether the other filters leave it any data."""
    found: dict[str, dict[str, bool]] = {name: {} for name in LISTS}
    for row in rows:
        found[row.filter][row.code] = row.is_left
    return found


def as_address(state: Mapping[str, Any], span: tuple[int, int]) -> dict[str, list[str]]:
    """The state as address parameters; what is at its default is left out."""
    address = {name: list(state[name]) for name in LISTS if state.get(name)}
    years = state.get("years")
    if years and tuple(years) != span:
        address["years"] = ["-".join(str(y) for y in years)]
    if not state.get("illustrative", True):
        address["examples"] = ["no"]
    if state.get("language", "nb") != "nb":
        address["lang"] = [state["language"]]
    if state.get("partnership"):
        address["partnership"] = [state["partnership"]]
    return address


def from_address(
    address: Mapping[str, list[str]], known: Choices, span: tuple[int, int]
) -> tuple[dict[str, Any], list[str]]:
    """The state that an address asks for, and the values in it that do not exist."""
    state: dict[str, Any] = {}
    unknown: list[str] = []
    for name in LISTS:
        asked = list(dict.fromkeys(address.get(name, [])))
        state[name] = [code for code in asked if code in known[name]]
        unknown += [code for code in asked if code not in known[name]]
    state["years"] = span
    for text in address.get("years", []):
        first, _, last = text.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            years = sorted((int(first[:4]), int((last or first)[:4])))
            state["years"] = tuple(min(max(y, span[0]), span[1]) for y in years)
        else:
            unknown.append(text)
    state["illustrative"] = address.get("examples") != ["no"]
    language = address.get("lang", ["nb"])[-1]
    state["language"] = language if language in LANGUAGES else "nb"
    state["partnership"] = next(iter(address.get("partnership", [])), None)
    return state, unknown


def selection(state: Mapping[str, Any], span: tuple[int, int]) -> Selection:
    years = tuple(state.get("years") or span)
    chosen = {name: tuple(state.get(name, ())) for name in LISTS}
    return Selection(
        **chosen,
        years=None if years == span else (years[0], years[1]),
        illustrative=state.get("illustrative", True),
    )


def reset() -> None:
    for name in LISTS:
        st.session_state[name] = []
    st.session_state["illustrative"] = True
    st.session_state.pop("years", None)


def summary(w: Words, chosen: Selection, span: tuple[int, int]) -> str:
    """The filters written out: what a figure was taken under."""
    said = [
        ", ".join(w.code(name, code) for code in getattr(chosen, name)) or w(f"filter.all.{name}")
        for name in LISTS
        if getattr(chosen, name) or name == "association"
    ]
    first, last = chosen.years or span
    said.append(str(first) if first == last else f"{first}–{last}")
    if not chosen.illustrative:
        said.append(w("filter.without_examples"))
    return " · ".join(said)


def widgets(w: Words, known: Choices, span: tuple[int, int]) -> None:
    """Draw the filters; their values are in the session under their names."""
    keep_what_is_chosen(w)
    with st.grid(columns=3, min_column_width=260, gap=("xsmall", "medium")):
        for name in LISTS:
            st.multiselect(
                w(f"filter.{name}"),
                list(known[name]),
                format_func=partial(w.code, name),
                key=name,
                placeholder=w(f"filter.all.{name}"),
                select_all=False,
                persist_state="session",
            )
        if span[0] < span[1]:
            st.slider(w("filter.years"), *span, key="years", persist_state="session")
        st.toggle(
            w("filter.illustrative"),
            key="illustrative",
            help=w("filter.illustrative_help"),
            persist_state="session",
        )
        st.button(w("filter.reset"), on_click=reset, icon=":material/restart_alt:", type="tertiary")
    if said := without_data(w, known):
        st.html(f'<p class="quiet">{html_text(said)}</p>')


def keep_what_is_chosen(w: Words) -> None:
    """Say it anew in another language: the browser holds the words of choices, not their codes."""
    state = st.session_state
    if state.get("spoken", w.language) != w.language:
        for name in LISTS:
            state[name] = state.get(name, [])
    state["spoken"] = w.language


def without_data(w: Words, known: Choices) -> str:
    """The choices that the other filters leave no data. Not said in the lists: see above."""
    named = [
        w("filter.no_data_in", filter=w(f"filter.{name}"), choices=", ".join(missing))
        for name in LISTS
        if (missing := [w.code(name, code) for code, is_left in known[name].items() if not is_left])
    ]
    return w("filter.no_data", choices="; ".join(named)) if named else ""
