"""What the key figures say, and the lines under them: of the shipped data, and of rows made up."""

import shutil
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import queries
from bench.common import selections
from queries import answers
from ringvirkning import ROOT
from ringvirkning.charts import Numbers, forms
from ringvirkning.figures import (
    card_figures,
    catalogue,
    feet,
    key_figures,
    latest_cards,
    overview,
    targets,
    view,
)
from ringvirkning.figures.cards import active_card, activity_cards, jobs_card, target_card
from ringvirkning.figures.filters import every_choice
from ringvirkning.figures.jobs import aimed_kind, jobs_cited
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import WAY, Selection, View
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.texts import words
from ringvirkning.texts.certainty import Number, number
from tests import frames, oracle
from tests.test_agreements import add_rows
from tests.test_context import drafted_view
from tests.test_queries import KNOWN, rows

SAID = {
    # Those that are published, then the examples.
    ("exact", ""): [
        ("Aktive partnerskap", "2", "", "17 må vi spørre om"),
        ("Aktiviteter", "4", "", "2023; ingen tall for 2025"),
        ("Deltakere", "130", "", "2022; ingen tall for 2025"),
        ("Jobber gjennom Internasjonale Drammen", "1\xa0000", "", "2016–2019; ingen tall for 2025"),
        ("Måloppnåelse", "100\xa0%", "1\xa0000 av 1\xa0000",
         "jobber, form ikke oppgitt, målet for 2016–2020"),
        ("Aktiviteter", "2", "uendret fra 2024", "hittil i 2026: 2"),
        ("Deltakere", "66", "−4 fra 2024", "talt på 2 av 2 aktiviteter · hittil i 2026: 84"),
        ("Jobber gjennom WorkOP", "20", "−3 fra 2024",
         "10 faste · 8 midlertidige · 2 læreplasser · hittil i 2026: 32"),
        ("Måloppnåelse", "83\xa0%", "10 av 12", "faste jobber, målet for 2025"),
    ],
    ("exact", "examples=no"): [
        ("Aktive partnerskap", "2", "", "17 må vi spørre om"),
        ("Aktiviteter", "4", "", "2023; ingen tall for 2025"),
        ("Deltakere", "130", "", "2022; ingen tall for 2025"),
        ("Jobber gjennom Internasjonale Drammen", "1\xa0000", "", "2016–2019; ingen tall for 2025"),
        ("Måloppnåelse", "100\xa0%", "1\xa0000 av 1\xa0000",
         "jobber, form ikke oppgitt, målet for 2016–2020"),
    ],
    # An association without a job programme of today: its own key figures, of its latest years.
    ("exact", "association=Næringsforeningen i Drammensregionen"): [
        ("Jobber gjennom Internasjonale Drammen", "1\xa0000", "", "2016–2019; ingen tall for 2025"),
        ("Måloppnåelse", "100\xa0%", "1\xa0000 av 1\xa0000",
         "jobber, form ikke oppgitt, målet for 2016–2020"),
        ("Studenter med mentor", "257", "", "2015–2020; ingen tall for 2025"),
        ("Kursdeltakere", "over 120", "", "2014–2018; ingen tall for 2025"),
        ("Arrangementer, oppgitt årstotal", "95", "", "2021; ingen tall for 2025"),
    ],
    # What has no number within the filter gives its place to what has, and there are fewer.
    ("exact", "association=Innovasjon Gardermoen&years=2021-2022&examples=no"): [
        ("Aktive partnerskap", "0", "", "2 må vi spørre om"),
        ("Aktiviteter", "1", "−2 fra 2021", ""),
        ("Deltakere", "56", "", "2021; ingen tall for 2022"),
        ("Vedtatte planer", "1", "", "2021; ingen tall for 2022"),
    ],
    ("protected", "years=2026-2026"): [
        ("Aktive partnerskap", "1", "", "18 må vi spørre om"),
        ("Aktiviteter", "2", "uendret fra samme tid i 2025", ""),
        ("Deltakere", "ca. 85", "ca. +15 fra samme tid i 2025", "talt på 2 av 2 aktiviteter"),
        ("Jobber gjennom WorkOP", "ca. 30",
         "tallene er for omtrentlige til å si endringen fra samme tid i 2025",
         "ca. 15 faste · ca. 15 midlertidige · færre enn 9 læreplasser"),
        ("Måloppnåelse", "ca. 15 av 16", "mellom 7 og 23", "faste jobber, målet for 2026"),
    ],
}  # fmt: skip

