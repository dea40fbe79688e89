"""Going back to an earlier version, and taking one from the public."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ringvirkning.store import leftovers, letters, storage, versions
from ringvirkning.store.versions import COMPILED, DATABASES, PART_MARK, Version
from ringvirkning.texts import clock


class NotReady(Exception):
    """A version is not compiled by our queries: see `intake.publishing.anew`."""


@dataclass(frozen=True)
class Withdrawal:
    """What is current now, what was published later than what was withdrawn and may hold the same,
    and files that are there still though they should not be."""

    current: Version | None
    later: tuple[Version, ...]
    left: tuple[Path, ...]


def kept_version(name: str, var: Path) -> Version | None:
    """The version of this name, a withdrawn one too as long as its files are kept."""
    said = [line for line in versions.history_lines(var) if line.way != "withdraw"]
    found = versions.version_named(name, said)
    return found if found and found.files(var).is_dir() else None


def earlier(var: Path, name: str | None) -> Version | None:
    """The version to go back to: the one named, or the one before the current one."""
    published = versions.history(var)
    now = versions.last(published)
    return kept_version(name, var) if name else now and versions.before(now, published)


def undo(
    var: Path, name: str | None = None, *, who: str | None = None, note: str | None = None
) -> Version:
    """Make an earlier version current again: the one named, or the one before. Raises LookupError
    when there is none, and NotReady when it is to be compiled first."""
    with versions.alone(var):
        found = earlier(var, name)
        if found is None:
            raise LookupError
        if not found.is_ready(var):
            raise NotReady(found.name)
        version = replace(found, way="undo", current_at=clock.now_text(), who=who, note=note)
        versions.point_at(version, var)
        return version


def withdraw(
    var: Path, names: Sequence[str], *, why: str, who: str | None = None, destroy: bool = False
) -> Withdrawal:
    """Take versions from the public and everyone else: nobody sees their figures any more.

    First the history says so, so that no page shows them; then their databases are removed, so that
    no other programme does; and with `destroy` their files, the letters that tell of them, how the
    words of what was uploaded were understood, and what was looked at to be published, which holds
    their rows too. Without, `undo` can bring them back.
    Of the current version the one before takes the place. A version that is withdrawn already may
    still be destroyed. Raises LookupError for a name that is nobody's.
    """
    with versions.alone(var):
        said = versions.history_lines(var)
        by_name = {line.name: line for line in said}
        chosen = [by_name[name] for name in dict.fromkeys(names)]  # KeyError is a LookupError
        gone, at = versions.withdrawn(said), clock.now_text()
        follow = later(var, set(names))
        lines = [
            replace(line, way="withdraw", current_at=at, who=who, note=why)
            for line in chosen
            if line.name not in gone
        ]
        follows = successor(var, set(names))
        moved = replace(follows, way="undo", current_at=at, who=who, note=None) if follows else None
        if lines:
            versions.append([*([moved] if moved else []), *lines], var)
        left = [path for line in chosen for path in remove_version(line, var, destroy)]
        if destroy:
            told = letters.of_versions(var, [line.name for line in chosen])
            unsure = [var / storage.READINGS, var / storage.DRAFTS, *told]
            left += gone_for_good([*unsure, *var.glob(f"{leftovers.INBOX}*")])
        return Withdrawal(versions.current(var), tuple(follow), tuple(left))


def successor(var: Path, names: set[str]) -> Version | None:
    """What is current instead when these are withdrawn and one of them was current: the nearest
    version that was current before; None where none is, or it stays as it is."""
    published = versions.history(var)
    version = versions.last(published)
    if version is None or version.name not in names:
        return None
    others = [v for v in published if v.name not in names]
    nearest = (v for v in versions.earlier_than(version, published) if v.name not in names)
    return next(nearest, versions.last(others))


def remove_version(version: Version, var: Path, destroy: bool) -> list[Path]:
    """Remove its databases, whatever queries they are for, and with `destroy` all of it; what could
    not be removed, as on Windows while a server has it open."""
    place = version.folder(var)
    unwanted = [place] if destroy else [place / name for name in DATABASES]
    unwanted += var.glob(f"{COMPILED}/*/{version.name}")
    unwanted += var.glob(f"{COMPILED}/*/{version.name}{PART_MARK}*")
    return gone_for_good(unwanted)


def gone_for_good(unwanted: Sequence[Path]) -> list[Path]:
    """Remove these; those that could not be."""
    for path in unwanted:
        leftovers.remove(path)
    return [path for path in unwanted if path.exists()]


def later(var: Path, names: set[str]) -> list[Version]:
    """Versions that were published after the first of these, and may hold what they hold."""
    published = {v.name: v for v in versions.history(var)}
    order = list(published)
    first = min((order.index(name) for name in names if name in order), default=len(order))
    return [published[name] for name in order[first:] if name not in names]
