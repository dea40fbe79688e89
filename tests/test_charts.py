"""Charts: the same numbers in series, table and words; colours by code; every size drawn."""

import io
import re
import tomllib
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from plotly import graph_objects
from pptx import Presentation

import queries
from ringvirkning import ROOT
from ringvirkning.charts import (
    AreaLine,
    Bars,
    Chart,
    Columns,
    Dots,
    Event,
    Lines,
    Mark,
    Measured,
    Numbers,
    Panels,
    RowsOnly,
    Series,
    Timeline,
    TimelineRow,
    forms,
    layout,
    palette,
    screen,
)
from ringvirkning.charts.layout import Above
from ringvirkning.charts.palette import COLOURS, GROUND, INK, PAPER, QUIET, Theme, colour, ink_on
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.svg import svg
from ringvirkning.charts.screen.bars import in_lines
from ringvirkning.charts.screen.drawing import marker, words_in_bars
from ringvirkning.charts.shorter import shorter
from ringvirkning.export.deck import Deck, Slide
from ringvirkning.export.identity import Identity
from ringvirkning.export.powerpoint import powerpoint
from ringvirkning.figures import (
    activities,
    catalogue,
    in_force,
    partnerships,
    targets,
    timeline,
)
from ringvirkning.figures.jobs import KINDS, jobs_chart
from ringvirkning.figures.rounds import STAGES, by_round_chart, funnel_chart
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.texts import LANGUAGES, Words, certainty
from ringvirkning.texts.certainty import Number, interval, share
from ringvirkning.texts.sentences import change_sentence, shortened_apart
from tests.frames import ask
from tests.habits import named as words

AS_OF, YEAR = date(2026, 11, 23), 2025
THEMES = get_args(Theme)
EVERYTHING: dict[str, Any] = {
    "association": [],
    "partner_type": [],
    "partnership_type": [],
    "programme": [],
    "from_year": None,
    "to_year": None,
    "illustrative": True,
    "as_of": AS_OF,
    "year": YEAR,
    "round_programme": "WorkOP",
    "partner_ids": [],
    "partnership_ids": [],
}
HOSTILE = '<a href="https://evil.example">x</a><img src=x onerror=alert(1)>&<b>'


@pytest.fixture(scope="session")
def answers(watch: Watch) -> Any:
    """Every answer that a chart is made from, of the shipped data."""
    assert watch.version
    with queries.opened(watch.version.exact(watch.var)) as connection:
        asked = (
            *("partnerships_by_year", "partnerships_by_partner_type", "partnerships_by_type"),
            *("partnerships_begun_and_ended", "partnership_records", "activities_by_type"),
            *("activities_by_programme", "activities_by_year", "placements_by_year"),
            *("targets_met", "funnel", "rounds", "measure_words"),
        )
        return {name: ask(connection, name, EVERYTHING) for name in asked}


# Every result of a target has a number.
KNOWN: dict[str, Any] = dict.fromkeys(("missing_count", "suppressed_count", "not_yet_count"), 0)
KNOWN |= {"association": "A"}


def rows(frame: pd.DataFrame) -> list[Any]:
    """A frame as the app asks for it: named tuples, None where nothing is known."""

    def plain(value: Any) -> Any:
        if not isinstance(value, list | np.ndarray) and pd.isna(value):
            return None
        if isinstance(value, pd.Timestamp):
            return value.date()
        return value

    named = namedtuple("Row", frame.columns)  # type: ignore[misc]
    return [named(*map(plain, row)) for row in frame.itertuples(index=False)]


def spoken(answers: Any, language: str) -> Words:
    """Words that know all of the measures."""
    rows = answers["measure_words"].fillna("").to_dict("records")
    measures = {r["measure"]: r | {"name": r[f"name_{language}"]} for r in rows}
    return replace(words(language), measures=measures)


def charts(w: Words, frames: Any) -> dict[str, Any]:
    """Every chart of every page, by name."""
    a = {name: rows(frame) for name, frame in frames.items()}
    counted = (*a["partnerships_by_year"], *a["partnerships_begun_and_ended"])
    years = forms.all_years(row.year for row in counted)
    of_workop = {
        name: [row for row in a[name] if row.programme == "WorkOP"]
        for name in ("funnel", "targets_met")
    }
    return {
        "active": in_force.active_chart(w, a["partnerships_by_year"], YEAR, AS_OF),
        "partner_type": partnerships.by_kind_chart(
            w, a["partnerships_by_partner_type"], "partner_type", YEAR
        ),
        "partnership_type": partnerships.by_kind_chart(
            w, a["partnerships_by_type"], "partnership_type", YEAR
        ),
        "begun_and_ended": partnerships.begun_and_ended_chart(
            w, a["partnerships_begun_and_ended"], years, AS_OF
        ),
        "timeline": timeline.timeline_chart(w, a["partnership_records"], AS_OF),
        "activity_type": activities.by_type_chart(w, a["activities_by_type"], AS_OF),
        "programme": activities.by_programme_chart(w, a["activities_by_programme"]),
        "attendance": activities.registered_and_attended_chart(w, a["activities_by_year"], AS_OF),
        "jobs": jobs_chart(w, a["placements_by_year"], a["targets_met"], AS_OF, "Jobb"),
        "funnel": funnel_chart(w, of_workop["funnel"], "WorkOP"),
        "rounds": by_round_chart(w, a["rounds"], "WorkOP"),
        "targets": targets.targets_chart(w, of_workop["targets_met"], "WorkOP"),
    }


