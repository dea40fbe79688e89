"""Decks: the numbers of the pages on slides, read back out of every file; kept, renewed, marked."""

import csv
import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import openpyxl
import pytest
import streamlit as st
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pypdf import PdfReader

from ringvirkning import ROOT
from ringvirkning.charts import (
    Bars,
    Columns,
    Dots,
    KeyFigure,
    Numbers,
    RowsOnly,
    Series,
    Timeline,
    forms,
)
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.shorter import MOST
from ringvirkning.export.deck import Deck, Maker, Planned, Slide, is_stale, of_page
from ringvirkning.export.identity import Identity, Unusable, contrast, identity_of, read_identity
from ringvirkning.export.pdf import pdf
from ringvirkning.export.powerpoint import powerpoint
from ringvirkning.export.powerpoint.shapes import PIXEL
from ringvirkning.export.report import report_pdf, told_of_partner
from ringvirkning.export.show import UPRIGHT, show_page
from ringvirkning.figures.catalogue import PAGES, figures, opening, seen
from ringvirkning.figures.explore.chart import MOST_ROWS
from ringvirkning.figures.jobs import KINDS
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import access, published
from ringvirkning.server.sign_in import Person
from ringvirkning.store import numbered
from ringvirkning.texts import LANGUAGES, Words, words
from ringvirkning.ui.present import deck_editor, deck_list
from ringvirkning.ui.present import decks as deck_store
from ringvirkning.ui.state import current
from tests.habits import named

pytestmark = pytest.mark.slow
GOLDEN = Path(__file__).with_name("golden")
AS_OF = "2026-11-23"
WHO = Identity("Næringsforeningen & <b>co</b>", site="https://tall.example.no/")
DRAMMEN = "Næringsforeningen i Drammensregionen"
EXPLORED = "measure=placements&rows=programme"
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@cache
def made(watch: Watch, language: str = "nb", is_internal: bool = False, address: str = "") -> Maker:
    """A deck of every page's figures, and one of a question of one's own."""
    version = watch.published[-1]
    var = watch.var
    database = version.exact(var) if is_internal else version.protected(var)
    w = words(language)
    deck = Deck(
        "abcdefabcdef", "Møte", language, version.name, AS_OF, "Årsmøte", AS_OF, is_internal
    )
    for place, query in (*((place, address) for place in PAGES), ("explore", EXPLORED)):
        shown = seen(w, version, database, date.fromisoformat(AS_OF), query)
        deck = of_page(deck, place, query, figures(shown, place, query))
    return Maker(w, deck, version, database, WHO)


@cache
def slides_of(maker: Maker) -> list[Slide]:
    return maker.slides()


@cache
def as_powerpoint(maker: Maker) -> bytes:
    return powerpoint(maker.w, maker.deck, slides_of(maker), WHO)


@cache
def as_html(maker: Maker) -> str:
    return show_page(maker.w, maker.deck, slides_of(maker), WHO)


@cache
def as_pdf(maker: Maker) -> bytes:
    return pdf(maker.w, maker.deck, slides_of(maker), WHO)


STANDINGS = ("confirmed", "unconfirmed")  # none of the shipped is in force with an unknown start


@cache
def golden_number(field: str) -> float:
    """The number of a field that says, too, what is known of it: 20 example, 330 (330–)."""
    return float(field.split()[0])


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected() -> dict[str, Counter[tuple[str, str]]]:
    """What some figures say, added up here from the golden files: (category, series) and value."""
    active: Counter[tuple[str, str]] = Counter()
    for row in golden("partnerships_by_year"):
        active[row["year"], "total"] += int(row["partnership_count"])
    jobs: Counter[tuple[str, str]] = Counter()
    for row in golden("placements_by_year"):
        if row["from_year"] == row["to_year"] and row["measure"] in KINDS:
            jobs[row["from_year"], row["measure"]] += int(golden_number(row["value"]))
    partner_types: Counter[tuple[str, str]] = Counter()
    for row in golden("partnerships_by_partner_type"):
        for state in STANDINGS:
            partner_types[row["partner_type"], state] += int(row[f"{state}_count"])
    return {"active": active, "jobs": jobs, "by-partner-type": partner_types}


def charts_in(content: bytes) -> Iterator[tuple[str, dict[str, list[float | None]], list[str]]]:
    """Each slide's heading, and the series and categories of its charts."""
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                plots = shape.chart.plots
                series = {one.name: list(one.values) for plot in plots for one in plot.series}
                yield slide.shapes.title.text, series, [str(c) for c in plots[0].categories]


