"""Each number has one value wherever it stands: key figures, charts, answers, lists, worklist, data
page, paper. Where two places count different things, the words say how they differ.
"""

import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import unescape
from itertools import product
from urllib.parse import urlencode

import pytest
from markupsafe import escape
from pypdf import PdfReader

from queries import answers
from ringvirkning import ROOT
from ringvirkning.charts import AreaLine, Bars, Columns, Panels
from ringvirkning.export.deck import Maker
from ringvirkning.export.identity import Identity
from ringvirkning.export.report import board_report
from ringvirkning.export.site.pages import site_page
from ringvirkning.export.site.places import SITE_PAGES, Home
from ringvirkning.figures import catalogue, latest_cards, overview, partnerships, stories
from ringvirkning.figures.cards import USUAL
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.explore.wording import period_words
from ringvirkning.figures.jobs import KINDS
from ringvirkning.figures.question import Question, as_address
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.store import keys, storage, versions
from ringvirkning.texts import LANGUAGES, entries, words
from ringvirkning.texts.certainty import number as number_as_is
from ringvirkning.ui.present.decks import complete
from tests.command import run
from tests.habits import named
from tests.said import Edition
from tests.server import KEY
from tests.statements import Place, Reader, Verdict
from tests.test_deck import Tables
from tests.truth import Truth
from tests.variants import variant

pytestmark = pytest.mark.slow  # many answers, each of several surfaces

DAY = date(2026, 11, 23)
W = named("nb")
EDITIONS = ("exact", "protected")
ADDRESSES = (
    "",
    "examples=no",
    "years=2017-2021",
    "years=2025-2026",
    "association=Innovasjon+Gardermoen",
    "association=N%C3%A6ringsforeningen+i+Drammensregionen",
    "partner_type=municipality&partner_type=labour_welfare",
    "programme=WorkOP",
)


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request, watch):
    return lambda address: seen(watch, request.param, address)


def seen(watch, edition, address):
    latest = watch.published[-1]
    return catalogue.seen(W, latest, getattr(latest, edition)(watch.var), DAY, address)


@pytest.fixture(
    scope="module",
    # Rounding depends on no filter: of the public's edition, every other one.
    params=[*product(EDITIONS[:1], ADDRESSES), *product(EDITIONS[1:], ADDRESSES[::2])],
)
def shown(request, watch):
    return seen(watch, *request.param)


@pytest.fixture(scope="module")
def pages(shown):
    """The tables of all pages by figure."""
    return {
        figure.name: table(figure)
        for page in catalogue.PAGES
        for figure in catalogue.figures(shown, page, "")
    }


def number(text):
    """The first number in a text, None where there is none."""
    found = re.search(r"[−-]?\d[\d\xa0]*(,\d+)?", str(text))
    return (
        float(re.sub(r"\xa0", "", found[0]).replace("−", "-").replace(",", ".")) if found else None
    )


def table(figure):
    """The numbers of a figure's table by row and column; a zero is as good as nothing."""
    if figure is None:
        return {}
    heading, *body = figure.chart.rows
    return {
        (row[0], column): value
        for row in body
        for column, text in zip(heading[1:], row[1:], strict=True)
        if (value := number(text))
    }


def answer(shown, **asked):
    """The table of an answer in Utforsk under the same filters."""
    question = Question(**asked)
    address = urlencode(as_address(question), doseq=True)
    (found, *_) = [*catalogue.figures(shown, "explore", address), None]
    return table(found)


def column(found, name, rows=lambda row: True):
    return {row: value for (row, of), value in found.items() if of == name and rows(row)}


def is_year(row):
    return re.fullmatch(r"\d{4}( \(hittil\))?", row) is not None


def added(*columns):
    rows = {row for one in columns for row in one}
    return {row: sum(one.get(row, 0) for one in columns) for row in rows}


