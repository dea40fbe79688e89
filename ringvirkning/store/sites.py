"""Where pages for everyone were written to and whose each is, so that what is withdrawn can be
taken from there."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ringvirkning.store import storage

LIST = "sites"
PAGE = "index.html"
VERSIONS = "versions"  # where a site keeps what it showed before, each version in its folder


class Site(NamedTuple):
    """A folder that a page for everyone was written to; `association` is "" where it is of all."""

    folder: Path
    association: str = ""

    @classmethod
    def of_line(cls, line: str) -> "Site":
        folder, _, association = line.partition("\t")
        return cls(Path(folder), json.loads(association) if association else "")

    def line(self) -> str:
        association = f"\t{json.dumps(self.association)}" if self.association else ""
        return f"{self.folder}{association}\n"


def known_sites(var: Path) -> list[Site]:
    try:
        return [*map(Site.of_line, (var / LIST).read_text(encoding="utf-8").splitlines())]
    except FileNotFoundError:
        return []


def remember_folder(var: Path, folder: Path, association: str = "") -> None:
    """A folder has one site: another in its place is remembered instead. Raises OSError."""
    site, known = Site(folder.resolve(), association), known_sites(var)
    if site not in known:
        keep_sites(var, [*(one for one in known if one.folder != site.folder), site])


def forget_folder(var: Path, folder: Path) -> None:
    """Raises OSError."""
    keep_sites(var, [one for one in known_sites(var) if one.folder != folder])


def keep_sites(var: Path, known: Iterable[Site]) -> None:
    storage.write(var / LIST, "".join(one.line() for one in known).encode())


def showing(var: Path, names: list[str]) -> list[Site]:
    """Those that have pages of one of these versions, as their foot says: to be read first, or as
    what was shown before."""
    places = [Path(), *(Path(VERSIONS, name) for name in names)]
    return [
        site
        for site in known_sites(var)
        if any(shows(site.folder / place / PAGE, names) for place in places)
    ]


def shows(page: Path, names: list[str]) -> bool:
    try:
        said = page.read_text(encoding="utf-8")
    except OSError:  # it is no longer there
        return False
    return any(name in said for name in names)
