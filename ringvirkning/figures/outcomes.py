"""Resultater: the funnel, the rounds and the targets of each programme; what is published first, of
these the flagship."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures import Figure, PageFigure, Rows, feet
from ringvirkning.figures.context import comparable
from ringvirkning.figures.rounds import (
    Stages,
    by_round,
    funnel,
    of_programme,
    where_jobs_known,
)
from ringvirkning.figures.targets import targets
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import flagships
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import number, or_none
from ringvirkning.texts.sentences import claim, example, measured_number, small, time_in_words

# What a programme may have to show.
ASKED: tuple[
    type[answers.Funnel | answers.ResultsByProgramme | answers.Quotes | answers.TargetsMet], ...
] = (answers.Funnel, answers.ResultsByProgramme, answers.Quotes, answers.TargetsMet)


def programmes(shown: View) -> list[str]:
    """Those with anything to show: those with a published number first, of these the flagship, then
    those with most figures."""
    count: dict[str, int] = {}
    for question in ASKED:
        for row in shown.rows(question):
            if row.programme is not None:
                count[row.programme] = count.get(row.programme, 0) + 1
    first, published = flagships(shown), published_programmes(shown)
    listed = alphabetical(count, shown.words.language)
    return sorted(listed, key=lambda p: (p not in published, p not in first, -count[p]))


class Arranged(NamedTuple):
    """The programmes as the page shows them: the one that comes first; those that are folded; last
    a flagship that has examples alone, or None."""

    first: str
    folded: list[str]
    last: str | None


def arranged(shown: View) -> Arranged:
    """Raises IndexError where no programme has anything to show."""
    every = programmes(shown)
    unpublished = flagships(shown) - published_programmes(shown)
    last = next((one for one in every[1:] if one in unpublished), None)
    return Arranged(every[0], [one for one in every[1:] if one != last], last)


def published_programmes(shown: View) -> set[str | None]:
    """The programmes that have a result in numbers which is no example: where one is published,
    examples are in no number."""
    return {programme for programme, value in known_results(shown) if not number(value).is_example}


def are_examples(shown: View, programme: str) -> bool:
    """Whether a programme has results in numbers, and all are examples."""
    known = {of for of, _ in known_results(shown)}
    return programme in known - published_programmes(shown)


def known_results(shown: View) -> list[tuple[str | None, float]]:
    """The results in numbers, and the programme that each is of."""
    steps, results = shown.rows(answers.Funnel), shown.rows(answers.ResultsByProgramme)
    both = [*((r.programme, r.value) for r in steps), *((r.programme, r.value) for r in results)]
    return [(programme, value) for programme, value in both if value is not None]


def in_words(shown: View) -> list[answers.Quotes]:
    """What sources say of results without a number; what they aimed at is no result."""
    return [row for row in shown.rows(answers.Quotes) if not row.is_target]


def headline(shown: View) -> str:
    stages, results = shown.rows(answers.Funnel), shown.rows(answers.ResultsByProgramme)
    return programme_headline(shown.words, stages, results, programmes(shown)[0])


def largest_result(shown: View) -> str:
    """What the programme through which most got a job has come to, in a sentence; "" where no jobs
    are known."""
    found = [
        (row.value, row.programme)
        for row in shown.rows(answers.ResultsByProgramme)
        if row.measure.startswith("placement") and row.value is not None and row.programme
    ]
    return summary(shown, max(found)[1]) if found else ""


def summary(shown: View, programme: str) -> str:
    """What a programme has come to, in a sentence."""
    stages = of_programme(shown, answers.Funnel, programme)
    results = of_programme(shown, answers.ResultsByProgramme, programme)
    return programme_headline(shown.words, stages, results, programme)


def programme_headline(
    w: Words, stages: Stages, results: Sequence[answers.ResultsByProgramme], programme: str
) -> str:
    """What a programme gave, in the wording its evidence allows."""
    for row in stages:
        is_placed = row.programme == programme and row.measure == "placements"
        if is_placed and row.value is not None and row.evidence is not None:
            said = claim(w, row.evidence, row.value, "placements", programme, "")
            return said + where_jobs_known(w, row)
    rows = [row for row in results if row.programme == programme and row.value is not None]
    if not rows:
        return w("headline.no_figures", programme=programme)
    rows.sort(key=lambda row: row.to_year or 0, reverse=True)
    placed = [row for row in rows if row.measure.startswith("placement")]
    top = (placed or rows)[0]
    years, value = time_in_words(w, top.from_year, top.to_year, top.period), or_none(top.value)
    if placed:
        said = claim(w, top.evidence, value, "placements", programme, "")
        said += w("explore.where_known") if any(feet.unknown_counts(top).values()) else ""
    else:
        # A name before its number needs no plural.
        named = f"{programme}, {small(w.code('measure', top.measure))}"
        start, count = example(w, value), measured_number(w, top.measure, value)
        key = "total_example" if start else "total_said"
        said = start + w(f"explore.{key}", measure=named, total=count)
    return said + (f", {years}" if years else "")


def own_figures(programme: str) -> Rows:
    """The chain of its rounds, then its targets."""
    rows = ((funnel, by_round), (targets,))
    return [[partial(make, programme=programme) for make in row] for row in rows]


def figures_at(place: str, programme: str) -> Rows:
    """The same, where under other filters another programme's stand: at the "first" or "last" place
    of the page."""

    def placed(shown: View, made: PageFigure) -> Figure | None:
        if figure := made(shown):
            return replace(figure, place=f"{figure.name.removesuffix(programme)}{place}")
        return None

    return [[partial(placed, made=made) for made in row] for row in own_figures(programme)]


def whole_figures(shown: View) -> Rows:
    """Those on the page that are not folded."""
    if not programmes(shown):
        return []
    first, _, last = arranged(shown)
    return [*figures_at("first", first), *(figures_at("last", last) if last else ())]


def figures(shown: View) -> Rows:
    """Of each programme its own, then what others have published of such ones."""
    found: list[Sequence[PageFigure]] = []
    for programme in programmes(shown):
        found += [*own_figures(programme), [partial(comparable, programme=programme)]]
    return found
