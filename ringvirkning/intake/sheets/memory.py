"""What was decided about headings and words, kept in `var/` for the next file with the same."""

import json
from collections.abc import Iterable
from pathlib import Path

from ringvirkning.intake.sheets import Choice, Read
from ringvirkning.store import storage

# What holds for the next file, too; encodings and signs are seen anew in each.
KEPT = ("table", "column", "word", "every_row")


def remembered(var: Path) -> dict[str, dict[str, str]]:
    """All that is remembered, by the key of the headings; nothing if it can't be read."""
    try:
        return json.loads((var / storage.READINGS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def kept(choices: Iterable[Choice], sheet: str) -> dict[str, str]:
    """What was decided about a sheet that holds for the next one with the same headings."""
    return {
        f"{choice.kind}/{choice.about}": choice.value
        for choice in choices
        if choice.sheet == sheet and choice.kind in KEPT and choice.value is not None
    }


def remember(var: Path, read: Read) -> None:
    """Keep how the headings and words of a file were understood."""
    known = remembered(var)
    for part in read.parts:
        known[part.mapping_key] = kept(read.choices, part.sheet)
    var.mkdir(parents=True, exist_ok=True)
    content = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    storage.write(var / storage.READINGS, content.encode())
