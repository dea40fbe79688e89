"""What happened and what is remarked: beside figures over years, for staff alone where internal."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ringvirkning import ROOT
from ringvirkning.charts import Measured, Panels, Timeline
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.screen import plotly_figure
from ringvirkning.charts.shorter import MOST_SPANS, shorter
from ringvirkning.export.deck import Deck, Maker, Planned
from ringvirkning.export.identity import Identity
from ringvirkning.export.powerpoint import powerpoint
from ringvirkning.figures import Figure, catalogue, notes
from ringvirkning.figures.events import MOST_AT_A_TURN, MOST_MARKED, MOST_REMARKS
from ringvirkning.figures.filters import as_address, every_choice, from_address
from ringvirkning.figures.view import Selection, View
from ringvirkning.intake import former, publishing
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.store import versions
from ringvirkning.texts import words

pytestmark = pytest.mark.slow  # they publish
AS_OF = date(2026, 11, 23)
NFDR = "Næringsforeningen i Drammensregionen"
SECRET = "KANARIHENDELSE"
HOSTILE = '=<img src=x onerror=alert(1)> & "$x$" {n} \\frac 🎉 李'
DRAWN = [
    ("overview", "active"),
    ("activities", "activities-by-type"),
    ("partnerships", "begun-and-ended"),
]
Row = dict[str, str]


class Published(NamedTuple):
    folder: Path
    var: Path
    version: versions.Version

    def shown(self, address: str = "", language: str = "nb", edition: str = "exact") -> View:
        database = getattr(self.version, edition)(self.var)
        return catalogue.seen(words(language), self.version, database, AS_OF, address)

    def figure(self, page: str, name: str, address: str = "", **how: str) -> Figure:
        shown = self.shown(address, **how)
        return next(one for one in catalogue.figures(shown, page, address) if one.name == name)


def published(place: Path, events: list[Row], remarks: list[Row]) -> Published:
    """The shipped data with these in place of what happened."""
    shutil.copytree(ROOT / "data", place / "data")
    for name, rows in (("events", events), ("remarks", remarks)):
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        with (place / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heading, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    assert publishing.publish(place / "data", place / "var") == []
    version = versions.current(place / "var")
    assert version
    return Published(place / "data", place / "var", version)


def event(key: str, day: str, title: str, **more: str) -> Row:
    return {"event_id": key, "event_kind": "other", "date": day, "title_nb": title} | more


def remark(key: str, period: str, text: str, **more: str) -> Row:
    both = {"measure": "active_partnerships", "period": period, "text_nb": text}
    return {"remark_id": key} | both | more


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Published:
    events = [
        event("a", "2019-02", "Tidlig i året", title_en="Early in the year"),
        event("b", "2021-08-01", "Sent i året"),
        event("c", "2022", SECRET, is_internal="yes"),
        event("d", "2023", "Eget", association=NFDR),
        event("e", "2004", "Før alle tall"),
    ]
    remarks = [
        remark("r", "2020/2021", "Talt på en annen måte.", association=NFDR),
        remark("s", "2022", SECRET, is_internal="yes"),
        remark("t", "2001", "Før alle tall"),
    ]
    return published(tmp_path_factory.mktemp("few"), events, remarks)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Thirty in five years, with names of signs that mean something elsewhere."""
    kinds = ("other", "agreement", "method", "pandemic", "reform", "other")
    events = [
        event(f"{year}-{n}", f"{year}-{n + 1:02}-15", f"{HOSTILE} {year} {n}", event_kind=kind)
        for year in range(2019, 2024)
        for n, kind in enumerate(kinds)
    ]
    texts = [f"{HOSTILE} {n}" for n in range(5)]
    remarks = [remark(str(n), str(2018 + n), text) for n, text in enumerate(texts)]
    return published(tmp_path_factory.mktemp("many"), events, remarks)


def chart_of(figure: Figure) -> Measured:
    assert isinstance(figure.chart, Measured)
    return figure.chart


# Which, and where


def test_a_rule_stands_between_the_years_at_the_nearest_turn(few: Published):
    chart = chart_of(few.figure("overview", "active"))
    assert [(chart.years[int(e.place + 0.5)], e.label) for e in chart.events] == [
        (2019, "1"), (2022, "2"),
    ]  # fmt: skip
    assert all(e.place % 1 == 0.5 for e in chart.events)
    said = ["1: Tidlig i året (2019)", f"2: Sent i året (2021); {SECRET} (internt) (2022)"]
    assert [e.words for e in chart.events] == said
    assert [*few.figure("overview", "active").told[:2]] == said
    assert chart.alt.endswith("2 hendelser er merket av.")


def test_an_associations_own_stand_beside_its_figures_alone(few: Published):
    address = f"association={NFDR}"
    assert "Eget" not in str(few.figure("overview", "active").told)
    assert "3: Eget (2023)" in few.figure("overview", "active", address).told
    other = "association=Innovasjon Gardermoen"
    assert "Eget" not in str(few.figure("overview", "active", other).told)


