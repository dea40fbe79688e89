"""Utforsk: what can be asked is answered in words and numbers that agree with the other pages."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from queries import answers
from ringvirkning.charts.shorter import MOST
from ringvirkning.figures import question, view
from ringvirkning.figures.agreement_story import period_rows
from ringvirkning.figures.explore import basis, comparisons, statement, wording
from ringvirkning.figures.explore.answer import TOTAL, Answer, between
from ringvirkning.figures.explore.chart import forms_for
from ringvirkning.figures.explore.ready import READY, said_before
from ringvirkning.figures.question import Question
from ringvirkning.texts import words
from ringvirkning.texts.certainty import Number
from ringvirkning.ui.components import menu
from tests.test_pages import (
    SELECTIONS,
    assert_no_error,
    both_languages,
    components_of,
    data_of,
    headline,
    headlines,
    opened,
    text_of,
)

W = words("nb")
EXAMPLE = W("explore.is_example", said="")


def table_of(app: Any) -> list[list[str]]:
    (figure,) = components_of(app, "figure")
    rows: list[list[str]] = data_of(figure)["menu"]["rows"]
    return rows


def opened_on(asked: Question) -> AppTest:
    return opened("explore", question.as_address(asked))


def asked_on(measure: str, **parts: Any) -> dict[str, list[str]]:
    return question.as_address(Question(measure, **parts))


# Every question


@pytest.mark.slow
@both_languages
@pytest.mark.parametrize("name", READY)
def test_a_ready_question_is_answered(name: str, language: str):
    asked = READY[name]
    if name == "targets":
        asked = replace(asked, measure="placement_permanent")
    app = opened("explore", question.as_address(asked), language)
    assert_no_error(app)
    assert not app.warning
    heading, *rows = table_of(app)
    assert rows and all(len(row) == len(heading) for row in rows)
    assert words(language)("chart.unknown") not in headline(app)


FORMS = [
    ({"form": [form], "split": [split]}, form)
    for form in ("columns", "panels", "lines", "table")
    for split in ("activity_type", "partner_type")
] + [({"rows": ["partner"], "form": [form]}, form) for form in ("bars", "table")]


@pytest.mark.slow
@pytest.mark.parametrize("address, form", FORMS, ids=str)
def test_a_form_that_does_not_suit_the_answer_gives_way(address: dict[str, list[str]], form: str):
    app = opened("explore", address)
    assert_no_error(app)
    (asking,) = components_of(app, "ready")
    (shown,) = (part for part in data_of(asking)["lists"] if part["name"] == "form")
    offered = [choice["code"] for choice in shown["groups"][0]["choices"]]
    assert shown["chosen"] == (form if form in offered else offered[0])


@pytest.mark.slow
@both_languages
def test_what_is_ready_is_answered_before_anything_is_asked(language: str):
    app = opened("explore", {}, language)
    (shown,) = components_of(app, "questions")
    cards = data_of(shown)["questions"]
    named = [card["name"].split()[0] for card in cards if card["name"]]
    assert named == [*READY] and all(card["answer"] for card in cards)
    assert headline(app) == words(language)("explore.begin")
    (figure,) = components_of(app, "figure")
    assert data_of(figure)["is_titled"], "what its first figure says is not what the page is called"
    for card in cards[1:-1:5]:
        asked = opened("explore", parse_qs(card["href"][1:]), language)
        assert headline(asked) == card["answer"]
        assert not components_of(asked, "questions")


@pytest.mark.slow
def test_an_answer_is_that_of_its_edition_and_filters():
    def answered(app: Any) -> dict[str, str]:
        (shown,) = components_of(app, "questions")
        return {
            card["name"].split()[0]: card["answer"] for card in data_of(shown)["questions"][:-1]
        }

    app = opened("explore", {})
    exact = answered(app)
    assert exact["targets"].endswith("; hittil i 2026 er det nådd (17 av 16)")
    app.toggle("is_public").set_value(True).run()
    assert answered(app)["targets"].startswith("Eksempeltall: Om målet")
    published = answered(opened("explore", {"examples": ["no"]}))
    assert published["rounds"] == W("explore.nothing_said", measure="Andel som fikk jobb")
    assert (
        exact["who"]
        == published["who"]
        == ("Drammen kommune har del i flest: 11 av 47 gjennomførte aktiviteter")
    )
    assert said_before
    view.forget()
    assert not said_before, "what is withdrawn stays in no memory"


# Addresses


@pytest.mark.slow
@pytest.mark.parametrize(
    "query, unknown",
    [
        ("measure=nonsense", "nonsense"),
        ("measure=placement_rate&point=yesterday", "yesterday"),
        ("rows=' or 1=1 --", "or 1=1"),
        ("rows=kind", "kind"),  # only jobs have kinds
        ("split=time", "time"),  # the rows are time already
        ("grain=second&form=pie&target=perhaps&compare=all", "pie"),
        ("measure=active_partnerships&grain=quarter", "quarter"),
        ("rows=%s" % ("x" * 10_000), "xxx"),
        ("measure=<script>window.hit=1</script>", "script"),
    ],
    ids=lambda text: str(text)[:24],
)
def test_what_cannot_be_asked_is_told_and_the_rest_answered(query: str, unknown: str):
    app = opened("explore", parse_qs(query))
    assert_no_error(app)
    (notice,) = app.warning
    assert unknown in notice.value.replace("\\", "")
    assert len(headlines(app)) == 1


@pytest.mark.parametrize(
    "query",
    [
        "row=1066&page=1",
        "row=&page=999999",
        "page=-1",
        "page=1e9",
        "row=2024&within=nobody&split=activity_type&page=2",
        "compare=two&split=programme&only=none&only=neither",
        "compare=two&split=programme&only=WorkOP",
        "association=Innovasjon Gardermoen&compare=two&split=association",
        "rows=&split=&years=2005-2005",
        "years=2026-2026&rows=time&grain=quarter",
    ],
)
def test_an_address_that_finds_nothing_gives_a_sensible_view(query: str):
    app = opened("explore", parse_qs(query, keep_blank_values=True))
    assert_no_error(app)
    assert len(headlines(app)) == 1


def test_a_mark_that_is_not_there_is_told_and_can_be_let_go():
    app = opened("explore", {"row": ["1066"], "page": ["1"]})
    assert W("explore.no_records") in text_of(app)
    (button,) = (b for b in app.button if b.key == "unmark")
    button.click().run()
    assert_no_error(app)
    assert W("explore.no_records") not in text_of(app)


def test_no_place_is_said_to_lead_where_most_have_none():
    """Of 47 activities 39 have no place; of those who signed up in Buskerud all have one."""
    assert headline(opened("explore", {"rows": ["county"]})) == "Gjennomførte aktiviteter: 47"
    placed = {"measure": ["registered"], "rows": ["municipality"], "place": ["33"]}
    assert headline(opened("explore", placed)) == (
        "13 påmeldte, alle under «Drammen» der tallet er kjent"
    )


@pytest.mark.parametrize("measure", ["retention_rate", "in_work_or_education"])
def test_where_no_measuring_point_is_asked_for_the_first_that_was_told_is_taken(measure: str):
    headlines_of = [
        headline(opened("explore", {"measure": [measure], **point}))
        for point in ({}, {"point": ["6_months"]}, {"point": ["12_months"]})
    ]
    assert headlines_of[0] == headlines_of[1] != headlines_of[2]


def test_a_question_is_its_address_and_back():
    asked = Question(
        "placements", rows="partner", split="kind", compare="two", only=("a", "b"), row="", page="2"
    )
    offered = [answers.ExploreMeasures("outcome", "placements", "exit", "sum", [])]
    again, unknown = question.from_address(question.as_address(asked), offered)
    assert (again, unknown) == (asked, [])


# Figures agree


def opened_menu(app: AppTest, card: dict[str, Any]) -> dict[str, Any]:
    """A key figure's menu, which says what it says once it is opened."""
    memory = f"{menu.OpenedMenu.__module__}.{menu.OpenedMenu.__qualname__}"
    key = f"example-{card['measure']}" if card["is_example"] else card["measure"]
    app.session_state[memory] = menu.OpenedMenu(key)
    app.run()
    menus = [one for part in components_of(app, "cards") for one in data_of(part)["menus"]]
    (told,) = (one for one in menus if one["is_told"])
    return dict(told)


