"""What was decided about headings and words, kept in `var/` for the next file with the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ringvirkning import child
from ringvirkning.child import as_json, from_json
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, Read
from ringvirkning.intake.sheets.across import time_beside
from ringvirkning.intake.sheets.corrections import CORRECTION, to_remember
from ringvirkning.intake.sheets.dates import any_period
from ringvirkning.intake.sheets.vocabulary import named_after, plain
from ringvirkning.store import storage

# What holds for the next file, too; encodings and signs are seen anew in each.
LASTING_KINDS = (
    "table", "column", "rest", "word", "heading", "markers", "evening", "tickets",
    "every_row", "agreement_title", "part_of_year", "participants", "stage", "stages", "blanks",
    "persons", "left_out_national_id", "left_out_email", "left_out_phone", "left_out_numbers",
    "measure_unit", "measure_adds", "measure_name_nb", "measure_name_en", "measure_level",
    "cube", "cube_subject", "cube_association", "new_partner",
)  # fmt: skip
NAMED_KIND = "new_partner"  # whose answers are about a name

SOME_YEAR = 2024  # beside which a month is a time
TABLE_SAID = "table/"  # under which the table of a sheet is remembered; of one by name, with that


def everyones(var: Path) -> dict[str, dict[str, str]]:
    """All that is remembered; nothing if it can't be read."""
    try:
        text = (var / storage.READINGS).read_text(encoding="utf-8")
        return from_json(text, dict[str, dict[str, str]])
    except (FileNotFoundError, ValueError):
        return {}


def prefix_of_own() -> str:
    """What stands before the keys of those whose role is for some associations: what one means by
    a heading, another need not."""
    own = child.own_associations()
    said = hashlib.blake2b("\n".join(sorted(own)).encode(), digest_size=6)
    return f"{said.hexdigest()}:" if own else ""


def remembered_readings(var: Path) -> dict[str, dict[str, str]]:
    """What is remembered for who asks, by the key of the headings."""
    begin = prefix_of_own()
    every = everyones(var).items()
    return {
        key.removeprefix(begin): said
        for key, said in every
        if key.startswith(begin) and (begin or ":" not in key)
    }


def lasting(choices: Iterable[Choice], sheet: str) -> dict[str, str]:
    """What was decided about a sheet that holds for the next one with the same headings."""
    own = [c for c in choices if c.sheet == sheet and c.value is not None]
    return {
        **{kept_as(c): c.value or "" for c in own if c.kind in LASTING_KINDS},
        **dict(one for c in own if c.kind == CORRECTION for one in to_remember(c)),
    }


def kept_as(choice: Choice) -> str:
    """What a choice is remembered by. Who was with in an activity may be a person, of whom no name
    is kept."""
    is_name = choice.kind == NAMED_KIND
    return f"{choice.kind}/{name_mark(choice.about) if is_name else choice.about}"


def name_mark(text: str) -> str:
    return hashlib.blake2b(plain(text).encode(), digest_size=8).hexdigest()


def readings(reads: Iterable[Read]) -> dict[str, dict[str, str]]:
    """How the headings and words of files were understood, by the key of the headings."""
    found: dict[str, dict[str, str]] = {}
    for read in reads:
        for part in read.parts:
            keep_reading(found, part.mapping_key, part.sheet, lasting(read.choices, part.sheet))
        for sheet, key in read.left_out.items():
            keep_reading(found, key, sheet, lasting(read.choices, sheet))
    return found


def keep_reading(
    into: dict[str, dict[str, str]], key: str, sheet: str, said: Mapping[str, str]
) -> None:
    """Remember what was said of a sheet with such headings: also for the table that it is, and of
    which table the sheet of that name is, since others with the same headings may be another."""
    table, before = said.get(TABLE_SAID), into.get(key, {})
    of_sheet = {f"{TABLE_SAID}{name}": table for name in names_of_sheet(sheet)} if table else {}
    if table == LEAVE_OUT:  # says nothing of other sheets with the same headings
        into[key] = {**before, **of_sheet}
        return
    into[key] = {**tables_by_sheet(before), **said, **of_sheet}
    if table:
        into[f"{key}/{table}"] = dict(said)


def names_of_sheet(sheet: str) -> dict[str, None]:
    """What a sheet is called, and without the time that it is of, as next month's is: "Notater mars
    2026". Nothing where there is one sheet without a name."""
    words = time_beside(sheet)[1].split()
    while words and words[-1].isalpha() and any_period(f"{words[-1]} {SOME_YEAR}"):
        words.pop()
    return dict.fromkeys(filter(None, [sheet, " ".join(words)]))


def tables_by_sheet(said: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in said.items() if k.startswith(TABLE_SAID) and k != TABLE_SAID}


def said_of_sheet(said: Mapping[str, str], sheet: str) -> Mapping[str, str]:
    """What is remembered of headings, as it goes for a sheet of this name."""
    by_name = (said.get(f"{TABLE_SAID}{name}") for name in names_of_sheet(sheet))
    own, named = next(filter(None, by_name), None), named_after(sheet)
    if own:
        return {**said, TABLE_SAID: own}
    if named and named != said.get(TABLE_SAID):
        return {k: v for k, v in said.items() if k != TABLE_SAID}
    return said


def but_left_out(
    remembered: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """What is remembered but for which sheets are left out."""
    return {
        key: {k: v for k, v in said.items() if not (k.startswith(TABLE_SAID) and v == LEAVE_OUT)}
        for key, said in remembered.items()
    }


def answered_readings(reads: Iterable[Read]) -> dict[str, dict[str, str]]:
    """The same of those sheets alone of which the person has said something now."""
    reads = [*reads]
    asked = {(r.file, c.sheet) for r in reads for c in r.choices if c.by == "asked"}
    return readings(
        replace(
            r,
            parts=tuple(p for p in r.parts if (r.file, p.sheet) in asked),
            left_out={sheet: key for sheet, key in r.left_out.items() if (r.file, sheet) in asked},
        )
        for r in reads
    )


def remember_readings(var: Path, said: Mapping[str, Mapping[str, str]]) -> None:
    """Keep such readings beside those that are kept."""
    var.mkdir(parents=True, exist_ok=True)
    every, begin = everyones(var), prefix_of_own()
    before = {key: every.get(f"{begin}{key}", {}) for key in said}
    own = {
        f"{begin}{key}": {
            **(tables_by_sheet(before[key]) if TABLE_SAID in one else before[key]),
            **one,
        }
        for key, one in said.items()
    }
    content = as_json({**every, **own})
    storage.write(var / storage.READINGS, content.encode())
