"""What the filters leave, as codes in an address and in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from ringvirkning.figures.view import Selection
from ringvirkning.texts import LANGUAGES, Words

NAMED = ("partnership", "partner", "since", "deck")  # one thing of its kind, on some pages
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