HEADLINES = {
    (
        "exact",
        "nb",
        "",
    ): "Ifølge kilden fikk 1\xa0000 jobb gjennom Internasjonale Drammen, 2016–2019.",
    ("exact", "en", ""): (
        "According to the source, 1,000 got a job through Internasjonale Drammen, 2016–2019."
    ),
    ("protected", "nb", ""): (
        "Ifølge kilden fikk ca. 1\xa0000 jobb gjennom Internasjonale Drammen, 2016–2019."
    ),
    # Where no jobs are published: the partnerships, before any example.
    ("exact", "nb", "association=Innovasjon Gardermoen"): (
        "Vi vet om 2 partnerskap i kraft i 2025; 2 til må vi spørre om."
    ),
    ("exact", "nb", "years=2024-2025"): (
        "Vi vet om 2 partnerskap i kraft i 2025; 17 til må vi spørre om."
    ),
}


@pytest.mark.parametrize(("edition", "language", "address"), HEADLINES)
def test_a_leader_can_say_the_headline(watch: Watch, edition: str, language: str, address: str):
    latest = watch.published[-1]
    database, day = getattr(latest, edition)(watch.var), date(2026, 11, 23)
    shown = catalogue.seen(words(language), latest, database, day, address)
    said = overview.headline(shown)
    assert said == HEADLINES[edition, language, address]
    assert said == overview.headline(shown.published)
    assert len(said.split()) <= overview.MOST_WORDS


