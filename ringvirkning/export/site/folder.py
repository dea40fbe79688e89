"""A site in its folder: what was written there, what is, and how one takes the other's place.

The files of a site lie in a folder of their own in there, which SHOWN_SITE leads to; and whatever
is asked for in the folder itself leads there through SHOWN_SITE. So another site takes the place of
one by a single rename, whatever is read or ends meanwhile. Where there are no such links (Windows),
each file takes its place by itself.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

LIST_OF_FILES = ".ringvirkning"  # the names of all that was written there, a line each
# In the first line, before what it was made of and the seal of all files.
MADE_OF = "made of "
SHOWN_SITE = ".ringvirkning-shown"
SITE_FOLDER = ".ringvirkning-written-"  # and a few letters: the folder of a site
HAS_LINKS = os.name == "posix"
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


class OfSomebodyElse(FileExistsError):
    """In the place of a site's file is one that no site of ours has written: its path."""


class WrittenNow(BlockingIOError):
    """Somebody else is writing there: its path."""


def written_before(into: Path) -> list[str]:
    """The files that were written there, by name; none outside it, whatever the list says."""
    names = lines_of_list(into)
    if not names and is_from_before_lists(into):
        names = [*BEFORE_LISTS, *BESIDE_THEM]
    inside = [name for name in names if name and not Path(name).is_absolute() and ".." not in name]
    return [name for name in inside if (into / name).is_file()]