NAMES = (
    *("active", "partner_type", "partnership_type", "begun_and_ended", "timeline"),
    *("activity_type", "programme", "attendance", "jobs", "funnel", "rounds", "targets"),
)
every_chart = pytest.mark.parametrize("name", NAMES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


# Colours


def contrast(one: str, other: str) -> float:
    """Of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

    def luminance(hexadecimal: str) -> float:
        parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", COLOURS)
def test_every_colour_stands_out_from_the_ground(code: str, theme: Theme):
    assert contrast(colour(code, theme), GROUND[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", COLOURS)
def test_what_is_written_on_a_colour_is_readable(code: str, theme: Theme):
    assert contrast(ink_on(code, theme), colour(code, theme)) >= 4.5


def test_stripes_end_before_letters_and_an_outline_is_written_in_as_beside_it():
    said = words_in_bars(
        Series("", "accent", (1, 1, 1), pattern=("solid", "example", "outline")), "light"
    )
    assert said["color"] == ["#ffffff", "#ffffff", INK["light"]]
    bar = colour("accent", "light")
    assert [bar in about for about in said["shadow"]] == [False, True, False]


# As eyes without one kind of cones see linear red, green and blue: Machado, Oliveira and Fernandes
# 2009, severity 1.
EYES = {
    "all cones": np.eye(3),
    "protanopia": [
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "deuteranopia": [
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "tritanopia": [
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}  # fmt: skip
OF_SRGB = np.array(
    [
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    ]
)
BESIDE = {
    "types": [*(code for code in COLOURS if code.startswith("type_")), "other", "several"],
    "jobs": [code for code in COLOURS if code.startswith(("placement_", "apprenticeship"))],
    "sequence": palette.SEQUENCE,
}


def seen_by(hexadecimal: str, eyes: Any) -> Any:
    """L*, a* and b* (CIE 1976) of a colour for these eyes, under daylight."""
    parts = np.array([int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = OF_SRGB @ np.clip(np.array(eyes) @ linear, 0, 1) / OF_SRGB.sum(axis=1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("group", BESIDE)
def test_colours_beside_each_other_stay_apart_for_all_eyes(group: str, eyes: str, theme: Theme):
    seen = {code: seen_by(colour(code, theme), EYES[eyes]) for code in BESIDE[group]}
    apart = {
        (one, other): round(float(np.linalg.norm(seen[one] - seen[other])), 1)
        for one, other in combinations(seen, 2)
    }
    assert {pair: by for pair, by in apart.items() if by < 12} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_text_in_charts_is_readable(theme: Theme):
    assert contrast(INK[theme], GROUND[theme]) >= 4.5
    assert contrast(QUIET[theme], GROUND[theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_ground_of_the_palette_is_that_of_the_page(theme: Theme):
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["theme"][theme]["backgroundColor"] == GROUND[theme]
    assert config["theme"][theme]["textColor"] == INK[theme]


def test_what_is_pressed_is_readable():
    """The framework writes in white on both; ours on the light one."""
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    style = (ROOT / "ringvirkning/ui/frame.css").read_text(encoding="utf-8")
    written = re.search(r'\[data-testid\^="stBaseButton-primary"\]:enabled { color: (\S+);', style)
    assert written
    assert contrast("#ffffff", theme["light"]["primaryColor"]) >= 4.5
    assert contrast(written[1], theme["dark"]["primaryColor"]) >= 4.5


def test_the_palette_is_the_one_source_of_its_colours():
    codes = {*INK.values(), *QUIET.values(), *PAPER.values()}
    codes |= {code for pair in COLOURS.values() for code in pair}
    for room in ("charts", "export"):
        for file in ROOT.glob(f"ringvirkning/{room}/**/*.*"):
            if file.suffix in (".css", ".html", ".js", ".py", ".typ") and file.name != "palette.py":
                text = file.read_text(encoding="utf-8")
                assert not codes & {*re.findall("#[0-9a-f]{6}", text)}, file.name
                own = {
                    "fill",
                    "second",
                    "strong",
                    "link",
                }  # of a series, and of whose slides these are
                assert {*re.findall(r"var\(--(\w+)", text)} <= PAPER.keys() | own, file.name


@pytest.mark.parametrize("theme", THEMES)
def test_codes_shown_together_have_different_colours(theme: Theme):
    for codes in (
        [
            *(palette.colour_of_place(place) for place in range(palette.TYPE_COLOURS)),
            "other",
            "several",
        ],
        KINDS,
        ("accent", "before"),
    ):
        assert len({colour(code, theme) for code in codes}) == len(codes)


def test_every_kind_of_job_has_a_colour():
    assert set(KINDS) <= COLOURS.keys()


def test_a_type_has_the_colour_of_its_place():
    w = replace(words("nb"), types={"partner_type": dict.fromkeys(["b", "other", "a"], "x")})
    found = [forms.type_colour(w, "partner_type", code) for code in ("b", "a", "other", "several")]
    assert found == ["type_1", "type_2", "other", "several"]
    assert forms.type_colour(w, "partner_type", "unheard of") == "other"
    assert forms.type_order(w, "partner_type", {"other", "several", "a", "b"}) == [
        *("b", "a", "other", "several")
    ]


@pytest.mark.slow
def test_colours_are_the_same_in_both_languages(answers: Any):
    nb, en = (charts(spoken(answers, language), answers) for language in LANGUAGES)
    for name in NAMES:
        if name == "timeline":
            continue
        assert [s.colour for s in nb[name].series] == [s.colour for s in en[name].series], name
        assert [s.values for s in nb[name].series] == [s.values for s in en[name].series], name
        assert [s.label for s in nb[name].series] != [s.label for s in en[name].series]


def test_colours_do_not_depend_on_the_order_of_rows_or_on_what_is_left(answers: Any):
    w = words("nb")

    def active(frame: pd.DataFrame) -> tuple[Series, ...]:
        return in_force.active_by_type(w, rows(frame), YEAR, AS_OF).series

    frame = answers["partnerships_by_year"]
    turned = active(frame.iloc[::-1].reset_index(drop=True))
    assert {s.colour: s.values for s in turned} == {s.colour: s.values for s in active(frame)}
    for code in frame["part"].dropna().unique():
        for series in active(frame[frame["part"] == code]):
            if series.colour != "unconfirmed":
                assert (series.colour, series.label) == (
                    forms.type_colour(w, "partner_type", code),
                    w.code("partner_type", code),
                )


# The same numbers everywhere


def test_every_chart_is_tested(answers: Any):
    assert tuple(charts(words("nb"), answers)) == NAMES


@pytest.mark.slow
@both_languages
@every_chart
def test_table_series_and_words_hold_the_same_numbers(answers: Any, language: str, name: str):
    w = spoken(answers, language)
    chart = charts(w, answers)[name]
    heading, *body = chart.rows
    assert len({len(row) for row in chart.rows}) == 1
    if name == "timeline":
        assert len(body) == len(chart.spans) == len(answers["partnership_records"])
    elif name in ("active", "funnel", "targets"):  # a fuller table, tested below
        assert len(body) == len(chart.categories)
    else:
        told = [s for s in chart.series if name != "rounds" or not s.panel or s.labels]
        if name == "activity_type":  # all are first in the chart, and last in the table
            told = [*told[1:], told[0]]
        assert [h for h in heading if h in {s.label for s in told}] == [s.label for s in told]
        for place, row in enumerate(body):
            for series in told:
                value, cell = series.values[place], row[heading.index(series.label)]
                if series.panel and series.labels and name == "rounds":
                    assert cell == series.labels[place]
                else:
                    assert cell == ("" if value is None else w.shown(value)), (row, series)
    for row in body[:12]:
        for cell in row:
            assert cell in chart.alt, "the words for who can't see it lack a number"
    assert chart.title in chart.alt


@both_languages
def test_totals_are_the_sums_of_the_parts(answers: Any, language: str):
    w = spoken(answers, language)
    for name in ("active", "activity_type", "jobs"):
        chart = charts(w, answers)[name]
        for place, row in enumerate(chart.rows[1:]):
            parts = chart.series[1:] if name == "activity_type" else chart.series
            total = sum(s.values[place] or 0 for s in parts)
            assert row[-1] == w.shown(total)
            if parts != chart.series:
                assert chart.series[0].values[place] == total
            if chart.form == "columns":
                assert chart.totals[place] in ("", w.shown(total))


@both_languages
@every_chart
def test_charts_show_what_was_answered(answers: Any, language: str, name: str):
    """The sums of what is drawn are the sums of what was asked for."""
    shown = charts(spoken(answers, language), answers)[name]
    drawn = sum(v or 0 for s in getattr(shown, "series", ()) for v in s.values)
    a = answers
    single = a["placements_by_year"].query("from_year == to_year")
    kinds = [a["partnerships_by_partner_type"], a["partnerships_by_type"]]
    held = a["activities_by_year"].dropna(subset=["year"])
    aims = a["targets_met"].query("programme == 'WorkOP'")
    asked: dict[str, float] = {
        "active": a["partnerships_by_year"].partnership_count.sum(),
        "partner_type": kinds[0].filter(like="_count").to_numpy().sum(),
        "partnership_type": kinds[1].filter(like="_count").to_numpy().sum(),
        "begun_and_ended": a["partnerships_begun_and_ended"].partnership_count.sum(),
        "timeline": 0,
        # All, and of each type.
        "activity_type": a["activities_by_type"].dropna(subset=["year"]).activity_count.sum() * 2,
        "programme": a["activities_by_programme"].activity_count.sum(),
        "attendance": held.registered_count.sum() + held.attended_count.sum(),
        "jobs": single[single.measure == "placements"].value.sum(),
        "targets": aims[["target", "actual"]].max(axis=1).sum(),
    }
    if name in asked:
        assert drawn == asked[name]


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
@every_chart
def test_plotly_knows_every_property_that_is_set(answers: Any, name: str, theme: Theme):
    """The app hands its dictionaries over unvalidated, so they are validated here."""
    graph_objects.Figure(screen.plotly_figure(charts(words("nb"), answers)[name], theme))


def test_bars_are_as_long_in_plotly_as_in_the_specification(answers: Any):
    for name, chart in charts(words("nb"), answers).items():
        if name == "timeline":
            continue
        figure = screen.plotly_figure(chart, "light")
        bars = [t for t in figure["data"] if t["type"] == "bar" or "stackgroup" in t]
        lying = chart.form == "bars"
        assert [tuple(t["x"] if lying else t["y"]) for t in bars] == [
            s.values for s in chart.series
        ]


def test_a_column_without_words_above_it_has_no_point_for_them():
    """plotly.js 4.1.1 takes the words' element out of such a point and never gives it back."""
    given = Series("jobs", "accent", (1, 2, 3), labels=("", "two", ""))
    base = forms.base(words("nb"), "", "", [("round",)])
    of_panel = Panels(*base, ("a", "b", "c"), (given,), ("jobs",))
    of_column = Columns(*base, ("a", "b", "c"), (given,), totals=("", "two", ""))
    for chart, written in ((of_panel, "two"), (of_column, "<b>two</b>")):
        drawn = screen.plotly_figure(chart, "light")["data"]
        told = [(t["x"], t["text"]) for t in drawn if t["type"] == "scatter"]
        assert told == [([1], [written])]


def test_a_click_brings_back_the_code_of_the_bar(answers: Any):
    w = words("nb")
    for name in ("partner_type", "partnership_type"):
        chart = charts(w, answers)[name]
        for trace in screen.plotly_figure(chart, "light")["data"]:
            assert set(trace["customdata"]) <= set(w.types[name])
    timeline = screen.plotly_figure(charts(words("nb"), answers)["timeline"], "light")
    keys = {key for trace in timeline["data"] for key in trace["customdata"]}
    assert keys == set(answers["partnership_records"].partnership_id)


# Examples, the unconfirmed, and what can't be known yet


def test_examples_are_hatched(answers: Any):
    shown = charts(words("nb"), answers)
    for name in ("funnel", "jobs", "rounds"):  # all of the shipped WorkOP is an example
        for series in shown[name].series:
            for value, pattern in zip(series.values, series.patterns, strict=True):
                assert pattern in ("hatched", "outline") or not value, name
    dated = answers["activities_by_type"].dropna(subset=["year"])
    is_example = dated.activity_count.map(lambda count: count.is_example)
    published = set(dated[~is_example].year)
    examples = dated[is_example & ~dated.year.isin(published)]
    marked = {
        (series.label, int(year))
        for series in shown["activity_type"].series[1:]
        for year, pattern in zip(series.keys, series.patterns, strict=True)
        if pattern == "hatched"
    }
    w = words("nb")
    types = [w.code("activity_type", code) for code in examples.activity_type]
    assert marked == set(zip(types, examples.year.astype(int), strict=True))
    assert marked


MADE_UP = {
    "overview": ("", {"jobs"}),
    "outcomes": ("", {"funnel-WorkOP", "rounds-WorkOP", "targets-WorkOP"}),
    "explore": ("measure=placement_rate&rows=programme", {"explore"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", MADE_UP)
def test_a_figure_of_nothing_but_examples_says_so_and_hatches_none(
    watch: Watch, page: str, language: str
):
    w, latest = words(language), watch.published[-1]
    address, made_up = MADE_UP[page]
    shown = catalogue.seen(w, latest, latest.exact(watch.var), AS_OF, address)
    found = [of for of in catalogue.figures(shown, page, address) if of.name in made_up]
    assert {of.name for of in found} == made_up
    for of in found:
        assert isinstance(of.chart, Measured)
        assert "hatched" not in {kind for s in of.chart.series for kind in s.patterns}
        said = w("claim.example"), w("foot.only_examples"), w("foot.examples_no_source")
        assert of.chart.title.startswith(said[0]) or any(one in of.foot for one in said[1:])


@pytest.mark.parametrize(
    "meanings, is_made_up",
    [
        (["example", "example"], True),
        (["example", "outline"], True),
        (["example", "solid"], False),
        (["example", "hatched"], False),
        (["outline", "outline"], False),
    ],
)
def test_examples_are_hatched_beside_what_is_published_only(meanings: Any, is_made_up: bool):
    pattern = (*meanings, "solid", "solid")
    series = Series("a", "accent", (1, 2, 0, None), pattern=pattern)
    chart = Bars("", "", (), "", ("",) * 4, (series,))
    assert chart.is_made_up == is_made_up
    assert series.patterns[0] == "hatched" if meanings[0] == "example" else "outline"
    (plain,) = forms.unhatched(chart).series
    assert plain.patterns[:2] == tuple("solid" if m == "example" else m for m in meanings)


@pytest.mark.parametrize("aimed", KINDS[:3])
def test_the_kind_of_job_that_a_target_is_for_comes_first_and_alone(answers: Any, aimed: str):
    """No other kind stands on it: a bar's height is its number, and the mark is held against it."""
    made = jobs_chart(
        words("nb"),
        rows(answers["placements_by_year"]),
        rows(answers["targets_met"]),
        AS_OF,
        "",
        aimed,
    )
    assert made.panels[0] == words("nb").code("measure", aimed)
    assert [one.panel for one in made.series] == [0, 1, 2] and not made.legend
    for one in made.series:
        assert one.labels == tuple("" if v is None else words("nb").shown(v) for v in one.values)
    told = {row[0]: row[1:3] for row in made.rows[1:]}
    marks = {made.rows[1 + mark.place][0]: mark.label for mark in made.marks}
    if aimed == KINDS[0]:
        assert marks == {year: f"Mål: {aim}" for year, (_, aim) in told.items()} and len(marks) == 4
    else:
        assert not marks


def test_jobs_of_a_year_that_are_known_in_part_say_so_in_their_cells_and_in_the_total(answers: Any):
    w, found = words("nb"), rows(answers["placements_by_year"])
    lacks = {KINDS[0]: 2, "placements": 3}
    found = [
        row._replace(lacking_count=lacks.get(row.measure, 0)) if row.from_year == 2024 else row
        for row in found
    ]
    heading, *body = jobs_chart(w, found, [], AS_OF, "").rows
    told = {row[0]: dict(zip(heading[1:], row[1:], strict=True)) for row in body}
    unknown = {year: {k: v for k, v in row.items() if "ukjent" in v} for year, row in told.items()}
    named = {w.code("measure", KINDS[0]): "11 (2 ukjente)", w("chart.total"): "23 (3 ukjente)"}
    assert {year: row for year, row in unknown.items() if row} == {"2024": named}


def test_without_examples_nothing_is_hatched_but_the_unconfirmed(answers: Any):
    w = words("nb")
    real = answers["placements_by_year"].query("evidence != 'illustrative'")
    assert len(real)
    jobs = jobs_chart(w, rows(real), rows(answers["targets_met"]), AS_OF, "")
    every_type = answers["activities_by_type"]
    by_type = every_type[~every_type.activity_count.map(lambda count: count.is_example)]
    for chart in (jobs, activities.by_type_chart(w, rows(by_type), AS_OF)):
        assert "hatched" not in {p for s in chart.series for p in s.patterns}
    active = in_force.active_chart(w, rows(answers["partnerships_by_year"]), YEAR, AS_OF)
    assert {s.colour for s in active.series if "hatched" in s.patterns} == {"unconfirmed"}


@pytest.mark.parametrize("theme", THEMES)
def test_hatching_and_outlines_are_drawn(theme: Theme):
    series = Series("a", "accent", (1, 1, 1), pattern=("solid", "hatched", "outline"))
    drawn = marker(series, theme)
    assert drawn["pattern"]["shape"] == ["", "/", ""]
    assert drawn["color"] == [colour("accent", theme)] * 2 + ["rgba(0,0,0,0)"]
    assert drawn["line"]["width"] == [0, 0, 1]


def rounds(*stages: tuple[str, str, str, int | None, int | None, bool]) -> list[Any]:
    """Rounds as the query answers them: (id, measure, measured_at, value, base, is_due)."""
    columns = ["activity_id", "measure", "measured_at", "value", "base_count", "is_due"]
    frame = pd.DataFrame(stages, columns=columns)
    return rows(
        frame.assign(
            association="A",
            title="Runde",
            begins_on=pd.Timestamp(2026, 3, 1),
            is_of_year=False,
            season=None,
            value_status=None,
            evidence="register",
            is_shared=False,
        )
    )


@both_languages
def test_not_yet_is_an_outline_and_never_a_zero(language: str):
    w = words(language)
    chart = by_round_chart(
        w,
        rounds(
            ("a", "placement_permanent", "exit", 5, 12, True),
            ("a", "in_work_or_education", "6_months", 3, 4, True),
            ("a", "in_work_or_education", "12_months", None, None, False),
            ("b", "placement_permanent", "exit", 0, 12, True),
            ("b", "in_work_or_education", "6_months", None, None, True),
            ("b", "in_work_or_education", "12_months", 7, 9, False),
        ),
        "WorkOP",
    )
    # Of those it is too early to know of, no rest is drawn, nor named in the legend.
    jobs, after_6, rest_6, after_12 = chart.series
    reaches = dict(zip(layout.tops(chart), layout.panel_reaches(chart), strict=True))
    assert reaches == {5: 6.5, 4: 5.5, 1: 2.5}, "3 of 4 are not as tall as 5 jobs"
    assert rest_6.values == (1, None), "with those in work it reaches those followed up"
    assert layout.panel_totals(chart, 0) == ["5", "0"]
    assert layout.panel_totals(chart, 1) == [*after_6.labels]
    assert jobs.values == (5, 0)
    assert after_12.patterns == ("outline", "outline")
    assert "outline" not in after_6.patterns
    assert after_12.labels == (w("chart.not_yet"),) * 2, "a result given too early is not shown"
    assert after_6.labels == (w("chart.x_of_y", x=3, y=4), w("chart.missing"))
    assert [row[1:] for row in chart.rows[1:]] == [
        ("5", w("chart.x_of_y", x=3, y=4), w("chart.not_yet")),
        ("0", w("chart.missing"), w("chart.not_yet")),
    ]


@both_languages
def test_a_funnel_stage_too_young_to_be_known_is_not_zero(answers: Any, language: str):
    w = spoken(answers, language)
    stages = answers["funnel"].query("programme == 'WorkOP'").copy()
    late = (stages.measure == "in_work_or_education") & (stages.measured_at == "12_months")
    stages.loc[late, ["round_count", "known_count", "rated_count"]] = 0
    stages.loc[late, ["value", "rated_value", "base_count", "rate"]] = None
    stages.loc[late, "not_due_count"] = 8
    chart = funnel_chart(w, rows(stages), "WorkOP")
    *_, row = chart.rows
    assert row[0] == w("stage.in_work_or_education.12_months")
    assert row[1] == chart.totals[-1] == w("chart.not_yet")
    assert row[2] == row[3] == ""
    assert f"{chart.series[0].label} 0" not in chart.alt


@both_languages
def test_the_funnel_has_every_number_with_its_share_and_interval(answers: Any, language: str):
    w = spoken(answers, language)
    stages = answers["funnel"].query("programme == 'WorkOP'")
    chart = charts(w, answers)["funnel"]
    by_name = {row[0]: row for row in chart.rows[1:]}
    for measure, point in STAGES:
        ((_, row),) = stages[(stages.measure == measure) & (stages.measured_at == point)].iterrows()
        shown = by_name[w(f"stage.{measure}.{point}")]
        assert shown[1] == w.number(row.value)
        if measure != "registered":
            found = share(row.rated_value, row.base_count)
            assert found
            low, high = interval(found)
            assert w.percent(found) in shown[2]
            assert shown[3] == f"{certainty.percent(low)}–{w.percent(high)}"
    values = chart.series[0].values
    assert values == tuple(
        int(stages[(stages.measure == m) & (stages.measured_at == p)].value.iloc[0])
        for m, p in STAGES
    )


def test_a_target_says_which_years_its_result_is_of():
    aim = {"measure": "a", "from_year": 2016, "to_year": 2020, "target": 1000, "is_over": True}
    aim |= {"is_illustrative": False, "evidence": "unstated", "actual": 900}
    aim |= {"baseline": None, "higher_is_better": True, "period": None, **KNOWN}
    frame = pd.DataFrame([aim | {"actual_from": 2016, "actual_to": year} for year in (2019, 2020)])
    chart = targets.targets_chart(words("nb"), rows(frame), "X")
    assert list(chart.categories) == ["a 2016–2020 (resultat for 2016–2019)", "a 2016–2020"]


def test_targets_without_any_result_are_not_met_nor_missed():
    aim = {"measure": "a", "from_year": 2017, "to_year": 2017, "target": 500, "is_over": True}
    none = KNOWN | dict.fromkeys(("actual", "evidence", "actual_from", "actual_to", "period"))
    for is_example, begins in ((False, ""), (True, "Eksempeltall: ")):
        frame = pd.DataFrame([aim | none | {"is_illustrative": is_example}])
        said = targets.targets_chart(words("nb"), rows(frame), "X").title
        assert said == f"{begins}X har et mål uten kjent resultat"


def test_a_share_of_fewer_than_ten_is_no_percentage():
    w = words("nb")
    chart = targets.targets_chart(
        w,
        rows(
            pd.DataFrame(
                {
                    "measure": ["a", "b", "c"],
                    "from_year": 2025,
                    "to_year": 2025,
                    "target": [9, 10, 20],
                    "actual": [3, 5, None],
                    "is_illustrative": False,
                    "evidence": "register",
                    "is_over": True,
                    "actual_from": 2025,
                    "actual_to": 2025,
                    "period": None,
                    "baseline": None,
                    **KNOWN,
                    "higher_is_better": True,
                },
                dtype=object,
            )
        ),
        "WorkOP",
    )
    assert [row[3] for row in chart.rows[1:]] == ["", "50\u00a0%", ""]
    assert chart.rows[3][1] == w("chart.unknown")
    assert "%" not in chart.totals[0] and "%" in chart.totals[1]
    assert chart.totals[2] == w("headline.target_unknown", target=20)


def test_a_year_without_counts_has_no_bar_and_no_zero():
    frame = pd.DataFrame(
        {
            "year": [2021, 2022, 2023],
            "activity_count": list(map(Number, (3, 2, 1))),
            "example_count": 0,
            "registered_count": [Number(50), None, Number(0)],
            "registered_known": [2, 0, 1],
            "attended_count": [Number(40), None, Number(0)],
            "attended_known": [2, 0, 1],
        },
        dtype=object,
    )
    chart = activities.registered_and_attended_chart(words("nb"), rows(frame), AS_OF)
    assert chart.series[0].values == (50, None, 0)
    assert [row[1:] for row in chart.rows[1:]] == [("50", "40"), ("", ""), ("0", "0")]
    assert chart.grouped and not chart.totals, "never added"


def test_a_part_of_a_stack_says_all_and_its_share_where_that_may_be_said():
    """Of fewer than ten no share is said, nor where rounding may move it too far."""
    w = words("nb")
    few, many = (Series(name, "accent", values, hovers=("a", "b")) for name, values in
                 (("one", (3, 5)), ("two", (4, 15))))  # fmt: skip
    told = forms.with_whole(w, [few, many], [7, 20])
    assert [one.hovers for one in told] == [
        ("a\ni alt 7", "b\n25\u00a0% av 20 i alt"),
        ("a\ni alt 7", "b\n75\u00a0% av 20 i alt"),
    ]
    rounded = Number(10, 6, 14)
    (one, _) = forms.with_whole(w, [replace(few, values=(rounded, None))] * 2, [rounded, 20])
    assert one.hovers == ("a\ni alt ca. 10", "b")
    assert forms.with_whole(w, [few], [3, 5]) == [few]


def test_a_target_is_a_thin_mark_at_its_year(answers: Any):
    chart = charts(words("nb"), answers)["jobs"]
    aims = answers["targets_met"].query(
        "programme == 'WorkOP' and measure == 'placement_permanent'"
    )
    single = answers["placements_by_year"].query("from_year == to_year")
    years = forms.all_years(single.from_year)
    marks = {years[mark.place]: mark.value for mark in chart.marks}
    assert marks == dict(zip(aims.from_year, aims.target.astype(float), strict=True))
    drawn = screen.plotly_figure(chart, "light")["layout"]["shapes"]
    assert sorted(shape["y0"] for shape in drawn) == sorted(marks.values())


def test_the_running_year_says_so(answers: Any):
    w = words("nb")
    for name in ("active", "begun_and_ended"):
        names = [row[0] for row in charts(w, answers)[name].rows[1:]]
        assert names[-1] == w("chart.year_so_far", year="2026")
        assert names[-2] == "2025"


# A line of all, and what of it is not sure


@both_languages
def test_a_line_of_all_shades_what_is_not_sure_and_names_it_at_its_end(answers: Any, language: str):
    w, frame = spoken(answers, language), answers["partnerships_by_year"]
    chart = charts(w, answers)["active"]
    assert isinstance(chart, AreaLine)
    by_year = frame.groupby("year").partnership_count.sum()
    years = [int(row[0][:4]) for row in chart.rows[1:]]
    assert years[0] == by_year.index[0], "it begins with the first year of any"
    totals = layout.sums(chart.series, len(years))
    assert totals == [by_year.get(year, 0) for year in years]
    sure = frame[frame.is_confirmed].groupby("year").partnership_count.sum()
    assert [*chart.series[0].values] == [sure.get(year, 0) for year in years]
    last, unsure = int(totals[-1]), int(totals[-1] - (chart.series[0].values[-1] or 0))
    *_, (at, words_at) = chart.ends
    assert (at, words_at) == (last, f"2026: {w('chart.n_in_all', n=last)}")
    assert w("chart.n_unsure", n=unsure) in [said for _, said in chart.ends]
    figure = screen.plotly_figure(chart, "light")
    assert [*figure["data"][-1]["y"]] == totals
    assert figure["layout"]["xaxis"]["ticktext"][-1].startswith(str(years[-1]))
    assert all(said in str(figure["layout"]["annotations"]) for _, said in chart.ends)
    share = w.percent(unsure / last) if len(chart.series) == 2 else ""
    assert share in chart.hovers[-1] and str(last) in chart.hovers[-1]
    few = in_force.active_chart(w, rows(frame[frame.year >= AS_OF.year - 2]), YEAR, AS_OF)
    assert few.form == "columns", "three points are no line"


def test_the_name_of_the_first_panel_stands_above_what_happened_on_paper_too():
    values = (7.0, 11.0, 10.0)
    both = [Series("a", "accent", values, panel=panel) for panel in (0, 1)]
    years, names = (2023, 2024, 2025), ("Permanent jobs", "Temporary jobs")
    event = Event(0.5, "Viken was split in three", "")
    chart = Panels(
        "", "", (), "", tuple(map(str, years)), tuple(both), names, years=years, events=(event,)
    )
    drawn = svg(chart, Size(360, 360, 13))
    name, label = (
        float(re.findall(rf'y="([\d.]+)"[^>]*>{said}<', drawn)[0])
        for said in (names[0], event.label)
    )
    assert label - name > 12


def test_that_a_change_cannot_be_told_is_a_sentence_of_its_own():
    w, rough = words("en"), Number(10, low=6, high=14)
    assert change_sentence(w, rough, Number(14, low=10, high=18), "before").startswith("; ")
    assert change_sentence(w, 10, 12, "before") == ", 2 fewer than before"


def test_words_at_the_end_of_a_line_stand_apart():
    chart = AreaLine("", "", (), "", (), (), ((1.0, "a"), (1.2, "b"), (9.0, "c")))
    assert layout.end_heights(chart, 2) == [1.0, 3.0, 9.0]
    assert layout.end_heights(replace(chart, ends=()), 2) == []


# Folding


def test_seven_parts_at_most_and_the_total_stays():
    codes = [*words("nb").types["activity_type"]]
    frame = pd.DataFrame(
        {
            "year": [2020.0] * 9 + [2021.0] * 9,
            "activity_type": codes * 2,
            "activity_count": [*range(1, 10), *range(11, 20)],
            "illustrative_count": 0,
        }
    )
    w = words("nb")
    chart = activities.by_type_chart(w, rows(frame), AS_OF)
    whole, *parts = chart.series
    assert len(parts) == forms.MOST_PARTS == 7
    totals = [sum(s.values[i] or 0 for s in parts) for i in (0, 1)]
    assert totals == [*whole.values] == [sum(range(1, 10)), sum(range(11, 20))]
    largest = [w.code("activity_type", c) for c in forms.own_places(w, "activity_type")[2:8]]
    assert {s.label for s in parts} == {*largest, w.code("activity_type", "other")}
    seven = frame[frame.activity_type.isin(codes[:7])]
    few = activities.by_type_chart(w, rows(seven), AS_OF)
    assert w.code("activity_type", "other") not in {s.label for s in few.series}


def test_folding_partner_types_keeps_the_total():
    types = [*[*words("nb").types["partner_type"]][:9], "several"]
    frame = pd.DataFrame(
        {
            "year": [2024] * 10 + [2024] * 10,
            "part": types * 2,
            "is_confirmed": [True] * 10 + [False] * 10,
            "has_start": True,
            "partnership_count": range(1, 21),
            "uncertain_start_count": 0,
            "example_count": 0,
        }
    )
    chart = in_force.active_by_type(words("nb"), rows(frame), 2024, AS_OF)
    assert len(chart.series) == 7
    assert sum(s.values[0] or 0 for s in chart.series) == sum(range(1, 21))
    assert chart.rows[1][-1] == "210"


def test_folding_says_which_part_each_is_shown_as():
    parts = {f"p{i}": float(i) for i in range(9)} | {"other": 100.0}
    shown = forms.folded(parts)
    assert shown.keys() == parts.keys()
    assert set(shown.values()) == {"p8", "p7", "p6", "p5", "p4", "p3", "other"}
    assert forms.folded({"a": 1.0, "b": 2.0}) == {"a": "a", "b": "b"}


# Sizes


def sample(form: str, count: int, text: str = "Et svært langt navn på en partner") -> Chart:
    """A chart of a form with so many categories, spans or partners, all that files name the same;
    numbers and days are ours."""
    places = range(count)
    named = (text,) * count
    values = tuple(map(float, places))
    # A number that is hatched in some bars, with an interval.
    kinds = tuple("hatched" if at % 2 else "solid" for at in places)
    keys = labels = tuple(map(str, places))
    series = Series(text, "accent", values, labels, named, kinds, keys, 0, values, values)  # type: ignore[arg-type]
    words = (text, text, ((text,), *((text,) for _ in places)), text)
    measured = (*words, named, (series,))
    marks = tuple(Mark(at, 1.0, text, text) for at in places)
    ticks = ((0.0, "0"), (1.0, "1"))
    span = TimelineRow("key", text, text, "2019-01-01", "2020-01-01", None, True, False)
    unknown = replace(span, begins=None, begins_before=False, start_is_unknown=True)
    spans = tuple(unknown if at % 2 else span for at in places)
    made: dict[str, Chart] = {
        "columns": Columns(*measured, named, marks, ticks),
        "bars": Bars(*measured, named),
        "panels": Panels(*measured, (text,), marks),
        "lines": Lines(*measured, ticks),
        "area": AreaLine(*measured, ((1.0, text), (1.0, text)), ticks, named),
        "dots": Dots(*measured, named, ticks),
        "timeline": Timeline(*words, "2018-01-01", "2026-11-23", spans, (("2020-01-01", "2020"),)),
        "table": RowsOnly(*words),
        "numbers": Numbers(*words),
    }
    return made[form]


FORMS = [form.form for form in get_args(Chart)]
PAPER_SIZES = (Size(360, 200, 13), Size(1040, 400, 16))
DRAWN = [form for form in FORMS if form not in ("table", "numbers")]


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("count", [0, 1, 40])
@pytest.mark.parametrize("form", DRAWN)
def test_every_form_is_drawn_empty_with_one_row_and_with_forty(form: str, count: int, theme: Theme):
    figure = screen.plotly_figure(sample(form, count), theme)
    assert figure["layout"]["height"] > 0
    for trace in figure["data"]:
        assert len(trace["x"]) == len(trace["y"])
    if form != "timeline":
        assert len(figure["data"][0]["x"]) == count


@pytest.mark.parametrize("form", FORMS)
def test_what_is_a_picture_on_the_screen_is_one_on_paper(form: str):
    chart = sample(form, 2)
    assert (
        bool(svg(chart, Size(360, 200, 13)))
        == (form in DRAWN)
        == bool(screen.figure_json(chart, "light"))
    )


def test_a_drawing_is_the_same_whatever_was_drawn_before_it():
    """Figures of Matplotlib are drawn on again."""
    fresh = svg.__wrapped__
    asked = [(sample(form, 3), size) for form in DRAWN for size in PAPER_SIZES]
    first = [fresh(*one) for one in asked]
    again = [fresh(*one) for one in reversed(asked)]
    assert first == again[::-1]


# What all surfaces share


def values(*of: float | None, panel: int = 0, high: tuple[float | None, ...] = ()) -> Series:
    return Series("a", "accent", of, panel=panel, high=high)


def marks_at(*values: float) -> tuple[Mark, ...]:
    return tuple(Mark(place, v, f"aim {v}", "") for place, v in enumerate(values))


def test_a_total_and_the_words_of_a_mark_strike_each_other_out_nowhere():
    two = (Series("a", "accent", (50.0, 40.0, None)), Series("b", "before", (40.0, None, 70.0)))
    marks = marks_at(99, 60, 10)  # close above, far above, below the top of the column
    totals = ("90", "40", "70")
    chart = Columns("", "", (), "", ("1", "2", "3"), two, totals, marks)
    assert (layout.top(chart), layout.lengths(chart)) == (99, [90, 40, 70])
    near = 99 * layout.NEAR
    over = near * layout.CLEAR
    assert layout.above(chart) == [
        Above(0, 99 + over, "90", "aim 99"),
        Above(1, 40, "40"),
        Above(1, 60 + over, "", "aim 60"),
        Above(2, 70, "70", "aim 10"),
    ]
    assert layout.ceiling(chart) > 99 and layout.ceiling(replace(chart, marks=())) == 90
    beside = replace(chart, grouped=True)
    assert (layout.top(beside), layout.lengths(beside)) == (99, [50, 40, 70])
    # Bars have no marks; what is smaller than one, or unknown, is not drawn as all there is.
    for grouped in (False, True):
        small = Bars("", "", (), "", ("a", "b"), (values(0.5, None),), (), grouped)
        assert (layout.top(small), layout.lengths(small)) == (1, [0.5, 0])
        assert layout.lengths(replace(small, series=())) == [0, 0]
    assert layout.top(replace(chart, marks=marks_at(80))) == 90
    bare = replace(chart, marks=(), totals=("90", "", "70"))
    assert layout.above(bare) == [Above(0, 90, "90"), Above(2, 70, "70")]


def test_a_timeline_has_its_pieces_in_the_order_of_days():
    span = TimelineRow("key", "a", "", "2020-01-01", "2022-01-01", "2024-01-01", False, False)
    spans = {
        "both": span,
        "confirmed": replace(span, sure_until="2024-06-01"),
        "unconfirmed": replace(span, sure_until=None),
        "open": replace(span, ends=None),
        "of unknown start": replace(span, start_is_unknown=True),
        "unknown": replace(span, begins=None, start_is_unknown=True),
    }
    chart = Timeline("", "", (), "", "2018-01-01", "2026-11-23", tuple(spans.values()))
    found: dict[str, list[tuple[str, str, str]]] = {name: [] for name in spans}
    for piece in layout.pieces(chart):
        found[[*spans][piece.place]].append((piece.pattern, piece.begins[:4], piece.ends[:4]))
        assert piece.colour == ("accent" if piece.pattern == "solid" else "unconfirmed")
    assert found == {
        "both": [("solid", "2020", "2022"), ("hatched", "2022", "2024")],
        "confirmed": [("solid", "2020", "2024")],
        "unconfirmed": [("hatched", "2020", "2024")],
        "open": [("solid", "2020", "2022"), ("hatched", "2022", "2026")],
        "of unknown start": [("outline", "2020", "2024")],
        "unknown": [],
    }


def test_a_timeline_of_what_only_begins_later_shows_the_year_that_is():
    """A partner's only agreement may be signed and begin years from now."""
    span = TimelineRow("key", "a", "", "2031-02-01", None, None, False, False)
    first, ticks = forms.time_of([span], "2026-11-23")
    assert (first, ticks) == ("2025-01-01", (("2026-01-01", "2026"),))
    chart = Timeline("", "", (("a",),), "", first, "2026-11-23", (span,), ticks)
    assert "2026" in svg(chart, Size(360, 200, 13))


def test_columns_of_a_panel_reach_as_far_as_they_stand_on_each_other():
    series = (values(1, None), values(2, 7), values(0, 3, panel=1))
    chart = Panels("", "", (), "", ("a", "b"), series, ("one", "two", "empty"))
    assert layout.tops(chart) == [7, 3, 1]
    assert layout.panel_reaches(chart) == pytest.approx([9.1, 5.1, 3.1])
    marked = replace(chart, marks=marks_at(3, 10))
    assert layout.tops(marked) == [10, 3, 1], "targets stand in the first panel alone"
    said = (series[0], replace(series[1], labels=("3", "7")), series[2])
    (reach, *_) = layout.panel_reaches(replace(chart, series=said, marks=marks_at(3, 8)))
    assert reach == pytest.approx(8 + 0.24 + 1.5 * 0.3 * 8), "two lines stand on the second mark"


def test_points_and_their_intervals_stand_beside_each_other():
    series = (values(5, None, 2, None, high=(9, None, None, None)), values(1, 4, None, None))
    chart = Dots("", "", (), "", ("a", "b", "c", "d"), series)
    assert (layout.highest(chart), layout.ends(chart)) == (9, [9, 4, 2, 0])
    assert layout.ends(replace(chart, series=())) == [0] * 4
    assert layout.asides(chart) == [-0.06, 0.06]
    assert [layout.highest(replace(chart, series=(values(v),))) for v in (0.4, 0, None)] == [
        *(0.4, 1, 1)
    ]


def in_powerpoint(*charts: Chart) -> Any:
    """The slides that charts are on."""
    deck = Deck("a", "T", "nb", "v", AS_OF.isoformat())
    slides = [Slide("figure", "T", chart=chart) for chart in charts]
    return Presentation(io.BytesIO(powerpoint(words("nb"), deck, slides, Identity()))).slides


def test_a_year_that_the_screen_does_not_name_is_named_in_the_workbook():
    keys = ('["2024", "county"]', '["2025", "county"]')
    series = Series("a", "accent", (1.0, 2.0), keys=keys)
    rows = (("År", "a"), ("2024", "1"), ("2025 hittil", "2"))
    labels = ("", "2025\nhittil")
    (slide,) = in_powerpoint(Columns("", "", rows, "", labels, (series,)))
    (made,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert [str(name) for name in made.plots[0].categories] == ["2024", "2025 hittil"]


def test_powerpoint_has_every_form_empty_and_with_two_rows():
    charts = [sample(form, count) for form in FORMS for count in (0, 2)]
    for chart, page in zip(charts, in_powerpoint(*charts), strict=True):
        kinds = [shape for shape in page.shapes if shape.has_chart]
        has_plot = isinstance(chart, Measured) and bool(chart.categories)
        assert len(kinds) == has_plot, chart.form
        is_table = isinstance(chart, RowsOnly) or (isinstance(chart, Measured) and not kinds)
        assert any(shape.has_table for shape in page.shapes) == is_table, chart.form


def test_a_long_label_takes_no_room_from_others():
    few = ("fewer than 9", "fewer than 9", "5", "5")
    assert forms.spaced(few) == few
    assert forms.spaced(("over 100", *["5"] * 8)) == ("over 100", *["5"] * 8)
    assert forms.spaced(["100"] * 20) == ("", "100") * 10
    assert forms.spaced(("", "a" * 99, "")) == ("", "a" * 99, "")
    assert forms.spaced(()) == ()


def labels_side_by_side(*columns: tuple[float | None, ...]) -> list[tuple[str, ...]]:
    said = [tuple("" if v is None else f"{v:.0f}" for v in values) for values in columns]
    series = [Series("", "accent", v, labels) for v, labels in zip(columns, said, strict=True)]
    return [one.labels for one in forms.spaced_side_by_side(series)]


def test_numbers_above_columns_side_by_side_touch_only_where_one_is_much_higher():
    assert labels_side_by_side((140, 60), (130, 50)) == [("140", "60"), ("130", "50")]
    many = (None,) * 10
    assert labels_side_by_side((140, *many), (130, *many))[0] == ("", *[""] * 10)
    assert labels_side_by_side((140, *many), (130, *many))[1] == ("130", *[""] * 10)
    assert labels_side_by_side((330, *many), (150, *many))[0][0] == "330"
    assert labels_side_by_side((330, *many), (150, *many))[1][0] == "150"
    assert labels_side_by_side() == []
    assert labels_side_by_side((None, None)) == [("", "")]


@pytest.mark.parametrize("count", [1, 2, 11, 12, 40, 200])
def test_years_stand_apart_and_the_last_is_named(count: int):
    labels = forms.year_labels(list(range(2026 - count + 1, 2027)))
    assert len(labels) == count
    assert sum(map(bool, labels)) <= forms.MOST_TICKS
    assert labels[-1] == "2026"


def one_row(answers: Any) -> Any:
    return {
        name: frame if name == "measure_words" else frame.dropna(how="all").head(1)
        for name, frame in answers.items()
    }


def forty_rows(answers: Any) -> Any:
    """Forty rows of each, by repeating what is there under other years, names and ids."""

    def more(frame: pd.DataFrame) -> pd.DataFrame:
        copies = []
        for turn in range(-(-40 // len(frame))):
            copy = frame.copy()
            for column in ("year", "from_year", "to_year"):
                if column in copy:
                    copy[column] = copy[column] - 40 * turn
            for column in ("title", "activity_id", "partnership_id"):
                if column in copy:
                    copy[column] = copy[column] + f" {turn}"
            copies.append(copy)
        return pd.concat(copies, ignore_index=True)

    return {n: frame if n == "measure_words" else more(frame) for n, frame in answers.items()}


@both_languages
@pytest.mark.parametrize("size", [one_row, forty_rows])
def test_every_chart_survives_one_row_and_forty(answers: Any, language: str, size: Any):
    a = size(answers)
    w = spoken(answers, language)
    a = a | {
        "funnel": a["funnel"].assign(programme="WorkOP"),
        "targets_met": a["targets_met"].dropna(subset=["target"]).assign(programme="WorkOP"),
    }
    for name, chart in charts(w, a).items():
        assert chart.title and chart.subtitle and chart.alt, name
        assert len(chart.rows) > 1 or name in ("attendance", "jobs", "funnel"), name
        figure = screen.plotly_figure(chart, "dark")
        assert figure["layout"]["height"] <= 4000, name


def test_empty_answers_make_empty_charts(answers: Any):
    w = words("nb")
    none: dict[str, list[Any]] = {name: [] for name in answers}
    for chart in (
        in_force.active_chart(w, none["partnerships_by_year"], YEAR, AS_OF),
        partnerships.begun_and_ended_chart(w, none["partnerships_begun_and_ended"], [], AS_OF),
        timeline.timeline_chart(w, none["partnership_records"], AS_OF),
        activities.by_type_chart(w, none["activities_by_type"], AS_OF),
        activities.by_programme_chart(w, none["activities_by_programme"]),
        activities.registered_and_attended_chart(w, none["activities_by_year"], AS_OF),
        jobs_chart(w, none["placements_by_year"], none["targets_met"], AS_OF, "x"),
        funnel_chart(w, none["funnel"], "WorkOP"),
        by_round_chart(w, none["rounds"], "WorkOP"),
    ):
        assert len(chart.rows) == 1, chart.title
        assert screen.plotly_figure(chart, "light")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_beside_its_table_a_chart_is_told_in_250_letters(answers: Any, language: str):
    w = spoken(answers, language)
    for name, chart in charts(w, answers).items():
        said = forms.short_alternative(w, chart)
        assert said.startswith(chart.title.rstrip(".")), name
        assert len(said) <= 250, name
        count = len(chart.rows) - 1
        told = sum(row in said for row in forms.spoken_rows(chart.rows))
        assert told == count or w("chart.alt_rest", n=count - told) in said, (name, said)


def test_many_panels_are_cut_to_the_largest(answers: Any):
    w = words("nb")
    chart = activities.by_type_chart(w, rows(answers["activities_by_type"]), AS_OF)
    short: Any = shorter(w, chart)
    assert len(chart.panels) == 8
    assert short.panels == ("I alt", "Konferanse", "Nettverksmøte", "Prosjekt")
    assert [s.label for s in short.series] == [*short.panels]
    assert [s.panel for s in short.series] == [0, 1, 2, 3]
    assert short.subtitle.endswith(w("chart.largest_rows", n=4, all=8))
    assert short.rows == chart.rows
    few = replace(chart, panels=chart.panels[:4])
    assert shorter(w, few) == few


@pytest.mark.parametrize("subtitle", ["Activities in the selection", "Activities held."])
def test_how_many_are_shown_is_a_sentence_of_its_own(subtitle: str):
    w, names = words("en"), tuple(map(str, range(12)))
    many = Bars("", subtitle, (("", ""),), "", names, (Series("", "accent", (1,) * 12),))
    said = w("chart.shortened", n=10, all=12)
    assert shorter(w, many).subtitle == f"{subtitle.rstrip('.')}. {said}"
    assert shorter(w, replace(many, subtitle="")).subtitle == said


def test_a_timeline_is_read_from_the_left_and_a_shorter_one_has_its_own_years(answers: Any):
    w = words("nb")
    chart = timeline.timeline_chart(w, rows(answers["partnership_records"]), AS_OF)
    short: Any = shorter(w, chart)
    for one in (chart, short):
        names = screen.plotly_figure(one, "light")["layout"]["annotations"]
        said = shortened_apart([span.label for span in one.spans], 44)
        assert [name["text"] for name in names] == said
        assert {(name["x"], name["xanchor"]) for name in names} == {(one.first, "left")}
    assert (chart.first, short.first) == ("2004-01-01", "2018-01-01")
    assert short.ticks[0] == ("2019-01-01", "2019")


def test_a_timeline_of_more_than_sixty_says_so(answers: Any):
    w = words("nb")
    many = forty_rows(answers)["partnership_records"]
    many = pd.concat([many, many.assign(partnership_id=many.partnership_id + "b")])
    chart = timeline.timeline_chart(w, rows(many), AS_OF)
    assert len(chart.spans) == timeline.LONGEST_TIMELINE < len(many)
    assert w("chart.first_of", n=60, all=len(many)) in chart.subtitle


def test_of_unknown_start_the_years_that_activities_show_are_drawn_open(answers: Any):
    w, found = words("nb"), answers["partnership_records"].copy()
    years = ["first_seen", "last_seen"]
    found.loc[found.partnership_id == "ig_nav", years] = (2023, 2026)
    chart = timeline.timeline_chart(w, rows(found), AS_OF)
    (span,) = [one for one in chart.spans if one.start_is_unknown and one.begins]
    assert (span.key, span.begins, span.ends) == ("ig_nav", "2023-01-01", AS_OF.isoformat())
    assert w("date.start_unknown_seen", years="2023–2026") in span.note
    figure = screen.plotly_figure(chart, "light")
    (bar,) = [
        trace
        for trace in figure["data"]
        if trace["type"] == "bar" and "ig_nav" in trace["customdata"]
    ]
    assert list(bar["customdata"]) == ["ig_nav"]
    dotted = [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]]
    assert (chart.first, span.begins) in dotted


# Text from files


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("form", DRAWN)
def test_labels_from_files_are_escaped_in_every_place(form: str):
    chart = sample(form, 2, HOSTILE)
    figure = screen.plotly_figure(chart, "light")
    shown = [text for text in strings(figure) if "evil" in text]
    assert shown
    for text in shown:
        bare = re.sub(r'</?b>|<br>|<span style="color:#\w{6}">|</span>', "", text)
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", bare), text


# The legend


@every_chart
def test_a_legend_names_what_stands_beside_others_and_nothing_else(answers: Any, name: str):
    """A series alone in its chart or panel is named by the title."""
    chart = charts(spoken(answers, "nb"), answers)[name]
    every = getattr(chart, "series", ())
    panels = [series.panel for series in every]
    beside = [series.label for series in every if panels.count(series.panel) > 1]
    named = {*getattr(chart, "panels", ())} | ({*beside} if chart.form == "area" else set())
    assert [series.label for series in chart.legend] == [
        label for label in dict.fromkeys(beside) if label not in named
    ]
    for series in every:
        given = {series.pattern} if isinstance(series.pattern, str) else {*series.pattern}
        assert {*series.kinds} == {"hatched" if one == "example" else one for one in given}


def test_a_table_with_more_columns_than_letters_fit_across_is_cut_too():
    """As activities by programme and partner are, of two hundred partners."""
    rows = [("",) * 200, *([("1",) * 200] * 30)]
    cut = shorter(words("nb"), RowsOnly("", "", tuple(rows), ""))
    assert isinstance(cut, RowsOnly) and 1 <= cut.slide_rows <= 10


@pytest.mark.parametrize(
    ("said", "alone", "among_many"),
    [
        ("ikke ennå", "ikke\nennå", "ikke\nennå"),
        ("ca. 5 av 10", "ca. 5 av 10", "ca. 5\nav 10"),
        ("about 10 of 15", "about 10 of 15", "about 10\nof 15"),
        ("4 av 8", "4 av 8", "4 av 8"),
        ("12", "12", "12"),
    ],
)
def test_words_above_many_columns_have_two_lines(said: str, alone: str, among_many: str):
    assert (in_lines(said, False), in_lines(said, True)) == (alone, among_many)
