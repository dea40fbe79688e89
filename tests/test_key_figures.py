"""What the key figures say, and the lines under them: of the shipped data, and of rows made up."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import pytest

import queries
from ringvirkning import ROOT
from ringvirkning.charts import Numbers, forms
from ringvirkning.figures import catalogue, feet, key_figures, overview
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.intake.watch import Watch
from ringvirkning.texts import words
from ringvirkning.texts.certainty import Number

NONE, NO_TARGET = "ingen registrert i 2025", "ikke noe mål for 2025"
SAID = {
    ("exact", ""): [
        ("Aktive partnerskap", "2", "uendret fra 2024", "og 17 ubekreftede, 1 med ukjent start"),
        ("Aktiviteter", "2", "uendret fra 2024", ""),
        ("Deltakelser", "66", "−4 fra 2024", "talt på 2 av 2 aktiviteter"),
        ("Jobber gjennom WorkOP", "20", "−3 fra 2024",
         "10 faste · 8 midlertidige · 2 læreplasser"),
        ("Måloppnåelse", "83\xa0%", "10 av 12", "faste jobber, målet for 2025"),
    ],
    ("exact", "examples=no"): [
        ("Aktive partnerskap", "2", "uendret fra 2024", "og 17 ubekreftede"),
        ("Aktiviteter", "–", "", NONE),
        ("Deltakelser", "–", "", NONE),
        ("Jobber gjennom programmene", "–", "", NONE),
        ("Måloppnåelse", "–", "", NO_TARGET),
    ],
    ("protected", "years=2026-2026"): [
        ("Aktive partnerskap", "1", "−1 fra samme tid i 2025",
         "og 18 ubekreftede, 1 med ukjent start"),
        ("Aktiviteter", "2", "uendret fra samme tid i 2025", ""),
        ("Deltakelser", "ca. 85", "ca. +15 fra samme tid i 2025", "talt på 2 av 2 aktiviteter"),
        ("Jobber gjennom WorkOP", "ca. 30",
         "avrundingen skjuler endringen fra samme tid i 2025",
         "ca. 15 faste · ca. 15 midlertidige · færre enn 9 læreplasser"),
        ("Måloppnåelse", "ca. 15 av 16", "omtrent på målet", "faste jobber, målet for 2026"),
    ],
}  # fmt: skip

ROUNDED_SUMS = (
    "hvert persontall er avrundet til et av de to nærmeste tallene i femgangen og kan avvike "
    "inntil 4, summene her inntil 8; 0 betyr 0–4"
)


def seen(watch: Watch, edition: str = "exact", address: str = "") -> View:
    latest = watch.published[-1]
    database = getattr(latest, edition)(watch.var)
    return catalogue.seen(words("nb"), latest, database, date(2026, 11, 23), address)


@pytest.fixture
def shown(watch: Watch) -> View:
    return seen(watch)


@pytest.mark.parametrize(("edition", "address"), SAID)
def test_key_figures_in_words(watch: Watch, edition: str, address: str):
    cards = overview.cards(seen(watch, edition, address))
    said = [(card.label, card.number, card.change, card.note) for card in cards]
    assert said == SAID[edition, address]


@pytest.mark.parametrize(
    ("edition", "address", "year", "values"),
    [
        ("exact", "", 2025, ["2", "2", "66", "20", "83\xa0%"]),
        ("protected", "years=2026-2026", 2026, ["1", "2", "85", "30", ""]),
    ],
)
def test_each_key_figure_is_a_figure_of_ten_years(
    watch: Watch, edition: str, address: str, year: int, values: list[str]
):
    shown = seen(watch, edition, address)
    for card, value in zip(overview.cards(shown), values, strict=True):
        figure = key_figures.told(shown, card)
        assert figure.chart.title == f"{card.label}, {year}: {card.number}"
        assert figure.chart.subtitle == f"{card.label}, {year}"
        heading, *rows = figure.chart.rows
        assert heading == ("År", card.label)
        assert [said for said, _ in rows] == [str(year - 9 + n) for n in range(10)]
        assert rows[-1][1] == value
        example = "" if card.measure == "active_partnerships" else "Eksempeltall"
        foot = " · ".join(filter(None, [example, card.change, card.note]))
        of_people = card.measure not in ("active_partnerships", "activities_held")
        rounded = ROUNDED_SUMS if of_people and shown.is_protected else ""
        assert figure.foot == " · ".join(filter(None, [foot, rounded]))
        assert figure.more == {"from_year": None, "to_year": None}
        assert figure.asks == [card.asks] and card.asks in queries.questions()
        point = "placement_permanent" if card.measure == "target_attainment" else "exit"
        assert card.behind == Question(card.measure, point, row=str(year), page="1")


def test_key_figures_stand_together_on_a_slide(watch: Watch):
    shown = seen(watch, "protected", "years=2026-2026")
    cards = overview.cards(shown)
    figure = key_figures.together(shown, cards, "Oversikt")
    chart = figure.chart
    assert isinstance(chart, Numbers)
    assert chart.subtitle == "Nøkkeltall for 2026, med endring fra året før."
    assert chart.rows[0] == ("Nøkkeltall", "2026", "Grunnlag")
    for card, row, shown_as in zip(cards, chart.rows[1:], chart.figures, strict=True):
        example = "Eksempeltall" if card.is_example else ""
        beside = " · ".join(filter(None, [card.change, card.note, example]))
        assert row == (card.label, card.number, beside)
        assert astuple(shown_as) == row
    assert figure.foot == (
        "tall per 23. november 2026 · hvert tall teller for seg og legges ikke sammen · "
        + ROUNDED_SUMS
    )
    assert figure.measures == [card.measure for card in cards]
    assert figure.asks == [*overview.BY_YEAR, "targets_met"]


# Of rows made up


@dataclass(frozen=True)
class Given(View):
    """A view whose answers are given."""

    answers: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def rows(self, name: str, **more: Any) -> list[Any]:
        return list(self.answers[name])


def given(shown: View, **answers: Sequence[Any]) -> Given:
    own = {one.name: getattr(shown, one.name) for one in fields(View)}
    return Given(**own, answers=answers)


class Active(NamedTuple):
    year: int
    partnership_count: int
    is_confirmed: bool = True
    has_start: bool = True
    uncertain_start_count: int = 0


@pytest.mark.parametrize(
    ("more", "change"),
    [
        ([], "+1 fra 2024"),
        # Who began "at the latest" this year may have begun before; of other years it is no matter.
        ([Active(2025, 0, uncertain_start_count=1)], ""),
        ([Active(2024, 0, uncertain_start_count=1)], "+1 fra 2024"),
        # In force in years that activities tell of, and perhaps in others.
        ([Active(2025, 0, has_start=False)], ""),
        ([Active(2024, 0, has_start=False)], ""),
        ([Active(2023, 0, has_start=False)], "+1 fra 2024"),
        ([Active(2025, 0, is_confirmed=False, has_start=False)], "+1 fra 2024"),
    ],
)
def test_no_growth_is_claimed_where_a_start_is_unknown(
    shown: View, more: list[Active], change: str
):
    now = [Active(2025, 3), Active(2025, 2, is_confirmed=False), *more]
    card = key_figures.active_card(shown, now, [Active(2024, 2)])
    assert (card.number, card.change, card.note) == ("3", change, "og 2 ubekreftede")
    before = [Active(2024, 2, has_start=False)]
    assert key_figures.active_card(shown, now, before).change == ""


def test_where_all_are_unconfirmed_none_is_said_to_be_confirmed(shown: View):
    card = key_figures.active_card(shown, [Active(2025, 2, is_confirmed=False)], [])
    assert (card.number, card.values[-1]) == ("0", 0)


class Jobs(NamedTuple):
    from_year: int | None
    value: Number
    programmes: Sequence[str] = ("WorkOP",)
    measure: str = "placements"
    to_year: int | None = None


def jobs(year: int, value: float, *programmes: str, made_up: bool = False) -> Jobs:
    number = Number(value, is_example=made_up)
    return Jobs(year, number, programmes or ("WorkOP",), to_year=year)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ([jobs(2024, 8)], "+4 fra 2024"),
        ([jobs(2024, 8, "HelseHub")], ""),
        ([jobs(2023, 8, "HelseHub"), jobs(2024, 8)], "+4 fra 2024"),
        ([jobs(2024, 8, made_up=True)], ""),
        ([jobs(2023, 8)], ""),
        ([], ""),
    ],
)
def test_jobs_are_compared_with_those_of_the_same_programmes(
    shown: View, before: list[Jobs], change: str
):
    others = [jobs(2024, 1, "HelseHub"), Jobs(2025, Number(90), to_year=2026)]
    card = key_figures.jobs_card(shown, [*others, jobs(2025, 12)], before)
    assert (card.number, card.change, card.values[-1]) == ("12", change, 12)
    assert card.label == "Jobber gjennom WorkOP"
    both = key_figures.jobs_card(shown, [jobs(2025, 12, "WorkOP", "HelseHub")], before)
    assert both.label == "Jobber gjennom programmene"
    none = key_figures.jobs_card(shown, [], before)
    assert (none.number, none.change, none.note) == ("–", "", "ingen registrert i 2025")


class Held(NamedTuple):
    year: int | None
    activity_count: Number | None
    example_count: int
    attended_count: Number | None = None
    attended_known: int = 0


def test_examples_beside_published_activities_are_said_to_be_left_out(shown: View):
    published, made_up = Number(3), Number(2, is_example=True)
    for count, beside, note in (
        (published, 2, "2 eksempler er ikke regnet med"),
        (published, 0, ""),
        (made_up, 2, ""),
    ):
        rows = [Held(2025, count, beside, Number(0), 1), Held(None, Number(9), 9)]
        before = [Held(2024, Number(2), 0), Held(2024, None, 0)]
        held, attended = key_figures.activity_cards(shown, rows, before)
        assert held.change == ("" if count is made_up else "+1 fra 2024")
        assert (held.note, held.is_example) == (note, count is made_up)
        assert (held.number, attended.number) == (str(int(count)), "0")
        assert attended.note == f"talt på 1 av {int(count)} aktiviteter"


class Aim(NamedTuple):
    target: float | None
    actual: Number | None
    is_illustrative: bool = False
    from_year: int = 2025
    to_year: int = 2025
    measure: str = "placement_permanent"
    evidence: str = "register"


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        ([Aim(10, Number(9))], ("90\xa0%", "9 av 10", False)),
        # Results of several programmes are added up, without the examples beside published ones.
        ([Aim(10, Number(9)), Aim(10, Number(2))], ("55\xa0%", "11 av 20", False)),
        ([Aim(10, Number(9)), Aim(10, Number(2), True)], ("90\xa0%", "9 av 10", False)),
        ([Aim(10, Number(2), True)], ("20\xa0%", "2 av 10", True)),
        ([Aim(10, Number(2), True), Aim(9, Number(9), False, 2024, 2024)],
         ("20\xa0%", "2 av 10", True)),
        ([Aim(10, Number(10, 6, 14))], ("ca. 10 av 10", "omtrent på målet", False)),
        ([Aim(5, Number(4))], ("4 av 5", "", False)),
        ([Aim(10, None), Aim(None, Number(3))], ("–", "", False)),
        ([Aim(10, Number(12))], ("120\xa0%", "12 av 10", False)),
        ([Aim(10, Number(9), from_year=2024)], ("–", "", False)),
        ([Aim(10, Number(9), from_year=2024, to_year=2024)], ("–", "", False)),
        ([Aim(10, Number(9), measure="placements")], ("–", "", False)),
    ],
)  # fmt: skip
def test_how_far_the_targets_of_the_year_are_reached(
    shown: View, aims: list[Aim], said: tuple[str, str, bool]
):
    card = key_figures.target_card(given(shown, targets_met=aims))
    assert (card.number, card.change, card.is_example) == said
    is_none = card.number == "–"
    assert card.note == ("ikke noe mål for 2025" if is_none else "faste jobber, målet for 2025")


# The lines under them


class Value(NamedTuple):
    measure: str
    value: Number


class Attended(NamedTuple):
    attended_count: Number


@pytest.mark.parametrize(
    ("jobs", "attended", "stages", "within"),
    [
        ([4], [4], [4], 4),
        ([8], [4], [4], 8),
        ([4], [9], [4], 9),
        ([4], [4], [7], 7),
        ([], [], [], 0),
    ],
)
def test_how_much_headlines_may_be_off(
    shown: View, jobs: list[int], attended: list[int], stages: list[int], within: int
):
    of = given(
        shown,
        placements_by_year=[Value("placements", Number(20, 20 - n, 20 + n)) for n in jobs],
        activities_by_year=[Attended(Number(20, 20 - n, 20 + n)) for n in attended],
        funnel=[
            *(Value("placements", Number(20, 20 - n, 20 + n)) for n in stages),
            Value("interviews", Number(20, 0, 40)),
        ],
    )
    assert feet.headline_within(of) == within


@pytest.mark.parametrize(
    ("measures", "within", "said"),
    [
        (["activities_held"], 9, ""),
        (["activities_held", "attended"], 0, "inntil 4; 0 betyr 0–4"),
        (["attended"], 4, "inntil 4; 0 betyr 0–4"),
        (["attended"], 5, "inntil 4, summene her inntil 5; 0 betyr 0–4"),
        (["placement_rate"], 8, "inntil 4, summene her inntil 8; 0 betyr 0–4"),
    ],
)
def test_a_foot_says_how_people_are_protected(
    watch: Watch, shown: View, measures: list[str], within: int, said: str
):
    foot = feet.rounding(seen(watch, "protected"), measures, within)
    assert foot.partition(" og kan avvike ")[2] == said
    assert feet.rounding(shown, measures, within) == ""
    wide = Number(20, 20 - within, 20 + within)
    for value, totals in ((wide, ()), (Number(20), [wide])):
        results = [Value(code, value) for code in measures]
        assert feet.rounding_of(seen(watch, "protected"), results, totals) == foot


class Coverage(NamedTuple):
    partnership_count: int = 9
    undated_count: int = 0
    future_count: int = 0
    start_unknown_count: int = 0
    example_count: int = 0


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage(), "bygger på 9 av 9 partnerskap"),
        (
            Coverage(undated_count=2, future_count=1),
            "bygger på 6 av 9 partnerskap, 2 mangler startdato og daterte aktiviteter, "
            "1 begynner senere",
        ),
        (
            Coverage(start_unknown_count=2, example_count=1),
            "bygger på 9 av 9 partnerskap · 2 har ukjent start og telles i år med aktiviteter",
        ),
        (
            Coverage(start_unknown_count=2, example_count=2),
            "bygger på 9 av 9 partnerskap · 2 har ukjent start og telles i år med aktiviteter, "
            "som er eksempler",
        ),
    ],
)
def test_a_foot_accounts_for_every_partnership(shown: View, coverage: Coverage, said: str):
    of = given(shown, partnership_coverage=[coverage])
    assert feet.partnerships(of) == f"Antall partnerskap i kraft · {said}"
    assert feet.partnerships(of, "mer") == f"Antall partnerskap i kraft · {said} · mer"


def test_under_the_headline_stands_what_it_is_of(watch: Watch):
    exact, rounded = (
        feet.under_headline(seen(watch, edition)) for edition in ("exact", "protected")
    )
    assert exact == (
        "Alle foreninger · 2005–2026 · tall per 23. november 2026 · "
        "tallene for WorkOP er eksempeltall, ikke publiserte resultater"
    )
    assert rounded.startswith(exact + " · hvert persontall er avrundet ")
    several = [jobs(2025, 9, name, made_up=True) for name in "DBCA"]
    answers = {"placements_by_year": several, "activities_by_year": [], "funnel": []}
    found = feet.under_headline(given(seen(watch), **answers))
    assert "tallene for A, B, C og D er eksempeltall" in found
    without = feet.under_headline(seen(watch, "exact", "examples=no"))
    assert without == "Alle foreninger · 2005–2026 · uten eksempeltall · tall per 23. november 2026"


class Source(NamedTuple):
    record: str
    source_date: str | None = None
    programme: str = "WorkOP"
    evidence: str = "register"


def test_evidence_is_listed_from_the_strongest_to_the_weakest(shown: View):
    kinds = ("illustrative", "register", "employer", "register")
    found = feet.evidence(shown, [Source("outcome", evidence=kind) for kind in kinds])
    assert found == "grunnlag: register, arbeidsgiver og eksempeltall"
    assert feet.evidence(shown, []) == ""


def test_the_newest_source_of_each_kind_of_record_is_dated(shown: View):
    sources = [
        Source("outcome", "2023-05-01"),
        Source("activity", "2024"),
        Source("activity", None),
        Source("activity", "2023-01-01"),
        Source("quote", "2025"),
    ]
    newest = feet.newest_sources(given(shown, sources=sources))
    assert newest == "for aktiviteter: 2024 · for resultater: 1. mai 2023"
    newest = feet.newest_sources(given(shown, sources=[Source("partnership", "2022")]))
    assert newest == "Nyeste kilde for partnerskap: 2022"


def test_every_record_of_the_selection_has_its_source(shown: View):
    found = forms.totals((row.record, row.record_count) for row in feet.every_source(shown))
    names = ("partnerships", "activities", "targets", "outcomes")
    files = [pd.read_csv(ROOT / "data" / f"{name}.csv") for name in names]
    of = [found[name] for name in ("partnership", "activity", "target")]
    assert [*of, found["outcome"] + found["quote"]] == [len(file) for file in files]


def test_targets_without_a_result_are_not_cited():
    met, unmet = Source("target"), Source("target", programme="HelseHub")
    others = [Source("reached"), Source("activity", programme="HelseHub")]
    assert feet.without_unmet([met, unmet, *others]) == [met, *others]


def test_a_measure_says_its_unit_how_it_adds_and_whose_it_is(shown: View):
    assert feet.measure_line(shown, shown.measure("jobs_created_fte")) == (
        "enhet: årsverk · kan summeres · definisjon etter IRIS+ PI3687; EU RCR01 · "
        "Legges aldri sammen med jobber gjennom et program eller sikrede årsverk."
    )
    assert feet.measure_line(shown, shown.measure("employers")) == (
        "enhet: virksomheter · kan summeres"
    )