def test_a_remark_stands_under_the_figures_of_its_measure(few: Published):
    figure = few.figure("overview", "active")
    assert "* 2020–2021, NFDR: Talt på en annen måte" in figure.told
    own = few.figure("overview", "active", f"association={NFDR}")
    assert "* 2020–2021: Talt på en annen måte" in own.told
    marked = dict(zip(chart_of(own).years, chart_of(own).categories, strict=True))
    assert [year for year, name in marked.items() if name.endswith("*")] == [2020, 2022]
    assert marked[2022] == "2022**"
    assert "Talt" not in str(few.figure("activities", "activities-by-type").told)
    assert "Før alle tall" not in str(figure.every)


def test_one_alone_has_its_words_where_there_is_room(tmp_path: Path):
    house = published(tmp_path, [event("a", "2012", "Kort")], [])
    (alone,) = chart_of(house.figure("overview", "active")).events
    assert (alone.label, alone.words) == ("Kort", "Kort (2012)")


def test_in_english_and_without_english_words(few: Published):
    told = few.figure("overview", "active", language="en").told
    assert told[0] == "1: Early in the year (2019)"
    assert "Sent i året (2021)" in told[1] and "(internal)" in told[1]


def test_of_many_a_few_are_marked_and_the_rest_is_told(many: Published):
    figure = many.figure("overview", "active")
    chart = chart_of(figure)
    assert len(chart.events) == MOST_MARKED
    assert len({e.place for e in chart.events}) == MOST_MARKED
    assert [e.label for e in chart.events] == ["1", "2", "3", "4"]
    named = sum(e.words.count(HOSTILE) for e in chart.events)
    assert named == MOST_MARKED * MOST_AT_A_TURN
    starred = [line for line in figure.told if line.startswith("*")]
    assert len(starred) == MOST_REMARKS
    assert figure.told[-1] == f"og {30 + 5 - named - MOST_REMARKS} til"
    (listed,) = (said for label, said in notes.notes(many.shown(), figure) if "merknader" in label)
    assert listed.count(HOSTILE) == 35


def test_they_can_be_left_out_which_the_address_says(few: Published):
    figure = few.figure("overview", "active", "events=no")
    assert (chart_of(figure).events, figure.told, figure.every) == ((), (), ())
    assert "*" not in "".join(chart_of(figure).categories)
    chosen = Selection(events=False)
    assert as_address(chosen) == {"events": ["no"]}
    known = every_choice(few.version.exact(few.var))
    assert from_address(as_address(chosen), known, (2000, 2026)) == (chosen, [])


# Drawn