@both_languages
def test_powerpoint_holds_the_numbers_of_the_golden_files(watch: Watch, language: str):
    maker = made(watch, language, is_internal=True)
    w = maker.w
    found: dict[str, tuple[dict[str, list[float | None]], list[str]]] = {}
    for title, drawn, names_along in charts_in(as_powerpoint(maker)):
        found[title] = ({**found.get(title, ({}, []))[0], **drawn}, names_along)  # of all panels
    of = {
        planned.figure: slide
        for planned, slide in zip(maker.deck.slides, slides_of(maker), strict=False)
    }
    want = expected()

    series, categories = found[of["active"].headline]
    sums = dict(zip((c[:4] for c in categories), series[w("chart.total")], strict=True))
    assert {k: v for k, v in sums.items() if v} == {
        year: n for (year, _), n in want["active"].items()
    }

    series, categories = found[of["jobs"].headline]
    names = maker.view("").words
    for (year, measure), value in want["jobs"].items():
        at = [c[:4] for c in categories].index(year)
        assert series[names.code("measure", measure)][at] == value, (year, measure)

    series, categories = found[of["by-partner-type"].headline]
    types = [*dict.fromkeys(code for code, _ in want["by-partner-type"])][:MOST]
    assert categories == [names.code("partner_type", code) for code in types]
    for at, code in enumerate(types):
        for state in STANDINGS:
            value = want["by-partner-type"][code, state]
            assert series[w(f"chart.{state}")][at] == value, (code, state)


def counted(name: str, key: str, value: str, **where: str) -> Counter[str]:
    """A golden file's values added up by a column, of the rows that are so: the published ones, and
    examples where nothing else is."""
    found: Counter[str] = Counter()
    rows = [
        r for r in golden(name) if r[key] and r[value] and all(r[k] == v for k, v in where.items())
    ]
    published = {row[key] for row in rows if not row[value].endswith("example")}
    for row in rows:
        if not row[value].endswith("example") or row[key] not in published:
            found[row[key]] += int(golden_number(row[value]))
    return found


@both_languages
def test_the_tables_on_slides_are_the_golden_files(watch: Watch, language: str):
    """Figure by figure and column by column, as HTML has them; years and codes are the rows."""
    maker = made(watch, language, is_internal=True)
    w = maker.view("").words
    tables = Tables.of(as_html(maker))
    of = {one.figure: maker.of(one)[0] for one in maker.deck.slides if one.kind == "figure"}
    kinds = ("placement_permanent", "placement_temporary", "apprenticeship")
    single = {year: {"from_year": year, "to_year": year} for year in map(str, range(2023, 2027))}
    wanted: dict[str, list[tuple[int, Counter[str]]]] = {
        "active": [(-1, counted("partnerships_by_year", "year", "partnership_count"))],
        "jobs": [
            (at, sum((counted("placements_by_year", "from_year", "value", measure=kind, **years)
                      for years in single.values()), Counter()))
            for at, kind in zip((1, 3, 4), kinds, strict=True)  # the targets stand beside the first
        ],
        "by-partner-type": [
            (at, counted("partnerships_by_partner_type", "partner_type", f"{state}_count"))
            for at, state in enumerate(STANDINGS, 1)
        ],
        "by-partnership-type": [
            (at, counted("partnerships_by_type", "partnership_type", f"{state}_count"))
            for at, state in enumerate(STANDINGS, 1)
        ],
        "begun-and-ended": [
            (at, counted("partnerships_begun_and_ended", "year", "partnership_count", event=event))
            for at, event in enumerate(("started", "ended"), 1)
        ],
        "activities-by-type": [(-1, counted("activities_by_type", "year", "activity_count"))],
        "registered-and-attended": [
            (at, counted("activities_by_year", "year", f"{count}_count"))
            for at, count in enumerate(("registered", "attended"), 1)
        ],
        "funnel-WorkOP": [
            (1, counted("funnel", "measure", "value", measured_at="exit", measure=stage))
            for stage in ("registered", "attended", "interviews", "job_offers", "placements")
        ],
        "targets-WorkOP": [
            (at, counted("targets_met", "from_year", column, programme="WorkOP"))
            for at, column in enumerate(("actual", "target"), 1)
        ],
    }  # fmt: skip
    for name, columns in wanted.items():
        chart = of[name].chart
        assert chart and [list(row) for row in chart.rows] in tables
        for at, numbers in columns:
            assert numbers, name
            for key, number in numbers.items():
                label = key if key.isdecimal() else said(w, name, key)
                rows = [row for row in chart.rows[1:] if label in row[0]]
                # What a source leaves open is said before the number: over 330.
                told = [w.value(row[at].split(" ")[-1]) for row in rows]
                assert told == [number], (name, key)


def said(w: Words, figure: str, code: str) -> str:
    if figure.startswith("funnel"):
        return w(f"stage.{code}.exit")
    kind = "partner_type" if figure == "by-partner-type" else "partnership_type"
    return named(w.language).code(kind, code)


@both_languages
def test_every_number_of_a_chart_is_in_powerpoint_html_and_pdf(watch: Watch, language: str):
    maker = made(watch, language)
    slides = slides_of(maker)
    file = as_powerpoint(maker)
    native = {title: list(series.values()) for title, series, _ in charts_in(file)}
    tables = Tables.of(as_html(maker))
    reader = PdfReader(io.BytesIO(as_pdf(maker)))
    printed = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in reader.pages]
    assert len(reader.pages) == len(slides)
    for number, slide in enumerate(slides):
        if slide.chart is None:
            continue
        assert [list(row) for row in slide.chart.rows] in tables, slide.headline
        chart: Any = slide.chart
        said = [
            *getattr(chart, "totals", ()),
            *(words for _, words in getattr(chart, "ends", ())),
            *(one.number for one in getattr(chart, "figures", ())),
        ]
        said += [text for one in getattr(chart, "series", ())[:1] for text in one.labels]
        said += [mark.label for mark in getattr(chart, "marks", ())]
        for text in filter(None, said):
            assert re.sub(r"\s+", " ", text) in printed[number], slide.headline
        if chart.form in ("columns", "bars", "lines", "area"):
            for series in chart.series:
                known = [None if at in series.unknown else v for at, v in enumerate(series.values)]
                assert [None if v is None else float(v) for v in known] in native[slide.headline], (
                    slide.headline
                )