ROUNDED_SUMS = (
    "persontall er rundet opp eller ned til et tall i femgangen (ca.) og kan avvike "
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
    for card, value in zip(key_figures.key_figures(shown), values, strict=True):
        figure = card_figures.card_figure(shown, card)
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
    cards = key_figures.key_figures(shown)
    figure = card_figures.together(shown, cards, "Oversikt", "key-figures")
    chart = figure.chart
    assert isinstance(chart, Numbers)
    assert chart.subtitle.startswith("Nøkkeltall for 2026 eller det siste året som er kjent")
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
    assert (figure.name, figure.measures) == ("key-figures", [card.measure for card in cards])
    assert figure.asks == [
        *("partnerships_by_year", "activities_by_year", "placements_by_year", "targets_met")
    ]


def test_a_key_figure_is_measured_where_the_association_measured_it(watch: Watch, tmp_path: Path):
    """Whatever point others measure the same at."""
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    of_others = {"outcome_id": "x", "association": "Innovasjon Gardermoen", "programme": "WorkOP"}
    of_others |= {"year": "2024", "measure": "students_mentored", "value": "9"}
    add_rows(folder, "outcomes", of_others | {"measured_at": "6_months", "evidence": "register"})
    shown = drafted_view(watch, folder, tmp_path)
    chosen = Selection(("Næringsforeningen i Drammensregionen",))
    card = key_figures.known_card(replace(shown, selection=chosen), "students_mentored")
    assert card and (card.label, card.number) == ("Studenter med mentor", "257")


def test_the_table_of_a_key_figure_has_its_number_however_old_it_is(watch: Watch):
    """Mentors are known of 2018 alone: not of the ten years to 2029."""
    shown = replace(seen(watch, "exact", ""), as_of=date(2030, 1, 1), span=(2010, 2030))
    card = key_figures.known_card(shown, "mentors")
    assert card
    assert ("2018", card.number) in card_figures.card_figure(shown, card).chart.rows


def test_a_target_that_examples_reach_is_marked_beside_its_agreement(watch: Watch, tmp_path: Path):
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    of = {"partnership_id": "ig_nav", "measure": "mentors", "year": "2024", "value": "9"}
    add_rows(folder, "outcomes", of | {"outcome_id": "x", "evidence": "illustrative"})
    aim = of | {"association": "Innovasjon Gardermoen", "evidence": "stated"}
    add_rows(folder, "targets", aim, aim | {"year": "2023"})
    found = targets.targets_of_partnership(drafted_view(watch, folder, tmp_path), "ig_nav")
    assert [row[0] for row in found[1:]] == ["Mentorer 2023", "Mentorer 2024 (Eksempeltall)"]


@pytest.mark.parametrize(
    ("address", "second"),
    [
        ("", ["example-figures", "jobs"]),
        ("association=Næringsforeningen i Drammensregionen", []),  # in words
        ("association=Innovasjon Gardermoen&examples=no", []),
        ("programme=HelseHub", ["activities-by-type"]),
    ],
)
def test_where_nothing_is_known_of_jobs_is_what_was_done(
    watch: Watch, address: str, second: list[str]
):
    figures = catalogue.figures(seen(watch, "exact", address), "overview", "")
    names = [one.name for one in figures if not one.name.startswith("context")]
    assert names == ["key-figures", "active", *second]


# Of rows made up


@dataclass(frozen=True)
class Given(View):
    """A view whose answers are given, those of years to come left out."""

    given: Sequence[Any] = ()

    def rows(self, question: type[Any], /, **more: Any) -> list[Any]:
        return [
            row
            for row in self.given
            if type(row) is question and (getattr(row, "year", None) or 0) <= self.as_of.year
        ]


def given(shown: View, *rows: Any) -> Given:
    own = {one.name: getattr(shown, one.name) for one in fields(View)}
    return Given(**own, given=rows)


def row(question: Any, **known: Any) -> Any:
    """A row of an answer, of which no more is known."""
    return question(**dict.fromkeys(question._fields) | known)


def active(
    year: int, count: int, confirmed: bool = True, start: bool = True, uncertain: int = 0
) -> answers.PartnershipsByYear:
    return answers.PartnershipsByYear(year, "municipality", confirmed, start, count, uncertain)


@pytest.mark.parametrize(
    ("more", "change"),
    [
        ([], "+1 fra 2024"),
        # Who began "at the latest" this year may have begun before; of other years it is no matter.
        ([active(2025, 0, uncertain=1)], ""),
        ([active(2024, 0, uncertain=1)], "+1 fra 2024"),
        # In force in years that activities tell of, and perhaps in others.
        ([active(2025, 0, start=False)], ""),
        ([active(2024, 0, start=False)], ""),
        ([active(2023, 0, start=False)], "+1 fra 2024"),
        ([active(2025, 0, confirmed=False, start=False)], ""),
        # What nobody has confirmed may be in force or not.
        ([active(2025, 0, confirmed=False)], ""),
        ([active(2024, 0, confirmed=False)], ""),
        ([active(2023, 0, confirmed=False)], "+1 fra 2024"),
    ],
)
def test_no_growth_is_claimed_where_a_start_is_unknown(shown: View, more: list[Any], change: str):
    known = [active(2024, 2), active(2025, 3)]
    card = active_card(given(shown, *known, *more))
    assert (card.number, card.change, card.note) == ("3", change, "")


def test_nor_in_the_year_that_runs(watch: Watch):
    shown = seen(watch, "exact", "years=2026-2026")
    known = [active(2025, 2), active(2026, 3)]
    card = active_card(given(shown, *known))
    assert card.change == "+1 fra samme tid i 2025"
    card = active_card(given(shown, *known, active(2026, 0, start=False)))
    assert card.change == ""


def test_where_all_are_unconfirmed_none_is_said_to_be_confirmed(shown: View):
    card = active_card(given(shown, active(2025, 2, confirmed=False)))
    assert (card.number, card.values[-1]) == ("0", 0)


def jobs(year: int, value: float, *programmes: str, to: int = 0, made_up: bool = False) -> Any:
    return row(
        answers.PlacementsByYear,
        from_year=year,
        to_year=to or year,
        measure="placements",
        programmes=programmes or ("WorkOP",),
        value=Number(value, is_example=made_up),
    )


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ([jobs(2024, 8)], "+4 fra 2024"),
        ([jobs(2024, 8, "HelseHub")], ""),
        ([jobs(2023, 8, "HelseHub"), jobs(2024, 8)], "+4 fra 2024"),
        ([jobs(2024, 8, made_up=True)], ""),
        ([jobs(2023, 8)], ""),
        ([jobs(2024, 8, to=2025)], ""),
        ([], ""),
    ],
)
def test_jobs_are_compared_with_those_of_the_same_programmes(
    shown: View, before: list[Any], change: str
):
    card = jobs_card(given(shown, *before, jobs(2025, 12)))
    assert (card.number, card.change, card.values[-1]) == ("12", change, 12)
    assert card.label == "Jobber gjennom WorkOP"
    both = jobs_card(given(shown, *before, jobs(2025, 12, "WorkOP", "HelseHub")))
    assert both.label == "Jobber gjennom programmene"
    none = jobs_card(given(shown, *before))
    assert (none.number, none.change, none.note) == ("–", "", "ingen registrert i 2025")


