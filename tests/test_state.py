"""What is chosen, as one value: an address says it, and is read as the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from queries import answers
from ringvirkning import ROOT
from ringvirkning.figures import filters
from ringvirkning.figures import question as questions
from ringvirkning.figures.question import DEFAULT, Question
from ringvirkning.figures.state import BY_ID, EXPLORE, Choosable, State, read_query
from ringvirkning.figures.view import Selection
from ringvirkning.texts import LANGUAGES

CODES = {name: [f"{name} {letter}" for letter in "æb&?="] for name in filters.LISTS}
SPAN = (2005, 2026)
MEASURES = [
    answers.ExploreMeasures("activity", "activities_held", "exit", "sum", []),
    answers.ExploreMeasures("outcome", "placements", "exit", "sum", []),
]
KNOWN = Choosable(
    {name: dict.fromkeys(codes, True) for name, codes in CODES.items()}, SPAN, MEASURES
)

texts = st.text(max_size=20)
years = st.tuples(st.integers(*SPAN), st.integers(*SPAN)).map(lambda pair: tuple(sorted(pair)))
selections = st.builds(
    Selection,
    **{
        name: st.lists(st.sampled_from(codes), unique=True).map(tuple)
        for name, codes in CODES.items()
    },
    years=st.none() | years.filter(lambda pair: pair != SPAN),
    illustrative=st.booleans(),
)
questions_asked = st.builds(
    Question,
    st.sampled_from([row.measure for row in MEASURES]),
    rows=st.sampled_from(["", *questions.DIMENSIONS["outcome"]]),
    split=st.sampled_from(["", *questions.DIMENSIONS["outcome"]]),
    compare=st.sampled_from(["", "two"]),
    only=st.lists(texts, unique=True, max_size=2).map(tuple),
    grain=st.sampled_from(questions.GRAINS),
    place=st.sampled_from(["", "33", "3005"]),
    borders=st.sampled_from(questions.BORDERS),
    form=st.sampled_from(["", *questions.FORMS]),
    target=st.sampled_from(["", "yes"]),
    row=texts,
    within=texts,
    page=st.sampled_from(["", "1", "12"]),
).map(lambda asked: questions.valid(asked, MEASURES, set())[0])
states = st.sampled_from(["overview", EXPLORE]).flatmap(
    lambda place: st.builds(
        State,
        st.just(place),
        selections,
        st.sampled_from(LANGUAGES),
        **{name: st.none() | st.text(min_size=1, max_size=20) for name in (*BY_ID, "version")},
        question=questions_asked if place == EXPLORE else st.just(DEFAULT),
        is_public=st.booleans(),
    )
)


@pytest.mark.slow
@given(states)
@settings(max_examples=60)
def test_an_address_says_all_that_is_chosen(state: State):
    assert State.from_address(state.place, state.to_address(), KNOWN) == (state, [])
    assert State.from_address(state.place, read_query(state.query()), KNOWN) == (state, [])
    assert state.within(KNOWN) == state


def test_a_link_to_the_public_edition_says_so_however_often():
    """A slide's link says it, and so may the address that the slide was made of."""
    state, _ = State.from_address("overview", read_query("surface=public&surface=public"), KNOWN)
    assert state.is_public


def test_all_years_stay_all_of_them_in_another_version():
    """A newer version may have a year more; no filter is what leaves it out."""
    newer = KNOWN._replace(span=(2005, 2027))
    for years in ("2005-2026", "1000-9999"):
        state, _ = State.from_address("overview", {"years": [years]}, KNOWN)
        assert state.within(newer).selection.years is None
    some = State(selection=Selection(years=(2001, 2010)))
    assert some.within(KNOWN).selection.years == (2005, 2010)


def test_only_the_module_of_the_state_asks_the_frameworks_session():
    sources = [*ROOT.glob("ringvirkning/**/*.py"), *ROOT.glob("pages/*.py")]
    users = {file.name for file in sources if "session_state" in file.read_text(encoding="utf-8")}
    assert users == {"state.py"}


def test_an_address_with_another_language_has_the_menu_in_it_too():
    def run() -> None:
        import streamlit as st

        from ringvirkning.ui import state

        state.begin_run()  # the menu is named next
        st.text(state.current().language)
        state.change(place="overview")
        state.write_address()

    app = AppTest.from_function(run).run()
    app.query_params["lang"] = "en"
    assert app.text[0].value == "nb"
    assert app.run().text[0].value == "en"
    assert app.run().text[0].value == "en"
    app.query_params.clear()
    assert app.run().text[0].value == "en", "the menu says none"


def test_a_language_that_is_chosen_stays_before_there_are_data():
    def run() -> None:
        import streamlit as st

        from ringvirkning.ui import state

        state.begin_run()
        st.text(state.current().language)
        st.radio("Språk", ("nb", "en"), **state.bound("language"))
        state.write_language()

    app = AppTest.from_function(run).run()
    for chosen in ("en", "nb", "en"):
        assert app.radio[0].set_value(chosen).run().text[0].value == chosen
        assert [*app.query_params["lang"]] in ([chosen], [*chosen])