UNCONFIRMED, TOTAL = W("chart.unconfirmed"), W("chart.total")
START_UNKNOWN = W("chart.start_unknown")


def name_of(shown, measure):
    return shown.measure(measure)["name"]


def test_partnerships(shown, pages):
    in_time = answer(shown, measure="active_partnerships")
    confirmed = column(in_time, name_of(shown, "active_partnerships"))
    uncertain = [column(in_time, name) for name in (UNCONFIRMED, START_UNKNOWN)]
    active, both = pages.get("active", {}), pages.get("begun-and-ended", {})
    assert [column(active, name) for name in (UNCONFIRMED, START_UNKNOWN)] == uncertain
    assert column(active, TOTAL) == added(confirmed, *uncertain)
    for name, measure in (("started", "partnerships_started"), ("ended", "partnerships_ended")):
        said = column(answer(shown, measure=measure), name_of(shown, measure), is_year)
        assert column(both, W(f"chart.{name}")) == said
    for kind in ("partner_type", "partnership_type"):
        told = pages.get(f"by-{kind.replace('_', '-')}", {})
        asked = answer(shown, measure="active_partnerships", rows=kind)
        for here, there in (
            (W("chart.confirmed"), name_of(shown, "active_partnerships")),
            (UNCONFIRMED, UNCONFIRMED),
            (START_UNKNOWN, START_UNKNOWN),
        ):
            assert column(told, here) == column(asked, there, lambda row: row != TOTAL)


def test_activities(shown, pages):
    asked = answer(shown, split="activity_type")
    dated = {key: value for key, value in asked.items() if is_year(key[0])}
    drawn = pages.get("activities-by-type", {})
    examples = beside_published(shown)
    assert drawn == {key: value for key, value in dated.items() if key not in examples}
    assert not examples & set(drawn)
    for measure in ("registered", "attended"):
        told = column(pages.get("registered-and-attended", {}), W(f"chart.{measure}"))
        said = column(answer(shown, measure=measure), name_of(shown, measure), is_year)
        assert told == said
    told = pages.get("activities-by-programme", {})
    columns = {name for _, name in told}
    by_programme = added(*(column(told, name) for name in columns))
    asked = column(answer(shown, rows="programme"), name_of(shown, "activities_held"))
    assert sum(by_programme.values()) == asked.get(TOTAL, 0)
    assert {k: v for k, v in by_programme.items() if k in asked}.items() <= asked.items()


def beside_published(shown):
    """The cells of activities by year and type that are examples in years with published ones."""
    question = Question(split="activity_type")
    cells = shown.rows(answers.Explore, **explore.question_values(question))
    published = {c.row for c in cells if c.is_split_total and c.value and not c.value.is_example}
    return {
        (row, W.code("activity_type", c.split))
        for c in cells
        if not c.is_split_total and c.value and c.value.is_example and c.row in published
        for row in (c.row, W("chart.year_so_far", year=c.row))
    }


def test_jobs(shown, pages):
    asked = answer(shown, measure="placements", split="kind")
    single = {key: value for key, value in asked.items() if is_year(key[0])}
    if not any(name == TOTAL for _, name in pages.get("jobs", {})):
        single = {key: value for key, value in single.items() if key[1] != TOTAL}
    told = {key: n for key, n in pages.get("jobs", {}).items() if key[1] != W("chart.target")}
    assert told == single
    by_programme = column(
        answer(shown, measure="placements", rows="programme"), name_of(shown, "placements")
    )
    for name, told in pages.items():
        kind, _, programme = name.partition("-")
        if kind == "funnel":
            placed = column(told, W("chart.persons"))[W("stage.placements.exit")]
            assert placed == by_programme[programme]
        if kind == "rounds":
            kinds = {name_of(shown, code) for code in KINDS}
            assert sum(v for (_, of), v in told.items() if of in kinds) == by_programme[programme]


