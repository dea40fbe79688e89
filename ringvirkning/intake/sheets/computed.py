"""Figures that the pages work out themselves: known for what they are in a sheet, and left out.

All jobs are the sum of their kinds; where no kind is told, they are jobs whose kind isn't stated.
"""

from collections.abc import Iterable, Mapping, Sequence

from queries.contract import computed_measures
from ringvirkning.intake.sheets import LEAVE_OUT, Row
from ringvirkning.intake.sheets.wide import TARGET, fixed, is_across

COMPUTED = "computed_left_out"  # the rule that says so
ALL_JOBS, KIND_NOT_STATED = "placements", "placement_unspecified"
ANY_SHARE = "placement_rate"  # as which a word for no share of ours is taken: "Andel i arbeid"
KINDS_OF_JOBS = ("placement_permanent", "placement_temporary", "apprenticeship")


def given_instead(code: str) -> str:
    """The measure that a figure is given as, where it may be what its heading or word says."""
    return KIND_NOT_STATED if code == ALL_JOBS else code


def is_told_otherwise(code: str, others: Iterable[str]) -> bool:
    """Whether the pages work a measure out from what they are told without it: `others` too."""
    return code in computed_measures() and (
        code != ALL_JOBS or not {*others}.isdisjoint(KINDS_OF_JOBS)
    )


def sums_apart(meant: Mapping[int, str | None], rows: Sequence[Row]) -> set[int]:
    """The columns of all jobs that are not the sum of the kinds beside them."""
    return {
        place
        for place, (code, kinds) in jobs_beside(meant).items()
        if code == ALL_JOBS
        and any(number != sum(counts) for number, counts in with_parts(rows, place, kinds))
    }


def jobs_beside(meant: Mapping[int, str | None]) -> dict[int, tuple[str, list[int]]]:
    """What the columns of measures are of, and the columns of kinds of jobs beside each, of the
    same year and programme."""
    across = {p: fixed(name) for p, name in meant.items() if name and is_across(name)}
    told = {p: said for p, said in across.items() if "measure" in said and TARGET not in said}
    return {
        place: (
            said["measure"],
            [
                p
                for p, other in told.items()
                if other["measure"] in KINDS_OF_JOBS
                and {**other, "measure": ""} == {**said, "measure": ""}
            ],
        )
        for place, said in told.items()
    }


def computed_columns(meant: Mapping[int, str | None], rows: Sequence[Row]) -> dict[int, str | None]:
    """The columns of what the pages work out, by place: left out, or to be asked about (None)."""
    found = dict[int, str | None]()
    for place, (code, kinds) in jobs_beside(meant).items():
        if code in computed_measures():
            found[place] = LEAVE_OUT if kinds or code != ALL_JOBS else None
        elif code == KIND_NOT_STATED and kinds and are_sums(rows, place, kinds):
            found[place] = LEAVE_OUT
    return found


def are_sums(rows: Sequence[Row], place: int, kinds: Sequence[int]) -> bool:
    """Whether each number of a column is the sum of those in others, some of them of several."""
    pairs = with_parts(rows, place, kinds)
    is_sum = all(number == sum(counts) for number, counts in pairs)
    return is_sum and any(len(counts) > 1 for _, counts in pairs)


def with_parts(
    rows: Sequence[Row], place: int, kinds: Sequence[int]
) -> list[tuple[int, list[int]]]:
    """Each number of a column with those beside it, where there are any."""
    return [
        (number, counts)
        for row in rows
        if (number := count_in(row, place)) is not None
        and (counts := [n for kind in kinds if (n := count_in(row, kind)) is not None])
    ]


def count_in(row: Row, place: int) -> int | None:
    text = row.cell(place).text
    return int(text) if text.isdecimal() else None
