"""A text file to a grid: its encoding, its delimiter, its cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from unicodedata import normalize

from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import EMPTY, Cell, Decisions, Grid, Refused, Row

BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# Windows, the Mac's and the command line's for Norwegian, where a byte is a letter.
BYTE_ENCODINGS = ("cp1252", "mac_roman", "cp850")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *BYTE_ENCODINGS)
# What å, æ and ø of the two others look like as Windows reads them: signs no word has inside it.
NOT_WINDOWS = re.compile(r"\ufffd|(?<=[A-Za-z])[†›‘¾¿Œ](?=[a-z])|[†¿](?=[a-z])")
DELIMITERS = (";", ",", "\t", "|")
SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.I)
SAMPLE = 50  # lines that show the delimiter
MOST_COLUMNS = 100


def likely_encodings(data: bytes) -> tuple[str, ...]:
    """The encodings that text may be in, likeliest first; one when a strict rule decides.

    None for what is no text.
    """
    for bom, name in BOMS.items():
        if data.startswith(bom):
            return (name,)
    if b"\0" in data:
        # Every other byte of Latin letters is NUL in UTF-16.
        nuls = {"utf-16-be": data[::2].count(0), "utf-16-le": data[1::2].count(0)}
        (few, _), (many, count) = sorted(nuls.items(), key=lambda one: one[1])
        return (many,) if count > len(data) / 8 > 8 * nuls[few] else ()
    if is_in(data, "utf-8"):
        return ("utf-8",)
    if not NOT_WINDOWS.search(data.decode("cp1252", "replace")):
        return ("cp1252",)
    possible = [name for name in BYTE_ENCODINGS if is_in(data, name)]
    return tuple(sorted(possible, key=lambda name: -norwegian_letters(data.decode(name))))


def is_in(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def norwegian_letters(text: str) -> int:
    return sum(map(text.count, "æøåÆØÅ"))


def text_of(data: bytes, file: str, choices: Decisions) -> str:
    """The text of a file, without a mark for the byte order. Raises Refused."""
    likely = likely_encodings(data)
    if not likely:
        raise Refused(Finding("not_spreadsheet", file))
    sample = None if len(likely) == 1 else odd_line(data)
    encoding = choices.decide(
        "encoding",
        likely[0] if len(likely) == 1 else None,
        dict.fromkeys([*likely, *ENCODINGS]),
        found=sample,
    )
    try:
        text = data.decode(encoding or likely[0])
    except UnicodeDecodeError:
        raise Refused(Finding("not_in_encoding", file, found=encoding)) from None
    if "\0" in text:
        raise Refused(Finding("not_spreadsheet", file))
    return text.removeprefix("\ufeff")


def odd_line(data: bytes) -> str | None:
    """The first line that shows that a text is not in Windows' encoding."""
    lines = data.decode("cp1252", "replace").splitlines()
    return next((line[:80] for line in lines if NOT_WINDOWS.search(line)), None)


def filled_cells(lines: list[str], delimiter: str) -> int:
    """How many delimiters stand in the rows that agree with each other about their number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0
    return max((rows * (width - 1) for width, rows in widths.items()), default=0)


def split_rows(text: str, file: str, choices: Decisions) -> Iterator[list[str]]:
    """The records of a text. The line `sep=;` is an order to Excel and counts as no row."""
    ordered = SEP_LINE.match(text)
    body = text[ordered.end() :] if ordered else text
    sample = list(islice(io.StringIO(body, newline=""), SAMPLE))
    scores = {d: filled_cells(sample, d) for d in DELIMITERS}
    likely = sorted(DELIMITERS, key=lambda d: -scores[d])
    is_clear = scores[likely[0]] > scores[likely[1]] or not scores[likely[0]]
    found = ordered[1] if ordered else likely[0] if is_clear else None
    options = dict.fromkeys([*([ordered[1]] if ordered else []), *likely])
    delimiter = choices.decide("delimiter", found, options, found=sample[0][:80] if sample else "")
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter or likely[0], strict=True)
    count = 0
    try:
        for row in rows:
            count += 1
            yield row
    except csv.Error:
        raise Refused(Finding("row_unquoted_value", file, count + 1)) from None


def text_grid(data: bytes, file: str, choices: Decisions) -> Grid:
    """The one sheet of a text file. Raises Refused."""
    cells = {"": EMPTY}  # by field, for most hold what others do
    rows = []
    for number, fields in enumerate(split_rows(text_of(data, file, choices), file, choices), 1):
        row = [cells.get(field) or cells.setdefault(field, shown_cell(field)) for field in fields]
        while row and not row[-1].text:
            row.pop()
        if len(row) > MOST_COLUMNS:
            limit = f"≤ {MOST_COLUMNS}"
            raise Refused(Finding("too_many_columns", file, number, None, str(len(row)), limit))
        if row:
            rows.append(Row(number, row))
    return Grid("", rows)


def shown_cell(field: str) -> Cell:
    """A field as a spreadsheet shows it: `="0123"` keeps a number a text in Excel."""
    if field.startswith('="') and field.endswith('"'):
        field = field[2:-1]
    return Cell(clean(field))


def clean(text: str) -> str:
    """A text without blanks and invisible signs around it, its line ends of one kind and each
    letter one sign: a Mac writes å in two."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = normalize("NFC", text)
    return text.strip().strip("\u200b\ufeff").strip()
