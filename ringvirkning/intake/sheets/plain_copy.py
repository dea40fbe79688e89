"""A workbook as openpyxl reads it, in memory: of one that is sound otherwise.

Other programs write looks that openpyxl won't read (an empty fill, a colour or a time in another
form), and Excel itself the strict form of the standard, with other names for the same.
"""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/"
# What the strict form calls by other names, in the order in which they are replaced.
TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/"
    ),
}
# How cells look: each kind of look as a plain one.
PLAIN_LOOKS = {"fonts": "font", "fills": "fill", "borders": "border"}
NOT_NEEDED = ("dxfs", "tableStyles", "colors")
PROPERTIES = "docProps/"


def is_strict(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return WORKBOOK in archive.namelist() and STRICT in archive.read(WORKBOOK)


def plain_copy(path: Path) -> io.BytesIO:
    """The workbook without looks and properties; its parts have been counted before. Raises what
    zipfile and ElementTree raise."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as plain:
        for part in archive.infolist():
            if part.filename.startswith(PROPERTIES):
                continue
            content = archive.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for strict, name in TRANSITIONAL.items():
                    content = content.replace(strict, name)
            plain.writestr(
                part.filename, without_looks(content) if part.filename == STYLES else content
            )
    copy.seek(0)
    return copy


def without_looks(styles: bytes) -> bytes:
    """A part of styles with the forms of numbers, and looks that say nothing."""
    root = ElementTree.fromstring(styles)
    for child in list(root):
        name = child.tag.removeprefix(f"{{{MAIN}}}")
        if name in NOT_NEEDED:
            root.remove(child)
        elif name in PLAIN_LOOKS:
            count = len(child)
            child.clear()
            for _ in range(count):
                look = ElementTree.SubElement(child, f"{{{MAIN}}}{PLAIN_LOOKS[name]}")
                if name == "fills":
                    ElementTree.SubElement(look, f"{{{MAIN}}}patternFill")
    return ElementTree.tostring(root)
