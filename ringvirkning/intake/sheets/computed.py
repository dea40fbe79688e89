"""Figures that the pages work out themselves: known for what they are in a sheet, and left out.

All jobs are the sum of their kinds; where no kind is told, they are jobs whose kind isn't stated.
"""

from collections.abc import Iterable, Mapping, Sequence

from queries.contract import computed_measures
from ringvirkning.intake.sheets import LEAVE_OUT, Row
from ringvirkning.intake.sheets.wide import TARGET, fixed, is_across

ALL_JOBS, KIND_NOT_STATED = "placements", "placement_unspecified"
KINDS_OF_JOBS = ("placement_permanent", "placement_temporary", "apprenticeship")


def given_instead(code: str) -> str:
    """The measure that a figure is given as, where it may be what its heading or word says."""
    return KIND_NOT_STATED if code == ALL_JOBS else code


def is_told_otherwise(code: str, others: Iterable[str]) -> bool:
    """Whether the pages work a measure out from what they are told without it: `others` too."""
    return code in computed_measures() and (
        code != ALL_JOBS or not {*others}.isdisjoint(KINDS_OF_JOBS)
    )


def computed_columns(meant: Mapping[int, str | None], rows: Sequence[Row]) -> dict[int, str | None]:
    """The columns of what the pages work out, by place: left out, or to be asked about (None)."""
    across = {p: fixed(name) for p, name in meant.items() if name and is_across(name)}
    told = {p: said for p, said in across.items() if "measure" in said and TARGET not in said}
    found = dict[int, str | None]()
    for place, said in told.items():
        code, of = said["measure"], {**said, "measure": ""}
        beside = {p: one["measure"] for p, one in told.items() if {**one, "measure": ""} == of}
        kinds = [p for p, other in beside.items() if other in KINDS_OF_JOBS]
        if code in computed_measures():
            found[place] = LEAVE_OUT if is_told_otherwise(code, beside.values()) else None
        elif code == KIND_NOT_STATED and kinds and are_sums(rows, place, kinds):
            found[place] = LEAVE_OUT
    return found


def are_sums(rows: Sequence[Row], place: int, parts: Sequence[int]) -> bool:
    """Whether each number of a column is the sum of those in others, some of them of several."""
    pairs = [
        (number, [n for part in parts if (n := count_in(row, part))])
        for row in rows
        if (number := count_in(row, place)) is not None
    ]
    is_sum = all(number == sum(counts) for number, counts in pairs)
    return is_sum and any(len(counts) > 1 for _, counts in pairs)


def count_in(row: Row, place: int) -> int | None:
    text = row.cell(place).text
    return int(text) if text.isdecimal() else None