@pytest.mark.slow
@pytest.mark.parametrize("selection", ["default", "one_filter", "without_examples"])
def test_key_figures_and_answers_are_the_same(selection: str):
    overview = opened("overview", SELECTIONS[selection])
    cards = [card for part in components_of(overview, "cards") for card in data_of(part)["cards"]]
    for card in cards:
        rows = dict(opened_menu(overview, card)["rows"][1:])
        said = card["number"]
        (last,) = [value for value in rows.values() if value][-1:]
        assert last == said
        measure = card["measure"]
        if measure == "target_attainment":
            continue
        address = SELECTIONS[selection] | ({} if card["is_example"] else {"examples": ["no"]})
        answered = opened("explore", address | asked_on(measure))
        found = {row[0]: row[1] for row in table_of(answered)[1:]}
        for year, value in rows.items():
            if value:
                said = found[year].removesuffix(EXAMPLE).split()[-1]
                assert said == value.split()[-1], (measure, year)


def test_the_records_of_a_mark_are_as_many_as_it_says():
    app = opened("explore", {"row": ["2023"], "page": ["1"]})
    assert_no_error(app)
    beside = W("foot.examples_beside", n=2)
    assert f"{W('explore.added_up', n=6, total='4')} {beside}" in text_of(app)
    (records,) = [e.proto.body for e in app.get("html") if 'class="told"' in e.proto.body]
    assert records.count("<tr") == 6 + 1
    numbers = re.findall(r'<t[dh] role="\w+"(?: scope="col")? class="number"', records)
    assert len(numbers) == 6 + 1, "its column of numbers stands right"
    app = opened("explore", {"split": ["activity_type"], "within": ["conference"], "page": ["1"]})
    assert W("explore.added_up", n=14, total="14") in text_of(app)


