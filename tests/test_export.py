"""What leaves the page as a file: the same numbers, with all that explains them, and no formula."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.export import Export
from ringvirkning.export.tables import csv_file, xlsx_file
from ringvirkning.texts import LANGUAGES, words

NOTES = [("Utvalg", "Alle foreninger · 2005–2026"), ("=Deltakere", "+ talt;\nmed «semikolon»\x07")]


def table(language: str) -> Export:
    w = words(language)
    rows = [
        ("År", "Deltakere", "Andel"),
        ("2024", w.number(1234567), w.percent(0.37)),
        ("=1+1", "ca. 80", ""),
        ("2026", w.number(-12.5, 1), w.percent(1)),
    ]
    return Export("=«Tittel»", NOTES, rows)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.floats(-1e9, 1e9), st.integers(0, 2), st.floats(0, 3))
def test_a_number_that_was_written_is_read_again(
    language: str, value: float, decimals: int, share: float
):
    w = words(language)
    assert w.value(w.number(value, decimals)) == pytest.approx(value, abs=0.51 * 10**-decimals)
    assert w.value(w.percent(share)) == pytest.approx(share, abs=0.0051)


@pytest.mark.parametrize(
    "text", ["", "2024", "ca. 80", "1 2", "12. mai", "–", "2016/2019", "1,2,3"]
)
def test_what_is_no_number_is_none(text: str):
    assert [words(language).value(text) for language in LANGUAGES] == [None, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_is_what_excel_opens(language: str):
    content = csv_file(words(language), table(language)).decode("utf-8-sig")
    delimiter = {"nb": ";", "en": ","}[language]
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    point = {"nb": ",", "en": "."}[language]
    assert rows == [
        ["'=«Tittel»"],
        ["Utvalg", "Alle foreninger · 2005–2026"],
        ["'=Deltakere", "'+ talt;\nmed «semikolon»\x07"],
        [],
        ["År", "Deltakere", "Andel"],
        ["2024", "1234567", f"0{point}37"],
        ["'=1+1", "ca. 80", ""],
        ["2026", f"-12{point}5", "1"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_numbers_and_no_formula(language: str):
    content = xlsx_file(words(language), table(language))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] == [
        ["År", "Deltakere", "Andel"],
        ["2024", 1234567, 0.37],
        ["=1+1", "ca. 80", None],
        ["2026", -12.5, 1],
    ]
    assert sheet["A3"].value == "=Deltakere"
    assert "f" not in {cell.data_type for row in sheet for cell in row}
    formats = [sheet[cell].number_format for cell in ("B6", "C6", "B8")]
    assert formats == ["#,##0", "0%", "#,##0.##"]
