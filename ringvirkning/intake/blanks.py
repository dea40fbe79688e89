"""Whether any field of a CSV file may have blanks around it: seen in its bytes, a gigabyte in a
second, where to look at each field takes a third of reading the file."""

from pathlib import Path

import numpy as np

PIECE = 1 << 18  # bytes: what is made of them stays in the processor's cache
SPACE, NEWLINE, COMMA, QUOTE = b' \n,"'


def may_have_blanks(path: Path) -> bool:
    """Never False where one has (`records.BLANKS`); True where it would take more to know: for
    quotes within a field, tabs, carriage returns and what may be a hard space."""
    before, is_inside = b"\n", False  # quotes
    with path.open("rb") as file:
        while chunk := file.read(PIECE) or b"\n" * (before != b"\n"):
            if any(rare in chunk for rare in (b"\t", b"\r", b"\xa0")):
                return True
            seen = np.frombuffer(before + chunk, np.uint8)
            blank, newline, quote = seen == SPACE, seen == NEWLINE, seen == QUOTE
            edge = newline | quote | (seen == COMMA)
            if is_inside or b'"' in chunk:
                # After each byte; what was read before does not count again.
                inside = np.cumsum(quote[1:], dtype=np.uint8) + np.uint8(is_inside) & 1 == 1
                inside = np.concatenate([[is_inside], inside])
                opens = quote[1:] & inside[1:]
                if (opens & ~(edge & ~inside | quote)[:-1]).any():
                    return True
                blank |= newline & inside
                edge = edge & ~inside | quote
                is_inside = bool(inside[-1])
            if (edge[:-1] & blank[1:]).any() or (blank[:-1] & edge[1:]).any():
                return True
            before = chunk[-1:]
    return is_inside