def held(year: int | None, count: Number, examples: int, attended: int | None, known: int) -> Any:
    return row(
        answers.ActivitiesByYear,
        year=year,
        activity_count=count,
        example_count=examples,
        attended_count=None if attended is None else Number(attended),
        attended_known=known,
    )


@pytest.mark.parametrize(
    ("is_example", "examples", "note", "change"),
    [
        (False, 2, "2 eksempler er ikke regnet med", "+1 fra 2024"),
        (False, 0, "", "+1 fra 2024"),
        # An example and what is published are not compared.
        (True, 2, "", ""),
    ],
)
def test_examples_beside_published_activities_are_said_to_be_left_out(
    shown: View, is_example: bool, examples: int, note: str, change: str
):
    rows = [
        held(2025, Number(3, is_example=is_example), examples, 0, 1),
        held(2024, Number(2), 0, None, 0),
        held(None, Number(9), 9, 9, 9),
    ]
    card, attended = activity_cards(given(shown, *rows))
    assert (card.number, card.change, card.note) == ("3", change, note)
    assert card.is_example == is_example
    assert (attended.number, attended.change, attended.note) == (
        "0", "", "talt på 1 av 3 aktiviteter"
    )  # fmt: skip


def aim(
    target: float | None,
    actual: Number | None,
    made_up: bool = False,
    years: tuple[int, int] = (2025, 2025),
    measure: str = "placement_permanent",
    is_over: bool = True,
    evidence: str = "register",
    baseline: float | None = None,
    programme: str = "X",
) -> Any:
    return row(
        answers.TargetsMet,
        from_year=years[0],
        to_year=years[1],
        measure=measure,
        target=target,
        actual=actual,
        is_illustrative=made_up,
        higher_is_better=True,
        evidence=evidence,
        is_over=is_over,
        baseline=baseline,
        programme=programme,
        actual_from=years[0],
        actual_to=years[1],
        **dict.fromkeys(("missing_count", "suppressed_count", "not_yet_count"), 0),
    )


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        ([aim(10, Number(9))], ("90\xa0%", "9 av 10", False)),
        ([aim(10, Number(12))], ("120\xa0%", "12 av 10", False)),
        # Results of several programmes are added up, without the examples beside published ones.
        ([aim(10, Number(9)), aim(10, Number(2))], ("55\xa0%", "11 av 20", False)),
        ([aim(10, Number(9)), aim(10, Number(2), True)], ("90\xa0%", "9 av 10", False)),
        ([aim(10, Number(2), True)], ("20\xa0%", "2 av 10", True)),
        ([aim(10, Number(2), True), aim(9, Number(9), False, (2024, 2024))],
         ("20\xa0%", "2 av 10", True)),
        ([aim(10, Number(10, 6, 14))], ("ca. 10 av 10", "mellom 6 og 14", False)),
        ([aim(5, Number(4))], ("4 av 5", "", False)),
        ([aim(10, None), aim(None, Number(3))], ("–", "", False)),
        ([aim(10, Number(9), years=(2024, 2025))], ("–", "", False)),
        ([aim(10, Number(9), years=(2024, 2024))], ("–", "", False)),
        ([aim(10, Number(9), measure="apprenticeship")], ("90\xa0%", "9 av 10", False)),
        ([aim(10, Number(9)), aim(2, Number(1), measure="apprenticeship"), aim(10, Number(1))],
         ("50\xa0%", "10 av 20", False)),  # what most targets are set for
    ],
)  # fmt: skip
def test_how_far_the_targets_of_the_year_are_reached(
    shown: View, aims: list[Any], said: tuple[str, str, bool]
):
    card = target_card(given(shown, *aims))
    assert (card.number, card.change, card.is_example) == said
    is_none = card.number == "–"
    of = "læreplasser" if aims[0].measure == "apprenticeship" else "faste jobber"
    is_aimed = aims[0].actual is None
    none = "resultatet for 2025 er ikke kjent" if is_aimed else "ikke noe mål for 2025"
    assert card.note == (none if is_none else f"{of}, målet for 2025")


