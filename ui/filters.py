"""The filters: the same on every page, kept in the session, and written in the address as codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from texts import LANGUAGES, Words
from ui.component import component
from ui.view import Selection

NAMED = ("partnership", "partner", "since")  # one thing of its kind, on some pages
LISTS = ("association", "partner_type", "partnership_type", "programme")
Choices = Mapping[str, Mapping[str, bool]]
# The framework's lists know choices by their words, and lose what is chosen when these change; and
# seven of its widgets cost a quarter of the time from a press to right charts.
_FILTERS = component(__file__)


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
    for name in NAMED:
        if state.get(name):
            address[name] = [state[name]]
    if state.get("version_by_link"):
        address["version"] = [state["version"]]
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
    for name in NAMED:
        state[name] = next(iter(address.get(name, [])), None)
    return state, unknown


def selection(state: Mapping[str, Any], span: tuple[int, int]) -> Selection:
    years = tuple(state.get("years") or span)
    chosen = {name: tuple(state.get(name, ())) for name in LISTS}
    return Selection(
        **chosen,
        years=None if years == span else (years[0], years[1]),
        illustrative=state.get("illustrative", True),
    )


def narrow(name: str) -> Callable[[str], None]:
    """A clicked mark narrows this filter to its code, or the years to its year; clicked again, it
    lets go."""

    def chosen(code: str) -> None:
        state = st.session_state
        if name == "years":
            year = int(code)
            state["years"] = None if state.get("years") == (year, year) else (year, year)
        else:
            state[name] = [] if state.get(name) == [code] else [code]

    return chosen


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


def draw(w: Words, known: Choices, shown: Selection, span: tuple[int, int]) -> None:
    """Draw the filters. What is chosen waits in the session under `asked`, before the next run."""
    _FILTERS(
        key="filters",
        data={
            "language": w.language,
            "selection": summary(w, shown, span),
            "lists": [
                {
                    "name": name,
                    "label": w(f"filter.{name}"),
                    "choices": [
                        {
                            "code": code,
                            "said": w.code(name, code),
                            "is_left": is_left,
                            "is_chosen": code in getattr(shown, name),
                        }
                        for code, is_left in known[name].items()
                    ],
                }
                for name in LISTS
            ],
            "span": span,
            "years": shown.years or span,
            "illustrative": shown.illustrative,
            "number": st.session_state.get("asked_number", 0),
            "words": {
                "title": w("filter.title"),
                "years": w("filter.years"),
                "from_year": w("filter.from_year"),
                "to_year": w("filter.to_year"),
                "illustrative": w("filter.illustrative"),
                "illustrative_help": w("filter.illustrative_help"),
                "no_data": w("filter.no_data"),
                "reset": w("filter.reset"),
                "remove": w.pattern("filter.remove"),
                "without_examples": w("filter.without_examples"),
            },
        },
        on_chosen_change=chosen,
    )


def chosen() -> None:
    """Keep what the browser says is chosen, in the form of an address, until it can be checked."""
    asked = st.session_state["filters"].get("chosen") or {}
    number = asked.get("number")
    st.session_state["asked_number"] = number if isinstance(number, int) else 0
    st.session_state["asked"] = {
        name: [str(value) for value in values]
        for name, values in asked.items()
        if isinstance(values, list)
    }


def take_chosen(asked: Mapping[str, list[str]], known: Choices, span: tuple[int, int]) -> None:
    """Take the state from what was chosen, as from an address: what does not exist is left out."""
    state, _ = from_address(asked, known, span)
    for name in (*LISTS, "years", "illustrative"):
        st.session_state[name] = state[name]