def test_the_public_is_told_rounded_numbers_and_of_the_rounding():
    app = opened("explore", asked_on("placements", page="1"))
    exact = table_of(app)
    app.toggle("is_public").set_value(True).run()
    assert_no_error(app)
    rounded = table_of(app)
    assert exact != rounded
    said = (row[1].removesuffix(EXAMPLE).replace("\u00a0", "") for row in rounded[1:])
    assert all(int(one) % 5 == 0 for one in said if one)
    assert W("foot.rounded") in text_of(app)


def test_a_stock_is_told_of_its_last_whole_period_and_the_one_before():
    app = opened("explore", asked_on("active_partnerships") | {"years": ["2005-2009"]})
    rows = {row[0]: row[1] for row in table_of(app)[1:]}
    assert (rows["2008"], rows["2009"]) == ("0", "1")
    said = W("explore.latest_said", measure="Aktive partnerskap", period="2009", total="1")
    assert headline(app) == said + W("explore.since", change="+1", period="2008")
    as_split = asked_on("active_partnerships", rows="programme", split="time")
    assert headline(opened("explore", as_split | {"years": ["2005-2009"]})) == headline(app)


def test_what_is_told_of_several_years_at_once_is_in_no_year_and_said_so():
    app = opened("explore", asked_on("placements", split="kind"))
    assert W("foot.spans", n=1) in text_of(app)
    rows = {row[0]: row[-1] for row in table_of(app)[1:]}
    assert rows["2016–2019"] == W.number(1000)


def test_a_headline_names_the_highest_and_the_total_of_the_years():
    app = opened("explore", {})
    body = [row for row in table_of(app)[1:-1] if row[0].isdecimal()]
    top = max(body, key=lambda row: int(row[1].removesuffix(EXAMPLE)))
    (figure,) = components_of(app, "figure")
    assert f"{top[0]} med {top[1]} av" in data_of(figure)["title"]
    dated = sum(int(row[1]) for row in body if row[1].isdecimal())
    assert f" av {dated} gjennomførte aktiviteter der tidspunktet" in data_of(figure)["title"]


