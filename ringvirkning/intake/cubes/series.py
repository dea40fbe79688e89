"""What is chosen of a cube, as rows of context: a series for each place, measure and group."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake.cubes import ESTIMATED, LARGEST_CUBE, STATUS, Cube, CubeCell, Dimension
from ringvirkning.intake.cubes.json_stat import cubes_of_json
from ringvirkning.intake.cubes.pc_axis import cube_of_px, is_px
from ringvirkning.intake.sheets import Cell, Decisions, Grid, Part, Refused, Row
from ringvirkning.intake.sheets.files import BEGINNING
from ringvirkning.intake.sheets.numbers import canonical
from ringvirkning.intake.sheets.vocabulary import plain, table_named, word_list

MOST_SERIES = 12  # that a page has room for
LATEST_PERIODS = 120  # the latest of them
FEW = 4  # categories that are all taken where nothing else decides
NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")
BETWEEN = "\n"  # of several answers to a choice
TIMES = ("tid", "time", "aar", "year", "maaned", "kvartal", "periode")
PLACES = ("region", "kommune", "fylke", "geo", "sted", "bosted", "bostedskommune", "naa")
MEASURES = ("contentscode", "statistikkvariabel", "innhold", "contents", "indikator")
TABLE_NUMBER = re.compile(r"^\d{4,6}: ")
BROKEN_DOWN_BY = re.compile(r"[,;]? (etter|by) .*$")
YEARS = ("1700", "2200")  # between which a time lies, where nothing says that it is one
EVERY_ONE = "every_association"
SUBJECT = ("Norge",)  # what a cube without places may be about


def cubes_in(data: bytes, file: str, choices: Decisions) -> list[Cube]:
    """The cubes of a file; none in one of another kind. Raises Refused."""
    start = data[:BEGINNING]
    is_json = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    if not is_json and not (is_px(start + b"DATA") and b"DATA" in data):
        return []
    if len(data) > LARGEST_CUBE:
        limit = f"≤ {LARGEST_CUBE // 2**20} MB"
        raise Refused(Finding("too_large", file, expected=limit))
    return cubes_of_json(data, file) if is_json else [cube_of_px(data, file, choices)]


def read_cubes(
    cubes: Sequence[Cube],
    file: str,
    choices: Decisions,
    remembered: Mapping[str, Mapping[str, str]],
    names: Mapping[str, Sequence[str]] | None,
) -> tuple[list[Part], list[Grid], list[Finding]]:
    """The chosen series of each cube, the same as a sheet to be looked at, and what is to be said
    of them."""
    parts, sheets, findings = [], [], []
    for number, cube in enumerate(cubes, 1):
        sheet = f"{number}" if len(cubes) > 1 else ""
        key = cube_key(cube)
        choices.remembered = remembered.get(key, {})
        fixed = said_of_all(sheet, names, choices)
        rows, said = chosen_rows(cube, sheet, file, choices)
        rows = [{**fixed, **row} for row in rows]
        columns = [c.name for c in table_named("context").columns if any(c.name in r for r in rows)]
        numbers = [0] * len(rows)  # a cube has no rows to be named or marked
        parts.append(Part("context", sheet, {c: c for c in columns}, rows, numbers, key))
        lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
        sheets.append(Grid(sheet, [Row(n, [*map(Cell, line)]) for n, line in enumerate(lines, 1)]))
        findings += said
    return parts, sheets, findings


def cube_key(cube: Cube) -> str:
    """Names a cube by its dimensions, so that the next one like it is known."""
    words = json.dumps([cube.label, *(dimension.code for dimension in cube.dimensions)])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def said_of_all(
    sheet: str, names: Mapping[str, Sequence[str]] | None, choices: Decisions
) -> dict[str, str]:
    """The association that the figures stand beside, or all of them."""
    if names is None or not names.get("association"):
        return {}
    known = names["association"]
    found = known[0] if len(known) == 1 else None
    said = choices.decide("cube_association", found, [*known, EVERY_ONE], sheet=sheet)
    return {} if said in (None, EVERY_ONE) else {"association": str(said)}


def roles_of(cube: Cube) -> list[str]:
    """What each dimension is: of time, of place, of what is measured, or of a group. As the file
    says, else by its name, and times by what they are."""
    told = {"time": cube.time, "place": cube.place, "measure": cube.measure}
    for role, names in (("time", TIMES), ("place", PLACES), ("measure", MEASURES)):
        told[role] = told[role] or next(
            (d.code for d in cube.dimensions if {plain(d.code), plain(d.label)} & {*names}), ""
        )
    told["time"] = told["time"] or next((d.code for d in cube.dimensions if are_times(d)), "")
    by_code = {code: role for role, code in told.items()}
    return [by_code.get(dimension.code, "group") for dimension in cube.dimensions]


def are_times(dimension: Dimension) -> bool:
    return all(YEARS[0] < category.period < YEARS[1] for category in dimension.categories)


def chosen_rows(
    cube: Cube, sheet: str, file: str, choices: Decisions
) -> tuple[list[dict[str, str]], list[Finding]]:
    roles = roles_of(cube)
    chosen: list[Sequence[int]] = []
    count = 1
    for dimension, role in zip(cube.dimensions, roles, strict=True):
        if role == "time":
            order = sorted(
                range(len(dimension.categories)), key=lambda at: dimension.categories[at].period
            )
            chosen.append(order[-LATEST_PERIODS:])
        else:
            chosen.append(chosen_categories(dimension, role, MOST_SERIES // count, sheet, choices))
            count *= max(len(chosen[-1]), 1)
    subject = "" if "place" in roles else cube_subject(sheet, choices)
    if count > MOST_SERIES:
        limit = f"≤ {MOST_SERIES}"
        return [], [
            Finding("cube_series", file, found=str(count), expected=limit, sheet=sheet or None)
        ]
    findings = [*said_of_times(cube, roles, file, sheet)]
    rows = []
    for places in product(*chosen):
        cell = cube.cell(places)
        told, rule = cell_columns(cell)
        if "value" in told and has_star(cube, roles, places):
            told["value_status"] = "provisional"
        rows.append(told_by_all(cube, roles, places, subject) | told)
        if rule and len(findings) < MOST_SHOWN:
            where = ", ".join(
                dimension.categories[place].label
                for dimension, place in zip(cube.dimensions, places, strict=True)
            )
            wrong = Finding(rule, file, None, where[:120], (cell.text or cell.sign)[:80])
            findings.append(replace(wrong, sheet=sheet or None))
    return in_order_of_series(rows), findings


def in_order_of_series(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Series after series, whichever dimension comes first in the file."""
    names = ("subject", "indicator_nb", "population_nb")
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        first.setdefault(tuple(row.get(name, "") for name in names), len(first))
    return sorted(rows, key=lambda row: first[tuple(row.get(name, "") for name in names)])


