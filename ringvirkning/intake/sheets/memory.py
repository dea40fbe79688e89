"""What was decided about headings and words, kept in `var/` for the next file with the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ringvirkning import child
from ringvirkning.child import as_json, from_json
from ringvirkning.intake.sheets import Choice, Read
from ringvirkning.intake.sheets.corrections import CORRECTION, to_remember
from ringvirkning.store import storage

# What holds for the next file, too; encodings and signs are seen anew in each.
LASTING_KINDS = (
    "table", "column", "rest", "word", "markers", "evening", "tickets",
    "every_row", "part_of_year", "participants", "stage", "stages", "blanks",
    "left_out_national_id", "left_out_email", "left_out_phone", "left_out_numbers",
    "measure_unit", "measure_adds", "measure_name_nb", "measure_name_en", "measure_level",
    "cube", "cube_subject", "cube_association", "new_partner",
)  # fmt: skip


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
    return {part.mapping_key: lasting(r.choices, part.sheet) for r in reads for part in r.parts}


def answered_readings(reads: Iterable[Read]) -> dict[str, dict[str, str]]:
    """The same of those sheets alone of which the person has said something now."""
    reads = [*reads]
    asked = {(r.file, c.sheet) for r in reads for c in r.choices if c.by == "asked"}
    return readings(
        replace(r, parts=tuple(p for p in r.parts if (r.file, p.sheet) in asked)) for r in reads
    )


def remember_readings(var: Path, said: Mapping[str, Mapping[str, str]]) -> None:
    """Keep such readings beside those that are kept."""
    var.mkdir(parents=True, exist_ok=True)
    own = {f"{prefix_of_own()}{key}": one for key, one in said.items()}
    content = as_json({**everyones(var), **own})
    storage.write(var / storage.READINGS, content.encode())
