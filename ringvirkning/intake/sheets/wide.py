"""Results with a column for each measure, which the contract has in a row for each figure.

Such a column is chosen as `measure:CODE`, or `measure:CODE:POINT` when its heading says when it was
measured: "Fast jobb etter 6 mnd". It may stand beside other results, or in a sheet of rounds: of
activities, each with what came of it. How many were followed up then is `followed_up:POINT`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from queries.contract import computed_measures
from ringvirkning.intake.sheets.vocabulary import code_words, every_heading, headings, word_list

LATER = "in_work_or_education"  # is nothing without when it was measured
TABLE, HELD = "outcomes", "activities"
MARK, FOLLOWED_UP, AND = "measure:", "followed_up:", "|"
# What else a heading may say of each figure below it (`across`).
MARKS = (MARK, "year:", "period:", "programme:", "target:")
# Among results, of figures that were aimed at: they go to a table of their own.
TARGETS, TARGET, TARGET_ALONE = "targets", "target", "target:yes"
# What a row of results says of its targets, too.
OF_TARGETS = ("association", "programme", "partnership_id", "measure", "year", "source", "note")
WHOM = "followed_up_count"
# By one of these a sheet tells of the activities themselves, and not of their results alone.
OF_ROUND = ("registered_count", "attended_count", "employer_count", "start_date")
# The columns of an activity that stand in its results, too.
OF_RESULTS = {
    "title": "activity_id", "evidence": "evidence",
    "source": "source", "source_date": "source_date",
}  # fmt: skip


def measure_choice(heading: str, measures: Mapping[str, str]) -> str | None:
    """The choice that a plain heading stands for; none if it is a column of some table."""
    bare, point = heading_parts(heading)
    if point and headings(TABLE).get(bare) == WHOM:
        return f"{FOLLOWED_UP}{point}"
    if heading in every_heading():
        return None
    later = LATER if bare in word_list("later", LATER) else None
    code = measures.get(bare, later)
    if code is None or (code == LATER and not point):
        return None
    return choice(code, point) if code in measures.values() else None


@lru_cache(1000)  # each sheet's are asked for once for each table that it may be
def heading_parts(heading: str) -> tuple[str, str]:
    """A heading without when it was measured, and the code of that."""
    points = code_words("measuring_point")
    for words in sorted(points, key=len, reverse=True):
        if heading.endswith(f" {words}"):
            return heading.removesuffix(words).strip(), points[words]
        if heading.startswith(f"{words} "):
            return heading.removeprefix(words).strip(), points[words]
    return heading, ""


def stated(codes: Iterable[str]) -> Iterator[str]:
    """The measures that may be given as results, each once."""
    return (code for code in dict.fromkeys(codes) if code not in computed_measures())


def measure_options(heading: str, measures: Mapping[str, str]) -> Iterator[str]:
    """The choices for a column: each measure, at the time that its heading says."""
    for code in stated(measures.values()):
        point = heading_parts(heading)[1]
        points = [point] if point or code != LATER else later_points()
        yield from (choice(code, at) for at in points)


def later_points() -> list[str]:
    codes = dict.fromkeys(code_words("measuring_point").values())
    return [code for code in codes if code != "exit"]


def choice(code: str | None, point: str) -> str:
    return f"{MARK}{code}:{point}" if point else f"{MARK}{code}"


def fixed(chosen: str) -> dict[str, str]:
    """What a choice says of each row."""
    said = dict[str, str]()
    for one in chosen.split(AND):
        name, _, text = one.partition(":")
        if name == "measure":
            text, _, point = text.partition(":")
            said |= {"measured_at": point} if point else {}
        said[name] = text
    return said


def is_across(name: str) -> bool:
    """Whether the figures of a column are of what the choice says: a measure, a year."""
    return name.startswith(MARKS)


def is_target(name: str) -> bool:
    """Whether the figures of a column are targets."""
    return is_across(name) and TARGET in fixed(name)


def says_more(name: str) -> bool:
    """Whether a choice says of the figures of a column more than their measure."""
    return is_across(name) and not fixed(name).keys() <= {"measure", "measured_at"}


def is_of_figures(name: str) -> bool:
    """Whether a column holds figures of results, by the choice that was made of it."""
    return name.startswith((*MARKS, FOLLOWED_UP))


def followed_up(columns: Mapping[int, str], measured: str) -> dict[int, str]:
    """The column that says how many were followed up, for one with a measure at a time."""
    point = fixed(measured).get("measured_at")
    return {place: WHOM for place, name in columns.items() if name == f"{FOLLOWED_UP}{point}"}