@both_languages
def test_what_is_not_known_is_no_number_in_a_workbook(watch: Watch, language: str):
    """Not yet was drawn, and written, as 1, and what is missing as 0."""
    maker = made(watch, language)
    (place,) = [at for at, one in enumerate(maker.deck.slides) if one.figure == "rounds-WorkOP"]
    shown: Any = slides_of(maker)[place].chart
    page = Presentation(io.BytesIO(as_powerpoint(maker))).slides[place]
    written = {s.name: list(s.values) for shape in page.shapes if shape.has_chart
               for s in shape.chart.plots[0].series}  # fmt: skip
    said = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    unknown = [(one, at) for one in shown.series for at in one.unknown]
    assert unknown
    for series, at in unknown:
        assert written[series.label][at] is None
        assert series.labels[at] in said


class Tables(HTMLParser):
    """The tables of a page, as rows of texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[list[str]]] = []
        self.text: str | None = None

    @classmethod
    def of(cls, text: str) -> list[list[list[str]]]:
        parser = cls()
        parser.feed(text)
        return parser.found

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self.text = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.found[-1][-1].append(self.text or "")
            self.text = None

    def handle_data(self, data):
        if self.text is not None:
            self.text += data


def test_what_people_get_holds_rounded_counts_only(watch: Watch):
    """Every cell of every workbook in a deck for others, where counts of people are shown."""
    maker = made(watch)
    of = {planned.figure: maker.of(planned)[0] for planned in maker.deck.slides}
    counted = [one for one in of if one.startswith(("jobs", "funnel", "rounds"))]
    assert len(counted) == 3
    slides = [replace(of[one], said="") for one in counted]
    books = 0
    with zipfile.ZipFile(io.BytesIO(powerpoint(maker.w, maker.deck, slides, WHO))) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                books += 1
                sheet = openpyxl.load_workbook(io.BytesIO(package.read(name))).active
                cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
                values = [cell.value for cell in cells if cell.value is not None]
                # A column of height 1 stands where it is too early to know.
                assert values and all(v % 5 == 0 or v == 1 for v in values), (name, values)
    assert books == 7  # one for each panel


LIVE = ("=1+1", "{=1+1}", "https://example.org/", "mailto:a@example.org", "external:a.xlsx", "1E3")


def test_no_name_is_live_in_a_workbook_of_powerpoint(watch: Watch):
    """Of categories and of series: a formula, or a link, would run where the chart is edited."""
    maker = made(watch)
    slide = next(one for one in slides_of(maker) if isinstance(one.chart, Columns))
    assert isinstance(slide.chart, Columns)
    many = [*LIVE] * len(slide.chart.categories)
    columns = replace(
        slide.chart,
        categories=tuple(many[: len(slide.chart.categories)]),
        series=tuple(
            replace(one, label=name) for one, name in zip(slide.chart.series, LIVE, strict=False)
        ),
    )
    content = powerpoint(maker.w, maker.deck, [replace(slide, chart=columns)], WHO)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (book,) = (name for name in package.namelist() if name.endswith(".xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(book))).active
    names = [cell for row in sheet.iter_rows(max_col=1, min_row=2) for cell in row]
    names += [cell for row in sheet.iter_rows(max_row=1, min_col=2) for cell in row]
    assert {cell.data_type for cell in names} == {"s"}
    assert all(cell.hyperlink is None for cell in names)
    assert {*LIVE[:3]} <= {cell.value for cell in names}


UNDRAWN = "Vårt \N{PARTY POPPER} år \uf0b7 \u674e \ufb01n"


@both_languages
def test_a_sign_that_the_typeface_has_not_keeps_no_pdf_from_being_made(watch: Watch, language: str):
    """In a headline and in a name in a drawing: left out, as what it is made of, or its number."""
    maker = made(watch, language)
    slide = next(one for one in slides_of(maker) if isinstance(one.chart, Columns))
    assert isinstance(slide.chart, Columns)
    chart = replace(slide.chart, totals=(), categories=(UNDRAWN,) * len(slide.chart.categories))
    of = replace(slide, headline=UNDRAWN, chart=chart)
    (page,) = PdfReader(io.BytesIO(pdf(maker.w, maker.deck, [of], WHO))).pages
    said = " ".join(page.extract_text().split())
    assert "Vårt år • [U+674E] fin" in said
    assert "\N{PARTY POPPER}" not in said and "\u674e" not in said


def test_powerpoint_says_in_words_what_is_drawn_and_what_it_rests_on(watch: Watch):
    maker = made(watch)
    file = Presentation(io.BytesIO(as_powerpoint(maker)))
    width, height = file.slide_width, file.slide_height
    assert width and height and width * 9 == height * 16
    for slide, made_of in zip(file.slides, slides_of(maker), strict=True):
        assert slide.shapes.title.text == made_of.headline
        notes = slide.notes_slide.notes_text_frame.text
        for label, text in made_of.notes:
            assert f"{label}: {text}".replace("\n", " ") in notes.replace("\n", " ")
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                told = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert made_of.chart and made_of.chart.alt in told


@both_languages
def test_what_powerpoint_writes_is_read_from_the_back_row(watch: Watch, language: str):
    """In points: 12 and more for all, 14 and more in the foot."""
    maker = made(watch, language)
    content = as_powerpoint(maker)
    feet = {slide.foot for slide in slides_of(maker) if slide.kind == "figure"}
    file, seen = Presentation(io.BytesIO(content)), 0
    assert file.slide_height
    for shape in (one for page in file.slides for one in page.shapes if one.has_text_frame):
        if shape.text_frame.text in feet or shape.top > 0.9 * file.slide_height:
            sizes = [run.font.size for line in shape.text_frame.paragraphs for run in line.runs]
            assert all(size and size.pt >= 14 for size in sizes), shape.text_frame.text
            seen += bool(sizes)
    assert seen > 2 * len(feet)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.match(r"ppt/(slides/slide|charts/chart)\d+\.xml", name):
                sizes = re.findall(r' sz="(\d+)"', package.read(name).decode())
                assert all(int(size) >= 1200 for size in sizes), name


@both_languages
def test_a_title_says_whose_for_what_and_when_once(watch: Watch, language: str):
    maker = made(watch, language)
    day = maker.w.day(AS_OF)
    for name in ("Møte", f"Møte {day}"):
        deck = replace(maker.deck, name=name)
        titled = Maker(maker.w, deck, maker.version, maker.database, WHO)
        titled.associations = (DRAMMEN,)
        (slide,) = titled.of(deck.slides[0])
        html = show_page(maker.w, deck, [slide], WHO).partition("<article ")[2]
        face = html.partition("</article>")[0]
        assert [face.count(said) for said in (day, "Årsmøte", "Næringsforeningen")] == [1, 1, 1]
        sheet = PdfReader(io.BytesIO(pdf(maker.w, deck, [slide], WHO))).pages[0].extract_text()
        assert re.sub(r"\s+", " ", sheet).count(day.replace("\N{NO-BREAK SPACE}", " ")) == 1


def test_every_part_of_the_package_is_named_and_well_formed(watch: Watch):
    """What PowerPoint repairs: parts without a type, relations to nothing, names used twice."""
    maker = made(watch)
    with zipfile.ZipFile(io.BytesIO(as_powerpoint(maker))) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        types = etree.fromstring(package.read("[Content_Types].xml"))
        known = {one.get("PartName") for one in types} | {one.get("Extension") for one in types}
        for name in names:
            assert f"/{name}" in known or name.rsplit(".", 1)[-1] in known, name
            if not name.endswith((".xml", ".rels")):
                continue
            tree = etree.fromstring(package.read(name))
            if name.endswith(".rels"):
                base = Path(name).parent.parent
                for relation in tree:
                    if relation.get("TargetMode") == "External":
                        pytest.fail(f"{name} leads out")
                    target = relation.get("Target")
                    place = Path(target[1:]) if target.startswith("/") else base / target
                    parts = place.as_posix().split("/")
                    while ".." in parts:
                        at = parts.index("..")
                        del parts[at - 1 : at + 1]
                    assert "/".join(parts) in names, (name, target)
            axes = [int(one.get("val")) for one in tree.iter("{*}axId", "{*}crossAx")]
            assert min(axes, default=0) >= 0, name
            ids = [one.get("id") for one in tree.iter("{*}cNvPr")]
            assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize(("language", "is_internal"), [("nb", True), ("en", False)])
def test_an_internal_deck_says_so_on_every_slide(watch: Watch, language: str, is_internal: bool):
    maker = made(watch, language, is_internal)
    slides = slides_of(maker)
    mark = maker.w("deck.internal")
    file = Presentation(io.BytesIO(as_powerpoint(maker)))
    shown = [[s.text_frame.text for s in one.shapes if s.has_text_frame] for one in file.slides]
    printed = PdfReader(io.BytesIO(as_pdf(maker))).pages
    html = re.split(r"<article ", as_html(maker))[1:]
    assert len(shown) == len(printed) == len(html) == len(slides)
    for texts, sheet, article in zip(shown, printed, html, strict=True):
        assert (mark in texts) is is_internal
        assert (mark in sheet.extract_text()) is is_internal
        assert (f">{mark}<" in article) is is_internal


def test_slides_stand_in_the_order_of_the_pages(watch: Watch):
    figures_of = [one.figure for one in made(watch).deck.slides if one.kind == "figure"]
    assert figures_of[:6] == [
        "key-figures",
        "active",
        "context",
        "example-figures",
        "jobs",
        "by-partner-type",
    ]
    assert figures_of[-1] == "explore"


def test_a_slide_of_nothing_but_examples_says_so_and_hatches_none(watch: Watch):
    maker = made(watch)
    (jobs,) = [one for one in maker.deck.slides if one.figure == "jobs"]
    slide = maker.of(jobs)[0]
    assert slide.headline.startswith(maker.w("claim.example"))
    assert slide.chart and "url(#h" not in svg(slide.chart, Size(1680, 560, 30))
    own = maker.of(replace(jobs, headline="20 i jobb"))[0]
    assert maker.w("foot.examples_no_source") in own.foot, "whatever its headline"


def test_the_html_file_asks_nobody_for_anything(watch: Watch):
    maker = made(watch)
    text = as_html(maker)
    assert len(text.encode()) < 2_000_000
    asked = re.findall(r'(?:src|href|action|data)="([^"]*)"|url\(([^)]*)\)|@import', text)
    for found in (a or b for a, b in asked):
        assert found.startswith(("data:", "#", "'data:")), found[:80]
    assert "<b>co</b>" not in text and "&lt;b&gt;co&lt;/b&gt;" in text
    assert (
        "share"
        not in re.sub(r"<style>.*?</style>", "", text.split("<main>")[0], flags=re.S).lower()
    )


def test_two_drawings_share_no_pattern(watch: Watch):
    """A slide that is hidden takes its patterns with it."""
    maker = made(watch)
    text = as_html(maker)
    ids = re.findall(r' id="(\w+)"', text)
    assert [id for id, n in Counter(ids).items() if n > 1] == []
    assert set(re.findall(r"url\(#(\w+)\)", text)) <= set(ids)


def test_a_drawing_is_the_same_every_time(watch: Watch):
    maker = made(watch)
    for slide in slides_of(maker):
        if slide.chart:
            first = svg(slide.chart, Size(800, 400, 20))
            svg.cache_clear()
            assert svg(slide.chart, Size(800, 400, 20)) == first
            assert not first or f'aria-label="{slide.chart.alt[:10]}' in first


@both_languages
def test_the_page_behind_a_slide_is_in_its_language(watch: Watch, language: str):
    for slide in made(watch, language, address="programme=WorkOP").slides():
        if slide.chart and not slide.live.startswith("explore"):
            place, _, query = slide.live.partition("?")
            assert place != "overview"
            pinned = made(watch, language).deck.version
            asked = {"programme": ["WorkOP"], "surface": ["public"], "version": [pinned]}
            asked |= {"lang": ["en"]} if language == "en" else {}
            assert parse_qs(query) == asked


def test_a_figure_without_data_is_a_slide_that_says_so(watch: Watch):
    maker = made(watch)
    deck = replace(
        maker.deck,
        slides=(Planned("figure", "outcomes", "funnel-WorkOP", "years=2006-2006"),),
    )
    maker = Maker(maker.w, deck, maker.version, maker.database, WHO)
    (slide,) = maker.slides()
    assert slide.headline == maker.w("deck.nothing_left")
    for made_of in (powerpoint, pdf):
        assert made_of(maker.w, deck, [slide], WHO)
    assert show_page(maker.w, deck, [slide], WHO)


def test_a_headline_of_ones_own_is_kept_and_marked_when_the_data_moves_on(watch: Watch):
    maker = made(watch)
    (jobs,) = [one for one in maker.deck.slides if one.figure == "jobs"]
    said = maker.of(jobs)[0].said
    own = replace(jobs, headline="Vårt beste år", written_for=said)
    assert maker.of(own)[0].headline == "Vårt beste år"
    assert not is_stale(own, maker.of(own)[0])
    other = replace(own, address="years=2024-2024")
    assert maker.of(other)[0].headline == "Vårt beste år"
    assert is_stale(other, maker.of(other)[0])


def test_long_lists_are_cut_and_say_so(watch: Watch):
    maker = made(watch)
    (timeline,) = [one for one in maker.deck.slides if one.figure == "timeline"]
    slide = maker.of(timeline)[0]
    assert isinstance(slide.chart, Timeline) and len(slide.chart.spans) == 12
    assert slide.chart.subtitle.endswith(maker.w("chart.shortened", n=12, all=32))
    assert len(slide.chart.rows) == 33  # the table has all


def test_on_a_phone_words_after_bars_and_dots_and_names_beside_them_are_not_cut():
    """What there is no room for is in the table below the slide."""
    w, name = words("nb"), "I arbeid eller utdanning etter 12 md."
    said = "20 · ca. 15 av 30 som møtte der begge tall er kjent"
    bars = Bars(*forms.base(w, "t", "s", [("x", "y"), (name, said)]), (name,) * 5,
                (Series("a", "accent", (20,) * 5),), (said,) * 5)  # fmt: skip
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", AS_OF)
    page = show_page(w, deck, [Slide("figure", "t", chart=bars)], WHO)
    wide, phone = (
        " ".join(re.findall(r"<text[^>]*>([^<]*)", one)) for one in page.split('"chart upright"')
    )
    assert said in wide and "20" in phone and "der begge tall" not in phone
    assert "12 md." in phone
    share = "90 % (18 av 20)"
    dots = Dots(*forms.base(w, "t", "s", [("x",)]), ("Arrangementer i året",),
                (Series("a", "accent", (0.9,)),), totals=(share,))  # fmt: skip
    (place,) = re.findall(rf' x="([\d.]+)"[^>]*>{re.escape(share)}', svg(dots, UPRIGHT))
    assert float(place) + len(share) * 0.5 * UPRIGHT.text < UPRIGHT.width


@both_languages
def test_no_two_slides_have_one_headline(watch: Watch, language: str):
    said = [
        slide.shapes.title.text
        for slide in Presentation(io.BytesIO(as_powerpoint(made(watch, language)))).slides
    ]
    assert len(said) > 20 and all(said) and len(set(said)) == len(said)
    closing = [one for one in said if one.startswith(words(language)("deck.closing"))]
    assert [one[-8:] for one in closing] == {
        "nb": ["(1 av 2)", "(2 av 2)"], "en": ["(1 of 2)", "(2 of 2)"],
    }[language]  # fmt: skip


def test_no_word_of_a_headline_stands_alone():
    said = "Ungdomsløftet i Storelvdal, Fjellbygd og nabokommunene nådde ikke målet"
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", AS_OF)
    made = pdf(words("nb"), deck, [Slide("text", said)], WHO)
    assert "ikke målet" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_a_wordy_table_on_a_slide_stands_above_its_foot():
    """Columns of long texts share the room; one had what all others left, a word a line."""
    wordy = "Foreningen og partnerne har talt alle som kom, hver gang de kom, siden 2014"
    rows = (("Program", "Tall", "Kilde", "Forbehold"), *[(wordy, "171", wordy, wordy)] * 3)
    slide = Slide("figure", "x", chart=RowsOnly("x", "", rows, ""), foot="Nederst")
    deck = Deck("abcdefabcdef", "Møte", "nb", "1", AS_OF)
    page = PdfReader(io.BytesIO(pdf(words("nb"), deck, [slide], WHO))).pages[0]
    heights: dict[str, list[float]] = {}

    def note(text: str, moved: list[float], at: list[float], *_: object) -> None:
        heights.setdefault(text.strip(), []).append(at[5] * moved[3] + moved[5])

    page.extract_text(visitor_text=note)
    (foot,) = heights["Nederst"]
    ends = [min(at) for said, at in heights.items() if said.endswith("2014")]
    assert ends and min(ends) > foot


def test_key_figures_on_paper_are_not_broken(watch: Watch):
    maker = made(watch)
    figures = tuple(KeyFigure(f"Tall {n}", "ca. 10 av 10", "") for n in range(5))
    numbers = Numbers("Tall", "", (("", ""),), "", figures)
    paper = report_pdf(maker.view(""), WHO, "Tall", "", [(numbers, "")], [])
    said = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert said.count("ca. 10 av 10") == 5


def test_what_is_said_under_results_of_a_partner_is_sentences(watch: Watch):
    (results,) = [
        one
        for one in told_of_partner(made(watch).view(""), "nav").sections
        if one.heading == words("nb")("story.partner_results")
    ]
    assert not [line for line in results.lines if ". ·" in line]
    assert "i totaler. Persontall" in results.lines[-1] and results.lines[-1].endswith("0–4.")


@both_languages
def test_no_slide_speaks_of_a_table_that_it_has_not(watch: Watch, language: str):
    for slide in slides_of(made(watch, language)):
        told = " ".join([slide.headline, slide.under, slide.foot]).lower()
        assert "tabell" not in told and "the table" not in told, slide.headline


def test_of_a_long_answer_page_and_slide_draw_as_many_and_say_so_once(watch: Watch):
    maker, query = made(watch), "rows=partner"
    version, w = watch.published[-1], maker.w
    database = version.protected(watch.var)
    shown = seen(w, version, database, date.fromisoformat(AS_OF), query)
    (figure,) = figures(shown, "explore", query)
    deck = of_page(replace(maker.deck, slides=()), "explore", query, [figure])
    chosen = next(one for one in deck.slides if one.figure == figure.name)
    chart = Maker(w, deck, version, database, WHO).of(chosen)[0].chart
    assert isinstance(chart, Bars) and len(chart.categories) == MOST
    there = len(chart.rows) - 1 - chart.has_total
    assert there > MOST_ROWS
    assert chart.subtitle == figure.chart.subtitle and chart.subtitle.count(str(there)) == 1


def test_renewed_a_deck_says_which_figures_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    watch = Watch(data, tmp_path / "var")
    assert watch.latest()[0]
    monkeypatch.setattr(published, "watch", lambda: watch)
    old = made(watch).deck
    first = slides_of(made(watch))
    rows = (data / "outcomes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if "workop" not in row.lower() or "2025" not in row]
    assert len(kept) < len(rows)
    (data / "outcomes.csv").write_text("".join(kept), encoding="utf-8")
    latest, findings = watch.latest()
    assert latest and latest.name != old.version, findings
    # What it pins is what it shows, until it is renewed.
    pinned = deck_store.deck_maker(old)
    assert pinned and [slide.chart for slide in pinned.slides()] == [one.chart for one in first]
    now, differ = deck_store.renewal(old, latest, AS_OF)
    assert now.version == latest.name
    names = [one.figure for one in old.slides if one.kind == "figure"]
    assert 0 < len(differ) < len(names)
    before = {slide.said for slide in first}
    assert all(said in before for said, _ in differ)


# Kept


def deck() -> Deck:
    slides = (Planned("title"), Planned("text", headline="Å", body="\u0000<script>"))
    return Deck(numbered.new_number(), "Møte", "nb", "v", AS_OF, slides=slides)


def test_a_deck_is_kept_copied_and_removed(tmp_path: Path):
    one = numbered.keep_numbered(tmp_path, deck())
    assert numbered.read_numbered(tmp_path, one.id, Deck) == one
    two = numbered.keep_numbered(tmp_path, replace(one, id=numbered.new_number(), name="Kopi"))
    assert {d.id for d in numbered.all_numbered(tmp_path, Deck)} == {one.id, two.id}
    numbered.drop_numbered(tmp_path, one.id)
    (tmp_path / "cccccccccccc.json").symlink_to("gone")  # as one that is dropped meanwhile
    assert numbered.all_numbered(tmp_path, Deck) == [two]
    with pytest.raises(KeyError):
        numbered.read_numbered(tmp_path, one.id, Deck)


@pytest.mark.parametrize(
    "id", ["", "..", "../decks/abcdefabcdef", "ABCDEFABCDEF", "a" * 13, "æ" * 12]
)
def test_what_is_no_id_leads_nowhere(tmp_path: Path, id: str):
    (tmp_path / "abcdefabcdef.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KeyError):
        numbered.read_numbered(tmp_path / "decks", id, Deck)
    with pytest.raises(KeyError):
        numbered.drop_numbered(tmp_path, id)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"slides": 1}', '{"slides": [{}]}'])
def test_a_file_that_is_no_deck_is_left_out(tmp_path: Path, content: str):
    (tmp_path / "abcdefabcdef.json").write_text(content, encoding="utf-8")
    kept = numbered.keep_numbered(tmp_path, deck())
    assert numbered.all_numbered(tmp_path, Deck) == [kept]


def test_what_another_version_of_the_programme_kept_is_found_as_far_as_it_is_known(tmp_path: Path):
    said = (
        '{"id": "x", "name": "Styremøte", "language": "nb", "version": "1", "as_of": "2026-11-23"'
    )
    slides = '"slides": [{"kind": "text", "later": 1}], "later": {}}'
    (tmp_path / "abcdefabcdef.json").write_text(f"{said}, {slides}", encoding="utf-8")
    found = numbered.read_numbered(tmp_path, "abcdefabcdef", Deck)
    assert (found.id, found.owner, found.slides) == ("abcdefabcdef", "", (Planned("text"),))


def test_what_fails_leaves_the_deck_as_it_was(tmp_path: Path):
    kept = numbered.keep_numbered(tmp_path, deck())
    with pytest.raises(TypeError):
        numbered.keep_numbered(tmp_path, replace(kept, occasion=object()))  # type: ignore[arg-type]
    assert numbered.read_numbered(tmp_path, kept.id, Deck) == kept
    assert [f.name for f in tmp_path.iterdir()] == [f"{kept.id}.json"]


def test_a_long_selection_is_kept_whole(tmp_path: Path):
    address = "programme=" + "&programme=".join(f"Program+{n:04}" for n in range(400))
    kept = replace(deck(), slides=(Planned("figure", "outcomes", "funnel-WorkOP", address),))
    numbered.keep_numbered(tmp_path, kept)
    assert numbered.read_numbered(tmp_path, kept.id, Deck) == kept


def test_there_is_an_end_to_decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numbered, "MOST_NUMBERED", 2)
    first, _ = numbered.keep_numbered(tmp_path, deck()), numbered.keep_numbered(tmp_path, deck())
    numbered.keep_numbered(tmp_path, replace(first, name="Nytt navn"))
    with pytest.raises(numbered.TooMany):
        numbered.keep_numbered(tmp_path, deck())


# Whose slides


KARI, OLA = Person("viewer", "Kari", "https://id kari"), Person("viewer", "Ola", "https://id ola")
EDITOR = Person("editor", "Per", "https://id per")


def test_a_deck_has_an_owner(tmp_path: Path, monkeypatch):
    """Who made it, and an editor, change and remove it; others show it and copy it."""
    asking: list[Person | None] = [KARI]
    monkeypatch.setattr(access, "current_person", lambda: asking[0])
    for module in (deck_store, deck_list, deck_editor):
        monkeypatch.setattr(module, "deck_folder", lambda: tmp_path)
    monkeypatch.setattr(st, "session_state", {})
    assert deck_list.keep_deck(deck())
    id = current().deck or ""
    kept = numbered.read_numbered(tmp_path, id, Deck)
    assert (kept.owner, kept.made_by) == (KARI.id, "Kari")

    def renamed(name: str) -> str:
        deck_editor.save(id, lambda kept: replace(kept, name=name))
        return numbered.read_numbered(tmp_path, id, Deck).name

    assert renamed("by its owner") == "by its owner"
    for other in (OLA, None):
        asking[0] = other
        assert renamed("by another") == "by its owner"
        assert not deck_list.keep_deck(replace(kept, name="by another"))
        deck_editor.remove_deck(id)
        assert numbered.read_numbered(tmp_path, id, Deck).name == "by its owner"
    asking[0] = OLA
    deck_editor.copy_deck(words("nb"), kept)
    copy = numbered.read_numbered(tmp_path, current().deck or "", Deck)
    assert (copy.owner, copy.made_by) == (OLA.id, "Ola")
    asking[0] = EDITOR
    assert renamed("by an editor") == "by an editor"
    assert numbered.read_numbered(tmp_path, id, Deck).owner == KARI.id
    deck_editor.remove_deck(id)
    assert [one.id for one in numbered.all_numbered(tmp_path, Deck)] == [copy.id]


def test_a_deck_from_before_there_were_owners_is_the_editors(monkeypatch):
    for person, expected in ((KARI, False), (EDITOR, True), (Person("editor"), True)):
        monkeypatch.setattr(access, "current_person", lambda person=person: person)
        assert access.may_change("", ()) == expected


def test_identity_comes_from_its_file(tmp_path: Path):
    assert read_identity(tmp_path / "none.toml") == Identity()
    file = tmp_path / "identity.toml"
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    file.write_text('name = "NF"\nlogo = "logo.svg"\ncolours = ["#123456", "#654321"]', "utf-8")
    found = read_identity(file)
    assert (found.name, found.colours) == ("NF", ("#123456", "#654321"))
    assert found.logo.startswith("data:image/svg+xml;base64,")


def test_an_association_has_its_own_identity_and_several_have_the_servers(
    tmp_path: Path, watch: Watch
):
    latest, file = watch.published[-1], tmp_path / "identity.toml"
    database = latest.protected(watch.var)
    file.write_text(
        'name = "De norske"\ncolours = ["#123456", "#654321"]\nsite = "https://a.no/"', "utf-8"
    )
    drammen = identity_of(database, DRAMMEN, file)
    assert drammen == Identity(
        DRAMMEN, "", "https://www.nfdr.no/", ("#1f3f73", "#c77d1e"), "NFDR",
        "Drammen, Lier og Øvre Eiker",
    )  # fmt: skip
    assert identity_of(database, None, file) == read_identity(file)
    # One that says nothing has its name, and the server's colours.
    assert identity_of(database, "X", file) == Identity("X", colours=("#123456", "#654321"))
    file.write_text("offline = false", "utf-8")
    assert not identity_of(database, "X", file).offline
    file.write_text('name = "X"\nsite = "https://a.no/"', "utf-8")
    assert identity_of(database, "X", file) == read_identity(file), "the server's own"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("name =", "toml"),
        ('colours = "red"', "colours"),
        ('colours = ["#ffffff", "#000000"]', "contrast"),
        ('colours = ["red", "#000000"]', "contrast"),
        ('site = "javascript:alert(1)"', "site"),
        ('offline = "no"', "offline"),
        ('logo = "gone.png"', "logo"),
        ('logo = "identity.toml"', "logo"),
    ],
)
def test_settings_that_cannot_be_used_say_what_is_wrong(tmp_path: Path, said: str, what: str):
    file = tmp_path / "identity.toml"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(Unusable) as wrong:
        read_identity(file)
    assert wrong.value.args[0] == what


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_presentation_begins_with_few_figures_none_twice_and_none_of_examples_alone(watch):
    version = watch.published[-1]
    database = version.protected(watch.var)
    shown = seen(words("nb"), version, database, date.fromisoformat(AS_OF), "")
    found = [one for figures in opening(shown, "").values() for one in figures]
    assert [one.name for one in found] == [
        *("key-figures", "active", "by-partner-type", "begun-and-ended", "activities-by-type"),
        "targets-Internasjonale Drammen",
    ]
    assert len({one.chart.title for one in found}) == len(found)
    assert not any(one.chart.title.startswith(words("nb")("claim.example")) for one in found)


def test_powerpoint_names_the_years_of_a_line_and_draws_no_block(watch):
    """As LibreOffice 7.4 shows it: names that it may turn were one, and a bar filled the slide."""
    slides = Presentation(io.BytesIO(as_powerpoint(made(watch)))).slides
    frames = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    charts = [frame.chart for frame in frames]
    lines = [one for one in charts if one.chart_type == XL_CHART_TYPE.AREA_STACKED]
    assert lines
    for one in lines:
        axis = one.category_axis._element
        assert axis.find(qn("c:tickLblSkip")).get("val") == "1"
        assert axis.find(qn("c:txPr")).find(qn("a:bodyPr")).get("rot") == "0"
    lying = [one for one in frames if one.chart.chart_type == XL_CHART_TYPE.BAR_STACKED]
    assert any(len(list(one.chart.plots[0].categories)) == 1 for one in lying)
    for one in lying:
        row = one.height / len(list(one.chart.plots[0].categories))
        assert row / (1 + one.chart.plots[0].gap_width / 100) / PIXEL < 80


@pytest.mark.parametrize("count", [1, 2, 5, 12, 30])
def test_definitions_stand_in_two_columns_as_much_in_each_and_none_is_left_out(count: int):
    body = [(f"Ord {n}", "betyr " * (5 + 7 * n % 40)) for n in range(count)]
    columns = Slide("closing", "Ord", body=body).columns
    assert [said for column in columns for said in column] == body
    sizes = [sum(len(text) for _, text in column) for column in columns]
    assert max(sizes) - min(sizes) <= max(len(text) for _, text in body) or len(columns) == 1
    assert len(columns) == min(count, 2)
