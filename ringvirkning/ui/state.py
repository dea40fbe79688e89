"""What a visit is about, from one run of the page to the next; and the only use of ours of the
framework's session state.

`begin_run` comes first, `take_address` once the data is there; `write_address` makes the address
say what is shown. Between runs, what is pressed will `change` what is chosen. What else a part of
the page remembers is a dataclass beside it, had by `memory`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, TypeVar

import streamlit as st

from ringvirkning import ROOT
from ringvirkning.figures import filters
from ringvirkning.figures.catalogue import START
from ringvirkning.figures.question import Question
from ringvirkning.figures.state import (
    BY_ID,
    EXPLORE,
    Address,
    Choosable,
    State,
    language,
)

T = TypeVar("T")


class Widget(TypedDict):
    """What a widget is drawn with: its key, and what keeps what is chosen in it."""

    key: str
    on_change: Callable[[], None]


@dataclass
class Visit:
    """`written` is the address as we wrote it last: another is somebody's link, or came by the
    menu or the browser's back; `met` the one that the last run began with, or wrote the language
    to. `entered` is the page that the menu led to. What the filters sent is kept until it can be
    checked, and its number is sent back to them. `runs` are counted when they are over.
    `links` lead to the same page, in the run before `drawn_links`. `wrong_field` is told to the
    browser: how often one was asked for, and the key of the last."""

    state: State = field(default_factory=State)
    written: Address | None = None
    met: Address | None = None
    entered: str = ""
    is_back: bool = False
    filtered: Address | None = None
    filtered_number: int = 0
    runs: int = 0
    links: list[Address] = field(default_factory=list)
    drawn_links: list[Address] = field(default_factory=list)
    wrong_field: str = ""


def memory(kind: type[T], place: str = "") -> T:
    """The one of its kind of this session, or of a place in it, made when it is first asked for."""
    key = f"{kind.__module__}.{kind.__qualname__} {place}".rstrip()
    found: T = st.session_state.setdefault(key, kind())
    return found


def current() -> State:
    return memory(Visit).state


def change(**parts: Any) -> None:
    """Choose something else, by the names of the State's fields."""
    visit = memory(Visit)
    visit.state = replace(visit.state, **parts)


def ask(**parts: Any) -> None:
    """Change the question; the records behind the one before are put away."""
    change(question=replace(current().question, **({"page": ""} | parts)))


def open_story(**named: str) -> None:
    """Open the story of a partnership or partner, by its id, in the place of any other."""
    change(**({"partnership": None, "partner": None} | named))


def go_to_partnership(id: str) -> None:
    """Go to the story of a partnership from another page."""
    open_story(partnership=id)
    go_to("partnerships")


def go_to(page: str) -> None:
    """Go to a page of the menu with what is chosen."""
    st.switch_page(ROOT / "pages" / f"{page}.py", query_params=current().to_address())


def link_to(page: str, label: str, target: State) -> None:
    """Draw a link to a page of the menu with all that is chosen there."""
    if page == current().place:
        memory(Visit).links.append(target.to_address())
    st.page_link(ROOT / "pages" / f"{page}.py", label=label, query_params=target.to_address())


def go_to_state(target: State) -> None:
    """Go to a page and all that is chosen on it."""
    memory(Visit).state = target
    go_to(target.place)


def at_page(page: str, **named: str) -> State:
    """What is chosen, on a page that is about one thing by its id, in the place of any other."""
    nothing: dict[str, Any] = dict.fromkeys(BY_ID)
    return replace(current(), place=page, **(nothing | named))


def open_association(name: str) -> None:
    """Choose an association alone and go to its overview."""
    change(selection=replace(current().selection, association=(name,)))
    go_to(START)


def go_to_records(behind: Question, measure: str, row: str) -> None:
    """Go to the records of a row of a question, asked of a measure."""
    asked = replace(behind, measure=measure, row=row, page="1")
    nothing: dict[str, Any] = dict.fromkeys(BY_ID)
    go_to_state(replace(current(), place=EXPLORE, question=asked, **nothing))


