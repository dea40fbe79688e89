"""A measure that comes with its first results: a heading or a word of which nothing is known.

What it is called is offered as it is written there; what it counts, and whether years of it may be
added up, is asked. It is a row of its own among the measures from then on.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from ringvirkning.intake.naming import give_ids
from ringvirkning.intake.sheets import Decisions
from ringvirkning.intake.sheets.vocabulary import code_kinds, key_in, table_named
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.texts.safe import slug

NEW_MEASURE = "new_measure"
# Of persons first: they are what small numbers are protected for. A score is on its scale.
PERSONS, SHARE = "persons", "share"
SCORES = ("score:1-5", "score:1-6", "score:1-10")
UNITS = (PERSONS, "organisations", "count", "fte", "nok", SHARE, *SCORES)
ADDINGS = ("sum", "latest", "never")
NOT_ADDED = (SHARE, *SCORES)
LONGEST_MEASURE = 80


def named_anew(
    text: str,
    row: int,
    column: str | None,
    sheet: str,
    taken: Collection[str],
    choices: Decisions,
) -> str:
    """The code of the measure that is called so, none of those `taken`; asks what it is."""
    name = " ".join(text.split())[:LONGEST_MEASURE]
    named = {c.about: c.found for c in choices.made if c.kind == "measure_unit"}
    code = stem = slug(name) or f"measure_{row}"
    number = 1
    while code in taken or named.get(code, name) != name:
        code = f"{stem}_{(number := number + 1)}"
    place: dict[str, str | int | None] = {"sheet": sheet, "about": code, "row": row}
    place |= {"column": column, "found": name}
    unit = choices.decide("measure_unit", None, UNITS, **place)
    if unit not in (None, *NOT_ADDED):
        choices.decide("measure_adds", None, ADDINGS, **place)
    choices.decide("measure_name_nb", name, (name,), is_free=True, **place)
    choices.decide("measure_name_en", name, (name,), is_free=True, **place)
    choices.decide("measure_level", "output", levels(), **place)
    return code


def levels() -> tuple[str, ...]:
    return next(codes for codes, kind in code_kinds().items() if kind == "level")


def units_of_new(choices: Decisions) -> dict[str, str]:
    """What each new measure counts, as far as it was said."""
    return {
        made.about: made.value.partition(":")[0]
        for made in choices.made
        if made.kind == "measure_unit" and made.value
    }


def rows_of_new(
    choices: Decisions, sheet: str, known: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The new measures of a sheet, each as a row after the number of the row that it was found in:
    those that are not `known` yet, and of which all is said."""
    said = {(c.kind, c.about): c.value for c in choices.made if c.sheet == sheet}
    for made in choices.made:
        chosen, code = made.value, made.about
        if (made.kind, made.sheet) != ("measure_unit", sheet) or not chosen or code in known:
            continue
        unit, _, scale = chosen.partition(":")
        adds = "never" if chosen in NOT_ADDED else said["measure_adds", code]
        if not adds:
            continue
        row = {
            "measure": code,
            **{f"name_{to}": said[f"measure_name_{to}", code] or "" for to in LANGUAGES},
            **{f"definition_{to}": as_told(to, made.found or "") for to in LANGUAGES},
            "unit": unit,
            "scale": scale,
            "level": said["measure_level", code] or "",
            "adds": adds,
            "counts_people": "yes" if unit == PERSONS else "no",
            "higher_is_better": "yes",
        }
        yield made.row or 0, {name: text for name, text in row.items() if text}


def as_told(language: str, name: str) -> str:
    return words(language)("form.as_told", name=name)


def give_codes(table: str, rows: list[dict[str, str]], listed: Iterable[Mapping[str, str]]) -> None:
    """Fill in the codes of listed measures or types that a sheet gives by their names alone, so
    that its other sheets find them."""
    key = key_in(table)
    give_ids(table_named(table), rows, [{**row} for row in listed if row.get(key)])
