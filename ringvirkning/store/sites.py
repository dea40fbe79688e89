"""Where the page for everyone was written to, so that what is withdrawn can be taken from there."""

from pathlib import Path

LIST = "sites"
PAGE = "index.html"


def known_folders(var: Path) -> list[Path]:
    try:
        return [Path(line) for line in (var / LIST).read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []


def remember_folder(var: Path, folder: Path) -> None:
    """Raises OSError."""
    place = folder.resolve()
    if place not in known_folders(var):
        with (var / LIST).open("a", encoding="utf-8") as file:
            file.write(f"{place}\n")


def showing(var: Path, names: list[str]) -> list[Path]:
    """The folders whose pages are of one of these versions, as their foot says."""
    return [folder for folder in known_folders(var) if shows(folder / PAGE, names)]


def shows(page: Path, names: list[str]) -> bool:
    try:
        said = page.read_text(encoding="utf-8")
    except OSError:  # it is no longer there
        return False
    return any(name in said for name in names)
