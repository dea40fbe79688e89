"""What leaves the page: a figure as a file, with all inside that it needs to be understood."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """A figure's numbers as they are shown, its heading first. `notes` are a label and a text each:
    what it was taken under, what it means, what it rests on."""

    title: str
    notes: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
