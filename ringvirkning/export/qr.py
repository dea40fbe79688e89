"""The address of the page for everyone, for phones in the hall."""

import io

import segno

from ringvirkning.charts.palette import GROUND, INK
from ringvirkning.export.identity import Identity


def qr_svg(who: Identity) -> str:
    """A code as SVG, "" where there is no such page."""
    if not who.site:
        return ""
    code = segno.make(who.site, micro=False)
    return str(code.svg_inline(border=3, dark=INK["light"], light=GROUND["light"], omitsize=True))


def qr_png(who: Identity) -> bytes:
    content = io.BytesIO()
    segno.make(who.site, micro=False).save(content, kind="png", border=3, scale=12)
    return content.getvalue()