def test_targets(shown, pages):
    for name, told in pages.items():
        kind, _, programme = name.partition("-")
        if kind != "targets" or not programme:
            continue
        rows = [row for row in shown.rows(answers.TargetsMet) if row.programme == programme]
        for measure in {row.measure for row in rows if row.target is not None}:
            asked = answer(shown, measure="target_attainment", point=measure, rows="programme")
            over = [row for row in rows if row.measure == measure and row.is_over]
            known = [row for row in over if None not in (row.target, row.actual)]
            for part, whole in (("explore.numerator", "actual"), ("explore.denominator", "target")):
                said = asked.get((programme, W(part)), 0)
                assert said == sum(int(getattr(row, whole)) for row in known)
        shown_here = column(told, W("chart.actual")).values()
        assert sum(shown_here) == sum(int(r.actual or 0) for r in rows if r.target is not None)


def test_what_is_written_at_a_bar_is_the_total_of_its_row(shown):
    totalled = re.compile("active|jobs|by-|activities-by-")
    for name in catalogue.PAGES:
        for figure in catalogue.figures(shown, name, ""):
            if not totalled.match(figure.name):
                continue
            chart = figure.chart
            if isinstance(chart, AreaLine):  # whose years are told in full when they are pointed at
                totals = [re.split(r": |\n", said)[1] for said in chart.hovers]
            elif isinstance(chart, Panels):  # a kind each, with its own column
                heading, *body = chart.rows
                for kind in chart.series:
                    of = [row[heading.index(kind.label)] for row in body]
                    both = zip(kind.labels, of, strict=True)
                    assert all(not one or number(one) == number(other) for one, other in both)
                continue
            else:
                assert isinstance(chart, Columns | Bars)
                totals = [*chart.totals]
            heading, *body = chart.rows
            for said, row in zip(totals, body, strict=True):
                cells = [row[heading.index(TOTAL)]] if TOTAL in heading else row[1:]
                assert not said or number(said) == sum(number(one) or 0 for one in cells), row


def test_a_round_has_no_sum_or_difference_of_rounded_counts(shown):
    for figure in catalogue.figures(shown, "outcomes", ""):
        if not figure.name.startswith("rounds-"):
            continue
        assert isinstance(figure.chart, Panels)
        series, outlined = figure.chart.series, W("chart.followed_up_only")
        jobs = [one for one in series if not one.panel]
        by_round = zip(*(one.values for one in jobs), strict=True)
        totals = [sum(value or 0 for value in found) for found in by_round]
        exact = [] if shown.is_protected else [W.number(total) for total in totals]
        assert [said for said in jobs[-1].labels if said] == exact
        assert any(one.label == outlined for one in series) != shown.is_protected


def test_key_figures(shown):
    for card in overview.cards(shown):
        asked = {"measure": card.measure, "point": card.behind.point}
        found = answer(shown, **asked)
        name = name_of(shown, card.measure)
        year = period_words(shown.words, card.behind.row)
        now = next((r for r, _ in found if r in (year, f"{year} (hittil)")), "")
        if "%" in card.number:
            assert number(card.number) == found[now, name], card.label
        elif card.measure != "target_attainment":  # whose row has more than its number
            assert (number(card.number) or 0) == found.get((now, name), 0), card.label


def test_numbers_of_key_figures(shown):
    """They are what is answered to a question of one's own, as far as it is known."""

    def bounds(value):
        return (float(value), value.low, value.high, value.is_example)

    compared = set()
    usual = [row for row in shown.rows(answers.ExploreMeasures) if row.measure in USUAL]
    results = [row for row in shown.rows(answers.ExploreMeasures) if row.record == "outcome"]
    for row in (*usual, *results):
        asked = explore.answer_to(shown, Question(row.measure, row.point))
        if not asked.is_rate:
            known = latest_cards.known_by_period(shown, row.measure, row.point)
            assert {key: bounds(number_as_is(told.counted)) for key, told in known.items()} == {
                key: bounds(cell.value)
                for (key, _), cell in asked.cells.items()
                if isinstance(key, str) and cell.value is not None
            }, row.measure
            compared.add(row.measure)
    assert {"active_partnerships", "activities_held", "attended"} <= compared