MET, MISSED, UNSURE = aim(10, Number(12)), aim(10, Number(7)), aim(10, Number(8, 4, 12))
NEAR = aim(100, Number(100, 96, 104))


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        ([MET, MISSED, MISSED], "X nådde 1 av 3 mål der tiden er ute"),
        ([MET, aim(10, None)], "X nådde målet; for 1 til er resultatet ukjent"),
        ([MET, aim(10, Number(1), is_over=False)], "X nådde målet"),
        ([MISSED], "X nådde ikke målet"),
        ([MISSED, MISSED], "X nådde ingen av 2 mål der tiden er ute"),
        (
            [MET, MISSED, UNSURE],
            "X nådde minst 1 av 3 mål; tallene avgjør ikke resten",
        ),
        (
            [MISSED, UNSURE],
            "Minst 1 av 2 mål for X ble ikke nådd; tallene avgjør ikke resten",
        ),
        ([NEAR], "X havnet omtrent på målet"),
        ([NEAR, NEAR], "X havnet omtrent på alle de 2 målene"),
        ([NEAR, UNSURE], "Om X nådde de 2 målene, avgjør ikke tallene"),
        ([UNSURE], "Om X nådde målet, avgjør ikke tallene"),
        ([aim(10, Number(12), is_over=False)], "Tiden er ikke ute for målet til X ennå"),
        ([aim(10, Number(12), True), MET], "Eksempeltall: X nådde 2 av 2 mål der tiden er ute"),
        ([aim(10, Number(12), evidence="unstated")], "Ifølge kilden: X nådde målet"),
        (
            [aim(10, Number(8, 4, 12), evidence="unstated")],
            "Om X nådde målet, avgjør ikke tallene",
        ),
    ],
)
def test_how_many_targets_were_reached_is_said_as_far_as_it_is_known(aims: list[Any], said: str):
    assert targets.targets_title(words("nb"), aims, "X") == said


def test_what_is_over_and_what_is_left_of_a_target_are_parts_of_its_bar():
    aims = [MET, aim(10, Number(7), True, baseline=3), UNSURE, aim(10, None)]
    chart = targets.targets_chart(words("nb"), aims, "X")
    parts = {(one.colour, one.patterns): one.values for one in chart.series}
    own = ("solid", "hatched", "solid", "solid")
    outline = ("outline",) * 4
    assert parts == {
        ("accent", own): (10, 7, 8, 0),
        ("before", outline): (0, 3, 0, 10),
        ("apprenticeship", own): (2, 0, 0, 0),
        ("unconfirmed", own): (0, 0, 2, 0),
    }
    assert len({one.label for one in chart.series}) == 4
    assert chart.totals == (
        *("12 av 10 · 120\xa0%", "7 av 10 · fra 3 · 70\xa0%"),
        *("ca. 8 av 10 · mellom 4 og 12", "mål 10, resultat ikke kjent"),
    )
    assert [row[1:] for row in chart.rows[1:]] == [
        *(("12", "10", "120\xa0%"), ("7", "10", "70\xa0%")),
        *(("ca. 8", "10", ""), ("ukjent", "10", "")),
    ]
    pairs = zip(chart.categories, chart.totals, strict=True)
    assert chart.series[0].hovers == tuple(f"{name}: {said}" for name, said in pairs)
    assert chart.within == 4
    met = targets.targets_chart(words("nb"), [MET], "X")
    assert [one.values for one in met.series] == [(10,), (2,)]


def test_targets_of_a_programme_are_a_figure_of_their_own(shown: View):
    aims = [
        aim(10, Number(7), measure="apprenticeship"),
        aim(10, None, True),
        aim(None, Number(9), programme="X"),
        aim(10, Number(9), programme="Y"),
    ]
    figure = targets.targets(given(shown, *aims), "X")
    assert figure is not None
    assert (figure.name, figure.measures, figure.asks) == (
        *("targets-X", ["target_attainment"], ["targets_met"]),
    )
    assert len(figure.chart.rows) == 2
    assert figure.foot == (
        "Enhet: personer · bygger på 1 av 1 mål · grunnlag: register · "
        "1 eksempel er ikke lagt til de publiserte tallene"
    )
    made_up = targets.targets(given(shown, aim(10, None, True)), "X")
    assert made_up and made_up.foot == (
        "Enhet: personer · bygger på 0 av 1 mål, 1 har ikke kjent resultat · grunnlag: register · "
        "målene er eksempeltall · skravert: eksempeltall"
    )
    assert figure.behind == Question(
        "target_attainment", "apprenticeship", "programme", row="X", page="1"
    )
    other = targets.targets(given(shown, *aims), "Y")
    assert other and other.foot == "Enhet: personer · bygger på 1 av 1 mål · grunnlag: register"
    assert targets.targets(given(shown, *aims[2:3]), "X") is None


