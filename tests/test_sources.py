"""What is cited for a number is where its records are from, and no others: every row of the shipped
data gets a source of its own here, so that one that doesn't belong shows.
"""

from datetime import date
from functools import partial

import pytest

from queries import answers
from ringvirkning import ROOT
from ringvirkning.figures import (
    activities,
    card_figures,
    catalogue,
    feet,
    notes,
    outcomes,
    overview,
    stories,
    timeline,
)
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.question import Question
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.texts import words
from tests import cases, oracle, oracle_explore

pytestmark = pytest.mark.slow  # many answers, each of several surfaces

DAY = date(2026, 11, 23)
ADDRESSES = (
    "",
    "examples=no",
    "years=2017-2020",
    "years=2024-2025",
    "association=Innovasjon+Gardermoen",
    "association=N%C3%A6ringsforeningen+i+Drammensregionen",
    "partner_type=municipality",
    "programme=WorkOP&programme=Internasjonale+Drammen",
)
QUESTIONS = (
    "measure=placements",
    "measure=placements&rows=programme",
    "measure=placement_rate&rows=round",
    "measure=retention_rate&point=12_months",
    "measure=interviews",
    "measure=mentors&rows=programme",
    "measure=mentors",
    "measure=attended&rows=partner",
    "measure=activities_held&split=activity_type",
    "measure=active_partnerships&rows=association",
    "measure=active_partnerships",
    "measure=partnerships_started",
    "measure=partnerships_ended",
    "measure=target_attainment&point=placement_unspecified",
)


def marked(raw):
    """The same files, every row from a source of its own."""
    found = {}
    for name, frame in raw.items():
        frame = frame.copy()
        if "source" in frame:
            frame["source"] = [f"{name} {number}" for number in range(len(frame))]
        found[name] = frame
    return found


@pytest.fixture(scope="module")
def raw():
    return marked(oracle.read(ROOT / "data"))


@pytest.fixture(scope="module")
def world(raw):
    return oracle.World(raw)


