"""A number as people write it, with every way it can be read."""

import re
from functools import cache

from ringvirkning.intake.sheets.vocabulary import listed_as_written

SPACES = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
MINUS = re.compile("^[−–‑] ?(?=\\d)")
# Whole thousands are three digits each, all parted by the same sign, and do not begin with 0.
GROUPED = rf"[1-9]\d{{0,2}}(?:([{SPACES}%s])\d{{3}})(?:\1\d{{3}})*"
WRITTEN_NUMBERS = {
    sign: re.compile(rf"-?(?:{GROUPED % re.escape(other)}|\d+)(?:{re.escape(sign)}\d+)?")
    for sign, other in ((",", "."), (".", ","))
}


@cache
def units() -> re.Pattern[str]:
    """kr before a number, or "kr", ",-" or "personer" after it."""
    words = "|".join(map(re.escape, sorted(listed_as_written("number", "units"), key=len)[::-1]))
    return re.compile(rf"^(?:{words})\.?\s*(?=[\d−–-])|(?<=[\d{SPACES}])\s*(?:{words})$", re.I)


def number_ways(text: str) -> dict[str, str]:
    """What a text is as a number, by decimal sign; under "" where the sign makes no difference.

    1 234,5 → {",": "1234.5"}; 1.234 → {",": "1234", ".": "1.234"}; 12 → {"": "12"}; tolv → {}.
    """
    bare = units().sub("", MINUS.sub("-", text)).strip()
    ways = {
        sign: canonical(re.sub(rf"[{SPACES}{'.' if sign == ',' else ','}]", "", bare), sign)
        for sign, form in WRITTEN_NUMBERS.items()
        if form.fullmatch(bare)
    }
    return {"": ways[","]} if len(ways) == 2 and ways[","] == ways["."] else ways


def canonical(digits: str, sign: str = ".") -> str:
    """Digits without thousands: no needless zeros, and a point before decimals."""
    whole, _, decimals = digits.partition(sign)
    minus, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    kept = decimals.rstrip("0")
    return minus + (whole.lstrip("0") or "0") + (f".{kept}" if kept else "")


def hundredth(number: str) -> str:
    """A per cent as a share: 37.5 → 0.375."""
    minus, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, decimals = digits.partition(".")
    whole = whole.rjust(3, "0")
    return canonical(f"{minus}{whole[:-2]}.{whole[-2:]}{decimals}")
