"""What was decided about headings and words, kept in `var/` for the next file with the same."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ringvirkning.child import as_json, from_json
from ringvirkning.intake.sheets import Choice, Read
from ringvirkning.store import storage

# What holds for the next file, too; encodings and signs are seen anew in each.
LASTING_KINDS = (
    "table", "column", "rest", "word", "markers", "evening", "tickets",
    "every_row", "part_of_year", "participants", "stage", "stages", "blanks",
    "left_out_national_id", "left_out_email", "left_out_phone", "left_out_numbers",
    "measure_unit", "measure_adds", "measure_name_nb", "measure_name_en", "measure_level",
    "cube", "cube_subject", "cube_association",
)  # fmt: skip


def remembered_readings(var: Path) -> dict[str, dict[str, str]]:
    """All that is remembered, by the key of the headings; nothing if it can't be read."""
    try:
        text = (var / storage.READINGS).read_text(encoding="utf-8")
        return from_json(text, dict[str, dict[str, str]])
    except (FileNotFoundError, ValueError):
        return {}


def lasting(choices: Iterable[Choice], sheet: str) -> dict[str, str]:
    """What was decided about a sheet that holds for the next one with the same headings."""
    return {
        f"{choice.kind}/{choice.about}": choice.value
        for choice in choices
        if choice.sheet == sheet and choice.kind in LASTING_KINDS and choice.value is not None
    }


def readings(reads: Iterable[Read]) -> dict[str, dict[str, str]]:
    """How the headings and words of files were understood, by the key of the headings."""
    return {part.mapping_key: lasting(r.choices, part.sheet) for r in reads for part in r.parts}


def remember_readings(var: Path, said: Mapping[str, Mapping[str, str]]) -> None:
    """Keep such readings beside those that are kept."""
    var.mkdir(parents=True, exist_ok=True)
    content = as_json({**remembered_readings(var), **said})
    storage.write(var / storage.READINGS, content.encode())
