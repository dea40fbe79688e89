"""A file to grids, by what it holds and not by what it is called."""

import re
from dataclasses import replace
from pathlib import Path

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Decisions, Grid, Refused, delimited, workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# How files begin that are no spreadsheets, though they may be called so.
OTHER_KINDS = {b"%PDF": "PDF", b"PAR1": "Parquet", b"{\\rtf": "RTF", b"<?xml": "XML"}
LOCK_SIZE, LONGEST_NAME = 165, 54  # bytes
HTML = re.compile(rb"\s*<(!doctype|html|table|head|meta)", re.I)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Text that was UTF-8, was read as Windows' encoding, and was saved so: ø has become Ã and ¸.
GARBLED = re.compile(r"[ÂÃ][^\x00-\x7f]|â[^\x00-\x7f]{2}|\ufffd")


def grids(path: Path, choices: Decisions) -> tuple[list[Grid], list[Finding]]:
    """The sheets of a file, and what is to be said of them. Raises Refused."""
    if path.stat().st_size > workbook.LARGEST_UPLOAD:
        raise Refused(Finding("too_large", path.name, expected="≤ 50 MB"))
    data = path.read_bytes()
    if not data.strip():
        raise Refused(Finding("empty_file", path.name))
    check_kind(data, path.name)
    is_book = data.startswith(ZIP)
    found, said = (
        workbook.workbook_grids(path)
        if is_book
        else ([delimited.text_grid(data, path.name, choices)], list[Finding]())
    )
    if is_book != (path.suffix.lower() in (".xlsx", ".xltx")):
        holds = "XLSX" if is_book else "CSV"
        said.append(Finding("named_as_other", path.name, found=holds, level="should_look"))
    return found, [*said, *(finding for grid in found for finding in garbled(grid, path.name))]


def check_kind(data: bytes, file: str) -> None:
    """Raises Refused for a file of another kind, whatever it is called."""
    if file.startswith(("~$", ".~lock.")) or is_lock(data):
        raise Refused(Finding("lock_file", file))
    if data.startswith(OLE):
        is_encrypted = ENCRYPTED in data
        raise Refused(Finding("encrypted_file", file) if is_encrypted else Finding("old_xls", file))
    for start, kind in OTHER_KINDS.items():
        if data.startswith(start):
            raise Refused(Finding("not_spreadsheet", file, found=kind))
    if HTML.match(data):
        raise Refused(Finding("not_spreadsheet", file, found="HTML"))


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