@pytest.mark.parametrize("page, name", DRAWN)
def test_screen_and_paper_draw_a_rule_for_each(many: Published, page: str, name: str):
    chart = many.figure(page, name).chart
    assert isinstance(chart, Measured)
    panels = len(chart.panels) if isinstance(chart, Panels) else 1
    layout = plotly_figure(chart, "light")["layout"]
    rules = [s for s in layout["shapes"] if str(s.get("yref", "")).endswith("domain")]
    assert len(rules) == len(chart.events) * panels > 0
    assert all(rule["layer"] == "below" and rule["x0"] == rule["x1"] for rule in rules)
    labels = [a for a in layout["annotations"] if a.get("yref") == "y domain"]
    assert [a["text"] for a in labels] == [f"<b>{e.label}</b>" for e in chart.events]
    assert all((a["y"], a["yanchor"]) == (1, "bottom") for a in labels)  # above every value
    drawn = ElementTree.fromstring(svg(chart, Size(900, 400, 14)))
    assert "onerror" not in {key for element in drawn.iter() for key in element.attrib}
    titles = [e.text or "" for e in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert sum("(20" in title and title[:2] in ("1:", "2:", "3:", "4:") for title in titles) == 4


def maker(house: Published, *slides: Planned) -> Maker:
    deck = Deck("d", "Prøve", "nb", house.version.name, AS_OF.isoformat(), is_internal=True)
    database = house.version.exact(house.var)
    return Maker(words("nb"), replace(deck, slides=slides), house.version, database, Identity("F"))


def test_powerpoint_has_a_line_and_a_label_for_each_and_says_them(many: Published):
    made = maker(many, *(Planned("figure", page, name) for page, name in DRAWN))
    shown = Presentation(BytesIO(powerpoint(made.w, made.deck, made.slides(), made.who)))
    for slide, spec in zip(shown.slides, made.slides(), strict=True):
        assert isinstance(spec.chart, Measured)
        said = [s._element._nvXxPr.cNvPr.get("descr") or "" for s in slide.shapes]
        panels = len(spec.chart.panels) if isinstance(spec.chart, Panels) else 1
        for one in spec.chart.events:
            assert said.count(one.words) == panels
        texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        assert [text for text in texts if text.isdecimal()] == [e.label for e in spec.chart.events]
        assert "1: " in spec.foot


def test_a_timeline_has_the_same_at_their_days_with_the_labels_below(few: Published):
    """Above it stand the years; what is beside it is the same list of words."""
    figure = few.figure("partnerships", "timeline")
    chart = figure.chart
    assert isinstance(chart, Timeline)
    days = [date.fromordinal(int(event.place)).isoformat() for event in chart.events]
    assert days == ["2019-02-01", "2021-08-01"]
    assert [*figure.told] == [*few.figure("overview", "active").told[:2]]
    assert chart.alt.endswith("2 hendelser er merket av.")
    assert few.figure("partnerships", "timeline", "events=no").told == ()
    layout = plotly_figure(chart, "light")["layout"]
    rules = [s["x0"] for s in layout["shapes"] if s.get("yref") == "y domain"]
    labels = [a for a in layout["annotations"] if a.get("yref") == "y domain"]
    assert rules == [label["x"] for label in labels] == days
    assert [(a["text"], a["y"], a["yanchor"]) for a in labels] == [
        ("<b>1</b>", 0, "top"), ("<b>2</b>", 0, "top"),
    ]  # fmt: skip
    drawn = ElementTree.fromstring(svg(chart, Size(900, 400, 14)))
    titles = [e.text for e in drawn.iter("{http://www.w3.org/2000/svg}title")]
    made = maker(few, Planned("figure", "partnerships", "timeline"))
    deck = Presentation(BytesIO(powerpoint(made.w, made.deck, made.slides(), made.who)))
    (group,) = (s for s in deck.slides[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)
    said = [s._element._nvXxPr.cNvPr.get("descr") for s in group.shapes]
    texts = [s.text_frame.text for s in group.shapes if s.has_text_frame]
    for event in chart.events:
        assert event.words in titles and event.words in said and event.label in texts
    # On a slide with fewer rows, which begin later, only what is within its years.
    late = shorter(words("nb"), replace(chart, spans=(chart.spans[0],) * (MOST_SPANS + 1)))
    assert isinstance(late, Timeline)
    first = date.fromisoformat(late.first).toordinal()
    assert late.events == tuple(event for event in chart.events if event.place >= first)


# Who sees it


def in_file(path: Path) -> bool:
    return SECRET.encode() in path.read_bytes()


def test_what_is_internal_is_in_nothing_of_the_public(few: Published):
    assert SECRET in str(few.figure("overview", "active").told)
    assert SECRET not in str(few.figure("overview", "active", edition="protected"))
    assert not in_file(few.version.protected(few.var))


def test_a_folder_without_the_files_is_as_it_was(tmp_path: Path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for name in ("events", "remarks"):
        (tmp_path / "data" / f"{name}.csv").unlink()
    assert publishing.publish(tmp_path / "data", tmp_path / "var") == []


@pytest.mark.parametrize(
    "file, text, table, rows",
    [
        (
            "hendelser.csv",
            "Hva som skjedde;Når;Type hendelse;Internt\nNytt NAV-kontor;1.3.2024;Reform;ja\n",
            "events",
            [{"title_nb": "Nytt NAV-kontor", "date": "2024-03-01"}
             | {"event_kind": "reform", "is_internal": "yes"}],
        ),
        (
            "what happened.csv",
            "Date,What happened,Kind of event\n2024,A new way,New way of counting\n",
            "events",
            [{"date": "2024", "title_nb": "A new way", "event_kind": "method"}],
        ),
        (
            "merknader.csv",
            "Indikator;Periode;Merknad\nFaste jobber;2023-2024;Bare én runde ble holdt\n",
            "remarks",
            [{"measure": "placement_permanent", "period": "2023/2024"}
             | {"text_nb": "Bare én runde ble holdt"}],
        ),
    ],
)  # fmt: skip
def test_a_sheet_is_known_by_its_headings(
    tmp_path: Path, file: str, text: str, table: str, rows: list[Row]
):
    (tmp_path / file).write_text(text, encoding="utf-8")
    read = read_file(tmp_path / file, listed=former.listed_in(None))
    assert (read.findings, read.questions) == ((), [])
    assert [(part.table, part.rows) for part in read.parts] == [(table, rows)]


@pytest.mark.parametrize(
    "table, cells, rule",
    [
        ("remarks", {"period": "2024/2020"}, "is_period"),
        ("remarks", {"measure": "nothing_known"}, "unknown_reference"),
        ("remarks", {"text_nb": "Spør kari@nfdr.no"}, "personal_email"),
        ("events", {"title_nb": "Ring 91 23 45 67"}, "personal_phone"),
        ("events", {"date": "2024-13"}, "is_partial_date"),
        ("events", {"event_kind": "party"}, "unknown_code"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, table: str, cells: Row, rule: str):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        first, *rest = csv.DictReader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first, lineterminator="\n")
        writer.writeheader()
        writer.writerows([first | cells, *rest])
    found = publishing.publish(tmp_path / "data", tmp_path / "var")
    assert [(f.rule, f.file, f.row, f.column) for f in found] == [(rule, path.name, 2, *cells)]