def test_the_parts_of_a_stack_make_its_whole():
    app = opened("explore", {"split": ["programme"]})
    (shown,) = components_of(app, "figure")
    figure = json.loads(data_of(shown)["figure"])
    bars = [trace["y"] for trace in figure["data"] if trace["type"] == "bar"]
    (written,) = [trace["text"] for trace in figure["data"] if trace["type"] == "scatter"]
    heights = [sum(part or 0 for part in parts) for parts in zip(*bars, strict=True)]
    assert [f"<b>{height:.0f}</b>" for height in heights] == written
    assert len(bars) == 8, "seven and the others"


def test_each_part_of_a_column_has_its_number_also_where_some_are_examples():
    (shown,) = components_of(opened("explore", {"split": ["activity_type"]}), "figure")
    figure = json.loads(data_of(shown)["figure"])
    parts = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert any("pattern" in part["marker"] for part in parts), "one has examples"
    for part in parts:
        assert part["text"] == [f"{number:.0f}" if number else "" for number in part["y"]]


def test_each_small_figure_has_a_number_and_hatching_alone_says_that_it_is_an_example():
    app = opened("explore", asked_on("attended", rows="time", split="partner_type"))
    (shown,) = components_of(app, "figure")
    figure = json.loads(data_of(shown)["figure"])
    parts = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [parts[0]["name"], parts[-1]["name"]] == ["NAV", "Ikke oppgitt"]
    for part in parts:
        assert any(part["y"]), part["name"]
    written = [words for one in figure["data"] if one["type"] == "scatter" for words in one["text"]]
    assert {"58", "84"} <= set(written)


def test_the_number_of_each_lying_bar_is_written():
    asked = asked_on("attended", rows="partner", split="partner_type", form="bars")
    (shown,) = components_of(opened("explore", asked), "figure")
    bars = [t for t in json.loads(data_of(shown)["figure"])["data"] if t["type"] == "bar"]
    for bar in bars:
        assert [bool(said) for said in bar["text"]] == [v is not None for v in bar["x"]]


def test_a_stock_is_never_stacked_over_time():
    address = asked_on("active_partnerships", rows="programme", split="time")
    app = opened("explore", address | {"years": ["2018-2024"]})
    (shown,) = components_of(app, "figure")
    figure = json.loads(data_of(shown)["figure"])
    assert figure["layout"]["barmode"] == "overlay"
    assert len([t for t in figure["data"] if t["type"] == "bar"]) == 7
    assert not any("<b>" in note["text"] for note in figure["layout"]["annotations"])


def test_who_works_with_whom_is_ranked_and_each_pair_opens_what_it_has_in_common():
    address = {"rows": ["partner"], "split": ["partner"]}
    app = opened("explore", address)
    (shown,) = components_of(app, "figure")
    (bars,) = json.loads(data_of(shown)["figure"])["data"]
    _, *rows = table_of(app)
    assert [f"{names}: {said}" for names, said in rows[: len(bars["x"])]] == bars["hovertext"]
    assert len(rows) > len(bars["x"]) == MOST
    counts = [int(said.removesuffix(W("explore.is_example", said=""))) for _, said in rows]
    assert counts == sorted(counts, reverse=True)
    assert W("explore.first_of", n=MOST, all=len(rows)) in data_of(shown)["subtitle"]
    row, within = json.loads(bars["customdata"][0])
    app = opened("explore", {**address, "row": [row], "within": [within], "page": ["1"]})
    assert W("explore.added_up", n=counts[0], total=str(counts[0])) in text_of(app)


def test_parts_that_overlap_are_never_stacked():
    app = opened("explore", {"rows": ["activity_type"], "split": ["partner_type"]})
    (shown,) = components_of(app, "figure")
    assert json.loads(data_of(shown)["figure"])["layout"]["barmode"] == "overlay"


# In words


def cell(**more: float) -> answers.Explore:
    value, part, whole = (
        Number(more[n]) if n in more else None for n in ("value", "part", "whole")
    )
    return answers.Explore(None, True, "a", False, 1, 1, 0, 0, value, 0, 0, 1, part, whole, None, 0)


def two(measure: str, unit: str, a: answers.Explore, b: answers.Explore) -> Answer:
    words_of = {"measure": measure, "unit": unit, "adds": "sum", "name": measure}
    cells: dict[Any, Any] = {(TOTAL, "a"): a, (TOTAL, "b"): b}
    return Answer(words_of, "exit", "", "programme", "year", ("a", "b"), cells, "2026")


