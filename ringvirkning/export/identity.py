"""Whose pages, slides and papers these are: name, logo and two colours.

One association's are in `data/associations.csv`, those of the server as a whole in a settings file.
"""

import base64
import re
import struct
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ringvirkning import ROOT
from ringvirkning.charts.palette import COLOURS, GROUND, luminance
from ringvirkning.figures.whose import association_row

IDENTITY_FILE = ROOT / ".streamlit" / "identity.toml"
LOGOS = {".svg": "image/svg+xml", ".png": "image/png"}
SVG_NUMBER = rb"(-?\d*\.?\d+)"
VIEW_BOX = re.compile(rb"<svg\b[^>]*\bviewBox=.\s*" + rb"[\s,]+".join([SVG_NUMBER] * 4))
LARGEST_LOGO = 300_000  # bytes
LEAST_CONTRAST = 4.5  # of white letters on the first colour


class Unusable(ValueError):
    """What is wrong in the settings: the name of a text, and what it speaks of."""


@dataclass(frozen=True)
class Identity:
    """`colours` are those of the title slide, which letters stand on, and of its band; `logo` is a
    data address, `site` an association's own or where the page for everyone is; or ""."""

    name: str = ""
    logo: str = ""
    site: str = ""
    colours: tuple[str, str] = (COLOURS["accent"][0], COLOURS["apprenticeship"][0])
    short_name: str = ""
    area: str = ""
    offline: bool = True  # whether browsers may keep pages of the site for when there is no network


def identity_of(
    database: Path, association: str | None, settings: Path = IDENTITY_FILE
) -> Identity:
    """An association's identity in a version; the server's as a whole where none or several are
    meant (None). What an association doesn't say is the server's only where that is the same one;
    the colours are in any case. Raises Unusable as `read_identity` does."""
    server = read_identity(settings)
    if association is None:
        return server
    bare = Identity(association, colours=server.colours, offline=server.offline)
    own = server if server.name == association else bare
    row = association_row(database, association)
    if row is None:
        return own
    title, band = own.colours
    return replace(
        own,
        logo=row.logo or own.logo,
        site=row.site or own.site,
        colours=(row.title_colour or title, row.band_colour or band),
        short_name=row.short_name or "",
        area=row.area or "",
    )


def identity_of_several(database: Path, associations: Sequence[str]) -> Identity:
    """That of the only one of them, else the server's. Raises Unusable as `read_identity` does."""
    return identity_of(database, associations[0] if len(associations) == 1 else None)


def read_identity(settings: Path = IDENTITY_FILE) -> Identity:
    """Raises Unusable where the file is there and can't be used."""
    if not settings.is_file():
        return Identity()
    try:
        said = tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable("toml", str(error)) from error
    colours = said.get("colours", list(Identity.colours))
    if not isinstance(colours, list) or len(colours) != 2:
        raise Unusable("colours", str(colours))
    for one, least in zip(colours, (LEAST_CONTRAST, 1), strict=True):
        if contrast(str(one)) < least:
            raise Unusable("contrast", str(one))
    logo = said.get("logo")
    address = logo_address(settings.parent / str(logo)) if logo else ""
    site = str(said.get("site", ""))
    if site and not site.startswith(("https://", "http://")):
        raise Unusable("site", site)
    offline = said.get("offline", True)
    if not isinstance(offline, bool):
        raise Unusable("offline", str(offline))
    colours = (str(colours[0]), str(colours[1]))
    return Identity(str(said.get("name", "")), address, site, colours, offline=offline)


def logo_address(file: Path) -> str:
    kind = LOGOS.get(file.suffix.lower())
    if kind is None or not file.is_file() or file.stat().st_size > LARGEST_LOGO:
        raise Unusable("logo", file.name)
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def logo_ratio(address: str) -> float | None:
    """Of a logo's width to its height, so that a page keeps room for it; None where it doesn't say:
    a PNG does in its first chunk, an SVG by `viewBox`."""
    kind, _, content = address.removeprefix("data:").partition(";base64,")
    read = base64.b64decode(content)
    width, height = 0.0, 0.0
    if kind == LOGOS[".png"] and len(read) >= 24:
        width, height = struct.unpack(">II", read[16:24])
    elif found := VIEW_BOX.search(read):
        width, height = float(found[3]), float(found[4])
    return width / height if width > 0 and height > 0 else None


def contrast(colour: str) -> float:
    """Of #rrggbb against the ground, 1 to 21 (WCAG 2.2, relative luminance); 0 if it is none."""
    try:
        return (luminance(GROUND["light"]) + 0.05) / (luminance(colour) + 0.05)
    except ValueError:
        return 0