def chosen_categories(
    dimension: Dimension, role: str, most: int, sheet: str, choices: Decisions
) -> Sequence[int]:
    """The places of the categories that are wanted: what is all of them together, else all of few,
    if there is room for them. None where it is to be asked."""
    names = options_of(dimension)
    if len(names) == 1:
        return [0]
    total = place_of_total(dimension)
    if role == "measure":
        found: Sequence[int] = [0]
    elif role == "group" and total is not None:
        found = [total]
    else:
        found = range(len(names)) if len(names) <= min(FEW, most) else []
    said = choices.decide(
        "cube",
        BETWEEN.join(names[at] for at in found) or None,
        names,
        sheet=sheet,
        about=dimension.code[:80],
        column=dimension.label,
        is_many=True,
    )
    wanted = said.split(BETWEEN) if said else []
    return [at for at, name in enumerate(names) if name in wanted]


def options_of(dimension: Dimension) -> list[str]:
    """The labels, with their codes where two are the same, on one line each."""
    labels = [" ".join(category.label.split()) for category in dimension.categories]
    if len({*labels}) == len(labels):
        return labels
    pairs = zip(dimension.categories, labels, strict=True)
    return [f"{' '.join(category.code.split())} {label}" for category, label in pairs]


def place_of_total(dimension: Dimension) -> int | None:
    """The category that is all the others together: as the file says, or by its name."""
    if dimension.total is not None:
        return dimension.total
    words = word_list("row", "total") | word_list("row", "everyone")
    labels = [plain(category.label) for category in dimension.categories]
    return next((at for at, label in enumerate(labels) if label in words), None)


