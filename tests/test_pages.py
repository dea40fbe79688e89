"""Every page in both languages and under several selections: no error, and the right numbers.

Streamlit's own AppTest runs ui/main.py without a browser. What is expected is asked of the same
version by `frames.ask`, whose answers are held against the golden files and the oracle.
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlencode

import pandas as pd
import pytest
from hypothesis import settings
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

import pages
import queries
from queries import answers
from queries.alphabet import alphabetical_within
from ringvirkning import ROOT, VERSION
from ringvirkning.export.identity import Identity
from ringvirkning.figures import activities, filters, view
from ringvirkning.figures.explore.figure import of_question
from ringvirkning.figures.jobs import KINDS
from ringvirkning.figures.question import Question
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published
from ringvirkning.texts import LANGUAGES, Words, words
from ringvirkning.texts.certainty import share
from ringvirkning.ui import nameplate
from ringvirkning.ui.components.filters import OF_ASSOCIATIONS
from ringvirkning.ui.state import Visit
from tests import frames
from tests.habits import named

AS_OF, YEAR = date(2026, 11, 23), 2025
FLAGSHIP = "WorkOP"
SELECTIONS: dict[str, dict[str, list[str]]] = {
    "default": {},
    "one_filter": {"association": ["Innovasjon Gardermoen"]},
    "nothing_left": {"programme": ["HelseHub"], "years": ["2006-2006"]},
    "without_examples": {"examples": ["no"]},
}
WHOLE = ("data", "about", "present")  # what they say is of all there is, whatever is selected
NUMBERED = [place for place in pages.MENU if place not in WHOLE]

every_page = pytest.mark.parametrize("place", pages.MENU)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_selection = pytest.mark.parametrize(
    "selection",
    [
        pytest.param(name, marks=pytest.mark.slow if name != "default" else ())
        for name in SELECTIONS
    ],
)


@cache
def components() -> BidiComponentManager:
    """One for all sessions, as on a server. AppTest makes one for each, and reads the manifest of
    every installed package for it: two thirds of the time that a page takes."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def opened(place: str, address: dict[str, list[str]], language: str = "nb") -> AppTest:
    """A page as its address opens it, in a session of its own."""
    app = AppTest.from_file(str(ROOT / "ringvirkning" / "ui" / "main.py"), default_timeout=240)
    app._bidi_component_manager = components()
    for name, values in address.items():
        app.query_params[name] = values
    if language != "nb":
        app.query_params["lang"] = language
    # Before a session's first run, AppTest takes a page's file name for its address, as ours are.
    return app.run() if place == pages.MENU[0] else app.switch_page(f"../../pages/{place}.py").run()


def elements(block: Any) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        if hasattr(child, "children"):
            if getattr(child, "label", None):
                yield child
            yield from elements(child)
        else:
            yield child


