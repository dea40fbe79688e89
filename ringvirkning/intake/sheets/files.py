"""A file to grids, by what it holds and not by what it is called."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Decisions, Grid, Refused, delimited
from ringvirkning.intake.sheets.old_workbook import old_workbook_grids
from ringvirkning.intake.sheets.open_document import open_document_grids
from ringvirkning.intake.sheets.packages import DECLARED, LARGEST_UPLOAD, BookKind, check_archive
from ringvirkning.intake.sheets.spreadsheet_xml import spreadsheet_xml_grids
from ringvirkning.intake.sheets.web_tables import web_grids
from ringvirkning.intake.sheets.workbook import workbook_grids

READERS: dict[BookKind, Callable[[Path], tuple[list[Grid], list[Finding]]]] = {
    "XLSX": workbook_grids,
    "ODS": open_document_grids,
    "XLS": old_workbook_grids,
    "XML": spreadsheet_xml_grids,
}
# What files of each kind are called; all others hold text.
ENDINGS: dict[str, BookKind] = {
    **dict.fromkeys((".xlsx", ".xltx"), "XLSX"),
    **dict.fromkeys((".ods", ".ots", ".fods"), "ODS"),
    **dict.fromkeys((".xls", ".xlt"), "XLS"),
    **dict.fromkeys((".html", ".htm"), "HTML"),
    ".xml": "XML",
}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
XML = rb"<\?xml[^>]*>\s*(?:<[!?][^>]*>\s*)*"
# Workbooks that are one file of XML, OpenDocument and Excel's of 2003.
FLAT: dict[BookKind, re.Pattern[bytes]] = {
    "ODS": re.compile(XML + rb"<office:document"),
    "XML": re.compile(
        XML + rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"
    ),
}
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|meta)", re.I)
# How files begin that hold no table to be read, whatever they are called: the rule that says what
# to do with them, and what they are.
BEGINNINGS = [
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:" + begins + rb")", re.I), rule, kind)
    for begins, rule, kind in (
        (rb"%PDF", "not_spreadsheet", "PDF"),
        (rb"PAR1", "not_spreadsheet", "Parquet"),
        (rb"\{\\rtf", "not_spreadsheet", "RTF"),
        (rb"\x1f\x8b", "packed_file", "gzip"),
        (rb"7z\xbc\xaf", "packed_file", "7z"),
        (rb"Rar!", "packed_file", "RAR"),
        (rb"\[InternetShortcut\]|L\0\0\0\x01\x14\x02", "link_file", None),
        (XML + rb"<plist", "link_file", None),
        (rb'\{[^{}]*"doc_id"', "link_file", None),  # what Google Drive leaves on a disk
        (rb"<\?xml", "not_spreadsheet", "XML"),
        (rb"BEGIN:VCARD", "not_spreadsheet", "vCard"),
        (rb"TABLE\r?\n0,1\r?\n", "not_spreadsheet", "DIF"),
        (rb"ID;P[^\n]*\n(?:[PFBO];[A-Z]|C;[XY]\d)", "not_spreadsheet", "SYLK"),
        (rb"BEGIN:VCALENDAR", "not_spreadsheet", "iCalendar"),
        (rb"(?:[\w-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", "not_spreadsheet", "MIME"),
    )
]
# What is in a file of the old kind of Office that is no workbook.
OLD_WORKBOOK = "Workbook"
IN_OLD_FILES = {
    "WordDocument": "Word", "PowerPoint Document": "PowerPoint", "__substg1.0_": "Outlook",
}  # fmt: skip
BEGINNING = 4000  # bytes by which a file is known
LOCK_SIZE, LONGEST_NAME = 165, 54  # bytes
ENCRYPTED = "EncryptedPackage"
# Text that was UTF-8, was read as Windows' encoding, and was saved so: ø has become Ã and ¸.
GARBLED = re.compile(r"[ÂÃ][^\x00-\x7f]|â[^\x00-\x7f]{2}|\ufffd")


def file_bytes(path: Path) -> bytes:
    """What is in a file. Raises Refused where it can be no table."""
    if path.stat().st_size > LARGEST_UPLOAD:
        raise Refused(Finding("too_large", path.name, expected="≤ 50 MB"))
    data = path.read_bytes()
    if not data.strip():
        raise Refused(Finding("empty_file", path.name))
    check_kind(data, path.name)
    return data


def grids(path: Path, data: bytes, choices: Decisions) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a file, and what is to be said of it. Raises Refused."""
    said = list[Finding]()
    try:
        kind = book_kind(path, data)
        if kind == "HTML":
            found = web_grids(data, path.name, choices)
        elif kind:
            found, said = READERS[kind](path)
    except Refused:
        raise
    except Exception as error:  # A broken workbook fails in any part of its reader, in any way.
        raise Refused(Finding("broken_file", path.name)) from error
    if kind is None:
        found = [delimited.text_grid(data, path.name, choices)]
    if ENDINGS.get(path.suffix.lower()) != kind:
        holds = kind or "CSV"
        said.append(Finding("named_as_other", path.name, found=holds, level="should_look"))
    return found, [*said, *(finding for grid in found for finding in garbled(grid, path.name))]


