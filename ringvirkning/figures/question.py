"""A question of one's own: what is asked on the page Utforsk, and as an address.

Every part is a code, so that a link means the same in either language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from queries import answers

ALWAYS = ("time", "association", "partner_type", "partnership_type", "programme")
LINKED = (*ALWAYS, "partner", "partnership", "focus_area")
DIMENSIONS = {
    "partnership": LINKED,
    "partner": (*ALWAYS, "partnership", "focus_area", "activity_type"),
    "agreement": (*ALWAYS, "partner", "focus_area", "activity_type"),
    "activity": (*LINKED, "activity_type", "evidence"),
    "outcome": (*LINKED, "activity_type", "kind", "round", "evidence", "age_group", "background"),
    "target": ("time", "association", "programme"),
}
# What only those split by who has told of it: offices of partners, and places.
TOLD_OF = ("partner_head", "municipality", "county")
PLACE_DIMENSIONS = ("municipality", "county")
BORDERS = ("2024", "2023", "2019")  # years whose borders places are told within, today's first
DIVISIBLE = ("activity", "outcome")
WORKED_OUT = ("placement_rate", "retention_rate", "target_attainment")
GRAINS = ("year", "half_year", "quarter", "season")  # the last: quarters of all years together
FORMS = ("columns", "bars", "panels", "lines", "dots", "table")
LETTERS = 200  # of a code in an address


@dataclass(frozen=True)
class Question:
    """`place` is a county or municipality by its number, within the `borders` of a year.
    `compare` is "two" where two splits are set against each other: those of `only`, or else the
    last two periods or the two largest. `divisor` is the measure that it is divided by, `focus` are
    the themes of agreements that it is asked of. `row` and `within` are the mark whose records are
    listed: "*" is all, "" what has none; `page` which page of them, none where they are not asked
    for.
    """

    measure: str = "activities_held"
    point: str = "exit"
    rows: str = "time"
    split: str = ""
    compare: str = ""
    only: tuple[str, ...] = ()
    grain: str = "year"
    divisor: str = ""
    focus: tuple[str, ...] = ()
    form: str = ""
    target: str = ""
    place: str = ""
    borders: str = BORDERS[0]
    row: str = "*"
    within: str = "*"
    page: str = ""


DEFAULT = Question()
NAMES = tuple(field.name for field in fields(Question))
REPEATABLE = ("only", "focus")


def dimensions(
    record: str, measure: str, divisor: str = "", told_of: Sequence[str] = ()
) -> tuple[str, ...]:
    """What a measure can be broken down by, with those of TOLD_OF that there are."""
    left_out = {"kind"} if measure != "placements" or divisor else set()
    if measure == "partners_with_agreement":
        left_out |= {"activity_type"}
    if divisor or measure in WORKED_OUT:
        left_out |= {"age_group", "background"}
    if record in ("partner", "target"):  # what they belong to has the places of others, or none
        left_out |= {*TOLD_OF}
    return tuple(name for name in (*DIMENSIONS[record], *told_of) if name not in left_out)


def told_of(offered: Sequence[answers.ExploreMeasures]) -> list[str]:
    """Those of TOLD_OF that there are."""
    return offered[0].told_of if offered else []


def has_places(asked: Question) -> bool:
    """Whether it matters within which borders places are told."""
    return bool(asked.place) or not {asked.rows, asked.split}.isdisjoint(PLACE_DIMENSIONS)


def divisors(measure: str, offered: Sequence[answers.ExploreMeasures]) -> list[str]:
    """What a measure can be divided by: numbers of activities and of results that may be added."""
    can = [
        row.measure
        for row in offered
        if row.record in DIVISIBLE and row.point == "exit" and row.adds == "sum"
    ]
    of = {row.measure: row.record for row in offered}.get(measure)
    return [name for name in can if name != measure] if measure in can and of in DIVISIBLE else []


def grains(measure: str, offered: Sequence[answers.ExploreMeasures]) -> tuple[str, ...]:
    """The periods it can be told by; too few partnerships have dates that say the month, and of
    several years only what may be added is one number."""
    if measure in ("active_partnerships", "partners_with_agreement"):
        return GRAINS[:1]
    adds = {row.adds for row in offered if row.measure == measure}
    return GRAINS if adds == {"sum"} else GRAINS[:-1]


def splits(by: Sequence[str], rows: str) -> list[str]:
    """What rows can be split by; partners by partners, too: who works with whom."""
    return [name for name in by if name != rows or name == "partner"]


def as_address(asked: Question) -> dict[str, list[str]]:
    """The question as address parameters; what is at its default is left out."""
    return {
        name: list(value) if isinstance(value, tuple) else [value]
        for name, value in vars(asked).items()
        if value != getattr(DEFAULT, name)
    }


def from_address(
    address: Mapping[str, Sequence[str]], offered: Sequence[answers.ExploreMeasures]
) -> tuple[Question, list[str]]:
    """The question that an address asks, and what in it can't be asked.

    `offered` are the measures that there are, with their kind of record and measuring point.
    """
    given = {name: [v[:LETTERS] for v in address[name]] for name in NAMES if address.get(name)}
    several = {name: tuple(dict.fromkeys(given.get(name, []))) for name in REPEATABLE}
    wanted = {name: values[-1] for name, values in given.items() if name not in REPEATABLE}
    asked = Question(**wanted, only=several["only"], focus=several["focus"])
    return valid(asked, offered, set(given))


def valid(
    asked: Question, offered: Sequence[answers.ExploreMeasures], given: set[str]
) -> tuple[Question, list[str]]:
    """The question with each part that is none put back to its default."""
    unknown: list[str] = []

    def checked(name: str, choices: Sequence[str], otherwise: str) -> str:
        value: str = getattr(asked, name)
        if value in choices:
            return value
        if name in given:
            unknown.append(value)
        return otherwise

    measures = {row.measure: row.record for row in offered}
    measure = checked("measure", [*measures], DEFAULT.measure)
    points = [row.point for row in offered if row.measure == measure] or [DEFAULT.point]
    divisor = checked("divisor", ["", *divisors(measure, offered)], "")
    by = dimensions(measures.get(measure, "activity"), measure, divisor, told_of(offered))
    rows = checked("rows", ["", *by], DEFAULT.rows)
    split = checked("split", ["", *splits(by, rows)], "")
    fixed = replace(
        asked,
        measure=measure,
        point=checked("point", points, points[0]),
        rows=rows,
        split=split,
        compare=checked("compare", ["", "two"] if split else [""], ""),
        only=asked.only if split and asked.compare else (),
        divisor=divisor,
        focus=tuple(filter(None, asked.focus)),
        grain=checked("grain", grains(measure, offered), DEFAULT.grain),
        form=checked("form", ["", *FORMS], ""),
        target=checked("target", ["", "yes"], ""),
        place=asked.place if re.fullmatch(r"(\d\d){0,2}", asked.place) else "",
        borders=checked("borders", BORDERS, DEFAULT.borders),
        row=asked.row if rows else "*",
        within=asked.within if split else "*",
        page=asked.page if re.fullmatch(r"[1-9]\d{0,5}", asked.page) else "",
    )
    return fixed, unknown