def test_where_there_is_nothing_to_draw_the_table_alone_is_offered():
    known, unknown = (
        two("held", "count", cell(value=0), cell()),
        two("held", "count", cell(), cell()),
    )
    assert forms_for(known) == ("bars", "table")
    assert forms_for(unknown) == ("table",)
    assert forms_for(replace(unknown, targets={"a": cell(value=3)})) == ("bars", "table")
    network = replace(unknown, rows="partner", split="partner")
    assert forms_for(network) == ("table",)
    pair: dict[Any, Any] = {("a", "b"): cell(value=1)}
    assert forms_for(replace(network, cells=pair)) == ("bars", "table")


def test_why_there_is_no_total_is_said_where_there_is_something_to_add():
    share = {"measure": "placement_rate", "unit": "share", "adds": "never", "name": "andel"}
    known = replace(two("", "", cell(part=3, whole=9), cell()), measure=share)
    assert basis.no_total(W, known) == W("explore.no_total.never")
    assert basis.no_total(W, replace(known, cells={(TOTAL, "a"): cell()})) == ""


def test_kroner_are_told_as_kroner_in_a_title():
    asked = replace(two("grants", "nok", cell(), cell()), split="", cells={})
    million: dict[Any, Any] = {(TOTAL, TOTAL): cell(value=1_000_000)}
    assert statement.headline(W, replace(asked, cells=million)) == "grants: 1\u00a0000\u00a0000 kr"
    each: dict[Any, Any] = {(TOTAL, TOTAL): cell(part=40_000, whole=20)}
    said = statement.headline(W, replace(asked, cells=each, divisor="Lag"))
    assert said.endswith("2\u00a0000 kr (40\u00a0000 kr delt på 20)")
    compared = comparisons.comparison(W, two("grants", "nok", cell(value=5_000), cell(value=9_000)))
    assert compared.startswith("a: 5\u00a0000 kr, b: 9\u00a0000 kr, 4\u00a0000 kr mer")


@pytest.mark.parametrize(
    "part, whole, said",
    [
        (5, 8, "0,63"),
        (17, 8, "2,13"),
        (107, 40, "2,68"),
        (-5, 8, "−0,63"),
        (225, 2, "113"),
        (8, 4, "2"),
    ],
)
def test_what_is_divided_is_rounded_half_up(part, whole, said):
    """As shares are; `round` takes 0.625 to 0.62, and 2.675, which as a float is less, to 2.67."""
    assert wording.quotient_words(W, part / whole) == said


def test_which_pair_has_most_is_said_of_published_figures_and_of_examples_where_all_are():
    example = cell(value=9)._replace(value=Number(9, is_example=True))
    fewer = example._replace(value=Number(2, is_example=True))
    made_up: dict[Any, Any] = {("a", "b"): example, ("b", "d"): fewer}
    some = made_up | {("a", "c"): cell(value=4), ("b", "c"): cell(value=3)}
    asked = replace(two("held", "count", cell(), cell()), rows="partner", split="partner")
    for cells, other, shared in ((some, "c", 4), (made_up, "b", 9)):
        said = statement.network_said(W, "held", replace(asked, cells=cells))
        assert said == W("explore.closest", measure="held", a="a", b=other, shared=Number(shared))
    shares: dict[Any, Any] = {("a", "b"): cell(part=3, whole=9)}
    for measure, known in (("held", {}), ("placement_rate", shares)):
        none = replace(asked, cells=known, measure={**asked.measure, "measure": measure})
        assert statement.network_said(W, "Om", none) == W("explore.nothing_said", measure="Om")
    alone = statement.network_said(W, "held", replace(asked, cells={("a", "b"): cell(value=9)}))
    assert alone == W("explore.n_pairs", measure="held", n=1), "none is closest where one is alone"


