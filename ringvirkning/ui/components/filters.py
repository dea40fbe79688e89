"""The filters: the same on every page, and kept in the session."""

from collections.abc import Callable, Mapping

import streamlit as st

from ringvirkning.figures.filters import LISTS, Choices, from_address, summary
from ringvirkning.figures.view import Selection
from ringvirkning.texts import Words
from ringvirkning.ui.components.component import component

# The framework's lists know choices by their words, and lose what is chosen when these change; and
# seven of its widgets cost a quarter of the time from a press to right charts.
_FILTERS = component(__file__)


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
