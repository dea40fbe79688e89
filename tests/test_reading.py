"""Whatever the habits, what is read is what was written, or it is asked about."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ringvirkning.intake.sheets import Cell, Read
from ringvirkning.intake.sheets.cells import Field, is_unknown
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.sheets.vocabulary import plain, table_named
from tests.habits import LISTED, TABLES, Habits, Rows, fields, lines, text_file

DEV = (Phase.generate,)
WRITTEN_IN = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
    ("cp1252", b""),
]
SIGNS = [(",", ""), (",", " "), (",", "\u00a0"), (",", "."), (".", ""), (".", ",")]
THIN = [(",", "\u2009"), (",", "\u202f")]  # which cp1252 has not


@st.composite
def habits(draw: st.DrawFn) -> Habits:
    encoding, bom = draw(st.sampled_from(WRITTEN_IN))
    decimal, thousands = draw(st.sampled_from(SIGNS + (THIN if encoding != "cp1252" else [])))
    return Habits(
        encoding=encoding,
        bom=bom,
        delimiter=draw(st.sampled_from(";,\t")),
        sep_line=draw(st.booleans()),
        line_end=draw(st.sampled_from(["\r\n", "\n", "\r"])),
        decimal=decimal,
        thousands=thousands,
        date_form=draw(
            st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "nb", "en"])
        ),
        heading=draw(st.sampled_from(["nb", "en", ""])),
        code=draw(st.sampled_from(["nb", "en", ""])),
        upper=draw(st.booleans()),
        list_sign=draw(st.sampled_from(["|", "; ", ", ", "\n"])),
        unknown=draw(st.sampled_from(["", "-", "–", "*", ":", ".", "ikke oppgitt"])),
        qualifier_words=draw(st.booleans()),
        titles=draw(st.sampled_from([(), ("Rapport for 2024",), ("Tall, 2024", "Fra A; til B")])),
        notes=draw(
            st.sampled_from([(), ("Kilde: NAV, 2024",), ("Tallene er foreløpige.", "* anslag")])
        ),
        total=draw(st.booleans()),
    )


FREE = (
    st.one_of(
        st.text("abcæøåÆØÅé 0123456789.,;:|\"'\n%-–«»()/", min_size=1, max_size=12),
        st.sampled_from(["1.234", "31.12.2024", "2019", "ja", "ca. 80", "50 %", "Sum"]),
    )
    .map(str.strip)
    .filter(lambda text: text and not is_unknown(Cell(text)))
)
NAMES = st.text("abcæøå_0123456789", min_size=1, max_size=6).filter(
    lambda t: not is_unknown(Cell(t))
)
DAYS = st.dates(min_value=date(1990, 1, 1)).map(str)


def contents(of: Field) -> st.SearchStrategy[str]:
    """Texts that the contract allows in a column."""
    whole = st.integers(0, 2_000_000).map(str)
    if of.without_zero:
        return st.sampled_from(["0301", "3301", "1103|0301"] if of.kind == "list" else ["0301"])
    return {
        "code": st.sampled_from(of.codes or ("",)),
        "list": st.lists(NAMES, min_size=1, max_size=3, unique=True).map("|".join),
        "date": st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10, 10])),
        "period": st.sampled_from(["2016", "2016/2019"]),
        "any_period": st.sampled_from(["2016", "2016/2019", "2024-Q2", "2024-05", "2024-W07"]),
        "age_group": st.sampled_from(["16_19", "25_30", "30+"]),
        "whole": whole,
        "number": st.one_of(
            whole, st.decimals(0, 99999, places=2).map(lambda d: f"{d.normalize():f}")
        ),
        "organisation_number": st.just("974760673"),
        "name": FREE.map(lambda text: " ".join(text.split())),
    }.get(of.kind, FREE)


@st.composite
def facts(draw: st.DrawFn) -> tuple[str, Rows]:
    """A table and rows of it; every row says more than one thing, as facts do."""
    table = draw(st.sampled_from(TABLES))
    needed = {column.name for column in table_named(table).columns if column.required}
    row = {
        of.name: contents(of) if of.name in needed else contents(of) | st.just("")
        for of in fields(table)
    }
    first, *_ = row
    row |= {first: NAMES.map("a{}".format)} | ({"note": FREE} if "note" in row else {})
    rows = draw(st.lists(st.fixed_dictionaries(row), min_size=1, max_size=6))
    return table, [{k: v for k, v in row.items() if v} for row in rows]


def rows_of(found: Read) -> Rows:
    return [row for part in found.parts for row in part.rows]


def as_codes(table: str, rows: Rows, habits: Habits) -> Rows:
    """The rows where a word for "not known" that is a code of a column, too, is that code."""
    codes = {of.name: of.words.get(plain(habits.unknown)) for of in fields(table)}
    named = {name: code for name, code in codes.items() if code}
    return [named | row for row in rows]


def wrong(found: Read) -> list[tuple[str, str | None]]:
    return [(f.rule, f.found) for f in found.findings if f.level == "must_fix"]


TRUTH = {
    "decimal": lambda h: h.decimal,
    "date_order": lambda h: "mdy" if h.date_form == "%m/%d/%Y" else "dmy",
}


def as_meant(path: Path, habits: Habits) -> Read:
    """Read a file, answering what is asked as its writer would, until nothing is."""
    found = read_file(path, listed=LISTED)
    while found.questions:
        assert {question.kind for question in found.questions} <= TRUTH.keys(), found.questions
        answers = {q.key: TRUTH[q.kind](habits) for q in found.questions}
        found = read_file(path, found.answers | answers, listed=LISTED)
    return found


@pytest.mark.slow
@settings(max_examples=250)
@given(facts(), habits())
def test_what_is_read_is_what_was_written_or_is_asked(
    tmp_path_factory: pytest.TempPathFactory, table_and_rows: tuple[str, Rows], habits: Habits
):
    table, rows = table_and_rows
    path = tmp_path_factory.getbasetemp() / f"{table}.csv"
    path.write_bytes(text_file(lines(table, rows, habits), habits))
    found = as_meant(path, habits)
    assert wrong(found) == []
    assert [part.table for part in found.parts] == [table]
    assert rows_of(found) == as_codes(table, rows, habits)
