"""Results with a column for each measure, which the contract has in a row for each figure.

Such a column is chosen as `measure:CODE`, or `measure:CODE:POINT` when its heading says when it was
measured: "Fast jobb etter 6 mnd".
"""

from collections.abc import Iterator, Mapping

from queries.contract import tables
from ringvirkning.intake.sheets.vocabulary import code_words, headings, plain, synonyms

TABLE, MARK = "outcomes", "measure:"


def measure_choice(heading: str, measures: Mapping[str, str]) -> str | None:
    """The choice that a plain heading stands for; none if it is a column of some table."""
    if any(heading in headings(table.name) for table in tables()):
        return None
    bare, point = heading_parts(heading)
    codes = {*measures.values()}
    others = {plain(w): code for code, of in synonyms()["measure"].items() for w in of}
    code = measures.get(bare) or others.get(bare)
    return choice(code, point) if code in codes else None


def heading_parts(heading: str) -> tuple[str, str]:
    """A heading without when it was measured, and the code of that."""
    points = code_words("measuring_point")
    for words in sorted(points, key=len, reverse=True):
        if heading.endswith(f" {words}"):
            return heading.removesuffix(words).strip(), points[words]
    return heading, ""


def measure_options(heading: str, measures: Mapping[str, str]) -> Iterator[str]:
    """The choices for a column: each measure, at the time that its heading says."""
    for code in dict.fromkeys(measures.values()):
        yield choice(code, heading_parts(heading)[1])


def choice(code: str | None, point: str) -> str:
    return f"{MARK}{code}:{point}" if point else f"{MARK}{code}"


def fixed(chosen: str) -> dict[str, str]:
    """What a choice says of each row."""
    code, _, point = chosen.removeprefix(MARK).partition(":")
    return {"measure": code, **({"measured_at": point} if point else {})}
