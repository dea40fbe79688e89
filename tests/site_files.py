"""The files of a site as they are asked for, whatever its links lead to."""

import os
from pathlib import Path

from ringvirkning.export.site.folder import LIST_OF_FILES


def site_files(folder: Path, suffix: str = "") -> list[Path]:
    """All in it that anybody may ask for by name, in alphabetical order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = [Path(place) / name for name in names if name == LIST_OF_FILES or name[0] != "."]
        found += [file for file in here if file.name.endswith(suffix) and file.is_file()]
    return sorted(found)