def test_what_rounding_leaves_open_is_said_at_a_target():
    w, wide = words("nb"), Number(20, 0, 40)
    assert targets.target_words(w, aim(10, wide)) == "ca. 20 av 10 · mellom 0 og 40"
    chart = targets.targets_chart(w, [aim(10, wide)], "X")
    assert [one.colour for one in chart.series] == ["accent", "unconfirmed"]
    marks = [targets.mark_words(w, actual, 10) for actual in (None, Number(12), wide)]
    open_ended = "Mål: 10 (tallene er for omtrentlige til å si om det er nådd)"
    assert marks == ["Mål: 10", "Mål: 10", open_ended]


# The lines under them


def within(n: int) -> Number:
    return Number(20, 20 - n, 20 + n)


@pytest.mark.parametrize(
    ("placed", "attended", "of_rounds", "most"),
    [(4, 4, 4, 4), (8, 4, 4, 8), (4, 9, 4, 9), (4, 4, 7, 7)],
)
def test_how_much_headlines_may_be_off(
    shown: View, placed: int, attended: int, of_rounds: int, most: int
):
    rows = [
        row(answers.PlacementsByYear, value=within(placed)),
        row(answers.ActivitiesByYear, attended_count=within(attended)),
        row(answers.Funnel, measure="placements", value=within(of_rounds)),
        row(answers.Funnel, measure="interviews", value=within(20)),
    ]
    public = replace(shown, database=shown.database.with_stem("protected"))
    assert feet.headline_within(given(public, *rows)) == most
    assert feet.headline_within(given(public)) == 0
    assert feet.headline_within(given(shown, *rows)) == 0  # exact figures are not rounded


@pytest.mark.parametrize(
    ("measures", "off", "said"),
    [
        (["activities_held"], 9, ""),
        (["activities_held", "attended"], 0, "inntil 4; 0 betyr 0–4"),
        (["attended"], 4, "inntil 4; 0 betyr 0–4"),
        (["attended"], 5, "inntil 4, summene her inntil 5; 0 betyr 0–4"),
        (["placement_rate"], 8, "inntil 4, summene her inntil 8; 0 betyr 0–4"),
    ],
)
def test_a_foot_says_how_people_are_protected(
    watch: Watch, shown: View, measures: list[str], off: int, said: str
):
    rounded = seen(watch, "protected")
    foot = feet.rounding(rounded, measures, off)
    assert foot.partition(" og kan avvike ")[2] == said
    assert feet.rounding(shown, measures, off) == ""
    for value, totals in ((within(off), []), (Number(20), [within(off)])):
        results = [row(answers.PartnerResults, measure=code, value=value) for code in measures]
        assert feet.rounding_of(rounded, results, totals) == foot


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        ((9, 0, 0, 0, 0), "bygger på 9 av 9 partnerskap"),
        (
            (9, 2, 1, 0, 0),
            "bygger på 6 av 9 partnerskap, 2 mangler startdato og daterte aktiviteter, "
            "1 begynner senere",
        ),
        (
            (9, 0, 0, 0, 2),
            "bygger på 9 av 9 partnerskap · 2 har ukjent start og telles i år med aktiviteter",
        ),
    ],
)
def test_a_foot_accounts_for_every_partnership(shown: View, coverage: tuple[int, ...], said: str):
    of = given(shown, answers.PartnershipCoverage(*coverage))
    assert feet.partnerships(of) == f"Antall partnerskap i kraft · {said}"
    assert feet.partnerships(of, "mer") == f"Antall partnerskap i kraft · {said} · mer"


def test_under_the_headline_stands_what_it_is_of(watch: Watch, shown: View):
    exact, rounded = map(feet.under_headline, (shown, seen(watch, "protected")))
    assert exact == (
        "Alle foreninger · 2005–2026 · tall per 23. november 2026 · "
        "tallene for WorkOP er eksempeltall, ikke publiserte resultater"
    )
    assert rounded == f"{exact} · {ROUNDED_SUMS}"
    several = [jobs(2025, 9, name, made_up=True) for name in "DBCA"]
    assert "tallene for A, B, C og D er eksempeltall" in feet.under_headline(given(shown, *several))
    without = feet.under_headline(seen(watch, "exact", "examples=no"))
    assert without == "Alle foreninger · 2005–2026 · uten eksempeltall · tall per 23. november 2026"


def source(
    record: str,
    day: str | None = None,
    programme: str = "WorkOP",
    of: str | None = None,
    count: int = 1,
    evidence: str = "register",
) -> answers.Sources:
    return answers.Sources(record, programme, None, evidence, of, count, day)