def lines_of_list(into: Path) -> list[str]:
    try:
        return (into / LIST_OF_FILES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def is_made_of(into: Path, made_of: str) -> bool:
    """Whether the site there was made of this, and each of its files is as it was written."""
    first, *names = lines_of_list(into) or [""]
    if not first.startswith(f"{MADE_OF}{made_of} ") or names != written_before(into):
        return False
    return first == sealed_line(made_of, ((name, (into / name).read_bytes()) for name in names))


def sealed_line(made_of: str, files: Iterable[tuple[str, bytes]]) -> str:
    """The first line of the list; the files by their names, in the order of these."""
    seal = blake2b(digest_size=16)
    for name, content in files:
        seal.update(f"{name} {len(content)}\n".encode() + content)
    return f"{MADE_OF}{made_of} {seal.hexdigest()}"


def is_from_before_lists(into: Path) -> bool:
    first = into / BEFORE_LISTS[0]
    return first.is_file() and b'href="site.css"' in first.read_bytes()


def pages_written(into: Path) -> list[str]:
    return [name for name in written_before(into) if name.endswith(".html")]


def write_files(
    files: Mapping[str, bytes],
    into: Path,
    instead: Mapping[str, bytes] | None = None,
    made_of: str = "",
) -> SiteWritten:
    """Write the files, and pages `instead` of those that are gone; `made_of` says what of. All are
    written aside, and take the place of what was there at once: what ends before that, or finds no
    room, leaves the site as it was. What is the same is the same file, what was written before and
    is no longer among them is removed, and what somebody else has put there stays.

    Raises OfSomebodyElse and WrittenNow, before anything is touched, and OSError.
    """
    every = {**files, **(instead or {})}
    refuse_others(into, every, written_before(into))
    into.mkdir(parents=True, exist_ok=True)
    with only_writer(into):
        return written_alone(every, into, made_of)


@contextmanager
def only_writer(into: Path) -> Iterator[None]:
    """One at a time, whatever `var` each is of; the system frees it of one that dies. Raises
    WrittenNow. Nothing keeps them apart where no folder can be locked (Windows)."""
    if not HAS_LINKS:
        yield
        return
    import fcntl

    folder = os.open(into, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as taken:
        raise WrittenNow(into) from taken
    finally:
        os.close(folder)


def written_alone(every: Mapping[str, bytes], into: Path, made_of: str) -> SiteWritten:
    before = written_before(into)
    remove_left_over(into)
    fresh = Path(tempfile.mkdtemp(prefix=SITE_FOLDER, dir=into))
    try:
        fresh.chmod(0o755)  # who serves it is another
        kept = [name for name in every if write_or_link(every[name], into / name, fresh / name)]
        lines = sorted(every)
        if made_of:
            lines.insert(0, sealed_line(made_of, ((name, every[name]) for name in lines)))
        (fresh / LIST_OF_FILES).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        if every and len(kept) == len(every) and lines_of_list(into) == lines:
            return SiteWritten(len(every), 0, 0)
        if HAS_LINKS:
            keep_what_others_put(into, fresh, [*before, *every])
            lead_all(into, fresh, before)
        else:
            place_each(into, fresh, before, every)
    finally:
        remove_left_over(into)
    removed = [name for name in before if name not in every]
    return SiteWritten(len(every), len(every) - len(kept), len(removed))


def refuse_others(into: Path, names: Iterable[str], before: Iterable[str]) -> None:
    """Raise OfSomebodyElse where one of these names is another's."""
    ours = top_names(before)
    for top in top_names(names) - ours:
        if os.path.lexists(into / top) and not leads_to_shown(into / top):
            raise OfSomebodyElse(into / top)


def top_names(names: Iterable[str]) -> set[str]:
    """What stands in the folder itself, of these names and the list of them."""
    return {name.split("/")[0] for name in names} | {LIST_OF_FILES}


def leads_to_shown(place: Path) -> bool:
    return place.is_symlink() and os.readlink(place).startswith(f"{SHOWN_SITE}/")


def write_or_link(content: bytes, there: Path, place: Path) -> bool:
    """Write it, and whether it is there already: then it is the same file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    is_there = there.is_file() and there.read_bytes() == content
    if is_there:
        with suppress(OSError):  # a disk that knows no second name for a file
            os.link(there.resolve(), place)
            return True
    place.write_bytes(content)
    return is_there


def keep_what_others_put(into: Path, fresh: Path, names: Iterable[str]) -> None:
    """What stands in folders of the site and is none of these."""
    ours, shown = {LIST_OF_FILES, *names}, into / SHOWN_SITE
    root = shown.resolve() if shown.is_dir() else into
    folders = [root] if shown.is_dir() else [into / top for top in top_names(names)]
    for file in (file for folder in folders for file in folder.rglob("*")):
        name = file.relative_to(root).as_posix()
        if name not in ours and file.is_file():
            write_or_link(file.read_bytes(), file, fresh / name)


def lead_all(into: Path, fresh: Path, before: Collection[str]) -> None:
    """Have the folder lead to what was written: its own names first, since they lead to where
    nothing is yet, then all at once."""
    if before and not (into / SHOWN_SITE).is_symlink():
        show_as_it_is(into, before)
    for name in {file.name for file in fresh.iterdir()}:
        lead(into, name, f"{SHOWN_SITE}/{name}")
    lead(into, SHOWN_SITE, fresh.name)


def show_as_it_is(into: Path, before: Iterable[str]) -> None:
    """What was written before there were links is led to, as it is."""
    same = Path(tempfile.mkdtemp(prefix=SITE_FOLDER, dir=into))
    same.chmod(0o755)
    for name in [*before, LIST_OF_FILES]:
        if (into / name).is_file():
            write_or_link((into / name).read_bytes(), into / name, same / name)
    keep_what_others_put(into, same, before)
    lead(into, SHOWN_SITE, same.name)
    for name in top_names(before):
        lead(into, name, f"{SHOWN_SITE}/{name}")


def lead(into: Path, name: str, to: str) -> None:
    """A link of this name, in the place of whatever has it."""
    place, link = into / name, into / f"{SITE_FOLDER}link"
    if place.is_symlink() and os.readlink(place) == to:
        return
    if place.is_dir() and not place.is_symlink():
        place.rename(into / f"{SITE_FOLDER}{name}")
    link.unlink(missing_ok=True)
    link.symlink_to(to)
    link.replace(place)


def place_each(into: Path, fresh: Path, before: Iterable[str], every: Collection[str]) -> None:
    """Each file by itself, pages last, since they ask for the others."""
    for name in [LIST_OF_FILES, *sorted(every, key=lambda name: (name.endswith(".html"), name))]:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).replace(into / name)
    remove_named(into, [name for name in before if name not in every])


def remove_left_over(into: Path) -> None:
    """Folders of sites that are not shown: those before, and of what has ended half done; and links
    that lead to nothing then."""
    shown = os.readlink(into / SHOWN_SITE) if (into / SHOWN_SITE).is_symlink() else ""
    for place in into.glob(f"{SITE_FOLDER}*"):
        if place.is_symlink():
            place.unlink()
        elif place.name != shown:
            shutil.rmtree(place, ignore_errors=True)
    for place in into.iterdir():
        if leads_to_shown(place) and not place.exists():
            place.unlink()


def remove_files(folder: Path) -> None:
    """Remove the files of a site, and folders that are empty then. Raises OSError."""
    if not folder.is_dir():
        return
    write_files({}, folder)
    inside = (folder / SHOWN_SITE).iterdir() if HAS_LINKS else [folder / LIST_OF_FILES]
    if [file.name for file in inside] == [LIST_OF_FILES]:
        for name in (LIST_OF_FILES, SHOWN_SITE):
            (folder / name).unlink(missing_ok=True)
        remove_left_over(folder)
    if not any(folder.iterdir()):
        folder.rmdir()


def remove_named(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)
        for place in (folder / name).parents:
            if place == folder or any(place.iterdir()):
                break
            place.rmdir()