def book_kind(path: Path, data: bytes) -> BookKind | None:
    """What kind of workbook a file is, if any. Raises Refused for one that is not to be read, and
    what zipfile raises."""
    if data.startswith(ZIP):
        return check_archive(path)
    if data.startswith(OLE):
        return "XLS"
    if WEB_PAGE.match(data[:BEGINNING]):
        return "HTML"
    flat = flat_kind(data)
    if flat and DECLARED in data:
        raise Refused(Finding("broken_file", path.name))
    return flat


def flat_kind(data: bytes) -> BookKind | None:
    return next((kind for kind, begins in FLAT.items() if begins.match(data[:BEGINNING])), None)


def check_kind(data: bytes, file: str) -> None:
    """Raises Refused for a file of another kind, whatever it is called."""
    if file.startswith(("~$", ".~lock.")) or is_lock(data):
        raise Refused(Finding("lock_file", file))
    if data.startswith(OLE):
        check_old(data, file)
    if flat_kind(data):
        return
    for beginning, rule, kind in BEGINNINGS:
        if beginning.match(data[:BEGINNING]):
            raise Refused(Finding(rule, file, found=kind))


def check_old(data: bytes, file: str) -> None:
    """Raises Refused for a file of the old kind of Office that is no workbook to be read, which
    the names in it tell."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds(ENCRYPTED):
        raise Refused(Finding("encrypted_file", file))
    other = next((kind for name, kind in IN_OLD_FILES.items() if holds(name)), None)
    if other and not holds(OLD_WORKBOOK):
        raise Refused(Finding("not_spreadsheet", file, found=other))


def is_lock(data: bytes) -> bool:
    """Whether a file is who has a workbook open, as Excel writes it: a name in bytes, with its
    length before it, and the same in UTF-16."""
    name = data[1 : 1 + data[0]]
    length = data[0].to_bytes(2, "little")
    return len(data) == LOCK_SIZE and bool(name) and data[1 + LONGEST_NAME :].startswith(length)


def garbled(grid: Grid, file: str) -> list[Finding]:
    """The first cell in which letters were lost before the file came here."""
    for row in grid.rows:
        for cell in row.cells:
            if not cell.text.isascii() and (repaired := as_meant(cell.text)):
                found = Finding("garbled", file, row.number, None, cell.text[:80], repaired[:80])
                return [replace(found, sheet=grid.sheet or None)]
    return []


def as_meant(text: str) -> str | None:
    """What a garbled text was, as far as it can be told; None for one that is not garbled."""
    repaired = GARBLED.sub(lambda piece: once_utf8(piece[0]), text)
    return repaired if repaired != text else None


def once_utf8(piece: str) -> str:
    """The sign whose bytes were taken for these; the same when they are none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return piece.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return "?" if piece == "\ufffd" else piece