def test_sources_are_named_by_how_much_they_are_used(shown: View):
    page, other = "https://www.a.no/page", "http://a.no/other"
    used = [
        source("activity", "2023-05-02", of=page, count=2),
        source("activity", None, of="Årsmelding", count=1),
        source("activity", "2023-04", of="https://b.no", count=5),
        source("activity", "2023-05-01", of=other, count=2),
        source("activity", "2024", count=9),
        source("activity", "2025", of="c", count=9, evidence="illustrative"),
    ]
    for cited, said in (
        (used, "kilde: b.no, a.no og 1 til · nyeste 2. mai 2023"),
        (used[:2], "kilde: a.no, Årsmelding · nyeste 2. mai 2023"),
        (used[1:2], "kilde: Årsmelding"),
        (used[4:], "kilde ikke oppgitt"),
        (used[5:], "kilde: ingen, eksempeltall"),
        ([], ""),
    ):
        assert feet.sources(shown.words, cited) == said
        assert feet.is_only_examples(cited) == ("eksempeltall" in said)


def test_what_a_view_was_answered_it_asks_no_more(shown: View):
    told = shown.published.all_years(answers.PlacementsByYear)
    before = view.kept.cache_info()
    assert shown.published.all_years(answers.PlacementsByYear) is told
    assert view.kept.cache_info() == before
    assert shown.rows(answers.PlacementsByYear) is not told


def test_what_is_loaded_is_counted_by_record(shown: View):
    counts = {"partnership": 3, "activity": 4, "outcome": 5, "quote": 2, "target": 9}
    rows = [source(kind, count=1) for kind in counts]
    rows += [source(kind, count=n - 1) for kind, n in counts.items()]
    said = feet.loaded(given(shown, *rows))
    assert said.startswith("3 partnerskap, 4 aktiviteter og 7 resultater")
    assert said.endswith(shown.words.day(shown.version.published_at))
    examples = [source(kind, evidence="illustrative") for kind in ("activity", "outcome")]
    said = feet.loaded(given(shown, *rows, *examples))
    assert said.startswith("3 partnerskap, 4 aktiviteter, 7 resultater og 2 eksempler")


def test_evidence_is_listed_from_the_strongest_to_the_weakest(shown: View):
    found = feet.evidence(shown, ("illustrative", "register", "employer", "register"))
    assert found == "grunnlag: register, arbeidsgiver og eksempeltall"
    assert feet.evidence(shown, []) == ""


def test_the_newest_source_of_each_kind_of_record_is_dated(shown: View):
    sources = [
        source("outcome", "2023-05-01"),
        source("activity", "2024"),
        source("activity", None),
        source("activity", "2023-01-01"),
        source("quote", "2025"),
    ]
    newest = feet.newest_sources(given(shown, *sources))
    assert newest == "Nyeste kilde for aktiviteter: 2024 · for resultater: 1. mai 2023"
    newest = feet.newest_sources(given(shown, source("partnership", "2022")))
    assert newest == "Nyeste kilde for partnerskap: 2022"
    assert feet.newest_sources(given(shown)) == ""


def test_every_record_of_the_selection_has_its_source(shown: View):
    found = forms.totals((row.record, row.record_count) for row in feet.every_source(shown))
    names = ("partnerships", "activities", "targets", "outcomes")
    files = [pd.read_csv(ROOT / "data" / f"{name}.csv") for name in names]
    of = [found[name] for name in ("partnership", "activity", "target")]
    assert [*of, found["outcome"] + found["quote"]] == [len(file) for file in files]


def test_targets_without_a_result_are_not_cited():
    met, unmet = source("target"), source("target", programme="HelseHub")
    others = [source("reached"), source("activity", programme="HelseHub")]
    assert feet.without_unmet([met, unmet, *others]) == [met, *others]


def test_a_measure_says_its_unit_how_it_adds_and_whose_it_is(shown: View):
    assert feet.measure_line(shown, shown.measure("jobs_created_fte")) == (
        "enhet: årsverk · kan summeres · definisjon etter IRIS+ PI3687; EU RCR01 · "
        "Legges aldri sammen med jobber gjennom et program eller sikrede årsverk."
    )
    assert feet.measure_line(shown, shown.measure("employers")) == (
        "enhet: virksomheter · kan summeres"
    )


@pytest.mark.parametrize("kind", [True, False])
def test_the_line_of_a_key_figure_is_of_published_numbers_or_of_examples(watch, kind):
    values = {
        number(value).is_example
        for card in key_figures.key_figures(seen(watch, "exact", "years=2026-2026"))
        if card.is_example == kind
        for value in card.values
        if value is not None
    }
    assert values == {kind}


