"""Signs that the paper's typeface has not: a PDF for everyone may have none (PDF/UA-1, 7.21.4.1),
and one such in a partner's name is not to keep a report from being made."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from matplotlib.ft2font import FT2Font

from ringvirkning.charts import fonts

Spec = TypeVar("Spec")
WHITE = frozenset("\n\t ")
BULLET = "•"
# What Word pastes for a bullet (of Symbol and Wingdings), and others that look like one.
BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf0fc‣◦▪■●○")
# Pictures, their colours, and what joins them, are left out; so are signs without a look.
LEFT_OUT = ("So", "Sk", "Mn", "Me", "Cf", "Cc", "Co", "Cn", "Cs")


@cache
def signs_drawn() -> frozenset[str]:
    """Those that the typeface has in every weight."""
    files = [fonts.FOLDER / f"{name}.ttf" for name in fonts.WEIGHTS]
    return frozenset.intersection(
        *(frozenset(map(chr, FT2Font(str(file)).get_charmap())) for file in files)
    )


def printable(text: str) -> str:
    """The text with what can be drawn: a sign that the typeface has not is written as those that it
    is made of, a picture is left out, and any other has its number: "[U+674E]"."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if sign in signs_drawn() else drawn_as(sign) for sign in composed)


@cache
def drawn_as(sign: str) -> str:
    if sign in WHITE:
        return sign
    if sign in BULLETS:
        return BULLET
    parts = unicodedata.normalize("NFKD", sign)
    if parts != sign and signs_drawn().issuperset(parts):
        return parts
    return "" if unicodedata.category(sign) in LEFT_OUT else f"[U+{ord(sign):04X}]"


def with_printable(part: Spec) -> Spec:
    """A chart, or a part of one, in which every text is `printable`."""
    found: Any = part
    if isinstance(part, str):
        found = printable(part)
    elif isinstance(part, tuple):
        found = tuple(map(with_printable, part))
    elif is_dataclass(part) and not isinstance(part, type):
        said = {one.name: with_printable(getattr(part, one.name)) for one in fields(part)}
        found = replace(part, **said)
    made: Spec = found
    return made