def test_headline(shown, pages):
    """What is said of partnerships and jobs stands in the key figures and the charts, too."""
    cards = {card.measure: card for card in overview.cards(shown)}
    said, jobs = partnerships.headline(shown), overview.result_claimed(shown)
    counts = [number(one) for one in re.findall(r"\d+", said.replace(str(shown.year), ""))]
    year = next((r for r, _ in pages.get("active", {}) if r.startswith(str(shown.year))), "")
    unconfirmed = pages.get("active", {}).get((year, UNCONFIRMED), 0)
    assert not unconfirmed or unconfirmed in counts
    if active := cards.get("active_partnerships"):
        assert (number(active.number) or 0) in [*counts, 0]
        assert not unconfirmed or number(active.note) == unconfirmed
    permanent = pages.get("jobs", {}).get((year, name_of(shown, "placement_permanent")))
    if permanent:
        assert number(jobs) == permanent


def test_what_is_missing(shown):
    """The worklist, the foot of the chart and the answer count the same."""
    found = {row.matter: row.record_count for row in shown.rows(answers.Attention)}
    asked = Question("attended", rows="")
    for row in shown.rows(answers.Explore, **explore.question_values(asked)):
        examples = row.example_count if row.value and not row.value.is_example else 0
        assert found["not_counted"] == row.record_count - examples - row.known_count
    page = catalogue.figures(shown, "activities", "")
    feet = {f.name: f.foot for f in page}
    foot = feet.get("registered-and-attended")
    if foot:
        assert mentioned(foot, "har ikke deltakertall") == found["not_counted"]
        (drawn,) = (f for f in page if f.name == "registered-and-attended")
        total = answer(shown, measure="attended")[TOTAL, name_of(shown, "attended")]
        assert mentioned(drawn.chart.title, "deltakere er talt") == total
    undated = answer(shown).get((W("explore.without.time"), name_of(shown, "activities_held")), 0)
    assert mentioned(feet.get("activities-by-type", ""), "har ikke kjent år") == undated
    listed = shown.rows(answers.PartnershipRecords)
    if shown.selection.years is None:
        assert found["unconfirmed"] == sum(row.status == "unconfirmed" for row in listed)


def test_an_answer_rests_on_as_many_in_its_foot_and_in_its_table(shown):
    for measure in ("registered", "attended", "employers", "placements"):
        found = catalogue.figures(shown, "explore", f"measure={measure}")
        for figure in found:
            heading, *_, total = figure.chart.rows
            assert total[0] == TOTAL
            ((known, of),) = re.findall(r"bygger på (\S+) av (\S+)", figure.foot)
            rests_on = heading.index(W("explore.rests_on"))
            assert total[rests_on] == W("chart.x_of_y", x=known, y=of), measure


def mentioned(text, what):
    found = re.search(rf"([\d\xa0]+) {what}", text)
    return number(found[1]) if found else 0


def test_a_foot_accounts_for_every_activity(shown):
    for figure in catalogue.figures(shown, "activities", ""):
        ((known, of),) = re.findall(r"bygger på (\S+) av (\S+)", figure.foot)
        reasons = ("har ikke deltakertall", "har ikke kjent år", "med deltakertall har ikke kjent")
        left_out = sum(mentioned(figure.foot, reason) for reason in reasons)
        assert number(known) + left_out == number(of), figure.foot