@pytest.fixture(scope="module")
def watch(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    watch = Watch(cases.written(raw, folder), tmp_path_factory.mktemp("var"))
    assert watch.latest()[0]
    return watch


def seen(watch, address, edition="exact"):
    latest = watch.published[-1]
    database = getattr(latest, edition)(watch.var)
    return catalogue.seen(words("nb"), latest, database, DAY, address)


def of(cited):
    return {row.source for row in cited}


def asked(shown, measure, **more):
    values = {key: list(v) if isinstance(v, tuple) else v for key, v in shown.values.items()}
    defaults = {"measure": measure, "point": "exit", "rows": "time", "split": "", "grain": "year"}
    return values | defaults | more


def behind(world, v, years=None):
    """Where the things that a question counts are from, by the oracle; those of these years."""
    found = oracle_explore.matching(world, v)
    old = set() if "time" in (v["rows"], v["split"]) else oracle_explore.passed(world, v, found)
    is_rate = oracle_explore.adding(world, v) == "never"
    counted = [
        one
        for one in found
        if id(one) not in old
        and one.is_due
        and one.value is not None
        and (one.base is not None or not is_rate)
        and years in (None, (one.first, one.last))
    ]
    return {source for one in counted for source in sources_of(world, v, one)}


def sources_of(world, v, one):
    if one.record in ("partnership", "activity"):
        return {one.of.source}
    if one.record == "target":
        t = one.of
        held = {
            o.source
            for o in oracle.counted(world)
            if (o.association, o.programme) == (t.association, t.programme)
            and (o.measure, o.measured_at) == (t.measure, "exit")
            and t.from_year <= o.from_year <= o.to_year <= t.to_year
        }
        return {t.source} | held
    if not hasattr(one.of, "activity_type"):
        return {one.of.source}
    jobs = one.kind == "placements"
    own = {
        o.source
        for o in oracle.counted(world)
        if o.activity_id == one.id
        and (o.measure in oracle.PLACEMENTS if jobs else o.measure == one.kind)
        and o.measured_at == v["point"]
    }
    return own | {one.of.source} if jobs else own


def single(world, v):
    """Jobs of one year each, and the targets for permanent ones beside them."""
    wide = v | {"measure": "placements", "rows": "time", "split": "", "point": "exit"}
    jobs = [
        one.of
        for one in oracle_explore.matching(world, wide)
        if one.first is not None and one.first == one.last and one.is_due
    ]
    programmes = {o.programme for o in jobs}
    aims = {
        t.source
        for t in world.targets
        if t.measure == "placement_permanent"
        and t.value is not None
        and t.programme in programmes
        and t.from_year == t.to_year
        and oracle.is_within(t.from_year, t.to_year, v)
        and oracle.is_chosen(t, v)
        and oracle.is_shown(t, v)
    }
    return {o.source for o in jobs} | aims


def dated(world, v):
    return {a.source for a in oracle.held(world, v) if a.year}


def in_force(world, v, years):
    return {
        p.source
        for p in world.partnerships
        if oracle.is_chosen(p, v) and any(oracle.is_in_force(p, year, v) for year in years)
    }


def expected(world, v, name):
    """The sources of a page's figure, from the files."""
    first, last = v["from_year"] or 1990, v["to_year"] or DAY.year
    counted = [a for a in oracle.held(world, v) if a.year]
    attended = {a.source for a in counted if (a.registered_count, a.attended_count) != (None, None)}
    begun = in_force(world, v, range(first, last + 1))
    known = {
        "active": begun,
        "by-partner-type": in_force(world, v, [v["year"]]),
        "by-partnership-type": in_force(world, v, [v["year"]]),
        "jobs": single(world, v),
        "associations": in_force(world, v, [v["year"]])
        | {a.source for a in oracle.held(world, v)}
        | behind(
            world, v | {"measure": "placements", "rows": "time", "split": "", "point": "exit"}
        ),
        "activities-by-type": dated(world, v),
        "registered-and-attended": attended,
        "activities-by-programme": {a.source for a in oracle.held(world, v)},
        "timeline": {
            world.by_id[i].source for i in oracle.partnership_records(world, v).partnership_id
        },
    }
    known["begun-and-ended"] = {
        p.source
        for p in world.partnerships
        for day, is_known in ((p.begins_on, p.start_is_known), (p.ends_on, p.end_is_known))
        if oracle.is_chosen(p, v)
        and is_known
        and day <= DAY
        and oracle.is_within(day.year, day.year, v)
    }
    kind, _, programme = name.partition("-")
    if kind in ("funnel", "rounds"):
        return chain(world, v, programme, is_whole=kind == "funnel")
    if kind == "targets":
        return reached(world, v, programme)
    if kind in ("context", "comparable"):
        return beside(world, v, name)
    return known[name]


def beside(world, v, name):
    """Of what others have published: members by year in a chart, all else in a table."""
    rows = [row for row in oracle.context(world, v).itertuples() if not row.programme]
    if name.startswith("comparable-"):
        rows = [
            r for r in oracle.context(world, v).itertuples() if name.endswith(r.programme or "-")
        ]
    by_year = [
        r
        for r in rows
        if r.subject == "Næringsforeningen i Drammensregionen"
        and (r.indicator_nb, bool(r.period)) == ("Medlemsbedrifter", True)
    ]
    has_chart = len(by_year) >= 3
    if name.startswith("context-"):
        rows = by_year
    elif name == "context" and has_chart:
        rows = [row for row in rows if row not in by_year]
    return {row.source or row.source_title for row in rows}


def chain(world, v, programme, is_whole):
    """Of a programme's rounds: the results that are drawn, and of the funnel who came, too."""
    found = set()
    for a, rows in oracle.rounds(world, v):
        if a.programme != programme:
            continue
        if is_whole and (a.registered_count, a.attended_count) != (None, None):
            found.add(a.source)
        drawn = {
            (row.measure, row.measured_at)
            for row in rows
            if oracle.is_due(row, v)
            and row.value is not None
            and (is_whole or row.measure in oracle.PLACEMENTS or row.measured_at != "exit")
        }
        found |= {
            o.source
            for o in oracle.counted(world)
            if o.activity_id == a.activity_id
            and (o.measure, o.measured_at) in drawn
            and o.measure not in ("education_start", "work_training")
        }
    return found


def reached(world, v, programme):
    found = set()
    for t in world.targets:
        is_seen = oracle.is_chosen(t, v) and oracle.is_shown(t, v)
        is_in = oracle.is_within(t.from_year, t.to_year, v) and t.value is not None
        if t.programme == programme and is_seen and is_in:
            found.add(t.source)
            found |= {
                o.source
                for o in oracle.counted(world)
                if (o.association, o.programme) == (t.association, t.programme)
                and (o.measure, o.measured_at) == (t.measure, "exit")
                and t.from_year <= o.from_year <= o.to_year <= t.to_year
            }
    return found


@pytest.mark.parametrize("edition", ["exact", "protected"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_pages_figures_cite_the_records_in_them_and_no_others(watch, world, address, edition):
    shown = seen(watch, address, edition)
    v = asked(shown, "placements")
    found = {
        figure.name: of(figure.cited)
        for page in catalogue.PAGES
        for figure in catalogue.figures(shown, page, address)
        if figure.name not in ("key-figures", "example-figures") and not is_beside(figure)
    }
    assert found
    assert found == {name: expected(world, v, name) for name in found}


def is_beside(figure):
    """Whether a figure is of no record of ours, but of what others count beside them."""
    return {row.record for row in figure.cited} == {"context"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_figure_cites_the_records_of_its_years(watch, world, address):
    shown = seen(watch, address).published
    together = set()
    for card in overview.published_cards(shown):
        years = int(card.behind.row[:4]), int(card.behind.row[-4:])
        within = dict(zip(("from_year", "to_year"), years, strict=True))
        v = asked(shown, card.measure, point=card.behind.point) | within
        cited = of(card_figures.card_figure(shown, card).cited)
        assert cited == behind(world, v, years), card.label
        together |= cited
    (first, *_) = catalogue.figures(shown, "overview", address)
    assert of(first.cited) == together


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_cites_the_records_that_it_counts(watch, world, address, question):
    shown = seen(watch, address)
    for figure in catalogue.figures(shown, "explore", f"{address}&{question}"):
        assert of(figure.cited) == behind(world, asked(shown, "") | figure.more), question


@pytest.mark.parametrize(
    "question, parts",
    [
        ("split=programme&only=WorkOP&only=HelseHub", {"programme": (["WorkOP"], ["HelseHub"])}),
        ("rows=programme&split=time&only=2019&only=2021", {"from_year": (2019, 2021)}),
    ],
)
def test_of_two_parts_compared_no_others_are_cited(watch, world, question, parts):
    shown = seen(watch, "")
    (figure,) = catalogue.figures(shown, "explore", f"compare=two&{question}")
    ((name, chosen),) = parts.items()
    wanted = set()
    for part in chosen:
        years = {"to_year": part} if name == "from_year" else {}
        wanted |= behind(world, asked(shown, "") | figure.more | {name: part} | years)
    assert of(figure.cited) == wanted


def test_a_figure_is_added_to_a_page_by_one_function(watch, world, monkeypatch):
    """As docs/ tells it: a question and a name, and the page's list of figures has one more."""
    added = partial(
        explore.of_question, asked=Question("attended", rows="programme"), name="by-attendance"
    )
    shown = seen(watch, "")
    before = catalogue.figures(shown, "activities", "")
    monkeypatch.setattr(activities, "FIGURES", (*activities.FIGURES, (added,)))
    *others, last = catalogue.figures(shown, "activities", "")
    assert others == before
    assert last.name == "by-attendance" and len(last.chart.rows) > 2
    assert of(last.cited) == behind(world, asked(shown, "attended") | last.more)


@pytest.mark.parametrize("partner", ["drammen", "nav", "buskerud"])
def test_a_partner_is_told_of_from_its_own_agreements(watch, world, partner):
    shown = seen(watch, "")
    found = stories.organisations(shown, partner)
    ids = {(one.association, one.partner_id) for one in found}
    own = {
        p.source for p in world.partnerships if ids & {(p.association, i) for i in p.partner_ids}
    }
    assert of(timeline.cited(stories.agreements(shown, found))) == own
    assert 0 < len(own) < len(world.partnerships)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_example_figures_say_that_they_have_no_source(watch, language):
    shown = seen(watch, f"programme=WorkOP&lang={language}")
    shown = catalogue.seen(words(language), shown.version, shown.database, DAY, "programme=WorkOP")
    w = shown.words
    (jobs,) = (f for f in catalogue.figures(shown, "overview", "") if f.name == "jobs")
    assert w("foot.examples_no_source") in jobs.foot
    assert dict(notes.notes(shown, jobs))[w("figure.sources")] == w("figure.no_source")
    for figure in (jobs, *catalogue.figures(shown, "explore", "measure=placements")):
        named = dict(notes.notes(shown, figure))[w("figure.sources")]
        assert "outcomes" not in named


def test_beside_published_figures_the_examples_are_not_cited(watch, world):
    shown = seen(watch, "")
    (answer,) = catalogue.figures(shown, "explore", "measure=placements")
    examples = {row.source for row in answer.cited if row.evidence == "illustrative"}
    assert examples
    named = dict(notes.notes(shown, answer))["Kilder"].split(" | ")
    assert set(named) == of(answer.cited) - examples
    assert words("nb")("foot.sources", names=", ".join(named)) + " · " in answer.foot
    assert "svakeste grunnlag: ikke oppgitt · " in answer.foot  # and not that of the examples


@pytest.mark.parametrize(
    "question, is_told",
    [
        ("measure=activities_held&rows=partner_type", False),
        ("measure=activities_held&rows=activity_type&split=association", True),
        ("measure=activities_held&rows=partner&split=partner", True),
        ("measure=activities_held&grain=season", False),
        ("measure=activities_held&rows=evidence", True),
        ("measure=attended&rows=activity_type", True),
    ],
)
def test_an_example_that_no_number_counts_is_not_said_to_be_in_them(watch, question, is_told):
    shown = seen(watch, "")
    (answer,) = catalogue.figures(shown, "explore", question)
    rests_on = dict(notes.notes(shown, answer))
    w = shown.words
    named = w.code("evidence", "illustrative")
    assert (named in rests_on[w("figure.evidence")]) == is_told
    assert (rests_on[w("figure.claim")] == w("figure.may_say.illustrative")) == is_told
    marked = [row for row in answer.chart.rows if w("explore.is_example", said="") in " ".join(row)]
    assert bool(marked) == is_told


def test_no_example_shows_an_agreement_to_be_in_force(watch):
    shown, without = seen(watch, ""), seen(watch, "examples=no")
    cited = feet.cited(shown, "active_partnerships")
    assert cited == feet.cited(without, "active_partnerships")
    asked_of = shown.all_years(answers.PartnershipsByYear)
    assert asked_of == without.all_years(answers.PartnershipsByYear)
    (row,) = shown.rows(answers.PartnershipCoverage)
    assert [row] == without.rows(answers.PartnershipCoverage)
    assert not row.start_unknown_count  # though examples name some that have no start


def test_what_was_aimed_at_is_not_said_of_results(watch):
    shown = seen(watch, "")
    said = shown.rows(answers.Quotes)
    told = outcomes.in_words(shown)
    assert [row for row in said if not row.is_target] == told
    assert 0 < len(told) < len(said)
