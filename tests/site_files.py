"""The files of a site as they are asked for, whatever its links lead to."""

import os
from pathlib import Path

import pytest

from ringvirkning.export.site import taken
from ringvirkning.export.site.folder import LIST_OF_FILES
from ringvirkning.export.site.places import PREVIEW


def site_files(folder: Path, suffix: str = "") -> list[Path]:
    """All in it that anybody may ask for by name, in alphabetical order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = [Path(place) / name for name in names if name == LIST_OF_FILES or name[0] != "."]
        found += [file for file in here if file.name.endswith(suffix) and file.is_file()]
    return sorted(found)


def leave_out_pictures(patch: pytest.MonkeyPatch) -> None:
    """The pictures that figures can be taken as are empty files: they are half of what a site
    takes, and tests/test_site.py looks at them."""
    kinds = (".svg", ".png", PREVIEW)
    patch.setattr(
        taken,
        "drawn_files",
        lambda shown, home, found: {f"{stem}{kind}": b"" for stem in found for kind in kinds},
    )