def test_the_data_page_misses_what_the_pages_miss(watch):
    latest = watch.published[-1]
    shown = catalogue.seen(W, latest, latest.exact(watch.var), DAY, "")
    with redirect_stdout(io.StringIO()) as said:
        run("check", latest.files(watch.var), "--json", var=watch.var)
    found = {(g["rule"], g["file"]): (g["count"], g["of"]) for g in json.loads(said.getvalue())}
    attention = shown.rows(answers.Attention)
    here = {row.matter: row.record_count for row in attention}
    (of,) = (row.of_count for row in attention if row.matter == "not_counted")
    assert found["no_attended_count", "activities.csv"] == (here["not_counted"], of)
    examples, published = 0, 0.0
    for row in shown.rows(answers.ActivitiesByYear):
        examples += row.example_count
        published += 0 if row.activity_count.is_example else row.activity_count
    assert of == published + examples
    assert found["no_result", "activities.csv"][0] == here["without_results"]
    assert found["no_activity", "partnerships.csv"][0] == here["no_activity"]
    assert found["no_start_date", "partnerships.csv"][0] == here["no_start"]
    # Those of unknown start are asked for their start before they are asked whether they go on.
    never, long_ago = (
        found[rule, "partnerships.csv"][0] for rule in ("no_confirmed_date", "long_unconfirmed")
    )
    assert never + long_ago == here["unconfirmed"] + here["no_start"]
    assert found["no_follow_up", "outcomes.csv"][0] == here["not_followed_up"]


def test_the_boards_paper_says_what_the_overview_says(edition):
    shown = edition("")
    pages = PdfReader(io.BytesIO(board_report(shown, Identity("Foreningen")))).pages
    said = "".join("".join(page.extract_text() for page in pages).split())
    told = [overview.headline(shown)]
    if shown.is_protected:
        assert "".join(W("attention.title").split()) not in said
    else:
        told += [what for _, what in stories.attention(shown)]
    for card in overview.cards(shown):
        told.append(card.label + card.number)
    above, _ = said.split("".join(W("headline.examples").split()))
    assert W("claim.example") not in above, "examples stand together, below their title"
    for one in told:
        assert "".join(one.split()) in said, one


def test_the_site_says_what_the_protected_pages_say(watch):
    latest = watch.published[-1]
    database = latest.protected(watch.var)
    shown = catalogue.seen(W, latest, database, DAY, "")
    for _, name, headline in SITE_PAGES:
        written = site_page(shown, Home(Identity("Foreningen")), name)
        said = unescape(re.sub(r"<[^>]+>", " ", written))
        told = [headline(shown)]
        for figure in catalogue.figures(shown, name, ""):
            told.append(figure.chart.title)
            assert f'<p class="foot">{escape(figure.foot)}</p>' in written
            assert [list(row) for row in figure.chart.rows] in Tables.of(written), figure.name
        if name == "overview":
            told += [one for card in overview.cards(shown) for one in (card.label, card.number)]
        for one in told:
            assert "".join(one.split()) in "".join(said.split()), one


def test_both_languages_say_the_same_numbers(shown):
    def told(language):
        there = replace(shown, words=words(language))
        return {
            figure.name: Counter(
                re.sub(r"\D", "", cell) for row in figure.chart.rows for cell in row
            )
            for name in catalogue.PAGES
            for figure in catalogue.figures(there, name, "")
        }

    first, second = map(told, LANGUAGES)
    assert first == second


# The same words

# What is of the figure, the key figure or the programme that it stands under.
OF_ITS_FIGURE = (
    "foot.based_on.", "explore.based_on.", "foot.sources", "foot.newest", "foot.rounded",
    "foot.no_result", "foot.rounds", "foot.not_due", "foot.not_followed_up", "foot.spans",
    "card.change", "card.about", "card.so_far", "target.", "explore.overlap", "chart.first_of",
    "change.",
)  # fmt: skip
# Neither a year, a day nor a part of a name.
COUNT = re.compile(r"(?<![\w.,–/-])(?!(?:19|20)\d\d\b)\d{1,3}(?:\xa0\d{3})*(?:,\d+)?(?![\w–]|\. )")


