"""What was decided about headings and words, kept in `var/` for the next file with the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ringvirkning import child
from ringvirkning.child import as_json, from_json
from ringvirkning.intake.sheets import Choice, Read
from ringvirkning.intake.sheets.corrections import CORRECTION, to_remember
from ringvirkning.intake.sheets.vocabulary import named_after
from ringvirkning.store import storage

# What holds for the next file, too; encodings and signs are seen anew in each.
LASTING_KINDS = (
    "table", "column", "rest", "word", "heading", "markers", "evening", "tickets",
    "every_row", "agreement_title", "part_of_year", "participants", "stage", "stages", "blanks",
    "persons", "left_out_national_id", "left_out_email", "left_out_phone", "left_out_numbers",
    "measure_unit", "measure_adds", "measure_name_nb", "measure_name_en", "measure_level",
    "cube", "cube_subject", "cube_association", "new_partner",
)  # fmt: skip

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
        **{f"{c.kind}/{c.about}": c.value or "" for c in own if c.kind in LASTING_KINDS},
        **dict(one for c in own if c.kind == CORRECTION for one in to_remember(c)),
    }


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
    table = said.get(TABLE_SAID)
    of_sheet = {f"{TABLE_SAID}{sheet}": table} if table and sheet else {}
    into[key] = {**tables_by_sheet(into.get(key, {})), **said, **of_sheet}
    if table:
        into[f"{key}/{table}"] = dict(said)


def tables_by_sheet(said: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in said.items() if k.startswith(TABLE_SAID) and k != TABLE_SAID}


def said_of_sheet(said: Mapping[str, str], sheet: str) -> Mapping[str, str]:
    """What is remembered of headings, as it goes for a sheet of this name."""
    own, named = said.get(f"{TABLE_SAID}{sheet}"), named_after(sheet)
    if own:
        return {**said, TABLE_SAID: own}
    if named and named != said.get(TABLE_SAID):
        return {k: v for k, v in said.items() if k != TABLE_SAID}
    return said


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
    own = {
        f"{begin}{key}": {**tables_by_sheet(every.get(f"{begin}{key}", {})), **one}
        for key, one in said.items()
    }
    content = as_json({**every, **own})
    storage.write(var / storage.READINGS, content.encode())
