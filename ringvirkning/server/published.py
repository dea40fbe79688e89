"""What is published, and what of it can be shown."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from ringvirkning import ROOT
from ringvirkning.figures import view
from ringvirkning.figures.filters import every_choice
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server.sign_in import Person
from ringvirkning.store import leftovers, storage, versions
from ringvirkning.store.versions import DATABASES, Damaged, Version

log = logging.getLogger(__name__)
EXACT = DATABASES[0]


@cache
def watch() -> Watch:
    """The data folder and what is published of it; one for the whole server."""
    folder = os.environ.get("RINGVIRKNING_DATA", "data")
    var = os.environ.get("RINGVIRKNING_VAR", "var")
    return Watch(ROOT / folder, ROOT / var)


def make_place() -> Path:
    """What the app writes to, made anew where it was deleted while the server runs. Where it can't
    be made, whoever writes there says so."""
    with suppress(OSError):
        watch().var.mkdir(parents=True, exist_ok=True)
    return watch().var


def make_inbox() -> Path:
    """A folder in `var` for what is uploaded; those that others left there go. Raises OSError."""
    leftovers.sweep_if_alone(make_place())
    return Path(tempfile.mkdtemp(prefix=leftovers.INBOX, dir=make_place()))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in `var` for as long as something is worked on."""
    place = make_inbox()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def withdrawals() -> dict[str, Version]:
    """The withdrawals of what was published once, by name."""
    return versions.withdrawn(watch().lines)


@lru_cache(maxsize=1)
def forget_withdrawn(names: frozenset[str]) -> None:
    """Once each time something more is withdrawn."""
    view.forget()


def has_one_association() -> bool:
    """Whether what is current is of one association, which there is no other to compare with."""
    version = watch().version
    return version is not None and len(associations_in(version)) == 1


def associations_in(version: Version) -> list[str]:
    """Those that have rows in it; none while it can't be asked."""
    var = watch().var
    with suppress(Damaged, FileNotFoundError, *storage.FAILURES):
        if version.is_ready(var):
            return [*every_choice(version.protected(var))["association"]]
    return []


@dataclass(frozen=True)
class Usable:
    """A version that can be shown, its database, and whether the session may see the exact one."""

    version: Version
    database: Path
    may_be_exact: bool


def first_usable(wanted: Version, is_staff: bool, is_public: bool) -> Usable | None:
    """The version that is wanted or, while that can't be read, the last one before it that can;
    `is_public` where staff, too, look at the public edition. None where there is none."""
    for one in (wanted, *versions.earlier_than(wanted, watch().published)):
        if database := open_database(one, is_staff and not is_public):
            return Usable(one, database, is_staff and one.exact(watch().var).is_file())
    return None


def own_part(version: Version, associations: Sequence[str]) -> Path | None:
    """The folder with what is of these associations alone, its database open; None where it can't
    be had now, or this server keeps no exact figures."""
    var = watch().var
    if not version.is_ready(var) or not version.exact(var).is_file():
        return None
    place = version.own(var, associations)
    for _ in range(2):
        try:
            view.connection(place / EXACT)
            return place
        except (Damaged, FileNotFoundError):
            pass
        except storage.FAILURES as error:
            log.warning("%s can't be opened: %s", place.name, type(error).__name__)
            return None
        if watch().make_ready(version, associations):
            return None
    return None


def narrowed_to(version: Version, chosen: Sequence[str]) -> tuple[str, ...]:
    """The associations that are chosen, where the version has others, too; none where it has not,
    or none is chosen: then all of it is meant."""
    return () if {*associations_in(version)} == {*chosen} else tuple(chosen)


def exact_content(version: Version, names: Sequence[str]) -> bytes:
    """The exact database, of these associations alone (none: of all). Raises Damaged where it can't
    be had now, and OSError."""
    exact = version.exact(watch().var)
    if names:
        place = own_part(version, names)
        if place is None:
            raise Damaged(version.name)
        exact = place / EXACT
    return exact.read_bytes()


def database_for(person: Person | None, version: Version, chosen: Sequence[str]) -> Path | None:
    """The exact database that somebody may see where these associations (none: all) are chosen;
    None where they may see none, or there is none now."""
    if person is None or not person.sees(chosen):
        return None
    if person.is_national:
        return exact if (exact := version.exact(watch().var)).is_file() else None
    place = own_part(version, chosen)
    return place and place / EXACT


def own_usable(
    person: Person | None, found: Usable, chosen: Sequence[str], is_public: bool
) -> Usable:
    """What is shown to who may see some associations' exact figures alone: those where only such
    are chosen, else the public edition, which `is_public` is to be seen in any case."""
    if person is None or person.is_national or not person.sees(chosen):
        return found
    database = database_for(person, found.version, chosen)
    if database is None:
        return found
    return replace(found, database=found.database if is_public else database, may_be_exact=True)


def open_database(version: Version, wants_exact: bool) -> Path | None:
    """Its database, open: the exact one where that is wanted and kept. It is compiled anew where it
    is of an older programme or damaged. None where it can't be had now."""
    var = watch().var
    for _ in range(2):
        try:
            if version.is_ready(var):
                is_exact = wants_exact and version.exact(var).is_file()
                database = version.exact(var) if is_exact else version.protected(var)
                view.connection(database)
                return database
        except (Damaged, FileNotFoundError):
            log.warning("%s is damaged", version.name)
        except storage.FAILURES as error:
            log.warning("%s can't be opened: %s", version.name, type(error).__name__)
            return None
        if watch().make_ready(version):
            return None
    return None
