"""What measures and types are called in a folder of files (in a database: figures.view)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ringvirkning.intake import former
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.vocabulary import type_names
from ringvirkning.texts import Words


def with_names(w: Words, listed: Mapping[str, Sequence[Record]]) -> Words:
    """The words with the names of measures and types; `listed` are their rows by table."""
    measures = listed.get("measures", ())
    names = {m["measure"]: {"name": m[f"name_{w.language}"]} for m in measures}
    return replace(w, measures=names, types=type_names(listed, w.language))


def with_names_of(w: Words, folder: Path | None) -> Words:
    """The same of a published folder; without one, those that are shipped."""
    return with_names(w, former.listed_in(folder))