def plain(text: str) -> str:
    """Markdown as it is read: without its escapes."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", text)


def text_of(app: AppTest) -> str:
    """All that a page says, its figures, tables and record lists too, a line for each element."""
    said = []
    for element in elements(app.main):
        if element.type == "bidi_component":
            shown = data_of(element)
            said += [cell for row in shown.get("rows", ()) for cell in row["cells"]]
            said += [shown[part] for part in ("title", "subtitle", "foot") if part in shown]
            for card in shown.get("cards", ()):
                said += [card[part] for part in ("label", "number", "change", "note", "example")]
        elif element.type == "html":
            said.append(
                re.sub(r"<(style|script)>.*?</\1>|<.*?>", "", element.proto.body, flags=re.S)
            )
        else:
            said.append(str(getattr(element, "value", None) or getattr(element, "label", "")))
    return plain(html.unescape("\n".join(said)))


def headlines(app: AppTest) -> list[str]:
    """The headings of the first level."""
    written = [e.proto.body for e in elements(app.main) if e.type == "html"]
    found = [html.unescape(h) for body in written for h in re.findall("<h1>(.*?)</h1>", body)]
    return found + [plain(title.value) for title in app.title]


def data_of(element: Any) -> dict[str, Any]:
    """What a component of ours is given to show."""
    (data,) = json.loads(element.proto.json)
    return dict(data)


def components_of(app: AppTest, part: str) -> list[Any]:
    """The components of ours that are given this to show."""
    found = [e for e in elements(app.main) if e.type == "bidi_component"]
    return [element for element in found if part in data_of(element)]


def component(app: AppTest, part: str) -> list[dict[str, Any]]:
    (shown,) = components_of(app, part)
    return list(data_of(shown)[part])


def record_rows(app: AppTest) -> list[dict[str, Any]]:
    return component(app, "rows")


def key_numbers(app: AppTest) -> list[str]:
    """Of the key figures that are published, and of the examples in their frame below."""
    return [
        card["number"] for part in components_of(app, "cards") for card in data_of(part)["cards"]
    ]


def choose(app: AppTest, **asked: list[str]) -> AppTest:
    """What the filters send when this is chosen, and nothing else."""
    app.session_state[f"{Visit.__module__}.Visit"].filtered = asked
    return app.run()


def filters_of(app: AppTest) -> dict[str, Any]:
    (shown,) = components_of(app, "span")
    return data_of(shown)


def chosen(app: AppTest, name: str) -> list[str]:
    (found,) = (part for part in filters_of(app)["lists"] if part["name"] == name)
    return [choice["code"] for choice in found["choices"] if choice["is_chosen"]]


def charts(app: AppTest) -> dict[str, Any]:
    """The figures of a page by name, of those that are drawn: a table alone is not."""
    found = {e.proto.id.split("figure-", 1)[1]: data_of(e) for e in components_of(app, "figure")}
    return {name: json.loads(data["figure"]) for name, data in found.items() if data["figure"]}


def drawn(figure: Any, along: str = "y") -> float:
    bars = [trace for trace in figure["data"] if trace["type"] == "bar" or "stackgroup" in trace]
    return sum(v or 0 for trace in bars for v in trace[along])


def headline(app: AppTest) -> str:
    (title,) = headlines(app)
    return title


def numbers(text: str) -> list[int]:
    """The whole numbers of a sentence, however they are grouped."""
    return [int(re.sub(r"\D", "", n)) for n in re.findall(r"\d+(?:[\u00a0,]\d{3})*", text)]


def assert_no_error(app: AppTest) -> None:
    assert not app.exception, [e.value for e in app.exception]
    assert not app.error, [e.value for e in app.error]


@pytest.fixture(scope="module")
def connection() -> Any:
    """The version that the pages of this process show."""
    watch = published.watch()
    version, findings = watch.latest()
    assert version and not findings
    # The pages' own: DuckDB gives one process one instance of a file, and it is locked.
    return view.connection(version.exact(watch.var))


@pytest.fixture(scope="module")
def ask(connection: Any) -> Any:
    def asked(name: str, address: dict[str, list[str]], **more: Any) -> pd.DataFrame:
        """The answer under what an address says, by its codes."""
        first, last = ((address.get("years") or ["-"])[0]).split("-")
        values: dict[str, Any] = {name: address.get(name, []) for name in filters.LISTS} | {
            "from_year": int(first) if first else None,
            "to_year": int(last) if last else None,
            "illustrative": address.get("examples") != ["no"],
            "as_of": AS_OF,
            "year": YEAR,
            "partner_ids": [],
            "partnership_ids": [],
            "activity_ids": [],
        }
        return frames.ask(connection, name, values | more)

    return asked


@pytest.fixture(scope="module")
def spoken(ask: Any) -> Any:
    rows = ask("measure_words", {}).fillna("").to_dict("records")

    def w(language: str) -> Words:
        measures = {r["measure"]: r | {"name": r[f"name_{language}"]} for r in rows}
        return replace(named(language), measures=measures)

    return w


def standings(answer: pd.DataFrame) -> tuple[int, int, int]:
    """The partnerships of the year: confirmed, unconfirmed, of unknown start."""
    rows = answer[answer.year == YEAR]
    unsure = rows[~rows.is_confirmed]
    own = (rows[rows.is_confirmed], unsure[unsure.has_start], unsure[~unsure.has_start])
    confirmed, unconfirmed, start_unknown = (int(one.partnership_count.sum()) for one in own)
    return confirmed, unconfirmed, start_unknown


# Everywhere


@every_selection
@both_languages
@every_page
def test_every_page_says_something_and_nothing_fails(place: str, language: str, selection: str):
    app = opened(place, SELECTIONS[selection], language)
    assert_no_error(app)
    assert not app.warning, "every value of the address is known"
    assert len(headlines(app)) == 1
    w = words(language)
    if place == "about":
        assert headline(app) == w("about.title")
    elif selection == "nothing_left" and place not in WHOLE:
        assert headline(app) == w("empty.selection")
        for narrowed in ("filter.programme", "filter.years"):
            assert w(narrowed) in text_of(app).split(w("empty.selection"))[1]
        assert [b.label for b in app.button] == [w("filter.reset")]
    else:
        assert headline(app) not in (w("empty.selection"), w("empty.data"))
    assert "{" not in text_of(app) and "nan" not in text_of(app).lower().split()


@pytest.mark.slow
@both_languages
@every_page
def test_the_selection_is_written_out_on_every_page(place: str, language: str):
    w = named(language)
    address = {"partner_type": ["county", "university"], "years": ["2015-2020"]}
    app = opened(place, address | {"examples": ["no"]}, language)
    said = filters_of(app)["selection"]
    is_acting = place not in OF_ASSOCIATIONS
    for part in ("county", "university"):
        assert (w.code("partner_type", part) in said) == is_acting
    assert ("2015–2020" in said) == is_acting
    assert (w("filter.without_examples") in said) == is_acting


def tried_on(place: str, choices: Iterable[Any]) -> list[Any]:
    """A third of them on each page, each on one at least; on all where many examples are tried."""
    step = 3 if settings().max_examples <= 100 else 1
    return [*choices][NUMBERED.index(place) % step :: step]


@pytest.mark.slow
@pytest.mark.parametrize("place", NUMBERED)
def test_no_choice_of_any_filter_breaks_a_page(place: str, ask: Any):
    """One partner type only, one programme only, and so on: each choice by itself."""
    assert len(NUMBERED) >= 3
    app = opened(place, {})
    broken = []
    for choice in tried_on(place, ask("choices", {}).itertuples()):
        choose(app, **{choice.filter: [choice.code]})
        if app.exception or app.error or len(headlines(app)) != 1:
            broken.append(f"{choice.filter}={choice.code}")
    assert not broken


@pytest.mark.slow
@pytest.mark.parametrize("place", NUMBERED)
def test_no_single_year_breaks_a_page(place: str, ask: Any):
    app = opened(place, {})
    first, last = ask("span", {}).iloc[0]
    broken = []
    for year in tried_on(place, range(int(first), int(last) + 1)):
        choose(app, years=[str(year)])
        if app.exception or app.error or len(headlines(app)) != 1:
            broken.append(year)
    assert not broken


# Whose figures


def plates(app: AppTest) -> list[str]:
    bodies = (e.proto.body for e in elements(app.main) if e.type == "html")
    return [body for body in bodies if 'class="plate"' in body]


def test_the_chosen_association_stands_on_the_page():
    app = opened("data", {"association": ["Næringsforeningen i Drammensregionen"]})
    (plate,) = plates(app)
    assert "--title:#1f3f73;--band:#c77d1e" in plate
    assert 'href="https://www.nfdr.no/"' in plate
    assert re.findall(r">([^<]+)<", plate) == [
        "NFDR", "Næringsforeningen i Drammensregionen", "Drammen, Lier og Øvre Eiker", "nfdr.no",
    ]  # fmt: skip
    assert plates(opened("data", {})) == []


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Identity("Innovasjon Gardermoen"), "IG"),
        (Identity("Næringsforeningen i Drammensregionen", short_name="NFDR"), "NFDR"),
        (Identity("Fjordby og omegn næringsforening", short_name="Fjordbyforeningen"), "F"),
        (Identity("nabolaget"), "n"),
        (Identity("3 Byer og Én Bygd"), "3BÉ"),
    ],
)
def test_letters_stand_for_a_logo(who: Identity, said: str):
    assert nameplate.letters(who) == said
    assert f"<b>{said}</b>" in nameplate.plate(words("nb"), who)


def test_nothing_in_a_name_is_markup_and_a_logo_stands_for_letters():
    hostile = '"><script>alert(1)</script>'
    plate = nameplate.plate(
        words("nb"), Identity(hostile, "data:image/png;base64,iVBORw0KGgo=", area=hostile)
    )
    assert "<script" not in plate and "<b>" not in plate
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">' in plate


# Overview


def latest(rows: Any, year: str = "year") -> Any:
    """The rows of the latest year that is not after the one shown."""
    past = rows[rows[year] <= YEAR]
    return past[past[year] == past[year].max()]


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("selection", ["default", "one_filter", "without_examples"])
def test_overview_shows_the_numbers_that_were_asked_for(
    ask: Any, spoken: Any, language: str, selection: str
):
    w, address = spoken(language), SELECTIONS[selection]
    app = opened("overview", address, language)
    confirmed, unconfirmed, _ = standings(ask("partnerships_by_year", address))
    held = ask("activities_by_year", address)
    jobs = ask("placements_by_year", address)
    every_kind = latest(jobs[jobs.measure == "placements"], "to_year")
    aims = ask("targets_met", address)
    aims = aims[aims.actual.notna() & aims.target.notna()]
    of = "placement_unspecified" if selection == "without_examples" else "placement_permanent"
    aims = latest(aims[aims.measure == of], "to_year")
    asked = [
        w.number(confirmed),
        w.number(latest(held).activity_count.sum()),
        w.number(latest(held[held.attended_known > 0]).attended_count.sum()),
        w.number(every_kind.value.sum()),
        w.percent(aims.actual.sum() / aims.target.sum()),
    ]
    if selection != "without_examples":  # which stand after what is published
        without = opened("overview", address | {"examples": ["no"]}, language)
        asked = [*key_numbers(without), *asked[1:]]
    assert key_numbers(app) == asked
    # What is published is said first: jobs or, where none are, the partnerships.
    published = ask("placements_by_year", address | {"examples": ["no"]})
    published = published[published.measure == "placements"]
    for found in published.itertuples():
        claimed = w(
            "claim.unstated",
            n=int(found.value),
            job=w("claim.job.placements"),
            programme="Internasjonale Drammen",
            year="",
        ).strip()
        assert headline(app) == f"{claimed}, {found.from_year}–{found.to_year}."
    if published.empty:
        assert numbers(headline(app)) == [confirmed, YEAR, *([unconfirmed] * bool(unconfirmed))]
    assert (
        drawn(charts(app)["active"]) == ask("partnerships_by_year", address).partnership_count.sum()
    )
    if "jobs" in charts(app):
        single = jobs[jobs.from_year == jobs.to_year]
        assert drawn(charts(app)["jobs"]) == single[single.measure.isin(KINDS)].value.sum()


def test_a_page_draws_what_its_list_of_figures_has(monkeypatch: pytest.MonkeyPatch):
    """As docs/ tells it: nothing is to be done on the page for one more (and test_sources.py)."""
    added = partial(of_question, asked=Question("attended", rows="programme"), name="added")
    before = list(charts(opened("activities", {})))
    monkeypatch.setattr(activities, "FIGURES", (*activities.FIGURES, (added,)))
    assert list(charts(opened("activities", {}))) == [*before, "added"]


def test_overview_agrees_with_the_golden_files():
    """The same numbers read from tests/golden, past queries and all."""

    def golden(name: str) -> pd.DataFrame:
        return pd.read_csv(ROOT / "tests" / "golden" / f"{name}.csv")

    active, held = golden("partnerships_by_year"), golden("activities_by_year")
    jobs = golden("placements_by_year")
    confirmed, _, _ = standings(active)
    this = held[held.year == YEAR].iloc[0]
    (now,) = jobs[(jobs.from_year == YEAR) & (jobs.measure == "placements")].value
    shown = key_numbers(opened("overview", {}))
    found = [this.activity_count, this.attended_count, now]
    assert shown[0] == str(confirmed)
    # Beside the number a golden file says that it is an example.
    assert shown[-4:-1] == [str(number).split()[0] for number in found]


@both_languages
@pytest.mark.parametrize("is_public", [False, True])
def test_examples_stand_in_one_frame_that_one_press_removes(language: str, is_public: bool):
    w, app = words(language), opened("overview", {}, language)
    if is_public:
        app.toggle("is_public").set_value(True).run()
    title = w("examples.title")
    published, examples = (data_of(part)["cards"] for part in components_of(app, "cards"))
    assert {card["is_example"] for card in published} == {False}
    assert {card["is_example"] for card in examples} == {True}
    assert "jobs" in charts(app)
    above, below = text_of(app).split(title)
    assert w("claim.example") in below and w("claim.example") not in above
    said = headline(app)
    app.button("remove_examples").click().run()
    assert_no_error(app)
    assert app.query_params["examples"] in ("no", ["no"])
    assert filters_of(app)["illustrative"] is False
    assert title not in text_of(app) and "jobs" not in charts(app)
    assert w("claim.example") not in text_of(app)
    (kept,) = (data_of(part)["cards"] for part in components_of(app, "cards"))
    assert [card["number"] for card in kept] == [card["number"] for card in published]
    assert headline(app) == said
    app.button("show_examples").click().run()
    assert title in text_of(app) and "examples" not in app.query_params


@both_languages
def test_overview_says_what_needs_attention(ask: Any, language: str):
    w = words(language)
    said = text_of(opened("overview", {}, language))
    for row in ask("attention", {}).itertuples():
        assert w(f"attention.{row.matter}.what", n=int(row.record_count)) in said


@both_languages
def test_what_there_is_none_of_is_not_said_to_be_complete(ask: Any, language: str):
    w, address = words(language), {"years": ["2020-2020"]}
    none = [row.matter for row in ask("attention", address).itertuples() if not row.of_count]
    assert "not_followed_up" in none
    said = text_of(opened("overview", address, language))
    for matter in none:
        assert w(f"attention.{matter}.of_none") in said
        assert w(f"attention.{matter}.what", n=0) not in said


@pytest.mark.slow
def test_nothing_is_missing_only_where_nothing_is(ask: Any):
    w = words("nb")
    for of in ask("partnership_records", {}).itertuples():
        lacks = ask("missing", {}, partner_id=None, partnership_ids=[of.partnership_id])
        said = text_of(opened("partnerships", {"partnership": [of.partnership_id]}))
        is_whole = not lacks.missing_count.sum()
        assert (w("story.nothing_missing") in said) is is_whole
        if of.partnership_id == "nfdr_usn":
            for matter in ("start_at_latest", "confirmed_lately", "activity", "result"):
                assert w(f"story.lacks_one.{matter}") in said


@both_languages
def test_the_worklist_is_not_in_the_public_edition(language: str):
    title = words(language)("attention.title")
    app = opened("overview", {}, language)
    assert title in text_of(app)
    assert title not in text_of(app.toggle("is_public").set_value(True).run())


# Partnerships


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("selection", ["default", "one_filter", "without_examples"])
def test_partners_are_those_of_the_selection_each_a_link_to_its_story(
    ask: Any, language: str, selection: str
):
    w, address = words(language), SELECTIONS[selection]
    app = opened("partners", address, language)
    found = ask("partners", address)
    named_types = ask("type_words", {}).set_index(["kind", "code"])[f"name_{language}"]
    running = sum(not {*row}.issubset(["future", "ended"]) for row in found.statuses)
    assert numbers(headline(app)) == [len(found), running]
    shown = {row["id"]: row for row in record_rows(app)}
    assert shown.keys() == {*found.partner_id}
    for one in found.itertuples():
        name, what, standing, since, last = shown[one.partner_id]["cells"]
        assert name == one.name
        assert what.startswith(named_types["partner_type", one.partner_type])
        assert all(former in what for former in one.former_names or ())
        assert sum(numbers(standing)) == len(one.statuses)
        assert (one.start_date or "")[:4] in since and (one.last_title or "") in last
        is_example = one.last_evidence == "illustrative"
        assert (w("claim.example") in last) == is_example
        asked = parse_qs(shown[one.partner_id]["href"].removeprefix("?"))
        assert asked.pop("partner") == [one.partner_id]
        assert asked in ({}, address | ({"lang": ["en"]} if language == "en" else {}))
    story = opened("partners", {"partner": [found.partner_id.iloc[0]]}, language)
    assert headline(story) == found.name.iloc[0]


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("selection", ["default", "one_filter", "without_examples"])
def test_partnerships_shows_the_numbers_that_were_asked_for(
    ask: Any, language: str, selection: str
):
    w, address = words(language), SELECTIONS[selection]
    app = opened("partnerships", address, language)
    active, records = ask("partnerships_by_year", address), ask("partnership_records", address)
    confirmed, unconfirmed, start_unknown = standings(active)
    assert not confirmed or numbers(headline(app))[0] == confirmed
    assert not unconfirmed or unconfirmed in numbers(headline(app))
    assert not start_unknown  # examples show none to be in force
    assert YEAR in numbers(headline(app))
    assert w("table.partnerships", n=len(records)) in text_of(app)
    shown = record_rows(app)
    assert [row["id"] for row in shown] == list(records.partnership_id)
    assert [row["cells"][0] for row in shown] == list(records.title)
    for row in shown:  # the link keeps the selection
        asked = parse_qs(row["href"].removeprefix("?"))
        assert asked.pop("partnership") == [row["id"]]
        assert asked in ({}, address | ({"lang": ["en"]} if language == "en" else {}))
    by_kind = {
        "by-partner-type": ask("partnerships_by_partner_type", address),
        "by-partnership-type": ask("partnerships_by_type", address),
    }
    for name, answer in by_kind.items():
        total = answer.filter(like="_count").to_numpy().sum()
        assert drawn(charts(app)[name], "x") == total
    events = ask("partnerships_begun_and_ended", address).partnership_count.sum()
    assert drawn(charts(app)["begun-and-ended"]) == events
    assert drawn(charts(app)["active"]) == active.partnership_count.sum()


@both_languages
def test_parts_that_overlap_say_by_how_much(ask: Any, language: str):
    w = words(language)
    answer = ask("partnerships_by_partner_type", {})
    parts = int(answer.filter(like="_count").to_numpy().sum())
    total = sum(standings(ask("partnerships_by_year", {})))
    assert parts > total
    said = text_of(opened("partnerships", {}, language))
    assert w("foot.overlap", parts=parts, total=total, more=parts - total) in said


@pytest.mark.slow
def test_every_partnership_has_its_story(ask: Any, spoken: Any):
    for turn, record in enumerate(ask("partnership_records", {}).itertuples()):
        language = LANGUAGES[turn % 2]
        w = spoken(language)
        app = opened("partnerships", {"partnership": [record.partnership_id]}, language)
        assert_no_error(app)
        assert headline(app) == record.title
        said = text_of(app)
        own = {"partnership_id": record.partnership_id}
        assert w.code("status", record.status) in said
        for partner in ask("partnership_partners", {}, **own).itertuples():
            assert partner.name in said
        held = ask("partnership_activities", {}, **own)
        assert w("story.activities", n=len(held)) in said
        results = ask("partnership_results", {}, **own)
        for row in results[results.value.notna() & (results.measure != "grants_nok")].itertuples():
            number = w.number(row.value, 0 if float(row.value).is_integer() else 1)
            assert number.replace("\u00a0", " ") in said.replace("\u00a0", " ")
        for row in results[results["quote"].notna()].itertuples():
            assert str(row.quote) in said


@both_languages
def test_a_partner_is_told_of_under_all_its_names(language: str):
    app = opened("partnerships", {"partner": ["viken"]}, language)
    assert_no_error(app)
    w = words(language)
    assert headline(app) == "Viken fylkeskommune"
    said = text_of(app)
    names = ["Buskerud fylkeskommune (til 2019)", "Viken fylkeskommune", "Buskerud fylkeskommune"]
    assert w("story.one_story", names=w("story.then").join(names)) in said
    assert "1\u00a0000" in said if language == "nb" else "1,000" in said  # with Drammen and others
    assert w("story.neighbours", n=21) in said
    unknown = opened("partnerships", {"partner": ["nobody"]}, language)
    assert_no_error(unknown)
    assert headline(unknown) == w("story.unknown.partner")


def test_a_partners_results_begin_with_the_newest_that_are_published():
    app = opened("partnerships", {"partner": ["nav"]})
    heading = words("nb")("story.partner_results")
    (table,) = (
        t for part in components_of(app, "rows") if (t := data_of(part))["caption"] == heading
    )
    years = [row["cells"][1] for row in table["rows"]]
    assert years[:2] == ["2016–2019", "2018"]
    assert years[2:] == sorted(years[2:], reverse=True) and years[2] == "2026"


def test_an_unknown_partnership_says_so():
    app = opened("partnerships", {"partnership": ["no_such"]})
    assert_no_error(app)
    assert headline(app) == words("nb")("story.unknown.partnership")


# Activities


def as_drawn(numbers: Any) -> float:
    """What bars of these numbers are long together, examples or not."""
    return sum(float(n) for n in numbers if n is not None)


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("selection", ["default", "one_filter", "without_examples"])
def test_activities_shows_the_numbers_that_were_asked_for(ask: Any, language: str, selection: str):
    w, address = words(language), SELECTIONS[selection]
    app = opened("activities", address, language)
    held, records = ask("activities_by_year", address), ask("activity_records", address)
    this = held[held.year <= YEAR]
    published = this[[not count.is_example for count in this.activity_count]]
    if len(held[held.year == YEAR]):
        # Of the latest year that has published ones; of examples only where nothing else is.
        told = (published if len(published) else this).iloc[-1]
        said = w("headline.activities_in", n=told.activity_count, year=str(int(told.year)))
        assert said in headline(app)
        assert headline(app).startswith(w("claim.example")) == told.activity_count.is_example
    else:
        assert headline(app) == w("headline.no_activities_in", year=str(YEAR))
    assert w("table.activities", n=int(records.matching_count.iloc[0])) in text_of(app)
    in_order = alphabetical_within(
        records.itertuples(), language, lambda row: str(row.begins_on), lambda row: row.title
    )
    assert [row["cells"][0] for row in record_rows(app)] == [row.title for row in in_order]
    dated = held.dropna(subset=["year"])
    shown = charts(app)
    # Of each year what is published, or the examples where nothing is: all, and by type.
    assert drawn(shown["activities-by-type"]) == as_drawn(dated.activity_count) * 2
    if "registered-and-attended" in shown:
        counted = as_drawn(dated.registered_count) + as_drawn(dated.attended_count)
        assert drawn(shown["registered-and-attended"]) == counted
    programmes = ask("activities_by_programme", address)
    assert drawn(shown["activities-by-programme"], "x") == as_drawn(programmes.activity_count)


# Results


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("selection", ["default", "one_filter"])
def test_outcomes_shows_the_numbers_that_were_asked_for(
    ask: Any, spoken: Any, language: str, selection: str
):
    w, address = spoken(language), SELECTIONS[selection]
    app = opened("outcomes", address, language)
    stages = ask("funnel", address)
    own = stages[stages.programme == FLAGSHIP].set_index(["measure", "measured_at"])
    placed = own.loc[("placements", "exit")]
    claimed = w(
        "claim.illustrative",
        n=int(placed.value),
        job=w("claim.job.placements"),
        programme=FLAGSHIP,
        year="",
    ).strip()
    assert w("claim.example") not in headline(app), "what is published comes first"
    titles = [data_of(part)["title"] for part in components_of(app, "figure")]
    assert any(title.startswith(claimed) for title in titles)
    funnel = charts(app)["funnel-last"]
    (bars,) = (t for t in funnel["data"] if t["type"] == "bar")
    known = {int(v) for v in own.value.dropna()}
    assert set(bars["x"]) <= known and int(placed.value) in bars["x"]
    found = share(placed.rated_value, placed.base_count)
    assert found and w.percent(found) in json.dumps(funnel, ensure_ascii=False)
    assert w("claim.example") in text_of(app)


@both_languages
def test_outcomes_without_examples_has_the_published_words_and_no_figure(ask: Any, language: str):
    w = words(language)
    address = SELECTIONS["without_examples"] | {"association": ["Innovasjon Gardermoen"]}
    app = opened("outcomes", address, language)
    said = text_of(app)
    assert FLAGSHIP not in headline(app)
    assert w("empty.no_figures", programme=FLAGSHIP) in said
    quotes = ask("quotes", address)
    own = quotes[quotes.programme == FLAGSHIP]
    assert len(own)
    for quote in own["quote"]:
        assert f"«{quote}»" in said
    assert w("claim.example") not in said
    assert not [name for name in charts(app) if name.endswith(FLAGSHIP)]


@both_languages
def test_the_words_of_a_target_are_no_result(ask: Any, language: str):
    w = words(language)
    (aim,) = (row for _, row in ask("quotes", {}).iterrows() if row.is_target)
    address = SELECTIONS["without_examples"] | {
        "partner_type": ["municipality", "labour_welfare"],
        "programme": [aim.programme],
    }
    assert aim.quote not in text_of(opened("overview", address, language))
    lines = text_of(opened("outcomes", address, language)).splitlines()
    (said,) = (line for line in lines if aim.quote in line)
    assert said.startswith(w("quote.target").strip())


@both_languages
def test_outcomes_has_every_other_programme_with_results(ask: Any, spoken: Any, language: str):
    w = spoken(language)
    app = opened("outcomes", {}, language)
    answers = [ask(n, {}) for n in ("funnel", "results_by_programme", "quotes", "targets_met")]
    open_ones = {FLAGSHIP, "Internasjonale Drammen"}
    others = {p for answer in answers for p in answer.programme.dropna()} - open_ones
    folds = [plain(e.label) for e in elements(app.main) if e.type == "expander"]
    folds.remove(w("context.comparable", programme=FLAGSHIP))
    assert len(folds) == len(others)
    assert all(any(name in fold for fold in folds) for name in others)
    assert w("headline.other_programmes", n=len(others)) in text_of(app)


# About


@both_languages
def test_about_has_every_measure_with_its_definition(ask: Any, language: str):
    w = words(language)
    said = text_of(opened("about", {}, language))
    assert f"Ringvirkning {VERSION}" in said
    for measure in ask("measure_words", {}).itertuples():
        assert getattr(measure, f"name_{language}") in said
        assert " ".join(getattr(measure, f"definition_{language}").split()) in said
        assert w.code("unit", measure.unit) in said and w.code("adds", measure.adds) in said
    version = published.watch().version
    assert version and version.name in said
    assert w.day(AS_OF) in said


# State


def test_sessions_that_begin_at_the_same_moment_share_a_version(tmp_path: Path):
    """Two readers on a fresh server: neither may find the other's version locked."""
    watch = published.watch()
    version, _ = watch.latest()
    assert version
    database = shutil.copytree(version.folder(watch.var), tmp_path / "copy") / "exact.duckdb"
    together = Barrier(4)

    def begin(_: int) -> int:
        together.wait()
        asked = (("as_of", AS_OF), ("association", ()))
        return len(view.cached_answer(database, answers.Span, asked))

    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(begin, range(4))) == [1] * 4