@pytest.mark.parametrize("edition", ["exact", "protected"])
def test_what_is_not_asked_would_have_said_nothing_else(
    watch: Watch, edition: str, monkeypatch: pytest.MonkeyPatch
):
    """Of many selections: years that are taken out of an answer are those that the filter on years
    leaves, and targets that Explore isn't asked for have no number there."""
    start = seen(watch, edition, "")
    known = {name: list(codes) for name, codes in every_choice(start.database).items()}
    guard, skipped = latest_cards.may_be_reached, 0
    for chosen in islice(selections(known, seed=21), 20):
        shown = replace(start, selection=Selection(**chosen))
        for question in (answers.PlacementsByYear, answers.ActivitiesByYear):
            by_filter = [row for row in shown.rows(question) if row[0] is not None]
            assert shown.in_years(shown.all_years(question)) == by_filter or not chosen["years"]
        aims = f"target_attainment:{aimed_kind(shown)}"
        each = [feet.cited(shown, measure, single_years=True) for measure in ("placements", aims)]
        of = {row.programme for row in each[0]}
        told = [row for row in each[1] if row.record == "target" and row.programme in of]
        assert jobs_cited(shown) == [*each[0], *told]
        if not guard(shown):
            skipped += 1
            monkeypatch.setattr(latest_cards, "may_be_reached", lambda _: True)
            assert latest_cards.latest_card(shown, "target_attainment") is None
            monkeypatch.undo()
    assert skipped > 10


@pytest.mark.slow
def test_where_nothing_is_an_example_it_is_one_question_with_and_without_them(
    watch: Watch, tmp_path: Path
):
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    raw = oracle.read(folder)
    for name in ("activities", "outcomes", "targets"):
        stated = raw[name][raw[name].evidence != "illustrative"]
        stated.to_csv(folder / f"{name}.csv", index=False)
    plain, shipped = drafted_view(watch, folder, tmp_path), seen(watch, "exact")
    for one, is_same in ((plain, True), (shipped, False)):
        for question in (answers.ActivitiesByYear, answers.PlacementsByYear, answers.TargetsMet):
            assert (one.rows(question) is one.published.rows(question)) is is_same
    asked: list[dict[str, Any]] = [{}, {"association": ["Innovasjon Gardermoen"]}]
    asked += [{"from_year": 2016, "to_year": 2020}, {"measure": "placement_rate", "split": ""}]
    with queries.opened(plain.database) as connection:
        for name, chosen in product(queries.questions(), asked):
            if "illustrative" in queries.parameters(name):
                values = KNOWN | chosen
                with_them, without = (
                    # Which of them it is, is all that differs.
                    frames.ask(connection, name, values | {"illustrative": one}).drop(
                        columns=WAY, errors="ignore"
                    )
                    for one in (True, False)
                )
                assert rows(with_them) == rows(without), (name, chosen)


def test_with_examples_and_without_is_asked_at_once(watch: Watch):
    """And again as fast, whichever comes first."""
    shown = seen(watch, "exact")
    shown = replace(shown, as_of=date(2026, 9, 17))  # not kept from elsewhere
    for question in (answers.ActivitiesByYear, answers.PlacementsByYear, answers.TargetsMet):
        with_them = shown.rows(question)
        asked = view.kept.cache_info().misses
        without = shown.published.rows(question)
        assert view.kept.cache_info().misses == asked
        assert {getattr(row, WAY) for row in with_them} == {True}
        assert {getattr(row, WAY) for row in without} == {False}


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("activities", "attended_count"),
        ("outcomes", "value"),
        ("targets", "value"),
        ("work_streams", ""),
    ],
)
def test_one_example_of_any_table_is_one(watch: Watch, tmp_path: Path, table: str, count: str):
    """One without a number, too: it is left out where examples are."""
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    for name in ("activities", "outcomes", "targets"):
        stated = oracle.read(folder)[name]
        stated[stated.evidence != "illustrative"].to_csv(folder / f"{name}.csv", index=False)
    rows = oracle.read(folder)[table]
    bare = rows[rows[count].fillna("") == ""] if count else rows
    rows.loc[(bare if len(bare) else rows).index[0], "evidence"] = "illustrative"
    rows.to_csv(folder / f"{table}.csv", index=False)
    (told,) = drafted_view(watch, folder, tmp_path).rows(answers.Examples)
    assert told.has_examples