def cube_subject(sheet: str, choices: Decisions) -> str:
    said = choices.decide("cube_subject", None, SUBJECT, sheet=sheet, is_free=True)
    return (said or "").strip()


def said_of_times(cube: Cube, roles: Sequence[str], file: str, sheet: str) -> Iterator[Finding]:
    """Times that can't be read, and how many are left out because there are too many."""
    for dimension, role in zip(cube.dimensions, roles, strict=True):
        if role != "time":
            continue
        unread = [c.label for c in dimension.categories if not c.period]
        if unread:
            yield Finding("cube_time", file, None, dimension.label, unread[0][:80],
                          sheet=sheet or None, count=len(unread))  # fmt: skip
        if len(dimension.categories) > LATEST_PERIODS:
            yield Finding("cube_periods", file, None, dimension.label,
                          str(len(dimension.categories)), str(LATEST_PERIODS), "should_look",
                          sheet=sheet or None)  # fmt: skip


def told_by_all(
    cube: Cube, roles: Sequence[str], places: Sequence[int], subject: str
) -> dict[str, str]:
    """What a cube says of a cell apart from its number, as columns of context."""
    row = {"subject": subject, "indicator_nb": topic(cube.label), "indicator_en": cube.label_en}
    row |= {"unit_nb": cube.unit, "unit_en": cube.unit_en}
    groups_nb, groups_en = [], []
    for dimension, role, place in zip(cube.dimensions, roles, places, strict=True):
        category = dimension.categories[place]
        if role == "time":
            row["period"] = category.period
        elif role == "place":
            row["subject"] = without_code(category.label, category.code)
        elif role == "measure":
            row |= {"indicator_nb": category.label, "indicator_en": category.label_en}
            row |= {"unit_nb": category.unit or cube.unit}
            row |= {"unit_en": category.unit_en or ("" if category.unit else cube.unit_en)}
        elif place != place_of_total(dimension):
            groups_nb.append(category.label)
            groups_en.append(category.label_en)
    row["population_nb"] = ", ".join(groups_nb)
    row["population_en"] = ", ".join(groups_en) if all(groups_en) else ""
    row |= {
        "source": cube.address or cube.source,
        "source_title": cube.title or cube.label,
        "source_date": cube.updated,
    }
    return {name: text for name, text in row.items() if text}


def has_star(cube: Cube, roles: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the time of a cell is marked as provisional: 2024K1*."""
    return any(
        role == "time" and dimension.categories[place].label.endswith("*")
        for dimension, role, place in zip(cube.dimensions, roles, places, strict=True)
    )


def topic(label: str) -> str:
    """What a table is about: without its number, and what it is broken down by."""
    return BROKEN_DOWN_BY.sub("", TABLE_NUMBER.sub("", label))


def without_code(label: str, code: str) -> str:
    """A place without its number before it: 1234 Stedet."""
    return label.removeprefix(f"{code} ").strip() or label


def cell_columns(cell: CubeCell) -> tuple[dict[str, str], str]:
    """The value of a cell, how sure it is, or why there is none; and the rule that it breaks."""
    sign = cell.sign.strip().lower()
    status = STATUS.get(sign, "")
    if cell.text and not NUMBER.fullmatch(cell.text):
        return {"value_status": "missing"}, "cube_text"
    if not cell.text:
        # A sign that is not known is no number either.
        is_reason = status in ("missing", "suppressed", "not_applicable")
        rule = "cube_sign" if sign and not status else ""
        return {"value_status": status if is_reason else "missing"}, rule
    told = {
        "value": canonical(cell.text),
        "value_qualifier": "about" if sign in ESTIMATED else "exact",
    }
    if status == "provisional":
        told["value_status"] = status
    # A number that is marked as one that isn't known is told as it is, and asked about.
    return told, "" if status in ("known", "provisional") else "cube_sign"
