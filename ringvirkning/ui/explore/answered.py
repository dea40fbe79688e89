"""Questions that are ready, each a card with its answer: what is seen before anything is asked."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ringvirkning.figures.explore.ready import known_answer, ready_answer, ready_questions
from ringvirkning.figures.view import View
from ringvirkning.ui import state
from ringvirkning.ui.components.component import component
from ringvirkning.ui.explore.asking import ask_ready, elsewhere

_ANSWERED = component(__file__)


def draw_answered(shown: View) -> Callable[[], None]:
    """The cards. Answers that nobody has asked for yet come when the rest of the page is drawn:
    what it gives back draws those, in the room that is kept for them."""
    questions = ready_questions(shown)
    place = st.empty()
    if all(known_answer(shown, asked) for asked in questions.values()):
        draw_cards_in(shown, place, "answered")
        return lambda: None
    draw_cards_in(shown, place, "unanswered")

    def answer_all() -> None:
        seen = st.empty()
        for asked in questions.values():
            ready_answer(shown, asked)
            seen.empty()  # here the framework looks whether something else was chosen meanwhile
        draw_cards_in(shown, place, "answered")

    return answer_all


def draw_cards_in(shown: View, place: st.delta_generator.DeltaGenerator, key: str) -> None:
    """The cards as far as their answers are known; a link each."""
    w, here = shown.words, state.current()
    cards = [
        {
            "name": f"{name} {asked.measure}",
            "question": w(f"explore.ready.{name}"),
            "answer": known_answer(shown, asked),
            "href": "?" + replace(here, question=asked).query(),
        }
        for name, asked in ready_questions(shown).items()
    ]
    if not shown.is_protected:
        data_page = elsewhere(w)
        cards.append(
            {
                "name": "",
                "question": data_page["said"],
                "answer": w("explore.ready_elsewhere"),
                "href": data_page["href"],
            }
        )
    with place:
        _ANSWERED(
            key=key,
            data={"language": w.language, "questions": cards, "title": w("explore.ready_title")},
            on_chosen_change=lambda: ask_ready(str(state.widget(key).get("chosen") or "")),
        )
