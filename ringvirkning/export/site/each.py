"""The site of all, and each association's in a folder of its own there: of many, some at a time,
on all cores."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ringvirkning.child import processes_beside
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import OwnSite, home_of, write_sites
from ringvirkning.export.site.addresses import OF_AGREEMENTS, OF_PARTNERS
from ringvirkning.export.site.chosen import FOLDERS_OF
from ringvirkning.export.site.folder import SiteWritten, remove_files
from ringvirkning.export.site.open_data import OPEN_DATA
from ringvirkning.export.site.places import (
    FIGURES_FOLDER,
    FOLDERS,
    QUESTIONS_FOLDER,
    dashed,
    stems_apart,
)
from ringvirkning.figures.filters import every_choice
from ringvirkning.store import sites, versions
from ringvirkning.store.versions import Version

AT_ONCE = 4  # associations: a question is planned once for all of them
# By a process: of what it has typeset it keeps some 100 MB for each association.
TIMES = 2


def write_each_site(
    version: Version,
    var: Path,
    as_of: date,
    identity: Callable[[Sequence[str]], Identity],
    into: Path,
    address: str = "",
) -> SiteWritten:
    """Write the site of all and, where there are several associations, that of each in a folder of
    its own; those of associations that are there no longer are removed. Raises as `write_site`."""
    names = [*every_choice(version.protected(var))["association"]]
    folders = site_folders(names, into) if len(names) > 1 else {}
    every = OwnSite(into, home_of(version, identity(names), address))
    own = [
        OwnSite(folder, home_of(version, identity([name]), in_folder(address, folder)), (name,))
        for name, folder in folders.items()
    ]
    if len(own) <= AT_ONCE:
        written = write_sites(version, var, as_of, [every, *own])
    else:
        written = written_beside(version, var, as_of, every, own)
    with versions.alone(var):
        remove_former_sites(var, into, names, [*folders.values()])
    return written


def in_folder(address: str, folder: Path) -> str:
    return f"{address}{folder.name}/" if address else ""


def written_beside(
    version: Version, var: Path, as_of: date, every: OwnSite, own: Sequence[OwnSite]
) -> SiteWritten:
    """Those of each by other processes, as many as there are cores, while this one makes that of
    all. Where one can't be written, the rest is not begun."""
    with processes_beside(os.cpu_count() or 1, TIMES) as pool:
        try:
            begun = [
                pool.submit(write_sites, version, var, as_of, own[at : at + AT_ONCE])
                for at in range(0, len(own), AT_ONCE)
            ]
            written = write_sites(version, var, as_of, [every])
            for one in begun:
                written += one.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return written


def site_folders(names: Sequence[str], into: Path) -> dict[str, Path]:
    """A folder for each association's site, by its name; where two would have the same, the second
    has a number."""
    own = (
        *FOLDERS.values(),
        FIGURES_FOLDER,
        OF_PARTNERS,
        OF_AGREEMENTS,
        QUESTIONS_FOLDER,
        OPEN_DATA,
        sites.VERSIONS,
        *FOLDERS_OF.values(),
    )
    taken = {folder.split("/")[0] for folder in own}
    return {name: into / folder for name, folder in stems_apart(names, stem_of, taken).items()}


def stem_of(association: str) -> str:
    return dashed(association) or "site"


def remove_former_sites(
    var: Path, into: Path, names: Sequence[str], folders: Sequence[Path]
) -> None:
    """Remove sites beside these folders: of associations that are there no longer, and those that
    now stand elsewhere. One that somebody wrote there under another name stays. Raises OSError."""
    kept = {folder.resolve() for folder in folders}
    for folder, association in sites.known_sites(var):
        is_beside = association and folder.parent == into.resolve() and folder not in kept
        if is_beside and (association not in names or folder.name.startswith(stem_of(association))):
            remove_files(folder)
            sites.forget_folder(var, folder)