@pytest.mark.parametrize("memory", [queries.CLOSED["memory_limit"], "44MB"])
def test_more_readers_than_there_is_memory_for_are_all_answered(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each asks something else, so that nobody finds what another has been told. The less memory is
    enough for one of them, and not for two."""
    monkeypatch.setitem(queries.CLOSED, "memory_limit", memory)
    version, _ = published.watch().latest()
    assert version
    database = version.exact(shutil.copytree(published.watch().var, tmp_path / "var"))
    lists = ("association", "partner_type", "partnership_type", "programme")
    all_years = {"from_year": None, "to_year": None, "illustrative": True}
    values = {**dict.fromkeys(lists, ()), **all_years}
    readers, times = 8, 4
    together = Barrier(readers)

    def ask_often(reader: int) -> list[int]:
        days = [AS_OF - timedelta(days=reader * times + time) for time in range(times)]
        asked = [tuple(sorted((values | {"as_of": day}).items())) for day in days]
        together.wait()
        return [len(view.cached_answer(database, answers.Partners, one)) for one in asked]

    with ThreadPoolExecutor(readers) as pool:
        assert all(min(found) > 0 for found in pool.map(ask_often, range(readers)))


RUN_ALONE = """
import sys
from streamlit.testing.v1 import AppTest
import dashboard
page = AppTest.from_file("ringvirkning/ui/main.py", default_timeout=240).run()
print(len(page.exception), len(page.main.children) > 10)
print(*{"pandas", "pyarrow", "scipy", "matplotlib"} & sys.modules.keys())
"""


@pytest.mark.slow
def test_a_page_is_shown_without_what_only_publishing_needs(watch: Watch):
    """pandas and pyarrow alone are a quarter of the server's memory."""
    env = os.environ | {"RINGVIRKNING_VAR": str(watch.var)}
    command = [sys.executable, "-c", RUN_ALONE]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n") == ["0 True", "", ""]


def test_the_address_follows_the_filters_as_codes():
    app = opened("overview", {})
    choose(app, partner_type=["company", "county"])
    assert app.query_params["partner_type"] == ["company", "county"]
    everything = {"partner_type": ["company", "county"], "years": ["2018-2020"], "examples": ["no"]}
    choose(app, **everything)
    assert app.query_params["years"] in ("2018-2020", ["2018-2020"])
    assert app.query_params["examples"] in ("no", ["no"])
    app.switch_page("../../pages/activities.py").run()
    assert chosen(app, "partner_type") == ["company", "county"]
    choose(app)
    assert chosen(app, "partner_type") == []
    assert filters_of(app)["illustrative"] is True
    assert not set(app.query_params) & {*filters.LISTS, "years", "examples"}


def test_what_does_not_exist_cannot_be_chosen():
    app = choose(opened("overview", {}), partner_type=["nonsense", "county"], years=["x", "1-9"])
    assert_no_error(app)
    assert chosen(app, "partner_type") == ["county"]
    assert filters_of(app)["years"] == [2005, 2005]


def test_choices_without_data_are_marked():
    app = opened("overview", {"association": ["Innovasjon Gardermoen"], "years": ["2026-2026"]})
    (found,) = (part for part in filters_of(app)["lists"] if part["name"] == "partner_type")
    counts = {choice["code"]: choice["count"] for choice in found["choices"]}
    assert counts["labour_welfare"] and not counts["county"]
    assert "sports_club" not in counts, "what only another association has is no choice"


@pytest.mark.parametrize(
    "address",
    [
        {"partner_type": ["nonsense"]},
        {"association": ["' or 1=1 --"]},
        {"years": ["abc"]},
        {"years": ["2015-2020-2022"]},
        {"programme": ["<script>alert(1)</script>"]},
        {"partner_type": ["county", "x" * 10_000]},
        {"association": ["[lenke](https://evil.example) ![](https://evil.example/x.png)"]},
        {"years": ["1e9-NaN"], "examples": ["';drop table partners;--"]},
        {"years": ["²-³"]},
    ],
)
def test_what_an_address_names_that_does_not_exist_is_told(address: dict[str, list[str]]):
    app = opened("overview", address)
    assert len(headlines(app)) == 1
    # What is known stays in it.
    known = [code for code in address.get("partner_type", []) if code == "county"]
    assert [*parse_qs(urlencode(app.query_params, doseq=True)).get("partner_type", [])] == known
    assert_no_error(app)
    (warning,) = app.warning
    assert len(warning.value) < 2_000
    assert not re.search(r"(?<!\\)<", warning.value)


@pytest.mark.parametrize(
    "years, shown",
    [("99999999999999999999-0", (2005, 2026)), ("2020-2010", (2010, 2020)), ("2019", (2019, 2019))],
)
def test_years_in_an_address_are_put_in_order_and_in_range(years: str, shown: tuple[int, int]):
    app = opened("overview", {"years": [years]})
    assert_no_error(app)
    assert filters_of(app)["years"] == list(shown)