class Heard(Reader):
    """Notes what is read, where it stands and of whom it is, and holds it against nothing."""

    def __init__(self, truth, words):
        super().__init__(truth, words)
        self.heard: defaultdict[tuple[str, str], dict[tuple[str, ...], set[str]]]
        self.heard = defaultdict(lambda: defaultdict(set))
        own = [text for key, text in entries(words.language).items()
               if key.startswith(OF_ITS_FIGURE)]  # fmt: skip
        either = "|".join(re.sub(r"\\{\w+\\}", ".+?", re.escape(text)) for text in own)
        self.is_of_its_figure = re.compile(either, re.IGNORECASE)
        which = re.escape(words("deck.one_of", headline="", number="#", all="#"))
        self.which_slide = re.compile(which.replace(r"\#", r"\d+") + "$")

    def read(self, text: str, place: Place) -> Iterator[Verdict]:
        asked = place.about.get("asked")
        whose = place.about.get("whose", asked and (asked.measure, asked.point, asked.split))
        told = text.split(" · ")
        if place.surface == "deck":
            told[0] = self.which_slide.sub("", told[0])
        parts = [part for part in told if not self.is_of_its_figure.fullmatch(part)]
        for one in (
            one for part in parts for one in re.split(r", (?=\d)|\. (?=[^\da-zæøå])", part)
        ):
            numbers: list[str] = []
            said = COUNT.sub(lambda found, all=numbers: all.append(found[0]) or "#", one)
            is_whole = re.search(r"[^\W\d]{3}", said) and not self.is_of_its_figure.fullmatch(one)
            if numbers and is_whole:
                at = f"{place.surface}/{place.figure}/{place.part}"
                self.heard[str(whose), said.rstrip(".")][tuple(numbers)].add(at)
        yield from ()


class Sayings(Edition):
    """All that is said, on pages, in stories, answers, slides and papers; judged elsewhere."""

    @cached_property
    def reader(self) -> Heard:
        return Heard(self.truth, self.view.words)

    def about(self, asked, answer):
        return {"asked": asked}

    def card_truth(self, card):
        return None

    def expected(self, *_):
        return {}

    def unjudged(self, *_):
        yield from ()

    explored_table = expected
    numbered = ordered = hovered = echoed = drawn = partner = partnership = unjudged

    def deck(self):
        made = complete(self.view, "x")
        for slide in Maker(self.view.words, made, self.version, self.database, Identity()).slides():
            yield from self.says(f"{slide.headline} · {slide.foot}", "deck", slide.headline, "text")

    def everything(self):
        for title, what in stories.attention(self.view):
            yield from self.says(f"{title}: {what}", "overview", "attention", title)
        yield from self.pages()
        yield from self.explored()
        yield from self.stories()
        yield from self.deck()
        yield from self.papers(["nav", "drammen"])


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    place = tmp_path_factory.mktemp("made-up")
    folder, var = variant(place / "data", 3), place / "var"
    var.mkdir()
    storage.write(var / keys.NAME, KEY)
    assert not must_fix(publishing.publish(folder, var))
    return folder, var


@pytest.mark.parametrize(
    ("edition", "is_shipped", "language", "address"),
    [
        ("exact", True, "nb", ""),
        ("exact", True, "nb", "examples=no&years=2016-2023"),
        ("protected", False, "en", ""),
    ],
)
def test_the_same_words_never_stand_with_two_numbers(
    published, made_up, edition, is_shipped, language, address
):
    folder, var = (ROOT / "data", published) if is_shipped else made_up
    version = versions.current(var)
    assert version
    database = getattr(version, edition)(var)
    said = Sayings(Truth(folder, DAY), version, database, DAY, language, address)
    for _ in said.everything():
        pass
    heard = said.reader.heard
    assert len(heard) > 100
    twice = {words: dict(found) for words, found in heard.items() if len(found) > 1}
    assert not twice, "\n".join(f"{words}: {found}" for words, found in twice.items())
