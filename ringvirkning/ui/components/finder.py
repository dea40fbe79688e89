"""The search over all there is, opened on every page by its button or by keyboard."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ringvirkning.figures.catalogue import START
from ringvirkning.figures.state import State
from ringvirkning.texts import Words
from ringvirkning.ui.components.component import component

# The framework's dialogs come after a run, in which what is typed is lost, and its lists have
# neither groups nor links, nor find what is misspelt. One key alone opens nothing (WCAG 2.1.4).
_FINDER = component(__file__)
FINDER_WORDS = ("title", "field", "close", "count", "more", "none", "keys")
ANY_ID = "ID"  # in a group's address, where that of a hit stands


class Hit(NamedTuple):
    """What can be found: its id among its kind, its name, what else is said of it and searched; and
    its address, where that isn't its group's with its id."""

    id: str
    name: str
    said: str = ""
    href: str = ""


class Hits(NamedTuple):
    """All of a kind under a label, and the state in which one of them is shown."""

    label: str
    found: Sequence[Hit]
    to: Callable[[str], State]


def address(target: State) -> str:
    return f"./{'' if target.place == START else target.place}?{target.query()}"


def draw_finder(w: Words, groups: Sequence[Hits]) -> State | None:
    """The state to go to, where something was opened in this run."""
    opened = _FINDER(
        key="finder",
        data={
            "language": w.language,
            "groups": [
                {"label": label, "href": address(to(ANY_ID)) if found and not found[0].href else "",
                 "found": found}
                for label, found, to in groups
            ],
            "words": {word: w.pattern(f"search.{word}") for word in FINDER_WORDS},
        },
        on_opened_change=lambda: None,
    ).get("opened")  # fmt: skip
    label, _, id = str(opened or "").partition("\n")
    chosen = (one for one in groups if one.label == label and any(h.id == id for h in one.found))
    return next((one.to(id) for one in chosen), None)
