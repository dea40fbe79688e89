"""PC-Axis (.px), as SSB's and NAV's tables are saved; by the specification of 2013:
https://www.scb.se/globalassets/vara-tjanster/px-programmen/PX-file_format_specification_2013.pdf
"""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ringvirkning.finding import Finding
from ringvirkning.intake.cubes import STATUS, Category, Cube, CubeCell, Dimension, check_size
from ringvirkning.intake.sheets import Decisions, Refused
from ringvirkning.intake.sheets.dates import any_period, iso
from ringvirkning.intake.sheets.delimited import BOMS, text_of

# How a file begins: a keyword and its text.
BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*[A-Z][A-Z0-9-]*(\["?[a-z]+"?\])?(\("[^"\n]*"\))?\s*=')
CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([\w-]+)"')
# Nothing is given back: else what is not closed could be read in more ways than can be tried.
QUOTED = r'"(?:[^"]|"")*+"'
STATEMENT = re.compile(
    rf'\s*([A-Z][A-Z0-9-]*)(?:\["?([A-Za-z-]+)"?\])?(?:\(((?:\s*{QUOTED}\s*+,?)*+)\))?\s*=\s*'
)
VALUE = re.compile(rf"({QUOTED}(?:\s*{QUOTED})*+)|(TLIST)\s*\(\s*(\w)\d?|([^\s,;\"()]+)|([,;)-])")
STRING = re.compile(QUOTED)
CELL = re.compile(rf'{QUOTED}|[^\s,;"]+|;')
NIL = "-"  # exactly none


@dataclass
class Keywords:
    """What a file says before its data, by keyword, language ("" for its own) and what of."""

    told: dict[tuple[str, str, tuple[str, ...]], list[str]] = field(default_factory=dict)
    own_language: str = ""

    def texts(self, keyword: str, *of: str, language: str = "") -> list[str]:
        return self.told.get((keyword, language, of), [])

    def text(self, keyword: str, *of: str, language: str = "") -> str:
        return " ".join(self.texts(keyword, *of, language=language))


def is_px(data: bytes) -> bool:
    return bool(BEGINS.match(data)) and b"DATA" in data


def cube_of_px(data: bytes, file: str, choices: Decisions) -> Cube:
    """The cube of a file. Raises Refused where it is not whole."""
    text = decoded(data, file, choices)
    said, start = keywords(text, file)
    stub, heading = said.texts("STUB"), said.texts("HEADING")
    names = [*stub, *heading]
    sizes = [len(said.texts("VALUES", name)) for name in names]
    if missing := next((name for name, size in zip(names, sizes, strict=True) if not size), None):
        raise Refused(Finding("cube_shape", file, found=f'VALUES("{missing[:60]}")'))
    count = check_size(sizes, file)
    dimensions = [
        variable(said, name, place, "STUB" if place < len(stub) else "HEADING", len(stub))
        for place, name in enumerate(names)
    ]
    cells = data_cells(text, start, count, said, dimensions[: len(stub)], file)
    return Cube(
        said.text("CONTENTS") or said.text("TITLE"),
        dimensions,
        cells,
        label_en=in_english(said, "CONTENTS"),
        title=said.text("TITLE"),
        time=next((name for name in names if said.texts("TIMEVAL", name)), ""),
        place=next((name for name in names if said.texts("MAP", name)), ""),
        measure=said.text("CONTVARIABLE"),
        unit=said.text("UNITS"),
        unit_en=in_english(said, "UNITS"),
        source=said.text("SOURCE") or said.text("COPYRIGHT-HOLDER"),
        updated=updated_on(said),
    )


def decoded(data: bytes, file: str, choices: Decisions) -> str:
    """The text: in the encoding that the file names, else as any text is read."""
    named = CODEPAGE.search(data[:4000])
    if named and not data.startswith(tuple(BOMS)):
        try:
            return data.decode(codecs.lookup(named[1].decode()).name)
        except (LookupError, UnicodeDecodeError):
            pass
    return text_of(data, file, choices)


def keywords(text: str, file: str) -> tuple[Keywords, int]:
    """All that is said before the data, and where they begin. Raises Refused where a statement has
    no end, or there are no data."""
    said, at = Keywords(), 0
    while found := STATEMENT.match(text, at):
        keyword, language, of = found.groups()
        at = found.end()
        if keyword == "DATA":
            said.own_language = said.text("LANGUAGE")
            return said, at
        values, at = statement_values(text, at, file)
        names = tuple(string(one) for one in STRING.findall(of or ""))
        said.told[keyword, language or "", names] = values
    line = text.count("\n", 0, at) + 1
    raise Refused(Finding("cube_px", file, line, found=text[at : at + 60].strip() or None))


def statement_values(text: str, at: int, file: str) -> tuple[list[str], int]:
    """The values of a statement until its semicolon: texts, words, and a time's TLIST as "TLIST A"
    before its times."""
    values: list[str] = []
    while found := VALUE.match(text, after_blanks(text, at)):
        quoted, times, letter, word, sign = found.groups()
        at = found.end()
        if quoted:
            values.append("".join(string(one) for one in STRING.findall(quoted)))
        elif times:
            values.append(f"TLIST {letter}")
        elif word:
            values.append(word)
        elif sign == ";":
            return [" ".join(value.replace("#", " ").split()) for value in values], at
    raise Refused(Finding("cube_px", file, text.count("\n", 0, at) + 1))


def after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def string(quoted: str) -> str:
    return quoted[1:-1].replace('""', '"')


def variable(said: Keywords, name: str, place: int, part: str, stub: int) -> Dimension:
    """A variable with its values, in both languages where the file has both."""
    labels = said.texts("VALUES", name)
    codes = said.texts("CODES", name)
    times = said.texts("TIMEVAL", name)
    letter = times[0].removeprefix("TLIST ") if times and times[0].startswith("TLIST") else ""
    days = times[1:] if len(times) == len(labels) + 1 else labels
    english = english_of(said, name, place - (stub if part == "HEADING" else 0), part)
    is_measure = name == said.text("CONTVARIABLE")
    categories = [
        Category(
            codes[at] if len(codes) == len(labels) else label,
            label,
            english[at] if len(english) == len(labels) else "",
            said.text("UNITS", label) if is_measure else "",
            period=time_period(days[at], letter) or any_period(label) or "",
        )
        for at, label in enumerate(labels)
    ]
    whole = said.text("ELIMINATION", name)
    return Dimension(name, name, categories, labels.index(whole) if whole in labels else None)


def english_of(said: Keywords, name: str, place: int, part: str) -> list[str]:
    """The values in English, whether they are named after the variable in English or its own."""
    if said.own_language == "en":
        return said.texts("VALUES", name)
    names = said.texts(part, language="en")
    translated = names[place] if place < len(names) else name
    return said.texts("VALUES", translated, language="en") or said.texts(
        "VALUES", name, language="en"
    )


def in_english(said: Keywords, keyword: str) -> str:
    return said.text(keyword, language="" if said.own_language == "en" else "en")


def time_period(text: str, letter: str) -> str:
    """A time by the letter of its TLIST, which a file may leave out: 20241 of Q is 2024-Q1."""
    bare = text.rstrip("*")
    if letter in "HQMW" and bare.isdecimal():
        bare = f"{bare[:4]}{letter}{bare[4:]}"
    return any_period(bare) or ""


def updated_on(said: Keywords) -> str:
    """LAST-UPDATED is written 20240212 08:00; where it is by content, the newest counts."""
    found = [v for (k, lang, _), v in said.told.items() if k == "LAST-UPDATED" and not lang]
    return max((iso(" ".join(text)[:8]) or "" for text in found), default="")


def data_cells(
    text: str, at: int, count: int, said: Keywords, stub: Sequence[Dimension], file: str
) -> dict[int, CubeCell]:
    """The cells by place. Raises Refused where they are fewer or more than the variables make."""
    tokens = data_tokens(text, at, file)
    keys = [d for d in stub if said.texts("KEYS", d.code)]
    signs = symbols(said)
    if keys:
        return sparse_cells(tokens, count, keys, stub, said, signs, file)
    cells: dict[int, CubeCell] = {}
    for place, token in enumerate(tokens):
        if place >= count:
            found = f"> {count}"
            raise Refused(Finding("cube_count", file, found=found, expected=str(count)))
        cells[place] = data_cell(token, signs)
    if len(cells) != count:
        raise Refused(Finding("cube_count", file, found=str(len(cells)), expected=str(count)))
    return cells


def data_tokens(text: str, at: int, file: str) -> Iterator[str]:
    """The cells and keys of the data until the semicolon. Raises Refused where there is none."""
    for found in CELL.finditer(text, at):
        if found[0] == ";":
            return
        yield found[0]
    raise Refused(Finding("cube_px", file, text.count("\n") + 1))


def symbols(said: Keywords) -> dict[str, str]:
    """The signs of cells by how they stand in the data: "..": ":" where DATASYMBOL2 is ":"."""
    return {
        "." * number: symbol
        for number in range(1, 7)
        if (symbol := said.text(f"DATASYMBOL{number}"))
    }


def data_cell(token: str, signs: Mapping[str, str]) -> CubeCell:
    text = string(token) if token.startswith('"') else token
    if text == NIL:
        return CubeCell("0")
    if text and not text.strip("."):
        return CubeCell("", signs.get(text, text))
    return CubeCell("", text) if text in STATUS else CubeCell(text)


def sparse_cells(
    tokens: Iterator[str],
    count: int,
    keys: Sequence[Dimension],
    stub: Sequence[Dimension],
    said: Keywords,
    signs: Mapping[str, str],
    file: str,
) -> dict[int, CubeCell]:
    """Data whose rows begin with their keys; a row that is left out is not known here."""
    if len(keys) != len(stub):
        raise Refused(Finding("cube_px", file, found="KEYS"))
    places = {
        names: place
        for place, names in enumerate(
            product(
                *(
                    [
                        c.code if said.text("KEYS", d.code) == "CODES" else c.label
                        for c in d.categories
                    ]
                    for d in stub
                )
            )
        )
    }
    width, cells = count // len(places), dict[int, CubeCell]()
    row = [*some_of(tokens, len(stub) + width)]
    while row:
        names = tuple(string(key) if key.startswith('"') else key for key in row[: len(stub)])
        if names not in places or len(row) != len(stub) + width:
            raise Refused(Finding("cube_count", file, found=", ".join(names)[:80]))
        first = places[names] * width
        for at, token in enumerate(row[len(stub) :]):
            cells[first + at] = data_cell(token, signs)
        row = [*some_of(tokens, len(stub) + width)]
    return cells


def some_of(tokens: Iterator[str], count: int) -> Iterator[str]:
    for _, token in zip(range(count), tokens, strict=False):
        yield token
