"""A workbook in a ZIP archive: which kind it is, within limits, before anything is made of it."""

import zipfile
from pathlib import Path
from typing import Literal

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Refused

BookKind = Literal["XLSX", "ODS", "XLS", "XML", "HTML"]
LARGEST_UPLOAD = 50 * 2**20  # unzipped, bytes
KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Parts by which an archive is known not to be a plain workbook: the rule, and what it is.
OTHER_BOOKS = {
    "xl/workbook.bin": ("not_spreadsheet", "XLSB"),
    "xl/vbaProject.bin": ("not_spreadsheet", "XLSM"),
    "word/document.xml": ("not_spreadsheet", "Word"),
    "ppt/presentation.xml": ("not_spreadsheet", "PowerPoint"),
    "Index/Document.iwa": ("numbers_file", None),
    "Index.zip": ("numbers_file", None),
    "mimetype": ("not_spreadsheet", "OpenDocument"),
}
# Also of a template of one.
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST, ENCRYPTED_PART = "META-INF/manifest.xml", b"encryption-data"
UNREAD = "customXml/"
# No workbook declares entities, by which a little XML becomes gigabytes.
DECLARED = b"<!DOCTYPE"


def check_archive(path: Path) -> BookKind:
    """Unzip all, keeping nothing: the directory may lie about sizes. Raises Refused."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        kind = kind_of_package(archive, path.name)
        if sum(part.file_size for part in parts) > LARGEST_UPLOAD:
            raise Refused(Finding("unzipped_too_large", path.name, expected="≤ 50 MB"))
        # Each part of an encrypted OpenDocument looks like noise.
        if kind == "ODS" and ENCRYPTED_PART in archive.read(MANIFEST):
            raise Refused(Finding("encrypted_file", path.name))
        for part in parts:
            # The others inflate whole in memory.
            if part.compress_type not in KNOWN_METHODS:
                raise Refused(Finding("broken_file", path.name))
            check_part(archive, part, path.name)
    return kind


def kind_of_package(archive: zipfile.ZipFile, file: str) -> BookKind:
    """Raises Refused for an archive that is no workbook to be read."""
    names = archive.namelist()
    if "mimetype" in names and archive.open("mimetype").read(100).startswith(OPEN_DOCUMENT):
        return "ODS"
    for name, (rule, kind) in OTHER_BOOKS.items():
        if name in names:
            raise Refused(Finding(rule, file, found=kind))
    if "[Content_Types].xml" not in names:
        raise Refused(Finding("packed_file", file, found="ZIP"))
    return "XLSX"


def check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    """Read a part to its end, which must be where the directory says. Raises Refused."""
    # What Power Query keeps is in UTF-16; nobody reads it.
    is_xml = part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(UNREAD)
    with archive.open(part) as content:
        before = b""
        while chunk := content.read(1 << 20):
            if is_xml and (DECLARED in before[-9:] + chunk or b"\0" in chunk):
                raise Refused(Finding("broken_file", file))
            before = chunk