def widget(key: str) -> Any:
    """What stands in a widget now; None where it was not drawn."""
    return st.session_state.get(key)


def go_to_wrong_field(key: str) -> None:
    """The keyboard goes to a widget that must be mended, in another run."""
    visit = memory(Visit)
    times = int(visit.wrong_field.partition(" ")[0] or 0)
    visit.wrong_field = f"{times + 1} {key}"
    st.rerun()


def run_number() -> int:
    """How many runs of the visit are over. One whose place another took is none: it may have ended
    before any part of the page."""
    return memory(Visit).runs


def holding(key: str, value: T, keep: Callable[[T], None]) -> Widget:
    """What makes a widget show a value that is kept elsewhere, and keep another that is chosen."""
    if widget(key) != value:
        st.session_state[key] = value
    return {"key": key, "on_change": lambda: keep(widget(key))}


def bound(name: str) -> Widget:
    """What makes a widget show and change a field of the state."""
    return holding(name, getattr(current(), name), lambda value: change(**{name: value}))


def browser_address() -> dict[str, list[str]]:
    """The address as the browser has it."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_first_run() -> bool:
    """Whether this run, which has not written the address yet, is the first of the visit."""
    return memory(Visit).written is None


def is_as_written(address: Address) -> bool:
    return address == memory(Visit).written


def begin_run() -> dict[str, list[str]]:
    """The address, and what of it is needed before there are data."""
    visit = memory(Visit)
    visit.links, visit.drawn_links = [], visit.links
    address = browser_address()
    is_first = not current().place and widget("language") is None
    # What is chosen on the page is not taken back by the address that it was chosen in.
    is_new = address not in ({}, visit.met, visit.written)
    visit.met = address
    if is_first or is_new:
        change(language=language(address))  # the menu is named before the rest is taken
    if "public" in address.get("surface", ()) and widget("is_public") is None:
        change(is_public=True)  # from a slide for others: what it leads to is for them, too
    return address


def take_address(address: Address, place: str, known: Choosable) -> list[str]:
    """Take the state from an address that we did not write; the values in it that don't exist.

    The menu empties the address: then the state stays as it is, and so it does when the browser's
    back comes to that empty address again (it is left empty, so that back can go on from there).
    """
    visit = memory(Visit)
    before, unknown = visit.state, list[str]()
    has_moved = before.place not in ("", place)
    is_menus = has_moved and not address
    visit.is_back = not (has_moved or is_as_written(address) or address) and visit.entered == place
    if is_menus:
        visit.entered = place
        nothing: dict[str, Any] = dict.fromkeys(BY_ID)
        before = replace(before, **nothing)
    if is_menus or visit.is_back or is_as_written(address):
        visit.state = replace(before, place=place).within(known)
    else:
        state, unknown = State.from_address(place, address, known)
        question = state.question if place == EXPLORE else before.question
        visit.state = replace(
            state, question=question, version=before.version, is_public=before.is_public
        )
    if visit.filtered is not None:
        selection, _ = filters.from_address(visit.filtered, known.choices, known.span)
        change(selection=selection)
        visit.filtered = None
    return unknown


def keep_within(known: Choosable) -> None:
    """Let go of years that what is chosen doesn't have."""
    visit = memory(Visit)
    visit.state = visit.state.within(known)


def write_language() -> None:
    """The address says the language, and keeps the rest for when there are data."""
    if language(browser_address()) != current().language:
        st.query_params["lang"] = current().language
        memory(Visit).met = browser_address()


def write_address() -> None:
    """The address says what is shown, so that it can be copied at any moment."""
    visit, address = memory(Visit), browser_address()
    # The framework tells of a link to the same page, and leaves the browser's address as it was.
    is_untold = address in visit.drawn_links and not is_as_written(address)
    visit.written = {} if visit.is_back else visit.state.to_address()
    if not visit.is_back and (is_untold or visit.written != address):
        st.query_params.from_dict(visit.written)
