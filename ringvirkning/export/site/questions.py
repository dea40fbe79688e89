"""Questions that are ready, with what the app answers: a list of them, and a page of each."""

from collections.abc import Sequence

from ringvirkning.export.site.pages import Told, framed, page_of_figure, told
from ringvirkning.export.site.places import (
    QUESTIONS_FOLDER,
    QUESTIONS_PAGE,
    TAKEN_UNDRAWN,
    Home,
    dashed,
)
from ringvirkning.figures import feet
from ringvirkning.figures.explore.figure import of_question
from ringvirkning.figures.explore.ready import ready_questions
from ringvirkning.figures.view import View


def questions_told(shown: View) -> list[Told]:
    """Each that there is something to answer from, by the name of its question."""
    found = {
        name: of_question(shown, asked, name) for name, asked in ready_questions(shown).items()
    }
    return [
        told(shown, figure, dashed(name), f"{QUESTIONS_FOLDER}{dashed(name)}.html")
        for name, figure in found.items()
        if figure
    ]


def said_question(shown: View, of: Told) -> str:
    assert of.made_of
    return shown.words(f"explore.ready.{of.made_of.name}")


def question_pages(shown: View, home: Home, asked: Sequence[Told]) -> dict[str, str]:
    """By their names in the folder of the language."""
    pages = {of.address: question_page(shown, home, of) for of in asked}
    return pages | {QUESTIONS_PAGE: list_of_questions(shown, home, asked)}


def question_page(shown: View, home: Home, of: Told) -> str:
    w = shown.words
    return page_of_figure(
        shown,
        home,
        of,
        kind=w("website.question"),
        label=said_question(shown, of),
        leads=f"../{QUESTIONS_PAGE}",
        kinds=TAKEN_UNDRAWN,
    )


def list_of_questions(shown: View, home: Home, asked: Sequence[Told]) -> str:
    w = shown.words
    return framed(
        "questions.html",
        shown,
        home,
        QUESTIONS_PAGE,
        title=w("explore.ready_title"),
        description=feet.under_headline(shown),
        label="",
        listed=[(of.address, said_question(shown, of), of.chart.title) for of in asked],
    )