def test_a_measure_within_a_sentence_keeps_its_capitals():
    w = replace(W, measures={"nav": {"name": "Personer i NAV-tiltak"}})
    assert wording.measure_words(w, "target", "nav") == "target, personer i NAV-tiltak"
    divided = replace(two("grants", "nok", cell(), cell()), divisor="Personer i NAV-tiltak")
    of = "delt på personer i NAV-tiltak"
    assert of in wording.asked_words(W, divided) and of in wording.unit_words(W, divided)


def test_the_interval_of_a_difference_is_newcombes():
    # Newcombe (1998), table II, (a): 56 of 70 less 48 of 80 is 0.0524 to 0.3339.
    a, b = cell(part=48, whole=80), cell(part=56, whole=70)
    said = comparisons.comparison(W, two("placement_rate", "share", a, b))
    assert "+20 prosentpoeng" in said and "+5 til +33" in said
    b = cell(part=50, whole=80)
    said = comparisons.comparison(W, two("placement_rate", "share", a, b))
    assert "innenfor usikkerheten" in said


def test_no_percentage_on_fewer_than_ten_and_none_of_what_is_unknown():
    few = comparisons.comparison(W, two("attended", "persons", cell(value=9), cell(value=18)))
    assert "9 flere" in few and "%" not in few
    many = comparisons.comparison(W, two("attended", "persons", cell(value=10), cell(value=5)))
    assert "5 færre (50\u00a0%)" in many
    unknown = comparisons.comparison(W, two("attended", "persons", cell(), cell(value=5)))
    assert W("chart.unknown") in unknown and "flere" not in unknown


def test_results_that_differ_only_in_source_stand_side_by_side():
    def result(value: float, shared: float | None = None) -> answers.PartnershipResults:
        known = 1, Number(value), None, Number(shared) if shared else None
        of = "Mentor", "mentors", "exit", 2020, 2020, None
        return answers.PartnershipResults(*of, "unstated", None, None, None, None, *known)

    heading, row = period_rows(W, [result(3), result(7, shared=5)])
    assert row[1] == f"3; 7 ({W('record.n_shared', n=5)})"
    assert len(row) == len(heading) == 3


def test_periods_have_no_gaps():
    assert between("2023-Q3", "2024-Q2") == ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"]
    assert between("2023-H2", "2024-H1") == ["2023-H2", "2024-H1"]
    assert between("2023", "2025") == ["2023", "2024", "2025"]


def test_a_total_known_in_part_says_in_its_cell_how_many_numbers_it_lacks():
    counted = Question("attended", rows="activity_type", form="table")
    told = {name: rests_on for name, _, rests_on in table_of(opened_on(counted))[1:]}
    split = {row[0]: row[-1] for row in table_of(opened_on(replace(counted, split="time")))[1:]}
    assert told.keys() == split.keys() and len(told) > 5
    for name, rests_on in told.items():
        known, of = (int(n) for n in re.findall(r"\d+", rests_on))
        unknown = W("count.unknown", n=of - known)
        assert known < of and unknown in split[name]
        assert (split[name] == unknown) == (known == 0)
    assert "278 (eksempel, 2 ukjente)" in split.values()


@pytest.mark.parametrize("split", ["", "time"])
def test_attainment_of_which_no_number_is_known_says_so_in_its_cells(split: str):
    asked = Question("target_attainment", rows="programme", split=split, form="table")
    _, *body = table_of(opened_on(asked))
    assert body
    assert {cell for row in body for cell in (row[1:] if split else row[1:2])} == {
        W("chart.unknown")
    }


def test_an_example_in_a_table_beside_published_numbers_says_so():
    said = {row[0]: row[1] for row in table_of(opened("explore", {}))[1:]}
    assert (said["2023"], said["2024"]) == ("4", "2" + EXAMPLE)
    assert said[W("chart.total")] == "47"
    app = opened("explore", asked_on("attended", rows="partner_type"))
    said = {row[0]: row[1] for row in table_of(app)[1:]}
    assert [name for name, number in said.items() if number.endswith(EXAMPLE)] == ["NAV"]
    assert W("foot.hatched") in text_of(app)
    # Where all are, it is said once.
    alone = opened("explore", asked_on("placements", rows="round") | {"programme": ["WorkOP"]})
    assert EXAMPLE not in "".join(row[1] for row in table_of(alone))
    assert W("foot.hatched") not in text_of(alone)
