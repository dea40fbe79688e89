"""Few columns, bars and spans on slides and paper: as wide and as high as one of several."""

import io
import re
from dataclasses import replace
from datetime import date
from math import ceil

import pytest
from pptx import Presentation
from pypdf import PdfReader

from ringvirkning.charts import Bars, Columns, Event, Panels, Series, Timeline, TimelineRow, forms
from ringvirkning.charts.layout import FEWEST_COLUMNS, column_bar, names_beside, panel_bar
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.export.deck import Deck, Slide
from ringvirkning.export.identity import Identity
from ringvirkning.export.powerpoint import powerpoint
from ringvirkning.export.powerpoint.shapes import PIXEL
from ringvirkning.export.report import report_pdf
from ringvirkning.export.show import DRAWN
from ringvirkning.texts import words
from tests.test_deck import made

W = words("nb")
EVENT = ("Ny fylkesinndeling", "1. juni 2024: Ny fylkesinndeling")
LONG = [
    "Avtale om arbeidsmarkedstiltak, kvalifisering og varig oppfølging av ungdom i dalen",
    "Avtale om arbeidsmarkedstiltak, kvalifisering og varig oppfølging av voksne i dalen",
]


def base(title: str = "t") -> tuple[str, str, tuple[tuple[str, ...], ...], str]:
    return forms.base(W, title, "s", [("x", "y"), ("a", "1")])


def columns(count: int) -> Columns:
    return Columns(*base(), ("2025",) * count, (Series("a", "accent", (3,) * count),))


def bars(count: int) -> Bars:
    names = tuple(f"Rad {n}" for n in range(count))
    return Bars(*base(), names, (Series("a", "accent", (3,) * count),), ("3",) * count)


def timeline(labels: list[str]) -> Timeline:
    spans = [TimelineRow("p", one, one, "2025-01-01", None, None, False, False) for one in labels]
    return Timeline(*base(), "2024-01-01", "2026-01-01", tuple(spans), (("2025-01-01", "2025"),))


def boxes(drawn: str) -> list[tuple[float, float, float, float]]:
    """From left, top, right and bottom: the filled rectangles of a drawing."""
    paths = re.findall(r'<path d="([^"]*z) *"[^>]*(?:fill: #0[0-9a-f]{5}|fill="#0)', drawn)
    found = []
    for path in paths:
        at = [float(n) for n in re.findall(r"-?[\d.]+", path)]
        found.append((min(at[::2]), min(at[1::2]), max(at[::2]), max(at[1::2])))
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_columns_share_the_width_and_are_no_wider(count: int):
    of_four = column_bar(columns(FEWEST_COLUMNS)) / FEWEST_COLUMNS
    assert column_bar(columns(count)) / count == pytest.approx(of_four)
    panels = [
        Panels(*base(), ("2025",) * n, (Series("a", "accent", (3,) * n),), ("A",))
        for n in (count, FEWEST_COLUMNS)
    ]
    assert panel_bar(panels[0]) / count == pytest.approx(panel_bar(panels[1]) / FEWEST_COLUMNS)
    drawn = boxes(svg(columns(count), DRAWN))
    assert len(drawn) == count
    middle = sum(left + right for left, _, right, _ in drawn) / count / 2
    assert middle == pytest.approx(DRAWN.width / 2, abs=DRAWN.width / 25)


def test_a_single_bar_stands_on_top_and_is_no_thinner_than_one_of_four():
    (one,), four = (boxes(svg(bars(count), DRAWN)) for count in (1, FEWEST_COLUMNS))
    assert len(four) == FEWEST_COLUMNS
    assert one[3] < DRAWN.height / 3
    assert one[3] - one[1] >= four[0][3] - four[0][1] - 1


def test_a_single_bar_stands_on_top_in_powerpoint():
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", "2026-11-23")
    slides = [Slide("figure", f"{count}", chart=bars(count)) for count in (1, 10)]
    file = Presentation(io.BytesIO(powerpoint(W, deck, slides, Identity())))
    one, ten = [
        next(shape.height for shape in slide.shapes if shape.has_chart) for slide in file.slides
    ]
    assert one < ten / 4


def test_names_of_agreements_take_the_lines_that_there_is_room_for():
    assert names_beside(LONG, 44, 3) == LONG
    short = names_beside(LONG, 44, 1)
    assert all(len(one) <= 44 for one in short) and len({*short}) == 2
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)", svg(timeline(LONG), Size(1680, 590, 30))))
    assert "ungdom i dalen" in drawn and "voksne i dalen" in drawn


@pytest.mark.parametrize("day", ["2024-06-01", "2025-12-30"])
def test_in_powerpoint_what_happened_is_told_on_the_slide(day: str):
    chart = replace(timeline(LONG), events=(Event(date.fromisoformat(day).toordinal(), *EVENT),))
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", "2026-11-23")
    slide = Slide("figure", "t", chart=chart)
    file = Presentation(io.BytesIO(powerpoint(W, deck, [slide], Identity())))
    for shape in file.slides[0].shapes:
        assert shape.left >= 0 and shape.left + shape.width <= file.slide_width, shape.name
        assert shape.top + shape.height <= file.slide_height, shape.name


@pytest.mark.slow
def test_long_titles_on_paper_are_not_cut(watch):
    paper = report_pdf(made(watch).view(""), Identity(), "t", "", [(timeline(LONG), "")], [])
    said = re.sub(r"\s+", " ", PdfReader(io.BytesIO(paper)).pages[0].extract_text())
    assert all(word in said for word in ("ungdom", "voksne", "oppfølging")) and "…" not in said


def test_in_powerpoint_no_name_runs_into_the_next():
    many = [f"{LONG[0]} {n}" for n in range(12)]
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", "2026-11-23")
    said = {}
    for labels in (LONG, many):
        slide = Slide("figure", "t", chart=timeline(labels))
        file = Presentation(io.BytesIO(powerpoint(W, deck, [slide], Identity())))
        (group,) = [shape for shape in file.slides[0].shapes if shape.shape_type == 6]
        texts = [one for one in group.shapes if one.has_text_frame]
        said[len(labels)] = [one for one in texts if one.text_frame.text.startswith("Avtale")]
    assert [one.text_frame.text for one in said[2]] == LONG
    assert len(said[12]) == 12
    for one in (*said[2], *said[12]):
        lines = ceil(len(one.text_frame.text) / 38)
        assert lines * 29 <= one.height / PIXEL, one.text_frame.text
