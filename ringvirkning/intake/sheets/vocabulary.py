"""The words people use for tables, columns and codes: from the contract, `texts`, and synonyms."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from queries.contract import TYPE_TABLES, Column, Table, contract_alone, tables
from ringvirkning.texts import LANGUAGES, OTHER, entries
from ringvirkning.texts.safe import FOLDED

IN_PARENTHESES = re.compile(r"[(\[][^)\]]*[)\]]")
NUMBER_OF = re.compile(r"^ant ")
NO_LETTERS = re.compile(r"[\W_]+")
SIMILAR = 0.75  # of 1: "Pameldte" for "Påmeldte", not "Startdato" for "Sluttdato"
MOST_SUGGESTED = 3


@cache
def synonyms() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=100_000)  # each step asks it of the same cells
def plain(text: str) -> str:
    """A word as it is compared: without case, signs and line ends, æ as ae, ø as oe, å as aa."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(FOLDED)
    return NO_LETTERS.sub(" ", folded).strip()


def plain_heading(text: str) -> str:
    """The same for a heading, of which a unit in parentheses is no part; ant. is antall."""
    return NUMBER_OF.sub("antall ", plain(IN_PARENTHESES.sub(" ", text)) or plain(text))


def by_word(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(word): name for name, words in known.items() for word in words}


def named_on_screen(name: str, kind: str) -> list[str]:
    return [name, *(entries(language)[f"{kind}.{name}"] for language in LANGUAGES)]


@cache
def headings(table: str) -> dict[str, str]:
    """The columns of a table by heading; one of its own before one of every table."""
    names = [column.name for column in table_named(table).columns]
    for_any, own = synonyms()["heading"]["any"], synonyms()["heading"][table]
    on_screen = {name: named_on_screen(name, "column") for name in names}
    return (
        by_word({name: words for name, words in for_any.items() if name in names})
        | by_word(own)
        | by_word(on_screen)
    )


@cache
def headings_alone(table: str) -> frozenset[str]:
    """The headings of a table that no other one has: "Avtale inngått"."""
    others = (headings(other.name) for other in tables() if other.name != table)
    return frozenset(headings(table)).difference(*others)


@cache
def every_heading() -> frozenset[str]:
    """The headings of all tables."""
    return frozenset(heading for table in tables() for heading in headings(table.name))


@cache
def remarks() -> frozenset[str]:
    """The headings of the column that Ringvirkning itself adds to a copy (`uploads.remarks`)."""
    return frozenset(plain(entries(language)["report.remarks"]) for language in LANGUAGES)


@cache
def headings_in(language: str) -> frozenset[str]:
    prefix = "column."
    return frozenset(plain(t) for key, t in entries(language).items() if key.startswith(prefix))


@cache
def sheet_words() -> dict[str, str]:
    """The tables of the contract by what a sheet or a file may be called."""
    on_screen = {table.name: named_on_screen(table.name, "sheet") for table in tables()}
    return by_word(synonyms()["sheet"]) | by_word(on_screen)


def named_after(text: str) -> str:
    """The table that a sheet or a file is called after, with or without a number or a year."""
    return sheet_words().get(plain(text).strip("0123456789 "), "")


@cache
def code_kinds() -> dict[tuple[str, ...], str]:
    """The names of the contract's types of codes, by their codes."""
    with contract_alone() as connection:
        types = connection.execute(
            "select labels, type_name from duckdb_types()"
            " where logical_type = 'ENUM' and not internal"
        ).fetchall()
    return {tuple(labels): name for labels, name in types}


@cache
def code_words(kind: str) -> dict[str, str]:
    """The codes of a kind by the words for them."""
    codes = next(labels for labels, name in code_kinds().items() if name == kind)
    shown = "adds" if kind == "adding" else kind  # as the column is called
    told = [entries(language) for language in LANGUAGES]
    on_screen = {code: [code, *(words[f"code.{shown}.{code}"] for words in told)] for code in codes}
    return by_word(synonyms()["code"].get(kind, {})) | by_word(on_screen)


def codes_kind(column: Column) -> str:
    """What its codes are called by, where it has any."""
    if column.type_table:
        return key_in(column.type_table)
    return code_kinds().get(tuple(column.codes), "")


def key_in(table: str) -> str:
    """The column with the codes of a table of types or measures, by which they are called, too."""
    return table.removesuffix("s")


def in_order(type_table: str, rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Rows of a table of types as they stand: by position, what is of no other type last."""
    kind = key_in(type_table)

    def place(row: Mapping[str, str]) -> tuple[bool, int, str]:
        position = row.get("position", "")
        return row[kind] == OTHER, int(position) if position.isdecimal() else 0, row[kind]

    return sorted((row for row in rows if row.get(kind)), key=place)


def type_words(type_table: str, rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The types of a table by the words for them, in their order."""
    kind = key_in(type_table)
    names = (kind, "name_nb", "name_en")
    listed = in_order(type_table, rows)
    called = by_word({row[kind]: [row[n] for n in names if row.get(n)] for row in listed})
    codes, also = {*called.values()}, by_word(synonyms()["code"].get(kind, {}))
    return called | {w: code for w, code in also.items() if code in codes and w not in called}


def type_names(
    types: Mapping[str, Iterable[Mapping[str, str]]], language: str
) -> dict[str, dict[str, str]]:
    """The names of types by kind and code, in their order; from the rows of tables of types."""
    return {
        key_in(table): {
            row[key_in(table)]: row.get(f"name_{language}", "") for row in in_order(table, rows)
        }
        for table, rows in types.items()
        if table in TYPE_TABLES
    }


def words_in(listed: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """The measures and types by the words for them, by table; from the rows of these tables."""
    return {
        table: measure_names(rows) if table == "measures" else type_words(table, rows)
        for table, rows in listed.items()
    }


def measure_names(measures: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The measures by their names; from rows with `measure`, `name_nb` and `name_en`."""
    names = ("measure", "name_nb", "name_en")
    called = by_word({m["measure"]: [m[n] for n in names if m.get(n)] for m in measures})
    codes, also = {*called.values()}, by_word(synonyms()["measure"])
    return called | {w: code for w, code in also.items() if code in codes and w not in called}


@cache
def word_list(section: str, name: str) -> frozenset[str]:
    """A plain list of words: `listed("row", "total")`."""
    return frozenset(plain(word) for word in synonyms()[section][name])


def says_school_year(text: str) -> bool:
    """Whether the words for a school year are among those of a heading or a title."""
    return any(f" {word} " in f" {plain(text)} " for word in word_list("period", "school_year"))


@cache
def listed_as_written(section: str, name: str) -> frozenset[str]:
    """A list of signs, or of words with signs in them."""
    return frozenset(synonyms()[section][name])


def near(word: str, known: Mapping[str, str]) -> list[str]:
    """What a misspelt word may mean, likeliest first: to be offered, never taken."""
    close = get_close_matches(word, known, n=2 * MOST_SUGGESTED, cutoff=SIMILAR)
    return list(dict.fromkeys(known[found] for found in close))[:MOST_SUGGESTED]


def table_named(name: str) -> Table:
    return next(table for table in tables() if table.name == name)
