"""An analyst asks, looks behind what is answered, and takes it along."""

import csv
import io
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from ringvirkning.texts import words
from tests.browser.conftest import headline, settled, words_of
from tests.browser.test_access import box_of
from tests.browser.test_view import click_bar

nb = words("nb")


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def ask(page, name, code):
    page.locator(f".asking [name={name}]").select_option(code)
    return settled(page)


def test_a_question_is_put_changed_and_taken_back(visit):
    page = visit("explore")
    first = headline(page)
    ask(page, "measure", "placements exit")
    ask(page, "split", "kind")
    assert asked(page) == {"measure": ["placements"], "split": ["kind"]}
    split = headline(page)
    figures = page.locator(".beneath thead th").all_inner_texts()
    assert len(figures) > 3
    ask(page, "rows", "programme")
    assert asked(page)["rows"] == ["programme"]
    page.go_back()
    settled(page)
    assert asked(page) == {"measure": ["placements"], "split": ["kind"]}
    assert headline(page) == split
    for _ in range(2):
        page.go_back()
        settled(page)
    assert asked(page) == {}
    assert headline(page) == first, "all the way back"
    ask(page, "measure", "placements exit")
    ask(page, "split", "kind")
    ask(page, "compare", "period")
    assert asked(page)["compare"] == ["two"]
    assert page.locator(".asking [name=second]").input_value() == "2025"
    assert "2024" in headline(page) and "2025" in headline(page)
    page.locator(".asking summary").click()
    page.get_by_role("link", name=nb("explore.ready.network")).click()
    settled(page)
    assert asked(page) == {"rows": ["partner"], "split": ["partner"]}


def test_a_mark_leads_to_its_records_and_all_of_them_are_one_file(visit):
    page = visit("explore?split=activity_type")
    click_bar(page, "explore", '["2018", "conference"]')
    assert (asked(page)["row"], asked(page)["within"]) == (["2018"], ["conference"])
    rows = page.locator(".told").locator("tbody tr")
    count = rows.count()
    assert nb("explore.added_up", n=count, total=str(count)) in words_of(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("explore.download")).click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    at = next(i for i, line in enumerate(lines) if line[:1] == [nb("explore.record.what")])
    assert len(lines) - at - 1 == count
    assert any("2005–2026" in cell for line in lines[:at] for cell in line)
    page.get_by_role("button", name="2018").click()
    settled(page)
    assert "row" not in asked(page)


def test_a_key_figure_has_the_same_menu_and_the_page_is_one_workbook(visit):
    page = visit()
    card = page.locator(".st-key-example_cards .card").nth(2)
    number = card.locator("> .number").inner_text()
    card.locator(".label").focus()
    page.keyboard.press("Enter")
    menu = card.locator(".menu")
    menu.wait_for()
    assert menu.locator("tbody tr").last.inner_text().split("\t") == ["2025", number]
    assert menu.get_by_role("link", name=nb("figure.behind")).count() == 1
    with page.expect_download() as download:
        menu.get_by_role("button", name="CSV", exact=True).click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.rstrip().splitlines()[-1] == f"2025;{number}"
    assert nb("figure.evidence") in text and nb("publication.name") in text
    pictures = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as download:
            menu.get_by_role("button", name=kind, exact=True).click()
        pictures[kind] = Path(download.value.path()).read_bytes()
    assert pictures["PNG"].startswith(b"\x89PNG")
    assert f">{number}</text>" in pictures["SVG"].decode()
    assert nb("publication.name") in pictures["SVG"].decode()
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("figure.whole")).click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    figures = page.locator(".card, .figure").count()
    assert len(book.sheetnames) == figures + 1
    first = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert nb("figure.whole_title") in first
    assert set(book.sheetnames[1:]) <= set(first), "the first sheet names the others"
    last = [sheet.cell(sheet.max_row, 2).value for sheet in book.worksheets[1:]]
    assert int(number) in last


def test_a_name_that_a_phone_has_no_room_for_is_shortened_and_whole_where_there_is(visit):
    page = visit("explore?rows=partner&split=partner", width=320)
    chart = page.locator(".figure .chart")
    names = chart.locator(".annotation-text")
    said = names.all_text_contents()
    assert any("…" in name for name in said)
    edge = box_of(chart)["x"] + box_of(chart)["width"]
    for box in map(box_of, names.all()):
        assert box["x"] + box["width"] <= edge + 1
    page.set_viewport_size({"width": 1440, "height": 900})
    settled(page)
    assert "Drammen kommune · Universitetet i Sørøst-Norge (USN)" in names.all_text_contents()
    assert not any("…" in name for name in names.all_text_contents())


WORDS_ALONG = """charts => charts.map(chart => [...chart.querySelectorAll(".xtick text")])
    .map(texts => texts.map(text => {
        const { left, right } = text.getBoundingClientRect();
        return { left, right, isShown: getComputedStyle(text).visibility === "visible" };
    }))"""


@pytest.mark.parametrize(
    "place", ["", "explore?split=activity_type", "partnerships", "outcomes?lang=en"]
)
def test_words_along_a_chart_stand_apart_on_a_phone_and_none_is_missed(visit, place):
    page = visit(place, width=320)
    along = page.locator(".figure .chart").evaluate_all(WORDS_ALONG)
    assert any(sum(word["isShown"] for word in chart) > 2 for chart in along)
    for chart in filter(None, along):
        ordered = sorted(chart, key=lambda word: word["left"])
        shown = [word for word in ordered if word["isShown"]]
        assert ordered[-1] in shown, "the last is named"
        for one, other in pairwise(shown):
            assert one["right"] < other["left"]
        for word in ordered:
            others = [(one["left"] - 3, one["right"] + 3) for one in shown if one is not word]
            has_room = all(word["right"] < left or word["left"] > right for left, right in others)
            assert word["isShown"] == has_room, word
