"""A site in its folder: what was written there, what is, and how one takes the other's place."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

LIST_OF_FILES = ".ringvirkning"  # the names of all that was written there, a line each
HALF = ".ringvirkning-half"  # where files wait until all are there
# What stood there before there was a list.
BEFORE_LISTS = tuple(
    f"{folder}{name}.html"
    for folder in ("", "en/")
    for name in ("index", "partnerships", "outcomes")
)
BESIDE_THEM = ("site.css", "embed.js", "Regular.woff2", "Bold.woff2", "OFL.txt")


class SiteWritten(NamedTuple):
    """How many files a site has now, how many of them are new or other than before, and how many
    were removed."""

    files: int
    changed: int
    removed: int

    def __add__(self, other: "SiteWritten") -> "SiteWritten":  # type: ignore[override]
        return SiteWritten(*(a + b for a, b in zip(self, other, strict=True)))


def written_before(into: Path) -> list[str]:
    """The files that were written there, by name; none outside it, whatever the list says."""
    try:
        names = (into / LIST_OF_FILES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        names = [*BEFORE_LISTS, *BESIDE_THEM]
    inside = [name for name in names if name and not Path(name).is_absolute() and ".." not in name]
    return [name for name in inside if (into / name).is_file()]


def pages_written(into: Path) -> list[str]:
    return [name for name in written_before(into) if name.endswith(".html")]


def write_files(
    files: Mapping[str, bytes], into: Path, instead: Mapping[str, bytes] | None = None
) -> SiteWritten:
    """Write the files, and pages `instead` of those that are gone. All are written aside first, so
    that where there is no room the site stays as it was; then each takes its place whole, pages
    last, since they ask for the others. What is the same is left alone, and what was written before
    and is no longer among them removed. Raises OSError."""
    every = {**files, **(instead or {})}
    into.mkdir(parents=True, exist_ok=True)
    before, half = written_before(into), into / HALF
    shutil.rmtree(half, ignore_errors=True)
    changed = [name for name in pages_last(every) if not holds(into / name, every[name])]
    try:
        for name in changed:
            aside = half / name
            aside.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(every[name])
        half.mkdir(exist_ok=True)
        # What is there before and after, so that nothing is forgotten if it ends in between.
        note_files(into, half, [*dict.fromkeys([*before, *every])])
        for name in changed:
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (half / name).replace(into / name)
        removed = [name for name in before if name not in every]
        remove_named(into, removed)
        note_files(into, half, every)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return SiteWritten(len(every), len(changed), len(removed))


def pages_last(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name.endswith(".html"), name))


def holds(place: Path, content: bytes) -> bool:
    return place.is_file() and place.read_bytes() == content


def note_files(into: Path, half: Path, names: Iterable[str]) -> None:
    noted = half / LIST_OF_FILES
    noted.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    noted.replace(into / LIST_OF_FILES)


def remove_files(folder: Path) -> None:
    """Remove the files of a site, and folders that are empty then. Raises OSError."""
    remove_named(folder, [*written_before(folder), LIST_OF_FILES])
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def remove_named(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)
        for place in (folder / name).parents:
            if place == folder or any(place.iterdir()):
                break
            place.rmdir()
